"""Findings told in a table: a row for each, under a heading that names problem and measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.model.names import split_names
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.bodies import Body, State, deadline_of, note_field, read_body
from zhenggai.notice.reading.draft import Line
from zhenggai.notice.reading.labels import Holds, holds_of

_PARTED = re.compile("(\t+|\u3000{2,}| {2,})")
_PROBLEM = re.compile(
    "(?:巡[察视])?(?:反馈)?(?:的)?(?:具体|主要|存在)?(?:的)?问题(?:描述|名称|表述)?"
)
_LEAST_COLUMNS = 3


@dataclass
class Row:
    """A finding's row: its line, title, how the row is written, and what it tells."""

    line: Line
    title: str
    pattern: str
    body: Body


def table_in(lines: Sequence[Line]) -> tuple[list[Line], list[Row], list[Line]] | None:
    """Return what stands above the rows of a table of findings, the rows, and what is below."""
    for place, line in enumerate(lines):
        columns = _columns(line.text)
        if columns is None:
            continue
        rows: list[Row] = []
        for below in lines[place + 1 :]:
            row = _row(below, columns)
            if row is None:
                break
            rows.append(row)
        if rows:
            end = place + 1 + len(rows)
            return list(lines[: place + 1]), rows, list(lines[end:])
    return None


def _columns(text: str) -> list[Holds | str] | None:
    cells = _PARTED.split(text)[::2]
    columns: list[Holds | str] = [
        "问题" if _PROBLEM.fullmatch(cell.strip()) else holds_of(cell.strip()) or ""
        for cell in cells
    ]
    is_table = len(cells) >= _LEAST_COLUMNS and "问题" in columns and Holds.MEASURES in columns
    return columns if is_table else None


def _row(line: Line, columns: list[Holds | str]) -> Row | None:
    parts = _PARTED.split(line.text)
    if len(parts[::2]) != len(columns):
        return None
    body, title, written = Body(), "", []
    for place, part in enumerate(parts):
        column = columns[place // 2] if place % 2 == 0 else ""
        if column == "问题" and not title:
            parted = titles.take_apart(part)
            title = parted.title(part)
            written.append(part[: parted.start] + "{问题}" + part[parted.stop :])
        elif isinstance(column, Holds) and part.strip():
            written.append(_cell(body, column, part, line.number))
        else:
            written.append(part)
    return Row(line, title, "".join(written), body) if title else None


def _cell(body: Body, column: Holds, part: str, number: int) -> str:
    """Note what a cell says; return how it is written."""
    match column:
        case Holds.MEASURES:
            return _measures(body, number, part)
        case Holds.STATE:
            if match := claimed_states.STATE.search(part):
                body.states.append(State(match[0]))
        case Holds.LEADER | Holds.OWNER:
            body.fields[column.value] = part
            return f"{{{column.value}}}"
        case Holds.DEPARTMENTS | Holds.ASSISTING:
            names = split_names(part)
            body.fields[column.value] = names if len(names) > 1 else part
            return f"{{{column.value}}}" if "、".join(names) == part else part
        case Holds.DUE:
            if day := deadline_of(part):
                body.fields[column.value] = str(day)
        case Holds.OUTCOME:
            return _outcome(body, part)
        case _:
            note_field(body, column, part)
    return part


def _outcome(body: Body, part: str) -> str:
    """Keep what was achieved with the measure, where the row tells one alone."""
    value = part.rstrip("。；; ")
    if len(body.measures) != 1 or body.measures[0].outcome or not value:
        return part
    body.measures[0].outcome = value
    return "{成效}" + part[len(value) :]


def _measures(body: Body, number: int, text: str) -> str:
    told = read_body([Line(number, text)], None)
    body.measures += told.measures
    body.doubts += told.doubts
    if told.lead:
        return told.patterns[0].replace("{导语}", told.lead)
    return "\n".join(told.patterns)
