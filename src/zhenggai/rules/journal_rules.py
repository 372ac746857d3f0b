"""Rules on the journal: what cannot have happened in this order."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from zhenggai.ledger.corrections import ANOTHER_WAY
from zhenggai.ledger.journal import Moment, step_of
from zhenggai.ledger.register import Event, counted_records
from zhenggai.ledger.signatories import (
    may_sign,
    must_be_named,
    name_now,
    reviewer_instead,
    stands_in,
    substitute_for,
)
from zhenggai.ledger.splitting import is_same_id
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import is_same_name, plain_name
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import (
    Application,
    Closing,
    Correction,
    Extension,
    Recheck,
    Recognition,
    Record,
    Review,
    Splitting,
    Supervision,
    Urging,
    Withdrawal,
)
from zhenggai.model.terms import CORRECTABLE, Action, Authority, Kind, Severity, Step
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_INSPECTION = "inspection.yaml"

_NOT_EXTENDED = "删去这条记录，改“检视周期”；措施确有时限的，补充“整改时限”"
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
    *(Action.RECOGNITION, Action.WITHDRAWAL, Action.RECHECK, Action.CORRECTION),
)


@RULES.on_finding(
    "J503",
    "销号后又登记事项",
    _ERROR,
    "销号之后只能有督查（回头看）、复查、认定、撤销登记、更正和重开；"
    "进展、督办、延期、申请、审核、退回、交接、拆分要先重开。",
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
    for moment in _measure_extensions(finding, case):
        event, due = moment.event, moment.measure_deadline
        if due and event.on > due:
            name = f"措施{finding.number}.{event.measure}"
            message = f"{event.on}申请延期时，{name}的时限{due}已过"
            at = ("记录", event.place, "日期")
            yield Problem(message, "核对日期；确系补办的，不必改", at)


@RULES.on_finding("J505", "延期未晚于原时限", _ERROR, "延期的新时限要晚于原来的时限。")
def _extended_backwards(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for event, deadline in _extensions(finding, case):
        if event.new_due and deadline and case.moved(event.new_due) <= deadline:
            message = f"新时限{event.new_due}不晚于原时限{deadline}"
            yield Problem(message, "把新时限改成更晚的日期", ("记录", event.place, "新时限"))
    for moment in _measure_extensions(finding, case):
        event, due = moment.event, moment.measure_deadline
        if event.new_due and due and case.moved(event.new_due) <= due:
            name = f"措施{finding.number}.{event.measure}"
            message = f"新时限{event.new_due}不晚于{name}的原时限{due}"
            yield Problem(message, "把新时限改成更晚的日期", ("记录", event.place, "新时限"))


@RULES.on_finding(
    "J506",
    "长期坚持的问题没有时限可延",
    _ERROR,
    "长期坚持的问题没有写整改时限的，或措施已经全部完成的，按检视周期检视，延期不起作用。",
)
def _extended_long_term(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is not Kind.LONG_TERM:
        return
    for moment in case.moments(finding):
        if moment.event.action is Action.EXTENSION and not moment.works_to_deadline:
            message, hint = "长期坚持的问题不能延期", _NOT_EXTENDED
            if finding.due is not None:
                message = f"{moment.event.on}延期时措施已经全部完成，没有时限可延"
                hint = "核对日期，或删去这条记录"
            yield Problem(message, hint, ("记录", moment.event.place))


def _extensions(finding: Finding, case: ExaminedLedger) -> Iterator[tuple[Event, date | None]]:
    """Yield every extension of a finding with the deadline it moves.

    Where none is in force that is the file's own.
    """
    for moment in case.moments(finding):
        event = moment.event
        if event.action is Action.EXTENSION and event.measure is None:
            own = case.moved(finding.due) if finding.due else None
            yield event, moment.deadline or own


def _measure_extensions(finding: Finding, case: ExaminedLedger) -> Iterator[Moment]:
    """Yield every extension of one measure alone, and how things stood just before it."""
    for moment in case.moments(finding):
        if moment.event.measure is not None:
            yield moment


@RULES.on_finding(
    "J527",
    "措施延期超过整改时限",
    _ERROR,
    "措施的时限不能晚于问题当时的时限（最近一次延期的新时限，否则整改时限）；"
    "问题也要延期的，先登记问题的延期。",
)
def _measure_extended_too_far(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in _measure_extensions(finding, case):
        event, limit = moment.event, moment.deadline
        if event.new_due and limit and case.moved(event.new_due) > limit:
            name = f"措施{finding.number}.{event.measure}"
            message = f"{name}的新时限{event.new_due}晚于问题当时的时限{limit}"
            at = ("记录", event.place, "新时限")
            yield Problem(message, "把新时限提前，或先登记问题的延期", at)


@RULES.on_finding(
    "J528",
    "延期的措施不存在",
    _ERROR,
    "延期记录的“措施”写第几项措施，从1数起；没有这一项，延期不起作用。",
)
def _extended_no_measure(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in _measure_extensions(finding, case):
        event, count = moment.event, len(finding.measures)
        if event.measure and event.measure > count:
            message = f"延期写的是第{event.measure}项措施，问题{finding.id}只有{count}项"
            yield Problem(message, "改“措施”后面的数", ("记录", event.place, "措施"))


@RULES.on_finding(
    "J529",
    "延期的措施没有时限",
    _ERROR,
    "措施没有自己的时限，就随问题的整改时限，无从单独延期，这条延期不起作用。"
    "要延的是问题的时限，删去“措施”。",
)
def _extended_measure_without_deadline(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in _measure_extensions(finding, case):
        number = moment.event.measure or 0
        if number <= len(finding.measures) and moment.measure_deadline is None:
            message = f"措施{finding.number}.{number}没有自己的时限，却登记了延期"
            hint = "延的是问题的时限的，删去“措施”"
            yield Problem(message, hint, ("记录", moment.event.place, "措施"))


@RULES.on_finding("J507", "记录日期在将来", _ERROR, "记录写已经发生的事，日期不能在今天之后。")
def _record_in_future(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for index, record in counted_records(finding):
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
    for index, record in counted_records(finding):
        if earliest and record.on < earliest:
            message = f"{record.action}的日期{record.on}早于{name}{earliest}"
            yield Problem(message, "核对年份和月份", ("记录", index, "日期"))


@RULES.on_finding(
    "J550",
    "两条记录完全相同",
    _WARNING,
    "同一天、同一事项、同样文字的记录出现两次，可能是一次办理登记了两遍。",
)
def _same_record(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    seen: dict[Record, int] = {}
    for index, record in enumerate(finding.records):
        first = seen.setdefault(record, index)
        if first < index:
            message = f"{record.on}的{record.action}与第{first + 1}条记录完全相同"
            yield Problem(message, "核对是否登记了两遍", ("记录", index))


@RULES.on_finding(
    "J509",
    "记录未按日期排列",
    Severity.INFO,
    "记录只追加，不改写；后登记的事写在后面。补登以前的事是允许的，这里只作提示。",
)
def _out_of_order(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    for (_, before), (index, record) in pairwise(counted_records(finding)):
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
    for index, record in counted_records(finding):
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
    "同一单位申请并审核、批准",
    _WARNING,
    "申请销号和审核（或批准）是同一单位（人），等于自己审自己，审批单上会注明。"
    "inspection.yaml的“回避”可以规定由谁审核，没有照办的是错误。",
)
def _same_hand(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for place, applicant, record, by in case.decisions(finding):
        what = "批准" if isinstance(record, Closing) else "审核"
        is_recused = what == "审核" and substitute_for(inspection, applicant) is not None
        if is_same_name(by, applicant) and not is_recused:
            message = f"申请和{what}都是{applicant}"
            yield Problem(message, f"改由其他单位（人）{what}", ("记录", place))


@RULES.on_finding(
    "J513",
    "没有按规定回避",
    _ERROR,
    "inspection.yaml的“回避”规定了这个单位申请时由谁审核，审核的不是它。"
    "分初审、复核的，初审由它办理；复核由谁办理看“销号权限”，但不能是申请的单位。",
)
def _not_recused(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for place, applicant, record, by in case.decisions(finding):
        if not isinstance(record, Review):
            continue
        if instead := reviewer_instead(inspection, applicant, record.step, by):
            message = f"{applicant}申请销号，应由{instead}审核，不是{by or '（未填写）'}"
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
        one.place
        for one in case.decisions(finding)
        if isinstance(one.record, Review) and stands_in(inspection, one.applicant, one.by)
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
        by = name_now(by, record.entered_on or record.on, case.day.terms)
        allowed = inspection.signatories.get(step, ())
        if not may_sign(inspection, step, by) and place not in standing_in:
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
    for place, record in counted_records(finding):
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
    "认定是上级对已销号问题的结论：问题当时没有销号，或者认定的单位就是被巡察单位自己或它的科室，认定不起作用。",
)
def _recognised_in_vain(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    own = case.ledger.inspection.unit or ""
    for moment in case.moments(finding):
        event = moment.event
        record = finding.records[event.place]
        if not isinstance(record, Recognition):
            continue
        authority = name_now(record.authority, event.on, case.day.terms)
        departments = (name for one in case.ledger.findings for name in one.departments)
        if (own and plain_name(record.authority) in plain_name(own)) or any(
            is_same_name(authority, name) for name in departments
        ):
            message = f"认定的单位“{record.authority}”不是上级"
            yield Problem(message, "写作出认定的上级单位", ("记录", event.place, "单位"))
        elif moment.closed_on is None:
            message = f"{event.on}认定时问题{finding.id}未销号"
            yield Problem(message, "核对日期，或先登记“销号”", ("记录", event.place))


@RULES.on_finding(
    "J518",
    "不按销号程序办理",
    _ERROR,
    "申请销号、审核要按“销号程序”一步一步办理，措施没有全部完成的申请要写“部分申请理由”。"
    "不合程序的一步不起作用：不能使逾期停下，也不计入整改完成率。",
)
def _step_out_of_turn(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not _is_lenient(case):
        for event, message in _out_of_turn(finding, case):
            hint = "核对日期和环节，删去多登的，或补登前面的步骤"
            yield Problem(message, hint, ("记录", event.place))


@RULES.on_finding(
    "J519",
    "步骤与销号程序不符（旧台账）",
    _WARNING,
    "格式1的台账、没有规定“销号程序”的台账，以前可以登记任何步骤，现在照旧读取。"
    "要求逐步办理的，写明“销号程序”并升级到格式2。",
)
def _step_of_old(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if _is_lenient(case):
        for event, message in _out_of_turn(finding, case):
            yield Problem(message, "核对记录，或写明“销号程序”", ("记录", event.place))
        for event, message in _returned_in_vain(finding, case):
            yield Problem(message, "核对记录，或写明“销号程序”", ("记录", event.place))


@RULES.on_finding(
    "J520",
    "没有申请却退回",
    _ERROR,
    "退回的是销号申请（程序里没有“申请”的，是措施全部完成、等待审核的问题）；没有可退回的，退回不起作用。",
)
def _returned_unapplied(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not _is_lenient(case):
        for event, message in _returned_in_vain(finding, case):
            hint = "核对日期；已经销号的，改用“重开”"
            yield Problem(message, hint, ("记录", event.place))


def _is_lenient(case: ExaminedLedger) -> bool:
    """Whether a ledger may hold steps in any order: one kept as before, or without a procedure."""
    return case.ledger.inspection.format == 1 or not case.ledger.inspection.closing_steps


def _returned_in_vain(finding: Finding, case: ExaminedLedger) -> Iterator[tuple[Event, str]]:
    for moment in case.moments(finding):
        event = moment.event
        # J503 has those after a closing.
        if event.action is Action.RETURN and not moment.in_turn and not moment.closed_on:
            yield event, f"{event.on}退回时没有可退回的销号申请"


def _out_of_turn(finding: Finding, case: ExaminedLedger) -> Iterator[tuple[Event, str]]:
    """Yield the applications and reviews out of turn; J503 has those after a closing, J510 that."""
    steps = case.ledger.inspection.closing_steps
    for moment in case.moments(finding):
        step = step_of(moment.event)
        if step in (None, Step.APPROVAL) or moment.closed_on:
            continue
        if not steps:
            yield moment.event, f"台账没有规定销号程序，却登记了{step}"
        elif not moment.in_turn:
            yield moment.event, _why_out_of_turn(moment, step, steps)


def _why_out_of_turn(moment: Moment, step: Step | None, steps: tuple[Step, ...]) -> str:
    if step not in steps:
        return f"销号程序是{'、'.join(steps)}，没有{step}这一步"
    if step in moment.signed:
        return f"{moment.event.on}又登记了{step}，这一步已经登记过"
    if step is moment.due:
        if step is Step.APPLICATION:
            return f"{moment.event.on}申请销号时措施没有全部完成，也没有写部分申请理由"
        return f"{moment.event.on}{step}时措施没有全部完成"
    return f"{moment.event.on}登记了{step}，当时应当{moment.due}"


@RULES.on_finding(
    "J521",
    "没有写明由谁办理",
    _ERROR,
    "台账规定了“销号权限”或“回避”，申请销号和审核就要写“经办人”，否则无法核对由谁办理。",
)
def _by_nobody(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not must_be_named(case.ledger.inspection):
        return
    for place, record in enumerate(finding.records):
        if isinstance(record, (Application, Review)) and record.by is None:
            message = f"{record.on}的{record.action}没有写经办人"
            yield Problem(message, "补充“经办人”", ("记录", place))


@RULES.on_ledger(
    "J522",
    "回避写成自己",
    _ERROR,
    "“回避”写的是哪个单位申请时改由谁审核；由自己审核不是回避。",
)
def _recused_to_itself(case: ExaminedLedger) -> Iterator[Problem]:
    for office, instead in case.ledger.inspection.reviewers_instead.items():
        if is_same_name(office, instead):
            message = f"{office}申请销号，回避以后还是由{instead}审核"
            yield Problem(message, "改由其他单位审核", ("回避", office), _INSPECTION)


@RULES.on_ledger(
    "J523",
    "销号权限里的步骤不在程序里",
    _WARNING,
    "“销号权限”写了“销号程序”没有的一步，这一项不起作用。",
)
def _signatories_of_no_step(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    steps = inspection.closing_steps or (Step.APPROVAL,)
    for step in inspection.signatories:
        if step not in steps:
            message = f"销号权限写了{step}，销号程序是{'、'.join(steps)}"
            at = ("销号权限", step.value)
            yield Problem(message, "改“销号程序”，或删去这一项", at, _INSPECTION)


@RULES.on_finding(
    "J524",
    "撤销登记后又登记事项",
    _ERROR,
    "撤销登记的问题不再计入，编号保留；以后的事登记在并入的问题里。",
)
def _after_withdrawal(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if moment.withdrawn_on:
            message = f"{moment.withdrawn_on}已经撤销登记，{event.on}又登记了{event.action}"
            yield Problem(message, "核对日期，或删去这条记录", ("记录", event.place))


@RULES.on_finding(
    "J525",
    "并入的问题不成立",
    _ERROR,
    "“并入”写台账里另一个计入的问题的编号；并入自己、没有的编号或已经撤销登记的问题，这个问题就没有着落。",
)
def _merged_into_nothing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for place, record in counted_records(finding):
        if not isinstance(record, Withdrawal) or record.merged_into is None:
            continue
        message = _why_not_into(finding, record.merged_into, case)
        if message:
            at = ("记录", place, "并入")
            yield Problem(message, "写另一个计入的问题的编号", at)


def _why_not_into(finding: Finding, named: str, case: ExaminedLedger) -> str:
    """Say why a finding cannot be part of another; '' where it can, or nobody here can tell."""
    number = int(named) if named.isdecimal() else None
    if number == finding.number:
        return f"问题{finding.id}不能并入自己"
    if case.is_one_finding:
        return ""
    other = case.by_number.get(number) if number is not None else None
    if other is not None:
        return f"并入的问题{other.id}已经撤销登记" if case.standing(other).withdrawn else ""
    if number in case.unreadable_numbers:
        return ""
    return f"台账里没有要并入的问题{named}"


@RULES.on_finding(
    "J526",
    "格式1的台账不认与自报不符",
    _WARNING,
    "格式1的台账里督查也算进展，“与自报不符”不起作用；要使它起作用，先用 zhenggai upgrade 升级。",
)
def _dispute_in_vain(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.format == 1:
        for place, record in counted_records(finding):
            if isinstance(record, Supervision) and record.disputes:
                message = f"{record.on}督查的与自报不符不起作用，该次督查仍算进展"
                yield Problem(message, "升级到格式2", ("记录", place, "与自报不符"))


@RULES.on_finding(
    "J540",
    "督办过了回复期限没有回复",
    _WARNING,
    "督办写了“回复期限”，过了期限还没有“回复日期”：催促回复；"
    "已经回复的，用 zhenggai urge --replied 登记。",
)
def _unanswered(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if case.standing(finding).withdrawn:
        return
    for place, record in counted_records(finding, case.today):
        if not isinstance(record, Urging) or record.reply_by is None:
            continue
        answered = record.replied_on is not None and record.replied_on <= case.today
        if record.on <= case.today and record.reply_by < case.today and not answered:
            number = f"（{shorten(record.number, 20)}）" if record.number else ""
            message = f"{record.on}的督办{number}回复期限是{record.reply_by}，没有回复"
            hint = f"催促回复；已经回复的，用 zhenggai urge {finding.number} --replied 日期 登记"
            yield Problem(message, hint, ("记录", place, "回复期限"))


@RULES.on_finding(
    "J542",
    "复查不到位，尚未重开",
    _WARNING,
    "最近一次复查的结论是不到位或反弹，问题还是已销号：复查不改变整改状态，要重新整改，先“重开”。",
)
def _adverse_and_closed(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.closed_on is None or state.withdrawn:
        return
    reopened_on = case.journal(finding).reopened_on
    looks = [
        (record.on, place, record)
        for place, record in counted_records(finding, case.today)
        if isinstance(record, Recheck) and record.on <= case.today
    ]
    if not looks:
        return
    day, place, last = max(looks, key=lambda one: one[:2])
    if last.result.is_adverse and (reopened_on is None or reopened_on < day):
        message = f"{day}复查的结论是{last.result}，问题{finding.id}尚未重开"
        hint = f"用 zhenggai reopen {finding.number} 重开"
        yield Problem(message, hint, ("记录", place))


@RULES.on_finding(
    "J543",
    "虚假整改的认定不成立",
    _ERROR,
    "虚假整改要由有权的单位认定：写“虚假整改: 是”的，要有“认定单位”和“依据”，"
    "结论是不到位或反弹。没有写“虚假整改: 是”的，认定单位和依据不起作用。",
)
def _sham_without_basis(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    for place, record in enumerate(finding.records):
        if not isinstance(record, Recheck):
            continue
        said = {"认定单位": record.established_by, "依据": record.basis}
        at = ("记录", place, "虚假整改")
        if record.sham and (missing := [key for key, value in said.items() if not value]):
            message = f"{record.on}的复查写了虚假整改，没有{'、'.join(missing)}"
            hint = f"补充“{missing[0]}: ……”；未经认定的，删去“虚假整改”"
            yield Problem(message, hint, at)
        elif record.sham and not record.result.is_adverse:
            message = f"{record.on}的复查写了虚假整改，结论却是{record.result}"
            yield Problem(message, "核对结论", ("记录", place, "结论"))
        elif not record.sham and (extra := [key for key, value in said.items() if value]):
            message = f"{record.on}的复查写了{'、'.join(extra)}，没有写“虚假整改: 是”"
            hint = f"补充“虚假整改: 是”，或删去{'、'.join(extra)}"
            yield Problem(message, hint, ("记录", place, extra[0]))


@RULES.on_finding(
    "J544",
    "督办的日期先后颠倒",
    _ERROR,
    "先督办，后回复：回复期限、回复日期不早于督办的日期，回复日期不在今天之后。",
)
def _answered_before(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for place, record in enumerate(finding.records):
        if not isinstance(record, Urging):
            continue
        for key, day in (("回复期限", record.reply_by), ("回复日期", record.replied_on)):
            if day is not None and day < record.on:
                message = f"{key}{day}早于督办的日期{record.on}"
                yield Problem(message, "核对这两个日期", ("记录", place, key))
        if record.replied_on is not None and record.replied_on > case.present:
            message = f"回复日期{record.replied_on}在今天（{case.present}）之后"
            yield Problem(message, "改正日期；尚未回复的，删去", ("记录", place, "回复日期"))


@RULES.on_finding(
    "J548",
    "复查时尚未销号",
    _ERROR,
    "复查是对已销号问题的核查；问题当时没有销号的，看整改情况用“督查”。",
)
def _rechecked_while_open(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if event.action is Action.RECHECK and moment.closed_on is None:
            message = f"{event.on}复查时问题{finding.id}未销号"
            hint = "核对日期，或先登记“销号”；看整改情况的，事项改为“督查”"
            yield Problem(message, hint, ("记录", event.place))


@RULES.on_finding(
    "J530",
    "更正的记录不成立",
    _ERROR,
    "“第几条”写同一个问题里写在前面、日期不晚于更正的一条记录，从1数起；一条记录只更正一次。"
    "不成立的更正不起作用。",
)
def _corrected_nothing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    taken = {one.by for one in case.timeline(finding).struck}
    for place, record in enumerate(finding.records):
        if not isinstance(record, Correction) or place in taken:
            continue
        if message := _why_not_corrected(finding, place, record):
            hint = "写要更正的那条记录的次序；不必更正的，删去这条更正"
            yield Problem(message, hint, ("记录", place, "第几条"))


def _why_not_corrected(finding: Finding, place: int, record: Correction) -> str:
    """Say why there is nothing that a correction could be of; J531 has those that may not be."""
    number = record.corrects
    if number > len(finding.records):
        return f"更正第{number}条，问题{finding.id}只有{len(finding.records)}条记录"
    target = finding.records[number - 1]
    dated, given = (one.entered_on or one.on for one in (record, target))
    faults = {
        f"更正的是这条更正自己（第{number}条）": number == place + 1,
        f"更正的第{number}条写在更正以后": number > place + 1,
        "": target.action not in CORRECTABLE,
        f"更正的日期{dated}早于第{number}条记录的日期{given}": dated < given,
        f"第{number}条是延期，问题{finding.id}没有整改时限可以恢复": (
            target.action is Action.EXTENSION and finding.due is None
        ),
    }
    return next((why for why, is_so in faults.items() if is_so), f"第{number}条记录已经更正过")


@RULES.on_finding(
    "J531",
    "更正了不能更正的记录",
    _ERROR,
    "能更正的是进展、督查、督办、复查、延期、撤销登记和交接。申请、审核用“退回”，销号用“重开”，认定另写一条，"
    "更正有误的把那件事重新登记。这样的更正不起作用。",
)
def _corrected_in_vain(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    for place, record in enumerate(finding.records):
        if not isinstance(record, Correction) or record.corrects > len(finding.records):
            continue
        target = finding.records[record.corrects - 1]
        if target is not record and target.action not in CORRECTABLE:
            message = f"第{record.corrects}条记录是{target.action}，不能更正"
            hint = ANOTHER_WAY.get(target.action, "请另行登记")
            yield Problem(message, hint, ("记录", place, "第几条"))


@RULES.on_finding(
    "J532",
    "交接不成立",
    _ERROR,
    "“从”写交接那天的责任人（或责任领导），“到”写另一个人。不成立的交接不起作用，责任人还是原来的。",
)
def _handed_over_in_vain(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for moment in case.moments(finding):
        event = moment.event
        if event.action is not Action.HANDOVER:
            continue
        if not moment.in_turn:
            holder = moment.holder or "（未填写）"
            message = f"{event.on}交接写从{event.giver}，当时的{event.post}是{holder}"
            yield Problem(message, "核对“从”和日期", ("记录", event.place, "从"))
        elif event.giver == event.taker:
            message = f"{event.on}交接的“从”和“到”都是{event.giver}"
            yield Problem(
                message, "写接任的人；没有换人的，更正这条记录", ("记录", event.place, "到")
            )


@RULES.on_finding(
    "J533",
    "拆分自不成立",
    _ERROR,
    "“拆分自”由 zhenggai split 写入：那个问题要有“拆分”的记录，“新编号”就是这个问题。"
    "拆分出来的问题与反馈问题数比较时不另计，所以两边要对得上。",
)
def _split_from_nothing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    named = finding.split_from
    if named is None or case.is_one_finding or _is_unread(named, case):
        return
    hint = "核对编号；不是拆分出来的，删去“拆分自”"
    other = next((one for one in case.ledger.findings if is_same_id(named, one)), None)
    if other is None or other is finding:
        message = f"没有问题{named}可以拆分出问题{finding.id}"
        yield Problem(message, hint, ("拆分自",))
    elif not any(
        isinstance(one, Splitting) and is_same_id(one.new_id, finding) for one in other.records
    ):
        message = f"问题{other.id}没有拆分出问题{finding.id}的记录"
        yield Problem(message, hint, ("拆分自",))


@RULES.on_finding(
    "J534",
    "拆分的记录不成立",
    _ERROR,
    "“新编号”写拆分出来的问题，那个问题的“拆分自”就是这个问题。",
)
def _split_into_nothing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for place, record in enumerate(finding.records):
        if not isinstance(record, Splitting) or case.is_one_finding:
            continue
        if _is_unread(record.new_id, case):
            continue
        other = next((one for one in case.ledger.findings if is_same_id(record.new_id, one)), None)
        at: At = ("记录", place, "新编号")
        if other is None:
            yield Problem(f"台账里没有拆出的问题{record.new_id}", "恢复这个问题的文件", at)
        elif not is_same_id(other.split_from, finding):
            message = f"问题{other.id}的“拆分自”不是{finding.id}"
            yield Problem(message, "核对两个问题", at)


def _is_unread(named: str, case: ExaminedLedger) -> bool:
    """Whether a text names a finding whose file cannot be read."""
    unread = {name.partition(".")[0] for name in case.ledger.unreadable}
    return named.isdecimal() and any(one.isdecimal() and int(one) == int(named) for one in unread)


@RULES.on_ledger(
    "J535",
    "更名写成原来的名称",
    _ERROR,
    "“更名”由 zhenggai rename 写入，旧名称和新名称不能一样。",
)
def _renamed_to_itself(case: ExaminedLedger) -> Iterator[Problem]:
    for place, one in enumerate(case.ledger.inspection.renamings):
        if one.old == one.new:
            message = f"更名的旧名称和新名称都是{one.old}"
            yield Problem(message, "删去这一条", ("更名", place), _INSPECTION)
