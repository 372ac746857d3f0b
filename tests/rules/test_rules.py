"""Where a rule keeps silent, and how a ledger regrades what the rules say."""

from datetime import date
from typing import Any

import pytest

from decoded import decoded
from examples import (
    application,
    closing,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    reopening,
    review,
    sent_back,
    supervision,
)
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import At, Problem
from zhenggai.model.terms import Severity
from zhenggai.rules import CODES, RULES, ExaminedLedger, examine, is_timing, regrade

TODAY = date(2021, 5, 18)
FEEDBACK = {"反馈日期": "2021-02-01"}
LATER = "2021-12-31"


def _case(
    *findings: Finding, inspection: dict[str, Any] | None = None, **rest: Any
) -> ExaminedLedger:
    kept = decoded(Inspection, FEEDBACK | (inspection or {}))
    day = date.fromisoformat(rest.pop("today", str(TODAY)))
    on_day = LedgerOnDay(ledger(*findings, inspection=kept), day)
    return ExaminedLedger(on_day, lambda path: path == "有.pdf", **rest)


def _at(code: str, *findings: Finding, **rest: Any) -> list[At]:
    """Give the places where a rule finds fault."""
    return [problem.at for problem in examine(_case(*findings, **rest)) if problem.code == code]


def _evidence(path: str) -> dict[str, Any]:
    return measure(done="2021-03-20") | {"佐证": path}


# Deadlines.


def test_a_finding_is_wanted_a_deadline_or_a_review_by_its_kind() -> None:
    assert _at("R411", long_term()) == []
    assert _at("R411", finding(类型="立行立改", 整改时限=None)) == [("整改时限",)]
    assert _at("R412", finding(), long_term()) == []
    assert _at("R413", finding(), long_term()) == []


def test_a_deadline_on_the_day_of_feedback_is_not_before_it() -> None:
    assert _at("R418", finding(整改时限="2021-02-01")) == []
    assert _at("R418", finding(整改时限="2021-01-31")) == [("整改时限",)]
    assert _at("R418", finding(整改时限="2021-01-31"), inspection={"反馈日期": None}) == []


def test_a_measure_due_with_its_finding_or_its_extension_is_in_time() -> None:
    due = [measure(due="2021-05-31")]
    assert _at("R419", finding(措施=[measure(due="2021-04-30")])) == []
    assert _at("R419", finding(措施=due)) == [("措施", 0, "时限")]
    assert _at("R419", finding(措施=due, 记录=[extension("2021-04-28", "2021-05-31")])) == []
    assert _at("R419", long_term(措施=due)) == []


def test_of_two_extensions_on_one_day_a_measure_must_keep_to_the_one_written_last() -> None:
    records = [extension("2021-04-28", "2021-06-30"), extension("2021-04-28", "2021-05-31")]
    assert _at("R419", finding(措施=[measure(due="2021-06-01")], 记录=records)) == [
        ("措施", 0, "时限")
    ]


# What was done.


def test_done_today_is_not_in_the_future() -> None:
    assert _at("R421", finding(措施=[measure(done="2021-05-18")])) == []


def test_what_is_put_right_at_once_may_be_done_from_the_inspection_on() -> None:
    begun = {"巡察开始": "2020-09-10"}
    early = [measure(done="2020-09-10")]
    assert _at("R422", finding(类型="立行立改", 措施=early), inspection=begun) == []
    assert _at("R422", finding(措施=early), inspection=begun) == [("措施", 0, "完成")]
    assert _at("R422", finding(类型="立行立改", 措施=early)) == []  # when it began is not known
    before = [measure(done="2020-09-09")]
    at_once = finding(类型="立行立改", 措施=before)
    assert _at("R422", at_once, inspection=begun) == [("措施", 0, "完成")]
    assert _at("R422", finding(措施=early), inspection={"反馈日期": None}) == []


def test_a_measure_done_on_its_deadline_is_not_late() -> None:
    assert _at("R423", finding(措施=[measure(done="2021-04-30")])) == []
    assert _at("R423", finding(措施=[measure(due="2021-05-31", done="2021-05-10")])) == []
    extended = finding(
        措施=[measure(done="2021-05-10")], 记录=[extension("2021-04-28", "2021-05-31")]
    )
    assert _at("R423", extended) == []
    assert _at("R423", long_term(措施=[measure(done="2021-05-10")])) == []
    assert _at("R423", finding(整改时限=None, 措施=[measure(done="2021-05-10")])) == []


def test_everything_done_by_the_day_of_closing_may_be_closed() -> None:
    records = [closing("2021-04-28")]
    assert _at("R424", finding(措施=[measure(done="2021-04-28")], 记录=records)) == []
    reopened = [closing("2021-04-28"), reopening("2021-05-06")]
    assert _at("R424", finding(措施=[measure()], 记录=reopened)) == []


def test_evidence_may_stand_with_the_closing_or_with_every_measure() -> None:
    asked = {"销号须佐证": "是"}
    shown = [closing("2021-04-28") | {"佐证": "有.pdf"}]
    bare = [closing("2021-04-28")]
    half = [_evidence("有.pdf"), measure(done="2021-03-20")]
    missing = [("记录", 0)]
    assert _at("R425", finding(记录=shown), inspection=asked) == []
    assert _at("R425", finding(措施=[_evidence("有.pdf")], 记录=bare), inspection=asked) == []
    assert _at("R425", finding(措施=half, 记录=bare), inspection=asked) == missing
    assert _at("R425", finding(记录=bare), inspection=asked) == missing
    assert _at("R425", finding(措施=half), inspection=asked) == []
    assert _at("R425", finding(记录=bare)) == []


def test_of_several_closings_the_last_one_shows_the_evidence() -> None:
    again = [closing("2021-03-01"), reopening("2021-03-02"), closing("2021-04-28")]
    assert _at("R425", finding(记录=again), inspection={"销号须佐证": "是"}) == [("记录", 2)]


def test_evidence_that_is_there_is_found() -> None:
    assert _at("R426", finding(措施=[_evidence("有.pdf"), _evidence("无.pdf")])) == [
        ("措施", 1, "佐证", 0)
    ]


@pytest.mark.parametrize(
    ("path", "digest", "changed"),
    [("有.pdf", "ab" * 32, False), ("有.pdf", "cd" * 32, True), ("无.pdf", "cd" * 32, False)],
)
def test_evidence_is_changed_when_its_digest_is(path: str, digest: str, *, changed: bool) -> None:
    digests = {"有.pdf": "ab" * 32}
    done = finding(措施=[measure() | {"佐证": {"文件": path, "校验值": digest}}])
    assert bool(_at("R429", done, digest=digests.get)) is changed


@pytest.mark.parametrize(
    "text",
    [
        "虚拟仿真平台已建成",
        "模拟演练3次",
        "拟定制度2项",
        "拟稿人已明确",
        "制订年度学习计划",
        "申报科技计划项目3项",
        "计划生育工作已考核",
        "《下一步工作打算》已印发",
        "“拟办意见”栏已填写",
    ],
)
def test_a_noun_that_sounds_like_a_plan_is_none(text: str) -> None:
    assert _at("R427", finding(措施=[measure(done="2021-03-20", text=text)])) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("拟召开会议", "拟"),
        ("制度正在草拟", "草拟"),
        ("制度已有,计划五月印发", "计划"),
        ("还计划召开会议", "还计划"),
        ("会议即将召开", "即将"),
        ("《制度》已印发,下一步抓落实", "下一步"),
    ],
)
def test_a_plan_is_quoted_from_what_is_reported_done(text: str, word: str) -> None:
    case = _case(finding(措施=[measure(done="2021-03-20", text=text)]))
    (problem,) = (problem for problem in examine(case) if problem.code == "R427")
    assert problem.message == f"措施已完成，内容里却写着“{word}”"


def test_a_plan_that_is_not_reported_done_is_only_a_plan() -> None:
    assert _at("R427", finding(措施=[measure(text="拟召开会议")])) == []


def test_one_text_twice_in_one_finding_is_its_own_affair() -> None:
    twice = finding("07", 措施=[measure(), measure()])
    assert _at("R428", twice) == []
    other = finding("08", 问题="会议,过多!", 措施=[measure(text="多下去")])
    assert _at("R428", twice, other) == [("问题",)]


# Aspects, the inspection.


def test_without_declared_aspects_any_aspect_will_do() -> None:
    assert _at("R416", finding(方面="作风")) == []
    assert _at("R416", finding(方面="作风"), inspection={"方面": ["作风"]}) == []
    assert _at("R416", finding(), inspection={"方面": ["作风"]}) == [("方面",)]


def test_a_hidden_finding_with_a_reason_is_in_order() -> None:
    approved = {"不公开批准人": "局党组", "不公开批准日期": "2021-02-10"}
    assert _at("R417", finding(公开="否", 不公开理由="涉密", **approved), finding("08")) == []
    assert len(_at("R417", finding(公开="否", 不公开理由="涉密"))) == 2


def test_days_in_order_or_not_given_are_in_order() -> None:
    one_day = {"巡察开始": "2021-02-01", "巡察结束": "2021-02-01"}
    assert _at("R402", inspection=one_day) == []
    assert _at("R402", inspection={"巡察开始": "2021-02-02"}) == [("反馈日期",)]
    assert _at("R402", inspection={"巡察结束": "2021-03-01", "反馈日期": None}) == []


def test_more_wrong_rules_than_there_are_codes_are_not_all_told() -> None:
    severities = {f"X{number}": "提示" for number in range(1000)}
    assert len(_at("R401", inspection={"规则": severities})) == 200


# The journal.


def test_after_closing_one_may_look_back_and_reopen() -> None:
    records = [closing("2021-04-28"), supervision("2021-05-01"), reopening("2021-05-02")]
    assert _at("J503", finding(记录=[*records, application("2021-05-03")])) == []
    assert _at("J503", finding(记录=[*records[:2], review("2021-05-03")])) == [("记录", 2)]


def test_a_finding_closed_reopened_and_closed_is_closed_once() -> None:
    records = [closing("2021-04-28"), reopening("2021-05-02"), closing("2021-05-10")]
    assert _at("J501", finding(记录=records)) == []
    assert _at("J502", finding(记录=records)) == []
    assert _at("J502", finding(记录=[reopening("2021-05-02"), closing("2021-05-10")])) == [
        ("记录", 0)
    ]


def test_the_journal_is_judged_by_date_and_not_by_place() -> None:
    records = [closing("2021-05-10"), reopening("2021-05-02"), closing("2021-04-28")]
    assert _at("J501", finding(记录=records)) == []
    assert _at("J509", finding(记录=records)) == [("记录", 1, "日期"), ("记录", 2, "日期")]


def test_an_extension_on_the_last_day_is_in_time() -> None:
    assert _at("J504", finding(记录=[extension("2021-04-30", "2021-05-31")])) == []
    assert _at("J505", finding(记录=[extension("2021-04-30", "2021-05-01")])) == []


def test_an_extension_is_measured_by_the_one_before_it() -> None:
    records = [extension("2021-04-28", "2021-05-31"), extension("2021-05-10", "2021-05-31")]
    assert _at("J504", finding(记录=records)) == []
    assert _at("J505", finding(记录=records)) == [("记录", 1, "新时限")]


def test_an_extension_without_a_deadline_is_measured_by_nothing() -> None:
    records = [extension("2021-04-28", "2021-05-31")]
    for code in ("J504", "J505", "J506"):
        assert _at(code, finding(整改时限=None, 记录=records)) == []


def test_a_record_of_today_or_of_the_feedback_is_in_time() -> None:
    records = [supervision("2021-02-01"), supervision("2021-05-18")]
    assert _at("J507", finding(记录=records)) == []
    assert _at("J508", finding(记录=records)) == []
    assert _at("J508", finding(记录=[supervision("2021-01-31")])) == [("记录", 0, "日期")]
    assert (
        _at("J508", finding(记录=[supervision("1999-01-31")]), inspection={"反馈日期": None}) == []
    )


def test_records_of_one_day_are_in_order_as_written() -> None:
    records = [supervision("2021-03-05"), application("2021-03-05")]
    assert _at("J509", finding(记录=records)) == []


def test_the_steps_of_closing_are_those_the_ledger_asks_for() -> None:
    whole = {"销号程序": ["申请", "审核", "批准"]}
    signed = [application("2021-04-20"), review("2021-04-25"), closing("2021-04-28")]
    assert _at("J510", finding(记录=signed), inspection=whole) == []
    assert _at("J510", finding(记录=signed[1:]), inspection=whole) == [("记录", 1)]
    assert _at("J510", finding(记录=signed[2:]), inspection={"销号程序": "批准"}) == []
    assert _at("J510", finding(记录=signed[2:])) == []


@pytest.mark.parametrize("undone", [sent_back("2021-04-26"), reopening("2021-04-26")])
def test_after_a_return_or_a_reopening_the_steps_are_taken_again(undone: dict[str, Any]) -> None:
    asked = {"销号程序": ["申请", "批准"]}
    records = [application("2021-04-20"), undone, closing("2021-04-28")]
    assert _at("J510", finding(记录=records), inspection=asked) == [("记录", 2)]
    records.insert(2, application("2021-04-27"))
    assert _at("J510", finding(记录=records), inspection=asked) == []


# Time passing.


def test_overdue_points_at_the_line_that_sets_the_deadline_in_force() -> None:
    records = [
        extension("2021-04-30", "2021-05-10"),
        extension("2021-04-28", "2021-05-05"),
        extension("2021-06-01", "2021-06-30"),
    ]
    assert _at("T601", finding()) == [("整改时限",)]
    assert _at("T601", finding(记录=records)) == [("记录", 0, "新时限")]
    assert _at("T601", finding(记录=records), today="2021-07-01") == [("记录", 2, "新时限")]
    assert _at("T601", finding(记录=records[2:])) == [("整改时限",)]
    assert _at("T601", long_term(), today="2021-06-02") == [("检视周期",)]


def test_an_extension_counts_from_its_own_day() -> None:
    extended = finding(记录=[extension("2021-05-18", "2021-05-20")])
    assert _at("T601", extended) == []
    assert _at("T602", extended) == [("记录", 0, "新时限")]


def test_what_is_due_today_or_later_is_not_overdue() -> None:
    assert _at("T601", finding(整改时限="2021-05-18"), finding("08", 整改时限=LATER)) == []
    assert _at("T601", finding(整改时限="2021-05-17")) == [("整改时限",)]


def test_what_is_due_within_the_days_that_fail_is_not_also_a_warning() -> None:
    due = finding(整改时限="2021-05-20")
    assert (_at("T602", due), _at("T603", due)) == ([("整改时限",)], [])
    assert (_at("T602", due, fail_within=2), _at("T603", due, fail_within=2)) == (
        [],
        [("整改时限",)],
    )
    assert (_at("T602", due, fail_within=1), _at("T603", due, fail_within=1)) == (
        [("整改时限",)],
        [],
    )


def test_what_is_overdue_is_not_also_due() -> None:
    assert _at("T602", finding(), fail_within=100) == []
    assert _at("T603", finding(), fail_within=100) == []


def test_what_is_due_beyond_any_warning_fails_if_so_asked() -> None:
    assert _at("T603", finding(整改时限=LATER), fail_within=365) == [("整改时限",)]
    closed = finding(整改时限=LATER, 记录=[closing("2021-04-28")])
    assert _at("T603", closed, finding("08", 整改时限=None), fail_within=365) == []


def test_a_measure_is_past_its_deadline_the_day_after_unless_its_finding_is_closed() -> None:
    late = [measure(due="2021-05-17"), measure(due="2021-05-18")]
    assert _at("T605", finding(措施=late)) == [("措施", 0, "时限")]
    assert _at("T605", finding(措施=[measure(due="2021-05-17", done="2021-05-18")])) == []
    assert _at("T605", finding(措施=late, 记录=[closing("2021-05-18")])) == []


# Regrading.


def _severities(case: ExaminedLedger) -> dict[str, Severity]:
    return {problem.code: problem.severity for problem in examine(case)}


def test_a_rule_has_its_own_severity_unless_the_ledger_sets_another() -> None:
    assert _severities(_case(finding()))["R415"] is Severity.WARNING
    stricter = {"规则": {"R415": "错误", "T601": "提示", "R416": "关闭"}}
    graded = _severities(_case(finding(), inspection=stricter))
    assert graded["R415"] is Severity.ERROR
    assert graded["T601"] is Severity.INFO
    assert "R416" not in graded


def test_reading_warnings_are_regraded_and_reading_errors_are_not() -> None:
    found = [
        Problem("BOM", "", path="07.yaml", code="F106", severity=Severity.WARNING),
        Problem("日期", "", path="07.yaml", code="K306", severity=Severity.WARNING),
        Problem("键重复", "", path="07.yaml", code="Y204", severity=Severity.ERROR),
        Problem("其他文件", "", path="07.yaml", code="F112", severity=Severity.WARNING),
    ]
    severities = dict.fromkeys(("F106", "Y204"), Severity.OFF) | {"K306": Severity.ERROR}
    assert [(p.code, p.severity) for p in regrade(found, severities)] == [
        ("K306", Severity.ERROR),
        ("Y204", Severity.ERROR),
        ("F112", Severity.WARNING),
    ]


def test_a_rules_problem_names_the_file_in_the_ledgers_folder() -> None:
    case = _case(finding())
    here = case.ledger
    elsewhere = Ledger("keji-2021", "台账/科技局", here.inspection, here.findings)
    assert {problem.path for problem in examine(case)} == {"07.yaml"}
    there = ExaminedLedger(LedgerOnDay(elsewhere, TODAY), case.has_file)
    assert {problem.path for problem in examine(there)} == {"台账/科技局/07.yaml"}


def test_a_standing_is_folded_once_and_then_remembered() -> None:
    case = _case(finding("07"), finding("08", 记录=[closing("2021-04-28")]))
    first, second = case.ledger.findings
    assert case.standing(first) is case.standing(first)
    assert case.standing(second).closed_on == date(2021, 4, 28)


def test_only_problems_of_time_are_timing() -> None:
    problem = Problem("逾期", "", path="07.yaml", code="T601")
    assert is_timing(problem)
    assert not is_timing(Problem("没有时限", "", path="07.yaml", code="R411"))


def test_every_rule_stands_in_the_catalogue_under_its_own_code() -> None:
    assert set(RULES) <= set(CODES)
    assert [rule.code.code for rule in RULES.values()] == list(RULES)


# How many findings there are to be.

WITHDRAWN = {"日期": "2021-05-10", "事项": "撤销登记", "理由": "误登"}
GROUNDED = WITHDRAWN | {"依据": "县委巡察办函〔2021〕3号"}


def _counted(reported: int, *findings: Finding, unreadable: int = 0) -> list[str]:
    """Give what is said where so many findings are reported, 07 and those given there."""
    kept = decoded(
        Inspection,
        FEEDBACK | {"反馈问题数": str(reported), "方面问题数": {"作风建设": str(reported)}},
    )
    names = tuple(f"{number}.yaml" for number in range(90, 90 + unreadable))
    there = ledger(finding(方面="作风建设"), *findings, inspection=kept)._replace(unreadable=names)
    problems = examine(ExaminedLedger(LedgerOnDay(there, TODAY), lambda _path: False), "R40")
    return [problem.code for problem in problems if problem.code in ("R404", "R405")]


def _other(name: str, *records: dict[str, Any]) -> Finding:
    return finding(name, 问题=f"第{name}类问题", 方面="作风建设", 记录=list(records))


def test_as_many_findings_as_were_reported_are_in_order() -> None:
    assert _counted(2, _other("08")) == []
    for reported in (1, 3):
        assert _counted(reported, _other("08")) == ["R404", "R405"]


def test_a_finding_withdrawn_for_a_basis_may_be_missing_and_one_withdrawn_for_none_may_not() -> (
    None
):
    assert _counted(2, _other("08", GROUNDED)) == []
    assert _counted(2, _other("08", WITHDRAWN)) == ["R404", "R405"]
    assert _counted(1, _other("08", WITHDRAWN)) == []
    assert _counted(1, _other("08", GROUNDED)) == []
    assert _counted(2, _other("08", WITHDRAWN | {"日期": "2021-05-19"})) == []


def test_a_file_that_cannot_be_read_adds_no_second_error() -> None:
    assert _counted(2, unreadable=1) == []
    assert _counted(1, unreadable=1) == []
    assert _counted(3, unreadable=1) == ["R404", "R405"]


def test_without_a_number_any_number_will_do() -> None:
    assert _at("R404", finding(), _other("08")) == []
    only = {"方面问题数": {"作风建设": "2"}}
    assert _at("R405", finding(方面="作风建设"), inspection=only) == [("方面问题数", "作风建设")]
    assert _at("R404", finding(方面="作风建设"), inspection=only) == []


def test_a_day_of_entry_is_between_the_day_of_the_record_and_today() -> None:
    for day in ("2021-05-10", "2021-05-18"):
        assert _at("J511", _journal(WITHDRAWN | {"登记日期": day})) == []
    for day in ("2021-05-09", "2021-05-19"):
        assert _at("J511", _journal(WITHDRAWN | {"登记日期": day})) == [("记录", 0, "登记日期")]


def _journal(*records: dict[str, Any]) -> Finding:
    return finding(记录=list(records))
