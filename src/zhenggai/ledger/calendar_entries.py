"""The deadlines of a ledger as entries of a calendar, one for each finding or measure that has one.

Everything in them follows from the ledger, and nothing from a clock: the same ledger gives the same
entries, and a calendar that has taken an earlier one can tell what is newer.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.register import Timeline, departments_of
from zhenggai.ledger.standing import LedgerOnDay, Standing, level_day

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Finding


class Reminder(NamedTuple):
    """A warning on a day (at nine): so many days before the deadline, negative after it."""

    days_before: int
    level: str


class CalendarEntry(NamedTuple):
    """A deadline in a calendar.

    `uid` stays the same for good, `sequence` grows with everything that happens, and `changed_on`
    is the day of the last of it. What is done with is `cancelled`, and kept so that calendars
    which have it cross it out. `title` says no more than the number, unless titles are asked for.
    """

    uid: str
    on: date
    title: str
    details: tuple[str, ...]
    cancelled: bool
    sequence: int
    changed_on: date
    reminders: tuple[Reminder, ...]


class Calendar(NamedTuple):
    """A ledger's deadlines, the name of the calendar, and how many findings were left out."""

    name: str
    time_zone: str
    entries: tuple[CalendarEntry, ...]
    left_out: int


class CalendarChoice(NamedTuple):
    """Which deadlines are wanted: of whom, of measures as well, with titles, what is not public."""

    department: str | None = None
    owner: str | None = None
    measures: bool = False
    titles: bool = False
    internal: bool = False


def calendar(day: LedgerOnDay, identifier: str, choice: CalendarChoice) -> Calendar:
    """Return the deadlines of a ledger; `identifier` (标识) tells it from others."""
    entries: list[CalendarEntry] = []
    left_out = 0
    for finding in day.ledger.findings:
        made = list(_of_finding(day, finding, identifier, choice))
        if made and not (finding.public or choice.internal):
            left_out += 1
            continue
        entries += made
    name = "整改时限" + "".join(f"（{one}）" for one in (choice.department, choice.owner) if one)
    return Calendar(name, day.ledger.inspection.time_zone, tuple(entries), left_out)


def _of_finding(
    day: LedgerOnDay, finding: "Finding", identifier: str, choice: CalendarChoice
) -> Iterator[CalendarEntry]:
    state = day.standing(finding)
    timeline = day.timeline(finding)
    owner = state.owner
    number = finding.id
    if state.deadline and _is_wanted(choice, finding.departments, owner):
        yield CalendarEntry(
            uid=f"{number}@{identifier}",
            on=state.deadline,
            title=f"{number} {finding.title}"
            if choice.titles
            else f"整改{number}{'检视' if state.is_review else '到期'}",
            details=_details(finding.departments, owner, state) if choice.titles else (),
            cancelled=not state.is_open,
            sequence=_sequence(timeline, day.today),
            changed_on=_changed_on(timeline, day, state.deadline),
            reminders=_reminders(state.deadline, day) if state.days_left is not None else (),
        )
    if choice.measures:
        yield from _of_measures(day, finding, identifier, choice)


def _of_measures(
    day: LedgerOnDay, finding: "Finding", identifier: str, choice: CalendarChoice
) -> Iterator[CalendarEntry]:
    state = day.standing(finding)
    timeline = day.timeline(finding)
    for measure, one in zip(finding.measures, day.measure_standings(finding), strict=True):
        departments = departments_of(measure, finding)
        owner = measure.owner or state.owner
        if one.deadline is None or not _is_wanted(choice, departments, owner):
            continue
        number = f"{finding.id}.{one.number}"
        done = one.done_on is not None
        yield CalendarEntry(
            uid=f"{number}@{identifier}",
            on=one.deadline,
            title=f"{number} {measure.text}" if choice.titles else f"措施{number}到期",
            details=_details(departments, owner, None) if choice.titles else (),
            cancelled=done or not state.is_open,
            sequence=_sequence(timeline, day.today),
            changed_on=_changed_on(timeline, day, one.deadline),
            reminders=_reminders(one.deadline, day) if one.days_left is not None else (),
        )


def _is_wanted(choice: CalendarChoice, departments: tuple[str, ...], owner: str | None) -> bool:
    if choice.department is not None and choice.department not in departments:
        return False
    return choice.owner is None or choice.owner == owner


def _details(
    departments: tuple[str, ...], owner: str | None, state: Standing | None
) -> tuple[str, ...]:
    said = {"责任科室": "、".join(departments), "责任人": owner or ""}
    if state is not None:
        said["整改状态"] = state.stage.value
    return tuple(f"{key}：{value}" for key, value in said.items() if value)


def _sequence(timeline: Timeline, today: date) -> int:
    """Count what has happened: records, and measures done."""
    events = sum(event.on <= today for event in timeline.events)
    return events + sum(done is not None and done <= today for done in timeline.done)


def _changed_on(timeline: Timeline, day: LedgerOnDay, otherwise: date) -> date:
    """Return the day of the last thing that happened; before the first, that of the feedback."""
    days = [event.on for event in timeline.events if event.on <= day.today]
    days += [done for done in timeline.done if done is not None and done <= day.today]
    return max(days, default=day.terms.feedback_on or otherwise)


def _reminders(deadline: date, day: LedgerOnDay) -> tuple[Reminder, ...]:
    """Return a reminder for the first day of each level of warning, the earliest first."""
    found = {
        (deadline - level_day(level, deadline, day.terms)).days: level.name
        for level in day.terms.levels
    }
    return tuple(Reminder(days, found[days]) for days in sorted(found, reverse=True))
