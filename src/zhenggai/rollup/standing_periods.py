"""From which day to which a finding stands how: the fold in spans of days, for SQL to look up.

Only three numbers of a standing change from one day to the next by themselves. In their place a
span has the days that they are counted to or from, so that `standing.sql` finds a standing on any
day by one comparison of days. The spans are made by the same fold as every standing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from zhenggai.ledger.journal import Journal, fold
from zhenggai.ledger.register import Terms, Timeline
from zhenggai.ledger.standing import Standing, standing_by
from zhenggai.ledger.working_days import WEEKDAYS
from zhenggai.model.dates import FIRST_YEAR
from zhenggai.rollup.table_rows import Cells, standing_cells
from zhenggai.rollup.table_schema import STANDING

BEGINNING = date(FIRST_YEAR, 1, 1)
"""The first day of the first span: no ledger speaks of an earlier one."""

_ONE_DAY = timedelta(days=1)
_NAMES = STANDING.names
_LEFT, _IDLE, _WAITING = map(_NAMES.index, ("days_left", "idle_days", "waiting_days"))


def period_rows(finding_id: str, ledger_id: str, timeline: Timeline, terms: Terms) -> list[Cells]:
    """Return the spans of a finding in order; each begins where the one before it ends."""
    spans: list[tuple[date, Cells]] = []
    last = None
    for day, standing in _looked_at(timeline, terms):
        cells = _lasting(standing_cells(day, finding_id, ledger_id, standing))
        if cells != last:
            spans.append((day, cells))
            last = cells
    ends: list[date | None] = [day for day, _ in spans[1:]]
    return [(day, until, *cells) for (day, cells), until in zip(spans, [*ends, None], strict=True)]


def standing_rows(spans: Sequence[Cells], days: Iterable[date]) -> list[Cells]:
    """Return the rows of a finding's standing on some days, from its spans."""
    starts = [span[0] for span in spans]
    rows = []
    for day in days:
        cells = [day, *spans[bisect_right(starts, day) - 1][2:]]
        left, idle, waiting = cells[_LEFT], cells[_IDLE], cells[_WAITING]
        cells[_LEFT] = None if left is None else (left - day).days
        cells[_IDLE] = None if idle is None else (day - idle).days
        cells[_WAITING] = None if waiting is None else (day - waiting).days
        rows.append(tuple(cells))
    return rows


def _lasting(cells: Cells) -> Cells:
    """Return a row of a standing without its day, and with days for the numbers of days."""
    day, *lasting = cells
    left, idle, waiting = cells[_LEFT], cells[_IDLE], cells[_WAITING]
    if left is not None:
        lasting[_LEFT - 1] = day + timedelta(left)
    if idle is not None:
        lasting[_IDLE - 1] = day - timedelta(idle)
    if waiting is not None:
        lasting[_WAITING - 1] = day - timedelta(waiting)
    return tuple(lasting)


def _looked_at(timeline: Timeline, terms: Terms) -> Iterator[tuple[date, Standing]]:
    """Yield the standing on every day on which it may become another, in order."""
    turns = sorted(_turns(timeline, terms))
    warned: dict[date, list[date]] = {}
    for start, end in zip(turns, [*turns[1:], date.max], strict=True):
        journal = fold(timeline, terms, start)
        standing = standing_by(journal, timeline, start, terms)
        yield start, standing
        later = {*_passing(journal, timeline, standing, terms)}
        deadline = standing.deadline
        if deadline is not None and standing.days_left is not None:
            if deadline not in warned:
                warned[deadline] = [deadline + _ONE_DAY, *_warned_from(deadline, terms)]
            later.update(warned[deadline])
        for day in sorted(day for day in later if start < day < end):
            yield day, standing_by(journal, timeline, day, terms)


def _turns(timeline: Timeline, terms: Terms) -> set[date]:
    """Return the days on which something happens: between them the fold stays as it is."""
    days = {BEGINNING, *(one.on for one in timeline.events), *(one.on for one in timeline.struck)}
    days.update(day for day in timeline.done if day is not None)
    for added in timeline.added:
        if added is not None:
            days |= {added, added + _ONE_DAY}
    for event in timeline.events:
        if event.replied_on is not None:
            days.add(event.replied_on)
        if event.reply_by is not None:
            days.add(event.reply_by + _ONE_DAY)
    if terms.feedback_on is not None:
        days.add(terms.feedback_on)
    return days


def _passing(
    journal: Journal, timeline: Timeline, standing: Standing, terms: Terms
) -> Iterator[date]:
    """Yield the days from which something has lasted too long, while nothing happens."""
    for since in {standing.last_on, terms.feedback_on} - {None}:
        if since is not None:
            yield terms.after(terms.supervision_period, since) + _ONE_DAY
    if journal.visited_on is not None:
        yield terms.after(terms.supervision_period, journal.visited_on)
    if terms.decision_period is not None and journal.moved_on is not None:
        yield terms.after(terms.decision_period, journal.moved_on) + _ONE_DAY
    for number in range(1, len(timeline.dues) + 1):
        deadline = journal.measure_deadline(number)
        if deadline is not None:
            yield deadline + _ONE_DAY


def _warned_from(deadline: date, terms: Terms) -> Iterator[date]:
    """Yield the first day of each level of warning."""
    calendar = terms.calendar or WEEKDAYS
    for level in terms.levels:
        days, working = level.lead
        if not working or days < 0:
            yield deadline - timedelta(days=days)
            continue
        # Back over so many working days, that of the deadline among them, to the one before.
        day, left = deadline, days
        while left or not calendar.is_working(day):
            left -= calendar.is_working(day)
            day -= _ONE_DAY
        yield day
