"""A sheet that was filled in, compared with what was given out and with what the ledger says now.

What a department may tell becomes a step: a measure done, an outcome, its progress, an
application. Nothing else is taken from a sheet, an empty cell deletes nothing, and a cell that was
not touched never overwrites what the ledger says now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from zhenggai.ledger.register_sheet import (
    COMPUTED,
    YES,
    RegisterSheet,
    SheetColumn,
    SheetRow,
    Value,
    seal,
)
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Progress
from zhenggai.model.terms import Stage


class FilledRow(NamedTuple):
    """A row of a sheet that came back.

    `place` is its name in the ledger (07.2), `sealed` the seal of what it said, '' where the sheet
    has no keys; `values` are its cells by the names of the columns that the sheet has, `cells`
    where each stands (文件!表!单元格).
    """

    place: str
    sealed: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]


class FilledSheet(NamedTuple):
    """One file that came back: its rows, and what each said by name where the file still has that.

    `reporter` is the department it was made for, `made_on` the day it was made on.
    """

    file: str
    rows: Sequence[FilledRow]
    base: Mapping[str, Mapping[str, Value]]
    reporter: str | None = None
    made_on: date | None = None


class Told(Enum):
    """What a cell tells that is taken over."""

    DONE = "完成日期"
    OUTCOME = "成效"
    PROGRESS = "进展"
    APPLICATION = "申请销号"


class SheetStep(NamedTuple):
    """A step that a cell asks for: of a finding, or of one of its measures."""

    told: Told
    id: str
    measure: int | None
    value: Value
    cell: str
    by: str | None = None

    @property
    def about(self) -> str:
        """The finding or the measure, as it is named to people."""
        return f"问题{self.id}" if self.measure is None else f"措施{self.id}.{self.measure}"


class SheetRemark(NamedTuple):
    """What is said of a cell, and of which finding."""

    cell: str
    text: str
    id: str = ""


@dataclass
class SheetMerge:
    """What some sheets ask for, and what of them cannot be taken over.

    `conflicts` are cells that were changed here and in the ledger alike, differently; `refused`
    cells that are not for a sheet to change; `errors` rows that cannot be told; `notes` the rest.
    """

    steps: list[SheetStep] = field(default_factory=list)
    conflicts: list[SheetRemark] = field(default_factory=list)
    refused: list[SheetRemark] = field(default_factory=list)
    errors: list[SheetRemark] = field(default_factory=list)
    notes: list[SheetRemark] = field(default_factory=list)

    @property
    def contested(self) -> set[str]:
        """The findings of which something is in conflict: they are left alone."""
        return {remark.id for remark in self.conflicts}

    def steps_by_finding(self) -> dict[str, list[SheetStep]]:
        """Return the steps to be taken, by finding, in the order in which they are taken."""
        found: dict[str, list[SheetStep]] = {}
        for step in sorted(self.steps, key=lambda one: (one.id, _ORDER.index(one.told))):
            if step.id not in self.contested:
                found.setdefault(step.id, []).append(step)
        return found


_ORDER = (Told.DONE, Told.OUTCOME, Told.PROGRESS, Told.APPLICATION)

# The command by which each column that a sheet may not change is changed.
_INSTEAD = {
    "due": "用 zhenggai extend 登记延期",
    "measure_due": "用 zhenggai extend 登记延期",
    "owner": "换人的用 zhenggai handover",
    "departments": "改名的用 zhenggai rename --department",
    "leader": "换人的用 zhenggai handover --leader",
}


def merge(now: RegisterSheet, sheets: Iterable[FilledSheet]) -> SheetMerge:
    """Compare some sheets with a ledger's register as it is now, every finding of it in."""
    found = SheetMerge()
    findings = {one.id: one for one in now.day.ledger.findings}
    rows = {row.place: row for row in now.rows}
    stages = {block.line.row.id: block.line.standing.stage for block in now.blocks}
    told: dict[tuple[object, ...], SheetStep] = {}
    for sheet in sheets:
        seen: dict[str, FilledRow] = {}
        for filled in sheet.rows:
            cell = next(iter(filled.cells.values()), sheet.file)
            if filled.place in seen:
                found.errors.append(
                    SheetRemark(cell, f"{filled.place}这一行出现了两次；删去多出的一行")
                )
                continue
            seen[filled.place] = filled
            row = rows.get(filled.place)
            if row is None:
                number = filled.place.partition(".")[0]
                if number in findings and number not in stages:
                    found.notes.append(SheetRemark(cell, f"问题{number}已撤销登记，未读入"))
                else:
                    text = f"台账里没有{filled.place}；核对是不是这本台账的表"
                    found.errors.append(SheetRemark(cell, text))
                continue
            case = _Case(found, sheet, filled, row, findings[row.id], stages[row.id])
            for step in case.steps(now.columns):
                _take(found, told, step)
        _tell_of_missing(found, sheet, seen, rows)
    found.steps.extend(told.values())
    return found


def _take(found: SheetMerge, told: dict[tuple[object, ...], SheetStep], step: SheetStep) -> None:
    """Take a step over; the same told twice is one, two days or outcomes for one are a conflict.

    Each report counts by itself: who makes it, and what it says.
    """
    key: tuple[object, ...] = (step.told, step.id, step.measure)
    if step.told is Told.PROGRESS:
        key = (*key, step.by, step.value)
    known = told.setdefault(key, step)
    if known.value != step.value:
        twice = f"{known.cell}是{_short(known.value)}，这里是{_short(step.value)}"
        text = f"{step.about}的{step.told.value}写了两样：{twice}"
        found.conflicts.append(SheetRemark(step.cell, text, step.id))


def _tell_of_missing(
    found: SheetMerge,
    sheet: FilledSheet,
    seen: Mapping[str, FilledRow],
    rows: Mapping[str, SheetRow],
) -> None:
    """Say which rows of the findings it is about a sheet has no more; they stay as they are."""
    about = {place.partition(".")[0] for place in seen}
    given = sheet.base.keys() or (one for one in rows if one.partition(".")[0] in about)
    gone = [place for place in given if place not in seen and place in rows]
    if gone:
        named = "、".join(gone[:_NAMED]) + ("等" if len(gone) > _NAMED else "")
        found.notes.append(SheetRemark(sheet.file, f"{len(gone)}行不在表里（{named}），台账里照旧"))


_NAMED = 8


class _Case:
    """One row, with all that it is compared with."""

    def __init__(
        self,
        found: SheetMerge,
        sheet: FilledSheet,
        filled: FilledRow,
        row: SheetRow,
        finding: Finding,
        stage: Stage,
    ) -> None:
        self._found, self._sheet, self._filled = found, sheet, filled
        self._row, self._finding, self._stage = row, finding, stage
        self._base = self._was()

    def _was(self) -> Mapping[str, Value]:
        """Return what the row said when it was given out, as far as that is known.

        Without the file's own memory of it the seal tells whether it is what the ledger says now,
        or what the row says itself; else what the ledger says now is the nearest.
        """
        known = self._sheet.base.get(self._filled.place)
        if known is not None:
            return known
        full = {name: self._filled.values.get(name) for name in self._row.values}
        return full if seal(full) == self._filled.sealed else self._row.values

    def steps(self, columns: Sequence[SheetColumn]) -> Iterator[SheetStep]:
        """Yield what the row asks for, and put down what cannot be taken over."""
        for column in columns:
            if column.name not in self._filled.values:
                continue
            here, was = self._filled.values[column.name], self._base.get(column.name)
            if here == was:
                continue
            if here is None:
                if was is not None:
                    self._note(column, f"“{column.title}”清空了，台账里照旧：表格不能删去内容")
            elif not column.to_fill_in:
                self._refuse(column, here)
            else:
                yield from _STEPS[column.name](self, column, here)

    def _refuse(self, column: SheetColumn, here: Value) -> None:
        """Put down that a column is not for a sheet to change, and which command is."""
        if here == self._row.values[column.name]:
            return
        if column.name in COMPUTED:
            self._note(column, f"“{column.title}”由程序推算，不读入")
            return
        instead = _INSTEAD.get(column.name, f"用 zhenggai edit {self._finding.number} 修改")
        text = f"“{column.title}”改成了“{_short(here)}”，未读入；{instead}"
        # What is said of the whole finding stands in each of its rows, and is told once.
        if not any(one.text == text and one.id == self._row.id for one in self._found.refused):
            self._found.refused.append(SheetRemark(self._cell(column), text, self._row.id))

    def done(self, column: SheetColumn, here: Value) -> Iterator[SheetStep]:
        """Yield that a measure is done, unless the ledger says so already."""
        now = self._row.values["done_on"]
        if now is None:
            yield self._step(Told.DONE, column, here)
        elif now != here:
            self._conflict(column, here, now)

    def outcome(self, column: SheetColumn, here: Value) -> Iterator[SheetStep]:
        """Yield an outcome; where there is another already, it is told as progress."""
        now, was = self._row.values["outcome"], self._base.get("outcome")
        if now == here:
            return
        if now != was:
            self._conflict(column, here, now)
        elif now is None or self._row.values["done_on"] is None:
            yield self._step(Told.OUTCOME, column, here)
        else:
            yield from self._progress(column, f"成效：{here}")

    def progress(self, column: SheetColumn, here: Value) -> Iterator[SheetStep]:
        """Yield what a department reports."""
        yield from self._progress(column, str(here))

    def application(self, column: SheetColumn, here: Value) -> Iterator[SheetStep]:
        """Yield an application, unless the finding is applied for or closed already."""
        if str(here).strip() != YES:
            text = f"“{column.title}”只写“{YES}”，这里是“{_short(here)}”，未读入"
            self._found.refused.append(SheetRemark(self._cell(column), text, self._row.id))
        elif self._stage in _APPLIED:
            self._note(column, f"问题{self._row.id}现在是{self._stage}，不再申请")
        else:
            yield self._step(Told.APPLICATION, column, YES)._replace(measure=None)

    def _progress(self, column: SheetColumn, text: str) -> Iterator[SheetStep]:
        step = self._step(Told.PROGRESS, column, text)._replace(measure=None)
        if not self._is_reported(text, step.by):
            yield step

    def _is_reported(self, text: str, by: str | None) -> bool:
        """Whether the ledger has the same report since the sheet was given out."""
        since = self._sheet.made_on or date.min
        return any(
            isinstance(one, Progress) and one.note == text and one.by == by and one.on >= since
            for one in self._finding.records
        )

    def _step(self, told: Told, column: SheetColumn, value: Value) -> SheetStep:
        by = self._sheet.reporter or next(iter(self._finding.departments), None)
        row = self._row
        return SheetStep(told, row.id, row.measure, value, self._cell(column), by)

    def _conflict(self, column: SheetColumn, here: Value, now: Value) -> None:
        text = f"“{column.title}”表里是“{_short(here)}”，台账里已是“{_short(now)}”"
        self._found.conflicts.append(SheetRemark(self._cell(column), text, self._row.id))

    def _note(self, column: SheetColumn, text: str) -> None:
        self._found.notes.append(SheetRemark(self._cell(column), text, self._row.id))

    def _cell(self, column: SheetColumn) -> str:
        return self._filled.cells.get(column.name, self._sheet.file)


_APPLIED = (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL, Stage.CLOSED)
_STEPS = {
    "done_on": _Case.done,
    "outcome": _Case.outcome,
    "progress": _Case.progress,
    "application": _Case.application,
}
_SHORT = 20


def _short(value: Value) -> str:
    text = "（空）" if value is None else " ".join(str(value).split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}……"
