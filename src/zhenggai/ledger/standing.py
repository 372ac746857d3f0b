"""Where a finding stands on a day: derived from its timeline, never stored."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.ledger.journal import Journal, Moment, fold, moments
from zhenggai.ledger.measure_standing import MeasureStanding, late_measures, measure_standings
from zhenggai.ledger.register import (
    Event,
    Register,
    Row,
    Terms,
    Timeline,
    records_until,
    register,
    terms,
)
from zhenggai.ledger.warning_levels import Level, content
from zhenggai.ledger.working_days import WEEKDAYS, Reckoned
from zhenggai.model.terms import AWAITING, Action, Kind, Stage, Step, Timing, WhenDayOff

if TYPE_CHECKING:
    from zhenggai.ledger.rounds import Rounds
    from zhenggai.model.ledger_model import Finding, Ledger
    from zhenggai.model.record_models import Progress


class Standing(NamedTuple):
    """Stage and timing of one finding on one day; days are counted to or from that day.

    Time: `deadline` is the one in force; `is_review` says that it is the next review of a long-term
    finding, which has no deadline or has every measure done. `days_left` counts to it and is
    negative once it has passed; both are None where there is nothing to wait for. `stated` is the
    deadline as it was written, before it was moved from a day off; where it is due soon, on a day
    off, and not moved, `last_working_day` is the last before it. Both follow from the days of the
    week only (`approximate`) where a year's days off are not known.
    `level` is the level of warning reached, `threshold` its days where it is an early one.
    `late_days` is how late the finding was applied for (without an application step: closed),
    `once_overdue_days` the ended spells of being overdue, `extensions` how many are on record.

    Movement: `last_on` is the day of the latest report that no supervision disputed, done measure,
    application or reopening; `idle_days` counts from it, else from the feedback, and is None for a
    closed finding and before the feedback. `visited_on` is the last supervision, `unsupervised`
    whether there was none within a supervision period up to the day (None where none is due).

    Steps: `holder` is who has the next step (科室, or a step of the procedure), `waiting_days` for
    how long, `undecided` whether that is longer than the ledger allows (审核期限). `recognised` is
    the latest word of the authority above, `withdrawn` whether the finding counts no longer.
    `measures_done` of `measures` that there are by the day are done, and `late_measures` open past
    deadlines of their own; `rectified` says whether 整改完成率 counts the finding.

    `unanswered` counts the urgings (督办) that nobody has answered by the day, `reply_overdue`
    those of them that wanted an answer earlier. `leader` and `owner` are those in force, after
    every handover (交接).
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
    once_overdue_days: int
    holder: str | None
    waiting_days: int | None
    undecided: bool
    visited_on: date | None
    unsupervised: bool | None
    recognised: bool | None
    withdrawn: bool
    measures_done: int
    rectified: bool
    stated: date | None
    last_working_day: date | None
    approximate: bool
    measures: int
    late_measures: tuple[MeasureStanding, ...]
    is_review: bool
    level: Level | None
    unanswered: int
    reply_overdue: int
    leader: str | None
    owner: str | None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do: neither closed nor withdrawn."""
        return self.stage is not Stage.CLOSED and not self.withdrawn

    def as_dict(self) -> dict[str, Any]:
        """Return every field by its name; of the level its name, its colour and who is told."""
        said = self._asdict()
        return said | content(said.pop("level"))


class Line(NamedTuple):
    """A row of the register with its standing on a day, and the name of the ledger it is from.

    Where a filter found it by some of its measures alone, these are their numbers (`by_measures`).
    """

    ledger: str
    row: Row
    standing: Standing
    by_measures: tuple[int, ...] = ()


def lines(register: Register, today: date) -> list[Line]:
    """Return every row of a register with its standing on the day."""
    name, terms = register.name, register.head.terms
    return [Line(name, row, standing(row.timeline, today, terms)) for row in register.rows]


class LedgerOnDay:
    """A ledger on a day: each finding's timeline, journal and standing, worked out once."""

    def __init__(self, ledger: "Ledger", today: date, rounds: "Rounds | None" = None) -> None:
        """Take a ledger and a day; `rounds` are the ledgers at hand, where there may be others."""
        self.ledger, self.today, self.rounds = ledger, today, rounds
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
            self._journals[finding.id] = fold(self.timeline(finding), self.terms, self.today)
        return self._journals[finding.id]

    def whole_journal(self, finding: "Finding") -> Journal:
        """Return what the whole journal comes to, records dated after the day included."""
        if finding.id not in self._whole:
            self._whole[finding.id] = fold(self.timeline(finding), self.terms)
        return self._whole[finding.id]

    def moments(self, finding: "Finding") -> list[Moment]:
        """Return every event of the whole journal with what came before it."""
        if finding.id not in self._moments:
            self._moments[finding.id] = list(moments(self.timeline(finding), self.terms))
        return self._moments[finding.id]

    def measure_standings(self, finding: "Finding") -> list[MeasureStanding]:
        """Return where the measures of a finding stand at the end of the day."""
        is_open = self.standing(finding).is_open
        journal, timeline = self.journal(finding), self.timeline(finding)
        return measure_standings(journal, timeline, self.today, is_open=is_open)

    def level_on(self, days_left: int) -> Level | None:
        """Return the gravest level of warning reached so many days before a deadline."""
        return level_on(days_left, None, self.today, self.terms)

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
    A deadline is inclusive: overdue begins the day after. It runs until the application, in
    ledgers without an application step until the closing; a finding applied for or closed is
    never overdue later.
    """
    return standing_by(fold(timeline, terms, today), timeline, today, terms)


def standing_by(journal: Journal, timeline: Timeline, today: date, terms: Terms) -> Standing:
    """Return the state that follows from a timeline of which the journal is folded already."""
    measures = timeline.done_of(today)
    done = [day for day in measures if day is not None and day <= today]
    done_on = max(done) if done else None
    last_on = _latest(done_on, journal.moved_on, journal.reports[-1] if journal.reports else None)
    all_done = len(done) == len(measures)
    stage = _stage(timeline, journal, done, terms, all_done=all_done)
    is_review = timeline.kind is _LONG_TERM and not journal.works_to_deadline(today)
    stated, deadline, cycle = journal.stated, journal.deadline, None
    if is_review:
        stated, deadline, cycle = _review(timeline, journal, done_on, terms)
    is_open = stage is not Stage.CLOSED and journal.withdrawn_on is None
    runs = deadline is not None and is_open and not journal.frozen
    days_left = (deadline - today).days if deadline and runs else None
    level = None if days_left is None else level_on(days_left, cycle, today, terms)
    is_soon = level is not None and level.is_early
    eve = _eve_of_day_off(deadline, terms) if is_soon else None
    reckoned = terms.when_day_off is not _UNCHANGED or is_review
    begun = terms.feedback_on is None or terms.feedback_on <= today
    idle_since = last_on or (terms.feedback_on if begun else None)
    stale = (
        is_open
        and stage in _MAY_BE_STALE
        and idle_since is not None
        and today > terms.after(terms.supervision_period, idle_since)
    )
    holder, waiting_since = _holder(stage, journal, done_on)
    waiting = waiting_since is not None and is_open
    unanswered = _unanswered(journal, today)
    approximate = eve.about if eve else reckoned and _is_approximate(stated, cycle, timeline, terms)
    # By place: by name it would take longer than all of the above.
    return Standing(
        stage,
        _timing(level, stale=stale),
        deadline,
        days_left,
        level.lead.days if level is not None and is_soon else None,  # threshold
        journal.closed_on,
        journal.late_days,
        last_on,
        (today - idle_since).days if is_open and idle_since else None,  # idle_days
        journal.extensions,
        journal.once_overdue_days(today),
        holder if is_open else None,
        (today - waiting_since).days if waiting_since and waiting else None,  # waiting_days
        is_open and _is_undecided(journal, today, terms),
        journal.visited_on,
        _is_unvisited(journal, today, terms) if is_open and begun else None,
        journal.accepted,
        journal.withdrawn_on is not None,
        len(done),
        stage in _RECTIFIED or (stage is Stage.SUSTAINED and terms.sustained_counts),
        stated,
        eve.day if eve else None,  # last_working_day
        approximate,
        len(measures),
        late_measures(journal, timeline, today, is_open=is_open),
        is_review,
        level,
        len(unanswered),
        sum(one.reply_by is not None and one.reply_by < today for one in unanswered),
        journal.leader,
        journal.owner,
    )


# To ask the classes for them, finding after finding, would be a good part of the work.
_UNCHANGED = WhenDayOff.UNCHANGED
_LONG_TERM = Kind.LONG_TERM
_MAY_BE_STALE = (Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_APPLICATION)
_RECTIFIED = (*AWAITING, Stage.CLOSED)
_DEPARTMENT = "科室"


def _latest(*days: date | None) -> date | None:
    last = None
    for day in days:
        if day is not None and (last is None or day > last):
            last = day
    return last


def _unanswered(journal: Journal, today: date) -> Sequence[Event]:
    """Return the urgings not answered by a day; those of a finding withdrawn want no answer."""
    if not journal.urgings or journal.withdrawn_on is not None:
        return ()
    return [one for one in journal.urgings if one.replied_on is None or one.replied_on > today]


def _is_unvisited(journal: Journal, today: date, terms: Terms) -> bool:
    """Whether no supervision fell in the period up to today: the last seven days for 每周."""
    if journal.visited_on is None:
        return True
    return terms.after(terms.supervision_period, journal.visited_on) <= today


def _is_undecided(journal: Journal, today: date, terms: Terms) -> bool:
    """Whether an application waits for longer than the ledger allows; it may allow any time."""
    if terms.decision_period is None or journal.moved_on is None or not journal.frozen:
        return False
    return today > terms.after(terms.decision_period, journal.moved_on)


def _holder(stage: Stage, journal: Journal, done_on: date | None) -> tuple[str | None, date | None]:
    """Return who has the next step, and since when."""
    if stage is Stage.AWAITING_APPLICATION:
        return _DEPARTMENT, done_on
    if stage in (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL):
        return journal.next_step.value, journal.signed_on or done_on
    return None, None


def open_measures(timeline: Timeline, on: date) -> list[int]:
    """Return the numbers (from 1) of the measures not done by a day."""
    return [number for number, day in enumerate(timeline.done, start=1) if day is None or day > on]


def last_cause(finding: "Finding", on: date) -> str:
    """Return why a finding is not done yet (未完成原因) by its latest report; '' if not said."""
    report = last_report(finding, on)
    return (report.cause or "") if report else ""


def last_report(finding: "Finding", on: date) -> "Progress | None":
    """Return the department's latest report (进展) up to a day, None where there is none."""
    told: Progress | None = None
    for record in records_until(finding, on):
        if record.action is Action.PROGRESS:
            told = record
    return told


def asking(day: LedgerOnDay) -> "Iterator[tuple[Finding, Progress]]":
    """Yield the open findings whose latest report asks others to settle something, with it."""
    for finding in day.ledger.findings:
        report = last_report(finding, day.today)
        if report and report.to_coordinate and day.standing(finding).is_open:
            yield finding, report


def _review(
    timeline: Timeline, journal: Journal, done_on: date | None, terms: Terms
) -> tuple[date | None, date | None, int | None]:
    """Return a long-term finding's next review by its cycle, as moved, and the cycle in days."""
    since = _latest(terms.feedback_on, journal.visited_on, done_on)
    if since is None or timeline.review_every is None:
        return None, None, None
    stated = terms.after(timeline.review_every, since)
    review = terms.moved(stated).day
    return stated, review, (review - since).days


def _eve_of_day_off(deadline: date | None, terms: Terms) -> Reckoned | None:
    """Return the last working day before a deadline that falls on a day off and is not moved."""
    calendar = terms.calendar
    if deadline is None or calendar is None or terms.when_day_off is not _UNCHANGED:
        return None
    return None if calendar.is_working(deadline) else calendar.on_or_before(deadline)


def _is_approximate(
    stated: date | None, cycle: int | None, timeline: Timeline, terms: Terms
) -> bool:
    """Whether the deadline in force was found by the days of the week only."""
    if stated is None:
        return False
    if cycle is not None and timeline.review_every is not None:
        by_working_days = bool(timeline.review_every.working_days)
        if by_working_days and not (terms.calendar or WEEKDAYS).is_known(stated):
            return True
    return terms.moved(stated).about


def _stage(
    timeline: Timeline, journal: Journal, done: Sequence[date], terms: Terms, *, all_done: bool
) -> Stage:
    if journal.closed_on is not None:
        return Stage.CLOSED
    if journal.signed:
        approval = journal.next_step is Step.APPROVAL
        return Stage.AWAITING_APPROVAL if approval else Stage.AWAITING_REVIEW
    if done and all_done and journal.finished_by(max(done)) is not None:
        return _all_done(timeline, terms)
    started = done or journal.reports or journal.started
    return Stage.IN_PROGRESS if started else Stage.NOT_STARTED


def _all_done(timeline: Timeline, terms: Terms) -> Stage:
    """Return the stage of a finding with every measure done and no step taken."""
    if timeline.kind is Kind.LONG_TERM:
        return Stage.SUSTAINED
    first = terms.steps[0] if terms.steps else Step.APPLICATION
    if first is Step.APPLICATION:
        return Stage.AWAITING_APPLICATION
    return Stage.AWAITING_APPROVAL if first is Step.APPROVAL else Stage.AWAITING_REVIEW


def level_on(days_left: int, cycle: int | None, today: date, terms: Terms) -> Level | None:
    """Return the gravest level of warning reached so many days before a deadline.

    For a review that comes round, warnings longer than half its cycle would never go out.
    """
    for level in terms.levels:
        days, working = level.lead
        if days_left > days and not working:
            continue
        if days >= 0:
            if cycle is not None and 2 * level.lead.rank > cycle:
                continue
            if working and not _is_within(days_left, days, today, terms):
                continue
        return level
    return None


def level_day(level: Level, deadline: date, terms: Terms) -> date:
    """Return the first day on which a deadline that does not come round has reached a level."""
    days, working = level.lead
    if not working:
        return deadline - timedelta(days)
    day = deadline
    while _is_within((deadline - day).days + 1, days, day - timedelta(1), terms):
        day -= timedelta(1)
    return day


def _is_within(days_left: int, working_days: int, today: date, terms: Terms) -> bool:
    """Whether no more than so many working days are left, the day of the deadline among them."""
    calendar = terms.calendar or WEEKDAYS
    return today + timedelta(days_left) < calendar.add(today, working_days + 1).day


def _timing(level: Level | None, *, stale: bool) -> Timing:
    if level is not None:
        return Timing.DUE_SOON if level.is_early else Timing.OVERDUE
    return Timing.STALE if stale else Timing.NORMAL
