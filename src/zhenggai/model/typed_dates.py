"""Days as they are typed on a command line, where a year may be left out and today is known.

Files and tables are read by `dates` alone: they are read again on another day, and would then say
another. What is understood here is told before it is written (`Meant.is_said` is False).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import normalize

from zhenggai.model.dates import (
    DAY_FORMS,
    DEADLINE_FORMS,
    FIRST_YEAR,
    LAST_YEAR,
    DateTextError,
    NoSuchDayError,
    Period,
    parse_day,
    parse_deadline,
)
from zhenggai.model.problem import shorten

TYPED_DAY_FORMS = f"{DAY_FORMS}，或 3月31日、昨天、上周五、3天前"
TYPED_DEADLINE_FORMS = f"{DEADLINE_FORMS}，或 3月底、年底前、下周五、+10、10个工作日后"

AfterWorkingDays = Callable[[date, int], date]
"""Gives the working day so many after a day."""


class Meant(NamedTuple):
    """The day that a text means, and whether the text says all of it, its year included."""

    day: date
    is_said: bool


def typed_day(text: str, today: date) -> Meant:
    """Read the day something happened on: without a year the last such day not after today.

    Of a month, a quarter or a year the end is a day (5月底); what has no end in it is none (5月).
    Raise DateTextError for what names none.
    """
    try:
        return Meant(parse_day(text), is_said=True)
    except DateTextError as error:
        plain = _plain(text)
        found = _whole(plain, before=True) or _by_today(plain, today)
        if found is not None and found > today and plain[0] in "月季":
            found = _by_today(f"上{plain}", today)
        found = found or _weekday(plain, today, before=True)
        found = found or _ago(plain, today) or _spelled(plain, today, before=True)
        if found is None:
            raise _refusal(text, plain, error) from None
        return Meant(_within(found, text), is_said=False)


def typed_deadline(text: str, today: date, after_working_days: AfterWorkingDays) -> Meant:
    """Read the last day that is left: without a year the first such day not before today.

    Raise DateTextError for what names none.
    """
    try:
        return Meant(parse_deadline(text), is_said=True)
    except DateTextError as error:
        plain = _plain(text).removesuffix("完成")
        bare = re.sub(f"{_BEFORE}$", "", plain)
        found = _whole(plain, before=False) or _by_today(bare, today)
        found = found or _weekday(bare, today, before=False)
        found = found or _from_now(plain, today, after_working_days)
        found = found or _spelled(plain, today, before=False)
        if found is None:
            raise _refusal(text, bare, error) from None
        return Meant(_within(found, text), is_said=False)


_BEFORE = "(?:之前|以前|前)"
_OF_A_DAY = re.compile(
    "(?:(?:[今本明后去前]年)?[0-9]{1,2}月|(?:本|这个?|下个?|上个?)月)?[0-9]{1,2}日"
)


def _refusal(text: str, plain: str, error: DateTextError) -> DateTextError:
    """Return why a text names no day: that day is on no calendar, or what a file would be told."""
    if _OF_A_DAY.fullmatch(_spelt(plain)):
        return NoSuchDayError(f"日历上没有“{shorten(text.strip())}”这一天")
    return DateTextError(str(error))


_NUMERAL = re.compile(r"[一二三四五六七八九十两]+(?=月|日|号|天|周|个)")
_DIGITS = "零一二三四五六七八九"


def _plain(text: str) -> str:
    """Return a text without blanks, in half-width forms, with digits for 三月 and 十五日."""
    return _NUMERAL.sub(_numbered, re.sub(r"\s", "", normalize("NFKC", text)))


def _numbered(match: re.Match[str]) -> str:
    tens, ten, ones = match[0].replace("两", "二").rpartition("十")
    if len(ones) > 1 or len(tens) > 1:
        return match[0]
    number = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return str(number + (_DIGITS.index(ones) if ones else 0))


_NAMED = {"今": 0, "昨": -1, "前": -2, "大前": -3, "明": 1, "后": 2, "大后": 3}
_MONTHS = {"本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "上": -1, "上个": -1, "": 0}
_YEARS = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1, "前": -2}


def _by_today(plain: str, today: date) -> date | None:
    """Read what names its day by today: 昨天, 下月底, 本月5日, 本季度末, 明年3月底."""
    if (found := re.fullmatch("(大?[前后]|[今昨明])[天日]", plain)) and found[1] in _NAMED:
        return today + timedelta(days=_NAMED[found[1]])
    if found := re.fullmatch("(本|这个?|下个?|上个?|)月(底|末|[上中下]旬|[0-9]{1,2}[日号])", plain):
        first = Period(_MONTHS[found[1]], 0).after(today.replace(day=1))
        return _in_year(first.year, f"{first.month}月{found[2]}")
    if found := re.fullmatch("(本|这个?|下个?|上个?|)季度?[底末]", plain):
        first = Period(3 * _MONTHS[found[1]], 0).after(today.replace(day=1))
        return _in_year(first.year, f"{(first.month + 2) // 3}季度")
    if found := re.fullmatch("([今本明后去前])年(.+)", plain):
        return _in_year(today.year + _YEARS[found[1]], found[2])
    return None


_WEEKDAYS = {one: number for number, one in enumerate("一二三四五六日")} | {"天": 6}
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2, "上上": -2}
_A_WEEK = 7


def _weekday(plain: str, today: date, *, before: bool) -> date | None:
    """Read 周五, 本周五, 下周五: a week begins on its Monday."""
    found = re.fullmatch("(上上|下下|[上本这下])?个?(?:周|星期|礼拜)([一二三四五六日天])", plain)
    if found is None:
        return None
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEKDAYS[found[2]])
    if found[1]:
        return day + timedelta(days=_A_WEEK * _WEEKS[found[1]])
    if before and day > today:
        return day - timedelta(days=_A_WEEK)
    if not before and day < today:
        return day + timedelta(days=_A_WEEK)
    return day


_MOST = 3660


def _counted(digits: str, text: str) -> int:
    """Return how many days, weeks or months are said; raise DateTextError for too many."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(_MOST)) or int(digits) > _MOST:
        raise DateTextError(f"“{shorten(text)}”太远，数字最大写到{_MOST}")
    return int(digits)


def _from_now(plain: str, today: date, after_working_days: AfterWorkingDays) -> date | None:
    """Read +10, 10天后, 两周内, 3个月后, 10个工作日后."""
    found = re.fullmatch(r"\+([0-9]+)()", plain) or re.fullmatch(
        r"\+?([0-9]+)(天|日|周|个?星期|个?月|年|个?工作日)(?:之后|以后|后|之内|以内|内)", plain
    )
    if found is None:
        found = re.fullmatch(r"\+([0-9]+)(天|日|周|个?星期|个月|个?工作日)", plain)
    if found is None:
        return None
    number, unit = _counted(found[1], plain), found[2].removeprefix("个")
    if unit == "工作日":
        return after_working_days(today, number)
    if unit in ("周", "星期"):
        number *= _A_WEEK
    return _later(today, number, unit)


def _later(today: date, number: int, unit: str) -> date | None:
    months = {"月": number, "年": 12 * number}.get(unit, 0)
    if months > 12 * (LAST_YEAR - today.year):
        raise DateTextError(f"“{number}{'个月' if unit == '月' else unit}”太远，过了{LAST_YEAR}年")
    return Period(months, 0 if months else number).after(today)


def _ago(plain: str, today: date) -> date | None:
    """Read 3天前, 两周前; 3日前 is none, for it may be the 3rd."""
    found = re.fullmatch(r"([0-9]+)(天|周|个?星期)(?:之前|以前|前)", plain)
    if found is None:
        return None
    return today - timedelta(days=_counted(found[1], plain) * (1 if found[2] == "天" else _A_WEEK))


_FURTHEST = 8
"""29 February is at most so many years away."""


def _spelled(plain: str, today: date, *, before: bool) -> date | None:
    """Read a day or a deadline that lacks its year, or year and month: 3月底, 3-31, 5日.

    Return the first such day not before today, or the last one not after it.
    """
    said = _spelt(plain)
    if re.fullmatch("[0-9]{1,2}日(?:之前|以前|前)?", said):
        # A month without a 31st has no such day: the next one that has it is meant.
        months = [Period(step, 0).after(today.replace(day=1)) for step in (-2, -1, 0, 1, 2)]
        days = [_in_year(one.year, f"{one.month}月{said}", before=before) for one in months]
    else:
        years = range(today.year - _FURTHEST, today.year + _FURTHEST + 1)
        days = [_in_year(year, said, before=before) for year in years]
    there = [day for day in days if day is not None]
    if before:
        return max((day for day in there if day <= today), default=None)
    return min((day for day in there if day >= today), default=None)


def _in_year(year: int, said: str, *, before: bool = False) -> date | None:
    """Return what a text without a year means in one; None where that year has no such day."""
    try:
        return _parsed(f"{year}年{_spelt(said)}", before=before)
    except DateTextError:
        return None


def _whole(plain: str, *, before: bool) -> date | None:
    """Read what says its year, though not as a file does: 20270301, 2027年3月31号.

    Raise NoSuchDayError for a day that is on no calendar.
    """
    said = _spelt(plain)
    if not re.match("[0-9]{4}[年./-]", said):
        return None
    try:
        return _parsed(said, before=before)
    except NoSuchDayError:
        raise
    except DateTextError:
        return None


def _parsed(said: str, *, before: bool) -> date:
    """Read a day or a deadline; of what is past only a day, or the end of something."""
    return parse_day(said) if before and said[-1] not in "底末" else parse_deadline(said)


def _spelt(plain: str) -> str:
    """Return a text as a file would have it: 3月31日 for 3.31, 3-31, 3月31 and 3月31号."""
    said = re.sub(r"([0-9])号", r"\1日", plain)
    said = re.sub(f"旬{_BEFORE}$", "旬", said)
    said = re.sub(f"(月[0-9]{{1,2}})(?={_BEFORE}?$)", r"\1日", said)
    said = re.sub(f"^([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})(?={_BEFORE}?$)", r"\1年\2月\3日", said)
    return re.sub(f"^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})(?={_BEFORE}?$)", r"\1月\2日", said)


def _within(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateTextError(f"日期“{shorten(text)}”的年份不在{FIRST_YEAR}—{LAST_YEAR}之间")
    return day
