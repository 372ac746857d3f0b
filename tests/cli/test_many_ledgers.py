"""`status` over many ledgers: trees of any depth, names alike, broken ones, and very many."""

import json
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

TODAY = ("--today", "2021-07-05")


def _ledger(folder: Path, about: str | None = None, due: str = "2021-06-30") -> Path:
    return write_ledger(folder, {"01": finding(整改时限=due)}, about)


def test_a_tree_of_any_depth_is_found_and_names_alike_are_told_apart(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    for place in ("城区/科技局", "东片/甲乡/科技局", "西片/甲乡/科技局", "西片/农业局"):
        _ledger(tmp_path / "全县" / place)
    words = ("--ledger", str(tmp_path / "全县"))
    told = json.loads(zhenggai("status", *words, *TODAY, "--format", "json").out)
    names = ["东片/甲乡/科技局", "城区/科技局", "农业局", "西片/甲乡/科技局"]
    assert sorted(one["name"] for one in told["ledgers"]) == sorted(names)
    assert told["total"]["count"] == 4
    outcome = zhenggai("show", "东片/甲乡/科技局/1", *words, *TODAY)
    assert (outcome.code, "财务管理不规范" in outcome.out) == (0, True)


def test_links_to_other_folders_are_not_followed(zhenggai: Zhenggai, tmp_path: Path) -> None:
    _ledger(tmp_path / "全县" / "城区" / "科技局")
    _ledger(tmp_path / "别处" / "科技局")
    (tmp_path / "全县" / "链接").symlink_to(tmp_path / "别处")
    (tmp_path / "全县" / "城区" / "圈").symlink_to(tmp_path / "全县")
    out = zhenggai("status", "--ledger", str(tmp_path / "全县"), *TODAY, "--format", "json").out
    assert json.loads(out)["total"]["count"] == 1


def test_ledgers_whose_inspection_failed_are_in_no_figure_and_named(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    _ledger(tmp_path / "甲")
    _ledger(tmp_path / "乙")
    _ledger(tmp_path / "丙", inspection(反馈日期="2021-13-45"))
    outcome = zhenggai("status", "--ledger", str(tmp_path), *TODAY)
    assert outcome.code == 3
    assert "共3本台账" in outcome.out
    assert "有1本台账的inspection.yaml有错误，未计入任何数：丙。" in outcome.out
    told = json.loads(zhenggai("status", "--ledger", str(tmp_path), *TODAY, "--format", "json").out)
    assert (told["total"]["count"], told["left_out"]) == (2, ["丙"])


def test_of_very_many_the_worst_are_listed_and_the_totals_are_of_all(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    for number in range(51):
        due = "2021-06-30" if number in (7, 50) else "2021-12-31"
        _ledger(tmp_path / f"单位{number:02}", due=due)
    words = ("status", "--ledger", str(tmp_path), *TODAY)
    out = zhenggai(*words).out
    rows = [line for line in out.splitlines() if line.startswith("县农业局党组（")]
    assert [row.partition("（")[2][:4] for row in rows[:2]] == ["单位07", "单位50"]
    assert len(rows) == 20
    assert "逾期最多的20本，另有31本，加 --all 全部列出；合计是全部的。" in out
    assert len(out.splitlines()) < 100
    everything = zhenggai(*words, "--all").out
    assert everything.count("县农业局党组（") == 51
    assert len(json.loads(zhenggai(*words, "--format", "json").out)["rows"]) == 51


@pytest.mark.parametrize("broken", ["02.yaml", "inspection.yaml"])
def test_what_cannot_be_read_is_named_and_ends_in_three(
    zhenggai: Zhenggai, tmp_path: Path, broken: str
) -> None:
    for number in range(3):
        _ledger(tmp_path / f"单位{number}")
    (tmp_path / "单位1" / broken).write_text("问题: [\n", encoding="utf-8")
    outcome = zhenggai("status", "--ledger", str(tmp_path), *TODAY)
    assert (outcome.code, f"单位1/{broken}" in outcome.err) == (3, True)
