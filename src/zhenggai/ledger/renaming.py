"""Names corrected all over a ledger (更名): which fields hold them, by their declarations."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, TypeVar

from zhenggai.model.declaration import Model, replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.terms import ROLES, NameKind

_Model = TypeVar("_Model", bound=Model)


class NameClashError(ValueError):
    """A list or a table says both names, so that one of them cannot become the other."""


def with_name(model: _Model, kind: NameKind, old: str, new: str) -> _Model:
    """Return a model in which a name of a kind is another, wherever a field holds such names.

    Raise NameClashError where a list or a table holds both.
    """
    values: dict[str, Any] = {}
    for name, field in model.DECLARED.items():
        value = getattr(model, name)
        if kind in field.names:
            now = _with_name(value, old, new)
        elif field.kind.holds:
            now = _inside(value, kind, old, new)
        else:
            continue
        if now != value:
            values[name] = now
    return replaced(model, **values) if values else model


def _inside(value: Any, kind: NameKind, old: str, new: str) -> Any:
    if isinstance(value, Model):
        return with_name(value, kind, old, new)
    if isinstance(value, tuple):
        return tuple(_inside(one, kind, old, new) for one in value)
    return value


def _with_name(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        _refuse_clash(value, old, new)
        return {_with_name(key, old, new): _with_name(one, old, new) for key, one in value.items()}
    if isinstance(value, tuple):
        _refuse_clash(value, old, new)
        return tuple(_with_name(one, old, new) for one in value)
    return new if value == old and not isinstance(value, Enum) else value


def _refuse_clash(names: Any, old: str, new: str) -> None:
    if old != new and old in names and new in names:
        raise NameClashError(f"同一处既写了{old}又写了{new}")


def names_in(model: Model, kind: NameKind) -> set[str]:
    """Return the names of a kind that a model says; what means a finding's own is none."""
    return {*_names(model, kind)} - {*ROLES}


def _names(model: Model, kind: NameKind) -> Iterator[str]:
    for name, field in model.DECLARED.items():
        value = getattr(model, name)
        if kind in field.names:
            yield from _texts(value)
        elif field.kind.holds:
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Model):
                    yield from _names(one, kind)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(key)
            yield from _texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield value


def names_in_use(ledger: Ledger, kind: NameKind) -> set[str]:
    """Return the names of a kind that a ledger says anywhere but in records."""
    models: list[Model] = [ledger.inspection, *ledger.findings]
    return {name for model in models for name in names_in(model, kind)}


def may_be_merged(inspection: Inspection, kind: NameKind, old: str, new: str) -> bool:
    """Whether two names may become one: not where it matters who signs instead of whom."""
    return not {old, new} & names_in(inspection, kind) or kind is NameKind.ASPECT
