"""JSON Schema of the ledger's files, for editors: made from the models and their rules."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from zhenggai.model.declaration import (
    DECLARATION,
    DEFINED_AS,
    JSON_FORM,
    ONE_OR_MORE,
    Model,
    Schema,
)
from zhenggai.model.inspection_model import Inspection, OwnDaysOff
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Action, InspectionKind, Kind, Step, is_procedure
from zhenggai.rules import CODES

# The latest draft that every editor knows; in it nothing may stand beside a $ref.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{model}"

_TITLES = {
    "Evidence": "佐证",
    "Progress": "进展",
    "Recognition": "认定",
    "Withdrawal": "撤销登记",
    "Urging": "督办",
    "Recheck": "复查",
    "Correction": "更正",
    "Handover": "交接",
    "Splitting": "拆分",
    "Renaming": "更名",
    "Measure": "一项措施",
    "Supervision": "督查",
    "Extension": "延期",
    "Application": "申请销号",
    "Review": "审核",
    "Closing": "销号",
    "Return": "退回",
    "Reopening": "重开",
    "Notice": "通报",
    "WarningLevel": "一级预警",
    "SubmittedPaper": "报送的文件",
    "DemocraticMeeting": "专题民主生活会",
    "Assessment": "一次评估",
    "SignOff": "一次签批",
    "ApprovedText": "一份审定稿",
    "Section": "一段",
    "SecrecyReview": "保密审查",
    "Unplaced": "未识别的一行",
    "AspectText": "一个方面的写法",
}


def finding_schema() -> Schema:
    """Return the schema of a finding's file."""
    schema = _schema(Finding, "一个问题（NN.yaml）", ("问题", "责任领导", "责任科室", "责任人"))
    text, names = schema["properties"]["责任科室"]["anyOf"]
    text["pattern"], names["minItems"] = r"[^、\s]", 1
    for new, former in _former_keys():
        told = {"title": former, "description": f"“{new}”旧的名称，照样识别"}
        schema["properties"][former] = schema["properties"][new] | told
    return schema | {"allOf": _rules()}


def _former_keys() -> list[tuple[str, str]]:
    """Return each key of a finding that has a new name, with the old one."""
    return [(one.key, one.formerly) for one in Finding.DECLARED.values() if one.formerly]


def inspection_schema() -> Schema:
    """Return the schema of inspection.yaml."""
    always = [key for key in Inspection.REQUIRED if key in Inspection.REQUIRED_OF_AN_AUDIT]
    schema = _schema(Inspection, "台账的总说明（inspection.yaml）", always)
    schema["properties"]["规则"]["propertyNames"] = {
        "enum": [code for code, one in CODES.items() if not one.is_fixed]
    }
    schema["properties"]["销号程序"]["enum"] = [Step.APPROVAL.value, [], *_procedures(), None]
    [office] = set(Inspection.REQUIRED_OF_AN_AUDIT) - set(always)
    [group] = set(Inspection.REQUIRED) - set(always)
    return schema | {
        "if": _with("巡察类型", {"const": InspectionKind.AUDIT.value}),
        "then": _with(office, _written(f"审计整改的填写{office}")),
        "else": _with(group, _written(f"填写{group}")),
    }


def _procedures() -> list[list[str]]:
    """Return every closing procedure there can be, the short ones first."""
    chosen = (steps for length in range(1, len(Step) + 1) for steps in combinations(Step, length))
    return [[step.value for step in steps] for steps in chosen if is_procedure(steps)]


def days_off_schema() -> Schema:
    """Return the schema of a ledger's own days off."""
    return _schema(OwnDaysOff, "台账自己的放假和补班（节假日.yaml）", ())


SCHEMAS = {
    "finding": finding_schema,
    "inspection": inspection_schema,
    "holidays": days_off_schema,
}
"""Every kind of file with the function that gives its schema."""


def _rules() -> list[Schema]:
    """State what makes one finding wrong, as far as a schema can.

    What only says that a finding is unfinished (no aspect, no measures yet) is left to `check`:
    an editor would mark every new one.
    """
    long_term = _with("类型", {"const": Kind.LONG_TERM.value})
    undated = {"allOf": [long_term, {"not": _with("整改时限", {"type": "string"})}]}
    cycles = Finding.DECLARED["review_every"].keys
    closed = {"allOf": [_recorded(Action.CLOSING), _not_recorded(Action.RETURN, Action.REOPENING)]}
    return [
        *(
            {"not": {"allOf": [_with(key, {"type": "string"}) for key in pair]}}
            | _said(f"“{pair[1]}”是“{pair[0]}”旧的名称，只写一处")
            for pair in _former_keys()
        ),
        {
            "if": long_term,
            "then": {
                "anyOf": [_with(key, _written(f"写{key}")) for key in cycles],
                **_said("长期坚持的问题要写检视周期，如 每季度"),
            },
            "else": {
                "required": ["整改时限"],
                "properties": {
                    "整改时限": _written("填写整改时限，如 2021-04-30"),
                    **{key: _unwritten("只有长期坚持的问题才看检视周期") for key in cycles},
                },
            },
        },
        {
            "if": undated,
            "then": {
                "properties": {
                    "记录": _never_extended("没有整改时限的长期坚持问题没有时限可延，只能延措施的"),
                },
            },
        },
        {
            "if": _with("公开", {"enum": ["否", False, "false"]}),
            "then": {
                "required": ["不公开理由"],
                "properties": {"不公开理由": _written("不公开的要写理由")},
            },
        },
        {
            "if": _recorded(Action.REOPENING),
            "then": {
                "properties": {"记录": _has(Action.CLOSING) | _said("未销号的问题不能重开")},
            },
        },
        {
            "if": closed,
            "then": {
                "properties": {
                    "措施": {
                        "items": {
                            "required": ["完成"],
                            "properties": {"完成": _written("已经销号，措施要有完成日期")},
                        }
                    }
                }
            },
        },
    ]


def _said(message: str) -> Schema:
    """Put the editor's complaint into words; other readers pass over the key."""
    return {"errorMessage": message}


def _with(key: str, value: Schema) -> Schema:
    return {"properties": {key: value}, "required": [key]}


def _written(message: str) -> Schema:
    return {"type": ["string", "number", "boolean"]} | _said(message)


def _unwritten(message: str) -> Schema:
    return {"type": "null"} | _said(message)


def _has(action: Action) -> Schema:
    return {"contains": {"type": "object"} | _with("事项", {"const": action.value})}


def _never_extended(message: str) -> Schema:
    """Forbid extensions but those of one measure."""
    of_measure = _with("措施", {"not": {"type": "null"}})
    extended = _with("事项", {"const": Action.EXTENSION.value}) | {"not": of_measure}
    return {
        "not": {"type": "array", "contains": {"type": "object"} | extended},
        **_said(message),
    }


def _recorded(action: Action) -> Schema:
    return _with("记录", {"type": "array"} | _has(action))


def _not_recorded(*actions: Action) -> Schema:
    return {"not": {"anyOf": [_recorded(action) for action in actions]}}


class _FromDeclarations(GenerateJsonSchema):
    """Generate JSON Schema with what the declarations say: nothing made up, nothing in English."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Suppress titles derived from English field names."""
        del schema
        return False

    def generate_inner(self, schema: Any) -> Schema:
        """Take what a kind of value says of itself; a list may also be its only item."""
        metadata = schema.get("metadata") or {}
        if JSON_FORM in metadata:
            return dict(metadata[JSON_FORM])
        made = super().generate_inner(schema)
        if ONE_OR_MORE in metadata:
            return {"anyOf": [made.get("items", {}), made]}
        return made

    def literal_schema(self, schema: Any) -> Schema:
        """Return the schema of a single allowed word, alike in every version of pydantic."""
        [word] = schema["expected"]
        return {"const": str(word.value), "type": "string"}

    def dict_schema(self, schema: Any) -> Schema:
        """Name the terms that a table's keys are, as pydantic itself does from 2.10 on only."""
        made = super().dict_schema(schema)
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        return made | {"propertyNames": keys} if "$ref" in keys else made

    def sort(self, value: Any, parent_key: str | None = None) -> Any:
        """Sort keys by name, those of a model as declared: alike in every version of pydantic."""
        if isinstance(value, list):
            return [self.sort(item, parent_key) for item in value]
        if not isinstance(value, dict):
            return value
        keys = value if parent_key == "properties" else sorted(value)
        return {key: self.sort(value[key], key) for key in keys}

    def default_schema(self, schema: Any) -> Schema:
        """Leave defaults out: an editor would write them into the file."""
        return self.generate_inner(schema["schema"])

    def dataclass_field_schema(self, schema: Any) -> Schema:
        """Add the description and the examples of the declaration."""
        declared = schema["metadata"][DECLARATION]
        about: Schema = {"description": declared.description}
        if declared.examples:
            about["examples"] = list(declared.examples)
        inner = self.generate_inner(schema["schema"])
        if "examples" in inner and declared.default is None:
            inner = {"anyOf": [inner]}  # keeps the examples of the kind beside its form
        return inner | about

    def dataclass_schema(self, schema: Any) -> Schema:
        """Describe a model; where one text may stand for it, the text too."""
        made = self.generate_inner(schema["schema"]) | {"additionalProperties": False}
        alone = schema["cls"].ALONE
        if alone is None:
            return made
        text = made["properties"][alone]
        wanted = ("type", "pattern", "patternErrorMessage")
        return {"anyOf": [{word: text[word] for word in wanted if word in text}, made]}


def json_schema(model: type[Model]) -> Schema:
    """Return a model's JSON Schema as the generator makes it, definitions under `$defs`."""
    definitions: dict[str, Schema] = {}
    root = _refer(model.core_schema() | {"metadata": {}}, definitions)
    whole: Any = {"type": "definitions", "schema": root, "definitions": [*definitions.values()]}
    return _FromDeclarations(by_alias=True, ref_template=_REF).generate(whole)


def _refer(schema: Any, definitions: dict[str, Schema]) -> Any:
    """Put a reference in the place of every schema that has a name, and keep it by the name."""
    if isinstance(schema, list):
        return [_refer(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    name = (schema.get("metadata") or {}).get(DEFINED_AS)
    if name is None:
        return {key: _refer(inner, definitions) for key, inner in schema.items()}
    if name not in definitions:
        inner = {key: _refer(one, definitions) for key, one in schema.items() if key != "metadata"}
        definitions[name] = inner | {"ref": name}
    return {"type": "definition-ref", "schema_ref": name}


def _schema(model: type[Model], title: str, filled: Sequence[str]) -> Schema:
    """Make a file's schema; the keys in `filled` must stand there with a value."""
    made = json_schema(model)
    parts = made.pop("$defs", {})
    made["required"] = list(filled)
    for name, part in parts.items():
        _tidy(part)
        if name in _TITLES:
            part["title"] = _TITLES[name]
    _tidy(made)
    for key in filled:
        made["properties"][key] |= _said(f"填写{key}")
    return {"$schema": _DRAFT, "title": title, **made, "definitions": parts}


def _tidy(schema: Schema) -> None:
    """Keep to what JSON Schema knows; name properties by their keys, and let slots be empty."""
    for choice in schema.get("anyOf", ()):
        _tidy(choice)  # a model that may be written as a text
    schema.pop("title", None)
    schema.pop("description", None)  # the English docstring
    required = schema.get("required", ())
    for key, value in schema.get("properties", {}).items():
        value.pop("default", None)
        value.get("items", {}).pop("discriminator", None)
        if "patternProperties" in value:
            value["additionalProperties"] = False
        about = {word: value.pop(word) for word in ("description", "examples") if word in value}
        inner = _without_null(value)
        filled = _referred(inner) if key in required else _or_null(inner)
        value.clear()
        value.update({"title": key} | filled | about)


def _without_null(schema: Schema) -> Schema:
    """Take None out of a choice, and lists of one choice apart."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1 and "$ref" not in choices[0]:
        return _without_null(choices[0])
    return dict(schema) | ({"anyOf": choices} if choices else {})


def _referred(schema: Schema) -> Schema:
    """Put a reference by itself: draft 7 heeds nothing that stands beside it."""
    return {"anyOf": [schema]} if "$ref" in schema else schema


def _or_null(schema: Schema) -> Schema:
    """Allow an empty value: scaffolds contain keys without one."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "type" in schema:
        types = schema["type"]
        return schema | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}
