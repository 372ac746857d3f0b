"""Ledgers in outline, from what was read last time: nothing is read that did not change."""

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
from zhenggai.storage.naming import INSPECTION, Progress, names_in, number, shown_path, silent

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


def read_outline(
    root: Path, shown: str, progress: Progress = silent
) -> tuple[LedgerOutline, list[Problem]]:
    """Read a ledger folder in outline; its problems are those of reading it whole."""
    names, problems = names_in(root, shown)
    known = Cache(root)
    inspection, found = _inspection(known.get(INSPECTION)) or _read_inspection(root, known)
    read = {name: row for name in names if (row := _finding(known.get(name))) is not None}
    if unknown := [name for name in names if name not in read]:
        read |= _read_findings(root, unknown, known, progress)
    known.save()
    for name in names:
        found += read[name][1]
    problems += [problem._replace(path=shown_path(shown, problem.path)) for problem in found]
    ledger = LedgerOutline(
        name=root.resolve().name,
        folder=shown,
        inspection=inspection,
        findings=tuple([one for name in names if (one := read[name][0]) is not None]),
        unreadable=tuple([name for name in names if read[name][0] is None]),
    )
    return ledger, problems


def _read_inspection(root: Path, known: Cache) -> tuple[InspectionOutline, list[Problem]]:
    from zhenggai.storage.folder import read_inspection_file

    inspection, problems = read_inspection_file(root, "")
    content = inspection_outline(inspection)
    _keep(known, INSPECTION, content._replace(feedback_on=_text(content.feedback_on)), problems)
    return content, problems


def _read_findings(
    root: Path, names: list[str], known: Cache, progress: Progress
) -> dict[str, Outcome]:
    from zhenggai.storage.folder import read_finding_outline
    from zhenggai.storage.spreading import spread

    read = {}
    outcomes = spread(partial(read_finding_outline, root), names, _HANDING_OVER)
    for done, (name, outcome) in enumerate(zip(names, outcomes, strict=True)):
        progress(done, len(names))
        finding, problems = outcome
        _keep(known, name, _row(finding) if finding else None, problems)
        read[name] = outcome
    return read


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
