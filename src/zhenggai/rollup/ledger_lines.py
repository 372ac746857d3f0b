"""The lines that ledgers have in each table: made where the findings are read.

So a large county is read, folded and written out on all cores, and of each finding only its lines
are handed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.model.problem import Problem
from zhenggai.rollup.table_forms import Lines
from zhenggai.rollup.table_rows import Counts, LedgerRows, Rows, days_of, standing_rows
from zhenggai.rollup.table_schema import STANDING
from zhenggai.storage.file_names import Progress, is_read, silent
from zhenggai.storage.ledger_digest import file_digest, ledger_digest
from zhenggai.storage.ledger_file import finding_in
from zhenggai.storage.ledger_folder import LedgerFolder
from zhenggai.storage.ledger_texts import read_file
from zhenggai.storage.parallel import Spreading, read_together

# So many findings of a ledger are read together, and what their lines take to be handed over from
# another process, in seconds: one after another each would find the processor's caches cold.
_TOGETHER, _HANDING_OVER = 50, 1.5e-3
_SPREADING = Spreading(tried=8, at_a_time=1)


class Placed(NamedTuple):
    """A ledger's folder with the id that tables know it by: its path below the root."""

    ledger_id: str
    folder: LedgerFolder

    @property
    def region(self) -> str:
        """The folder it lies in, below the root; '' for the root itself."""
        return self.ledger_id.rpartition("/")[0]


class TableLines(NamedTuple):
    """Lines by table, and how many there are of each."""

    lines: Mapping[str, bytes]
    counts: Mapping[str, int]


class LedgerLines(NamedTuple):
    """The lines of a ledger, the day of its feedback, how many findings it has, what is at fault.

    `digest` is that of the very contents that were read.

    Of a ledger that no figure counts (its inspection.yaml has errors) there is no standing.
    """

    tables: TableLines
    feedback_on: date | None
    findings: int
    problems: tuple[Problem, ...]
    digest: bytes


class Telling(NamedTuple):
    """What is told of every finding: in which form, of which days, with non-public words or not.

    The days are `today` and, if `weekly`, every seventh before it; None for no standing at all.
    """

    lines: Lines
    today: date | None
    weekly: bool
    internal: bool


class _About(NamedTuple):
    """What the rows of a finding take from its ledger; `days` None where no figure counts it."""

    ledger_id: str
    terms: Terms
    days: Sequence[date] | None


class _Part(NamedTuple):
    """What some files of a ledger gave: lines, how many findings, what is wrong, digests."""

    tables: TableLines
    findings: int
    problems: list[Problem]
    digests: list[bytes]


def read_lines(
    ledgers: Sequence[Placed],
    telling: Telling,
    progress: Progress = silent,
    spreading: Spreading = _SPREADING,
) -> Iterator[LedgerLines]:
    """Read several ledgers for their lines, and yield those of one after another."""
    readings = [_LinesReading(one, telling) for one in ledgers]
    return read_together(readings, _HANDING_OVER, progress, spreading)


class _LinesReading:
    """A ledger folder of which the findings are still to be read."""

    def __init__(self, ledger: Placed, telling: Telling) -> None:
        self._ledger, self._telling = ledger, telling
        names = ledger.folder.names
        self.wanted = [names[at : at + _TOGETHER] for at in range(0, len(names), _TOGETHER)]

    @cached_property
    def _is_counted(self) -> bool:
        folder = self._ledger.folder
        return is_read(folder.shown_problems(folder.inspection[1]))

    @cached_property
    def read(self) -> "partial[_Part]":
        """What makes the lines of some of its findings."""
        folder, telling = self._ledger.folder, self._telling
        told = terms(folder.inspection[0])
        days = (
            ()
            if telling.today is None
            else days_of(telling.today, told.feedback_on, weekly=telling.weekly)
        )
        about = _About(self._ledger.ledger_id, told, days if self._is_counted else None)
        return partial(_read_lines, folder.root, about, telling)

    def finish(self, outcomes: list[_Part]) -> LedgerLines:
        """Put the lines of its findings behind those of the ledger."""
        ledger_id, folder = self._ledger
        inspection, problems = folder.inspection
        found = chain.from_iterable(one.problems for one in outcomes)
        shown = folder.shown_problems([*problems, *found])
        findings = sum(one.findings for one in outcomes)
        counts = Counts(self._is_counted, findings, len(folder.names) - findings)
        rows = LedgerRows(ledger_id, internal=self._telling.internal)
        rows.add_ledger(self._ledger.region, inspection, shown, counts)
        own = _lines_of(rows.rows, self._telling.lines)
        tables = joined([own, *(one.tables for one in outcomes)])
        digests = chain.from_iterable(one.digests for one in outcomes)
        known = dict(zip(folder.names, digests, strict=True))
        digest = ledger_digest(folder.root, known)
        return LedgerLines(tables, inspection.feedback_on, findings, shown, digest)


def _read_lines(root: Path, about: _About, telling: Telling, names: Sequence[str]) -> _Part:
    """Read some findings' files, and make their lines; there are none where one has errors."""
    contents = [read_file(root, name) for name in names]
    read = [finding_in(one, name) for one, name in zip(contents, names, strict=True)]
    problems = [problem for _, found in read for problem in found]
    found = [(finding, timeline(finding)) for finding, _ in read if finding is not None]
    findings = [(finding, events, fold(events, about.terms)) for finding, events in found]
    collected = LedgerRows(about.ledger_id, internal=telling.internal)
    for finding, events, journal in findings:
        collected.add_finding(finding, events, journal, about.terms)
    if about.days is not None:
        collected.rows[STANDING.name] = [
            row
            for finding, events, journal in findings
            for row in standing_rows(
                about.ledger_id, finding.id, events, about.terms, about.days, journal
            )
        ]
    lines = _lines_of(collected.rows, telling.lines)
    return _Part(lines, len(findings), problems, [file_digest(one) for one in contents])


def _lines_of(rows: Mapping[str, Rows], lines: Lines) -> TableLines:
    return TableLines(
        {name: lines(some) for name, some in rows.items()},
        {name: len(some) for name, some in rows.items()},
    )


def joined(parts: Sequence[TableLines]) -> TableLines:
    """Return the lines of several parts together, in their order."""
    lines: dict[str, list[bytes]] = {}
    counts: dict[str, int] = {}
    for part in parts:
        for name, some in part.lines.items():
            lines.setdefault(name, []).append(some)
            counts[name] = counts.get(name, 0) + part.counts[name]
    return TableLines({name: b"".join(some) for name, some in lines.items()}, counts)
