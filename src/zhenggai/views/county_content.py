"""What the board of many ledgers says: a county's figures and what presses, on one sheet of paper.

It is for those who watch over many units, and for internal use: no list of all findings, nothing
of persons. Every figure is the sum of what `status` says of the ledgers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.figures import Results, results
from zhenggai.ledger.milestones import concentration, outstanding
from zhenggai.ledger.standing import LedgerOnDay, Line, asking, last_report, lines
from zhenggai.ledger.summary import UNASSIGNED, Rate, Tally, counted, tally
from zhenggai.model.inspection_model import Assessment
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Relation, Stage
from zhenggai.views import phrases
from zhenggai.views.board_content import CLOSED, GOING, WAITING, Card
from zhenggai.views.screen_text import visible

MOST_ROUNDS, MOST_RED, MOST_ASKED, MOST_COMMON, MOST_REPEATED, MOST_NAMED = 6, 8, 5, 6, 5, 6
MOST_UNITS = 60
"""Of more units than these the sheet has no room for each."""
COMMON_UNITS = 3
"""A kind of finding that so many units have is one they have in common (共性问题)."""
_EARLIER = "以前各轮"


class UnitRow(NamedTuple):
    """A unit: its ledger's figures, and how long its most overdue finding is overdue (days)."""

    name: str
    round: str
    tally: Tally
    longest: int


class RoundRow(NamedTuple):
    """The figures of the units of one round, and how they differ from those of a month's end.

    `left` says how many days of 集中整改期 are left, of the units where its end is known.
    """

    name: str
    units: int
    tally: Tally
    left: str
    more_closed: int
    more_overdue: int

    @property
    def unfinished(self) -> int:
        """The findings neither closed nor 基本完成."""
        return self.tally.count - self.tally.closed - self.tally.sustained


class Asked(NamedTuple):
    """What a unit asks others to settle (需协调事项)."""

    unit: str
    id: str
    words: str
    level: str
    since: date


class CommonKind(NamedTuple):
    """A kind of finding (问题类别) that several units have."""

    name: str
    units: int
    findings: int
    open: int
    overdue: int


class RepeatedFinding(NamedTuple):
    """A finding that an earlier inspection had found already."""

    unit: str
    id: str
    title: str
    stage: str


class Votes(NamedTuple):
    """How the votes on whether people are content (满意度测评) fell, added up."""

    counts: tuple[tuple[str, int], ...]
    total: int


class CountyBoard:
    """Many ledgers on a day as their board shows them."""

    def __init__(
        self,
        days: Sequence[LedgerOnDay],
        *,
        left_out: Sequence[str] = (),
        title: str = "",
        marking: str = "",
        served: bool = False,
    ) -> None:
        """Take ledgers on one day; `left_out` are those of which inspection.yaml has errors.

        A board that is `served` can ask for a newer one.
        """
        self.days, self.left_out, self.served = days, left_out, served
        self.marking, self._title = visible(marking), title

    @property
    def title(self) -> str:
        """What stands above the board."""
        return visible(self._title or "巡察整改总览")

    @property
    def today(self) -> date:
        """The day that counts."""
        return self.days[0].today

    @property
    def month_end(self) -> date:
        """The last day of the month before: what figures are compared with."""
        return self.today.replace(day=1) - timedelta(days=1)

    @property
    def subtitle(self) -> str:
        """How much there is, and what it is compared with."""
        rounds = len({self._round(day) for day in self.days})
        return f"{len(self.days)}个单位 · {rounds}个轮次 · 与上月末（{self.month_end}）相比"

    @cached_property
    def _lines(self) -> list[list[Line]]:
        """The lines of each ledger."""
        return [day.lines for day in self.days]

    @cached_property
    def _before(self) -> list[list[Line]]:
        """The lines of each ledger as they stood at the end of the month before."""
        return [lines(day.register, self.month_end) for day in self.days]

    @cached_property
    def _names(self) -> list[str]:
        """What each unit is called; by its ledger where two of one round have the same name."""
        said = Counter((self._round(day), self._unit(day)) for day in self.days)
        return [
            visible(
                self._unit(day)
                if said[self._round(day), self._unit(day)] == 1
                else f"{self._unit(day)}（{day.ledger.name}）"
            )
            for day in self.days
        ]

    def _unit(self, day: LedgerOnDay) -> str:
        return day.register.head.unit or day.ledger.name

    def _round(self, day: LedgerOnDay) -> str:
        return day.register.head.round or UNASSIGNED

    @cached_property
    def total(self) -> RoundRow:
        """The figures of all."""
        return self._row("合计", range(len(self.days)))

    @property
    def rounds(self) -> list[RoundRow]:
        """The figures of each round, the latest first; of the earliest together when many."""
        members: dict[str, list[int]] = {}
        for place, day in enumerate(self.days):
            members.setdefault(self._round(day), []).append(place)

        def latest(name: str) -> date:
            fed_back = (self.days[one].terms.feedback_on for one in members[name])
            return max((day for day in fed_back if day), default=date.min)

        names = sorted(members, key=lambda name: (name != UNASSIGNED, latest(name)), reverse=True)
        if len(names) <= MOST_ROUNDS:
            return [self._row(name, members[name]) for name in names]
        shown, rest = names[: MOST_ROUNDS - 1], names[MOST_ROUNDS - 1 :]
        together = [place for name in rest for place in members[name]]
        return [*(self._row(name, members[name]) for name in shown), self._row(_EARLIER, together)]

    def _row(self, name: str, places: Sequence[int]) -> RoundRow:
        now = tally("", [line for place in places for line in self._lines[place]])
        then = tally("", [line for place in places for line in self._before[place]])
        return RoundRow(
            visible(name),
            len(places),
            now,
            self._left([self.days[place] for place in places]),
            now.closed - then.closed,
            now.overdue - then.overdue,
        )

    def _left(self, days: Iterable[LedgerOnDay]) -> str:
        """Say how many days of 集中整改期 are left: of one that ends first to that ends last."""
        found = (concentration(day.register.head, day.today) for day in days)
        left = sorted(one.days_left for one in found if one is not None)
        if not left:
            return phrases.NOTHING
        if left[-1] < 0:
            return "已结束"
        running = [one for one in left if one >= 0]
        span = f"{running[0]}" if running[0] == running[-1] else f"{running[0]}至{running[-1]}"
        ended = len(left) - len(running)
        return f"{span}天" + (f"，{ended}个已结束" if ended else "")

    @property
    def cards(self) -> list[Card]:
        """The large figures."""
        total = self.total.tally
        late = len(self._overdue_units)
        return [
            Card("问题", total.count, GOING, f"{len(self.days)}个单位"),
            Card("完成", total.closed, CLOSED, "已销号，单位自报"),
            Card("基本完成", total.sustained, WAITING, "长期坚持，措施全部完成"),
            Card("未完成", self.total.unfinished, GOING, "整改中、待销号、未启动"),
            Card("逾期", total.overdue, "red", f"涉及{late}个单位" if late else "过了时限未申请"),
        ]

    @property
    def notes(self) -> list[str]:
        """What is to be said of the figures as a whole."""
        notes = []
        if self.left_out:
            names = phrases.some(list(self.left_out), MOST_NAMED)
            notes.append(
                f"有{len(self.left_out)}本台账的inspection.yaml有错误，未计入任何数：{names}"
            )
        if unread := sum(len(day.ledger.unreadable) for day in self.days):
            notes.append(f"另有{unread}个文件有错误，未计入")
        withdrawn = sum(line.standing.withdrawn for those in self._lines for line in those)
        if withdrawn:
            notes.append(f"已撤销登记{withdrawn}个，不计入")
        return [visible(note) for note in notes]

    @cached_property
    def units(self) -> list[UnitRow]:
        """The units, those with most that is overdue first, then those that are least far."""
        found = [
            UnitRow(name, visible(self._round(day)), tally("", those), _longest(those))
            for name, day, those in zip(self._names, self.days, self._lines, strict=True)
        ]
        return sorted(
            found,
            key=lambda one: (
                *(-one.tally.overdue, -one.longest),
                *(one.tally.closing_rate.tenths, one.name, one.round),
            ),
        )

    @property
    def has_room_for_units(self) -> bool:
        """Whether the sheet has room for a line of each unit."""
        return len(self.days) <= MOST_UNITS

    @property
    def _overdue_units(self) -> list[UnitRow]:
        return [one for one in self.units if one.tally.overdue]

    @property
    def red_units(self) -> list[UnitRow]:
        """The units with most that is overdue."""
        return self._overdue_units[:MOST_RED]

    @property
    def more_red(self) -> int:
        """How many more units have something overdue."""
        return len(self._overdue_units) - len(self.red_units)

    @cached_property
    def _asked(self) -> list[Asked]:
        found = [
            Asked(
                name,
                finding.id,
                visible(report.to_coordinate or ""),
                visible(report.level or ""),
                report.on,
            )
            for name, day in zip(self._names, self.days, strict=True)
            for finding, report in asking(day)
        ]
        return sorted(found, key=lambda one: (one.since, one.unit, one.id))

    @property
    def asked(self) -> list[Asked]:
        """What units ask to be settled, what has waited longest first."""
        return self._asked[:MOST_ASKED]

    @property
    def asked_count(self) -> int:
        """How much units ask to be settled."""
        return len(self._asked)

    @property
    def common(self) -> list[CommonKind]:
        """The kinds of finding that several units have, those that most have first."""
        # Two rounds of one unit have one name, and are one unit.
        units: dict[str, set[str]] = {}
        found: dict[str, list[Line]] = {}
        for name, those in zip(self._names, self._lines, strict=True):
            for line in counted(those):
                if category := line.row.further("category"):
                    units.setdefault(category, set()).add(name)
                    found.setdefault(category, []).append(line)
        kinds = [
            CommonKind(
                visible(name),
                len(units[name]),
                len(those),
                sum(one.standing.is_open for one in those),
                tally("", those).overdue,
            )
            for name, those in found.items()
            if len(units[name]) >= COMMON_UNITS
        ]
        ordered = sorted(kinds, key=lambda one: (-one.units, -one.findings, one.name))
        return ordered[:MOST_COMMON]

    @cached_property
    def _repeated(self) -> list[RepeatedFinding]:
        return [
            RepeatedFinding(name, line.row.id, visible(line.row.title), line.standing.stage.value)
            for name, those in zip(self._names, self._lines, strict=True)
            for line in counted(those)
            if line.row.further("relation") is Relation.REPEATED
        ]

    @property
    def repeated(self) -> list[RepeatedFinding]:
        """The first of the findings that earlier inspections had found, those open first."""
        ordered = sorted(self._repeated, key=lambda one: one.stage == Stage.CLOSED.value)
        return ordered[:MOST_REPEATED]

    @property
    def repeated_count(self) -> int:
        """How many findings earlier inspections had found."""
        return len(self._repeated)

    @cached_property
    def results(self) -> Results:
        """What has come of it that can be counted."""
        return results(finding for day in self.days for finding in _counted_findings(day))

    @property
    def people(self) -> list[tuple[str, int]]:
        """How many people were dealt with, by what was done."""
        return sorted((visible(how), number) for how, number in self.results.people.items())

    @cached_property
    def _assessed(self) -> list[Assessment]:
        """The latest assessment of each unit that has one."""
        found = []
        for day in self.days:
            told = [one for one in day.ledger.inspection.assessments if one.on <= day.today]
            if told:
                found.append(max(told, key=lambda one: one.on))
        return found

    @property
    def assessed_count(self) -> int:
        """How many units have been assessed (评估)."""
        return len(self._assessed)

    @property
    def grades(self) -> list[tuple[str, int]]:
        """How many units were given which grade (等次)."""
        grades = Counter(visible(one.grade) for one in self._assessed if one.grade)
        return sorted(grades.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def sent_back(self) -> int:
        """How many findings assessments sent back to be rectified again."""
        return sum(len(one.sent_back) for one in self._assessed)

    @cached_property
    def votes(self) -> Votes:
        """The votes of all assessments, by what was voted."""
        counts: Counter[str] = Counter()
        for one in self._assessed:
            counts.update(one.votes)
        return Votes(tuple((visible(what), n) for what, n in counts.items()), counts.total())

    @property
    def contented(self) -> Rate:
        """The votes that were 满意, of all that were cast."""
        return Rate(dict(self.votes.counts).get("满意", 0), self.votes.total)

    @property
    def missing_papers(self) -> list[str]:
        """The papers that units were to send in and have not: the unit, the paper, how late."""
        found = [
            (paper.days_left, f"{name}：{paper.name}（迟{-paper.days_left}天）")
            for name, day in zip(self._names, self.days, strict=True)
            for paper in outstanding(day.register.head, day.today)
            if paper.is_missed
        ]
        return [visible(words) for _, words in sorted(found)]

    @property
    def silent_units(self) -> list[str]:
        """The units with something open of which nothing was reported in a supervision period."""
        return [
            name
            for name, day, those in zip(self._names, self.days, self._lines, strict=True)
            if _is_silent(day, those)
        ]

    def first(self, names: Sequence[str]) -> str:
        """Write the first names of many, and how many there are."""
        more = f"，共{len(names)}个" if len(names) > MOST_NAMED else ""
        return phrases.some(list(names), MOST_NAMED) + more


def _counted_findings(day: LedgerOnDay) -> list[Finding]:
    pairs = zip(day.lines, day.ledger.findings, strict=True)
    return [finding for line, finding in pairs if not line.standing.withdrawn]


def _longest(those: Iterable[Line]) -> int:
    """Return for how many days the most overdue finding is overdue; 0 where none is."""
    left = [one.standing.days_left for one in counted(those)]
    return -min((days for days in left if days is not None and days < 0), default=0)


def _is_silent(day: LedgerOnDay, those: Sequence[Line]) -> bool:
    """Whether a unit with open findings has reported on none of them in a supervision period."""
    pairs = zip(those, day.ledger.findings, strict=True)
    open_ones = [finding for line, finding in pairs if line.standing.is_open]
    if not open_ones:
        return False
    told = [report.on for one in open_ones if (report := last_report(one, day.today))]
    since = max((*told, *filter(None, [day.terms.feedback_on])), default=None)
    return since is None or day.today > day.terms.after(day.terms.supervision_period, since)


def county_texts(board: CountyBoard) -> list[str]:
    """Return every text of the ledgers' that a board of many ledgers shows, each once."""
    said = [board.title, *(one.name for one in board.rounds), *(one.name for one in board.units)]
    said += [words for one in board.asked for words in (one.words, one.level)]
    said += [one.name for one in board.common]
    said += [one.title for one in board.repeated]
    said += [name for name, _ in board.grades]
    said += [what for what, _ in board.votes.counts]
    said += [how for how, _ in board.people]
    return list(dict.fromkeys(said))
