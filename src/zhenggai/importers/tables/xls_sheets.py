"""Read the workbooks of before 2007 (xls, and WPS's et) with xlrd."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import XLDateError, xldate_as_datetime

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import (
    Cell,
    CellKind,
    Sheet,
    Span,
    Workbook,
    clean,
)
from zhenggai.importers.tables.number_formats import numeric_cell
from zhenggai.importers.tables.sheet_builder import SheetBuilder

_ENCRYPTED = "encrypted"


def read_xls(file: str, content: bytes, kind: str) -> Workbook:
    """Read a workbook; raise InvalidInputError for what is none or exceeds the limits."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise InvalidInputError(f"“{file}”有密码；请去掉密码另存再导入") from None
        raise _broken(file) from None
    except Exception:  # noqa: BLE001 - of a damaged file xlrd raises whatever its bytes lead to
        raise _broken(file) from None
    builder = SheetBuilder(file)
    sheets = []
    for sheet in book.sheets():
        builder.begin(sheet.name)
        sheets.append(_sheet(file, builder, book, sheet))
    return Workbook(file, kind, tuple(sheets))


def _broken(file: str) -> InvalidInputError:
    return InvalidInputError(f"“{file}”不是完整的旧版工作簿；请用Excel或WPS打开，另存为xlsx再导入")


def _sheet(file: str, builder: SheetBuilder, book: Any, sheet: Any) -> Sheet:
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = _cell(book, sheet, row, column)
            if cell is not None:
                builder.add(row + 1, column + 1, cell)
    for (row, column), note in sheet.cell_note_map.items():
        builder.remark(row + 1, column + 1, f"批注“{clean(note.text)}”")
    rows = builder.rows()
    hidden = {row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden}
    return Sheet(
        file,
        sheet.name,
        rows,
        tuple(
            Span(top + 1, left + 1, bottom, right) for top, bottom, left, right in _merged(sheet)
        ),
        frozenset(hidden & rows.keys()),
        frozenset(column + 1 for column, about in sheet.colinfo_map.items() if about.hidden),
        sheet.visibility != 0,
    )


def _merged(sheet: Any) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merged ranges; some programs write every cell of one as a range of its own."""
    yield from (one for one in sheet.merged_cells if one[1] - one[0] > 1 or one[3] - one[2] > 1)


def _cell(book: Any, sheet: Any, row: int, column: int) -> Cell | None:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(error_text_from_code.get(value, "#N/A"), CellKind.ERROR)
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    remarks = ("有删除线",) if book.font_list[style.font_index].struck_out else ()
    if kind == xlrd.XL_CELL_TEXT:
        return Cell(clean(value), remarks=remarks)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", remarks=remarks)
    known = book.format_map.get(style.format_key)
    moment = _moment(value, book.datemode) if kind == xlrd.XL_CELL_DATE else None
    return numeric_cell(value, moment, known.format_str if known else "", remarks)


def _moment(value: float, mode: int) -> datetime | None:
    try:
        moment: datetime = xldate_as_datetime(value, mode)
    except (XLDateError, ValueError, OverflowError):
        return None
    return moment if value >= 1 else None
