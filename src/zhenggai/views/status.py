"""How far the rectification has come: header, progress table, and what presses."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.ledger.register import Register
from zhenggai.ledger.standing import Line
from zhenggai.ledger.summary import Tally, summarise, warned
from zhenggai.model.terms import Grouping, Stage, Timing
from zhenggai.views.findings import TIMING_STYLES, objects, reading_columns, unreadable
from zhenggai.views.formats import (
    Column,
    Format,
    Screen,
    csv_text,
    heading,
    json_text,
    paragraph,
    records,
    table,
)
from zhenggai.views.text import visible
from zhenggai.views.words import bar, percent

_SHOWN = 10
_WIDE = 100
_UNFILLED = "(未填写)"


class Report(NamedTuple):
    """What `status` is asked to show: registers on a day, grouped, with some or all warnings."""

    registers: Sequence[Register]
    lines: Sequence[Line]
    today: date
    by: Grouping
    timings: Sequence[Timing]
    all_warnings: bool = False

    @property
    def several(self) -> bool:
        """Tell whether ids need their ledger's name."""
        return len(self.registers) > 1

    def progress(self) -> tuple[list[Tally], Tally]:
        """Give the rows of the table and their total."""
        declared: list[str] = []
        if self.by is Grouping.LEDGER:
            declared = [register.name for register in self.registers]
        elif self.by is Grouping.ASPECT:
            declared = [name for one in self.registers for name in one.head.aspects]
        return summarise(self.lines, self.by, list(dict.fromkeys(declared)))


def write(report: Report, style: Format, screen: Screen) -> str:
    """Write the report in one of the formats."""
    if style is Format.PLAIN:
        screen = Screen()  # the same wherever it goes
    rows, total = report.progress()
    if style is Format.JSON:
        return json_text(_content(report, rows, total))
    if style is Format.CSV:
        return csv_text(_columns(report, screen, with_bar=False), [*rows, total])
    parts = [_header(report, style, screen), _table(report, rows, total, style, screen)]
    parts += ["\n".join(paragraph(note, style, screen) for note in _notes(report))]
    parts += _warnings(report, style, screen)
    return "\n\n".join(part for part in parts if part)


def _columns(report: Report, screen: Screen, *, with_bar: bool) -> list[Column[Tally]]:
    units = {register.name: register.head.unit for register in report.registers}

    def label(row: Tally) -> str:
        unit = units.get(row.label) if report.by is Grouping.LEDGER else None
        return f"{unit}({row.label})" if unit else row.label

    def count(key: str, title: str, style: str = "") -> Column[Tally]:
        return Column(
            key,
            title,
            lambda row: getattr(row, key),
            right=True,
            style=lambda row: style if getattr(row, key) else "dim",
        )

    columns = [
        Column("label", report.by.value, label, shrinks=True),
        count("count", "问题"),
        count("closed", "已销号", "green"),
        count("awaiting_closing", "待销号"),
        count("sustained", "基本完成"),
        count("in_progress", "整改中"),
        count("not_started", "未启动"),
        count("overdue", "逾期", "bold red"),
        Column("rate", "完成率", lambda row: percent(row.rate), right=True),
    ]
    if with_bar and (screen.width is None or screen.width >= _WIDE):
        cells = 10 if screen.width is None else min(30, screen.width // 8)
        columns.append(Column("bar", "进度", lambda row: bar(row.rate, cells)))
    return columns


def _header(report: Report, style: Format, screen: Screen) -> str:
    first, second = _headlines(report)
    return f"{heading(first, 2, style, screen)}\n{paragraph(second, style, screen)}"


def _headlines(report: Report) -> tuple[str, str]:
    if report.several:
        return f"巡察整改进展 共{len(report.registers)}本台账", f"截至{report.today}"
    head = report.registers[0].head
    unit, group = head.unit or _UNFILLED, head.group or _UNFILLED
    feedback = head.terms.feedback_on
    since = f"{feedback}反馈" if feedback else f"反馈日期{_UNFILLED}"
    if feedback and feedback <= report.today:
        since += f"(已{(report.today - feedback).days}天)"
    return (
        visible(f"{unit} 巡察整改进展"),
        visible(f"{group}巡察,{since},截至{report.today}"),
    )


def _table(report: Report, rows: list[Tally], total: Tally, style: Format, screen: Screen) -> str:
    columns = _columns(report, screen, with_bar=style is not Format.MARKDOWN)
    return table(columns, [*rows, total], style, screen)


def _notes(report: Report) -> list[str]:
    notes = []
    if report.by is Grouping.DEPARTMENT:
        notes.append("一个问题有几个责任科室的,在每个科室各计一次,合计只计一次。")
    if missing := unreadable(report.registers):
        names = visible("、".join(missing))
        notes.append(f"另有{len(missing)}个文件有错误,没有计入:{names}")
    return notes


def _warnings(report: Report, style: Format, screen: Screen) -> list[str]:
    parts = [
        _warning(report, timing, lines, style, screen)
        for timing in report.timings
        if (lines := warned(report.lines, timing))
    ]
    return parts or [f"没有{'、'.join(report.timings)}的问题。"]


def _warning(
    report: Report, timing: Timing, pressing: list[Line], style: Format, screen: Screen
) -> str:
    shown = pressing if report.all_warnings else pressing[:_SHOWN]
    columns = [c for c in reading_columns(several=report.several) if c.key != "stage"]
    title = f"{timing}{len(pressing)}项"
    lines = [
        heading(title, 3, style, screen, TIMING_STYLES[timing]),
        table(columns, shown, style, screen),
    ]
    if len(shown) < len(pressing):
        lines.append(f"另有{len(pressing) - len(shown)}项,加 --all 全部列出。")
    return "\n".join(lines)


def _content(report: Report, rows: list[Tally], total: Tally) -> dict[str, Any]:
    figures: list[Column[Tally]] = [
        Column(key, key, lambda row, key=key: getattr(row, key))  # type: ignore[misc]
        for key in ("label", "count", *(stage.identifier for stage in Stage), "overdue", "rate")
    ]
    return {
        "today": report.today.isoformat(),
        "ledgers": [
            {
                "name": register.name,
                "unit": register.head.unit,
                "group": register.head.group,
                "feedback_on": register.head.terms.feedback_on,
            }
            for register in report.registers
        ],
        "unreadable": unreadable(report.registers),
        "by": report.by.identifier,
        "rows": records(figures, rows),
        "total": records(figures, [total])[0],
        "warnings": {
            timing.identifier: objects(warned(report.lines, timing)) for timing in report.timings
        },
    }
