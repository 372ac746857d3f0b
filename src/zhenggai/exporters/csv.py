"""`csv`: for spreadsheets, which open it as Chinese text and never take it for a formula."""

import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai.ledger.register_sheet import KEY
from zhenggai.views.columns import Column, RowT, Tabular, cells

if TYPE_CHECKING:
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report
    from zhenggai.views.workbook import Workbook

# What a spreadsheet would run when it opens the file, in full width too (a Chinese Excel takes
# ＝ for =), and a CI system's runner where it is printed; a negative number is no such thing.
_FORMULA = r"(?!-[0-9]+$)(?:[=+\-@＝＋－＠]|::)"


def rows(listing: Tabular, _screen: "Screen") -> str:
    """Write rows with every column there is."""
    return table(listing.fields, listing.lines)


def status(report: "Report", _screen: "Screen") -> str:
    """Write the progress table."""
    groups, total = report.progress()
    return table(report.columns(), [*groups, total])


def workbook(book: "Workbook") -> str:
    """Write the register as a workbook has it: what is said of a finding in each of its rows."""
    sheet = book.sheet
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([KEY, *(column.title for column in sheet.columns)])
    for row in sheet.rows:
        values = (row.values[column.name] for column in sheet.columns)
        writer.writerow(
            [row.key, *("" if value is None else _returnable(str(value)) for value in values)]
        )
    return "\ufeff" + out.getvalue()


def _returnable(cell: str) -> str:
    """Make a cell safe so that whoever takes away one mark at its beginning has it as it was."""
    return f"'{cell}" if cell.startswith("'") else safe(cell)


def safe(cell: str) -> str:
    """Put before what a spreadsheet would run the mark by which it takes a cell as text."""
    return f"'{cell}" if re.match(_FORMULA, cell) else cell


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
    """Write the columns' titles, and each row below."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in columns])
    for row in cells(columns, rows):
        writer.writerow(map(safe, row))
    return "\ufeff" + out.getvalue().rstrip("\n")
