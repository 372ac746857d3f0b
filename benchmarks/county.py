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

# A province, made up by SQL: 40 findings to a ledger, three measures and eight records to a
# finding. Every finding has days, steps and deadlines by its number; one in ten is long-term, and
# in one ledger of four a deadline on a day off is moved.
_PROVINCE = """
CREATE TABLE numbered AS
SELECT n, 'u' || (n // 40) AS ledger_id, 'u' || (n // 40) || '/' || (n % 40) AS finding_id,
  DATE '2021-01-01' + CAST(n // 40 % 90 AS INT) AS feedback_on
FROM range({findings}) numbers(n);
CREATE TABLE inspections AS
SELECT DISTINCT ledger_id, TRUE AS is_read, CAST(NULL AS VARCHAR) AS calendar, feedback_on,
  2 AS format, TRUE AS sustained_counts,
  CASE WHEN n // 40 % 4 = 0 THEN '顺延' ELSE '不变' END AS when_day_off,
  1 AS supervision_period_months, 0 AS supervision_period_days,
  0 AS supervision_period_working_days, 0 AS decision_period_months,
  CASE WHEN n // 40 % 2 = 0 THEN 10 END AS decision_period_days,
  0 AS decision_period_working_days
FROM numbered;
CREATE TABLE closing_steps AS
SELECT ledger_id, step FROM inspections, (VALUES ('申请'), ('审核'), ('批准')) AS steps(step);
CREATE TABLE warnings AS
SELECT ledger_id, place, name, colour, days, in_working_days FROM inspections,
  (VALUES (1, '逾期', '红', -1, FALSE), (2, '3天预警', '橙', 3, TRUE),
  (3, '10天预警', '黄', 10, FALSE)) AS levels(place, name, colour, days, in_working_days);
CREATE TABLE findings AS
SELECT finding_id, ledger_id, CASE WHEN n % 10 = 0 THEN '长期坚持' ELSE '限期整改' END AS kind,
  CASE WHEN n % 20 <> 0 THEN feedback_on + CAST(30 + n % 150 AS INT) END AS due,
  CASE WHEN n % 10 = 0 THEN 3 END AS review_every_months,
  CASE WHEN n % 10 = 0 THEN 0 END AS review_every_days,
  CASE WHEN n % 10 = 0 THEN 0 END AS review_every_working_days,
  '局领导' || (n % 9) AS leader, '科长' || (n % 7) AS owner
FROM numbered;
CREATE TABLE measures AS
SELECT finding_id, ledger_id, CAST(place AS INT) AS place,
  CASE WHEN (n + place) % 4 > 0 THEN feedback_on + CAST(20 + (n * place) % 90 AS INT) END
    AS done_on,
  CASE WHEN n % 3 = 0 THEN feedback_on + CAST(40 + 20 * place AS INT) END AS due,
  CASE WHEN n % 50 = 0 AND place = 3 THEN feedback_on + 60 END AS added_on
FROM numbered, range(1, 4) AS places(place);
CREATE TABLE records AS
SELECT finding_id, ledger_id, CAST(seq AS INT) AS seq, CAST(seq AS INT) AS place, action,
  feedback_on + CAST(12 * seq + n % 11 AS INT) AS counts_on,
  feedback_on + CAST(12 * seq + n % 11 AS INT) AS on_day,
  CASE WHEN action = '延期' THEN feedback_on + CAST(70 + n % 150 AS INT) END AS new_due,
  CASE WHEN action = '延期' AND n % 5 = 0 THEN 1 END AS measure,
  CASE WHEN action = '审核' THEN '审核' END AS step,
  action = '督查' AND n % 6 = 0 AS disputes,
  CASE WHEN action = '认定' THEN '认可' END AS verdict, CAST(NULL AS DATE) AS reply_by,
  CAST(NULL AS DATE) AS replied_on,
  CASE WHEN seq = 2 AND n % 40 = 7 THEN feedback_on + 80 END AS struck_on,
  CASE WHEN seq = 2 AND n % 40 = 7 THEN 5 END AS struck_by, TRUE AS in_turn
FROM (
  SELECT n, finding_id, ledger_id, feedback_on, seq, CASE seq
    WHEN 1 THEN '进展' WHEN 2 THEN '进展' WHEN 3 THEN '督查'
    WHEN 4 THEN CASE WHEN n % 3 = 0 THEN '延期' ELSE '进展' END
    WHEN 5 THEN CASE WHEN n % 40 = 7 THEN '更正' ELSE '进展' END
    WHEN 6 THEN CASE WHEN n % 2 = 0 THEN '申请销号' ELSE '督查' END
    WHEN 7 THEN CASE WHEN n % 2 = 0 THEN '审核' ELSE '进展' END
    ELSE CASE WHEN n % 4 = 0 THEN '销号' WHEN n % 8 = 2 THEN '退回' ELSE '督查' END
    END AS action
  FROM numbered, range(1, 9) AS places(seq)
) made;
CREATE TABLE holders AS
SELECT finding_id, ledger_id, '责任人' AS post, feedback_on + 50 AS from_day,
  CAST(NULL AS DATE) AS until_day, '新科长' AS name
FROM numbered WHERE n % 25 = 0;
CREATE TABLE ledger_days (
  ledger_id VARCHAR, day DATE, is_working BOOLEAN, is_known BOOLEAN
);
DROP TABLE numbered;
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
    _told("status, without remembering", _run("status", *where, cold=True))
    _told("status, first run, remembering", _run("status", *where))
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
    """Measure the standing and the totals of a million findings in DuckDB, in a new process."""
    script = f"import county; county.fold_province({findings})"
    place = Path(__file__).parent
    subprocess.run([sys.executable, "-c", script], cwd=place, check=True)


def fold_province(findings: int) -> None:
    """Make a province in DuckDB's memory, and find its standing and its totals."""
    import duckdb

    from zhenggai.rollup.answering import standing_sql
    from zhenggai.rollup.table_rows import common_rows

    connection = duckdb.connect(config={"threads": "2", "memory_limit": "2500MB"})
    connection.execute(_PROVINCE.format(findings=findings))
    rows = common_rows()
    connection.execute("CREATE TABLE days (day DATE, is_working BOOLEAN, is_known BOOLEAN)")
    connection.executemany("INSERT INTO days VALUES (?, ?, ?)", rows["days"])
    connection.execute("CREATE TABLE months (month_index INTEGER, first_day DATE, last_day DATE)")
    connection.executemany("INSERT INTO months VALUES (?, ?, ?)", rows["months"])
    connection.execute(
        "CREATE TABLE asked_days AS SELECT ledger_id, DATE '2021-05-18' AS day FROM inspections"
    )
    begun = time.process_time(), time.perf_counter()
    connection.execute(f"CREATE TABLE standing AS {standing_sql()}")
    counted = connection.execute(
        "SELECT COUNT(*), SUM(findings), SUM(measures) FROM (SELECT ledger_id, stage, timing, "
        "COUNT(*) AS findings, SUM(measures) AS measures FROM standing "
        "WHERE NOT withdrawn GROUP BY ALL)"
    ).fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    spent = time.process_time() - begun[0], time.perf_counter() - begun[1]
    print(f"{findings} findings in DuckDB: {spent[1]:.1f} s, {spent[0]:.1f} s CPU, {peak:.1f} GiB")
    print(f"groups, findings, measures: {counted}")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    tables(place)
    very_many(place)
    million()
