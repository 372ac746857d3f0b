"""What states and figures hold to, whatever a journal says: the laws of an office."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decoded import decoded
from examples import (
    THREE_STEPS,
    application,
    changed,
    dispute,
    finding,
    ledger,
    report,
    sent_back,
    supervision,
)
from random_findings import CROWDED, DAYS, FIRST, LAST, counts_from, findings, inspections
from zhenggai.api import standing
from zhenggai.ledger.figures import FIGURES, basis
from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import LedgerOnDay, Standing
from zhenggai.ledger.summary import Tally, tally
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Progress, Supervision
from zhenggai.model.terms import AWAITING, Action, Kind, Stage, Timing

ANY_DAY = DAYS | CROWDED
ANY_FINDING = findings() | findings(crowded=True)
NEW_FORMAT = inspections(formats=(2,))

# What a visit may change: that there was one; for a long-term finding, which it reviews, its
# deadline as well.
OF_VISITS = {"visited_on", "unsupervised"}
OF_REVIEWS = OF_VISITS | {"deadline", "stated", "days_left", "threshold", "timing", "level"}


def _without(state: Standing, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in state._asdict().items() if name not in names}


def _visited(subject: Finding, visit: dict[str, Any], place: int) -> Finding:
    """Give a finding with one more visit, written at a place among its records."""
    records = list(subject.records)
    records.insert(place, decoded(Supervision, visit))
    return changed(subject, records=tuple(records))


def _named(subjects: list[Finding]) -> list[Finding]:
    return [changed(subject, id=f"{place:02}") for place, subject in enumerate(subjects)]


def _total(subjects: list[Finding], inspection: Inspection, day: date) -> Tally:
    whole = ledger(*_named(subjects), inspection=inspection)
    return tally("合计", LedgerOnDay(whole, day).lines)


@given(ANY_FINDING, NEW_FORMAT, ANY_DAY, ANY_DAY, st.integers(0, 8))
def test_a_visit_without_a_dispute_changes_nothing_but_that_there_was_one(
    subject: Finding, inspection: Inspection, visit_on: date, day: date, place: int
) -> None:
    visited = _visited(subject, supervision(str(visit_on)), place)
    may_change = OF_REVIEWS if subject.kind is Kind.LONG_TERM else OF_VISITS
    before = standing(subject, day, inspection)
    after = standing(visited, day, inspection)
    assert (after.stage, after.idle_days) == (before.stage, before.idle_days)
    assert _without(after, may_change) == _without(before, may_change)


@given(ANY_FINDING, NEW_FORMAT, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_second_dispute_without_a_new_report_changes_nothing(
    subject: Finding, inspection: Inspection, first: int, second: int, later: int
) -> None:
    end = max(map(counts_from, subject.records), default=FIRST) + timedelta(first)
    disputed = _visited(subject, dispute(str(end)), len(subject.records))
    again = end + timedelta(second)
    twice = _visited(disputed, dispute(str(again)), len(disputed.records))
    may_change = OF_REVIEWS if subject.kind is Kind.LONG_TERM else OF_VISITS
    for day in (end, again, again + timedelta(later)):
        once = _without(standing(disputed, day, inspection), may_change)
        assert _without(standing(twice, day, inspection), may_change) == once


@given(ANY_FINDING, NEW_FORMAT, st.integers(0, 60), st.integers(0, 60))
def test_a_report_and_its_dispute_leave_a_finding_as_it_was(
    subject: Finding, inspection: Inspection, first: int, later: int
) -> None:
    end = max(map(counts_from, subject.records), default=FIRST) + timedelta(first)
    reported = (*subject.records, decoded(Progress, report(str(end))))
    disputed = _visited(changed(subject, records=reported), dispute(str(end)), len(reported))
    may_change = OF_REVIEWS if subject.kind is Kind.LONG_TERM else OF_VISITS
    for day in (end, end + timedelta(later)):
        before = _without(standing(subject, day, inspection), may_change)
        assert _without(standing(disputed, day, inspection), may_change) == before


@given(ANY_FINDING, inspections(formats=(1,)), ANY_DAY, st.booleans())
def test_in_a_ledger_of_format_1_every_visit_is_progress(
    subject: Finding, inspection: Inspection, day: date, disputes: bool
) -> None:
    visit = dispute(str(day)) if disputes else supervision(str(day))
    state = standing(_visited(subject, visit, len(subject.records)), day, inspection)
    assert state.stage is not Stage.NOT_STARTED
    assert state.idle_days in (0, None)
    assert (state.idle_days is None) == (state.stage is Stage.CLOSED or state.withdrawn)


@given(ANY_FINDING, inspections(), ANY_DAY)
def test_overdue_and_applied_in_time_exclude_each_other(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    state = standing(subject, day, inspection)
    journal = fold(timeline(subject), terms(inspection), day)
    if journal.frozen:
        assert (state.timing, state.days_left, state.threshold) == (Timing.NORMAL, None, None)
        assert state.stage in (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL, Stage.CLOSED)
    if state.timing is Timing.OVERDUE:
        assert not journal.frozen
        assert state.late_days == 0


@given(st.lists(ANY_FINDING, max_size=6), inspections(), ANY_DAY, st.data())
@settings(max_examples=60)
def test_hiding_a_finding_changes_no_figure(
    subjects: list[Finding], inspection: Inspection, day: date, data: st.DataObject
) -> None:
    hidden = [changed(one, public=data.draw(st.booleans())) for one in subjects]
    assert _total(hidden, inspection, day) == _total(subjects, inspection, day)
    shown, other = (
        basis(LedgerOnDay(ledger(*_named(one), inspection=inspection), day))
        for one in (subjects, hidden)
    )
    for name, figure in FIGURES.items():
        assert figure(other) == figure(shown), name


@given(ANY_FINDING, inspections(), ANY_DAY)
def test_a_finding_cut_at_any_day_shows_the_state_of_that_day(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    so_far = changed(
        subject,
        records=tuple(record for record in subject.records if counts_from(record) <= day),
        measures=tuple(
            one if one.done_on is None or one.done_on <= day else changed_measure(one)
            for one in subject.measures
        ),
    )
    assert standing(so_far, day, inspection) == standing(subject, day, inspection)


def changed_measure(measure: Any) -> Any:
    """Give a measure that is not done yet."""
    return type(measure)(**vars(measure) | {"done_on": None})


@given(st.lists(ANY_FINDING, max_size=6), inspections(), ANY_DAY)
@settings(max_examples=60)
def test_the_rates_stand_in_their_order_and_count_what_they_say(
    subjects: list[Finding], inspection: Inspection, day: date
) -> None:
    total = _total(subjects, inspection, day)
    states = [standing(subject, day, inspection) for subject in subjects]
    counted = [state for state in states if not state.withdrawn]
    assert total.closing_rate.numerator <= total.rectification_rate.numerator
    assert total.closing_rate.denominator == total.rectification_rate.denominator == len(counted)
    done = (*AWAITING, Stage.CLOSED, *[Stage.SUSTAINED] * inspection.sustained_counts)
    assert total.rectified == sum(state.stage in done for state in counted)
    assert 0 <= total.measure_rate.numerator <= total.measure_rate.denominator
    assert total.recognised + total.rejected <= total.count


@given(st.lists(ANY_FINDING, max_size=6), inspections(), ANY_DAY)
@settings(max_examples=60)
def test_a_finding_withdrawn_is_in_no_figure(
    subjects: list[Finding], inspection: Inspection, day: date
) -> None:
    left = [one for one in subjects if not standing(one, day, inspection).withdrawn]
    assert _total(left, inspection, day) == _total(subjects, inspection, day)


@given(ANY_FINDING, inspections(), ANY_DAY)
def test_the_days_once_overdue_are_never_negative_and_none_without_a_deadline(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    journal = fold(timeline(subject), terms(inspection), day)
    assert all(days > 0 for days in journal.spells.values())
    state = standing(subject, day, inspection)
    assert state.once_overdue_days >= 0
    assert state.late_days >= 0
    if subject.kind is Kind.LONG_TERM and subject.due is None:
        assert (state.once_overdue_days, state.late_days) == (0, 0)


@given(st.dates(FIRST, date(2021, 6, 30)), *[st.integers(0, 40)] * 4)
def test_a_return_and_a_late_application_count_once_from_the_original_deadline(
    due: date, applied: int, back: int, again: int, more: int
) -> None:
    first = due + timedelta(applied)
    returned = first + timedelta(back)
    second = returned + timedelta(again)
    records = [
        application(str(first)),
        supervision(str(first)),
        sent_back(str(returned)),
        report(str(returned)),
        application(str(second)),
    ]
    one = finding(整改时限=str(due), 记录=records)
    end = standing(one, second + timedelta(more), THREE_STEPS)
    assert end.once_overdue_days == end.late_days == (second - due).days
    if returned < second:
        between = standing(one, returned, THREE_STEPS)
        assert (between.once_overdue_days, between.days_left) == (0, (due - returned).days)


@given(ANY_FINDING, inspections(), ANY_DAY, st.integers(0, 400))
def test_days_of_being_overdue_are_forgotten_by_a_return_only(
    subject: Finding, inspection: Inspection, day: date, more: int
) -> None:
    later = day + timedelta(more)
    between = [event.action for event in timeline(subject).events if day < event.on <= later]
    assume(Action.RETURN not in between)
    before = standing(subject, day, inspection)
    assert standing(subject, later, inspection).once_overdue_days >= before.once_overdue_days


@given(ANY_FINDING, inspections(), DAYS)
def test_days_counted_are_never_negative_but_those_left(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    state = standing(subject, day, inspection)
    for days in (state.idle_days, state.waiting_days):
        assert days is None or 0 <= days <= (LAST - FIRST).days + 31
    assert (state.holder is None) == (state.waiting_days is None)
    assert (state.holder is not None) == (state.stage in AWAITING and not state.withdrawn)


@given(ANY_FINDING, inspections(), ANY_DAY)
def test_what_is_stale_is_at_work_and_idle_for_longer_than_the_period(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    state = standing(subject, day, inspection)
    if state.timing is Timing.STALE:
        assert state.stage in (
            Stage.NOT_STARTED,
            Stage.IN_PROGRESS,
            Stage.AWAITING_APPLICATION,
        )
        assert state.idle_days is not None
        assert inspection.supervision_period.after(day - timedelta(state.idle_days)) < day
