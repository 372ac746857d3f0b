"""Findings as rows: the columns of `list`, and what JSON says of each finding."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from zhenggai.ledger.register import Register, Row, unreadable_paths
from zhenggai.ledger.standing import Line
from zhenggai.ledger.warning_levels import content
from zhenggai.model.terms import Colour, Stage, Timing
from zhenggai.views.columns import Column, records
from zhenggai.views.phrases import NOTHING, deadline, situation

TIMING_STYLES = {
    Timing.OVERDUE: "bold red",
    Timing.DUE_SOON: "yellow",
    Timing.STALE: "magenta",
    Timing.NORMAL: "",
}


# What a terminal shows the colours of warnings in.
_COLOUR_STYLES = {
    Colour.RED: "bold red",
    Colour.ORANGE: "orange",
    Colour.YELLOW: "yellow",
    Colour.BLUE: "blue",
}


def _style(line: Line) -> str:
    if line.standing.stage is Stage.CLOSED:
        return "green"
    level = line.standing.level
    return _COLOUR_STYLES[level.colour] if level else TIMING_STYLES[line.standing.timing]


def warning_column() -> Column[Line]:
    """Return the column of the colours of warnings, said in words for whoever sees no colours."""
    return Column("warning", "预警", lambda line: _of_level(line)["warning_colour"], style=_style)


def _of_level(line: Line) -> dict[str, Any]:
    return content(line.standing.level)


def command_id(line: Line, *, several: bool) -> str:
    """Return the id as it is typed on the command line; among several ledgers with its ledger."""
    return f"{line.ledger}/{line.row.id}" if several else line.row.id


def _numbers(line: Line, numbers: Iterable[int]) -> tuple[str, ...]:
    """Write the numbers of measures as they are typed: 07.2."""
    return tuple(f"{line.row.id}.{number}" for number in numbers)


def _late(line: Line) -> tuple[str, ...]:
    return _numbers(line, (one.number for one in line.standing.late_measures))


def _found_by(line: Line) -> tuple[str, ...]:
    return _numbers(line, line.by_measures)


def reading_columns(*, several: bool) -> list[Column[Line]]:
    """Return the columns a person reads in a list of findings."""
    return [
        Column("id", "编号", lambda line: command_id(line, several=several)),
        Column("title", "问题", lambda line: line.row.title, shrinks=True),
        Column("departments", "责任科室", lambda line: line.row.departments, shrinks=True),
        Column("owner", "责任人", lambda line: line.standing.owner or NOTHING, shrinks=True),
        Column("deadline", "整改时限", lambda line: deadline(line.standing)),
        Column("stage", "整改状态", lambda line: line.standing.stage),
        Column(
            "situation",
            "时限情况",
            lambda line: situation(line.standing),
            style=_style,
            shrinks=True,
        ),
    ]


# For spreadsheets and programs; the keys are part of the stable JSON form.
_FIELDS: list[Column[Line]] = [
    Column("ledger", "台账", lambda line: line.ledger),
    Column("id", "编号", lambda line: line.row.id),
    Column("title", "问题", lambda line: line.row.title),
    Column("aspect", "方面", lambda line: line.row.aspect),
    Column("kind", "类型", lambda line: line.row.kind),
    Column("leader", "责任领导", lambda line: line.standing.leader),
    Column("departments", "责任科室", lambda line: line.row.departments),
    Column("owner", "责任人", lambda line: line.standing.owner),
    Column("deadline", "整改时限", lambda line: line.standing.deadline),
    Column("days_left", "剩余天数", lambda line: line.standing.days_left),
    Column("stage", "整改状态", lambda line: line.standing.stage),
    Column("timing", "时限情况", lambda line: line.standing.timing),
    Column("closed_on", "销号日期", lambda line: line.standing.closed_on),
    Column("late_days", "逾期销号天数", lambda line: line.standing.late_days),
    Column("extensions", "延期次数", lambda line: line.standing.extensions),
    Column("last_on", "最近进展", lambda line: line.standing.last_on),
    Column("idle_days", "无进展天数", lambda line: line.standing.idle_days),
    Column("once_overdue_days", "曾逾期天数", lambda line: line.standing.once_overdue_days),
    Column("holder", "办理环节", lambda line: line.standing.holder),
    Column("waiting_days", "等待天数", lambda line: line.standing.waiting_days),
    Column("undecided", "超期未审", lambda line: line.standing.undecided),
    Column("visited_on", "最近督查", lambda line: line.standing.visited_on),
    Column("unsupervised", "本期未督查", lambda line: line.standing.unsupervised),
    Column("recognised", "上级认可", lambda line: line.standing.recognised),
    Column("withdrawn", "已撤销登记", lambda line: line.standing.withdrawn),
    Column("measures_done", "完成措施数", lambda line: line.standing.measures_done),
    Column("measures", "措施数", lambda line: line.standing.measures),
    Column("stated", "所写时限", lambda line: line.standing.stated),
    Column("last_working_day", "此前最后一个工作日", lambda line: line.standing.last_working_day),
    Column("approximate", "约算", lambda line: line.standing.approximate),
    Column("is_review", "时限为检视", lambda line: line.standing.is_review),
    Column("warning", "预警等级", lambda line: _of_level(line)["warning"]),
    Column("warning_colour", "预警颜色", lambda line: _of_level(line)["warning_colour"]),
    Column("warning_to", "预警发至", lambda line: _of_level(line)["warning_to"]),
    Column("unanswered", "督办未回复", lambda line: line.standing.unanswered),
    Column("reply_overdue", "督办逾期未回复", lambda line: line.standing.reply_overdue),
    Column("stated_leader", "所写责任领导", lambda line: line.row.leader),
    Column("stated_owner", "所写责任人", lambda line: line.row.owner),
    Column("public", "公开", lambda line: line.row.public),
    Column("late_measures", "过了时限的措施", _late),
    Column("found_by_measures", "所涉措施", _found_by),
]


def fields() -> list[Column[Line]]:
    """Return every column of the register: those above, then what else a finding declares."""
    from zhenggai.model.ledger_model import Finding

    more = [
        Column(name, one.key, partial(_further, name, one.default))
        for name, one in Finding.DECLARED.items()
        if one.column and name not in Row._fields
    ]
    return _FIELDS + more


def _further(name: str, default: Any, line: Line) -> Any:
    return line.row.further(name, default)


def objects(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return findings as the objects of the stable JSON form."""
    return records(fields(), lines)


class Listing(NamedTuple):
    """Findings to be listed: their lines, and the registers they were chosen from."""

    lines: Sequence[Line]
    registers: Sequence[Register]

    @property
    def columns(self) -> list[Column[Line]]:
        """The columns that a person reads; where some were found by their measures, which."""
        columns = reading_columns(several=len(self.registers) > 1)
        if any(line.by_measures for line in self.lines):
            columns.append(Column("found_by_measures", "所涉措施", _found_by))
        return columns

    @property
    def fields(self) -> list[Column[Line]]:
        """Every column there is."""
        return fields()

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the findings."""
        return {"findings": objects(self.lines), "unreadable": unreadable(self.registers)}


def unreadable(registers: Sequence[Register]) -> list[str]:
    """Return the files that are in no list and no count."""
    return [
        path
        for register in registers
        for path in unreadable_paths(register.folder, register.unreadable)
    ]
