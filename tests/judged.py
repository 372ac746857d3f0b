"""Models made of data as the judge makes them, whatever their form."""

from typing import Any, TypeVar

from zhenggai.core.judge import judge

_Model = TypeVar("_Model")


def judged(kind: type[_Model], data: dict[str, Any]) -> _Model:
    """Give the model; raise pydantic's ValidationError where the data have a fault."""
    made: _Model = judge(kind).model_validate(data).made()
    return made
