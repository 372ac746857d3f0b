"""Who leads and who assists, where a finding comes from, of which category it is."""

import json
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

FILES = {
    "01": finding(问题="会议过多", 配合科室="人事科、财务科", 领办="党组书记", 问题类别="制度执行"),
    "02": finding(
        问题="学习不够",
        来源="立行立改通知书",
        来源文号="县委巡察组立改〔2021〕3号",
        问题类别="制度执行",
        合并整改="01",
    ),
    "03": finding(问题="台账不全", 问题类别="财务管理"),
}
ABOUT = inspection("格式: 2\n反馈问题数: 2\n问题类别: [财务管理, 制度执行, 作风]\n")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(tmp_path / "台账"))
    return write_ledger(tmp_path / "台账", FILES, ABOUT)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("--assisting 财务科", "01"),
        ("--department 财务科", ""),
        ("--category 制度", "01 02"),
        ("--led-by 书记", "01"),
        ("--source 立行立改通知书", "02"),
        ("--source 反馈意见", "01 03"),
    ],
)
def test_a_list_keeps_to_what_is_asked_for(
    ledger: Path, zhenggai: Zhenggai, words: str, ids: str
) -> None:
    assert ledger.is_dir()
    found = json.loads(zhenggai("list", *words.split(), "--format", "json").out)["findings"]
    assert " ".join(one["id"] for one in found) == ids


def test_what_a_finding_says_is_in_its_json_and_its_sheet(ledger: Path, zhenggai: Zhenggai) -> None:
    [first, second, third] = json.loads(zhenggai("list", "--format", "json").out)["findings"]
    assert (first["assisting"], first["led_by"]) == (["人事科", "财务科"], "党组书记")
    assert (second["source"], second["handled_with"]) == ("on_the_spot", "01")
    assert (third["source"], third["assisting"], third["led_by"]) == ("feedback", [], None)
    sheet = zhenggai("show", "1").out
    assert "责任科室  牵头：办公室；配合：人事科、财务科\n" in sheet
    assert "领办      党组书记\n" in sheet
    assert "来源" not in sheet
    assert (
        "来源      立行立改通知书\n来源文号  县委巡察组立改〔2021〕3号\n"
        in zhenggai("show", "2").out
    )
    assert ledger.is_dir()


def test_categories_are_counted_in_the_order_declared(ledger: Path, zhenggai: Zhenggai) -> None:
    told = json.loads(zhenggai("status", "--by", "问题类别", "--format", "json").out)
    assert told["by"] == "category"
    counts = [(row["label"], row["count"]) for row in told["rows"]]
    assert counts == [("财务管理", 1), ("制度执行", 2), ("作风", 0)]
    assert ledger.is_dir()


def test_only_what_was_fed_back_is_compared_and_published(ledger: Path, zhenggai: Zhenggai) -> None:
    assert "R404" not in zhenggai("check").out
    assert "来源不是反馈意见的1个，不写进通报，不计入反馈问题数。" in zhenggai("status").out
    notice = zhenggai("announce").out
    assert ("会议过多" in notice, "学习不够" in notice) == (True, False)
    assert (
        "学习不够"
        in zhenggai("announce", "--template", "清单").out
        + zhenggai("announce", "--template", "lists", "--internal").out
    )
    # The feedback is complete; what comes from elsewhere may still be entered, and taken out.
    assert zhenggai("new", "值班不落实").code == 4
    words = ("--source", "上级督查", "--source-number", "县委督查〔2021〕5号")
    assert zhenggai("new", "值班不落实", *words).code == 0
    written = (ledger / "04.yaml").read_text(encoding="utf-8")
    assert "来源: 上级督查\n来源文号: 县委督查〔2021〕5号\n" in written
    assert zhenggai("void", "2", "--reason", "误登").code == 0
    assert zhenggai("void", "1", "--reason", "误登").code == 4


def test_completion_knows_the_names(ledger: Path, zhenggai: Zhenggai) -> None:
    offered = {
        option: zhenggai("complete-words", "3", "zhenggai", "list", option, "").out
        for option in ("--assisting", "--category", "--led-by", "--source")
    }
    assert offered["--assisting"] == "人事科\t1个问题\n财务科\t1个问题\n"
    assert offered["--category"] == "制度执行\t2个问题\n财务管理\t1个问题\n"
    assert offered["--led-by"] == "党组书记\t1个问题\n"
    assert "信访交办" in offered["--source"]
    assert ledger.is_dir()


def test_papers_say_who_leads_and_who_assists(ledger: Path, zhenggai: Zhenggai) -> None:
    form = zhenggai("announce", "--template", "approval", "--finding", "1").out
    assert "| 责任科室 | 牵头：办公室；配合：人事科、财务科 |" in form
    assert ledger.is_dir()
