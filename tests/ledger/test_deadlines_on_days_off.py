"""Deadlines that fall on days off (时限逢休), and periods of working days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decoded import decoded
from examples import (
    application,
    closing,
    extension,
    finding,
    long_term,
    measure,
    on,
    reopening,
    report,
    sent_back,
    supervision,
)
from random_findings import CROWDED, DAYS, findings, inspections
from zhenggai.api import standing
from zhenggai.errors import RefusedError
from zhenggai.ledger.deadline_steps import Grant, plan_extend
from zhenggai.ledger.lifecycle import Case, Entry
from zhenggai.model.dates import parse_period
from zhenggai.model.declaration import replaced
from zhenggai.model.easing import is_rarer
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Kind, Timing, WhenDayOff
from zhenggai.storage.known_days_off import days_off_by_notice

# 2026-05-01 to 05-05 are off; Saturday 05-09 is worked, Sunday 05-10 is not.
HOLIDAY, BEFORE_IT, AFTER_IT = "2026-05-02", "2026-04-30", "2026-05-06"
DONE = [measure(done="2026-04-01")]


def _kept(when_off: str = "不变", **keys: Any) -> Inspection:
    """Give an inspection that knows the notices' days off."""
    usual = {"格式": 2, "反馈日期": "2026-02-02", "销号程序": ["申请", "审核", "批准"]}
    made = decoded(Inspection, usual | {"时限逢休": when_off} | keys)
    return replaced(made, days_off=days_off_by_notice())


def _due(day: str = HOLIDAY, **keys: Any) -> Finding:
    return finding(整改时限=day, **keys)


@pytest.mark.parametrize(
    ("when_off", "deadline"), [("不变", HOLIDAY), ("顺延", AFTER_IT), ("提前", BEFORE_IT)]
)
def test_the_deadline_in_force_is_moved_as_the_ledger_says(when_off: str, deadline: str) -> None:
    inspection = _kept(when_off)
    state = on("2026-04-01", _due(), inspection)
    assert (str(state.deadline), str(state.stated), state.approximate) == (deadline, HOLIDAY, False)
    assert on(deadline, _due(), inspection).timing is Timing.DUE_SOON
    late = on(str(date.fromisoformat(deadline) + timedelta(days=1)), _due(), inspection)
    assert (late.timing, late.days_left) == (Timing.OVERDUE, -1)


def test_a_weekend_that_is_worked_is_no_day_off() -> None:
    assert on("2026-04-01", _due("2026-05-09"), _kept("顺延")).deadline == date(2026, 5, 9)
    assert on("2026-04-01", _due("2026-05-10"), _kept("顺延")).deadline == date(2026, 5, 11)
    assert on("2026-04-01", _due("2026-05-10"), _kept("提前")).deadline == date(2026, 5, 9)


def test_lateness_and_what_was_once_overdue_count_from_the_moved_deadline() -> None:
    records = [application("2026-05-08"), sent_back("2026-05-11")]
    late = _due(措施=DONE, 记录=records[:1])
    assert on("2026-05-08", late, _kept("不变")).late_days == 6
    assert on("2026-05-08", late, _kept("顺延")).late_days == 2
    assert on("2026-05-08", late, _kept("提前")).late_days == 8
    returned = on("2026-05-12", _due(措施=DONE, 记录=records), _kept("顺延"))
    assert (returned.timing, returned.days_left) == (Timing.OVERDUE, -6)
    extended = on("2026-05-12", _due(记录=[extension("2026-05-08", "2026-06-20")]), _kept("顺延"))
    assert extended.once_overdue_days == 2
    assert str(extended.deadline) == "2026-06-22"
    assert (
        on("2026-05-06", _due(措施=DONE, 记录=[application(AFTER_IT)]), _kept("顺延")).late_days
        == 0
    )


def test_the_deadline_of_a_reopening_and_a_review_are_moved_too() -> None:
    again = _due(记录=[closing("2026-05-15"), reopening("2026-05-20", "2026-06-19")])
    assert str(on("2026-05-21", again, _kept("提前")).deadline) == "2026-06-18"
    reviewed = long_term(检视周期="每月", 措施=[], 记录=[supervision("2026-04-03")])
    assert str(on("2026-04-10", reviewed, _kept("顺延")).deadline) == AFTER_IT
    assert str(on("2026-04-10", reviewed, _kept()).deadline) == "2026-05-03"


# The hint where a deadline stays.


def test_what_is_due_soon_on_a_day_off_names_the_last_working_day() -> None:
    assert on("2026-04-11", _due(), _kept()).last_working_day is None
    assert str(on("2026-04-12", _due(), _kept()).last_working_day) == BEFORE_IT
    assert on("2026-04-28", _due(BEFORE_IT), _kept()).last_working_day is None
    assert on("2026-05-03", _due(), _kept()).last_working_day is None
    assert on("2026-04-28", _due(), _kept("顺延")).last_working_day is None
    assert on("2026-04-28", _due(), replaced(_kept(), days_off=None)).last_working_day is None


# Past what is known.


def test_a_deadline_past_the_notices_is_said_to_be_about_so() -> None:
    state = on("2026-12-28", _due("2027-01-02"), _kept("顺延"))
    assert (str(state.deadline), state.approximate) == ("2027-01-04", True)
    hint = on("2026-12-28", _due("2027-01-02"), _kept())
    assert (str(hint.last_working_day), hint.approximate) == ("2027-01-01", True)
    assert not on("2026-12-01", _due("2027-01-02"), _kept()).approximate


# Periods of working days.


def test_periods_may_be_of_working_days() -> None:
    inspection = _kept(审核期限="5个工作日", 督查周期="10个工作日")
    applied = _due(措施=DONE, 记录=[application("2026-04-29")])
    # 04-30, 05-06, 05-07, 05-08 and Saturday 05-09.
    assert not on("2026-05-09", applied, inspection).undecided
    assert on("2026-05-10", applied, inspection).undecided
    slow = _due("2026-12-31", 记录=[report("2026-04-24")])
    # 04-27 to 04-30, 05-06 to 05-09, 05-11, 05-12.
    assert on("2026-05-12", slow, inspection).timing is Timing.NORMAL
    assert on("2026-05-13", slow, inspection).timing is Timing.STALE
    visited = _due("2026-12-31", 记录=[supervision("2026-04-24")])
    assert on("2026-05-11", visited, inspection).unsupervised is False
    assert on("2026-05-12", visited, inspection).unsupervised is True


def test_a_review_may_come_round_in_working_days() -> None:
    reviewed = long_term(检视周期="3个工作日", 措施=[], 记录=[supervision("2026-04-29")])
    state = on("2026-04-30", reviewed, _kept())
    assert (str(state.deadline), state.approximate) == ("2026-05-07", False)
    later = long_term(检视周期="3个工作日", 措施=[], 记录=[supervision("2026-12-30")])
    assert on("2026-12-31", later, _kept()).approximate


@pytest.mark.parametrize(
    ("old", "new", "rarer"),
    [
        ("5个工作日", "5个工作日", False),
        ("10个工作日", "5个工作日", False),
        ("5个工作日", "10个工作日", True),
        ("每周", "5个工作日", True),
        ("每季度", "5个工作日", False),
        ("5个工作日", "3天", False),
        ("5个工作日", "每周", True),
    ],
)
def test_a_period_that_may_last_longer_is_rarer(old: str, new: str, rarer: bool) -> None:
    assert is_rarer(parse_period(old), parse_period(new)) is rarer


# Extensions.


def _granted(when_off: str, new_due: str) -> str:
    day = date(2026, 4, 20)
    grant = Grant(date.fromisoformat(new_due), "等待批复", "局党组")
    return plan_extend(Case(_due(), _kept(when_off)), Entry(day, day), grant).done


def test_an_extension_tells_of_the_move_and_has_to_be_later_than_what_is_in_force() -> None:
    assert _granted("顺延", "2026-05-10") == (
        "问题07的时限已延至2026-05-10（逢休，顺延至2026-05-11）（原为2026-05-06）"
    )
    assert _granted("提前", "2026-05-10") == (
        "问题07的时限已延至2026-05-10（逢休，提前至2026-05-09）（原为2026-04-30）"
    )
    assert _granted("不变", "2026-05-10") == "问题07的时限已延至2026-05-10（原为2026-05-02）"
    with pytest.raises(RefusedError, match="（逢休，顺延至2026-05-06）不晚于现在的时限2026-05-06"):
        _granted("顺延", "2026-05-04")


# Laws.


@given(findings() | findings(crowded=True), inspections(), DAYS | CROWDED)
def test_a_moved_deadline_is_never_on_the_wrong_side(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    inspection = replaced(inspection, days_off=days_off_by_notice())
    stays, later, earlier = (
        standing(subject, day, replaced(inspection, when_day_off=how)) for how in WhenDayOff
    )
    without = standing(subject, day, replaced(inspection, days_off=None))
    assert stays._replace(last_working_day=None, approximate=False) == without
    assert stays.stage == later.stage == earlier.stage
    assert stays.stated == later.stated == earlier.stated
    if stays.deadline and later.deadline and earlier.deadline:
        assert earlier.deadline <= stays.deadline <= later.deadline
        assert earlier.late_days >= stays.late_days >= later.late_days
    if subject.kind is not Kind.LONG_TERM and not subject.records:
        assert stays.stated == subject.due


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.sampled_from(WhenDayOff))
def test_a_deadline_written_as_moved_stands_as_it_is(due: date, when_off: WhenDayOff) -> None:
    inspection = _kept(when_off.value)
    moved = on("2023-12-01", _due(str(due)), inspection).deadline
    assert on("2023-12-01", _due(str(moved)), inspection).deadline == moved
