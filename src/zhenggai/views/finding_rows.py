"""Findings as rows: the columns of `list`, and what JSON says of each finding."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from zhenggai.ledger.register import Register, Row, unreadable_paths
from zhenggai.ledger.standing import Line
from zhenggai.model.terms import Stage, Timing
from zhenggai.views.columns import Column, records
from zhenggai.views.phrases import NOTHING, deadline, situation

TIMING_STYLES = {
    Timing.OVERDUE: "bold red",
    Timing.DUE_SOON: "yellow",
    Timing.STALE: "magenta",
    Timing.NORMAL: "",
}


def _style(line: Line) -> str:
    return "green" if line.standing.stage is Stage.CLOSED else TIMING_STYLES[line.standing.timing]


def command_id(line: Line, *, several: bool) -> str:
    """Return the id as it is typed on the command line; among several ledgers with its ledger."""
    return f"{line.ledger}/{line.row.id}" if several else line.row.id


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
    Column("measures", "措施数", lambda line: len(line.row.timeline.done)),
    Column("stated", "所写时限", lambda line: line.standing.stated),
    Column("last_working_day", "此前最后一个工作日", lambda line: line.standing.last_working_day),
    Column("approximate", "约算", lambda line: line.standing.approximate),
    Column("stated_leader", "所写责任领导", lambda line: line.row.leader),
    Column("stated_owner", "所写责任人", lambda line: line.row.owner),
    Column("public", "公开", lambda line: line.row.public),
]


def fields() -> list[Column[Line]]:
    """Return every column of the register: those above, then what else a finding declares."""
    from zhenggai.model.ledger_model import Finding

    more = [
        Column(name, one.key, partial(_further, name))
        for name, one in Finding.DECLARED.items()
        if one.column and name not in Row._fields
    ]
    return _FIELDS + more


def _further(name: str, line: Line) -> Any:
    return dict(line.row.more).get(name)


def objects(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return findings as the objects of the stable JSON form."""
    return records(fields(), lines)


class Listing(NamedTuple):
    """Findings to be listed: their lines, and the registers they were chosen from."""

    lines: Sequence[Line]
    registers: Sequence[Register]

    @property
    def columns(self) -> list[Column[Line]]:
        """The columns that a person reads."""
        return reading_columns(several=len(self.registers) > 1)

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
