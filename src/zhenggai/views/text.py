"""Text for a screen: what a ledger wrote, made harmless, measured and wrapped by columns."""

import re
from functools import lru_cache

# Controls, format characters (bidi overrides among them), lone surrogates, line separators.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")

# What must not be parted: an ASCII word, or a character with the punctuation that closes it.
_PIECE = r"\s+|[!-~]+|[“(《「『【]*.[、,。;:!?)，；：！？）”》」』】…]*"


@lru_cache(maxsize=2048)
def visible(text: str) -> str:
    """Put a text on one line, with every character that could act on the screen spelled out."""
    if text.isprintable() and "  " not in text and text == text.strip(" "):
        return text
    return spelled_out(re.sub(r"[ \t\r\n\u3000]+", " ", text).strip())


def spelled_out(text: str) -> str:
    """Spell out every character that could act on the screen; all spaces stay as they are."""
    if text.isprintable():
        return text
    import unicodedata

    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in _INVISIBLE
        else character
        for character in text
    )


class _Columns(dict[str, int]):
    """How many columns each character takes, of those that ledgers are mostly written in.

    Every other one is for wcwidth to judge, at its leisure, together with its neighbours: it counts
    so little here that no text could make up for it. (A pattern with all of these characters takes
    longer to compile than a table to print.)
    """

    _NARROW = "“”‘’—…·█░✓□"
    _WIDE = (("\u3001", "\u3029"), ("\u4e00", "\u9fff"), ("\uff01", "\uff60"))
    UNKNOWN = -(1 << 40)

    def __missing__(self, character: str) -> int:
        columns = self.UNKNOWN
        if " " <= character <= "~" or character in self._NARROW:
            columns = 1
        elif any(first <= character <= last for first, last in self._WIDE):
            columns = 2
        self[character] = columns
        return columns


_COLUMNS = _Columns()


@lru_cache(maxsize=2048)
def width(text: str) -> int:
    """Count the columns a visible text takes in a terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    columns = sum(map(_COLUMNS.__getitem__, text))
    if columns >= 0:
        return columns
    from wcwidth import wcswidth

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill up with spaces to so many columns; `right` sets the text to the right."""
    spaces = " " * (columns - width(text))
    return spaces + text if right else text + spaces


def wrap(text: str, columns: int) -> list[str]:
    """Break a paragraph into lines of so many columns, words and closing punctuation kept whole."""
    lines = [""]
    for piece in re.findall(_PIECE, text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
