"""What a line begins with: the number of a part, an aspect, a finding or a measure, of any style.

A style does not say what is counted: whether （1） heads a finding or a measure is for those to
judge who see the lines around it.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from zhenggai.notice.numerals import number_of
from zhenggai.notice.printed_days import plain_digits

NUMERAL = "[一二三四五六七八九十百]{1,7}"


class Style(Enum):
    """How a line is counted."""

    PART = "第一部分"
    CHINESE = "一、"
    BRACKETED = "（一）"
    ORDINAL = "第一，"
    PROBLEM = "问题1："
    BULLET = "●"
    ARABIC = "1."
    SMALL = "（1）"
    HALF = "1）"
    CIRCLED = "①"
    UNNUMBERED = ""


class Mark(NamedTuple):
    """The number that a line begins with: its style, and where the words behind it begin.

    `pattern` is the mark with a placeholder for its number.
    """

    style: Style
    number: int
    pattern: str
    end: int


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Numbers that are one character with their marks: ⑴, ⒈, ㈠.
_IN_BRACKETS = "".join(map(chr, range(0x2474, 0x2488)))
_WITH_STOP = "".join(map(chr, range(0x2488, 0x249C)))
_CHINESE_IN_BRACKETS = "".join(map(chr, range(0x3220, 0x322A)))
_ROMAN, _FORMAL = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "壹贰叁肆伍陆柒捌玖拾"
_GLYPHS = {
    one: number
    for several in (_CIRCLED, _IN_BRACKETS, _WITH_STOP, _CHINESE_IN_BRACKETS, _ROMAN, _FORMAL)
    for number, one in enumerate(several, start=1)
}
_GLYPHS |= {one: n for n, one in enumerate(("I", "II", "III", "IV", "V", "VI", "VII"), start=1)}
# What these mark is in order, and not counted: each begins anew.
_BULLETS = "●○■□◆◇▲△★☆►▶▪•※➢❖◎⚫⬤"
_GLYPHS |= dict.fromkeys((*_BULLETS, "·", "-", "*"), 1)
_DIGITS = "[0-9０-９]{1,3}"
# Behind a stop a digit belongs to a decimal, but not that of a year or of 3个.
_STOP = (
    r"[.．](?:(?![0-9０-９])|(?=(?:19|20)[0-9]{2}(?:年|[-—－–至]))"
    r"|(?=[0-9]{1,3}(?:个(?!百分点)|[名家项处次起笔宗辆户人村所台套件份期类条座位])))"
)
_STYLES = (
    (Style.PART, re.compile(rf"第({NUMERAL}|{_DIGITS})(?:部分|[章篇编])\s*[、，,：:]?\s*(?=\S)")),
    (Style.PART, re.compile(rf"([{_FORMAL}])(?:\s*[、，,．.]|(?=[ \t\u3000]))\s*(?=\S)")),
    (Style.PART, re.compile(rf"[（(【]([{_FORMAL}])[）)】]\s*(?=\S)")),
    (Style.PART, re.compile(rf"【({NUMERAL})】\s*(?=\S)")),
    (Style.PART, re.compile(rf"([{_ROMAN}]|VI{{0,2}}|I{{1,3}}|IV)\s*[、，,．.]\s*(?=[一-鿿“])")),
    (Style.CHINESE, re.compile(rf"({NUMERAL})\s*[、，,．.]\s*(?=\S)")),
    (Style.BRACKETED, re.compile(rf"[（(]\s*({NUMERAL})\s*[)）]\s*[、.．]?\s*(?=\S)")),
    (Style.ORDINAL, re.compile(rf"第({NUMERAL})\s*[，,、：:]\s*(?=\S)")),
    (
        Style.PROBLEM,
        re.compile(
            rf"[【\[〔]?(?:巡[察视])?(?:反馈|整改|具体)?(?:问题|(?<=反馈)意见)\s*[（(]?\s*({_DIGITS}|{NUMERAL})"
            r"\s*(?:[)）]?[】\]〕][：:]?|[)）]?\s*[：:.．、]|[)）]|(?=[ \t\u3000]))\s*(?=\S)"
        ),
    ),
    (Style.ARABIC, re.compile(rf"({_DIGITS})\s*(?:{_STOP}|、)\s*(?=\S)")),
    (Style.SMALL, re.compile(rf"[（(]\s*({_DIGITS})\s*[)）]\s*[、.．]?\s*(?=\S)")),
    (Style.HALF, re.compile(rf"({_DIGITS})\s*[)）]\s*(?=\S)")),
    (Style.CIRCLED, re.compile(rf"([{_CIRCLED}])\s*(?=\S)")),
    (Style.BULLET, re.compile(rf"([{_BULLETS}])\s*(?=\S)")),
    (Style.BULLET, re.compile(r"(·)\s*(?=[一-鿿“])|([-*])\s+(?=[一-鿿“])")),
    (Style.SMALL, re.compile(rf"([{_IN_BRACKETS}])\s*(?=\S)")),
    (Style.ARABIC, re.compile(rf"([{_WITH_STOP}])\s*(?=\S)")),
    (Style.BRACKETED, re.compile(rf"([{_CHINESE_IN_BRACKETS}])\s*(?=\S)")),
)


@lru_cache(maxsize=8192)
def mark_of(text: str) -> Mark | None:
    """Return the number that a text begins with, if it does and says something behind it."""
    for style, pattern in _STYLES:
        if match := pattern.match(text):
            group = match.lastindex or 1
            said = match[group]
            number = _number(said)
            if number is None or number == 0:
                continue
            name = "{一}" if said[0] in "一二三四五六七八九十百" else "{序号}"
            if said in _GLYPHS or said != (plain_digits(said).lstrip("0") or said):
                name = said  # ０１ and ① are written by no placeholder
            start, end = match.span(group)
            return Mark(style, number, text[:start] + name + text[end : match.end()], match.end())
    return None


def _number(text: str) -> int | None:
    if text in _GLYPHS:
        return _GLYPHS[text]
    digits = plain_digits(text)
    return int(digits) if digits.isascii() else number_of(text)


# -- measures that a paragraph counts ---------------------------------------------------------


class Series(NamedTuple):
    """A way of counting measures inside a paragraph, and what may stand behind its numbers.

    Of fewer than `least` it counts nothing: a single 一方面 is a word like any other.
    """

    name: str
    pattern: re.Pattern[str]
    least: int = 1


# What says first, what goes on by one from there, what comes last.
_FIRSTLY = {"首先": 1, "一方面": 1, "先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}
_NEXT = ("然后", "接着", "随后", "另一方面", "又一方面", "再一方面", "再", "后")
# These are counted only behind the end of a sentence or a semicolon, as they also join clauses.
_ALSO_JOIN = ("然后", "接着", "随后", "先", "再", "后")
SERIES = (
    Series("一是", re.compile(rf"({NUMERAL})(?:是|要)\s*[：:，,]?\s*")),
    Series("首先", re.compile(r"(首先|其次|然后|接着|随后|再次|再者|最后)\s*[，,、：:]?\s*")),
    Series(
        "先",
        re.compile(
            r"(先(?![进后行期锋前例导决天生])|再(?![次者造生现度])|最后|后(?![续勤备期方者])|然后)\s*[，,：:]?\s*"
        ),
        3,
    ),
    Series("一方面", re.compile(r"([另又再]?一方面)(?:是|要)?\s*[，,：:]?\s*"), 2),
    Series("第一", re.compile(rf"第({NUMERAL})(?:步|方面|是)?\s*[，,、：:]\s*")),
    Series("其一", re.compile(r"其([一二三四五六七八九十])(?:是)?\s*[，,、：:是]\s*")),
    Series("其一 ", re.compile(r"其([一二三四五六七八九十])\s*"), 2),
    Series(
        "措施一",
        re.compile(rf"(?:具体|整改)?(?:措施|举措)\s*({_DIGITS}|{NUMERAL})\s*[：:、.．]\s*"),
    ),
    Series("●", re.compile(rf"([{_BULLETS}])\s*")),
    Series("①", re.compile(rf"([{_CIRCLED}])\s*[、.．]?\s*")),
    Series("(1)", re.compile(rf"[（(]\s*({_DIGITS})\s*[)）]\s*[、.．]?\s*")),
    Series("1)", re.compile(rf"(?<![0-9０-９（(])({_DIGITS})[)）]\s*")),
    Series("⑴", re.compile(rf"([{_IN_BRACKETS}])\s*[、.．]?\s*")),
    Series("⒈", re.compile(rf"([{_WITH_STOP}])\s*")),
    Series("1.", re.compile(rf"(?<![0-9０-９.])({_DIGITS})(?:{_STOP}|、)\s*")),
    Series("（一）", re.compile(rf"[（(]({NUMERAL})[)）]\s*")),
    Series("一、", re.compile(rf"({NUMERAL})、\s*(?![一二三四五六七八九十])"), 2),
)
_BEFORE = "。；;！!？?：:，, \t\u3000\xa0"
_CLOSING = "”’」』》）)"


class Count(NamedTuple):
    """One number of a series in a text: where it stands, where its words begin."""

    start: int
    end: int
    number: int


def counts(text: str, series: Series, *, after: int = 0) -> list[Count]:
    """Return where a series counts in a text: only where a clause begins, not in 统一是.

    然后 is one more than what is counted before it, be it in the paragraph before (`after`).
    """
    found: list[Count] = []
    matches = [one for one in series.pattern.finditer(text) if _begins_clause(text, one.start())]
    # Where 首先 and 最后 themselves are joined by commas, what stands between them may be.
    by_commas = series.name == "首先" and not any(_stands_apart(text, x) for x in matches[1:])
    for match in matches:
        start = match.start()
        if match[1] in _ALSO_JOIN and not by_commas and not _stands_apart(text, match):
            continue
        last = found[-1].number if found else after
        number = last + 1 if last and match[1] in _NEXT else _FIRSTLY.get(match[1])
        number = max(number, last + 1) if number in (2, 3) and last in (2, 3) else number
        number = number or _number(match[1])
        if number:
            found.append(Count(start, match.end(), number))
    return found


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Whether something new begins with a match: behind the end of a sentence or a semicolon."""
    before = text[: match.start()].rstrip()
    return not before or before[-1] in "。；;！!：:"


def _begins_clause(text: str, start: int) -> bool:
    if start == 0 or text[start - 1] in _BEFORE:
        return True
    before = text[:start].rstrip(_CLOSING)
    return before != text[:start] and before[-1:] in "。；;！!？?"


def in_order(found: list[Count], *, after: int = 0) -> list[Count]:
    """Return those that go on counting: one more each time, with a number left out or doubled.

    What is counted begins with 1, or goes on from `after`.
    """
    kept: list[Count] = []
    last = after
    for place, one in enumerate(found):
        begins = one.number == 1 and not kept and not after
        follows = last and last <= one.number <= last + 2
        ends = last and one.number == _FIRSTLY["最后"] and place == len(found) - 1
        if (begins or follows or ends) and (not kept or one.start > kept[-1].end or not kept):
            kept.append(one)
            last = one.number
    return kept


def begins_count(text: str) -> bool:
    """Whether a text begins with a number of a series of measures, whichever."""
    return any(
        (match := series.pattern.match(text)) and (_FIRSTLY.get(match[1]) or _number(match[1]))
        for series in SERIES
        if series.least == 1
    )


def series_of(
    text: str, *, after: tuple[str, int] | None = None
) -> tuple[Series, list[Count]] | None:
    """Return the series that counts a text's measures: the one that begins first.

    What goes on from the paragraph before is told by the name of its series and its last number.
    """
    best: tuple[Series, list[Count]] | None = None
    for series in SERIES:
        goes_on = after is not None and after[0] == series.name and after[1] > 0
        last = after[1] if goes_on and after else 0
        kept = in_order(counts(text, series, after=last), after=last)
        if goes_on and (not kept or kept[0].start > 0):
            kept, last = in_order(counts(text, series)), 0
        if last + len(kept) < series.least:
            continue
        if kept and (best is None or kept[0].start < best[1][0].start):
            best = series, kept
    return best
