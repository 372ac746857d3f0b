"""Days and periods as people write them in Chinese ledgers."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from zhenggai.model.problem import shorten

DAY_FORMS = "2021-05-01、2021/5/1、2021.5.1 或 2021年5月1日"
DEADLINE_FORMS = (
    f"{DAY_FORMS}；也可写 2021年5月底前、2021年6月中旬、2021年二季度末、2021年上半年、2021年底"
)
SPAN_FORMS = "2021-05-01、2021年10月1日至7日，或 2021年4月25日、5月8日"
PERIOD_FORMS = "每周、每月、每季度、每半年、每年，或 10天、2周、3个月、1年、10个工作日"

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


# What stands for the last day of itself: a month or a third of it, a quarter, half a year, a year.
# 前 stands only behind what has an end: whether 3月前 has March in it nobody can tell.
_BEFORE = "(?:之前|以前|前)?"
_END = f"(?:[底末]{_BEFORE})?"
_IN_YEAR = (
    rf"(?:第?([一二三四1-4])季度{_END}|([上下])半年{_END}|年?[底末]{_BEFORE}"
    rf"|(0?[1-9]|1[0-2])\s*月(?:份|([上中下])旬)?{_END})"
)
_IN_YEAR_UNGROUPED = _IN_YEAR.replace("([", "(?:[").replace("(0", "(?:0")
DEADLINE_PATTERN = rf"(?:{DAY_PATTERN}){_BEFORE}|{_YEAR}\s*年\s*{_IN_YEAR_UNGROUPED}"


class DateTextError(ValueError):
    """A text that is no day or no period; the message is Chinese and says why."""


class NoSuchDayError(DateTextError):
    """A text in the form of a day that the calendar, or the years of a ledger, do not have."""


def is_canonical(text: str) -> bool:
    """Whether a day is written the way the program writes it (2021-05-01)."""
    return re.fullmatch(_CANONICAL, text) is not None


def parse_day(text: str) -> date:
    """Read a day in any of DAY_FORMS; raise DateTextError for everything else."""
    return _read_day(text.strip(), _DAY)


def _read_day(text: str, pattern: str) -> date:
    match = re.fullmatch(pattern, text)
    if match is None:
        raise DateTextError(f"日期“{shorten(text)}”的格式无法识别")
    year, month, day = (int(group) for group in match.groups() if group is not None)
    return _day(year, month, day, text)


def parse_deadline(text: str) -> date:
    """Read a day in any of DEADLINE_FORMS: of a month, a quarter, half a year or a year the last.

    Raise DateTextError for everything else, in particular where the year is not said.
    """
    text = text.strip()
    match = re.fullmatch(rf"([0-9]{{4}})\s*年\s*{_IN_YEAR}", text)
    if match is None:
        return _read_day(text, _DAY + _BEFORE)
    said_year, quarter, half, said_month, third = match.groups()
    year, month = int(said_year), 12
    if quarter:
        month = 3 * (_NUMERALS.get(quarter) or int(quarter))
    elif half:
        month = 6 if half == "上" else 12
    elif said_month:
        month = int(said_month)
    if third in _THIRDS:
        return _day(year, month, _THIRDS[third], text)
    return _day(year, month, _last_day(year, month), text)


_THIRDS: dict[str | None, int] = {"上": 10, "中": 20}
"""On which day a third of a month (旬) ends, where that is not the month's last."""


def _day(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchDayError(f"日期“{shorten(text)}”的年份不在{FIRST_YEAR}—{LAST_YEAR}之间")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDayError(f"日历上没有“{shorten(text)}”这一天") from None


_IN_BRACKETS = r"[（(][^（()）]*[）)]"
_TO = r"至|到|—+|－|~|～|(?<=[0-9日])\s*-\s*(?=[0-9]{4})"
_REST_OF_DAY = r"(?:([0-9]{1,2})\s*月\s*)?([0-9]{1,2})\s*日"
_LONGEST_SPAN = 366


def parse_days(text: str) -> tuple[date, ...]:
    """Read days and spans of days as a notice writes them, in any of SPAN_FORMS.

    A later day may leave out the year and the month that the one before it has said; what stands
    in brackets, as the day of the week does, is passed over. Raise DateTextError otherwise.
    """
    days: list[date] = []
    last: date | None = None
    for part in re.split("[、，,；;]", re.sub(_IN_BRACKETS, "", text)):
        start, *end = _ends(part)
        first = last = _day_after(start, last)
        if end:
            last = _day_after(end[0], first)
        length = (last - first).days + 1
        if not 1 <= length <= _LONGEST_SPAN:
            raise DateTextError(f"“{shorten(part.strip())}”的起止不对")
        days += [first + timedelta(days=number) for number in range(length)]
    return tuple(days)


def _ends(part: str) -> list[str]:
    """Return the two ends of a span, or the one day; the second end may rest on the first."""
    first, *more = re.split(_TO, part.strip())
    if len(more) > 1:
        raise DateTextError(f"“{shorten(part.strip())}”的格式无法识别")
    return [first, *more]


def _day_after(text: str, before: date | None) -> date:
    """Read a day that may leave out what the day before it has said."""
    match = re.fullmatch(_REST_OF_DAY, text.strip())
    if match is None or before is None:
        return parse_day(text)
    month = int(match[1]) if match[1] else before.month
    return _day(before.year, month, int(match[2]), text.strip())


def _last_day(year: int, month: int) -> int:
    next_month = date(year, month, 28) + timedelta(days=4)
    return (next_month - timedelta(days=next_month.day)).day


class Period(NamedTuple):
    """A length of time: whole months, then days; or nothing but working days.

    Working days are counted by a calendar (`ledger.working_days`), which is not known here.
    """

    months: int
    days: int
    working_days: int = 0

    def after(self, day: date) -> date:
        """Return the day one period later; 31 January plus a month is the last day of February.

        Raise ValueError for a period of working days.
        """
        if self.working_days:
            raise ValueError(f"{self.working_days} working days need a calendar")
        return _after(self, day)

    def __str__(self) -> str:
        named = {period: name for name, period in reversed(_NAMED.items())}
        if self in named:
            return named[self]
        if self.working_days:
            return f"{self.working_days}个工作日"
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
_COUNTED = r"每?\s*([0-9]{1,4}|[一二两三四五六七八九十])\s*(天|日|周|个月|年|个?工作日)"
PERIOD_PATTERN = rf"(?:{'|'.join(_NAMED)}|(?!每?\s*0+[^0-9]){_COUNTED})"
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_NUMERALS |= {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = {
    "天": Period(0, 1),
    "日": Period(0, 1),
    "周": Period(0, 7),
    "个月": Period(1, 0),
    "年": Period(12, 0),
    "工作日": Period(0, 0, 1),
    "个工作日": Period(0, 0, 1),
}
_LONGEST_MONTHS, _LONGEST_DAYS = 120, 3660
# Ten years of weekdays have about as many.
_LONGEST_WORKING_DAYS = 2600


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
    period = Period(*(number * one for one in unit))
    longest = (_LONGEST_MONTHS, _LONGEST_DAYS, _LONGEST_WORKING_DAYS)
    if number == 0 or any(one > most for one, most in zip(period, longest, strict=True)):
        raise DateTextError(f"周期“{shorten(text)}”应在1天到10年之间")
    return period


LEAD_FORMS = "10、10天、3个工作日，或 逾期、逾期7天"
LEAD_PATTERN = r"逾期(?:\s*[0-9]{1,4}\s*天)?|(?:提前)?\s*[0-9]{1,4}\s*(?:天|个?工作日)?"
_MOST_LEAD_DAYS = 3660
# Five working days are a week.
_DAYS_OF_A_WORKING_DAY = 7 / 5


class Lead(NamedTuple):
    """How near to a deadline: so many days before it, or where negative so many days overdue.

    Days before it may be working days.
    """

    days: int
    working: bool = False

    @property
    def rank(self) -> float:
        """The days before the deadline; those of working days are about as many."""
        return self.days * _DAYS_OF_A_WORKING_DAY if self.working else self.days

    def __str__(self) -> str:
        if self.days < 0:
            return "逾期" if self.days == -1 else f"逾期{-self.days}天"
        return f"{self.days}个工作日" if self.working else f"{self.days}天"


def parse_lead(text: str) -> Lead:
    """Read how near to a deadline in any of LEAD_FORMS; raise DateTextError otherwise."""
    match = re.fullmatch(r"(逾期|提前)?\s*(?:([0-9]{1,4})\s*(天|个?工作日)?)?", text.strip())
    overdue = match is not None and match[1] == "逾期"
    if match is None or not (overdue or match[2]) or (overdue and match[3] not in ("天", None)):
        raise DateTextError(f"天数“{shorten(text)}”的格式无法识别")
    number = int(match[2]) if match[2] else 1
    working = not overdue and match[3] is not None and match[3] != "天"
    if number > _MOST_LEAD_DAYS or (overdue and number == 0):
        raise DateTextError(
            f"天数“{shorten(text)}”应在{1 if overdue else 0}到{_MOST_LEAD_DAYS}之间"
        )
    return Lead(-number if overdue else number, working)


def chinese_day(day: date) -> str:
    """Write a day the way a notice does: 2021年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"
