"""What is written for the user: whole or not at all, and through no trap laid beside it."""

import os
from pathlib import Path

import pytest

from zhenggai.storage.outputs import add, put


def test_a_file_is_written_anew_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    for content in (b"1", b"22"):
        put(tmp_path / "通报.txt", content)
        assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [
            ("通报.txt", content)
        ]


def test_a_link_is_followed_to_what_it_names(tmp_path: Path) -> None:
    real, link = tmp_path / "真.txt", tmp_path / "链接.txt"
    real.touch()
    link.symlink_to(real)
    put(link, b"1")
    assert link.is_symlink()
    assert real.read_bytes() == b"1"


def test_nothing_is_written_through_a_link_laid_where_the_half_made_file_stands(
    tmp_path: Path,
) -> None:
    aim = tmp_path / "别人的.txt"
    aim.write_bytes(b"old")
    (tmp_path / f".通报.txt.{os.getpid()}.zhenggai").symlink_to(aim)
    with pytest.raises(FileExistsError):
        put(tmp_path / "通报.txt", b"1")
    assert aim.read_bytes() == b"old"
    assert not (tmp_path / "通报.txt").exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "通报").mkdir()
    with pytest.raises(OSError, match="directory"):
        put(tmp_path / "通报", b"1")
    assert [one.name for one in tmp_path.iterdir()] == ["通报"]


def test_adding_keeps_what_is_there(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        add(tmp_path / "摘要.md", content)
    assert (tmp_path / "摘要.md").read_bytes() == b"12"
