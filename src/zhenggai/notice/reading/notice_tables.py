"""Findings told in a table: a row for each, under a heading that names problem and measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhenggai.model.names import split_names
from zhenggai.model.problem import shorten
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.bodies import (
    Body,
    State,
    deadline_of,
    note_field,
    note_who_leads,
    read_body,
)
from zhenggai.notice.reading.claimed_states import Trailing
from zhenggai.notice.reading.draft import Line
from zhenggai.notice.reading.labels import Holds, holds_of
from zhenggai.notice.reading.marks import mark_of
from zhenggai.notice.reading.readings import Read, Reading

_PARTED = re.compile("(\t+|\u3000{2,}| {2,})")
_PARTED_ONCE = re.compile("(\t| {2})")
_PROBLEM = re.compile(
    "(?:巡[察视]|审计)?(?:反馈|查出|发现)?(?:的)?(?:具体|主要|存在)?(?:的)?问题(?:描述|名称|表述|内容)?"
)
_NUMBER = re.compile("(?:问题)?(?:序号|编号)")
_ASPECT = re.compile("(?:问题)?(?:方面|所属方面)|问题类型")
_LEAST_COLUMNS = 3
# A row over all columns that heads those below it: （一）党的领导方面（2个问题）.
_ASPECT_ROW = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?\s*)?(?:在|关于)?[“‘「]?(?P<aspect>[^\s。；;，,：:“”]{2,30}?)[”’」]?"
    r"方面(?:存在)?(?:的?问题)?\s*(?:[（(][^（()）]{0,12}[)）])?"
)

Column = Holds | str
"""What a column holds: what a label says, 问题, 序号, 方面, or '' for what is not known."""


@dataclass
class Row:
    """A finding's row: its line, title, how the row is written, and what it tells.

    `number` is that of the row as printed, `more` what stands between this row and the next one.
    """

    line: Line
    title: str
    pattern: str
    body: Body
    number: str = ""
    aspect: str = ""
    more: list[Line] = field(default_factory=list)


@dataclass
class Table:
    """A table of findings: the lines down to its heading, its rows, and the lines below it.

    `odd` are lines that look like rows and have other columns than the heading.
    """

    lead: list[Line]
    rows: list[Row]
    below: list[Line]
    odd: list[Line]


def table_in(lines: Sequence[Line]) -> Table | None:
    """Return the table of findings that stands among lines, if there is one.

    Where it goes on behind other lines (a heading for each aspect), these stay where they are.
    """
    for place, line in enumerate(lines):
        columns = _columns(line.text)
        if columns is None:
            continue
        rows: list[Row] = []
        between: list[Line] = []
        odd: list[Line] = []
        lead, aspect = list(lines[: place + 1]), ""
        for below in lines[place + 1 :]:
            if told := _ASPECT_ROW.fullmatch(below.text.strip()):
                aspect = told["aspect"]
                (between if rows else lead).append(below)
                continue
            row = _row(below, columns)
            if row is None:
                between.append(below)
                if _is_like_a_row(below.text):
                    odd.append(below)
                continue
            if rows:
                rows[-1].more, between = between, []
            elif between:
                break
            row.aspect = row.aspect or aspect or (rows[-1].aspect if rows else "")
            rows.append(row)
        if rows:
            return Table(lead, rows, between, odd)
    return None


def _is_like_a_row(text: str) -> bool:
    return len(_PARTED.split(text)[::2]) >= _LEAST_COLUMNS and _columns(text) is None


def _columns(text: str) -> list[Column] | None:
    cells = [cell.strip() for cell in _PARTED.split(text)[::2]]
    columns: list[Column] = [_column(cell) for cell in cells]
    is_table = len(cells) >= _LEAST_COLUMNS and "问题" in columns and Holds.MEASURES in columns
    return columns if is_table else None


def _column(heading: str) -> Column:
    for pattern, column in ((_PROBLEM, "问题"), (_NUMBER, "序号"), (_ASPECT, "方面")):
        if pattern.fullmatch(heading):
            return column
    return holds_of(heading) or ""


def _parted(text: str, columns: list[Column]) -> tuple[list[str], list[Column]] | None:
    """Part a row at its blanks; return its pieces, and the columns that its cells stand in.

    A cell may be empty. One that is merged with the cell above it is not in the row.
    """
    for pattern in (_PARTED, _PARTED_ONCE):
        parts = pattern.split(text)
        if len(parts[::2]) == len(columns):
            return parts, columns
    parts = _PARTED.split(text)
    problem = columns.index("问题")
    merged = [place for place in range(problem) if columns[place] in ("方面", "")]
    missing = len(columns) - len(parts[::2])
    if not 0 < missing <= len(merged):
        return None
    return parts, [one for place, one in enumerate(columns) if place not in merged[:missing]]


def _row(line: Line, headed: list[Column]) -> Row | None:
    parted = _parted(line.text, headed)
    if parted is None or _columns(line.text):
        return None
    parts, columns = parted
    row, written = Row(line, "", "", Body()), []
    for place, part in enumerate(parts):
        column = columns[place // 2] if place % 2 == 0 else ""
        if column == "问题" and not row.title:
            mark = mark_of(part)
            number, words = (part[: mark.end], part[mark.end :]) if mark else ("", part)
            row.number = row.number or (str(mark.number) if mark else "")
            cut = titles.take_apart(words)
            row.title = cut.title(words)
            written.append(f"{number}{words[: cut.start]}{{问题}}{words[cut.stop :]}")
        elif isinstance(column, Holds) and part.strip():
            written.append(_cell(row.body, column, part, line.number))
        else:
            row.number = part if column == "序号" else row.number
            row.aspect = part if column == "方面" else row.aspect
            written.append(part)
    row.pattern = "".join(written)
    return row if row.title else None


def _cell(body: Body, column: Holds, part: str, number: int) -> str:
    """Note what a cell says; return how it is written."""
    match column:
        case Holds.MEASURES:
            return _measures(body, number, part)
        case Holds.STATE:
            if state := claimed_states.stated_alone(part):
                body.states.insert(0, State(state))
            elif match := claimed_states.behind_label(part) or claimed_states.trailing(part):
                words = match.words if isinstance(match, Trailing) else match["state"]
                body.states.insert(0, State(words))
            else:
                said = shorten(part.strip())
                body.decisions.append(Read(Reading.NOT_A_STATE, number, said))
        case Holds.LEADER | Holds.OWNER:
            body.fields[column.value] = part
            return f"{{{column.value}}}"
        case Holds.DEPARTMENTS | Holds.ASSISTING:
            return _departments(body, column, part, number)
        case Holds.DUE:
            if day := deadline_of(part):
                body.fields[column.value] = str(day)
        case Holds.OUTCOME:
            return _outcome(body, part)
        case _:
            note_field(body, column, part)
    return part


def _departments(body: Body, column: Holds, part: str, number: int) -> str:
    if column is Holds.DEPARTMENTS and note_who_leads(body, part.strip(), number):
        return part
    names = split_names(part)
    body.fields[column.value] = names if len(names) > 1 else part
    return f"{{{column.value}}}" if "、".join(names) == part else part


def _outcome(body: Body, part: str) -> str:
    """Keep what was achieved with the measure, where the row tells one alone."""
    value = part.rstrip("。；; ")
    if len(body.measures) != 1 or body.measures[0].outcome or not value:
        body.also.append(value)
        return part
    body.measures[0].outcome = value
    return "{成效}" + part[len(value) :]


def _measures(body: Body, number: int, text: str) -> str:
    told = read_body([Line(number, text)], None)
    body.measures += told.measures
    body.doubts += told.doubts
    body.states += told.states
    body.decisions += told.decisions
    if told.lead:
        return told.patterns[0].replace("{导语}", told.lead)
    return "\n".join(told.patterns)
