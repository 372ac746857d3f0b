"""A ledger in outline: what progress, lists and completion need of it, and nothing heavy to import.

The names are the model's own, so that whatever reads an outline reads the whole ledger as well.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.core.dates import Period
from zhenggai.core.terms import Action, Kind

if TYPE_CHECKING:
    from zhenggai.core.model import Finding, Inspection


class MeasureOutline(NamedTuple):
    """A measure: when it was done."""

    done_on: date | None


class RecordOutline(NamedTuple):
    """A record: what happened when; a 延期 says until when."""

    on: date
    action: Action
    new_due: date | None


class FindingOutline(NamedTuple):
    """A finding without its prose."""

    id: str
    title: str
    aspect: str | None
    kind: Kind
    leader: str | None
    departments: tuple[str, ...]
    owner: str | None
    due: date | None
    review_every: Period | None
    public: bool
    measures: tuple[MeasureOutline, ...]
    records: tuple[RecordOutline, ...]

    @property
    def number(self) -> int:
        """The number as a person says it."""
        return int(self.id)


class InspectionOutline(NamedTuple):
    """An inspection without the texts of its notice."""

    unit: str | None
    group: str | None
    feedback_on: date | None
    aspects: tuple[str, ...]
    warn_days: tuple[int, ...]
    supervision_period: Period
    time_zone: str


class LedgerOutline(NamedTuple):
    """A ledger whose findings and inspection are outlines."""

    name: str
    folder: str
    inspection: InspectionOutline
    findings: tuple[FindingOutline, ...]
    unreadable: tuple[str, ...]


def outline(finding: "Finding") -> FindingOutline:
    """Leave away what an outline does not hold."""
    return FindingOutline(
        id=finding.id,
        title=finding.title,
        aspect=finding.aspect,
        kind=finding.kind,
        leader=finding.leader,
        departments=finding.departments,
        owner=finding.owner,
        due=finding.due,
        review_every=finding.review_every,
        public=finding.public,
        measures=tuple(MeasureOutline(measure.done_on) for measure in finding.measures),
        records=tuple(
            RecordOutline(record.on, record.action, getattr(record, "new_due", None))
            for record in finding.records
        ),
    )


def inspection_outline(inspection: "Inspection") -> InspectionOutline:
    """Leave away what an outline does not hold."""
    return InspectionOutline(
        unit=inspection.unit,
        group=inspection.group,
        feedback_on=inspection.feedback_on,
        aspects=inspection.aspects,
        warn_days=inspection.warn_days,
        supervision_period=inspection.supervision_period,
        time_zone=inspection.time_zone,
    )
