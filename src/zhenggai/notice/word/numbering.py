"""Automatic numbers: what Word counts itself and shows before a paragraph, written out.

Of a number no style tells (ECMA-376 part 1, 17.9): a level has a start, a form and a text with
%1 to %9 for the levels above; deeper levels begin anew below a higher one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhenggai.notice.numerals import numeral
from zhenggai.notice.word.markup import Element

_LEVELS = 9
_LONGEST = 100
_DIGITS = "○一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST = 3_000
BULLET = "•"


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    again, place = divmod(number - 1, len(_LETTERS))
    return _LETTERS[place] * (again + 1)


def _counted(number: int) -> str:
    return numeral(number) if number < 100 else _digits(number)  # noqa: PLR2004 - as Word does


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(0xFEE0 + ord(digit)) for digit in str(number))


def _among(signs: str) -> Callable[[int], str]:
    """Return a way to number by signs as long as there are any, and by digits from there on."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _around(first: int, last: int) -> Callable[[int], str]:
    return _among("".join(map(chr, range(first, last + 1))))


_CIRCLED = _around(0x2460, 0x2473)
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counted,
    "chineseCountingThousand": numeral,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": numeral,
    "japaneseCounting": numeral,
    "koreanDigital2": _digits,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: numeral(number).translate(_LEGAL),
    "ideographTraditional": _among(_STEMS),
    "ideographZodiac": _among(_BRANCHES),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _around(0x2474, 0x2487),
    "decimalEnclosedFullstop": _around(0x2488, 0x249B),
    "ideographEnclosedCircle": _around(0x3280, 0x3289),
    "none": lambda _: "",
}


class UnknownNumberError(Exception):
    """A number in a form, or of a size, that is not known here."""


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    restarts: int | None
    legal: bool
    hidden: bool
    style: str | None


class _List(NamedTuple):
    """A numbering in use: what it is counted as, its levels, and what it begins anew."""

    counted_as: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, part: Element | None) -> None:
        part = part or Element("w:numbering", None)
        self._numbers = {one.get("w:numId"): one for one in part.all("w:num")}
        self._abstract: dict[str | None, Element] = {}
        self._of_style: dict[str | None, Element] = {}
        for one in part.all("w:abstractNum"):
            self._abstract[one.get("w:abstractNumId")] = one
            if link := one.find("w:styleLink"):
                self._of_style[link.value] = one
        self._levels: dict[Element, dict[int, _Level]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level that a paragraph style stands for in a numbering."""
        used = self._list(number)
        levels = used.levels.items() if used else ()
        return next((at for at, level in levels if level.style == style), 0)

    def label(self, number: str, level: int) -> str:
        """Count a paragraph and return its number as shown; raise UnknownNumberError."""
        used = self._list(number)
        if used is None or level not in used.levels:
            return ""
        counts = self._counts[used.counted_as]
        if used.starts:
            for at, start in used.starts.items():
                counts[at] = start - 1
            used.starts.clear()
        shown = used.levels[level]
        now = counts[level]
        counts[level] = shown.start if now is None else now + 1
        for at in range(level + 1, _LEVELS):
            restarts = used.levels[at].restarts if at in used.levels else None
            if restarts is None or level < restarts:
                counts[at] = None
        return "" if shown.hidden else _written(used, level, counts)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            found = self._lists[number] = self._made(number)
            if found:
                self._counts.setdefault(found.counted_as, [None] * _LEVELS)
        return self._lists[number]

    def _made(self, number: str) -> _List | None:
        used = self._numbers.get(number)
        pointed = used.find("w:abstractNumId") if used else None
        abstract = self._abstract.get(pointed.value) if pointed else None
        if used is None or abstract is None:
            return None
        if linked := abstract.find("w:numStyleLink"):
            abstract = self._of_style.get(linked.value, abstract)
        if abstract not in self._levels:
            self._levels[abstract] = dict(_levels(abstract))
        levels = dict(self._levels[abstract])
        starts = {}
        for override in used.all("w:lvlOverride"):
            levels |= dict(_levels(override))
            start, at = override.find("w:startOverride"), _number(override.get("w:ilvl"), -1)
            if start is not None and 0 <= at < _LEVELS:
                starts[at] = _number(start.value, 1)
        return _List(abstract.get("w:abstractNumId") or "", levels, starts)


def _levels(holder: Element) -> Iterator[tuple[int, _Level]]:
    for level in holder.all("w:lvl"):
        at = _number(level.get("w:ilvl"), -1)
        if 0 <= at < _LEVELS:
            yield at, _level(level)


def _level(level: Element) -> _Level:
    def value(name: str) -> str | None:
        found = level.find(name)
        return found.value if found else None

    hidden, legal = level.find("w:rPr", "w:vanish"), level.find("w:isLgl")
    restarts = value("w:lvlRestart")
    return _Level(
        start=_number(value("w:start"), 0),
        form=_form(level),
        text=value("w:lvlText") or "",
        restarts=None if restarts is None else _number(restarts, 0),
        legal=legal is not None and legal.is_on(),
        hidden=hidden is not None and hidden.is_on(),
        style=value("w:pStyle"),
    )


def _form(level: Element) -> str:
    """Return the form of a level's number; a form of its own gives way to the nearest known."""
    form = level.find("w:numFmt") or level.find("mc:AlternateContent", "mc:Fallback", "w:numFmt")
    return (form.value if form else None) or "decimal"


def _number(text: str | None, otherwise: int) -> int:
    """Read a small whole number."""
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else otherwise


def _written(used: _List, at: int, counts: list[int | None]) -> str:
    level = used.levels[at]
    if len(level.text) > _LONGEST:
        raise UnknownNumberError
    if level.form == "bullet":
        return _bullet(level.text)

    def filled(found: re.Match[str]) -> str:
        other = used.levels.get(int(found[1]) - 1)
        if other is None:
            return ""
        now = counts[int(found[1]) - 1]
        number = other.start if now is None else now
        write = _FORMS.get("decimal" if level.legal else other.form)
        if write is None or not 0 <= number <= _LARGEST:
            raise UnknownNumberError
        return write(number) if number else str(number)

    return re.sub("%([1-9])", filled, level.text)


def _bullet(text: str) -> str:
    """Return a bullet; of a font with signs of its own nobody knows what it shows."""
    return "".join(BULLET if unicodedata.category(one) == "Co" else one for one in text.strip())
