"""Disks that are full or read-only: a clear refusal, the old file whole, nothing beside it."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import zhenggai.storage.locking  # noqa: F401 - once it is nobody, this process may not read it
from commandline import Outcome, Zhenggai, process, python
from ledger_files import finding, write_ledger
from zhenggai.errors import ExitCode
from zhenggai.storage.file_names import JOURNAL, LOCK

NOBODY = 65534
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits, owners and mounts")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount and change owners"
)
LOG = ("log", "7", "会议制度已印发", "--today", "2021-05-18", "--ledger")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", {"07": finding(), "08": finding()})


def _content(ledger: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in ledger.iterdir() if path.name != LOCK}


def _refused(outcome: Outcome, ledger: Path, cause: str) -> None:
    file = ledger / "07.yaml"
    assert outcome == Outcome(
        ExitCode.REFUSED,
        "",
        f"错误：不能写入“{file}”（{cause}），原文件未改动；请检查权限和磁盘空间\n",
    )


_IN_LITTLE_SPACE = """
import resource, sys
from zhenggai.cli.app import main
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
sys.exit(main())
"""


@posix
def test_a_file_larger_than_the_system_allows(ledger: Path) -> None:
    before = _content(ledger)
    no_bytecode = {"PYTHONDONTWRITEBYTECODE": "1"}  # Python would leave modules cut off at 64 bytes
    done = python("-c", _IN_LITTLE_SPACE, *LOG, str(ledger), env=no_bytecode)
    _refused(done, ledger, "文件超过系统限制")
    assert _content(ledger) == before


@contextmanager
def _mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a small disk of memory over a folder."""
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


@as_root
def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "小盘"
    disk.mkdir()
    with _mounted(disk, "size=64k"):
        ledger = write_ledger(disk / "台账", {"07": finding(), "08": finding()})
        (ledger / LOCK).touch()
        filler = disk / "占满"
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(bytes(65536))
        before = _content(ledger)
        _refused(process(*LOG, str(ledger)), ledger, "磁盘已满")
        assert _content(ledger) == before
        filler.unlink()
        assert process(*LOG, str(ledger)).code == 0
        assert sorted(_content(ledger)) == ["07.yaml", "08.yaml", "inspection.yaml"]


@as_root
def test_a_read_only_disk(tmp_path: Path) -> None:
    disk = tmp_path / "只读盘"
    disk.mkdir()
    with _mounted(disk, "size=64k"):
        ledger = write_ledger(disk / "台账", {"07": finding()})
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)  # noqa: S607
        before = _content(ledger)
        done = process(*LOG, str(ledger))
        assert (done.code, done.out) == (ExitCode.REFUSED, "")
        assert done.err == (
            f"错误：不能写入“{ledger}”（磁盘是只读的），原文件未改动；请检查权限和磁盘空间\n"
        )
        assert _content(ledger) == before
        assert not (ledger / LOCK).exists()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Let go of root's rights, for root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _readable(path: Path) -> None:
    """Let everybody find a folder that pytest keeps for its user alone."""
    for folder in (path, *path.parents):
        if not os.access(folder, os.X_OK) or folder.stat().st_mode & 0o005 != 0o005:
            folder.chmod(folder.stat().st_mode | 0o755)


@posix
@pytest.mark.parametrize("lock", [False, True])
def test_a_read_only_folder(ledger: Path, zhenggai: Zhenggai, lock: bool) -> None:
    _readable(ledger)
    if lock:
        (ledger / LOCK).touch()
        (ledger / LOCK).chmod(0o666)
    (ledger / "07.yaml").chmod(0o666)
    ledger.chmod(0o555)
    before = _content(ledger)
    with _as_nobody():
        outcome = zhenggai(*LOG, str(ledger))
    ledger.chmod(0o755)
    shown = ledger / "07.yaml" if lock else ledger
    assert (outcome.code, outcome.out) == (ExitCode.REFUSED, "")
    assert outcome.err == (
        f"错误：不能写入“{shown}”（没有权限），原文件未改动；请检查权限和磁盘空间\n"
    )
    assert _content(ledger) == before


@posix
def test_a_lock_that_may_not_be_written(ledger: Path, zhenggai: Zhenggai) -> None:
    _readable(ledger)
    ledger.chmod(0o777)
    (ledger / LOCK).touch()
    (ledger / LOCK).chmod(0o444)
    before = _content(ledger)
    with _as_nobody():
        outcome = zhenggai(*LOG, str(ledger))
    assert (outcome.code, outcome.out) == (ExitCode.REFUSED, "")
    assert "没有权限" in outcome.err
    assert _content(ledger) == before


@as_root
def test_a_file_that_the_system_holds_immutable(ledger: Path) -> None:
    file = ledger / "07.yaml"
    words = ["chattr", "+i", str(file)]
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("this disk holds no file immutable")
    try:
        before = _content(ledger)
        _refused(process(*LOG, str(ledger)), ledger, "没有权限")
        assert _content(ledger) == before
    finally:
        subprocess.run(["chattr", "-i", str(file)], check=True)  # noqa: S607


@pytest.mark.parametrize(
    ("code", "cause"), [(errno.ENOSPC, "磁盘已满"), (errno.EDQUOT, "磁盘配额已满")]
)
def test_a_disk_that_notices_only_when_it_is_flushed(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, code: int, cause: str
) -> None:
    def full(_: int) -> None:
        raise OSError(code, os.strerror(code))

    before = _content(ledger)
    monkeypatch.setattr(os, "fsync", full)
    _refused(zhenggai(*LOG, str(ledger)), ledger, cause)
    assert _content(ledger) == before


def test_a_folder_that_cannot_be_flushed_is_no_failure_of_what_is_written(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, flushed = os.fsync, []

    def only_files(descriptor: int) -> None:
        flushed.append(descriptor)
        if len(flushed) > 1:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    assert zhenggai(*LOG, str(ledger)).code == 0
    assert "会议制度已印发" in (ledger / "07.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("after", range(3))
def test_several_findings_of_which_one_cannot_be_written_are_all_as_they_were(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The first finding, the second, the journal: the disk fills up at each of them."""
    flush, flushed = os.fsync, []

    def fills_up(descriptor: int) -> None:
        flushed.append(descriptor)
        if len(flushed) > after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(descriptor)

    before = _content(ledger)
    monkeypatch.setattr(os, "fsync", fills_up)
    words = ("close", "7-8", "--by", "局党组", "--complete", "--today", "2021-05-18")
    outcome = zhenggai(*words, "--ledger", str(ledger))
    file = ledger / ["07.yaml", "08.yaml", JOURNAL][after]
    assert outcome == Outcome(
        ExitCode.REFUSED,
        "",
        f"错误：不能写入“{file}”（磁盘已满），原文件未改动；请检查权限和磁盘空间\n",
    )
    assert _content(ledger) == before


def test_findings_of_two_ledgers_of_which_one_cannot_be_written_are_told_apart(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲局", "乙局"):
        write_ledger(tmp_path / "ledgers" / name, {"07": finding(), "08": finding()})
    put = Path.replace

    def stops(path: Path, target: Path) -> Path:
        if target.parent.name == "乙局":
            raise OSError(errno.EIO, "Input/output error")
        return put(path, target)

    monkeypatch.setattr(Path, "replace", stops)
    words = ("close", "甲局/7", "乙局/7-8", "--by", "局党组", "--complete")
    outcome = zhenggai(*words, "--today", "2021-05-18", "--ledger", str(tmp_path))
    assert outcome.code == ExitCode.REFUSED
    assert outcome.err.endswith("；“甲局”的问题07已经写入，“乙局”的问题07、08未写入\n")
    files = {path.name for path in (tmp_path / "ledgers" / "乙局").iterdir()}
    assert files == {"07.yaml", "08.yaml", "inspection.yaml", LOCK}


_INIT = ("init", "--unit", "县科技局", "--group", "第一组", "--feedback", "2021-02-01")


@as_root
@pytest.mark.parametrize("existing", [False, True])
def test_a_disk_too_small_for_a_ledger_holds_nothing_of_it(tmp_path: Path, existing: bool) -> None:
    disk = tmp_path / "小盘"
    disk.mkdir()
    with _mounted(disk, "size=240k"):
        folder = disk / "台账"
        if existing:
            folder.mkdir()
        done = process("init", str(folder), "--sample")
        assert (done.code, done.out) == (ExitCode.REFUSED, "")
        assert "（磁盘已满）" in done.err
        assert {path.name for path in disk.rglob("*")} == ({"台账", LOCK} if existing else set())
        assert process(*_INIT, str(folder)).code == 0
        assert process("status", "--ledger", str(folder)).code == 0
