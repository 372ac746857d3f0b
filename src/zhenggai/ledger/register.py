"""The register (台账行): what a line of it needs of a finding, and its timeline.

`status`, `list` and completion see rows and nothing else, and rows are what is remembered between
runs. A row is made of a finding by `row`, and a register of a ledger by `register`, always.
Nothing here loads the models: with remembered rows a run does without them.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from zhenggai.ledger.warning_levels import Level, levels
from zhenggai.ledger.working_days import WEEKDAYS, Calendar, Reckoned
from zhenggai.model.dates import Period
from zhenggai.model.problem import Problem
from zhenggai.model.terms import (
    CORRECTABLE,
    Action,
    InspectionKind,
    Kind,
    NameKind,
    Post,
    Source,
    Step,
    Verdict,
    WhenDayOff,
)

if TYPE_CHECKING:
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding, Ledger
    from zhenggai.model.record_models import Record


INTERNAL = "（内部）"
"""Behind the title of a finding that is not public, in what only insiders read."""


class Event(NamedTuple):
    """A dated record of the journal: what happened.

    `on` is the day from which it counts: that of a record entered late is the day of its entry
    (登记日期), and `dated` then the day it is given. `place` is the record's place in the file,
    counted from 0. An extension or a reopening says until when (`new_due`), a review which step
    it is, a supervision whether it disputes the report before it, a recognition whether it accepts,
    an application whether it is made with measures open (`partial`), an urging by when it wants to
    be answered and when it was (`reply_by`, `replied_on`). An extension of one measure alone says
    which, counted from 1 (`measure`), a correction which record it takes back (`corrects`, counted
    from 0), a handover which post goes from whom to whom.
    """

    on: date
    action: Action
    place: int
    new_due: date | None = None
    dated: date | None = None
    step: Step | None = None
    disputes: bool = False
    accepts: bool = False
    partial: bool = False
    measure: int | None = None
    reply_by: date | None = None
    replied_on: date | None = None
    corrects: int | None = None
    post: Post | None = None
    giver: str | None = None
    taker: str | None = None


class Struck(NamedTuple):
    """A record that counts no longer from a day on: its place, and that of its correction."""

    place: int
    on: date
    by: int


class Timeline(NamedTuple):
    """Everything of a finding that its state on a day follows from.

    `due` and `review_every` are as the file has them; `done` has the day of each measure, None
    for an open one; `events` are in order of date, those of one day in order of writing; `struck`
    are those of them that a correction takes back. `dues` has the deadline of each measure, as the
    file has it, and `added` the day on which it came in later; both are empty where no measure has
    one. `leader` and `owner` are as the file has them, before any handover.
    """

    kind: Kind
    due: date | None
    review_every: Period | None
    done: tuple[date | None, ...]
    events: tuple[Event, ...]
    dues: tuple[date | None, ...] = ()
    added: tuple[date | None, ...] = ()
    struck: tuple[Struck, ...] = ()
    leader: str | None = None
    owner: str | None = None

    @property
    def last_on(self) -> date:
        """The day of the last event or correction: from then on nothing happens any more."""
        last = self.events[-1].on if self.events else date.min
        return max([last, *(one.on for one in self.struck)]) if self.struck else last

    def done_of(self, day: date) -> tuple[date | None, ...]:
        """Return `done` of the measures that there were by a day."""
        return there_by(day, self.done, self.added)


def there_by(
    day: date, done: tuple[date | None, ...], added: tuple[date | None, ...]
) -> tuple[date | None, ...]:
    """Return the entries of `done` for the measures that were added by a day, or there always."""
    if not added:
        return done
    both = zip(done, added, strict=True)
    return tuple([one for one, since in both if since is None or since <= day])


class Answering(Protocol):
    """What names who answers for something: a finding, its row, or a measure."""

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that lead."""

    @property
    def owner(self) -> str | None:
        """The person responsible."""


def departments_of(measure: Answering, finding: Answering) -> tuple[str, ...]:
    """Return the departments of a measure: its own, else its finding's."""
    return measure.departments or finding.departments


def owner_of(measure: Answering, finding: Answering) -> str | None:
    """Return the person responsible for a measure: its own, else its finding's."""
    return measure.owner or finding.owner


class RowMeasure(NamedTuple):
    """A measure that has a deadline, a department or an owner of its own.

    `number` is counted from 1; `departments` and `owner` are empty where the finding's count.
    """

    number: int
    text: str
    departments: tuple[str, ...]
    owner: str | None


class Row(NamedTuple):
    """A finding as a line of the register.

    `more` are further columns, by field name; what is as it is by default is not among them. Of the
    measures it has those alone that differ from their finding (`measures`).
    """

    id: str
    title: str
    aspect: str | None
    kind: Kind
    leader: str | None
    departments: tuple[str, ...]
    owner: str | None
    public: bool
    timeline: Timeline
    more: tuple[tuple[str, Any], ...] = ()
    measures: tuple[RowMeasure, ...] = ()

    @property
    def number(self) -> int:
        """The number as a person says it."""
        return int(self.id)

    @property
    def is_of_feedback(self) -> bool:
        """Whether it is one of those that 反馈问题数 counts and the notice is about."""
        return self.further("source", Source.FEEDBACK) is Source.FEEDBACK

    def further(self, name: str, default: Any = None) -> Any:
        """Return what one of the further columns says."""
        return dict(self.more).get(name, default)


class Renamed(NamedTuple):
    """A name that was corrected all over the ledger (更名)."""

    on: date
    kind: NameKind
    old: str
    new: str


class Terms(NamedTuple):
    """What an inspection sets for every finding.

    From which day, when to warn (`levels`, the gravest first), and by which steps a finding is
    closed. In ledgers of format 1 every supervision is progress as well (`visits_report`).
    `calendar` tells working days; it is not remembered with the rest, and without one the days of
    the week tell them.
    """

    feedback_on: date | None
    levels: tuple[Level, ...]
    supervision_period: Period
    steps: tuple[Step, ...] = ()
    visits_report: bool = False
    sustained_counts: bool = False
    decision_period: Period | None = None
    when_day_off: WhenDayOff = WhenDayOff.UNCHANGED
    calendar: Calendar | None = None
    renamings: tuple[Renamed, ...] = ()

    def name_now(self, name: str, on: date, kind: NameKind | None = None) -> str:
        """Return what a name that a record of a day says has become by the 更名 noted since.

        Of a name of any kind where none is said. A note is of what was written up to its day, and
        of the old name still used after it, unless that is another's new name since.
        """
        for place, one in enumerate(self.renamings):
            if one.old != name or kind not in (None, one.kind):
                continue
            if on <= one.on or all(later.new != name for later in self.renamings[place + 1 :]):
                name = one.new
        return name

    def moved(self, deadline: date) -> Reckoned:
        """Return the deadline that is in force for one that may fall on a day off (时限逢休)."""
        return (self.calendar or WEEKDAYS).moved(deadline, self.when_day_off)

    def after(self, period: Period, day: date) -> date:
        """Return the day one period later."""
        if period.working_days:
            return (self.calendar or WEEKDAYS).after(period, day)
        return period.after(day)

    @property
    def closes_by_application(self) -> bool:
        """Whether lateness is judged by the application; else by the closing."""
        return Step.APPLICATION in self.steps

    @property
    def takes_any_turn(self) -> bool:
        """Whether a step out of its turn counts, as it did in ledgers of format 1."""
        return self.visits_report


class Milestones(NamedTuple):
    """The days of the whole inspection, as written; None where inspection.yaml says nothing."""

    concentrated_until: date | None = None
    plan_due: date | None = None
    plan_sent_on: date | None = None
    report_due: date | None = None
    report_sent_on: date | None = None


class RegisterHead(NamedTuple):
    """What stands above the lines of a register."""

    unit: str | None
    group: str | None
    aspects: tuple[str, ...]
    time_zone: str
    terms: Terms
    categories: tuple[str, ...] = ()
    round: str | None = None
    kind: InspectionKind | None = None
    milestones: Milestones = Milestones()
    identifier: str | None = None


class Register(NamedTuple):
    """A ledger as its register; `folder`, `unreadable` and `problems` are those of `Ledger`."""

    name: str
    folder: str
    head: RegisterHead
    rows: tuple[Row, ...]
    unreadable: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def timeline(finding: "Finding") -> Timeline:
    """Return what a finding's state follows from."""
    events = [_event(place, record) for place, record in enumerate(finding.records)]
    events.sort(key=lambda event: event.on)
    return Timeline(
        finding.kind,
        finding.due,
        finding.review_every,
        tuple([measure.done_on for measure in finding.measures]),
        tuple(events),
        _of_any([measure.due for measure in finding.measures]),
        _of_any([measure.added_on for measure in finding.measures]),
        _struck(events, finding.due),
        finding.leader,
        finding.owner,
    )


def _of_any(days: list[date | None]) -> tuple[date | None, ...]:
    """Return the days, or nothing where none of them is known."""
    return tuple(days) if any(days) else ()


def _struck(events: Sequence[Event], due: date | None) -> tuple[Struck, ...]:
    """Return what the corrections take back; one that may not be made takes nothing back.

    A correction is written after the record that it is of, and a record corrected once. An
    extension stays where the finding has no deadline of its own to come back.
    """
    by_place: dict[int, Event] = {}
    struck: dict[int, Struck] = {}
    for event in events:
        if event.corrects is None:
            continue
        by_place = by_place or {one.place: one for one in events}
        target = by_place.get(event.corrects)
        if due is None and target is not None and _moves_finding(target):
            continue
        if _is_correctable(target, event) and event.corrects not in struck:
            struck[event.corrects] = Struck(event.corrects, event.on, event.place)
    return tuple(struck.values())


def _moves_finding(event: Event) -> bool:
    """Whether an event is an extension of the finding, and not of one measure."""
    return event.action is Action.EXTENSION and event.measure is None


def _is_correctable(target: Event | None, correction: Event) -> bool:
    """Whether a correction may take a record back: one of a kind that may be, written before it."""
    return (
        target is not None
        and target.action in CORRECTABLE
        and target.place < correction.place
        and target.on <= correction.on
    )


def counted_records(finding: "Finding", until: date = date.max) -> "list[tuple[int, Record]]":
    """Return the records that count at the end of a day, each with its place in the file.

    Those dated later do too, as long as no correction by the day takes them back.
    """
    records = list(enumerate(finding.records))
    if all(record.action is not Action.CORRECTION for _, record in records):
        return records
    struck = {one.place for one in timeline(finding).struck if one.on <= until}
    return [(place, record) for place, record in records if place not in struck]


def records_until(finding: "Finding", until: date) -> "list[Record]":
    """Return the records that count at the end of a day and are dated up to it, as in the file."""
    return [record for _, record in counted_records(finding, until) if record.on <= until]


def _event(place: int, record: "Record") -> Event:
    action = record.action
    return Event(
        record.entered_on or record.on,
        action,
        place,
        getattr(record, "new_due", None),
        record.on if record.entered_on else None,
        getattr(record, "step", None),
        getattr(record, "disputes", False),
        getattr(record, "verdict", None) is Verdict.ACCEPTED,
        bool(getattr(record, "partial", None)),
        getattr(record, "measure", None),
        # A supervision may name such a day too; whether it was answered is nowhere said.
        getattr(record, "reply_by", None) if action is Action.URGING else None,
        getattr(record, "replied_on", None),
        _place_of(getattr(record, "corrects", None)),
        getattr(record, "post", None),
        getattr(record, "giver", None),
        getattr(record, "taker", None),
    )


def _place_of(number: int | None) -> int | None:
    return None if number is None else number - 1


def row(finding: "Finding") -> Row:
    """Return a finding's line of the register."""
    columns = type(finding).DECLARED
    return Row(
        id=finding.id,
        title=finding.title,
        aspect=finding.aspect,
        kind=finding.kind,
        leader=finding.leader,
        departments=finding.departments,
        owner=finding.owner,
        public=finding.public,
        timeline=timeline(finding),
        more=tuple(
            (name, value)
            for name, one in columns.items()
            if one.column
            and name not in Row._fields
            and (value := getattr(finding, name)) != one.default
        ),
        measures=tuple(
            RowMeasure(number, one.text, one.departments, one.owner)
            for number, one in enumerate(finding.measures, start=1)
            if one.due or one.departments or one.owner
        ),
    )


def head(inspection: "Inspection") -> RegisterHead:
    """Return what stands above the lines."""
    return RegisterHead(
        unit=inspection.unit,
        group=inspection.inspected_by,
        aspects=inspection.aspects,
        time_zone=inspection.time_zone,
        terms=terms(inspection),
        categories=inspection.categories,
        round=inspection.round,
        kind=inspection.kind,
        milestones=Milestones(
            inspection.concentrated_until,
            inspection.plan_due,
            inspection.plan.sent_on if inspection.plan else None,
            inspection.report_due,
            inspection.report.sent_on if inspection.report else None,
        ),
        identifier=inspection.identifier,
    )


def terms(inspection: "Inspection") -> Terms:
    """Return what an inspection sets for every finding."""
    days_off = inspection.days_off
    return Terms(
        inspection.feedback_on,
        levels(inspection),
        inspection.supervision_period,
        inspection.closing_steps,
        inspection.format == 1,
        inspection.sustained_counts,
        inspection.decision_period,
        inspection.when_day_off,
        None if days_off is None else Calendar(days_off),
        tuple(Renamed(one.on, one.kind, one.old, one.new) for one in inspection.renamings),
    )


def register(ledger: "Ledger") -> Register:
    """Return a ledger's register."""
    return Register(
        ledger.name,
        ledger.folder,
        head(ledger.inspection),
        tuple(map(row, ledger.findings)),
        ledger.unreadable,
        ledger.problems,
    )


def unreadable_paths(folder: str, names: Sequence[str]) -> list[str]:
    """Return the paths, as the user can open them, of a ledger's files that would not read."""
    return [f"{folder}/{name}" if folder else name for name in names]
