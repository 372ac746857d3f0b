"""The writer: new files over none, and a record of what was written."""

import errno
import os
from pathlib import Path

import pytest

from zhenggai.storage.atomic import create, current_writes, recorded_writes, replace_cache


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


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
