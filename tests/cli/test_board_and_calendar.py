"""`board` and `calendar`: which file, which ledger, and what is not written."""

import re
from pathlib import Path

import pytest

from commandline import SAMPLE, Zhenggai
from ledger_files import finding, inspection, write_ledger

TODAY = "2021-05-18"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with a finding that is not public, and the working folder beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", TODAY)
    monkeypatch.setenv("ZHENGGAI_LEDGER", "台账")
    hidden = finding("公开: 否\n不公开理由: 涉及工作秘密\n", 问题="柜子没锁")
    about = inspection("格式: 2\n标识: 2021-县委-农业局\n")
    return write_ledger(tmp_path / "台账", {"01": finding(), "02": hidden}, about)


def test_the_board_has_what_is_not_public_and_says_it_is_internal(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    outcome = zhenggai("board", "-o", "看板.html")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "已写入看板.html：2个问题\n")
    page = (ledger.parent / "看板.html").read_text(encoding="utf-8")
    assert "柜子没锁" in page
    assert '<p class="marking">内部资料</p>' in page


def test_for_the_public_it_says_how_many_are_left_out(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("board", "-o", "看板.html", "--public", "--title", "整改公开")
    assert outcome.err.endswith("有1个不公开的问题未写入文字，数字照样计入\n")
    page = (ledger.parent / "看板.html").read_text(encoding="utf-8")
    assert "<title>整改公开</title>" in page
    assert "柜子没锁" not in page
    assert "内部资料" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("board -o 看板.pdf", "看板是网页；“看板.pdf”换成 看板.html 这样的文件名"),
        ("board -o 台账", "“台账”是文件夹；写上文件名，如 台账/看板.html"),
        ("board -o a.html --public --internal", "--public 和 --internal 只能用一个"),
        ("board -o a.html --public --marking 内部资料", "对外的看板不标内部资料或工作秘密"),
        ("calendar -o 时限.txt", "日历文件以 .ics 结尾；“时限.txt”换成 时限.ics 这样的文件名"),
        ("calendar -o a.ics --owner 张三", "没有责任人是“张三”的问题；现有：办公室负责人"),
        ("calendar -o a.ics --department 财务科", "没有责任科室是“财务科”的问题；现有：办公室"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    ledger: Path, zhenggai: Zhenggai, words: str, said: str
) -> None:
    outcome = zhenggai(*words.split())
    assert outcome.code == 2
    assert said in outcome.err
    assert [one.name for one in ledger.parent.iterdir()] == ["台账"]


@pytest.mark.parametrize("words", ["board -o a.html", "calendar -o a.ics --titles"])
@pytest.mark.parametrize("title", ["已将问题线索移交", "联系13912345678办理"])
def test_cases_and_private_numbers_are_not_written(
    ledger: Path, zhenggai: Zhenggai, words: str, title: str
) -> None:
    write_ledger(ledger, {"01": finding(问题=title)}, "")
    assert zhenggai(*words.split()).code in (3, 4)
    assert [one.name for one in ledger.parent.iterdir()] == ["台账"]


def test_the_calendar_leaves_out_what_is_not_public(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("calendar", "-o", "时限.ics")
    assert outcome.code == 0
    assert outcome.err == "已写入时限.ics：1条\n有1个不公开的问题未写入；要写的，加 --internal\n"
    whole = zhenggai("calendar", "-o", "时限.ics", "--internal", "--titles")
    assert whole.err == "已写入时限.ics：2条\n"
    assert "柜子没锁" in (ledger.parent / "时限.ics").read_text(encoding="utf-8")


def test_a_calendar_needs_a_name_that_lasts(ledger: Path, zhenggai: Zhenggai) -> None:
    write_ledger(ledger, {}, inspection("格式: 2\n"))
    outcome = zhenggai("calendar", "-o", "时限.ics")
    assert outcome.code == 4
    assert "没有“标识”" in outcome.err


def test_the_cards_say_what_status_says(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    where = ("--ledger", str(SAMPLE), "--today", TODAY)
    said = zhenggai("status", *where).out
    assert zhenggai("board", "-o", "看板.html", *where).code == 0
    page = Path("看板.html").read_text(encoding="utf-8")
    figures = re.findall(r'<p class="figure">(\d+)<', page)
    for name, figure in zip(("临期", "进展缓慢"), figures[1:3], strict=True):
        assert f"{name}问题{figure}个" in said
    assert "没有逾期" in said or figures[0] == "0"
