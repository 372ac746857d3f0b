"""The same SQL on Spark: examples/spark_standing.py beside DuckDB and the program's own.

Spark lives in an environment of its own; ZHENGGAI_SPARK_PYTHON names its Python. Without it or
without Java the tests are skipped. ZHENGGAI_STANDINGS sets how many standings are compared.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from county import write_county
from test_standing_sql import DAYS, expected, subjects_of, tables_of

from commandline import ROOT, Zhenggai, environment
from zhenggai.rollup.answering import text_of
from zhenggai.rollup.question_names import Question
from zhenggai.rollup.table_forms import opened
from zhenggai.rollup.table_schema import STANDING, TABLES

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")


SPARK = os.environ.get("ZHENGGAI_SPARK_PYTHON", "")
pytestmark = pytest.mark.skipif(
    not (SPARK and shutil.which("java")),
    reason="no Spark here: ZHENGGAI_SPARK_PYTHON names a Python that has pyspark, beside a JRE",
)
_STANDINGS = int(os.environ.get("ZHENGGAI_STANDINGS", "4000"))
_SQL = ROOT / "templates" / "standing.sql"
_SETTINGS = {
    "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 1g --conf spark.ui.enabled=false "
    "--conf spark.sql.shuffle.partitions=2 pyspark-shell",
    "SPARK_LOCAL_IP": "127.0.0.1",
}


def _run(*words: str, cwd: Path) -> str:
    done = subprocess.run(
        [SPARK, *words],
        cwd=cwd,
        env=environment({**_SETTINGS, "PYSPARK_PYTHON": SPARK}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=540,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_spark_says_what_the_program_says(tmp_path: Path) -> None:
    subjects = list(subjects_of(11, max(60, _STANDINGS // len(DAYS))))
    tables = tmp_path / "表"
    with opened("parquet") as form:
        for name, rows in tables_of(subjects).items():
            table = TABLES[name]
            (tables / name).mkdir(parents=True)
            content = form.whole(table, form.lines(rows))
            (tables / name / "all.parquet").write_bytes(content)
    days = [str(day) for day in DAYS]
    _run(
        str(ROOT / "examples" / "spark_standing.py"),
        *(str(tables), str(_SQL), str(tmp_path / "结果"), *days),
        cwd=tmp_path,
    )
    columns = ", ".join(STANDING.names)
    place = f"{tmp_path}/结果/*/*.parquet"
    found = duckdb.sql(
        f"SELECT CAST(day AS DATE) AS day, {columns.partition(', ')[2]} "  # noqa: S608 - ours
        f"FROM read_parquet('{place}', hive_partitioning=true)"
    ).fetchall()
    assert len(found) == len(subjects) * len(DAYS)
    assert set(found) == expected(subjects, DAYS)


_NAMED = """
import json, sys
sys.path.insert(0, {examples!r})
import spark_standing
spark = spark_standing.session()
spark_standing.load(spark, {tables!r})
text = open({sql!r}, encoding="utf-8").read()
spark_standing.standing(spark, text, ["2021-05-18"]).cache()
paces = open({paces!r}, encoding="utf-8").read()
spark.sql(paces).createOrReplaceTempView("asked_paces")
at_pace = text.replace("asked_days", "asked_paces")
at_pace = spark.sql(at_pace)
at_pace.cache().createOrReplaceTempView("standing_at_pace")
for text in json.load(open({queries!r}, encoding="utf-8")):
    print(json.dumps([[str(one) for one in row] for row in spark.sql(text).collect()]))
"""


def test_the_questions_with_a_name_are_answered_alike(zhenggai: Zhenggai, tmp_path: Path) -> None:
    county = write_county(tmp_path / "全县", 12)
    tables = tmp_path / "表"
    words = ("--ledger", str(county), "--today", "2021-05-18")
    assert zhenggai("tables", *words, "-o", str(tables)).code in (0, 3)
    asked = [one for one in Question if one is not Question.WEEKLY]
    queries = tmp_path / "queries.json"
    queries.write_text(json.dumps([text_of(one) for one in asked]), encoding="utf-8")
    script = _NAMED.format(
        examples=str(ROOT / "examples"),
        tables=str(tables),
        sql=str(_SQL),
        paces=str(_SQL.with_name("paces.sql")),
        queries=str(queries),
    )
    lines = [line for line in _run("-c", script, cwd=tmp_path).splitlines() if line[:1] == "["]
    for question, line in zip(asked, lines, strict=True):
        named = ("query", "--name", question.value, "--ledger", str(tables))
        told = zhenggai(*named, "--format", "json")
        rows = json.loads(told.out)["rows"]
        assert [[_plain(one) for one in row] for row in json.loads(line)] == [
            [_plain(str(one)) for one in row.values()] for row in rows
        ], question


def _plain(text: str) -> str:
    """Give a number without the noughts behind its point."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
