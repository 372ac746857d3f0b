"""What the board (看板) says: the figures, the lists and every finding, ready to be laid out.

A board is for leaders, so the findings that are not public are in it, marked 内部. One that is
meant for publication (`public`) has none of their words, and of the others only the fields that
may be published; all figures stay as they are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.measure_standing import MeasureStanding
from zhenggai.ledger.milestones import concentration, pressing
from zhenggai.ledger.register import departments_of
from zhenggai.ledger.standing import LedgerOnDay, Line, Standing, asking
from zhenggai.ledger.summary import Rate, Tally, counted, summarise, undecided, urgency, warned
from zhenggai.ledger.tenures import tenures
from zhenggai.ledger.trend import TrendPoint, trend, trend_days
from zhenggai.ledger.warning_levels import Level
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.record_models import Evidence
from zhenggai.model.terms import AWAITING, Colour, Grouping, Post, Stage, Timing
from zhenggai.views import phrases
from zhenggai.views.finding_detail import FindingSheet, facts, record_words
from zhenggai.views.phrases import deadline, measures_done, situation
from zhenggai.views.screen_text import visible

INTERNAL = "内部"
HIDDEN = "（不公开）"
_PUBLISHED = {one.key for one in Finding.DECLARED.values() if one.publish}
TIMELINE_ROWS = 60
"""Of more open findings than these the deadlines are counted by month."""

CLOSED, WITHDRAWN, STALE, WAITING, GOING = "closed", "withdrawn", "stale", "waiting", "going"
_TONES = {
    Colour.RED: "red",
    Colour.ORANGE: "orange",
    Colour.YELLOW: "yellow",
    Colour.BLUE: "blue",
}


def tone(standing: Standing) -> str:
    """Return by which colour and shape a finding is shown: its level of warning, else its stage."""
    if standing.withdrawn:
        return WITHDRAWN
    if standing.stage is Stage.CLOSED:
        return CLOSED
    if standing.level is not None:
        return _TONES[standing.level.colour]
    if standing.timing is Timing.STALE:
        return STALE
    return WAITING if standing.stage in AWAITING else GOING


class Share(NamedTuple):
    """A part of a card's number: how many of which level."""

    tone: str
    name: str
    number: int


class Card(NamedTuple):
    """One of the large figures; `tone` is that of the gravest among them, `meaning` says what."""

    name: str
    number: int
    tone: str
    meaning: str
    shares: tuple[Share, ...] = ()


class LegendEntry(NamedTuple):
    """What a colour and its shape mean in this ledger."""

    tone: str
    name: str
    meaning: str


class NamedRate(NamedTuple):
    """A rate, what it is called and what it is of."""

    name: str
    rate: Rate
    basis: str

    @property
    def words(self) -> str:
        """The rate with one decimal."""
        return phrases.percent(self.rate)


class Group(NamedTuple):
    """A table of progress by one grouping."""

    name: str
    rows: Sequence[Tally]
    total: Tally
    note: str = ""


class Holding(NamedTuple):
    """Who has the next step of how many findings, and since how long."""

    holder: str
    number: int
    longest: int
    ids: str


class Coordination(NamedTuple):
    """What a department asks others to settle (需协调事项)."""

    id: str
    title: str
    words: str
    level: str
    department: str
    since: date


class Due(NamedTuple):
    """An open finding on the line of deadlines."""

    id: str
    title: str
    on: date
    tone: str
    words: str


class MonthRow(NamedTuple):
    """How many open findings of a department fall due in each month."""

    label: str
    counts: Sequence[int]


class Months(NamedTuple):
    """The deadlines counted: a row for each department, a column for each month."""

    by: str
    months: Sequence[str]
    rows: Sequence[MonthRow]


class MeasureItem(NamedTuple):
    """A measure as it is listed."""

    number: str
    done: bool
    when: str
    text: str
    notes: tuple[str, ...]


class RecordItem(NamedTuple):
    """A record as it is listed."""

    on: str
    action: str
    words: str


class Item(NamedTuple):
    """A finding as the list has it, with everything that opens below it."""

    id: str
    title: str
    mark: str
    tone: str
    stage: str
    situation: str
    timing: str
    aspect: str
    departments: str
    owner: str
    deadline: str
    measures: str
    facts: tuple[tuple[str, str], ...]
    measure_items: tuple[MeasureItem, ...]
    records: tuple[RecordItem, ...]


class Board:
    """A ledger on a day as its board shows it."""

    def __init__(
        self,
        day: LedgerOnDay,
        *,
        public: bool = False,
        title: str = "",
        marking: str = "",
        served: bool = False,
    ) -> None:
        """Take a ledger on a day.

        `public` leaves out what may not be published; a board that is `served` can ask for a
        newer one.
        """
        self.day, self.public, self.marking = day, public, visible(marking)
        self.served = served
        self._title = title

    @property
    def today(self) -> date:
        """The day that counts."""
        return self.day.today

    @property
    def title(self) -> str:
        """What stands above the board."""
        return visible(self._title or f"{self.day.register.head.unit or ''}巡察整改看板")

    @property
    def subtitle(self) -> str:
        """Whose inspection it was, when it was fed back, and the day that counts."""
        head, today = self.day.register.head, self.day.today
        parts = [head.round, head.group]
        if since := head.terms.feedback_on:
            past = f"（已{(today - since).days}天）" if since <= today else ""
            parts.append(f"{since}反馈{past}")
        return visible(" · ".join(part for part in parts if part))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that count."""
        return counted(self.day.lines)

    @property
    def shown(self) -> list[Line]:
        """The lines whose words may be shown, the most pressing first."""
        lines = [one for one in self.day.lines if one.row.public or not self.public]
        return sorted(lines, key=lambda one: (one.standing.withdrawn, _order(one), urgency(one)))

    @property
    def hidden(self) -> int:
        """How many findings are counted and not shown."""
        return sum(1 for one in self.lines if self.public and not one.row.public)

    @cached_property
    def total(self) -> Tally:
        """The figures of the whole ledger."""
        return summarise(self.lines, Grouping.KIND)[1]

    @cached_property
    def notes(self) -> list[str]:
        """What is to be said of the figures as a whole."""
        head, today = self.day.register.head, self.day.today
        notes = [phrases.concentration(concentration(head, today))]
        notes += [phrases.outstanding(paper) for paper in pressing(head, today)]
        if self.hidden:
            notes.append(f"另有{self.hidden}个问题不公开，只计入数字")
        withdrawn = len(self.day.lines) - len(self.lines)
        if withdrawn:
            notes.append(f"已撤销登记{withdrawn}个，不计入")
        if unread := len(self.day.ledger.unreadable):
            notes.append(f"另有{unread}个文件有错误，未计入")
        return [visible(note) for note in notes if note]

    @cached_property
    def cards(self) -> list[Card]:
        """The five large figures."""
        levels = self.day.terms.levels
        past = next((one for one in levels if not one.is_early), None)
        early = [one for one in levels if one.is_early]
        overdue, soon = (warned(self.lines, one) for one in (Timing.OVERDUE, Timing.DUE_SOON))
        gravest = soon[0].standing.level if soon else early[0] if early else None
        return [
            Card("逾期", self.total.overdue, _of(past, "red"), "过了时限未申请", _shares(overdue)),
            Card("临期", len(soon), _of(gravest, "yellow"), _when(early), _shares(soon)),
            Card(
                Timing.STALE.value,
                len(warned(self.lines, Timing.STALE)),
                STALE,
                f"超过一个督查周期（{self.day.terms.supervision_period}）无进展",
            ),
            Card("待审核批准", len(undecided(self.lines)), WAITING, "已申请，等审核或批准"),
            Card("已销号", self.total.closed, CLOSED, f"共{self.total.count}个问题"),
        ]

    @cached_property
    def legend(self) -> list[LegendEntry]:
        """What colours and shapes mean here."""
        levels = [
            LegendEntry(_TONES[one.colour], visible(f"{one.colour} {one.name}"), _meaning(one))
            for one in self.day.terms.levels
        ]
        return [
            *levels,
            LegendEntry(STALE, "进展缓慢", "一个督查周期没有进展"),
            LegendEntry(WAITING, "待销号", "措施全部完成，等申请、审核或批准"),
            LegendEntry(GOING, "正常", "在时限以内"),
            LegendEntry(CLOSED, "已销号", "批准销号"),
        ]

    @cached_property
    def rates(self) -> list[NamedRate]:
        """The three rates with what they are of; what the authority above says, where it does."""
        total = self.total
        rates = [
            NamedRate("措施完成率", total.measure_rate, "完成的措施 ÷ 全部措施"),
            NamedRate("整改完成率", total.rectification_rate, "待销号和已销号 ÷ 全部问题"),
            NamedRate("销号率", total.closing_rate, "已销号 ÷ 全部问题，单位自报"),
        ]
        if total.recognised or total.rejected:
            rates.append(NamedRate("认可率", total.recognition_rate, "上级认可 ÷ 全部问题"))
        return rates

    @cached_property
    def trend(self) -> list[TrendPoint]:
        """How open and overdue findings have moved."""
        registers = [self.day.register]
        return trend(registers, trend_days(registers, self.day.today))

    @cached_property
    def groups(self) -> list[Group]:
        """The tables of progress; who answers for what is not published."""
        head = self.day.register.head
        groups = [self._group(Grouping.ASPECT, head.aspects)]
        if not self.public:
            note = "几个科室共同负责的，各计一次，合计只计一次"
            groups.append(self._group(Grouping.DEPARTMENT, (), note))
            groups.append(self._group(Grouping.LEADER))
            groups.append(self._group(Grouping.OWNER))
        return groups

    def _group(self, by: Grouping, declared: Sequence[str] = (), note: str = "") -> Group:
        lines = self.lines
        if self.public:
            known = {*declared, *(one.row.aspect for one in lines if one.row.public)}
            lines = [
                one
                if one.row.public or one.row.aspect in known
                else one._replace(row=one.row._replace(aspect=HIDDEN))
                for one in lines
            ]
        rows, total = summarise(lines, by, declared)
        return Group(
            by.value, [row._replace(label=visible(row.label)) for row in rows], total, note
        )

    @cached_property
    def holdings(self) -> list[Holding]:
        """Who has the next step of what is done or applied for, the longest wait first."""
        held: dict[str, list[Line]] = {}
        for line in self.lines:
            if holder := line.standing.holder:
                held.setdefault(self._holder(line, holder), []).append(line)
        found = [
            Holding(
                visible(name),
                len(lines),
                max(one.standing.waiting_days or 0 for one in lines),
                self._ids(lines),
            )
            for name, lines in held.items()
        ]
        return sorted(found, key=lambda one: (-one.longest, one.holder))

    def _holder(self, line: Line, holder: str) -> str:
        if line.standing.stage is not Stage.AWAITING_APPLICATION:
            return f"{holder}环节"
        names = "" if self.public else "、".join(line.row.departments)
        return f"{names or holder}（申请）"

    def _ids(self, lines: Iterable[Line]) -> str:
        ids = [one.row.id for one in lines if one.row.public or not self.public]
        return phrases.some(ids, 12)

    @property
    def unanswered(self) -> str:
        """Say how many urgings (督办) nobody has answered; '' where there is none."""
        lines = [one for one in self.lines if one.standing.unanswered]
        number = sum(one.standing.unanswered for one in lines)
        late = sum(one.standing.reply_overdue for one in lines)
        if not number:
            return ""
        overdue = f"，其中{late}件过了回复期限" if late else ""
        return f"督办未回复{number}件{overdue}：{self._ids(lines)}"

    @cached_property
    def coordination(self) -> list[Coordination]:
        """What the latest reports on open findings ask to be settled; never published."""
        if self.public:
            return []
        return [
            Coordination(
                finding.id,
                visible(finding.title),
                visible(report.to_coordinate or ""),
                visible(report.level or ""),
                visible("、".join(finding.departments)),
                report.on,
            )
            for finding, report in asking(self.day)
        ]

    @cached_property
    def open_dues(self) -> list[Line]:
        """The lines with a deadline that runs, the nearest first."""
        running = [one for one in self.lines if one.standing.days_left is not None]
        return sorted(running, key=lambda one: (one.standing.days_left or 0, one.row.number))

    @cached_property
    def dues(self) -> list[Due]:
        """The line of deadlines; empty where there are too many for one."""
        if len(self.open_dues) > TIMELINE_ROWS:
            return []
        return [
            Due(
                one.row.id,
                visible(one.row.title),
                one.standing.deadline,
                tone(one.standing),
                "检视" if one.standing.is_review else "",
            )
            for one in self.open_dues
            if one.standing.deadline and (one.row.public or not self.public)
        ]

    @cached_property
    def months(self) -> Months | None:
        """The deadlines by month, where there are too many for a line; else None."""
        if len(self.open_dues) <= TIMELINE_ROWS:
            return None
        by = Grouping.ASPECT if self.public else Grouping.DEPARTMENT
        months = sorted({f"{one.standing.deadline:%Y-%m}" for one in self.open_dues})
        rows: dict[str, Counter[str]] = {}
        for one in self.open_dues:
            month = f"{one.standing.deadline:%Y-%m}"
            for label in self._labels(one):
                rows.setdefault(label, Counter())[month] += 1
        ordered = sorted(rows.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return Months(
            by.value,
            months,
            [MonthRow(visible(label), [n[month] for month in months]) for label, n in ordered],
        )

    def _labels(self, line: Line) -> Iterable[str]:
        if not self.public:
            return dict.fromkeys(line.row.departments) or ("（未填写）",)
        return ((line.row.aspect or "（未填写）") if line.row.public else HIDDEN,)

    @cached_property
    def items(self) -> list[Item]:
        """Every finding that may be shown, the most pressing first."""
        findings = {one.id: one for one in self.day.ledger.findings}
        return [self._item(line, findings[line.row.id]) for line in self.shown]

    def _item(self, line: Line, finding: Finding) -> Item:
        row, state = line.row, line.standing
        done, of = measures_done(finding, self.day.today)
        standings = self.day.measure_standings(finding)
        return Item(
            id=row.id,
            title=visible(row.title),
            mark="" if row.public else INTERNAL,
            tone=tone(state),
            stage="已撤销登记" if state.withdrawn else state.stage.value,
            situation=visible(situation(state)),
            timing="" if state.withdrawn or state.stage is Stage.CLOSED else state.timing.value,
            aspect=visible(row.aspect or ""),
            departments="" if self.public else visible("、".join(row.departments)),
            owner="" if self.public else visible(state.owner or ""),
            deadline=deadline(state),
            measures=f"{done}/{of}",
            facts=tuple(self._facts(finding, state, standings)),
            measure_items=tuple(self._measures(finding, standings)),
            records=() if self.public else tuple(self._records(finding)),
        )

    def _facts(
        self, finding: Finding, state: Standing, standings: list[MeasureStanding]
    ) -> Iterator[tuple[str, str]]:
        day = self.day
        journal, timeline = day.journal(finding), day.timeline(finding)
        held = tuple(
            one for post in Post for one in tenures(journal, timeline, post, day.today, day.terms)
        )
        sheet = FindingSheet(day.ledger.name, finding, state, day.today, standings, held)
        for key, words in facts(sheet).items():
            is_told = words in (finding.due and str(finding.due), "、".join(finding.departments))
            is_told |= words == state.owner
            if not is_told and (not self.public or key in _PUBLISHED):
                yield visible(key), visible(words)

    def _measures(
        self, finding: Finding, standings: list[MeasureStanding]
    ) -> Iterator[MeasureItem]:
        for measure, state in zip(finding.measures, standings, strict=True):
            until = f"{state.deadline}前" if state.deadline else "未完成"
            yield MeasureItem(
                f"{finding.number}.{state.number}",
                state.done_on is not None,
                str(state.done_on) if state.done_on else until,
                visible(measure.text),
                tuple(visible(note) for note in self._measure_notes(finding, measure)),
            )

    def _measure_notes(self, finding: Finding, measure: Measure) -> Iterator[str]:
        if measure.outcome:
            yield f"成效：{measure.outcome}"
        if self.public:
            return
        if measure.departments:
            yield f"责任科室：{'、'.join(departments_of(measure, finding))}"
        if measure.owner:
            yield f"责任人：{measure.owner}"
        if measure.evidence:
            yield f"佐证材料：{_names(measure.evidence)}"

    def _records(self, finding: Finding) -> Iterator[RecordItem]:
        for record in finding.records:
            if record.on <= self.day.today:
                words = "，".join(part for part in record_words(finding, record) if part)
                yield RecordItem(str(record.on), record.action.value, visible(words))


def _names(evidence: Iterable[Evidence]) -> str:
    return "、".join(one.path for one in evidence)


# What comes first in the list: what is late, then what is near, and what is closed at the end.
_TIMINGS = (Timing.OVERDUE, Timing.DUE_SOON, Timing.STALE, Timing.NORMAL)


def _order(line: Line) -> int:
    state = line.standing
    return len(_TIMINGS) if state.stage is Stage.CLOSED else _TIMINGS.index(state.timing)


def _of(level: Level | None, otherwise: str) -> str:
    return _TONES[level.colour] if level else otherwise


def _shares(lines: Sequence[Line]) -> tuple[Share, ...]:
    """Return how many findings there are of each level, where there is more than one."""
    counts = Counter(one.standing.level for one in lines)
    if len(counts) < 2:  # noqa: PLR2004 - one level is what the card itself says
        return ()
    return tuple(
        Share(_TONES[level.colour], visible(level.name), count)
        for level, count in counts.items()
        if level
    )


def _when(early: Sequence[Level]) -> str:
    """Say from when on a finding is due soon: by the level that comes first."""
    first = max(early, key=lambda one: one.lead.rank, default=None)
    return "没有设预警" if first is None else f"距时限{_days(first)}以内"


def _days(level: Level) -> str:
    days, working = level.lead
    return f"{abs(days)}个工作日" if working else f"{abs(days)}天"


def _meaning(level: Level) -> str:
    if level.is_early:
        words = "时限当天" if not level.lead.days else f"距时限{_days(level)}以内"
    else:
        words = f"过了时限{_days(level)}以上" if level.lead.days < -1 else "过了时限"
    to = f"，发至{'、'.join(level.to)}" if level.to else ""
    return visible(words + to)


def board_texts(board: Board) -> list[str]:
    """Return every text of the ledger's that a board shows, each once."""
    said = [board.title, board.subtitle]
    said += [words for one in board.coordination for words in (one.words, one.level)]
    for item in board.items:
        said += [item.title, *(words for _, words in item.facts)]
        said += [words for one in item.measure_items for words in (one.text, *one.notes)]
        said += [one.words for one in item.records]
    return list(dict.fromkeys(said))
