"""Assessments and signatures: what is written into inspection.yaml, and that they only grow."""

import json
import shlex
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from git_repository import init
from ledger_files import closed, finding, inspection, write_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(
        tmp_path / "台账",
        {"07": closed("会议过多"), "12": finding(问题="学习不够")},
        inspection("格式: 2  # 不动\n"),
    )


def _run(zhenggai: Zhenggai, root: Path, command: str) -> Outcome:
    return zhenggai(*shlex.split(command), "--ledger", str(root), "--today", "2021-05-18")


def _about(root: Path) -> str:
    return (root / "inspection.yaml").read_text(encoding="utf-8")


def _codes(zhenggai: Zhenggai, root: Path, *more: str) -> list[str]:
    found = json.loads(_run(zhenggai, root, shlex.join(["check", "--format", "json", *more])).out)
    return [f"{Path(one['path']).name} {one['code']}" for one in found["problems"]]


ASSESS = (
    "assess --by 县委巡察办 --score 92.5分 --grade 较好 --votes 满意38、基本满意：2,不满意=0票 "
    "--sent-back 7、12 --on 2021-05-10"
)
SIGN = "sign 整改进展情况报告 --by 局党组书记 --on 2021-05-12"


def test_an_assessment_is_spliced_in_and_asks_for_what_it_sends_back(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _about(ledger)
    outcome = _run(zhenggai, ledger, ASSESS)
    assert outcome == (
        0,
        (
            "已登记县委巡察办的评估（2021-05-10）：得分92.5，较好；"
            "退回重改的问题：07、12，已销号的用 zhenggai reopen 重开\n"
        ),
        "",
    )
    assert _about(ledger) == before + (
        "评估:\n  - 单位: 县委巡察办\n    日期: 2021-05-10\n    得分: 92.5\n    等次: 较好\n"
        "    满意度票数: {满意: 38, 基本满意: 2, 不满意: 0}\n    退回重改问题号: [07, 12]\n"
    )
    assert "inspection.yaml J541" in _codes(zhenggai, ledger)
    assert _run(zhenggai, ledger, "reopen 7 --reason 评估退回 --due 2021-07-31").code == 0
    assert "inspection.yaml J541" not in _codes(zhenggai, ledger)


def test_a_signature_is_spliced_in_behind_those_there_are(ledger: Path, zhenggai: Zhenggai) -> None:
    before = _about(ledger)
    assert _run(zhenggai, ledger, SIGN).out == (
        "已登记签批：整改进展情况报告（局党组书记，2021-05-12）\n"
    )
    told = json.loads(_run(zhenggai, ledger, "sign 问题清单 --by 局长 --format json").out)
    assert told["changes"] == [
        {
            "ledger": "台账",
            "id": None,
            "path": told["changes"][0]["path"],
            "changed": True,
            "message": "已登记签批：问题清单（局长，2021-05-18）",
            "stage": None,
            "timing": None,
            "deadline": None,
        }
    ]
    assert _about(ledger) == before + (
        "签批:\n  - 文件: 整改进展情况报告\n    签字人: 局党组书记\n    日期: 2021-05-12\n"
        "  - 文件: 问题清单\n    签字人: 局长\n    日期: 2021-05-18\n"
    )


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _about(ledger)
    outcome = _run(zhenggai, ledger, f"{SIGN} --dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "+  - 文件: 整改进展情况报告" in outcome.out
    assert _about(ledger) == before


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("assess --by 县委巡察办 --sent-back 99", 2, "没有问题99；台账里的编号：07、12"),
        ("assess --by 县委巡察办 --sent-back 会议", 2, "“会议”不是编号"),
        ("assess --by 县委巡察办 --votes 满意", 2, "写成 满意38、基本满意2、不满意0"),
        ("assess --by 县委巡察办 --votes 满意3、满意4", 2, "写成 满意38、基本满意2、不满意0"),
        ("assess --by 县委巡察办 --score 很高", 4, "“很高”不是得分"),
        ("assess --by 县委巡察办 --grade 好 --on 2021-05-19", 4, "尚未发生的事不能登记"),
        ("assess --by 县委巡察办", 2, "评估的内容是空的"),
        ("assess --by ''", 2, "--by是空的"),
        ("sign 报告 --by 局长 --on 2021-05-19", 4, "尚未发生的事不能登记"),
        ("sign 报告", 2, "--by"),
    ],
)
def test_what_makes_no_sense_is_refused(
    ledger: Path, zhenggai: Zhenggai, command: str, code: int, said: str
) -> None:
    before = _about(ledger)
    outcome = _run(zhenggai, ledger, command)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert _about(ledger) == before


@pytest.mark.parametrize("command", [ASSESS, SIGN])
def test_the_same_is_not_written_twice(ledger: Path, zhenggai: Zhenggai, command: str) -> None:
    assert _run(zhenggai, ledger, command).code == 0
    outcome = _run(zhenggai, ledger, command)
    assert (outcome.code, outcome.out) == (4, "")
    assert "已经登记" in outcome.err


def test_of_several_ledgers_one_has_to_be_named(tmp_path: Path, zhenggai: Zhenggai) -> None:
    for name in ("一本", "另一本"):
        write_ledger(tmp_path / name, {}, inspection("格式: 2\n"))
    outcome = _run(zhenggai, tmp_path, SIGN)
    assert (outcome.code, outcome.out) == (2, "")
    assert "用 --ledger 指明写进哪一本" in outcome.err


def test_since_lets_both_lists_only_grow(ledger: Path, zhenggai: Zhenggai) -> None:
    for command in (ASSESS, SIGN):
        _run(zhenggai, ledger, command)
    path = ledger / "inspection.yaml"
    repository = init(ledger)
    repository.commit()
    lawful, since = _about(ledger), ("--since", "HEAD")
    _run(zhenggai, ledger, "assess --by 县委巡察办 --grade 好 --on 2021-05-17")
    _run(zhenggai, ledger, "sign 问题清单 --by 局长")
    assert [one for one in _codes(zhenggai, ledger, *since) if " I7" in one] == []
    start, end = lawful.index("评估:"), lawful.index("签批:")
    forged = [
        lawful.replace("得分: 92.5", "得分: 95"),
        lawful.replace("    得分: 92.5\n", ""),
        lawful.replace("满意: 38", "满意: 40"),
        lawful.replace("不满意: 0", "不满意: 0, 弃权: 1"),
        lawful.replace("[07, 12]", "[12]"),
        lawful.replace("[07, 12]", "[07, 12, 12]"),
        lawful.replace("较好", "好"),
        lawful.replace("单位: 县委巡察办", "单位: 市委巡察办"),
        lawful.replace("日期: 2021-05-10", "日期: 2021-05-11"),
        lawful[:start] + lawful[end:],
        lawful[:end],
        lawful.replace("局党组书记", "局长"),
        lawful.replace("签批:\n", "签批:\n  - {文件: 旧件, 签字人: 局长, 日期: 2021-05-01}\n"),
    ]
    for text in forged:
        assert text != lawful
        path.write_text(text, encoding="utf-8")
        assert "inspection.yaml I710" in _codes(zhenggai, ledger, *since), text


def test_what_was_left_out_of_an_assessment_is_not_filled_in_later(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _run(zhenggai, ledger, "assess --by 县委巡察办 --grade 好 --on 2021-05-17")
    init(ledger).commit()
    path = ledger / "inspection.yaml"
    path.write_text(_about(ledger) + "    得分: 100\n", encoding="utf-8")
    assert "inspection.yaml I710" in _codes(zhenggai, ledger, "--since", "HEAD")
