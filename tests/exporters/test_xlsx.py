"""The register as a workbook: what people print and fill in, read back with another library."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger_files import OFFICE, OFFICE_ABOUT, finding, read_whole, write_ledger
from zhenggai.errors import InvalidInputError
from zhenggai.exporters import csv, xlsx
from zhenggai.importers.filled_sheet import came_back
from zhenggai.importers.sheet_merge import SheetMerge, merge
from zhenggai.importers.tables.reading import read_workbook
from zhenggai.ledger.register_sheet import RegisterSheet, register_sheet
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.terms import Grouping
from zhenggai.views.progress_tables import Report
from zhenggai.views.workbook import Workbook

TODAY = date(2021, 5, 18)
_HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "http://局.cn/", "'单引号", "0012"),
    *("2021-05-18", "一\n二", "_x000D_", "<b>&amp;", '"', "1,2", "::set-output", "真", "TRUE"),
)


def _sheet(root: Path, *, internal: bool = False, department: str | None = None) -> RegisterSheet:
    day = LedgerOnDay(read_whole(root, "台账")[0], TODAY)
    return register_sheet(day, internal=internal, department=department)


def _book(sheet: RegisterSheet, marking: str = "") -> Workbook:
    lines = [block.line for block in sheet.blocks]
    report = Report((sheet.day.register,), lines, TODAY, Grouping.ASPECT, ())
    return Workbook(sheet, report, marking)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    steps = "销号程序: [申请, 审核, 批准]\n"
    return write_ledger(tmp_path / "台账", OFFICE, OFFICE_ABOUT + steps)


def _opened(sheet: RegisterSheet, marking: str = "") -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx.workbook(_book(sheet, marking))))


def _merged_again(sheet: RegisterSheet, name: str, content: bytes) -> SheetMerge:
    return merge(sheet, [came_back(read_workbook(name, content)).sheet])


def test_the_same_ledger_on_the_same_day_gives_the_same_bytes(office: Path) -> None:
    first = xlsx.workbook(_book(_sheet(office)))
    assert xlsx.workbook(_book(_sheet(office))) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_prints_on_a3_with_its_heading_on_every_page(office: Path) -> None:
    book = _opened(_sheet(office), "内部资料")
    sheet = book["台账"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "E4"
    assert "第&P页，共&N页" in sheet.oddFooter.center.text
    assert sheet.oddHeader.left.text == "内部资料"
    assert sheet["B1"].value == "县农业局党组巡察整改台账"
    assert sheet["B2"].value == "截至2021-05-18　　填报单位：县农业局党组"
    assert book["_zhenggai"].sheet_state == "veryHidden"
    assert sheet.column_dimensions["A"].hidden


def test_what_is_to_be_filled_in_is_unlocked_and_the_rest_is_not(office: Path) -> None:
    sheet = _opened(_sheet(office))["台账"]
    assert sheet.protection.sheet
    heads = {cell.value: cell.column for cell in sheet[3]}
    locked = {title: sheet.cell(4, column).protection.locked for title, column in heads.items()}
    free = {title for title, is_locked in locked.items() if not is_locked}
    assert free == {"完成日期", "成效", "进展（填这里）", "申请销号"}
    taken = {
        str(one.sqref)[0]: (one.type, one.error) for one in sheet.data_validations.dataValidation
    }
    assert ("date", "写2021-02-01以后的日期，如 2021-05-18。") in taken.values()
    assert ("list", "要申请销号的写“是”，不申请的空着。") in taken.values()


def test_what_is_said_of_a_finding_spans_its_rows(office: Path) -> None:
    sheet = _opened(_sheet(office))["台账"]
    heads = {cell.value: cell.column_letter for cell in sheet[3]}
    spans = {str(span) for span in sheet.merged_cells.ranges}
    title, measure = heads["问题"], heads["整改措施"]
    row = next(cell.row for cell in sheet[title] if cell.value == "会议过多")
    assert f"{title}{row}:{title}{row + 1}" in spans
    assert not any(span.startswith(f"{measure}{row}:") for span in spans)
    assert [sheet[f"{measure}{line}"].value for line in (row, row + 1)] == ["少开会", "开短会"]


def test_findings_that_are_not_public_are_left_out_unless_they_are_asked_for(
    tmp_path: Path,
) -> None:
    hidden = finding("公开: 否\n不公开理由: 涉密\n", 问题="内部的事")
    root = write_ledger(tmp_path, {"01": finding(), "02": hidden})
    without, whole = _sheet(root), _sheet(root, internal=True)
    assert (len(without.blocks), without.left_out) == (1, 1)
    assert b"\xe5\x86\x85\xe9\x83\xa8\xe7\x9a\x84\xe4\xba\x8b" not in _unzipped(without)
    assert (len(whole.blocks), whole.left_out) == (2, 0)


def _unzipped(sheet: RegisterSheet) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx.workbook(_book(sheet)))) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_a_text_longer_than_a_cell_is_refused_by_name(tmp_path: Path) -> None:
    root = write_ledger(tmp_path, {"07": finding(f"措施:\n  - 内容: {'长' * 40_000}\n")})
    with pytest.raises(InvalidInputError, match="问题07的“整改措施”有40000个字"):
        xlsx.workbook(_book(_sheet(root)))


@pytest.mark.parametrize("write", [xlsx.workbook, csv.workbook])
def test_texts_are_texts_and_come_back_as_they_are(tmp_path: Path, write: Any) -> None:
    measures = "".join(
        f"  - 内容: {_quoted(text)}\n    成效: {_quoted(text)}\n" for text in _HOSTILE
    )
    root = write_ledger(tmp_path, {"07": finding(f"措施:\n{measures}", 问题="=1+1")})
    sheet = _sheet(root)
    content = write(_book(sheet))
    if isinstance(content, bytes):
        written = openpyxl.load_workbook(io.BytesIO(content))["台账"]
        assert not [cell for row in written for cell in row if cell.data_type == "f"]
    else:
        assert '"=' not in content
        content = content.encode()
    assert (
        _merged_again(sheet, "表.xlsx" if content[:2] == b"PK" else "表.csv", content)
        == SheetMerge()
    )


def _quoted(text: str) -> str:

    return json.dumps(text, ensure_ascii=False)


def test_each_ledger_comes_back_unchanged(office: Path) -> None:
    sheet = _sheet(office, internal=True)
    assert _merged_again(sheet, "表.xlsx", xlsx.workbook(_book(sheet))) == SheetMerge()
    assert _merged_again(sheet, "表.csv", csv.workbook(_book(sheet)).encode()) == SheetMerge()


# -- as LibreOffice has it --------------------------------------------------------------------

_SOFFICE = shutil.which("soffice")
_PDFTOTEXT = shutil.which("pdftotext")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[RegisterSheet, Path]:
    """Save a workbook anew by LibreOffice, as xlsx, and print it as PDF."""
    if _SOFFICE is None or _PDFTOTEXT is None:
        pytest.skip("LibreOffice or pdftotext is not installed (soffice, poppler-utils)")
    folder = tmp_path_factory.mktemp("表")
    long = "措施:\n" + "".join(f"  - 内容: 第{n}项{'很长的措施' * 150}\n" for n in range(3))
    more = {f"{n:02d}": finding(long, 问题=f"问题之{n}") for n in range(11, 14)}
    root = write_ledger(folder / "台账", OFFICE | more, OFFICE_ABOUT)
    sheet = _sheet(root)
    (folder / "表.xlsx").write_bytes(xlsx.workbook(_book(sheet)))
    (folder / "存").mkdir()
    for form in ("xlsx", "pdf"):
        profile = f"-env:UserInstallation={(folder / '配置').as_uri()}"
        words = [_SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", "存", "表.xlsx"]
        subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=120)
    return sheet, folder / "存"


@pytest.mark.skipif(sys.platform == "win32", reason="LibreOffice is driven on Unix only")
def test_it_comes_back_unchanged_after_a_save_by_libreoffice(
    saved: tuple[RegisterSheet, Path],
) -> None:
    sheet, folder = saved
    assert _merged_again(sheet, "表.xlsx", (folder / "表.xlsx").read_bytes()) == SheetMerge()


@pytest.mark.skipif(sys.platform == "win32", reason="LibreOffice is driven on Unix only")
def test_every_text_is_on_the_printed_pages(saved: tuple[RegisterSheet, Path]) -> None:
    sheet, folder = saved
    assert _PDFTOTEXT is not None
    words = [_PDFTOTEXT, "-raw", str(folder / "表.pdf"), "-"]
    printed = subprocess.run(words, check=True, capture_output=True, timeout=60).stdout.decode()
    pages = printed.removesuffix("\f").split("\f")
    seen = "".join(printed.split())
    registers = [page for page in pages if "整改措施" in page]
    assert len(registers) == len(pages) - 1  # all but the one of figures
    for row in sheet.rows:
        for value in row.values.values():
            if isinstance(value, str):
                assert _in_order("".join(value.split()), seen), value[:40]


def _in_order(text: str, seen: str) -> bool:
    """Whether a text is there; a long one may go on on the next page."""
    return text in seen or (seen.count(text[-40:]) > 0 and seen.count(text[:40]) > 0)
