"""Take up a register sheet that was given out and came back: its rows by their keys.

The heading and the key decide: columns may be moved, hidden or left out, rows sorted.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from unicodedata import normalize

from zhenggai.errors import InvalidInputError
from zhenggai.importers.sheet_additions import AddedRow
from zhenggai.importers.sheet_merge import FilledRow, FilledSheet, SheetRemark
from zhenggai.importers.tables.grid import Cell, CellKind, Sheet, Workbook
from zhenggai.ledger.register_sheet import (
    BASE_SHEET,
    COLUMNS,
    KEY,
    PROPERTY,
    SheetColumn,
    Value,
)
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day
from zhenggai.model.problem import shorten

_KEY = re.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)#([0-9a-f]{16})")
_BY_TITLE = {normalize("NFKC", column.title): column for column in COLUMNS}
_HEADER_WITHIN = 15


class CameBack(NamedTuple):
    """A file that came back.

    `sheet` is what it says, `ledger` the name of the folder it was made from and `identifier` that
    of the ledger (标识), each '' where the file does not say; `errors` cells that cannot be read,
    `added` rows without a key that say something: the finding or the measure that each would be;
    `notes` what is not read at all: rows that match nothing, columns that the program never wrote.
    """

    sheet: FilledSheet
    ledger: str
    identifier: str
    errors: tuple[SheetRemark, ...]
    added: tuple[AddedRow, ...]
    notes: tuple[SheetRemark, ...] = ()


def is_given_out(workbook: Workbook) -> bool:
    """Whether a file is a register sheet of the program's own, by its keys."""
    return any(_header(sheet) is not None for sheet in workbook.sheets)


def came_back(workbook: Workbook) -> CameBack:
    """Take up a file with keys; raise InvalidInputError where it has none."""
    for sheet in workbook.sheets:
        header = _header(sheet)
        if header is not None:
            return _Taking(workbook, sheet, header).result()
    raise InvalidInputError(
        f"“{workbook.file}”里没有“{KEY}”这一列，无从对照；用 zhenggai export 写出的表填写，"
        "或加 --match 编号 按编号和问题对照"
    )


class _Header(NamedTuple):
    """The row of headings: where the keys are and its known columns; `others` by their headings."""

    row: int
    key: int
    columns: Mapping[int, SheetColumn]
    others: Mapping[int, str]


def _header(sheet: Sheet) -> _Header | None:
    """Find the row of headings: it has the heading of the keys, and keys stand below it."""
    for row in sorted(sheet.rows)[:_HEADER_WITHIN]:
        titles = {column: _plain(cell.text) for column, cell in sheet.rows[row].items()}
        key = next((column for column, title in titles.items() if title == KEY), None)
        if key is not None:
            columns = {at: _BY_TITLE[title] for at, title in titles.items() if title in _BY_TITLE}
            others = {at: title for at, title in titles.items() if at not in columns and at != key}
            return _Header(row, key, columns, others)
    return None


def _says_something(cell: Cell) -> bool:
    """Whether a cell holds anything, be it a formula of which the file has no value."""
    return bool(cell.text) or cell.kind is CellKind.UNCACHED


def _plain(title: str) -> str:
    return normalize("NFKC", "".join(title.split()))


class _Taking:
    """Takes up one sheet."""

    def __init__(self, workbook: Workbook, sheet: Sheet, header: _Header) -> None:
        self._workbook, self._sheet, self._header = workbook, sheet, header
        self._errors: list[SheetRemark] = []
        self._about = _told_of_itself(workbook)

    def result(self) -> CameBack:
        """Return what the sheet says."""
        rows: list[FilledRow] = []
        added: list[AddedRow] = []
        below: str | None = None
        for number in sorted(self._sheet.rows):
            if number <= self._header.row:
                continue
            key, found = self._sheet.seen(number, self._header.key), self._key(number)
            if found is None:
                if key is not None and key.text:
                    place = self._sheet.place(number, self._header.key)
                    text = f"“{key.text[:30]}”不是程序写的键；恢复原来的，或删去这一行"
                    self._errors.append(SheetRemark(place, text))
                elif (one := self._added(number, below)) is not None:
                    added.append(one)
                continue
            if self._is_continued(number):
                continue
            row = self._row(number, found[1], found[2])
            rows.append(row)
            below = found[1].partition(".")[0]
        made_on = _day_of(self._about.get("day"))
        reporter = self._about.get("department") or None
        base = self._base()
        sheet = FilledSheet(self._workbook.file, tuple(rows), base, reporter, made_on)
        ledger, identifier = (str(self._about.get(key) or "") for key in ("ledger", "identifier"))
        self._refuse_doubles()
        notes = tuple(self._unknown_columns())
        return CameBack(sheet, ledger, identifier, tuple(self._errors), tuple(added), notes)

    def _refuse_doubles(self) -> None:
        first: dict[str, int] = {}
        for at, column in sorted(self._header.columns.items()):
            if column.name in first:
                place = self._sheet.place(self._header.row, first[column.name])
                text = f"“{column.title}”有两列（另一列在{place}）；删去一列"
                self._errors.append(SheetRemark(self._sheet.place(self._header.row, at), text))
            first.setdefault(column.name, at)

    def _unknown_columns(self) -> Iterator[SheetRemark]:
        """Name the columns that somebody added and filled, headed or not: none is read."""
        filled: dict[int, list[int]] = {}
        for number, cells in sorted(self._sheet.rows.items()):
            is_a_row = number > self._header.row and self._key(number) is not None
            for at, cell in cells.items() if is_a_row else ():
                is_known = at in self._header.columns or at == self._header.key
                if not is_known and (cell.text or cell.kind is CellKind.UNCACHED):
                    filled.setdefault(at, []).append(number)
        for at, numbers in sorted(filled.items()):
            title = self._header.others.get(at)
            what = f"“{shorten(title)}”" if title else "没有列名的这一列"
            text = f"{what}不是台账的列，填写的{len(numbers)}格没有读入；要用的另行登记"
            yield SheetRemark(self._sheet.place(numbers[0], at), text)

    def _key(self, number: int) -> re.Match[str] | None:
        key = self._sheet.seen(number, self._header.key)
        return _KEY.fullmatch(key.text.strip()) if key else None

    def _is_continued(self, number: int) -> bool:
        """Whether a line only carries on the row above: their cells are one, the key's as well."""
        span = self._sheet.span(number, self._header.key)
        return span is not None and span.top < number

    def _row(self, number: int, place: str, sealed: str) -> FilledRow:
        values: dict[str, Value] = {}
        cells: dict[str, str] = {}
        for at, column in self._header.columns.items():
            cells[column.name] = self._sheet.place(number, at)
            values[column.name] = self._value(self._sheet.seen(number, at), column, number, at)
        return FilledRow(place, sealed, values, cells)

    def _added(self, number: int, below: str | None) -> AddedRow | None:
        """Return a row without a key where it says what is to be done or what was found."""
        cells = {
            column: cell
            for at, column in self._header.columns.items()
            if (cell := self._sheet.cell(number, at)) is not None and _says_something(cell)
        }
        if not any(column.name in ("title", "text") for column in cells):
            return None
        at = next(at for at, column in self._header.columns.items() if column in cells)
        values = {
            column.name: self._value(cell, column, number, at) for column, cell in cells.items()
        }
        return AddedRow(values, self._sheet.place(number, at), below)

    def _value(self, cell: Cell | None, column: SheetColumn, number: int, at: int) -> Value:
        if cell is None or not _says_something(cell):
            return None
        place = self._sheet.place(number, at)
        if cell.kind in (CellKind.ERROR, CellKind.UNCACHED):
            what = "是错误值" if cell.kind is CellKind.ERROR else "是没有算出来的公式"
            self._errors.append(
                SheetRemark(place, f"“{column.title}”{what}；在Excel里打开，改好再保存")
            )
            return None
        if not column.is_day:
            return cell.text
        if cell.day is not None:
            return cell.day
        try:
            return parse_day(cell.text)
        except DateTextError as error:
            self._errors.append(SheetRemark(place, f"“{column.title}”：{error}；写成 {DAY_FORMS}"))
            return None

    def _base(self) -> dict[str, dict[str, Value]]:
        """Return what each row said when it was given out, where the file still has that."""
        hidden = next((one for one in self._workbook.sheets if one.name == BASE_SHEET), None)
        if hidden is None:
            return {}
        return dict(_remembered(hidden))


def _remembered(hidden: Sheet) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield the rows that the hidden sheet remembers; a damaged one is as if it were not there."""
    days = {column.name for column in COLUMNS if column.is_day}
    for number in sorted(hidden.rows):
        cells = hidden.rows[number]
        place, *parts = (cells[at].text for at in sorted(cells))
        try:
            told: Any = json.loads("".join(parts))
        except ValueError:
            continue
        if isinstance(told, dict):
            values: dict[str, Value] = {column.name: None for column in COLUMNS}
            values |= {
                name: _day_of(text) if name in days else str(text) for name, text in told.items()
            }
            yield place, values


def _told_of_itself(workbook: Workbook) -> dict[str, Any]:
    try:
        told: Any = json.loads(workbook.properties.get(PROPERTY, "{}"))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _day_of(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
