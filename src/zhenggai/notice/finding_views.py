"""A finding and its measures as templates see them: every field must be asked for by name.

Printed whole a finding is only its title and a measure its text, so that a template tells the
owner or a record's words only where it says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhenggai.ledger.done_words import is_as_published, says_unfinished
from zhenggai.ledger.register import INTERNAL, counted_records, departments_of, owner_of
from zhenggai.ledger.signatories import decisions
from zhenggai.ledger.standing import LedgerOnDay, Standing, last_report
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import is_same_name
from zhenggai.model.record_models import (
    Application,
    Progress,
    Record,
    Reopening,
    Return,
    Review,
    Supervision,
    Urging,
)
from zhenggai.model.terms import Kind
from zhenggai.notice.default_text import GOING_ON
from zhenggai.notice.selection import Selected
from zhenggai.views.phrases import deadline, lateness, recognition, responsible, situation


@dataclass(frozen=True, repr=False)
class MeasureView:
    """A measure as a template sees it, with the finding it is of; printed whole it is its text.

    Where it names no department, owner or deadline of its own it has those of its finding.
    """

    number: str
    id: str
    title: str
    text: str
    departments: str
    owner: str
    due: str
    done_on: str
    outcome: str
    progress: str
    late_days: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class StepView:
    """A step of the closing procedure as a template sees it; printed whole it is who and when."""

    by: str = ""
    on: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return f"{self.by} {self.on}".strip()


@dataclass(frozen=True, repr=False)
class RecordView:
    """A record as a template sees it, with the finding it is of; printed whole it is its words.

    `words` are what was found, or why a step was taken; a supervision has what it asks for, by
    when, and whether it disputes a report, an extension or a reopening the new deadline, an urging
    its grade, its number and to whom it went. Of an extension of one measure `measure` is its
    number.
    """

    id: str
    title: str
    departments: str
    on: str
    action: str
    words: str
    requirement: str = ""
    reply_by: str = ""
    disputes: str = ""
    new_due: str = ""
    measure: str = ""
    grade: str = ""
    number: str = ""
    sent_to: str = ""

    def __repr__(self) -> str:
        return self.words


def record_views(
    selected: Selected, since: date, until: date, wanted: tuple[type[Record], ...]
) -> Iterator[RecordView]:
    """Yield the records of some kinds that a finding has in a span of days, in order of date."""
    finding = selected.finding
    found = [
        one
        for _, one in counted_records(finding, until)
        if isinstance(one, wanted) and since <= one.on <= until
    ]
    for record in sorted(found, key=lambda one: one.on):
        yield _record_view(finding, record)


def unanswered_views(selected: Selected, today: date) -> Iterator[RecordView]:
    """Yield the urgings of a finding that nobody has answered by a day, in order of date."""
    found = [
        one
        for _, one in counted_records(selected.finding, today)
        if isinstance(one, Urging)
        and one.on <= today
        and (one.replied_on is None or one.replied_on > today)
    ]
    for record in sorted(found, key=lambda one: one.on):
        yield _record_view(selected.finding, record)


def _record_view(finding: Finding, record: Record) -> RecordView:
    return RecordView(
        id=finding.id,
        title=finding.title,
        departments="、".join(finding.departments),
        on=str(record.on),
        action=record.action.value,
        words=str(getattr(record, "reason", None) or record.note or ""),
        requirement=getattr(record, "requirement", None) or "",
        reply_by=str(getattr(record, "reply_by", None) or ""),
        disputes="与自报不符" if getattr(record, "disputes", False) else "",
        new_due=str(getattr(record, "new_due", None) or ""),
        measure=f"{finding.number}.{number}"
        if (number := getattr(record, "measure", None))
        else "",
        grade=getattr(record, "grade", None) or "",
        number=getattr(record, "number", None) or "",
        sent_to=getattr(record, "sent_to", None) or "",
    )


@dataclass(frozen=True, repr=False)
class FindingView:
    """A finding as a template sees it; printed whole it is its title."""

    id: str
    title: str
    aspect: str
    kind: str
    goal: str
    leader: str
    departments: str
    responsible: str
    owner: str
    deadline: str
    stage: str
    situation: str
    closed_on: str
    last: str
    cause: str
    next_step: str
    expected: str
    to_coordinate: str
    level: str
    visited: str
    holder: str
    waiting_days: str
    recognised: str
    previous: str
    applied: StepView
    reviewed: StepView
    remarks: tuple[str, ...]
    evidence: int
    measures: tuple[MeasureView, ...]

    def __repr__(self) -> str:
        return self.title


def finding_view(selected: Selected, day: LedgerOnDay) -> FindingView:
    """Return a finding as templates see it on a day."""
    finding, state = selected.finding, selected.line.standing
    return FindingView(
        id=finding.id,
        title=_title(finding),
        aspect=finding.aspect or "",
        kind=finding.kind.value,
        goal=finding.goal or "",
        leader=state.leader or "",
        departments="、".join(finding.departments),
        responsible=responsible(finding),
        owner=state.owner or "",
        deadline=_deadline(finding, state),
        stage=state.stage.value,
        situation=situation(state),
        closed_on=str(state.closed_on or ""),
        last=_last(finding, state.last_on, day.today, visits_report=day.terms.visits_report),
        cause=_reported(finding, "cause", day.today),
        next_step=_reported(finding, "next_step", day.today),
        expected=_reported(finding, "expected_on", day.today),
        to_coordinate=_reported(finding, "to_coordinate", day.today),
        level=_reported(finding, "level", day.today),
        visited=_visited(finding, day.today),
        holder=state.holder or "",
        waiting_days="" if state.waiting_days is None else str(state.waiting_days),
        recognised=recognition(state.recognised),
        previous=selected.link,
        applied=_signed(finding, Application, day.today),
        reviewed=_signed(finding, Review, day.today),
        remarks=tuple(_remarks(selected, day)),
        evidence=_evidence(finding),
        measures=tuple(_measures(finding, _deadline(finding, state), day)),
    )


def _title(finding: Finding) -> str:
    """Write the title; where the finding is not public, with a mark."""
    return finding.title if finding.public else f"{finding.title}{INTERNAL}"


def _deadline(finding: Finding, state: Standing) -> str:
    """Write the deadline in force; of a long-term finding that it is one, and what is due."""
    words = deadline(state) if state.deadline else ""
    if finding.kind is not Kind.LONG_TERM:
        return words
    if not words:
        return "长期坚持"
    return f"长期坚持，{words}前{'检视' if state.is_review else '完成措施'}"


def _measures(finding: Finding, due: str, day: LedgerOnDay) -> Iterator[MeasureView]:
    """Yield the measures as on the day: what is dated later is not done yet."""
    is_judged = not is_as_published(finding, day.ledger.inspection)
    states = day.measure_standings(finding)
    for measure, state in zip(finding.measures, states, strict=True):
        done_on = state.done_on
        said = f"{measure.text}，{measure.outcome or ''}"
        is_marked = done_on is None and is_judged and not says_unfinished(said)
        yield MeasureView(
            number=f"{finding.number}.{state.number}",
            id=finding.id,
            title=_title(finding),
            text=measure.text,
            departments="、".join(departments_of(measure, finding)),
            owner=owner_of(measure, finding) or "",
            due=str(state.deadline) if state.deadline else due,
            done_on=str(done_on or ""),
            outcome=measure.outcome or "",
            progress=GOING_ON if is_marked else "",
            late_days=str(-state.days_left) if state.is_late and state.days_left else "",
        )


# What moves a finding on; in ledgers of format 1 a supervision does, too.
_MOVES = (Progress, Application, Reopening)


def _last(finding: Finding, last_on: date | None, today: date, *, visits_report: bool) -> str:
    """Tell of the latest progress, which came on a day: a step, a report, or a measure done."""
    if last_on is None:
        return ""
    moves = (*_MOVES, Supervision) if visits_report else _MOVES
    told = [
        record
        for _, record in counted_records(finding, today)
        if isinstance(record, moves) and (record.entered_on or record.on) == last_on
    ]
    if told:
        note = f"：{told[-1].note}" if told[-1].note else ""
        return f"{last_on} {told[-1].action}{note}"
    done = [number for number, one in enumerate(finding.measures, 1) if one.done_on == last_on]
    return f"{last_on} 完成措施{finding.number}.{done[-1]}" if done else str(last_on)


def _reported(finding: Finding, name: str, today: date) -> str:
    """Return what the department's latest report says under a field; '' where it says nothing."""
    return str(getattr(last_report(finding, today), name, None) or "")


def _visited(finding: Finding, today: date) -> str:
    visits = [
        one
        for _, one in counted_records(finding, today)
        if isinstance(one, Supervision) and one.on <= today
    ]
    if not visits:
        return ""
    last = max(visits, key=lambda visit: visit.on)
    disputed = "（与自报不符）" if last.disputes else ""
    return f"{last.on} {last.note}{disputed}"


def _round(finding: Finding, today: date) -> list[Record]:
    """Return the records by a day since the finding was last sent back to work (退回, 重开)."""
    records = [record for _, record in counted_records(finding, today) if record.on <= today]
    sent_back = [n for n, one in enumerate(records) if isinstance(one, (Return, Reopening))]
    return records[sent_back[-1] + 1 :] if sent_back else records


def _signed(finding: Finding, step: type[Application] | type[Review], today: date) -> StepView:
    """Return the last step of a kind in this round; an empty one where nobody has taken it."""
    taken = [one for one in _round(finding, today) if isinstance(one, step)]
    if not taken:
        return StepView()
    last = taken[-1]
    return StepView(last.by or "", str(last.on), last.note or "")


def _evidence(finding: Finding) -> int:
    """Count the files of evidence that a finding's measures and records name."""
    named = [file.path for measure in finding.measures for file in measure.evidence]
    named += [file.path for one in finding.records for file in getattr(one, "evidence", ())]
    return len(set(named))


def _remarks(selected: Selected, day: LedgerOnDay) -> Iterator[str]:
    """Yield what who approves the closing has to know of how the finding came there."""
    finding, state, today = selected.finding, selected.line.standing, day.today
    if selected.link:
        yield f"上次巡察已指出：{selected.link}"
    round_ = _round(finding, today)
    for record in round_:
        if isinstance(record, Application) and record.partial:
            yield f"部分申请，理由：{record.partial}"
    yield from _lateness(finding, state)
    yield from _measures_extended(finding, day)
    for _, record in counted_records(finding, today):
        if record.on <= today and (words := _setback(record)):
            yield words
    both = [
        one.applicant
        for one in decisions(finding, day.moments(finding), day.terms)
        if isinstance(one.record, Review)
        and is_same_name(one.by, one.applicant)
        and any(one.record is record for record in round_)
    ]
    if both:
        yield f"申请和审核都是{both[-1]}，请核对是否应当回避"
    if said := recognition(state.recognised):
        yield f"上级认定：{said}"


def _lateness(finding: Finding, state: Standing) -> Iterator[str]:
    yield from lateness(state)
    if state.extensions:
        yield f"延期{state.extensions}次，原时限{finding.due}"


def _measures_extended(finding: Finding, day: LedgerOnDay) -> Iterator[str]:
    for measure, state in zip(finding.measures, day.measure_standings(finding), strict=True):
        if state.extensions:
            name = f"措施{finding.number}.{state.number}"
            yield f"{name}延期{state.extensions}次，原时限{measure.due}"


def _setback(record: Record) -> str:
    """Say what went against a finding: sent back, or not as reported; '' for other records."""
    if isinstance(record, (Return, Reopening)):
        return f"{record.on}{record.action}：{record.reason}"
    if isinstance(record, Supervision) and record.disputes:
        return f"{record.on}督查与自报不符：{record.note}"
    return ""
