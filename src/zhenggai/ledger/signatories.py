"""Who may sign which step of the closing procedure (销号权限, 回避), and who did."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.ledger.journal import Moment, moments
from zhenggai.ledger.lifecycle import Case
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import is_same_name, plain_name
from zhenggai.model.record_models import Application, Closing, Reopening, Return, Review
from zhenggai.model.terms import (
    Step,
)


def may_sign(inspection: Inspection, step: Step, by: str | None) -> bool:
    """Whether somebody may sign a step by 销号权限: where that names nobody for it, anybody."""
    allowed = inspection.signatories.get(step)
    return not allowed or any(is_same_name(by, one) for one in allowed)


def must_be_named(inspection: Inspection) -> bool:
    """Whether who applies and reviews has to be named: rules on who may could not hold else."""
    return bool(inspection.reviewers_instead or inspection.signatories)


def reviews_of(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the reviews among the steps of a procedure."""
    return tuple(step for step in steps if step not in (Step.APPLICATION, Step.APPROVAL))


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
    is_first = step in reviews_of(inspection.closing_steps)[:1]
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
            by = name_now(record.by, moment.event.on, rules)
    return by


def name_now(by: str | None, on: date, rules: Terms) -> str | None:
    """Return what who is named in a record of a day is called now: a new name frees of nothing."""
    return None if by is None else rules.name_now(by, on)


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
                name = rules.name_now(name, moment.event.on)
                applicants.setdefault(plain_name(name), name)
                yield from (Decision(at, name, one, by) for at, one, by in early)
                early = []
            case Review() | Closing():
                signed = record.approved_by if isinstance(record, Closing) else record.by
                by = name_now(signed, moment.event.on, rules)
                if not applicants:
                    early.append((place, record, by))
                yield from (Decision(place, name, record, by) for name in applicants.values())
            case Return() | Reopening() if moment.in_turn or rules.takes_any_turn:
                applicants, early = {}, []
