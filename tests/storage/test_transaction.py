"""Writing: whole files or none, under a lock, and never over someone else's change."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from commandline import environment
from zhenggai.errors import ExitCode, RefusedError
from zhenggai.storage.atomic import recorded_writes
from zhenggai.storage.file_names import JOURNAL, LOCK
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import replace, transaction

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
    assert str(refused.value) == "“07.yaml”刚刚被其他程序改过，未写入；请重新执行一次"
    assert file.read_bytes() == "问题: 别人改的\n".encode()
    assert _names(file.parent) == ["07.yaml"]
    assert writes.done == []


def test_a_file_that_is_gone_is_not_written_again(file: Path) -> None:
    file.unlink()
    with pytest.raises(RefusedError) as refused:
        replace(file, OLD, NEW)
    assert str(refused.value) == (
        f"不能写入“{file}”（路径不存在），原文件未改动；请检查权限和磁盘空间"
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
    assert str(refused.value) == f"“{file}”是链接，不能写入；请删去链接，把文件本身放进台账"
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
    assert str(refused.value) == "另一个程序正在改这本台账，等待五分钟仍未完成；请稍后再试"
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


# Several files


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three files that are the old ones, and one that is still to be made."""
    for number in (1, 2, 3):
        (tmp_path / f"0{number}.yaml").write_bytes(OLD)
    return [tmp_path / f"0{number}.yaml" for number in (1, 2, 3, 4)]


def _change(files: list[Path]) -> None:
    with locked(files[0].parent), transaction(files[0].parent) as change:
        for path in files:
            change.stage(path, path.read_bytes() if path.exists() else None, NEW)
        change.commit()


def _contents(files: list[Path]) -> list[bytes | None]:
    return [path.read_bytes() if path.exists() else None for path in files]


_ALL_OLD: list[bytes | None] = [OLD, OLD, OLD, None]
_ALL_NEW: list[bytes | None] = [NEW] * 4


class _CutShort(BaseException):
    """The end of a process, as far as what it leaves behind goes."""


def _cut_short(files: list[Path], monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Change files; end after so many of them are in place, and leave what a kill would leave."""
    put, unlink = Path.replace, Path.unlink
    done: list[Path] = []

    def replace(path: Path, target: Path) -> Path:
        if len(done) == after:
            monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
            raise _CutShort
        done.append(target)
        return put(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(_CutShort):
        _change(files)
    monkeypatch.setattr(Path, "replace", put)
    monkeypatch.setattr(Path, "unlink", unlink)
    assert (files[0].parent / JOURNAL).exists()


def test_several_files_change_together(files: list[Path]) -> None:
    with recorded_writes() as writes:
        _change(files)
    assert _contents(files) == _ALL_NEW
    assert writes.done == files
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files)])


def test_a_block_left_without_commit_changes_nothing(files: list[Path]) -> None:
    with locked(files[0].parent), transaction(files[0].parent) as change:
        change.stage(files[0], OLD, NEW)
        change.stage(files[3], None, NEW)
    assert _contents(files) == _ALL_OLD
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files[:3])])


@pytest.mark.parametrize("after", range(3))
def test_the_next_command_completes_what_was_cut_short(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    _cut_short(files, monkeypatch, after)
    assert _contents(files) == [*[NEW] * after, *_ALL_OLD[after:]]
    with recorded_writes() as writes, locked(files[0].parent):
        assert _contents(files) == _ALL_NEW
    assert writes.recovered == files[after:]
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files)])
    with recorded_writes() as writes, locked(files[0].parent):
        assert writes.recovered == []


def test_a_file_changed_between_is_never_overwritten(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(files, monkeypatch, 1)
    files[1].write_bytes(b"theirs")
    before, names = _contents(files), _names(files[0].parent)
    for _ in range(2):
        with pytest.raises(RefusedError) as refused, locked(files[0].parent):
            pass
        journal = files[0].parent / JOURNAL
        assert str(refused.value) == (
            "上次的改动未全部写入（01.yaml已经写入，02.yaml、03.yaml、04.yaml未写入），"
            f"未写入的后来又被改过，不能补完；请核对这些文件，再删去“{journal}”"
        )
        assert (_contents(files), _names(files[0].parent)) == (before, names)
    journal.unlink()
    _change(files)
    assert _contents(files) == _ALL_NEW


def test_a_file_that_was_in_place_may_change_before_the_rest_is_completed(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(files, monkeypatch, 1)
    files[0].write_bytes(b"theirs")
    with locked(files[0].parent):
        assert _contents(files) == [b"theirs", NEW, NEW, NEW]


def test_where_nothing_was_in_place_a_change_between_drops_the_rest(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(files, monkeypatch, 0)
    files[1].write_bytes(b"theirs")
    with locked(files[0].parent):
        assert _contents(files) == [OLD, b"theirs", OLD, None]
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files[:3])])


def test_what_lay_aside_and_is_gone_is_dropped_or_named(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for after, contents in ((0, _ALL_OLD), (1, [NEW, OLD, OLD, None])):
        _cut_short(files, monkeypatch, after)
        for left in files[0].parent.glob(".zhenggai-*"):
            left.unlink()
        if after:
            with pytest.raises(RefusedError, match="不能补完"), locked(files[0].parent):
                pass
        else:
            with locked(files[0].parent):
                pass
        assert _contents(files) == contents


def test_an_interrupt_between_completes_the_change_and_then_interrupts(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Path.replace
    done: list[Path] = []

    def replace(path: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == 2:
            raise KeyboardInterrupt
        return put(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with recorded_writes() as writes, pytest.raises(KeyboardInterrupt):
        _change(files)
    assert (_contents(files), writes.done) == (_ALL_NEW, files)
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files)])


@pytest.mark.parametrize("after", [0, 2])
def test_a_disk_that_fails_between_is_named_with_what_is_in_place(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    put = Path.replace
    done: list[Path] = []

    def replace(path: Path, target: Path) -> Path:
        if len(done) == after:
            raise OSError(errno.EIO, "Input/output error")
        done.append(target)
        return put(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(RefusedError) as refused:
        _change(files)
    monkeypatch.setattr(Path, "replace", put)
    said = f"不能写入“{files[after]}”（磁盘读写出错），"
    if not after:
        assert str(refused.value) == f"{said}原文件未改动；请检查权限和磁盘空间"
        assert _contents(files) == _ALL_OLD
    else:
        assert str(refused.value) == (
            f"{said}01.yaml、02.yaml已经写入，03.yaml、04.yaml未写入；"
            "请检查权限和磁盘空间，再执行一次改台账的命令即可补完"
        )
        with locked(files[0].parent):
            assert _contents(files) == _ALL_NEW


@pytest.mark.parametrize(
    "cut", [0, 1, len("zhenggai journal 1\n") - 1, len("zhenggai journal 1\n"), 40, -1]
)
def test_a_journal_that_was_cut_short_itself_is_dropped(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    _cut_short(files, monkeypatch, 0)
    journal = files[0].parent / JOURNAL
    journal.write_bytes(journal.read_bytes()[:cut])
    with locked(files[0].parent):
        assert _contents(files) == _ALL_OLD
    assert _names(files[0].parent) == sorted([LOCK, *(path.name for path in files[:3])])


_STAGED, _SHA = ".zhenggai-0123456789abcdef", "0" * 64


def _journal(*entries: object) -> bytes:
    return f"zhenggai journal 1\n{json.dumps(entries)}\n".encode()


def _line(**changes: object) -> dict[str, object]:
    return {"name": "01.yaml", "temporary": _STAGED, "old": _SHA, "new": _SHA} | changes


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"hello\n",
        b"zhenggai journal 2\n[]\n",
        b"zhenggai journal 1\n{}\n",
        b"zhenggai journal 1\n[\n",
        b"zhenggai journal 1\n" + b"[" * 100_000 + b"\n",
        b"zhenggai journal 1\n\xff\n",
        _journal(),
        _journal(7),
        _journal({}),
        _journal(_line(more="")),
        _journal(_line(name="../外面.yaml")),
        _journal(_line(name="/etc/passwd")),
        _journal(_line(name=".schema/../../01.json")),
        _journal(_line(name="C:\\01.yaml")),
        _journal(_line(name="templates/notice.md")),
        _journal(_line(name=LOCK)),
        _journal(_line(name=["01.yaml"])),
        _journal(_line(temporary="../.zhenggai-0123456789abcdef")),
        _journal(_line(temporary="02.yaml")),
        _journal(_line(old="")),
        _journal(_line(new=None)),
        _journal(_line(new=7)),
        _journal(_line(), _line()),
        _journal(_line(), _line(name="02.yaml")),
    ],
    ids=range(25),
)
def test_an_odd_journal_is_never_followed(files: list[Path], content: bytes) -> None:
    root = files[0].parent
    (root / JOURNAL).write_bytes(content)
    (root / _STAGED).write_bytes(NEW)
    with pytest.raises(RefusedError) as refused, locked(root):
        pass
    assert str(refused.value) == (
        f"“{root / JOURNAL}”不是本程序写的格式，未照它改动任何文件；请核对台账，再删去它"
    )
    assert _contents(files) == _ALL_OLD
    assert {JOURNAL, _STAGED} <= set(_names(root))


@posix
@pytest.mark.parametrize("which", ["journal", "folder", "target", "aside", "schema", "a folder"])
def test_a_journal_is_not_followed_through_links(
    files: list[Path], tmp_path_factory: pytest.TempPathFactory, which: str
) -> None:
    root, elsewhere = files[0].parent, tmp_path_factory.mktemp("别处")
    digest = sha256(NEW).hexdigest()
    line = _line(old=sha256(OLD).hexdigest(), new=digest)
    outside = elsewhere / "外面"
    outside.write_bytes(OLD)
    (root / _STAGED).write_bytes(NEW)
    if which == "target":
        files[0].unlink()
        files[0].symlink_to(outside)
    elif which == "aside":
        (root / _STAGED).unlink()
        (root / _STAGED).symlink_to(outside)
    elif which == "schema":
        (root / ".schema").symlink_to(elsewhere)
        line |= {"name": ".schema/finding.json", "old": None}
    elif which == "a folder":
        files[0].unlink()
        files[0].mkdir()
    if which == "journal":
        (elsewhere / "日志").write_bytes(_journal(line))
        (root / JOURNAL).symlink_to(elsewhere / "日志")
    elif which == "folder":
        (root / JOURNAL).mkdir()
    else:
        (root / JOURNAL).write_bytes(_journal(line))
    before = _contents(files[1:])
    with pytest.raises(RefusedError) as refused, locked(root):
        pass
    assert str(root / JOURNAL) in str(refused.value)
    assert (_contents(files[1:]), outside.read_bytes()) == (before, OLD)
    assert sorted(one.name for one in elsewhere.iterdir()) in (["外面"], ["外面", "日志"])


@posix
def test_a_lock_that_is_a_link_is_refused_and_what_it_names_is_left_alone(file: Path) -> None:
    (file.parent / LOCK).symlink_to(file)
    with pytest.raises(RefusedError, match="是链接，不能写入"), locked(file.parent):
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
    files = [tmp_path / "01.yaml", tmp_path / "02.yaml"]
    _change(files)
    assert [_mode(tmp_path / LOCK), *map(_mode, files)] == [lock, new, new]
    files[0].chmod(0o640)
    _change(files)
    assert list(map(_mode, files)) == ["0o640", new]


@root
@pytest.mark.usefixtures("narrow")
def test_what_is_new_takes_the_folders_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    os.chown(tmp_path, -1, 12345)
    _change([tmp_path / "01.yaml", tmp_path / "02.yaml"])
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
        f"不能写入台账的锁“{folder / LOCK}”（没有权限），未改动任何文件；"
        f"请由建立者开放这个文件的写权限（chmod g+w {folder / LOCK}）"
    )
    shutil.rmtree(folder)
