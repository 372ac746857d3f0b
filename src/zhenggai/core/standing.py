"""Where a finding stands on a day: folded from its measures and journal, never stored."""

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from zhenggai.core.outline import FindingOutline, InspectionOutline, LedgerOutline
from zhenggai.core.terms import Action, Kind, Stage, Timing

if TYPE_CHECKING:
    from zhenggai.core.model import Finding, Inspection, Ledger

AnyFinding: TypeAlias = "Finding | FindingOutline"
AnyInspection: TypeAlias = "Inspection | InspectionOutline"
AnyLedger: TypeAlias = "Ledger | LedgerOutline"


class Standing(NamedTuple):
    """Stage and timing of one finding on one day.

    `deadline` is the one in force (for a long-term finding its next review), `days_left` counts
    to it and is negative once it has passed; both are None where there is nothing to wait for.
    `threshold` is the early warning reached, in days. `late_days` is how late a closed finding
    was struck off. `last_on` is the day of the latest record or done measure, `idle_days` how
    long ago that is.
    """

    stage: Stage
    timing: Timing
    deadline: date | None
    days_left: int | None
    threshold: int | None
    closed_on: date | None
    late_days: int
    last_on: date | None
    idle_days: int | None
    extensions: int


class Item(NamedTuple):
    """A finding with its standing, and the name of the ledger it is from."""

    ledger: str
    finding: "Finding"
    standing: Standing


class ItemOutline(NamedTuple):
    """A finding in outline with its standing, and the name of the ledger it is from."""

    ledger: str
    finding: FindingOutline
    standing: Standing


AnyItem = Item | ItemOutline


def assess(ledger: "Ledger", today: date) -> tuple[Item, ...]:
    """Give every finding of the ledger with its standing on the day."""
    return tuple(
        Item(ledger.name, finding, standing(finding, today, ledger.inspection))
        for finding in ledger.findings
    )


def assess_outline(ledger: LedgerOutline, today: date) -> tuple[ItemOutline, ...]:
    """Give every finding of a ledger in outline with its standing on the day."""
    return tuple(
        ItemOutline(ledger.name, finding, standing(finding, today, ledger.inspection))
        for finding in ledger.findings
    )


def standing(finding: AnyFinding, today: date, inspection: AnyInspection) -> Standing:
    """Fold measures and journal into the finding's state at the end of the day `today`.

    What is dated after `today` has not happened yet, so an earlier day shows the state of then.
    A deadline is inclusive: overdue begins the day after. A closed finding is judged by its day
    of closing and is never overdue later.
    """
    journal = _fold(finding, today)
    done = [day for m in finding.measures if (day := m.done_on) is not None and day <= today]
    last_on = max(done) if done else None
    if last_on is None or (journal.last_on is not None and journal.last_on > last_on):
        last_on = journal.last_on
    stage = _stage(finding, journal, done)
    deadline, cycle = _deadline(finding, journal, done, inspection.feedback_on)
    waiting = deadline is not None and stage is not Stage.CLOSED
    days_left = (deadline - today).days if deadline and waiting else None
    threshold = _threshold(days_left, inspection.warn_days, cycle)
    stale = (
        stage in (Stage.IN_PROGRESS, Stage.AWAITING_CLOSING)
        and last_on is not None
        and today > inspection.supervision_period.after(last_on)
    )
    return Standing(
        stage,
        _timing(days_left, threshold, stale=stale),
        deadline,
        days_left,
        threshold,
        journal.closed_on,
        journal.late_days,
        last_on,
        (today - last_on).days if last_on else None,
        journal.extensions,
    )


def closed_on(finding: AnyFinding) -> date | None:
    """Give the day a finding was struck off, by its whole journal; None while it is open."""
    return _fold(finding, date.max).closed_on


def _deadline(
    finding: AnyFinding, journal: "_Journal", done: list[date], feedback_on: date | None
) -> tuple[date | None, int | None]:
    """Give the deadline in force; for a long-term finding its next review and the cycle in days."""
    if finding.kind is not Kind.LONG_TERM:
        return journal.deadline, None
    since = max((day for day in (feedback_on, journal.reviewed_on, *done) if day), default=None)
    if since is None or finding.review_every is None:
        return None, None
    review = finding.review_every.after(since)
    return review, (review - since).days


class _Journal(NamedTuple):
    """What the journal comes to up to a day."""

    deadline: date | None
    closed_on: date | None
    late_days: int
    applied: bool
    sent_back_on: date | None
    reviewed_on: date | None
    extensions: int
    started: bool
    last_on: date | None


_ON = attrgetter("on")

# To ask Action for each of them, record after record, would take a third of the folding.
_EXTENSION: Final = Action.EXTENSION
_SUPERVISION: Final = Action.SUPERVISION
_CLOSING: Final = Action.CLOSING
_APPLICATION: Final = Action.APPLICATION
_BACK = (Action.REOPENING, Action.RETURN)


def _fold(finding: AnyFinding, today: date) -> _Journal:
    """Fold the journal in order of date; same-day records in order of writing."""
    # A long-term finding has no deadline to be late for, whatever its file says.
    deadline = None if finding.kind is Kind.LONG_TERM else finding.due
    closed_on = sent_back_on = reviewed_on = last_on = None
    late_days = extensions = 0
    applied = started = False
    for record in sorted(finding.records, key=_ON):
        on, action = record.on, record.action
        if on > today:
            break
        last_on = on
        if record.action is _EXTENSION:
            deadline = record.new_due
            extensions += 1
            continue
        started = True
        if action is _SUPERVISION:
            reviewed_on = on
        elif action is _CLOSING:
            closed_on = on
            late_days = max((on - deadline).days, 0) if deadline else 0
        elif action is _APPLICATION:
            applied = True
        elif action in _BACK:
            closed_on, late_days, applied, sent_back_on = None, 0, False, on
    return _Journal(
        deadline,
        closed_on,
        late_days,
        applied,
        sent_back_on,
        reviewed_on,
        extensions,
        started,
        last_on,
    )


def _stage(finding: AnyFinding, journal: _Journal, days: list[date]) -> Stage:
    if journal.closed_on is not None:
        return Stage.CLOSED
    if journal.applied:
        return Stage.AWAITING_CLOSING
    if days and len(days) == len(finding.measures) and not _sent_back(journal, days):
        return Stage.SUSTAINED if finding.kind is Kind.LONG_TERM else Stage.AWAITING_CLOSING
    return Stage.IN_PROGRESS if days or journal.started else Stage.NOT_STARTED


def _sent_back(journal: _Journal, days: list[date]) -> bool:
    """Tell whether nothing was done since the finding was sent back to work."""
    return journal.sent_back_on is not None and max(days) <= journal.sent_back_on


def _threshold(days_left: int | None, warn_days: tuple[int, ...], cycle: int | None) -> int | None:
    """Give the smallest early warning reached.

    For a review that comes round, warnings longer than half its cycle would never go out.
    """
    if days_left is None or days_left < 0:
        return None
    reached = [days for days in warn_days if days_left <= days]
    if cycle is not None:
        reached = [days for days in reached if 2 * days <= cycle]
    return min(reached) if reached else None


def _timing(days_left: int | None, threshold: int | None, *, stale: bool) -> Timing:
    if days_left is not None and days_left < 0:
        return Timing.OVERDUE
    if threshold is not None:
        return Timing.DUE_SOON
    return Timing.STALE if stale else Timing.NORMAL
