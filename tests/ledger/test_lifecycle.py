"""The life of a finding: what each step writes, and when it may not be taken."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from decoded import decoded
from examples import (
    FORMAT_1,
    INSPECTION,
    THREE_STEPS,
    Data,
    application,
    closing,
    entered,
    extension,
    finding,
    long_term,
    measure,
    reopening,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from zhenggai.errors import ExitCode, RefusedError
from zhenggai.ledger.closing_procedure import (
    plan_apply,
    plan_close,
    plan_reopen,
    plan_return,
    plan_review,
)
from zhenggai.ledger.corrections import plan_withdraw
from zhenggai.ledger.deadline_steps import Grant, plan_extend, plan_extend_measure
from zhenggai.ledger.journal import fold
from zhenggai.ledger.lifecycle import (
    AddMeasure,
    Append,
    Case,
    Entry,
    EvidenceFile,
    Fill,
    Plan,
    Signature,
    Written,
)
from zhenggai.ledger.progress_steps import (
    NewMeasure,
    Report,
    Visit,
    plan_add_measure,
    plan_done,
    plan_log,
    plan_report,
)
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import open_measures
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Authority, Step, WithdrawalReason

SHEET = EvidenceFile("佐证/07/签字表.pdf", "ab" * 32)
PHOTO = EvidenceFile("佐证/07/照片.jpg", "cd" * 32)
NEEDS_EVIDENCE = decoded(Inspection, {"格式": 2, "销号须佐证": "是"})
STEPS: Data = {"格式": 2, "销号程序": ["申请", "审核", "批准"]}
FOUR_STEPS = decoded(Inspection, {"格式": 2, "销号程序": ["申请", "初审", "复核", "批准"]})
WITHOUT_APPLICATION = decoded(Inspection, {"格式": 2, "销号程序": ["审核", "批准"]})


def _done(*records: Data, **keys: Any) -> Finding:
    """Give a finding whose one measure was done on 2021-04-15."""
    return finding(措施=[measure(done="2021-04-15")], 记录=list(records), **keys)


def _refusal(step: Callable[[], Plan]) -> str:
    with pytest.raises(RefusedError) as refused:
        step()
    assert refused.value.exit_code is ExitCode.REFUSED
    return str(refused.value)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _entry(on: str, today: str | None = None, *, late: bool = False) -> Entry:
    return Entry(_day(on), _day(today or on), late)


# -- done -------------------------------------------------------------------------------------


def _plan_done(
    subject: Finding,
    number: int = 1,
    on: str = "2021-04-15",
    outcome: str | None = None,
    *evidence: EvidenceFile,
    dated: bool = False,
) -> Plan:
    case = Case(subject, INSPECTION)
    return plan_done(case, number, _day(on), outcome, evidence, dated=dated)


def test_a_measure_done_gets_its_day() -> None:
    plan = _plan_done(finding(措施=[measure(), measure()]), 2)
    assert plan == Plan((Fill(1, {"完成": "2021-04-15"}),), "措施7.2已完成（2021-04-15）")


def test_a_measure_done_gets_its_outcome_and_evidence_too() -> None:
    plan = _plan_done(finding(措施=[measure()]), 1, "2021-04-15", "修订制度3项", SHEET, PHOTO)
    [edit] = plan.edits
    assert edit == Fill(0, {"完成": "2021-04-15", "成效": "修订制度3项", "佐证": (SHEET, PHOTO)})


def test_a_measure_done_already_stays_as_it_is() -> None:
    plan = _plan_done(_done(), on="2021-05-18")
    assert plan == Plan((), "措施7.1原已于2021-04-15完成，未作改动")
    assert _plan_done(_done(), on="2021-04-15", dated=True) == plan


def test_a_measure_done_already_takes_outcome_and_evidence_and_keeps_its_day() -> None:
    plan = _plan_done(_done(), 1, "2021-05-18", "修订制度3项", SHEET)
    assert plan.edits == (Fill(0, {"成效": "修订制度3项", "佐证": (SHEET,)}),)
    assert plan.done == "措施7.1已完成（2021-04-15）"


def test_the_same_outcome_and_evidence_are_not_written_twice() -> None:
    known = {"文件": SHEET.path, "校验值": SHEET.sha256}
    one = measure(done="2021-04-15") | {"成效": "修订制度3项", "佐证": [known]}
    subject = finding(措施=[one])
    assert _plan_done(subject, 1, "2021-04-15", "修订制度3项", SHEET).edits == ()
    assert _plan_done(subject, 1, "2021-04-15", None, SHEET, PHOTO).edits == (
        Fill(0, {"佐证": (PHOTO,)}),
    )


def test_evidence_that_has_become_another_file_is_added() -> None:
    known = {"文件": SHEET.path, "校验值": "ef" * 32}
    subject = finding(措施=[measure(done="2021-04-15") | {"佐证": [known]}])
    assert _plan_done(subject, 1, "2021-04-15", None, SHEET).edits == (Fill(0, {"佐证": (SHEET,)}),)


def test_a_closed_finding_takes_neither_measure_nor_outcome() -> None:
    closed = _done(closing("2021-04-28"))
    for outcome in (None, "修订制度3项"):
        assert _refusal(lambda: _plan_done(closed, 1, "2021-05-10", outcome)) == (  # noqa: B023
            "问题07已于2021-04-28销号，措施7.1不能再改；要继续整改，先用 zhenggai reopen"
        )


def test_another_day_for_a_measure_done_is_refused() -> None:
    assert _refusal(lambda: _plan_done(_done(), on="2021-04-20", dated=True)) == (
        "措施7.1已于2021-04-15完成；日期填写有误的，用 zhenggai edit 7 改正"
    )


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_measure_that_is_not_there_is_refused_with_those_that_are(number: int) -> None:
    subject = finding(措施=[measure(), measure()])
    assert _refusal(lambda: _plan_done(subject, number)) == (
        f"问题07没有措施7.{number}；编号是7.1到7.2"
    )


def test_a_finding_without_measures_says_so() -> None:
    assert _refusal(lambda: _plan_done(finding())) == "问题07没有措施7.1；尚无措施"


# -- report and log ---------------------------------------------------------------------------


def test_a_report_is_recorded_with_what_is_left_to_do() -> None:
    told = Report(
        "初稿已成", "办公室", "跨部门", "征求意见", _day("2021-05-20"), "专家库的使用", "县级"
    )
    plan = plan_report(Case(finding(), INSPECTION), _day("2021-03-05"), told)
    record = {
        "日期": "2021-03-05",
        "事项": "进展",
        "经办人": "办公室",
        "情况": "初稿已成",
        "未完成原因": "跨部门",
        "下步措施": "征求意见",
        "预计完成": "2021-05-20",
        "需协调事项": "专家库的使用",
        "协调层级": "县级",
    }
    assert plan == Plan((Append(record),), "问题07已登记进展（2021-03-05）")


def test_a_closed_finding_reports_no_more() -> None:
    case = Case(_done(closing("2021-04-28")), INSPECTION)
    assert _refusal(lambda: plan_report(case, _day("2021-05-10"), Report("又开会"))) == (
        "问题07已于2021-04-28销号，不能再报进展；要继续整改，先用 zhenggai reopen"
    )


def test_a_supervision_is_recorded_with_who_looked_how_and_what_for() -> None:
    visit = Visit("初稿已成", "督查组", "现场督查", "报送方案", _day("2021-03-31"), disputes=True)
    plan = plan_log(Case(finding(), INSPECTION), _day("2021-03-05"), visit)
    record = {
        "日期": "2021-03-05",
        "事项": "督查",
        "经办人": "督查组",
        "情况": "初稿已成",
        "方式": "现场督查",
        "要求": "报送方案",
        "回复期限": "2021-03-31",
        "与自报不符": "是",
    }
    assert plan == Plan((Append(record),), "问题07已登记督查（2021-03-05）；没有可以否定的进展")
    [edit] = plan.edits
    assert isinstance(edit, Append)
    assert list(edit.record) == list(record)


def test_what_was_not_said_is_not_written() -> None:
    case = Case(finding(), INSPECTION)
    [edit] = plan_log(case, _day("2021-03-05"), Visit("初稿已成")).edits
    assert edit == Append({"日期": "2021-03-05", "事项": "督查", "情况": "初稿已成"})
    [edit] = plan_report(case, _day("2021-03-05"), Report("初稿已成")).edits
    assert edit == Append({"日期": "2021-03-05", "事项": "进展", "情况": "初稿已成"})


def test_a_closed_finding_may_be_looked_at_again() -> None:
    case = Case(_done(closing("2021-04-28")), INSPECTION)
    assert plan_log(case, _day("2021-05-10"), Visit("没有反弹")).edits


def test_in_a_ledger_of_format_1_nothing_is_disputed() -> None:
    case = Case(_done(), FORMAT_1)
    assert plan_log(case, _day("2021-05-10"), Visit("已核对")).edits
    assert (
        _refusal(lambda: plan_log(case, _day("2021-05-10"), Visit("不符", disputes=True)))
        == "这本台账是格式1，督查也算进展，不能登记与自报不符；先把台账升级到格式2"
    )


# -- extend -----------------------------------------------------------------------------------


def _plan_extend(
    subject: Finding,
    new_due: str,
    on: str = "2021-04-20",
    *,
    today: str | None = None,
    late: bool = False,
    rules: Inspection = INSPECTION,
    authority: Authority = Authority.OWN,
    basis: str | None = None,
) -> Plan:
    grant = Grant(_day(new_due), "等待批复", "局党组", authority, basis)
    return plan_extend(Case(subject, rules), _entry(on, today, late=late), grant)


def test_an_extension_is_recorded_with_its_reason_and_approval() -> None:
    plan = _plan_extend(finding(), "2021-06-30")
    record = {
        "日期": "2021-04-20",
        "事项": "延期",
        "新时限": "2021-06-30",
        "理由": "等待批复",
        "批准人": "局党组",
    }
    assert plan == Plan((Append(record),), "问题07的时限已延至2021-06-30（原为2021-04-30）")


_TWO = [measure(), measure(due="2021-04-20")]


def _extended(
    new_due: str,
    on: str = "2021-04-20",
    subject: Finding | None = None,
    *,
    number: int = 2,
    late: bool = False,
    rules: Inspection = INSPECTION,
    basis_on: str | None = None,
) -> Plan:
    basis = ("3号", _day(basis_on)) if basis_on else (None, None)
    grant = Grant(_day(new_due), "等待批复", "分管领导", Authority.OWN, *basis)
    case = Case(subject or finding(措施=_TWO), rules)
    return plan_extend_measure(case, number, _entry(on, late=late), grant)


def test_an_extension_of_one_measure_says_which() -> None:
    record = {
        "日期": "2021-04-20",
        "事项": "延期",
        "措施": "2",
        "新时限": "2021-04-30",
        "理由": "等待批复",
        "批准人": "分管领导",
    }
    said = "措施7.2的时限已延至2021-04-30（原为2021-04-20）"
    assert _extended("2021-04-30") == Plan((Append(record),), said)


def test_a_measure_is_not_extended_beyond_its_finding() -> None:
    assert _refusal(lambda: _extended("2021-05-01")) == (
        "新时限2021-05-01超过问题07的时限2021-04-30；措施的时限不能晚于问题的，"
        "先用 zhenggai extend 7 延问题的时限"
    )
    longer = finding(措施=_TWO, 记录=[extension("2021-04-10", "2021-05-31")])
    assert _extended("2021-05-31", subject=longer).edits
    assert _extended("2021-08-31", subject=long_term(措施=_TWO)).edits


def test_a_measure_is_extended_from_the_deadline_in_force_only() -> None:
    assert _refusal(lambda: _extended("2021-04-20")) == (
        "新时限2021-04-20不晚于措施7.2现在的时限2021-04-20；延期只能往后延"
    )
    moved = finding(措施=_TWO, 记录=[extension("2021-04-10", "2021-04-25", 2)])
    assert "现在的时限2021-04-25" in _refusal(lambda: _extended("2021-04-22", subject=moved))


def test_a_measure_extended_after_its_deadline_must_be_meant() -> None:
    assert _refusal(lambda: _extended("2021-04-30", "2021-04-21")) == (
        "措施7.2的时限2021-04-20已过，过后不能再申请延期；确系补办的，加 --late"
    )
    assert _extended("2021-04-30", "2021-04-21", late=True).edits


@pytest.mark.parametrize(
    ("number", "subject", "said"),
    [
        (3, finding(措施=_TWO), "问题07没有措施7.3；编号是7.1到7.2"),
        (0, finding(措施=_TWO), "问题07没有措施7.0；编号是7.1到7.2"),
        (1, finding(), "问题07没有措施7.1；尚无措施"),
        (
            1,
            finding(措施=_TWO),
            (
                "措施7.1没有自己的时限，随问题07的整改时限；"
                "要延期的，用 zhenggai extend 7 延问题的时限"
            ),
        ),
        (
            1,
            finding(措施=[measure(due="2021-04-20", done="2021-04-01"), measure()]),
            "措施7.1已于2021-04-01完成，不用延期",
        ),
        (
            2,
            finding(措施=_TWO, 记录=[closing("2021-04-15")]),
            "问题07已于2021-04-15销号，措施7.2不能延期；要继续整改，先用 zhenggai reopen",
        ),
        (
            2,
            finding(措施=_TWO, 记录=[withdrawal("2021-04-15")]),
            "问题07已于2021-04-15撤销登记，措施7.2不能延期",
        ),
        (
            2,
            finding(措施=_TWO, 记录=[application("2021-04-15", partial="汛后实施")]),
            "问题07现在是待审核，措施7.2不能延期；退回以后才能延期",
        ),
    ],
)
def test_a_measure_that_cannot_be_extended_says_why(
    number: int, subject: Finding, said: str
) -> None:
    assert (
        _refusal(lambda: _extended("2021-04-30", number=number, subject=subject, rules=THREE_STEPS))
        == said
    )


def test_the_authority_above_grants_the_extension_of_a_measure_too() -> None:
    rules = decoded(Inspection, {"格式": 2, "集中整改截止": "2021-04-25"})
    assert "须由上级批准" in _refusal(lambda: _extended("2021-04-30", rules=rules))
    assert "请核对 --basis" in _refusal(lambda: _extended("2021-04-30", basis_on="2021-04-21"))


# -- measure add ------------------------------------------------------------------------------


def _added(subject: Finding, wanted: NewMeasure, rules: Inspection = THREE_STEPS) -> Plan:
    return plan_add_measure(Case(subject, rules), _day("2021-04-20"), wanted)


def test_a_measure_is_added_with_what_is_said_of_it() -> None:
    wanted = NewMeasure(
        " 修订制度 ", _day("2021-04-30"), ("人事科", "财务科"), "人事科负责人", manifestation=1
    )
    values = {
        "内容": "修订制度",
        "时限": "2021-04-30",
        "责任科室": "人事科、财务科",
        "责任人": "人事科负责人",
        "针对": "1",
    }
    subject = finding(措施=[measure()], 具体表现=["会议多"])
    assert _added(subject, wanted) == Plan((AddMeasure(values),), "问题07已增加措施7.2")


def test_once_there_are_records_a_measure_says_when_it_was_added() -> None:
    [edit] = _added(finding(记录=[supervision("2021-04-01")]), NewMeasure("修订制度")).edits
    assert edit == AddMeasure({"内容": "修订制度", "增加日期": "2021-04-20"})


def test_a_measure_that_reads_as_done_or_is_late_already_is_warned_of() -> None:
    wanted = NewMeasure("制度已修订", _day("2021-04-19"))
    assert _added(finding(), wanted).warnings == (
        "措施7.1没有完成日期，内容里却写着“已修订”",
        "措施7.1的时限2021-04-19已过",
    )


@pytest.mark.parametrize(
    ("subject", "wanted", "said"),
    [
        (
            finding(措施=[measure(text="修订制度")]),
            NewMeasure("修订制度 "),
            "与措施7.1的文字相同；请核对是否重复登记",
        ),
        (
            finding(),
            NewMeasure("修订制度", _day("2021-05-01")),
            (
                "措施时限2021-05-01晚于问题07的时限2021-04-30；提前措施时限，"
                "或先用 zhenggai extend 7 延问题的时限"
            ),
        ),
        (
            finding(具体表现=["会议多", "文件多"]),
            NewMeasure("修订制度", manifestation=3),
            "问题07没有第3项具体表现；编号是1到2，请核对 --for",
        ),
        (
            finding(),
            NewMeasure("修订制度", manifestation=1),
            "问题07没有第1项具体表现；问题尚未填写具体表现，请核对 --for",
        ),
        (
            _done(closing("2021-04-16")),
            NewMeasure("修订制度"),
            "问题07已于2021-04-16销号，不能增加措施；要继续整改，先用 zhenggai reopen",
        ),
        (
            _done(withdrawal("2021-04-16")),
            NewMeasure("修订制度"),
            "问题07已于2021-04-16撤销登记，不能增加措施",
        ),
        (
            _done(application("2021-04-16")),
            NewMeasure("修订制度"),
            "问题07现在是待审核，不能增加措施；退回以后才能增加",
        ),
    ],
)
def test_a_measure_that_cannot_be_added_says_why(
    subject: Finding, wanted: NewMeasure, said: str
) -> None:
    assert _refusal(lambda: _added(subject, wanted)) == said


def test_a_measure_is_added_to_a_finding_that_was_sent_back() -> None:
    subject = _done(application("2021-04-16"), sent_back("2021-04-18"))
    assert _added(subject, NewMeasure("修订制度")).edits


# -- extend, of a finding ---------------------------------------------------------------------


def test_an_extension_on_the_last_day_is_in_time() -> None:
    assert _plan_extend(finding(), "2021-06-30", "2021-04-30").edits


def test_after_expiry_an_extension_must_be_meant() -> None:
    assert _refusal(lambda: _plan_extend(finding(), "2021-06-30", "2021-05-01")) == (
        "问题07的时限2021-04-30已过，逾期后不能再申请延期；确系补办的，加 --late"
    )
    assert _plan_extend(finding(), "2021-06-30", "2021-05-01", late=True).edits


def test_an_expired_deadline_is_not_mended_by_an_earlier_date() -> None:
    def backdated() -> Plan:
        return _plan_extend(finding(), "2021-06-30", "2021-04-20", today="2021-05-18")

    assert _refusal(backdated).endswith("确系补办的，加 --late")
    late = _plan_extend(finding(), "2021-06-30", "2021-04-20", today="2021-05-18", late=True)
    [edit] = late.edits
    assert isinstance(edit, Append)
    assert (edit.record["日期"], edit.record["登记日期"]) == ("2021-04-20", "2021-05-18")


def test_the_day_of_an_extension_is_the_day_it_is_entered_also_in_time() -> None:
    [edit] = _plan_extend(finding(), "2021-06-30", "2021-04-10", today="2021-04-28").edits
    assert isinstance(edit, Append)
    assert (edit.record["日期"], edit.record["登记日期"]) == ("2021-04-10", "2021-04-28")


def test_an_extension_names_its_basis_and_the_authority_above() -> None:
    subject = finding()
    grant = Grant(
        _day("2021-06-30"),
        "等待批复",
        "县委巡察办",
        Authority.ABOVE,
        "〔2021〕3号",
        _day("2021-04-19"),
    )
    [edit] = plan_extend(Case(subject, INSPECTION), _entry("2021-04-20"), grant).edits
    assert isinstance(edit, Append)
    assert edit.record == {
        "日期": "2021-04-20",
        "事项": "延期",
        "新时限": "2021-06-30",
        "理由": "等待批复",
        "批准人": "县委巡察办",
        "批准机关级别": "上级",
        "依据": "〔2021〕3号",
        "依据日期": "2021-04-19",
    }


def test_beyond_the_concentrated_period_the_authority_above_extends_and_says_on_what_basis() -> (
    None
):
    rules = decoded(Inspection, {"格式": 2, "集中整改截止": "2021-05-31"})
    sentence = (
        "新时限2021-06-30超过集中整改截止2021-05-31，须由上级批准；"
        "加上 --level 上级 和 --basis 文号,日期"
    )
    for authority, basis in [
        (Authority.OWN, None),
        (Authority.OWN, "局党组会议纪要"),
        (Authority.ABOVE, None),
    ]:
        assert sentence == _refusal(
            lambda: _plan_extend(
                finding(),
                "2021-06-30",
                rules=rules,
                authority=authority,  # noqa: B023
                basis=basis,  # noqa: B023
            )
        )
    above = Authority.ABOVE
    assert _plan_extend(finding(), "2021-06-30", rules=rules, authority=above, basis="3号").edits
    assert _plan_extend(finding(), "2021-05-31", rules=rules).edits


@pytest.mark.parametrize(
    ("subject", "rules", "stage"),
    [
        (_done(application("2021-04-16")), THREE_STEPS, "待审核"),
        (_done(application("2021-04-16"), review("2021-04-17")), THREE_STEPS, "待批准"),
        (_done(), WITHOUT_APPLICATION, "待审核"),
    ],
)
def test_what_lies_with_those_who_decide_is_not_extended(
    subject: Finding, rules: Inspection, stage: str
) -> None:
    assert _refusal(lambda: _plan_extend(subject, "2021-06-30", rules=rules)) == (
        f"问题07现在是{stage}，不能延期；退回以后才能延期"
    )


@pytest.mark.parametrize("new_due", ["2021-04-30", "2021-04-29", "2021-01-01"])
def test_a_deadline_only_moves_to_a_later_day(new_due: str) -> None:
    assert _refusal(lambda: _plan_extend(finding(), new_due)) == (
        f"新时限{new_due}不晚于现在的时限2021-04-30；延期只能往后延"
    )


def test_a_second_extension_counts_from_the_first() -> None:
    subject = finding(记录=[extension("2021-04-10", "2021-05-31")])
    assert _refusal(lambda: _plan_extend(subject, "2021-05-31")).startswith(
        "新时限2021-05-31不晚于"
    )
    assert _plan_extend(subject, "2021-06-30").done == (
        "问题07的时限已延至2021-06-30（原为2021-05-31）"
    )


def test_an_extension_dated_before_the_last_one_is_refused() -> None:
    subject = finding(记录=[extension("2021-04-20", "2021-05-31")])
    assert _refusal(lambda: _plan_extend(subject, "2021-06-30", "2021-04-10")) == (
        "问题07在2021-04-20已登记延期，这一步的日期2021-04-10不能早于它；"
        "日期填写有误的，用 zhenggai edit 7 改正"
    )
    # Entered after it, whatever day it is given, it counts after it.
    assert _plan_extend(subject, "2021-06-30", "2021-04-10", today="2021-04-22").edits


def test_a_long_term_finding_has_no_deadline_to_move() -> None:
    assert _refusal(lambda: _plan_extend(long_term(), "2021-06-30")) == (
        "问题02是长期坚持的，没有整改时限可延；请改检视周期"
    )


def test_a_closed_finding_is_not_extended() -> None:
    subject = _done(closing("2021-04-16"))
    assert _refusal(lambda: _plan_extend(subject, "2021-06-30")) == (
        "问题07已于2021-04-16销号，不能延期；要继续整改，先用 zhenggai reopen"
    )


def test_a_finding_without_a_deadline_may_be_given_one() -> None:
    subject = decoded(Finding, {"问题": "会议过多"}, "07")
    assert _plan_extend(subject, "2021-06-30").done == "问题07的时限已延至2021-06-30"


# -- close ------------------------------------------------------------------------------------


def _plan_close(
    subject: Finding,
    on: str = "2021-04-28",
    *evidence: EvidenceFile,
    rules: Inspection = INSPECTION,
    by: str | None = "局党组",
    note: str | None = None,
    complete: bool = False,
) -> Plan:
    signature = Signature(by, note, evidence)
    return plan_close(Case(subject, rules), _entry(on), signature, complete=complete)


def test_a_closing_is_recorded_with_approval_note_and_evidence() -> None:
    plan = _plan_close(_done(), "2021-04-28", SHEET, note="已核对")
    record: dict[str, Written] = {
        "日期": "2021-04-28",
        "事项": "销号",
        "批准人": "局党组",
        "情况": "已核对",
        "佐证": (SHEET,),
    }
    assert plan == Plan((Append(record),), "问题07已销号")


def test_closing_a_closed_finding_writes_nothing_and_says_so() -> None:
    for on in ("2021-04-28", "2021-05-18", "2021-04-20"):
        plan = _plan_close(_done(closing("2021-04-28")), on, complete=True)
        assert plan == Plan((), "问题07已于2021-04-28销号，未改动")


def test_open_measures_are_named_with_the_ways_on() -> None:
    subject = finding(措施=[measure(), measure(done="2021-04-15"), measure()])
    assert open_measures(timeline(subject), _day("2021-04-28")) == [1, 3]
    assert _refusal(lambda: _plan_close(subject)) == (
        "问题07还有2项措施未完成：7.1、7.3；"
        "已完成的先用 zhenggai done 7.1 登记，或加 --complete 一并标为完成"
    )


def test_complete_marks_open_measures_done_on_the_day_of_closing() -> None:
    subject = finding(措施=[measure(), measure(done="2021-04-15"), measure()])
    plan = _plan_close(subject, complete=True)
    assert plan.edits[:2] == (Fill(0, {"完成": "2021-04-28"}), Fill(2, {"完成": "2021-04-28"}))
    assert len(plan.edits) == 3


def test_complete_changes_no_day_that_stands_there() -> None:
    late = finding(措施=[measure(done="2021-05-10"), measure()])
    assert _refusal(lambda: _plan_close(late, complete=True)) == (
        "措施7.1在2021-05-10才完成，问题07不能在2021-04-28销号；请核对 --on"
    )


def test_a_closing_says_who_approved_it() -> None:
    assert _refusal(lambda: _plan_close(_done(), by=None)) == (
        "问题07销号要写明批准人；加上 --by，如 --by 局党组"
    )


def test_a_closing_is_not_dated_before_what_came_last() -> None:
    subject = _done(extension("2021-04-25", "2021-06-30"))
    assert _refusal(lambda: _plan_close(subject, "2021-04-24")).startswith(
        "问题07在2021-04-25已登记延期，这一步的日期2021-04-24不能早于它"
    )
    assert _plan_close(subject, "2021-04-25").edits
    assert _plan_close(_done(supervision("2021-05-10"))).edits


def test_where_evidence_is_required_it_is_asked_for() -> None:
    subject = _done()
    assert _refusal(lambda: _plan_close(subject, rules=NEEDS_EVIDENCE)) == (
        "这本台账规定销号须佐证，问题07尚无佐证材料；加上 --evidence 文件"
    )
    assert _plan_close(subject, "2021-04-28", SHEET, rules=NEEDS_EVIDENCE).edits


def test_measures_that_all_have_evidence_need_none_for_the_closing() -> None:
    shown = measure(done="2021-04-15") | {"佐证": "签字表.pdf"}
    assert _plan_close(finding(措施=[shown]), rules=NEEDS_EVIDENCE).edits
    mixed = finding(措施=[shown, measure(done="2021-04-15")])
    assert "须佐证" in _refusal(lambda: _plan_close(mixed, rules=NEEDS_EVIDENCE))


def test_what_has_no_measures_is_not_struck_off() -> None:
    refusal = "问题07尚未填写整改措施，不能销号；先用 zhenggai measure add 7 内容 登记措施"
    assert _refusal(lambda: _plan_close(finding(), complete=True)) == refusal


def test_a_closing_dated_back_past_the_deadline_must_be_meant_and_keeps_both_days() -> None:
    case = Case(_done(), INSPECTION)
    signature = Signature("局党组")
    assert _refusal(
        lambda: plan_close(case, _entry("2021-04-28", "2021-05-18"), signature)
    ).endswith("确系补登的，加 --late（仍按登记之日计算逾期）")
    [edit] = plan_close(case, _entry("2021-04-28", "2021-05-18", late=True), signature).edits
    assert isinstance(edit, Append)
    assert (edit.record["日期"], edit.record["登记日期"]) == ("2021-04-28", "2021-05-18")


def test_a_finding_withdrawn_is_not_closed_or_reopened() -> None:
    withdrawn = _done(withdrawal("2021-04-20"))
    assert _refusal(lambda: _plan_close(withdrawn, complete=True)) == (
        "问题07已于2021-04-20撤销登记，不能销号"
    )
    case = Case(_done(closing("2021-04-18"), withdrawal("2021-04-20")), INSPECTION)
    assert _refusal(lambda: plan_reopen(case, _entry("2021-04-28"), "问题反弹", None)) == (
        "问题07已于2021-04-20撤销登记，不能重开"
    )


# -- the steps of the procedure ---------------------------------------------------------------


def _plan_apply(
    subject: Finding,
    on: str = "2021-04-28",
    *,
    today: str | None = None,
    late: bool = False,
    rules: Inspection = THREE_STEPS,
    signature: Signature = Signature("办公室"),  # noqa: B008 - a tuple
    partial: str | None = None,
) -> Plan:
    entry = _entry(on, today, late=late)
    return plan_apply(Case(subject, rules), entry, signature, partial=partial)


def _plan_review(
    subject: Finding,
    on: str = "2021-04-28",
    *,
    today: str | None = None,
    late: bool = False,
    rules: Inspection = THREE_STEPS,
    by: str | None = "整改办",
) -> Plan:
    return plan_review(Case(subject, rules), _entry(on, today, late=late), Signature(by))


def test_each_step_has_its_command_and_the_last_one_closes() -> None:
    first = _plan_apply(_done(), signature=Signature("办公室", "材料齐全", [SHEET]))
    record: dict[str, Written] = {
        "日期": "2021-04-28",
        "事项": "申请销号",
        "经办人": "办公室",
        "情况": "材料齐全",
        "佐证": (SHEET,),
    }
    assert first == Plan((Append(record),), "问题07已登记申请销号（1/3），尚需审核、批准")

    second = _plan_review(_done(application("2021-04-20")))
    record = {"日期": "2021-04-28", "事项": "审核", "经办人": "整改办"}
    assert second == Plan((Append(record),), "问题07已登记审核（2/3），尚需批准")

    signed = _done(application("2021-04-20"), review("2021-04-22"))
    third = _plan_close(signed, rules=THREE_STEPS)
    record = {"日期": "2021-04-28", "事项": "销号", "批准人": "局党组"}
    assert third == Plan((Append(record),), "问题07已销号")


def test_of_two_reviews_the_first_comes_first_and_each_is_named() -> None:
    applied = _done(application("2021-04-20"))
    first = _plan_review(applied, rules=FOUR_STEPS)
    record = {"日期": "2021-04-28", "事项": "审核", "经办人": "整改办", "环节": "初审"}
    assert first == Plan((Append(record),), "问题07已登记初审（2/4），尚需复核、批准")
    once = _done(application("2021-04-20"), review("2021-04-22", "初审"))
    second = _plan_review(once, rules=FOUR_STEPS)
    assert second.done == "问题07已登记复核（3/4），尚需批准"
    twice = _done(
        application("2021-04-20"), review("2021-04-22", "初审"), review("2021-04-23", "复核")
    )
    assert _refusal(lambda: _plan_review(twice, rules=FOUR_STEPS)) == (
        "问题07已登记复核；现在应当批准"
    )


def test_a_step_out_of_turn_is_refused_and_the_one_due_named() -> None:
    order = "销号程序是申请、审核、批准，现在应当"
    applied = _done(application("2021-04-20"))
    assert _refusal(lambda: _plan_review(_done())) == f"问题07还不能审核；{order}申请"
    assert _refusal(lambda: _plan_close(_done(), rules=THREE_STEPS)) == (
        f"问题07还不能批准；{order}申请"
    )
    assert _refusal(lambda: _plan_close(applied, rules=THREE_STEPS)) == (
        f"问题07还不能批准；{order}审核"
    )
    assert _refusal(lambda: _plan_apply(applied)) == "问题07已登记申请；现在应当审核"


def test_a_step_that_the_procedure_does_not_have_is_refused_with_those_it_has() -> None:
    sentence = "这本台账的销号程序是审核、批准，没有申请这一步"
    assert _refusal(lambda: _plan_apply(_done(), rules=WITHOUT_APPLICATION)) == sentence
    none = "这本台账没有规定销号程序，问题07不用{}；直接用 zhenggai close 销号"
    assert _refusal(lambda: _plan_apply(_done(), rules=INSPECTION)) == none.format("申请")
    assert _refusal(lambda: _plan_review(_done(), rules=INSPECTION)) == none.format("审核")
    alone = decoded(Inspection, {"格式": 2, "销号程序": ["申请", "批准"]})
    assert _refusal(lambda: _plan_review(_done(application("2021-04-20")), rules=alone)) == (
        "这本台账的销号程序是申请、批准，没有审核这一步"
    )


def test_the_first_step_needs_every_measure_done() -> None:
    subject = finding(措施=[measure(done="2021-04-15"), measure()])
    still_open = "问题07还有1项措施未完成：7.2；已完成的先用 zhenggai done 7.2 登记"
    assert _refusal(lambda: _plan_apply(subject)) == (
        f"{still_open}；确需先申请的，加 --partial 写明理由"
    )
    assert _refusal(lambda: _plan_review(subject, rules=WITHOUT_APPLICATION)) == still_open


def test_an_application_with_open_measures_says_why() -> None:
    subject = finding(措施=[measure(done="2021-04-15"), measure()])
    [edit] = _plan_apply(subject, partial="须汛后实施").edits
    assert isinstance(edit, Append)
    assert edit.record["部分申请理由"] == "须汛后实施"
    [edit] = _plan_apply(_done(), partial="须汛后实施").edits
    assert isinstance(edit, Append)
    assert "部分申请理由" not in edit.record


def test_what_is_applied_for_today_is_late_and_needs_no_word_for_it() -> None:
    [edit] = _plan_apply(_done(), "2021-05-18").edits
    assert isinstance(edit, Append)
    assert "登记日期" not in edit.record


def test_an_application_dated_back_past_the_deadline_must_be_meant_and_keeps_both_days() -> None:
    assert _refusal(lambda: _plan_apply(_done(), "2021-04-28", today="2021-05-18")) == (
        "问题07的时限2021-04-30已过，日期不能写到时限之前；"
        "确系补登的，加 --late（仍按登记之日计算逾期）"
    )
    [edit] = _plan_apply(_done(), "2021-04-28", today="2021-05-18", late=True).edits
    assert isinstance(edit, Append)
    assert (edit.record["日期"], edit.record["登记日期"]) == ("2021-04-28", "2021-05-18")


def test_dated_back_with_no_deadline_between_a_step_counts_from_its_day() -> None:
    for on, today in [("2021-04-20", "2021-04-28"), ("2021-05-03", "2021-05-18")]:
        [edit] = _plan_apply(_done(), on, today=today).edits
        assert isinstance(edit, Append)
        assert (edit.record["日期"], "登记日期" in edit.record) == (on, False)


def test_a_step_is_not_dated_before_the_entry_of_the_one_before_it() -> None:
    late = _done(entered("2021-05-10", application("2021-04-28")))
    sentence = (
        "问题07在2021-04-28（2021-05-10补登）已登记申请销号，这一步的日期2021-05-03不能早于它；"
        "日期填写有误的，用 zhenggai edit 7 改正"
    )
    assert _refusal(lambda: _plan_review(late, "2021-05-03", today="2021-05-18")) == sentence
    assert sentence == _refusal(
        lambda: plan_return(
            Case(late, THREE_STEPS), _entry("2021-05-03", "2021-05-18"), "佐证不全", None
        )
    )
    assert _plan_review(late, "2021-05-10", today="2021-05-18").edits
    assert _plan_review(late, "2021-05-03", today="2021-05-18", late=True).edits


def test_each_step_is_signed_by_those_who_may() -> None:
    rules = decoded(
        Inspection,
        STEPS | {"销号权限": {"申请": ["办公室"], "审核": ["整改办", "派驻组"], "批准": "局党组"}},
    )
    assert _refusal(lambda: _plan_apply(_done(), rules=rules, signature=Signature("人事科"))) == (
        "问题07的申请不能由人事科办理；销号权限规定由办公室办理，加上 --by"
    )
    assert _plan_apply(_done(), rules=rules).edits
    applied = _done(application("2021-04-20", by="办公室"))
    assert _refusal(lambda: _plan_review(applied, rules=rules, by=None)) == (
        "问题07的审核要写明由谁办理；销号权限规定由整改办、派驻组办理，加上 --by"
    )
    assert _plan_review(applied, rules=rules, by="派驻组").edits
    reviewed = _done(application("2021-04-20", by="办公室"), review("2021-04-22"))
    assert _refusal(lambda: _plan_close(reviewed, rules=rules, by="整改办")) == (
        "问题07的批准不能由整改办办理；销号权限规定由局党组办理，加上 --by"
    )


def test_who_applies_and_reviews_is_warned() -> None:
    applied = _done(application("2021-04-20", by="办公室"))
    plan = _plan_review(applied, by="办公室")
    assert plan.edits
    assert plan.warnings == (
        "问题07的申请和审核都是办公室；同一单位（人）申请并审核，会在审批单上注明",
    )
    assert _plan_review(applied).warnings == ()
    assert _plan_review(_done(application("2021-04-20")), by=None).warnings == ()


def test_where_another_office_stands_in_it_reviews_first_and_needs_no_other_right() -> None:
    rules = decoded(
        Inspection,
        {
            "格式": 2,
            "销号程序": ["申请", "初审", "复核", "批准"],
            "销号权限": {"初审": "整改办", "复核": "派驻组"},
            "回避": {"办公室": "机关纪委"},
        },
    )
    sentence = "问题07由办公室申请销号，按回避的规定应由机关纪委审核；请改 --by"
    applied = application("2021-04-20", by="办公室")
    for by in ("办公室", "整改办", None):
        refused = _refusal(lambda: _plan_review(_done(applied), rules=rules, by=by))  # noqa: B023
        assert refused == sentence
    assert _plan_review(_done(applied), rules=rules, by="机关纪委").edits
    once = _done(applied, review("2021-04-22", "初审"))
    assert _refusal(lambda: _plan_review(once, rules=rules, by="办公室")) == sentence
    assert "派驻组" in _refusal(lambda: _plan_review(once, rules=rules, by="整改办"))
    assert _plan_review(once, rules=rules, by="派驻组").edits
    others = _done(application("2021-04-20", by="人事科"))
    assert _plan_review(others, rules=rules, by="整改办").edits


def test_who_applies_and_reviews_is_named_where_it_matters() -> None:
    keys = {"格式": 2, "销号程序": ["申请", "审核", "批准"], "回避": {"办公室": "机关纪委"}}
    rules = decoded(Inspection, keys)
    ending = "要写明由谁办理：台账规定了销号权限或回避；加上 --by"
    unnamed = _refusal(lambda: _plan_apply(_done(), rules=rules, signature=Signature()))
    assert unnamed == f"问题07的申请{ending}"
    applied = _done(application("2021-04-20", by="人事科"))
    assert _refusal(lambda: _plan_review(applied, rules=rules, by=None)) == f"问题07的审核{ending}"


def test_names_are_compared_as_one_reads_them() -> None:
    keys = {
        "格式": 2,
        "销号程序": ["申请", "审核", "批准"],
        "销号权限": {"审核": "整改A办"},
        "回避": {"办公室": "机关纪委"},
    }
    rules = decoded(Inspection, keys)
    hidden = _done(application("2021-04-20", by="办\u200b公室"))
    assert "机关纪委" in _refusal(lambda: _plan_review(hidden, rules=rules, by="整改A办"))
    other = _done(application("2021-04-20", by="人事科"))
    assert _plan_review(other, rules=rules, by="整改Ａ办").edits


def test_who_applied_and_approves_is_warned_about() -> None:
    signed = _done(application("2021-04-20", by="局党组"), review("2021-04-22"))
    assert _plan_close(signed, rules=THREE_STEPS).warnings == (
        "问题07的申请和批准都是局党组，请核对应当由谁批准",
    )
    assert _plan_close(signed, rules=THREE_STEPS, by="县委").warnings == ()


def test_a_second_application_in_a_file_does_not_hide_who_applied() -> None:
    records = [application("2021-04-20", by="办公室"), application("2021-04-21", by="人事科")]
    assert _plan_review(_done(*records), by="办公室").warnings


@pytest.mark.parametrize(
    ("records", "signed", "following"),
    [
        ([], [], Step.APPLICATION),
        ([supervision("2021-03-05"), extension("2021-03-06", "2021-05-31")], [], Step.APPLICATION),
        ([application("2021-04-20")], [Step.APPLICATION], Step.REVIEW),
        ([application("2021-04-20"), sent_back("2021-04-21")], [], Step.APPLICATION),
        ([application("2021-04-20"), sent_back("2021-04-20")], [], Step.APPLICATION),
        (
            [sent_back("2021-04-21"), application("2021-04-22"), application("2021-04-20")],
            [Step.APPLICATION],
            Step.REVIEW,
        ),
        (
            [application("2021-04-20"), review("2021-04-21"), closing("2021-04-22")],
            [Step.APPLICATION, Step.REVIEW, Step.APPROVAL],
            Step.APPROVAL,
        ),
        (
            [application("2021-04-20"), closing("2021-04-22"), reopening("2021-05-01")],
            [],
            Step.APPLICATION,
        ),
        ([review("2021-04-20")], [], Step.APPLICATION),
        (
            [application("2021-04-20"), review("2021-04-21", "初审")],
            [Step.APPLICATION],
            Step.REVIEW,
        ),
        ([application("2021-03-05")], [], Step.APPLICATION),
        ([application("2021-03-05", partial="待上级文件")], [Step.APPLICATION], Step.REVIEW),
    ],
)
def test_signatures_count_until_the_finding_is_sent_back_or_reopened(
    records: list[Data], signed: list[Step], following: Step | None
) -> None:
    subject = _done(*records)
    journal = fold(timeline(subject), terms(THREE_STEPS))
    assert list(journal.signed) == signed
    assert journal.next_step is following


def test_a_finding_reopened_is_closed_anew() -> None:
    subject = _done(closing("2021-04-20"), reopening("2021-05-01"))
    assert _plan_close(subject, "2021-05-10").done == "问题07已销号"


def test_a_long_term_finding_may_be_closed() -> None:
    assert _plan_close(long_term()).done == "问题02已销号"


# -- return and reopen ------------------------------------------------------------------------

APPLIED = application("2021-04-20")


def _plan_return(
    subject: Finding,
    on: str = "2021-04-28",
    *,
    today: str = "2021-05-18",
    by: str | None = None,
    rules: Inspection = THREE_STEPS,
) -> Plan:
    return plan_return(Case(subject, rules), _entry(on, today), "佐证不全", by)


@pytest.mark.parametrize("by", [None, "督查组"])
def test_a_finding_that_was_applied_for_is_sent_back(by: str | None) -> None:
    plan = _plan_return(_done(APPLIED), by=by)
    handled = {"经办人": by} if by else {}
    record = {"日期": "2021-04-28", "事项": "退回", **handled, "理由": "佐证不全"}
    assert plan == Plan((Append(record),), "问题07已退回，重新整改")


def test_a_long_term_finding_applied_for_is_sent_back_too() -> None:
    assert _plan_return(long_term(记录=[APPLIED])).edits


def test_where_no_application_is_asked_for_what_awaits_review_is_sent_back() -> None:
    assert _plan_return(_done(), rules=WITHOUT_APPLICATION).edits
    assert _plan_return(_done(review("2021-04-20")), rules=WITHOUT_APPLICATION).edits


_NOTHING = "问题07还是{}，没有可退回的销号申请"
_OUT_OF_ORDER = (
    "问题07在2021-05-01已登记申请销号，这一步的日期2021-04-28不能早于它；"
    "日期填写有误的，用 zhenggai edit 7 改正"
)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        (finding(), _NOTHING.format("未启动")),
        (finding(措施=[measure(), measure(done="2021-03-01")]), _NOTHING.format("整改中")),
        (_done(), _NOTHING.format("待申请销号")),
        (_done(APPLIED, sent_back("2021-04-21")), _NOTHING.format("整改中")),
        (
            _done(closing("2021-04-28")),
            "问题07已于2021-04-28销号，不能退回；要撤回销号，用 zhenggai reopen",
        ),
        (_done(application("2021-05-01")), _OUT_OF_ORDER),
        (_done(withdrawal("2021-04-20")), "问题07已于2021-04-20撤销登记，不能退回"),
    ],
)
def test_what_was_not_handed_in_is_not_sent_back(subject: Finding, sentence: str) -> None:
    refusal = _refusal(lambda: _plan_return(subject))
    assert refusal.startswith(sentence)


def _plan_reopen(
    subject: Finding, on: str, *, due: str | None = None, by: str | None = None
) -> Plan:
    new_due = _day(due) if due else None
    return plan_reopen(Case(subject, INSPECTION), _entry(on), "问题反弹", by, new_due)


def test_a_closed_finding_is_reopened_and_its_closing_stays() -> None:
    plan = _plan_reopen(_done(closing("2021-04-20")), "2021-04-28", by="督查组")
    record = {"日期": "2021-04-28", "事项": "重开", "经办人": "督查组", "理由": "问题反弹"}
    assert plan == Plan((Append(record),), "问题07已重开（2021-04-20的销号记录保留）")


def test_where_the_deadline_has_passed_a_finding_is_reopened_with_a_new_one() -> None:
    closed = _done(closing("2021-04-28"))
    assert _plan_reopen(closed, "2021-04-30").edits
    assert _refusal(lambda: _plan_reopen(closed, "2021-05-01")) == (
        "问题07的时限2021-04-30已过，重开要定新的时限；加上 --due 日期"
    )
    [edit] = _plan_reopen(closed, "2021-05-10", due="2021-06-15").edits
    assert isinstance(edit, Append)
    assert edit.record["新时限"] == "2021-06-15"
    assert _refusal(lambda: _plan_reopen(closed, "2021-05-10", due="2021-05-10")) == (
        "新时限2021-05-10不晚于重开的日期2021-05-10；请核对 --due"
    )


def test_a_long_term_finding_is_reopened_without_a_deadline() -> None:
    closed = long_term(记录=[closing("2021-04-28")])
    assert _plan_reopen(closed, "2021-06-10").edits
    assert _refusal(lambda: _plan_reopen(closed, "2021-06-10", due="2021-06-30")) == (
        "问题02是长期坚持的，没有整改时限；去掉 --due"
    )


@pytest.mark.parametrize(
    ("subject", "on", "stage"),
    [
        (finding(), "2021-05-10", "未启动"),
        (_done(), "2021-05-10", "待申请销号"),
        (_done(closing("2021-04-28"), reopening("2021-05-01")), "2021-05-10", "整改中"),
        (_done(closing("2021-04-28")), "2021-04-27", "待申请销号"),
    ],
)
def test_what_is_open_is_not_reopened(subject: Finding, on: str, stage: str) -> None:
    assert _refusal(lambda: _plan_reopen(subject, on)) == (
        f"问题07未销号（现在是{stage}），不能重开"
    )


# -- void -------------------------------------------------------------------------------------


def _plan_withdraw(
    subject: Finding, left: int, *, reported: int | None = 12, basis: str | None = None
) -> Plan:
    keys = {"反馈问题数": reported} if reported else {}
    return plan_withdraw(
        Case(subject, decoded(Inspection, {"格式": 2} | keys)),
        _day("2021-05-10"),
        WithdrawalReason.DUPLICATE,
        merged_into="03",
        basis=basis,
        left=left,
    )


def test_a_finding_entered_twice_is_withdrawn_with_where_it_went() -> None:
    record = {"日期": "2021-05-10", "事项": "撤销登记", "理由": "重复登记", "并入": "03"}
    for plan in (_plan_withdraw(finding(), 12), _plan_withdraw(finding(), 1, reported=None)):
        assert plan == Plan((Append(record),), "问题07已撤销登记，不再计入")


def test_fewer_findings_than_were_fed_back_need_a_basis() -> None:
    assert _refusal(lambda: _plan_withdraw(finding(), 11)) == (
        "撤销登记以后只剩11个问题，少于反馈问题数12；确应撤销的，加 --basis 写明依据"
    )
    [edit] = _plan_withdraw(finding(), 11, basis="县委巡察办函〔2021〕2号").edits
    assert isinstance(edit, Append)
    assert edit.record["依据"] == "县委巡察办函〔2021〕2号"


def test_a_finding_withdrawn_is_not_withdrawn_again_and_takes_no_step() -> None:
    withdrawn = _done(withdrawal("2021-04-20"))
    assert _plan_withdraw(withdrawn, 1) == Plan((), "问题07已于2021-04-20撤销登记，未改动")
    case = Case(withdrawn, THREE_STEPS)
    day, entry = _day("2021-04-28"), _entry("2021-04-28")
    refused: list[Callable[[], Plan]] = [
        lambda: plan_report(case, day, Report("又开会")),
        lambda: plan_log(case, day, Visit("又看了")),
        lambda: plan_done(case, 1, day, "开会1次", (), dated=False),
        lambda: plan_apply(case, entry, Signature("办公室")),
        lambda: plan_review(case, entry, Signature("整改办")),
        lambda: plan_close(case, entry, Signature("局党组")),
        lambda: _plan_extend(withdrawn, "2021-06-30"),
    ]
    for step in refused:
        assert "撤销登记" in _refusal(step)
