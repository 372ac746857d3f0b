"""Fold a finding's records, event by event, into its state on a day.

Standing, the rules, the life cycle, the history guard and the papers all take what `fold` or
`moments` give; no other code walks the records to find out where a finding stands.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from zhenggai.ledger.register import Event, Terms, Timeline, there_by
from zhenggai.model.terms import Action, Kind, NameKind, Post, Step, WhenDayOff

# To ask Action for each of them, event after event, would take a third of the folding.
_PROGRESS: Final = Action.PROGRESS
_SUPERVISION: Final = Action.SUPERVISION
_REOPENING: Final = Action.REOPENING
_URGING: Final = Action.URGING
_HANDOVER: Final = Action.HANDOVER
_NO_STEPS: Final = (Action.CORRECTION, Action.SPLITTING, Action.RECHECK)
_UNCHANGED: Final = WhenDayOff.UNCHANGED
_ONE_DAY: Final = timedelta(days=1)


_NONE: Final[dict[int, int]] = {}


class Journal:
    """What the events taken so far come to.

    Deadline: `deadline` is the one in force: that of the last extension or reopening, else the
    finding's own, moved from a day off where the ledger says so (`stated` is as it was written). Of
    a long-term finding it counts until every measure is done (`works_to_deadline`), and where the
    file gives none it has none of its own. What moves the deadline of one measure alone
    (`measure_extensions`, by its number) changes nothing else. `late_days` is how late the finding
    was applied for (without an application step: closed); `spells` are the ended spells of being
    overdue, in days, by the deadline that was missed; a return takes that of its own out again.

    Steps: `signed` are the steps of the closing procedure taken since the finding was last sent
    back (退回, 重开), `signed_on` the day from which the wait for the next one counts. A step, a
    return or a reopening that was not in its turn changes nothing, but for the closing of an open
    finding; in ledgers of format 1, which did not ask for turns, all of them count.

    Movement: `reports` are the days of reports (进展) that no supervision disputed, `moved_on` the
    last application or reopening, `visited_on` the last supervision; `started` tells of any step
    that moves a finding out of 未启动 for good.

    `last` is the latest event, `last_step` the latest that a step may not be dated before,
    `extension` and `closing` the latest of theirs, whatever came after. `accepted` is the latest
    word of the authority above, until the finding is reopened; `withdrawn_on` the day from which
    the finding counts no longer.

    `urgings` are all that there were (督办). These and rechecks (复查) are no progress, no visit
    and no step: they change nothing else.
    Persons: `owner` and `leader` are those in force, after the `handovers` that count. A handover
    from somebody who does not hold the post changes nothing.

    A record that was corrected by the day the journal is folded to is passed over, as if it had
    not been written; what was written about it before its correction stays about it.
    """

    __slots__ = (
        "_added",
        "_disputed",
        "_done",
        "_dues",
        "_filed",
        "_long_term",
        "_reviewed",
        "_struck",
        "_terms",
        "accepted",
        "closed_on",
        "closing",
        "deadline",
        "extension",
        "extensions",
        "handovers",
        "last",
        "last_step",
        "late_days",
        "leader",
        "measure_extensions",
        "moved_on",
        "out_of_turn",
        "owner",
        "reopened_on",
        "reopenings",
        "reports",
        "sent_back_on",
        "signed",
        "signed_on",
        "spells",
        "started",
        "stated",
        "urgings",
        "visited_on",
        "withdrawn_on",
    )

    def __init__(self, timeline: Timeline, terms: Terms, until: date = date.max) -> None:
        """Start with no event applied; corrections after `until` have not happened."""
        self._terms = terms
        self._struck = (
            {one.place: one.by for one in timeline.struck if one.on <= until}
            if timeline.struck
            else _NONE
        )
        self._done, self._dues, self._added = timeline.done, timeline.dues, timeline.added
        # The reports by their places in the file, in order of date; those of them that a
        # supervision disputed.
        self._filed: tuple[int, ...] = ()
        self._disputed: frozenset[int] = frozenset()
        self._long_term = timeline.kind is Kind.LONG_TERM
        # Nothing but reviewed in cycles: what has a deadline works to it first.
        self._reviewed = self._long_term and timeline.due is None
        self.stated: date | None = None
        self.deadline: date | None = None
        if not self._reviewed:
            self._set_deadline(timeline.due)
        self.closed_on: date | None = None
        self.late_days = 0
        self.spells: dict[date, int] = {}
        self.signed: tuple[Step, ...] = ()
        self.signed_on: date | None = None
        self.sent_back_on: date | None = None
        self.reports: list[date] = []
        self.moved_on: date | None = None
        self.visited_on: date | None = None
        self.reopened_on: date | None = None
        self.reopenings = 0
        self.extensions = 0
        self.measure_extensions: dict[int, tuple[Event, ...]] = {}
        # The places in the file of steps that did nothing. No correction changes that: steps that
        # have a turn cannot be corrected.
        self.out_of_turn: tuple[int, ...] = ()
        self.started = False
        self.accepted: bool | None = None
        self.withdrawn_on: date | None = None
        self.urgings: tuple[Event, ...] = ()
        self.last: Event | None = None
        self.last_step: Event | None = None
        self.extension: Event | None = None
        self.closing: Event | None = None
        self.owner, self.leader = timeline.owner, timeline.leader
        self.handovers: tuple[Event, ...] = ()

    @property
    def frozen(self) -> bool:
        """Whether the deadline was met or missed for good: applied for and not sent back."""
        return self._terms.closes_by_application and Step.APPLICATION in self.signed

    @property
    def disputable(self) -> bool:
        """Whether a supervision may still dispute the latest report."""
        last = next((one for one in reversed(self._filed) if one not in self._struck), None)
        return last is not None and last not in self._disputed

    def take(self, event: Event) -> None:
        """Apply one event to the state."""
        action = event.action
        if event.place in self._struck:
            if action is _PROGRESS:
                self._file_struck(event)
            return
        self.last = event
        if action is _SUPERVISION:
            self._visit(event)
        elif action is _PROGRESS:
            self.reports.append(event.on)
            self._filed += (event.place,)
        elif event.measure is not None:
            self._extend_measure(event.measure, event)
        elif action is _HANDOVER:
            self._hand_over(event)
        elif action is _URGING:
            self.urgings += (event,)
        elif action not in _NO_STEPS:
            self._step(event)

    def _step(self, event: Event) -> None:
        """Apply a step of the procedure, or what moves a deadline or sends the finding back."""
        if self.last_step is None or event.on > self.last_step.on:
            self.last_step = event
        if self.counts(event):
            _TAKEN[event.action](self, event)
        elif event.action in _TURNED:
            self.out_of_turn += (event.place,)

    def counts(self, event: Event) -> bool:
        """Whether a step does anything: a closing always does, if the finding is open.

        The word of the authority above speaks of closed findings only.
        """
        if event.action is Action.RECOGNITION:
            return self.closed_on is not None
        if self._terms.takes_any_turn or self.is_in_turn(event):
            return True
        return event.action is Action.CLOSING and self.closed_on is None

    def is_in_turn(self, event: Event) -> bool:
        """Whether an event may happen now, as far as steps, returns and reopenings go.

        A step has to be the next one of the procedure (without one: any not yet signed), the first
        of them with every measure done, or applied for in part. Only what was applied for is
        returned (without an application step: what is done), only what is closed reopened.
        """
        action = event.action
        if action is Action.REOPENING:
            return self.closed_on is not None
        if action is Action.HANDOVER:
            return self._holds(event)
        if action is Action.RETURN:
            return self.closed_on is None and (bool(self.signed) or self._awaits_review(event.on))
        step = step_of(event)
        if step is None:
            return True
        due = step is self.next_step if self._terms.steps else step not in self.signed
        if self.closed_on is not None or not due:
            return False
        begins = step is not Step.APPROVAL and not self.signed
        return not begins or event.partial or not self.has_open_measures(event)

    @property
    def next_step(self) -> Step:
        """The first step of the procedure not yet signed; without a procedure, approval."""
        left = (step for step in self._terms.steps if step not in self.signed)
        return next(left, Step.APPROVAL)

    def has_open_measures(self, event: Event) -> bool:
        """Whether a measure was not done by the day that an event is given.

        What was added on that day or later is no part of what the event was about.
        """
        day = min(event.on, event.dated or event.on)
        return any(done is None or done > day for done in self._there_before(day))

    def _there_before(self, day: date) -> tuple[date | None, ...]:
        """Return `done` of the measures that there were before a day."""
        return there_by(day - _ONE_DAY, self._done, self._added)

    def measure_stated(self, number: int) -> date | None:
        """Return a measure's own deadline as it was last written, None where it has none."""
        if number in self.measure_extensions:
            return self.measure_extensions[number][-1].new_due
        return self._dues[number - 1] if 1 <= number <= len(self._dues) else None

    def measure_deadline(self, number: int) -> date | None:
        """Return a measure's own deadline in force, None where it has none."""
        day = self.measure_stated(number)
        return None if day is None else self._in_force(day)

    def _awaits_review(self, day: date) -> bool:
        """Whether all is done, and the procedure begins with a review or the approval."""
        steps = self._terms.steps
        if not steps or steps[0] is Step.APPLICATION:
            return False
        return self.finished_by(day) is not None

    def finished_by(self, day: date) -> date | None:
        """Return the day on which the last measure was done; None where not all are by a day.

        Nor are they where nothing was done since the finding was last sent back to work.
        """
        return self._last_done(self._there_before(day), day)

    def _last_done(self, measures: Sequence[date | None], day: date) -> date | None:
        last = None
        for done in measures:
            if done is None or done > day:
                return None
            if last is None or done > last:
                last = done
        since = self.sent_back_on
        return last if last is not None and (since is None or last > since) else None

    def works_to_deadline(self, day: date) -> bool:
        """Whether on a day the deadline counts: of a long-term finding until all measures are done.

        After that its next review does, and where it has no deadline always.
        """
        if not self._long_term:
            return True
        there = there_by(day, self._done, self._added)
        return not self._reviewed and self._last_done(there, day) is None

    def once_overdue_days(self, day: date) -> int:
        """Count the days of all ended spells of being overdue, by a day.

        The spell of a long-term finding ends where its last measure is done, too.
        """
        return sum(self.spells.values()) + self._finished_late(day)

    def _finished_late(self, day: date) -> int:
        """Count how late the measures of a long-term finding were done, if no spell says so yet."""
        if not self._long_term or self._reviewed or self.deadline is None:
            return 0
        finished_on = self.finished_by(day)
        if finished_on is None or self.frozen or self.deadline in self.spells:
            return 0
        return max((finished_on - self.deadline).days, 0)

    def _visit(self, event: Event) -> None:
        """Note a supervision; one that disputes cancels the report before it, once.

        That is the latest of those written before it: a report written later was not disputed.
        """
        self.visited_on = event.on
        if self._terms.visits_report:
            self.reports.append(event.on)
        elif event.disputes:
            left = [place for place in self._filed if place not in self._disputed]
            place = next((one for one in reversed(self._filed) if self._is_seen(one, event)), None)
            if place in left:
                del self.reports[left.index(place)]
                self._disputed |= {place}

    def _file_struck(self, event: Event) -> None:
        """Keep a report that was corrected, so that its dispute is of no other one."""
        self._filed += (event.place,)
        self._disputed |= {event.place}

    def _is_seen(self, report: int, visit: Event) -> bool:
        """Whether a report stood in the file when a visit was written, and was not corrected."""
        return report < visit.place and self._struck.get(report, visit.place) >= visit.place

    def holder(self, post: Post) -> str | None:
        """Return who holds a post."""
        return self.owner if post is Post.OWNER else self.leader

    def _holds(self, event: Event) -> bool:
        """Whether a handover is from who holds the post."""
        if event.post is None or event.giver is None:
            return False
        giver = self._terms.name_now(event.giver, event.on, NameKind(event.post.value))
        return giver == self.holder(event.post)

    def _hand_over(self, event: Event) -> None:
        if event.post is None or event.taker is None or not self._holds(event):
            return
        taker = self._terms.name_now(event.taker, event.on, NameKind(event.post.value))
        if event.post is Post.OWNER:
            self.owner = taker
        else:
            self.leader = taker
        self.handovers += (event,)

    def _extend(self, event: Event) -> None:
        self.extensions += 1
        self._end_spell(event.on)
        self._set_deadline(event.new_due)
        self.extension = event

    def _extend_measure(self, number: int, event: Event) -> None:
        """Note a deadline of one measure alone; there has to be one to be moved."""
        if self.measure_stated(number) is not None:
            earlier = self.measure_extensions.get(number, ())
            self.measure_extensions[number] = (*earlier, event)

    def _apply(self, event: Event) -> None:
        self.started = True
        if self._terms.closes_by_application:
            self.late_days = self._end_spell(event.on)
        self._sign(Step.APPLICATION, event)
        self.moved_on = event.on

    def _review(self, event: Event) -> None:
        self.started = True
        self._sign(event.step or Step.REVIEW, event)

    def _close(self, event: Event) -> None:
        self.started = True
        if not self.frozen:
            self.late_days = self._days_late(event.on)
        self.closed_on, self.closing = event.dated or event.on, event
        self._sign(Step.APPROVAL, event)

    def _send_back(self, event: Event) -> None:
        self.started = True
        late = self.late_days or self._finished_late(event.on)
        if event.action is _REOPENING and late and self.deadline is not None:
            # A late closing told of its own days as long as it stood.
            self.spells = self.spells | {self.deadline: late}
        if event.action is Action.RETURN and self.closed_on is None:
            self.spells = {due: days for due, days in self.spells.items() if due != self.deadline}
        self.closed_on, self.late_days = None, 0
        self.signed, self.signed_on = (), None
        self.sent_back_on = event.on
        if event.action is _REOPENING:
            self.reopened_on = self.moved_on = event.on
            self.reopenings += 1
            self.accepted = None
            if event.new_due is not None:
                self._set_deadline(event.new_due)

    def _recognise(self, event: Event) -> None:
        self.accepted = event.accepts

    def _withdraw(self, event: Event) -> None:
        self.withdrawn_on = event.on

    def _sign(self, step: Step, event: Event) -> None:
        self.signed = (*self.signed, step)
        self.signed_on = event.on

    def _set_deadline(self, day: date | None) -> None:
        self.stated = day
        self.deadline = None if day is None else self._in_force(day)

    def _in_force(self, day: date) -> date:
        """Return the deadline in force for one that may fall on a day off."""
        if self._terms.when_day_off is _UNCHANGED:
            return day
        return self._terms.moved(day).day

    def _days_late(self, day: date) -> int:
        """Count the days past the deadline: none where that does not count, but the next review."""
        if self.deadline is None or self._reviewed:
            return 0
        if self._long_term and not self.works_to_deadline(day):
            return 0
        return max((day - self.deadline).days, 0)

    def _end_spell(self, day: date) -> int:
        """Note how long the deadline was missed, if it was; return the days up to this one.

        A spell of a long-term finding that ended with its last measure is noted as it was then.
        """
        late = self._days_late(day)
        spell = late or self._finished_late(day)
        if spell and self.deadline is not None:
            self.spells = self.spells | {self.deadline: spell}
        return late


def step_of(event: Event) -> Step | None:
    """Return the step of the procedure that an event signs, if it is one."""
    match event.action:
        case Action.APPLICATION:
            return Step.APPLICATION
        case Action.REVIEW:
            return event.step or Step.REVIEW
        case Action.CLOSING:
            return Step.APPROVAL
    return None


# What each step does.
_TAKEN: Final[dict[Action, Callable[[Journal, Event], None]]] = {
    Action.EXTENSION: Journal._extend,  # noqa: SLF001 - the class's own steps, by action
    Action.APPLICATION: Journal._apply,  # noqa: SLF001
    Action.REVIEW: Journal._review,  # noqa: SLF001
    Action.CLOSING: Journal._close,  # noqa: SLF001
    Action.RETURN: Journal._send_back,  # noqa: SLF001
    Action.REOPENING: Journal._send_back,  # noqa: SLF001
    Action.RECOGNITION: Journal._recognise,  # noqa: SLF001
    Action.WITHDRAWAL: Journal._withdraw,  # noqa: SLF001
}


def fold(timeline: Timeline, terms: Terms, until: date = date.max) -> Journal:
    """Return what a finding's journal comes to at the end of a day; what is later has not happened.

    Without a day it is the whole journal.
    """
    journal = Journal(timeline, terms, until)
    take = journal.take
    for event in timeline.events:
        if event.on > until:
            break
        take(event)
    return journal


_TURNED: Final = frozenset(_TAKEN) - {Action.EXTENSION, Action.WITHDRAWAL}
"""Steps that have a turn: an extension and a withdrawal may come at any time."""


class Moment(NamedTuple):
    """An event, and how things stood just before it.

    `due` is the step that was the next one, `in_turn` whether the event was in its turn, `open`
    whether a measure was not done by its day, `works_to_deadline` whether the deadline counted then
    (of a long-term finding it may be the next review). Of an extension of one measure
    `measure_deadline` is the one that it moves; `holder` held the post that is handed over.
    """

    event: Event
    closed_on: date | None
    deadline: date | None
    signed: tuple[Step, ...]
    withdrawn_on: date | None
    due: Step
    in_turn: bool
    open: bool
    works_to_deadline: bool
    measure_deadline: date | None
    holder: str | None


def moments(timeline: Timeline, terms: Terms) -> Iterator[Moment]:
    """Yield every event of a finding in order of date, but for those that were corrected."""
    journal = Journal(timeline, terms)
    struck = {one.place for one in timeline.struck}
    for event in timeline.events:
        if event.place in struck:
            journal.take(event)
            continue
        yield Moment(
            event,
            journal.closed_on,
            journal.deadline,
            journal.signed,
            journal.withdrawn_on,
            journal.next_step,
            journal.is_in_turn(event),
            journal.has_open_measures(event),
            journal.works_to_deadline(event.on),
            None if event.measure is None else journal.measure_deadline(event.measure),
            journal.holder(event.post) if event.post else None,
        )
        journal.take(event)
