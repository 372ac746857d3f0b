"""Days and periods as people write them in Chinese ledgers."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from zhenggai.model.problem import shorten

DAY_FORMS = "2021-05-01、2021/5/1、2021.5.1 或 2021年5月1日"
PERIOD_FORMS = "每周、每月、每季度、每半年、每年，或 10天、2周、3个月、1年"

# The years a ledger can sensibly speak of: a typing slip such as 2201 or 1021 is an error, and
# no arithmetic on dates below can leave the calendar.
FIRST_YEAR, LAST_YEAR = 1949, 2199

# A regular expression for what most often is a day: 29 February is one in every year.
_YEAR = r"(?:19(?:49|[5-9][0-9])|2[01][0-9]{2})"
_WITHIN = (
    (r"(?:0?[13578]|1[02])", r"(?:0?[1-9]|[12][0-9]|3[01])"),
    (r"(?:0?[469]|11)", r"(?:0?[1-9]|[12][0-9]|30)"),
    (r"0?2", r"(?:0?[1-9]|[12][0-9])"),
)
_PARTED = (("-", "-", ""), ("/", "/", ""), (r"\.", r"\.", ""), (r"\s*年\s*", r"\s*月\s*", r"\s*日"))
DAY_PATTERN = f"{_YEAR}(?:%s)" % "|".join(
    f"{first}{month}{second}{day}{last}"
    for first, second, last in _PARTED
    for month, day in _WITHIN
)

# Compiled when first used: most runs read dates that are already read.
_CANONICAL = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY = (
    r"([0-9]{4})(?:"
    r"-([0-9]{1,2})-([0-9]{1,2})"
    r"|/([0-9]{1,2})/([0-9]{1,2})"
    r"|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
    r")"
)


class DateTextError(ValueError):
    """A text that is no day or no period; the message is Chinese and says why."""


def is_canonical(text: str) -> bool:
    """Whether a day is written the way the program writes it (2021-05-01)."""
    return re.fullmatch(_CANONICAL, text) is not None


def parse_day(text: str) -> date:
    """Read a day in any of DAY_FORMS; raise DateTextError for everything else."""
    text = text.strip()
    match = re.fullmatch(_DAY, text)
    if match is None:
        raise DateTextError(f"日期“{shorten(text)}”的格式无法识别")
    year, month, day = (int(group) for group in match.groups() if group is not None)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateTextError(f"日期“{shorten(text)}”的年份不在{FIRST_YEAR}—{LAST_YEAR}之间")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateTextError(f"日历上没有“{shorten(text)}”这一天") from None


def _last_day(year: int, month: int) -> int:
    next_month = date(year, month, 28) + timedelta(days=4)
    return (next_month - timedelta(days=next_month.day)).day


class Period(NamedTuple):
    """A length of calendar time: whole months, then days."""

    months: int
    days: int

    def after(self, day: date) -> date:
        """Return the day one period later; 31 January plus a month is the last day of February."""
        return _after(self, day)

    def __str__(self) -> str:
        named = {period: name for name, period in reversed(_NAMED.items())}
        if self in named:
            return named[self]
        if self.months:
            return f"{self.months}个月"
        return f"{self.days}天"


@lru_cache(maxsize=4096)
def _after(period: Period, day: date) -> date:
    month = day.month - 1 + period.months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, _last_day(year, month))) + timedelta(days=period.days)


_NAMED = {
    "每天": Period(0, 1),
    "每周": Period(0, 7),
    "每两周": Period(0, 14),
    "每月": Period(1, 0),
    "每季度": Period(3, 0),
    "每季": Period(3, 0),
    "每半年": Period(6, 0),
    "每年": Period(12, 0),
}
_COUNTED = r"每?\s*([0-9]{1,4}|[一二两三四五六七八九十])\s*(天|日|周|个月|年)"
PERIOD_PATTERN = rf"(?:{'|'.join(_NAMED)}|(?!每?\s*0+[^0-9]){_COUNTED})"
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_NUMERALS |= {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = {
    "天": Period(0, 1),
    "日": Period(0, 1),
    "周": Period(0, 7),
    "个月": Period(1, 0),
    "年": Period(12, 0),
}
_LONGEST_MONTHS, _LONGEST_DAYS = 120, 3660


def parse_period(text: str) -> Period:
    """Read a period in any of PERIOD_FORMS, ten years at most; raise DateTextError otherwise."""
    text = text.strip()
    if text in _NAMED:
        return _NAMED[text]
    match = re.fullmatch(_COUNTED, text)
    if match is None:
        raise DateTextError(f"周期“{shorten(text)}”的格式无法识别")
    number = _NUMERALS.get(match[1]) or int(match[1])
    unit = _UNITS[match[2]]
    period = Period(unit.months * number, unit.days * number)
    if number == 0 or period.months > _LONGEST_MONTHS or period.days > _LONGEST_DAYS:
        raise DateTextError(f"周期“{shorten(text)}”应在1天到10年之间")
    return period


def chinese_day(day: date) -> str:
    """Write a day the way a notice does: 2021年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"
