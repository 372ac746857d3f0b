"""Dates on a command line without a year: which day was taken is said before it is written."""

from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger

_TODAY = "2021-03-10"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    findings = {
        "01": finding("措施:\n  - 内容: 修订制度\n", 问题="公车管理不规范", 整改时限="2021-04-30"),
        "02": finding(问题="学习不经常", 整改时限="2021-04-30"),
    }
    return write_ledger(tmp_path, findings, inspection(反馈日期="2020-12-01"))


def _run(zhenggai: Zhenggai, ledger: Path, *words: str) -> Outcome:
    return zhenggai(*words, "--ledger", str(ledger), "--today", _TODAY)


def test_what_happened_without_a_year_is_the_last_such_day(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    code, _, said = _run(zhenggai, ledger, "log", "1-2", "制度尚未报送", "--on", "3月5日")
    assert (code, said) == (0, "--on“3月5日”按2021-03-05计算\n")
    assert "日期: 2021-03-05" in (ledger / "02.yaml").read_text(encoding="utf-8")


def test_the_end_of_a_month_that_is_past_is_a_day_something_happened_on(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    code, _, said = _run(zhenggai, ledger, "log", "2", "制度尚未报送", "--on", "2月底")
    assert (code, said) == (0, "--on“2月底”按2021-02-28计算\n")
    assert "日期: 2021-02-28" in (ledger / "02.yaml").read_text(encoding="utf-8")


def test_a_day_on_no_calendar_and_one_too_far_are_told_so(zhenggai: Zhenggai, ledger: Path) -> None:
    code, _, said = _run(zhenggai, ledger, "done", "1.1", "--on", "2月30日")
    assert (code, said.partition("；")[0]) == (2, "错误：--on：日历上没有“2月30日”这一天")
    words = ("extend", "1", "+1000000", "--reason", "待上会", "--approved-by", "局党组")
    code, _, said = _run(zhenggai, ledger, *words)
    told = "错误：新时限：“+1000000”太远，数字最大写到3660"
    assert (code, said.partition("；")[0]) == (2, told)


def test_a_deadline_without_a_year_is_the_first_such_day(zhenggai: Zhenggai, ledger: Path) -> None:
    given = ("--reason", "待上会", "--approved-by", "局党组")
    code, _, said = _run(zhenggai, ledger, "extend", "1", "一季度末", *given)
    assert code == 4
    assert said.startswith("新时限“一季度末”按2021-03-31计算\n")
    code, _, said = _run(zhenggai, ledger, "extend", "1", "年底前", *given)
    assert (code, said.splitlines()[0]) == (0, "新时限“年底前”按2021-12-31计算")
    assert "新时限: 2021-12-31" in (ledger / "01.yaml").read_text(encoding="utf-8")


def test_a_day_with_its_year_needs_no_telling(zhenggai: Zhenggai, ledger: Path) -> None:
    code, _, said = _run(zhenggai, ledger, "done", "1.1", "--on", "2021年3月5日")
    assert (code, said) == (0, "")


def test_working_days_are_counted_by_the_days_off(zhenggai: Zhenggai, ledger: Path) -> None:
    words = ("report", "1", "已起草", "--expected", "11个工作日后", "--ledger", str(ledger))
    _, _, said = zhenggai(*words, "--today", "2024-03-20")
    assert said == "--expected“11个工作日后”按2024-04-07计算\n"  # a Sunday that is worked
    _, _, said = zhenggai(*words, "--today", _TODAY)
    about = "没有这一段的放假安排，工作日按周一至周五推算，日期为约数"
    assert said == f"{about}\n--expected“11个工作日后”按2021-03-25计算\n"


def test_what_is_no_day_is_told_with_the_ways_to_write_one(
    zhenggai: Zhenggai, ledger: Path
) -> None:
    code, _, said = _run(zhenggai, ledger, "done", "1.1", "--on", "不久前")
    assert code == 2
    assert said.startswith("错误：--on：日期“不久前”的格式无法识别；写成 2021-05-01、")
    assert said.endswith("，或 3月31日、昨天、上周五、3天前\n")


def test_what_has_not_happened_is_refused(zhenggai: Zhenggai, ledger: Path) -> None:
    code, _, said = _run(zhenggai, ledger, "done", "1.1", "--on", "明天")
    assert (code, said) == (4, "--on“明天”按2021-03-11计算\n" + said.partition("\n")[2])
    assert "尚未发生的事不能登记" in said
