"""JSON Schema of the ledger's files, for editors: made from the models and their rules."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from zhenggai.core.model import Finding, Inspection
from zhenggai.core.terms import Kind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

# The rules on one finding that a schema can state.
_RULES: list[dict[str, Any]] = [
    {
        "if": {"properties": {"类型": {"const": Kind.LONG_TERM.value}}, "required": ["类型"]},
        "then": {"required": ["复核周期"]},
        "else": {"required": ["整改时限"]},
    },
    {
        "if": {"properties": {"公开": {"enum": ["否", False]}}, "required": ["公开"]},
        "then": {"required": ["不公开理由"]},
    },
]


class _Chinese(GenerateJsonSchema):
    """Titles are the keys themselves, not their English names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Let no title be made up."""
        del schema
        return False


def finding_schema() -> dict[str, Any]:
    """Give the schema of a finding's file."""
    schema = _schema(Finding, "一个问题(NN.yaml)")
    schema["required"] = ["问题", "责任领导", "责任科室", "责任人"]
    schema["allOf"] = _RULES
    return schema


def inspection_schema() -> dict[str, Any]:
    """Give the schema of inspection.yaml."""
    schema = _schema(Inspection, "台账的总说明(inspection.yaml)")
    schema["required"] = list(Inspection.REQUIRED)
    return schema


SCHEMAS = {"finding": finding_schema, "inspection": inspection_schema}
"""Every kind of file with the function that gives its schema."""


def _schema(kind: type[BaseModel], title: str) -> dict[str, Any]:
    schema = kind.model_json_schema(by_alias=True, schema_generator=_Chinese)
    for part in (schema, *schema.get("$defs", {}).values()):
        _tidy(part)
    return {"$schema": _DRAFT, "title": title} | {
        key: value for key, value in schema.items() if key != "title"
    }


def _tidy(schema: dict[str, Any]) -> None:
    """Name every property by its key, and let an empty slot stand where nothing is required."""
    for choice in schema.get("anyOf", ()):
        _tidy(choice)
    schema.pop("title", None)
    schema.pop("description", None)  # the English docstring
    required = schema.get("required", ())
    for key, value in schema.get("properties", {}).items():
        value["title"] = key
        value.pop("default", None)
        if key not in required and {"type": "null"} not in value.get("anyOf", ()):
            known = {name: value.pop(name) for name in ("title", "description") if name in value}
            inner = dict(value)
            value.clear()
            value.update(known | {"anyOf": [inner, {"type": "null"}]})
