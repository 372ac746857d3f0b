"""Terminals of another encoding than UTF-8 (GBK, Big5): signs that they lack, put otherwise.

Loaded only at such a terminal, whose own encoding the program then writes.
"""

import codecs

ERRORS = "zhenggai"
"""The name under which Python knows how characters are written that an encoding lacks."""

_STAND_INS = {"█": "#", "░": "-", "✓": "√", "□": "口", "→": "->", "—": "-", "·": ".", "…": "..."}


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    """Put signs of ours otherwise; spell out every other character, so that it can be told."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    written = "".join(
        _STAND_INS.get(one) or one.encode("ascii", "backslashreplace").decode("ascii")
        for one in lacking
    )
    # A stand-in may be lacking as well.
    return written.encode(error.encoding, "backslashreplace"), error.end


codecs.register_error(ERRORS, _stand_in)
