"""Where a finding stands on a day: derived from its timeline, never stored."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.journal import Journal, Moment, fold, moments
from zhenggai.ledger.register import Register, Row, Terms, Timeline, register, terms
from zhenggai.model.terms import Kind, Stage, Step, Timing

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Finding, Ledger


class Standing(NamedTuple):
    """Stage and timing of one finding on one day.

    `deadline` is the one in force (for a long-term finding its next review), `days_left` counts
    to it and is negative once it has passed; both are None where there is nothing to wait for.
    `threshold` is the early warning reached, in days. `late_days` is how late a closed finding
    was struck off. `last_on` is the day of the latest record or done measure, `idle_days` how
    long ago that is.
    """

    stage: Stage
    timing: Timing
    deadline: date | None
    days_left: int | None
    threshold: int | None
    closed_on: date | None
    late_days: int
    last_on: date | None
    idle_days: int | None
    extensions: int


class Line(NamedTuple):
    """A row of the register with its standing on a day, and the name of the ledger it is from."""

    ledger: str
    row: Row
    standing: Standing


def lines(register: Register, today: date) -> list[Line]:
    """Return every row of a register with its standing on the day."""
    name, terms = register.name, register.head.terms
    return [Line(name, row, standing(row.timeline, today, terms)) for row in register.rows]


class LedgerOnDay:
    """A ledger on a day: each finding's timeline, journal and standing, worked out once."""

    def __init__(self, ledger: "Ledger", today: date) -> None:
        self.ledger, self.today = ledger, today
        self.terms = terms(ledger.inspection)
        self._journals: dict[str, Journal] = {}
        self._whole: dict[str, Journal] = {}
        self._moments: dict[str, list[Moment]] = {}
        self._standings: dict[str, Standing] = {}

    @cached_property
    def register(self) -> Register:
        """The ledger's register."""
        return register(self.ledger)

    @cached_property
    def lines(self) -> list[Line]:
        """Every row with its standing, in the order of the findings."""
        found = zip(self.register.rows, self.ledger.findings, strict=True)
        return [Line(self.ledger.name, row, self.standing(finding)) for row, finding in found]

    @cached_property
    def _timelines(self) -> dict[str, Timeline]:
        return {row.id: row.timeline for row in self.register.rows}

    def timeline(self, finding: "Finding") -> Timeline:
        """Return the timeline of one of the ledger's findings."""
        return self._timelines[finding.id]

    def journal(self, finding: "Finding") -> Journal:
        """Return what a finding's journal comes to at the end of the day."""
        if finding.id not in self._journals:
            self._journals[finding.id] = fold(self.timeline(finding), self.today)
        return self._journals[finding.id]

    def whole_journal(self, finding: "Finding") -> Journal:
        """Return what the whole journal comes to, records dated after the day included."""
        if finding.id not in self._whole:
            self._whole[finding.id] = fold(self.timeline(finding))
        return self._whole[finding.id]

    def moments(self, finding: "Finding") -> list[Moment]:
        """Return every event of the whole journal with what came before it."""
        if finding.id not in self._moments:
            self._moments[finding.id] = list(moments(self.timeline(finding)))
        return self._moments[finding.id]

    def standing(self, finding: "Finding") -> Standing:
        """Return where a finding stands at the end of the day."""
        if finding.id not in self._standings:
            journal, timeline = self.journal(finding), self.timeline(finding)
            found = standing_by(journal, timeline, self.today, self.terms)
            self._standings[finding.id] = found
        return self._standings[finding.id]


def standing(timeline: Timeline, today: date, terms: Terms) -> Standing:
    """Return a finding's state at the end of the day `today`.

    What is dated after `today` has not happened yet, so an earlier day shows the state of then.
    A deadline is inclusive: overdue begins the day after. A closed finding is judged by its day
    of closing and is never overdue later.
    """
    return standing_by(fold(timeline, today), timeline, today, terms)


def standing_by(journal: Journal, timeline: Timeline, today: date, terms: Terms) -> Standing:
    """Return the state that follows from a timeline of which the journal is folded already."""
    done = [day for day in timeline.done if day is not None and day <= today]
    last_on = max(done) if done else None
    if journal.last is not None and (last_on is None or journal.last.on > last_on):
        last_on = journal.last.on
    stage = _stage(timeline, journal, done)
    deadline, cycle = _deadline(timeline, journal, done, terms.feedback_on)
    waiting = deadline is not None and stage is not Stage.CLOSED
    days_left = (deadline - today).days if deadline and waiting else None
    threshold = _threshold(days_left, terms.warn_days, cycle)
    stale = (
        stage in (Stage.IN_PROGRESS, Stage.AWAITING_CLOSING)
        and last_on is not None
        and today > terms.supervision_period.after(last_on)
    )
    return Standing(
        stage,
        _timing(days_left, threshold, stale=stale),
        deadline,
        days_left,
        threshold,
        journal.closed_on,
        journal.late_days,
        last_on,
        (today - last_on).days if last_on else None,
        journal.extensions,
    )


def open_measures(timeline: Timeline, on: date) -> list[int]:
    """Return the numbers (from 1) of the measures not done by a day."""
    return [number for number, day in enumerate(timeline.done, start=1) if day is None or day > on]


def _deadline(
    timeline: Timeline, journal: Journal, done: Sequence[date], feedback_on: date | None
) -> tuple[date | None, int | None]:
    """Return the deadline in force; for a long-term finding its next review and cycle in days."""
    if timeline.kind is not Kind.LONG_TERM:
        return journal.deadline, None
    since = max((day for day in (feedback_on, journal.reviewed_on, *done) if day), default=None)
    if since is None or timeline.review_every is None:
        return None, None
    review = timeline.review_every.after(since)
    return review, (review - since).days


def _stage(timeline: Timeline, journal: Journal, done: Sequence[date]) -> Stage:
    if journal.closed_on is not None:
        return Stage.CLOSED
    if Step.APPLICATION in journal.signed:
        return Stage.AWAITING_CLOSING
    if done and len(done) == len(timeline.done) and not _idle_since_return(journal, done):
        return Stage.SUSTAINED if timeline.kind is Kind.LONG_TERM else Stage.AWAITING_CLOSING
    return Stage.IN_PROGRESS if done or journal.started else Stage.NOT_STARTED


def _idle_since_return(journal: Journal, done: Sequence[date]) -> bool:
    """Whether nothing was done since the finding was sent back to work."""
    return journal.sent_back_on is not None and max(done) <= journal.sent_back_on


def _threshold(days_left: int | None, warn_days: tuple[int, ...], cycle: int | None) -> int | None:
    """Return the smallest early warning reached.

    For a review that comes round, warnings longer than half its cycle would never go out.
    """
    if days_left is None or days_left < 0:
        return None
    reached = [days for days in warn_days if days_left <= days]
    if cycle is not None:
        reached = [days for days in reached if 2 * days <= cycle]
    return min(reached) if reached else None


def _timing(days_left: int | None, threshold: int | None, *, stale: bool) -> Timing:
    if days_left is not None and days_left < 0:
        return Timing.OVERDUE
    if threshold is not None:
        return Timing.DUE_SOON
    return Timing.STALE if stale else Timing.NORMAL
