"""Steps that move a deadline: the extension."""

from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import (
    IN_HAND,
    Append,
    Case,
    Entry,
    Plan,
    new_record,
    refuse_closed,
    refuse_disorder,
)
from zhenggai.ledger.progress_steps import numbered_measure
from zhenggai.ledger.register import terms
from zhenggai.ledger.working_days import Reckoned
from zhenggai.model.terms import (
    Action,
    Authority,
    Kind,
    WhenDayOff,
)


class Grant(NamedTuple):
    """Until when an extension is granted, why, by whom and on what basis."""

    new_due: date
    reason: str
    approved_by: str
    authority: Authority = Authority.OWN
    basis: str | None = None
    basis_on: date | None = None


def plan_extend(case: Case, entry: Entry, grant: Grant) -> Plan:
    """Move the deadline; only to a later day, and after expiry only where `late` is meant.

    What counts is the day of writing, not the day the record is given: a deadline that has passed
    is not mended by an extension dated before it, and the days overdue stay on record.
    """
    finding, new_due = case.finding, grant.new_due
    if finding.kind is Kind.LONG_TERM and finding.due is None:
        raise RefusedError(f"问题{finding.id}是长期坚持的，没有整改时限可延；请改检视周期")
    refuse_closed(case, "不能延期")
    entered = entry._replace(late=True)
    state = case.standing(entry.today)
    if state.is_review:
        raise RefusedError(
            f"问题{finding.id}的措施已全部完成，按检视周期检视，没有整改时限可延；还有工作的，先补充措施"
        )
    if state.stage in IN_HAND:
        raise RefusedError(f"问题{finding.id}现在是{state.stage}，不能延期；退回以后才能延期")
    deadline = state.deadline
    refuse_disorder(case, entered)
    _refuse_later_basis(grant, entry)
    in_force = terms(case.inspection).moved(new_due)
    if deadline is not None and in_force.day <= deadline:
        raise RefusedError(
            f"新时限{_with_move(new_due, in_force)}不晚于现在的时限{deadline}；延期只能往后延"
        )
    if deadline is not None and entry.today > deadline and not entry.late:
        raise RefusedError(
            f"问题{finding.id}的时限{deadline}已过，逾期后不能再申请延期；确系补办的，加 --late"
        )
    _refuse_beyond_concentrated(case, grant)
    was = f"（原为{deadline}）" if deadline else ""
    until = _with_move(new_due, in_force)
    record = _granted(entered, grant)
    return Plan((record,), f"问题{finding.id}的时限已延至{until}{was}")


def plan_extend_measure(case: Case, number: int, entry: Entry, grant: Grant) -> Plan:
    """Move the deadline of one measure (counted from 1), and of nothing else.

    It moves to a later day only and never beyond the finding's own deadline; after expiry only
    where `late` is meant. What counts is the day of writing.
    """
    finding, new_due, journal = case.finding, grant.new_due, case.journal()
    measure = numbered_measure(finding, number)
    name = f"措施{finding.number}.{number}"
    refuse_closed(case, f"{name}不能延期")
    entered = entry._replace(late=True)
    state = case.standing(entry.today)
    if state.stage in IN_HAND:
        raise RefusedError(f"问题{finding.id}现在是{state.stage}，{name}不能延期；退回以后才能延期")
    if measure.done_on is not None:
        raise RefusedError(f"{name}已于{measure.done_on}完成，不用延期")
    deadline = journal.measure_deadline(number)
    if deadline is None:
        raise RefusedError(
            f"{name}没有自己的时限，随问题{finding.id}的整改时限；"
            f"要延期的，用 zhenggai extend {finding.number} 延问题的时限"
        )
    refuse_disorder(case, entered)
    _refuse_later_basis(grant, entry)
    in_force = terms(case.inspection).moved(new_due)
    until = _with_move(new_due, in_force)
    if in_force.day <= deadline:
        raise RefusedError(f"新时限{until}不晚于{name}现在的时限{deadline}；延期只能往后延")
    if journal.deadline is not None and in_force.day > journal.deadline:
        raise RefusedError(
            f"新时限{until}超过问题{finding.id}的时限{journal.deadline}；措施的时限不能晚于问题的，"
            f"先用 zhenggai extend {finding.number} 延问题的时限"
        )
    if entry.today > deadline and not entry.late:
        raise RefusedError(f"{name}的时限{deadline}已过，过后不能再申请延期；确系补办的，加 --late")
    _refuse_beyond_concentrated(case, grant)
    record = _granted(entered, grant, number)
    return Plan((record,), f"{name}的时限已延至{until}（原为{deadline}）")


def _refuse_later_basis(grant: Grant, entry: Entry) -> None:
    if grant.basis_on is not None and grant.basis_on > entry.today:
        raise RefusedError(f"依据的日期{grant.basis_on}在今天（{entry.today}）之后；请核对 --basis")


def _refuse_beyond_concentrated(case: Case, grant: Grant) -> None:
    """Refuse a deadline that only the authority above may grant (集中整改截止)."""
    last_day = case.inspection.concentrated_until
    from_above = grant.authority is Authority.ABOVE and grant.basis
    if last_day is not None and grant.new_due > last_day and not from_above:
        raise RefusedError(
            f"新时限{grant.new_due}超过集中整改截止{last_day}，须由上级批准；"
            "加上 --level 上级 和 --basis 文号,日期"
        )


def _granted(entered: Entry, grant: Grant, measure: int | None = None) -> Append:
    """Return the record of an extension, of the finding or of one measure."""
    return new_record(
        entered,
        Action.EXTENSION,
        措施=str(measure) if measure else None,
        新时限=str(grant.new_due),
        理由=grant.reason,
        批准人=grant.approved_by,
        批准机关级别=grant.authority.value if grant.authority is Authority.ABOVE else None,
        依据=grant.basis,
        依据日期=str(grant.basis_on) if grant.basis_on else None,
    )


def _with_move(stated: date, in_force: Reckoned) -> str:
    """Write a deadline, and where it is moved from a day off to which day."""
    if in_force.day == stated:
        return str(stated)
    how = WhenDayOff.LATER if in_force.day > stated else WhenDayOff.EARLIER
    return f"{stated}（逢休，{how}至{'约' if in_force.about else ''}{in_force.day}）"
