"""What holds of every finding on every day, whatever its journal says."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decoded import decoded
from examples import changed, closing, ledger
from random_findings import DAYS, FIRST, counts_from, findings, inspections
from zhenggai.api import standing
from zhenggai.ledger.register import register
from zhenggai.ledger.standing import LedgerOnDay, lines
from zhenggai.ledger.summary import tally
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Closing, Recheck, Urging
from zhenggai.model.terms import AWAITING, Stage, Timing


def _last_entry(subject: Finding) -> date:
    done = [m.done_on for m in subject.measures if m.done_on is not None]
    return max([FIRST, *done, *map(counts_from, subject.records)])


@settings(max_examples=40)
@given(st.lists(findings(), max_size=8), inspections(), DAYS)
def test_the_seven_stages_of_a_tally_add_up_to_the_findings_not_withdrawn(
    subjects: list[Finding], inspection: Inspection, day: date
) -> None:
    named = [changed(subject, id=f"{place:02}") for place, subject in enumerate(subjects)]
    lines = LedgerOnDay(ledger(*named, inspection=inspection), day).lines
    total = tally("合计", lines)
    stages = (
        total.closed
        + total.awaiting_application
        + total.awaiting_review
        + total.awaiting_approval
        + total.in_progress
        + total.not_started
        + total.sustained
    )
    assert stages == total.count == sum(not line.standing.withdrawn for line in lines)
    assert total.awaiting_closing == sum(
        line.standing.stage in AWAITING and not line.standing.withdrawn for line in lines
    )
    assert total.overdue <= total.count - total.closed


@given(findings(), inspections(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter_where_days_differ(
    subject: Finding, inspection: Inspection, day: date, random: Any
) -> None:
    # A dispute speaks of the reports written before it.
    assume(not any(getattr(record, "disputes", False) for record in subject.records))
    shuffled = list(subject.records)
    random.shuffle(shuffled)
    other = changed(subject, records=tuple(shuffled))
    assert standing(other, day, inspection) == standing(subject, day, inspection)


@given(findings(), inspections(), st.integers(0, 400), st.integers(0, 400))
def test_what_is_overdue_stays_overdue_while_nothing_is_recorded(
    subject: Finding, inspection: Inspection, wait: int, more: int
) -> None:
    first = _last_entry(subject) + timedelta(wait)
    if standing(subject, first, inspection).timing is Timing.OVERDUE:
        later = standing(subject, first + timedelta(more), inspection)
        assert later.timing is Timing.OVERDUE


@given(findings(), inspections(), st.integers(0, 4000))
def test_no_later_day_makes_a_closed_finding_overdue(
    subject: Finding, inspection: Inspection, more: int
) -> None:
    last = _last_entry(subject) + timedelta(1)
    struck_off = decoded(Closing, closing(str(last)))
    assume(standing(subject, last, inspection).closed_on is None)
    subject = changed(subject, records=(*subject.records, struck_off))
    closed = standing(subject, last, inspection)
    later = standing(subject, last + timedelta(more), inspection)
    assert later.timing is Timing.NORMAL
    assert (closed.stage, closed.closed_on) == (Stage.CLOSED, last)
    assert (later.stage, later.late_days) == (Stage.CLOSED, closed.late_days)


@given(findings(), inspections(), st.integers(0, 400))
def test_each_day_brings_the_deadline_one_day_nearer(
    subject: Finding, inspection: Inspection, wait: int
) -> None:
    day = _last_entry(subject) + timedelta(wait)
    today = standing(subject, day, inspection)
    tomorrow = standing(subject, day + timedelta(1), inspection)
    assume(today.days_left is not None)
    assert today.days_left is not None
    assert tomorrow.days_left == today.days_left - 1
    assert tomorrow.deadline == today.deadline


@given(findings(), inspections(), DAYS)
def test_a_standing_agrees_with_itself(subject: Finding, inspection: Inspection, day: date) -> None:
    state = standing(subject, day, inspection)
    open_ = state.stage is not Stage.CLOSED and not state.withdrawn
    since = state.last_on or inspection.feedback_on
    assert (state.stage is Stage.CLOSED) == (state.closed_on is not None)
    idle = (day - since).days if open_ and since and since <= day else None
    assert state.idle_days == idle
    if state.days_left is not None and state.deadline is not None:
        assert state.deadline == day + timedelta(state.days_left)
    assert (state.timing is Timing.OVERDUE) == (state.days_left is not None and state.days_left < 0)
    assert (state.timing is Timing.DUE_SOON) == (state.threshold is not None)


@settings(max_examples=40)
@given(st.lists(findings(), max_size=4), inspections(), DAYS)
def test_a_line_of_the_register_stands_where_the_whole_finding_does(
    subjects: list[Finding], inspection: Inspection, day: date
) -> None:
    named = [changed(subject, id=f"{place:02}") for place, subject in enumerate(subjects)]
    whole = ledger(*named, inspection=inspection)
    of_register = lines(register(whole), day)
    assert of_register == LedgerOnDay(whole, day).lines
    assert [line.standing for line in of_register] == [
        standing(subject, day, inspection) for subject in named
    ]


@given(findings(), inspections(), DAYS, DAYS)
def test_urgings_and_rechecks_change_nothing_but_what_waits_for_an_answer(
    subject: Finding, inspection: Inspection, then: date, day: date
) -> None:
    urged = decoded(Urging, {"日期": str(then), "事项": "督办", "发至": "办公室"})
    looked = decoded(
        Recheck, {"日期": str(then), "事项": "复查", "核查人": "县委巡察办", "结论": "反弹"}
    )
    before = standing(subject, day, inspection)
    after = standing(changed(subject, records=(*subject.records, urged, looked)), day, inspection)
    waits = int(then <= day and not before.withdrawn)
    assert after == before._replace(unanswered=before.unanswered + waits)
