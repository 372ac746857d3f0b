"""A ledger of a format that only a newer version knows: every command names it and stops."""

from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

NEWER = "格式: 3\n复核单位: 县委巡察办\n"
SAID = "错误：{}：台账的格式是3，这个版本的程序只能读到2；请安装新版本的程序\n"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.chdir(tmp_path)
    return write_ledger(tmp_path / "台账", {"07": finding()}, inspection(NEWER))


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "status --format json",
        "list",
        "list --search 会议",
        "show 7",
        "check",
        "check --format sarif",
        "new 会议过多",
        "done 7.1",
        "report 7 初稿已成 --by 办公室",
        "log 7 看了 --by 督查组",
        "log 1-9 看了 --dry-run",
        "extend 7 2021-12-31 --reason 待批 --approved-by 局党组",
        "apply 7 --by 办公室",
        "review 7 --by 整改办",
        "close 7 --by 局党组 --complete",
        "return 7 --reason 不全",
        "reopen 7 --reason 反弹",
        "void 7 --reason 误登",
        "edit 7",
        "upgrade --yes",
        "upgrade --dry-run",
        "announce",
        "announce --draft -o 通报.docx",
        "announce --template bulletin --internal",
    ],
)
def test_every_command_that_reads_it_stops_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai, words: str
) -> None:
    before = _content(ledger.parent)
    outcome = zhenggai(*words.split(), "--ledger", "台账")
    assert outcome == (3, "", SAID.format("台账/inspection.yaml"))
    assert _content(ledger.parent) == before


def test_one_among_several_is_named(ledger: Path, zhenggai: Zhenggai) -> None:
    for name, rest in (("甲", "格式: 2\n"), ("乙", "格式: 12\n")):
        write_ledger(ledger.parent / "ledgers" / name, {"07": finding()}, inspection(rest))
    outcome = zhenggai("status")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("错误：ledgers/乙/inspection.yaml：台账的格式是12，")
    assert zhenggai("status", "--ledger", "ledgers/甲").code == 0


def test_it_is_remembered_no_longer_than_it_is_so(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHENGGAI_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert zhenggai("status", "--ledger", "台账").code == 3
    assert zhenggai("status", "--ledger", "台账").code == 3
    (ledger / "inspection.yaml").write_text(inspection("格式: 2\n"), encoding="utf-8")
    assert zhenggai("status", "--ledger", "台账").code == 0


@pytest.mark.parametrize("written", ["0", "二", "2.0", "-1", "02"])
def test_what_is_no_format_is_an_error_like_any_other(
    ledger: Path, zhenggai: Zhenggai, written: str
) -> None:
    (ledger / "inspection.yaml").write_text(inspection(f"格式: {written}\n"), encoding="utf-8")
    outcome = zhenggai("check", "--ledger", "台账")
    assert outcome.code == 3
    assert f"K307 “{written}”不是台账的格式；写 2；没有写的是1" in outcome.out
