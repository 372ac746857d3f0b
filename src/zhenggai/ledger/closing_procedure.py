"""Steps of the closing procedure, from the application to the closing, and back to work."""

from collections.abc import Sequence
from datetime import date

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import (
    IN_HAND,
    Append,
    Case,
    Entry,
    Fill,
    Plan,
    Signature,
    new_record,
    refuse_closed,
    refuse_disorder,
    refuse_withdrawn,
    refuse_without_measures,
    still_open,
)
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.signatories import (
    applicant_of,
    may_sign,
    must_be_named,
    reviewer_instead,
    reviews_of,
    stands_in,
)
from zhenggai.ledger.standing import open_measures
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import is_same_name
from zhenggai.model.record_models import Application
from zhenggai.model.terms import (
    Action,
    Kind,
    Stage,
    Step,
)


def plan_apply(
    case: Case, entry: Entry, signature: Signature, *, partial: str | None = None
) -> Plan:
    """Apply for a finding to be struck off; with open measures only for a reason (`partial`)."""
    finding = case.finding
    refuse_closed(case, "不能申请销号")
    _refuse_step_out_of_turn(case, Step.APPLICATION, entry)
    _refuse_signatory(case, Step.APPLICATION, signature.by)
    _refuse_unnamed(case, Step.APPLICATION, signature.by)
    refuse_without_measures(case, "不能申请销号")
    missing = open_measures(timeline(finding), entry.on)
    if missing and not partial:
        raise RefusedError(f"{still_open(finding, missing)}；确需先申请的，加 --partial 写明理由")
    _refuse_late_entry(case, entry)
    record = new_record(
        entry,
        Action.APPLICATION,
        经办人=signature.by,
        情况=signature.note,
        部分申请理由=partial if missing else None,
        佐证=tuple(signature.evidence),
    )
    return _signed(case, record, Step.APPLICATION, ())


def plan_review(case: Case, entry: Entry, signature: Signature) -> Plan:
    """Sign the next review of the procedure (审核, or 初审 and 复核)."""
    refuse_closed(case, "不用再审核")
    due = case.journal().next_step
    step = due if due not in (Step.APPLICATION, Step.APPROVAL) else _review_of(case)
    _refuse_step_out_of_turn(case, step, entry)
    if step is case.steps[0]:
        refuse_without_measures(case, "不能审核")
        if missing := open_measures(timeline(case.finding), entry.on):
            raise RefusedError(still_open(case.finding, missing))
    _refuse_late_entry(case, entry)
    warnings = _refuse_reviewer(case, step, signature.by)
    record = new_record(
        entry,
        Action.REVIEW,
        经办人=signature.by,
        环节=step.value if step is not Step.REVIEW else None,
        情况=signature.note,
    )
    return _signed(case, record, step, warnings)


def plan_close(case: Case, entry: Entry, signature: Signature, *, complete: bool = False) -> Plan:
    """Approve the closing of a finding; an empty plan where the finding is closed already.

    Without measures it refuses; with open ones too, unless `complete` marks them done on the
    same day. The steps before the approval have to be taken.
    """
    finding, on = case.finding, entry.on
    journal = case.journal()
    refuse_withdrawn(case, "不能销号")
    if (day := journal.closed_on) is not None:
        return Plan((), f"问题{finding.id}已于{day}销号，未改动")
    refuse_without_measures(case, "不能销号")
    _refuse_step_out_of_turn(case, Step.APPROVAL, entry)
    missing = open_measures(timeline(finding), on)
    if later := _done_later(finding, on):
        raise RefusedError(later)
    if missing:
        _refuse_open(case, missing, complete=complete)
    if not signature.by:
        raise RefusedError(f"问题{finding.id}销号要写明批准人；加上 --by，如 --by 局党组")
    _refuse_late_entry(case, entry)
    if case.inspection.evidence_required and not signature.evidence and not _is_shown(case):
        raise RefusedError(
            f"这本台账规定销号须佐证，问题{finding.id}尚无佐证材料；加上 --evidence 文件"
        )
    fills = [Fill(number - 1, {"完成": str(on)}) for number in missing]
    record = new_record(
        entry,
        Action.CLOSING,
        批准人=signature.by,
        情况=signature.note,
        佐证=tuple(signature.evidence),
    )
    _refuse_signatory(case, Step.APPROVAL, signature.by)
    warnings: tuple[str, ...] = ()
    if is_same_name(signature.by, applicant_of(case)):
        warnings = (f"问题{case.id}的申请和批准都是{signature.by}，请核对应当由谁批准",)
    return Plan((*fills, record), f"问题{finding.id}已销号", warnings)


def plan_return(case: Case, entry: Entry, reason: str, by: str | None) -> Plan:
    """Send a finding that was applied for back to work (退回)."""
    refuse_closed(case, "不能退回；要撤回销号，用 zhenggai reopen", then="")
    state = case.standing(entry.today)
    if state.stage not in IN_HAND:
        raise RefusedError(f"问题{case.id}还是{state.stage}，没有可退回的销号申请")
    refuse_disorder(case, entry)
    record = new_record(entry, Action.RETURN, 经办人=by, 理由=reason)
    return Plan((record,), f"问题{case.id}已退回，重新整改")


def plan_reopen(
    case: Case, entry: Entry, reason: str, by: str | None, new_due: date | None = None
) -> Plan:
    """Open a closed finding again; where its deadline has passed it is given a new one."""
    finding = case.finding
    refuse_withdrawn(case, "不能重开")
    state = case.standing(entry.on)
    if state.stage is not Stage.CLOSED:
        raise RefusedError(f"问题{finding.id}未销号（现在是{state.stage}），不能重开")
    refuse_disorder(case, entry)
    # What of a long-term finding is closed is reviewed; reopened it works to its deadline again.
    deadline = case.journal().deadline
    if finding.kind is Kind.LONG_TERM and finding.due is None:
        if new_due is not None:
            raise RefusedError(f"问题{finding.id}是长期坚持的，没有整改时限；去掉 --due")
    elif new_due is None:
        if deadline is not None and entry.today > deadline:
            raise RefusedError(
                f"问题{finding.id}的时限{deadline}已过，重开要定新的时限；加上 --due 日期"
            )
    elif terms(case.inspection).moved(new_due).day <= entry.on:
        raise RefusedError(f"新时限{new_due}不晚于重开的日期{entry.on}；请核对 --due")
    due = str(new_due) if new_due else None
    record = new_record(entry, Action.REOPENING, 经办人=by, 理由=reason, 新时限=due)
    return Plan((record,), f"问题{finding.id}已重开（{state.closed_on}的销号记录保留）")


def _signed(case: Case, record: Append, step: Step, warnings: tuple[str, ...]) -> Plan:
    """Return the plan of one step of the procedure, and say which are left."""
    taken = (*case.journal().signed, step)
    left = [one for one in case.steps if one not in taken]
    name = Action.APPLICATION.value if step is Step.APPLICATION else step.value
    count = f"（{len(case.steps) - len(left)}/{len(case.steps)}）"
    return Plan((record,), f"问题{case.id}已登记{name}{count}，尚需{'、'.join(left)}", warnings)


def _refuse_signatory(case: Case, step: Step, by: str | None) -> None:
    """Refuse a step signed by somebody who may not sign it (销号权限)."""
    allowed = case.inspection.signatories.get(step, ())
    if allowed and not may_sign(case.inspection, step, by):
        who = f"不能由{by}办理" if by else "要写明由谁办理"
        raise RefusedError(
            f"问题{case.id}的{step}{who}；销号权限规定由{'、'.join(allowed)}办理，加上 --by"
        )


def _refuse_unnamed(case: Case, step: Step, by: str | None) -> None:
    """Refuse an application or a review by nobody where it matters who takes it."""
    if by is None and must_be_named(case.inspection):
        raise RefusedError(
            f"问题{case.id}的{step}要写明由谁办理：台账规定了销号权限或回避；加上 --by"
        )


def _refuse_step_out_of_turn(case: Case, step: Step, entry: Entry) -> None:
    """Refuse a step that the procedure does not have, or that is not the next one."""
    steps = "、".join(case.steps)
    if step not in case.steps:
        if not case.inspection.closing_steps:
            raise RefusedError(
                f"这本台账没有规定销号程序，问题{case.id}不用{step}；直接用 zhenggai close 销号"
            )
        raise RefusedError(f"这本台账的销号程序是{steps}，没有{step}这一步")
    signed = case.journal().signed
    if step in signed:
        raise RefusedError(f"问题{case.id}已登记{step}；现在应当{_due(case)}")
    if _due(case) != step:
        raise RefusedError(f"问题{case.id}还不能{step}；销号程序是{steps}，现在应当{_due(case)}")
    refuse_disorder(case, entry)


def _due(case: Case) -> Step:
    return case.journal().next_step


def _review_of(case: Case) -> Step:
    """Return the last review of the procedure, 审核 where there is none."""
    return (reviews_of(case.steps) or (Step.REVIEW,))[-1]


def _refuse_reviewer(case: Case, step: Step, by: str | None) -> tuple[str, ...]:
    """Refuse a review by somebody who may not do it; warn of one by the applicant (回避)."""
    applicant = applicant_of(case)
    if applicant is not None and (who := reviewer_instead(case.inspection, applicant, step, by)):
        raise RefusedError(
            f"问题{case.id}由{applicant}申请销号，按回避的规定应由{who}审核；请改 --by"
        )
    if not stands_in(case.inspection, applicant, by):
        _refuse_signatory(case, step, by)
    _refuse_unnamed(case, step, by)
    if is_same_name(by, applicant):
        return (f"问题{case.id}的申请和审核都是{by}；同一单位（人）申请并审核，会在审批单上注明",)
    return ()


def _refuse_late_entry(case: Case, entry: Entry) -> None:
    """Refuse a step dated back to before a deadline that has passed, unless `late` is meant."""
    state = case.standing(entry.on)
    deadline = state.deadline
    if (
        deadline is not None
        and entry.on <= deadline < entry.today
        and not state.is_review
        and not case.journal().frozen
        and not entry.late
    ):
        raise RefusedError(
            f"问题{case.id}的时限{deadline}已过，日期不能写到时限之前；"
            "确系补登的，加 --late（仍按登记之日计算逾期）"
        )


def _is_shown(case: Case) -> bool:
    """Whether evidence was handed in: with every measure, or with the application."""
    applied = _last_application(case.finding)
    handed_in = applied is not None and bool(applied.evidence)
    return handed_in or all(measure.evidence for measure in case.finding.measures)


def _done_later(finding: Finding, on: date) -> str | None:
    for number, measure in enumerate(finding.measures, start=1):
        if measure.done_on is not None and measure.done_on > on:
            return (
                f"措施{finding.number}.{number}在{measure.done_on}才完成，"
                f"问题{finding.id}不能在{on}销号；请核对 --on"
            )
    return None


def _refuse_open(case: Case, missing: Sequence[int], *, complete: bool) -> None:
    """Refuse to close with open measures, unless `complete` marks them done.

    Of a finding applied for in part it does not: its application says that they are not done.
    """
    if case.journal().signed and partial_reason(case.finding):
        raise RefusedError(
            f"{still_open(case.finding, missing)}；"
            "部分申请的问题措施全部完成以后才能批准，不能批准的用 zhenggai return 退回"
        )
    if not complete:
        raise RefusedError(f"{still_open(case.finding, missing)}，或加 --complete 一并标为完成")


def partial_reason(finding: Finding) -> str | None:
    """Return why the latest application was made with measures open; None where none were."""
    applied = _last_application(finding)
    return applied.partial if applied else None


def _last_application(finding: Finding) -> Application | None:
    applied = [record for record in finding.records if isinstance(record, Application)]
    return applied[-1] if applied else None
