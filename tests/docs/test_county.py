"""The pages on many ledgers: every command is run, every file and table that they name is there."""

import re
from pathlib import Path

import pytest
from test_tutorial import BLOCK, Clerk

from commandline import ROOT, Zhenggai
from golden import compare
from zhenggai.rollup.table_schema import TABLES

COUNTY, SPARK = ROOT / "docs" / "county.md", ROOT / "docs" / "spark.md"


def test_the_county_page_shows_what_happens(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    clerk = Clerk(zhenggai, monkeypatch)
    compare(COUNTY, BLOCK.sub(clerk.follow, COUNTY.read_text(encoding="utf-8")))
    assert set(clerk.codes.values()) == {0}


def test_the_county_page_names_every_table() -> None:
    rows = re.findall(r"(?m)^\| (`[^|]+) \|", COUNTY.read_text(encoding="utf-8"))
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(TABLES)


def test_what_the_spark_page_names_is_there() -> None:
    named = re.findall(r"(?:templates|examples)/[\w./]*", SPARK.read_text(encoding="utf-8"))
    assert len(named) > 3
    assert [one for one in named if not (ROOT / one).exists()] == []
