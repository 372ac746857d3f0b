"""The boundary: whatever goes wrong ends in an exit code and a Chinese sentence."""

import contextlib
import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import Zhenggai, environment, process
from ledger_files import finding, write_ledger
from zhenggai import __version__

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals are POSIX")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", {"01": finding(问题="问题很长" * 50)})


class _Failing(io.StringIO):
    """A standard output to which nothing can be written, for a reason; the file it stands for."""

    def __init__(self, reason: BaseException, file: Path) -> None:
        super().__init__()
        self._reason = reason
        self._file = file.open("wb")

    def write(self, _text: str) -> int:
        raise self._reason

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()
        super().close()


@pytest.mark.parametrize(
    ("reason", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "错误：已中断，未改动任何文件\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            4,
            "错误：无法输出结果（磁盘已满），未改动任何文件；请腾出空间，或换一个地方输出\n",
        ),
        (RuntimeError("坏了"), 70, "程序发生意外错误，未改动任何文件。"),
    ],
    ids=["Ctrl-C", "closed pipe", "full disk", "bug"],
)
def test_whatever_stops_the_writing_ends_in_its_exit_code(
    ledger: Path,
    tmp_path: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    reason: BaseException,
    code: int,
    told: str,
) -> None:
    with contextlib.closing(_Failing(reason, tmp_path / "out")) as out:
        monkeypatch.setattr(sys, "stdout", out)
        outcome = zhenggai("status", "--ledger", str(ledger))
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith(told)
    assert code == 70 or outcome.err == told


def test_a_bug_is_reported_with_all_that_a_maintainer_needs(
    ledger: Path, tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in ledger.iterdir()}
    with contextlib.closing(_Failing(RuntimeError("坏了"), tmp_path / "out")) as out:
        monkeypatch.setattr(sys, "stdout", out)
        err = zhenggai("show", "1", "--ledger", str(ledger), "--today", "2021-05-18").err
    first, second, third, fourth, *_, last = err.splitlines()
    assert first.endswith("请把下面的内容发给维护者：")
    assert second.startswith(f"zhenggai {__version__}, Python 3.")
    assert third == f"zhenggai show 1 --ledger {ledger} --today 2021-05-18"
    assert fourth.startswith("Traceback")
    assert last == "RuntimeError: 坏了"
    assert {path.name: path.read_bytes() for path in ledger.iterdir()} == before


@posix
def test_the_first_line_of_a_long_list_can_be_taken(ledger: Path) -> None:
    write_ledger(ledger, {f"{number:02d}": finding(方面="很长" * 5000) for number in range(2, 12)})
    script = '"$0" -m zhenggai list --format csv; echo "exit $?" >&2'
    outcome = subprocess.run(
        ["/bin/sh", "-c", f"({script}) | head -1", sys.executable],
        capture_output=True,
        encoding="utf-8-sig",
        cwd=ledger,
        env=environment(),
        check=False,
        timeout=30,
    )
    assert outcome.stdout.startswith("台账,编号,问题,")
    assert outcome.stdout.count("\n") == 1
    assert outcome.stderr == "exit 141\n"


def _in_a_shell(script: str, ledger: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", "-c", script, sys.executable],
        capture_output=True,
        encoding="utf-8",
        cwd=ledger,
        env=environment({"ZHENGGAI_TODAY": "2021-05-18"}),
        check=False,
        timeout=30,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("list", "未改动任何文件"),
        ("--help", "未改动任何文件"),
        ("list --help", "未改动任何文件"),
        ("announce --draft --format docx", "未改动任何文件"),
        ("done 1.1 --outcome 做完了 --on 2021-05-10", "在这之前已写入：01.yaml"),
    ],
    ids=["text", "help", "a command's help", "bytes", "after a change"],
)
def test_results_that_a_full_disk_does_not_take_are_told_of(
    ledger: Path, words: str, before: str
) -> None:
    outcome = _in_a_shell(f'"$0" -m zhenggai {words} > /dev/full', ledger)
    last = outcome.stderr.splitlines()[-1]
    assert last == f"错误：无法输出结果（磁盘已满），{before}；请腾出空间，或换一个地方输出"
    assert outcome.returncode == 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("words", "code"), [("list --nothing", 2), ("check -v", 0), ("close 1 --by 局党组", 4)]
)
def test_what_nobody_can_hear_does_not_change_the_exit_code(
    ledger: Path, words: str, code: int
) -> None:
    outcome = _in_a_shell(f'"$0" -m zhenggai {words} 2> /dev/full', ledger)
    assert (outcome.returncode, outcome.stderr) == (code, "")


@posix
@pytest.mark.parametrize(
    ("words", "code"),
    [("list >&-", 0), ("list --nothing 2>&-", 2), ("check --explain R427 >&- 2>&-", 0)],
)
def test_nowhere_to_write_to_is_no_failure(ledger: Path, words: str, code: int) -> None:
    outcome = _in_a_shell(f'"$0" -m zhenggai {words}', ledger)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (code, "", "")


@posix
def test_output_is_utf8_whatever_the_machine_speaks(ledger: Path) -> None:
    env = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
    }
    outcome = process("show", "1", "--ledger", str(ledger), "--today", "2021-05-18", env=env)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("01 问题很长")


@posix
def test_a_file_name_that_is_not_text_is_written_out_and_breaks_nothing(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    Path(os.fsdecode(bytes(ledger) + b"/\xff.yaml")).write_text("问题: x\n", encoding="utf-8")
    outcome = zhenggai("check", "--ledger", str(ledger), "--today", "2021-05-18")
    assert outcome.code == 0
    assert "\\udcff.yaml:1:1: F112 " in outcome.out
