"""How a field is declared: once, with everything that the rest of the program makes of it.

Reading, validation, JSON Schema, the reference in docs, the scaffold of a new file, `show`, JSON,
CSV and the history guard all take a field from its `Declaration`. A schema here is a core schema
as `pydantic_core.core_schema` describes it, written as the plain dict that its functions return:
so that declaring a model does not load pydantic's engine, which takes as long as two Python starts.
"""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NoReturn, TypeVar, overload

if TYPE_CHECKING:
    from zhenggai.model.terms import NameKind

_Value_co = TypeVar("_Value_co", covariant=True)
_Value = TypeVar("_Value")
_Default = TypeVar("_Default")
_OneModel = TypeVar("_OneModel", bound="Model")

Schema = dict[str, Any]
"""A core schema, or a JSON Schema."""

HistoryTreatment = Literal["guarded", "noticed", "free"]
"""What `check --since` makes of a change to a field: an error, a notice, or nothing."""
Guards = Callable[[Any, Any], bool]
"""Whether a change from one value to another is one of those that are guarded."""

DECLARATION = "zhenggai_declaration"
"""The metadata key of a core schema under which a field's declaration stands."""
JSON_FORM = "zhenggai_json"
"""The metadata key under which a schema says what its JSON Schema is."""
DEFINED_AS = "zhenggai_name"
"""The metadata key under which a schema says its name among the definitions of JSON Schema."""
ONE_OR_MORE = "zhenggai_one_or_more"
"""The metadata key that marks a list which may be written as its only item."""
FORMER_KEYS: dict[str, str] = {}
"""What the keys were called that have a new name, by the new one: files may still have the old."""


class _Missing:
    """No default: the field must be filled in."""


MISSING = _Missing()


class ValueKind(Generic[_Value_co]):
    """A kind of value.

    `schema` is the core schema that validates it and gives a value of the type parameter;
    `holds` the models that such a value is made of, by the word that tells them apart, which
    stands at the key `told_apart_by` (both '' where there is only one model).
    """

    def __init__(
        self,
        schema: Schema,
        holds: "dict[str, type[Model]] | None" = None,
        told_apart_by: str = "",
    ) -> None:
        self.schema, self.holds, self.told_apart_by = schema, holds or {}, told_apart_by


class Declaration:
    """One field of a model: its key on disk and all that is known of it.

    `name` is the field's identifier in code and JSON; `history` says what a later change of it
    means, and `guards`, where not all changes of a guarded field are, which of them (the others are
    noticed); `additions` whether what is added to it, or written where nothing was, is a change
    too; `publish` whether its content may stand in a published paper; `column` whether the register
    has a column for it (`list --format csv`, `json`), `slot` whether a new file has an empty slot
    for it; `names` says of what its texts are names, where `rename` corrects them. `formerly` is
    what the key was called: files that still say so are read alike.
    """

    name: str = ""

    def __init__(
        self,
        key: str,
        kind: ValueKind[Any],
        description: str,
        examples: tuple[Any, ...],
        *,
        default: Any,
        history: HistoryTreatment,
        guards: Guards | None,
        additions: bool,
        publish: bool,
        column: bool,
        slot: bool,
        formerly: str | None,
        names: "tuple[NameKind, ...]",
    ) -> None:
        self.key, self.kind, self.description, self.examples = key, kind, description, examples
        self.default, self.history, self.guards = default, history, guards
        self.additions, self.publish = additions, publish
        self.column, self.slot, self.names = column, slot, names
        self.formerly = formerly
        if formerly:
            FORMER_KEYS[key] = formerly

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that a file may have for it, the one to be written first."""
        return (self.key, self.formerly) if self.formerly else (self.key,)

    @property
    def required(self) -> bool:
        """Whether a file without this key is at fault."""
        return self.default is MISSING

    def schema(self) -> Schema:
        """Return the core schema of the field: its kind's, with the default where it has one."""
        inner = self.kind.schema
        if not self.required:
            # A dict is made anew for each model, whatever version of pydantic's engine reads it.
            made = {"default_factory": dict} if self.default == {} else {"default": self.default}
            inner = {"type": "default", "schema": inner} | made
        return {
            "type": "dataclass-field",
            "name": self.name,
            "schema": inner,
            "kw_only": True,
            "validation_alias": [[key] for key in self.keys] if self.formerly else self.key,
            "metadata": {DECLARATION: self},
        }


@overload
def declare(
    key: str,
    kind: ValueKind[_Value],
    description: str,
    *examples: Any,
    history: HistoryTreatment,
    guards: Guards | None = None,
    additions: bool = False,
    publish: bool,
    column: bool = True,
    slot: bool = True,
    formerly: str | None = None,
    names: "tuple[NameKind, ...]" = (),
) -> _Value: ...


@overload
def declare(
    key: str,
    kind: ValueKind[_Value],
    description: str,
    *examples: Any,
    default: _Default,
    history: HistoryTreatment,
    guards: Guards | None = None,
    additions: bool = False,
    publish: bool,
    column: bool = True,
    slot: bool = True,
    formerly: str | None = None,
    names: "tuple[NameKind, ...]" = (),
) -> _Value | _Default: ...


def declare(
    key: str,
    kind: ValueKind[Any],
    description: str,
    *examples: Any,
    default: Any = MISSING,
    history: HistoryTreatment,
    guards: Guards | None = None,
    additions: bool = False,
    publish: bool,
    column: bool = True,
    slot: bool = True,
    formerly: str | None = None,
    names: "tuple[NameKind, ...]" = (),
) -> Any:
    """Declare a field of a model; the parameters are those of `Declaration`."""
    return Declaration(
        key,
        kind,
        description,
        examples,
        default=default,
        history=history,
        guards=guards,
        additions=additions,
        publish=publish,
        column=column,
        slot=slot,
        formerly=formerly,
        names=names,
    )


class _NotInFile:
    """A field that the decoder fills in, and its default."""

    def __init__(self, default: Any) -> None:
        self.default = default


def not_in_file(default: _Default) -> _Default:
    """Declare a field that does not stand in the file: the decoder sets it."""
    marked: Any = _NotInFile(default)
    return marked  # type: ignore[no-any-return]


class Model:
    """The base of every model: values given by name, validated before, never changed after.

    A subclass declares its fields with `declare` or `not_in_file`. `ALONE` is the key whose text
    may stand for the whole model.
    """

    ALONE: ClassVar[str | None] = None
    DECLARED: ClassVar[dict[str, Declaration]] = {}
    """The declarations by field name, in order."""
    NOT_IN_FILE: ClassVar[dict[str, Any]] = {}
    """The fields that the decoder sets, and their defaults."""
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init__(self, **values: Any) -> None:
        """Take the values; raise TypeError where one is missing or is none of this model's."""
        required = {name for name, one in self.DECLARED.items() if one.required}
        known = self.DECLARED.keys() | self._defaults.keys()
        wrong = required - values.keys() or values.keys() - known
        if wrong:
            raise TypeError(f"{type(self).__name__}: {', '.join(sorted(wrong))}")
        vars(self).update(self._defaults, **values)

    def __init_subclass__(cls) -> None:
        """Collect the declarations, and those of the base class before them."""
        declared, not_in_the_file = dict(cls.DECLARED), dict(cls.NOT_IN_FILE)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Declaration):
                value.name = name
                declared[name] = value
                delattr(cls, name)
            elif isinstance(value, _NotInFile):
                # What is not in the file stands on the class until the decoder sets it.
                not_in_the_file[name] = value.default
                setattr(cls, name, value.default)
        cls.DECLARED, cls.NOT_IN_FILE = declared, not_in_the_file
        cls._defaults = not_in_the_file | {
            name: one.default for name, one in declared.items() if not one.required
        }

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        """Refuse; what a ledger says is changed by writing it anew."""
        raise FrozenInstanceError(f"{type(self).__name__}.{name}")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse."""
        raise FrozenInstanceError(f"{type(self).__name__}.{name}")

    def as_dict(self) -> dict[str, Any]:
        """Return every declared field by its name; models in it as dicts, too."""
        return {name: _as_plain(getattr(self, name)) for name in self.DECLARED}

    def _state(self) -> dict[str, Any]:
        """Return every value, defaults included, by field name."""
        return self._defaults | vars(self)

    def __eq__(self, other: object) -> bool:
        """Whether another model is of the same class and says the same."""
        return type(self) is type(other) and self._state() == other._state()

    def __hash__(self) -> int:
        """Return a hash consistent with equality."""
        state = self._state()
        return hash((type(self), *(state[name] for name in sorted(state))))

    def __repr__(self) -> str:
        """Show what differs from the defaults."""
        state = self._state()
        said = [
            f"{name}={state[name]!r}"
            for name in dict.fromkeys((*self.DECLARED, *state))
            if name not in self._defaults or state[name] != self._defaults[name]
        ]
        return f"{type(self).__name__}({', '.join(said)})"

    @classmethod
    def core_schema(cls) -> Schema:
        """Return the core schema that makes this model of a file's data."""
        arguments = {
            "type": "dataclass-args",
            "dataclass_name": cls.__name__,
            "fields": [one.schema() for one in cls.DECLARED.values()],
            "extra_behavior": "forbid",
        }
        made = {
            "type": "dataclass",
            "cls": cls,
            "cls_name": cls.__name__,
            "fields": list(cls.DECLARED),
            "schema": arguments,
        }
        return {
            "type": "function-before",
            "function": {"type": "no-info", "function": _without_empty_slots(cls)},
            "schema": made,
            "metadata": {DEFINED_AS: cls.__name__},
        }


def replaced(model: _OneModel, **values: Any) -> _OneModel:
    """Return a model that says the same but for these values."""
    return type(model)(**model._state() | values)  # noqa: SLF001 - beside its class


def _as_plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.as_dict()
    if type(value) is tuple:
        return [_as_plain(item) for item in value]
    return value


def _without_empty_slots(cls: type[Model]) -> Callable[[Any], Any]:
    """Return the function that takes a known key with nothing after it as not written.

    Scaffolds leave such slots. Where one text may stand for the model it is put under its key.
    """
    keys = frozenset(key for one in cls.DECLARED.values() for key in one.keys)
    alone = cls.ALONE

    def prepare(value: Any) -> Any:
        if isinstance(value, dict):
            if None in value.values():
                return {k: item for k, item in value.items() if item is not None or k not in keys}
        elif alone is not None and isinstance(value, str):
            return {alone: value}
        return value

    return prepare
