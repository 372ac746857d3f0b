"""Text for a screen: what a ledger wrote, made harmless, measured and wrapped by columns."""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

# Controls, format characters (bidi overrides among them), lone surrogates, line separators.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")

# What must not be parted: an ASCII word, or a character with the punctuation around it.
_OPENING, _CLOSING = "“(《「『【", "、,。;:!?)，；：！？）”》」』】…"
_PIECE = rf"\s+|[!-~]+|[{_OPENING}]*.[{_CLOSING}]*"


@lru_cache(maxsize=2048)
def visible(text: str) -> str:
    """Put a text on one line, with every character that could act on the screen spelled out."""
    if text.isprintable() and "  " not in text and text == text.strip(" "):
        return text
    return spelled_out(re.sub(r"[ \t\r\n\u3000]+", " ", text).strip())


def indented(line: str) -> str:
    """Make a line harmless as `visible` does, and keep the blanks that it begins with."""
    return " " * (len(line) - len(line.lstrip(" "))) + visible(line)


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


def escape_markdown(text: str) -> str:
    """Take from a text every character's meaning as Markdown or HTML, at a line's start too."""
    text = re.sub(r"([\\`*_\[\]<>|~&#$])", r"\\\1", text)
    return re.sub(r"^([0-9]*)([-+=.)])(?=\s|[-=]*$)", r"\1\\\2", text)


# What a CI system's runner takes in a log for a command to itself: :: where a line begins (GitHub),
# ##[ and ##vso[ anywhere (GitHub, Azure), ##teamcity[.
_COMMAND = re.compile(r"^[^\S\n]*:(?=:)|#(?=#[a-z]*\[)", re.IGNORECASE | re.MULTILINE)


def inert(text: str, escape: Callable[[int], str] = "\\x{:02x}".format) -> str:
    """Take from lines what they would mean to the runner that keeps the log.

    `escape` writes a character, given as its number, so that the text's readers understand it.
    """
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND.sub(lambda found: found[0][:-1] + escape(ord(found[0][-1])), text)


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
    if (lines := _wrapped_at_once(text, columns)) is not None:
        return lines
    lines = [""]
    for piece in re.findall(_PIECE, text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _wrapped_at_once(text: str, columns: int) -> list[str] | None:
    """Wrap a text without looking at every piece, which takes thrice as long; None if it cannot be.

    It can where what stands around the end of each line leaves no doubt, as it mostly does.
    """
    ends = list(accumulate(map(_COLUMNS.__getitem__, text)))
    if not ends or ends[-1] < 0 or text[0] == " ":
        return None
    lines, start, before = [], 0, 0
    while ends[-1] - before > columns:
        stop = _last_break(text, start, bisect_right(ends, before + columns, start))
        if stop is None:
            return None
        lines.append(text[start:stop].rstrip())
        start, before = stop, ends[stop - 1]
    return [*lines, text[start:].rstrip()]


def _last_break(text: str, start: int, stop: int) -> int | None:
    """Find where a line ends that has room up to `stop`; None where it would take a closer look."""
    while stop > start and "!" <= text[stop] <= "~" and "!" <= text[stop - 1] <= "~":
        stop -= 1  # within a word
    if stop == start or text[stop - 1] in _OPENING:
        return None
    following = text[stop]
    is_word = "!" <= following <= "~" and following not in _CLOSING
    return stop if is_word or "\u4e00" <= following <= "\u9fff" else None


def hanging(text: str, columns: int | None, hang: int = 0) -> str:
    """Wrap a text to so many columns, further lines indented by `hang`; None leaves it as it is."""
    if columns is None or width(text) <= columns:
        return text
    head, rest = _split(text, hang)
    lines = wrap(rest, max(_NARROWEST, columns - hang))
    return "\n".join([head + lines[0], *(" " * hang + line for line in lines[1:])])


_NARROWEST = 20


def _split(text: str, columns: int) -> tuple[str, str]:
    """Part a text after so many columns."""
    for index in range(len(text) + 1):
        if width(text[:index]) >= columns:
            return text[:index], text[index:]
    return text, ""
