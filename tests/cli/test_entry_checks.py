"""What is said when something is entered that `check` would warn of: in the words of `check`."""

from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import finding, inspection, read_whole, write_ledger

_MEASURES = "措施:\n  - 内容: 完善制度\n  - 内容: 少开会\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    about = inspection("巡察开始: 2021-01-10\n")
    return write_ledger(tmp_path / "台账", {"01": finding(_MEASURES, 问题="会议过多")}, about)


def _run(zhenggai: Zhenggai, root: Path, *words: str) -> Outcome:
    return zhenggai(*words, "--ledger", str(root), "--today", "2021-05-18")


def test_a_new_finding_is_told_what_check_says_of_the_values_typed(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    words = ("--department", "办公室室/人事科", "--due", "2021-01-31")
    done = _run(zhenggai, ledger, "new", "会议、过多", *words)
    assert done.code == 0
    assert done.err.splitlines() == [
        "提醒：与问题01的文字相同；核对是否重复登记，或改写其中一处（R428）",
        "提醒：整改时限2021-01-31早于反馈日期2021-02-01；核对年份和月份（R418）",
    ]
    assert read_whole(ledger, "台账")[0].findings[1].departments == ("办公室室", "人事科")
    done = _run(zhenggai, ledger, "new", "文件过多", "--department", "人事股")
    assert done.err == (
        "提醒：责任科室“人事股”与问题02的“人事科”相近；核对是不是同一个科室（R456）\n"
    )


def test_what_is_put_right_at_once_may_be_due_and_done_before_the_feedback(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    done = _run(zhenggai, ledger, "new", "灯不亮", "--kind", "立行立改", "--due", "2021-01-31")
    assert (done.code, done.err) == (0, "")
    done = _run(zhenggai, ledger, "new", "门不开", "--kind", "立行立改", "--due", "2020-12-31")
    assert done.err == (
        "提醒：整改时限2020-12-31早于巡察开始日期2021-01-10；核对年份和月份（R418）\n"
    )


def test_a_step_is_told_what_check_would_newly_warn_of(zhenggai: Zhenggai, ledger: Path) -> None:
    early = ("done", "1.1", "--on", "2021-01-20", "--outcome", "修订制度1项")
    assert _run(zhenggai, ledger, *early).err == (
        "提醒（问题01）：完成日期2021-01-20早于反馈日期2021-02-01；"
        "核对日期；边巡边改的，类型写“立行立改”（R422）\n"
    )
    visit = ("log", "1", "制度尚未报送", "--by", "整改办")
    assert _run(zhenggai, ledger, *visit).err == ""
    for _ in range(2):
        assert _run(zhenggai, ledger, *visit).err == (
            "提醒（问题01）：2021-05-18的督查与第1条记录完全相同；核对是否登记了两遍（J550）\n"
        )
    assert _run(zhenggai, ledger, *visit[:2], "报送了", "--by", "整改办").err == ""
