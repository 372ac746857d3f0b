"""Text for a screen: what a ledger wrote, made harmless, measured and wrapped by columns."""

import re
import unicodedata

# Controls, format characters (bidi overrides among them), lone surrogates, line separators.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")

# What must not be parted: an ASCII word, or a character with the punctuation that closes it.
_PIECE = r"\s+|[!-~]+|[“(《「『【]*.[、,。;:!?)，；：！？）”》」』】…]*"


def visible(text: str) -> str:
    """Put a text on one line, with every character that could act on the screen spelled out."""
    return spelled_out(re.sub(r"[ \t\r\n\u3000]+", " ", text).strip())


def spelled_out(text: str) -> str:
    """Spell out every character that could act on the screen; all spaces stay as they are."""
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in _INVISIBLE
        else character
        for character in text
    )


# What ledgers are written in; every other character is for wcwidth to judge, at its leisure.
_WIDE = re.compile("[\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]")
_COMMON = re.compile(f"[ -~“”‘’—…·█░{_WIDE.pattern[1:]}*")


def width(text: str) -> int:
    """Count the columns a visible text takes in a terminal."""
    if _COMMON.fullmatch(text):
        return len(text) + len(_WIDE.findall(text))
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
