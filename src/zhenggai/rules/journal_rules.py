"""Rules on the journal: what cannot have happened in this order."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from zhenggai.ledger.lifecycle import reviewer_instead, reviews, stands_in
from zhenggai.ledger.register import Event
from zhenggai.model.ledger_model import (
    Application,
    Closing,
    Extension,
    Finding,
    Recognition,
    Review,
)
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, Authority, Kind, Severity, Step
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_NOT_EXTENDED = "删去这条记录，改“复核周期”；确有时限的，类型改为限期整改"
_NOT_REOPENED = "要退回申请的，改用“退回”；已经销号的，补登“销号”"


@RULES.on_finding("J501", "重复销号", _ERROR, "已经销号的问题不能再销一次；要先“重开”。")
def _closed_twice(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if event.action is Action.CLOSING and moment.closed_on:
            message = f"{moment.closed_on}已经销号，又销号一次"
            yield Problem(message, "删去多登的一条，或在两次之间补“重开”", ("记录", event.place))


@RULES.on_finding("J502", "未销号却重开", _ERROR, "只有已销号的问题才能重开。")
def _reopened_while_open(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if event.action is Action.REOPENING and moment.closed_on is None:
            yield Problem("未销号，却登记了重开", _NOT_REOPENED, ("记录", event.place))


_AFTER_CLOSING = (
    *(Action.SUPERVISION, Action.REOPENING, Action.CLOSING),
    *(Action.RECOGNITION, Action.WITHDRAWAL),
)


@RULES.on_finding(
    "J503",
    "销号后又登记事项",
    _ERROR,
    "销号之后只能有督查（回头看）、认定、撤销登记和重开；进展、延期、申请、审核、退回要先重开。",
)
def _after_closing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if moment.closed_on and event.action not in _AFTER_CLOSING:
            message = f"{moment.closed_on}已经销号，{event.on}又登记了{event.action}"
            yield Problem(message, "核对日期，或先登记“重开”", ("记录", event.place))


@RULES.on_finding(
    "J504",
    "过了时限才延期",
    _WARNING,
    "延期应在时限之前申请。过期之后才补办的延期不能掩盖已经逾期的事实：曾逾期的天数照样保留。",
)
def _extended_after_expiry(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for event, deadline in _extensions(finding, case):
        if deadline and event.on > deadline:
            message = f"{event.on}申请延期时，时限{deadline}已过"
            at = ("记录", event.place, "日期")
            yield Problem(message, "核对日期；确系补办的，不必改", at)


@RULES.on_finding("J505", "延期未晚于原时限", _ERROR, "延期的新时限要晚于原来的时限。")
def _extended_backwards(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for event, deadline in _extensions(finding, case):
        if event.new_due and deadline and case.moved(event.new_due) <= deadline:
            message = f"新时限{event.new_due}不晚于原时限{deadline}"
            yield Problem(message, "把新时限改成更晚的日期", ("记录", event.place, "新时限"))


@RULES.on_finding(
    "J506",
    "长期坚持的问题没有时限可延",
    _ERROR,
    "长期坚持的问题按复核周期复核，没有整改时限，延期不起作用。",
)
def _extended_long_term(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is Kind.LONG_TERM:
        for event, _ in _extensions(finding, case):
            yield Problem("长期坚持的问题不能延期", _NOT_EXTENDED, ("记录", event.place))


def _extensions(finding: Finding, case: ExaminedLedger) -> Iterator[tuple[Event, date | None]]:
    """Yield every extension with the deadline it moves; where none is in force, the file's own."""
    for moment in case.moments(finding):
        event = moment.event
        if event.action is Action.EXTENSION:
            own = case.moved(finding.due) if finding.due else None
            yield event, moment.deadline or own


@RULES.on_finding("J507", "记录日期在将来", _ERROR, "记录写已经发生的事，日期不能在今天之后。")
def _record_in_future(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for index, record in enumerate(finding.records):
        if record.on > case.present:
            message = f"{record.action}的日期{record.on}在今天（{case.present}）之后"
            yield Problem(message, "改正日期", ("记录", index, "日期"))


@RULES.on_finding(
    "J508",
    "记录早于反馈",
    _WARNING,
    "整改从反馈开始，更早的记录可能是年份写错。边巡边改的记录从巡察开始之日起都可以。",
)
def _record_before_feedback(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    name, earliest = "巡察开始日期", inspection.started_on
    if earliest is None:
        name, earliest = "反馈日期", inspection.feedback_on
    for index, record in enumerate(finding.records):
        if earliest and record.on < earliest:
            message = f"{record.action}的日期{record.on}早于{name}{earliest}"
            yield Problem(message, "核对年份和月份", ("记录", index, "日期"))


@RULES.on_finding(
    "J509",
    "记录未按日期排列",
    Severity.INFO,
    "记录只追加，不改写；后登记的事写在后面。补登以前的事是允许的，这里只作提示。",
)
def _out_of_order(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    for index, (before, record) in enumerate(pairwise(finding.records), start=1):
        if record.on < before.on:
            message = f"{record.action}（{record.on}）写在{before.on}的记录之后"
            yield Problem(message, "核对日期；确系补登的，不必改", ("记录", index, "日期"))


@RULES.on_finding(
    "J510",
    "销号程序缺步骤",
    _ERROR,
    "台账规定了销号程序（inspection.yaml的“销号程序”）：每一步都要有记录，重开或退回之后要重新走。",
)
def _steps_missing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    needed = [step for step in case.ledger.inspection.closing_steps if step is not Step.APPROVAL]
    for moment in case.moments(finding):
        event = moment.event
        missing = [step for step in needed if step not in moment.signed]
        if event.action is Action.CLOSING and not moment.closed_on and missing:
            message = f"销号之前没有{'、'.join(missing)}的记录"
            yield Problem(message, "补登所缺的步骤，或改“销号程序”", ("记录", event.place))


@RULES.on_finding(
    "J511",
    "登记日期有误",
    _ERROR,
    "“登记日期”是补登的那一天：不早于记录的日期，也不在今天之后。逾期、等待的天数从它算起。",
)
def _entered_wrongly(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for index, record in enumerate(finding.records):
        entered, at = record.entered_on, ("记录", index, "登记日期")
        if entered is None:
            continue
        if entered < record.on:
            message = f"{record.action}的登记日期{entered}早于日期{record.on}"
            yield Problem(message, "核对这两个日期", at)
        elif entered > case.present:
            message = f"{record.action}的登记日期{entered}在今天（{case.present}）之后"
            yield Problem(message, "改正登记日期", at)


@RULES.on_finding(
    "J512",
    "同一单位申请并审核",
    _WARNING,
    "申请销号和审核是同一单位（人），等于自己审自己，审批单上会注明。"
    "inspection.yaml的“回避”可以规定由谁审核，没有照办的是错误。",
)
def _same_hand(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for place, applicant, review in reviews(finding.records):
        instead = case.ledger.inspection.reviewers_instead.get(applicant)
        if review.by == applicant and instead is None:
            message = f"申请和审核都是{applicant}"
            yield Problem(message, "改由其他单位（人）审核", ("记录", place))


@RULES.on_finding(
    "J513",
    "没有按规定回避",
    _ERROR,
    "inspection.yaml的“回避”规定了这个单位申请时由谁审核，审核的不是它。"
    "分初审、复核的，初审由它办理；复核由谁办理看“销号权限”，但不能是申请的单位。",
)
def _not_recused(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for place, applicant, review in reviews(finding.records):
        if instead := reviewer_instead(inspection, applicant, review.step, review.by):
            message = f"{applicant}申请销号，应由{instead}审核，不是{review.by or '（未填写）'}"
            yield Problem(message, f"由{instead}重新审核", ("记录", place))


@RULES.on_finding(
    "J514",
    "没有权限办理",
    _ERROR,
    "inspection.yaml的“销号权限”规定了各步由谁办理，记录里的不在其中。",
)
def _not_a_signatory(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    standing_in = {
        place
        for place, applicant, review in reviews(finding.records)
        if stands_in(inspection, applicant, review.by)
    }
    for place, record in enumerate(finding.records):
        match record:
            case Application():
                step, by = Step.APPLICATION, record.by
            case Review():
                step, by = record.step, record.by
            case Closing():
                step, by = Step.APPROVAL, record.approved_by
            case _:
                continue
        allowed = inspection.signatories.get(step)
        if allowed and by not in allowed and place not in standing_in:
            message = f"{step}由{by or '（未填写）'}办理，销号权限规定的是{'、'.join(allowed)}"
            yield Problem(message, "由有权限的重新办理，或核对“销号权限”", ("记录", place))


@RULES.on_finding(
    "J515",
    "延期超过集中整改截止",
    _ERROR,
    "新时限晚于inspection.yaml的“集中整改截止”的，须由上级批准："
    "记录里写“批准机关级别: 上级”和“依据”。",
)
def _beyond_concentrated(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    last_day = case.ledger.inspection.concentrated_until
    for place, record in enumerate(finding.records):
        if isinstance(record, Extension) and last_day and record.new_due > last_day:
            if record.authority is Authority.ABOVE and record.basis:
                continue
            message = f"新时限{record.new_due}超过集中整改截止{last_day}，没有上级批准的依据"
            hint = "补充“批准机关级别: 上级”和“依据”，或改新时限"
            yield Problem(message, hint, ("记录", place, "新时限"))


@RULES.on_finding(
    "J516",
    "上级不认可，尚未重开",
    _WARNING,
    "上级认定为不认可退回，问题还是已销号：销号率照单位自报计算，通报会误导。要重新整改，先“重开”。",
)
def _rejected_and_closed(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.recognised is False and state.closed_on and not state.withdrawn:
        place = max(n for n, one in enumerate(finding.records) if isinstance(one, Recognition))
        message = f"{finding.records[place].on}上级不认可退回，问题{finding.id}尚未重开"
        hint = f"用 zhenggai reopen {finding.number} 重开"
        yield Problem(message, hint, ("记录", place))


@RULES.on_finding(
    "J517",
    "认定不成立",
    _WARNING,
    "认定是上级对已销号问题的结论：问题当时没有销号，或者认定的单位就是被巡察单位自己，认定不起作用。",
)
def _recognised_in_vain(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    own = case.ledger.inspection.unit or ""
    for moment in case.moments(finding):
        event = moment.event
        if event.action is not Action.RECOGNITION:
            continue
        record = finding.records[event.place]
        if isinstance(record, Recognition) and own and record.authority in own:
            message = f"认定的单位“{record.authority}”不是上级"
            yield Problem(message, "写作出认定的上级单位", ("记录", event.place, "单位"))
        elif moment.closed_on is None:
            message = f"{event.on}认定时问题{finding.id}未销号"
            yield Problem(message, "核对日期，或先登记“销号”", ("记录", event.place))
