"""Days off (放假) and worked weekends (补班): what lists of them say."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class DaysOff(NamedTuple):
    """What is known of days off beyond the week: weekdays off, weekends worked.

    `years` are those whose arrangements are known; in others only the day of the week tells.
    """

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]


NONE_KNOWN = DaysOff(frozenset(), frozenset(), frozenset())


def days_off(off: Iterable[Iterable[date]], worked: Iterable[Iterable[date]]) -> DaysOff:
    """Return what lists of days and spans say.

    A year's arrangements are known where its New Year's Day is named, as every notice does; a
    single local holiday says nothing of the rest of its year.
    """
    free = frozenset(day for some in off for day in some)
    busy = frozenset(day for some in worked for day in some)
    years = frozenset(day.year for day in free if (day.month, day.day) == (1, 1))
    return DaysOff(free - busy, busy - free, years)


def overridden(known: DaysOff, own: DaysOff) -> DaysOff:
    """Return what is known with some days told otherwise."""
    return DaysOff(
        (known.off - own.worked) | own.off,
        (known.worked - own.off) | own.worked,
        known.years | own.years,
    )
