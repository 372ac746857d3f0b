"""The life of a finding: `plan_…` says what to write for a step, or why it may not be taken.

Nothing is written here. A plan is refused when the step makes no sense now, and again when what
it would write breaks a rule that held before; so no command leaves a ledger worse than it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.journal import Journal, Moment, fold, moments
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.ledger.standing import Standing, open_measures, standing
from zhenggai.ledger.working_days import Reckoned
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import is_same_name, plain_name
from zhenggai.model.record_models import Application, Closing, Reopening, Return, Review
from zhenggai.model.terms import (
    Action,
    Authority,
    Kind,
    Stage,
    Step,
    WhenDayOff,
    WithdrawalReason,
)


class EvidenceFile(NamedTuple):
    """A file to be named as evidence: its path in the ledger and its sha256, in hexadecimal."""

    path: str
    sha256: str


# The stages in which a finding lies with those who decide.
_IN_HAND = (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)

# What stands behind a key that is written: a text, or files of evidence.
Written = str | tuple[EvidenceFile, ...]


class Append(NamedTuple):
    """Add a record at the end of the journal; keys in the order they are written."""

    record: Mapping[str, Written]


class Fill(NamedTuple):
    """Write keys into a measure (counted from 0)."""

    measure: int
    values: Mapping[str, Written]


class Retitle(NamedTuple):
    """Say of a record (counted from 0) that something else happened (事项); all else stays."""

    record: int
    action: Action


class Head(NamedTuple):
    """Write a key before all others; where it is there already, its value."""

    key: str
    value: str


class Plan(NamedTuple):
    """What to write into a finding's file, what that amounts to, and what to beware of, in Chinese.

    Without edits there is nothing to write.
    """

    edits: tuple[Append | Fill, ...]
    done: str
    warnings: tuple[str, ...] = ()


class Entry(NamedTuple):
    """When a step is dated and when it is entered; `late` says that dating it back is meant."""

    on: date
    today: date
    late: bool = False

    @property
    def counts_from(self) -> date:
        """The day from which the step counts: of a late entry, that of the entry."""
        return max(self.on, self.today) if self.late else self.on

    def days(self) -> dict[str, Written]:
        """Return what a record says of its days: that of a late entry says both."""
        days: dict[str, Written] = {"日期": str(self.on)}
        return days | {"登记日期": str(self.today)} if self.on < self.counts_from else days


class Signature(NamedTuple):
    """Who takes a step, with what words and with which files."""

    by: str | None = None
    note: str | None = None
    evidence: Sequence[EvidenceFile] = ()


class Case(NamedTuple):
    """A finding whose life is to go on, and the rules of its ledger."""

    finding: Finding
    inspection: Inspection

    @property
    def id(self) -> str:
        """The finding's id."""
        return self.finding.id

    @property
    def steps(self) -> tuple[Step, ...]:
        """The closing procedure; without one a finding is simply approved."""
        return self.inspection.closing_steps or (Step.APPROVAL,)

    def journal(self) -> Journal:
        """Return what the whole journal comes to."""
        return fold(timeline(self.finding), terms(self.inspection))

    def standing(self, on: date) -> Standing:
        """Return where the finding stands at the end of a day."""
        return standing(timeline(self.finding), on, terms(self.inspection))


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
    if not 1 <= number <= len(finding.measures):
        count = len(finding.measures)
        there = f"编号是{finding.number}.1到{finding.number}.{count}" if count else "尚无措施"
        raise RefusedError(f"问题{finding.id}没有措施{finding.number}.{number}；{there}")
    measure = finding.measures[number - 1]
    name = f"措施{finding.number}.{number}"
    _refuse_closed(case, f"{name}不能再改")
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


def plan_outcome(case: Case, number: int, outcome: str) -> Plan:
    """Write what measure `number` (counted from 1) has come to so far, done or not."""
    name = f"措施{case.finding.number}.{number}"
    _refuse_closed(case, f"{name}不能再改")
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
    _refuse_closed(case, "不能再报进展")
    record = _record(
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
    record = _record(
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
    if finding.kind is Kind.LONG_TERM:
        raise RefusedError(f"问题{finding.id}是长期坚持的，没有整改时限可延；请改复核周期")
    _refuse_closed(case, "不能延期")
    entered = entry._replace(late=True)
    state = case.standing(entry.today)
    if state.stage in _IN_HAND:
        raise RefusedError(f"问题{finding.id}现在是{state.stage}，不能延期；退回以后才能延期")
    deadline = state.deadline
    _refuse_disorder(case, entered)
    if grant.basis_on is not None and grant.basis_on > entry.today:
        raise RefusedError(f"依据的日期{grant.basis_on}在今天（{entry.today}）之后；请核对 --basis")
    in_force = terms(case.inspection).moved(new_due)
    if deadline is not None and in_force.day <= deadline:
        raise RefusedError(
            f"新时限{_with_move(new_due, in_force)}不晚于现在的时限{deadline}；延期只能往后延"
        )
    if deadline is not None and entry.today > deadline and not entry.late:
        raise RefusedError(
            f"问题{finding.id}的时限{deadline}已过，逾期后不能再申请延期；确系补办的，加 --late"
        )
    last_day = case.inspection.concentrated_until
    from_above = grant.authority is Authority.ABOVE and grant.basis
    if last_day is not None and new_due > last_day and not from_above:
        raise RefusedError(
            f"新时限{new_due}超过集中整改截止{last_day}，须由上级批准；"
            "加上 --level 上级 和 --basis 文号,日期"
        )
    record = _record(
        entered,
        Action.EXTENSION,
        新时限=str(new_due),
        理由=grant.reason,
        批准人=grant.approved_by,
        批准机关级别=grant.authority.value if grant.authority is Authority.ABOVE else None,
        依据=grant.basis,
        依据日期=str(grant.basis_on) if grant.basis_on else None,
    )
    was = f"（原为{deadline}）" if deadline else ""
    until = _with_move(new_due, in_force)
    return Plan((record,), f"问题{finding.id}的时限已延至{until}{was}")


def _with_move(stated: date, in_force: Reckoned) -> str:
    """Write a deadline, and where it is moved from a day off to which day."""
    if in_force.day == stated:
        return str(stated)
    how = WhenDayOff.LATER if in_force.day > stated else WhenDayOff.EARLIER
    return f"{stated}（逢休，{how}至{'约' if in_force.about else ''}{in_force.day}）"


def plan_apply(
    case: Case, entry: Entry, signature: Signature, *, partial: str | None = None
) -> Plan:
    """Apply for a finding to be struck off; with open measures only for a reason (`partial`)."""
    finding = case.finding
    _refuse_closed(case, "不能申请销号")
    _refuse_step_out_of_turn(case, Step.APPLICATION, entry)
    _refuse_signatory(case, Step.APPLICATION, signature.by)
    _refuse_unnamed(case, Step.APPLICATION, signature.by)
    _refuse_without_measures(case, "不能申请销号")
    missing = open_measures(timeline(finding), entry.on)
    if missing and not partial:
        raise RefusedError(f"{_still_open(finding, missing)}；确需先申请的，加 --partial 写明理由")
    _refuse_late_entry(case, entry)
    record = _record(
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
    _refuse_closed(case, "不用再审核")
    due = case.journal().next_step
    step = due if due not in (Step.APPLICATION, Step.APPROVAL) else _review_of(case)
    _refuse_step_out_of_turn(case, step, entry)
    if step is case.steps[0]:
        _refuse_without_measures(case, "不能审核")
        if missing := open_measures(timeline(case.finding), entry.on):
            raise RefusedError(_still_open(case.finding, missing))
    _refuse_late_entry(case, entry)
    warnings = _refuse_reviewer(case, step, signature.by)
    record = _record(
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
    _refuse_withdrawn(case, "不能销号")
    if (day := journal.closed_on) is not None:
        return Plan((), f"问题{finding.id}已于{day}销号，未改动")
    _refuse_without_measures(case, "不能销号")
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
    record = _record(
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
    _refuse_closed(case, "不能退回；要撤回销号，用 zhenggai reopen", then="")
    state = case.standing(entry.today)
    if state.stage not in _IN_HAND:
        raise RefusedError(f"问题{case.id}还是{state.stage}，没有可退回的销号申请")
    _refuse_disorder(case, entry)
    record = _record(entry, Action.RETURN, 经办人=by, 理由=reason)
    return Plan((record,), f"问题{case.id}已退回，重新整改")


def plan_reopen(
    case: Case, entry: Entry, reason: str, by: str | None, new_due: date | None = None
) -> Plan:
    """Open a closed finding again; where its deadline has passed it is given a new one."""
    finding = case.finding
    _refuse_withdrawn(case, "不能重开")
    state = case.standing(entry.on)
    if state.stage is not Stage.CLOSED:
        raise RefusedError(f"问题{finding.id}未销号（现在是{state.stage}），不能重开")
    _refuse_disorder(case, entry)
    if finding.kind is Kind.LONG_TERM:
        if new_due is not None:
            raise RefusedError(f"问题{finding.id}是长期坚持的，没有整改时限；去掉 --due")
    elif new_due is None:
        if state.deadline is not None and entry.today > state.deadline:
            raise RefusedError(
                f"问题{finding.id}的时限{state.deadline}已过，重开要定新的时限；加上 --due 日期"
            )
    elif terms(case.inspection).moved(new_due).day <= entry.on:
        raise RefusedError(f"新时限{new_due}不晚于重开的日期{entry.on}；请核对 --due")
    due = str(new_due) if new_due else None
    record = _record(entry, Action.REOPENING, 经办人=by, 理由=reason, 新时限=due)
    return Plan((record,), f"问题{finding.id}已重开（{state.closed_on}的销号记录保留）")


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
    record = _record(
        Entry(on, on), Action.WITHDRAWAL, 理由=reason.value, 并入=merged_into, 依据=basis
    )
    return Plan((record,), f"问题{case.id}已撤销登记，不再计入")


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


def may_sign(inspection: Inspection, step: Step, by: str | None) -> bool:
    """Whether somebody may sign a step by 销号权限: where that names nobody for it, anybody."""
    allowed = inspection.signatories.get(step)
    return not allowed or any(is_same_name(by, one) for one in allowed)


def must_be_named(inspection: Inspection) -> bool:
    """Whether who applies and reviews has to be named: rules on who may could not hold else."""
    return bool(inspection.reviewers_instead or inspection.signatories)


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
    _refuse_disorder(case, entry)


def _due(case: Case) -> Step:
    return case.journal().next_step


def _review_of(case: Case) -> Step:
    """Return the last review of the procedure, 审核 where there is none."""
    return (_reviews_of(case.steps) or (Step.REVIEW,))[-1]


def _reviews_of(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step not in (Step.APPLICATION, Step.APPROVAL))


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


def reviewer_instead(
    inspection: Inspection, applicant: str, step: Step, by: str | None
) -> str | None:
    """Return who has to review instead of `by`, None where `by` may (回避).

    The first review is that of the office that stands in for the applicant; the later ones are
    those of whoever does them for all, but never the applicant's own.
    """
    instead = substitute_for(inspection, applicant)
    if instead is None or is_same_name(by, instead):
        return None
    is_first = step in _reviews_of(inspection.closing_steps)[:1]
    return instead if is_first or is_same_name(by, applicant) else None


def substitute_for(inspection: Inspection, applicant: str | None) -> str | None:
    """Return who reviews in the place of others where this office applied (回避)."""
    named = inspection.reviewers_instead.items()
    return next((instead for office, instead in named if is_same_name(office, applicant)), None)


def stands_in(inspection: Inspection, applicant: str | None, by: str | None) -> bool:
    """Whether `by` reviews for the applicant's sake: it needs no other right to (销号权限)."""
    return is_same_name(by, substitute_for(inspection, applicant))


def applicant_of(case: Case) -> str | None:
    """Return who applied for a finding to be struck off, by the application that stands."""
    finding, rules = case.finding, terms(case.inspection)
    by = None
    for moment in moments(timeline(finding), rules):
        record = finding.records[moment.event.place]
        if isinstance(record, Application) and (moment.in_turn or rules.takes_any_turn):
            by = record.by
    return by


class Decision(NamedTuple):
    """A review or a closing: its place among the records, who applied for it, and who took it."""

    place: int
    applicant: str
    record: Review | Closing
    by: str | None


def decisions(finding: Finding, happened: Iterable[Moment], rules: Terms) -> Iterator[Decision]:
    """Yield every review and closing in order of date, once for each who applied in its round.

    `happened` are the moments of the finding's journal by the same rules. A round ends where the
    finding goes back to work. What was decided before anybody applied is held against the next
    application.
    """
    applicants: dict[str, str] = {}
    early: list[tuple[int, Review | Closing, str | None]] = []
    for moment in happened:
        place = moment.event.place
        record = finding.records[place]
        match record:
            case Application(by=str(name)):
                applicants.setdefault(plain_name(name), name)
                yield from (Decision(at, name, one, by) for at, one, by in early)
                early = []
            case Review() | Closing():
                by = record.approved_by if isinstance(record, Closing) else record.by
                if not applicants:
                    early.append((place, record, by))
                yield from (Decision(place, name, record, by) for name in applicants.values())
            case Return() | Reopening() if moment.in_turn or rules.takes_any_turn:
                applicants, early = {}, []


def _refuse_late_entry(case: Case, entry: Entry) -> None:
    """Refuse a step dated back to before a deadline that has passed, unless `late` is meant."""
    deadline = case.standing(entry.on).deadline
    if (
        deadline is not None
        and entry.on <= deadline < entry.today
        and case.finding.kind is not Kind.LONG_TERM
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


def _record(entry: Entry, action: Action, **values: Written | None) -> Append:
    """Put a record together, leaving out what was not said."""
    days = entry.days()
    record = {"日期": days.pop("日期"), "事项": action.value, **days}
    return Append(record | {key: value for key, value in values.items() if value})


def _refuse_closed(case: Case, what: str, then: str = "；要继续整改，先用 zhenggai reopen") -> None:
    """Refuse what cannot happen to a finding that is closed or counts no longer."""
    _refuse_withdrawn(case, what)
    journal = case.journal()
    if journal.closed_on is not None:
        raise RefusedError(f"问题{case.id}已于{journal.closed_on}销号，{what}{then}")


def _refuse_withdrawn(case: Case, what: str) -> None:
    """Refuse what cannot happen to a finding that counts no longer."""
    if day := case.journal().withdrawn_on:
        raise RefusedError(f"问题{case.id}已于{day}撤销登记，{what}")


def _refuse_without_measures(case: Case, what: str) -> None:
    if not case.finding.measures:
        raise RefusedError(f"问题{case.id}尚未填写整改措施，{what}；请先在文件里补充措施")


def _refuse_disorder(case: Case, entry: Entry) -> None:
    """Refuse a step that would count from a day before another one: it would come before it.

    A step entered late counts from the day of its entry.
    """
    last = case.journal().last_step
    if last is not None and entry.counts_from < last.on:
        on = f"{last.dated}（{last.on}补登）" if last.dated else str(last.on)
        raise RefusedError(
            f"问题{case.id}在{on}已登记{last.action}，"
            f"这一步的日期{entry.on}不能早于它；"
            f"日期填写有误的，用 zhenggai edit {case.finding.number} 改正"
        )


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
            f"{_still_open(case.finding, missing)}；"
            "部分申请的问题措施全部完成以后才能批准，不能批准的用 zhenggai return 退回"
        )
    if not complete:
        raise RefusedError(f"{_still_open(case.finding, missing)}，或加 --complete 一并标为完成")


def partial_reason(finding: Finding) -> str | None:
    """Return why the latest application was made with measures open; None where none were."""
    applied = _last_application(finding)
    return applied.partial if applied else None


def _last_application(finding: Finding) -> Application | None:
    applied = [record for record in finding.records if isinstance(record, Application)]
    return applied[-1] if applied else None


def _still_open(finding: Finding, missing: Sequence[int]) -> str:
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return (
        f"问题{finding.id}还有{len(missing)}项措施未完成：{named}；"
        f"已完成的先用 zhenggai done {finding.number}.{missing[0]} 登记"
    )
