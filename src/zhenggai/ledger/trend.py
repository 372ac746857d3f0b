"""How the open and the overdue findings of ledgers have moved, day by day, by the journal."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import Register, Terms, Timeline
from zhenggai.ledger.standing import Standing, standing_by

MOST_POINTS = 60
"""A line of more points than this is no easier to read."""


class TrendPoint(NamedTuple):
    """The end of a day: how many findings were open and overdue.

    `planned` is how many would have been left open had every finding kept its first deadline
    (按原定时限应剩); like being overdue it counts from the day after. What has no deadline stays.
    """

    on: date
    open: int
    overdue: int
    planned: int


def trend_days(
    registers: Sequence[Register], today: date, at_most: int = MOST_POINTS
) -> list[date]:
    """Return the days of a trend, evenly spaced to within a day and ending today.

    It begins with the first feedback, of a ledger without one with the first thing that happened.
    """
    begun = [one.head.terms.feedback_on or _first_day(one) for one in registers]
    since = min((day for day in begun if day is not None), default=None)
    if since is None or since >= today:
        return [today]
    whole = (today - since).days
    steps = min(at_most - 1, whole)
    return [since + timedelta(whole * step // steps) for step in range(steps + 1)]


def trend(registers: Sequence[Register], days: Sequence[date]) -> list[TrendPoint]:
    """Return a point for each of the days, which are in order.

    What is withdrawn by a day does not count on it; the figures are those of `summary` on that day.
    """
    changes = [[0, 0, 0] for _ in days]
    for row, terms in ((row, one.head.terms) for one in registers for row in one.rows):
        due = row.timeline.due
        until = None if due is None else terms.moved(due).day
        for place, (state, day) in enumerate(_states(row.timeline, terms, days)):
            if state.withdrawn:
                continue
            figures = changes[place]
            figures[0] += state.is_open
            figures[1] += _is_overdue(state, day)
            figures[2] += until is None or until >= day
    return [TrendPoint(day, *figures) for day, figures in zip(days, changes, strict=True)]


def _states(
    timeline: Timeline, terms: Terms, days: Sequence[date]
) -> Iterator[tuple[Standing, date]]:
    """Yield the standing for each day; it is worked out anew only where something has happened.

    Only its days left and its timing would differ in between, and those are not asked for.
    """
    marks = {event.on for event in timeline.events}
    marks |= {day for day in (*timeline.done, *timeline.added) if day is not None}
    if terms.feedback_on is not None:
        marks.add(terms.feedback_on)
    happened = sorted(marks)
    seen, state, place = -1, None, 0
    for day in days:
        while place < len(happened) and happened[place] <= day:
            place += 1
        if state is None or place != seen:
            state = standing_by(fold(timeline, terms, day), timeline, day, terms)
            seen = place
        yield state, day


def _is_overdue(state: Standing, day: date) -> bool:
    """Whether a standing that was worked out on this day or before is overdue on it."""
    return state.days_left is not None and state.deadline is not None and state.deadline < day


def _first_day(register: Register) -> date | None:
    days = [
        day
        for row in register.rows
        for day in (*(event.on for event in row.timeline.events[:1]), *row.timeline.done)
        if day is not None
    ]
    return min(days, default=None)
