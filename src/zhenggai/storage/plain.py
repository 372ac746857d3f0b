"""The YAML that ledgers are mostly written in, read many times as fast; all else is left alone.

One line is one key, one item or one value, without quotes or in quotes without escapes; no value
goes over lines, nothing but single words stands in brackets. Of such a text `plain_data` gives
exactly what the parser gives; of every other it gives None, and the parser has to judge.
"""

import re
from typing import Any, NamedTuple

# Well within what the parser takes of length, lines, depth and words.
_MAX_TEXT, _MAX_LINE, _MAX_DEPTH = 1 << 16, 1000, 8

_VISIBLE = re.compile("[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
_KEY = re.compile(r"(\w{1,100}):(?: +|$)")
_QUOTED = re.compile(r"""'([^']*)'|"([^"\\]*)\"""")
_WORDS = re.compile(r"\[(\w+(?:, *\w+)*)\]")
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NULLS = frozenset(("~", "null", "Null", "NULL"))


class _Line(NamedTuple):
    """A line that says something; `item` is how far its dash sets off the rest, 0 without one."""

    indent: int
    item: int
    key: str | None
    bare: bool  # a key, and nothing after it
    value: list[str | None] | str | None


_END = _Line(-1, 0, None, bare=False, value=None)


class _NotPlainError(Exception):
    """Here is something for the parser to judge."""


def plain_data(text: str) -> dict[str, Any] | None:
    """Give the content of a plainly written text as dicts, lists, text and None."""
    text = text.replace("\r\n", "\n")
    if len(text) > _MAX_TEXT or not _VISIBLE.fullmatch(text):
        return None
    try:
        lines = [_END, *reversed([line for one in text.split("\n") if (line := _line(one))])]
        data = _mapping(lines, 1)
    except _NotPlainError:
        return None
    return data if data and lines == [_END] else None


def _line(text: str) -> _Line | None:
    """Take one line apart; a blank one and a comment say nothing."""
    body = text.strip(" ")
    if not body or body[0] == "#":
        return None
    indent = len(text) - len(text.lstrip(" "))
    item = 0
    if body.startswith("- "):
        rest = body[2:].lstrip(" ")
        item = len(body) - len(rest)
        body = rest
    found = _KEY.match(body)
    if found is None:
        return _Line(indent, item, None, bare=False, value=_value(body))
    key, rest = found[1], body[found.end() :]
    if key in _NULLS:
        raise _NotPlainError
    return _Line(indent, item, key, bare=not rest, value=_value(rest) if rest else None)


def _value(text: str) -> list[str | None] | str | None:
    if len(text) > _MAX_LINE:
        raise _NotPlainError
    if text[0] in _SIGNS:
        return _set_off(text)
    if ": " in text or " #" in text or text[-1] == ":":
        raise _NotPlainError
    return None if text in _NULLS else text


def _set_off(text: str) -> list[str | None] | str:
    if quoted := _QUOTED.fullmatch(text):
        return quoted[quoted.lastindex or 0]
    if words := _WORDS.fullmatch(text):
        return [None if word in _NULLS else word for word in words[1].replace(" ", "").split(",")]
    raise _NotPlainError


def _mapping(lines: list[_Line], depth: int) -> dict[str, Any]:
    """Take the mapping that comes next from the end of the lines."""
    indent = lines[-1].indent
    data: dict[str, Any] = {}
    while lines[-1].indent == indent and lines[-1].key is not None and not lines[-1].item:
        _, _, key, bare, value = lines.pop()
        if key in data or key is None:
            raise _NotPlainError
        data[key] = _below(lines, indent, depth) if bare else value
    if lines[-1].indent > indent:
        raise _NotPlainError
    return data


def _below(lines: list[_Line], indent: int, depth: int) -> Any:
    """Take what belongs to a key with nothing after it."""
    if depth > _MAX_DEPTH:
        raise _NotPlainError
    line = lines[-1]
    if line.item and line.indent >= indent:
        return _sequence(lines, depth + 1)
    return _mapping(lines, depth + 1) if line.indent > indent else None


def _sequence(lines: list[_Line], depth: int) -> list[Any]:
    indent = lines[-1].indent
    items: list[Any] = []
    while lines[-1].indent == indent and (item := lines[-1].item):
        line = lines.pop()
        if line.key is None:
            items.append(line.value)
        else:
            lines.append(line._replace(indent=indent + item, item=0))
            items.append(_mapping(lines, depth + 1))
    if lines[-1].indent > indent:
        raise _NotPlainError
    return items
