"""The one table of warnings: which level a finding has on a day, and what loosens the table."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decoded import decoded
from examples import THREE_STEPS, application, closing, finding, long_term, measure, on
from random_findings import DAYS, findings, inspections
from zhenggai.api import standing
from zhenggai.ledger.warning_levels import OVERDUE, Level, is_loosened, levels, of_days
from zhenggai.model.dates import DateTextError, Lead, parse_lead
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Colour, Timing


def level(name: str, colour: str, days: str, to: str | None = "责任科室") -> dict[str, Any]:
    return {"等级": name, "颜色": colour, "天数": days} | ({"发至": to} if to else {})


def table(*rows: dict[str, Any]) -> Inspection:
    """Give an inspection with a table of its own; due on Friday 2021-04-30 is `finding()`."""
    return decoded(Inspection, {"格式": 2, "反馈日期": "2021-02-01", "预警等级": list(rows)})


OWN = table(
    level("黄色预警", "黄", "10天"),
    level("橙色预警", "橙", "3个工作日", "责任科室、责任领导"),
    level("红色预警", "红", "逾期"),
    level("特急", "红", "逾期7天", "党组书记"),
)


@pytest.mark.parametrize(
    ("text", "lead", "written"),
    [
        ("10", Lead(10), "10天"),
        ("提前10天", Lead(10), "10天"),
        ("0", Lead(0), "0天"),
        ("3个工作日", Lead(3, working=True), "3个工作日"),
        ("3工作日", Lead(3, working=True), "3个工作日"),
        ("逾期", Lead(-1), "逾期"),
        ("逾期1天", Lead(-1), "逾期"),
        ("逾期 7 天", Lead(-7), "逾期7天"),
    ],
)
def test_a_lead_is_read_as_people_write_it(text: str, lead: Lead, written: str) -> None:
    assert parse_lead(text) == lead
    assert str(lead) == written
    assert parse_lead(written) == lead


@pytest.mark.parametrize(
    "text", ["", "提前", "逾期0天", "逾期3个工作日", "很快", "-3", "3661天", "三天"]
)
def test_anything_else_is_no_lead(text: str) -> None:
    with pytest.raises(DateTextError):
        parse_lead(text)


@pytest.mark.parametrize(
    ("days", "colours"),
    [
        ([], "红"),
        ([10], "红黄"),
        ([20, 10], "红橙黄"),
        ([20, 10, 3], "红橙黄蓝"),
        ([30, 20, 10, 3], "红橙黄蓝蓝"),
        ([10, 10, 10], "红黄"),
    ],
)
def test_days_alone_are_levels_of_their_own(days: list[int], colours: str) -> None:
    said = levels(decoded(Inspection, {"预警天数": days}))
    assert "".join(one.colour for one in said) == colours
    assert said == of_days(days)
    assert [one.lead.days for one in said] == [-1, *sorted(set(days))]


def test_without_either_the_days_are_twenty_ten_and_three() -> None:
    assert levels(Inspection()) == of_days([20, 10, 3])
    assert [one.name for one in levels(Inspection())] == ["逾期", "3天预警", "10天预警", "20天预警"]


def test_a_table_is_put_in_order_and_has_a_level_for_what_is_overdue() -> None:
    assert [one.name for one in levels(OWN)] == ["特急", "红色预警", "橙色预警", "黄色预警"]
    assert levels(table(level("黄", "黄", "10"))) == (
        OVERDUE,
        Level("黄", Colour.YELLOW, Lead(10), ("责任科室",)),
    )
    assert levels(table(level("特急", "红", "逾期7天")))[1] == OVERDUE
    assert levels(table()) == (OVERDUE,)


@pytest.mark.parametrize(
    ("day", "name", "timing", "threshold"),
    [
        ("2021-04-19", None, Timing.STALE, None),
        ("2021-04-20", "黄色预警", Timing.DUE_SOON, 10),
        # 2021-04-25 is a Sunday, and worked; without that knowledge Tuesday is three days before.
        ("2021-04-26", "黄色预警", Timing.DUE_SOON, 10),
        ("2021-04-27", "橙色预警", Timing.DUE_SOON, 3),
        ("2021-04-30", "橙色预警", Timing.DUE_SOON, 3),
        ("2021-05-01", "红色预警", Timing.OVERDUE, None),
        ("2021-05-06", "红色预警", Timing.OVERDUE, None),
        ("2021-05-07", "特急", Timing.OVERDUE, None),
    ],
)
def test_a_finding_has_the_gravest_level_reached(
    day: str, name: str | None, timing: Timing, threshold: int | None
) -> None:
    state = on(day, finding(), OWN)
    assert (state.level and state.level.name, state.timing) == (name, timing)
    assert state.threshold == threshold


def test_what_is_applied_for_or_closed_has_no_level() -> None:
    applied = finding(措施=[measure(done="2021-04-01")], 记录=[application("2021-04-28")])
    assert on("2021-05-20", applied, THREE_STEPS).level is None
    assert on("2021-04-29", finding(记录=[closing("2021-04-28")]), OWN).level is None


def test_what_is_told_of_a_level_in_json() -> None:
    said = on("2021-04-28", finding(), OWN).as_dict()
    assert (said["warning"], said["warning_colour"]) == ("橙色预警", Colour.ORANGE)
    assert said["warning_to"] == ("责任科室", "责任领导")
    said = on("2021-03-01", finding(), OWN).as_dict()
    assert (said["warning"], said["warning_colour"], said["warning_to"]) == (None, None, ())
    assert "level" not in said


def test_a_review_is_not_warned_of_for_most_of_its_cycle_in_working_days_either() -> None:
    rows = (level("早", "蓝", "5个工作日"), level("近", "黄", "2个工作日"))
    weekly = long_term(检视周期="每周")  # next on Monday 2021-03-08
    assert on("2021-03-04", weekly, table(*rows)).level == Level(
        "近", Colour.YELLOW, Lead(2, working=True), ("责任科室",)
    )
    assert on("2021-03-03", weekly, table(*rows)).level is None


@given(findings(), inspections(), DAYS)
def test_the_level_says_the_timing(subject: Finding, inspection: Inspection, day: date) -> None:
    state = standing(subject, day, inspection)
    if state.level is None:
        assert state.timing in (Timing.NORMAL, Timing.STALE)
    else:
        assert (state.timing is Timing.DUE_SOON) == state.level.is_early
        assert (state.timing is Timing.OVERDUE) == (state.level.lead.days < 0)


@given(st.lists(st.integers(0, 40), max_size=5), st.integers(-60, 60))
def test_days_in_a_table_mean_what_days_alone_mean(days: list[int], ahead: int) -> None:
    short = decoded(Inspection, {"格式": 2, "预警天数": days})
    rows = [level(f"{one}", "黄", str(one)) for one in dict.fromkeys(days)]
    whole = decoded(Inspection, {"格式": 2, "预警等级": rows})
    day = date(2021, 4, 30) - timedelta(ahead)
    one, other = standing(finding(), day, short), standing(finding(), day, whole)
    assert (one.timing, one.threshold) == (other.timing, other.threshold)


_BASE = (level("黄", "黄", "10天", "责任科室、责任领导"), level("橙", "橙", "3个工作日"))


@pytest.mark.parametrize(
    ("new", "loosened"),
    [
        (_BASE, False),
        (tuple(reversed(_BASE)), False),
        ((_BASE[0],), True),
        ((), True),
        ((level("黄", "黄", "9天", "责任科室、责任领导"), _BASE[1]), True),
        ((level("黄", "黄", "15天", "责任科室、责任领导"), _BASE[1]), False),
        ((level("黄", "蓝", "10天", "责任科室、责任领导"), _BASE[1]), True),
        ((level("黄", "橙", "10天", "责任科室、责任领导"), _BASE[1]), False),
        ((level("黄", "黄", "10天", "责任领导"), _BASE[1]), True),
        ((level("黄", "黄", "10天", None), _BASE[1]), True),
        ((level("改名", "黄", "10天", "责任科室、责任领导"), _BASE[1]), False),
        ((*_BASE, level("蓝", "蓝", "20天")), False),
        ((*_BASE, level("蓝", "蓝", "5天")), True),
        ((_BASE[0], level("橙", "橙", "3天")), True),
        ((_BASE[0], level("橙", "橙", "2个工作日")), True),
        # Seven days before the deadline 责任领导 would hear of it no more.
        ((_BASE[0], level("橙", "橙", "5个工作日")), True),
        ((*_BASE, level("红", "红", "逾期")), False),
        ((*_BASE, level("红", "橙", "逾期")), True),
        ((*_BASE, level("特急", "红", "逾期7天", "党组")), True),
        ((*_BASE, level("特急", "红", "逾期7天", "责任科室、党组")), False),
    ],
)
def test_a_table_is_loosened_by_fewer_later_or_weaker_warnings(
    new: tuple[dict[str, Any], ...], loosened: bool
) -> None:
    assert is_loosened(levels(table(*_BASE)), levels(table(*new))) == loosened


@given(st.lists(st.integers(0, 40), max_size=5, unique=True))
def test_a_table_is_not_looser_than_itself(days: list[int]) -> None:
    assert not is_loosened(of_days(days), of_days(days))
    assert is_loosened(of_days([*days, 50]), of_days(days))
