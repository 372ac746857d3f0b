"""A finding and its measures as templates see them: every field must be asked for by name.

Printed whole a finding is only its title and a measure its text, so that a template tells the
owner or a record's words only where it says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Finding
from zhenggai.notice.selection import Selected
from zhenggai.views.phrases import situation


@dataclass(frozen=True, repr=False)
class MeasureView:
    """A measure as a template sees it; printed whole it is its text."""

    number: str
    text: str
    due: str
    done_on: str
    outcome: str

    def __repr__(self) -> str:
        return self.text


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
    owner: str
    deadline: str
    stage: str
    situation: str
    closed_on: str
    last: str
    measures: tuple[MeasureView, ...]

    def __repr__(self) -> str:
        return self.title


def finding_view(selected: Selected, day: LedgerOnDay) -> FindingView:
    """Return a finding as templates see it on a day."""
    finding, state = selected.finding, selected.line.standing
    return FindingView(
        id=finding.id,
        title=finding.title,
        aspect=finding.aspect or "",
        kind=finding.kind.value,
        goal=finding.goal or "",
        leader=finding.leader or "",
        departments="、".join(finding.departments),
        owner=finding.owner or "",
        deadline=str(state.deadline or ""),
        stage=state.stage.value,
        situation=situation(state),
        closed_on=str(state.closed_on or ""),
        last=_last(finding, day),
        measures=tuple(_measures(finding, state.deadline, day.today)),
    )


def _measures(finding: Finding, deadline: date | None, today: date) -> Iterator[MeasureView]:
    """Yield the measures as on the day: what is dated later is not done yet."""
    for number, measure in enumerate(finding.measures, start=1):
        done_on = measure.done_on if measure.done_on and measure.done_on <= today else None
        yield MeasureView(
            number=f"{finding.number}.{number}",
            text=measure.text,
            due=str(measure.due or deadline or ""),
            done_on=str(done_on or ""),
            outcome=measure.outcome or "",
        )


def _last(finding: Finding, day: LedgerOnDay) -> str:
    """Tell of the latest that happened up to a day: a record of the journal, or a measure done."""
    last = day.journal(finding).last
    done = [
        (measure.done_on, number)
        for number, measure in enumerate(finding.measures, start=1)
        if measure.done_on is not None and measure.done_on <= day.today
    ]
    latest = max(done, default=None)
    if latest is not None and (last is None or latest[0] > last.on):
        return f"{latest[0]} 完成措施{finding.number}.{latest[1]}"
    if last is None:
        return ""
    note = finding.records[last.place].note
    return f"{last.on} {last.action}{f'：{note}' if note else ''}"
