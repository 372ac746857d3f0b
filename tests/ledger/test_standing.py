"""Where a finding stands on a day: every stage, every timing, every boundary."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from decoded import decoded
from examples import (
    FORMAT_1,
    INSPECTION,
    THREE_STEPS,
    application,
    closing,
    dispute,
    entered,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    on,
    recognition,
    reopening,
    report,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Stage, Timing

DONE, OPEN = measure(done="2021-03-20"), measure()
FOUR_STEPS = decoded(
    Inspection,
    {"格式": 2, "反馈日期": "2021-02-01", "销号程序": ["申请", "初审", "复核", "批准"]},
)
WITHOUT_APPLICATION = decoded(
    Inspection, {"格式": 2, "反馈日期": "2021-02-01", "销号程序": ["审核", "批准"]}
)


# Stages.


def test_a_finding_nobody_touched_has_not_started_and_is_idle_since_the_feedback() -> None:
    state = on("2021-03-01", finding(措施=[OPEN]))
    assert state.stage is Stage.NOT_STARTED
    assert (state.last_on, state.idle_days) == (None, 28)


def test_a_finding_without_measures_has_not_started() -> None:
    assert on("2021-03-01", finding()).stage is Stage.NOT_STARTED


def test_an_extension_alone_starts_nothing() -> None:
    state = on("2021-03-10", finding(记录=[extension("2021-03-05", "2021-06-30")]))
    assert state.stage is Stage.NOT_STARTED
    assert (state.last_on, state.idle_days) == (None, 37)


def test_a_report_starts_a_finding() -> None:
    reported = finding(措施=[OPEN], 记录=[report("2021-03-05")])
    assert on("2021-03-05", reported).stage is Stage.IN_PROGRESS


def test_a_visit_starts_nothing_and_the_finding_stays_idle() -> None:
    state = on("2021-03-10", finding(措施=[OPEN], 记录=[supervision("2021-03-05")]))
    assert (state.stage, state.last_on, state.idle_days) == (Stage.NOT_STARTED, None, 37)
    assert state.visited_on == date(2021, 3, 5)


def test_in_a_ledger_of_format_1_a_visit_starts_a_finding() -> None:
    state = on("2021-03-10", finding(措施=[OPEN], 记录=[supervision("2021-03-05")]), FORMAT_1)
    assert (state.stage, state.last_on) == (Stage.IN_PROGRESS, date(2021, 3, 5))
    assert state.idle_days == 5


def test_a_dispute_of_the_only_report_leads_back_to_the_start() -> None:
    disputed = finding(措施=[OPEN], 记录=[report("2021-03-05"), dispute("2021-03-08")])
    assert on("2021-03-07", disputed).stage is Stage.IN_PROGRESS
    state = on("2021-03-08", disputed)
    assert (state.stage, state.last_on, state.idle_days) == (Stage.NOT_STARTED, None, 35)


def test_a_dispute_leaves_the_reports_before_the_last() -> None:
    records = [report("2021-03-01"), report("2021-03-05"), dispute("2021-03-08")]
    state = on("2021-03-10", finding(措施=[OPEN], 记录=[*records, dispute("2021-03-09")]))
    assert (state.stage, state.last_on) == (Stage.IN_PROGRESS, date(2021, 3, 1))


def test_before_the_feedback_nothing_is_idle_and_no_visit_is_missed() -> None:
    state = on("2021-01-20", finding(措施=[OPEN]))
    assert (state.idle_days, state.unsupervised, state.timing) == (None, None, Timing.NORMAL)


def test_a_measure_done_starts_a_finding() -> None:
    assert on("2021-03-20", finding(措施=[DONE, OPEN])).stage is Stage.IN_PROGRESS


@pytest.mark.parametrize("inspection", [INSPECTION, THREE_STEPS, FOUR_STEPS])
def test_with_every_measure_done_a_finding_awaits_application(inspection: Inspection) -> None:
    state = on("2021-03-24", finding(措施=[DONE, DONE]), inspection)
    assert state.stage is Stage.AWAITING_APPLICATION
    assert (state.holder, state.waiting_days) == ("科室", 4)


def test_without_an_application_step_a_finding_all_done_awaits_the_first_step() -> None:
    state = on("2021-03-24", finding(措施=[DONE]), WITHOUT_APPLICATION)
    assert (state.stage, state.holder, state.waiting_days) == (Stage.AWAITING_REVIEW, "审核", 4)
    approval_only = decoded(Inspection, {"格式": 2, "销号程序": "批准"})
    state = on("2021-03-24", finding(措施=[DONE]), approval_only)
    assert (state.stage, state.holder) == (Stage.AWAITING_APPROVAL, "批准")


def test_with_every_measure_done_a_long_term_finding_is_sustained() -> None:
    assert on("2021-03-01", long_term()).stage is Stage.SUSTAINED
    assert on("2021-02-28", long_term()).stage is Stage.NOT_STARTED


def test_with_an_application_a_finding_awaits_review_whatever_is_open() -> None:
    applied = finding(措施=[DONE, OPEN], 记录=[application("2021-03-25", partial="汛后实施")])
    assert on("2021-03-24", applied, THREE_STEPS).stage is Stage.IN_PROGRESS
    assert on("2021-03-25", applied, THREE_STEPS).stage is Stage.AWAITING_REVIEW
    sustained = long_term(记录=[application("2021-03-25")])
    assert on("2021-03-25", sustained, THREE_STEPS).stage is Stage.AWAITING_REVIEW


def test_each_step_hands_the_finding_on_and_the_wait_begins_anew() -> None:
    signed = finding(
        措施=[DONE],
        记录=[
            *(application("2021-03-25"), review("2021-03-28", "初审")),
            *(review("2021-04-02", "复核"), closing("2021-04-06")),
        ],
    )
    held = {
        day: on(day, signed, FOUR_STEPS)
        for day in ("2021-03-27", "2021-04-01", "2021-04-05", "2021-04-06")
    }
    assert [(one.stage, one.holder, one.waiting_days) for one in held.values()] == [
        (Stage.AWAITING_REVIEW, "初审", 2),
        (Stage.AWAITING_REVIEW, "复核", 4),
        (Stage.AWAITING_APPROVAL, "批准", 3),
        (Stage.CLOSED, None, None),
    ]


@pytest.mark.parametrize(
    "record", [supervision("2021-03-26"), report("2021-03-26"), dispute("2021-03-26")]
)
def test_a_visit_or_a_report_after_the_application_leaves_it_standing(
    record: dict[str, Any],
) -> None:
    records = [application("2021-03-25", partial="汛后实施"), record]
    state = on("2021-03-26", finding(措施=[OPEN], 记录=records), THREE_STEPS)
    assert (state.stage, state.waiting_days) == (Stage.AWAITING_REVIEW, 1)


def test_a_measure_done_after_the_application_leaves_the_stage_and_ends_the_idleness() -> None:
    records = [application("2021-03-25", partial="汛后实施")]
    applied = finding(措施=[DONE, measure(done="2021-03-28")], 记录=records)
    state = on("2021-03-29", applied, THREE_STEPS)
    assert (state.stage, state.idle_days) == (Stage.AWAITING_REVIEW, 1)


def test_a_closing_closes_from_its_own_day_on() -> None:
    closed = finding(措施=[DONE], 记录=[closing("2021-04-28")])
    assert on("2021-04-27", closed).stage is Stage.AWAITING_APPLICATION
    state = on("2021-04-28", closed)
    assert state.stage is Stage.CLOSED
    assert state.closed_on == date(2021, 4, 28)


def test_a_return_sends_an_application_back_to_work_and_a_report_does_not_mend_it() -> None:
    records = [application("2021-03-25"), sent_back("2021-03-26"), report("2021-03-28")]
    state = on("2021-03-30", finding(措施=[DONE], 记录=records), THREE_STEPS)
    assert state.stage is Stage.IN_PROGRESS
    assert (state.measures_done, state.rectified, state.holder) == (1, False, None)


def test_after_a_return_only_new_work_brings_a_finding_to_closing() -> None:
    records = [application("2021-03-25", partial="汛后实施"), sent_back("2021-03-26")]
    done_that_day = finding(措施=[DONE, measure(done="2021-03-26")], 记录=records)
    done_later = finding(措施=[DONE, measure(done="2021-03-27")], 记录=records)
    assert on("2021-03-30", done_that_day, THREE_STEPS).stage is Stage.IN_PROGRESS
    assert on("2021-03-30", done_later, THREE_STEPS).stage is Stage.AWAITING_APPLICATION


def test_after_a_return_a_new_application_brings_a_finding_to_review() -> None:
    records = [application("2021-03-25"), sent_back("2021-03-26"), application("2021-03-28")]
    state = on("2021-03-28", finding(措施=[DONE], 记录=records), THREE_STEPS)
    assert state.stage is Stage.AWAITING_REVIEW


def test_a_return_on_the_day_of_the_application_counts_in_order_of_writing() -> None:
    back_last = [application("2021-03-25"), sent_back("2021-03-25")]
    back_first = [sent_back("2021-03-25"), application("2021-03-25")]
    last, first = (
        on("2021-03-25", finding(措施=[DONE], 记录=one), THREE_STEPS)
        for one in (back_last, back_first)
    )
    assert (last.stage, first.stage) == (Stage.IN_PROGRESS, Stage.AWAITING_REVIEW)


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


# What is out of its turn changes nothing.


def test_an_application_with_open_measures_and_no_reason_stops_nothing() -> None:
    state = on(
        "2021-05-10", finding(措施=[DONE, OPEN], 记录=[application("2021-04-25")]), THREE_STEPS
    )
    assert (state.stage, state.timing, state.rectified) == (
        Stage.IN_PROGRESS,
        Timing.OVERDUE,
        False,
    )
    review_due = long_term(措施=[OPEN], 记录=[application("2021-04-25")])
    assert on("2021-05-10", review_due, THREE_STEPS).stage is Stage.NOT_STARTED


def test_a_review_before_the_application_is_none() -> None:
    records = [review("2021-04-25"), application("2021-04-26")]
    state = on("2021-04-28", finding(措施=[DONE], 记录=records), THREE_STEPS)
    assert (state.stage, state.holder, state.waiting_days) == (Stage.AWAITING_REVIEW, "审核", 2)


def test_a_second_application_does_not_begin_the_wait_anew() -> None:
    records = [application("2021-04-25"), application("2021-05-05")]
    state = on("2021-05-06", finding(措施=[DONE], 记录=records), THREE_STEPS)
    assert (state.stage, state.waiting_days, state.late_days) == (Stage.AWAITING_REVIEW, 11, 0)


@pytest.mark.parametrize("steps", [THREE_STEPS, INSPECTION])
def test_a_return_of_what_was_not_applied_for_changes_nothing(steps: Inspection) -> None:
    done = finding(措施=[DONE], 记录=[sent_back("2021-04-25")])
    assert on("2021-04-26", done, steps) == on("2021-04-26", finding(措施=[DONE]), steps)


def test_a_return_after_the_closing_does_not_open_the_finding_again() -> None:
    records = [closing("2021-04-20"), sent_back("2021-04-25")]
    assert on("2021-04-26", finding(措施=[DONE], 记录=records)).stage is Stage.CLOSED


def test_where_a_review_comes_first_what_is_done_may_be_returned() -> None:
    steps = decoded(Inspection, {"格式": 2, "销号程序": ["审核", "批准"]})
    done = finding(措施=[DONE], 记录=[sent_back("2021-03-25")])
    assert on("2021-03-25", done, steps).stage is Stage.IN_PROGRESS
    early = finding(措施=[DONE], 记录=[sent_back("2021-03-15")])
    assert on("2021-03-25", early, steps).stage is Stage.AWAITING_REVIEW


def test_a_reopening_of_what_is_open_moves_no_deadline() -> None:
    open_one = finding(措施=[DONE], 记录=[reopening("2021-04-25", "2021-08-31")])
    assert on("2021-05-10", open_one).timing is Timing.OVERDUE


def test_in_a_ledger_of_format_1_steps_count_in_any_order() -> None:
    old = decoded(Inspection, {"反馈日期": "2021-02-01", "销号程序": ["申请", "审核", "批准"]})
    applied = finding(措施=[OPEN], 记录=[application("2021-04-25")])
    assert on("2021-05-10", applied, old).stage is Stage.AWAITING_REVIEW


def test_a_late_closing_where_nobody_applies_is_remembered_after_reopening() -> None:
    records = [closing("2021-05-10"), reopening("2021-05-12", "2021-06-30")]
    late = finding(措施=[DONE], 记录=records)
    states = [on(day, late) for day in ("2021-05-11", "2021-05-12")]
    assert [(one.late_days, one.once_overdue_days) for one in states] == [(10, 0), (0, 10)]


# What is dated after the day has not happened yet.


def test_what_is_dated_later_is_not_counted() -> None:
    later = finding(
        措施=[measure(done="2021-03-20")],
        记录=[
            report("2021-03-05"),
            extension("2021-03-10", "2021-06-30"),
            closing("2021-04-28"),
        ],
    )
    state = on("2021-03-04", later)
    assert state.stage is Stage.NOT_STARTED
    assert (state.deadline, state.extensions, state.last_on) == (date(2021, 4, 30), 0, None)


def test_the_same_ledger_shows_the_state_of_any_day() -> None:
    whole = finding(
        措施=[measure(done="2021-03-20")], 记录=[report("2021-03-05"), closing("2021-04-28")]
    )
    stages = [on(day, whole).stage for day in ("2021-03-04", "2021-03-05", "2021-03-20")]
    assert stages == [Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_APPLICATION]
    assert on("2021-04-28", whole).stage is Stage.CLOSED


def test_records_give_the_same_standing_in_any_order_of_the_file() -> None:
    records = [
        report("2021-03-05"),
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
    assert state.timing is (Timing.DUE_SOON if threshold else Timing.STALE)


# Applied for: in time, late, returned.


def test_what_is_applied_for_in_time_is_never_overdue_whoever_holds_it() -> None:
    applied = finding(措施=[DONE], 记录=[application("2021-04-30")])
    state = on("2021-07-31", applied, THREE_STEPS)
    assert (state.timing, state.days_left, state.threshold) == (Timing.NORMAL, None, None)
    assert (state.deadline, state.late_days, state.once_overdue_days) == (date(2021, 4, 30), 0, 0)
    assert (state.holder, state.waiting_days) == ("审核", 92)


def test_what_is_applied_for_late_is_late_by_the_days_until_then_and_no_more() -> None:
    applied = finding(措施=[DONE], 记录=[application("2021-05-10")])
    assert on("2021-05-09", applied, THREE_STEPS).timing is Timing.OVERDUE
    state = on("2021-07-31", applied, THREE_STEPS)
    assert (state.timing, state.late_days, state.once_overdue_days) == (Timing.NORMAL, 10, 10)


def test_a_late_application_entered_later_is_late_until_its_entry() -> None:
    applied = finding(措施=[DONE], 记录=[entered("2021-05-10", application("2021-04-28"))])
    assert on("2021-05-09", applied, THREE_STEPS).days_left == -9
    state = on("2021-05-12", applied, THREE_STEPS)
    assert (state.late_days, state.waiting_days, state.idle_days) == (10, 2, 2)


def test_what_is_returned_is_overdue_again_from_its_original_deadline() -> None:
    records = [application("2021-05-10"), sent_back("2021-05-12"), application("2021-05-20")]
    returned = finding(措施=[DONE], 记录=records)
    between, again = (on(day, returned, THREE_STEPS) for day in ("2021-05-15", "2021-05-20"))
    assert (between.timing, between.days_left) == (Timing.OVERDUE, -15)
    assert (between.late_days, between.once_overdue_days) == (0, 0)
    assert (again.timing, again.late_days, again.once_overdue_days) == (Timing.NORMAL, 20, 20)


def test_without_an_application_step_lateness_runs_until_the_closing() -> None:
    reviewed = finding(措施=[DONE], 记录=[review("2021-04-28"), closing("2021-05-06")])
    state = on("2021-05-03", reviewed, WITHOUT_APPLICATION)
    assert (state.stage, state.timing) == (Stage.AWAITING_APPROVAL, Timing.OVERDUE)
    closed = on("2021-05-06", reviewed, WITHOUT_APPLICATION)
    assert (closed.timing, closed.late_days) == (Timing.NORMAL, 6)


def test_an_application_is_undecided_too_long_only_where_the_ledger_says_how_long() -> None:
    applied = finding(措施=[DONE], 记录=[application("2021-04-20"), review("2021-04-22")])
    limited = decoded(
        Inspection, {"格式": 2, "销号程序": ["申请", "审核", "批准"], "审核期限": "10天"}
    )
    assert not on("2021-04-30", applied, limited).undecided
    assert on("2021-05-01", applied, limited).undecided
    assert not on("2021-12-31", applied, THREE_STEPS).undecided


def test_an_extension_does_not_wipe_out_the_days_overdue() -> None:
    extended = finding(措施=[OPEN], 记录=[extension("2021-05-04", "2021-06-30")])
    assert on("2021-05-03", extended).once_overdue_days == 0
    state = on("2021-05-04", extended)
    assert (state.timing, state.once_overdue_days, state.extensions) == (Timing.STALE, 4, 1)


def test_the_days_once_overdue_stay_after_closing_and_reopening() -> None:
    records = [
        *(application("2021-05-10"), review("2021-05-11"), closing("2021-05-12")),
        reopening("2021-05-20", "2021-06-30"),
    ]
    once = finding(措施=[DONE], 记录=records)
    assert on("2021-05-12", once, THREE_STEPS).once_overdue_days == 10
    state = on("2021-05-20", once, THREE_STEPS)
    assert (state.once_overdue_days, state.late_days) == (10, 0)
    assert (state.deadline, state.extensions) == (date(2021, 6, 30), 0)


# Recognition and withdrawal.


def test_the_word_of_the_authority_above_stands_beside_the_closing_until_reopening() -> None:
    records = [closing("2021-04-28"), recognition("2021-05-12", "不认可退回")]
    rejected = finding(措施=[DONE], 记录=[*records, reopening("2021-05-20", "2021-06-30")])
    assert on("2021-05-11", rejected).recognised is None
    state = on("2021-05-12", rejected)
    assert (state.stage, state.recognised) == (Stage.CLOSED, False)
    state = on("2021-05-20", rejected)
    assert (state.stage, state.recognised) == (Stage.IN_PROGRESS, None)
    accepted = finding(措施=[DONE], 记录=[closing("2021-04-28"), recognition("2021-05-12")])
    assert on("2021-05-12", accepted).recognised is True


def test_a_finding_withdrawn_waits_for_nothing() -> None:
    state = on("2021-06-30", finding(措施=[OPEN], 记录=[withdrawal("2021-03-05")]))
    assert state.withdrawn
    assert (state.timing, state.days_left, state.idle_days) == (Timing.NORMAL, None, None)
    assert (state.unsupervised, state.holder) == (None, None)


# Supervision.


@pytest.mark.parametrize(("day", "missed"), [("2021-03-11", False), ("2021-03-12", True)])
def test_a_visit_counts_for_the_last_seven_days_where_visits_are_weekly(
    day: str, missed: bool
) -> None:
    for visit in (supervision("2021-03-05"), dispute("2021-03-05")):
        assert on(day, finding(措施=[OPEN], 记录=[visit])).unsupervised is missed


def test_what_is_closed_needs_no_visit() -> None:
    assert on("2021-06-30", finding(措施=[DONE], 记录=[closing("2021-04-28")])).unsupervised is None


def test_the_order_in_which_thresholds_are_written_does_not_matter() -> None:
    mixed = decoded(Inspection, {"格式": 2, "预警天数": ["3", "20", "10"]})
    assert on("2021-04-25", finding(), mixed).threshold == 10


def test_a_ledger_may_warn_on_the_last_day_only_or_not_at_all() -> None:
    last_day = decoded(Inspection, {"预警天数": "0"})
    never = decoded(Inspection, {"预警天数": []})
    assert on("2021-04-29", finding(), last_day).timing is Timing.NORMAL
    assert on("2021-04-30", finding(), last_day).timing is Timing.DUE_SOON
    assert on("2021-04-30", finding(), never).timing is Timing.NORMAL
    assert on("2021-05-01", finding(), never).timing is Timing.OVERDUE


def test_a_finding_without_a_deadline_waits_for_nothing() -> None:
    state = on("2030-01-01", finding(整改时限=None, 记录=[report("2029-12-31")]))
    assert (state.deadline, state.days_left, state.timing) == (None, None, Timing.NORMAL)


def test_an_extension_moves_the_deadline_from_its_own_day_on() -> None:
    extended = finding(记录=[extension("2021-04-28", "2021-05-31"), report("2021-04-28")])
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
    idle = finding(措施=[OPEN], 记录=[report("2021-03-05")])
    assert on("2021-04-29", idle).timing is Timing.DUE_SOON
    assert on("2021-05-20", idle).timing is Timing.OVERDUE


# Stale.


def test_a_finding_is_stale_once_a_whole_supervision_period_has_passed() -> None:
    idle = finding(措施=[OPEN], 记录=[report("2021-03-05")])
    on_the_day, day_after = on("2021-03-12", idle), on("2021-03-13", idle)
    assert (on_the_day.timing, on_the_day.idle_days) == (Timing.NORMAL, 7)
    assert (day_after.timing, day_after.idle_days) == (Timing.STALE, 8)


def test_a_measure_done_counts_as_movement() -> None:
    moved = finding(措施=[measure(done="2021-03-10"), OPEN], 记录=[report("2021-03-05")])
    assert on("2021-03-17", moved).timing is Timing.NORMAL
    assert on("2021-03-18", moved).timing is Timing.STALE


def test_a_ledger_sets_its_own_supervision_period() -> None:
    monthly = decoded(Inspection, {"格式": 2, "督查周期": "每月"})
    idle = finding(整改时限="2021-12-31", 措施=[OPEN], 记录=[report("2021-03-05")])
    assert on("2021-04-05", idle, monthly).timing is Timing.NORMAL
    assert on("2021-04-06", idle, monthly).timing is Timing.STALE


def test_a_finding_that_awaits_application_goes_stale_too() -> None:
    assert on("2021-04-05", finding(措施=[DONE])).timing is Timing.STALE


@pytest.mark.parametrize(
    "never_begun",
    [
        finding(整改时限="2021-12-31"),
        finding(整改时限="2021-12-31", 记录=[extension("2021-03-05", "2022-03-31")]),
        finding(整改时限="2021-12-31", 记录=[supervision("2021-05-31")]),
    ],
    ids=["not started", "only extended", "only visited"],
)
def test_what_never_started_goes_stale_counted_from_the_feedback(never_begun: Finding) -> None:
    assert on("2021-02-08", never_begun).timing is Timing.NORMAL
    assert on("2021-02-09", never_begun).timing is Timing.STALE
    assert on("2021-06-01", never_begun).idle_days == 120


@pytest.mark.parametrize(
    "quiet",
    [
        finding(整改时限="2021-12-31", 措施=[DONE], 记录=[closing("2021-03-25")]),
        finding(整改时限="2021-12-31", 措施=[DONE], 记录=[application("2021-03-25")]),
        long_term(检视周期="每年"),
    ],
    ids=["closed", "applied for", "sustained"],
)
def test_what_the_department_has_done_does_not_go_stale(quiet: Finding) -> None:
    assert on("2021-06-01", quiet, THREE_STEPS).timing is Timing.NORMAL


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


def test_a_visit_that_disputes_is_a_review_too() -> None:
    assert on("2021-05-07", long_term(记录=[dispute("2021-05-07")])).deadline == date(2021, 8, 7)


@pytest.mark.parametrize("record", [application("2021-05-07"), report("2021-05-07")])
def test_neither_an_application_nor_a_report_is_a_review(record: dict[str, Any]) -> None:
    reported = on("2021-05-07", long_term(记录=[record]), THREE_STEPS)
    assert reported.deadline == date(2021, 6, 1)


def test_a_cycle_is_of_calendar_months_and_ends_on_the_last_day_where_there_is_no_such_day() -> (
    None
):
    monthly = long_term(检视周期="每月", 记录=[supervision("2021-03-31")])
    assert on("2021-03-31", monthly).deadline == date(2021, 4, 30)


def test_a_missed_review_is_overdue_and_no_day_of_it_stays() -> None:
    missed = long_term(记录=[supervision("2021-06-20")])
    before, after = on("2021-06-19", missed), on("2021-06-20", missed)
    assert (before.timing, before.days_left) == (Timing.OVERDUE, -18)
    assert (after.timing, after.once_overdue_days) == (Timing.NORMAL, 0)
    by_hand = long_term(记录=[extension("2021-03-20", "2021-04-30"), application("2021-05-18")])
    state = on("2021-05-18", by_hand, THREE_STEPS)
    assert (state.once_overdue_days, state.late_days) == (0, 0)


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
    assert on("2021-05-18", long_term(检视周期=None)).deadline is None


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
    assert on(day, long_term(检视周期=cycle)).threshold == threshold


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
