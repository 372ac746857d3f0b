"""The SQL of the standing beside the program's own, on findings at random and on many days.

ZHENGGAI_STANDINGS sets how many standings are compared (4 000 unless told; .ci/run takes 100 000).
"""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from random_ledgers import random_finding, random_inspection
from zhenggai.ledger.register import Terms, Timeline, terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.rollup.answering import standing_sql
from zhenggai.rollup.standing_periods import period_rows
from zhenggai.rollup.table_forms import ndjson
from zhenggai.rollup.table_rows import standing_cells
from zhenggai.rollup.table_schema import STANDING, STANDING_PERIODS

pytest.importorskip("duckdb", reason="DuckDB is not installed")

from zhenggai.rollup.duckdb_engine import LoadedTables

STANDINGS = int(os.environ.get("ZHENGGAI_STANDINGS", "4000"))
DAYS = [date(2023, 11, 18) + timedelta(days=7 * week + week % 7) for week in range(70)]
_BATCH = 100
Cells = tuple[Any, ...]


def subjects_of(seed: int, count: int) -> Iterator[tuple[str, Timeline, Terms]]:
    chance = Random(seed)  # noqa: S311 - the same findings every time are the point
    for number in range(1, count + 1):
        finding = random_finding(chance, f"{number:04}")
        yield f"单位/{finding.id}", timeline(finding), terms(random_inspection(chance))


def _loaded(subjects: list[tuple[str, Timeline, Terms]], days: list[date]) -> LoadedTables:
    loaded = LoadedTables()
    rows = [row for name, line, told in subjects for row in period_rows(name, "单位", line, told)]
    loaded.load_lines(STANDING_PERIODS, ndjson(STANDING_PERIODS, rows))
    listed = ", ".join(f"(DATE '{day}')" for day in days)
    loaded.define(f"CREATE TABLE asked_days AS SELECT * FROM (VALUES {listed}) AS listed(day)")  # noqa: S608 - days
    return loaded


def expected(subjects: list[tuple[str, Timeline, Terms]], days: list[date]) -> set[Cells]:
    return {
        tuple(
            str(one) if isinstance(one, str) else one
            for one in standing_cells(day, name, "单位", standing(line, day, told))
        )
        for name, line, told in subjects
        for day in days
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


def test_spans_hold_on_each_single_day_about_every_turn() -> None:
    for name, line, told in subjects_of(1000, 60):
        rows = period_rows(name, "单位", line, told)
        starts = [row[0] for row in rows]
        assert starts == sorted(set(starts))
        assert [row[1] for row in rows] == [*starts[1:], None]
        for day in {one + timedelta(days=n) for one in starts[1:] for n in (-2, -1, 0, 1, 2)}:
            [found] = [r for r in rows if r[0] <= day and (r[1] is None or day < r[1])]
            cells = standing_cells(day, name, "单位", standing(line, day, told))
            same = [one for one in STANDING.names[1:] if not one.endswith(("_left", "_days"))]
            same += ["late_days", "once_overdue_days"]
            known = dict(zip(STANDING_PERIODS.names, found, strict=True))
            assert {one: known[one] for one in same} == {
                one: dict(zip(STANDING.names, cells, strict=True))[one] for one in same
            }


def _mutants(sql: str) -> Iterator[str]:
    """Yield the SQL with one word of it another: columns of one type changed, signs, bounds."""
    columns = {one.name: one.type for one in STANDING_PERIODS.columns}
    taken = list(re.finditer(r"\bp\.([a-z_]+)\b", sql))
    for place, one in enumerate(taken):
        others = [
            other[1]
            for other in taken[place + 1 :] + taken[:place]
            if other[1] != one[1] and columns[other[1]] == columns[one[1]]
        ]
        if others:
            yield f"{sql[: one.start(1)]}{others[0]}{sql[one.end(1) :]}"
    for old, new in (
        *(("p.counts_to - d.day", "d.day - p.counts_to"), ("<= d.day", "< d.day")),
        *(("d.day < p.until_day", "d.day <= p.until_day"), ("IS NULL", "IS NOT NULL")),
        *((" OR ", " AND "), ("d.day - p.idle_since", "p.idle_since - d.day")),
    ):
        assert sql.count(old) == 1
        yield sql.replace(old, new)


def test_a_slip_in_one_word_of_the_sql_is_found() -> None:
    # On the days on which a span begins and ends, too.
    subjects = list(subjects_of(7, 150))
    loaded = _loaded(subjects, DAYS)
    turns = loaded.ask(
        "SELECT DISTINCT from_day FROM standing_periods WHERE from_day > '2023-01-01'"
    )
    loaded.close()
    days = sorted({*DAYS, *(row[0] for row in turns.rows)})[:200]
    loaded = _loaded(subjects, days)
    right = set(loaded.ask(standing_sql()).rows)
    mutants = list(_mutants(re.sub(r"(?m)^--.*\n", "", standing_sql())))
    assert len(mutants) >= 40
    missed = []
    for mutant in mutants:
        found = loaded.ask(mutant).rows
        if len(found) == len(right) and set(found) == right:
            missed.append(mutant)
    loaded.close()
    assert missed == []
