"""Working days: weekdays but for days off (放假), and the weekends that are worked (补班).

In a year whose arrangements are not known only the day of the week tells, and what was found by
it says so (`about`; 约 on screen).
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from zhenggai.model.dates import Period
from zhenggai.model.days_off import NONE_KNOWN, DaysOff
from zhenggai.model.terms import WhenDayOff

_A_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Reckoned(NamedTuple):
    """A day that was found by counting, and whether by weekdays only somewhere on the way."""

    day: date
    about: bool = False


class Counted(NamedTuple):
    """A number of working days, and whether it was counted by weekdays only somewhere."""

    number: int
    about: bool = False


class Calendar:
    """Tells working days by what is known of days off."""

    def __init__(self, days_off: DaysOff) -> None:
        self.days_off = days_off
        self._moved: dict[tuple[date, WhenDayOff], Reckoned] = {}
        self._later: dict[tuple[date, int], Reckoned] = {}

    def __eq__(self, other: object) -> bool:
        """Whether another calendar knows of the same days off."""
        return isinstance(other, Calendar) and self.days_off == other.days_off

    def __hash__(self) -> int:
        """Return a hash consistent with equality."""
        return hash(self.days_off)

    def __repr__(self) -> str:
        """Show how much is known."""
        off, worked, years = self.days_off
        return f"<Calendar of {len(off)} days off, {len(worked)} worked, years {sorted(years)}>"

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day.weekday() < _SATURDAY:
            return day not in self.days_off.off
        return day in self.days_off.worked

    def is_known(self, first: date, last: date | None = None) -> bool:
        """Whether the arrangements are known of the years of a day, or from one day to another."""
        years = range(first.year, (last or first).year + 1)
        return self.days_off.years.issuperset(years)

    def on_or_before(self, day: date) -> Reckoned:
        """Return a day where it is a working day, else the last one before it."""
        return self.moved(day, WhenDayOff.EARLIER)

    def on_or_after(self, day: date) -> Reckoned:
        """Return a day where it is a working day, else the first one after it."""
        return self.moved(day, WhenDayOff.LATER)

    def moved(self, day: date, when_off: WhenDayOff) -> Reckoned:
        """Return the deadline that follows from one that may fall on a day off (时限逢休)."""
        if when_off is WhenDayOff.UNCHANGED:
            return Reckoned(day)
        found = self._moved.get((day, when_off))
        if found is None:
            step = _A_DAY if when_off is WhenDayOff.LATER else -_A_DAY
            there = day
            while not self.is_working(there):
                there += step
            about = not self.is_known(min(day, there), max(day, there))
            found = self._moved[day, when_off] = Reckoned(there, about)
        return found

    def add(self, day: date, number: int) -> Reckoned:
        """Return the working day that is so many working days after a day, which counts not."""
        found = self._later.get((day, number))
        if found is None:
            there, left = day, number
            while left:
                there += _A_DAY
                left -= self.is_working(there)
            found = self._later[day, number] = Reckoned(there, not self.is_known(day, there))
        return found

    def between(self, first: date, last: date) -> Counted:
        """Count the working days after one day up to another; none where that is no later."""
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return Counted(sum(map(self.is_working, days)), not self.is_known(first, max(first, last)))

    def after(self, period: Period, day: date) -> date:
        """Return the day one period later, in working days where the period is of these."""
        if period.working_days:
            return self.add(day, period.working_days).day
        return period.after(day)


WEEKDAYS: Final = Calendar(NONE_KNOWN)
"""Knows of no arrangements: Monday to Friday are worked."""
