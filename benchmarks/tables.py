"""Take workbooks of several sizes in and out by command; print ratios to a bare read and write.

    python benchmarks/tables.py [ROWS ...]

A row is a measure, four to a finding whose cells are merged over them. The bare read is openpyxl's
read-only one with every value taken, which knows neither merges nor hidden rows; the bare write is
XlsxWriter's of as many rows and merged cells. Each is run in a process of its own: seconds, the
start of Python counted in, and the most memory taken. The ledger that is written out has as many
findings of two measures.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

_COLUMNS = (
    *(
        "序号",
        "方面",
        "问题",
        "具体表现",
        "整改目标",
        "整改措施",
        "责任领导",
        "责任科室",
        "配合科室",
    ),
    *("责任人", "整改时限", "类型", "完成情况", "整改成效", "备注"),
)
_OF_FINDING = {1: "党的领导方面", 3: "1.甲\n2.乙", 4: "达到目标", 6: "分管领导"}
_OF_FINDING |= {7: "办公室、人事科", 8: "财务科", 9: "办公室主任"}
_TOGETHER = 4
_BARE = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
_OURS = """
import sys
from pathlib import Path
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import open_workbook
found = propose(open_workbook(Path(sys.argv[1])))
assert found.measures == int(sys.argv[2]), found.measures
"""

_COMMAND = """
import sys
from zhenggai.__main__ import start
sys.argv = ["zhenggai", *sys.argv[1:]]
start()
"""
_BARE_WRITE = """
import sys, xlsxwriter
with xlsxwriter.Workbook(sys.argv[1], {"in_memory": True}) as book:
    sheet = book.add_worksheet()
    for row in range(0, 2 * int(sys.argv[2]), 2):
        for column in range(12):
            sheet.merge_range(row, column, row + 1, column, "完善有关制度并组织落实")
        for line in (row, row + 1):
            for column in range(12, 18):
                sheet.write_string(line, column, "印发制度3项")
"""


def _write(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "某局党组巡察整改台账  截至2023年6月20日")
    sheet.write_row(1, 0, _COLUMNS)
    for first in range(2, rows + 2, _TOGETHER):
        last = first + _TOGETHER - 1
        number = (first - 2) // _TOGETHER + 1
        sheet.merge_range(first, 0, last, 0, number)
        sheet.merge_range(first, 2, last, 2, f"第{number}个问题，落实有关要求不够到位")
        for column, text in _OF_FINDING.items():
            sheet.merge_range(first, column, last, column, text)
        for row in range(first, last + 1):
            sheet.write(row, 5, f"第{row}项措施，完善有关制度并组织落实")
            sheet.write(row, 10, 45_000 + row % 300, day)
            sheet.write(row, 12, "已完成" if row % 2 else "整改中")
            sheet.write(row, 13, "印发制度3项")
    book.close()


def _cost(script: str, *words: str) -> tuple[float, float]:
    """Return the CPU seconds of a process and the MiB that it took at most."""
    process = subprocess.Popen([sys.executable, "-c", script, *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words}: {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _ledger(folder: Path, findings: int) -> None:
    """Write a ledger of findings with two measures each."""
    folder.mkdir()
    about = "格式: 2\n被巡察单位: 某局党组\n巡察组: 第一巡察组\n反馈日期: 2023-01-10\n"
    (folder / "inspection.yaml").write_text(about, encoding="utf-8")
    for number in range(1, findings + 1):
        text = (
            f"问题: 第{number}个问题，落实有关要求不够到位\n方面: 党的领导\n责任领导: 分管领导\n"
            f"责任科室: [办公室, 人事科]\n责任人: 办公室主任\n整改时限: 2023-06-30\n措施:\n"
            f"  - 内容: 完善有关制度并组织落实\n    完成: 2023-03-01\n    成效: 印发制度3项\n"
            f"  - 内容: 每季度检查一次执行情况\n"
        )
        (folder / f"{number:05d}.yaml").write_text(text, encoding="utf-8")


def _print_export(start: float, findings: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _ledger(folder / "台账", findings)
        bare, _ = _cost(_BARE_WRITE, str(folder / "bare.xlsx"), str(findings))
        words = ("export", "-o", str(folder / "out.xlsx"), "--ledger", str(folder / "台账"))
        ours, memory = _cost(_COMMAND, *words, "--today", "2023-05-01")
        print(
            f"export of {findings} findings: bare write {bare:.2f} s, command {ours:.2f} s: "
            f"{ours / bare:.1f} x, {ours / start:.0f} Python starts, {memory:.0f} MiB"
        )


def main() -> None:
    """Print a line for each size."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 10_000]
    start, _ = _cost("")
    print(f"Python start {start:.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            whole = rows - rows % _TOGETHER
            path = Path(folder) / f"{rows}.xlsx"
            _write(path, whole)
            bare, _ = _cost(_BARE, str(path))
            ours, memory = _cost(_OURS, str(path), str(whole))
            print(
                f"{whole} rows: bare read {bare:.2f} s, proposal {ours:.2f} s: {ours / bare:.1f} x,"
                f" {ours / start:.0f} Python starts, {memory:.0f} MiB"
            )
            words = ("import", str(path), "-o", f"{folder}/{rows}", "--dry-run", "--accept", "待定")
            command, memory = _cost(_COMMAND, *words, "--on", "2023-06-20")
            print(
                f"{whole} rows: import --dry-run {command:.2f} s: {command / bare:.1f} x, "
                f"{command / start:.0f} Python starts, {memory:.0f} MiB"
            )
    for findings in sizes:
        _print_export(start, findings)


if __name__ == "__main__":
    main()
