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
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcswidth

from zhenggai.model.terms import Kind, Stage
from zhenggai.views.formats import (
    Column,
    Format,
    Screen,
    cells,
    csv_text,
    escape_markdown,
    heading,
    json_text,
    markdown,
    paragraph,
    plain,
    records,
    table,
    terminal,
    to_json,
)

Pair = tuple[Any, Any]
COLUMNS: list[Column[Pair]] = [
    Column("id", "编号", lambda _row: "07"),
    Column("title", "问题", lambda row: row[0], shrinks=True),
    Column("other", "科室", lambda row: row[1]),
]
ANY_TEXT = st.text(max_size=40)
ROWS = st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=5)
_ACTING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def _acting(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in _ACTING and c not in "\n\ufeff"]


@settings(max_examples=40)
@given(ROWS)
def test_no_format_lets_a_character_through_that_acts_on_the_screen(rows: list[Pair]) -> None:
    screen = Screen(80)
    texts = [write(COLUMNS, rows) for write in (plain, markdown, csv_text)]
    assert [_acting(text) for text in [*texts, terminal(COLUMNS, rows, screen)]] == [[]] * 4


@settings(max_examples=40)
@given(ROWS)
def test_a_row_is_one_line_in_a_pipe(rows: list[Pair]) -> None:
    assert len(plain(COLUMNS, rows).split("\n")) == 2 + len(rows)
    assert len(markdown(COLUMNS, rows).split("\n")) == 2 + len(rows)
    assert len(csv_text(COLUMNS, rows).split("\n")) == 1 + len(rows)


@settings(max_examples=40)
@given(ROWS)
def test_csv_gives_back_every_cell(rows: list[Pair]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(COLUMNS, rows).removeprefix("\ufeff"))))
    told = [[cell.removeprefix("'") for cell in row] for row in read[1:]]
    assert told == [[cell.removeprefix("'") for cell in row] for row in cells(COLUMNS, rows)]


@settings(max_examples=40)
@given(ROWS)
def test_csv_holds_nothing_that_a_spreadsheet_would_run(rows: list[Pair]) -> None:
    read = csv.reader(io.StringIO(csv_text(COLUMNS, rows).removeprefix("\ufeff")))
    starts = [cell for row in read for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r")]
    assert [cell for cell in starts if not cell.removeprefix("-").isdigit()] == []


@settings(max_examples=40)
@given(ROWS)
def test_a_markdown_row_has_as_many_cells_as_the_table(rows: list[Pair]) -> None:
    for line in markdown(COLUMNS, rows).split("\n"):
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
    # What rich and wcwidth measure differently, terminals show differently as well.
    assume(all(cell_len(cell) == wcswidth(cell) for row in cells(COLUMNS, rows) for cell in row))
    text = terminal(COLUMNS, rows, Screen(columns))
    wide = [line for line in text.split("\n") if wcswidth(line) > columns]
    assert wide == [] or text == plain(COLUMNS, rows)


@settings(max_examples=40)
@given(ROWS, st.integers(min_value=1, max_value=120))
def test_a_terminal_table_loses_no_character(rows: list[Pair], columns: int) -> None:
    told = "".join(cell for row in cells(COLUMNS, rows) for cell in row)
    shown = terminal(COLUMNS, rows, Screen(columns))
    assert Counter("".join(told.split())) <= Counter(shown)


def test_values_are_written_as_people_read_them() -> None:
    rows: list[Pair] = [(None, True), (date(2021, 5, 1), False), (("甲", "乙"), Kind.LONG_TERM)]
    assert cells(COLUMNS[1:], rows) == [["", "是"], ["2021-05-01", "否"], ["甲、乙", "长期坚持"]]


def test_values_are_written_as_programs_read_them() -> None:
    rows: list[Pair] = [(None, True), (date(2021, 5, 1), Stage.IN_PROGRESS), (("甲",), 0.5)]
    assert records(COLUMNS[1:], rows) == [
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
    written = json_text({"title": text})
    assert json.loads(written) == {"version": 1, "title": text}
    assert written.startswith('{\n  "version": 1,\n')


@pytest.mark.parametrize("write", [plain, markdown, csv_text])
def test_a_table_without_rows_has_its_header(write: Any) -> None:
    assert "问题" in write(COLUMNS, [])
    assert "科室" in write(COLUMNS, [])


@pytest.mark.parametrize(
    ("style", "screen", "expected"),
    [
        (Format.MARKDOWN, Screen(), "### 逾期1项\n"),
        (Format.PLAIN, Screen(80, color=True), "逾期1项"),
        (Format.TABLE, Screen(), "逾期1项"),
        (Format.TABLE, Screen(80), "逾期1项"),
        (Format.TABLE, Screen(80, color=True), "\x1b[1;31m逾期1项\x1b[0m"),
    ],
)
def test_a_heading_is_set_off_as_the_reader_can_show_it(
    style: Format, screen: Screen, expected: str
) -> None:
    assert heading("逾期1项", 3, style, screen, "bold red") == expected


def test_only_a_terminal_gets_the_terminal_table() -> None:
    rows: list[Pair] = [("财务", "办公室")]
    wide = Screen(80, color=True)
    assert table(COLUMNS, rows, Format.TABLE, Screen()) == plain(COLUMNS, rows)
    assert table(COLUMNS, rows, Format.PLAIN, wide) == plain(COLUMNS, rows)
    assert table(COLUMNS, rows, Format.MARKDOWN, wide) == markdown(COLUMNS, rows)
    assert table(COLUMNS, rows, Format.TABLE, wide) == terminal(COLUMNS, rows, wide)


def test_a_paragraph_is_wrapped_for_a_terminal_only() -> None:
    text = "一个问题有几个责任科室的,在每个科室各计一次,合计只计一次。"
    assert paragraph(text, Format.TABLE, Screen()) == text
    lines = paragraph(text, Format.TABLE, Screen(30)).split("\n")
    assert [line for line in lines if wcswidth(line) > 30] == []
    assert "".join(lines) == text
    assert paragraph("1. *x*", Format.MARKDOWN, Screen(2)) == "1\\. \\*x\\*"
