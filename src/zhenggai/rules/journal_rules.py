"""Rules on the journal: what cannot have happened in this order."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from zhenggai.ledger.register import Event
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, Kind, Severity, Step
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


_AFTER_CLOSING = (Action.SUPERVISION, Action.REOPENING, Action.CLOSING)


@RULES.on_finding(
    "J503",
    "销号后又登记事项",
    _ERROR,
    "销号之后只能有督查（回头看）和重开；延期、申请、审核、退回要先重开。",
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
    "延期应在时限之前申请。过期之后才补办的延期不能掩盖已经逾期的事实。",
)
def _extended_after_expiry(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for event, deadline in _extensions(finding, case):
        if deadline and event.on > deadline:
            message = f"{event.on}申请延期时，时限{deadline}已过"
            yield Problem(
                message, "核对日期；确系补办的，在理由里写明", ("记录", event.place, "日期")
            )


@RULES.on_finding("J505", "延期未晚于原时限", _ERROR, "延期的新时限要晚于原来的时限。")
def _extended_backwards(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for event, deadline in _extensions(finding, case):
        if event.new_due and deadline and event.new_due <= deadline:
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
            yield event, moment.deadline or finding.due


@RULES.on_finding("J507", "记录日期在将来", _ERROR, "记录写已经发生的事，日期不能在今天之后。")
def _record_in_future(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for index, record in enumerate(finding.records):
        if record.on > case.today:
            message = f"{record.action}的日期{record.on}在今天（{case.today}）之后"
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
