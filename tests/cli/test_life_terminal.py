"""At a terminal: the questions that commands ask, and what the answers lead to."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger_files import finding, write_ledger

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

OPEN = finding("措施:\n  - 内容: 完善制度\n  - 内容: 少开会\n    完成: 2021-03-20\n")
QUESTION = "问题07还有1项措施未完成（7.1），一并标为完成吗？[y/N] "
AGAIN = "文件有错误，未写入。再改一次吗？[y/N] "


class Typed(NamedTuple):
    """What a run at a terminal leaves: its exit code and all that stood on the screen."""

    code: int
    screen: str


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", {"07": OPEN})


def _at_terminal(words: str, ledger: Path, **env: str) -> Terminal:
    return Terminal(
        *words.split(), cwd=ledger, columns=200, env={"ZHENGGAI_TODAY": "2021-05-18", **env}
    )


def _answered(words: str, ledger: Path, question: str, keys: str, **env: str) -> Typed:
    """Run the program at a terminal and press these keys at its question."""
    terminal = _at_terminal(words, ledger, **env)
    terminal.wait_for(question)
    return Typed(*terminal.end(pressing=keys))


@pytest.mark.parametrize("answer", ["y", "Y", "yes", "是", "好"])
def test_close_asks_about_open_measures_and_takes_yes_for_yes(ledger: Path, answer: str) -> None:
    typed = _answered("close 7 --by 局党组", ledger, QUESTION, f"{answer}\n")
    assert typed.code == 0
    assert typed.screen.endswith("问题07已销号（1个中第1个）；没有待销号的问题\n")
    assert (ledger / "07.yaml").read_text(encoding="utf-8").count("完成: 2021-05-18") == 1


@pytest.mark.parametrize("answer", ["", "n", "no", "否", "什么"])
def test_any_other_answer_refuses(ledger: Path, answer: str) -> None:
    typed = _answered("close 7 --by 局党组", ledger, QUESTION, f"{answer}\n")
    assert typed.code == 4
    assert "错误：问题07还有1项措施未完成：7.1；" in typed.screen
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OPEN


def test_nothing_is_asked_where_the_answer_is_given_or_not_needed(ledger: Path) -> None:
    code, screen = _at_terminal("close 7 --by 局党组 --complete", ledger).end()
    assert code == 0
    assert "[y/N]" not in screen
    code, screen = _at_terminal("close 7 --by 局党组", ledger).end()
    assert code == 0
    assert "[y/N]" not in screen


@pytest.mark.parametrize(("keys", "code"), [("\x03", 130), ("\x04", 4)])
def test_neither_ctrl_c_nor_the_end_of_input_writes_anything(
    ledger: Path, keys: str, code: int
) -> None:
    typed = _answered("close 7 --by 局党组", ledger, QUESTION, keys)
    assert typed.code == code
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OPEN


def test_an_editor_may_be_opened_again_after_a_slip(ledger: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "copy = Path(sys.argv[1])\ntext = copy.read_text(encoding='utf-8')\n"
        "mended = text.replace('：', ': ') if '：' in text else text.replace('问题: ', '问题：')\n"
        "copy.write_text(mended + '# 改过\\n', encoding='utf-8')\n",
        encoding="utf-8",
    )
    editor = shlex.join([sys.executable, str(script)])
    typed = _answered("edit 7", ledger, AGAIN, "y\n", EDITOR=editor, VISUAL=editor)
    assert typed.code == 0
    assert "Y202" in typed.screen
    assert typed.screen.endswith("问题07已改；用 zhenggai check 检查\n")
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == f"{OPEN}# 改过\n# 改过\n"


_HOW = {
    "vim": "保存退出：按Esc，输入 :wq 回车；不保存退出：按Esc，输入 :q! 回车",
    "nano": "保存：按Ctrl+O再回车；退出：按Ctrl+X",
    "notepad++": "保存：按Ctrl+S；退出：按Ctrl+Q",
    "emacs": "保存：按Ctrl+X再按Ctrl+S；退出：按Ctrl+X再按Ctrl+C",
    "没听说过的": "保存以后关闭编辑器",
}


@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=("plain", "bom"))
@pytest.mark.parametrize(("editor", "how"), _HOW.items())
def test_how_to_save_and_leave_the_editor_is_said_before_it_and_in_it(
    ledger: Path, tmp_path: Path, editor: str, how: str, bom: str
) -> None:
    (ledger / "07.yaml").write_text(bom + OPEN, encoding="utf-8")
    program = tmp_path / editor
    program.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/seen"\n', encoding="utf-8")
    program.chmod(0o755)
    code, screen = _at_terminal("edit 7", ledger, EDITOR=str(program), VISUAL="").end()
    assert code == 0
    assert screen == f"{how}；有错误的不写回\n问题07未改动\n"
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert seen == f"{bom}# {how}（本行不写回）\n{OPEN}"
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == bom + OPEN


def test_the_hint_is_in_nothing_that_is_written_or_kept(ledger: Path, tmp_path: Path) -> None:
    program = tmp_path / "vim"
    program.write_text("#!/bin/sh\necho '责任: 无' >> \"$1\"\n", encoding="utf-8")
    program.chmod(0o755)
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    typed = _answered("edit 7", ledger, AGAIN, "n\n", EDITOR=str(program), VISUAL="", **state)
    assert typed.code == 3
    line = len(OPEN.splitlines()) + 1
    assert f"07.yaml:{line}:1: K302" in typed.screen
    [kept] = (tmp_path / "state").rglob("*.yaml")
    assert kept.read_text(encoding="utf-8") == f"{OPEN}责任: 无\n"
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OPEN


@pytest.mark.skipif(shutil.which("vi") is None, reason="vi is not installed")
def test_in_vi_itself_the_hint_can_be_followed(ledger: Path) -> None:
    terminal = _at_terminal("edit 7", ledger, EDITOR="vi", VISUAL="")
    terminal.wait_for("（本行不写回）")
    terminal.type(":%s/内容: 完善制度/内容: 修订制度/\r")
    terminal.type(":wq\r")
    typed = Typed(*terminal.end())
    assert typed.code == 0
    assert typed.screen.endswith("问题07已改；用 zhenggai check 检查\n")
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OPEN.replace("完善", "修订")


def test_a_record_that_was_rewritten_may_be_put_back(ledger: Path, tmp_path: Path) -> None:
    text = f"{OPEN}记录:\n  - 日期: 2021-03-05\n    事项: 督查\n    情况: 正在整改\n"
    (ledger / "07.yaml").write_text(text, encoding="utf-8")
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "copy = Path(sys.argv[1])\ntext = copy.read_text(encoding='utf-8')\n"
        "back = text.replace('已经整改', '正在整改') + '# 改过\\n'\n"
        "copy.write_text(back if '已经整改' in text else text.replace('正在', '已经'), 'utf-8')\n",
        encoding="utf-8",
    )
    editor = shlex.join([sys.executable, str(script)])
    typed = _answered("edit 7", ledger, "再改一次吗？[y/N] ", "y\n", EDITOR=editor, VISUAL=editor)
    assert typed.code == 0
    assert "zhenggai correct 7 --record 1 更正" in typed.screen
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == f"{text}# 改过\n"
