"""Split a bash command line into words, and quote completion candidates for bash."""

import contextlib
import re
import shlex
from typing import NamedTuple

# Stands at the cursor while the line is taken apart, so that the word there is never lost.
_CURSOR = "\x00"
_SPECIAL = re.compile(r"""([\s!"#$&'()*;<>?\[\\\]^`{|}~])""")
_SPECIAL_IN_QUOTES = re.compile(r"""[!"$'\\`]""")


class Line(NamedTuple):
    """A command line up to the cursor: its words as the program would get them, the open quote."""

    words: list[str]
    quote: str


def read(line: str) -> Line:
    """Take a line apart without running anything in it; a quote may still be open at its end."""
    for quote in ("", '"'):
        with contextlib.suppress(ValueError):  # it is not this one that is open
            return Line(_words(line, quote), quote)
    return Line(_words(line, "'"), "'")


def _words(line: str, quote: str) -> list[str]:
    return [word.replace(_CURSOR, "") for word in shlex.split(line + _CURSOR + quote)]


def quoted(value: str, line: Line, replaced: str) -> str | None:
    """Write a candidate in place of what bash will replace; None where it could do harm.

    bash parts words at : and = too and replaces only what comes after.
    """
    word, last = line.words[-1], replaced.replace("\\", "").lstrip(line.quote or None)
    kept = word.removesuffix(last) if last else word if word.endswith((":", "=")) else ""
    rest = value[len(kept) :]
    if line.quote:
        return None if _SPECIAL_IN_QUOTES.search(rest) else rest
    return _SPECIAL.sub(r"\\\1", rest)
