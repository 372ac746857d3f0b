"""The pydantic models that judge a file's data: made of the model's own fields and keys."""

from dataclasses import MISSING, Field, fields
from typing import Annotated, Any, ClassVar, Union, get_type_hints

import pydantic
from pydantic import AfterValidator, BaseModel, ConfigDict, create_model, model_validator

from zhenggai.core import fields as kinds
from zhenggai.core import model, notice
from zhenggai.core.fields import OneOrMore
from zhenggai.core.keys import keys
from zhenggai.core.model import RECORDS, Evidence, Finding, Inspection, Measure
from zhenggai.core.notice import Notice, SecrecyReview, Section, Unplaced


class Judge(BaseModel):
    """The base of every judge: strict about keys; what it finds sound becomes the model."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    OF: ClassVar[type[Any]]
    ALIASES: ClassVar[frozenset[str]]

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        """Take a known key with nothing after it as not written: scaffolds leave such slots."""
        if not isinstance(value, dict):
            return value
        return {k: item for k, item in value.items() if item is not None or k not in cls.ALIASES}

    def made(self) -> Any:
        """Give what was judged as the model."""
        return self.OF(**self.__dict__)


class _TextOrJudge(Judge):
    """A model that may be written as one text, the value of its key ALONE."""

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, value: Any) -> Any:
        return {cls.OF.ALONE: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Allow the text alone."""
        found = handler(schema)
        key = found["properties"][cls.OF.ALONE]
        text = key.get("anyOf", [key])[0]
        wanted = ("type", "pattern", "patternErrorMessage")
        return {"anyOf": [{word: text[word] for word in wanted}, found]}


def judge(kind: type[Any]) -> type[Judge]:
    """Give the pydantic model that judges what may become this kind of model."""
    return _JUDGES[kind]


# Types put together while the program runs, of which a type checker cannot know.
_made: Any = create_model
_tuple: Any = tuple
_union: Any = Union

_JUDGES: dict[type[Any], type[Judge]] = {}
# What the fields' types are called: the kinds of values, the closed sets of words, and below the
# models that stand in other models.
_NAMES = vars(model) | vars(notice) | vars(kinds)


def _appoint(kind: type[Any]) -> Any:
    """Make the judge of a model; give the type whose values come out as the model itself."""
    types = get_type_hints(kind, _NAMES, include_extras=True)
    on_disk = keys(kind)
    declared: dict[str, Any] = {}
    for field in fields(kind):
        if said := on_disk.get(field.name):
            about = pydantic.Field(
                **_default(field),
                alias=said.alias,
                description=said.description,
                examples=list(said.examples) or None,
            )
            declared[field.name] = (types[field.name], about)
    base = _TextOrJudge if hasattr(kind, "ALONE") else Judge
    made = _made(kind.__name__, __base__=base, __module__=__name__, **declared)
    made.OF = kind
    made.ALIASES = frozenset(one.alias for one in on_disk.values())
    _JUDGES[kind] = made
    return Annotated[made, AfterValidator(Judge.made)]


def _default(field: "Field[Any]") -> dict[str, Any]:
    if field.default_factory is not MISSING:
        return {"default_factory": field.default_factory}
    return {} if field.default is MISSING else {"default": field.default}


def _one_or_more(kind: type[Any]) -> Any:
    return Annotated[_tuple[_appoint(kind), ...], OneOrMore()]


def _record() -> Any:
    """Judge a record by what it says has happened."""
    for kind in RECORDS.values():
        _appoint(kind)
    any_of = _union[tuple(_JUDGES[kind] for kind in RECORDS.values())]
    by_action = pydantic.Field(discriminator="action")
    return Annotated[any_of, by_action, AfterValidator(Judge.made)]


_NAMES["EvidenceFiles"] = _one_or_more(Evidence)
_NAMES["Measure"] = _appoint(Measure)
_NAMES["Record"] = _record()
_NAMES["Sections"] = _one_or_more(Section)
_NAMES["SecrecyReview"] = _appoint(SecrecyReview)
_NAMES["Unplaced"] = _appoint(Unplaced)
_NAMES["Notice"] = _appoint(Notice)
_appoint(Finding)
_appoint(Inspection)
