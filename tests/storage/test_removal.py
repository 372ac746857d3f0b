"""A change that removes a file, as an undo does: all or none, and nothing but a finding."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from zhenggai.errors import RefusedError
from zhenggai.storage.file_names import JOURNAL
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import transaction

OLD, NEW, ADDED = b"old\n", b"new\n", b"added\n"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _interrupted(root: Path, *, name: str = "20.yaml", old: bytes = ADDED) -> None:
    """Leave what a change leaves that was cut short: one file in place, one still to go."""
    (root / "07.yaml").write_bytes(NEW)
    temporary = f".zhenggai-{'0' * 16}"
    entries = [
        {"name": "07.yaml", "temporary": temporary, "old": _digest(OLD), "new": _digest(NEW)},
        {"name": name, "temporary": None, "old": _digest(old), "new": None},
    ]
    (root / JOURNAL).write_text(f"zhenggai journal 1\n{json.dumps(entries)}\n", encoding="utf-8")


def test_a_file_goes_together_with_a_change(tmp_path: Path) -> None:
    (tmp_path / "07.yaml").write_bytes(OLD)
    (tmp_path / "20.yaml").write_bytes(ADDED)
    with locked(tmp_path), transaction(tmp_path, is_undo=True) as change:
        change.stage(tmp_path / "07.yaml", OLD, NEW)
        change.stage_removal(tmp_path / "20.yaml", ADDED)
        change.commit()
    assert (tmp_path / "07.yaml").read_bytes() == NEW
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == ["07.yaml"]
    assert not (tmp_path / JOURNAL).exists()


def test_what_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / "20.yaml").write_bytes(NEW)
    with locked(tmp_path), transaction(tmp_path) as change:
        change.stage_removal(tmp_path / "20.yaml", ADDED)
        with pytest.raises(RefusedError, match="刚刚被其他程序改过"):
            change.commit()
    assert (tmp_path / "20.yaml").read_bytes() == NEW


def test_a_removal_that_was_cut_short_is_completed(tmp_path: Path) -> None:
    (tmp_path / "20.yaml").write_bytes(ADDED)
    _interrupted(tmp_path)
    with locked(tmp_path):
        pass
    assert not (tmp_path / "20.yaml").exists()
    assert not (tmp_path / JOURNAL).exists()


@pytest.mark.parametrize("name", ["inspection.yaml", ".gitignore", "../20.yaml", "佐证.pdf"])
def test_no_journal_has_anything_else_removed(tmp_path: Path, name: str) -> None:
    target = tmp_path / "台账" / name
    (tmp_path / "台账").mkdir()
    target.write_bytes(ADDED)
    _interrupted(tmp_path / "台账", name=name)
    with pytest.raises(RefusedError, match="不是本程序写的格式"), locked(tmp_path / "台账"):
        pass
    assert target.read_bytes() == ADDED
