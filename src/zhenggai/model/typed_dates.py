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

    Raise DateTextError for what names none.
    """
    try:
        return Meant(parse_day(text), is_said=True)
    except DateTextError as error:
        plain = _plain(text)
        found = _by_today(plain, today) or _weekday(plain, today, before=True)
        found = found or _ago(plain, today) or _spelled(plain, today, before=True)
        if found is None:
            raise DateTextError(str(error)) from None
        return Meant(_within(found, text), is_said=False)


def typed_deadline(text: str, today: date, after_working_days: AfterWorkingDays) -> Meant:
    """Read the last day that is left: without a year the first such day not before today.

    Raise DateTextError for what names none.
    """
    try:
        return Meant(parse_deadline(text), is_said=True)
    except DateTextError as error:
        plain = _plain(text)
        bare = re.sub("(?:之前|以前|前)$", "", plain)
        found = _by_today(bare, today) or _weekday(bare, today, before=False)
        found = found or _from_now(plain, today, after_working_days)
        found = found or _spelled(plain, today, before=False)
        if found is None:
            raise DateTextError(str(error)) from None
        return Meant(_within(found, text), is_said=False)


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


def _from_now(plain: str, today: date, after_working_days: AfterWorkingDays) -> date | None:
    """Read +10, 10天后, 两周内, 3个月后, 10个工作日后."""
    found = re.fullmatch(r"\+([0-9]{1,4})()", plain) or re.fullmatch(
        r"\+?([0-9]{1,4})(天|日|周|个?星期|个?月|年|个?工作日)(?:之后|以后|后|之内|以内|内)", plain
    )
    if found is None:
        found = re.fullmatch(r"\+([0-9]{1,4})(天|日|周|个?星期|个月|个?工作日)", plain)
    if found is None or int(found[1]) > _MOST:
        return None
    number, unit = int(found[1]), found[2].removeprefix("个")
    if unit == "工作日":
        return after_working_days(today, number)
    if unit in ("周", "星期"):
        number *= _A_WEEK
    return _later(today, number, unit)


def _later(today: date, number: int, unit: str) -> date | None:
    months = {"月": number, "年": 12 * number}.get(unit, 0)
    if months > 12 * (LAST_YEAR - today.year):
        return None
    return Period(months, 0 if months else number).after(today)


def _ago(plain: str, today: date) -> date | None:
    """Read 3天前, 两周前; 3日前 is none, for it may be the 3rd."""
    found = re.fullmatch(r"([0-9]{1,4})(天|周|个?星期)(?:之前|以前|前)", plain)
    if found is None or int(found[1]) > _MOST:
        return None
    return today - timedelta(days=int(found[1]) * (1 if found[2] == "天" else _A_WEEK))


_FURTHEST = 8
"""29 February is at most so many years away."""


def _spelled(plain: str, today: date, *, before: bool) -> date | None:
    """Read a day or a deadline that lacks its year, or year and month: 3月底, 3-31, 5日.

    Return the first such day not before today, or the last one not after it.
    """
    said = re.sub(r"([0-9])号", r"\1日", plain)
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
    said = re.sub(r"([0-9])号", r"\1日", said)
    if found := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})", said):
        said = f"{found[1]}月{found[3]}日"
    try:
        return (parse_day if before else parse_deadline)(f"{year}年{said}")
    except DateTextError:
        return None


def _within(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateTextError(f"日期“{shorten(text)}”的年份不在{FIRST_YEAR}—{LAST_YEAR}之间")
    return day
