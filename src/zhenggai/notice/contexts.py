"""What templates are given: the names of a ledger's state, each worked out when it is asked for.

Every paper may use every name, shipped or a ledger's own, and a name means the same in all.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.figures import Results, percentage, results
from zhenggai.ledger.milestones import concentration, pressing
from zhenggai.ledger.register import departments_of
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.ledger.summary import UNASSIGNED, Tally, tally, undecided
from zhenggai.ledger.working_days import WEEKDAYS
from zhenggai.model.dates import chinese_day
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.notice_settings import Notice
from zhenggai.model.record_models import (
    Extension,
    Handover,
    Record,
    Reopening,
    Return,
    Supervision,
)
from zhenggai.model.terms import Edition, Kind, Stage, Timing
from zhenggai.notice import default_text
from zhenggai.notice.composing import Composer, NoticeContext
from zhenggai.notice.finding_views import (
    EvidenceView,
    FindingView,
    MeasureView,
    RecordView,
    dated,
    finding_view,
    record_views,
    unanswered_views,
    written_day,
)
from zhenggai.notice.numerals import span
from zhenggai.notice.paper_views import LeaderView, LetterView, MonthView
from zhenggai.notice.selection import FindingSelection, Selected
from zhenggai.views import phrases
from zhenggai.views.phrases import rate_with_basis

TO_BE_SIGNED = "20　　年　　月　　日"
"""The day of signing (成文日期) of a paper that nobody has signed yet, to be filled in."""
_TO_REPLY = 5  # working days to answer an urging in, where no day is named
URGED, REMINDED, IN_OFFICE = "督办", "提醒", "履行整改责任提醒"
"""The grades of letters: for what is overdue, for what is due soon, to who took over."""


class Issue(NamedTuple):
    """What the ledger does not know of a paper: what whoever issues it says.

    `signed` is the day of signing (成文日期), `number` its number (编号), `issue` which one in a
    series (第几期), `reply_by` by when an answer is wanted, `sender` the office above that writes,
    where it is not the unit's own, `edition` for whom a notice is.
    """

    signed: date | None = None
    number: str | None = None
    issue: str | None = None
    reply_by: date | None = None
    sender: str | None = None
    edition: Edition | None = None


UNSIGNED = Issue()


class Facts:
    """The names of a ledger's state, as every template means them.

    A finding's view is made once, when a list that has it is asked for; `view` makes it.
    """

    def __init__(
        self,
        selection: FindingSelection,
        issue: Issue = UNSIGNED,
        view: Callable[[Selected, LedgerOnDay], FindingView] = finding_view,
    ) -> None:
        self._selection, self._issue = selection, issue
        self._view = view
        self._views: dict[str, FindingView] = {}

    # -- the ledger and the days ---------------------------------------------------------------

    @cached_property
    def unit(self) -> str:
        """The unit that was inspected, by the name that titles and signatures have."""
        return self._inspection.name

    @cached_property
    def group(self) -> str:
        """The group that inspected it."""
        return self._inspection.inspected_by or ""

    @cached_property
    def word(self) -> str:
        """What the inspection is called: 巡察, 巡视 or 审计."""
        return default_text.matter(self._inspection, self._inspection.notice or Notice())

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
    def phone(self) -> str:
        """The number to ring."""
        return (self._inspection.notice or Notice()).phone or ""

    @cached_property
    def leading_office(self) -> str:
        """The office of the group that leads the rectification, which signs what it demands."""
        return f"{self.unit}{self.word}整改工作领导小组办公室"

    @cached_property
    def discipline(self) -> str:
        """The discipline inspection group that supervises the unit."""
        return self._inspection.discipline_office or "派驻纪检监察组"

    @cached_property
    def head(self) -> str:
        """Who heads the group that leads the rectification."""
        return self._inspection.leading_group_head or ""

    @cached_property
    def feedback_on(self) -> str:
        """The day of the feedback."""
        return written_day(self._inspection.feedback_on)

    @cached_property
    def signed(self) -> str:
        """The day of signing; a form to fill in where nobody has said it."""
        return written_day(self._issue.signed) or TO_BE_SIGNED

    @cached_property
    def number(self) -> str:
        """The paper's number."""
        return self._issue.number or ""

    @cached_property
    def issue(self) -> str:
        """Which one of its series the paper is."""
        return self._issue.issue or "　　"

    @cached_property
    def sender(self) -> str:
        """The office above that writes; '' where the unit's own does."""
        return self._issue.sender or ""

    @cached_property
    def reply_by(self) -> str:
        """By when an answer is wanted."""
        return written_day(self.reply_day)

    @property
    def reply_day(self) -> date:
        """The day by which an answer is wanted: five working days on where none is named."""
        if self._issue.reply_by is not None:
            return self._issue.reply_by
        day = self._selection.day
        return (day.terms.calendar or WEEKDAYS).add(self._issue.signed or day.today, _TO_REPLY).day

    @cached_property
    def concentration(self) -> str:
        """How far 集中整改 has come."""
        day = self._selection.day
        return dated(phrases.concentration(concentration(day.register.head, day.today)))

    @cached_property
    def outstanding(self) -> list[str]:
        """The papers that are soon to be sent in, or should have been."""
        day = self._selection.day
        return [dated(phrases.outstanding(one)) for one in pressing(day.register.head, day.today)]

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

    @cached_property
    def leader(self) -> str:
        """The leader asked for."""
        return self._selection.choice.leader or ""

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
            self._measure_seen(one.finding.id, number)
            for one in selection.told
            for number in selection.measures(one)
        ]

    @cached_property
    def late_measures(self) -> list[MeasureView]:
        """The measures open past their own deadlines, the latest first."""
        found = self._selection.late_measures()
        return [self._measure_seen(one.finding.id, number) for one, number in found]

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

    @cached_property
    def sustained(self) -> list[FindingView]:
        """Those that are done but for going on with (基本完成)."""
        lines = self._selection.lines
        return self._seen([one for one in lines if one.standing.stage is Stage.SUSTAINED])

    @cached_property
    def unfinished(self) -> list[FindingView]:
        """Those on which there is still work to do: neither closed, waiting nor 基本完成."""
        open_ = (Stage.NOT_STARTED, Stage.IN_PROGRESS)
        return self._seen([one for one in self._selection.lines if one.standing.stage in open_])

    @cached_property
    def immediate(self) -> list[FindingView]:
        """Those to be put right at once (立行立改)."""
        return self._seen([x for x in self._selection.lines if x.row.kind is Kind.IMMEDIATE])

    @cached_property
    def files(self) -> list[EvidenceView]:
        """The evidence of all of them."""
        return [file for one in self.findings for file in one.files]

    # -- letters, leaders, months --------------------------------------------------------------

    @cached_property
    def letters(self) -> list[LetterView]:
        """One letter for each grade and department, those that urge first.

        An office above writes to the unit, one for each grade. Where it is asked for, one to each
        who took over a finding instead.
        """
        if self._selection.choice.handover:
            return self._to_takers()
        urged = self._letters(URGED, Timing.OVERDUE, self._urged_measures())
        return urged + self._letters(REMINDED, Timing.DUE_SOON, [])

    def _urged_measures(self) -> list[tuple[Selected, int]]:
        """Return the late measures but those of findings applied for: those wait for others."""
        waiting = (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)
        found = self._selection.late_measures()
        return [one for one in found if one[0].line.standing.stage not in waiting]

    def _letters(
        self, grade: str, timing: Timing, late: list[tuple[Selected, int]]
    ) -> list[LetterView]:
        lines: dict[str, list[Line]] = {}
        measures: dict[str, list[tuple[Selected, int]]] = {}
        for line in self._selection.timed(timing):
            for to in self._addressees(self._selected[line.row.id].finding.departments):
                lines.setdefault(to, []).append(line)
        for one, number in late:
            measure = one.finding.measures[number - 1]
            for to in self._addressees(departments_of(measure, one.finding)):
                measures.setdefault(to, []).append((one, number))
        return [
            LetterView(
                grade=grade,
                to=to,
                findings=tuple(self._seen(lines.get(to, []))),
                measures=tuple(
                    self._measure_seen(one.finding.id, number)
                    for one, number in measures.get(to, [])
                ),
                reply_day=self._answered_by(grade, lines.get(to, [])),
            )
            for to in dict.fromkeys((*lines, *measures))
        ]

    def _answered_by(self, grade: str, lines: list[Line]) -> date | None:
        """Return by when a letter is to be answered: a reminder before the first deadline in it."""
        days = [line.standing.deadline for line in lines if line.standing.deadline]
        if grade == URGED or self._issue.reply_by or not days:
            return self.reply_day
        return min(days)

    def _addressees(self, departments: Iterable[str]) -> list[str]:
        if self._issue.sender:
            return [self.unit]
        asked = self._selection.choice.department
        named = list(dict.fromkeys(departments)) or [UNASSIGNED]
        return [one for one in named if asked in (None, one)]

    def _to_takers(self) -> list[LetterView]:
        taken: dict[str, list[Line]] = {}
        for one in self._selection.found:
            state = one.line.standing
            takers = {x.taker for x in one.finding.records if isinstance(x, Handover)}
            for name in dict.fromkeys((state.leader, state.owner)):
                if name and name in takers and state.is_open:
                    taken.setdefault(name, []).append(one.line)
        return [
            LetterView(IN_OFFICE, to, tuple(self._seen(lines)), ()) for to, lines in taken.items()
        ]

    @cached_property
    def leaders(self) -> list[LeaderView]:
        """Every leader with the findings that are his to lead, and what of them presses."""
        lines: dict[str, list[Line]] = {}
        asked = self._selection.choice.leader
        for one in self._selection.found:
            names = dict.fromkeys((one.finding.led_by, one.line.standing.leader))
            for name in list(filter(None, names)) or [UNASSIGNED]:
                if asked in (None, name):
                    lines.setdefault(name, []).append(one.line)
        silent = {line.row.id for line in self._selection.still()}
        coordinated = {one.id for one in self.to_coordinate}
        return [self._leader(name, found, silent, coordinated) for name, found in lines.items()]

    def _leader(
        self, name: str, lines: list[Line], silent: set[str], coordinated: set[str]
    ) -> LeaderView:
        soon = (Timing.OVERDUE, Timing.DUE_SOON)
        ids = [line.row.id for line in lines]
        pressing = {x.row.id for timing in soon for x in self._selection.timed(timing)}
        waiting = {line.row.id for line in self._selection.waiting()}
        sent_back = {one.id for one in self.turns if one.action == "退回"}
        chosen = {one.row.id: one for one in lines}

        def those(wanted: set[str]) -> tuple[FindingView, ...]:
            return tuple(self._seen([chosen[one] for one in ids if one in wanted]))

        return LeaderView(
            name=name,
            findings=tuple(self._seen(lines)),
            led=sum(self._selected[one].finding.led_by == name for one in ids),
            closed=sum(line.standing.stage is Stage.CLOSED for line in lines),
            pressing=those(pressing),
            waiting=those(waiting),
            returned=those(sent_back),
            silent=those(silent),
            to_coordinate=those(coordinated),
        )

    @cached_property
    def months(self) -> list[MonthView]:
        """This month up to today, and the month before up to its last day."""
        today = self._selection.day.today
        last = today.replace(day=1) - timedelta(days=1)
        return [self._month(today), self._month(last)]

    def _month(self, until: date) -> MonthView:
        day = self._selection.day
        counted = {line.row.id for line in self._selection.counted}
        then = day if until == day.today else LedgerOnDay(day.ledger, until)
        lines = [line for line in then.lines if line.row.id in counted]
        found = tally("", lines)
        first = until.replace(day=1)
        newly = [x for x in lines if x.standing.closed_on and first <= x.standing.closed_on]
        return MonthView(
            name=f"{until.year}年{until.month}月",
            until=chinese_day(until),
            count=found.count,
            closed=found.closed,
            sustained=found.sustained,
            going_on=found.in_progress + found.awaiting_closing,
            not_started=found.not_started,
            newly_closed=sum(not line.standing.withdrawn for line in newly),
            overdue=found.overdue,
            measures=found.measures,
            measures_done=found.measures_done,
        )

    @cached_property
    def rules(self) -> list[str]:
        """The rules made or revised (建章立制)."""
        return list(self._results.rules)

    @cached_property
    def rules_revised(self) -> int:
        """How many of the rules say that they were revised."""
        return self._results.rules_revised

    @cached_property
    def money(self) -> str:
        """The money returned, in units of 10 000 yuan."""
        return self._results.ten_thousands

    @cached_property
    def people(self) -> dict[str, int]:
        """How many people were dealt with, by how."""
        return self._results.people

    @cached_property
    def _results(self) -> Results:
        counted = {x.row.id for x in self._selection.counted if not x.standing.withdrawn}
        return results(one for one in self._selection.day.ledger.findings if one.id in counted)

    def notice(self) -> NoticeContext:
        """Return the text of the notice, which is about all that is public."""
        return self._notice

    @cached_property
    def _notice(self) -> NoticeContext:
        composed = Composer(self._selection.day).compose()
        signed = composed.date if self._issue.signed is None else self.signed
        if not signed and composed.signature and not composed.printed_signature:
            signed = "" if self._is_original else TO_BE_SIGNED
        printed = composed.printed_signature if self._issue.signed is None else ()
        edition = self._issue.edition.value if self._issue.edition else ""
        return composed._replace(date=signed, edition=edition, printed_signature=printed)

    @property
    def _is_original(self) -> bool:
        return (self._inspection.notice or Notice()).is_original

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

    def _measure_seen(self, finding_id: str, number: int) -> MeasureView:
        view = self._one_seen(finding_id)
        return next(one for one in view.measures if one.number.endswith(f".{number}"))

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
