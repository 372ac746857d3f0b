"""Steps that mend what was entered by mistake."""

from datetime import date

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import Case, Entry, Plan, new_record
from zhenggai.model.terms import (
    Action,
    WithdrawalReason,
)


def plan_withdraw(
    case: Case,
    on: date,
    reason: WithdrawalReason,
    *,
    merged_into: str | None,
    basis: str | None,
    left: int,
) -> Plan:
    """Take a finding out of the totals (撤销登记); `left` is how many would then be counted."""
    if day := case.journal().withdrawn_on:
        return Plan((), f"问题{case.id}已于{day}撤销登记，未改动")
    reported = case.inspection.findings_reported
    if reported is not None and left < reported and not basis:
        raise RefusedError(
            f"撤销登记以后只剩{left}个问题，少于反馈问题数{reported}；"
            "确应撤销的，加 --basis 写明依据"
        )
    record = new_record(
        Entry(on, on), Action.WITHDRAWAL, 理由=reason.value, 并入=merged_into, 依据=basis
    )
    return Plan((record,), f"问题{case.id}已撤销登记，不再计入")
