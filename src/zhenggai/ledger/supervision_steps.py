"""Steps of those above: pressing for the work (督办), its answer, a second look (复查)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import (
    Answer,
    Case,
    Entry,
    EvidenceFile,
    Plan,
    new_record,
    refuse_closed,
    refuse_withdrawn,
)
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Urging
from zhenggai.model.terms import Action, RecheckResult


class Demand(NamedTuple):
    """By what an authority presses for the work (督办)."""

    sent_to: str | None = None
    grade: str | None = None
    number: str | None = None
    reply_by: date | None = None
    by: str | None = None
    note: str | None = None


def plan_urge(case: Case, on: date, demand: Demand) -> Plan:
    """Record an urging (督办), sent to the departments responsible where nobody else is named."""
    refuse_closed(case, "不用再督办")
    sent_to = demand.sent_to or "、".join(case.finding.departments)
    if not sent_to:
        raise RefusedError(f"问题{case.id}未填写责任科室，要写明督办发给谁；加上 --to")
    if demand.reply_by is not None and demand.reply_by < on:
        raise RefusedError(f"回复期限{demand.reply_by}早于督办的日期{on}；请核对 --reply-by")
    if demand.number and (same := _numbered(case.finding, demand.number)):
        raise RefusedError(
            f"问题{case.id}在{same.on}已登记文号“{demand.number}”的督办；请核对 --number"
        )
    record = new_record(
        Entry(on, on),
        Action.URGING,
        等级=demand.grade,
        文号=demand.number,
        发至=sent_to,
        回复期限=str(demand.reply_by) if demand.reply_by else None,
        经办人=demand.by,
        情况=demand.note,
    )
    until = f"，回复期限{demand.reply_by}" if demand.reply_by else ""
    return Plan((record,), f"问题{case.id}已登记督办（{on}），发至{sent_to}{until}")


def _numbered(finding: Finding, number: str) -> Urging | None:
    urgings = [one for one in finding.records if isinstance(one, Urging)]
    return next((one for one in urgings if one.number and one.number == number.strip()), None)


def plan_answer(case: Case, on: date, number: str | None = None) -> Plan:
    """Note that the last urging without an answer was answered, or the one with this number."""
    open_ones = [
        (place, record)
        for place, record in enumerate(case.finding.records)
        if isinstance(record, Urging)
        and record.replied_on is None
        and (number is None or record.number == number.strip())
    ]
    if not open_ones:
        which = f"文号“{number}”的" if number else ""
        raise RefusedError(f"问题{case.id}没有{which}尚未回复的督办")
    place, urging = max(open_ones, key=lambda one: (one[1].on, one[0]))
    if on < urging.on:
        raise RefusedError(f"回复日期{on}早于督办的日期{urging.on}；请核对 --replied")
    late = urging.reply_by is not None and on > urging.reply_by
    overdue = f"，过了回复期限{(on - urging.reply_by).days}天" if late and urging.reply_by else ""
    left = len(open_ones) - 1
    rest = f"；还有{left}件督办未回复" if left else ""
    return Plan(
        (Answer(place, {"回复日期": str(on)}),),
        f"问题{case.id}的督办（{urging.on}）已于{on}回复{overdue}{rest}",
    )


class Look(NamedTuple):
    """What was found when a closed finding was looked at again (复查)."""

    checked_by: str
    result: RecheckResult
    note: str | None = None
    evidence: Sequence[EvidenceFile] = ()
    sham_by: str | None = None
    basis: str | None = None


def plan_recheck(case: Case, on: date, look: Look) -> Plan:
    """Record that a closed finding was looked at again; its stage stays what it is."""
    refuse_withdrawn(case, "不再复查")
    closed_on = case.journal().closed_on
    if closed_on is None:
        stage = case.standing(on).stage
        raise RefusedError(
            f"问题{case.id}未销号（现在是{stage}），不能复查；"
            "检查整改情况的，用 zhenggai log 登记督查"
        )
    if on < closed_on:
        raise RefusedError(f"复查的日期{on}早于销号的日期{closed_on}；请核对 --on")
    if look.sham_by and not look.result.is_adverse:
        raise RefusedError(f"认定为虚假整改的，结论不能是{look.result}；请核对 --result")
    record = new_record(
        Entry(on, on),
        Action.RECHECK,
        核查人=look.checked_by,
        结论=look.result.value,
        情况=look.note,
        虚假整改="是" if look.sham_by else None,
        认定单位=look.sham_by,
        依据=look.basis,
        佐证=tuple(look.evidence),
    )
    then = f"；用 zhenggai reopen {case.finding.number} 重开" if look.result.is_adverse else ""
    return Plan((record,), f"问题{case.id}已登记复查（{on}）：{look.result}{then}")
