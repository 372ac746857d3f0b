"""Data in canonical form becomes the model at once; of all else the judge has to say what it is.

Canonical is what the program writes itself: dates as 2021-05-01, numbers in plain digits, text
with no space around it, paths of plain words. For such data `read` gives exactly what the judge
would give, for every other None. It is told from the fields' own types, so that a new field is
read here as soon as it is declared. The judge takes a hundred milliseconds to load.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from typing import Any, NamedTuple, NoReturn, TypeVar

from zhenggai.core import notice
from zhenggai.core.amounts import AmountTextError, parse_amount
from zhenggai.core.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    DateTextError,
    Period,
    is_canonical,
    parse_period,
)
from zhenggai.core.keys import Model, keys
from zhenggai.core.model import RECORDS, Evidence, Measure
from zhenggai.core.notice import Section
from zhenggai.core.terms import Action, Kind, Severity, Step, is_procedure

_Model = TypeVar("_Model", bound=Model)
_Reader = Callable[[Any], Any]


class _OtherwiseError(Exception):
    """Here is something for the judge."""


def read(kind: type[_Model], data: Any) -> _Model | None:
    """Make a model of data in canonical form."""
    try:
        return _model(kind, data)
    except _OtherwiseError:
        return None


class _Form(NamedTuple):
    """How a model stands on disk: what reads each key into which field, and what must be there."""

    readers: dict[str, tuple[str, _Reader]]
    required: frozenset[str]


_FORMS: dict[type[Any], _Form] = {}


def _form(kind: type[Any]) -> _Form:
    """Tell a model's form from the types of its fields."""
    readers, required = {}, set()
    declared = {one.name: one for one in fields(kind)}
    for name, key in keys(kind).items():
        field = declared[name]
        of_type = str(field.type).removesuffix(" | None")
        readers[key.alias] = (name, _READERS.get(of_type, _judged))
        if field.default is MISSING and field.default_factory is MISSING:
            required.add(name)
    _FORMS[kind] = _Form(readers, frozenset(required))
    return _FORMS[kind]


def _model(kind: type[_Model], data: Any) -> _Model:
    if type(data) is not dict:
        raise _OtherwiseError
    readers, required = _FORMS.get(kind) or _form(kind)
    values = {}
    for key, item in data.items():
        if key not in readers:
            raise _OtherwiseError
        if item is not None:  # a key with nothing after it is not written
            name, reader = readers[key]
            values[name] = reader(item)
    if not required <= values.keys():
        raise _OtherwiseError
    return kind.whole(values)


def _judged(_item: Any) -> NoReturn:
    raise _OtherwiseError


def _text(item: Any) -> str:
    if type(item) is not str or not item or item != item.strip():
        raise _OtherwiseError
    return item


def _texts(item: Any) -> tuple[str, ...]:
    return _each(_text, [item] if type(item) is str else item)


def _each(reader: _Reader, items: Any) -> tuple[Any, ...]:
    if type(items) is not list:
        raise _OtherwiseError
    return tuple([reader(item) for item in items])


def _departments(item: Any) -> tuple[str, ...]:
    return _each(_text, item.split("、") if type(item) is str else item)


# The same few hundred days stand again and again in a ledger.
@lru_cache(maxsize=4096)
def _day_of(text: str) -> date:
    try:
        day = date.fromisoformat(text) if is_canonical(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _OtherwiseError
    return day


def _day(item: Any) -> date:
    return _day_of(_text(item))


def _period(item: Any) -> Period:
    try:
        return parse_period(_text(item))
    except DateTextError:
        raise _OtherwiseError from None


def _yuan(item: Any) -> Any:
    try:
        return parse_amount(_text(item))
    except AmountTextError:
        raise _OtherwiseError from None


_DIGITS = re.compile(r"0|[1-9][0-9]{0,8}")


def _number(item: Any) -> int:
    if type(item) is not str or not _DIGITS.fullmatch(item):
        raise _OtherwiseError
    return int(item)


def _count(item: Any) -> int:
    return _number(item) or _judged(item)


_MOST_DAYS = 3660


def _days(item: Any) -> tuple[int, ...]:
    days = _each(_number, [item] if type(item) is str else item)
    return days if max(days, default=0) <= _MOST_DAYS else _judged(item)


def _word(words: dict[str, Any], item: Any) -> Any:
    if type(item) is not str or item not in words:
        raise _OtherwiseError
    return words[item]


def _words(kind: Iterable[Enum]) -> _Reader:
    return partial(_word, {word.value: word for word in kind})


_step = _words(Step)


def _steps(item: Any) -> tuple[Step, ...]:
    steps = _each(_step, [item] if type(item) is str else item)
    return steps if is_procedure(steps) else _judged(item)


def _table(reader: _Reader, item: Any) -> dict[str, Any]:
    if type(item) is not dict:
        raise _OtherwiseError
    return {_text(key): reader(value) for key, value in item.items()}


# Words between slashes: nothing that leads upward or away.
_INSIDE = re.compile(r"\w[\w.()-]*(?:/\w[\w.()-]*)*")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def _matching(pattern: re.Pattern[str], item: Any) -> str:
    if type(item) is not str or not pattern.fullmatch(item):
        raise _OtherwiseError
    return item


def _alone_or(kind: type[Any], item: Any) -> Any:
    """Read a model that may be written as one text."""
    return _model(kind, {kind.ALONE: item} if type(item) is str else item)


def _one_or_more(kind: type[Any], item: Any) -> tuple[Any, ...]:
    return _each(partial(_alone_or, kind), item if type(item) is list else [item])


def _record(item: Any) -> Any:
    action = _action(item.get("事项")) if type(item) is dict else _judged(item)
    return _model(RECORDS[action], item)


_action = _words(Action)


def _prose(names: str, item: Any) -> str:
    """Read a text of the notice; `names` is where figures keeps what it may name in braces."""
    text = _text(item)
    if "{" in text or "｛" in text:
        from zhenggai.core import figures

        known = getattr(figures, names)
        if any(name not in known for name in figures.placeholders(text)):
            raise _OtherwiseError
    return text


def _paragraphs(item: Any) -> tuple[str, ...]:
    return _each(partial(_prose, "IN_PROSE"), [item] if type(item) is str else item)


# By the names of the fields' types, without “or nothing”; what is not here is always judged.
_READERS: dict[str, _Reader] = {
    "Text": _text,
    "Texts": _texts,
    "Departments": _departments,
    "Day": _day,
    "Days": _days,
    "Every": _period,
    "Yuan": _yuan,
    "Count": _count,
    "Counts": partial(_table, _count),
    "YesNo": partial(_word, {"是": True, "否": False}),
    "InsidePath": partial(_matching, _INSIDE),
    "Sha256": partial(_matching, _DIGEST),
    "EvidenceFiles": partial(_one_or_more, Evidence),
    "tuple[Measure, ...]": partial(_each, partial(_model, Measure)),
    "tuple[Record, ...]": partial(_each, _record),
    "Steps": _steps,
    "Severities": partial(_table, _words(Severity)),
    "Kind": _words(Kind),
    "Notice": partial(_model, notice.Notice),
    "Sections": partial(_one_or_more, Section),
    "SecrecyReview": partial(_model, notice.SecrecyReview),
    "Prose": partial(_prose, "IN_PROSE"),
    "Paragraphs": _paragraphs,
    "Label": partial(_prose, "IN_LABELS"),
    "AspectHeading": partial(_prose, "IN_ASPECT_HEADINGS"),
    "FindingHeading": partial(_prose, "IN_FINDING_HEADINGS"),
}
_READERS |= {
    kind.__name__: _words(kind)
    for kind in (
        notice.NoticeName,
        notice.InspectionWord,
        notice.Layout,
        notice.Numbering,
        notice.Punctuation,
    )
}
_READERS |= {f"Literal[Action.{action.name}]": _action for action in Action}
