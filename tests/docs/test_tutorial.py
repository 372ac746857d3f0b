"""The tutorial: every command in it is run, and says what the page says."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from commandline import ROOT, Zhenggai
from golden import compare

# The second goes on where the first ends.
PAGES = (ROOT / "docs" / "tutorial.md", ROOT / "docs" / "mending.md")

# What ends in a command to be run, or a file to be written as the page says.
BLOCK = re.compile(r"^```(console|yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _a_day_in_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")


FROM_EXCEL = ROOT / "docs" / "excel.md"


class Clerk:
    """Does what the tutorial says, in its order, and writes down what comes of it."""

    def __init__(self, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch) -> None:
        self._zhenggai = zhenggai
        self._go = monkeypatch.chdir
        self.codes: dict[str, int] = {}

    def follow(self, block: re.Match[str]) -> str:
        kind, text = block[1], block[2]
        if kind != "console":
            name, _, content = text.partition("\n")
            Path(name.removeprefix("# ")).write_text(content, encoding="utf-8", newline="\n")
            return block[0]
        typed = [line for line in text.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(map(self._run, typed)) + "```"

    def _run(self, line: str) -> str:
        program, *words = shlex.split(line.removeprefix("$ "))
        if program == "cd":
            self._go(words[0])
            return f"{line}\n"
        assert program == "zhenggai"
        outcome = self._zhenggai(*words)
        self.codes[" ".join(words)] = outcome.code
        return f"{line}\n{outcome.out}{outcome.err}"


def test_the_tutorial_shows_what_happens(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(zhenggai, monkeypatch)
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        compare(path, BLOCK.sub(clerk.follow, page))
    failing = {words: code for words, code in clerk.codes.items() if code}
    assert failing == {
        "close 1 --by 局党组": 4,
        "stauts": 2,
        "show 9": 2,
        "undo": 4,
        "correct 2 --record 4 --reason 登错了": 4,
        "rename --department 办公室 计划财务科": 4,
    }
    run = {words.split()[0] for words in clerk.codes}
    assert run >= {"init", "new", "done", "log", "extend", "close", "check", "announce", "show"}
    assert run >= {"undo", "correct", "void", "handover", "rename", "split", "reopen"}


_TABLE = (
    *(("某局党组巡察整改台账（截至2021年5月10日）",), ()),
    (
        "序号",
        "存在问题",
        "整改措施",
        "责任领导",
        "责任科室",
        "责任人",
        "整改时限",
        "完成情况",
        "备注",
    ),
    (
        *(1, "财务管理不规范", "1.清理白条\n2.修订财务制度", "分管副局长", "财务科"),
        *("财务科科长", "2021年6月底前", "整改中"),
    ),
    (
        *(2, "会议过多", "少开会、开短会", "分管副局长", "办公室、人事科（配合）"),
        *("办公室主任", "2021-05-31", "已完成", "已报县委"),
    ),
)


def _fill_in(path: Path) -> None:
    """Fill in what the page says that a department did."""
    book = openpyxl.load_workbook(path)
    sheet = book["台账"]
    columns = {cell.value: place for place, cell in enumerate(sheet[3], start=1)}
    told = {"完成日期": "2021-05-14", "成效": "清理白条12张", "进展（填这里）": "制度已送审"}
    for title, text in told.items():
        sheet.cell(4, columns[title]).value = text
    book.save(path)


def test_the_page_for_those_who_start_from_excel_shows_what_happens(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in _TABLE:
        sheet.append(row)
    book.save("整改台账.xlsx")
    clerk = Clerk(zhenggai, monkeypatch)

    def follow(block: re.Match[str]) -> str:
        given_out = tmp_path / "财务科.xlsx"
        if "import ../财务科.xlsx --dry-run" in block[2]:
            _fill_in(given_out)
        return clerk.follow(block)

    page = FROM_EXCEL.read_text(encoding="utf-8")
    compare(FROM_EXCEL, BLOCK.sub(follow, page))
    failing = {words: code for words, code in clerk.codes.items() if code}
    assert failing == {"import 整改台账.xlsx -o 台账 --dry-run": 4}
