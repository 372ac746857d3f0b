"""The days of an inspection as an opening tells them: 2022年3月1日至4月29日, 3月中旬至5月下旬.

A day is taken only where it is printed: a third of a month, a month or a quarter is none.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.notice.numerals import number_of
from zhenggai.notice.printed_days import NUMERAL_DIGITS, ZEROS, plain_digits, printed_day

_NOTE = "(?:[（(](?:星期|周)[一二三四五六日天][)）])?"
_THIRD = "[上中下](?:[、和至]?[中下])?旬|[初中底末](?![一-鿿]*旬)"
_IN_MONTH = f"(?:[0-9]{{1,2}}日{_NOTE}|{_THIRD}|份)?"
_YEAR = "(?:[0-9]{4}年)"
_DOTTED_START, _DOTTED_END = (
    f"[0-9]{{4}}(?P<{name}>[-/.])[0-9]{{1,2}}(?P={name})[0-9]{{1,2}}(?![0-9])" for name in "ab"
)
_OF_MONTH = f"[0-9]{{1,2}}月{_IN_MONTH}"
_END = f"(?:{_YEAR}|次年|翌年|当年|同年|本年)?{_OF_MONTH}|[0-9]{{1,2}}日{_NOTE}|[上中下]旬"
_TO = "(?:起|开始)?[，,]?(?:至|到|[-—–－~～─]+)"
_SPAN = re.compile(
    rf"(?P<start>{_DOTTED_START}|{_YEAR}[0-9]{{1,2}}(?=至|到|[-—–－~～─]+[0-9]{{1,2}}月)|{_YEAR}?{_OF_MONTH}){_TO}"
    rf"(?P<end>{_DOTTED_END}|{_END})(?:[、，,和及](?P<again>{_YEAR}?{_OF_MONTH}){_TO}(?P<last>{_END}))*"
)
# A month, a third of one, half a year or a quarter; or the day alone that it began on.
_VAGUE = re.compile(
    rf"{_YEAR}(?:[0-9]{{1,2}}月(?:{_THIRD}|份)?(?:[、和][0-9]{{1,2}}月(?:{_THIRD}|份)?)?(?![0-9])|[上下]半年"
    rf"|第?[一二三四1-4]季度|年?[初中底末]|[0-9]{{1,2}}、[0-9]{{1,2}}月份?|[春夏秋冬]季?|(?=[，,]))|{_YEAR}?[0-9]{{1,2}}月[0-9]{{1,2}}日(?=起|开始)"
)
# What was looked into, or when it was put right, is another span than that of the inspection.
_OF_ELSE = re.compile(
    "^(?:期间|间|以来)?的?[^，,。；;]{0,8}(?:任期|任职|预算|财政|财务|经济责任|履职|工作情况|整改)"
)
_INSPECTED = re.compile("巡[察视]|审计|回头看")


class Span(NamedTuple):
    """What an opening says of when: its words and where they stand, and the days, where printed.

    `earliest` is the first day that the end may mean.
    """

    words: str
    at: int
    start: date | None
    end: date | None
    earliest: date | None


def with_figures(text: str) -> str:
    """Write days in ASCII digits, without blanks inside them."""
    text = plain_digits(text)
    text = re.sub("(?<=[0-9年月日])[ \u3000]+(?=[0-9年月日至到起—－–~～─-])", "", text)
    text = re.sub("(?<=[至到—－–~～─-])[ \u3000]+(?=[0-9])", "", text)
    text, number = re.subn(
        f"[一二][一二三四五六七八九零{ZEROS}]{{3}}(?=年)",
        lambda match: "".join(NUMERAL_DIGITS[one] for one in match[0]),
        text,
    )
    if not number:
        return text
    return re.sub(
        "(?<![一二三四五六七八九十第])[一二三四五六七八九十]{1,3}(?=[月日])",
        lambda match: str(number_of(match[0]) or match[0]),
        text,
    )


def without_spans(text: str) -> str:
    """Return a text of the same length, its spans of days blotted out."""
    return _SPAN.sub(lambda match: "〓" * len(match[0]), text)


def span_in(sentences: Sequence[str]) -> tuple[str, Span] | None:
    """Return the first sentence that tells when a unit was inspected, and what it says."""
    told = [one for one in sentences if _INSPECTED.search(one)]
    for pattern in (_SPAN, _VAGUE):
        for sentence in told:
            for match in pattern.finditer(sentence):
                if _is_of_the_inspection(sentence, match):
                    span = _read(match) if pattern is _SPAN else _vague(match)
                    return sentence, span
    return None


def _is_of_the_inspection(sentence: str, match: re.Match[str]) -> bool:
    before, behind = sentence[: match.start()], sentence[match.end() :]
    of_the_unit = re.search("对[^，,。；;]*$", before) and not re.search("[于自从在]$", before)
    return not (
        of_the_unit
        or re.search("整改(?:工作)?(?:期限?|时间|阶段)[^，,。；;]{0,3}$", before)
        or _OF_ELSE.search(behind)
        or not (_INSPECTED.search(behind) or before.endswith(("于", "自", "从", "在")))
    )


def _read(match: re.Match[str]) -> Span:
    start, end = match["start"], match["last"] or match["end"]
    year, month = _year_and_month(start)
    again, other = _year_and_month(match["again"] or "")
    year, month = again or year, other or month
    if "月" not in end and not match["b"]:
        end = f"{month}月{end}"
    said, end_month = _year_and_month(end)
    if not said:
        said = _year_behind(year, month, end_month, is_next=end.startswith(("次", "翌")))
        end = re.sub("^[次翌当同本]年", "", end)
        end = f"{said}年{end}" if said else end
    if not year and said and "年" not in start:
        start = f"{said - (month > end_month)}年{start}"
    return Span(match[0], match.start(), _day(start), _day(end), _earliest(end))


def _vague(match: re.Match[str]) -> Span:
    return Span(match[0], match.start(), _day(match[0]), None, _earliest(match[0]))


def _year_and_month(text: str) -> tuple[int, int]:
    """Return the year and the month of a day that may leave out the first; 0 where it does."""
    if dotted := re.match("([0-9]{4})[-/.]([0-9]{1,2})", text):
        return int(dotted[1]), int(dotted[2])
    year = re.match("([0-9]{4})年", text)
    month = re.search("([0-9]{1,2})(?:月|$)", text)
    return int(year[1]) if year else 0, int(month[1]) if month else 0


def _year_behind(year: int, month: int, end_month: int, *, is_next: bool) -> int:
    """Return the year of an end that does not say it; 0 where the start does not, either."""
    return year and year + (is_next or end_month < month)


def _day(text: str) -> date | None:
    return printed_day(re.sub(_NOTE, "", text)) if re.search("[0-9]日|[-/.]", text) else None


def _earliest(text: str) -> date | None:
    """Return the first day that a day, a third of a month, a month or more may mean."""
    if (day := _day(text)) is not None:
        return day
    year, month = _year_and_month(re.sub("[0-9]{1,2}、(?=[0-9]{1,2}月)", "", text))
    if not year:
        return None
    if not month:
        later = {"下半年": 7, "二季": 4, "2季": 4, "三季": 7, "3季": 7, "四季": 10, "4季": 10}
        later |= {"夏": 4, "秋": 7, "冬": 10, "底": 12, "末": 12, "中": 5}
        month = next((number for words, number in later.items() if words in text), 1)
    third = re.search("([上中下])旬|([底末])", text)
    first = 1 if third is None or third[1] == "上" else 11 if third[1] == "中" else 21
    try:
        return date(year, month, first)
    except ValueError:
        return None
