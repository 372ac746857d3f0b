"""Findings as rows: the columns of `list`, and what JSON says of each finding."""

from collections.abc import Sequence
from typing import Any

from zhenggai.core.standing import AnyItem, AnyLedger
from zhenggai.core.terms import Stage, Timing
from zhenggai.views.formats import Column, Format, Screen, csv_text, json_text, records, table
from zhenggai.views.words import NOTHING, situation

TIMING_STYLES = {
    Timing.OVERDUE: "bold red",
    Timing.DUE_SOON: "yellow",
    Timing.STALE: "magenta",
    Timing.NORMAL: "",
}


def _style(item: AnyItem) -> str:
    return "green" if item.standing.stage is Stage.CLOSED else TIMING_STYLES[item.standing.timing]


def command_id(item: AnyItem, *, several: bool) -> str:
    """Give the id as it is typed on the command line; among several ledgers with its ledger."""
    return f"{item.ledger}/{item.finding.id}" if several else item.finding.id


def reading_columns(*, several: bool) -> list[Column[AnyItem]]:
    """Give the columns a person reads in a list of findings."""
    return [
        Column("id", "编号", lambda item: command_id(item, several=several)),
        Column("title", "问题", lambda item: item.finding.title, shrinks=True),
        Column("departments", "科室", lambda item: item.finding.departments, shrinks=True),
        Column("owner", "责任人", lambda item: item.finding.owner or NOTHING, shrinks=True),
        Column("deadline", "时限", lambda item: item.standing.deadline or NOTHING),
        Column("stage", "阶段", lambda item: item.standing.stage),
        Column("situation", "情况", lambda item: situation(item.standing), style=_style),
    ]


# Every field, for spreadsheets and programs; the keys are part of the stable JSON form.
FIELDS: list[Column[AnyItem]] = [
    Column("ledger", "台账", lambda item: item.ledger),
    Column("id", "编号", lambda item: item.finding.id),
    Column("title", "问题", lambda item: item.finding.title),
    Column("aspect", "方面", lambda item: item.finding.aspect),
    Column("kind", "类型", lambda item: item.finding.kind),
    Column("leader", "责任领导", lambda item: item.finding.leader),
    Column("departments", "责任科室", lambda item: item.finding.departments),
    Column("owner", "责任人", lambda item: item.finding.owner),
    Column("deadline", "时限", lambda item: item.standing.deadline),
    Column("days_left", "剩余天数", lambda item: item.standing.days_left),
    Column("stage", "阶段", lambda item: item.standing.stage),
    Column("timing", "时间状态", lambda item: item.standing.timing),
    Column("closed_on", "销号日期", lambda item: item.standing.closed_on),
    Column("late_days", "逾期销号天数", lambda item: item.standing.late_days),
    Column("extensions", "延期次数", lambda item: item.standing.extensions),
    Column("last_on", "最近进展", lambda item: item.standing.last_on),
    Column("idle_days", "未更新天数", lambda item: item.standing.idle_days),
    Column("measures", "措施数", lambda item: len(item.finding.measures)),
    Column("public", "公开", lambda item: item.finding.public),
]


def objects(items: Sequence[AnyItem]) -> list[dict[str, Any]]:
    """Give findings as the objects of the stable JSON form."""
    return records(FIELDS, items)


def listing(
    items: Sequence[AnyItem], ledgers: Sequence[AnyLedger], style: Format, screen: Screen
) -> str:
    """Write the findings of these ledgers in one of the formats."""
    if style is Format.JSON:
        return json_text({"findings": objects(items), "unreadable": unreadable(ledgers)})
    if style is Format.CSV:
        return csv_text(FIELDS, items)
    return table(reading_columns(several=len(ledgers) > 1), items, style, screen)


def unreadable(ledgers: Sequence[AnyLedger]) -> list[str]:
    """Name the files that are in no list and no count."""
    return [
        f"{ledger.folder}/{name}" if ledger.folder else name
        for ledger in ledgers
        for name in ledger.unreadable
    ]
