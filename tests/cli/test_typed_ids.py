"""Ids as people type them, and files of what is to be recorded."""

from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import closed, finding, inspection, write_ledger
from zhenggai.cli.typed_ids import is_typed_id, typed_id, typed_ids, typed_measures
from zhenggai.errors import WrongUsageError

_TODAY = "2021-03-10"


@pytest.mark.parametrize("typed", ["7", " 7 ", "７", "7号", "#7", "7.yaml", "./7.yaml", "问题7"])
def test_one_finding_is_written_in_many_ways(typed: str) -> None:
    assert typed_id(typed) == "7"
    assert [one.id for one in typed_ids(typed)] == ["7"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("07.yaml", ["07"]),
        ("1、3、5", ["1", "3", "5"]),
        ("7,8", ["7", "8"]),
        ("7，8号", ["7", "8"]),
        ("1-3", ["1", "2", "3"]),
        ("1~3", ["1", "2", "3"]),
        ("１～３", ["1", "2", "3"]),
        ("1至3号", ["1", "2", "3"]),
        ("1—3、7", ["1", "2", "3", "7"]),
        ("甲局/7,8", ["甲局/7", "甲局/8"]),
        ("ledgers/甲局/07.yaml", ["ledgers/甲局/07"]),
        (r"甲局\07.yaml", ["甲局/07"]),
        ("制度未定", ["制度未定"]),
        ("7、制度", ["7、制度"]),
    ],
)
def test_several_findings_are_listed_and_ranged(typed: str, meant: list[str]) -> None:
    assert [one.id for one in typed_ids(typed)] == meant


def test_a_path_that_was_pasted_names_the_finding(
    zhenggai: Zhenggai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲局", "乙局"):
        write_ledger(tmp_path / "ledgers" / name, {"07": finding(问题=f"{name}的问题")})
    monkeypatch.chdir(tmp_path)
    for typed in ("ledgers/甲局/07.yaml", r".\ledgers\甲局\07.yaml", "甲局/7"):
        found = zhenggai("show", typed, "--today", _TODAY)
        assert (found.code, "甲局的问题" in found.out) == (0, True)


def test_only_what_a_range_means_may_be_passed_over() -> None:
    assert [one.is_ranged for one in typed_ids("1-2、7")] == [True, True, False]


def test_a_range_backwards_is_wrong_usage() -> None:
    with pytest.raises(WrongUsageError, match="起止不对"):
        typed_ids("5~3")


def test_measures_are_listed_and_ranged() -> None:
    assert typed_measures("７.１、7.3") == [("7", 1), ("7", 3)]
    assert typed_measures("甲局/7.1-3") == [("甲局/7", 1), ("甲局/7", 2), ("甲局/7", 3)]
    assert typed_measures("7") == typed_measures("7.制度") == []


@pytest.mark.parametrize("text", ["7", "7号", "1-5", "1、3、5", "7.2", "07.yaml", "甲局/7"])
def test_what_reads_as_an_id(text: str) -> None:
    assert is_typed_id(text)


@pytest.mark.parametrize("text", ["已看", "7月底完成", "修订制度1项", "", "3项制度已印发"])
def test_what_reads_as_words(text: str) -> None:
    assert not is_typed_id(text)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    open_ones = {f"{number:02d}": finding(问题=f"第{number}类问题") for number in (1, 2, 4)}
    findings = open_ones | {"03": closed("公车管理", "2021-03-05")}
    return write_ledger(tmp_path / "台账", findings, inspection())


def _said(path: Path, number: int) -> str:
    return (path / f"{number:02d}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["log", "report"])
def test_a_range_passes_over_what_is_closed_and_names_it(
    zhenggai: Zhenggai, ledger: Path, command: str
) -> None:
    where = ("--ledger", str(ledger), "--today", _TODAY)
    code, _, said = zhenggai(command, "1~3", "4号", "已见初稿", *where)
    assert (code, said) == (0, "已销号或撤销登记的跳过：03\n")
    assert all("情况: 已见初稿" in _said(ledger, number) for number in (1, 2, 4))


@pytest.mark.parametrize("command", ["log", "report"])
def test_a_text_that_reads_as_an_id_is_wrong_usage_with_both_commands(
    zhenggai: Zhenggai, ledger: Path, command: str
) -> None:
    code, _, said = zhenggai(command, "1-2", "4", "--ledger", str(ledger), "--today", _TODAY)
    assert code == 2
    assert f"写 zhenggai {command} 1-2 4 " in said
    assert f"zhenggai {command} 1-2 " in said.partition("就是“4”的，写 ")[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_says_of_each_finding_its_own(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path, encoding: str
) -> None:
    notes = tmp_path / "督查.txt"
    notes.write_text("# 第10周\n1 制度未报\n\n2、4　方案已报\n3：已销号\n", encoding=encoding)
    words = ("log", "--from", str(notes), "--by", "整改办", "--ledger", str(ledger))
    code, out, said = zhenggai(*words, "--today", _TODAY)
    assert (code, said) == (0, "已销号或撤销登记的跳过：03\n")
    assert out.count("已登记督查") == 3
    assert "情况: 制度未报" in _said(ledger, 1)
    assert "情况: 方案已报" in _said(ledger, 2)
    assert "情况: 方案已报" in _said(ledger, 4)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("1 已报\n01 再报\n", 3, "第2行的问题01在第1行已经写过；合成一行"),
        ("1 已报\n制度未报\n", 3, "第2行“制度未报”的格式无法识别；先写编号"),
        ("1\n", 3, "第1行“1”的格式无法识别"),
        ("", 3, "里没有内容"),
        ("9 已报\n", 2, "没有问题9"),
    ],
)
def test_a_file_with_a_fault_writes_nothing(
    zhenggai: Zhenggai, ledger: Path, tmp_path: Path, text: str, code: int, said: str
) -> None:
    notes = tmp_path / "进展.txt"
    notes.write_text(text, encoding="utf-8")
    before = _said(ledger, 1)
    found = zhenggai("report", "--from", str(notes), "--ledger", str(ledger), "--today", _TODAY)
    assert found.code == code
    assert said in found.err
    assert _said(ledger, 1) == before


def test_a_file_and_words_are_not_both_taken(zhenggai: Zhenggai, ledger: Path) -> None:
    found = zhenggai("log", "1", "已看", "--from", "督查.txt", "--ledger", str(ledger))
    assert found.code == 2
    assert "后面不能再写" in found.err
