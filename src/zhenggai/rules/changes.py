"""What differs between two versions of a model, field by field, as the declarations have it.

What was left open and is filled in later is no change, nor is what is added to a list or a table,
unless the declaration says so; only what stood there and is otherwise now is one. No field has to
be named here: a new one is compared as soon as it is declared.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from zhenggai.model.declaration import Declaration, Model
from zhenggai.model.problem import At

_Model = TypeVar("_Model", bound=Model)


class Change(NamedTuple):
    """A field that says something else than before; `at` is its place in the new version.

    What is `excused` is told and is no error, whatever the declaration says.
    """

    at: At
    field: Declaration
    old: Any
    new: Any
    excused: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether the declaration makes an error of this change."""
        if self.field.history != "guarded" or self.excused:
            return False
        guards = self.field.guards
        return guards is None or is_empty(self.new) or guards(self.old, self.new)

    @property
    def is_noticed(self) -> bool:
        """Whether the declaration makes a notice of this change."""
        return self.field.history != "free" and not self.is_guarded


def is_empty(value: Any) -> bool:
    """Whether nothing is said by a value."""
    return value is None or value in ((), {})


def changes(old: Model, new: Model, at: At = (), apart: Iterable[str] = ()) -> Iterator[Change]:
    """Yield what differs between two versions of one model; `apart` are fields not looked at."""
    for name, field in old.DECLARED.items():
        if name not in apart:
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                yield from _changes(field, was, now, (*at, field.key))


def _changes(field: Declaration, was: Any, now: Any, at: At) -> Iterator[Change]:
    if field.kind.holds and not isinstance(was, tuple):
        yield from _of_model(field, was, now, at)
    elif field.kind.holds:
        yield from _of_models(field, was, now, at)
    elif field.additions or not (is_empty(was) or _is_added_to(was, now)):
        yield Change(at, field, was, now)


def _of_model(field: Declaration, was: Any, now: Any, at: At) -> Iterator[Change]:
    """Compare one model; where it is not there, with one that says nothing but the defaults."""
    [model] = field.kind.holds.values()
    if not any(one.required for one in model.DECLARED.values()):
        yield from changes(was or model(), now or model(), at)
    elif was is not None and now is not None:
        yield from changes(was, now, at)
    elif was is not None:
        yield Change(at, field, was, None)


def _of_models(field: Declaration, was: Any, now: Any, at: At) -> Iterator[Change]:
    for old, index in pairs(was, now):
        if index is None:
            yield Change(at, field, old, None)
        elif type(old) is type(now[index]):
            yield from changes(old, now[index], (*at, index))
        else:
            yield Change((*at, index), field, old, now[index])


def pairs(was: Sequence[_Model], now: Sequence[_Model]) -> Iterator[tuple[_Model, int | None]]:
    """Yield every model of before with the place where it is now, None where it is gone.

    They are known by the field that may stand for the whole (`ALONE`), else by their order.
    """
    places: dict[Any, list[int]] = {}
    for place, model in enumerate(now):
        places.setdefault(_identity(model, place), []).append(place)
    for place, model in enumerate(was):
        found = places.get(_identity(model, place), ())
        same = next((one for one in found if now[one] == model), None)
        yield model, found[0] if same is None and found else same


def _identity(model: Model, place: int) -> Any:
    for name, field in model.DECLARED.items():
        if field.key == model.ALONE:
            return getattr(model, name)
    return place


def _is_added_to(was: Any, now: Any) -> bool:
    """Whether a list or a table says all that it said, in its order, and more."""
    if isinstance(was, dict):
        return bool(was.items() <= now.items())
    if type(was) is tuple:
        left = iter(now)
        return all(item in left for item in was)
    return False
