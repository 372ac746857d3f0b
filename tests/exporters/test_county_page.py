"""The board of many ledgers: its figures are the sums of theirs, and it fits what it promises."""

import re
from datetime import date

import pytest

from decoded import decoded
from examples import finding, ledger, measure
from many_units import COUNTY_DAY, county_days
from zhenggai.exporters.board_page import county
from zhenggai.ledger.standing import LedgerOnDay, lines
from zhenggai.ledger.summary import counted, tally
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.views.county_content import MOST_RED, MOST_ROUNDS, CountyBoard, county_texts


def _board(units: int = 60) -> CountyBoard:
    return CountyBoard(county_days(units))


def test_the_figures_are_the_sums_of_the_ledgers() -> None:
    board = _board()
    every = [line for day in board.days for line in day.lines]
    assert board.total.tally == tally("", every)
    assert sum(one.tally.count for one in board.rounds) == board.total.tally.count
    assert sum(one.units for one in board.rounds) == 60
    assert sum(one.tally.overdue for one in board.units) == board.total.tally.overdue
    card = {one.name: one.number for one in board.cards}
    assert card["完成"] + card["基本完成"] + card["未完成"] == card["问题"] == 420


def test_it_is_compared_with_the_end_of_the_month_before() -> None:
    board = _board()
    assert board.month_end == date(2021, 4, 30)
    then = [line for day in board.days for line in lines(day.register, date(2021, 4, 30))]
    was = tally("", counted(then))
    now = board.total.tally
    assert board.total.more_closed == now.closed - was.closed == 30
    assert board.total.more_overdue == now.overdue - was.overdue
    page = county(board)
    assert f'<td class="n change">+{board.total.more_closed}</td>' in page


def test_of_many_rounds_the_earliest_are_put_together() -> None:
    rounds = _board().rounds
    assert len(rounds) == MOST_ROUNDS
    assert rounds[0].name == "十四届县委第7轮常规巡察"
    assert rounds[-1].name == "以前各轮"
    assert [one.name for one in _board(3).rounds] == [
        "十四届县委第3轮常规巡察",
        "十四届县委第1轮常规巡察",
        "十四届县委第2轮常规巡察",
    ]


def test_the_days_left_are_those_of_the_units_still_in_their_period() -> None:
    board = _board(3)
    left = {one.name: one.left for one in board.rounds}
    assert left["十四届县委第1轮常规巡察"] == "已结束"
    assert left["十四届县委第3轮常规巡察"] == "16天"
    assert _board(21).total.left.endswith("个已结束")


def test_the_red_units_are_the_worst_and_the_others_are_counted() -> None:
    board = _board()
    worst = board.red_units
    assert len(worst) == MOST_RED
    assert min(one.tally.overdue for one in worst) >= max(
        (one.tally.overdue for one in board.units[MOST_RED:]), default=0
    )
    late = sum(1 for one in board.units if one.tally.overdue)
    assert board.more_red == late - MOST_RED
    assert f"另有{board.more_red}个单位有逾期的问题" in county(board)


def test_a_kind_is_common_that_three_units_have_and_two_rounds_of_one_unit_are_one() -> None:
    def of(unit: str, round_name: str) -> LedgerOnDay:
        about = decoded(
            Inspection, {"反馈日期": "2021-02-01", "被巡察单位": unit, "轮次": round_name}
        )
        one = finding(问题类别="财务管理")
        return LedgerOnDay(Ledger(f"{unit}{round_name}", "", about, (one,)), COUNTY_DAY)

    twice = [of("甲局", "第一轮"), of("甲局", "第二轮"), of("乙局", "第一轮")]
    assert CountyBoard(twice).common == []
    [kind] = CountyBoard([*twice, of("丙局", "第二轮")]).common
    assert (kind.name, kind.units, kind.findings) == ("财务管理", 3, 4)


def test_units_of_one_name_are_told_apart_by_their_ledgers() -> None:
    about = decoded(Inspection, {"反馈日期": "2021-02-01", "被巡察单位": "农业局"})
    days = [
        LedgerOnDay(Ledger(name, "", about, (finding(),)), COUNTY_DAY) for name in ("东片", "西片")
    ]
    names = {one.name for one in CountyBoard(days).units}
    assert names == {"农业局（东片）", "农业局（西片）"}


def test_results_assessments_and_silence_are_told() -> None:
    page = county(_board())
    assert "<b>525.021</b>万元" in page
    assert "<b>840</b>项（新建420，修订420）" in page
    assert "批评教育<b>1260</b>" in page
    assert "已评估<b>60</b>个单位：一般20，好20，较好20；退回重改12个问题" in page
    assert "满意率<b>81.1%</b>（满意1800，基本满意300，不满意120，共2220票）" in page
    assert "整改报告（迟17天）" in page
    assert "屡改屡犯 <b>15</b>" in page
    assert "需协调事项 <b>40</b>" in page
    assert "先列提出最早的5件，另有35件" in page


def test_a_unit_is_silent_that_reported_nothing_for_a_supervision_period() -> None:
    about = decoded(Inspection, {"反馈日期": "2021-05-15", "被巡察单位": "新近局"})
    new = LedgerOnDay(Ledger("新", "", about, (finding(),)), COUNTY_DAY)
    done = [{"日期": "2021-03-01", "事项": "销号", "批准人": "局党组"}]
    closed = finding(措施=[measure(done="2021-02-20")], 记录=done)
    finished = LedgerOnDay(ledger(closed), COUNTY_DAY)
    idle = LedgerOnDay(ledger(finding()), COUNTY_DAY)
    assert len(CountyBoard([new, finished]).silent_units) == 0
    assert len(CountyBoard([new, finished, idle]).silent_units) == 1


def test_it_has_no_script_nothing_from_outside_and_no_words_of_a_ledger_as_markup() -> None:
    evil = "</p><script>alert(1)</script>\u202e<img src=x onerror=alert(2)>"
    about = decoded(
        Inspection, {"反馈日期": "2021-02-01", "被巡察单位": evil[:60], "轮次": evil[:60]}
    )
    one = finding(
        问题=evil[:100],
        问题类别=evil[:60],
        处理人员={evil[:30]: 1},
        记录=[{"日期": "2021-03-01", "事项": "进展", "情况": "无", "需协调事项": evil}],
    )
    page = county(
        CountyBoard([LedgerOnDay(Ledger("x", "", about, (one,)), COUNTY_DAY)], title=evil)
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert 'style="' not in page
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'", page)
    assert "http" not in page.replace("http-equiv", "")


def test_nobody_is_named_and_no_finding_listed_that_does_not_press() -> None:
    page = county(_board())
    assert "办公室" not in page
    assert "第5项管理不规范" not in page
    assert "内部资料，注意保管" in page


def test_what_is_checked_before_it_is_written_is_all_that_is_shown() -> None:
    board = _board()
    page, texts = county(board), county_texts(board)
    for words in (*(one.words for one in board.asked), *(one.title for one in board.repeated)):
        assert words in texts
        assert words in page


@pytest.mark.parametrize("units", [1, 60])
def test_the_same_ledgers_give_the_same_page(units: int) -> None:
    assert county(_board(units)) == county(_board(units))


def test_more_units_than_there_is_room_for_are_not_listed() -> None:
    assert "各单位 " in county(_board(60))
    assert "各单位 " not in county(_board(61))
