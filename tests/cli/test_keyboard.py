"""Help however it is asked for, short names, and words that are no commands."""

from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger
from zhenggai.cli.command_meanings import MEANINGS, NO_COMMAND, commands_meant
from zhenggai.cli.commands import ALIASES, Commands

COMMANDS = Commands()
# Words that people who know other programs try, and what they are to be shown.
MEANT = {
    "delete": "void",
    "remove": "void",
    "rm": "void",
    "DELETE": "void",
    "删除": "void",
    "search": "list",
    "find": "list",
    "查找": "list",
    "搜索": "list",
    "blame": "history",
    "历史": "history",
    "销号": "close",
    "延期": "extend",
    "撤销": "undo",
    "导出": "export",
    "导入": "import",
    "督查": "log",
    "进展": "status",
    "诊断": "doctor",
    "帮助": "help",
    "dlete": "void",
    "serch": "list",
    "stat": "status",
    "overdue": "list --timing 逾期",
    "逾期": "list --timing 逾期",
    "settings": "set",
    "config": "set",
}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_ledger(tmp_path / "台账", {"07": finding(问题="会议过多")})
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("name", ["status", "close", "import"])
def test_help_is_the_same_however_it_is_asked_for(zhenggai: Zhenggai, name: str) -> None:
    whole = zhenggai(name, "--help")
    assert whole.code == 0
    assert zhenggai(name, "-h") == whole
    assert zhenggai("help", name) == whole


def test_the_programs_own_help_too(zhenggai: Zhenggai) -> None:
    whole = zhenggai("--help")
    assert zhenggai("-h") == whole
    assert zhenggai("help") == whole
    assert zhenggai() == whole
    assert zhenggai("-V") == zhenggai("--version")


def test_the_help_tells_of_every_short_name(zhenggai: Zhenggai) -> None:
    told = "".join(zhenggai("-h").out.split())
    assert [short for short, name in ALIASES.items() if f"{short}就是{name}" not in told] == []


@pytest.mark.parametrize(("short", "name"), ALIASES.items())
def test_a_short_name_is_its_command(
    zhenggai: Zhenggai, ledger: Path, short: str, name: str
) -> None:
    assert zhenggai("help", short) == zhenggai("help", name)
    assert zhenggai(short, "-h").out.startswith(f"用法：zhenggai {name} ")
    words = ("--dry-run",) if name == "new" else ("--today", "2021-05-18")
    wanted = zhenggai(name, *words)
    assert zhenggai(short, *words) == wanted
    assert zhenggai(short, "--todya").err.endswith(f"用 zhenggai {name} --help 查看用法\n")
    assert ledger.is_dir()


def test_a_short_name_completes_as_its_command(zhenggai: Zhenggai, ledger: Path) -> None:
    assert zhenggai("complete-words", "2", "zhenggai", "ls", "--searc").out.startswith("--search\t")
    assert "\nls\t" not in zhenggai("complete-words", "1", "zhenggai", "").out
    assert ledger.is_dir()


@pytest.mark.parametrize(("word", "name"), MEANT.items())
def test_a_word_that_is_no_command_names_what_is_meant_and_runs_nothing(
    zhenggai: Zhenggai, ledger: Path, word: str, name: str
) -> None:
    before = {path.name: path.read_bytes() for path in ledger.iterdir()}
    outcome = zhenggai(word, "7")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"错误：没有“{word}”这个命令；是否想写“{name}”（")
    assert {path.name: path.read_bytes() for path in ledger.iterdir()} == before
    assert zhenggai("help", word).err == outcome.err


def test_every_meaning_is_of_a_command_and_is_itself_none() -> None:
    assert {line.split()[0] for line in MEANINGS} <= set(COMMANDS)
    words = [word for said in MEANINGS.values() for word in said.split()]
    assert [word for word in words if word in COMMANDS] == []
    assert [word for word in words if word.casefold() != word] == []
    assert [word for word in words if len(commands_meant(word, ())) != 1] == []


@pytest.mark.parametrize("line", [line for line in MEANINGS if " " in line])
def test_a_command_that_is_named_with_options_runs_with_them(
    zhenggai: Zhenggai, ledger: Path, line: str
) -> None:
    assert ledger.is_dir()
    outcome = zhenggai(*line.split(), "--today", "2021-05-18")
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("word", sorted(NO_COMMAND))
def test_what_no_command_does_is_answered_with_no_guess(zhenggai: Zhenggai, word: str) -> None:
    assert word not in {one for said in MEANINGS.values() for one in said.split()}
    assert zhenggai(word).err.startswith(f"错误：没有“{word}”这个命令；可用：status、list、")


def test_a_slip_of_the_fingers_is_told_as_before(zhenggai: Zhenggai) -> None:
    assert zhenggai("stauts").err.startswith("错误：没有“stauts”这个命令；是否想写“status”\n")
    assert "可用：status、list" in zhenggai("xyzzy").err
