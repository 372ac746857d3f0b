"""Findings that leave the count by their names alone, and numbers that are given twice."""

import re
import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import SETTINGS, Repository, init
from ledger_files import finding, write_ledger
from zhenggai.storage.file_names import is_left_behind, number_meant

posix = pytest.mark.skipif(sys.platform == "win32", reason="names that Windows has none of")
DAY = ("--today", "2021-05-18")
LOST = (
    *("03.yaml.txt", "03.yaml.bak", "03.yaml.orig", "03.yaml~", "03.yaml ", "03.yaml.", "03.yaml_"),
    *(".03.yaml.icloud", ".03.yaml", "03.yaml.swp", "#03.yaml#", "~$03.yaml", "03.yaml.lnk"),
    *("03．yaml", "03.ｙａｍｌ", "０３.yaml.txt", "03\u200b.yaml\u200b", "03.yaml\u3000", "03.yam"),
    *(
        "03.ymal",
        "03.y\u0430ml",
        "3.YAML.TXT",
        "03.yaml (1)",
        "03.yaml.gz",
        "03.yaml.tmp",
        "03.yml~",
    ),
    *("03.yaml.sync-conflict-20210518", "03.yaml.2021-05-18", "03 .yaml.txt", "03.yaml\n"),
    *(" 03.yaml", "\u200b03.yaml", "-03.yaml"),
)
MISNAMED = ("０３.yaml", "03 (1).yaml", "03（1）.yaml", "03 - 副本.yaml", "03.yml", "03.YAML")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    return write_ledger(tmp_path / "台账", {f"{one:02d}": finding() for one in (1, 2, 3)})


def _new(zhenggai: Zhenggai, ledger: Path) -> str:
    outcome = zhenggai("new", "新的问题", "--ledger", str(ledger))
    number = re.match("已登记问题([0-9]+)：", outcome.out)
    assert number, outcome
    return number[1]


@posix
@pytest.mark.parametrize(
    ("name", "code"), [*((one, "F115") for one in LOST), *((one, "F109") for one in MISNAMED)]
)
def test_a_finding_does_not_leave_the_count_without_a_word(
    ledger: Path, zhenggai: Zhenggai, name: str, code: str
) -> None:
    (ledger / "03.yaml").rename(ledger / name)
    at = ("--ledger", str(ledger), *DAY)
    for words in (("check",), ("status",), ("list",), ("show", "1")):
        outcome = zhenggai(*words, *at)
        assert outcome.code == 3, outcome
        assert f" {code} " in outcome.out + outcome.err
    outcome = zhenggai("new", "新的问题", "--ledger", str(ledger))
    assert outcome.out.startswith("已登记问题04：")
    assert f" {code} " in outcome.err


@posix
@pytest.mark.parametrize("name", LOST)
def test_beside_the_finding_itself_it_is_a_copy_and_no_error(
    ledger: Path, zhenggai: Zhenggai, name: str
) -> None:
    (ledger / name).write_text(finding(), encoding="utf-8")
    outcome = zhenggai("check", "--ledger", str(ledger), *DAY)
    assert outcome.code == 0
    assert (" F116 " in outcome.out) is (name[0] != "." and not is_left_behind(name))


@pytest.mark.parametrize(
    "name",
    ["会议.yaml.txt", "03.pdf", "03", "03.txt", "2021年3月.docx", "03.xlsx", "v1.yml.md", "03.md"],
)
def test_other_files_are_none_of_a_ledgers_business(
    ledger: Path, zhenggai: Zhenggai, name: str
) -> None:
    (ledger / name).write_text("x", encoding="utf-8")
    assert number_meant(name) is None
    outcome = zhenggai("check", "--ledger", str(ledger), *DAY)
    assert (outcome.code, "F11" in outcome.out) == (0, False)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 2, 4), "没有03；"),
        ((2, 3), "没有01；"),
        ((1, 3, 6, 7, 8), "没有02、04至05；"),
        ((1, 2, 3), None),
        ((7,), None),
        ((101, 102, 201, 202), None),
        ((1, 2, 2021), None),
        (range(1, 60, 2), "没有02、04、06、08、10、12、14、16、18、20等；"),
    ],
)
def test_gaps_in_the_numbers_are_told_and_are_no_failure(
    tmp_path: Path, zhenggai: Zhenggai, numbers: tuple[int, ...], told: str | None
) -> None:
    write_ledger(tmp_path, {f"{one:02d}": finding() for one in numbers})
    outcome = zhenggai("check", "--ledger", str(tmp_path), *DAY)
    assert outcome.code == 0
    assert ("F117" in outcome.out) is bool(told)
    assert not told or f"F117 编号不连续，{told}" in outcome.out


# Numbers that have been used.


@pytest.fixture
def repository(ledger: Path) -> Repository:
    repository = init(ledger.parent)
    repository.commit()
    return repository


def test_a_number_that_git_knows_is_not_given_again(
    ledger: Path, repository: Repository, zhenggai: Zhenggai
) -> None:
    (ledger / "03.yaml").unlink()
    (ledger / "02.yaml").rename(ledger / "05.yaml")
    repository.commit()
    (ledger / "05.yaml").rename(ledger / "02.yaml")
    repository.commit()
    assert _new(zhenggai, ledger) == "06"


def test_nor_is_one_of_another_branch_or_of_another_spelling(
    ledger: Path, repository: Repository, zhenggai: Zhenggai
) -> None:
    repository.git("checkout", "--quiet", "-b", "甲")
    (ledger / "007.yaml.bak").write_text("问题: x", encoding="utf-8")
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    assert _new(zhenggai, ledger) == "08"


def test_what_lies_elsewhere_in_the_repository_uses_no_number(
    ledger: Path, repository: Repository, zhenggai: Zhenggai
) -> None:
    write_ledger(ledger.parent / "别的", {"30": finding()})
    write_ledger(ledger / "附件", {"40": finding()}, "")
    repository.commit()
    assert _new(zhenggai, ledger) == "04"


def test_a_number_that_evidence_is_kept_for_is_not_given_again(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    for name in ("19", "会议", "2021-05"):
        (ledger / "佐证" / name).mkdir(parents=True)
    assert _new(zhenggai, ledger) == "20"


def test_without_git_the_files_count_and_it_is_said(
    ledger: Path, repository: Repository, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repository
    monkeypatch.setenv("PATH", "")
    outcome = zhenggai("new", "新的问题", "--ledger", str(ledger))
    assert (outcome.code, outcome.out[:8]) == (0, "已登记问题04：")
    assert outcome.err == "未从Git的历史里查到用过的编号，按现有的文件编号；请核对编号是否用过\n"
