"""How the open and the overdue findings of ledgers have moved, day by day, by the journal."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple

from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import Register, Terms, Timeline
from zhenggai.ledger.standing import Standing, standing_by
from zhenggai.model.terms import Kind

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
    still, late, planned = _Steps(days), _Steps(days), _Steps(days)
    for row, terms in ((row, one.head.terms) for one in registers for row in one.rows):
        due = row.timeline.due
        kept_until = None if due is None else terms.moved(due).day
        for first, end, state in _spans(row.timeline, terms, days):
            if state.withdrawn:
                continue
            if state.is_open:
                still.add(first, end)
            if state.days_left is not None and state.deadline is not None:
                late.add(max(first, bisect_right(days, state.deadline)), end)
            planned.add(
                first, end if kept_until is None else min(end, bisect_right(days, kept_until))
            )
    figures = zip(still.sums(), late.sums(), planned.sums(), strict=True)
    return [TrendPoint(day, *found) for day, found in zip(days, figures, strict=True)]


class _Steps:
    """How many findings there are on each day, counted by where they begin and end."""

    def __init__(self, days: Sequence[date]) -> None:
        self._changes = [0] * (len(days) + 1)

    def add(self, first: int, end: int) -> None:
        """Count a finding from a day's place up to, and not with, another's."""
        if first < end:
            self._changes[first] += 1
            self._changes[end] -= 1

    def sums(self) -> list[int]:
        """Return the numbers, one for each day."""
        return list(accumulate(self._changes[:-1]))


def _spans(
    timeline: Timeline, terms: Terms, days: Sequence[date]
) -> Iterator[tuple[int, int, Standing]]:
    """Yield runs of days (the place of the first, that behind the last) with their standing.

    It is worked out anew only where something has happened: only the days left and the timing
    would differ in between, and those are not asked for.
    """
    marks = {event.on for event in timeline.events}
    # Measures decide when a long-term finding is due for review, and nothing else that is asked.
    if timeline.kind is Kind.LONG_TERM:
        marks |= {day for day in (*timeline.done, *timeline.added) if day is not None}
    if terms.feedback_on is not None:
        marks.add(terms.feedback_on)
    places = {bisect_left(days, mark) for mark in marks}
    cuts = [0, *sorted(place for place in places if 0 < place < len(days)), len(days)]
    for first, end in pairwise(cuts):
        day = days[first]
        yield first, end, standing_by(fold(timeline, terms, day), timeline, day, terms)


def _first_day(register: Register) -> date | None:
    days = [
        day
        for row in register.rows
        for day in (*(event.on for event in row.timeline.events[:1]), *row.timeline.done)
        if day is not None
    ]
    return min(days, default=None)
