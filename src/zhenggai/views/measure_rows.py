"""Measures as rows: the late ones in `status`, all of them in `list --measures`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.ledger.measure_standing import MeasureStanding
from zhenggai.ledger.register import (
    Register,
    RowMeasure,
    departments_of,
    owner_of,
)
from zhenggai.ledger.standing import Line
from zhenggai.ledger.summary import counted
from zhenggai.ledger.warning_levels import Level
from zhenggai.model.terms import Timing
from zhenggai.views.columns import Column, records
from zhenggai.views.finding_rows import TIMING_STYLES, command_id, unreadable
from zhenggai.views.phrases import NOTHING

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Measure


class MeasureLine(NamedTuple):
    """A measure with the line of its finding, and where the measure itself stands on the day.

    `outcome` and `manifestation` are known where the finding was read whole; `level` is the warning
    that an open measure has reached against its deadline.
    """

    line: Line
    measure: RowMeasure
    standing: MeasureStanding
    level: Level | None = None
    outcome: str | None = None
    manifestation: int | None = None

    @property
    def number(self) -> str:
        """The number as it is typed on the command line: 07.2."""
        return f"{self.line.row.id}.{self.measure.number}"

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that answer for it."""
        return departments_of(self.measure, self.line.row)

    @property
    def owner(self) -> str | None:
        """The person who answers for it."""
        return owner_of(self.measure, self.line.row)

    @property
    def deadline(self) -> date | None:
        """The deadline in force: its own, else that of its finding; a review is none."""
        if self.standing.deadline is not None or self.line.standing.is_review:
            return self.standing.deadline
        return self.line.standing.deadline

    @property
    def days_left(self) -> int | None:
        """The days to that deadline of an open measure, negative once it has passed."""
        if self.standing.deadline is not None:
            return self.standing.days_left
        waits = self.standing.done_on is None and self.deadline is not None
        return self.line.standing.days_left if waits else None

    @property
    def timing(self) -> Timing:
        """Where it stands against its deadline."""
        left = self.days_left
        if left is not None and left < 0:
            return Timing.OVERDUE
        return Timing.NORMAL if self.level is None else Timing.DUE_SOON

    @property
    def situation(self) -> str:
        """Say in a few words where it stands against its deadline."""
        if self.standing.done_on is not None:
            return "已完成"
        left = self.days_left
        if left is None:
            return NOTHING
        if left < 0:
            return f"已过{-left}天"
        return f"距时限{left}天" if left else "今天到期"


def late_lines(lines: Iterable[Line]) -> list[MeasureLine]:
    """Return the measures that are open past their own deadlines, the latest first."""
    found = [
        MeasureLine(line, known[late.number], late)
        for line in counted(lines)
        if line.standing.late_measures
        for known in [{one.number: one for one in line.row.measures}]
        for late in line.standing.late_measures
    ]
    return sorted(found, key=pressing)


def pressing(one: MeasureLine) -> tuple[bool, int, str, int, int]:
    """Order measures from the latest to the least pressing; what waits for nothing comes last."""
    left = one.days_left
    row = one.line.row
    return left is None, left or 0, one.line.ledger, row.number, one.measure.number


def whole_lines(
    line: Line,
    measures: "Sequence[Measure]",
    standings: Sequence[MeasureStanding],
    level_of: Callable[[int], Level | None],
) -> Iterator[MeasureLine]:
    """Yield the measures of a finding that was read whole.

    `level_of` gives the warning reached so many days before a deadline.
    """
    for one, standing in zip(measures, standings, strict=True):
        measure = RowMeasure(standing.number, one.text, one.departments, one.owner)
        found = MeasureLine(line, measure, standing, None, one.outcome, one.manifestation)
        left = found.days_left
        yield found if left is None else found._replace(level=level_of(left))


def _style(one: MeasureLine) -> str:
    return "green" if one.standing.done_on else TIMING_STYLES[one.timing]


def _name(one: MeasureLine, *, several: bool) -> str:
    return f"{command_id(one.line, several=several)}.{one.measure.number}"


def late_columns(*, several: bool) -> list[Column[MeasureLine]]:
    """Return the columns of the late measures in `status`."""
    return [column for column in _reading_columns(several=several) if column.key != "done_on"]


def _reading_columns(*, several: bool) -> list[Column[MeasureLine]]:
    return [
        Column("number", "编号", lambda one: _name(one, several=several)),
        Column("text", "措施", lambda one: one.measure.text, shrinks=True),
        Column("departments", "责任科室", lambda one: one.departments, shrinks=True),
        Column("owner", "责任人", lambda one: one.owner or NOTHING, shrinks=True),
        Column("deadline", "时限", lambda one: one.deadline or NOTHING),
        Column("done_on", "完成", lambda one: one.standing.done_on or "未完成"),
        Column("situation", "时限情况", lambda one: one.situation, style=_style),
    ]


# For spreadsheets and programs; the keys are part of the stable JSON form.
_LATE_FIELDS: list[Column[MeasureLine]] = [
    Column("ledger", "台账", lambda one: one.line.ledger),
    Column("id", "编号", lambda one: one.line.row.id),
    Column("number", "措施编号", lambda one: one.number),
    Column("text", "措施", lambda one: one.measure.text),
    Column("departments", "责任科室", lambda one: one.departments),
    Column("owner", "责任人", lambda one: one.owner),
    Column("deadline", "时限", lambda one: one.deadline),
    Column("stated", "所写时限", lambda one: one.standing.stated),
    Column("days_left", "剩余天数", lambda one: one.days_left),
    Column("extensions", "延期次数", lambda one: one.standing.extensions),
]
_FIELDS = [
    *_LATE_FIELDS,
    Column("timing", "时限情况", lambda one: one.timing),
    Column("done_on", "完成", lambda one: one.standing.done_on),
    Column("outcome", "成效", lambda one: one.outcome),
    Column("manifestation", "针对", lambda one: one.manifestation),
    Column("title", "问题", lambda one: one.line.row.title),
    Column("aspect", "方面", lambda one: one.line.row.aspect),
    Column("leader", "责任领导", lambda one: one.line.row.leader),
    Column("stage", "整改状态", lambda one: one.line.standing.stage),
    Column("withdrawn", "已撤销登记", lambda one: one.line.standing.withdrawn),
    Column("public", "公开", lambda one: one.line.row.public),
]


def late_objects(lines: Sequence[MeasureLine]) -> list[dict[str, Any]]:
    """Return late measures as the objects of the stable JSON form."""
    return records(_LATE_FIELDS, lines)


class MeasureListing(NamedTuple):
    """Measures to be listed, and the registers they were chosen from."""

    lines: Sequence[MeasureLine]
    registers: Sequence[Register]

    @property
    def columns(self) -> list[Column[MeasureLine]]:
        """The columns that a person reads."""
        return _reading_columns(several=len(self.registers) > 1)

    @property
    def fields(self) -> list[Column[MeasureLine]]:
        """Every column there is."""
        return _FIELDS

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the measures."""
        return {"measures": records(_FIELDS, self.lines), "unreadable": unreadable(self.registers)}
