"""What the journal comes to, event by event and up to a day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from examples import application, changed, extension, finding, measure, sent_back, supervision
from random_findings import CROWDED, DAYS, findings
from zhenggai.ledger.journal import Journal, fold, moments
from zhenggai.ledger.register import Event, timeline
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Action, Step

ANY_DAY = DAYS | CROWDED


def _state(journal: Journal) -> dict[str, Any]:
    """Give all that a journal comes to."""
    return {name: getattr(journal, name) for name in Journal.__slots__}


def _wherever_written(journal: Journal) -> dict[str, Any]:
    """Give all that a journal comes to, whatever the places of the records in the file."""
    return {
        name: value._replace(place=0) if isinstance(value, Event) else value
        for name, value in _state(journal).items()
    }


@given(findings(crowded=True))
def test_each_moment_is_what_the_events_before_it_come_to(subject: Finding) -> None:
    found = list(moments(timeline(subject)))
    events = timeline(subject).events
    assert [moment.event for moment in found] == [*events]
    for number, moment in enumerate(found):
        before = fold(timeline(subject)._replace(events=events[:number]))
        came_to = (before.closed_on, before.deadline, before.signed)
        assert (moment.closed_on, moment.deadline, moment.signed) == came_to


@given(findings(crowded=True))
def test_taking_one_event_after_another_comes_to_the_whole_journal(subject: Finding) -> None:
    whole = timeline(subject)
    journal = Journal(whole)
    for event in whole.events:
        journal.take(event)
    assert _state(journal) == _state(fold(whole))


@given(findings(crowded=True) | findings(), ANY_DAY)
def test_a_journal_cut_at_a_day_is_that_of_the_records_up_to_it(
    subject: Finding, day: date
) -> None:
    so_far = tuple(record for record in subject.records if record.on <= day)
    cut, then = fold(timeline(subject), day), fold(timeline(changed(subject, records=so_far)))
    assert _wherever_written(cut) == _wherever_written(then)


@given(findings(crowded=True))
def test_up_to_its_last_day_a_journal_is_whole(subject: Finding) -> None:
    last = max((record.on for record in subject.records), default=date.min)
    for day in (last, last + timedelta(1), date.max):
        assert _state(fold(timeline(subject), day)) == _state(fold(timeline(subject)))


@given(findings(crowded=True), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter_across_days(subject: Finding, random: Any) -> None:
    left = list(subject.records)
    mixed = []
    while left:
        day = random.choice(left).on
        mixed.append(left.pop(next(i for i, record in enumerate(left) if record.on == day)))
    other = changed(subject, records=tuple(mixed))
    whole, mixed_whole = fold(timeline(subject)), fold(timeline(other))
    assert _wherever_written(mixed_whole) == _wherever_written(whole)


def test_the_order_of_writing_matters_within_a_day() -> None:
    applied, back = application("2021-03-25"), sent_back("2021-03-25")
    longer, shorter = (extension("2021-03-25", day) for day in ("2021-06-30", "2021-05-31"))
    first = fold(timeline(finding(记录=[applied, back, longer, shorter])))
    other = fold(timeline(finding(记录=[back, applied, shorter, longer])))
    assert (first.signed, first.deadline) == ((), date(2021, 5, 31))
    assert (other.signed, other.deadline) == ((Step.APPLICATION,), date(2021, 6, 30))


@given(findings(crowded=True))
def test_an_event_says_where_its_record_stands(subject: Finding) -> None:
    events = timeline(subject).events
    assert sorted(event.place for event in events) == [*range(len(subject.records))]
    for event in events:
        record = subject.records[event.place]
        assert (event.on, event.action) == (record.on, record.action)
    assert [(event.on, event.place) for event in events] == sorted(
        (event.on, event.place) for event in events
    )


def test_a_supervision_is_the_last_event_and_no_last_step() -> None:
    records = [application("2021-03-25"), supervision("2021-03-26")]
    journal = fold(timeline(finding(措施=[measure()], 记录=records)))
    assert journal.last == Event(date(2021, 3, 26), Action.SUPERVISION, 1)
    assert journal.last_step == Event(date(2021, 3, 25), Action.APPLICATION, 0)
    assert journal.reviewed_on == date(2021, 3, 26)
