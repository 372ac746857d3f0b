"""The program at a terminal: colour where it is wanted, questions, Ctrl-C."""

import io
import re
import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from commandline import Zhenggai
from ledger_files import closed, finding, write_ledger

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal, at_terminal

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_DAY = {"ZHENGGAI_TODAY": "2021-05-18"}
_COMMANDS = ("status", "list", "list --format markdown", "show 1", "check", "check -v", "--help")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    findings = {
        "01": finding(问题="财务管理不规范", 整改时限="2021-05-01"),
        "02": finding(问题="会议过多", 整改时限="2021-05-20"),
        "03": closed("公车管理"),
    }
    return write_ledger(tmp_path, findings)


def _uncoloured(text: str) -> list[str]:
    return [line.rstrip() for line in _ESCAPE.sub("", text).splitlines()]


def test_a_terminal_gets_colour_and_without_it_the_same_words(ledger: Path) -> None:
    code, coloured = at_terminal("status", cwd=ledger, env=_DAY)
    plain_code, plain = at_terminal("status", cwd=ledger, env=_DAY | {"NO_COLOR": "1"})
    assert (code, plain_code) == (0, 0)
    assert "\x1b[1;31m逾期问题1个" in coloured
    assert "\x1b" not in plain
    assert _uncoloured(coloured) == plain.splitlines()


def test_a_dumb_terminal_gets_no_escape_and_its_own_width(ledger: Path) -> None:
    code, shown = at_terminal("list", cwd=ledger, columns=76, env=_DAY | {"TERM": "dumb"})
    assert code == 0
    assert "\x1b" not in shown
    assert max(wcswidth(line) for line in shown.splitlines()) in range(60, 77)


@pytest.mark.parametrize("command", ["status", "list", "show 1", "check", "--help"])
def test_a_pipe_gets_no_escape_even_when_colour_is_forced(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(ledger)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.setenv(name, "1")
    outcome = zhenggai(*command.split())
    assert outcome.out
    assert "\x1b" not in outcome.out + outcome.err


class _Screen(io.StringIO):
    """A terminal that only remembers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def seen(ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch) -> "Seen":
    monkeypatch.chdir(ledger)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    return Seen(zhenggai, monkeypatch)


class Seen:
    """Runs the program in this process and gives what a terminal would show."""

    def __init__(self, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch) -> None:
        self._zhenggai = zhenggai
        self._monkeypatch = monkeypatch

    def __call__(self, command: str) -> str:
        screen = _Screen()
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", screen)
            self._zhenggai(*command.split())
        return screen.getvalue()


@pytest.mark.parametrize("command", _COMMANDS)
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_escape_reaches_who_wants_none(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str
) -> None:
    coloured = seen(command)
    monkeypatch.setenv(name, value)
    plain = seen(command)
    assert "\x1b" not in plain
    assert plain
    assert _uncoloured(coloured) == [line.rstrip() for line in plain.splitlines()]


@pytest.mark.parametrize("command", ["status", "list"])
def test_an_empty_no_color_does_not_count(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b[1;31m逾期" in seen(command)


@pytest.mark.parametrize("columns", [80, 100, 132, 200])
def test_nothing_is_wider_than_the_terminal(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for command in ("status", "list", "show 1"):
        lines = _uncoloured(seen(command))
        assert [line for line in lines if wcswidth(line) > columns] == []
        assert any("财务管理" in line for line in lines)


@pytest.mark.parametrize("command", ["status --format plain", "list --format csv"])
def test_a_format_asked_for_is_given_at_a_terminal_as_in_a_pipe(
    seen: Seen, zhenggai: Zhenggai, command: str
) -> None:
    assert seen(command) == zhenggai(*command.split()).out


def test_init_asks_what_was_not_said(tmp_path: Path) -> None:
    at = Terminal("init", "台账", "--group", "县委第一巡察组", cwd=tmp_path)
    at.wait_for("被巡察单位：")
    at.type("县科技局党组\n")
    at.wait_for("反馈日期（如 2021-02-01）：")
    at.type("\n")
    code, shown = at.end()
    assert code == 0
    assert "巡察组：" not in shown
    assert "用 zhenggai set 台账 反馈日期=… --ledger 台账 填写" in shown
    text = (tmp_path / "台账" / "inspection.yaml").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith(("被巡", "巡察组", "反馈"))]
    assert written == ["被巡察单位: 县科技局党组", "巡察组: 县委第一巡察组", "反馈日期:"]


def test_ctrl_c_at_a_question_writes_nothing(tmp_path: Path) -> None:
    at = Terminal("init", "台账", cwd=tmp_path)
    at.wait_for("被巡察单位：")
    code, shown = at.end(pressing="\x03")
    assert code == 130
    assert shown.splitlines()[-1] == "错误：已中断，未改动任何文件"
    assert "Traceback" not in shown
    assert "Aborted" not in shown
    assert list(tmp_path.iterdir()) == []
