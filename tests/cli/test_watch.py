"""`status --watch` at a real terminal: drawn again when files change, ended by Ctrl-C."""

import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

_HINT = "台账有改动时自动刷新；按Ctrl+C结束"
_CLEARED = "\x1b[H\x1b[2J"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", {"01": finding(问题="会议过多", 整改时限="2021-05-01")})


def _watching(ledger: Path, **env: str) -> Terminal:
    return Terminal(
        "status", "--watch", cwd=ledger, env={"ZHENGGAI_TODAY": "2021-05-18", "NO_COLOR": "1"} | env
    )


def test_it_is_drawn_again_for_a_changed_a_new_and_a_missing_file(ledger: Path) -> None:
    at = _watching(ledger)
    at.wait_for(_HINT)
    (ledger / "01.yaml").write_text(finding(问题="文件过多", 整改时限="2021-05-01"), "utf-8")
    at.wait_for("文件过多")
    write_ledger(ledger, {"02": finding(问题="公车管理", 整改时限="2021-05-02")})
    at.wait_for("逾期问题2个")
    (ledger / "01.yaml").unlink()
    (ledger / "07.yaml").write_text("问题: [", encoding="utf-8")
    at.wait_for("Y201")
    code, shown = at.end(pressing="\x03")
    assert code == 0
    assert shown.count(_CLEARED) >= 4
    assert "Traceback" not in shown
    assert "错误：已中断" not in shown


def test_what_editors_leave_beside_the_files_draws_nothing(ledger: Path) -> None:
    at = _watching(ledger)
    at.wait_for(_HINT)
    with (ledger / ".01.yaml.swp").open("wb") as swap:
        at.wait_for(_HINT)  # the folder has changed, once
        for _ in range(3):
            swap.write(b"x" * 4096)
            swap.flush()
    code, shown = at.end(pressing="\x03")
    assert code == 0
    assert shown.count(_CLEARED) <= 2


def test_a_ledger_that_goes_and_comes_back_is_told_of(ledger: Path) -> None:
    at = Terminal(
        *("status", "--watch", "--ledger", str(ledger)),
        cwd=ledger.parent,
        env={"ZHENGGAI_TODAY": "2021-05-18"},
    )
    at.wait_for(_HINT)
    ledger.rename(ledger.with_name("别处"))
    at.wait_for("没有“")
    ledger.with_name("别处").rename(ledger)
    at.wait_for("会议过多")
    assert at.end(pressing="\x03")[0] == 0


@pytest.mark.parametrize("more", [[], ["--format", "json"]])
def test_it_refuses_where_nobody_watches(ledger: Path, zhenggai: Zhenggai, more: list[str]) -> None:
    said = "错误：--watch 只能在终端里用；输出到管道或文件的，去掉 --watch\n"
    assert zhenggai("status", "--watch", "--ledger", str(ledger), *more) == (2, "", said)


def test_a_terminal_that_cannot_be_cleared_is_refused_too(ledger: Path) -> None:
    code, shown = _watching(ledger, TERM="dumb").end()
    assert code == 2
    assert "--watch 只能在终端里用" in shown
