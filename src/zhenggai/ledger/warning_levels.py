"""The one table of warnings (预警等级): how near or past its deadline a finding is of which level.

A ledger writes it, or only the days of its early warnings (预警天数); what it does not say is told
here. `Standing.level` is the level a finding has on a day; tables, papers and messages take its
name, its colour and who is told from there. What is in time has no level and no colour.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.model.dates import Lead
from zhenggai.model.terms import Colour

if TYPE_CHECKING:
    from zhenggai.model.inspection_model import Inspection


class Level(NamedTuple):
    """A level of warning: from when it holds, and to whom it is sent.

    `to` names offices and positions; 责任科室, 配合科室, 责任人, 责任领导 and 领办 are those of the
    finding.
    """

    name: str
    colour: Colour
    lead: Lead
    to: tuple[str, ...]

    @property
    def is_early(self) -> bool:
        """Whether it warns before the deadline has passed."""
        return self.lead.days >= 0


OVERDUE = Level("逾期", Colour.RED, Lead(-1), ("责任科室",))
"""The level of what is overdue where a ledger's own table names none."""

# From the nearest warning on; there are blue ones for as many as there are.
_COLOURS = ((Colour.YELLOW,), (Colour.ORANGE, Colour.YELLOW))
_MANY = (Colour.ORANGE, Colour.YELLOW, Colour.BLUE)


def levels(inspection: "Inspection") -> tuple[Level, ...]:
    """Return the levels of a ledger, the gravest first: its own, or those of its 预警天数."""
    table = inspection.warning_levels
    if table is None:
        return of_days(inspection.warn_days)
    own = [Level(one.name, one.colour, one.lead, one.to) for one in table]
    # From its first day on what is overdue has a level, whatever the table says.
    if all(one.lead != OVERDUE.lead for one in own):
        own.append(OVERDUE)
    return tuple(sorted(own, key=_gravity))


def of_days(warn_days: Iterable[int]) -> tuple[Level, ...]:
    """Return the levels of early warnings so many days before, and of what is overdue."""
    days = sorted(set(warn_days))
    colours = _COLOURS[len(days) - 1] if 0 < len(days) <= len(_COLOURS) else _MANY
    early = [
        Level(
            f"{number}天预警" if number else "当天预警",
            colours[min(place, len(colours) - 1)],
            Lead(number),
            OVERDUE.to,
        )
        for place, number in enumerate(days)
    ]
    return OVERDUE, *early


def _gravity(level: Level) -> float:
    return level.lead.rank


def content(level: Level | None) -> dict[str, Any]:
    """Return what JSON says of a finding's level: its name, its colour, and who is told."""
    return {
        "warning": level.name if level else None,
        "warning_colour": level.colour if level else None,
        "warning_to": level.to if level else (),
    }


_LONGEST_HOLIDAYS = 9


def is_loosened(old: tuple[Level, ...], new: tuple[Level, ...]) -> bool:
    """Whether some day has fewer warnings than before, a later or weaker one, or fewer told of it.

    A warning in working days is as many days early at the least, and twice as many and the
    longest holidays at the most; one that stays as it was is held against itself.
    """
    was, now = _places(old, new, longest=True), _places(new, old, longest=False)
    for side in (True, False):
        before = sorted((at for at, one in was if one.is_early is side), reverse=True)
        after = sorted((at for at, one in now if one.is_early is side), reverse=True)
        if len(after) < len(before):
            return True
        if any(n < b for b, n in zip(before, after, strict=False)):
            return True
    return any(
        _is_weaker(_in_force(was, at), _in_force(now, at)) for at in {at for at, _ in (*was, *now)}
    )


def _places(
    table: tuple[Level, ...], other: tuple[Level, ...], *, longest: bool
) -> list[tuple[float, Level]]:
    """Return from how many days before the deadline each level holds; negative is after it."""
    known = {one.lead for one in other}
    is_mixed = len({one.lead.working for one in (*table, *other) if one.is_early}) > 1
    places = []
    for one in table:
        at: float = one.lead.rank
        if is_mixed and one.lead.working and one.lead not in known:
            at = 2 * one.lead.days + _LONGEST_HOLIDAYS if longest else one.lead.days
        places.append((at, one))
    return places


def _in_force(places: list[tuple[float, Level]], at: float) -> Level | None:
    """Return the level that holds so many days before the deadline."""
    reached = [(place, one) for place, one in places if at <= place]
    return min(reached, key=lambda pair: pair[0])[1] if reached else None


def _is_weaker(old: Level | None, new: Level | None) -> bool:
    if old is None:
        return False
    if new is None:
        return True
    colours = list(Colour)
    weaker = colours.index(new.colour) > colours.index(old.colour)
    return weaker or not set(old.to) <= set(new.to)
