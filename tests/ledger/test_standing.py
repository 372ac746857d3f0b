"""Where a finding stands on a day: every stage, every timing, every boundary."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from decoded import decoded
from examples import (
    INSPECTION,
    application,
    closing,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    on,
    reopening,
    review,
    sent_back,
    supervision,
)
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Finding, Inspection
from zhenggai.model.terms import Stage, Timing

DONE, OPEN = measure(done="2021-03-20"), measure()


# Stages.


def test_a_finding_nobody_touched_has_not_started() -> None:
    state = on("2021-03-01", finding(措施=[OPEN]))
    assert state.stage is Stage.NOT_STARTED
    assert (state.last_on, state.idle_days) == (None, None)


def test_a_finding_without_measures_has_not_started() -> None:
    assert on("2021-03-01", finding()).stage is Stage.NOT_STARTED


def test_an_extension_alone_starts_nothing() -> None:
    state = on("2021-03-10", finding(记录=[extension("2021-03-05", "2021-06-30")]))
    assert state.stage is Stage.NOT_STARTED
    assert state.last_on == date(2021, 3, 5)


@pytest.mark.parametrize("record", [supervision("2021-03-05"), review("2021-03-05")])
def test_a_record_starts_a_finding(record: dict[str, Any]) -> None:
    assert on("2021-03-05", finding(措施=[OPEN], 记录=[record])).stage is Stage.IN_PROGRESS


def test_a_measure_done_starts_a_finding() -> None:
    assert on("2021-03-20", finding(措施=[DONE, OPEN])).stage is Stage.IN_PROGRESS


def test_with_every_measure_done_a_finding_awaits_closing() -> None:
    assert on("2021-03-20", finding(措施=[DONE, DONE])).stage is Stage.AWAITING_CLOSING


def test_with_every_measure_done_a_long_term_finding_is_sustained() -> None:
    assert on("2021-03-01", long_term()).stage is Stage.SUSTAINED
    assert on("2021-02-28", long_term()).stage is Stage.NOT_STARTED


def test_with_an_application_a_finding_awaits_closing_whatever_is_open() -> None:
    applied = finding(措施=[DONE, OPEN], 记录=[application("2021-03-25")])
    assert on("2021-03-24", applied).stage is Stage.IN_PROGRESS
    assert on("2021-03-25", applied).stage is Stage.AWAITING_CLOSING
    assert on("2021-03-25", long_term(记录=[application("2021-03-25")])).stage is (
        Stage.AWAITING_CLOSING
    )


def test_a_supervision_after_the_application_leaves_it_standing() -> None:
    records = [application("2021-03-25"), supervision("2021-03-26")]
    assert on("2021-03-26", finding(措施=[OPEN], 记录=records)).stage is Stage.AWAITING_CLOSING


def test_a_closing_closes_from_its_own_day_on() -> None:
    closed = finding(措施=[DONE], 记录=[closing("2021-04-28")])
    assert on("2021-04-27", closed).stage is Stage.AWAITING_CLOSING
    state = on("2021-04-28", closed)
    assert state.stage is Stage.CLOSED
    assert state.closed_on == date(2021, 4, 28)


def test_a_return_sends_an_application_back_to_work() -> None:
    records = [application("2021-03-25"), sent_back("2021-03-26")]
    assert on("2021-03-26", finding(措施=[DONE], 记录=records)).stage is Stage.IN_PROGRESS


def test_after_a_return_only_new_work_brings_a_finding_to_closing() -> None:
    records = [application("2021-03-25"), sent_back("2021-03-26")]
    done_that_day = finding(措施=[DONE, measure(done="2021-03-26")], 记录=records)
    done_later = finding(措施=[DONE, measure(done="2021-03-27")], 记录=records)
    assert on("2021-03-30", done_that_day).stage is Stage.IN_PROGRESS
    assert on("2021-03-30", done_later).stage is Stage.AWAITING_CLOSING


def test_after_a_return_a_new_application_brings_a_finding_to_closing() -> None:
    records = [application("2021-03-25"), sent_back("2021-03-26"), application("2021-03-28")]
    assert on("2021-03-28", finding(措施=[DONE], 记录=records)).stage is Stage.AWAITING_CLOSING


def test_a_return_on_the_day_of_the_application_counts_in_order_of_writing() -> None:
    back_last = [application("2021-03-25"), sent_back("2021-03-25")]
    back_first = [sent_back("2021-03-25"), application("2021-03-25")]
    assert on("2021-03-25", finding(措施=[OPEN], 记录=back_last)).stage is Stage.IN_PROGRESS
    assert on("2021-03-25", finding(措施=[OPEN], 记录=back_first)).stage is Stage.AWAITING_CLOSING


def test_a_reopened_finding_is_open_and_its_closing_forgotten() -> None:
    records = [closing("2021-05-10"), reopening("2021-05-12")]
    reopened = finding(措施=[DONE], 记录=records)
    assert on("2021-05-11", reopened).late_days == 10
    state = on("2021-05-12", reopened)
    assert state.stage is Stage.IN_PROGRESS
    assert (state.closed_on, state.late_days) == (None, 0)


def test_a_reopened_finding_may_be_closed_again() -> None:
    records = [closing("2021-04-20"), reopening("2021-04-22"), closing("2021-05-03")]
    state = on("2021-05-03", finding(措施=[DONE], 记录=records))
    assert state.stage is Stage.CLOSED
    assert (state.closed_on, state.late_days) == (date(2021, 5, 3), 3)


def test_a_reopened_long_term_finding_is_no_longer_sustained() -> None:
    records = [closing("2021-04-20"), reopening("2021-04-22")]
    assert on("2021-04-22", long_term(记录=records)).stage is Stage.IN_PROGRESS


# What is dated after the day has not happened yet.


def test_what_is_dated_later_is_not_counted() -> None:
    later = finding(
        措施=[measure(done="2021-03-20")],
        记录=[
            supervision("2021-03-05"),
            extension("2021-03-10", "2021-06-30"),
            closing("2021-04-28"),
        ],
    )
    state = on("2021-03-04", later)
    assert state.stage is Stage.NOT_STARTED
    assert (state.deadline, state.extensions, state.last_on) == (date(2021, 4, 30), 0, None)


def test_the_same_ledger_shows_the_state_of_any_day() -> None:
    whole = finding(
        措施=[measure(done="2021-03-20")], 记录=[supervision("2021-03-05"), closing("2021-04-28")]
    )
    stages = [on(day, whole).stage for day in ("2021-03-04", "2021-03-05", "2021-03-20")]
    assert stages == [Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_CLOSING]
    assert on("2021-04-28", whole).stage is Stage.CLOSED


def test_records_give_the_same_standing_in_any_order_of_the_file() -> None:
    records = [
        supervision("2021-03-05"),
        extension("2021-04-20", "2021-05-31"),
        application("2021-05-10"),
        sent_back("2021-05-12"),
        closing("2021-06-02"),
    ]
    states = {on("2021-06-10", finding(措施=[DONE], 记录=list(p))) for p in permutations(records)}
    (state,) = states
    assert state.stage is Stage.CLOSED
    assert state.late_days == 2


# Timing of what has a deadline.


def test_the_deadline_itself_is_not_overdue_and_the_day_after_is() -> None:
    due_day, day_after = on("2021-04-30", finding()), on("2021-05-01", finding())
    assert (due_day.timing, due_day.days_left) == (Timing.DUE_SOON, 0)
    assert (day_after.timing, day_after.days_left) == (Timing.OVERDUE, -1)
    assert day_after.threshold is None


@pytest.mark.parametrize(
    ("day", "threshold"),
    [
        ("2021-04-09", None),
        ("2021-04-10", 20),
        ("2021-04-19", 20),
        ("2021-04-20", 10),
        ("2021-04-26", 10),
        ("2021-04-27", 3),
        ("2021-04-30", 3),
    ],
)
def test_each_threshold_of_warning_is_reached_on_its_day(day: str, threshold: int | None) -> None:
    state = on(day, finding())
    assert state.threshold == threshold
    assert state.timing is (Timing.DUE_SOON if threshold else Timing.NORMAL)


def test_the_order_in_which_thresholds_are_written_does_not_matter() -> None:
    mixed = decoded(Inspection, {"预警天数": ["3", "20", "10"]})
    assert on("2021-04-25", finding(), mixed).threshold == 10


def test_a_ledger_may_warn_on_the_last_day_only_or_not_at_all() -> None:
    last_day = decoded(Inspection, {"预警天数": "0"})
    never = decoded(Inspection, {"预警天数": []})
    assert on("2021-04-29", finding(), last_day).timing is Timing.NORMAL
    assert on("2021-04-30", finding(), last_day).timing is Timing.DUE_SOON
    assert on("2021-04-30", finding(), never).timing is Timing.NORMAL
    assert on("2021-05-01", finding(), never).timing is Timing.OVERDUE


def test_a_finding_without_a_deadline_waits_for_nothing() -> None:
    state = on("2030-01-01", finding(整改时限=None))
    assert (state.deadline, state.days_left, state.timing) == (None, None, Timing.NORMAL)


def test_an_extension_moves_the_deadline_from_its_own_day_on() -> None:
    extended = finding(记录=[extension("2021-04-28", "2021-05-31")])
    before, after = on("2021-04-27", extended), on("2021-04-28", extended)
    assert (before.deadline, before.days_left, before.extensions) == (date(2021, 4, 30), 3, 0)
    assert (after.deadline, after.days_left, after.extensions) == (date(2021, 5, 31), 33, 1)
    assert after.timing is Timing.NORMAL
    assert on("2021-06-01", extended).timing is Timing.OVERDUE


def test_the_last_extension_is_the_one_in_force() -> None:
    extended = finding(
        记录=[extension("2021-05-20", "2021-06-30"), extension("2021-04-28", "2021-05-31")]
    )
    state = on("2021-05-20", extended)
    assert (state.deadline, state.extensions) == (date(2021, 6, 30), 2)


def test_of_two_extensions_on_one_day_the_one_written_last_is_in_force() -> None:
    extended = finding(
        记录=[extension("2021-04-28", "2021-06-30"), extension("2021-04-28", "2021-05-31")]
    )
    assert on("2021-04-28", extended).deadline == date(2021, 5, 31)


@pytest.mark.parametrize(
    ("day", "late_days"),
    [("2021-04-29", 0), ("2021-04-30", 0), ("2021-05-01", 1), ("2021-05-18", 18)],
)
def test_a_closing_is_late_by_the_days_past_the_deadline(day: str, late_days: int) -> None:
    closed = finding(措施=[DONE], 记录=[closing(day)])
    assert on("2021-06-30", closed).late_days == late_days


def test_a_closed_finding_is_never_overdue_however_late_it_was_closed() -> None:
    closed = finding(措施=[DONE], 记录=[closing("2021-05-18")])
    state = on("2031-01-01", closed)
    assert (state.timing, state.days_left, state.threshold) == (Timing.NORMAL, None, None)
    assert state.deadline == date(2021, 4, 30)


def test_lateness_is_counted_against_the_deadline_in_force_at_closing() -> None:
    records = [extension("2021-04-28", "2021-05-31"), closing("2021-05-18")]
    assert on("2021-06-30", finding(措施=[DONE], 记录=records)).late_days == 0


def test_a_finding_without_a_deadline_is_not_closed_late() -> None:
    assert on("2021-06-30", finding(整改时限=None, 记录=[closing("2021-05-18")])).late_days == 0


def test_overdue_outranks_stale_and_so_does_due_soon() -> None:
    idle = finding(措施=[OPEN], 记录=[supervision("2021-03-05")])
    assert on("2021-04-29", idle).timing is Timing.DUE_SOON
    assert on("2021-05-20", idle).timing is Timing.OVERDUE


# Stale.


def test_a_finding_is_stale_once_a_whole_supervision_period_has_passed() -> None:
    idle = finding(措施=[OPEN], 记录=[supervision("2021-03-05")])
    on_the_day, day_after = on("2021-03-12", idle), on("2021-03-13", idle)
    assert (on_the_day.timing, on_the_day.idle_days) == (Timing.NORMAL, 7)
    assert (day_after.timing, day_after.idle_days) == (Timing.STALE, 8)


def test_a_measure_done_counts_as_movement() -> None:
    moved = finding(措施=[measure(done="2021-03-10"), OPEN], 记录=[supervision("2021-03-05")])
    assert on("2021-03-17", moved).timing is Timing.NORMAL
    assert on("2021-03-18", moved).timing is Timing.STALE


def test_a_ledger_sets_its_own_supervision_period() -> None:
    monthly = decoded(Inspection, {"督查周期": "每月"})
    idle = finding(整改时限="2021-12-31", 措施=[OPEN], 记录=[supervision("2021-03-05")])
    assert on("2021-04-05", idle, monthly).timing is Timing.NORMAL
    assert on("2021-04-06", idle, monthly).timing is Timing.STALE


def test_a_finding_that_awaits_closing_goes_stale_too() -> None:
    assert on("2021-04-05", finding(措施=[DONE])).timing is Timing.STALE


@pytest.mark.parametrize(
    "quiet",
    [
        finding(整改时限="2021-12-31"),
        finding(整改时限="2021-12-31", 记录=[extension("2021-03-05", "2022-03-31")]),
        finding(整改时限="2021-12-31", 措施=[DONE], 记录=[closing("2021-03-25")]),
        long_term(复核周期="每年"),
    ],
    ids=["not started", "only extended", "closed", "sustained"],
)
def test_what_is_not_being_worked_on_does_not_go_stale(quiet: Finding) -> None:
    assert on("2021-06-01", quiet).timing is Timing.NORMAL


# Long-term findings.


def test_a_review_is_due_one_cycle_after_the_feedback() -> None:
    state = on("2021-02-10", long_term(措施=[OPEN]))
    assert state.deadline == date(2021, 5, 1)
    assert state.days_left == 80


def test_a_measure_done_or_a_supervision_begins_the_cycle_anew() -> None:
    assert on("2021-03-02", long_term()).deadline == date(2021, 6, 1)
    looked_at = long_term(记录=[supervision("2021-05-07")])
    assert on("2021-05-06", looked_at).deadline == date(2021, 6, 1)
    assert on("2021-05-07", looked_at).deadline == date(2021, 8, 7)


def test_an_application_is_no_review() -> None:
    assert on("2021-05-07", long_term(记录=[application("2021-05-07")])).deadline == date(
        2021, 6, 1
    )


def test_a_long_term_finding_is_overdue_the_day_after_its_review() -> None:
    assert on("2021-06-01", long_term()).timing is Timing.DUE_SOON
    state = on("2021-06-02", long_term())
    assert (state.stage, state.timing, state.days_left) == (Stage.SUSTAINED, Timing.OVERDUE, -1)


def test_a_long_term_finding_has_no_other_deadline() -> None:
    mixed = long_term(整改时限="2021-03-31", 记录=[extension("2021-03-20", "2021-04-30")])
    state = on("2021-05-10", mixed)
    assert (state.deadline, state.timing) == (date(2021, 6, 1), Timing.NORMAL)


def test_a_long_term_finding_is_not_closed_late() -> None:
    closed = long_term(整改时限="2021-03-31", 记录=[closing("2021-05-18")])
    assert on("2021-05-18", closed).late_days == 0
    assert on("2031-01-01", closed).timing is Timing.NORMAL


def test_without_a_cycle_or_a_day_to_count_from_no_review_is_due() -> None:
    undated = long_term(措施=[OPEN])
    assert on("2021-05-18", undated, Inspection()).deadline is None
    assert on("2021-05-18", long_term(复核周期=None)).deadline is None


@pytest.mark.parametrize(
    ("cycle", "day", "threshold"),
    [
        # Reviewed on 2021-03-01; a week, four weeks, a month of 31 days, 40 days, a quarter.
        ("每周", "2021-03-01", None),
        ("每周", "2021-03-05", 3),
        ("6天", "2021-03-04", 3),
        ("5天", "2021-03-06", None),
        ("4周", "2021-03-12", None),
        ("4周", "2021-03-19", 10),
        ("每月", "2021-03-20", None),
        ("每月", "2021-03-22", 10),
        ("39天", "2021-03-25", None),
        ("40天", "2021-03-21", 20),
        ("每季度", "2021-05-12", 20),
    ],
)
def test_a_review_is_warned_of_within_half_its_cycle_only(
    cycle: str, day: str, threshold: int | None
) -> None:
    assert on(day, long_term(复核周期=cycle)).threshold == threshold


def test_the_half_cycle_rule_is_not_for_deadlines() -> None:
    short = finding(整改时限="2021-02-05")
    assert on("2021-02-01", short).threshold == 10


# The whole ledger.


def test_every_finding_of_a_ledger_is_assessed_in_its_order() -> None:
    whole = ledger(finding("01"), finding("02", 记录=[closing("2021-04-28")]))
    lines = LedgerOnDay(whole, date(2021, 5, 18)).lines
    assert [(line.ledger, line.row.id, line.standing.stage) for line in lines] == [
        ("keji-2021", "01", Stage.NOT_STARTED),
        ("keji-2021", "02", Stage.CLOSED),
    ]
    assert lines[0].standing == on("2021-05-18", finding(), INSPECTION)
