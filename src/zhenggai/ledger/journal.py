"""Fold a finding's records, event by event, into its state on a day.

Standing, the rules, the life cycle, the history guard and the papers all take what `fold` or
`moments` give; no other code walks the records to find out where a finding stands.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from zhenggai.ledger.register import Event, Timeline
from zhenggai.model.terms import Action, Kind, Step

# To ask Action for each of them, event after event, would take a third of the folding.
_SUPERVISION: Final = Action.SUPERVISION
_EXTENSION: Final = Action.EXTENSION
_APPLICATION: Final = Action.APPLICATION
_REVIEW: Final = Action.REVIEW
_CLOSING: Final = Action.CLOSING
_REOPENING: Final = Action.REOPENING


class Journal:
    """What the events taken so far come to.

    `deadline` is the one in force: that of the last extension, else the finding's own; a
    long-term finding has none of its own. `signed` are the steps of the closing procedure taken
    since the finding was last sent back (退回, 重开), `late_days` how late it was closed. `last`
    is the latest event, `last_step` the latest but for supervisions, `extension` and `closing`
    the latest of theirs, whatever came after.
    """

    __slots__ = (
        "closed_on",
        "closing",
        "deadline",
        "extension",
        "extensions",
        "last",
        "last_step",
        "late_days",
        "reopened_on",
        "reopenings",
        "reviewed_on",
        "sent_back_on",
        "signed",
        "started",
    )

    def __init__(self, timeline: Timeline) -> None:
        """Start with no event applied."""
        self.deadline: date | None = None if timeline.kind is Kind.LONG_TERM else timeline.due
        self.closed_on: date | None = None
        self.late_days = 0
        self.signed: tuple[Step, ...] = ()
        self.sent_back_on: date | None = None
        self.reviewed_on: date | None = None
        self.reopened_on: date | None = None
        self.reopenings = 0
        self.extensions = 0
        self.started = False
        self.last: Event | None = None
        self.last_step: Event | None = None
        self.extension: Event | None = None
        self.closing: Event | None = None

    def take(self, event: Event) -> None:
        """Apply one event to the state."""
        self.last = event
        action = event.action
        if action is _SUPERVISION:
            self.started = True
            self.reviewed_on = event.on
            return
        if self.last_step is None or event.on > self.last_step.on:
            self.last_step = event
        if action is _EXTENSION:
            self.extensions += 1
            self.deadline, self.extension = event.new_due, event
            return
        self.started = True
        if action is _CLOSING:
            self.closed_on, self.closing = event.on, event
            self.late_days = max((event.on - self.deadline).days, 0) if self.deadline else 0
            self.signed = (*self.signed, Step.APPROVAL)
        elif action is _APPLICATION:
            self.signed = (*self.signed, Step.APPLICATION)
        elif action is _REVIEW:
            self.signed = (*self.signed, Step.REVIEW)
        else:
            self._send_back(event)

    def _send_back(self, event: Event) -> None:
        self.closed_on, self.late_days, self.signed = None, 0, ()
        self.sent_back_on = event.on
        if event.action is _REOPENING:
            self.reopened_on = event.on
            self.reopenings += 1


def fold(timeline: Timeline, until: date = date.max) -> Journal:
    """Return what a finding's journal comes to at the end of a day; what is later has not happened.

    Without a day it is the whole journal.
    """
    journal = Journal(timeline)
    take = journal.take
    for event in timeline.events:
        if event.on > until:
            break
        take(event)
    return journal


class Moment(NamedTuple):
    """An event, and how things stood just before it."""

    event: Event
    closed_on: date | None
    deadline: date | None
    signed: tuple[Step, ...]


def moments(timeline: Timeline) -> Iterator[Moment]:
    """Yield every event of a finding in order of date."""
    journal = Journal(timeline)
    for event in timeline.events:
        yield Moment(event, journal.closed_on, journal.deadline, journal.signed)
        journal.take(event)
