"""Long-term findings with a deadline: until all measures are done it counts, then the review."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from examples import (
    THREE_STEPS,
    application,
    changed,
    closing,
    extension,
    finding,
    long_term,
    measure,
    on,
    reopening,
    review,
    sent_back,
    supervision,
)
from random_findings import CROWDED, DAYS, findings, inspections
from zhenggai.api import standing
from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import Standing
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Kind, Stage, Timing

DUE = "2021-04-30"


def dated(*done: str | None, due: str | None = DUE, records: tuple[Any, ...] = ()) -> Finding:
    """Give a long-term finding with a deadline and a measure for each day or None."""
    measures = [measure(done=day) for day in done]
    return long_term(整改时限=due, 措施=measures, 记录=list(records))


def _due(state: Standing) -> tuple[str, bool, Timing, int]:
    day = str(state.deadline)
    return day, state.is_review, state.timing, state.once_overdue_days


def test_the_deadline_counts_until_every_measure_is_done() -> None:
    subject = dated("2021-03-01", "2021-04-20")
    assert _due(on("2021-04-19", subject)) == (DUE, False, Timing.DUE_SOON, 0)
    assert _due(on("2021-04-20", subject))[:2] == ("2021-07-20", True)
    assert on("2021-04-20", subject).stage is Stage.SUSTAINED


def test_a_visit_does_not_put_the_deadline_off() -> None:
    subject = dated(None, records=(supervision("2021-04-29"),))
    assert _due(on("2021-05-03", subject)) == (DUE, False, Timing.OVERDUE, 0)


def test_the_deadline_is_warned_of_whatever_the_cycle() -> None:
    weekly = changed(dated(None), review_every=long_term(检视周期="每周").review_every)
    assert on("2021-04-12", weekly).threshold == 20


def test_without_measures_it_counts_for_good() -> None:
    assert _due(on("2021-05-10", dated())) == (DUE, False, Timing.OVERDUE, 0)


def test_measures_done_late_end_the_spell_and_it_stays_on_record() -> None:
    subject = dated("2021-05-10")
    assert on("2021-05-09", subject).days_left == -9
    assert _due(on("2021-05-10", subject)) == ("2021-08-10", True, Timing.NORMAL, 10)
    # A review missed later is overdue like any other, and adds nothing.
    assert _due(on("2021-08-11", subject)) == ("2021-08-10", True, Timing.OVERDUE, 10)


def test_an_application_after_that_is_not_late() -> None:
    subject = dated("2021-05-10", records=(application("2021-05-20"),))
    state = on("2021-06-01", subject, THREE_STEPS)
    assert (state.late_days, state.once_overdue_days, state.timing) == (0, 10, Timing.NORMAL)


def test_an_application_with_open_measures_is_late_by_the_deadline() -> None:
    subject = dated(None, records=(application("2021-05-04", partial="待批"),))
    state = on("2021-06-01", subject, THREE_STEPS)
    assert (state.late_days, state.once_overdue_days, state.days_left) == (4, 4, None)
    # The measure that is done while it waits ends no other spell.
    finished = dated("2021-05-20", records=(application("2021-05-04", partial="待批"),))
    assert on("2021-06-01", finished, THREE_STEPS).once_overdue_days == 4
    in_time = dated("2021-05-20", records=(application("2021-04-28", partial="待批"),))
    assert on("2021-06-01", in_time, THREE_STEPS).once_overdue_days == 0


def test_an_extension_moves_it_and_a_late_one_keeps_the_days() -> None:
    subject = dated(None, records=(extension("2021-05-03", "2021-05-31"),))
    assert _due(on("2021-05-10", subject)) == ("2021-05-31", False, Timing.STALE, 3)
    assert on("2021-06-02", subject).days_left == -2


def test_a_return_leads_back_to_the_deadline_until_a_measure_is_done() -> None:
    records = (application("2021-04-28"), sent_back("2021-05-06"))
    returned = dated("2021-04-20", records=records)
    assert _due(on("2021-05-10", returned, THREE_STEPS)) == (DUE, False, Timing.OVERDUE, 0)
    done = dated("2021-04-20", "2021-05-12", records=records)
    assert _due(on("2021-05-12", done, THREE_STEPS)) == ("2021-08-12", True, Timing.NORMAL, 12)


def test_reopened_it_works_to_the_new_deadline() -> None:
    records = (
        *(application("2021-05-11"), review("2021-05-12"), closing("2021-05-13")),
        reopening("2021-06-01", "2021-06-30"),
    )
    subject = dated("2021-05-10", records=records)
    assert _due(on("2021-06-02", subject, THREE_STEPS))[:2] == ("2021-06-30", False)
    assert on("2021-07-03", subject, THREE_STEPS).days_left == -3
    # The days of the first spell are on record.
    assert on("2021-07-03", subject, THREE_STEPS).once_overdue_days == 10


ANY_FINDING = findings() | findings(crowded=True)
ANY_DAY = DAYS | CROWDED


@given(ANY_FINDING, inspections(), ANY_DAY)
def test_it_is_one_of_the_two_and_never_both(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    state = standing(subject, day, inspection)
    journal = fold(timeline(subject), terms(inspection), day)
    works = journal.works_to_deadline(day)
    assert state.is_review == (not works)
    if works:
        assert state.deadline == journal.deadline
    if state.is_review:
        assert subject.kind is Kind.LONG_TERM
        assert subject.due is None or state.measures_done == state.measures
    if subject.kind is not Kind.LONG_TERM:
        assert not state.is_review


@given(findings(), inspections(), ANY_DAY)
def test_until_its_measures_are_done_it_is_as_pressing_as_a_fixed_term_finding(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    keyed = changed(subject, kind=Kind.LONG_TERM, due=date(2021, 4, 30))
    keyed = changed(keyed, measures=(*subject.measures, *finding(措施=[measure()]).measures))
    fixed = changed(keyed, kind=Kind.FIXED_TERM)
    assert standing(keyed, day, inspection) == standing(fixed, day, inspection)


@given(st.integers(-40, 40), st.integers(0, 200))
def test_the_days_between_the_deadline_and_the_last_measure_are_kept(late: int, later: int) -> None:
    due = date(2021, 4, 30)
    finished = due + timedelta(late)
    state = standing(dated("2021-03-01", str(finished)), finished + timedelta(later), Inspection())
    assert state.once_overdue_days == max(late, 0)
    assert state.is_review


@given(findings(), inspections(), ANY_DAY)
def test_without_a_deadline_it_is_reviewed_whatever_happened(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    undated = changed(subject, kind=Kind.LONG_TERM, due=None)
    state = standing(undated, day, inspection)
    assert state.is_review
    assert state.once_overdue_days == sum(
        fold(timeline(undated), terms(inspection), day).spells.values()
    )
