"""Which findings a paper is about: the only place where that is decided, and refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.register import Terms, departments_of
from zhenggai.ledger.rounds import End, earlier_round
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.ledger.summary import warned
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.terms import AWAITING, FiguresOver, Stage, Timing

# What the department has in hand; later stages wait for somebody else, or for a review.
_AT_WORK = (Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_APPLICATION)


class Choice(NamedTuple):
    """What a paper is asked to be about: a finding by its id, a department, a leader, since when.

    None stands for all. `internal` takes in what is not public. Where not `leader_only`, a leader
    is one whose findings are listed beside the figures of all.
    """

    finding: str | None = None
    department: str | None = None
    since: str | None = None
    internal: bool = False
    leader: str | None = None
    handover: bool = False
    leader_only: bool = True


class Selected(NamedTuple):
    """A finding that a paper is about, with its line of the register.

    `link` says which finding of an earlier round it goes on from (上次): in a paper for the public
    only where both are public, '' elsewhere and where the older ledger is not at hand.
    """

    line: Line
    finding: Finding
    link: str = ""


class FindingSelection(NamedTuple):
    """The findings of a paper on a day, in the ledger's order, and the parts papers tell of.

    `helped` are the findings of others of which a measure is the chosen department's: papers tell
    of that measure and of no other. `since` is the first day that is told of. `counted` are the
    lines that figures are made of: those of all that were chosen, unless the ledger counts the
    public ones alone (通报口径).
    `left_out` counts the findings that were chosen and are not public. What was withdrawn from
    the register (撤销登记) is in no paper.
    """

    day: LedgerOnDay
    choice: Choice
    since: date
    found: tuple[Selected, ...]
    counted: tuple[Line, ...]
    left_out: int
    helped: tuple[Selected, ...] = ()

    @property
    def told(self) -> list[Selected]:
        """All findings that something is told of, in the order of their numbers."""
        return sorted((*self.found, *self.helped), key=lambda one: one.finding.number)

    def measures(self, of: Selected) -> list[int]:
        """Return the numbers of a finding's measures that the paper is about.

        They are all that are there on the day; of another department's finding those of the one
        chosen.
        """
        there = [
            number
            for number, one in enumerate(of.finding.measures, start=1)
            if one.added_on is None or one.added_on <= self.day.today
        ]
        return [n for n in there if of in self.found or self._is_own(of.finding, n)]

    def late_measures(self) -> list[tuple[Selected, int]]:
        """Return the measures open past their own deadlines, by their numbers, the latest first.

        Where a department was chosen they are those that it answers for.
        """
        found = [
            (late.days_left or 0, one, late.number)
            for one in self.told
            for late in one.line.standing.late_measures
            if self._is_own(one.finding, late.number)
        ]
        return [(one, number) for _, one, number in sorted(found, key=lambda late: late[0])]

    def _is_own(self, finding: Finding, number: int) -> bool:
        return _answers_for(self.choice.department, finding.measures[number - 1], finding)

    @property
    def counts_hidden(self) -> bool:
        """Whether figures count what is left out as well."""
        return len(self.counted) > len(self.found)

    @property
    def lines(self) -> list[Line]:
        """The lines of all of them."""
        return [one.line for one in self.found]

    def timed(self, timing: Timing) -> list[Line]:
        """Return those of one timing, most urgent first."""
        return warned(self.lines, timing)

    def closed(self) -> list[Line]:
        """Return those that were closed since the first day told of."""
        return [one for one in self.lines if self._is_told(one.standing.closed_on)]

    def moved(self) -> list[Line]:
        """Return those still open of which something was recorded since then."""
        return [one for one in self.lines if self._has_moved(one)]

    def still(self) -> list[Line]:
        """Return those on which work was to go on and did not; sustained ones wait for a review."""
        working = [one for one in self.lines if one.standing.stage in _AT_WORK]
        return [one for one in working if not self._has_moved(one)]

    def awaiting(self) -> list[Line]:
        """Return those that wait to be closed; the one asked for whatever its stage."""
        return self.lines if self.choice.finding else self.waiting()

    def waiting(self) -> list[Line]:
        """Return those that wait to be closed."""
        return [one for one in self.lines if one.standing.stage in AWAITING]

    def _has_moved(self, line: Line) -> bool:
        is_open = line.standing.stage is not Stage.CLOSED
        return is_open and self._is_told(line.standing.last_on)

    def _is_told(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.day.today


def _link(day: LedgerOnDay, finding: Finding, choice: Choice) -> str:
    if finding.previous is None or day.rounds is None:
        return ""
    earlier = day.rounds.find(finding.previous)
    if not isinstance(earlier, End):
        return ""
    may_be_told = choice.internal or (finding.public and earlier.row.public)
    return earlier_round(earlier, finding.relation) if may_be_told else ""


def select(day: LedgerOnDay, choice: Choice) -> FindingSelection:
    """Decide which findings of a ledger a paper is about.

    Raise WrongUsageError where nothing is as the choice wants it, RefusedError where something
    is and may not be told of.
    """
    ledger = day.ledger
    pairs = zip(day.lines, ledger.findings, strict=True)
    chosen = [
        Selected(line, one, _link(day, one, choice))
        for line, one in pairs
        if _is_chosen(line, one, choice) and (choice.finding or not line.standing.withdrawn)
    ]
    found = tuple(one for one in chosen if choice.internal or one.finding.public)
    helped = tuple(_helped(day, choice))
    notice = ledger.inspection.notice
    only_public = notice is not None and notice.figures_over is FiguresOver.PUBLIC
    counted = tuple(one.line for one in (found if only_public else chosen))
    leads = choice.leader is None or any(_is_led(one.line, one.finding, choice) for one in chosen)
    if not (found or helped) or not leads:
        _refuse_nothing(choice, day, hidden=bool(chosen))
    since = _since(choice, day)
    left_out = len(chosen) - len(found)
    return FindingSelection(day, choice, since, found, counted, left_out, helped)


def _helped(day: LedgerOnDay, choice: Choice) -> Iterator[Selected]:
    """Yield the findings of other departments of which the chosen one has a measure."""
    if choice.department is None or choice.leader is not None:
        return
    for line, finding in zip(day.lines, day.ledger.findings, strict=True):
        is_wanted = choice.finding in (None, finding.id) and not line.standing.withdrawn
        is_shown = choice.internal or finding.public
        if is_wanted and is_shown and choice.department not in finding.departments:
            measures = finding.measures
            if any(_answers_for(choice.department, one, finding) for one in measures):
                yield Selected(line, finding)


def _answers_for(department: str | None, measure: Measure, finding: Finding) -> bool:
    """Whether a department, None for any, answers for a measure."""
    return department is None or department in departments_of(measure, finding)


def _is_chosen(line: Line, finding: Finding, choice: Choice) -> bool:
    if choice.finding not in (None, finding.id):
        return False
    if choice.leader_only and not _is_led(line, finding, choice):
        return False
    return choice.department is None or choice.department in finding.departments


def _is_led(line: Line, finding: Finding, choice: Choice) -> bool:
    return choice.leader in (None, line.standing.leader, finding.led_by)


def _refuse_nothing(choice: Choice, day: LedgerOnDay, *, hidden: bool) -> None:
    """Say why there is nothing to write about, where something was asked for."""
    if choice.finding is None and choice.department is None and choice.leader is None:
        return
    ledger = day.ledger
    if hidden:
        raise RefusedError("要写的问题不公开，未写入；不对外的文书要写，加 --internal")
    if choice.leader is not None:
        leaders = dict.fromkeys(filter(None, (one.standing.leader for one in day.lines)))
        raise WrongUsageError(
            f"没有责任领导或领办是“{choice.leader}”的问题；现有：{'、'.join(leaders)}"
        )
    known = dict.fromkeys(
        name
        for finding in ledger.findings
        for names in (finding.departments, *(one.departments for one in finding.measures))
        for name in names
    )
    raise WrongUsageError(
        f"没有责任科室是“{choice.department}”的问题或措施；现有：{'、'.join(known)}"
    )


def _since(choice: Choice, day: LedgerOnDay) -> date:
    """Return the first day told of: the one asked for, or that of the last supervision period."""
    today = day.today
    if choice.since is None:
        return _first_day(day.terms, today)
    try:
        since = parse_day(choice.since)
    except DateTextError as error:
        raise WrongUsageError(f"--since：{error}；写成 {DAY_FORMS}") from None
    if since > today:
        raise WrongUsageError(f"--since：{since}尚未到，今天按{today}计算")
    return since


def _first_day(terms: Terms, today: date) -> date:
    """Return the first day of the supervision period that ends today.

    Neither months nor working days are of one length.
    """
    period = terms.supervision_period
    day = today - (terms.after(period, today) - today)
    while terms.after(period, day) > today:
        day -= timedelta(days=1)
    while terms.after(period, day) <= today:
        day += timedelta(days=1)
    return day
