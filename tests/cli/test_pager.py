"""Output that is longer than a terminal, at a real one: page by page, the keys in the last line."""

import sys
from pathlib import Path

import pytest

from commandline import SAMPLE, Zhenggai

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal, at_terminal

_LIST = ("list", "--ledger", str(SAMPLE), "--today", "2021-05-18")
_KEYS = "空格：下一页  b：上一页  e：全部  q：退出"
_PLAIN = {"NO_COLOR": "1"}
_LAST = "干部队伍建设"


def _listing(tmp_path: Path, **env: str) -> Terminal:
    return Terminal(*_LIST, cwd=tmp_path, rows=20, columns=100, env=_PLAIN | env)


def test_a_key_turns_the_page_and_the_last_page_asks_for_none(tmp_path: Path) -> None:
    at = _listing(tmp_path)
    at.wait_for(f"第1页，共3页  {_KEYS}")
    at.type(" ")
    at.wait_for(f"第2页，共3页  {_KEYS}")
    at.type("b")
    at.type("\x1b[6~")
    at.type("\r")
    code, shown = at.end()
    assert code == 0
    assert _LAST in shown
    assert shown.count("第1页") == 2
    first = shown.partition(_KEYS)[0]
    assert len(first.splitlines()) == 20


def test_q_leaves_and_e_shows_the_rest(tmp_path: Path) -> None:
    at = _listing(tmp_path)
    at.wait_for(_KEYS)
    at.type("q")
    code, shown = at.end()
    assert code == 0
    assert _LAST not in shown
    at = _listing(tmp_path)
    at.wait_for(_KEYS)
    at.type("xé\x1b[Ce")  # what means nothing is passed over
    code, shown = at.end()
    assert code == 0
    assert _LAST in shown


def test_ctrl_c_leaves_the_pages_and_the_command_ends_as_it_would(tmp_path: Path) -> None:
    at = Terminal(*_LIST, cwd=tmp_path, rows=20, columns=100, env=_PLAIN)
    at.wait_for(_KEYS)
    code, shown = at.end(pressing="\x03")
    assert code == 0
    assert "已中断" not in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    "env", [{"ZHENGGAI_PAGER": ""}, {"TERM": "dumb"}, {"ZHENGGAI_PAGER": "没有这个程序"}]
)
def test_where_none_is_wanted_all_is_shown_at_once(tmp_path: Path, env: dict[str, str]) -> None:
    code, shown = _listing(tmp_path, **env).end()
    assert code == 0
    assert _LAST in shown
    assert _KEYS not in shown


def test_another_pager_is_given_the_whole(tmp_path: Path) -> None:
    code, shown = _listing(tmp_path, ZHENGGAI_PAGER="sed s/^/=/").end()
    assert code == 0
    assert f"=19    {_LAST}" in shown.replace("=\n", "")


def test_what_fits_is_shown_at_once(tmp_path: Path) -> None:
    code, shown = at_terminal(*_LIST, "--search", "会议", cwd=tmp_path, env=_PLAIN)
    assert code == 0
    assert _KEYS not in shown


def test_a_long_help_is_paged_as_well(tmp_path: Path) -> None:
    at = Terminal("--help", cwd=tmp_path, env=_PLAIN)
    at.wait_for(_KEYS)
    at.type("q")
    assert at.end()[0] == 0


def test_a_pipe_gets_the_whole(zhenggai: Zhenggai) -> None:
    out = zhenggai(*_LIST).out
    assert _LAST in out
    assert _KEYS not in out
