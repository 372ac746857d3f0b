"""`zhenggai query`: its figures are those of `status`, and there is no way out of it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from county import ROUNDS, write_county

from commandline import SAMPLE, Zhenggai
from zhenggai.errors import WrongUsageError
from zhenggai.rollup.question_names import Question

pytest.importorskip("duckdb", reason="DuckDB is not installed")

from zhenggai.rollup.duckdb_engine import LoadedTables

DAYS = ("2021-02-10", "2021-04-25", "2021-04-26", "2021-05-18", "2021-08-01")


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_county(tmp_path_factory.mktemp("county") / "全县")


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "表"


def _json(zhenggai: Zhenggai, *words: str) -> Any:
    outcome = zhenggai(*words, "--format", "json")
    assert outcome.code in (0, 3), outcome.err
    return json.loads(outcome.out)


_FIGURES = """
SELECT {label} AS label, COUNT(*) AS count,
  SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) AS closed,
  SUM(CASE WHEN s.stage = '待申请销号' THEN 1 ELSE 0 END) AS awaiting_application,
  SUM(CASE WHEN s.stage = '待审核' THEN 1 ELSE 0 END) AS awaiting_review,
  SUM(CASE WHEN s.stage = '待批准' THEN 1 ELSE 0 END) AS awaiting_approval,
  SUM(CASE WHEN s.stage = '整改中' THEN 1 ELSE 0 END) AS in_progress,
  SUM(CASE WHEN s.stage = '未启动' THEN 1 ELSE 0 END) AS not_started,
  SUM(CASE WHEN s.stage = '基本完成' THEN 1 ELSE 0 END) AS sustained,
  SUM(CASE WHEN s.timing = '逾期' THEN 1 ELSE 0 END) AS overdue,
  SUM(s.measures_done) AS measures_done, SUM(s.measures) AS measures,
  SUM(CASE WHEN s.rectified THEN 1 ELSE 0 END) AS rectified,
  SUM(CASE WHEN s.recognised THEN 1 ELSE 0 END) AS recognised,
  SUM(CASE WHEN NOT s.recognised THEN 1 ELSE 0 END) AS rejected
FROM standing s JOIN findings f ON f.finding_id = s.finding_id {join}
WHERE NOT s.withdrawn GROUP BY {label}
"""
_DEPARTMENTS = (
    "JOIN finding_departments d ON d.finding_id = s.finding_id "
    "AND d.measure IS NULL AND NOT d.is_assisting"
)
_GROUPS = {
    "台账": ("s.ledger_id", ""),
    "方面": ("f.aspect", ""),
    "责任科室": ("d.department", _DEPARTMENTS),
    "责任领导": ("s.leader", ""),
    "责任人": ("s.owner", ""),
    "类型": ("f.kind", ""),
    "问题类别": ("f.category", ""),
}


def _of_status(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row of `status` flat, as SQL gives it."""
    plain = {key: value for key, value in row.items() if not isinstance(value, dict)}
    plain["measures_done"] = row["measure_rate"]["numerator"]
    plain["measures"] = row["measure_rate"]["denominator"]
    plain["rectified"] = row["rectification_rate"]["numerator"]
    plain["recognised"] = row["recognition_rate"]["numerator"]
    return plain


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_is_that_of_status_in_every_grouping(
    zhenggai: Zhenggai, county: Path, tables: Path, day: str
) -> None:
    words = ("--ledger", str(county), "--today", day)
    assert zhenggai("tables", *words, "-o", str(tables)).code == 3
    for by, (label, join) in _GROUPS.items():
        told = [
            _of_status(row)
            for row in _json(zhenggai, "status", "--by", by, *words)["rows"]
            if row["count"]
        ]
        sql = _FIGURES.format(label=label, join=join)
        found = _json(zhenggai, "query", sql, "--ledger", str(tables), "--today", day)["rows"]
        # Of units of one name status says where they are; SQL always does.
        plain = {"label"} if by == "台账" else set()
        by_sql, by_program = (
            sorted([sorted((k, str(v)) for k, v in row.items() if k not in plain) for row in rows])
            for rows in (found, told)
        )
        assert by_sql == by_program


def test_tables_and_ledgers_answer_alike(zhenggai: Zhenggai, county: Path, tables: Path) -> None:
    zhenggai("tables", "--ledger", str(county), "-o", str(tables), "--today", "2021-05-18")
    for question in Question:
        words = ("query", "--name", question.value, "--today", "2021-05-18", "--ledger")
        direct = _json(zhenggai, *words, str(county))
        assert direct == _json(zhenggai, *words, str(tables))
        if question is not Question.REPEATED:
            assert direct["rows"], question


def test_units_are_ranked_within_their_round_on_the_same_day_after_feedback(
    zhenggai: Zhenggai, county: Path
) -> None:
    words = ("query", "--name", "排名", "--today", "2021-05-18", "--ledger", str(county))
    rows = _json(zhenggai, *words)["rows"]
    assert {row["轮次"] for row in rows} == set(ROUNDS)
    assert min(row["问题"] for row in rows) >= 5
    days = {row["轮次"]: row["反馈后天数"] for row in rows}
    assert all(days[row["轮次"]] == row["反馈后天数"] for row in rows)
    for round_ in ROUNDS:
        rates = [(r["名次"], -r["整改完成率"]) for r in rows if r["轮次"] == round_]
        assert rates == sorted(rates)


def test_what_is_overdue_is_what_status_says(zhenggai: Zhenggai, county: Path) -> None:
    words = ("--today", "2021-05-18", "--ledger", str(county))
    told = _json(zhenggai, "status", *words)["warnings"]["overdue"]
    found = _json(zhenggai, "query", "--name", "逾期", *words)["rows"]
    assert found
    assert Counter(-row["days_left"] for row in told) == Counter(r["逾期天数"] for r in found)


_ESCAPES = [
    "COPY (SELECT 1) TO '{place}/x.csv'",
    "COPY standing FROM '{place}/secret.csv'",
    "SELECT * FROM '{place}/secret.csv'",
    "SELECT * FROM read_csv('{place}/secret.csv')",
    "SELECT * FROM read_csv_auto('{place}/secret.csv')",
    "SELECT * FROM read_text('{place}/secret.csv')",
    "SELECT * FROM read_blob('{place}/secret.csv')",
    "SELECT * FROM read_json('{place}/secret.csv')",
    "SELECT * FROM read_parquet('{place}/secret.csv')",
    "SELECT * FROM parquet_scan('{place}/secret.csv')",
    "SELECT * FROM glob('{place}/*')",
    "SELECT * FROM sniff_csv('{place}/secret.csv')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x')",
    "SELECT * FROM 's3://bucket/x.parquet'",
    "ATTACH '{place}/other.db' AS other",
    "EXPORT DATABASE '{place}/out'",
    "IMPORT DATABASE '{place}/out'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "PRAGMA enable_profiling",
    "SET GLOBAL temp_directory = '{place}'",
    "CALL pragma_version()",
    "CREATE TABLE other AS SELECT 1",
    "DROP TABLE findings",
    "DELETE FROM findings",
    "UPDATE findings SET title = ''",
    "INSERT INTO asked_days VALUES (DATE '2021-01-01')",
    "CHECKPOINT",
    "SELECT 1; DROP TABLE findings",
    "SELECT 1; SELECT 2",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{place}/x.csv'",
    "PREPARE p AS COPY (SELECT 1) TO '{place}/x.csv'",
    "EXECUTE p",
    "USE memory",
    "SELECT * FROM query('COPY (SELECT 1) TO ''{place}/x.csv''')",
    "SELECT * FROM query_table('{place}/secret.csv')",
    "SELECT getenv('HOME')",
    "SELECT * FROM secret",
    "",
    "SELEC 1",
]


@pytest.fixture(scope="session")
def locked() -> LoadedTables:
    loaded = LoadedTables()
    loaded.define("CREATE TABLE findings (title VARCHAR)")
    loaded.define("CREATE TABLE standing (title VARCHAR)")
    loaded.define("CREATE TABLE asked_days (day DATE)")
    return loaded


@pytest.mark.parametrize("escape", _ESCAPES)
def test_there_is_no_way_out(locked: LoadedTables, tmp_path: Path, escape: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("秘密\n1\n", encoding="utf-8")
    with pytest.raises(WrongUsageError):
        locked.ask(escape.format(place=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_python_s_own_names_are_no_tables(locked: LoadedTables) -> None:
    import sys

    frame = sys.modules  # what a query could name if names of Python were looked up
    assert frame
    with pytest.raises(WrongUsageError):
        locked.ask("SELECT * FROM frame")


def test_tables_changed_by_hand_are_not_believed(
    zhenggai: Zhenggai, county: Path, tmp_path: Path
) -> None:
    out = tmp_path / "表"
    zhenggai("tables", "--ledger", str(county), "-o", str(out), "--format", "ndjson")
    with (out / "findings" / "东片.ndjson").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    outcome = zhenggai("query", "SELECT 1", "--ledger", str(out))
    assert (outcome.code, "被改动过" in outcome.err) == (3, True)


def test_one_question_and_one_only(zhenggai: Zhenggai, county: Path) -> None:
    for words in ((), ("SELECT 1", "--name", "逾期")):
        outcome = zhenggai("query", *words, "--ledger", str(county))
        assert (outcome.code, "只写其中一样" in outcome.err) == (2, True)


_ODD = (
    "SELECT [1, NULL] AS a, {'x': [1, 2]} AS b, map([1], [2]) AS c, 'nan'::DOUBLE AS d, "
    "1 AS e, 2 AS e, 3 AS e_2"
)


def test_lists_structs_and_columns_of_one_name_are_shown_in_every_form(zhenggai: Zhenggai) -> None:
    words = ("query", _ODD, "--ledger", str(SAMPLE), "--today", "2021-05-18", "--format")
    for form in ("table", "plain", "markdown", "csv"):
        code, out, err = zhenggai(*words, form)
        assert (code, err) == (0, "")
        assert "x：1、2" in out
        assert "1：2" in out
    told = json.loads(zhenggai(*words, "json").out)
    assert told["columns"] == ["a", "b", "c", "d", "e", "e_3", "e_2"]
    row = {"a": [1, None], "b": {"x": [1, 2]}, "c": {"1": 2}, "d": "nan"}
    assert told["rows"] == [row | {"e": 1, "e_3": 2, "e_2": 3}]
