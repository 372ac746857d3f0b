"""Days as they are typed: where no year is said, today decides which is meant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ledger.working_days import Calendar
from zhenggai.model.dates import DateTextError, parse_day, parse_deadline
from zhenggai.model.days_off import DaysOff
from zhenggai.model.typed_dates import typed_day, typed_deadline

TODAY = date(2026, 11, 25)  # a Wednesday


def _after(day: date, number: int) -> date:
    return Calendar(DaysOff(frozenset(), frozenset(), frozenset())).add(day, number).day


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026年3月底前", "2026-03-31"),
        ("2027-1-5", "2027-01-05"),
        ("3月底", "2027-03-31"),
        ("三月底", "2027-03-31"),
        ("11月底前", "2026-11-30"),
        ("3月31日", "2027-03-31"),
        ("11月25日", "2026-11-25"),
        ("11月24号前", "2027-11-24"),
        ("十二月二十五日", "2026-12-25"),
        ("12-31", "2026-12-31"),
        ("１２/３１", "2026-12-31"),
        ("2月29日", "2028-02-29"),
        ("一季度末", "2027-03-31"),
        ("四季度", "2026-12-31"),
        ("上半年", "2027-06-30"),
        ("年底前", "2026-12-31"),
        ("明年3月中旬", "2027-03-20"),
        ("明年底", "2027-12-31"),
        ("今年年底", "2026-12-31"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("下个月5日", "2026-12-05"),
        ("下季度末", "2027-03-31"),
        ("季末", "2026-12-31"),
        ("30日前", "2026-11-30"),
        ("24日", "2026-12-24"),
        ("今天", "2026-11-25"),
        ("明天前", "2026-11-26"),
        ("后天", "2026-11-27"),
        ("周五", "2026-11-27"),
        ("周二", "2026-12-01"),
        ("下周五", "2026-12-04"),
        ("下周五前", "2026-12-04"),
        ("下下周日", "2026-12-13"),
        ("+10", "2026-12-05"),
        ("＋10", "2026-12-05"),
        ("+2周", "2026-12-09"),
        ("10天内", "2026-12-05"),
        ("十天后", "2026-12-05"),
        ("两周后", "2026-12-09"),
        ("3个月后", "2027-02-25"),
        ("3个工作日后", "2026-11-30"),
        ("10个工作日内", "2026-12-09"),
        ("3月中旬前", "2027-03-20"),
        ("2027年3月中旬前", "2027-03-20"),
        ("下月上旬前", "2026-12-10"),
        ("3.31前", "2027-03-31"),
        ("12月31", "2026-12-31"),
        ("12月31前", "2026-12-31"),
        ("明年3月31", "2027-03-31"),
        ("12月底前完成", "2026-12-31"),
        ("2027年3月31日前完成", "2027-03-31"),
        ("2027-3-31前完成", "2027-03-31"),
        ("10天内完成", "2026-12-05"),
        ("20270301", "2027-03-01"),
        ("20270301前", "2027-03-01"),
        ("2027年3月31日前", "2027-03-31"),
        ("2027年3月31号", "2027-03-31"),
    ],
)
def test_a_deadline_is_the_first_such_day_not_before_today(text: str, meant: str) -> None:
    assert typed_deadline(text, TODAY, _after).day == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-01", "2026-11-01"),
        ("3月31日", "2026-03-31"),
        ("12月31日", "2025-12-31"),
        ("去年12月31号", "2025-12-31"),
        ("11-25", "2026-11-25"),
        ("20日", "2026-11-20"),
        ("30日", "2026-10-30"),
        ("今天", "2026-11-25"),
        ("昨天", "2026-11-24"),
        ("前天", "2026-11-23"),
        ("周五", "2026-11-20"),
        ("周三", "2026-11-25"),
        ("上周五", "2026-11-20"),
        ("3天前", "2026-11-22"),
        ("上月15日", "2026-10-15"),
        ("2月29日", "2024-02-29"),
        ("5月31", "2026-05-31"),
        ("20261101", "2026-11-01"),
        ("5月底", "2026-05-31"),
        ("2026年5月底", "2026-05-31"),
        ("12月底", "2025-12-31"),
        ("一季度末", "2026-03-31"),
        ("四季度末", "2025-12-31"),
        ("年底", "2025-12-31"),
        ("去年底", "2025-12-31"),
        ("月底", "2026-10-31"),
        ("季末", "2026-09-30"),
    ],
)
def test_what_happened_is_the_last_such_day_not_after_today(text: str, meant: str) -> None:
    assert typed_day(text, TODAY).day == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "text",
    ["", "3月前", "13月底", "下周", "下周八", "周末", "半年内", "Q1", "长期坚持", "完成", "+"],
)
def test_what_names_no_day_is_refused_as_a_file_s_would_be(text: str) -> None:
    with pytest.raises(DateTextError) as typed:
        typed_deadline(text, TODAY, _after)
    with pytest.raises(DateTextError) as filed:
        parse_deadline(text)
    assert str(typed.value) == str(filed.value)


@pytest.mark.parametrize("text", ["2月30日", "2月30", "2-30", "32日", "今年2月30日", "下月31日"])
def test_a_day_that_is_on_no_calendar_is_told_so(text: str) -> None:
    today = date(2026, 10, 25)
    with pytest.raises(DateTextError, match=f"^日历上没有“{text}”这一天$"):
        typed_deadline(text, today, _after)
    with pytest.raises(DateTextError, match=f"^日历上没有“{text}”这一天$"):
        typed_day(text, today)


@pytest.mark.parametrize("text", ["2027年2月30日", "2027年2月30号", "20270230", "2027年2月30日前"])
def test_so_is_one_that_says_its_year(text: str) -> None:
    with pytest.raises(DateTextError, match=r"^日历上没有“2027年0?2月30日前?”这一天$"):
        typed_deadline(text, TODAY, _after)


@pytest.mark.parametrize(
    "text", ["+1000000", "+3661", f"+{'9' * 5000}", "1000000天内", "9999个月后"]
)
def test_too_great_a_number_is_told_so(text: str) -> None:
    with pytest.raises(DateTextError, match=r"”太远，数字最大写到3660$"):
        typed_deadline(text, TODAY, _after)
    with pytest.raises(DateTextError, match=r"^“3000个月”太远，过了2199年$"):
        typed_deadline("3000个月后", TODAY, _after)
    with pytest.raises(DateTextError, match=r"^“99999天前”太远，数字最大写到3660$"):
        typed_day("99999天前", TODAY)


@pytest.mark.parametrize(
    "text", ["3日前", "10天后", "3月", "5月中旬", "一季度", "5月底前", "上半年"]
)
def test_what_happened_is_a_day_and_no_span_and_not_to_come(text: str) -> None:
    with pytest.raises(DateTextError):
        typed_day(text, TODAY)


@pytest.mark.parametrize("text", ["3月底", "3月31日", "今天", "+10", "年底前", "下周五"])
def test_a_file_never_gets_a_year_by_guessing(text: str) -> None:
    with pytest.raises(DateTextError):
        parse_deadline(text)
    with pytest.raises(DateTextError):
        parse_day(text)


@given(
    st.dates(date(1960, 1, 1), date(2180, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["{}月{}日", "{}-{}", "{}/{}", "{}月{}号"]),
)
def test_a_day_without_a_year_is_less_than_a_year_away(
    today: date, month: int, day: int, form: str
) -> None:
    text = form.format(month, day)
    due, happened = typed_deadline(text, today, _after), typed_day(text, today)
    assert happened.day <= today <= due.day
    for meant in (due, happened):
        assert (meant.day.month, meant.day.day) == (month, day)
        assert abs(meant.day - today) <= timedelta(days=366)
        assert not meant.is_said


@given(st.dates(date(1960, 1, 1), date(2180, 1, 1)), st.dates(date(1960, 1, 1), date(2180, 1, 1)))
def test_a_day_that_is_said_whole_is_that_day_whatever_today(day: date, today: date) -> None:
    assert typed_deadline(str(day), today, _after) == (day, True)
    assert typed_day(str(day), today) == (day, True)
