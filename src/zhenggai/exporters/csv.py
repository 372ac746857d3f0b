"""`csv`: for spreadsheets, which open it as Chinese text and never take it for a formula."""

import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai.views.columns import Column, RowT, Tabular, cells

if TYPE_CHECKING:
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report

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


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
    """Write the columns' titles, and each row below."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in columns])
    for row in cells(columns, rows):
        writer.writerow([f"'{cell}" if re.match(_FORMULA, cell) else cell for cell in row])
    return "\ufeff" + out.getvalue().rstrip("\n")
