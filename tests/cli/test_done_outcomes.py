"""`zhenggai done` of several measures: each has an outcome of its own, typed or asked for."""

import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

_TODAY = "2021-03-10"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    measures = "措施:\n  - 内容: 清理白条\n  - 内容: 修订制度\n  - 内容: 开展培训\n"
    return write_ledger(tmp_path, {"07": finding(measures)}, inspection(反馈日期="2021-02-01"))


def _outcomes(ledger: Path) -> list[str]:
    text = (ledger / "07.yaml").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if "成效" in line]


def test_each_measure_gets_the_outcome_typed_behind_it(zhenggai: Zhenggai, ledger: Path) -> None:
    words = ("7.1=清理白条12张", "７.2＝修订制度1项", "7.3")
    found = zhenggai("done", *words, "--ledger", str(ledger), "--today", _TODAY)
    assert (found.code, found.err) == (0, "")
    assert _outcomes(ledger) == ["成效: 清理白条12张", "成效: 修订制度1项"]
    assert (ledger / "07.yaml").read_text(encoding="utf-8").count("完成: 2021-03-10") == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("7.1 7.2 --outcome 修订制度", "各写各的：zhenggai done 7.1=… 7.2=…"),
        ("7.1-2 --outcome 修订制度", "各写各的：zhenggai done 7.1=… 7.2=…"),
        ("7.1-2=修订制度", "“7.1-2”是几项措施，一个成效不能写给几项措施"),
        ("7.1=", "“7.1=”的等号后面没有成效"),
        ("7=修订制度", "“7”不是措施的编号"),
    ],
)
def test_one_outcome_is_not_copied_to_many(
    zhenggai: Zhenggai, ledger: Path, words: str, said: str
) -> None:
    found = zhenggai("done", *words.split(), "--ledger", str(ledger), "--today", _TODAY)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert _outcomes(ledger) == []


if sys.platform != "win32":
    from terminal import Terminal

    def test_at_a_terminal_each_outcome_is_asked_for(ledger: Path) -> None:
        at = Terminal("done", "7.1-2", "7.3=培训1次", cwd=ledger, env={"ZHENGGAI_TODAY": _TODAY})
        at.wait_for("措施7.1“清理白条”的成效（直接按回车不填）：")
        at.type("清理白条12张\n")
        at.wait_for("措施7.2“修订制度”的成效（直接按回车不填）：")
        at.type("\n")
        code, shown = at.end()
        assert code == 0
        assert "措施7.3“" not in shown
        assert _outcomes(ledger) == ["成效: 清理白条12张", "成效: 培训1次"]
