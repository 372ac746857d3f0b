"""Ledgers in outline, from what was read last time: nothing is read that did not change."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.core.dates import Period
from zhenggai.core.outline import (
    FindingOutline,
    InspectionOutline,
    LedgerOutline,
    MeasureOutline,
    RecordOutline,
    inspection_outline,
)
from zhenggai.core.problem import Problem
from zhenggai.core.terms import Action, Kind, Severity
from zhenggai.storage.cache import Cache
from zhenggai.storage.naming import (
    INSPECTION,
    Progress,
    names_in,
    number,
    shown_path,
    silent,
)
from zhenggai.storage.spreading import finished, parted

# What is not in the file alone may be otherwise tomorrow: permissions, links, known time zones.
_PASSING = ("F101", "F102", "F103", "F111")
_ZONE = ("时区",)

_HANDING_OVER = 15e-6

# A finding's outline, None where its file has errors, and what is wrong with the file.
Outcome = tuple[FindingOutline | None, list[Problem]]


class Entry(NamedTuple):
    """What completion offers of one finding."""

    id: str
    title: str
    aspect: str
    departments: tuple[str, ...]
    leader: str
    owner: str


def entries(root: Path) -> list[Entry]:
    """Give what is known of a ledger's findings, by number; unreadable files have no title."""
    ledger, _ = read_outline(root, "")
    found = {
        f"{one.id}.yaml": Entry(
            *(one.id, one.title, one.aspect or "", one.departments),
            *(one.leader or "", one.owner or ""),
        )
        for one in ledger.findings
    }
    for name in ledger.unreadable:
        found[name] = Entry(name.partition(".")[0], "", "", (), "", "")
    return [found[name] for name in sorted(found, key=number)]


def read_outline(root: Path, shown: str) -> tuple[LedgerOutline, list[Problem]]:
    """Read a ledger folder in outline; its problems are those of reading it whole."""
    [read] = read_outlines([OutlineReading(root, shown)])
    return read


def read_outlines(
    readings: Sequence["OutlineReading"], progress: Progress = silent
) -> Iterator[tuple[LedgerOutline, list[Problem]]]:
    """Read several ledger folders in outline, of each the ledger and its problems."""
    return finished(readings, _HANDING_OVER, progress)


class OutlineReading:
    """A ledger folder of which what is not known of its findings is still to be read."""

    def __init__(self, root: Path, shown: str) -> None:
        self._root, self._shown = root, shown
        self._names, self._problems = names_in(root, shown)
        self._known = Cache(root)
        self._inspection = _inspection(self._known.get(INSPECTION))
        self._outcomes = [_finding(self._known.get(name)) for name in self._names]
        self.wanted = [
            name for name, known in zip(self._names, self._outcomes, strict=True) if known is None
        ]
        self.read = partial(_read_finding, root)

    def finish(self, outcomes: list[Outcome]) -> tuple[LedgerOutline, list[Problem]]:
        """Make the ledger of what was known and what was read of its findings."""
        for name, (finding, problems) in zip(self.wanted, outcomes, strict=True):
            _keep(self._known, name, _row(finding) if finding else None, problems)
        inspection, found = self._inspection or _read_inspection(self._root, self._known)
        self._known.save([INSPECTION, *self._names])
        read = iter(outcomes)
        all_outcomes = [known or next(read) for known in self._outcomes]
        findings, unreadable, problems = parted(self._names, all_outcomes)
        found += problems
        problems = [one._replace(path=shown_path(self._shown, one.path)) for one in found]
        ledger = LedgerOutline(
            name=self._root.resolve().name,
            folder=self._shown,
            inspection=inspection,
            findings=findings,
            unreadable=unreadable,
        )
        return ledger, self._problems + problems


def _read_inspection(root: Path, known: Cache) -> tuple[InspectionOutline, list[Problem]]:
    from zhenggai.storage.folder import read_inspection_file

    inspection, problems = read_inspection_file(root, "")
    content = inspection_outline(inspection)
    _keep(known, INSPECTION, content._replace(feedback_on=_text(content.feedback_on)), problems)
    return content, problems


def _read_finding(root: Path, name: str) -> Outcome:
    from zhenggai.storage.folder import read_finding_outline

    return read_finding_outline(root, name)


def _keep(known: Cache, name: str, content: Any, problems: list[Problem]) -> None:
    if not any(problem.code in _PASSING or problem.at[:1] == _ZONE for problem in problems):
        known.put(name, [content, [tuple(problem) for problem in problems] or None])


def _inspection(row: Any) -> tuple[InspectionOutline, list[Problem]] | None:
    if row is None:
        return None
    unit, group, feedback_on, aspects, warn_days, period, zone = row[0]
    inspection = InspectionOutline(
        *(unit, group, _day(feedback_on), tuple(aspects)),
        *(tuple(warn_days), Period(*period), zone),
    )
    return inspection, _problems(row[1])


# A finding's row is its outline, but for days, measures and records: these are texts, and the same
# again and again in a ledger, so that most are looked up and not made.


def _row(finding: FindingOutline) -> list[Any]:
    *said, due, every, public, measures, records = finding
    done = [_text(measure.done_on) for measure in measures]
    happened = ["|".join(map(str, filter(None, record))) for record in records]
    return [*said, _text(due), every, public, done, happened]


def _finding(row: Any) -> Outcome | None:
    if row is None:
        return None
    content, problems = row
    if content is None:
        return None, _problems(problems)
    stem, title, aspect, kind, leader, departments, owner, due, every, public, done, records = (
        content
    )
    finding = FindingOutline(
        stem,
        title,
        aspect,
        _KINDS[kind],
        leader,
        tuple(departments),
        owner,
        _day(due),
        Period(*every) if every else None,
        public,
        tuple(map(_measure, done)),
        tuple(map(_record, records)),
    )
    return finding, _problems(problems)


_KINDS = {kind.value: kind for kind in Kind}


def _text(day: date | None) -> Any:
    return day and str(day)


@cache
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _measure(text: str | None) -> MeasureOutline:
    return MeasureOutline(_day(text))


@cache
def _record(text: str) -> RecordOutline:
    on, action, *new_due = text.split("|")
    return RecordOutline(date.fromisoformat(on), Action(action), _day(*new_due or (None,)))


def _problems(rows: list[Any] | None) -> list[Problem]:
    if rows is None:
        return []
    return [
        Problem(path, line, column, code, Severity(severity), message, hint, tuple(at))
        for path, line, column, code, severity, message, hint, at in rows
    ]
