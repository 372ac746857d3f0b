"""The days of a whole inspection: 集中整改 from the day after the feedback, papers to send in."""

from datetime import date
from typing import Any

import pytest

from decoded import decoded
from zhenggai.ledger.milestones import concentration, outstanding, pressing
from zhenggai.ledger.register import RegisterHead, head
from zhenggai.ledger.working_days import Calendar
from zhenggai.model.days_off import NONE_KNOWN
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.terms import InspectionKind
from zhenggai.views import phrases


def _head(**keys: Any) -> RegisterHead:
    about = decoded(Inspection, {"格式": 2, "反馈日期": "2021-02-01"} | keys)
    made = head(about)
    return made._replace(terms=made.terms._replace(calendar=Calendar(NONE_KNOWN)))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-01-31", ""),
        ("2021-02-01", "集中整改期从明天起算，剩89天（2021-05-01截止）"),
        ("2021-02-02", "集中整改期第1天，剩88天（2021-05-01截止）"),
        ("2021-04-30", "集中整改期第88天，剩1天（2021-05-01截止）"),
        ("2021-05-01", "集中整改期第89天，今天（2021-05-01）截止"),
        ("2021-05-02", "集中整改期已于2021-05-01结束，过了1天"),
    ],
)
def test_the_first_day_is_the_one_after_the_feedback(day: str, said: str) -> None:
    whole = _head(集中整改截止="2021-05-01")
    assert phrases.concentration(concentration(whole, date.fromisoformat(day))) == said


def test_no_end_is_assumed() -> None:
    assert concentration(_head(), date(2021, 3, 1)) is None
    assert outstanding(_head(), date(2021, 3, 1)) == []
    undated = _head(反馈日期=None, 集中整改截止="2021-05-01")
    said = phrases.concentration(concentration(undated, date(2021, 4, 30)))
    assert said == "集中整改期剩1天（2021-05-01截止）"


def test_the_end_is_moved_from_days_off_like_other_deadlines() -> None:
    earlier = _head(集中整改截止="2021-05-01", 整改报告报送截止="2021-05-09", 时限逢休="提前")
    period = concentration(earlier, date(2021, 4, 29))
    assert period is not None
    assert (period.until, period.days_left) == (date(2021, 4, 30), 1)
    [report] = outstanding(earlier, date(2021, 4, 29))
    assert report.due == date(2021, 5, 7)


_DUE = {"整改方案报送截止": "2021-03-05", "整改报告报送截止": "2021-05-10"}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-02-12", []),
        ("2021-02-13", ["整改方案报送截止2021-03-05，距截止20天"]),
        ("2021-03-05", ["整改方案报送截止2021-03-05，今天截止"]),
        ("2021-03-06", ["整改方案报送截止2021-03-05，已过1天，未登记报送日期"]),
    ],
)
def test_a_paper_is_told_of_when_a_warning_is_due(day: str, said: list[str]) -> None:
    found = pressing(_head(**_DUE), date.fromisoformat(day))
    assert [phrases.outstanding(one) for one in found] == said


def test_it_is_near_by_the_table_of_warnings_in_working_days_too() -> None:
    table = [{"等级": "橙", "颜色": "橙", "天数": "3个工作日"}]
    whole = _head(**_DUE, 预警等级=table)  # 2021-03-05 is a Friday
    assert pressing(whole, date(2021, 3, 1)) == []
    [plan] = pressing(whole, date(2021, 3, 2))
    assert plan.level is not None
    assert (plan.level.name, plan.days_left) == ("橙", 3)


def test_what_was_sent_in_is_outstanding_until_that_day() -> None:
    whole = _head(**_DUE, 整改方案={"报送日期": "2021-03-08"})
    assert [one.name for one in outstanding(whole, date(2021, 3, 7))] == ["整改方案", "整改报告"]
    assert [one.name for one in outstanding(whole, date(2021, 3, 8))] == ["整改报告"]


@pytest.mark.parametrize("written", ["回头看", "“回头看”", '"回头看"'])
def test_a_kind_may_stand_in_the_quotes_that_it_is_printed_in(written: str) -> None:
    assert _head(巡察类型=written).kind is InspectionKind.LOOK_BACK


def test_a_meeting_is_a_day_or_a_day_with_words() -> None:
    alone = decoded(Inspection, {"专题民主生活会": "2021-03-20"}).democratic_meeting
    told = decoded(Inspection, {"专题民主生活会": {"日期": "2021-03-20", "情况": "已召开"}})
    assert alone is not None
    assert told.democratic_meeting is not None
    assert alone.on == told.democratic_meeting.on == date(2021, 3, 20)
    assert told.democratic_meeting.note == "已召开"
