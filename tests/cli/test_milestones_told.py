"""What `status`, `check` and the papers say of the days of a whole inspection."""

import json
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger
from zhenggai.notice.finding_views import dated

ABOUT = inspection(
    "格式: 2\n轮次: 十四届县委第五轮\n巡察类型: 专项巡察\n"
    "集中整改截止: 2021-05-31\n集中整改截止依据: 3号\n"
    "整改方案报送截止: 2021-03-01\n整改方案报送截止依据: 3号\n"
    "整改报告报送截止: 2021-05-20\n整改报告报送截止依据: 3号\n"
    "整改办: 局机关党委\n联系人: 局办公室\n"
)
PERIOD = "集中整改期第106天，剩13天（2021-05-31截止）。"
PLAN = "整改方案报送截止2021-03-01，已过78天，未登记报送日期。"
REPORT = "整改报告报送截止2021-05-20，距截止2天。"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(tmp_path / "农业局"))
    return write_ledger(tmp_path / "农业局", {"01": finding(整改时限="2021-05-20")}, ABOUT)


def test_status_tells_of_them(ledger: Path, zhenggai: Zhenggai) -> None:
    told = zhenggai("status").out
    assert "\n十四届县委第五轮，县委第二巡察组专项巡察，2021-02-01反馈" in told
    assert f"\n{PERIOD}\n{PLAN}\n{REPORT}\n措施完成率" in told
    markdown = zhenggai("status", "--format", "markdown").out
    assert all(one.replace("-", "\\-") in markdown or one in markdown for one in (PERIOD, PLAN))
    [of_ledger] = json.loads(zhenggai("status", "--format", "json").out)["ledgers"]
    assert of_ledger["concentration"] == {"day": 106, "until": "2021-05-31", "days_left": 13}
    assert (of_ledger["round"], of_ledger["inspection_kind"]) == ("十四届县委第五轮", "special")
    plan, report = of_ledger["outstanding"]
    assert (plan["paper"], plan["days_left"], plan["warning_colour"]) == ("整改方案", -78, "red")
    assert (report["paper"], report["days_left"], report["warning"]) == ("整改报告", 2, "3天预警")
    assert ledger.is_dir()


def test_of_several_ledgers_only_the_papers_are_told_of(ledger: Path, zhenggai: Zhenggai) -> None:
    write_ledger(ledger.parent / "水利局", {}, inspection(被巡察单位="县水利局党组"))
    told = zhenggai("status", "--ledger", str(ledger.parent)).out
    assert f"\n农业局：{PLAN}\n农业局：{REPORT}\n" in told
    assert "集中整改期" not in told


def test_papers_tell_of_them_and_of_who_runs_it(ledger: Path, zhenggai: Zhenggai) -> None:
    bulletin = zhenggai("announce", "--template", "bulletin").out
    assert dated(PERIOD) in bulletin
    assert dated(PLAN + REPORT) in bulletin
    assert "前报局机关党委" in bulletin
    letter = zhenggai("announce", "--template", "letter").out
    assert "联系人：局办公室" in letter
    assert ledger.is_dir()


def test_what_is_sent_in_is_told_of_no_more(ledger: Path, zhenggai: Zhenggai) -> None:
    about = ledger / "inspection.yaml"
    sent = "整改方案: {报送日期: 2021-02-26}\n整改报告: {报送日期: 2021-05-18}\n"
    about.write_text(ABOUT + sent, encoding="utf-8")
    assert "报送截止" not in zhenggai("status").out
    assert not [code for code in ("R441", "R442", "R443") if code in zhenggai("check").out]
