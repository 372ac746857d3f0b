"""What the models are made of: values given once by name, each with its Chinese key on disk.

A model is a dataclass without the methods that dataclasses write for each class anew: those took
as long as reading two hundred files, and setting a frozen one's fields longer than all else.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn

if TYPE_CHECKING:
    from typing_extensions import Self

_KEY = "key"


class Key(NamedTuple):
    """A field's key on disk, what to write there, and examples of it."""

    alias: str
    description: str
    examples: tuple[Any, ...]


def key(alias: str, description: str, *examples: Any) -> dict[str, Key]:
    """Give the metadata of a field that stands on disk under the key `alias`."""
    return {_KEY: Key(alias, description, examples)}


def keys(kind: type[Any]) -> dict[str, Key]:
    """Give the keys of a model by the names of its fields; a field without one is not on disk."""
    return {one.name: one.metadata[_KEY] for one in fields(kind) if _KEY in one.metadata}


class Model:
    """The base of every model: it is given its values by name, and never changes."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    _names: ClassVar[tuple[str, ...]]
    _required: ClassVar[frozenset[str]]
    _defaults: ClassVar[dict[str, Any]]

    def __init__(self, **values: Any) -> None:
        """Take the values; raise TypeError where one is missing or is none of this model's."""
        wrong = self._required - values.keys() or values.keys() - {*self._names}
        if wrong:
            raise TypeError(f"{type(self).__name__}: {', '.join(sorted(wrong))}")
        vars(self).update(self._defaults, **values)

    @classmethod
    def whole(cls, values: dict[str, Any]) -> "Self":
        """Make a model of values of which it is known that none is missing and none too many."""
        made = cls.__new__(cls)
        said = vars(made)
        said.update(cls._defaults)
        said.update(values)
        return made

    def __init_subclass__(cls) -> None:
        """Take in the fields of a model."""
        dataclass(init=False, repr=False, eq=False)(cls)
        declared = fields(cls)
        cls._names = tuple(one.name for one in declared)
        # Whatever a field's factory makes is never changed either.
        cls._defaults = {
            one.name: one.default if one.default_factory is MISSING else one.default_factory()
            for one in declared
            if (one.default, one.default_factory) != (MISSING, MISSING)
        }
        cls._required = frozenset(cls._names) - cls._defaults.keys()

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        """Refuse; what a ledger says is changed by writing it anew."""
        raise FrozenInstanceError(f"{type(self).__name__}.{name}")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse."""
        raise FrozenInstanceError(f"{type(self).__name__}.{name}")

    def __eq__(self, other: object) -> bool:
        """Tell whether another says the same."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((type(self), *map(vars(self).get, self._names)))

    def __repr__(self) -> str:
        """Write what was said and is not the default."""
        values = ((name, getattr(self, name)) for name in self._names)
        said = [
            f"{k}={v!r}" for k, v in values if k not in self._defaults or v != self._defaults[k]
        ]
        return f"{type(self).__name__}({', '.join(said)})"
