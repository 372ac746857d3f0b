"""Rules on the journal: what cannot have happened in this order."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from zhenggai.core.model import (
    Application,
    Closing,
    Extension,
    Finding,
    Record,
    Reopening,
    Return,
    Review,
    Supervision,
)
from zhenggai.core.rules.case import Case, Remark, RuleTable
from zhenggai.core.terms import Kind, Severity, Step

RULES = RuleTable()

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_NOT_EXTENDED = "删去这条记录,改“复核周期”;确有时限的,类型改为限期整改"
_NOT_REOPENED = "要退回申请的,改用“退回”;已经销号的,补登“销号”"


class _Moment(NamedTuple):
    """A record, its place in the file, and how things stood just before it."""

    place: int
    record: Record
    closed_on: date | None
    deadline: date | None
    signed: frozenset[Step]


_SIGNS = {Application: Step.APPLICATION, Review: Step.REVIEW}


def _moments(finding: Finding, case: Case) -> Sequence[_Moment]:
    """Give the journal in order of date, same-day records in order of writing."""
    return case.once(_walk, finding)


def _walk(finding: Finding) -> list[_Moment]:
    moments: list[_Moment] = []
    closed_on: date | None = None
    deadline = finding.due
    signed: frozenset[Step] = frozenset()
    ordered = sorted(enumerate(finding.records), key=lambda pair: pair[1].on)
    for index, record in ordered:
        moments.append(_Moment(index, record, closed_on, deadline, signed))
        match record:
            case Application() | Review():
                signed |= {_SIGNS[type(record)]}
            case Closing(on=on):
                closed_on = on
            case Reopening() | Return():
                closed_on, signed = None, frozenset()
            case Extension(new_due=new_due):
                deadline = new_due
    return moments


@RULES.on_finding("J501", "重复销号", _ERROR, "已经销号的问题不能再销一次;要先“重开”。")
def _closed_twice(finding: Finding, case: Case) -> Iterator[Remark]:
    for moment in _moments(finding, case):
        if isinstance(moment.record, Closing) and moment.closed_on:
            message = f"{moment.closed_on}已经销号,又销号一次"
            yield ("记录", moment.place), message, "删去多登的一条,或在两次之间补“重开”"


@RULES.on_finding("J502", "没有销号却重开", _ERROR, "只有已经销号的问题才谈得上重开。")
def _reopened_while_open(finding: Finding, case: Case) -> Iterator[Remark]:
    for moment in _moments(finding, case):
        if isinstance(moment.record, Reopening) and moment.closed_on is None:
            yield ("记录", moment.place), "没有销号,却登记了重开", _NOT_REOPENED


@RULES.on_finding(
    "J503",
    "销号之后还有手续",
    _ERROR,
    "销号之后只能有督查(回头看)和重开;延期、申请、审核、退回要先重开。",
)
def _after_closing(finding: Finding, case: Case) -> Iterator[Remark]:
    for moment in _moments(finding, case):
        record = moment.record
        allowed = isinstance(record, (Supervision, Reopening, Closing))
        if moment.closed_on and not allowed:
            message = f"{moment.closed_on}已经销号,{record.on}又登记了{record.action}"
            yield ("记录", moment.place), message, "核对日期,或先登记“重开”"


@RULES.on_finding(
    "J504",
    "过了时限才延期",
    _WARNING,
    "延期应在时限之前申请。过期之后才补办的延期抹不掉已经逾期的事实。",
)
def _extended_after_expiry(finding: Finding, case: Case) -> Iterator[Remark]:
    for moment in _extensions(finding, case):
        if moment.deadline and moment.record.on > moment.deadline:
            message = f"{moment.record.on}申请延期时,时限{moment.deadline}已过"
            yield ("记录", moment.place, "日期"), message, "核对日期;确系补办的,在理由里写明"


@RULES.on_finding("J505", "延期没有往后延", _ERROR, "延期的新时限要晚于原来的时限。")
def _extended_backwards(finding: Finding, case: Case) -> Iterator[Remark]:
    for moment in _extensions(finding, case):
        record = moment.record
        if isinstance(record, Extension) and moment.deadline and record.new_due <= moment.deadline:
            message = f"新时限{record.new_due}不晚于原时限{moment.deadline}"
            yield ("记录", moment.place, "新时限"), message, "把新时限改成更晚的日期"


@RULES.on_finding(
    "J506",
    "长期坚持的问题没有时限可延",
    _ERROR,
    "长期坚持的问题按复核周期复核,没有整改时限,延期不起作用。",
)
def _extended_long_term(finding: Finding, case: Case) -> Iterator[Remark]:
    if finding.kind is Kind.LONG_TERM:
        for moment in _extensions(finding, case):
            yield ("记录", moment.place), "长期坚持的问题不能延期", _NOT_EXTENDED


@RULES.on_finding("J507", "记录日期在将来", _ERROR, "记录写已经发生的事,日期不能在今天之后。")
def _record_in_future(finding: Finding, case: Case) -> Iterator[Remark]:
    for index, record in enumerate(finding.records):
        if record.on > case.today:
            message = f"{record.action}的日期{record.on}在今天({case.today})之后"
            yield ("记录", index, "日期"), message, "改正日期"


@RULES.on_finding(
    "J508",
    "记录早于反馈",
    _WARNING,
    "整改从反馈开始,更早的记录多半是年份写错。边巡边改的记录从巡察开始之日起都可以。",
)
def _record_before_feedback(finding: Finding, case: Case) -> Iterator[Remark]:
    inspection = case.ledger.inspection
    name, earliest = "巡察开始日期", inspection.started_on
    if earliest is None:
        name, earliest = "反馈日期", inspection.feedback_on
    for index, record in enumerate(finding.records):
        if earliest and record.on < earliest:
            message = f"{record.action}的日期{record.on}早于{name}{earliest}"
            yield ("记录", index, "日期"), message, "核对年份和月份"


@RULES.on_finding(
    "J509",
    "记录没有按日期排列",
    Severity.INFO,
    "记录只追加,不改写;后登记的事写在后面。补登以前的事是允许的,这里只作提示。",
)
def _out_of_order(finding: Finding, _case: Case) -> Iterator[Remark]:
    for index, (before, record) in enumerate(pairwise(finding.records), start=1):
        if record.on < before.on:
            message = f"{record.action}({record.on})写在{before.on}的记录之后"
            yield ("记录", index, "日期"), message, "核对日期;确系补登的,不必改"


@RULES.on_finding(
    "J510",
    "销号程序缺步骤",
    _ERROR,
    "台账规定了销号程序(inspection.yaml的“销号程序”):每一步都要有记录,重开或退回之后要重新走。",
)
def _steps_missing(finding: Finding, case: Case) -> Iterator[Remark]:
    needed = [step for step in case.ledger.inspection.closing_steps if step is not Step.APPROVAL]
    for moment in _moments(finding, case):
        missing = [step for step in needed if step not in moment.signed]
        if isinstance(moment.record, Closing) and not moment.closed_on and missing:
            message = f"销号之前没有{'、'.join(missing)}的记录"
            yield ("记录", moment.place), message, "补登所缺的步骤,或改“销号程序”"


def _extensions(finding: Finding, case: Case) -> Iterator[_Moment]:
    return (moment for moment in _moments(finding, case) if isinstance(moment.record, Extension))
