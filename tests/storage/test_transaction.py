"""Writing: whole files or none, under a lock, and never over someone else's change."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commandline import environment
from zhenggai.errors import ExitCode, RefusedError
from zhenggai.storage.atomic import create, recorded_writes
from zhenggai.storage.file_names import LOCK
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import replace

OLD, NEW = "问题: 会议过多\n".encode(), "问题: 会议过多\n记录: []\n".encode()

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX owners and modes")
root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can change owners"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "07.yaml"
    path.write_bytes(OLD)
    return path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_content_takes_the_old_ones_place_and_nothing_is_left_beside_it(file: Path) -> None:
    with recorded_writes() as writes:
        replace(file, OLD, NEW)
    assert file.read_bytes() == NEW
    assert _names(file.parent) == ["07.yaml"]
    assert writes.done == [file]


def test_a_file_that_no_longer_holds_what_was_read_is_left_alone(file: Path) -> None:
    file.write_bytes("问题: 别人改的\n".encode())
    with recorded_writes() as writes, pytest.raises(RefusedError) as refused:
        replace(file, OLD, NEW)
    assert str(refused.value) == "“07.yaml”刚刚被别的程序改过,没有写入;请重新执行一次"
    assert file.read_bytes() == "问题: 别人改的\n".encode()
    assert _names(file.parent) == ["07.yaml"]
    assert writes.done == []


def test_a_file_that_is_gone_is_not_written_again(file: Path) -> None:
    file.unlink()
    with pytest.raises(RefusedError) as refused:
        replace(file, OLD, NEW)
    assert str(refused.value) == (
        f"不能写入“{file}”(路径不存在),原文件没有改动;请检查权限和磁盘空间"
    )
    assert _names(file.parent) == []


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="路径不存在"):
        replace(tmp_path / "没有" / "07.yaml", OLD, NEW)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace(file, OLD, NEW)
    assert file.stat().st_mode & 0o7777 == mode
    assert file.read_bytes() == NEW


@root
def test_owner_and_group_are_kept(file: Path) -> None:
    os.chown(file, 65534, 12345)
    replace(file, OLD, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 12345)


@root
def test_a_read_only_file_is_not_replaced() -> None:
    folder = Path(tempfile.mkdtemp(prefix="zhenggai-test-"))
    file = folder / "07.yaml"
    file.write_bytes(OLD)
    file.chmod(0o444)
    for path in (folder, file):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        with pytest.raises(RefusedError) as refused:
            replace(file, OLD, NEW)
    finally:
        os.seteuid(0)
    assert "没有权限" in str(refused.value)
    assert (file.read_bytes(), _names(folder)) == (OLD, ["07.yaml"])
    shutil.rmtree(folder)


@posix
def test_nothing_is_written_through_a_link(file: Path) -> None:
    real = file.rename(file.parent / "正本.yaml")
    file.symlink_to(real)
    with pytest.raises(RefusedError) as refused:
        replace(file, OLD, NEW)
    assert str(refused.value) == f"“{file}”是链接,不能写入;请删去链接,把文件本身放进台账"
    assert (file.is_symlink(), real.read_bytes()) == (True, OLD)
    assert _names(file.parent) == ["07.yaml", "正本.yaml"]


@posix
def test_another_name_of_the_file_keeps_the_old_content(file: Path) -> None:
    other = file.parent / "备份.txt"
    other.hardlink_to(file)
    replace(file, OLD, NEW)
    assert (file.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_what_an_interrupted_command_left_is_cleared_and_nothing_else(file: Path) -> None:
    for name in (".zhenggai-abc", ".zhenggai-07", "zhenggai-x", ".zhenggai.yaml", ".hidden"):
        (file.parent / name).write_bytes(b"half")
    (file.parent / ".zhenggai-folder").mkdir()
    with locked(file.parent):
        assert _names(file.parent) == sorted(
            ["07.yaml", ".zhenggai-folder", "zhenggai-x", ".zhenggai.yaml", ".hidden", LOCK]
        )


def test_an_error_lets_the_lock_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        pass


_HOLDER = """
import sys
from pathlib import Path
from zhenggai.storage.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def _hold(folder: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_command_waits_for_another_and_refuses_in_words_when_it_takes_too_long(
    tmp_path: Path,
) -> None:
    holder = _hold(tmp_path)
    start = time.monotonic()
    with pytest.raises(RefusedError) as refused, locked(tmp_path, patience=0.2):
        pass
    assert time.monotonic() - start >= 0.2
    assert str(refused.value) == "另一个程序正在改这本台账,等了五分钟还没改完;请稍后再试"
    assert refused.value.exit_code is ExitCode.REFUSED
    holder.communicate("\n", timeout=30)
    with locked(tmp_path, patience=30):
        pass


def test_the_lock_of_a_killed_command_is_free(tmp_path: Path) -> None:
    holder = _hold(tmp_path)
    holder.kill()
    holder.communicate(timeout=30)
    start = time.monotonic()
    with locked(tmp_path):
        assert time.monotonic() - start < 5


@posix
def test_a_lock_that_is_a_link_is_refused_and_what_it_names_is_left_alone(file: Path) -> None:
    (file.parent / LOCK).symlink_to(file)
    with pytest.raises(RefusedError, match="是链接,不能写入"), locked(file.parent):
        pass
    assert file.read_bytes() == OLD


# A ledger of several people


@pytest.fixture
def narrow() -> Iterator[None]:
    """Let new files be for their owner alone, unless somebody says otherwise."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def _mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


@posix
@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    ("folder", "lock", "new"),
    [
        (0o700, "0o600", "0o600"),
        (0o755, "0o600", "0o600"),
        (0o775, "0o660", "0o660"),
        (0o2770, "0o660", "0o660"),
        (0o777, "0o666", "0o660"),
        (0o1777, "0o600", "0o600"),
    ],
    ids=lambda value: value if isinstance(value, str) else oct(value),
)
def test_what_is_new_is_for_all_who_may_write_in_the_folder(
    tmp_path: Path, folder: int, lock: str, new: str
) -> None:
    tmp_path.chmod(folder)
    file = tmp_path / "01.yaml"
    with locked(tmp_path):
        create(file, OLD, tmp_path)
    assert [_mode(tmp_path / LOCK), _mode(file)] == [lock, new]
    file.chmod(0o640)
    replace(file, OLD, NEW)
    assert _mode(file) == "0o640"


@root
@pytest.mark.usefixtures("narrow")
def test_what_is_new_takes_the_folders_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    os.chown(tmp_path, -1, 12345)
    with locked(tmp_path):
        create(tmp_path / "01.yaml", OLD, tmp_path)
    assert {path.stat().st_gid for path in tmp_path.iterdir()} == {12345}


@root
def test_a_lock_that_a_colleague_keeps_to_himself_is_named() -> None:
    folder = Path(tempfile.mkdtemp(prefix="zhenggai-test-"))
    folder.chmod(0o777)
    (folder / LOCK).touch(0o644)
    os.seteuid(65534)
    try:
        with pytest.raises(RefusedError) as refused, locked(folder):
            pass
    finally:
        os.seteuid(0)
    assert str(refused.value) == (
        f"台账的锁“{folder / LOCK}”不许您写(没有权限),没有改动任何文件;"
        f"请建它的人允许别人写这个文件(chmod g+w {folder / LOCK})"
    )
    shutil.rmtree(folder)
