"""Days and periods as people write them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.dates import (
    DEADLINE_PATTERN,
    DateTextError,
    Period,
    chinese_day,
    is_canonical,
    parse_day,
    parse_days,
    parse_deadline,
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
        st.builds(Period, st.integers(1, 120), st.just(0), st.just(0)),
        st.builds(Period, st.just(0), st.integers(1, 3660), st.just(0)),
        st.builds(Period, st.just(0), st.just(0), st.integers(1, 2600)),
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


# Deadlines, by the month, the quarter, the half year and the year.


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-06-30", "2026-06-30"),
        ("2026年6月30日前", "2026-06-30"),
        ("2026.6.30之前", "2026-06-30"),
        ("2026年3月底前", "2026-03-31"),
        ("2026年3月底", "2026-03-31"),
        ("2026年3月末", "2026-03-31"),
        ("2026年3月", "2026-03-31"),
        ("2026年03月份", "2026-03-31"),
        (" 2026 年 3 月底以前", "2026-03-31"),
        ("2026年2月", "2026-02-28"),
        ("2028年2月底", "2028-02-29"),
        ("2026年一季度末", "2026-03-31"),
        ("2026年第一季度", "2026-03-31"),
        ("2026年二季度", "2026-06-30"),
        ("2026年3季度末前", "2026-09-30"),
        ("2026年第四季度", "2026-12-31"),
        ("2026年上半年", "2026-06-30"),
        ("2026年下半年", "2026-12-31"),
        ("2026年底", "2026-12-31"),
        ("2026年年底前", "2026-12-31"),
        ("2026年末", "2026-12-31"),
        ("2026年6月上旬", "2026-06-10"),
        ("2026年6月中旬", "2026-06-20"),
        ("2026年6月下旬", "2026-06-30"),
        ("2026年2月下旬末", "2026-02-28"),
    ],
)
def test_a_deadline_is_the_last_day_of_what_it_names(text: str, last: str) -> None:
    assert str(parse_deadline(text)) == last
    assert re.fullmatch(rf"\s*(?:{DEADLINE_PATTERN})\s*", text)


@pytest.mark.parametrize(
    "text",
    [
        *("3月底", "年底", "一季度", "下月底", "2026年", "2026", "2026-03", "2026年五季度"),
        *("2026年13月", "2026年0月底", "2026年3月初", "26年3月底"),
        # Whether the month itself is meant nobody can tell.
        *("2026年3月前", "2026年前", "2026年一季度前", "2026年上半年前", "2026年6月中旬前"),
    ],
)
def test_a_deadline_that_leaves_its_day_open_is_none(text: str) -> None:
    with pytest.raises(DateTextError, match=f"日期“{text}”的格式无法识别"):
        parse_deadline(text)
    assert not re.fullmatch(DEADLINE_PATTERN, text)


def test_a_deadline_keeps_to_the_calendar_and_the_years() -> None:
    with pytest.raises(DateTextError, match="日历上没有“2026年2月30日前”这一天"):
        parse_deadline("2026年2月30日前")
    with pytest.raises(DateTextError, match="“1926年底”的年份不在"):
        parse_deadline("1926年底")


@given(DAYS)
def test_what_is_a_day_is_the_same_deadline(day: date) -> None:
    assert parse_deadline(day.isoformat()) == parse_deadline(chinese_day(day) + "前") == day


@given(DAYS)
def test_the_deadlines_around_a_day_are_on_it_or_after_it(day: date) -> None:
    month, third = f"{day.year}年{day.month}月", "上中下"[min((day.day - 1) // 10, 2)]
    named = [
        *(f"{month}{third}旬", f"{month}底", f"{day.year}年{(day.month + 2) // 3}季度"),
        *(f"{day.year}年{'上下'[day.month > 6]}半年", f"{day.year}年底"),
    ]
    ends = [parse_deadline(text) for text in named]
    assert [day, *ends] == sorted([day, *ends])
    assert all((end + timedelta(days=1)).day in (1, 11, 21) for end in ends)


# Days and spans of days, as a notice of days off writes them.


@pytest.mark.parametrize(
    ("text", "first", "last", "number"),
    [
        ("2026-01-04", "2026-01-04", "2026-01-04", 1),
        ("2026-02-15至2026-02-23", "2026-02-15", "2026-02-23", 9),
        ("2026-02-15—2026-02-23", "2026-02-15", "2026-02-23", 9),
        ("2026-02-15 - 2026-02-23", "2026-02-15", "2026-02-23", 9),
        ("2026.2.15~2026.2.23", "2026-02-15", "2026-02-23", 9),
        ("2026年10月1日（周四）至7日（周三）", "2026-10-01", "2026-10-07", 7),
        ("2025年5月31日至6月2日", "2025-05-31", "2025-06-02", 3),
        ("2025年12月31日到2026年1月2日", "2025-12-31", "2026-01-02", 3),
        ("2026年2月14日（周六）、2月28日（周六）", "2026-02-14", "2026-02-28", 2),
        ("2026年2月14日，28日", "2026-02-14", "2026-02-28", 2),
    ],
)
def test_days_off_are_read_as_a_notice_writes_them(
    text: str, first: str, last: str, number: int
) -> None:
    days = parse_days(text)
    assert (str(days[0]), str(days[-1]), len(days)) == (first, last, number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10月1日至7日", "日期“10月1日”的格式无法识别"),
        ("2026年10月7日至1日", "“2026年10月7日至1日”的起止不对"),
        ("2026年10月1日至2028年10月1日", "的起止不对"),
        ("2026-10-01至10-07", "日期“10-07”的格式无法识别"),
        ("2026-10-01至2026-10-03至2026-10-07", "的格式无法识别"),
        ("2026年2月28日至30日", "日历上没有“30日”这一天"),
        ("2026年春节", "日期“2026年春节”的格式无法识别"),
        ("", "日期“”的格式无法识别"),
    ],
)
def test_days_that_cannot_be_told_are_quoted_back(text: str, said: str) -> None:
    with pytest.raises(DateTextError, match=said):
        parse_days(text)


@given(DAYS, st.integers(0, 40))
def test_a_span_has_every_day_of_it(first: date, more: int) -> None:
    last = min(first + timedelta(days=more), date(2199, 12, 31))
    days = parse_days(f"{first}至{last}")
    assert len(days) == (last - first).days + 1
    assert days == tuple(sorted(days))
    assert parse_days(f"{chinese_day(first)}至{chinese_day(last)}") == days


# Periods of working days.


@pytest.mark.parametrize("text", ["10个工作日", "10工作日", "十个工作日", "每10个工作日"])
def test_a_period_may_be_of_working_days(text: str) -> None:
    assert parse_period(text) == Period(0, 0, 10)
    assert str(Period(0, 0, 10)) == "10个工作日"


def test_a_period_of_working_days_is_not_counted_without_a_calendar() -> None:
    with pytest.raises(ValueError, match="10 working days need a calendar"):
        Period(0, 0, 10).after(date(2026, 1, 1))
    with pytest.raises(DateTextError, match="“2601个工作日”应在1天到10年之间"):
        parse_period("2601个工作日")
