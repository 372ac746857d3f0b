"""A whole inspection entered by a clerk who opens no file: commands and keys are counted.

What the tutorial says of that is what is counted here.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commandline import ROOT, process
from invented_findings import ASPECTS, FINDINGS, TEXTS, Invented
from zhenggai.storage.ledger_folder import read_ledger

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

_DAY = {"ZHENGGAI_TODAY": "2021-03-10"}
_START = (
    "zhenggai init 台账 --unit 县农业局党组 --group 县委第二巡察组 --feedback 2月1日",
    "cd 台账",
    f"zhenggai set 台账 方面={'、'.join(ASPECTS)} 反馈问题数=24",
)
_MOST_COMMANDS, _MOST_KEYS = 24, 60
_WRITTEN = {
    "6月底": "2021-06-30",
    "7月底": "2021-07-31",
    "9月底": "2021-09-30",
    "年底": "2021-12-31",
}


class Keyboard:
    """Runs command lines, and counts them and every key that is pressed."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        self.commands, self.keys = 0, 0

    def count(self, line: str) -> list[str]:
        """Count a command line with its return key; give its words."""
        self.commands += 1
        self.keys += len(line) + 1
        return line.split()[1:]

    def run(self, line: str) -> None:
        """Run a command line that has to succeed."""
        words = self.count(line)
        if line.startswith("cd "):
            self.here /= words[0]
            return
        outcome = process(*words, cwd=self.here, env=_DAY)
        assert outcome.code == 0, outcome.err

    @property
    def beside_the_texts(self) -> int:
        """The keys pressed for each finding that are none of its own texts."""
        return round((self.keys - TEXTS) / len(FINDINGS))


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    keyboard = Keyboard(tmp_path)
    for line in _START:
        keyboard.run(line)
    return keyboard


def _entered(folder: Path) -> Iterator[Invented]:
    """Give what a ledger says of each finding, in the terms of what was to be entered."""
    ledger = read_ledger(folder, "")
    assert ledger.problems == ()
    typed = {written: typed for typed, written in _WRITTEN.items()}
    for one in ledger.findings:
        assert one.aspect is not None
        assert one.leader is not None
        assert one.owner is not None
        [department] = one.departments
        measures = tuple(measure.text for measure in one.measures)
        due = typed[str(one.due)]
        yield Invented(one.title, one.aspect, one.leader, department, one.owner, due, measures)


def _chosen(name: str, known: list[str]) -> str:
    """Give the number of a name that was used before; else the name, which then is known."""
    if name in known:
        return str(known.index(name) + 1)
    known.append(name)
    return name


def test_a_clerk_at_a_terminal_enters_it_by_one_command(keyboard: Keyboard) -> None:
    at = Terminal(*keyboard.count("zhenggai new"), cwd=keyboard.here, env=_DAY)
    at.wait_for("问题的名称")
    leaders: list[str] = []
    offices: list[str] = []
    owners: list[str] = []
    for number, one in enumerate(FINDINGS, start=1):
        answers = [
            one.title,
            str(ASPECTS.index(one.aspect) + 1),
            "",  # the usual kind
            _chosen(one.leader, leaders),
            _chosen(one.department, offices),
            "",  # nobody assists
            _chosen(one.owner, owners),
            one.due,
            *("", ""),  # manifestations, goal
            *one.measures,
            *("", ""),  # no other measure; yes, enter it
        ]
        typed = "".join(f"{answer}\n" for answer in answers)
        keyboard.keys += len(typed)
        at.type(typed)
        at.wait_for(f"已登记问题{number:02d}：")
    keyboard.keys += 1
    at.type("\n")
    code, shown = at.end()
    assert code == 0
    assert shown.endswith("共登记24个问题\n")
    assert tuple(_entered(keyboard.here)) == FINDINGS
    keyboard.run("zhenggai check")
    assert keyboard.commands <= _MOST_COMMANDS
    assert keyboard.beside_the_texts <= _MOST_KEYS
    assert _told() == ("逐项询问", keyboard.commands, keyboard.beside_the_texts)


def test_a_clerk_with_a_text_file_enters_it_by_one_command(keyboard: Keyboard) -> None:
    lines: list[str] = []
    aspect = ""
    for one in FINDINGS:
        if one.aspect != aspect:
            aspect = one.aspect
            lines.append(f"方面：{aspect}")
        due = f"2021年{one.due}" if one.due != "年底" else "2021年底"
        lines += [f"{one.title}@{due}#{one.department}", f" 责任领导：{one.leader}"]
        lines.append(f" 责任人：{one.owner}")
        lines += [f" {measure}" for measure in one.measures]
    text = "".join(f"{line}\n" for line in lines)
    keyboard.keys += len(text)
    (keyboard.here / "问题.txt").write_text(text, encoding="utf-8")
    keyboard.run("zhenggai new --from 问题.txt")
    assert tuple(_entered(keyboard.here)) == FINDINGS
    keyboard.run("zhenggai check")
    assert keyboard.commands <= _MOST_COMMANDS
    assert keyboard.beside_the_texts <= _MOST_KEYS
    assert _told("文本文件") == ("文本文件", keyboard.commands, keyboard.beside_the_texts)


def _told(way: str = "逐项询问") -> tuple[str, int, int]:
    """Give the commands and keys that the tutorial tells of a way."""
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    found = re.search(rf"{way}共([0-9]+)个命令，[^，。；]*，平均每个问题再输入([0-9]+)个字符", page)
    assert found is not None, f"the tutorial does not tell of {way}"
    return way, int(found[1]), int(found[2])
