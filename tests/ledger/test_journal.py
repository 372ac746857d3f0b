"""What the journal comes to, event by event and up to a day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from examples import (
    THREE_STEPS,
    application,
    changed,
    closing,
    dispute,
    entered,
    extension,
    finding,
    measure,
    recognition,
    reopening,
    report,
    review,
    sent_back,
    supervision,
)
from random_findings import CROWDED, DAYS, counts_from, findings, inspections
from zhenggai.ledger.journal import Journal, fold, moments
from zhenggai.ledger.register import Event, terms, timeline
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Action, Step

ANY_DAY = DAYS | CROWDED
TERMS = terms(THREE_STEPS)


def _state(journal: Journal) -> dict[str, Any]:
    """Give all that a journal comes to."""
    return {name: getattr(journal, name) for name in Journal.__slots__}


def _wherever_written(journal: Journal) -> dict[str, Any]:
    """Give all that a journal comes to, whatever the places of the records in the file."""
    places = {"_filed": None, "_disputed": None, "out_of_turn": len(journal.out_of_turn)}
    return {name: _unplaced(value) for name, value in _state(journal).items()} | places


def _unplaced(value: Any) -> Any:
    """Take the places off events, also those that are kept by measure."""
    if isinstance(value, Event):
        return value._replace(place=0)
    if isinstance(value, dict):
        return {key: _unplaced(one) for key, one in value.items()}
    if type(value) is tuple:
        return tuple(map(_unplaced, value))
    return value


@given(findings(crowded=True), inspections())
def test_each_moment_is_what_the_events_before_it_come_to(
    subject: Finding, inspection: Inspection
) -> None:
    whole, rules = timeline(subject), terms(inspection)
    found = list(moments(whole, rules))
    assert [moment.event for moment in found] == [*whole.events]
    for number, moment in enumerate(found):
        before = fold(whole._replace(events=whole.events[:number]), rules)
        came_to = (before.closed_on, before.deadline, before.signed)
        assert (moment.closed_on, moment.deadline, moment.signed) == came_to


@given(findings(crowded=True), inspections())
def test_taking_one_event_after_another_comes_to_the_whole_journal(
    subject: Finding, inspection: Inspection
) -> None:
    whole, rules = timeline(subject), terms(inspection)
    journal = Journal(whole, rules)
    for event in whole.events:
        journal.take(event)
    assert _state(journal) == _state(fold(whole, rules))


@given(findings(crowded=True) | findings(), inspections(), ANY_DAY)
def test_what_does_not_count_changes_nothing_but_what_came_last(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    whole, rules = timeline(subject), terms(inspection)
    passed_over = fold(whole, rules).out_of_turn
    left_over = tuple(event for event in whole.events if event.place not in passed_over)
    without = whole._replace(events=left_over)
    last = {"last": None, "last_step": None, "out_of_turn": ()}
    told, left = fold(whole, rules, day), fold(without, rules, day)
    assert _state(told) | last == _state(left) | last


def test_a_step_out_of_its_turn_does_not_count() -> None:
    records = [closing("2021-04-01"), closing("2021-04-02"), recognition("2021-04-03")]
    records += [reopening("2021-04-04"), recognition("2021-04-05"), sent_back("2021-04-06")]
    assert fold(timeline(finding(记录=records)), TERMS).out_of_turn == (1, 4, 5)


@given(findings(crowded=True) | findings(), inspections(), ANY_DAY)
def test_a_journal_cut_at_a_day_is_that_of_the_records_entered_up_to_it(
    subject: Finding, inspection: Inspection, day: date
) -> None:
    rules = terms(inspection)
    so_far = tuple(record for record in subject.records if counts_from(record) <= day)
    cut = fold(timeline(subject), rules, day)
    then = fold(timeline(changed(subject, records=so_far)), rules)
    assert _wherever_written(cut) == _wherever_written(then)


@given(findings(crowded=True), inspections())
def test_up_to_its_last_day_a_journal_is_whole(subject: Finding, inspection: Inspection) -> None:
    rules = terms(inspection)
    last = max(map(counts_from, subject.records), default=date.min)
    for day in (last, last + timedelta(1), date.max):
        assert _state(fold(timeline(subject), rules, day)) == _state(fold(timeline(subject), rules))


@given(findings(crowded=True), inspections(), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter_across_days(
    subject: Finding, inspection: Inspection, random: Any
) -> None:
    # A dispute is of what was written before it.
    subject = changed(
        subject,
        records=tuple(one for one in subject.records if not getattr(one, "disputes", False)),
    )
    left = list(subject.records)
    mixed = []
    while left:
        day = counts_from(random.choice(left))
        first = next(place for place, record in enumerate(left) if counts_from(record) == day)
        mixed.append(left.pop(first))
    other = changed(subject, records=tuple(mixed))
    whole, mixed_whole = (fold(timeline(one), terms(inspection)) for one in (subject, other))
    assert _wherever_written(mixed_whole) == _wherever_written(whole)


def test_the_order_of_writing_matters_within_a_day() -> None:
    applied, back = application("2021-03-25"), sent_back("2021-03-25")
    longer, shorter = (extension("2021-03-25", day) for day in ("2021-06-30", "2021-05-31"))
    first = fold(timeline(finding(记录=[applied, back, longer, shorter])), TERMS)
    other = fold(timeline(finding(记录=[back, applied, shorter, longer])), TERMS)
    assert (first.signed, first.deadline) == ((), date(2021, 5, 31))
    assert (other.signed, other.deadline) == ((Step.APPLICATION,), date(2021, 6, 30))


@given(findings(crowded=True))
def test_an_event_says_where_its_record_stands_and_from_when_it_counts(subject: Finding) -> None:
    events = timeline(subject).events
    assert sorted(event.place for event in events) == [*range(len(subject.records))]
    for event in events:
        record = subject.records[event.place]
        assert (event.on, event.action) == (counts_from(record), record.action)
        assert event.dated == (record.on if record.entered_on else None)
    assert [(event.on, event.place) for event in events] == sorted(
        (event.on, event.place) for event in events
    )


def test_neither_a_supervision_nor_a_report_is_a_step() -> None:
    records = [application("2021-03-25"), report("2021-03-26"), supervision("2021-03-27")]
    journal = fold(timeline(finding(措施=[measure()], 记录=records)), TERMS)
    assert journal.last == Event(date(2021, 3, 27), Action.SUPERVISION, 2)
    assert journal.last_step == Event(date(2021, 3, 25), Action.APPLICATION, 0)
    assert journal.visited_on == date(2021, 3, 27)
    assert journal.reports == [date(2021, 3, 26)]


def test_a_dispute_cancels_the_report_before_it_and_none_after_or_before_that() -> None:
    records = [
        *(report("2021-03-05"), report("2021-03-10"), dispute("2021-03-12")),
        *(dispute("2021-03-13"), report("2021-03-15")),
    ]
    journal = fold(timeline(finding(记录=records)), TERMS)
    assert journal.reports == [date(2021, 3, 5), date(2021, 3, 15)]


def test_a_dispute_on_the_day_of_a_report_cancels_it_where_it_is_written_after_it() -> None:
    first, other = report("2021-03-10"), dispute("2021-03-10")
    after, before = ([first, other], [other, first])
    assert fold(timeline(finding(记录=after)), TERMS).reports == []
    assert fold(timeline(finding(记录=before)), TERMS).reports == [date(2021, 3, 10)]


def test_a_step_entered_late_counts_from_its_entry() -> None:
    late = entered("2021-05-10", application("2021-04-28"))
    journal = fold(timeline(finding(记录=[late])), TERMS)
    assert journal.signed_on == journal.moved_on == date(2021, 5, 10)
    assert (journal.late_days, journal.spells) == (10, {date(2021, 4, 30): 10})
    assert fold(timeline(finding(记录=[late])), TERMS, date(2021, 5, 9)).signed == ()


def test_the_word_of_the_authority_above_holds_until_the_finding_is_reopened() -> None:
    records = [
        *(closing("2021-04-20"), recognition("2021-05-12", "不认可退回")),
        reopening("2021-05-20"),
    ]
    assert fold(timeline(finding(记录=records[:2])), TERMS).accepted is False
    assert fold(timeline(finding(记录=records)), TERMS).accepted is None


def test_the_authority_above_says_nothing_of_a_finding_that_is_not_closed() -> None:
    early = [recognition("2021-04-12"), closing("2021-04-20")]
    assert fold(timeline(finding(记录=early)), TERMS).accepted is None


def test_a_dispute_cancels_what_was_written_before_it_and_what_comes_later_revives_nothing() -> (
    None
):
    records = [report("2021-03-05"), dispute("2021-03-12"), report("2021-03-10")]
    assert fold(timeline(finding(记录=records)), TERMS).reports == [date(2021, 3, 10)]
    again = [*records, dispute("2021-03-13"), dispute("2021-03-14")]
    assert fold(timeline(finding(记录=again)), TERMS).reports == []


def test_a_return_takes_its_spell_out_and_the_next_late_application_counts_it_once() -> None:
    due, records = date(2021, 4, 30), [application("2021-05-10"), sent_back("2021-05-12")]
    again = [*records, application("2021-05-20")]
    assert fold(timeline(finding(记录=records[:1])), TERMS).spells == {due: 10}
    assert fold(timeline(finding(记录=records)), TERMS).spells == {}
    assert fold(timeline(finding(记录=again)), TERMS).spells == {due: 20}


def test_spells_of_different_deadlines_stand_side_by_side() -> None:
    records = [
        *(extension("2021-05-03", "2021-05-31"), application("2021-06-05")),
        *(sent_back("2021-06-08"), extension("2021-06-10", "2021-07-31")),
    ]
    journal = fold(timeline(finding(记录=records)), TERMS)
    assert journal.spells == {date(2021, 4, 30): 3, date(2021, 5, 31): 10}


def test_a_return_drops_every_signature() -> None:
    records = [application("2021-03-25"), review("2021-03-26"), sent_back("2021-03-27")]
    journal = fold(timeline(finding(记录=records)), TERMS)
    assert (journal.signed, journal.signed_on) == ((), None)
    assert journal.sent_back_on == date(2021, 3, 27)
