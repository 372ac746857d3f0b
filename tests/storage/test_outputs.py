"""What is written for the user: whole or not at all, through no link, over no file of a ledger."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commandline import environment
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.storage.atomic import recorded_writes
from zhenggai.storage.outputs import Output

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX links, pipes and devices")


def test_a_file_is_written_anew_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    for content in (b"1", b"22"):
        with recorded_writes() as writes:
            Output(str(tmp_path / "通报.txt")).write(content)
        assert writes.done == [tmp_path / "通报.txt"]
        assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [
            ("通报.txt", content)
        ]


@posix
@pytest.mark.parametrize("aim", ["真.txt", "没有.txt", "管道"])
@pytest.mark.parametrize("late", [False, True])
def test_nothing_is_written_through_a_link(tmp_path: Path, aim: str, late: bool) -> None:
    (tmp_path / "真.txt").write_bytes(b"old")
    os.mkfifo(tmp_path / "管道")
    link = tmp_path / "链接.txt"
    if not late:
        link.symlink_to(aim)
        with pytest.raises(RefusedError) as refused:
            Output(str(link))
    else:
        output = Output(str(link))
        link.symlink_to(aim)
        with pytest.raises(RefusedError):
            output.append(b"1")
        with pytest.raises(RefusedError) as refused:
            output.write(b"1")
    assert str(refused.value) == f"“{link}”是链接，不能写入；请换一个文件名，或删去链接"
    assert link.is_symlink()
    assert (tmp_path / "真.txt").read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["真.txt", "管道", "链接.txt"]


@posix
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    Output(str(pipe)).write(b"1")
    reader.join(timeout=30)
    assert (read, pipe.is_fifo()) == ([b"1"], True)


@posix
def test_what_the_shell_opened_for_this_process_may_be_a_link(tmp_path: Path) -> None:
    script = "from zhenggai.storage.outputs import Output; Output('/dev/stdout').write(b'1')"
    with (tmp_path / "结果").open("wb") as file:
        words = [sys.executable, "-c", script]
        assert subprocess.run(words, stdout=file, env=environment(), check=True).returncode == 0
    assert (tmp_path / "结果").read_bytes() == b"1"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "通报").mkdir()
    with pytest.raises(OSError, match="directory"):
        Output(str(tmp_path / "通报")).write(b"1")
    assert [one.name for one in tmp_path.iterdir()] == ["通报"]


@pytest.mark.parametrize("name", ["07.yaml", "别处.YML", ".yaml"])
def test_a_ledgers_file_is_not_written_over(name: str) -> None:
    with pytest.raises(WrongUsageError) as refused:
        Output(name)
    assert str(refused.value) == f"“{name}”会覆盖台账文件；换一个文件名"


def test_the_longest_name_there_may_be_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    Output(str(path)).write(b"1")
    assert path.read_bytes() == b"1"


def test_adding_keeps_what_is_there(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        Output(str(tmp_path / "摘要.md")).append(content)
    assert (tmp_path / "摘要.md").read_bytes() == b"12"
