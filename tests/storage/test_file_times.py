"""Changes in a ledger's folder are seen by times and sizes alone."""

import os
from pathlib import Path

from zhenggai.storage.file_times import file_times


def test_equal_while_nothing_changes_and_different_after_each_change(tmp_path: Path) -> None:
    one = tmp_path / "07.yaml"
    one.write_text("a", encoding="utf-8")
    os.utime(one, ns=(1, 1))
    seen = [tuple(file_times(tmp_path))]
    assert tuple(file_times(tmp_path)) == seen[-1]
    os.utime(one, ns=(2, 2))
    seen.append(tuple(file_times(tmp_path)))
    one.write_text("ab", encoding="utf-8")
    os.utime(one, ns=(2, 2))
    seen.append(tuple(file_times(tmp_path)))
    (tmp_path / "08.yaml").write_text("", encoding="utf-8")
    seen.append(tuple(file_times(tmp_path)))
    one.unlink()
    seen.append(tuple(file_times(tmp_path)))
    assert len(set(seen)) == len(seen)


def test_what_is_gone_is_seen_to_be_gone(tmp_path: Path) -> None:
    gone = tmp_path / "台账"
    assert tuple(file_times(gone)) == ()
    gone.mkdir()
    assert tuple(file_times(gone)) != ()
