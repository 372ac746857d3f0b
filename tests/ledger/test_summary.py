"""Progress in figures: groups, their order, and what is counted once."""

from datetime import date
from typing import Any

import pytest

from decoded import decoded
from examples import (
    THREE_STEPS,
    application,
    closing,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    recognition,
    report,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.ledger.summary import UNASSIGNED, Rate, Tally, summarise, tally, urgency, warned
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.terms import Grouping, Timing

TODAY = date(2021, 5, 18)
CLOSED = {"记录": [closing("2021-04-28")]}
LATER = {"整改时限": "2021-12-31"}


def _lines(*several: dict[str, Any], inspection: Inspection = THREE_STEPS) -> list[Line]:
    findings = [finding(f"{number:02}", **keys) for number, keys in enumerate(several, start=1)]
    return LedgerOnDay(ledger(*findings, inspection=inspection), TODAY).lines


def _shown(lines: list[Line], by: Grouping, *declared: str) -> list[tuple[str, int]]:
    groups, _ = summarise(lines, by, declared)
    return [(group.label, group.count) for group in groups]


def test_a_tally_counts_each_stage_and_what_is_overdue() -> None:
    done = {"措施": [measure(done="2021-05-03")]}
    applied = [application("2021-04-28")]
    lines = [
        *_lines(
            CLOSED,
            CLOSED,
            {"记录": applied},
            {"记录": [*applied, review("2021-04-29")]},
            LATER | done,
            {"记录": [report("2021-03-05")]},
            LATER | {"记录": [report("2021-03-05")]},
            LATER | {"记录": [supervision("2021-03-05")]},
        ),
        *LedgerOnDay(ledger(long_term()), TODAY).lines,
    ]
    assert tally("合计", lines) == Tally(
        label="合计",
        count=9,
        closed=2,
        awaiting_application=1,
        awaiting_review=1,
        awaiting_approval=1,
        in_progress=2,
        not_started=1,
        sustained=1,
        overdue=1,
        measures=2,
        measures_done=2,
        rectified=5,
        recognised=0,
        rejected=0,
    )
    assert tally("合计", lines).awaiting_closing == 3


def test_the_closing_rate_is_closed_by_all_and_sustained_is_not_closed() -> None:
    lines = [*_lines(CLOSED), *LedgerOnDay(ledger(long_term()), TODAY).lines]
    assert tally("合计", lines).closing_rate == Rate(1, 2)
    assert tally("合计", lines).closing_rate.value == 0.5


def test_a_finding_returned_counts_as_rectified_no_longer_and_its_measures_stay_done() -> None:
    done = {"措施": [measure(done="2021-03-20"), measure(done="2021-03-25")]}
    applied = [application("2021-04-01")]
    total = tally(
        "合计",
        _lines(done, done | {"记录": [*applied, sent_back("2021-04-05")]}, {"记录": applied}),
    )
    assert total.rectification_rate == Rate(2, 3)
    assert total.measure_rate == Rate(4, 4)


@pytest.mark.parametrize(("counts", "rectified"), [("否", 0), ("是", 1)])
def test_what_is_sustained_is_rectified_where_the_ledger_says_so(
    counts: str, rectified: int
) -> None:
    inspection = decoded(Inspection, {"格式": 2, "长期坚持计入完成": counts})
    total = tally("合计", LedgerOnDay(ledger(long_term(), inspection=inspection), TODAY).lines)
    assert total.rectification_rate == Rate(rectified, 1)
    assert total.sustained == 1


def test_the_word_of_the_authority_above_is_counted_beside_the_closing() -> None:
    accepted = {"记录": [closing("2021-04-28"), recognition("2021-05-06")]}
    rejected = {"记录": [closing("2021-04-28"), recognition("2021-05-06", "不认可退回")]}
    total = tally("合计", _lines(accepted, rejected, CLOSED, {}))
    assert total.closing_rate == Rate(3, 4)
    assert (total.recognition_rate, total.rejected) == (Rate(1, 4), 1)


def test_a_finding_withdrawn_is_in_no_group_and_no_figure() -> None:
    withdrawn = {"措施": [measure(done="2021-03-20")], "记录": [withdrawal("2021-04-01")]}
    lines = _lines(withdrawn | {"方面": "作风"}, {"方面": "党建"})
    groups, total = summarise(lines, Grouping.ASPECT)
    assert [(group.label, group.count) for group in groups] == [("党建", 1)]
    assert (total.count, total.measure_rate, total.overdue) == (1, Rate(0, 0), 1)
    assert _numbers(warned(lines, Timing.OVERDUE)) == [2]


def test_what_was_applied_for_in_time_is_not_among_the_overdue() -> None:
    lines = _lines({"记录": [application("2021-04-30")]}, {"记录": [application("2021-05-03")]}, {})
    assert _numbers(warned(lines, Timing.OVERDUE)) == [3]
    assert tally("合计", lines).overdue == 1


def test_without_findings_there_is_no_rate() -> None:
    total = tally("合计", [])
    assert total.closing_rate == total.rectification_rate == total.measure_rate == Rate(0, 0)
    assert total.closing_rate.value is None


def test_aspects_come_in_the_declared_order_and_empty_ones_stand_with_nothing() -> None:
    lines = _lines({"方面": "作风"}, {"方面": "党建"}, {"方面": "作风"})
    assert _shown(lines, Grouping.ASPECT, "党建", "廉洁", "作风") == [
        ("党建", 1),
        ("廉洁", 0),
        ("作风", 2),
    ]


def test_an_aspect_not_declared_comes_after_the_declared_and_the_larger_first() -> None:
    lines = _lines({"方面": "甲"}, {"方面": "乙"}, {}, {}, {}, {"方面": "乙"}, {"方面": "党建"})
    assert _shown(lines, Grouping.ASPECT, "党建") == [
        ("党建", 1),
        ("乙", 2),
        ("甲", 1),
        (UNASSIGNED, 3),
    ]


def test_groups_of_one_size_come_in_the_order_of_the_findings() -> None:
    lines = _lines({"责任人": "丙"}, {"责任人": "甲"}, {"责任人": "乙"})
    assert _shown(lines, Grouping.OWNER) == [("丙", 1), ("甲", 1), ("乙", 1)]


def test_a_finding_of_several_departments_counts_in_each_and_once_in_the_total() -> None:
    lines = _lines(
        {"责任科室": "办公室、人事科"}, CLOSED | {"责任科室": "人事科"}, {"责任科室": []}
    )
    groups, total = summarise(lines, Grouping.DEPARTMENT)
    assert [(group.label, group.count, group.closed) for group in groups] == [
        ("人事科", 2, 1),
        ("办公室", 1, 0),
        (UNASSIGNED, 1, 0),
    ]
    assert (total.label, total.count, total.closed) == ("合计", 3, 1)


def test_a_department_written_twice_counts_once() -> None:
    assert _shown(_lines({"责任科室": "办公室、办公室"}), Grouping.DEPARTMENT) == [("办公室", 1)]


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        (Grouping.LEADER, [("分管领导", 2), (UNASSIGNED, 1)]),
        (Grouping.OWNER, [("办公室负责人", 1), (UNASSIGNED, 2)]),
        (Grouping.KIND, [("限期整改", 2), ("立行立改", 1)]),
        (Grouping.ASPECT, [("党建", 1), (UNASSIGNED, 2)]),
    ],
)
def test_findings_are_grouped_by_what_they_say(by: Grouping, shown: list[tuple[str, int]]) -> None:
    lines = _lines(
        {"责任领导": "分管领导", "责任人": "办公室负责人"},
        {"责任领导": "分管领导", "类型": "立行立改"},
        {"方面": "党建"},
    )
    assert _shown(lines, by) == shown


def test_groups_of_any_grouping_may_be_declared() -> None:
    assert _shown(_lines({"类型": "立行立改"}), Grouping.KIND, "限期整改", "立行立改") == [
        ("限期整改", 0),
        ("立行立改", 1),
    ]


def test_findings_of_several_ledgers_are_grouped_by_ledger() -> None:
    one = _lines({})[0]
    lines = [one, Line("jiaoyu-2021", one.row, one.standing), one]
    assert _shown(lines, Grouping.LEDGER) == [("keji-2021", 2), ("jiaoyu-2021", 1)]


def test_without_findings_the_declared_aspects_stand_alone() -> None:
    groups, total = summarise([], Grouping.ASPECT, ["党建"])
    assert [(group.label, group.count) for group in groups] == [("党建", 0)]
    assert total.count == 0


def _numbers(lines: list[Line]) -> list[int]:
    return [line.row.number for line in lines]


def test_what_is_overdue_comes_with_the_longest_overdue_first() -> None:
    lines = _lines(
        {"整改时限": "2021-05-17"},
        LATER,
        {"整改时限": "2021-03-31"},
        {"整改时限": "2021-04-30"},
        {"整改时限": "2021-05-18"},
    )
    assert _numbers(warned(lines, Timing.OVERDUE)) == [3, 4, 1]


def test_what_is_due_soon_comes_with_the_nearest_first_then_by_number() -> None:
    lines = _lines(
        {"整改时限": "2021-06-01"},
        {"整改时限": "2021-05-20"},
        {"整改时限": "2021-05-18"},
        {"整改时限": "2021-05-20"},
    )
    assert _numbers(warned(lines, Timing.DUE_SOON)) == [3, 2, 4, 1]


def test_what_is_stale_comes_with_the_longest_idle_first() -> None:
    lines = _lines(
        LATER | {"记录": [report("2021-05-05")]},
        LATER | {"记录": [report("2021-03-05")]},
        LATER | {"措施": [measure(done="2021-04-05")]},
        LATER | {"记录": [supervision("2021-05-17")]},
    )
    assert _numbers(warned(lines, Timing.STALE)) == [4, 2, 3, 1]


def test_urgency_puts_the_overdue_before_the_due_and_both_before_the_rest() -> None:
    lines = _lines(
        LATER | {"记录": [report("2021-03-05")]},
        LATER | {"记录": [supervision("2021-05-17")]},
        {"整改时限": "2021-05-20"},
        {"整改时限": "2021-05-17"},
        {"整改时限": "2021-04-30", "记录": [extension("2021-04-29", "2021-05-10")]},
    )
    assert _numbers(sorted(lines, key=urgency)) == [5, 4, 3, 2, 1]


def test_of_several_ledgers_the_equally_urgent_come_by_ledger() -> None:
    one = LedgerOnDay(ledger(finding("02")), TODAY).lines[0]
    others = [Line("jiaoyu-2021", one.row, one.standing), one]
    assert [line.ledger for line in sorted(others, key=urgency)] == ["jiaoyu-2021", "keji-2021"]
