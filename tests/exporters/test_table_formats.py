"""Any text in any format: what goes in comes out once, as words, in its own cell."""

import csv
import io
import json
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import tabulate
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from zhenggai.exporters import csv as csv_format
from zhenggai.exporters import markdown
from zhenggai.exporters.json import document, to_json
from zhenggai.model.terms import Kind, Stage
from zhenggai.views.columns import Column, cells, records
from zhenggai.views.layout import Screen, table
from zhenggai.views.progress_tables import Page
from zhenggai.views.screen_text import escape_markdown

Pair = tuple[Any, Any]

COLUMNS: list[Column[Pair]] = [
    Column("id", "编号", lambda _row: "07"),
    Column("title", "问题", lambda row: row[0], shrinks=True),
    Column("other", "科室", lambda row: row[1]),
]


def plain(columns: list[Column[Pair]], rows: list[Pair]) -> str:
    return table(columns, rows, Screen())


ANY_TEXT = st.text(max_size=40)
ROWS = st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=5)
_ACTING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def _acting(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in _ACTING and c not in "\n\ufeff"]


@settings(max_examples=40)
@given(ROWS)
def test_no_format_lets_a_character_through_that_acts_on_the_screen(rows: list[Pair]) -> None:
    screen = Screen(80)
    texts = [write(COLUMNS, rows) for write in (plain, markdown.table, csv_format.table)]
    assert [_acting(text) for text in [*texts, table(COLUMNS, rows, screen)]] == [[]] * 4


@settings(max_examples=40)
@given(ROWS)
def test_a_row_is_one_line_in_a_pipe(rows: list[Pair]) -> None:
    assert len(plain(COLUMNS, rows).split("\n")) == 2 + len(rows)
    assert len(markdown.table(COLUMNS, rows).split("\n")) == 2 + len(rows)
    assert len(csv_format.table(COLUMNS, rows).split("\n")) == 1 + len(rows)


@settings(max_examples=40)
@given(ROWS)
def test_csv_gives_back_every_cell(rows: list[Pair]) -> None:
    read = list(csv.reader(io.StringIO(csv_format.table(COLUMNS, rows).removeprefix("\ufeff"))))
    told = [[cell.removeprefix("'") for cell in row] for row in read[1:]]
    assert told == [[cell.removeprefix("'") for cell in row] for row in cells(COLUMNS, rows)]


@settings(max_examples=40)
@given(ROWS)
def test_csv_holds_nothing_that_a_spreadsheet_would_run(rows: list[Pair]) -> None:
    read = csv.reader(io.StringIO(csv_format.table(COLUMNS, rows).removeprefix("\ufeff")))
    starts = [cell for row in read for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r")]
    assert [cell for cell in starts if not cell.removeprefix("-").isdigit()] == []


@settings(max_examples=40)
@given(ROWS)
def test_a_markdown_row_has_as_many_cells_as_the_table(rows: list[Pair]) -> None:
    for line in markdown.table(COLUMNS, rows).split("\n"):
        bars = line.replace("\\\\", "").replace("\\|", "").count("|")
        assert bars == len(COLUMNS) + 1


@settings(max_examples=40)
@given(ANY_TEXT)
def test_markdown_escapes_can_be_taken_back(text: str) -> None:
    escaped = escape_markdown(text)
    assert "".join(_unescaped(escaped)) == text


def _unescaped(text: str) -> list[str]:
    rest = iter(text)
    return [next(rest) if character == "\\" else character for character in rest]


@settings(max_examples=40)
@given(ROWS)
def test_plain_columns_begin_where_their_headers_do(rows: list[Pair]) -> None:
    # A spacing mark at the beginning of a cell has another width behind a blank than alone.
    assume(
        all(wcswidth(f" {one}") == 1 + wcswidth(one) for row in cells(COLUMNS, rows) for one in row)
    )
    header, rule, *body = plain(COLUMNS, rows).split("\n")
    starts = [wcswidth(header[: header.index(column.title)]) for column in COLUMNS]
    assert starts == [0, 6, 6 + len(rule.split("  ")[1]) + 2]
    for line, told in zip(body, cells(COLUMNS, rows), strict=True):
        expected = ""
        for start, cell in zip(starts, told, strict=True):
            expected += " " * (start - wcswidth(expected)) + cell
        assert line == expected.rstrip()


@settings(max_examples=40)
@given(ROWS, st.integers(min_value=1, max_value=120))
def test_a_terminal_table_is_no_wider_than_the_screen_unless_it_is_plain(
    rows: list[Pair], columns: int
) -> None:
    text = table(COLUMNS, rows, Screen(columns))
    wide = [line for line in text.split("\n") if wcswidth(line) > columns]
    assert wide == [] or text == plain(COLUMNS, rows)


@settings(max_examples=40)
@given(ROWS, st.integers(min_value=1, max_value=120))
def test_a_terminal_table_loses_no_character(rows: list[Pair], columns: int) -> None:
    told = "".join(cell for row in cells(COLUMNS, rows) for cell in row)
    shown = table(COLUMNS, rows, Screen(columns))
    assert Counter("".join(told.split())) <= Counter(shown)


def test_values_are_written_as_people_read_them() -> None:
    rows: list[Pair] = [(None, True), (date(2021, 5, 1), False), (("甲", "乙"), Kind.LONG_TERM)]
    assert cells(COLUMNS[1:], rows) == [["", "是"], ["2021-05-01", "否"], ["甲、乙", "长期坚持"]]


def test_values_are_written_as_programs_read_them() -> None:
    rows: list[Pair] = [(None, True), (date(2021, 5, 1), Stage.IN_PROGRESS), (("甲",), 0.5)]
    assert to_json(records(COLUMNS[1:], rows)) == [
        {"title": None, "other": True},
        {"title": "2021-05-01", "other": "in_progress"},
        {"title": ["甲"], "other": 0.5},
    ]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("18640.000", "18640"), ("1864", "1864"), ("0.50", "0.5"), ("1E+8", "100000000")],
)
def test_an_amount_is_written_without_idle_zeros_or_exponents(amount: str, text: str) -> None:
    assert to_json(Decimal(amount)) == text


@settings(max_examples=40)
@given(ANY_TEXT)
def test_json_gives_text_back_and_names_its_version_first(text: str) -> None:
    written = document({"title": text})
    assert json.loads(written) == {"version": 2, "title": text}
    assert written.startswith('{\n  "version": 2,\n')


@pytest.mark.parametrize("write", [plain, markdown.table, csv_format.table])
def test_a_table_without_rows_has_its_header(write: Any) -> None:
    assert "问题" in write(COLUMNS, [])
    assert "科室" in write(COLUMNS, [])


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (markdown.MarkdownPage(), "### 逾期问题1个\n"),
        (Screen(), "逾期问题1个"),
        (Screen(color=True), "逾期问题1个"),
        (Screen(80), "逾期问题1个"),
        (Screen(80, color=True), "\x1b[1;31m逾期问题1个\x1b[0m"),
    ],
)
def test_a_heading_is_set_off_as_the_reader_can_show_it(page: Page, expected: str) -> None:
    assert page.heading("逾期问题1个", 3, "bold red") == expected


def test_a_paragraph_is_wrapped_for_a_terminal_only() -> None:
    text = "一个问题有几个责任科室的，在每个科室各计一次，合计只计一次。"
    assert Screen().paragraph(text) == text
    lines = Screen(30).paragraph(text).split("\n")
    assert [line for line in lines if wcswidth(line) > 30] == []
    assert "".join(lines) == text
    assert markdown.MarkdownPage().paragraph("1. *x*") == "1\\. \\*x\\*"


def test_a_markdown_table_leaves_the_settings_of_tabulate_alone() -> None:
    before = tabulate.MIN_PADDING, tabulate.PRESERVE_WHITESPACE
    rows: list[Pair] = [("财务|管理", "办公室")]
    assert markdown.table(COLUMNS, rows) == (
        "| 编号 | 问题       | 科室   |\n"
        "|:-----|:-----------|:-------|\n"
        "| 07   | 财务\\|管理 | 办公室 |"
    )
    assert before == (tabulate.MIN_PADDING, tabulate.PRESERVE_WHITESPACE)
