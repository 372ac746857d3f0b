"""Workbooks made in memory, as small as a test's question lets them be."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from zhenggai.importers.tables.proposal import Answers, Proposal
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import read_workbook

Rows = Sequence[Sequence[Any]]
FILE = "台账.xlsx"
HEADER = ("序号", "问题", "整改措施", "责任领导", "责任科室", "责任人", "整改时限")
ROW = (1, "会议记录不全", "补齐记录", "局长", "办公室", "办公室主任", "2023年6月30日")


def workbook(
    sheets: Mapping[str, Rows] | Rows,
    merged: Sequence[str] = (),
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """Give an xlsx file of sheets with these rows; of several, `change` gets the first."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    book.remove(active)
    named = sheets if isinstance(sheets, Mapping) else {"台账": sheets}
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(number, column, value)
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
                elif isinstance(value, str) and not value.startswith("=formula "):
                    cell.data_type = "s"
                else:
                    cell.value = (
                        value.removeprefix("=formula ") if isinstance(value, str) else value
                    )
    first = book.worksheets[0]
    for span in merged:
        first.merge_cells(span)
    if change:
        change(first)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def proposal(
    sheets: Mapping[str, Rows] | Rows,
    merged: Sequence[str] = (),
    change: Callable[[Worksheet], None] | None = None,
    answers: Answers | None = None,
) -> Proposal:
    """Give what is proposed of such a file."""
    return propose(read_workbook(FILE, workbook(sheets, merged, change)), answers)


def of_text(text: str, encoding: str = "utf-8", answers: Answers | None = None) -> Proposal:
    """Give what is proposed of a csv file."""
    return propose(read_workbook("台账.csv", text.encode(encoding)), answers)


def values(found: Proposal) -> list[dict[str, Any]]:
    """Give the fields of each finding as plain values, measures as their texts."""
    return [
        {key: one.value for key, one in finding.fields.items()}
        | {"措施": [measure.text for measure in finding.measures]}
        for finding in found.findings
    ]


def said(found: Proposal, place: str) -> str:
    """Give everything said of a cell of the first sheet, such as B3, or of a sheet!cell."""
    file = found.file
    full = {f"{file}!{place}", f"{file}!台账!{place}"}
    return "；".join(remark.text for remark in found.remarks() if remark.place in full)
