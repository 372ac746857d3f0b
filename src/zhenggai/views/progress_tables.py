"""How far the rectification has come: header, progress table, and what presses."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from zhenggai.ledger.milestones import (
    Concentration,
    Outstanding,
    concentration,
    outstanding,
    pressing,
)
from zhenggai.ledger.register import Register
from zhenggai.ledger.standing import Line
from zhenggai.ledger.summary import Tally, counted, summarise, undecided, warned
from zhenggai.ledger.trend import trend, trend_days
from zhenggai.ledger.warning_levels import content
from zhenggai.model.terms import Grouping, InspectionKind, Stage, Timing
from zhenggai.views import phrases
from zhenggai.views.columns import Column, RowT, records
from zhenggai.views.finding_rows import (
    TIMING_STYLES,
    command_id,
    objects,
    reading_columns,
    unreadable,
    warning_column,
)
from zhenggai.views.measure_rows import MeasureLine, late_columns, late_lines, late_objects
from zhenggai.views.phrases import bar, last_working_day, percent, rate_with_basis, some
from zhenggai.views.screen_text import visible

_SHOWN = 10
_MOST_LEDGERS, _WORST = 50, 20
_MOST_FINDINGS = 20_000
_TREND_FINDINGS, _TREND_POINTS = 3_000, 12
"""Of more findings a trend would take longer than all the rest."""
_UNFILLED = "（未填写）"


class Page(Protocol):
    """How a format writes the parts of a page that is read."""

    def heading(self, text: str, level: int, style: str = "bold", /) -> str:
        """Write a heading; `level` is Markdown's, `style` a terminal's."""

    def paragraph(self, text: str, /) -> str:
        """Write a sentence or two."""

    def table(self, columns: Sequence[Column[RowT]], rows: Sequence[RowT], /) -> str:
        """Write a table."""


class Report(NamedTuple):
    """What `status` is asked to show: registers on a day, grouped, with some or all warnings.

    `left_out` are the ledgers that no figure counts, because their inspection.yaml has errors.
    """

    registers: Sequence[Register]
    lines: Sequence[Line]
    today: date
    by: Grouping
    timings: Sequence[Timing]
    all_warnings: bool = False
    left_out: Sequence[str] = ()

    @property
    def several(self) -> bool:
        """Whether ids need their ledger's name."""
        return len(self.registers) + len(self.left_out) > 1

    def page(self, form: Page, bar_cells: int = 0, *, is_watched: bool = False) -> str:
        """Write the report for reading; with so many cells for a bar of each rate.

        Who sits before a terminal (`is_watched`) is shown how it has moved, and where to see more.
        """
        rows, total = self.progress()
        first, second = _headlines(self)
        parts = [f"{form.heading(first, 2)}\n{form.paragraph(second)}"]
        shown = self._worst(rows)
        table = form.table(self.columns(bar_cells), [*shown, total])
        more = len(rows) - len(shown)
        said = f"逾期最多的{len(shown)}本，另有{more}本，加 --all 全部列出；合计是全部的。"
        parts += [f"{table}\n{form.paragraph(said)}" if more else table]
        notes = [*(_movement(self) if is_watched else ()), *_notes(self, total)]
        parts += ["\n".join(map(form.paragraph, notes))]
        parts += _warnings(self, form)
        if is_watched:
            county = "--county " if self.several else ""
            parts.append(form.paragraph(f"看板：zhenggai board {county}-o 看板.html"))
        return "\n\n".join(part for part in parts if part)

    def _worst(self, rows: list[Tally]) -> list[Tally]:
        """Return the rows a person reads: of very many ledgers those with most that is overdue."""
        if self.by is not Grouping.LEDGER or self.all_warnings or len(rows) <= _MOST_LEDGERS:
            return rows
        ordered = sorted(rows, key=lambda row: (-row.overdue, row.closing_rate.tenths, -row.count))
        return ordered[:_WORST]

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the report."""
        return _content(self)

    def columns(self, bar_cells: int = 0) -> list[Column[Tally]]:
        """Return the columns of the progress table; with so many cells for a bar of each rate."""
        return _columns(self, bar_cells)

    def progress(self) -> tuple[list[Tally], Tally]:
        """Return the rows of the table and their total."""
        declared: list[str] = []
        if self.by is Grouping.LEDGER:
            declared = [register.name for register in self.registers]
        elif self.by is Grouping.ASPECT:
            declared = [name for one in self.registers for name in one.head.aspects]
        elif self.by is Grouping.CATEGORY:
            declared = [name for one in self.registers for name in one.head.categories]
        return summarise(self.lines, self.by, list(dict.fromkeys(declared)))


def _columns(report: Report, bar_cells: int) -> list[Column[Tally]]:
    units = {register.name: register.head.unit for register in report.registers}

    def label(row: Tally) -> str:
        unit = units.get(row.label) if report.by is Grouping.LEDGER else None
        return f"{unit}（{row.label}）" if unit else row.label

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
        Column("closing_rate", "销号率", lambda row: percent(row.closing_rate), right=True),
    ]
    if bar_cells:
        columns.append(Column("bar", "进度", lambda row: bar(row.closing_rate.value, bar_cells)))
    return columns


def _inspected(kind: InspectionKind | None) -> str:
    return "巡察" if kind is None else kind.words


def _headlines(report: Report) -> tuple[str, str]:
    if report.several:
        number = len(report.registers) + len(report.left_out)
        return f"巡察整改进展 共{number}本台账", f"截至{report.today}"
    head = report.registers[0].head
    unit, group = head.unit or _UNFILLED, head.group or _UNFILLED
    feedback, kind = head.terms.feedback_on, _inspected(head.kind)
    whose = f"{head.round}，{group}" if head.round else group
    since = f"{feedback}反馈" if feedback else f"反馈日期{_UNFILLED}"
    if feedback and feedback <= report.today:
        since += f"（已{(report.today - feedback).days}天）"
    return (
        visible(f"{unit} {'审计' if head.kind is InspectionKind.AUDIT else '巡察'}整改进展"),
        visible(f"{whose}{kind}，{since}，截至{report.today}"),
    )


def _movement(report: Report) -> Iterator[str]:
    """Yield how open and overdue findings have moved since the first feedback, drawn small."""
    if len(report.lines) > _TREND_FINDINGS:
        return
    points = trend(report.registers, trend_days(report.registers, report.today, _TREND_POINTS))
    first, last = points[0], points[-1]
    if first.on == last.on:
        return
    ceiling = max(one.open for one in points)
    still = phrases.spark([one.open for one in points], ceiling)
    late = phrases.spark([one.overdue for one in points], ceiling)
    yield (
        f"{first.on}以来：未销号 {still} {first.open}→{last.open}，"
        f"逾期 {late} {first.overdue}→{last.overdue}。"
    )


def _notes(report: Report, total: Tally) -> list[str]:
    notes = [*_milestones(report), _rates(total)]
    if total.recognised or total.rejected:
        recognised = rate_with_basis("认可率", total.recognition_rate)
        notes.append(
            f"销号为单位自报；上级认定：认可{total.recognised}个，"
            f"不认可退回{total.rejected}个，{recognised}。"
        )
    if unsupervised := [line for line in report.lines if line.standing.unsupervised]:
        ids = [command_id(line, several=report.several) for line in unsupervised]
        notes.append(f"本期未督查{len(ids)}个：{some(ids, _SHOWN)}。")
    if urged := [line for line in report.lines if line.standing.unanswered]:
        notes.append(_unanswered(report, urged))
    if resting := [line for line in report.lines if line.standing.last_working_day]:
        named = [
            f"{command_id(line, several=report.several)}（{last_working_day(line.standing)}）"
            for line in resting
        ]
        notes.append(f"临期且时限逢休{len(named)}个：{some(named, _SHOWN)}。")
    if withdrawn := [line for line in report.lines if line.standing.withdrawn]:
        ids = [command_id(line, several=report.several) for line in withdrawn]
        notes.append(f"已撤销登记{len(ids)}个，不计入：{some(ids, _SHOWN)}。")
    if others := [line for line in report.lines if not line.row.is_of_feedback]:
        notes.append(f"来源不是反馈意见的{len(counted(others))}个，不写进通报，不计入反馈问题数。")
    if report.by is Grouping.DEPARTMENT:
        notes.append("一个问题有几个责任科室的，在每个科室各计一次，合计只计一次。")
    notes += _of_many(report)
    if missing := unreadable(report.registers):
        names = visible("、".join(missing))
        notes.append(f"另有{len(missing)}个文件有错误，未计入：{names}")
    return notes


def _of_many(report: Report) -> Iterator[str]:
    """Yield what is to be said of very many ledgers: which count not, and what serves better."""
    if report.left_out:
        names = visible(some(report.left_out, _SHOWN))
        number = len(report.left_out)
        yield f"有{number}本台账的inspection.yaml有错误，未计入任何数：{names}。"
    if len(report.lines) > _MOST_FINDINGS:
        number = len(report.lines)
        yield f"共{number}个问题；要反复查的，用 zhenggai tables 写成表，用 zhenggai query 查。"


def _milestones(report: Report) -> list[str]:
    """Say how far 集中整改 has come, and which papers are to be sent in; of several only these."""
    today, notes = report.today, []
    if not report.several and (period := concentration(report.registers[0].head, today)):
        notes.append(f"{phrases.concentration(period)}。")
    for register in report.registers:
        name = f"{register.name}：" if report.several else ""
        papers = pressing(register.head, today)
        notes += [visible(f"{name}{phrases.outstanding(paper)}。") for paper in papers]
    return notes


def _submission(paper: Outstanding) -> dict[str, Any]:
    said = {"paper": paper.name, "due": paper.due, "days_left": paper.days_left}
    return said | content(paper.level)


def _unanswered(report: Report, urged: Sequence[Line]) -> str:
    """Say how many urgings (督办) nobody has answered, of which findings, and which are late."""
    number = sum(line.standing.unanswered for line in urged)
    ids = [command_id(line, several=report.several) for line in urged]
    late = [
        (command_id(line, several=report.several), line.standing.reply_overdue)
        for line in urged
        if line.standing.reply_overdue
    ]
    overdue = ""
    if late:
        named = some([one for one, _ in late], _SHOWN)
        overdue = f"；其中过了回复期限{sum(count for _, count in late)}件：{named}"
    return f"督办未回复{number}件：{some(ids, _SHOWN)}{overdue}。"


def _rates(total: Tally) -> str:
    rates = {
        "措施完成率": total.measure_rate,
        "整改完成率": total.rectification_rate,
        "销号率": total.closing_rate,
    }
    return "，".join(rate_with_basis(name, rate) for name, rate in rates.items()) + "。"


def _warnings(report: Report, form: Page) -> list[str]:
    parts = [
        _warning(report, timing, lines, form)
        for timing in report.timings
        if (lines := warned(report.lines, timing))
    ]
    if len(report.timings) > 1 and (waiting := undecided(report.lines)):
        parts.append(_section(report, f"待审批问题{len(waiting)}个", "bold", waiting, form))
    parts = parts or [f"没有{'、'.join(report.timings)}的问题。"]
    if len(report.timings) > 1 and (late := late_lines(report.lines)):
        parts.append(_late_measures(report, late, form))
    return parts


def _warning(report: Report, timing: Timing, pressing: list[Line], form: Page) -> str:
    title = f"{timing}问题{len(pressing)}个"
    coloured = any(line.standing.level for line in pressing)
    return _section(report, title, TIMING_STYLES[timing], pressing, form, coloured=coloured)


def _section(
    report: Report,
    title: str,
    style: str,
    pressing: list[Line],
    form: Page,
    *,
    coloured: bool = False,
) -> str:
    columns = [c for c in reading_columns(several=report.several) if c.key != "stage"]
    if coloured:
        columns.append(warning_column())
    return _bounded(report, form.heading(title, 3, style), columns, pressing, "个", form)


def _late_measures(report: Report, late: list[MeasureLine], form: Page) -> str:
    heading = form.heading(f"过了时限的措施{len(late)}项", 3, TIMING_STYLES[Timing.OVERDUE])
    return _bounded(report, heading, late_columns(several=report.several), late, "项", form)


def _bounded(
    report: Report,
    heading: str,
    columns: list[Column[RowT]],
    rows: Sequence[RowT],
    unit: str,
    form: Page,
) -> str:
    """Write a heading and a table below it, and say how many rows are left out."""
    shown = rows if report.all_warnings else rows[:_SHOWN]
    lines = [heading, form.table(columns, shown)]
    if len(shown) < len(rows):
        lines.append(f"另有{len(rows) - len(shown)}{unit}，加 --all 全部列出。")
    return "\n".join(lines)


def _period(period: Concentration | None) -> dict[str, Any] | None:
    return period._asdict() if period else None


def _content(report: Report) -> dict[str, Any]:
    rows, total = report.progress()
    figures: list[Column[Tally]] = [
        Column(key, key, lambda row, key=key: getattr(row, key))  # type: ignore[misc]
        for key in (
            *("label", "count", *(stage.identifier for stage in Stage), "overdue"),
            *("measure_rate", "rectification_rate", "closing_rate", "recognition_rate"),
            "rejected",
        )
    ]
    return {
        "today": report.today.isoformat(),
        "ledgers": [
            {
                "name": register.name,
                "unit": register.head.unit,
                "group": register.head.group,
                "feedback_on": register.head.terms.feedback_on,
                "round": register.head.round,
                "inspection_kind": register.head.kind,
                "concentration": _period(concentration(register.head, report.today)),
                "outstanding": list(map(_submission, outstanding(register.head, report.today))),
            }
            for register in report.registers
        ],
        "unreadable": unreadable(report.registers),
        "left_out": list(report.left_out),
        "by": report.by.identifier,
        "rows": records(figures, rows),
        "total": records(figures, [total])[0],
        "warnings": {
            timing.identifier: objects(warned(report.lines, timing)) for timing in report.timings
        },
        "late_measures": late_objects(late_lines(report.lines)),
        "undecided": objects(undecided(report.lines)),
        "unsupervised": [
            {"ledger": line.ledger, "id": line.row.id}
            for line in report.lines
            if line.standing.unsupervised
        ],
        "unanswered": [
            {
                "ledger": line.ledger,
                "id": line.row.id,
                "unanswered": line.standing.unanswered,
                "reply_overdue": line.standing.reply_overdue,
            }
            for line in report.lines
            if line.standing.unanswered
        ],
    }
