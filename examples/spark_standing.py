"""Where every finding stands, by Spark: the SQL of `zhenggai query` on tables written before.

    spark-submit examples/spark_standing.py 表 standing.sql 结果 2021-05-18 2021-05-25

The tables are those of `zhenggai tables`, in Parquet. `standing.sql` is the program's own, as it
stands: templates/standing.sql in its folder. The result is Parquet, one folder for each day.
"""

import sys
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

TABLES = (
    *("inspections", "closing_steps", "warnings", "findings", "finding_departments", "measures"),
    *("records", "holders", "months", "days", "ledger_days"),
)


def session() -> SparkSession:
    """Return a session in which "names" are names, as in the SQL of the program."""
    settings = SparkSession.builder.appName("zhenggai")
    settings = settings.config("spark.sql.ansi.enabled", "true")
    return settings.config("spark.sql.ansi.doubleQuotedIdentifiers", "true").getOrCreate()


def load(spark: SparkSession, tables: str) -> None:
    """Name the tables as views; a folder holds a file for each region."""
    for name in TABLES:
        spark.read.parquet(f"{tables}/{name}").createOrReplaceTempView(name)


def standing(spark: SparkSession, sql: str, days: list[str]) -> DataFrame:
    """Return the standing of every finding on each of the days."""
    rows = ", ".join(f"(DATE '{day}')" for day in days)
    asked = spark.sql(
        "SELECT i.ledger_id AS ledger_id, d.day AS day "
        f"FROM inspections i CROSS JOIN (VALUES {rows}) AS d(day)"
    )
    asked.createOrReplaceTempView("asked_days")
    frame = spark.sql(sql)
    frame.createOrReplaceTempView("standing")
    return frame


def main(tables: str, sql: str, output: str, *days: str) -> None:
    """Write the standing on the days, and print how many findings are at which stage."""
    spark = session()
    try:
        load(spark, tables)
        frame = standing(spark, Path(sql).read_text(encoding="utf-8"), list(days))
        frame.write.mode("overwrite").partitionBy("day").parquet(output)
        # Counted in what was written: the view would find every standing once more.
        spark.read.parquet(output).createOrReplaceTempView("written")
        spark.sql(
            "SELECT day, stage, COUNT(*) AS findings FROM written "
            "WHERE NOT withdrawn GROUP BY day, stage ORDER BY day, stage"
        ).show(truncate=False)
    finally:
        spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
