"""The writer: new folders whole or not at all, new files over none, and a record of both."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commandline import Zhenggai, environment
from ledger_files import finding, write_ledger
from zhenggai.errors import RefusedError
from zhenggai.storage.atomic import (
    BUILDING,
    clear_abandoned,
    create,
    create_folder,
    current_writes,
    recorded_writes,
    replace_cache,
)
from zhenggai.storage.file_names import INSPECTION
from zhenggai.storage.scaffold import copy_sample

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks, modes and links")
FILES = {".schema/x.json": b"{}", "01.yaml": "问题: x\n".encode(), INSPECTION: b""}


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_made_whole_with_those_above_it(tmp_path: Path) -> None:
    with recorded_writes() as writes:
        create_folder(tmp_path / "上" / "台账", FILES)
    assert _content(tmp_path) == {f"上/台账/{name}": content for name, content in FILES.items()}
    assert writes.done == [tmp_path / "上" / "台账"]


@pytest.mark.parametrize("there", ["a file", "a folder", "a folder that is not empty"])
def test_what_stands_where_a_folder_is_to_be_made_is_left_alone(tmp_path: Path, there: str) -> None:
    target = tmp_path / "台账"
    if there == "a file":
        target.touch()
    else:
        target.mkdir()
    if there.endswith("empty"):
        (target / "说明.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError):
        create_folder(target, FILES)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_filled_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with recorded_writes() as writes, pytest.raises(OSError, match="No space"):
        create_folder(tmp_path / "台账", FILES)
    assert (list(tmp_path.iterdir()), writes.done) == ([], [])


_BUILDS = """
import os, sys
from pathlib import Path
from zhenggai.storage.atomic import create_folder
flush = os.fsync
def wait(descriptor):
    print("building", flush=True)
    sys.stdin.readline()
    flush(descriptor)
os.fsync = wait
create_folder(Path(sys.argv[1]), {"inspection.yaml": b""})
"""


@posix
@pytest.mark.parametrize("killed", [False, True])
def test_what_is_half_built_is_cleared_when_its_builder_is_gone_and_not_before(
    tmp_path: Path, killed: bool
) -> None:
    builder = subprocess.Popen(
        [sys.executable, "-c", _BUILDS, str(tmp_path / "台账")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    )
    assert builder.stdout is not None
    assert builder.stdout.readline() == "building\n"
    clear_abandoned(tmp_path)
    [building] = tmp_path.iterdir()
    assert building.name.startswith(BUILDING)
    if killed:
        builder.kill()
    builder.communicate("\n" * 9, timeout=30)
    clear_abandoned(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ([] if killed else ["台账"])


def test_where_no_folder_can_be_locked_only_an_old_one_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    new, old = (tmp_path / f"{BUILDING}{name}" for name in ("new", "old"))
    for folder in (new, old):
        folder.mkdir()
        (folder / "01.yaml").touch()
    os.utime(old, (0, 0))
    clear_abandoned(tmp_path)
    assert list(tmp_path.iterdir()) == [new]
    create_folder(tmp_path / "台账", FILES)
    assert _content(tmp_path / "台账") == FILES


def test_a_half_built_ledger_is_no_ledger(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path / "ledgers" / "甲局", {"01": finding()})
    write_ledger(tmp_path / "ledgers" / f"{BUILDING}x", {"01": finding()})
    outcome = zhenggai(
        "list", "--ledger", str(tmp_path), "--format", "csv", "--today", "2021-05-18"
    )
    assert (outcome.code, outcome.out.count("\n")) == (0, 2)


def test_of_many_that_lay_out_a_ledger_at_once_one_does(tmp_path: Path) -> None:
    def lay_out(_: int) -> bool:
        try:
            copy_sample(tmp_path / "台账")
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lay_out, range(4))) == 1
    assert len(list((tmp_path / "台账").glob("*.yaml"))) == 20
    assert [path.name for path in tmp_path.iterdir()] == ["台账"]


@posix
@pytest.mark.parametrize(("above", "made"), [(0o755, 0o755), (0o2775, 0o2775), (0o1777, 0o755)])
def test_a_new_folder_is_for_the_group_that_may_write_beside_it(
    tmp_path: Path, above: int, made: int
) -> None:
    tmp_path.chmod(above)
    before = os.umask(0o022)
    try:
        create_folder(tmp_path / "台账", FILES)
    finally:
        os.umask(before)
    folder = tmp_path / "台账"
    modes = [oct(path.stat().st_mode & 0o7777) for path in (folder, folder / ".schema")]
    assert modes == [oct(made)] * 2
    assert folder.joinpath("01.yaml").stat().st_mode & 0o777 == made & 0o664


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_takes_no_others_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    create(tmp_path / "01.yaml", b"1", tmp_path)
    with pytest.raises(FileExistsError):
        create(tmp_path / "01.yaml", b"2", tmp_path)
    assert _content(tmp_path) == {"01.yaml": b"1"}


def test_without_a_cache_folder_the_caller_hears_nothing(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    replace_cache(tmp_path / "文件" / "x.rows", b"1")
    replace_cache(tmp_path / "夹" / "x.rows", b"1")
    assert _content(tmp_path) == {"文件": b"", "夹/x.rows": b"1"}


def test_what_is_written_is_recorded_by_the_run_it_belongs_to(tmp_path: Path) -> None:
    with recorded_writes() as outer:
        create(tmp_path / "1", b"", tmp_path)
        with recorded_writes() as inner:
            create(tmp_path / "2", b"", tmp_path)
    create(tmp_path / "3", b"", tmp_path)
    assert (outer.done, inner.done) == ([tmp_path / "1"], [tmp_path / "2"])
    assert current_writes().done == []
