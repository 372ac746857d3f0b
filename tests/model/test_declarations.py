"""Every field of every model says all that the rest of the program makes of it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from inspect import get_annotations
from operator import itemgetter
from typing import Any, ClassVar, Literal, Union, get_origin, get_type_hints

import pytest

from examples import models_in
from zhenggai.model import values
from zhenggai.model.dates import Lead, Period
from zhenggai.model.days_off import DaysOff
from zhenggai.model.declaration import Model, declare, not_in_file
from zhenggai.model.inspection_model import Inspection, OwnDaysOff
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Severity, Step
from zhenggai.model.values import TEXT

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MODULES = (
    "zhenggai.model.ledger_model",
    "zhenggai.model.record_models",
    "zhenggai.model.inspection_model",
    "zhenggai.model.notice_settings",
)
# What the models' annotations name and their modules do not import.
_NAMES = {
    "date": date,
    "DaysOff": DaysOff,
    "Decimal": Decimal,
    "Period": Period,
    "Severity": Severity,
    "Step": Step,
}


def _below(model: type[Model]) -> list[type[Model]]:
    return [found for one in model.__subclasses__() for found in (one, *_below(one))]


MODELS = [model for model in _below(Model) if model.__module__ in _MODULES]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def _is_of_class(hint: Any) -> bool:
    return get_origin(hint) is ClassVar or str(hint).startswith("ClassVar")


def _undeclared(model: type[Model]) -> list[str]:
    """Name the fields that a model annotates itself and does not declare itself."""
    base: Any = model.__mro__[1]
    return [
        name
        for name, hint in get_annotations(model).items()
        if not _is_of_class(hint)
        and (
            name not in model.NOT_IN_FILE.keys() | model.DECLARED.keys()
            or (name in vars(model) and name not in model.NOT_IN_FILE)
            or (name in base.DECLARED and base.DECLARED[name] is model.DECLARED[name])
        )
    ]


def _colour(**changes: Any) -> Any:
    said: dict[str, Any] = {"default": "红", "history": "free", "publish": True}
    return declare("颜色", TEXT, "什么颜色", **said | changes)


def test_every_model_is_looked_at() -> None:
    stand_in_files = models_in(Finding, Inspection, OwnDaysOff)
    assert stand_in_files < {*MODELS}
    assert [model.__name__ for model in MODELS if model not in stand_in_files] == ["_Record"]


@each_model
def test_every_field_of_a_model_is_declared(model: type[Model]) -> None:
    assert _undeclared(model) == []
    fields = {*model.DECLARED}
    annotated = {name for one in model.__mro__ for name in get_annotations(one)}
    assert fields <= annotated
    assert all(declared.name == name for name, declared in model.DECLARED.items())


def test_a_field_that_is_not_declared_is_found_out() -> None:
    class Declared(Model):
        MADE: ClassVar[int] = 1

        colour: str = _colour()
        place: str = not_in_file(default="")

    class Bare(Declared):
        size: str
        colour: str

    class Plain(Declared):
        size: str = "大"
        colour: str = "蓝"

    class Anew(Declared):
        colour: str = _colour(default="蓝")

    assert _undeclared(Declared) == []
    assert _undeclared(Bare) == ["size", "colour"]
    assert _undeclared(Plain) == ["size", "colour"]
    assert _undeclared(Anew) == []


@each_model
def test_every_declaration_says_what_history_and_publishing_make_of_it(model: type[Model]) -> None:
    assert model.DECLARED
    for name, declared in model.DECLARED.items():
        assert declared.history in {"guarded", "noticed", "free"}, name
        assert type(declared.publish) is bool, name
        assert type(declared.column) is bool, name
        assert _CHINESE.fullmatch(declared.key[0]), name
        assert _CHINESE.search(declared.description), name


@each_model
def test_no_two_fields_of_a_model_have_one_key(model: type[Model]) -> None:
    keys = [declared.key for declared in model.DECLARED.values()]
    assert len({*keys}) == len(keys)
    assert model.ALONE is None or model.ALONE in keys


@pytest.mark.parametrize("left_out", ["history", "publish"])
def test_a_declaration_leaves_neither_history_nor_publishing_open(left_out: str) -> None:
    untyped: Any = declare
    said: dict[str, Any] = {"history": "free", "publish": True}
    del said[left_out]
    with pytest.raises(TypeError, match=left_out):
        untyped("颜色", TEXT, "什么颜色", **said)


# What a function of our own reads.
_READ: dict[int, Any] = {
    id(values.DAY.schema): date,
    id(values.DEADLINE.schema): date,
    id(values.SPANS.schema["schema"]["items_schema"][0]): tuple[date, ...],
    id(values.PERIOD.schema): Period,
    id(values.LEAD.schema): Lead,
    id(values.YUAN.schema): Decimal,
    id(values.YES_NO.schema): bool,
    id(values.INSIDE_PATH.schema): str,
    id(values.TIME_ZONE.schema): str,
    id(values.LEDGER_FORMAT.schema): int,
    id(values.TOTALS.schema["values_schema"]): str,
    id(values.IDENTIFIER.schema): str,
    id(values.REFERENCE.schema): str,
    id(values.SCORE.schema): str,
    id(values.FINDING_IDS.schema["schema"]["items_schema"][0]): str,
}


# Types put together while the program runs, of which a type checker cannot know.
_tuple: Any = tuple
_dict: Any = dict
_literal: Any = Literal
_union: Any = Union

# How the type of what a core schema lets through follows from the schema's own type.
_TYPES: dict[str, Callable[[Any], Any]] = {
    "str": lambda _: str,
    "int": lambda _: int,
    "enum": itemgetter("cls"),
    "dataclass": itemgetter("cls"),
    "literal": lambda schema: _literal[tuple(schema["expected"])],
    "tuple": lambda schema: _tuple[_read_as(schema["items_schema"][0]), ...],
    "dict": lambda schema: _dict[
        _read_as(schema["keys_schema"]), _read_as(schema["values_schema"])
    ],
    "function-before": lambda schema: _read_as(schema["schema"]),
    "function-after": lambda schema: _read_as(schema["schema"]),
    "function-plain": lambda schema: _READ[id(schema)],
    "tagged-union": lambda schema: _union[tuple(map(_read_as, schema["choices"].values()))],
}


def _read_as(schema: dict[str, Any]) -> Any:
    """Give the type of the values that a core schema lets through."""
    return _TYPES[schema["type"]](schema)


@each_model
def test_a_field_is_annotated_as_what_its_kind_reads(model: type[Model]) -> None:
    hints = get_type_hints(model, localns=_NAMES)
    for name, declared in model.DECLARED.items():
        read = _read_as(declared.kind.schema)
        assert hints[name] == (read | None if declared.default is None else read), name
