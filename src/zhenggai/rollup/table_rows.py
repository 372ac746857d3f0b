"""The rows that a ledger has in each table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from zhenggai.ledger.register import Timeline
from zhenggai.ledger.standing import Standing
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
    COLUMN_OF,
    DAYS,
    FINDING_DEPARTMENTS,
    FINDINGS,
    INSPECTION_ASPECTS,
    INSPECTIONS,
    LEDGER_DAYS,
    LIST_ITEMS,
    MEASURES,
    MONTHS,
    RECORD_ROWS,
    UNREADABLE,
    WARNINGS,
    Table,
    list_fields,
)
from zhenggai.storage.known_days_off import days_off_by_notice

Cells = tuple[Any, ...]
Rows = list[Cells]


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
        self.rows: dict[str, Rows] = {}
        self._id, self._internal = ledger_id, internal

    def add_ledger(
        self, region: str, inspection: Inspection, problems: Iterable[Problem], counts: Counts
    ) -> None:
        """Add what a ledger says apart from its findings, and what is wrong with its files."""
        given = {"ledger_id": self._id, "region": region or None, **counts._asdict()}
        self._put(INSPECTIONS, given, inspection)
        reported = inspection.aspect_findings_reported
        for place, aspect in enumerate(dict.fromkeys([*inspection.aspects, *reported]), start=1):
            self._put_cells(INSPECTION_ASPECTS, self._id, place, aspect, reported.get(aspect))
        for place, one in enumerate(levels(inspection), start=1):
            days, working = one.lead.days, bool(one.lead.working)
            self._put_cells(WARNINGS, self._id, place, one.name, one.colour, days, working)
        self._put_items(None, "inspections", None, inspection, hidden=False)
        for day, works in _own_days(inspection.days_off, days_off_by_notice()):
            self._put_cells(LEDGER_DAYS, self._id, day, works)
        for file, problem in _faults(problems):
            self._put_cells(UNREADABLE, self._id, file, problem.code, problem.message)

    def add_finding(self, finding: Finding, events: Timeline) -> None:
        """Add what a finding says, of which this is the timeline."""
        finding_id = f"{self._id}/{finding.id}"
        hidden = not (finding.public or self._internal)
        ids = {"finding_id": finding_id, "ledger_id": self._id}
        self._put(FINDINGS, ids | {"number": finding.id}, finding, hidden=hidden)
        self._put_items(finding_id, "findings", None, finding, hidden=hidden)
        self._put_departments(ids, None, finding.departments, assisting=False)
        self._put_departments(ids, None, finding.assisting, assisting=True)
        for place, measure in enumerate(finding.measures, start=1):
            self._put(MEASURES, ids | {"place": place}, measure, hidden=hidden)
            self._put_departments(ids, place, measure.departments, assisting=False)
            self._put_items(finding_id, "measures", place, measure, hidden=hidden)
        struck = {one.place: one.on for one in events.struck}
        for seq, event in enumerate(events.events, start=1):
            record, place = finding.records[event.place], event.place + 1
            given = {"seq": seq, "place": place, "counts_on": event.on}
            given |= {"struck_on": struck.get(event.place)}
            self._put(RECORD_ROWS, ids | given, record, hidden=hidden)
            self._put_items(finding_id, "records", place, record, hidden=hidden)

    def _put_departments(
        self, ids: Mapping[str, str], measure: int | None, names: Sequence[str], *, assisting: bool
    ) -> None:
        for place, name in enumerate(dict.fromkeys(names), start=1):
            self._put_cells(FINDING_DEPARTMENTS, *ids.values(), measure, place, name, assisting)

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

    def _put(
        self, table: Table, given: Mapping[str, Any], model: Model, *, hidden: bool = False
    ) -> None:
        takers = _TAKERS[table.name]
        self.rows.setdefault(table.name, []).append(
            tuple([take(given, model, hidden) for take in takers])
        )

    def _put_cells(self, table: Table, *cells: Any) -> None:
        self.rows.setdefault(table.name, []).append(cells)


_LIST_FIELDS: dict[type[Model], tuple[str, ...]] = {
    model: tuple(list_fields(model)) for model in (Inspection, Finding, Measure, *RECORDS.values())
}

_Taker = Callable[[Mapping[str, Any], Model, bool], Any]
# Fields that are several columns each: what the field is called, and what is behind it.
_SEVERAL = (
    *("plan", "report", "democratic_meeting"),
    *("supervision_period", "decision_period", "review_every"),
)
_FIELD_OF = {column: field for field, column in COLUMN_OF.items()}


def _taker(column: str, *, words: bool) -> _Taker:
    """Return what takes the value of a column from a model; no hidden words (`words`)."""
    for outer in _SEVERAL:
        if column.startswith(f"{outer}_"):
            inner = column.removeprefix(f"{outer}_")
            name = _FIELD_OF.get(inner, inner)
            return lambda _given, model, _hidden: getattr(getattr(model, outer, None), name, None)
    field = _FIELD_OF.get(column, column)
    if words:
        return lambda _given, model, hidden: None if hidden else getattr(model, field, None)
    return lambda _given, model, _hidden: getattr(model, field, None)


def _given(name: str) -> _Taker:
    return lambda given, _model, _hidden: given[name]


def _takers(table: Table, *given: str) -> tuple[_Taker, ...]:
    return tuple(
        _given(one.name) if one.name in given else _taker(one.name, words=one.words)
        for one in table.columns
    )


_IDS = ("finding_id", "ledger_id")
_COUNTS = ("region", "is_read", "findings_read", "findings_unreadable")
_TAKERS = {
    INSPECTIONS.name: _takers(INSPECTIONS, "ledger_id", *_COUNTS),
    FINDINGS.name: _takers(FINDINGS, *_IDS, "number"),
    MEASURES.name: _takers(MEASURES, *_IDS, "place"),
    RECORD_ROWS.name: _takers(RECORD_ROWS, *_IDS, "seq", "place", "counts_on", "struck_on"),
}


def _own_days(known: DaysOff | None, by_notice: DaysOff) -> Iterator[tuple[date, bool]]:
    """Yield the days that a ledger has otherwise than the notices."""
    if known is None or known == by_notice:
        return
    own, usual = Calendar(known), Calendar(by_notice)
    days = known.off ^ by_notice.off | known.worked ^ by_notice.worked
    for day in sorted(days):
        if own.is_working(day) != usual.is_working(day):
            yield day, own.is_working(day)


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


def common_rows() -> dict[str, Rows]:
    """Return the rows of the tables that are the same whatever the ledgers say."""
    calendar = Calendar(days_off_by_notice())
    number = (LAST_DAY - FIRST_DAY).days + 1
    days = [FIRST_DAY + timedelta(days=one) for one in range(number)]
    firsts = [day for day in days if day.day == 1]
    return {
        DAYS.name: [(day, calendar.is_working(day), calendar.is_known(day)) for day in days],
        MONTHS.name: [(day.year * 12 + day.month, day, _last_of_month(day)) for day in firsts],
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
