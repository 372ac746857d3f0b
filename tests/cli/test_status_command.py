"""`zhenggai status`: the same figures in every format, and no file left out in silence."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from commandline import Zhenggai
from ledger_files import OFFICE, OFFICE_ABOUT, closed, finding, inspection, write_ledger

AWAITING = ("awaiting_application", "awaiting_review", "awaiting_approval")
STAGES = ("closed", *AWAITING, "sustained", "in_progress", "not_started")


@pytest.fixture
def office(tmp_path: Path) -> tuple[str, ...]:
    write_ledger(tmp_path, OFFICE, OFFICE_ABOUT)
    return ("--ledger", str(tmp_path), "--today", "2021-05-18")


def _json(zhenggai: Zhenggai, *args: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(zhenggai("status", "--format", "json", *args).out)
    return content


def _counts(row: dict[str, Any]) -> list[str]:
    """Give the figures of a row as a table has them: the three stages of 待销号 as one."""
    waiting = sum(row[stage] for stage in AWAITING)
    counts = [row["count"], row["closed"], waiting, row["sustained"], row["in_progress"]]
    rate = f"{row['closing_rate']['rate']:.1%}"
    return [*map(str, [*counts, row["not_started"], row["overdue"]]), rate]


@pytest.mark.parametrize("by", ["方面", "责任科室", "责任领导", "责任人", "类型", "台账"])
def test_stages_add_up_to_findings_and_rows_to_the_total(
    office: tuple[str, ...], zhenggai: Zhenggai, by: str
) -> None:
    content = _json(zhenggai, *office, "--by", by)
    total = content["total"]
    assert (total["count"], total["closed"], total["overdue"]) == (6, 1, 1)
    for row in [*content["rows"], total]:
        assert sum(row[stage] for stage in STAGES) == row["count"]
    twice = 1 if by == "责任科室" else 0  # one finding is of two departments
    assert sum(row["count"] for row in content["rows"]) == total["count"] + twice
    assert sum(row["closed"] for row in content["rows"]) == total["closed"]
    assert sum(row["overdue"] for row in content["rows"]) == total["overdue"]


def test_a_finding_of_two_departments_counts_in_both_and_once_in_the_total(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding(责任科室="办公室、人事科")})
    content = _json(zhenggai, "--ledger", str(tmp_path), "--by", "责任科室")
    assert {row["label"]: row["count"] for row in content["rows"]} == {"办公室": 1, "人事科": 1}
    assert content["total"]["count"] == 1


@pytest.mark.parametrize("by", ["方面", "责任科室", "类型"])
def test_csv_says_what_json_says(office: tuple[str, ...], zhenggai: Zhenggai, by: str) -> None:
    content = _json(zhenggai, *office, "--by", by)
    text = zhenggai("status", *office, "--by", by, "--format", "csv").out
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header == [
        by,
        "问题",
        "已销号",
        "待销号",
        "基本完成",
        "整改中",
        "未启动",
        "逾期",
        "销号率",
    ]
    expected = [[row["label"], *_counts(row)] for row in [*content["rows"], content["total"]]]
    assert rows == expected


@pytest.mark.parametrize("style", ["table", "plain", "markdown"])
def test_the_progress_of_every_row_stands_in_what_people_read(
    office: tuple[str, ...], zhenggai: Zhenggai, style: str
) -> None:
    content = _json(zhenggai, *office)
    text = zhenggai("status", *office, "--format", style).out
    for row in [*content["rows"], content["total"]]:
        line = next(line for line in text.splitlines() if row["label"] in line)
        figures = [word for word in line.replace("|", " ").split() if word[0].isdigit()]
        assert figures == _counts(row)


def test_one_ledger_is_shown_by_aspect_and_several_by_ledger(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path / "ledgers" / "a", {"01": finding()})
    assert _json(zhenggai, "--ledger", str(tmp_path))["by"] == "aspect"
    write_ledger(tmp_path / "ledgers" / "b", {"01": finding()})
    assert _json(zhenggai, "--ledger", str(tmp_path))["by"] == "ledger"
    assert _json(zhenggai, "--ledger", str(tmp_path), "--by", "责任领导")["by"] == "leader"


def test_declared_aspects_come_in_their_order_even_when_empty(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    about = inspection("方面: [丙, 甲, 乙]\n", 方面="").replace('方面: ""\n', "")
    write_ledger(tmp_path, {"01": finding(方面="甲"), "02": finding(方面="丁")}, about)
    rows = _json(zhenggai, "--ledger", str(tmp_path))["rows"]
    assert [(row["label"], row["count"]) for row in rows] == [
        ("丙", 0),
        ("甲", 1),
        ("乙", 0),
        ("丁", 1),
    ]


def test_only_overdue_findings_are_listed_when_only_they_are_asked_for(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    findings = {"01": finding(整改时限="2021-05-01"), "02": finding(整改时限="2021-05-20")}
    write_ledger(tmp_path, findings)
    day = ("--ledger", str(tmp_path), "--today", "2021-05-18")
    assert list(_json(zhenggai, *day)["warnings"]) == ["overdue", "due_soon", "stale"]
    assert list(_json(zhenggai, *day, "--overdue")["warnings"]) == ["overdue"]
    text = zhenggai("status", *day, "--overdue").out
    assert ("逾期问题1个" in text, "临期" in text) == (True, False)


def test_eleven_overdue_findings_are_ten_and_a_remark_unless_all_are_asked_for(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    titles = [f"第{number}类问题" for number in range(11, 22)]
    findings = {
        str(number): finding(问题=title, 整改时限=f"2021-04-{number}")
        for number, title in enumerate(titles, start=11)
    }
    write_ledger(tmp_path, findings)
    day = ("--ledger", str(tmp_path), "--today", "2021-05-18")
    for style in ("table", "plain", "markdown"):
        some = zhenggai("status", *day, "--format", style).out
        every = zhenggai("status", *day, "--format", style, "--all").out
        assert [title for title in titles if title not in some] == [titles[-1]]
        assert [title for title in titles if title not in every] == []
        assert ("另有1个" in some, "另有" in every) == (True, False)
    assert len(_json(zhenggai, *day)["warnings"]["overdue"]) == 11


@pytest.mark.parametrize("style", ["table", "plain", "markdown", "csv", "json"])
def test_a_broken_file_is_named_the_others_are_counted_and_the_exit_code_is_3(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_ledger(tmp_path, {"01": closed("公车管理"), "02": "问题: [", "03": finding()})
    outcome = zhenggai("status", "--today", "2021-05-18", "--format", style)
    assert outcome.code == 3
    assert [line.partition(":")[0] for line in outcome.err.splitlines()] == ["02.yaml"]
    assert "02.yaml" in outcome.out or style == "csv"
    if style == "json":
        content = json.loads(outcome.out)
        assert content["unreadable"] == ["02.yaml"]
        assert content["total"]["count"] == 2


def test_a_slip_in_the_inspection_is_reported_and_takes_no_finding_away(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding()}, inspection("预警天数: 很快\n"))
    outcome = zhenggai("status", "--ledger", str(tmp_path), "--format", "json")
    assert outcome.code == 3
    assert json.loads(outcome.out)["total"]["count"] == 1
    assert "inspection.yaml:5:" in outcome.err


def test_nothing_is_cut_in_a_pipe(tmp_path: Path, zhenggai: Zhenggai) -> None:
    title, aspect = "问题" * 100, "方面" * 100
    about = inspection(被巡察单位="单位" * 100)
    write_ledger(tmp_path, {"01": finding(问题=title, 方面=aspect, 整改时限="2021-05-01")}, about)
    for style in ("table", "plain", "markdown"):
        day = ("--ledger", str(tmp_path), "--today", "2021-05-18", "--format", style)
        text = zhenggai("status", *day).out
        assert [words in text for words in (title, aspect, "单位" * 100)] == [True] * 3
        assert title in zhenggai("list", *day).out
    shown = zhenggai("show", "1", "--ledger", str(tmp_path), "--today", "2021-05-18").out
    assert title in shown.splitlines()[0]
    assert aspect in shown


def test_a_warning_is_a_word_and_not_only_a_colour(tmp_path: Path, zhenggai: Zhenggai) -> None:
    stale = "措施:\n  - 内容: 完善制度\n    完成: 2021-04-01\n  - 内容: 抓好落实\n"
    findings = {
        "01": finding(整改时限="2021-05-17"),
        "02": finding(整改时限="2021-05-18"),
        "03": finding(整改时限="2021-05-19"),
        "04": finding(stale, 整改时限="2021-12-31"),
    }
    write_ledger(tmp_path, findings)
    outcome = zhenggai("status", "--ledger", str(tmp_path), "--today", "2021-05-18")
    assert [line.split()[5:] for line in outcome.out.splitlines() if line[:2] in findings] == [
        ["逾期1天", "红"],
        ["今天到期", "橙"],
        ["距时限1天", "橙"],
        ["47天无进展"],
    ]
