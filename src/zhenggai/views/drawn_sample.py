"""Closed findings that were drawn to be looked at once more (复查)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.ledger.standing import Line
from zhenggai.views.columns import Column
from zhenggai.views.finding_rows import command_id
from zhenggai.views.layout import Screen
from zhenggai.views.screen_text import visible


class DrawnSample(NamedTuple):
    """The lines drawn, of how many closed findings, how many were asked for, and by which seed."""

    lines: Sequence[Line]
    closed: int
    asked: int
    seed: str
    today: date
    several: bool = False

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the sample."""
        return {
            "today": self.today,
            "seed": self.seed,
            "asked": self.asked,
            "closed": self.closed,
            "sample": [
                {
                    "ledger": line.ledger,
                    "id": line.row.id,
                    "title": line.row.title,
                    "departments": line.row.departments,
                    "closed_on": line.standing.closed_on,
                }
                for line in self.lines
            ],
        }


def write(drawn: DrawnSample, screen: Screen) -> str:
    """Write the sample for reading: how it was drawn, and a table."""
    if not drawn.lines:
        return f"截至{drawn.today}没有已销号的问题，无可抽取。"
    head = (
        f"截至{drawn.today}已销号{drawn.closed}个，抽取{len(drawn.lines)}个"
        f"（种子：{visible(drawn.seed)}）："
    )
    columns: list[Column[Line]] = [
        Column("id", "编号", lambda line: command_id(line, several=drawn.several)),
        Column("title", "问题", lambda line: line.row.title, shrinks=True),
        Column("departments", "责任科室", lambda line: line.row.departments, shrinks=True),
        Column("closed_on", "销号日期", lambda line: line.standing.closed_on),
    ]
    return f"{head}\n{screen.table(columns, drawn.lines)}"
