"""Type check of rows loaded from the cache, field by field.

The remembered rows are a file like any other: a checksum says that nobody damaged it, not who
wrote it. What is not well formed is read anew.
"""

from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from zhenggai.ledger.register import (
    Event,
    Milestones,
    RegisterHead,
    Renamed,
    Row,
    RowMeasure,
    Struck,
    Terms,
    Timeline,
)
from zhenggai.ledger.warning_levels import Level
from zhenggai.model.dates import Lead, Period
from zhenggai.model.days_off import DaysOff
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Step
from zhenggai.storage.file_names import INSPECTION, OWN_DAYS_OFF

_TEXTS = frozenset({str})
_NUMBERS = frozenset({int})
_STEPS = frozenset({Step})
_DAY = frozenset({date})
_DAYS = frozenset({date, type(None)})
_PLACES = frozenset({str, int})

# Every sequence of field types that has been found to be in order, by class: a few in all.
_IN_ORDER: dict[type, set[tuple[type, ...]]] = {}


def is_entry(entry: Any, name: str) -> bool:
    """Whether an entry is the stamp of a file of this name, and what was read with its problems."""
    if type(entry) is not tuple or len(entry) != 2:  # noqa: PLR2004 - stamp and content
        return False
    stamp, content = entry
    if type(stamp) is not tuple or type(content) is not tuple or len(content) != 2:  # noqa: PLR2004
        return False
    read, problems = content
    if type(problems) is not list or not all(map(_is_problem, problems)):
        return False
    if name == INSPECTION:
        return _is_head(read)
    return _is_days_off(read) if name == OWN_DAYS_OFF else read is None or _is_row(read)


def _is_row(row: Any) -> bool:
    return (
        _has_fields(row, Row)
        and _TEXTS.issuperset(map(type, row.departments))
        and _is_timeline(row.timeline)
        and all(type(one) is tuple and len(one) == 2 for one in row.more)  # noqa: PLR2004 - name and value
        and all(_is_measure(one, len(row.timeline.done)) for one in row.measures)
    )


def _is_measure(measure: Any, count: int) -> bool:
    return (
        _has_fields(measure, RowMeasure)
        and 1 <= measure.number <= count
        and _TEXTS.issuperset(map(type, measure.departments))
    )


def _is_timeline(timeline: Any) -> bool:
    every = timeline.review_every
    return (
        _has_fields(timeline, Timeline)
        and (every is None or _has_fields(every, Period))
        and _DAYS.issuperset(map(type, timeline.done))
        and _is_for_each(timeline.dues, timeline.done)
        and _is_for_each(timeline.added, timeline.done)
        and all(_has_fields(event, Event) for event in timeline.events)
        and all(_has_fields(one, Struck) for one in timeline.struck)
    )


def _is_for_each(days: tuple[Any, ...], measures: tuple[Any, ...]) -> bool:
    """Whether there is a day for each measure, or nothing at all."""
    return len(days) in (0, len(measures)) and _DAYS.issuperset(map(type, days))


def _is_head(head: Any) -> bool:
    terms = head.terms
    return (
        _has_fields(head, RegisterHead)
        and _TEXTS.issuperset(map(type, head.aspects + head.categories))
        and _has_fields(head.milestones, Milestones)
        and _has_fields(terms, Terms)
        and all(map(_is_level, terms.levels))
        and _STEPS.issuperset(map(type, terms.steps))
        and all(_has_fields(one, Renamed) for one in terms.renamings)
        and _has_fields(terms.supervision_period, Period)
        and (terms.decision_period is None or _has_fields(terms.decision_period, Period))
    )


def _is_level(level: Any) -> bool:
    return (
        _has_fields(level, Level)
        and _has_fields(level.lead, Lead)
        and _TEXTS.issuperset(map(type, level.to))
    )


def _is_days_off(known: Any) -> bool:
    return (
        _has_fields(known, DaysOff)
        and _DAY.issuperset(map(type, known.off | known.worked))
        and _NUMBERS.issuperset(map(type, known.years))
    )


def _is_problem(problem: Any) -> bool:
    return _has_fields(problem, Problem) and _PLACES.issuperset(map(type, problem.at))


def _has_fields(value: Any, wanted: type[tuple[Any, ...]]) -> bool:
    """Whether a value is of a class of named fields, and each field of a type it may have."""
    if type(value) is not wanted:
        return False
    types: tuple[type, ...] = tuple(type(field) for field in value)
    known = _IN_ORDER.setdefault(wanted, set())
    if types in known:
        return True
    allowed = _allowed(wanted)
    if len(types) != len(allowed) or any(
        one not in may for one, may in zip(types, allowed, strict=True)
    ):
        return False
    known.add(types)
    return True


def _allowed(wanted: type) -> list[frozenset[type]]:
    """Return the types that each field may have, by the annotations of the class."""
    return [frozenset(_types(hint)) for hint in get_type_hints(wanted).values()]


def _types(hint: Any) -> list[type]:
    if get_origin(hint) in (Union, UnionType):
        return [one for part in get_args(hint) for one in _types(part)]
    return [get_origin(hint) or hint]
