"""What two versions of a ledger show together: history that was rewritten, and how it is named."""

import re
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decoded import decoded
from examples import FORMAT_1 as KEJI
from examples import INSPECTION as INSPECTION_2
from examples import (
    Data,
    application,
    closing,
    dispute,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    recognition,
    reopening,
    report,
    sent_back,
    supervision,
    withdrawal,
)
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.model.days_off import days_off, overridden
from zhenggai.model.declaration import Model, declare, replaced
from zhenggai.model.easing import in_common
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.model.values import TEXT
from zhenggai.rules.changes import changes
from zhenggai.rules.history_guard import (
    HISTORY,
    compare,
    gone_ledger,
    new_original,
    not_compared,
    unwatched_ledger,
)
from zhenggai.storage.known_days_off import days_off_by_notice

# Before any deadline below, and after the one of 2021-04-30.
EARLY, LATE = date(2021, 3, 1), date(2021, 5, 10)
INSPECTION = {"被巡察单位": "县农业局党组", "反馈日期": "2021-02-01"}
SHEET = {"文件": "签字表.pdf", "校验值": "ab" * 32}


def _said(problems: list[Problem]) -> list[str]:
    return [f"{p.path} {p.at} {p.code} {p.sentence}" for p in problems]


def _found(old: Finding, new: Finding, seen_on: date = EARLY) -> list[str]:
    return _said(compare(ledger(old), ledger(new), seen_on))


def _codes(old: Finding, new: Finding, seen_on: date = EARLY) -> list[str]:
    return [problem.code for problem in compare(ledger(old), ledger(new), seen_on)]


def _journal(*records: Data, **keys: Any) -> Finding:
    return finding(措施=[measure(done="2021-03-01")], 记录=list(records), **keys)


SHOWN = application("2021-04-01") | {"佐证": [SHEET]}
A, B, C = supervision("2021-03-05"), supervision("2021-03-12"), supervision("2021-03-19")


# -- what may change --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "new",
    [
        _journal(A, B),
        _journal(A, B, C),
        _journal(C, A, B),
        _journal(A, C, B),
        _journal(A, B, closing("2021-04-01")),
        _journal(A, B, extension("2021-04-01", "2021-06-30")),
        _journal(A, B, 责任人="新的负责人", 方面="党的建设", 整改目标="少开会"),
        _journal(A, B, 整改时限="2021年4月30日"),
    ],
)
def test_records_may_be_added_and_interleaved_and_what_was_open_filled_in(new: Finding) -> None:
    assert _found(_journal(A, B), new) == []


@pytest.mark.parametrize("words", [{"问题": "会议过多过滥"}, {"类型": "立行立改"}])
def test_words_may_be_mended_and_it_is_noticed(words: Data) -> None:
    assert _codes(_journal(A, B), _journal(A, B, **words)) == ["I711"]


def test_a_measure_may_be_reworded_added_and_done_while_the_finding_is_open() -> None:
    old = finding(措施=[measure(done="2021-03-01", text="少开会"), measure(text="修订制度")])
    new = finding(
        措施=[
            measure(done="2021-03-01", text="少开会、开短会"),
            measure(done="2021-04-01", text="修订制度"),
            measure(text="公开制度"),
        ]
    )
    said = "措施7.1的内容由“少开会”改成了“少开会、开短会”；请核对这处改动"
    assert _found(old, new) == [f"07.yaml ('措施', 0, '内容') I711 {said}"]


def test_a_plan_may_be_redrawn_before_anything_has_begun() -> None:
    old = finding(措施=[measure(text="少开会"), measure(text="修订制度")])
    assert _found(old, finding(措施=[measure(text="少开会、修订制度")])) == []


_PLAN = [measure(text="少开会"), measure(text="修订制度")]
_EASY = [measure(text="少开会"), measure(text="张贴宣传标语")]


@pytest.mark.parametrize(
    "new",
    [
        {"措施": [_EASY[0], _EASY[1] | {"完成": "2021-03-01"}]},
        {"措施": _EASY, "记录": [A]},
        {"措施": _EASY, "记录": [application("2021-03-01")]},
    ],
)
def test_a_plan_is_not_redrawn_and_carried_out_in_one_change(new: Data) -> None:
    old = finding(措施=_PLAN)
    assert _codes(old, finding(**new)) == ["I710"]
    assert _codes(old, finding(**new | {"措施": [new["措施"][0]]} | {"记录": [A]})) == ["I707"]


@pytest.mark.parametrize(("day", "late"), [("2021-04-30", False), ("2021-05-01", True)])
def test_the_plan_of_an_overdue_finding_is_not_redrawn(day: str, late: bool) -> None:
    old, seen_on = finding(措施=_PLAN), date.fromisoformat(day)
    assert _codes(old, finding(措施=_EASY), seen_on) == (["I710"] if late else [])
    assert _codes(old, finding(措施=_PLAN[:1]), seen_on) == (["I707"] if late else [])
    assert _codes(old, finding(措施=[*_PLAN, *_EASY]), seen_on) == []


def test_a_finding_may_be_added() -> None:
    new = ledger(finding("07"), finding("08", 问题="文山会海"))
    assert compare(ledger(finding("07")), new, EARLY) == []


def test_leading_zeros_do_not_make_another_finding() -> None:
    assert _found(finding("07"), finding("7")) == []


# -- I701: records ----------------------------------------------------------------------------


def test_i701_is_a_record_changed_or_deleted() -> None:
    changed = A | {"情况": "没有问题"}
    hint = "恢复原来的记录；要更正的，另加一条"
    expected = [f"07.yaml ('记录',) I701 2021-03-05的督查记录被改动或删除；{hint}"]
    assert _found(_journal(A, B), _journal(changed, B)) == expected
    assert _found(_journal(A, B), _journal(B)) == expected


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ([A, B, C], [], ["2021-03-05", "2021-03-12", "2021-03-19"]),
        ([A, B, C], [A, C], ["2021-03-12"]),
        ([A, B], [B, A], ["2021-03-12"]),
        ([A, A], [A], ["2021-03-05"]),
        ([A, B, A], [B, A], ["2021-03-12"]),
        ([closing("2021-04-01")], [closing("2021-04-02")], ["2021-04-01"]),
        ([extension("2021-04-01", "2021-06-30")], [], ["2021-04-01"]),
        (
            [extension("2021-04-01", "2021-06-30")],
            [extension("2021-04-01", "2021-07-30")],
            ["2021-04-01"],
        ),
        ([SHOWN], [application("2021-04-01")], ["2021-04-01"]),
        ([A | {"经办人": "督查组"}], [A | {"经办人": "办公室"}], ["2021-03-05"]),
    ],
)
def test_every_record_of_before_must_still_be_there_in_its_order(
    old: list[Data], new: list[Data], days: list[str]
) -> None:
    found = _found(_journal(*old), _journal(*new))
    assert [words.split("I701 ")[1][:10] for words in found if " I701 " in words] == days


# -- I702: deadlines --------------------------------------------------------------------------


URGED = {"日期": "2021-03-05", "事项": "督办", "文号": "3号", "发至": "办公室"}


def test_an_urging_is_answered_once_and_nothing_else_of_it_changes() -> None:
    answered = URGED | {"回复日期": "2021-03-10"}
    assert _found(_journal(URGED, A), _journal(answered, A)) == []
    assert _found(_journal(URGED, URGED), _journal(answered, URGED)) == []
    i701 = ["I701"]
    assert _codes(_journal(answered), _journal(URGED)) == i701
    assert _codes(_journal(answered), _journal(URGED | {"回复日期": "2021-03-09"})) == i701
    assert _codes(_journal(URGED), _journal(answered | {"文号": "4号"})) == i701
    assert _codes(_journal(URGED), _journal(URGED | {"回复期限": "2021-03-20"})) == i701
    assert _codes(_journal(URGED), _journal(answered | {"情况": "已回复"})) == i701
    assert _codes(_journal(A), _journal(A | {"回复期限": "2021-03-20"})) == i701


def test_i702_is_a_deadline_changed_in_place() -> None:
    hint = "恢复原来的写法；要延期的，用 zhenggai extend 登记"
    assert _found(finding(), finding(整改时限="2021-06-30")) == [
        f"07.yaml ('整改时限',) I702 整改时限由2021-04-30改成了2021-06-30，没有延期记录；{hint}"
    ]
    assert _found(finding(), finding(整改时限=None)) == [
        f"07.yaml ('整改时限',) I702 整改时限由2021-04-30改成了空，没有延期记录；{hint}"
    ]
    assert _found(long_term(), long_term(检视周期="每年")) == [
        f"02.yaml ('检视周期',) I702 检视周期由每季度改成了每年；{hint}"
    ]
    assert _found(long_term(), long_term(检视周期=None)) == [
        f"02.yaml ('检视周期',) I702 检视周期由每季度改成了空；{hint}"
    ]
    assert _found(finding(), finding(类型="长期坚持", 检视周期="每年")) == [
        f"07.yaml ('类型',) I702 类型由限期整改改成了长期坚持，时限随之改变；{hint}"
    ]
    due = {"整改时限": "2021-04-30"}
    assert _found(long_term(**due), long_term(类型="立行立改", **due)) == [
        f"02.yaml ('类型',) I702 类型由长期坚持改成了立行立改，时限随之改变；{hint}"
    ]


def test_an_earlier_deadline_is_a_deadline_changed_too() -> None:
    assert _codes(finding(), finding(整改时限="2021-03-31")) == ["I702"]


def test_a_deadline_may_be_filled_in() -> None:
    assert _codes(finding(整改时限=None), finding()) == []
    assert _codes(long_term(检视周期=None), long_term()) == []


# -- I703: findings ---------------------------------------------------------------------------


def test_i703_is_a_finding_deleted_renumbered_or_exchanged() -> None:
    keep = finding("01", 问题="学习不够")
    hint = "恢复原来的文件和编号"
    assert _said(compare(ledger(keep, finding("07")), ledger(keep), EARLY)) == [
        f"07.yaml () I703 问题07（“会议过多”）被删除；{hint}"
    ]
    closed = _journal(closing("2021-04-01"))
    assert _said(compare(ledger(keep, closed), ledger(keep), EARLY)) == [
        f"07.yaml () I703 已销号的问题07（“会议过多”）被删除；{hint}"
    ]
    assert _said(compare(ledger(keep, finding("07")), ledger(keep, finding("09")), EARLY)) == [
        f"07.yaml () I703 问题07（“会议过多”）改号为09；{hint}"
    ]
    assert _found(finding("07"), finding("07", 问题="食堂管理松散")) == [
        f"07.yaml () I703 问题07（“会议过多”）换成了“食堂管理松散”；{hint}"
    ]


@given(st.text("ab", max_size=9), st.text("abc", max_size=9))
def test_what_two_titles_have_in_common_is_their_longest_common_subsequence(
    one: str, other: str
) -> None:
    def longest(i: int, j: int) -> int:
        if not i or not j:
            return 0
        if one[i - 1] == other[j - 1]:
            return 1 + longest(i - 1, j - 1)
        return max(longest(i - 1, j), longest(i, j - 1))

    assert in_common(one, other) == longest(len(one), len(other))


def test_titles_of_thousands_of_characters_are_soon_compared() -> None:
    one, other = "甲乙丙" * 7000, "乙甲甲丙" * 5000
    began = time.process_time()
    assert in_common(one, other) > 10_000
    assert time.process_time() - began < 1


def test_two_findings_that_change_places_are_both_named() -> None:
    old = ledger(finding("07", 问题="第一类问题"), finding("08", 问题="第二类问题"))
    new = ledger(finding("07", 问题="第二类问题"), finding("08", 问题="第一类问题"))
    assert _said(compare(old, new, EARLY)) == [
        "07.yaml () I703 问题07（“第一类问题”）改号为08；恢复原来的文件和编号",
        "08.yaml () I703 问题08（“第二类问题”）改号为07；恢复原来的文件和编号",
    ]


def test_a_finding_whose_file_cannot_be_read_now_is_not_called_deleted() -> None:
    new = Ledger("keji-2021", "", KEJI, (), ("07.yaml",))
    assert compare(ledger(finding("07"), inspection=KEJI), new, EARLY) == []


def test_a_file_that_could_not_be_read_then_may_not_go_either() -> None:
    old = Ledger("keji-2021", "", KEJI, (), ("07.yaml", "08.yaml", "09.yaml"))
    new = Ledger("keji-2021", "", KEJI, (finding("08"),), ("9.yaml",))
    assert _said(compare(old, new, EARLY)) == ["07.yaml () I703 问题07被删除；恢复原来的文件和编号"]


def test_problems_are_named_with_the_ledgers_folder() -> None:
    new = Ledger("keji-2021", "ledgers/keji-2021", KEJI, ())
    [problem] = compare(ledger(finding("07"), inspection=KEJI), new, EARLY)
    assert problem.path == "ledgers/keji-2021/07.yaml"
    assert problem.severity is Severity.ERROR


# -- I704: closed findings --------------------------------------------------------------------


def _closed(*measures: Data, records: list[Data] | None = None) -> Finding:
    return finding(措施=list(measures), 记录=records or [closing("2021-04-28")])


_SHOWN = measure(done="2021-03-01", text="少开会") | {"佐证": [SHEET]}


def test_i704_is_a_measure_changed_after_closing() -> None:
    second = measure(done="2021-04-01", text="修订制度")
    old = _closed(_SHOWN, second)
    hint = "恢复原来的内容；确需改的，先用 zhenggai reopen 重开"
    assert _found(old, _closed(_SHOWN)) == [f"07.yaml ('措施',) I704 销号后删去了措施7.2；{hint}"]
    assert _found(old, _closed(_SHOWN, second | {"内容": "修订制度3项"})) == [
        f"07.yaml ('措施', 1) I704 销号后改动了措施7.2的内容或完成日期；{hint}"
    ]
    assert _found(old, _closed(_SHOWN, second | {"完成": "2021-03-15"})) == [
        f"07.yaml ('措施', 1) I704 销号后改动了措施7.2的内容或完成日期；{hint}"
    ]
    boasting = second | {"成效": "修订制度30项"}
    assert _found(_closed(second | {"成效": "修订制度3项"}), _closed(boasting)) == [
        f"07.yaml ('措施', 0) I704 销号后改动了措施7.1的成效；{hint}"
    ]
    assert _found(old, _closed(_SHOWN | {"佐证": ["签字表.pdf"]}, second)) == [
        f"07.yaml ('措施', 0) I704 销号后改动了措施7.1的佐证材料；{hint}"
    ]


def test_evidence_and_outcome_may_be_added_after_closing() -> None:
    more = _SHOWN | {"佐证": [SHEET, "照片.jpg"], "成效": "少开会10次"}
    assert _found(_closed(_SHOWN), _closed(more)) == []


def test_a_finding_reopened_may_reword_and_do_its_measures_again_and_it_is_told() -> None:
    again = [closing("2021-04-28"), reopening("2021-05-01"), closing("2021-05-08")]
    changed = _SHOWN | {"内容": "少开会、开短会", "完成": "2021-05-06"}
    assert _codes(_closed(_SHOWN), _closed(changed, records=again[:2])) == ["I711", "I711"]
    assert _codes(_closed(_SHOWN), _closed(changed, records=again)) == ["I711", "I711"]
    assert _codes(_closed(_SHOWN, records=again), _closed(changed, records=again)) == ["I704"]


_APPLIED = [application("2021-03-20")]
_RETURNED = [*_APPLIED, sent_back("2021-03-25")]
_BACK = pytest.mark.parametrize(
    ("then", "now"),
    [
        (_APPLIED, _RETURNED),
        ([], [sent_back("2021-03-25")]),
        ([closing("2021-03-20")], [closing("2021-03-20"), reopening("2021-03-25")]),
        (
            [closing("2021-03-20")],
            [closing("2021-03-20"), reopening("2021-03-25"), closing("2021-03-25")],
        ),
    ],
)
_FIRST = measure(done="2021-03-10", due="2021-03-15", text="少开会") | {"成效": "少开10次"}
_OPEN = measure(text="修订制度", due="2021-04-20")


@_BACK
@pytest.mark.parametrize(
    ("first", "code"),
    [
        ({"内容": "张贴宣传标语"}, "I710"),
        ({"完成": "2021-03-01"}, "I710"),
        ({"完成": "2021-03-12"}, "I710"),
        ({"时限": "2021-04-30"}, "I710"),
        ({"佐证": []}, "I707"),
        ({"佐证": [SHEET | {"校验值": "cd" * 32}]}, "I707"),
        ({"佐证": [SHEET], "内容": "少开会、开短会"}, "I710"),
    ],
)
def test_sending_back_does_not_open_what_was_done(
    then: list[Data], now: list[Data], first: Data, code: str
) -> None:
    files = {"佐证": [SHEET, "照片.jpg"]}
    old = finding(措施=[_FIRST | files, _OPEN], 记录=then)
    new = finding(措施=[_FIRST | files | first, _OPEN], 记录=now)
    errors = [one.code for one in compare(ledger(old), ledger(new), EARLY) if one.code != "I711"]
    assert errors == [code]


def test_a_measure_done_may_not_be_dropped_either_when_the_finding_is_sent_back() -> None:
    old = finding(措施=[_FIRST, _OPEN], 记录=_APPLIED)
    assert "I707" in _codes(old, finding(措施=[_OPEN], 记录=_RETURNED))


@_BACK
def test_sent_back_a_measure_may_be_improved_and_what_was_open_is_free(
    then: list[Data], now: list[Data]
) -> None:
    old = finding(措施=[_FIRST, _OPEN], 记录=then)
    better = {"完成": "2021-04-10", "时限": "2021-04-15", "成效": "少开12次", "佐证": [SHEET]}
    other = measure(text="公布收费标准", due="2021-04-25", done="2021-04-12")
    more = measure(text="举办培训")
    found = _found(old, finding(措施=[_FIRST | better, other, more], 记录=now))
    look = "请核对这处改动"
    assert found == [
        f"07.yaml ('措施', 0, '时限') I711 措施7.1的时限由2021-03-15改成了2021-04-15；{look}",
        f"07.yaml ('措施', 0, '完成') I711 措施7.1的完成由2021-03-10改成了2021-04-10；{look}",
        f"07.yaml ('措施', 0, '成效') I711 措施7.1的成效由“少开10次”改成了“少开12次”；{look}",
    ]


@_BACK
def test_sent_back_a_measure_may_be_open_again(then: list[Data], now: list[Data]) -> None:
    old = finding(措施=[_FIRST], 记录=then)
    assert _codes(old, finding(措施=[_FIRST | {"完成": None}], 记录=now)) == ["I711"]


# -- I705: ledgers ----------------------------------------------------------------------------


def test_i705_is_a_whole_ledger_deleted() -> None:
    problem = gone_ledger("ledgers/keji-2021/inspection.yaml")
    assert (problem.path, problem.line, problem.column) == (
        "ledgers/keji-2021/inspection.yaml",
        1,
        1,
    )
    assert (problem.code, problem.severity) == ("I705", Severity.ERROR)
    assert problem.sentence == "以前的版本里有这本台账，现在没有了；恢复台账文件夹"


# -- I706: overdue, and no longer -------------------------------------------------------------

_ERASED = (
    "07.yaml ('记录',) I706 时限2021-04-30过后问题07已经逾期，补登的记录却显示未逾期；"
    "记录写实际登记的日期；确是漏登的，由督查单位核对批准文件"
)


@pytest.mark.parametrize(
    "record",
    [
        extension("2021-04-20", "2021-06-30"),
        extension("2021-04-30", "2021-06-30"),
        closing("2021-04-28"),
        closing("2021-04-30"),
    ],
)
def test_i706_is_an_overdue_finding_that_a_backdated_record_makes_punctual(record: Data) -> None:
    assert _found(_journal(A), _journal(A, record), LATE) == [_ERASED]
    assert _found(_journal(A), _journal(record, A), LATE) == [_ERASED]


@pytest.mark.parametrize(
    "record",
    [
        extension("2021-05-01", "2021-06-30"),
        extension("2021-05-11", "2021-06-30"),
        closing("2021-05-01"),
        closing("2021-05-11"),
        supervision("2021-04-20"),
        application("2021-04-20"),
    ],
)
def test_what_is_dated_after_the_deadline_shows_that_it_was_missed(record: Data) -> None:
    assert _found(_journal(A), _journal(A, record), LATE) == []


@pytest.mark.parametrize("record", [extension("2021-04-20", "2021-06-30"), closing("2021-04-28")])
def test_a_finding_not_overdue_when_it_was_last_seen_may_get_its_records_later(
    record: Data,
) -> None:
    assert _found(_journal(A), _journal(A, record), date(2021, 4, 30)) == []


_LATE_MEASURE = [measure(text="少开会"), measure(text="修订制度", due="2021-04-30")]


def _of_measure(*records: Data, measures: list[Data] | None = None) -> Finding:
    return finding(整改时限="2021-06-30", 措施=measures or _LATE_MEASURE, 记录=[A, *records])


@pytest.mark.parametrize("day", ["2021-04-20", "2021-04-30"])
def test_i706_is_a_late_measure_that_a_backdated_extension_makes_punctual(day: str) -> None:
    record = extension(day, "2021-05-31", 2)
    said = (
        "07.yaml ('记录', 1) I706 时限2021-04-30过后措施7.2尚未完成，补登的延期却写在时限之前；"
        "记录写实际登记的日期；确是漏登的，由督查单位核对批准文件"
    )
    assert _found(_of_measure(), _of_measure(record), LATE) == [said]
    assert _found(_of_measure(), _of_measure(record), date(2021, 4, 30)) == []


def test_an_extension_of_a_late_measure_dated_when_it_was_written_is_lawful() -> None:
    record = extension("2021-05-11", "2021-05-31", 2)
    assert _found(_of_measure(), _of_measure(record), LATE) == []


def test_an_extension_of_a_measure_that_was_first_seen_too_late_is_named() -> None:
    seen = date(2021, 5, 12)

    def found(record: Data, first: date = seen) -> list[str]:
        old, new = ledger(_of_measure()), ledger(_of_measure(record))
        return _said(compare(old, new, EARLY, lambda _finding, _what: first))

    early = extension("2021-04-20", "2021-05-31", 2)
    [said] = found(early)
    assert said == (
        "07.yaml ('记录', 1) I706 2021-04-20的措施7.2的延期记录到2021-05-12才有（按最早的提交），"
        "措施的时限2021-04-30已过；补写“登记日期: 2021-05-12”；"
        "确是当天登记的，由督查单位核对后确认"
    )
    assert found(early, date(2021, 4, 30)) == []
    assert ["I713" in one for one in found(extension("2021-05-03", "2021-05-31", 2))] == [True]
    entered = extension("2021-04-20", "2021-05-31", 2) | {"登记日期": "2021-05-12"}
    assert found(entered) == []


def test_an_extension_of_a_measure_does_not_hide_that_its_finding_was_overdue() -> None:
    old = finding(措施=_LATE_MEASURE, 记录=[A])
    new = finding(措施=_LATE_MEASURE, 记录=[A, extension("2021-04-20", "2021-06-30", 2)])
    assert _codes(old, new, date(2021, 4, 30)) == []
    assert _codes(old, new, LATE) == ["I706"]  # of the measure; the finding is overdue as before


def test_an_extension_of_a_measure_that_is_gone_or_is_of_another_one_now_is_named() -> None:
    record = extension("2021-04-20", "2021-05-31", 2)
    old = _of_measure(record)
    assert _codes(old, _of_measure()) == ["I701"]
    assert _codes(old, _of_measure(record | {"措施": 1})) == ["I701"]
    swapped = _of_measure(record, measures=[*reversed(_LATE_MEASURE)])
    said = (
        "07.yaml ('措施', 0) I702 措施7.2换到了7.1，它的延期记录对不上了；"
        "恢复原来的次序；增加的措施写在最后"
    )
    assert _found(old, swapped) == [said]


def test_the_deadline_of_a_measure_changed_in_place_is_named_with_the_way_to_move_it() -> None:
    later = [_LATE_MEASURE[0], _LATE_MEASURE[1] | {"时限": "2021-05-31"}]
    said = (
        "07.yaml ('措施', 1, '时限') I710 措施7.2的时限由2021-04-30改成了2021-05-31；"
        "恢复原来的写法；要延期的，用 zhenggai extend 7.2 登记"
    )
    assert _found(_of_measure(), _of_measure(measures=later)) == [said]


def test_a_plan_with_a_late_measure_is_not_redrawn_any_more() -> None:
    old = finding(整改时限="2021-06-30", 措施=_LATE_MEASURE)
    later = [_LATE_MEASURE[0], _LATE_MEASURE[1] | {"时限": "2021-05-31"}]
    new = finding(整改时限="2021-06-30", 措施=later)
    assert _codes(old, new, date(2021, 4, 30)) == []
    assert _codes(old, new, date(2021, 5, 1)) == ["I710"]


def test_a_measure_may_be_added_and_no_other_may_then_say_that_it_was() -> None:
    more = measure(text="公开制度", added="2021-05-11")
    assert _found(_of_measure(), _of_measure(measures=[*_LATE_MEASURE, more])) == []
    posing = [_LATE_MEASURE[0] | {"增加日期": "2021-05-11"}, _LATE_MEASURE[1]]
    assert _codes(_of_measure(), _of_measure(measures=posing)) == ["I710"]


def test_who_answers_for_a_measure_may_change_and_it_is_noticed() -> None:
    then = [_LATE_MEASURE[0] | {"责任科室": "办公室", "责任人": "主任"}, _LATE_MEASURE[1]]
    now = [_LATE_MEASURE[0] | {"责任科室": "人事科", "责任人": "科长"}, _LATE_MEASURE[1]]
    assert _codes(_of_measure(measures=then), _of_measure(measures=now)) == ["I711", "I711"]


def test_a_review_backdated_makes_a_long_term_finding_punctual() -> None:
    [found] = _found(long_term(), long_term(记录=[supervision("2021-05-30")]), date(2021, 6, 10))
    assert found.startswith("02.yaml ('记录',) I706 时限2021-06-01过后问题02已经逾期，")
    late = long_term(记录=[supervision("2021-06-05")])
    assert _found(long_term(), late, date(2021, 6, 10)) == []


def test_a_finding_reopened_after_its_deadline_counts_from_its_reopening() -> None:
    journal = [closing("2021-04-28"), reopening("2021-05-05")]
    old = _journal(*journal)
    assert _found(old, old, LATE) == []
    assert _codes(old, _journal(*journal, extension("2021-05-05", "2021-06-30")), LATE) == ["I706"]
    assert _codes(old, _journal(*journal, closing("2021-05-05")), LATE) == []
    assert _codes(old, _journal(*journal, closing("2021-05-08")), LATE) == []


def test_a_deadline_changed_in_place_is_named_once() -> None:
    assert _codes(_journal(A), _journal(A, 整改时限="2021-06-30"), LATE) == ["I702"]


# -- I707: measures that vanish ---------------------------------------------------------------


def test_i707_is_a_measure_or_its_evidence_deleted() -> None:
    second = measure(text="修订制度")
    old = finding(措施=[_SHOWN, second])
    hint = "恢复原来的措施；做法变了的，改写它，不要删去"
    assert _found(old, finding(措施=[_SHOWN])) == [
        f"07.yaml ('措施',) I707 措施7.2（“修订制度”）被删去；{hint}"
    ]
    replaced = _SHOWN | {"佐证": ["新签字表.pdf"]}
    hint = "恢复原来的佐证材料；换了的，另加一条"
    assert _found(old, finding(措施=[second, replaced])) == [
        f"07.yaml ('措施', 1) I707 措施7.1（“少开会”）的佐证材料“签字表.pdf”被删去；{hint}"
    ]


def test_evidence_that_gets_another_digest_is_named_while_the_finding_is_open_too() -> None:
    forged = _SHOWN | {"佐证": [SHEET | {"校验值": "cd" * 32}]}
    hint = "恢复原来的佐证材料；换了的，另加一条"
    assert _found(finding(措施=[_SHOWN]), finding(措施=[forged])) == [
        f"07.yaml ('措施', 0) I707 措施7.1（“少开会”）的佐证材料“签字表.pdf”的校验值被改动；{hint}"
    ]


def test_an_open_measure_deleted_for_a_closing_is_named_though_nothing_had_begun() -> None:
    old = finding(措施=[measure(text="少开会"), measure(text="修订制度")])
    new = _closed(measure(done="2021-04-20", text="少开会"))
    assert _codes(old, new) == ["I707"]


def test_evidence_may_be_added_and_given_its_digest() -> None:
    plain = finding(措施=[measure(done="2021-03-01") | {"佐证": "签字表.pdf"}])
    marked = finding(措施=[measure(done="2021-03-01") | {"佐证": [SHEET]}])
    assert _found(plain, marked) == []
    other = SHEET | {"校验值": "cd" * 32}
    both = finding(措施=[measure(done="2021-03-01") | {"佐证": [SHEET, other]}])
    assert _found(marked, both) == []


# -- I708: the ledger's own rules -------------------------------------------------------------


def _rules(**keys: Any) -> Ledger:
    return ledger(finding(), inspection=decoded(Inspection, INSPECTION | keys))


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ({}, {"规则": {"T601": "关闭"}}, ("规则", "T601"), "规则T601由错误调成了关闭"),
        ({}, {"规则": {"T601": "警告"}}, ("规则", "T601"), "规则T601由错误调成了警告"),
        (
            {"规则": {"R415": "错误"}},
            {"规则": {"R415": "警告"}},
            ("规则", "R415"),
            "规则R415由错误调成了警告",
        ),
        ({"规则": {"R415": "错误"}}, {}, ("规则", "R415"), "规则R415由错误调成了警告"),
        (
            {"销号程序": ["申请", "审核", "批准"]},
            {"销号程序": ["批准"]},
            ("销号程序",),
            "销号程序里少了申请、审核",
        ),
        ({"销号程序": ["批准"]}, {}, ("销号程序",), "销号程序里少了批准"),
        ({"销号须佐证": "是"}, {"销号须佐证": "否"}, ("销号须佐证",), "取消了销号须佐证"),
        (
            {},
            {"反馈日期": "2021-03-01"},
            ("反馈日期",),
            "反馈日期由2021-02-01改成了2021-03-01",
        ),
        ({}, {"反馈日期": None}, ("反馈日期",), "反馈日期由2021-02-01改成了空"),
        (
            {"销号程序": ["批准"]},
            {"销号程序": ["申请", "批准"]},
            ("销号程序",),
            "销号程序里加了申请，逾期从此只算到申请",
        ),
        (
            {},
            {"销号程序": ["申请", "审核", "批准"]},
            ("销号程序",),
            "销号程序里加了申请，逾期从此只算到申请",
        ),
        (
            {"回避": {"办公室": "机关纪委"}},
            {"回避": {"办公室": "机关纪委", "工程科": "工程科"}},
            ("回避",),
            "回避增加了“工程科：工程科”",
        ),
        (
            {"回避": {"办公室": "机关纪委"}},
            {"回避": {"办公室": "人事科"}},
            ("回避",),
            "回避由“办公室：机关纪委”改成了“办公室：人事科”",
        ),
        (
            {"回避": {"办公室": "机关纪委"}},
            {},
            ("回避",),
            "回避被删去（原为“办公室：机关纪委”）",
        ),
        (
            {"销号权限": {"审核": "整改办", "批准": "局党组"}},
            {"销号权限": {"审核": ["整改办", "工程科"], "批准": "局党组"}},
            ("销号权限",),
            "销号权限由“审核：整改办”改成了“审核：整改办、工程科”",
        ),
        (
            {"销号权限": {"审核": "整改办", "批准": "局党组"}},
            {"销号权限": {"批准": "局党组"}},
            ("销号权限",),
            "销号权限被删去（原为“审核：整改办”）",
        ),
        ({"审核期限": "10天"}, {"审核期限": "15天"}, ("审核期限",), "审核期限由10天改成了15天"),
        ({"审核期限": "10天"}, {}, ("审核期限",), "审核期限被删去（原为10天）"),
        (
            {},
            {"长期坚持计入完成": "是"},
            ("长期坚持计入完成",),
            "长期坚持计入完成由否改成了是",
        ),
        (
            {"集中整改截止": "2021-06-30"},
            {"集中整改截止": "2021-12-31"},
            ("集中整改截止",),
            "集中整改截止由2021-06-30改成了2021-12-31",
        ),
        (
            {"集中整改截止": "2021-06-30"},
            {},
            ("集中整改截止",),
            "集中整改截止被删去（原为2021-06-30）",
        ),
        (
            {},
            {"通报": {"通报口径": "公开"}},
            ("通报", "通报口径"),
            "通报的通报口径由全部改成了公开",
        ),
        ({"反馈问题数": 19}, {"反馈问题数": 18}, ("反馈问题数",), "反馈问题数由19改成了18"),
        ({"反馈问题数": 19}, {}, ("反馈问题数",), "反馈问题数被删去（原为19）"),
        (
            {"方面问题数": {"党建": 7, "财务": 2}},
            {"方面问题数": {"党建": 6, "财务": 3}},
            ("方面问题数",),
            "方面问题数由“党建7、财务2”改成了“党建6、财务3”",
        ),
    ],
)
def test_i708_is_a_rule_of_the_ledger_relaxed(
    old: dict[str, Any], new: dict[str, Any], at: tuple[str, ...], message: str
) -> None:
    hint = "恢复原来的写法；确需改的，由督查单位确认"
    expected = [f"inspection.yaml {at} I708 {message}；{hint}"]
    assert _said(compare(_rules(**old), _rules(**new), EARLY)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"规则": {"T601": "关闭"}}, {}),
        ({"规则": {"T601": "警告"}}, {"规则": {"T601": "错误"}}),
        ({}, {"规则": {"R415": "错误"}}),
        ({"销号须佐证": "否"}, {"销号须佐证": "是"}),
        ({"反馈日期": None}, {}),
        ({}, {"审核期限": "10天", "集中整改截止": "2021-06-30", "反馈问题数": 1}),
        ({"规则": {"R999": "错误"}}, {}),
    ],
)
def test_rules_may_be_made_stricter(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert compare(_rules(**old), _rules(**new), EARLY) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            {"销号程序": ["申请", "批准"]},
            {"销号程序": ["申请", "审核", "批准"]},
            "销号程序由申请、批准改成了申请、审核、批准",
        ),
        ({}, {"销号程序": ["审核", "批准"]}, "销号程序由空改成了审核、批准"),
        ({}, {"回避": {"办公室": "机关纪委"}}, "回避增加了“办公室：机关纪委”"),
        (
            {"回避": {"办公室": "机关纪委"}},
            {"回避": {"办公室": "机关纪委", "人事科": "机关纪委"}},
            "回避增加了“人事科：机关纪委”",
        ),
        ({}, {"销号权限": {"批准": "局党组"}}, "销号权限增加了“批准：局党组”"),
        (
            {"销号权限": {"审核": ["整改办", "办公室"]}},
            {"销号权限": {"审核": "整改办"}},
            "销号权限由“审核：整改办、办公室”改成了“审核：整改办”",
        ),
        ({"审核期限": "15天"}, {"审核期限": "10天"}, "审核期限由15天改成了10天"),
        ({"长期坚持计入完成": "是"}, {}, "长期坚持计入完成由是改成了否"),
        (
            {"集中整改截止": "2021-06-30"},
            {"集中整改截止": "2021-05-31"},
            "集中整改截止由2021-06-30改成了2021-05-31",
        ),
        ({"通报": {"通报口径": "公开"}}, {}, "通报的通报口径由公开改成了全部"),
        ({"反馈问题数": 18}, {"反馈问题数": 19}, "反馈问题数由18改成了19"),
        ({"方面问题数": {"党建": 7}}, {"方面问题数": {"党建": 7, "财务": 2}}, "增加了“财务2”"),
        ({}, {"经审定数": {"立案审查调查": "3人"}}, "经审定数增加了“立案审查调查：3人”"),
    ],
)
def test_a_rule_of_the_ledger_made_stricter_or_added_to_is_told(
    old: Data, new: Data, expected: str
) -> None:
    [problem] = compare(_rules(**old), _rules(**new), EARLY)
    assert problem.code == "I711"
    assert expected in problem.message


# -- I709, I712: what is not compared ---------------------------------------------------------


def test_i709_is_a_file_that_cannot_be_compared() -> None:
    problem = not_compared(ledger(finding()), "07.yaml", "版本HEAD里07.yaml有错误")
    hint = "取来完整的历史再查；历史里确实没有能读的，由督查单位核对后确认"
    assert _said([problem]) == [f"07.yaml () I709 版本HEAD里07.yaml有错误；{hint}"]
    assert problem.severity is Severity.ERROR


def test_i712_is_a_ledger_that_is_not_looked_at() -> None:
    problem = unwatched_ledger("ledgers/keji/inspection.yaml", "没有看这本台账", "查它")
    assert _said([problem]) == ["ledgers/keji/inspection.yaml () I712 没有看这本台账；查它"]
    assert problem.severity is Severity.ERROR


# -- I710, I711: what the declarations guard and notice ---------------------------------------

_GUARDED = "恢复原来的写法；确需改的，由督查单位确认"
_LOOK = "请核对这处改动"
FULL: Data = {
    "方面": "党的建设",
    "责任科室": ["办公室", "人事科"],
    "整改目标": "少开会",
    "清退资金": "1864元",
    "处理人员": {"提醒谈话": 3},
    "建章立制": ["《会议规则》"],
}


def _worked(**keys: Any) -> Finding:
    first = measure(done="2021-03-01", due="2021-04-01", text="少开会") | {"成效": "少开会10次"}
    second = measure(text="修订制度") | {"佐证": ["草案.pdf"]}
    usual: Data = {"措施": [first | keys.pop("first", {}), second]}
    return finding(**(usual | FULL | keys))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (_worked(公开="否", 不公开理由="涉密"), "('公开',) I710 公开由是改成了否"),
        (
            _worked(first={"完成": "2021-02-20"}),
            "('措施', 0, '完成') I710 措施7.1的完成由2021-03-01改成了2021-02-20",
        ),
        (
            _worked(first={"完成": None}),
            "('措施', 0, '完成') I710 措施7.1的完成被删去（原为2021-03-01）",
        ),
        (
            _worked(first={"内容": "修缮食堂"}),
            "('措施', 0, '内容') I710 措施7.1的内容由“少开会”改成了“修缮食堂”",
        ),
        (
            _worked(措施=[measure(text="修订制度"), measure(text="少开会")]),
            "('措施', 0, '佐证') I710 措施7.1的佐证被删去（原为“草案.pdf”）",
        ),
    ],
)
def test_i710_is_a_guarded_field_changed(new: Finding, expected: str) -> None:
    found = [said for said in _found(_worked(), new) if "I710" in said]
    assert f"07.yaml {expected}；{_GUARDED}" in found


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            _worked(first={"成效": "少开会30次"}),
            "('措施', 0, '成效') I711 措施7.1的成效由“少开会10次”改成了“少开会30次”",
        ),
        (_worked(方面="作风建设"), "('方面',) I711 方面由“党的建设”改成了“作风建设”"),
        (
            _worked(责任科室="财务科"),
            "('责任科室',) I711 责任科室由“办公室、人事科”改成了“财务科”",
        ),
        (_worked(整改目标=None), "('整改目标',) I711 整改目标被删去（原为“少开会”）"),
        (_worked(清退资金="884元"), "('清退资金',) I711 清退资金由1864元改成了884元"),
        (
            _worked(处理人员={"提醒谈话": 1}),
            "('处理人员',) I711 处理人员由“提醒谈话3”改成了“提醒谈话1”",
        ),
    ],
)
def test_i711_is_a_noticed_field_changed(new: Finding, expected: str) -> None:
    [problem] = compare(ledger(_worked()), ledger(new), EARLY)
    assert _said([problem]) == [f"07.yaml {expected}；{_LOOK}"]
    assert problem.severity is Severity.INFO


@pytest.mark.parametrize(
    "more",
    [
        {"责任科室": ["办公室", "人事科", "财务科"]},
        {"建章立制": ["《会议规则》", "《用车规则》"]},
        {"处理人员": {"提醒谈话": 3, "诫勉": 1}},
        {"具体表现": ["会议多"], "责任人": "办公室负责人"},
    ],
)
def test_what_is_added_is_no_change(more: Data) -> None:
    assert _found(_worked(), _worked(**more)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"时区": "Asia/Urumqi"}, "('时区',) I710 时区由“Asia/Shanghai”改成了“Asia/Urumqi”"),
        ({}, {"预警天数": [5]}, "('预警天数',) I710 预警天数由“20、10、3”改成了“5”"),
        (
            {},
            {"预警天数": [20, 10, 2]},
            "('预警天数',) I710 预警天数由“20、10、3”改成了“20、10、2”",
        ),
        ({}, {"督查周期": "每月"}, "('督查周期',) I710 督查周期由每周改成了每月"),
        ({"督查周期": "每月"}, {"督查周期": "30天"}, "督查周期由每月改成了30天"),
        (
            {"通报": {"须有保密审查": "是"}},
            {},
            "('通报', '须有保密审查') I710 通报的须有保密审查由是改成了否",
        ),
        (
            {"通报": {"保密审查": {"日期": "2021-05-01", "审查人": "甲", "结论": "可以公开"}}},
            {"通报": {"统计": "是"}},
            "('通报', '保密审查') I710 通报的保密审查被删去",
        ),
        (
            {"通报": {"保密审查": {"日期": "2021-05-01", "审查人": "甲", "结论": "不宜公开"}}},
            {"通报": {"保密审查": {"日期": "2021-05-01", "审查人": "甲", "结论": "可以公开"}}},
            "通报的保密审查的结论由“不宜公开”改成了“可以公开”",
        ),
        ({"巡察组": "第一组"}, {"巡察组": "第二组"}, "I711 巡察组由“第一组”改成了“第二组”"),
        ({}, {"通报": {"统计": "否"}}, "I711 通报的统计由是改成了否"),
        ({}, {"预警天数": [30, 10, 3]}, "I711 预警天数由“20、10、3”改成了“30、10、3”"),
        ({}, {"督查周期": "每天"}, "I711 督查周期由每周改成了每天"),
        ({}, {"通报": {"须有保密审查": "是"}}, "I711 通报的须有保密审查由否改成了是"),
    ],
)
def test_the_declarations_tell_what_of_the_inspection_may_change(
    old: Data, new: Data, expected: str
) -> None:
    [said] = _said(compare(_rules(**old), _rules(**new), EARLY))
    assert expected in said


@pytest.mark.parametrize(
    "new", [{"通报": {"标题": "甲", "开头": "乙"}}, {"预警天数": [20, 10, 3, 1]}]
)
def test_the_prose_of_the_notice_is_free_and_more_warnings_are_welcome(new: Data) -> None:
    assert (
        compare(_rules(通报={"标题": "无"}), _rules(**{"通报": {"标题": "无"}} | new), EARLY) == []
    )


def test_a_new_field_is_guarded_as_soon_as_it_is_declared() -> None:
    class Case(Model):
        a: str | None = declare("甲", TEXT, "甲", default=None, history="guarded", publish=True)
        b: str | None = declare("乙", TEXT, "乙", default=None, history="noticed", publish=True)
        c: str | None = declare("丙", TEXT, "丙", default=None, history="free", publish=True)

    found = list(changes(Case(a="一", b="一", c="一"), Case(a="二", b="二", c="二"), ("外",)))
    assert [(one.at, one.is_guarded, one.is_noticed) for one in found] == [
        (("外", "甲"), True, False),
        (("外", "乙"), False, True),
        (("外", "丙"), False, False),
    ]


def test_what_comes_into_the_ledger_as_done_is_told_in_one_line() -> None:
    old = ledger(finding("01", 问题="学习不够", 措施=_PLAN), finding("02", 问题="文风不实"))
    late = [_PLAN[0] | {"完成": "2021-03-01"}, _PLAN[1]]
    new = ledger(
        finding("01", 问题="学习不够", 措施=late),
        old.findings[1],
        finding("07", 记录=[closing("2021-04-01")], 措施=late),
        finding("08", 问题="文山会海", 记录=[closing("2021-04-01")]),
        finding("09", 问题="作风漂浮", 措施=late),
        finding("10", 问题="账目不清", 措施=_PLAN, 记录=[A]),
    )
    line = (
        "inspection.yaml () I711 新增的问题07、08首次出现时已销号；"
        "2个问题的措施，完成日期过去30天以上才登记；请核对这些问题的记录和佐证材料"
    )
    assert _said(compare(old, new, date(2021, 4, 1))) == [line]
    assert "措施" not in compare(old, new, date(2021, 3, 31))[0].message
    seen = _said(compare(old, new, LATE, lambda *_: date(2021, 3, 2)))
    assert seen == [line.replace("2个问题的措施，完成日期过去30天以上才登记；", "")]
    assert _said(compare(new, new, LATE)) == []


def test_a_new_ledger_that_is_said_to_be_the_published_words_is_told() -> None:
    [problem] = new_original(_rules(通报={"原文": "是"}))
    assert (problem.code, problem.at) == ("I711", ("通报", "原文"))
    assert [*new_original(_rules(通报={"原文": "否"})), *new_original(_rules())] == []


def test_a_change_is_never_told_twice() -> None:
    closed = {"记录": [closing("2021-04-28")]}
    old, new = _worked(**closed), _worked(**closed, first={"成效": "少开会30次"})
    assert _codes(old, new) == ["I704"]
    assert _codes(_worked(), _worked(类型="长期坚持", 检视周期="每年")) == ["I702"]


# -- the catalogue ----------------------------------------------------------------------------


def test_every_code_of_history_has_a_test_of_its_own_and_all_but_notices_fail() -> None:
    tested = {name.split("_")[1].upper() for name in globals() if name.startswith("test_i7")}
    assert set(HISTORY) == tested
    assert list(HISTORY) == sorted(HISTORY)
    told = [one.code for one in HISTORY.values() if one.severity is not Severity.ERROR]
    assert told == ["I711", "I714", "I716", "I718", "I720", "I721", "I730"]


def test_sending_back_hides_nothing() -> None:
    old = _journal(application("2021-04-20"))
    assert _found(old, _journal(application("2021-04-20"), sent_back("2021-05-05")), LATE) == []


# -- I713, I714: the earliest commit that holds a record --------------------------------------

STEPS = decoded(Inspection, {"反馈日期": "2021-02-01", "销号程序": ["申请", "批准"], "格式": "2"})


def _dated(
    new: Finding, seen: str, rules: Inspection = STEPS, old: Finding | None = None
) -> list[str]:
    """Compare with a finding without records, looked at on 2021-05-10."""
    then, now = ledger(old or _journal(), inspection=rules), ledger(new, inspection=rules)
    day = date.fromisoformat(seen)
    return _said(compare(then, now, LATE, lambda _finding, _record: day))


def _entered(record: Data, day: str) -> Data:
    return record | {"登记日期": day}


@pytest.mark.parametrize(
    "record",
    [
        _entered(application("2021-04-28"), "2021-05-01"),
        _entered(application("2021-05-01"), "2021-05-02"),
        _entered(extension("2021-04-28", "2021-06-30"), "2021-05-02"),
    ],
)
def test_i713_is_a_day_of_entry_before_the_earliest_commit(record: Data) -> None:
    [found] = _dated(_journal(record), "2021-05-09")
    day = record["登记日期"]
    assert found == (
        f"07.yaml ('记录', 0) I713 {day}的{record['事项']}记录到2021-05-09才有（按最早的提交），"
        "与登记日期不符，逾期天数少算了；"
        "补写“登记日期: 2021-05-09”；确是当天登记的，由督查单位核对后确认"
    )
    assert _dated(_journal(record), day) == []


def test_an_extension_after_the_deadline_is_dated_the_day_it_is_entered() -> None:
    late = extension("2021-05-02", "2021-06-30")
    assert _dated(_journal(late), "2021-05-09") == [
        (
            "07.yaml ('记录', 0) I713 2021-05-02的延期记录到2021-05-09才有（按最早的提交），"
            "没有登记日期，逾期天数少算了；"
            "补写“登记日期: 2021-05-09”；确是当天登记的，由督查单位核对后确认"
        )
    ]
    assert _dated(_journal(late), "2021-05-02") == []
    assert _dated(_journal(_entered(late, "2021-05-09")), "2021-05-09") == []


def test_i714_is_a_step_after_the_deadline_that_was_written_later_still() -> None:
    record = application("2021-05-02")
    [found] = _dated(_journal(record), "2021-05-09")
    assert found.startswith("07.yaml ('记录', 0) I714 2021-05-02的申请销号记录到")
    assert _dated(_journal(record), "2021-05-02") == []


def test_a_review_written_after_its_day_is_named() -> None:
    honest = supervision("2021-06-08")  # the review was due on 2021-06-01
    old, new = long_term(记录=[honest]), long_term(记录=[honest, supervision("2021-05-28")])

    def found(seen: str, now: Finding = new) -> list[str]:
        day = date.fromisoformat(seen)
        return _said(compare(ledger(old), ledger(now), date(2021, 6, 20), lambda *_: day))

    assert found("2021-06-15") == [
        (
            "02.yaml ('记录', 1) I714 2021-05-28的督查记录到2021-06-15才有（按最早的提交），"
            "检视时限2021-06-01已过；请核对日期"
        )
    ]
    assert found("2021-06-01") == []
    late = [honest, _entered(supervision("2021-05-28"), "2021-06-15")]
    assert found("2021-06-15", long_term(记录=late)) == []
    assert found("2021-06-15", long_term(记录=[honest, supervision("2021-06-05")])) == []


def test_an_application_dated_before_the_deadline_and_entered_after_it_is_i706_once() -> None:
    for record in (application("2021-04-28"), _entered(application("2021-04-20"), "2021-04-30")):
        [found] = _dated(_journal(record), "2021-05-09")
        assert " I706 时限2021-04-30过后问题07已经逾期" in found
    assert _dated(_journal(_entered(application("2021-04-28"), "2021-05-09")), "2021-05-09") == []


def test_a_spell_that_a_return_took_up_again_is_not_ended_by_a_backdated_application() -> None:
    old = _journal(application("2021-04-20"))
    new = _journal(application("2021-04-20"), sent_back("2021-04-25"), application("2021-04-29"))
    [found] = _dated(new, "2021-05-09", old=old)
    assert " I706 2021-04-29的申请销号记录到2021-05-09才有" in found
    assert _dated(new, "2021-04-30", old=old) == []


@pytest.mark.parametrize(
    "record",
    [
        supervision("2021-05-02"),
        {"日期": "2021-05-02", "事项": "进展", "情况": "初稿已成"},
        {"日期": "2021-05-02", "事项": "认定", "单位": "县委巡察办", "结论": "认可"},
    ],
)
def test_what_ends_no_spell_of_being_overdue_may_be_written_later(record: Data) -> None:
    assert _dated(_journal(record), "2021-05-09") == []


def test_in_a_ledger_without_an_application_step_the_closing_is_what_counts() -> None:
    [found] = _dated(_journal(_entered(closing("2021-05-01"), "2021-05-02")), "2021-05-09", KEJI)
    assert " I713 2021-05-02的销号记录到2021-05-09才有" in found
    assert _dated(_journal(A, application("2021-05-02")), "2021-05-09", KEJI) == []
    applied = _journal(application("2021-05-02"))
    decided = _journal(application("2021-05-02"), closing("2021-05-03"))
    assert _dated(decided, "2021-05-09", old=applied) == []


def test_new_kinds_of_records_are_lawful_additions_and_guarded_like_the_others() -> None:
    recognised = {"日期": "2021-04-29", "事项": "认定", "单位": "县委巡察办", "结论": "认可"}
    reopened = reopening("2021-05-02") | {"新时限": "2021-06-30"}
    withdrawn = {
        "日期": "2021-05-03",
        "事项": "撤销登记",
        "理由": "重复登记",
        "并入": "08",
        "依据": "会议纪要",
    }
    journal = [closing("2021-04-28")]
    for record in (recognised, reopened, withdrawn):
        old = _journal(*journal)
        journal.append(record)
        told = ["I711"] if record is withdrawn else []
        assert _codes(old, _journal(*journal), LATE) == told
    for place, record in enumerate(journal):
        changed = [*journal[:place], record | {"经办人": "乙"}, *journal[place + 1 :]]
        assert "I701" in _codes(_journal(*journal), _journal(*changed), LATE)
        assert "I701" in _codes(
            _journal(*journal), _journal(*journal[:place], *journal[place + 1 :]), LATE
        )


def test_a_withdrawal_dated_back_makes_no_overdue_finding_punctual() -> None:
    withdrawn = withdrawal("2021-04-29") | {"依据": "会议纪要"}
    assert _codes(_journal(A), _journal(A, withdrawn), LATE) == ["I711", "I706"]
    assert _codes(_journal(A), _journal(A, withdrawn | {"日期": "2021-05-10"}), LATE) == ["I711"]


def test_a_report_dated_back_before_a_dispute_is_told() -> None:
    then = [report("2021-03-05"), dispute("2021-03-12")]
    assert _found(_journal(*then), _journal(*then, report("2021-03-10"))) == [
        (
            "07.yaml ('记录', 2) I711 补登的2021-03-10的进展在2021-03-12与自报不符的督查之前，"
            "那次督查改为针对它；补登的写“登记日期”；确是当时漏登的，请核对"
        )
    ]
    for after in (report("2021-03-12"), _entered(report("2021-03-10"), "2021-03-15")):
        assert _found(_journal(*then), _journal(*then, after)) == []
    assert _found(_journal(then[0]), _journal(*then, report("2021-03-10"))) == []


# -- I715: withdrawals ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "seen_on", "why"),
    [
        ([A], [], LATE, "已经逾期"),
        ([application("2021-03-20"), sent_back("2021-03-25")], [], EARLY, "被退回或重开"),
        ([application("2021-03-20")], [sent_back("2021-03-25")], EARLY, "被退回或重开"),
        ([closing("2021-03-20")], [reopening("2021-03-25")], EARLY, "被退回或重开"),
        (
            [closing("2021-03-20"), recognition("2021-03-25", "不认可退回")],
            [],
            LATE,
            "上级不认可",
        ),
        (
            [closing("2021-03-20")],
            [recognition("2021-03-25", "不认可退回")],
            LATE,
            "上级不认可",
        ),
        (
            [closing("2021-03-20"), recognition("2021-03-25", "不认可退回")],
            [reopening("2021-03-28")],
            LATE,
            "已经逾期、被退回或重开、上级不认可",
        ),
    ],
)
def test_i715_is_a_withdrawal_that_hides_something_and_says_on_no_ground(
    then: list[Data], now: list[Data], seen_on: date, why: str
) -> None:
    old, gone = _journal(*then), withdrawal("2021-05-10")
    hint = "补充“依据”（文号或会议）；没有批准的，删去这条记录"
    [found] = _found(old, _journal(*then, *now, gone), seen_on)
    assert found == (
        f"07.yaml ('记录', {len(then) + len(now)}) I715 "
        f"问题07{why}，撤销登记（重复登记）没有依据；{hint}"
    )
    based = gone | {"依据": "县委巡察办函〔2021〕12号"}
    assert _codes(old, _journal(*then, *now, based), seen_on) == ["I711"]
    withdrawn = _journal(*then, *now, gone)
    assert _found(withdrawn, withdrawn, seen_on) == []


@pytest.mark.parametrize(
    "then",
    [[], [A], [closing("2021-03-20")], [closing("2021-03-20"), recognition("2021-03-25")]],
)
def test_every_other_withdrawal_is_told(then: list[Data]) -> None:
    [found] = _found(_journal(*then), _journal(*then, withdrawal("2021-04-10")), EARLY)
    said = "问题07撤销登记，理由是重复登记，不再计入各项数"
    assert found == f"07.yaml ('记录', {len(then)}) I711 {said}；{_LOOK}"


# -- from format 1 to 2 -----------------------------------------------------------------------

_NEW_FORMAT = decoded(Inspection, {"反馈日期": "2021-02-01", "格式": "2"})


def _reported(record: Data) -> Data:
    return record | {"事项": "进展"}


def _upgraded(
    old: Finding, new: Finding, then: Inspection = KEJI, now: Inspection = _NEW_FORMAT
) -> list[str]:
    found = compare(ledger(old, inspection=then), ledger(new, inspection=now), EARLY)
    return [problem.code for problem in found]


def test_an_upgrade_is_told_and_is_no_rewriting() -> None:
    old, new = _journal(A, B, C), _journal(_reported(A), B, _reported(C))
    then, now = ledger(old, inspection=KEJI), ledger(new, inspection=_NEW_FORMAT)
    found = compare(then, now, EARLY)
    assert _said(found) == [
        "07.yaml ('记录',) I711 升级到格式2，2021-03-05、2021-03-19的督查改为进展；请核对这处改动",
        "inspection.yaml ('格式',) I711 格式由1改成了2；请核对这处改动",
    ]
    more = [_reported(A), _reported(B), C, closing("2021-04-01")]
    assert _upgraded(old, _journal(*more)) == ["I711", "I711"]


def test_an_upgrade_may_leave_every_visit_what_it_was() -> None:
    assert _upgraded(_journal(A, B), _journal(A, B)) == ["I711"]


@pytest.mark.parametrize(
    "new",
    [
        [_reported(A) | {"情况": "已经整改"}, B],
        [_reported(A) | {"日期": "2021-03-06"}, B],
        [_reported(A) | {"经办人": "办公室"}, B],
        [_reported(A) | {"下步措施": "报批"}, B],
        [_reported(A)],
        [B, _reported(A)],
        [_reported(B), A],
        [_reported(C), _reported(A), B],
    ],
)
def test_an_upgrade_that_changes_anything_more_is_rewriting(new: list[Data]) -> None:
    assert "I701" in _upgraded(_journal(A, B), _journal(*new))


@pytest.mark.parametrize(
    "key",
    [{"方式": "现场督查"}, {"要求": "报送方案"}, {"回复期限": "2021-03-31"}, {"与自报不符": "是"}],
)
def test_a_visit_that_says_what_no_report_says_is_no_report(key: Data) -> None:
    assert "I701" in _upgraded(_journal(A | key), _journal(_reported(A)))


def test_records_are_retitled_only_with_the_format() -> None:
    old, new = _journal(A, B), _journal(_reported(A), B)
    assert _upgraded(old, new, now=KEJI) == ["I701"]
    assert _upgraded(old, new, then=_NEW_FORMAT) == ["I701"]


def test_a_report_never_becomes_a_visit() -> None:
    old, new = _journal(_reported(A), B), _journal(A, B)
    assert sorted(_upgraded(old, new)) == ["I701", "I711"]
    assert _upgraded(old, new, then=_NEW_FORMAT) == ["I701"]


def test_the_format_is_never_lowered_nor_taken_away() -> None:
    for now in (KEJI, decoded(Inspection, {"反馈日期": "2021-02-01", "格式": "1"})):
        found = compare(
            ledger(_journal(A), inspection=_NEW_FORMAT), ledger(_journal(A), inspection=now), EARLY
        )
        [said] = _said(found)
        assert said.startswith("inspection.yaml ('格式',) I710 格式由2改成了1；恢复原来的写法；")
    lowered = _upgraded(_journal(_reported(A)), _journal(A), then=_NEW_FORMAT, now=KEJI)
    assert lowered == ["I710", "I701"]


def test_an_upgrade_makes_no_overdue_review_punctual() -> None:
    old = long_term(记录=[supervision("2021-03-05")])
    new = long_term(记录=[_reported(supervision("2021-03-05"))])
    then, now = ledger(old, inspection=KEJI), ledger(new, inspection=_NEW_FORMAT)
    assert [one.code for one in compare(then, now, date(2021, 6, 10))] == ["I711", "I711"]


# Days off, and what becomes of a deadline on one.


def _kept_by(when_off: str, off: tuple[str, ...] = (), worked: tuple[str, ...] = ()) -> Inspection:
    known = days_off([map(date.fromisoformat, off)], [map(date.fromisoformat, worked)])
    made = decoded(Inspection, INSPECTION | {"时限逢休": when_off})
    return replaced(made, days_off=overridden(days_off_by_notice(), known))


def _of_days(old: Inspection, new: Inspection, seen_on: date = EARLY) -> list[str]:
    subject = finding(整改时限="2026-05-08")
    was, now = (ledger(subject, inspection=one) for one in (old, new))
    return _said(compare(was, now, seen_on))


def test_days_off_may_not_be_changed_where_deadlines_follow_from_them() -> None:
    confirm = "恢复原来的写法；确需改的，由督查单位确认"
    changed = _kept_by("顺延", off=("2026-05-08",), worked=("2026-05-05",))
    assert _of_days(_kept_by("顺延"), changed) == [
        "节假日.yaml () I710 2026-05-05改为上班、2026-05-08改为放假，时限随之改变；" + confirm
    ]
    assert _of_days(changed, changed) == []
    many = _kept_by("提前", off=("2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14"))
    assert _of_days(_kept_by("提前"), many) == [
        "节假日.yaml () I710 2026-05-11改为放假、2026-05-12改为放假、2026-05-13改为放假等4天，"
        "时限随之改变；" + confirm
    ]


def test_a_new_year_s_days_and_those_of_a_ledger_that_moves_nothing_are_a_notice() -> None:
    added = _kept_by("顺延", off=("2027-01-01",))
    assert _of_days(_kept_by("顺延"), added) == [
        "节假日.yaml () I711 2027-01-01改为放假；请核对这处改动"
    ]
    assert _of_days(_kept_by("不变"), _kept_by("不变", off=("2026-05-08",))) == [
        "节假日.yaml () I711 2026-05-08改为放假；请核对这处改动"
    ]
    # What the ledger has named once is settled, though nothing else is known of its year.
    assert [line.split()[2] for line in _of_days(added, _kept_by("顺延"))] == ["I710"]


def test_a_saturday_said_to_be_off_changes_nothing() -> None:
    assert _of_days(_kept_by("顺延"), _kept_by("顺延", off=("2026-05-16",))) == []


def test_when_a_deadline_moves_may_not_be_changed() -> None:
    [said] = _of_days(_kept_by("不变"), _kept_by("顺延"))
    assert said.startswith("inspection.yaml ('时限逢休',) I710 时限逢休由不变改成了顺延；")


def test_a_missed_deadline_is_not_mended_by_a_day_off() -> None:
    off = _kept_by("顺延", off=("2026-05-08",))
    days, finding_itself = _of_days(_kept_by("顺延"), off, date(2026, 5, 20))
    assert days.startswith("节假日.yaml () I710 2026-05-08改为放假，时限随之改变；")
    assert finding_itself.startswith(
        "07.yaml ('记录',) I706 时限2026-05-08过后问题07已经逾期，节假日.yaml的改动却使它未逾期；"
    )
    # By a new rule alone it is told once.
    missed = _kept_by("不变", off=("2026-05-08",))
    assert [line.split()[2] for line in _of_days(missed, off, date(2026, 5, 20))] == ["I710"]


_DATED = {"整改时限": "2021-04-30", "措施": [measure()]}


def test_a_key_by_its_old_name_is_no_change() -> None:
    keys = {"问题": "学习不够", "类型": "长期坚持"}
    old = decoded(Finding, keys | {"复核周期": "每季度"}, "02")
    assert _codes(old, decoded(Finding, keys | {"检视周期": "每季度"}, "02")) == []


def test_a_deadline_given_to_a_long_term_finding_may_not_put_off_its_review() -> None:
    reviewed = long_term(措施=[measure()])  # by 2021-05-01
    earlier, later = (
        long_term(整改时限=day, 措施=[measure()]) for day in ("2021-04-30", "2021-06-30")
    )
    assert _codes(reviewed, earlier) == []
    assert _codes(reviewed, later) == ["I702"]


def test_a_long_term_finding_that_was_late_stays_so_whatever_day_its_measure_is_given() -> None:
    late, seen = long_term(**_DATED), date(2021, 5, 18)
    in_time = long_term(整改时限="2021-04-30", 措施=[measure(done="2021-04-28")])
    honest = long_term(整改时限="2021-04-30", 措施=[measure(done="2021-05-20")])
    codes = [one.code for one in compare(ledger(late), ledger(in_time), seen)]
    assert "I706" in codes
    assert [one.code for one in compare(ledger(late), ledger(honest), seen)] == []


def test_a_measure_that_met_the_deadline_and_was_entered_after_it_is_named() -> None:
    before = long_term(**_DATED)
    after = long_term(整改时限="2021-04-30", 措施=[measure(done="2021-04-28")])
    told = compare(ledger(before), ledger(after), date(2021, 4, 20), lambda *_: date(2021, 5, 9))
    assert [(one.code, one.at) for one in told] == [("I714", ("措施", 0, "完成"))]


def test_a_finding_is_not_taken_out_of_the_feedback_unseen() -> None:
    told, elsewhere = finding(), finding(来源="上级督查", 来源文号="3号")
    assert _codes(told, elsewhere) == ["I710"]
    # Back again its number, which was to be kept, is gone.
    assert _codes(elsewhere, told) == ["I711", "I710"]
    assert _codes(elsewhere, finding(来源="信访交办", 来源文号="3号")) == ["I711"]
    assert _codes(elsewhere, finding(来源="上级督查", 来源文号="4号")) == ["I710"]


def test_who_assists_and_of_which_kind_it_is_may_change_and_is_seen() -> None:
    old = finding(配合科室="人事科", 问题类别="作风", 领办="书记", 合并整改="03")
    new = finding(配合科室="财务科", 问题类别="党建", 领办="局长", 合并整改="04")
    assert _codes(old, new) == ["I711"] * 4


_LEVELS = [
    {"等级": "黄", "颜色": "黄", "天数": "10天", "发至": ["责任科室"]},
    {"等级": "橙", "颜色": "橙", "天数": "3天", "发至": ["责任科室"]},
]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"预警等级": _LEVELS}, {"预警等级": _LEVELS[:1]}, "I708"),
        ({"预警等级": _LEVELS}, {"预警等级": [_LEVELS[0] | {"颜色": "蓝"}, _LEVELS[1]]}, "I708"),
        ({"预警等级": _LEVELS}, {"预警等级": [_LEVELS[0] | {"天数": "15天"}, _LEVELS[1]]}, "I711"),
        ({"预警天数": [10, 3]}, {"预警等级": _LEVELS}, "I711"),
        ({"预警天数": [20, 10, 3]}, {"预警等级": _LEVELS}, "I708"),
        ({"预警等级": _LEVELS}, {"预警天数": [10]}, "I708"),
        ({"预警等级": _LEVELS}, {}, "I711"),
    ],
)
def test_a_table_of_warnings_may_be_made_stricter_only(old: Data, new: Data, expected: str) -> None:
    [problem] = compare(_rules(**old), _rules(**new), EARLY)
    assert problem.code == expected


def test_the_table_and_its_short_form_are_one() -> None:
    short = [
        {"等级": "3天预警", "颜色": "橙", "天数": "3", "发至": ["责任科室"]},
        {"等级": "10天预警", "颜色": "黄", "天数": "10", "发至": ["责任科室"]},
    ]
    assert compare(_rules(预警天数=[10, 3]), _rules(预警等级=short), EARLY) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"整改方案报送截止": "2021-03-01"}, {"整改方案报送截止": "2021-04-01"}, "I708"),
        ({"整改方案报送截止": "2021-03-01"}, {}, "I708"),
        ({"整改报告报送截止": "2021-03-01"}, {"整改报告报送截止": "2021-02-20"}, "I711"),
        ({"集中整改截止依据": "3号"}, {"集中整改截止依据": "4号"}, "I710"),
        (
            {"整改方案": {"报送日期": "2021-03-02"}},
            {"整改方案": {"报送日期": "2021-03-01"}},
            "I710",
        ),
        ({"整改方案": {"报送日期": "2021-03-02"}}, {}, "I710"),
        ({"联系人": "局办公室"}, {"联系人": "局机关党委"}, "I711"),
        ({"轮次": "第五轮"}, {"轮次": "第六轮"}, "I711"),
    ],
)
def test_the_days_of_the_inspection_are_not_put_off_unseen(
    old: Data, new: Data, expected: str
) -> None:
    [problem] = compare(_rules(**old), _rules(**new), EARLY)
    assert problem.code == expected


# -- I716: corrections ------------------------------------------------------------------------


def _correction(day: str, number: int) -> Data:
    return {"日期": day, "事项": "更正", "第几条": number, "理由": "登记到了其他问题"}


def _with_days(old: Finding, new: Finding, seen: str) -> list[str]:
    day = date.fromisoformat(seen)
    return _said(compare(ledger(old), ledger(new), LATE, lambda _finding, _record: day))


def test_a_withdrawal_dated_before_it_was_there_says_so() -> None:
    withdrawn = withdrawal("2021-05-01") | {"依据": "函3号"}
    old, new = _journal(A), _journal(A, withdrawn)
    assert _with_days(old, new, "2021-05-01") == _found(old, new, LATE)
    [said] = _with_days(old, new, "2021-05-09")
    assert "；撤销登记写的是2021-05-01，到2021-05-09才有（按最早的提交）" in said


def test_i716_is_a_correction_that_is_told_and_is_no_rewriting() -> None:
    old, new = _journal(A, B), _journal(A, B, _correction("2021-05-10", 2))
    said = "问题07的第2条记录（2021-03-12的督查）已更正，理由：登记到了其他问题"
    assert _found(old, new) == [f"07.yaml ('记录', 2) I716 {said}；请核对这处改动"]
    assert _with_days(old, new, "2021-05-10") == _found(old, new)
    assert _with_days(old, new, "2021-05-12") == [
        (
            f"07.yaml ('记录', 2) I716 {said}；更正写的是2021-05-10，到2021-05-12才有"
            "（按最早的提交）；请核对这处改动"
        )
    ]


@pytest.mark.parametrize(
    "new",
    [
        [A],
        [A, B | {"情况": "没有问题"}, _correction("2021-05-10", 2)],
        [A, _correction("2021-05-10", 1)],
    ],
)
def test_a_record_that_was_corrected_stays_what_it_was(new: list[Data]) -> None:
    assert "I701" in _codes(_journal(A, B), _journal(*new))


def test_a_correction_stays_too() -> None:
    old = _journal(A, B, _correction("2021-05-10", 2))
    assert _codes(old, _journal(A, B)) == ["I701"]
    assert _codes(old, _journal(A, B, _correction("2021-05-10", 1))) == ["I701", "I716"]


def test_no_correction_hides_that_a_finding_was_overdue() -> None:
    late = extension("2021-05-05", "2021-12-31")
    old = finding(记录=[A, late], 整改时限="2021-04-30")
    new = finding(记录=[A, late, _correction("2021-05-10", 2)], 整改时限="2021-04-30")
    assert _codes(old, new, LATE) == ["I716"]
    assert standing(timeline(new), LATE, terms(INSPECTION_2)).days_left == -10


# -- I730: answers to urgings -----------------------------------------------------------------


def test_i730_is_an_answer_that_says_it_was_in_time_and_came_later() -> None:
    urged = URGED | {"回复期限": "2021-03-20"}
    old, new = _journal(urged, A), _journal(urged | {"回复日期": "2021-03-18"}, A)
    said = "07.yaml ('记录', 0, '回复日期') I730 2021-03-05的督办的回复日期2021-03-18"
    past = "，回复期限2021-03-20已过；请核对这处改动"
    assert _with_days(old, new, "2021-05-09") == [f"{said}到2021-05-09才有（按最早的提交）{past}"]
    assert _with_days(_journal(A), new, "2021-05-09") != []
    assert _with_days(old, new, "2021-03-20") == []
    # Where the commits are not at hand, that it was unanswered when the old version was made.
    assert _found(old, new, LATE) == [f"{said}2021-05-10尚未填写{past}"]
    assert _found(old, new, EARLY) == []
    late = _journal(urged | {"回复日期": "2021-03-22"}, A)
    assert _with_days(old, late, "2021-05-09") == []
    no_day = _journal(URGED | {"回复日期": "2021-03-18"}, A)
    assert _with_days(_journal(URGED, A), no_day, "2021-05-09") == []


# -- I718: handovers --------------------------------------------------------------------------


def _handover(day: str, giver: str, taker: str) -> Data:
    return {"日期": day, "事项": "交接", "从": giver, "到": taker}


def test_i718_is_a_handover_dated_before_it_was_there() -> None:
    old = _journal(A, 责任人="甲")
    new = _journal(A, _handover("2021-05-01", "甲", "乙"), 责任人="甲")
    assert _with_days(old, new, "2021-05-01") == []
    assert _with_days(old, new, "2021-05-09") == [
        (
            "07.yaml ('记录', 1) I718 2021-05-01的交接（甲到乙）到2021-05-09才有（按最早的提交）；"
            "请核对这处改动"
        )
    ]


def test_an_owner_changed_in_place_is_told_and_a_handover_stays_what_it_was() -> None:
    held = _journal(A, _handover("2021-05-01", "甲", "乙"), 责任人="甲")
    assert _codes(_journal(A, 责任人="甲"), _journal(A, 责任人="乙")) == ["I711"]
    assert _codes(held, _journal(A, 责任人="甲")) == ["I701"]
    other = _journal(A, _handover("2021-05-02", "甲", "乙"), 责任人="甲")
    assert _codes(held, other) == ["I701"]


# -- I717, I721: names that were corrected ----------------------------------------------------


def _note(old: str, new: str, kind: str = "责任科室", day: str = "2021-05-10") -> Data:
    return {"日期": day, "类别": kind, "旧": old, "新": new}


def _kept(*departments: str, notes: tuple[Data, ...] = (), **keys: Any) -> Ledger:
    """Give a ledger of one finding for each list of departments."""
    findings = [
        finding(f"{number:02d}", 问题=f"第{number}类问题", 责任科室=names, 责任人="甲", 记录=[A])
        for number, names in enumerate(departments, start=1)
    ]
    rules = decoded(Inspection, INSPECTION | keys | ({"更名": list(notes)} if notes else {}))
    return ledger(*findings, inspection=rules)


def _told(old: Ledger, new: Ledger) -> list[str]:
    return _said(compare(old, new, EARLY))


def test_i721_is_a_name_corrected_as_its_note_says() -> None:
    old = _kept("财务室、人事科", "财务室")
    new = _kept("财务科、人事科", "财务科", notes=(_note("财务室", "财务科"),))
    look = "请核对这处改动"
    assert _told(old, new) == [
        f"inspection.yaml ('更名', 0) I721 责任科室由财务室更名为财务科；{look}"
    ]
    back = _kept(
        *("财务室、人事科", "财务室"),
        notes=(_note("财务室", "财务科"), _note("财务科", "财务室")),
    )
    assert [one.split()[3] for one in _told(old, back)] == ["I721", "I721"]
    assert [one.split()[3] for one in _told(new, back)] == ["I721"]
    one = _kept("人事科", "财务室")
    merged = _kept("人事科", "人事科", notes=(_note("财务室", "人事科"),))
    assert _told(one, merged) == [
        f"inspection.yaml ('更名', 0) I721 责任科室由财务室更名为人事科，与原有的合并；{look}"
    ]


def test_a_name_changed_by_hand_is_told_as_before() -> None:
    assert [one.split(" ")[2] for one in _told(_kept("财务室"), _kept("财务科"))] == ["I711"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            _kept("财务室", "人事科", notes=(_note("审计室", "审计科"),)),
            "inspection.yaml ('更名', 0) I717 更名写责任科室由审计室改为审计科，原来没有审计室",
        ),
        (
            _kept("财务室", "人事科", notes=(_note("财务室", "财务科"),)),
            "01.yaml ('责任科室',) I717 更名写责任科室由财务室改为财务科，这里还写着财务室",
        ),
        (
            _kept("办公室", "人事科", notes=(_note("财务室", "财务科"),)),
            "inspection.yaml ('更名',) I717 更名写责任科室由财务室改为财务科，台账里没有财务科",
        ),
        (
            _kept("财务科", "人事科", notes=(_note("财务室", "财务科", "责任人"),)),
            "inspection.yaml ('更名', 0) I717 更名写责任人由财务室改为财务科，原来没有财务室",
        ),
    ],
)
def test_i717_is_a_note_that_does_not_say_what_was_changed(new: Ledger, expected: str) -> None:
    found = [one.partition("；")[0] for one in _told(_kept("财务室", "人事科"), new)]
    assert expected in found


def test_a_note_frees_nobody_of_who_has_to_review() -> None:
    keys: Data = {
        "销号程序": ["申请", "审核", "批准"],
        "回避": {"财务室": "机关纪委"},
        "销号权限": {"审核": "整改办"},
    }
    old = _kept("财务室", "人事科", **keys)
    renamed = keys | {"回避": {"财务科": "机关纪委"}}
    lawful = _kept("财务科", "人事科", notes=(_note("财务室", "财务科"),), **renamed)
    assert [one.split(" ")[3] for one in _told(old, lawful)] == ["I721"]
    # The reviewer becomes the applicant's office: no note makes two of those who sign one.
    signed: Data = keys | {"销号权限": {"审核": "人事科"}}
    merged = _kept("财务室", "人事科", notes=(_note("整改办", "人事科"),), **signed)
    found = _told(old, merged)
    assert any(" I717 " in one for one in found)
    assert any(" I708 " in one for one in found)
    # What stands in 回避 is not to be left behind.
    behind = _kept("财务科", "人事科", notes=(_note("财务室", "财务科"),), **keys)
    assert any(" I717 " in one and "回避" in one for one in _told(old, behind))


def test_what_means_a_findings_own_is_no_name_that_a_note_changes() -> None:
    def told(to: str) -> Data:
        return {"预警等级": [{"等级": "逾期", "颜色": "红", "天数": "逾期", "发至": to}]}

    old = _kept("财务室", **told("责任领导、局长"))
    away = _kept("财务室", notes=(_note("责任领导", "局长", "责任领导"),), **told("局长"))
    assert [line for line in _told(old, away) if " I717 " in line] != []
    assert [line for line in _told(old, away) if " I708 " in line] != []
    into = _kept("责任科室", notes=(_note("财务室", "责任科室"),), **told("责任领导、局长"))
    assert any("I717" in line and "“责任科室”不能作名称" in line for line in _told(old, into))


def test_a_note_stays() -> None:
    notes = (_note("财务室", "财务科"),)
    old = _kept("财务科", notes=notes)
    assert [one.split(" ")[2] for one in _told(old, _kept("财务科"))] == ["I710"]


# -- I719, I720: findings that were split -----------------------------------------------------

_THREE = [measure(text="少开会", done="2021-03-01"), measure(text="修订制度"), measure(text="培训")]
_SPLIT = {"日期": "2021-05-10", "事项": "拆分", "新编号": "08"}


def _part(**keys: Any) -> Finding:
    usual = {"问题": "会风不实", "措施": [_THREE[2]], "拆分自": "07"}
    return finding("08", **usual | keys)


def _parted(whole: Finding, part: Finding, old: Finding | None = None) -> list[str]:
    before = ledger(old or finding(措施=_THREE, 记录=[A]))
    return [one.partition("；")[0] for one in _told(before, ledger(whole, part))]


_LEFT = finding(措施=_THREE[:2], 记录=[A, _SPLIT])


def test_i720_is_a_finding_split_as_the_command_does() -> None:
    told = "08.yaml ('拆分自',) I720 问题07的1项措施拆分到问题08"
    assert _parted(_LEFT, _part()) == [told]
    assert _parted(_LEFT, _part(拆分自="7", 整改时限="2021-03-31")) == [told]
    extended = [A, extension("2021-03-05", "2021-06-30")]
    whole = finding(措施=_THREE[:2], 记录=[*extended, _SPLIT])
    part = _part(整改时限="2021-06-30")
    assert _parted(whole, part, finding(措施=_THREE, 记录=extended)) == [told]


@pytest.mark.parametrize(
    ("whole", "part", "why"),
    [
        (_LEFT, _part(整改时限="2021-12-31"), "整改时限2021-12-31晚于原来的时限2021-04-30"),
        (_LEFT, _part(整改时限=None), "整改时限空晚于原来的时限2021-04-30"),
        (
            _LEFT,
            _part(整改时限=None, 类型="长期坚持", 复核周期="每年"),
            "类型由限期整改改成了长期坚持",
        ),
        (_LEFT, _part(公开="否"), "公开与原来不同"),
        (
            finding(措施=_THREE[:2], 记录=[A, _SPLIT, extension("2021-03-02", "2021-04-20", 1)]),
            _part(),
            "问题07的记录按次序指明了措施，移走以后对不上了",
        ),
        (_LEFT, _part(措施=[measure(text="张贴标语")]), "没有移来措施"),
        (
            _LEFT,
            _part(措施=[measure(text="培训", due="2021-12-31")]),
            "移来的措施7.3与原来不同",
        ),
        (finding(措施=_THREE[:2], 记录=[A]), _part(), "问题07没有新的拆分记录"),
        (
            finding(措施=_THREE[1:], 记录=[A, _SPLIT]),
            _part(措施=[_THREE[0]]),
            "移走了已完成的措施7.1",
        ),
    ],
)
def test_i719_is_a_split_that_is_not_as_the_command_makes_it(
    whole: Finding, part: Finding, why: str
) -> None:
    found = _parted(whole, part)
    assert f"08.yaml ('拆分自',) I719 问题08由问题07拆分，{why}" in found
    assert any(" I707 " in one for one in found)


def test_a_long_term_finding_with_a_deadline_keeps_it_when_it_is_split() -> None:
    keys: Data = {"类型": "长期坚持", "检视周期": "每季度"}
    old = finding(措施=_THREE, 记录=[A], **keys)
    whole = finding(措施=_THREE[:2], 记录=[A, _SPLIT], **keys)
    assert [one.split(" ")[2] for one in _parted(whole, _part(**keys), old)] == ["I720"]
    later = _part(整改时限="2021-12-31", **keys)
    said = "问题08由问题07拆分，整改时限2021-12-31晚于原来的时限2021-04-30"
    assert f"08.yaml ('拆分自',) I719 {said}" in _parted(whole, later, old)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (_part(来源="上级督查"), "I710"),
        (_part(责任科室="人事科"), "I711"),
        (_part(整改目标="会议减少三成"), None),
        (_part(记录=[extension("2021-04-20", "2021-12-31")]), "I706"),
        (_part(记录=[withdrawal("2021-05-09")]), "I715"),
    ],
)
def test_what_is_split_off_is_otherwise_as_it_was(part: Finding, code: str | None) -> None:
    old = ledger(finding(措施=_THREE, 记录=[A], 责任科室="办公室"))
    whole = finding(措施=_THREE[:2], 记录=[A, _SPLIT], 责任科室="办公室")
    part = replaced(part, departments=part.departments or ("办公室",))
    found = _said(compare(old, ledger(whole, part), LATE))
    codes = [one[1] for line in found if (one := re.search("^08.* (I7[0-9]+) ", line))]
    assert codes == ["I720", *([code] if code else [])]


def test_a_finding_that_was_there_is_not_said_to_be_split_off_later() -> None:
    old = ledger(_LEFT, finding("08", 问题="会风不实", 措施=[_THREE[2]]))
    found = _told(old, ledger(_LEFT, _part()))
    assert [one.split(" ")[2] for one in found] == ["I710"]
