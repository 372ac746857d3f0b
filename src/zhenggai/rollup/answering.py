"""Questions to tables: which are loaded, what a day is told of, and the questions with a name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from zhenggai.errors import InvalidInputError
from zhenggai.model.problem import Problem
from zhenggai.rollup.duckdb_engine import LoadedTables
from zhenggai.rollup.ledger_lines import Placed, Telling, joined, read_lines
from zhenggai.rollup.question_names import Question
from zhenggai.rollup.table_forms import sparse_ndjson
from zhenggai.rollup.table_rows import common_rows
from zhenggai.rollup.table_schema import COMMON, REGIONAL, SCHEMA_VERSION
from zhenggai.storage.file_names import Progress, silent
from zhenggai.storage.resources import shipped
from zhenggai.storage.table_folder import TableFolder

_MOST_WEEKS: Final = 520


def text_of(question: Question) -> str:
    """Return the SQL of a question that has a name."""
    return _text_of(f"queries/{question.name.lower()}")


def standing_sql(asked: str = "asked_days") -> str:
    """Return the SQL that finds every standing on the days that a table asks for."""
    return _text_of("standing").replace("asked_days", asked)


def _text_of(name: str) -> str:
    return (shipped("templates") / f"{name}.sql").read_text(encoding="utf-8")


def of_ledgers(
    ledgers: Sequence[Placed], day: date, *, internal: bool, progress: Progress = silent
) -> tuple[LoadedTables, tuple[Problem, ...]]:
    """Load ledgers, and set the day; return what is wrong with their files, too."""
    read = list(read_lines(ledgers, Telling(sparse_ndjson, None, False, internal), progress))
    loaded = LoadedTables()
    lines = joined([one.tables for one in read]).lines
    for table in REGIONAL:
        loaded.load_lines(table, lines.get(table.name, b""))
    rows = common_rows()
    for table in COMMON:
        loaded.load_lines(table, sparse_ndjson(rows[table.name]))
    feedbacks = [one.feedback_on for one in read if one.feedback_on is not None]
    _set_day(loaded, day, min(feedbacks, default=day))
    return loaded, tuple(problem for one in read for problem in one.problems)


def written_for(folder: TableFolder) -> date:
    """Return the day that tables were written for."""
    try:
        return date.fromisoformat(folder.manifest["today"])
    except (KeyError, TypeError, ValueError):
        raise InvalidInputError(
            f"“{folder.asked}”里的表没有写明日期；用 zhenggai tables 重新写"
        ) from None


def of_tables(folder: TableFolder, day: date) -> LoadedTables:
    """Load tables that were written before, and set the day."""
    manifest = folder.manifest
    if manifest.get("schema") != SCHEMA_VERSION:
        raise InvalidInputError(
            f"“{folder.asked}”里的表是另一个版本的程序写的；用 zhenggai tables 重新写"
        )
    files = folder.checked_content()
    loaded = LoadedTables()
    for table in (*REGIONAL, *COMMON):
        paths = [folder.path / one["path"] for one in files if one["table"] == table.name]
        # An empty file of text has not even columns to be read.
        loaded.load_files(table, manifest["format"], [one for one in paths if one.stat().st_size])
    first = loaded.first("SELECT MIN(feedback_on) FROM inspections")
    _set_day(loaded, day, first if isinstance(first, date) else day)
    return loaded


def _set_day(loaded: LoadedTables, day: date, first: date) -> None:
    """Say of which day `standing` tells, and which weeks there are up to it."""
    weeks = min(max((day - first).days, 0) // 7, _MOST_WEEKS)
    days = [day - timedelta(days=7 * back) for back in range(weeks, -1, -1)]
    loaded.define(_asked("asked_days", [day]))
    loaded.define(_asked("asked_weeks", days))
    loaded.define(f"CREATE TABLE asked_paces AS {_text_of('paces')}")
    loaded.define(f"CREATE VIEW standing AS {standing_sql()}")
    loaded.define(f"CREATE VIEW standing_by_week AS {standing_sql('asked_weeks')}")
    loaded.define(f"CREATE VIEW standing_at_pace AS {standing_sql('asked_paces')}")


def _asked(name: str, days: Sequence[date]) -> str:
    """Return the statement that asks for all ledgers on some days."""
    listed = ", ".join(f"(DATE '{day}')" for day in days)
    return (
        f"CREATE TABLE {name} AS SELECT i.ledger_id AS ledger_id, d.day AS day "  # noqa: S608
        f"FROM inspections i CROSS JOIN (VALUES {listed}) AS d(day)"
    )
