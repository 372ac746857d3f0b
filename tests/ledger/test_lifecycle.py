"""The life of a finding: what each step writes, and when it may not be taken."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from decoded import decoded
from examples import (
    Data,
    application,
    closing,
    extension,
    finding,
    long_term,
    measure,
    reopening,
    review,
    sent_back,
    supervision,
)
from zhenggai.errors import ExitCode, RefusedError
from zhenggai.ledger.journal import fold
from zhenggai.ledger.lifecycle import (
    Append,
    EvidenceFile,
    Fill,
    Plan,
    Written,
    next_step,
    plan_close,
    plan_done,
    plan_extend,
    plan_log,
    plan_reopen,
    plan_return,
)
from zhenggai.ledger.register import timeline
from zhenggai.ledger.standing import open_measures
from zhenggai.model.ledger_model import Finding, Inspection
from zhenggai.model.terms import Step

SHEET = EvidenceFile("佐证/07/签字表.pdf", "ab" * 32)
PHOTO = EvidenceFile("佐证/07/照片.jpg", "cd" * 32)
THREE_STEPS = decoded(Inspection, {"销号程序": ["申请", "审核", "批准"]})
NEEDS_EVIDENCE = decoded(Inspection, {"销号须佐证": "是"})


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


# -- done -------------------------------------------------------------------------------------


def _plan_done(
    subject: Finding,
    number: int = 1,
    on: str = "2021-04-15",
    outcome: str | None = None,
    *evidence: EvidenceFile,
    dated: bool = False,
) -> Plan:
    return plan_done(subject, number, _day(on), outcome, evidence, dated=dated)


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


def test_the_outcome_of_a_closed_finding_may_be_added_and_not_changed() -> None:
    silent, told = (
        finding(措施=[measure(done="2021-04-15") | outcome], 记录=[closing("2021-04-28")])
        for outcome in ({}, {"成效": "修订制度3项"})
    )
    assert _plan_done(silent, 1, "2021-05-10", "修订制度3项").edits
    assert _plan_done(told, 1, "2021-05-10", "修订制度3项").edits == ()
    assert _refusal(lambda: _plan_done(told, 1, "2021-05-10", "修订制度30项")) == (
        "问题07已于2021-04-28销号，措施7.1的成效不能再改；要改的，先用 zhenggai reopen"
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


# -- log --------------------------------------------------------------------------------------


def test_a_supervision_is_recorded_with_who_looked() -> None:
    plan = plan_log(finding(), _day("2021-03-05"), "初稿已成", "督查组")
    record = {"日期": "2021-03-05", "事项": "督查", "经办人": "督查组", "情况": "初稿已成"}
    assert plan == Plan((Append(record),), "问题07已登记督查（2021-03-05）")
    [edit] = plan.edits
    assert isinstance(edit, Append)
    assert list(edit.record) == ["日期", "事项", "经办人", "情况"]


def test_what_was_not_said_is_not_written() -> None:
    [edit] = plan_log(finding(), _day("2021-03-05"), "初稿已成", None).edits
    assert edit == Append({"日期": "2021-03-05", "事项": "督查", "情况": "初稿已成"})


def test_a_closed_finding_may_be_looked_at_again() -> None:
    assert plan_log(_done(closing("2021-04-28")), _day("2021-05-10"), "没有反弹", None).edits


# -- extend -----------------------------------------------------------------------------------


def _plan_extend(
    subject: Finding,
    new_due: str,
    on: str = "2021-04-20",
    *,
    today: str | None = None,
    late: bool = False,
) -> Plan:
    return plan_extend(
        subject,
        _day(on),
        _day(new_due),
        "等待批复",
        "局党组",
        today=_day(today or on),
        late=late,
    )


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
    assert late.edits


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


def test_a_long_term_finding_has_no_deadline_to_move() -> None:
    assert _refusal(lambda: _plan_extend(long_term(), "2021-06-30")) == (
        "问题02是长期坚持的，没有整改时限可延；请改复核周期"
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
    rules: Inspection | None = None,
    by: str | None = "局党组",
    note: str | None = None,
    complete: bool = False,
) -> Plan:
    return plan_close(
        subject,
        rules or Inspection(),
        _day(on),
        by=by,
        note=note,
        evidence=evidence,
        complete=complete,
    )


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
    refusal = "问题07尚未填写整改措施，不能销号；请先在文件里补充措施"
    assert _refusal(lambda: _plan_close(finding(), complete=True)) == refusal


def test_each_close_signs_the_next_step_and_the_last_one_closes() -> None:
    first = _plan_close(_done(), by="办公室", note="材料齐全", rules=THREE_STEPS)
    record = {"日期": "2021-04-28", "事项": "申请销号", "经办人": "办公室", "情况": "材料齐全"}
    assert first == Plan((Append(record),), "问题07已登记申请销号（1/3），尚需审核、批准")

    second = _plan_close(_done(application("2021-04-20")), by=None, rules=THREE_STEPS)
    record = {"日期": "2021-04-28", "事项": "审核"}
    assert second == Plan((Append(record),), "问题07已登记审核（2/3），尚需批准")

    signed = _done(application("2021-04-20"), review("2021-04-22"))
    third = _plan_close(signed, rules=THREE_STEPS)
    record = {"日期": "2021-04-28", "事项": "销号", "批准人": "局党组"}
    assert third == Plan((Append(record),), "问题07已销号")


def test_what_was_signed_out_of_turn_counts() -> None:
    plan = _plan_close(_done(review("2021-04-20")), rules=THREE_STEPS)
    assert plan.done == "问题07已登记申请销号（2/3），尚需批准"


def test_a_step_that_the_procedure_does_not_ask_for_is_not_counted() -> None:
    rules = decoded(Inspection, {"销号程序": ["审核", "批准"]})
    plan = _plan_close(_done(application("2021-04-20")), rules=rules)
    assert plan.done == "问题07已登记审核（1/2），尚需批准"


def test_evidence_goes_with_the_application_or_the_approval_but_not_with_the_review() -> None:
    [edit] = _plan_close(_done(), "2021-04-28", SHEET, rules=THREE_STEPS).edits
    assert isinstance(edit, Append)
    assert edit.record["佐证"] == (SHEET,)
    applied = _done(application("2021-04-20"))
    assert _refusal(lambda: _plan_close(applied, "2021-04-28", SHEET, rules=THREE_STEPS)) == (
        "问题07现在是审核，审核不带佐证材料；请附在申请或批准上"
    )


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
        ([application("2021-04-20"), closing("2021-04-22"), reopening("2021-05-01")], [], None),
    ],
)
def test_signatures_count_until_the_finding_is_sent_back_or_reopened(
    records: list[Data], signed: list[Step], following: Step | None
) -> None:
    subject = _done(*records)
    assert list(fold(timeline(subject)).signed) == signed
    assert next_step(subject, THREE_STEPS.closing_steps) is (following or Step.APPLICATION)
    assert next_step(subject, ()) is Step.APPROVAL


def test_a_finding_reopened_is_closed_anew() -> None:
    subject = _done(closing("2021-04-20"), reopening("2021-05-01"))
    assert _plan_close(subject, "2021-05-10").done == "问题07已销号"


def test_a_long_term_finding_may_be_closed() -> None:
    assert _plan_close(long_term()).done == "问题02已销号"


# -- return and reopen ------------------------------------------------------------------------


@pytest.mark.parametrize("by", [None, "督查组"])
def test_a_finding_that_awaits_closing_is_sent_back(by: str | None) -> None:
    plan = plan_return(_done(), _day("2021-04-28"), "佐证不全", by)
    handled = {"经办人": by} if by else {}
    record = {"日期": "2021-04-28", "事项": "退回", **handled, "理由": "佐证不全"}
    assert plan == Plan((Append(record),), "问题07已退回，重新整改")


def test_a_long_term_finding_all_done_is_sent_back_too() -> None:
    assert plan_return(long_term(), _day("2021-04-28"), "佐证不全", None).edits


_AT_WORK = "问题07还是整改中，没有可退回的销号申请"
_OUT_OF_ORDER = (
    "问题07在2021-05-01已登记申请销号，这一步的日期2021-04-28不能早于它；"
    "日期填写有误的，用 zhenggai edit 7 改正"
)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        (finding(), "问题07还是未启动，没有可退回的销号申请"),
        (finding(措施=[measure(), measure(done="2021-03-01")]), _AT_WORK),
        (_done(application("2021-04-20"), sent_back("2021-04-21")), _AT_WORK),
        (
            _done(closing("2021-04-28")),
            "问题07已于2021-04-28销号，不能退回；要撤回销号，用 zhenggai reopen",
        ),
        (_done(application("2021-05-01")), _OUT_OF_ORDER),
    ],
)
def test_what_was_not_handed_in_is_not_sent_back(subject: Finding, sentence: str) -> None:
    assert _refusal(lambda: plan_return(subject, _day("2021-04-28"), "佐证不全", None)) == sentence


def test_a_closed_finding_is_reopened_and_its_closing_stays() -> None:
    plan = plan_reopen(_done(closing("2021-04-28")), _day("2021-05-10"), "问题反弹", "督查组")
    record = {"日期": "2021-05-10", "事项": "重开", "经办人": "督查组", "理由": "问题反弹"}
    assert plan == Plan((Append(record),), "问题07已重开（2021-04-28的销号记录保留）")


@pytest.mark.parametrize(
    ("subject", "on", "stage"),
    [
        (finding(), "2021-05-10", "未启动"),
        (_done(), "2021-05-10", "待销号"),
        (_done(closing("2021-04-28"), reopening("2021-05-01")), "2021-05-10", "整改中"),
        (_done(closing("2021-04-28")), "2021-04-27", "待销号"),
    ],
)
def test_what_is_open_is_not_reopened(subject: Finding, on: str, stage: str) -> None:
    assert _refusal(lambda: plan_reopen(subject, _day(on), "问题反弹", None)) == (
        f"问题07未销号（现在是{stage}），不能重开"
    )
