"""Split a cell that holds several things, by the numbers that stand before them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.importers.tables.grid import BLANKS

# Full-width letters, digits and marks as ASCII, character by character, so that places stay.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = "零一二三四五六七八九"
_CHINESE = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class _Series(NamedTuple):
    """A way of numbering: the pattern of a number, and what an inner one may stand behind."""

    pattern: re.Pattern[str]
    behind: re.Pattern[str] | None


_ENDED = re.compile(r"[。;；，,!！?？\s\u3000)）”]")
_ENDED_OR_WORD = re.compile(r"[。;；，,!！?？\s\u3000)）”]|[^\W\d_](?<![第约表条款项件图至到之])")
_SERIES = (
    _Series(re.compile(r"(?<![\d.])(\d{1,2})\.(?!\d)"), _ENDED_OR_WORD),
    _Series(re.compile(r"(?<![\d.、])(\d{1,2})、(?!\d)"), _ENDED),
    _Series(re.compile(r"\((\d{1,2})\)[、.]?"), _ENDED),
    _Series(re.compile(r"(?<![\d.(（])(\d{1,2})\)[、.]?"), _ENDED),
    _Series(re.compile(f"([{_CIRCLED}])[、.]?"), None),
    _Series(re.compile(f"({_CHINESE})是(?!否)[:,，]?"), _ENDED),
    _Series(re.compile(f"第({_CHINESE})[、,，:]"), _ENDED),
    _Series(re.compile(rf"\(({_CHINESE})\)[、.]?"), _ENDED),
    _Series(re.compile(f"(?<![{_DIGITS}十、])({_CHINESE})、(?![{_DIGITS}十])"), _ENDED),
)
_AFTER_ITEM = "。；;"
_LEADS_IN = (":", "：")


class Items(NamedTuple):
    """What a cell was split into; `lead` is what stood before the first number."""

    texts: tuple[str, ...]
    lead: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    number: int
    begins_line: bool


def split_items(text: str) -> Items:
    """Return the items of a cell without their numbers; one that does not split is one item.

    An item begins with a number at the beginning of a line, or inside one where the series counts
    1, 2, 3 without a gap.
    """
    plain = text.translate(HALF_WIDTH)
    best: list[_Mark] = []
    for series in _SERIES:
        marks = _counted(plain, series)
        if marks and (not best or (marks[0].start, -len(marks)) < (best[0].start, -len(best))):
            best = marks
    if not best:
        return Items((_trimmed(text),) if text else ())
    ends = [mark.start for mark in best[1:]] + [len(text)]
    pieces = [_trimmed(text[mark.end : end]) for mark, end in zip(best, ends, strict=True)]
    return Items(tuple(filter(None, pieces)), text[: best[0].start].strip(BLANKS))


_ANY_MARK = re.compile(
    r"(?:^|[。;\s])[ \t]*"
    rf"(?:\(?\d{{1,2}}[.、)](?!\d{{1,2}}[)、.])|[{_CIRCLED}]|\(?{_CHINESE}[、)]|[-*•·]\s|[A-Za-z][.、)])",
    re.MULTILINE,
)


def looks_like_several(text: str) -> bool:
    """Whether a text that does not split may yet be meant as several: by lines, or by marks."""
    if len([line for line in text.splitlines() if line.strip(BLANKS + "\t")]) > 1:
        return True
    return len(_ANY_MARK.findall(text.translate(HALF_WIDTH))) > 1


def _counted(plain: str, series: _Series) -> list[_Mark]:
    """Return the marks of one series that begin items; none where it does not begin with 1.

    Before the first may stand what leads in, up to a colon or the end of its line.
    """
    marks: list[_Mark] = []
    for mark in _all_marks(plain, series.pattern):
        if not marks:
            before = plain[: mark.start].rstrip(BLANKS)
            leads = not before or before.endswith(_LEADS_IN)
            if mark.number != 1 or not leads:
                if mark.begins_line and not leads:
                    return []
                continue
            marks.append(mark)
        elif mark.begins_line:
            if mark.number <= marks[-1].number:
                return []  # it begins again: the numbers are those of something inside
            marks.append(mark)
        elif mark.number == marks[-1].number + 1 and _may_follow(plain, mark, series):
            marks.append(mark)
    return marks


def _may_follow(plain: str, mark: _Mark, series: _Series) -> bool:
    """Whether a number inside a line stands where an item can begin."""
    return series.behind is None or bool(series.behind.fullmatch(plain[mark.start - 1]))


def _all_marks(plain: str, pattern: re.Pattern[str]) -> Iterator[_Mark]:
    for found in pattern.finditer(plain):
        line = plain[plain.rfind("\n", 0, found.start()) + 1 : found.start()]
        number = _value(found[1])
        if number:
            yield _Mark(found.start(), found.end(), number, not line.strip(BLANKS + "\t"))


def _value(written: str) -> int:
    if written.isascii():
        return int(written)
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    return chinese_number(written) or 0


def chinese_number(written: str) -> int | None:
    """Read 一 to 九十九; None for anything else."""
    tens, ten, ones = written.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "零" in written:
        return None
    high = (_DIGITS.find(tens) if tens else 1) if ten else 0
    low = _DIGITS.find(ones) if ones else 0
    return high * 10 + low if high >= 0 and low >= 0 and high + low else None


def _trimmed(text: str) -> str:
    text = text.strip(BLANKS)
    return text[:-1].rstrip(BLANKS) if text.endswith(tuple(_AFTER_ITEM)) else text
