"""What editors, office programs and systems leave behind: one list, documented, passed over."""

from pathlib import Path

import pytest

from commandline import ROOT, Zhenggai
from ledger_files import finding, write_ledger
from zhenggai.storage.file_names import LEFT_BEHIND, is_left_behind
from zhenggai.storage.file_times import file_times

LEFT = (
    *("~$台账.xlsx", "~$07.yaml", ".~lock.台账.xlsx#", ".~lock.07.yaml#", "Thumbs.db", "THUMBS.DB"),
    *(".DS_Store", "desktop.ini", "07.yaml.bak", "07.bak", "07.yaml~", "#07.yaml#", ".#07.yaml"),
    *(".07.yaml.swp", ".07.yaml.swo", "07.yaml.swp", "07.yaml.tmp", "07.yaml.orig", "._07.yaml"),
)


@pytest.mark.parametrize("name", LEFT)
def test_it_is_passed_over_beside_the_finding_itself(
    tmp_path: Path, zhenggai: Zhenggai, name: str
) -> None:
    ledger = write_ledger(tmp_path, {"07": finding()})
    before = zhenggai("check", "--ledger", str(ledger), "--today", "2021-03-01")
    (ledger / name).write_text(finding(问题="旧的"), encoding="utf-8")
    assert is_left_behind(name)
    assert zhenggai("check", "--ledger", str(ledger), "--today", "2021-03-01") == before
    assert [path for path, _, _ in file_times(ledger)] == [
        str(ledger),
        *(f"{ledger / one}" for one in ("07.yaml", "inspection.yaml")),
    ]


@pytest.mark.parametrize("name", ["07.yaml.bak", "07.yaml~", "07.yaml.orig"])
def test_where_the_finding_is_missing_it_may_be_what_is_left_of_it(
    tmp_path: Path, zhenggai: Zhenggai, name: str
) -> None:
    ledger = write_ledger(tmp_path, {"06": finding(), "08": finding()})
    (ledger / name).write_text(finding(), encoding="utf-8")
    outcome = zhenggai("check", "--ledger", str(ledger), "--today", "2021-03-01")
    assert outcome.code == 3
    assert f"F115 “{name}”像是问题07的文件" in outcome.out


@pytest.mark.parametrize("name", ["07.yaml", "07.yaml.txt", "纪要.docx", "bak", "tmp.pdf", "a.b"])
def test_other_files_are_not(name: str) -> None:
    assert not is_left_behind(name)


def test_the_list_is_documented() -> None:
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    section = page.partition("\n## 不读取的文件\n")[2]
    assert [one for one in LEFT_BEHIND if f"`{one}`" not in section] == []


def test_a_folder_that_is_not_there_has_no_times(tmp_path: Path) -> None:
    assert list(file_times(tmp_path / "没有")) == []
