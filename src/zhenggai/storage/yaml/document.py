"""Write plain data as the text of a ledger's file: a mapping, laid out as people write it."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhenggai.storage.yaml.text_edits import scalar


def document(data: Mapping[str, Any], header: str = "") -> str:
    """Return data as YAML; `header` is a comment that stands above it.

    Texts are written so that they read back as themselves; what is no text, mapping or list is
    written as its text (a day as 2021-05-18), True and False as 是 and 否.
    """
    return "\n".join([*([header] if header else []), *_lines(data, "")]) + "\n"


def _lines(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif _is_list(value):
            yield f"{indent}{key}:"
            for item in value:
                yield from _item(item, indent + "  ")
        else:
            yield f"{indent}{key}: {_value(value)}".rstrip()


def _is_list(value: Any) -> bool:
    """Whether a value is a list; a period is a tuple with names, and is written as a text."""
    return isinstance(value, (list, tuple)) and not hasattr(value, "_fields")


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return scalar(str(value))


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"{indent}- {_value(item)}"
        return
    first, *rest = _lines(item, indent + "  ")
    yield f"{indent}- {first.strip()}"
    yield from rest
