"""`zhenggai list`: every filter, every order, every format."""

import csv
import io
import json
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import OFFICE, OFFICE_ABOUT, finding, write_ledger


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(tmp_path))
    return write_ledger(tmp_path, OFFICE, OFFICE_ABOUT)


def _ids(outcome: Outcome) -> str:
    assert outcome.code == 0
    return " ".join(found["id"] for found in json.loads(outcome.out)["findings"])


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("", "01 02 03 04 05 06"),
        ("--aspect 作风", "02 04"),
        ("--aspect 作风 --aspect 党的", "01 02 03 04 05 06"),
        ("--department 人事科", "02 06"),
        ("--department 科", "01 02 06"),
        ("--department 财务科 --department 机关", "01 03"),
        ("--leader 书记", "01 03"),
        ("--leader 副局长", "02 04 05"),
        ("--owner 人事科科长", "02"),
        ("--kind 长期坚持", "03"),
        ("--kind 长期坚持 --kind 立行立改", "02 03"),
        ("--stage 未启动", "01"),
        ("--stage 整改中", "02 04"),
        ("--stage 待申请销号", "06"),
        ("--stage 基本完成", "03"),
        ("--stage 已销号", "05"),
        ("--timing 逾期", "01"),
        ("--timing 临期", "02"),
        ("--timing 进展缓慢", "04"),
        ("--timing 正常", "03 05 06"),
        ("--timing 逾期 --timing 临期", "01 02"),
        ("--search 会议", "02"),
        ("--search 开会", "02 04"),
        ("--search 会后", "06"),
        ("--search gps", "04"),
        ("--search 开会 --search 用车", "04"),
        ("--department 办公室 --stage 整改中", "02 04"),
        ("--department 办公室 --stage 整改中 --kind 限期整改", "04"),
        ("--leader 书记 --timing 临期", ""),
        ("会议", "02"),
        ("开会 用车", "04"),
        ("开会 --search 用车", "04"),
        ("--due-before 2021-05-01", "01"),
        ("--due-before 5月底", "01 02"),
        ("--due-before 年底 --department 办公室", "02 04"),
        ("--waiting", "06"),
        ("--no-owner", ""),
        ("--coordinate", ""),
    ],
)
def test_only_findings_that_match_every_filter_are_listed(
    office: Path, zhenggai: Zhenggai, filters: str, ids: str
) -> None:
    assert office.is_dir()
    assert _ids(zhenggai("list", *filters.split(), "--format", "json")) == ids


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("编号", "01 02 03 04 05 06"),
        ("整改时限", "05 01 02 03 06 04"),
        ("整改状态", "01 02 04 06 03 05"),
    ],
)
def test_findings_stand_in_the_order_asked_for_or_its_reverse(
    zhenggai: Zhenggai, order: str, ids: str
) -> None:
    command = ("list", "--format", "json", "--sort", order)
    assert _ids(zhenggai(*command)) == ids
    assert _ids(zhenggai(*command, "--reverse")) == " ".join(reversed(ids.split()))


@pytest.mark.usefixtures("office")
def test_what_presses_most_comes_first(zhenggai: Zhenggai) -> None:
    assert _ids(zhenggai("list", "--format", "json", "--sort", "紧急程度"))[:8] == "01 02 04"


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("order", "key"), [("方面", "aspect"), ("责任科室", "departments")])
def test_findings_of_one_group_stand_together_by_number(
    zhenggai: Zhenggai, order: str, key: str
) -> None:
    outcome = zhenggai("list", "--format", "json", "--sort", order)
    groups: dict[str, list[str]] = {}
    for found in json.loads(outcome.out)["findings"]:
        groups.setdefault(str(found[key]), []).append(found["id"])
    together = [number for numbers in groups.values() for number in sorted(numbers)]
    assert " ".join(together) == _ids(outcome)
    assert len(groups) > 1


def test_numbers_are_ordered_as_numbers(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"10": finding(), "9": finding(), "100": finding(), "011": finding()})
    outcome = zhenggai("list", "--ledger", str(tmp_path), "--format", "json")
    assert _ids(outcome) == "9 10 011 100"


@pytest.mark.usefixtures("office")
def test_every_format_lists_the_same_findings(zhenggai: Zhenggai) -> None:
    ids = ["01", "02", "04"]
    pressing = [word for timing in ("逾期", "临期", "进展缓慢") for word in ("--timing", timing)]
    for style in ("table", "plain", "markdown", "csv"):
        lines = zhenggai("list", *pressing, "--format", style).out.splitlines()
        cells = [line.replace(",", " ").replace("|", " ").split() for line in lines]
        listed = [word for row in cells for word in row[:2] if word.isdigit()]
        assert listed == ids
    assert _ids(zhenggai("list", *pressing, "--format", "json")) == " ".join(ids)


@pytest.mark.usefixtures("office")
def test_csv_and_json_hold_the_same_fields(zhenggai: Zhenggai) -> None:
    objects = json.loads(zhenggai("list", "--format", "json").out)["findings"]
    text = zhenggai("list", "--format", "csv").out
    assert text.startswith("\ufeff台账,编号,问题,方面,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(objects) == 6
    for row, one in zip(rows, objects, strict=True):
        assert len(row) == len(one)
        assert (row["编号"], row["问题"], row["整改时限"]) == (
            one["id"],
            one["title"],
            one["deadline"] or "",
        )
        assert row["剩余天数"] == ("" if one["days_left"] is None else str(one["days_left"]))
        assert row["责任科室"] == "、".join(one["departments"])


@pytest.mark.usefixtures("office")
def test_json_uses_identifiers_and_iso_days(zhenggai: Zhenggai) -> None:
    content = json.loads(zhenggai("list", "--format", "json").out)
    assert content["version"] == 2
    assert {
        "id": "01",
        "leader": "党组书记",
        "departments": ["财务科"],
        "deadline": "2021-05-01",
        "days_left": -17,
        "kind": "fixed_term",
        "stage": "not_started",
        "timing": "overdue",
        "closed_on": None,
        "public": True,
    }.items() <= content["findings"][0].items()
    assert content["findings"][5]["leader"] is None


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("style", ["table", "plain", "markdown", "csv"])
def test_nothing_found_is_a_table_without_rows_and_a_word_on_stderr(
    zhenggai: Zhenggai, style: str
) -> None:
    outcome = zhenggai("list", "--owner", "没有这个人", "--format", style)
    assert (outcome.code, outcome.err) == (0, "没有符合条件的问题。\n")
    assert "问题" in outcome.out.splitlines()[0]
    assert not any(stem in outcome.out for stem in OFFICE)


def test_a_broken_file_is_named_and_the_rest_is_listed(office: Path, zhenggai: Zhenggai) -> None:
    (office / "03.yaml").write_text("问题: [", encoding="utf-8")
    outcome = zhenggai("list", "--format", "json")
    content = json.loads(outcome.out)
    assert outcome.code == 3
    assert content["unreadable"] == [f"{office.as_posix()}/03.yaml"]
    assert len(content["findings"]) == 5
    assert "03.yaml" in outcome.err


_ASKING = (
    "措施:\n  - 内容: 修订制度\n  - 内容: 清理白条\n    完成: 2021-05-10\n"
    "记录:\n  - 日期: 2021-05-10\n    事项: 进展\n    情况: 初稿已成\n"
    "    需协调事项: 专家库的使用\n"
)
_ASKED = (
    "记录:\n  - 日期: 2021-05-10\n    事项: 进展\n    情况: 初稿已成\n    需协调事项: 经费\n"
    "  - 日期: 2021-05-12\n    事项: 进展\n    情况: 经费已落实\n"
)


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(tmp_path))
    findings = {
        "01": finding(_ASKING, 问题="财务管理不规范"),
        "02": finding(_ASKED, 问题="会议过多"),
        "03": finding(问题="公车管理不严").replace('责任人: "办公室负责人"\n', ""),
    }
    return write_ledger(tmp_path, findings)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [("--coordinate", "01"), ("--no-owner", "03"), ("--coordinate --no-owner", "")],
)
@pytest.mark.usefixtures("asking")
def test_what_is_asked_of_others_and_who_is_missing(
    zhenggai: Zhenggai, filters: str, ids: str
) -> None:
    assert _ids(zhenggai("list", *filters.split(), "--format", "json")) == ids


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ("--coordinate", ["01.1", "01.2"]),
        ("--no-owner", ["03.1"]),
        ("--due-before 6月底", ["01.1", "03.1"]),
        ("财务", ["01.1", "01.2"]),
    ],
)
@pytest.mark.usefixtures("asking")
def test_measures_are_picked_by_the_same(
    zhenggai: Zhenggai, filters: str, numbers: list[str]
) -> None:
    out = zhenggai("list", "--measures", *filters.split(), "--format", "json").out
    assert [one["number"] for one in json.loads(out)["measures"]] == numbers


@pytest.mark.usefixtures("asking")
def test_the_day_that_was_taken_is_told(zhenggai: Zhenggai) -> None:
    assert zhenggai("list", "--due-before", "6月底").err == "--due-before“6月底”按2021-06-30计算\n"
    assert zhenggai("list", "--due-before", "近日").code == 2


@pytest.mark.parametrize("more", [(), ("--measures",)])
def test_a_department_that_there_is_none_of_is_answered_with_the_nearest(
    zhenggai: Zhenggai, office: Path, more: tuple[str, ...]
) -> None:
    assert office.is_dir()
    told = zhenggai("list", "--department", "财物", *more).err
    assert told.endswith("；没有“财物”，是否想写“财务科”。\n")
    assert "是否" not in zhenggai("list", "--department", "审计", *more).err
