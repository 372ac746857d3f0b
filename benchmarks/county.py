"""Measure many ledgers: tables beside a cold status, very many ledgers, and SQL on a million.

`python benchmarks/county.py FOLDER` writes its ledgers and tables into the folder, once.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from generate import TODAY, write_like_sample

# As many spans of days to a finding as those like the sample have, the last without an end.
_SPANS = 12
_MILLION = """
CREATE TABLE standing_periods AS
SELECT
  CASE WHEN part = 0 THEN DATE '1949-01-01' ELSE begun + CAST(25 * part AS INT) END AS from_day,
  CASE WHEN part < {spans} - 1 THEN begun + CAST(25 * (part + 1) AS INT) END AS until_day,
  'u' || (n // 40) || '/' || (n % 40) AS finding_id, 'u' || (n // 40) AS ledger_id,
  {columns}
FROM (
  SELECT n, DATE '2021-01-01' + CAST(n % 200 AS INT) AS begun FROM range({findings}) numbers(n)
), range({spans}) parts(part)
"""


def _run(*words: str, cold: bool = False) -> tuple[float, float, int]:
    """Run the program; give seconds of wall clock and of CPU, and the exit code."""
    env = dict(os.environ) | ({"ZHENGGAI_NO_CACHE": "1"} if cold else {})
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    code = subprocess.run(
        [sys.executable, "-m", "zhenggai", *words], env=env, capture_output=True, check=False
    ).returncode
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, code


def _told(name: str, outcome: tuple[float, float, int]) -> None:
    print(f"{name:42} {outcome[0]:7.2f} s {outcome[1]:7.2f} s CPU, exit code {outcome[2]}")


def tables(folder: Path) -> None:
    """Measure tables of 10 000 findings in 200 ledgers of 10 regions."""
    county, out = folder / "county", folder / "tables"
    for number in range(200):
        write_like_sample(county / f"{number % 10:02}" / f"{number // 10:02}", 50)
    time.sleep(2.1)  # what is newer is not remembered
    where = ("--ledger", str(county), "--today", TODAY)
    _told("status, cold", _run("status", *where, cold=True))
    _run("status", *where)
    _told("status, warm", _run("status", *where))
    for form in ("ndjson", "parquet"):
        shutil.rmtree(out, ignore_errors=True)
        words = ("tables", *where, "-o", str(out), "--format", form)
        _told(f"tables {form}, first", _run(*words))
        _told(f"tables {form}, nothing changed", _run(*words))
        with (county / "03" / "05" / "07.yaml").open("a", encoding="utf-8") as file:
            file.write("\n")
        _told(f"tables {form}, one finding changed", _run(*words))


def very_many(folder: Path) -> None:
    """Measure 5 000 ledgers, 20 of them broken, beside 500 with as many findings."""
    for name, ledgers, each in (("few", 500, 20), ("many", 5000, 2)):
        for number in range(ledgers):
            write_like_sample(folder / name / f"{number % 50:02}" / f"{number:04}", each)
    for number in range(20):
        broken = folder / "many" / f"{number:02}" / f"{number:04}" / "inspection.yaml"
        broken.write_text("反馈日期: [\n", encoding="utf-8")
    for name in ("few", "many"):
        where = ("status", "--ledger", str(folder / name), "--today", TODAY)
        _told(f"status, {name} ledgers, cold", _run(*where, cold=True))


def million(findings: int = 1_000_000) -> None:
    """Measure the standing and the totals of a million findings in DuckDB."""
    import duckdb

    from zhenggai.rollup.answering import standing_sql
    from zhenggai.rollup.table_schema import STANDING_PERIODS

    values = {"DATE": "DATE '2021-03-01'", "INTEGER": "n % 5", "BOOLEAN": "n % 7 = 0"}
    values["VARCHAR"] = "'第' || (n % 6)"
    columns = ", ".join(f"{values[one.type]} AS {one.name}" for one in STANDING_PERIODS.columns[4:])
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute(_MILLION.format(columns=columns, findings=findings, spans=_SPANS))
    connection.execute("CREATE TABLE asked_days AS SELECT DATE '2021-05-18' AS day")
    begun = time.process_time()
    connection.execute(f"CREATE TABLE standing AS {standing_sql()}")
    counted = connection.execute(
        "SELECT (SELECT COUNT(*) FROM standing), COUNT(*) FROM (SELECT ledger_id, stage, timing, "
        "COUNT(*), SUM(measures) FROM standing WHERE NOT withdrawn GROUP BY ALL)"
    ).fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    spent = time.process_time() - begun
    print(f"{findings} findings in DuckDB: {spent:.1f} s CPU, {peak:.1f} GiB, {counted}")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    tables(place)
    very_many(place)
    million()
