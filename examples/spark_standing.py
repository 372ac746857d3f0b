"""Where every finding stands, by Spark: the SQL of `zhenggai query`, on the tables of `zhenggai tables`.

    spark-submit examples/spark_standing.py 表 standing.sql 结果 2021-05-18 2021-05-25

`standing.sql` is the program's own, as it stands (`zhenggai query --sql standing`). The result is
Parquet, one folder for each day.
"""

import sys
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

TABLES = ("inspections", "findings", "finding_departments", "records", "standing_periods")


def load(spark: SparkSession, tables: str) -> None:
    """Name the tables as views; a folder holds a file for each region."""
    for name in TABLES:
        spark.read.parquet(f"{tables}/{name}").createOrReplaceTempView(name)


def standing(spark: SparkSession, sql: str, days: list[str]) -> DataFrame:
    """Return the standing of every finding on each of the days."""
    rows = ", ".join(f"(DATE '{day}')" for day in days)
    spark.sql(f"SELECT * FROM VALUES {rows} AS listed(day)").createOrReplaceTempView("asked_days")
    frame = spark.sql(sql)
    frame.createOrReplaceTempView("standing")
    return frame


def main(tables: str, sql: str, output: str, *days: str) -> None:
    """Write the standing on the days, and print how many findings are at which stage."""
    spark = SparkSession.builder.appName("zhenggai").getOrCreate()
    try:
        load(spark, tables)
        frame = standing(spark, Path(sql).read_text(encoding="utf-8"), list(days))
        frame.write.mode("overwrite").partitionBy("day").parquet(output)
        spark.sql(
            "SELECT day, stage, COUNT(*) AS findings FROM standing "
            "WHERE NOT withdrawn GROUP BY day, stage ORDER BY day, stage"
        ).show(truncate=False)
    finally:
        spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
