"""What holds of every finding on every day, whatever its journal says."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decoded import decoded
from examples import INSPECTION, changed, closing, ledger
from random_findings import DAYS, FIRST, findings
from zhenggai.api import standing
from zhenggai.ledger.register import register
from zhenggai.ledger.standing import LedgerOnDay, lines
from zhenggai.ledger.summary import tally
from zhenggai.model.ledger_model import Closing, Finding
from zhenggai.model.terms import Stage, Timing


def _last_entry(subject: Finding) -> date:
    done = [m.done_on for m in subject.measures if m.done_on is not None]
    return max([FIRST, *done, *(record.on for record in subject.records)])


@settings(max_examples=40)
@given(st.lists(findings(), max_size=8), DAYS)
def test_the_stages_of_a_tally_add_up_to_its_count(subjects: list[Finding], day: date) -> None:
    named = [changed(subject, id=f"{place:02}") for place, subject in enumerate(subjects)]
    total = tally("合计", LedgerOnDay(ledger(*named), day).lines)
    stages = (
        total.closed
        + total.awaiting_closing
        + total.in_progress
        + total.not_started
        + total.sustained
    )
    assert stages == total.count == len(subjects)
    assert total.overdue <= total.count - total.closed


@given(findings(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter_where_days_differ(
    subject: Finding, day: date, random: Any
) -> None:
    shuffled = list(subject.records)
    random.shuffle(shuffled)
    other = changed(subject, records=tuple(shuffled))
    assert standing(other, day, INSPECTION) == standing(subject, day, INSPECTION)


@given(findings(), st.integers(0, 400), st.integers(0, 400))
def test_what_is_overdue_stays_overdue_while_nothing_is_recorded(
    subject: Finding, wait: int, more: int
) -> None:
    first = _last_entry(subject) + timedelta(wait)
    if standing(subject, first, INSPECTION).timing is Timing.OVERDUE:
        later = standing(subject, first + timedelta(more), INSPECTION)
        assert later.timing is Timing.OVERDUE


@given(findings(), st.integers(0, 4000))
def test_no_later_day_makes_a_closed_finding_overdue(subject: Finding, more: int) -> None:
    last = _last_entry(subject) + timedelta(1)
    struck_off = decoded(Closing, closing(str(last)))
    subject = changed(subject, records=(*subject.records, struck_off))
    closed = standing(subject, last, INSPECTION)
    later = standing(subject, last + timedelta(more), INSPECTION)
    assert later.timing is Timing.NORMAL
    assert (closed.stage, closed.closed_on) == (Stage.CLOSED, last)
    assert (later.stage, later.late_days) == (Stage.CLOSED, closed.late_days)


@given(findings(), st.integers(0, 400))
def test_each_day_brings_the_deadline_one_day_nearer(subject: Finding, wait: int) -> None:
    day = _last_entry(subject) + timedelta(wait)
    today = standing(subject, day, INSPECTION)
    tomorrow = standing(subject, day + timedelta(1), INSPECTION)
    assume(today.days_left is not None)
    assert today.days_left is not None
    assert tomorrow.days_left == today.days_left - 1
    assert tomorrow.deadline == today.deadline


@given(findings(), DAYS)
def test_a_standing_agrees_with_itself(subject: Finding, day: date) -> None:
    state = standing(subject, day, INSPECTION)
    assert (state.stage is Stage.CLOSED) == (state.closed_on is not None)
    assert (state.last_on is None) == (state.idle_days is None)
    if state.days_left is not None and state.deadline is not None:
        assert state.deadline == day + timedelta(state.days_left)
    assert (state.timing is Timing.OVERDUE) == (state.days_left is not None and state.days_left < 0)
    assert (state.timing is Timing.DUE_SOON) == (state.threshold is not None)


@settings(max_examples=40)
@given(st.lists(findings(), max_size=4), DAYS)
def test_a_line_of_the_register_stands_where_the_whole_finding_does(
    subjects: list[Finding], day: date
) -> None:
    named = [changed(subject, id=f"{place:02}") for place, subject in enumerate(subjects)]
    whole = ledger(*named)
    of_register = lines(register(whole), day)
    assert of_register == LedgerOnDay(whole, day).lines
    assert [line.standing for line in of_register] == [
        standing(subject, day, INSPECTION) for subject in named
    ]
