"""Steps on the way: a measure done, a report, a supervision."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.done_words import done_word, says_unfinished
from zhenggai.ledger.lifecycle import (
    AddMeasure,
    Case,
    Entry,
    EvidenceFile,
    Fill,
    Plan,
    Written,
    new_record,
    refuse_closed,
)
from zhenggai.ledger.register import terms
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.terms import (
    Action,
)


def plan_done(
    case: Case,
    number: int,
    on: date,
    outcome: str | None,
    evidence: Sequence[EvidenceFile],
    *,
    dated: bool,
) -> Plan:
    """Mark measure `number` (counted from 1) done; an empty plan where it says so already.

    `dated` tells that the day was asked for: a measure done on another day is then refused. Else
    a measure already done keeps its day, and outcome and evidence are added.
    """
    finding = case.finding
    measure = numbered_measure(finding, number)
    name = f"措施{finding.number}.{number}"
    refuse_closed(case, f"{name}不能再改")
    if measure.done_on is not None and measure.done_on != on and dated:
        raise RefusedError(
            f"{name}已于{measure.done_on}完成；"
            f"日期填写有误的，用 zhenggai edit {finding.number} 改正"
        )
    on = measure.done_on or on
    values: dict[str, Written] = {}
    if measure.done_on is None:
        values["完成"] = str(on)
    if outcome and outcome != measure.outcome:
        values["成效"] = outcome
    known = {(file.path, file.sha256) for file in measure.evidence}
    if new := tuple(file for file in evidence if (file.path, file.sha256) not in known):
        values["佐证"] = new
    if not values:
        return Plan((), f"{name}原已于{on}完成，未作改动")
    return Plan((Fill(number - 1, values),), f"{name}已完成（{on}）")


def numbered_measure(finding: Finding, number: int) -> Measure:
    """Return a measure by its number, counted from 1; refuse one that is not there."""
    if not 1 <= number <= len(finding.measures):
        count = len(finding.measures)
        there = f"编号是{finding.number}.1到{finding.number}.{count}" if count else "尚无措施"
        raise RefusedError(f"问题{finding.id}没有措施{finding.number}.{number}；{there}")
    return finding.measures[number - 1]


class NewMeasure(NamedTuple):
    """What a measure to be added says; what is not said is as its finding has it.

    `manifestation` is the number of the 具体表现 it is for, counted from 1.
    """

    text: str
    due: date | None = None
    departments: tuple[str, ...] = ()
    owner: str | None = None
    manifestation: int | None = None

    def values(self) -> dict[str, Written]:
        """Return the keys to be written, in their order."""
        said: dict[str, Written | None] = {
            "内容": self.text.strip(),
            "时限": str(self.due) if self.due else None,
            "责任科室": "、".join(self.departments),
            "责任人": self.owner,
            "针对": str(self.manifestation) if self.manifestation else None,
        }
        return {key: value for key, value in said.items() if value}


def plan_add_measure(case: Case, today: date, wanted: NewMeasure) -> Plan:
    """Add a measure behind the others, whose numbers stay.

    While a decision on an application is awaited there is none to add: the application says that
    all is done. Once there are records it says on which day it was added, so that earlier
    applications are not judged by it.
    """
    finding, due = case.finding, wanted.due
    name = f"措施{finding.number}.{len(finding.measures) + 1}"
    refuse_closed(case, "不能增加措施")
    journal = case.journal()
    if journal.signed:
        stage = case.standing(today).stage
        raise RefusedError(f"问题{finding.id}现在是{stage}，不能增加措施；退回以后才能增加")
    same = [n for n, one in enumerate(finding.measures, 1) if one.text == wanted.text.strip()]
    if same:
        raise RefusedError(f"与措施{finding.number}.{same[0]}的文字相同；请核对是否重复登记")
    in_force = terms(case.inspection).moved(due) if due else None
    if in_force and journal.deadline is not None and in_force.day > journal.deadline:
        raise RefusedError(
            f"措施时限{due}晚于问题{finding.id}的时限{journal.deadline}；提前措施时限，"
            f"或先用 zhenggai extend {finding.number} 延问题的时限"
        )
    _refuse_manifestation(finding, wanted.manifestation)
    values = wanted.values()
    if finding.records:
        values["增加日期"] = str(today)
    warnings = []
    if (words := done_word(wanted.text)) and not says_unfinished(wanted.text):
        warnings.append(f"{name}没有完成日期，内容里却写着“{words}”")
    if in_force and in_force.day < today:
        warnings.append(f"{name}的时限{due}已过")
    return Plan((AddMeasure(values),), f"问题{finding.id}已增加{name}", tuple(warnings))


def _refuse_manifestation(finding: Finding, number: int | None) -> None:
    """Refuse a measure for a manifestation that is not there."""
    count = len(finding.manifestations)
    if number is not None and not 1 <= number <= count:
        there = f"编号是1到{count}" if count else "问题尚未填写具体表现"
        raise RefusedError(f"问题{finding.id}没有第{number}项具体表现；{there}，请核对 --for")


def plan_outcome(case: Case, number: int, outcome: str) -> Plan:
    """Write what measure `number` (counted from 1) has come to so far, done or not."""
    finding = case.finding
    numbered_measure(finding, number)
    name = f"措施{finding.number}.{number}"
    refuse_closed(case, f"{name}不能再改")
    return Plan((Fill(number - 1, {"成效": outcome}),), f"{name}已写明成效")


class Report(NamedTuple):
    """What a department says of its progress (进展)."""

    note: str
    by: str | None = None
    cause: str | None = None
    next_step: str | None = None
    expected: date | None = None
    to_coordinate: str | None = None
    level: str | None = None


def plan_report(case: Case, on: date, report: Report) -> Plan:
    """Record the department's own report (进展)."""
    refuse_closed(case, "不能再报进展")
    record = new_record(
        Entry(on, on),
        Action.PROGRESS,
        经办人=report.by,
        情况=report.note,
        未完成原因=report.cause,
        下步措施=report.next_step,
        预计完成=str(report.expected) if report.expected else None,
        需协调事项=report.to_coordinate,
        协调层级=report.level,
    )
    return Plan((record,), f"问题{case.id}已登记进展（{on}）")


class Visit(NamedTuple):
    """What a supervisor found (督查)."""

    note: str
    by: str | None = None
    method: str | None = None
    requirement: str | None = None
    reply_by: date | None = None
    disputes: bool = False


def plan_log(case: Case, on: date, visit: Visit) -> Plan:
    """Record a supervision (督查)."""
    if case.journal().withdrawn_on:
        raise RefusedError(f"问题{case.id}已撤销登记，不再督查")
    if visit.disputes and case.inspection.format == 1:
        raise RefusedError("这本台账是格式1，督查也算进展，不能登记与自报不符；先把台账升级到格式2")
    record = new_record(
        Entry(on, on),
        Action.SUPERVISION,
        经办人=visit.by,
        情况=visit.note,
        方式=visit.method,
        要求=visit.requirement,
        回复期限=str(visit.reply_by) if visit.reply_by else None,
        与自报不符="是" if visit.disputes else None,
    )
    disputed = _disputed(case) if visit.disputes else ""
    return Plan((record,), f"问题{case.id}已登记督查（{on}）{disputed}")


def _disputed(case: Case) -> str:
    """Say which report a dispute cancels, and what to do where that is not enough."""
    journal = case.journal()
    if journal.closed_on is not None:
        return f"；已于{journal.closed_on}销号，确有问题的用 zhenggai reopen 重开"
    if journal.signed:
        return "；已申请销号，确有问题的用 zhenggai return 退回"
    if not journal.disputable:
        return "；没有可以否定的进展"
    return f"；{journal.reports[-1]}的进展不算"
