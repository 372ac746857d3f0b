"""Which changes of a value relax a requirement, for fields where only those are errors.

Given to a declaration as `guards=`: these changes are errors, all others of the field notices.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhenggai.model.terms import FiguresOver, Kind, Source

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.model.dates import Period
    from zhenggai.model.terms import Step

# Of two wordings of one text the shorter has at least this much in the longer one.
_ALIKE = 0.5


def is_replaced(old: str, new: str) -> bool:
    """Whether a text is another one now, and not the same in other words."""
    return in_common(old, new) < _ALIKE * min(len(old), len(new))


def in_common(one: str, other: str) -> int:
    """Return how many characters two texts have in common, in the same order.

    A bit for each character of one text, all of them moved on at once for each of the other
    (Hyyrö 2004): titles of thousands of characters take no longer than a millisecond or two.
    """
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    every = unmatched = (1 << len(one)) - 1
    for character in other:
        met = unmatched & places.get(character, 0)
        unmatched = ((unmatched + met) | (unmatched - met)) & every
    return len(one) - unmatched.bit_count()


def is_switched_off(old: bool, new: bool) -> bool:
    """Whether something was wanted and is not any more."""
    return old and not new


def is_switched_on(old: bool, new: bool) -> bool:
    """Whether an exception is claimed that was not before."""
    return new and not old


def is_lower(old: int, new: int) -> bool:
    """Whether a number became smaller."""
    return new < old


def is_later(old: "date", new: "date") -> bool:
    """Whether a day was put off."""
    return new > old


def counts_less(old: Mapping[str, int], new: Mapping[str, int]) -> bool:
    """Whether a table has a lower number than before, or one fewer."""
    return any(new.get(name, 0) < number for name, number in old.items())


def says_otherwise(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> bool:
    """Whether an entry of a table is gone or says something else; new ones are beside it."""
    return not old.items() <= new.items()


def lets_more_sign(
    old: Mapping["Step", tuple[str, ...]], new: Mapping["Step", tuple[str, ...]]
) -> bool:
    """Whether somebody may sign a step who might not before; where nobody is named, all may."""
    return any(not new.get(step) or set(new[step]) - set(names) for step, names in old.items())


def recuses_less(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether an office is replaced by another one than before, or by itself."""
    return says_otherwise(old, new) or any(name == instead for name, instead in new.items())


def hides_some(_old: FiguresOver, new: FiguresOver) -> bool:
    """Whether totals leave out what is not published."""
    return new is FiguresOver.PUBLIC


_LONGEST_HOLIDAYS = 9


def is_rarer(old: "Period", new: "Period") -> bool:
    """Whether a period may last longer than before, in some month at least.

    Working days are a day each at the least; at the most twice as many, and the longest holidays.
    """
    if old.working_days and new.working_days:
        return new.working_days > old.working_days
    longest = 31 * new.months + new.days
    if new.working_days:
        longest = 2 * new.working_days + _LONGEST_HOLIDAYS
    return longest > 28 * old.months + old.days + old.working_days


def warns_later(old: Sequence[int], new: Sequence[int]) -> bool:
    """Whether there are fewer early warnings than before, or one of them comes later."""
    before, now = (sorted(days, reverse=True) for days in (old, new))
    return len(now) < len(before) or any(n < b for b, n in zip(before, now, strict=False))


def leaves_feedback(old: Source, _new: Source) -> bool:
    """Whether a finding of the feedback is said to come from somewhere else."""
    return old is Source.FEEDBACK


def sets_deadline_otherwise(old: Kind, new: Kind) -> bool:
    """Whether a kind of finding has its deadline from somewhere else than before."""
    return (old is Kind.LONG_TERM) != (new is Kind.LONG_TERM)
