"""The life of a finding: `plan_…` says what to write for a step, or why it may not be taken.

Nothing is written here. A plan is refused when the step makes no sense now, and again when what
it would write breaks a rule that held before; so no command leaves a ledger worse than it was.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import Standing, open_measures, standing
from zhenggai.model.ledger_model import Finding, Inspection
from zhenggai.model.terms import Action, Kind, Stage, Step


class EvidenceFile(NamedTuple):
    """A file to be named as evidence: its path in the ledger and its sha256, in hexadecimal."""

    path: str
    sha256: str


# What stands behind a key that is written: a text, or files of evidence.
Written = str | tuple[EvidenceFile, ...]


class Append(NamedTuple):
    """Add a record at the end of the journal; keys in the order they are written."""

    record: Mapping[str, Written]


class Fill(NamedTuple):
    """Write keys into a measure (counted from 0)."""

    measure: int
    values: Mapping[str, Written]


class Plan(NamedTuple):
    """What to write into a finding's file, and what that amounts to, in Chinese."""

    edits: tuple[Append | Fill, ...]
    done: str


def plan_done(
    finding: Finding,
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
    if not 1 <= number <= len(finding.measures):
        count = len(finding.measures)
        there = f"编号是{finding.number}.1到{finding.number}.{count}" if count else "尚无措施"
        raise RefusedError(f"问题{finding.id}没有措施{finding.number}.{number}；{there}")
    measure = finding.measures[number - 1]
    name = f"措施{finding.number}.{number}"
    if measure.done_on is not None and measure.done_on != on and dated:
        raise RefusedError(
            f"{name}已于{measure.done_on}完成；"
            f"日期填写有误的，用 zhenggai edit {finding.number} 改正"
        )
    if (
        outcome
        and measure.outcome not in (None, outcome)
        and (day := fold(timeline(finding)).closed_on)
    ):
        raise RefusedError(
            f"问题{finding.id}已于{day}销号，{name}的成效不能再改；要改的，先用 zhenggai reopen"
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


def plan_log(finding: Finding, on: date, note: str, by: str | None) -> Plan:
    """Record a supervision (督查)."""
    record = _record(on, Action.SUPERVISION, 经办人=by, 情况=note)
    return Plan((record,), f"问题{finding.id}已登记督查（{on}）")


def plan_extend(
    finding: Finding,
    on: date,
    new_due: date,
    reason: str,
    approved_by: str,
    *,
    today: date,
    late: bool,
) -> Plan:
    """Move the deadline; only to a later day, and after expiry only where `late` is meant.

    What counts is the day of writing, not the day the record is given: a deadline that has passed
    is not mended by an extension dated before it.
    """
    if finding.kind is Kind.LONG_TERM:
        raise RefusedError(f"问题{finding.id}是长期坚持的，没有整改时限可延；请改复核周期")
    state = _standing(finding, on)
    if state.stage is Stage.CLOSED:
        raise RefusedError(
            f"问题{finding.id}已于{state.closed_on}销号，不能延期；要继续整改，先用 zhenggai reopen"
        )
    deadline = state.deadline
    _refuse_disorder(finding, on)
    if deadline is not None and new_due <= deadline:
        raise RefusedError(f"新时限{new_due}不晚于现在的时限{deadline}；延期只能往后延")
    if deadline is not None and today > deadline and not late:
        raise RefusedError(
            f"问题{finding.id}的时限{deadline}已过，逾期后不能再申请延期；确系补办的，加 --late"
        )
    record = _record(on, Action.EXTENSION, 新时限=str(new_due), 理由=reason, 批准人=approved_by)
    was = f"（原为{deadline}）" if deadline else ""
    return Plan((record,), f"问题{finding.id}的时限已延至{new_due}{was}")


def next_step(finding: Finding, procedure: Sequence[Step]) -> Step:
    """Return the first step of the procedure not yet signed; without a procedure, approval."""
    signed = fold(timeline(finding)).signed
    return next((step for step in procedure if step not in signed), Step.APPROVAL)


def plan_close(
    finding: Finding,
    inspection: Inspection,
    on: date,
    *,
    by: str | None,
    note: str | None,
    evidence: Sequence[EvidenceFile],
    complete: bool,
) -> Plan:
    """Sign the next step of the closing procedure; the last one strikes the finding off.

    Without measures it refuses; with open ones too, unless `complete` marks them done on the
    same day. An empty plan where the finding is closed already.
    """
    journal = fold(timeline(finding))
    if (day := journal.closed_on) is not None:
        return Plan((), f"问题{finding.id}已于{day}销号，未改动")
    if not finding.measures:
        raise RefusedError(f"问题{finding.id}尚未填写整改措施，不能销号；请先在文件里补充措施")
    _refuse_disorder(finding, on)
    missing = open_measures(timeline(finding), on)
    if later := _done_later(finding, on):
        raise RefusedError(later)
    if missing and not complete:
        raise RefusedError(_still_open(finding, missing))
    fills = [Fill(number - 1, {"完成": str(on)}) for number in missing]
    step = next_step(finding, inspection.closing_steps)
    if step is Step.APPROVAL:
        if not by:
            raise RefusedError(f"问题{finding.id}销号要写明批准人；加上 --by，如 --by 局党组")
        shown = all(measure.evidence for measure in finding.measures)
        if inspection.evidence_required and not evidence and not shown:
            raise RefusedError(
                f"这本台账规定销号须佐证，问题{finding.id}尚无佐证材料；加上 --evidence 文件"
            )
        record = _record(on, Action.CLOSING, 批准人=by, 情况=note, 佐证=tuple(evidence))
        return Plan((*fills, record), f"问题{finding.id}已销号")
    if step is Step.REVIEW and evidence:
        raise RefusedError(f"问题{finding.id}现在是审核，审核不带佐证材料；请附在申请或批准上")
    action = {Step.APPLICATION: Action.APPLICATION, Step.REVIEW: Action.REVIEW}[step]
    record = _record(on, action, 经办人=by, 情况=note, 佐证=tuple(evidence))
    steps = inspection.closing_steps
    left = [one for one in steps if one not in (*journal.signed, step)]
    words = f"问题{finding.id}已登记{action}（{len(steps) - len(left)}/{len(steps)}）"
    return Plan((*fills, record), f"{words}，尚需{'、'.join(left)}")


def plan_return(finding: Finding, on: date, reason: str, by: str | None) -> Plan:
    """Send a finding that awaits closing back to work (退回)."""
    state = _standing(finding, on)
    if state.stage is Stage.CLOSED:
        raise RefusedError(
            f"问题{finding.id}已于{state.closed_on}销号，不能退回；要撤回销号，用 zhenggai reopen"
        )
    if state.stage not in (Stage.AWAITING_CLOSING, Stage.SUSTAINED):
        raise RefusedError(f"问题{finding.id}还是{state.stage}，没有可退回的销号申请")
    _refuse_disorder(finding, on)
    record = _record(on, Action.RETURN, 经办人=by, 理由=reason)
    return Plan((record,), f"问题{finding.id}已退回，重新整改")


def plan_reopen(finding: Finding, on: date, reason: str, by: str | None) -> Plan:
    """Open a closed finding again; its closing stays in the journal."""
    state = _standing(finding, on)
    if state.stage is not Stage.CLOSED:
        raise RefusedError(f"问题{finding.id}未销号（现在是{state.stage}），不能重开")
    _refuse_disorder(finding, on)
    record = _record(on, Action.REOPENING, 经办人=by, 理由=reason)
    return Plan((record,), f"问题{finding.id}已重开（{state.closed_on}的销号记录保留）")


def _standing(finding: Finding, on: date) -> Standing:
    """Return the stage and the deadline at the end of a day, of which no warning is asked."""
    return standing(timeline(finding), on, terms(Inspection()))


def _record(on: date, action: Action, **values: Written | None) -> Append:
    """Put a record together, leaving out what was not said."""
    record: dict[str, Written] = {"日期": str(on), "事项": action.value}
    return Append(record | {key: value for key, value in values.items() if value})


def _refuse_disorder(finding: Finding, on: date) -> None:
    """Refuse a step dated before another one: read in order of date, it would count for nothing."""
    last = fold(timeline(finding)).last_step
    if last is not None and on < last.on:
        raise RefusedError(
            f"问题{finding.id}在{last.on}已登记{last.action}，这一步的日期{on}不能早于它；"
            f"日期填写有误的，用 zhenggai edit {finding.number} 改正"
        )


def _done_later(finding: Finding, on: date) -> str | None:
    for number, measure in enumerate(finding.measures, start=1):
        if measure.done_on is not None and measure.done_on > on:
            return (
                f"措施{finding.number}.{number}在{measure.done_on}才完成，"
                f"问题{finding.id}不能在{on}销号；请核对 --on"
            )
    return None


def _still_open(finding: Finding, missing: Sequence[int]) -> str:
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return (
        f"问题{finding.id}还有{len(missing)}项措施未完成：{named}；"
        f"已完成的先用 zhenggai done {finding.number}.{missing[0]} 登记，"
        f"或加 --complete 一并标为完成"
    )
