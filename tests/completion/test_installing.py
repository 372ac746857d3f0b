"""`completion --install`: in one step, once, and never over what is not the program's own."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from zhenggai.storage.shell_profiles import BEGIN, END, UnclearError, with_lines

if sys.platform == "win32":
    pytest.skip("the shells are those of POSIX", allow_module_level=True)

from shells import TAB, AtTheShell, program, surroundings

PLACES = {
    "bash": ".bash_profile" if sys.platform == "darwin" else ".bashrc",
    "zsh": ".zshrc",
    "fish": ".config/fish/completions/zhenggai.fish",
    "powershell": ".config/powershell/Microsoft.PowerShell_profile.ps1",
}
_APPENDED = ("bash", "zsh", "powershell")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of which nothing is known, and where no shell is said to be used."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "ZDOTDIR", "SHELL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("shell", PLACES)
def test_it_says_which_file_was_changed_and_how_to_undo_it_and_twice_is_once(
    zhenggai: Zhenggai, home: Path, shell: str
) -> None:
    outcome = zhenggai("completion", shell, "--install")
    assert (outcome.code, outcome.err) == (0, "")
    file = home / PLACES[shell]
    done, undo = outcome.out.splitlines()
    assert done.startswith(f"补全已装好：写在 {file}")
    assert undo.startswith("要取消，删去")
    content = file.read_bytes()
    assert b"zhenggai completion" in content
    again = zhenggai("completion", shell, "--install")
    assert again == (0, f"{file} 里已有补全，未改动\n", "")
    assert file.read_bytes() == content
    assert [path for path in home.rglob("*") if path.is_file()] == [file]


@pytest.mark.parametrize("shell", _APPENDED)
def test_what_stood_there_stays_to_the_byte_with_its_mode(
    zhenggai: Zhenggai, home: Path, shell: str
) -> None:
    file = home / PLACES[shell]
    file.parent.mkdir(parents=True, exist_ok=True)
    old = "# 我的设置\r\nalias ll='ls -l'".encode("gb18030")
    file.write_bytes(old)
    file.chmod(0o600)
    zhenggai("completion", shell, "--install")
    new = file.read_bytes()
    assert new.startswith(old + b"\r\n" + BEGIN + b"\r\n")
    assert new.endswith(END + b"\r\n")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh"])
def test_the_shell_in_use_is_meant_where_none_is_named(
    zhenggai: Zhenggai, home: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    assert zhenggai("completion", "--install").code == 0
    assert (home / PLACES["powershell" if shell == "pwsh" else shell]).is_file()


@pytest.mark.parametrize("shell", ["/bin/tcsh", "", "/bin/sh"])
def test_a_shell_that_is_not_known_has_to_be_named(
    zhenggai: Zhenggai, home: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("SHELL", shell)
    outcome = zhenggai("completion", "--install")
    assert outcome.code == 2
    assert "看不出用的是哪个shell" in outcome.err
    assert "如 zhenggai completion bash --install" in outcome.err
    assert list(home.iterdir()) == []
    outcome = zhenggai("completion")
    assert outcome.code == 2
    assert "一步装好的，用 zhenggai completion --install" in outcome.err


@pytest.mark.parametrize(
    "content",
    [
        BEGIN + b"\n",
        END + b"\n",
        END + b"\n" + BEGIN + b"\n",
        (BEGIN + b"\n" + END + b"\n") * 2,
        "alias".encode("utf-16"),
        b"\xfe\xff\0a",
        b"a\0b",
    ],
    ids=("begins", "ends", "turned", "twice", "utf-16", "utf-16 the other way", "binary"),
)
@pytest.mark.parametrize("shell", _APPENDED)
def test_what_cannot_be_understood_is_never_rewritten(
    zhenggai: Zhenggai, home: Path, shell: str, content: bytes
) -> None:
    file = home / PLACES[shell]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    outcome = zhenggai("completion", shell, "--install")
    assert outcome.code == 4
    assert "，未改动；请自己在末尾加上：" in outcome.err
    assert f"zhenggai completion {shell}" in outcome.err
    assert file.read_bytes() == content


def test_what_was_put_in_by_hand_is_enough(zhenggai: Zhenggai, home: Path) -> None:
    file = home / PLACES["bash"]
    file.write_text("source <(zhenggai completion bash)\n", encoding="utf-8")
    assert "里已有补全，未改动" in zhenggai("completion", "bash", "--install").out
    file.write_text("# source <(zhenggai completion bash)\n", encoding="utf-8")
    assert "补全已装好" in zhenggai("completion", "bash", "--install").out


def test_lines_of_an_earlier_version_are_replaced_where_they_stand() -> None:
    old = b"a\n" + BEGIN + b"\nold\n" + END + b"\nb\n"
    assert with_lines(old, b"new\nlines", "x") == old.replace(b"old", b"new\nlines")
    with pytest.raises(UnclearError):
        with_lines(old.replace(END, b""), b"new", "x")


def test_a_link_and_a_foreign_file_are_left_alone(zhenggai: Zhenggai, home: Path) -> None:
    (home / "真的").write_text("x\n", encoding="utf-8")
    (home / PLACES["zsh"]).symlink_to(home / "真的")
    outcome = zhenggai("completion", "zsh", "--install")
    assert outcome.code == 4
    assert "是链接，不能写入" in outcome.err
    assert (home / "真的").read_text(encoding="utf-8") == "x\n"
    fish = home / PLACES["fish"]
    fish.parent.mkdir(parents=True)
    fish.write_text("complete -c zhenggai\n", encoding="utf-8")
    outcome = zhenggai("completion", "fish", "--install")
    assert outcome.code == 4
    assert "不是由zhenggai写的，未改动" in outcome.err
    assert fish.read_text(encoding="utf-8") == "complete -c zhenggai\n"


def test_a_script_of_an_earlier_version_is_replaced(zhenggai: Zhenggai, home: Path) -> None:
    zhenggai("completion", "fish", "--install")
    fish = home / PLACES["fish"]
    whole = fish.read_text(encoding="utf-8")
    fish.write_text(whole.partition("\n")[0] + "\n# 旧的\n", encoding="utf-8")
    assert "补全已装好" in zhenggai("completion", "fish", "--install").out
    assert fish.read_text(encoding="utf-8") == whole


def test_a_folder_in_its_place_is_told(zhenggai: Zhenggai, home: Path) -> None:
    (home / PLACES["bash"]).mkdir()
    outcome = zhenggai("completion", "bash", "--install")
    assert outcome.code == 4
    assert "不能读取“" in outcome.err


_QUIET = "bind 'set enable-bracketed-paste off'"
_REAL = {
    "bash": (["bash", "--noprofile", "-i"], ["PS1='$ '", _QUIET]),
    "zsh": (["zsh", "-i"], ["unsetopt prompt_sp prompt_cr beep; unset zle_bracketed_paste"]),
}


@pytest.mark.skipif(sys.platform == "darwin", reason="bash there reads another file")
@pytest.mark.parametrize("shell", _REAL)
def test_a_shell_that_starts_anew_completes(zhenggai: Zhenggai, home: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    zhenggai("completion", shell, "--install")
    environ = surroundings(program(home / "bin")) | {"HOME": str(home), "SHELL": shell}
    assert os.environ["HOME"] == str(home)
    at = AtTheShell(_REAL[shell], home, environ)
    assert at.understood(f"zhenggai complet{TAB}") == ["completion"]
    at.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_its_place_is_not_waited_for(zhenggai: Zhenggai, home: Path) -> None:
    os.mkfifo(home / ".bashrc")
    outcome = zhenggai("completion", "bash", "--install")
    assert outcome.code == 4
    assert "（不是文件），未改动" in outcome.err


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("place", ["relative", "/没有这个文件夹", "/"])
def test_a_home_that_is_none_is_refused(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("HOME", place)
    outcome = zhenggai("completion", "bash", "--install")
    assert outcome.code == 4
    assert f"环境变量HOME写的“{place}”不是用户的文件夹" in outcome.err
