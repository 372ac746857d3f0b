"""What each paper's template is given: one context per paper, made by one function.

The names that papers share, and that a ledger's own templates may use, are worked out in one
place, each only when it is asked for. The contexts are tuples: a dataclass takes eight times as
long to make, and they are made whenever a paper is written.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.figures import percentage
from zhenggai.ledger.milestones import concentration, pressing
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.ledger.summary import Tally, tally, undecided
from zhenggai.model.dates import chinese_day
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.notice_settings import Notice
from zhenggai.model.record_models import Extension, Record, Reopening, Return, Supervision
from zhenggai.model.terms import Timing
from zhenggai.notice.composing import Composer, NoticeContext
from zhenggai.notice.finding_views import (
    FindingView,
    MeasureView,
    RecordView,
    finding_view,
    record_views,
    unanswered_views,
)
from zhenggai.notice.numerals import span
from zhenggai.notice.selection import FindingSelection, Selected
from zhenggai.views import phrases
from zhenggai.views.phrases import rate_with_basis


class Facts:
    """The names of a ledger's state, as every template means them.

    A finding's view is made once, when a list that has it is asked for; `view` makes it.
    """

    def __init__(
        self,
        selection: FindingSelection,
        view: Callable[[Selected, LedgerOnDay], FindingView] = finding_view,
    ) -> None:
        self._selection = selection
        self._view = view
        self._views: dict[str, FindingView] = {}

    # -- the ledger and the days ---------------------------------------------------------------

    @cached_property
    def unit(self) -> str:
        """The unit that was inspected."""
        return self._inspection.unit or ""

    @cached_property
    def group(self) -> str:
        """The group that inspected it."""
        return self._inspection.group or ""

    @cached_property
    def word(self) -> str:
        """What the inspection is called: 巡察 or 巡视."""
        return (self._inspection.notice or Notice()).word.value

    @cached_property
    def round(self) -> str:
        """Which round of inspections it was."""
        return self._inspection.round or ""

    @cached_property
    def inspection_kind(self) -> str:
        """What kind of inspection it was."""
        return str(self._inspection.kind or "")

    @cached_property
    def office(self) -> str:
        """Who runs the rectification: 整改办公室 where nothing else is said."""
        return self._inspection.office or "整改办公室"

    @cached_property
    def contact(self) -> str:
        """Whom to turn to."""
        return self._inspection.contact or ""

    @cached_property
    def concentration(self) -> str:
        """How far 集中整改 has come."""
        day = self._selection.day
        return phrases.concentration(concentration(day.register.head, day.today))

    @cached_property
    def outstanding(self) -> list[str]:
        """The papers that are soon to be sent in, or should have been."""
        day = self._selection.day
        return [phrases.outstanding(one) for one in pressing(day.register.head, day.today)]

    @cached_property
    def today(self) -> str:
        """The day that counts."""
        return chinese_day(self._selection.day.today)

    @cached_property
    def since(self) -> str:
        """The first day told of."""
        return chinese_day(self._selection.since)

    @cached_property
    def span(self) -> str:
        """The days told of, from the first to today."""
        return span(self._selection.since, self._selection.day.today)

    @cached_property
    def period(self) -> str:
        """What a supervision is called by its period (周, 月); '' where it is not that long."""
        every = str(self._inspection.supervision_period)
        is_named = every.startswith("每") and not self._selection.choice.since
        return every.removeprefix("每") if is_named else ""

    @cached_property
    def department(self) -> str:
        """The department asked for."""
        return self._selection.choice.department or ""

    # -- the findings --------------------------------------------------------------------------

    @cached_property
    def findings(self) -> list[FindingView]:
        """All of them."""
        return self._seen(self._selection.lines)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self._tally.count

    @cached_property
    def closed_count(self) -> int:
        """How many are closed."""
        return self._tally.closed

    @cached_property
    def rate(self) -> str:
        """How many of a hundred are closed."""
        return percentage(self._tally.closing_rate)

    @cached_property
    def rates(self) -> str:
        """The three rates, each with its basis."""
        tally = self._tally
        return "，".join(
            (
                rate_with_basis("措施完成率", tally.measure_rate),
                rate_with_basis("整改完成率", tally.rectification_rate),
                rate_with_basis("销号率", tally.closing_rate),
            )
        )

    @cached_property
    def recognition(self) -> str:
        """What the authority above says of the unit's own closings; '' where it said nothing."""
        tally = self._tally
        if not tally.recognised and not tally.rejected:
            return ""
        return f"上级认定：认可{tally.recognised}个，不认可退回{tally.rejected}个"

    @cached_property
    def undecided(self) -> list[FindingView]:
        """Those that were applied for and wait for a decision, the longest first."""
        return self._seen(undecided(self._selection.lines))

    @cached_property
    def to_coordinate(self) -> list[FindingView]:
        """Those still open whose latest report asks others for help."""
        still_open = [one for one in self._selection.lines if one.standing.closed_on is None]
        return [one for one in self._seen(still_open) if one.to_coordinate]

    @cached_property
    def demands(self) -> list[RecordView]:
        """The supervisions in the days told of that ask for something or dispute a report."""
        visits = self._records(Supervision)
        return [one for one in visits if one.requirement or one.disputes]

    @cached_property
    def turns(self) -> list[RecordView]:
        """The returns, reopenings and extensions in the days told of."""
        return self._records(Return, Reopening, Extension)

    @cached_property
    def unanswered(self) -> list[RecordView]:
        """The urgings (督办) that nobody has answered, of findings that count."""
        today = self._selection.day.today
        return [
            view
            for one in self._selection.found
            if one.line.standing.unanswered
            for view in unanswered_views(one, today)
        ]

    @cached_property
    def unsupervised(self) -> list[FindingView]:
        """Those that no supervisor looked at in the period."""
        return self._seen([one for one in self._selection.lines if one.standing.unsupervised])

    @cached_property
    def overdue(self) -> list[FindingView]:
        """Those that are late, most urgent first."""
        return self._seen(self._selection.timed(Timing.OVERDUE))

    @cached_property
    def due_soon(self) -> list[FindingView]:
        """Those that are due soon, most urgent first."""
        return self._seen(self._selection.timed(Timing.DUE_SOON))

    @cached_property
    def stale(self) -> list[FindingView]:
        """Those of which nothing was heard for long, the longest first."""
        return self._seen(self._selection.timed(Timing.STALE))

    @cached_property
    def measures(self) -> list[MeasureView]:
        """All measures; of other departments' findings those of the department asked for."""
        selection = self._selection
        return [
            self._one_seen(one.finding.id).measures[number - 1]
            for one in selection.told
            for number in selection.measures(one)
        ]

    @cached_property
    def late_measures(self) -> list[MeasureView]:
        """The measures open past their own deadlines, the latest first."""
        found = self._selection.late_measures()
        return [self._one_seen(one.finding.id).measures[number - 1] for one, number in found]

    @cached_property
    def closed(self) -> list[FindingView]:
        """Those closed in the days told of."""
        return self._seen(self._selection.closed())

    @cached_property
    def moved(self) -> list[FindingView]:
        """Those still open that moved in the days told of."""
        return self._seen(self._selection.moved())

    @cached_property
    def still(self) -> list[FindingView]:
        """Those that should have moved and did not."""
        return self._seen(self._selection.still())

    @cached_property
    def awaiting(self) -> list[FindingView]:
        """Those that wait to be closed, or the one asked for."""
        return self._seen(self._selection.awaiting())

    def notice(self) -> NoticeContext:
        """Return the text of the notice, which is about all that is public."""
        return self._notice

    @cached_property
    def _notice(self) -> NoticeContext:
        return Composer(self._selection.day).compose()

    @property
    def _inspection(self) -> Inspection:
        return self._selection.day.ledger.inspection

    @cached_property
    def _tally(self) -> Tally:
        return tally("", self._selection.counted)

    @cached_property
    def _selected(self) -> dict[str, Selected]:
        return {one.finding.id: one for one in self._selection.told}

    def _records(self, *wanted: type[Record]) -> list[RecordView]:
        since, today = self._selection.since, self._selection.day.today
        return [
            view
            for one in self._selection.found
            for view in record_views(one, since, today, wanted)
        ]

    def _seen(self, lines: list[Line]) -> list[FindingView]:
        return [self._one_seen(line.row.id) for line in lines]

    def _one_seen(self, finding_id: str) -> FindingView:
        if finding_id not in self._views:
            selected = self._selected[finding_id]
            self._views[finding_id] = self._view(selected, self._selection.day)
        return self._views[finding_id]


FACTS = tuple(
    name
    for name, value in vars(Facts).items()
    if isinstance(value, cached_property) and not name.startswith("_")
)
"""The names of a ledger's state, in the order of the guide."""


def notice(facts: Facts) -> NoticeContext:
    """Return what the notice's template is given: its text, composed by the ledger's settings."""
    return facts.notice()


class ListsContext(NamedTuple):
    """The three lists: findings, tasks, responsibilities."""

    unit: str
    word: str
    findings: list[FindingView]
    measures: list[MeasureView]


def lists(facts: Facts) -> ListsContext:
    """Return what the lists' template is given: every finding and every measure."""
    return ListsContext(
        unit=facts.unit, word=facts.word, findings=facts.findings, measures=facts.measures
    )


class BulletinContext(NamedTuple):
    """A bulletin on what moved since the last supervision, and what did not."""

    unit: str
    word: str
    period: str
    span: str
    today: str
    count: int  # type: ignore[assignment]  # what a tuple's own would count is of no use
    closed_count: int
    rates: str
    recognition: str
    concentration: str
    outstanding: list[str]
    office: str
    closed: list[FindingView]
    moved: list[FindingView]
    undecided: list[FindingView]
    overdue: list[FindingView]
    stale: list[FindingView]
    late_measures: list[MeasureView]
    to_coordinate: list[FindingView]
    demands: list[RecordView]
    turns: list[RecordView]
    unanswered: list[RecordView]
    unsupervised: list[FindingView]


def bulletin(facts: Facts) -> BulletinContext:
    """Return what the bulletin's template is given: findings by what happened in the period."""
    return BulletinContext(
        unit=facts.unit,
        word=facts.word,
        period=facts.period,
        span=facts.span,
        today=facts.today,
        count=facts.count,
        closed_count=facts.closed_count,
        rates=facts.rates,
        recognition=facts.recognition,
        concentration=facts.concentration,
        outstanding=facts.outstanding,
        office=facts.office,
        closed=facts.closed,
        moved=facts.moved,
        undecided=facts.undecided,
        overdue=facts.overdue,
        stale=facts.stale,
        late_measures=facts.late_measures,
        to_coordinate=facts.to_coordinate,
        demands=facts.demands,
        turns=facts.turns,
        unanswered=facts.unanswered,
        unsupervised=facts.unsupervised,
    )


class ApprovalContext(NamedTuple):
    """Forms to close findings by, one for each."""

    unit: str
    word: str
    office: str
    awaiting: list[FindingView]


def approval(facts: Facts) -> ApprovalContext:
    """Return what the forms' template is given: findings awaiting closing, or the one asked for."""
    return ApprovalContext(
        unit=facts.unit, word=facts.word, office=facts.office, awaiting=facts.awaiting
    )


class LetterContext(NamedTuple):
    """A letter to departments that are late, or about to be."""

    unit: str
    word: str
    department: str
    office: str
    contact: str
    today: str
    overdue: list[FindingView]
    due_soon: list[FindingView]
    late_measures: list[MeasureView]


def letter(facts: Facts) -> LetterContext:
    """Return what the letter's template is given: findings overdue and due soon, late measures."""
    return LetterContext(
        unit=facts.unit,
        word=facts.word,
        department=facts.department,
        office=facts.office,
        contact=facts.contact,
        today=facts.today,
        overdue=facts.overdue,
        due_soon=facts.due_soon,
        late_measures=facts.late_measures,
    )
