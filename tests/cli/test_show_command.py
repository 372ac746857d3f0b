"""`zhenggai show`: one finding whole, whatever way its number is written."""

import json
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two ledgers: 07 stands in both, 01 in the first, 08 in the second and unreadable."""
    write_ledger(
        tmp_path / "ledgers" / "甲局", {"01": finding(问题="甲一"), "07": finding(问题="甲七")}
    )
    write_ledger(tmp_path / "ledgers" / "乙局", {"7": finding(问题="乙七"), "08": "问题: ["})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    return tmp_path


@pytest.mark.parametrize("number", ["7", "07", "007", "农业局/7", "农业局/07"])
def test_a_number_may_be_written_with_or_without_zeros_and_ledger(
    tmp_path: Path, zhenggai: Zhenggai, number: str
) -> None:
    folder = write_ledger(tmp_path / "农业局", {"07": finding(问题="会议过多"), "70": finding()})
    outcome = zhenggai("show", number, "--ledger", str(folder))
    assert outcome.code == 0
    assert outcome.out.startswith("07 会议过多\n")


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("number", ["7", "07", "0007"])
def test_a_number_in_two_ledgers_is_ambiguous_however_it_is_written(
    zhenggai: Zhenggai, number: str
) -> None:
    outcome = zhenggai("show", number)
    assert (outcome.code, outcome.out) == (2, "")
    assert "乙局/7、甲局/07" in outcome.err


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("number", "title"), [("甲局/7", "甲七"), ("乙局/07", "乙七"), ("1", "甲一"), ("/1", "甲一")]
)
def test_a_ledger_before_the_number_tells_which_is_meant(
    zhenggai: Zhenggai, number: str, title: str
) -> None:
    outcome = zhenggai("show", number)
    assert outcome.out.splitlines()[0].split()[1] == title


def test_two_files_with_one_number_are_told_apart_as_they_are_written(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"7": finding(问题="短号"), "07": finding(问题="长号")})
    here = ("--ledger", str(tmp_path))
    assert zhenggai("show", "7", *here).out.startswith("7 短号")
    assert zhenggai("show", "07", *here).out.startswith("07 长号")
    assert zhenggai("show", "007", *here).code == 2


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("99", 2, "没有问题99"),
        ("甲/1", 2, "没有名为“甲”的台账；是否想写“甲局”"),
        ("keji/1", 2, "现有：乙局、甲局"),
        ("七", 2, "“七”不是编号"),
        ("7.1", 2, "“7.1”是措施的编号，措施随问题一起显示；写成 zhenggai show 7"),
        ("７", 2, "编号7不止一个"),
        ("", 2, "“”不是编号"),
        ("甲局/", 2, "不是编号"),
        ("9" * 5000, 2, "的格式无法识别"),
        ("8", 3, "08.yaml有错误"),
        ("乙局/008", 3, "08.yaml有错误"),
    ],
)
def test_what_cannot_be_shown_is_explained(
    zhenggai: Zhenggai, number: str, code: int, words: str
) -> None:
    outcome = zhenggai("show", number)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err.splitlines()[-1]


@pytest.mark.usefixtures("region")
def test_a_broken_neighbour_is_named_and_the_finding_is_shown(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("show", "1")
    assert outcome.code == 3
    assert outcome.out.startswith("01 甲一\n")
    assert outcome.err.startswith("ledgers/乙局/08.yaml:1:")


def test_json_holds_every_field_and_the_standing(tmp_path: Path, zhenggai: Zhenggai) -> None:
    text = finding(
        "清退资金: 884.72万元\n处理人员: {提醒谈话: 3}\n公开: 否\n"
        "措施:\n  - 内容: 完善制度\n    佐证: 佐证/01.pdf\n"
        "记录:\n  - 日期: 2021-05-01\n    事项: 督查\n    情况: 正在办理\n"
    )
    write_ledger(tmp_path, {"01": text})
    here = ("--ledger", str(tmp_path), "--today", "2021-05-18")
    content = json.loads(zhenggai("show", "1", *here, "--format", "json").out)
    shown = content["finding"]
    assert content["version"] == 2
    assert shown["ledger"] == tmp_path.name
    assert shown["money"] == "8847200"
    assert shown["people"] == {"提醒谈话": 3}
    assert shown["public"] is False
    assert shown["measures"][0]["evidence"] == [{"path": "佐证/01.pdf", "sha256": None}]
    assert shown["records"] == [
        {
            "action": "supervision",
            "on": "2021-05-01",
            "entered_on": None,
            "by": None,
            "note": "正在办理",
            "method": None,
            "requirement": None,
            "reply_by": None,
            "disputes": False,
        }
    ]
    assert shown["standing"]["stage"] == "in_progress"
    assert shown["standing"]["days_left"] == 43


def test_what_is_dated_later_has_not_happened_yet(tmp_path: Path, zhenggai: Zhenggai) -> None:
    records = "".join(
        f"  - 日期: 2021-0{month}-01\n    事项: 督查\n    情况: 第{month}月\n"
        for month in (3, 4, 5)
    )
    write_ledger(
        tmp_path,
        {"01": finding(f"措施:\n  - 内容: 完善制度\n    完成: 2021-04-15\n记录:\n{records}")},
    )
    here = ("--ledger", str(tmp_path))
    then = zhenggai("show", "1", *here, "--today", "2021-04-10").out
    now = zhenggai("show", "1", *here, "--today", "2021-05-10").out
    assert [f"第{month}月" in then for month in (3, 4, 5)] == [True, True, False]
    assert "记录 2条（另有1条在2021-04-10之后，未列出）" in then
    assert "记录 3条\n" in now
    assert ("措施 0/1" in then, "措施 1/1" in now) == (True, True)


def test_the_deadline_in_force_is_that_of_the_last_extension(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    extension = (
        "记录:\n  - 日期: 2021-04-01\n    事项: 延期\n    新时限: 2021-09-30\n"
        "    理由: 等待批复\n    批准人: 局党组\n"
    )
    write_ledger(tmp_path, {"01": finding(extension)})
    here = ("--ledger", str(tmp_path))
    before = zhenggai("show", "1", *here, "--today", "2021-03-31").out
    after = zhenggai("show", "1", *here, "--today", "2021-04-01").out
    assert "整改时限  2021-06-30\n" in before
    assert "整改时限  2021-09-30（延期1次，原为2021-06-30）\n" in after
