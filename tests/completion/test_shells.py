"""Completion where it is used: a person presses Tab in bash, zsh and fish."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import HOSTILE

from ledger_files import finding, write_ledger

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal on Windows", allow_module_level=True)

from shells import BASH, TAB, ZSH, AtTheShell, program, surroundings

from commandline import SAMPLE

_SHELLS = {"bash": BASH, "zsh": ZSH}


def _need(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out several ledgers side by side, one of them hostile, and an evidence file."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(SAMPLE, home / "ledgers" / "科技局")
    hostile = {
        f"{place:02d}": finding(问题=text, 责任领导=text)
        for place, text in enumerate(HOSTILE, start=21)
    }
    write_ledger(home / "ledgers" / "坏心 局", hostile)
    (home / "签字表.pdf").write_bytes(b"")
    (home / "佐证 图").mkdir()
    return home


@pytest.fixture(scope="module")
def environ(folder: Path) -> dict[str, str]:
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    return surroundings(program(folder / "bin")) | cache


@pytest.fixture(scope="module", params=_SHELLS)
def shell(
    request: pytest.FixtureRequest, folder: Path, environ: dict[str, str]
) -> Iterator[AtTheShell]:
    _need(request.param)
    at = AtTheShell(_SHELLS[request.param], folder / "ledgers" / "科技局", environ)
    yield at
    at.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (f"true && zhenggai sta{TAB}", ["status"]),
        (f"zhenggai show 7{TAB}", ["show", "07"]),
        (f"zhenggai show --fo{TAB}j{TAB}1{TAB}2", ["show", "--format", "json", "12"]),
        (f"zhenggai done 7{TAB}2", ["done", "07.2"]),
        (f"zhenggai done 5.{TAB}", ["done", "05.4"]),
        (f"zhenggai close 7 --by {TAB}", ["close", "7", "--by", "局党组"]),
        (f"zhenggai ls --sear{TAB}x", ["ls", "--search", "x"]),
        (f"zhenggai list --department '计{TAB}", ["list", "--department", "计划财务科"]),
        (f"zhenggai list --timing=逾{TAB}", ["list", "--timing=逾期"]),
        (f"zhenggai import ../../签{TAB}", ["import", "../../签字表.pdf"]),
        (
            f"zhenggai check --output json=../../签{TAB}",
            ["check", "--output", "json=../../签字表.pdf"],
        ),
        (
            f"zhenggai show --ledger ../科{TAB} 7{TAB}",
            ["show", "--ledger", "../科技局", "07"],
        ),
        (f"zhenggai show --ledger ../.. 科{TAB}7{TAB}", ["show", "--ledger", "../..", "科技局/07"]),
    ],
)
def test_tab_completes_the_word(shell: AtTheShell, typed: str, words: list[str]) -> None:
    assert [word.removesuffix("/") for word in shell.understood(typed)] == words


def test_several_candidates_are_listed_with_what_they_mean(shell: AtTheShell) -> None:
    shown = shell.press(f"zhenggai show 0{TAB}")
    assert "07  存在以会议落实会议现象" in shown
    assert "09  安全生产工作开展不扎实" in shown
    assert "10  " not in shown
    assert "计划财务科  4个问题" in shell.press(f"zhenggai list --department {TAB}")


@pytest.mark.parametrize("typed", ["zhenggai show 99", "zhenggai show 7 "])
def test_where_nothing_fits_nothing_is_written(shell: AtTheShell, typed: str) -> None:
    assert shell.understood(typed + TAB) == typed.split()[1:]


_HOSTILE = "zhenggai list --ledger '../坏心 局' --leader "


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
def test_what_a_ledger_says_becomes_one_word_and_is_never_run(
    shell: AtTheShell, folder: Path, text: str
) -> None:
    quoted = text[0] if text[0].isalpha() else f"\\{text[0]}"
    both = "$(touch 被执行1)"  # as far as the two that begin so agree
    last = shell.understood(f"{_HOSTILE}{quoted}{TAB}")[-1]
    assert last == (both if text.startswith(both) else text)
    assert [path.name for path in folder.rglob("被执行*")] == []


@pytest.mark.parametrize(
    ("quote", "text"), [("'", "丙;touch 被执行3"), ('"', "卯 && touch 被执行8 &")]
)
def test_inside_quotes_too(shell: AtTheShell, folder: Path, quote: str, text: str) -> None:
    assert shell.understood(f"{_HOSTILE}{quote}{text[0]}{TAB}")[-1] == text
    assert [path.name for path in folder.rglob("被执行*")] == []


def test_a_list_of_hostile_names_runs_none_of_them(shell: AtTheShell, folder: Path) -> None:
    shown = shell.press(f"{_HOSTILE}{TAB}")
    assert "丁" not in shown  # with a line break in it, it cannot be typed
    assert "1个问题" in shown
    assert "$(touch 被执行1)甲" in shell.press(f"zhenggai show --ledger '../坏心 局' {TAB}")
    assert [path.name for path in folder.rglob("被执行*")] == []


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("show 03", ["03\t引领科技创新成效不够明显"]),
        ("show 7", ["07\t存在以会议落实会议现象"]),
        ("list --timing=逾", ["--timing=逾期"]),
        ("list --department '计", ["计划财务科\t4个问题"]),
        ("import ../../签", ["../../签字表.pdf"]),
        ("nosuch ", []),
    ],
)
def test_fish_offers_the_same(
    folder: Path, environ: dict[str, str], typed: str, rows: list[str]
) -> None:
    _need("fish")
    script = "zhenggai completion fish | source; complete -C $argv[1]"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script, f"zhenggai {typed}"],  # noqa: S607 - any fish
        cwd=folder / "ledgers" / "科技局",
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=30,
    )
    assert done.stdout.splitlines() == rows
