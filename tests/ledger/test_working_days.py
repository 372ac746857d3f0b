"""Working days: by the notices, by a ledger's own list, by the days of the week."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ledger.working_days import WEEKDAYS, Calendar, Counted, Reckoned
from zhenggai.model.dates import Period
from zhenggai.model.days_off import NONE_KNOWN, days_off, overridden
from zhenggai.model.terms import WhenDayOff
from zhenggai.storage.known_days_off import days_off_by_notice

BY_NOTICE = Calendar(days_off_by_notice())
THREE_YEARS = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 + 365 + 365)]
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
NUMBERS = st.integers(0, 80)
MOVES = st.sampled_from(WhenDayOff)


def _day(text: str) -> date:
    return date.fromisoformat(text)


# Held against the calendars of others, on every day of the years that are shipped.


def test_three_years_are_known_and_no_other() -> None:
    assert THREE_YEARS[-1] == date(2026, 12, 31)
    assert days_off_by_notice().years == {2024, 2025, 2026}


def test_every_day_is_worked_that_chinesecalendar_says_is() -> None:
    assert [day for day in THREE_YEARS if BY_NOTICE.is_working(day)] == [
        day for day in THREE_YEARS if chinese_calendar.is_workday(day)
    ]


def test_every_day_is_worked_that_holidays_says_is() -> None:
    china = holidays.country_holidays("CN", years=[2024, 2025, 2026])
    assert [day for day in THREE_YEARS if BY_NOTICE.is_working(day)] == [
        day for day in THREE_YEARS if china.is_working_day(day)
    ]


def test_only_weekends_are_worked_otherwise_and_no_weekday_is_told_needlessly() -> None:
    off, worked, _ = days_off_by_notice()
    assert all(day.weekday() >= 5 for day in worked)
    assert not off & worked


# Counting, by the notices.


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-04-30", "2026-04-30", "2026-04-30"),  # Thursday
        ("2026-05-01", "2026-04-30", "2026-05-06"),  # a holiday
        ("2026-05-09", "2026-05-09", "2026-05-09"),  # a Saturday that is worked
        ("2026-05-10", "2026-05-09", "2026-05-11"),  # the Sunday after it
        ("2026-02-15", "2026-02-14", "2026-02-24"),
        ("2025-12-31", "2025-12-31", "2025-12-31"),
        ("2026-01-01", "2025-12-31", "2026-01-04"),
    ],
)
def test_the_nearest_working_days(day: str, before: str, after: str) -> None:
    assert BY_NOTICE.on_or_before(_day(day)) == Reckoned(_day(before))
    assert BY_NOTICE.on_or_after(_day(day)) == Reckoned(_day(after))


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        ("2026-04-30", 0, "2026-04-30"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-04-30", 4, "2026-05-09"),
        ("2026-05-01", 1, "2026-05-06"),
        ("2026-09-18", 10, "2026-10-09"),
    ],
)
def test_working_days_later(day: str, number: int, found: str) -> None:
    assert BY_NOTICE.add(_day(day), number) == Reckoned(_day(found))
    assert BY_NOTICE.after(Period(0, 0, number), _day(day)) == _day(found)


def test_working_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert BY_NOTICE.between(_day("2026-04-30"), _day("2026-05-10")) == Counted(4)
    assert BY_NOTICE.between(_day("2026-05-10"), _day("2026-04-30")) == Counted(0)


# Past what is known.


def test_past_the_notices_the_days_of_the_week_tell_and_it_is_said() -> None:
    saturday, new_year = _day("2027-01-02"), _day("2027-01-01")
    assert BY_NOTICE.is_working(new_year)
    assert BY_NOTICE.on_or_before(saturday) == Reckoned(new_year, about=True)
    assert BY_NOTICE.on_or_after(_day("2026-12-31")) == Reckoned(_day("2026-12-31"))
    assert BY_NOTICE.add(_day("2026-12-31"), 1) == Reckoned(new_year, about=True)
    assert BY_NOTICE.between(_day("2026-12-30"), _day("2027-01-01")) == Counted(2, about=True)
    assert WEEKDAYS.on_or_after(_day("2026-10-01")) == Reckoned(_day("2026-10-01"), about=True)


# A ledger's own.


def test_a_ledger_s_own_days_go_before_the_notices_day_by_day() -> None:
    own = days_off([[_day("2026-04-30"), _day("2026-05-09")]], [[_day("2026-05-05")]])
    calendar = Calendar(overridden(days_off_by_notice(), own))
    assert not calendar.is_working(_day("2026-04-30"))
    assert not calendar.is_working(_day("2026-05-09"))
    assert calendar.is_working(_day("2026-05-05"))
    assert calendar.on_or_after(_day("2026-04-30")) == Reckoned(_day("2026-05-05"))
    assert not calendar.is_working(_day("2026-05-04"))


def test_a_year_is_known_by_its_new_year_s_day_and_not_by_a_local_holiday() -> None:
    local = overridden(days_off_by_notice(), days_off([[_day("2027-03-03")]], []))
    assert not Calendar(local).is_known(_day("2027-03-03"))
    whole = overridden(local, days_off([[_day("2027-01-01")]], []))
    assert Calendar(whole).is_known(_day("2026-12-31"), _day("2027-03-03"))


def test_a_day_that_is_told_both_ways_is_told_neither() -> None:
    day = _day("2026-05-09")
    own = days_off([[day]], [[day]])
    assert own == NONE_KNOWN
    assert Calendar(overridden(days_off_by_notice(), own)).is_working(day)


# Laws.


@given(DAYS)
def test_a_moved_deadline_is_a_working_day_and_nearest(day: date) -> None:
    before, after = BY_NOTICE.on_or_before(day).day, BY_NOTICE.on_or_after(day).day
    assert before <= day <= after
    assert BY_NOTICE.is_working(before)
    assert BY_NOTICE.is_working(after)
    assert BY_NOTICE.between(before, after - timedelta(days=1)).number == 0


@given(DAYS, MOVES)
def test_moving_is_idempotent_and_unchanged_changes_nothing(day: date, how: WhenDayOff) -> None:
    moved = BY_NOTICE.moved(day, how).day
    assert BY_NOTICE.moved(moved, how).day == moved
    assert BY_NOTICE.moved(day, WhenDayOff.UNCHANGED) == Reckoned(day)


@given(DAYS, DAYS, MOVES)
def test_moving_keeps_the_order_of_deadlines(one: date, other: date, how: WhenDayOff) -> None:
    first, last = sorted((one, other))
    assert BY_NOTICE.moved(first, how).day <= BY_NOTICE.moved(last, how).day


@given(DAYS, NUMBERS, NUMBERS)
def test_adding_adds_up_and_is_what_is_between(day: date, some: int, more: int) -> None:
    there = BY_NOTICE.add(day, some).day
    assert BY_NOTICE.add(there, more).day == BY_NOTICE.add(day, some + more).day
    assert BY_NOTICE.between(day, there).number == some


@given(DAYS, DAYS)
def test_what_is_counted_in_known_years_alone_is_certain(one: date, other: date) -> None:
    first, last = sorted((one, other))
    known = all(year in (2024, 2025, 2026) for year in range(first.year, last.year + 1))
    assert BY_NOTICE.between(first, last).about is not known
