"""Days and periods as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.dates import (
    DateTextError,
    Period,
    chinese_day,
    is_canonical,
    parse_day,
    parse_period,
)

DAYS = st.dates(date(1949, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2021-05-01",
        "2021-5-1",
        "2021/5/1",
        "2021/05/01",
        "2021.5.1",
        "2021年5月1日",
        "2021年05月01日",
        "2021 年 5 月 1 日",
        "  2021-05-01\n",
    ],
)
def test_a_day_is_read_in_every_form_people_use(text: str) -> None:
    assert parse_day(text) == date(2021, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "2021-05",
        "2021年5月",
        "2021年5月底",
        "5月1日",
        "21-05-01",
        "2021-05/01",
        "2021.5-1",
        "2021-05-01 10:00",
        "2021-05-011",
        "20210501",
        "２０２１-０５-０１",
        "٢٠٢١-05-01",
        "2021—05—01",
        "尽快",
    ],
)
def test_what_is_no_day_is_quoted_back(text: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse_day(text)
    assert str(caught.value) == f"日期“{text}”的格式无法识别"


def test_a_long_text_is_quoted_back_short() -> None:
    with pytest.raises(DateTextError) as caught:
        parse_day("尽" * 100)
    assert str(caught.value) == "日期“" + "尽" * 40 + "……”的格式无法识别"


@pytest.mark.parametrize("text", ["2021-02-29", "2021-13-01", "2021-00-10", "2021年4月31日"])
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse_day(text)
    assert str(caught.value) == f"日历上没有“{text}”这一天"


def test_a_leap_day_is_in_the_calendar() -> None:
    assert parse_day("2020-02-29") == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["1948-12-31", "2200-01-01", "0221-05-01", "2201/5/1"])
def test_a_year_no_ledger_can_speak_of_is_refused(text: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse_day(text)
    assert str(caught.value) == f"日期“{text}”的年份不在1949—2199之间"


@pytest.mark.parametrize("text", ["1949-01-01", "2199-12-31"])
def test_the_first_and_the_last_year_are_taken(text: str) -> None:
    assert parse_day(text).isoformat() == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2021-05-01", True),
        ("2021-5-1", False),
        ("2021/05/01", False),
        ("2021-05-01 ", False),
        ("２０２１-05-01", False),
    ],
)
def test_only_the_programs_own_way_of_writing_a_day_is_canonical(
    text: str, *, canonical: bool
) -> None:
    assert is_canonical(text) is canonical


@given(DAYS)
def test_a_day_read_from_any_of_its_forms_is_that_day(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    forms = (
        day.isoformat(),
        f"{year}-{month}-{number}",
        f"{year}/{month}/{number}",
        f"{year}.{month}.{number}",
        chinese_day(day),
    )
    assert {parse_day(form) for form in forms} == {day}


def test_a_notice_writes_a_day_without_zeros() -> None:
    assert chinese_day(date(2021, 5, 8)) == "2021年5月8日"


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("每天", 0, 1),
        ("每周", 0, 7),
        ("每两周", 0, 14),
        ("每月", 1, 0),
        ("每季度", 3, 0),
        ("每季", 3, 0),
        ("每半年", 6, 0),
        ("每年", 12, 0),
        ("10天", 0, 10),
        ("10日", 0, 10),
        ("2周", 0, 14),
        ("两周", 0, 14),
        ("3个月", 3, 0),
        ("每3个月", 3, 0),
        ("每 3 个月", 3, 0),
        ("三个月", 3, 0),
        ("十天", 0, 10),
        ("1年", 12, 0),
        ("10年", 120, 0),
        ("3660天", 0, 3660),
        (" 每月 ", 1, 0),
    ],
)
def test_a_period_is_read_in_every_form_people_use(text: str, months: int, days: int) -> None:
    assert parse_period(text) == Period(months, days)


@pytest.mark.parametrize(
    "text", ["", "季度", "每旬", "3月", "半年", "十一天", "每", "-1天", "1.5年"]
)
def test_what_is_no_period_is_quoted_back(text: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse_period(text)
    assert str(caught.value) == f"周期“{text}”的格式无法识别"


def test_a_period_may_be_counted_in_chinese_numerals_up_to_ten() -> None:
    days = [parse_period(f"{numeral}天").days for numeral in "一二三四五六七八九十"]
    assert days == list(range(1, 11))


@pytest.mark.parametrize("text", ["0天", "0个月", "11年", "121个月", "3661天", "523周", "9999年"])
def test_a_period_is_a_day_to_ten_years_long(text: str) -> None:
    with pytest.raises(DateTextError) as caught:
        parse_period(text)
    assert str(caught.value) == f"周期“{text}”应在1天到10年之间"


@pytest.mark.parametrize(
    ("period", "day", "later"),
    [
        (Period(1, 0), date(2021, 1, 31), date(2021, 2, 28)),
        (Period(1, 0), date(2020, 1, 31), date(2020, 2, 29)),
        (Period(3, 0), date(2021, 11, 30), date(2022, 2, 28)),
        (Period(12, 0), date(2020, 2, 29), date(2021, 2, 28)),
        (Period(0, 7), date(2021, 12, 28), date(2022, 1, 4)),
        (Period(120, 0), date(2199, 12, 31), date(2209, 12, 31)),
    ],
)
def test_a_period_later_stays_within_the_month(period: Period, day: date, later: date) -> None:
    assert period.after(day) == later


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (Period(0, 1), "每天"),
        (Period(0, 7), "每周"),
        (Period(3, 0), "每季度"),
        (Period(12, 0), "每年"),
        (Period(2, 0), "2个月"),
        (Period(0, 10), "10天"),
    ],
)
def test_a_period_is_written_the_way_people_say_it(period: Period, written: str) -> None:
    assert str(period) == written


@given(
    st.one_of(
        st.builds(Period, st.integers(1, 120), st.just(0)),
        st.builds(Period, st.just(0), st.integers(1, 3660)),
    )
)
def test_a_period_written_and_read_again_is_the_same(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(DAYS, st.integers(1, 120))
def test_months_later_is_never_more_than_three_days_off_the_same_day(
    day: date, months: int
) -> None:
    later = Period(months, 0).after(day)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert 0 <= day.day - later.day <= 3


@given(DAYS, st.integers(1, 3660))
def test_days_later_is_that_many_days_later(day: date, days: int) -> None:
    assert Period(0, days).after(day) == day + timedelta(days)
