"""Write the data of a whole file as a text: a mapping, laid out as people write it."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhenggai.errors import RefusedError
from zhenggai.storage.yaml.text_edits import read, scalar


def whole_text(data: Mapping[str, Any], header: str = "") -> str:
    """Return data as YAML; `header` is a comment that stands above it.

    What is no mapping, list or nothing is written as its text, True and False as 是 and 否. Raise
    RefusedError where the text would not read back as what was written.
    """
    text = "\n".join([*([header] if header else []), *_lines(data, "")]) + "\n"
    if read(text) != as_texts(data):
        raise RefusedError("内容的写法少见，不能自动写入；请用编辑器手工写")
    return text


def as_texts(value: Any) -> Any:
    """Return data as a file gives them: every scalar a text, nothing as None."""
    if isinstance(value, Mapping):
        return {key: as_texts(one) for key, one in value.items()}
    if _is_list(value):
        return [as_texts(one) for one in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return None if value is None else str(value)


def _is_list(value: Any) -> bool:
    """Whether a value is a list; a period is a tuple with names, and is written as a text."""
    return isinstance(value, (list, tuple)) and not hasattr(value, "_fields")


def _lines(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = f"{indent}{scalar(key)}:"
        if isinstance(value, Mapping):
            yield name
            yield from _lines(value, indent + "  ")
        elif _is_list(value):
            yield name
            for item in value:
                yield from _item(item, indent + "  ")
        else:
            yield f"{name} {_value(value)}".rstrip()


def _value(value: Any) -> str:
    text = as_texts(value)
    return "" if text is None else scalar(text)


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping) or _is_list(item):
        inner = item if isinstance(item, Mapping) else None
        lines = _lines(inner, indent + "  ") if inner is not None else _items(item, indent + "  ")
        first, *rest = lines
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    else:
        yield f"{indent}- {_value(item)}"


def _items(items: Any, indent: str) -> Iterator[str]:
    for item in items:
        yield from _item(item, indent)
