"""What tells one state of a ledger from another."""

import shutil
from datetime import date
from pathlib import Path

from ledger_files import finding, inspection, write_ledger
from zhenggai.rollup.ledger_lines import Placed, Telling, read_lines
from zhenggai.rollup.table_forms import ndjson
from zhenggai.storage.ledger_digest import file_digest, ledger_digest, together
from zhenggai.storage.ledger_folder import LedgerFolder
from zhenggai.storage.ledger_texts import read_file


def _ledger(folder: Path) -> Path:
    return write_ledger(folder, {"01": finding(), "02": finding()}, inspection())


def test_it_is_that_of_names_and_contents_alone(tmp_path: Path) -> None:
    root = _ledger(tmp_path / "甲")
    first = ledger_digest(root, {})
    assert ledger_digest(shutil.copytree(root, tmp_path / "乙"), {}) == first
    (root / "02.yaml").write_text(finding(问题="另一个问题"), encoding="utf-8")
    second = ledger_digest(root, {})
    (root / "02.yaml").rename(root / "03.yaml")
    assert len({first, second, ledger_digest(root, {})}) == 3


def test_a_file_that_was_read_counts_as_it_was_read(tmp_path: Path) -> None:
    root = _ledger(tmp_path / "甲")
    before = ledger_digest(root, {})
    known = {name: file_digest(read_file(root, name)) for name in ("01.yaml", "02.yaml")}
    (root / "02.yaml").write_text(finding(问题="读过以后才改的"), encoding="utf-8")
    assert ledger_digest(root, known) == before
    assert ledger_digest(root, {}) != before


def test_what_cannot_be_read_counts_by_why(tmp_path: Path) -> None:
    root = _ledger(tmp_path / "甲")
    (root / "02.yaml").unlink()
    (root / "02.yaml").mkdir()
    folder = ledger_digest(root, {})
    (root / "02.yaml").rmdir()
    (root / "02.yaml").write_bytes(b"#" * (2 << 20))
    assert ledger_digest(root, {}) != folder
    shutil.rmtree(root)
    assert ledger_digest(root, {}) == ledger_digest(tmp_path / "没有", {})


def test_the_lines_of_a_ledger_have_the_digest_of_its_files(tmp_path: Path) -> None:
    root = _ledger(tmp_path / "甲")
    telling = Telling(ndjson, date(2021, 5, 18), weekly=False, internal=False)
    [lines] = read_lines([Placed("甲", LedgerFolder(root, "甲"))], telling)
    assert lines.digest == ledger_digest(root, {})
    assert together([("甲", lines.digest)], "1") != together([("甲", lines.digest)], "2")
    assert together([("甲", lines.digest)], "1") != together([("乙", lines.digest)], "1")
