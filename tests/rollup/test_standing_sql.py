"""The SQL of the standing beside the program's own, on findings at random and on many days.

ZHENGGAI_STANDINGS sets how many standings are compared (4 000 unless told; .ci/run takes 100 000).
"""

import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from standing_slips import SLIPS

from random_ledgers import random_finding, random_inspection
from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.rollup.answering import standing_sql
from zhenggai.rollup.table_forms import ndjson
from zhenggai.rollup.table_rows import Counts, LedgerRows, Rows, common_rows, standing_rows
from zhenggai.rollup.table_schema import REGIONAL, STANDING, TABLES

pytest.importorskip("duckdb", reason="DuckDB is not installed")

from zhenggai.rollup.duckdb_engine import LoadedTables

STANDINGS = int(os.environ.get("ZHENGGAI_STANDINGS", "4000"))
DAYS = [date(2023, 11, 18) + timedelta(days=7 * week + week % 7) for week in range(70)]
_BATCH = 100
Cells = tuple[Any, ...]


class Subject(NamedTuple):
    """A finding in a ledger of its own, whose id is that of the ledger and 01."""

    ledger_id: str
    finding: Finding
    inspection: Inspection

    def rows(self) -> dict[str, Rows]:
        """Return its rows in every table."""
        collected = LedgerRows(self.ledger_id, internal=False)
        collected.add_ledger("", self.inspection, [], Counts(True, 1, 0))
        line, told = timeline(self.finding), terms(self.inspection)
        collected.add_finding(self.finding, line, fold(line, told), told)
        return collected.rows

    def standings(self, days: Iterable[date]) -> list[Cells]:
        """Return where the program says that it stands."""
        line, told = timeline(self.finding), terms(self.inspection)
        rows = standing_rows(self.ledger_id, self.finding.id, line, told, days)
        return [cells for _, cells in rows]


def subjects_of(seed: int, count: int) -> Iterator[Subject]:
    chance = Random(seed)  # noqa: S311 - the same findings every time are the point
    for number in range(1, count + 1):
        finding = random_finding(chance, "01")
        yield Subject(f"单位{number:04}", finding, random_inspection(chance))


def tables_of(subjects: list[Subject]) -> dict[str, Rows]:
    """Return the rows of all tables that the standing is found by."""
    rows: dict[str, Rows] = {table.name: [] for table in REGIONAL}
    for one in subjects:
        for name, some in one.rows().items():
            rows[name] += some
    return rows | common_rows()


def _loaded(subjects: list[Subject], days: list[date]) -> LoadedTables:
    loaded = LoadedTables()
    for name, rows in tables_of(subjects).items():
        loaded.load_lines(TABLES[name], ndjson(rows))
    _ask_for(loaded, days)
    return loaded


def _ask_for(loaded: LoadedTables, days: Iterable[date]) -> None:
    listed = ", ".join(f"(DATE '{day}')" for day in days)
    loaded.define("DROP TABLE IF EXISTS asked_days")
    loaded.define(
        "CREATE TABLE asked_days AS SELECT ledger_id, day "  # noqa: S608 - days
        f"FROM inspections, (VALUES {listed}) AS listed(day)"
    )


def expected(subjects: list[Subject], days: list[date]) -> set[Cells]:
    return {
        tuple(str(cell) if isinstance(cell, str) else cell for cell in cells)
        for one in subjects
        for cells in one.standings(days)
    }


def test_sql_and_the_program_say_the_same_of_every_finding_on_every_day() -> None:
    compared = 0
    for seed in range(-(-STANDINGS // (_BATCH * len(DAYS)))):
        subjects = list(subjects_of(seed, _BATCH))
        loaded = _loaded(subjects, DAYS)
        answer = loaded.ask(standing_sql())
        loaded.close()
        assert answer.names == STANDING.names
        assert len(answer.rows) == len(subjects) * len(DAYS)
        assert set(answer.rows) == expected(subjects, DAYS)
        compared += len(answer.rows)
    assert compared >= STANDINGS


def test_a_whole_journal_is_that_of_every_day_after_the_last_record() -> None:
    used = 0
    for one in subjects_of(5, 200):
        line, told = timeline(one.finding), terms(one.inspection)
        whole = fold(line, told)
        rows = standing_rows(one.ledger_id, one.finding.id, line, told, DAYS, whole)
        assert [cells for _, cells in rows] == one.standings(DAYS)
        used += line.last_on < DAYS[-1]
    assert used >= 100


def test_a_slip_in_one_word_of_the_sql_is_found() -> None:
    subjects, days = list(subjects_of(7, 150)), DAYS[::3]
    loaded, sql = _loaded(subjects, days), standing_sql()
    right = expected(subjects, days)
    assert set(loaded.ask(sql).rows) == right
    missed = []
    for line, _ in SLIPS:
        assert sql.count(line) == 1, line
    # Each takes as long as the whole question: all of them where there is the time.
    for line, slipped in SLIPS if "ZHENGGAI_STANDINGS" in os.environ else SLIPS[::7]:
        found = loaded.ask(sql.replace(line, slipped)).rows
        if len(found) == len(right) and set(found) == right:
            missed.append(slipped)
    loaded.close()
    assert missed == []
    assert len(SLIPS) >= 70
