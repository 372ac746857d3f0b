"""The rows that a ledger has in each table."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from zhenggai.ledger.journal import Journal, fold
from zhenggai.ledger.register import Terms, Timeline
from zhenggai.ledger.standing import Standing, standing_by
from zhenggai.ledger.tenures import holdings
from zhenggai.ledger.warning_levels import levels
from zhenggai.ledger.working_days import Calendar
from zhenggai.model.days_off import DaysOff
from zhenggai.model.declaration import Model
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.problem import Problem
from zhenggai.model.record_models import RECORDS
from zhenggai.model.terms import Severity
from zhenggai.rollup.table_schema import (
    CLOSING_STEPS,
    COLUMN_OF,
    DAYS,
    FINDING_DEPARTMENTS,
    FINDINGS,
    HOLDERS,
    INSPECTION_ASPECTS,
    INSPECTIONS,
    LEDGER_DAYS,
    LIST_ITEMS,
    MEASURES,
    MONTHS,
    RECORD_ROWS,
    STANDING,
    UNREADABLE,
    WARNINGS,
    Cells,
    Cut,
    Row,
    Table,
    list_fields,
    whole_row,
)
from zhenggai.storage.known_days_off import days_off_by_notice

Rows = list[Row]
_Ids = tuple[str, str]


class Counts(NamedTuple):
    """Whether a ledger is counted at all, and how many of its findings were read and were not."""

    is_read: bool
    findings_read: int
    findings_unreadable: int


FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2049, 12, 31)
"""The days that the table of days has: the same whatever the ledgers say."""

_DECEMBER = 12


class LedgerRows:
    """Collects the rows of a ledger and of its findings, table by table."""

    def __init__(self, ledger_id: str, *, internal: bool) -> None:
        """Take the ledger's id, and whether words of findings that are not public are wanted."""
        self.rows: defaultdict[str, Rows] = defaultdict(list)
        self._id, self._internal = ledger_id, internal

    def add_ledger(
        self, region: str, inspection: Inspection, problems: Iterable[Problem], counts: Counts
    ) -> None:
        """Add what a ledger says apart from its findings, and what is wrong with its files."""
        own_days = _own_days(inspection.days_off, days_off_by_notice())
        given = (self._id, region or None, *counts, _calendar_name(own_days))
        self._put(INSPECTIONS, given, inspection, hidden=False)
        reported = inspection.aspect_findings_reported
        for place, aspect in enumerate(dict.fromkeys([*inspection.aspects, *reported]), start=1):
            self._put_cells(INSPECTION_ASPECTS, self._id, place, aspect, reported.get(aspect))
        for place, step in enumerate(inspection.closing_steps, start=1):
            self._put_cells(CLOSING_STEPS, self._id, place, step)
        for place, one in enumerate(levels(inspection), start=1):
            days, working = one.lead.days, bool(one.lead.working)
            self._put_cells(WARNINGS, self._id, place, one.name, one.colour, days, working)
        self._put_items(None, "inspections", None, inspection, hidden=False)
        for own_day in own_days:
            self._put_cells(LEDGER_DAYS, self._id, *own_day)
        for file, problem in _faults(problems):
            self._put_cells(UNREADABLE, self._id, file, problem.code, problem.message)

    def add_finding(
        self, finding: Finding, events: Timeline, journal: Journal, terms: Terms
    ) -> None:
        """Add what a finding says, of which these are the timeline and the whole journal."""
        finding_id = f"{self._id}/{finding.id}"
        hidden = not (finding.public or self._internal)
        ids = (finding_id, self._id)
        self._put(FINDINGS, (*ids, finding.id), finding, hidden=hidden)
        self._put_items(finding_id, "findings", None, finding, hidden=hidden)
        self._put_departments(ids, None, finding.departments, assisting=False)
        self._put_departments(ids, None, finding.assisting, assisting=True)
        for place, measure in enumerate(finding.measures, start=1):
            self._put(MEASURES, (*ids, place), measure, hidden=hidden)
            self._put_departments(ids, place, measure.departments, assisting=False)
            self._put_items(finding_id, "measures", place, measure, hidden=hidden)
        if events.events:
            self._put_records(ids, finding, events, journal.out_of_turn)
            for held in holdings(events, terms):
                self._put_cells(HOLDERS, *ids, *held)

    def _put_records(
        self, ids: _Ids, finding: Finding, events: Timeline, out_of_turn: Container[int]
    ) -> None:
        hidden = not (finding.public or self._internal)
        struck = {one.place: (one.on, one.by + 1) for one in events.struck}
        for seq, event in enumerate(events.events, start=1):
            record, place = finding.records[event.place], event.place + 1
            correction = struck.get(event.place, (None, None))
            given = (*ids, seq, place, event.on, *correction, event.place not in out_of_turn)
            self._put(RECORD_ROWS, given, record, hidden=hidden)
            self._put_items(ids[0], "records", place, record, hidden=hidden)

    def _put_departments(
        self, ids: _Ids, measure: int | None, names: Sequence[str], *, assisting: bool
    ) -> None:
        for place, name in enumerate(dict.fromkeys(names), start=1):
            self._put_cells(FINDING_DEPARTMENTS, *ids, measure, place, name, assisting)

    def _put_items(
        self,
        finding_id: str | None,
        owner: str,
        owner_place: int | None,
        model: Model,
        *,
        hidden: bool,
    ) -> None:
        if hidden:
            return
        for name in _LIST_FIELDS[type(model)]:
            value = getattr(model, name)
            if not value:
                continue
            pairs = value.items() if isinstance(value, dict) else ((one, None) for one in value)
            for place, (said, told) in enumerate(pairs, start=1):
                text, number = str(getattr(said, "path", said)), told
                if isinstance(told, str):  # 经审定数, 回避: what stands for what
                    text, number = f"{said}：{told}", None
                ids = (self._id, finding_id, owner, owner_place, name)
                self._put_cells(LIST_ITEMS, *ids, place, text, number)

    def _put(self, table: Table, given: Cells, model: Model, *, hidden: bool) -> None:
        cutting = (_WITHOUT_WORDS if hidden else _CUTTINGS)[type(model)]
        self.rows[table.name].append((cutting.cut, cutting.cells(given, model)))

    def _put_cells(self, table: Table, *cells: Any) -> None:
        self.rows[table.name].append(whole_row(table, cells))


_LIST_FIELDS: dict[type[Model], tuple[str, ...]] = {
    model: tuple(list_fields(model)) for model in (Inspection, Finding, Measure, *RECORDS.values())
}

# Fields that are several columns each: what the field is called, and what is behind it.
_SEVERAL = (
    *("plan", "report", "democratic_meeting"),
    *("supervision_period", "decision_period", "review_every"),
)
_FIELD_OF = {column: field for field, column in COLUMN_OF.items()}


class _Cutting:
    """How a row of a table is cut from a model of one class, behind the cells that are given."""

    def __init__(self, table: Table, model: type[Model], *, words: bool) -> None:
        """Take the table, the class, and whether with words."""
        given = table.given
        columns = [
            (one, _behind(one.name) or (_FIELD_OF.get(one.name, one.name), None))
            for one in table.columns[given:]
            if words or not one.words
        ]
        columns = [(one, way) for one, way in columns if way[0] in model.DECLARED]
        self.cut = Cut(table, [*table.columns[:given], *(one for one, _ in columns)])
        own = [outer for _, (outer, inner) in columns if inner is None]
        self._own = attrgetter(*own)
        self._ways = [(outer, inner) for _, (outer, inner) in columns if inner is not None]
        # The fields of the class come first, and then what is behind others: back into order.
        fields, behind = count(given), count(given + len(own))
        places = [next(fields if inner is None else behind) for _, (_, inner) in columns]
        self._in_order = itemgetter(*range(given), *places) if self._ways else None

    def cells(self, given: Cells, model: Model) -> Cells:
        """Return the cells of a model's row."""
        found: Cells = given + self._own(model)
        if self._in_order is None:
            return found
        found += tuple(getattr(getattr(model, outer), inner, None) for outer, inner in self._ways)
        in_order: Cells = self._in_order(found)
        return in_order


def _behind(column: str) -> tuple[str, str] | None:
    """Return the field that a column is behind, and what is there; None for a field's own."""
    for outer in _SEVERAL:
        if column.startswith(f"{outer}_"):
            inner = column.removeprefix(f"{outer}_")
            return outer, _FIELD_OF.get(inner, inner)
    return None


_TABLE_OF: dict[type[Model], Table] = {
    Inspection: INSPECTIONS,
    Finding: FINDINGS,
    Measure: MEASURES,
    **dict.fromkeys(RECORDS.values(), RECORD_ROWS),
}
_CUTTINGS, _WITHOUT_WORDS = (
    {model: _Cutting(table, model, words=words) for model, table in _TABLE_OF.items()}
    for words in (True, False)
)


class _OwnDay(NamedTuple):
    """A day that a ledger has otherwise than the notices."""

    day: date
    is_working: bool
    is_known: bool


def _own_days(known: DaysOff | None, by_notice: DaysOff) -> list[_OwnDay]:
    """Return the days that a ledger has otherwise than the notices, in order.

    Those are all days of a year whose arrangements it alone knows of.
    """
    if known is None or known == by_notice:
        return []
    own, usual = Calendar(known), Calendar(by_notice)
    days = known.off ^ by_notice.off | known.worked ^ by_notice.worked
    for year in known.years ^ by_notice.years:
        days |= {date(year, 1, 1) + timedelta(days=one) for one in range(366)}
    return [
        _OwnDay(day, own.is_working(day), own.is_known(day))
        for day in sorted(days)
        if own.is_working(day) != usual.is_working(day) or own.is_known(day) != usual.is_known(day)
    ]


def _calendar_name(own_days: Sequence[_OwnDay]) -> str | None:
    """Return the name of a calendar: another for other days, None for that of the notices."""
    return sha256(repr(own_days).encode()).hexdigest()[:16] if own_days else None


def _faults(problems: Iterable[Problem]) -> Iterator[tuple[str, Problem]]:
    """Yield the errors of a ledger's files, each with the file's own name."""
    found = [
        (one.path.rpartition("/")[2], one) for one in problems if one.severity is Severity.ERROR
    ]
    yield from sorted(found, key=lambda pair: (pair[0], pair[1].code, pair[1].message))


_LATE, _LEVEL = map(Standing._fields.index, ("late_measures", "level"))


def standing_cells(day: date, finding_id: str, ledger_id: str, standing: Standing) -> Cells:
    """Return the row of a finding's standing on a day."""
    level = standing.level
    return (
        day,
        finding_id,
        ledger_id,
        *standing[:_LATE],
        len(standing.late_measures),
        *standing[_LATE + 1 : _LEVEL],
        *((level.name, level.colour) if level else (None, None)),
        *standing[_LEVEL + 1 :],
    )


def standing_rows(
    ledger_id: str,
    number: str,
    timeline: Timeline,
    terms: Terms,
    days: Iterable[date],
    journal: Journal | None = None,
) -> Rows:
    """Return the rows of a finding's standing on some days.

    `journal` is the whole one, if it is there: it is also that of every day after the last record.
    """
    finding_id = f"{ledger_id}/{number}"
    rows = []
    for day in days:
        of_day = journal if journal and day >= timeline.last_on else None
        of_day = of_day or fold(timeline, terms, day)
        told = standing_by(of_day, timeline, day, terms)
        rows.append(whole_row(STANDING, standing_cells(day, finding_id, ledger_id, told)))
    return rows


def common_rows() -> dict[str, Rows]:
    """Return the rows of the tables that are the same whatever the ledgers say."""
    calendar = Calendar(days_off_by_notice())
    number = (LAST_DAY - FIRST_DAY).days + 1
    days = [FIRST_DAY + timedelta(days=one) for one in range(number)]
    firsts = [day for day in days if day.day == 1]
    return {
        DAYS.name: [
            whole_row(DAYS, (day, calendar.is_working(day), calendar.is_known(day))) for day in days
        ],
        MONTHS.name: [
            whole_row(MONTHS, (day.year * 12 + day.month, day, _last_of_month(day)))
            for day in firsts
        ],
    }


def _last_of_month(first: date) -> date:
    following = date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)
    return following - timedelta(days=1)


def days_of(today: date, feedback_on: date | None, *, weekly: bool) -> list[date]:
    """Return the days to be told of: the one asked for, and every seventh before it if wanted.

    The weeks go back to the feedback: before it there is nothing to be told.
    """
    if not weekly or feedback_on is None:
        return [today]
    weeks = max((today - feedback_on).days, 0) // 7
    return [today - timedelta(days=7 * back) for back in range(weeks, -1, -1)]
