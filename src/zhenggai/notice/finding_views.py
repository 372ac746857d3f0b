"""A finding and its measures as templates see them: every field must be asked for by name.

Printed whole a finding is only its title and a measure its text, so that a template tells the
owner or a record's words only where it says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from zhenggai.ledger.done_words import is_as_published, says_unfinished
from zhenggai.ledger.register import INTERNAL, departments_of, owner_of, records_until
from zhenggai.ledger.signatories import decisions
from zhenggai.ledger.standing import LedgerOnDay, Standing, last_report
from zhenggai.model.dates import chinese_day
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.names import is_same_name
from zhenggai.model.record_models import (
    Application,
    Closing,
    Extension,
    Progress,
    Recognition,
    Record,
    Reopening,
    Return,
    Review,
    Supervision,
    Urging,
)
from zhenggai.model.terms import Kind, Step
from zhenggai.notice.default_text import GOING_ON
from zhenggai.notice.selection import Selected
from zhenggai.views.phrases import deadline, lateness, recognition, responsible, situation

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9]) ?")


def dated(words: str) -> str:
    """Write the days in words of the program's own as papers have them (2021年5月18日)."""
    return _ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", words)


def written_day(day: date | None) -> str:
    """Write a day as papers have it, '' for none."""
    return chinese_day(day) if day else ""


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
    assisting: str
    goal: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class EvidenceView:
    """A file of evidence as a template sees it; printed whole it is its name.

    `shows` is what it is handed in for: a measure by its number, or a step by its name.
    """

    number: str
    id: str
    name: str
    shows: str
    text: str
    on: str

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class StepView:
    """A step of the closing procedure as a template sees it; printed whole it is who and when.

    `name` is what the step is called and `office` who may take it, so far as the ledger says.
    """

    by: str = ""
    on: str = ""
    note: str = ""
    name: str = ""
    office: str = ""

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
        one for one in records_until(finding, until) if isinstance(one, wanted) and one.on >= since
    ]
    for record in sorted(found, key=lambda one: one.on):
        yield _record_view(finding, record)


def unanswered_views(selected: Selected, today: date) -> Iterator[RecordView]:
    """Yield the urgings of a finding that nobody has answered by a day, in order of date."""
    found = [
        one
        for one in records_until(selected.finding, today)
        if isinstance(one, Urging) and (one.replied_on is None or one.replied_on > today)
    ]
    for record in sorted(found, key=lambda one: one.on):
        yield _record_view(selected.finding, record)


def _record_view(finding: Finding, record: Record) -> RecordView:
    return RecordView(
        id=finding.id,
        title=finding.title,
        departments="、".join(finding.departments),
        on=written_day(record.on),
        action=record.action.value,
        words=str(getattr(record, "reason", None) or record.note or ""),
        requirement=getattr(record, "requirement", None) or "",
        reply_by=written_day(getattr(record, "reply_by", None)),
        disputes="与自报不符" if getattr(record, "disputes", False) else "",
        new_due=written_day(getattr(record, "new_due", None)),
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
    manifestations: tuple[str, ...]
    led_by: str
    assisting: str
    first_deadline: str
    turns: tuple[RecordView, ...]
    verdict: str
    steps: tuple[StepView, ...]
    files: tuple[EvidenceView, ...]
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
        situation=dated(situation(state)),
        closed_on=written_day(state.closed_on),
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
        previous=_link(selected),
        applied=_signed(finding, Application, day.today),
        reviewed=_signed(finding, Review, day.today),
        remarks=tuple(_remarks(selected, day)),
        evidence=_evidence(finding),
        manifestations=finding.manifestations,
        led_by=finding.led_by or "",
        assisting="、".join(finding.assisting),
        first_deadline=written_day(finding.due) if state.extensions else "",
        turns=tuple(_turns(finding, day.today)),
        verdict=_verdict(finding, day.today),
        steps=tuple(_steps(finding, day)),
        files=tuple(_files(finding, day.today)),
        measures=tuple(_measures(finding, _deadline(finding, state), day)),
    )


_DAY_LENGTH = 10


def _link(selected: Selected) -> str:
    """Write what a finding goes on from; a title in it is the ledger's and stays as it is."""
    return dated(selected.link[:_DAY_LENGTH]) + selected.link[_DAY_LENGTH:]


def _title(finding: Finding) -> str:
    """Write the title; where the finding is not public, with a mark."""
    return finding.title if finding.public else f"{finding.title}{INTERNAL}"


def _deadline(finding: Finding, state: Standing) -> str:
    """Write the deadline in force; of a long-term finding that it is one, and what is due."""
    words = dated(deadline(state)) if state.deadline else ""
    if finding.kind is not Kind.LONG_TERM:
        return words
    if not words:
        return "长期坚持"
    return f"长期坚持，{words}前{'检视' if state.is_review else '完成措施'}"


def _measures(finding: Finding, due: str, day: LedgerOnDay) -> Iterator[MeasureView]:
    """Yield the measures as on the day: what is dated later is not done yet, or not there."""
    is_judged = not is_as_published(finding, day.ledger.inspection)
    states = day.measure_standings(finding)
    for measure, state in zip(finding.measures, states, strict=True):
        if measure.added_on and measure.added_on > day.today:
            continue
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
            due=written_day(state.deadline) or due,
            done_on=written_day(done_on),
            outcome=measure.outcome or "",
            progress=GOING_ON if is_marked else "",
            late_days=str(-state.days_left) if state.is_late and state.days_left else "",
            assisting="" if measure.departments else "、".join(finding.assisting),
            goal=finding.goal or "",
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
        for record in records_until(finding, today)
        if isinstance(record, moves) and (record.entered_on or record.on) == last_on
    ]
    if told:
        note = f"：{told[-1].note}" if told[-1].note else ""
        return f"{written_day(last_on)}{told[-1].action}{note}"
    done = [number for number, one in enumerate(finding.measures, 1) if one.done_on == last_on]
    return f"{written_day(last_on)}{f'完成措施{finding.number}.{done[-1]}' if done else ''}"


def _reported(finding: Finding, name: str, today: date) -> str:
    """Return what the department's latest report says under a field; '' where it says nothing."""
    said = getattr(last_report(finding, today), name, None)
    return written_day(said) if isinstance(said, date) else str(said or "")


def _visited(finding: Finding, today: date) -> str:
    """Write what the latest supervision found; '' where there was none."""
    visits = [one for one in records_until(finding, today) if isinstance(one, Supervision)]
    if not visits:
        return ""
    last = max(visits, key=lambda visit: visit.on)
    disputed = "（与自报不符）" if last.disputes else ""
    return f"{written_day(last.on)}{last.note}{disputed}"


def _round(finding: Finding, today: date) -> list[Record]:
    """Return the records by a day since the finding was last sent back to work (退回, 重开)."""
    records = records_until(finding, today)
    sent_back = [n for n, one in enumerate(records) if isinstance(one, (Return, Reopening))]
    return records[sent_back[-1] + 1 :] if sent_back else records


def _signed(finding: Finding, step: type[Application] | type[Review], today: date) -> StepView:
    """Return the last step of a kind in this round; an empty one where nobody has taken it."""
    taken = [one for one in _round(finding, today) if isinstance(one, step)]
    if not taken:
        return StepView()
    return _taken(taken[-1])


def _taken(record: Record, name: str = "", office: str = "") -> StepView:
    signed = record.approved_by if isinstance(record, Closing) else record.by
    return StepView(signed or "", written_day(record.on), record.note or "", name, office)


# What a procedure is where the ledger names no steps of its own.
_USUAL_STEPS = (Step.APPLICATION, Step.REVIEW, Step.APPROVAL)


def _steps(finding: Finding, day: LedgerOnDay) -> Iterator[StepView]:
    """Yield every step of the closing procedure with who took it in this round, if anybody has."""
    round_ = _round(finding, day.today)
    for step in day.ledger.inspection.closing_steps or _USUAL_STEPS:
        is_application = step is Step.APPLICATION
        allowed = day.ledger.inspection.signatories.get(step, ())
        office = "、".join(allowed or (finding.departments if is_application else ()))
        taken = [one for one in round_ if _is_step(one, step)]
        yield (
            _taken(taken[-1], step.value, office)
            if taken
            else StepView(name=step.value, office=office)
        )


def _is_step(record: Record, step: Step) -> bool:
    match record:
        case Application():
            return step is Step.APPLICATION
        case Review():
            return record.step is step
        case Closing():
            return step is Step.APPROVAL
    return False


def _turns(finding: Finding, today: date) -> Iterator[RecordView]:
    """Yield the extensions, returns and reopenings by a day."""
    for record in records_until(finding, today):
        if isinstance(record, (Extension, Return, Reopening)):
            yield _record_view(finding, record)


def _verdict(finding: Finding, today: date) -> str:
    """Write the latest word of the authority above in full: what, by whom, when, on what basis."""
    said = [one for one in records_until(finding, today) if isinstance(one, Recognition)]
    if not said:
        return ""
    last = said[-1]
    basis = f"（{last.basis}）" if last.basis else ""
    return f"{written_day(last.on)}{last.authority}{last.verdict}{basis}"


def _files(finding: Finding, today: date) -> Iterator[EvidenceView]:
    """Yield each file of evidence once, numbered, with what it shows; what is of later days not."""
    handed_in: list[tuple[Measure | Record, str, str, date | None]] = [
        (one, f"措施{finding.number}.{number}", one.text, one.done_on)
        for number, one in enumerate(finding.measures, 1)
        if one.done_on is None or one.done_on <= today
    ]
    handed_in += [
        (one, one.action.value, one.note or "", one.on) for one in records_until(finding, today)
    ]
    seen: set[str] = set()
    for holder, shows, text, on in handed_in:
        for file in getattr(holder, "evidence", ()):
            if file.path not in seen:
                seen.add(file.path)
                yield EvidenceView(
                    number=f"{finding.id}-{len(seen)}",
                    id=finding.id,
                    name=PurePosixPath(file.path).name,
                    shows=shows,
                    text=text,
                    on=written_day(on),
                )


def _evidence(finding: Finding) -> int:
    """Count the files of evidence that a finding's measures and records name."""
    named = [file.path for measure in finding.measures for file in measure.evidence]
    named += [file.path for one in finding.records for file in getattr(one, "evidence", ())]
    return len(set(named))


def _remarks(selected: Selected, day: LedgerOnDay) -> Iterator[str]:
    """Yield what who approves the closing has to know of how the finding came there."""
    finding, state, today = selected.finding, selected.line.standing, day.today
    if selected.link:
        yield f"上次巡察已指出：{_link(selected)}"
    round_ = _round(finding, today)
    for record in round_:
        if isinstance(record, Application) and record.partial:
            yield f"部分申请，理由：{record.partial}"
    yield from _lateness(finding, state)
    yield from _measures_extended(finding, day)
    for record in records_until(finding, today):
        if words := _setback(record):
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
        yield f"延期{state.extensions}次，原时限{written_day(finding.due)}"


def _measures_extended(finding: Finding, day: LedgerOnDay) -> Iterator[str]:
    for measure, state in zip(finding.measures, day.measure_standings(finding), strict=True):
        if state.extensions:
            name = f"措施{finding.number}.{state.number}"
            yield f"{name}延期{state.extensions}次，原时限{written_day(measure.due)}"


def _setback(record: Record) -> str:
    """Say what went against a finding: sent back, or not as reported; '' for other records."""
    if isinstance(record, (Return, Reopening)):
        return f"{written_day(record.on)}{record.action}：{record.reason}"
    if isinstance(record, Supervision) and record.disputes:
        return f"{written_day(record.on)}督查与自报不符：{record.note}"
    return ""
