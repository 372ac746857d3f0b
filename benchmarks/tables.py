"""Read workbooks of several sizes and propose their findings; print ratios to a bare read.

    python benchmarks/tables.py [ROWS ...]

A row is a measure, four to a finding whose cells are merged over them. The bare read is openpyxl's
read-only one with every value taken, which knows neither merges nor hidden rows. Each is run in a
process of its own: CPU seconds, the start of Python counted in, and the most memory taken.
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
    process = subprocess.Popen([sys.executable, "-c", script, *words])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words}: {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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


if __name__ == "__main__":
    main()
