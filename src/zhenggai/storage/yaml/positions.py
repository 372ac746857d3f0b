"""Locate values in plainly written YAML by its lines, without the full parser.

Every mapping's keys must be found line by line in the order of the data, and every list's items;
where they are not, and inside brackets, there is no answer and the parser has to be asked.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple

from zhenggai.model.problem import At
from zhenggai.storage.yaml.fast import plain_data


class Place(NamedTuple):
    """A place in a text, counted from 0: line and column."""

    line: int
    column: int


class _Line(NamedTuple):
    """What a line says and where it begins to."""

    place: Place
    body: str


class _Node(NamedTuple):
    """A value: its data, the lines that say it, and the place of its key or else of itself."""

    data: Any
    lines: list[_Line]
    key: Place

    @property
    def place(self) -> Place:
        return self.lines[0].place


class _UnlocatableError(Exception):
    """The position cannot be told from the lines."""


class Places:
    """The places of the values of one text."""

    def __init__(self, text: str) -> None:
        self._data = plain_data(text)
        rows = text.replace("\r\n", "\n").split("\n")
        self._lines = [line for number, row in enumerate(rows) if (line := _line(number, row))]

    def find(self, at: At, *, key: bool = False) -> Place | None:
        """Find the place of a value, or of its key; where it is absent, of what should hold it.

        None where the lines do not tell.
        """
        if not self._data:
            return None
        try:
            return _find(_Node(self._data, self._lines, self._lines[0].place), at, key=key)
        except _UnlocatableError:
            return None


def _find(node: _Node, at: At, *, key: bool) -> Place:
    place = node.place
    for part in at:
        if isinstance(node.data, dict) and part == 0:
            continue  # one item, written without its list
        if not isinstance(node.data, (dict, list)):
            break
        inside = _inside(node)
        if part not in inside:
            break
        node = inside[part]
        place = node.key if key or node.data is None else node.place
    return place


def _inside(node: _Node) -> dict[Hashable, _Node]:
    """Return what stands in a mapping by its keys, in a list by its numbers."""
    is_list = isinstance(node.data, list)
    named = list(enumerate(node.data) if is_list else node.data.items())
    groups = _groups(node.lines, is_list=is_list)
    if len(groups) != len(named):
        raise _UnlocatableError
    return {
        name: _item(data, group) if is_list else _value(name, data, group)
        for (name, data), group in zip(named, groups, strict=True)
    }


def _groups(lines: list[_Line], *, is_list: bool) -> list[list[_Line]]:
    """Part a block's lines into its items or its keys, each with what is set off below it."""
    column = lines[0].place.column
    groups: list[list[_Line]] = []
    for line in lines:
        if line.place.column < column:
            raise _UnlocatableError
        # A list may stand as far left as its key.
        is_below = line.place.column > column or (not is_list and groups and _is_item(line.body))
        if not is_below:
            groups.append([])
        groups[-1].append(line)
    return groups


def _is_item(body: str) -> bool:
    return body == "-" or body.startswith("- ")


def _item(data: Any, group: list[_Line]) -> _Node:
    first, *below = group
    if not _is_item(first.body):
        raise _UnlocatableError
    lines = _behind(first, first.body[1:]) + below
    if not lines:
        raise _UnlocatableError
    return _Node(data, lines, lines[0].place)


def _value(key: str, data: Any, group: list[_Line]) -> _Node:
    first, *below = group
    for written in (key, f"'{key}'", f'"{key}"'):
        rest = first.body[len(written) :].lstrip(" ")
        if first.body.startswith(written) and (rest == ":" or rest.startswith(": ")):
            lines = _behind(first, rest[1:]) + below
            if not lines and data is not None:
                break
            return _Node(data, lines, first.place)
    raise _UnlocatableError


def _behind(line: _Line, rest: str) -> list[_Line]:
    """Return the rest of a line, behind a dash or a colon, as a line; a comment says nothing."""
    rest = rest.lstrip(" ")
    if not rest or rest.startswith("#"):
        return []
    column = line.place.column + len(line.body) - len(rest)
    return [_Line(Place(line.place.line, column), rest)]


def _line(number: int, row: str) -> _Line | None:
    body = row.strip(" ")
    if not body or body.startswith("#"):
        return None
    return _Line(Place(number, len(row) - len(row.lstrip(" "))), body)
