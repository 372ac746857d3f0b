"""The layout of tables: nothing wider than the screen, nothing lost, room shared out evenly."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style
from test_tables_on_a_screen import TODAY, _lines, _list
from wcwidth import wcswidth

from zhenggai.views import finding_rows
from zhenggai.views.columns import Column, cells
from zhenggai.views.finding_rows import TIMING_STYLES
from zhenggai.views.layout import Screen, narrowed, table

Said = tuple[str, str, int]
COLUMNS: list[Column[Said]] = [
    Column("title", "问题", lambda row: row[0], shrinks=True),
    Column("name", "科室", lambda row: row[1], shrinks=True),
    Column("days", "天数", lambda row: row[2], right=True),
]
_WORDS = st.text("会议多，、。“”A1 -/超长English单词x", max_size=30)
_ROWS = st.lists(st.tuples(_WORDS, _WORDS, st.integers(0, 10**6)), min_size=1, max_size=5)


@settings(max_examples=100)
@given(_ROWS, st.integers(28, 100))
def test_whatever_it_says_it_fits_and_loses_nothing(rows: list[Said], columns: int) -> None:
    text = table(COLUMNS, rows, Screen(columns))
    assert not re.fullmatch(r"-{4,}  .*-{4,}", text.splitlines()[1])
    assert [line for line in text.splitlines() if wcswidth(line) > columns] == []
    told = "".join("".join(row) for row in cells(COLUMNS, rows)).replace(" ", "")
    assert Counter(told) <= Counter(text)


@settings(max_examples=60)
@given(_ROWS)
def test_where_there_is_room_only_the_rule_tells_a_pipe_from_a_terminal(rows: list[Said]) -> None:
    titles, _rule, *body = table(COLUMNS, rows, Screen()).split("\n")
    assert table(COLUMNS, rows, Screen(500)).split("\n") == [titles, *body]


def test_a_long_table_is_laid_out_as_a_short_one() -> None:
    columns, rows = finding_rows.reading_columns(several=False), _lines()
    head, *body = table(columns, rows, Screen(80, color=True)).split("\n")
    apart = [*body, *[""] * ("" in body)]  # where a row takes several lines, all are kept apart
    long = table(columns, rows * 50, Screen(80, color=True)).split("\n")
    assert long == [head, *(apart * 50)[: len(long) - 1]]
    assert [line for line in long if line] == [head, *[line for line in body if line] * 50]


@settings(max_examples=100)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=7), st.integers(1, 200), st.data())
def test_columns_are_narrowed_alike_and_no_more_than_they_must(
    widest: list[int], room: int, data: st.DataObject
) -> None:
    shrinking = [data.draw(st.booleans()) and wide > 8 for wide in widest]
    gaps = 2 * (len(widest) - 1)
    least = sum(8 if can else wide for wide, can in zip(widest, shrinking, strict=True)) + gaps
    columns = narrowed(widest, shrinking, max(room, least))
    assert sum(columns) + gaps == min(sum(widest) + gaps, max(room, least))
    assert [w for w, can in zip(widest, shrinking, strict=True) if not can] == [
        c for c, can in zip(columns, shrinking, strict=True) if not can
    ]
    taken_from = [c for c, wide in zip(columns, widest, strict=True) if c < wide]
    able = [c for c, can in zip(columns, shrinking, strict=True) if can]
    if taken_from:
        assert min(taken_from) >= max(able) - 1


def test_on_a_screen_too_narrow_it_is_written_in_full() -> None:
    wanted = finding_rows.reading_columns(several=False)
    rows = _lines(TODAY)
    assert table(wanted, rows, Screen(20)) == table(wanted, rows, Screen())


def test_codes_stand_around_words_and_not_around_what_fills_a_column_up() -> None:
    shown = _list(Screen(120, color=True))
    assert shown.startswith("\x1b[1m编号\x1b[0m  \x1b[1m问题\x1b[0m    ")
    assert "\x1b[38;5;208m距时限3天\x1b[0m\n" in shown
    assert "  \x1b[0m" not in shown


@pytest.mark.parametrize("style", sorted({*TIMING_STYLES.values(), "bold", "dim", "green"} - {""}))
def test_the_codes_of_a_style_are_those_that_rich_sends(style: str) -> None:
    expected = Style.parse(style).render("逾期", color_system=ColorSystem.STANDARD)
    assert Screen(80, color=True).heading("逾期", 2, style) == expected
    assert Screen(80).heading("逾期", 2, style) == "逾期"


def test_every_line_of_a_wrapped_cell_has_its_style() -> None:
    columns: list[Column[Said]] = [
        Column("title", "问题", lambda row: row[0], shrinks=True, style=lambda _row: "bold red"),
        Column("days", "天数", lambda row: row[2], right=True),
    ]
    rows = [("会议过多会议过多", "", 3), ("好", "", 4)]
    assert table(columns, rows, Screen(14, color=True)).split("\n") == [
        "\x1b[1m问题\x1b[0m      \x1b[1m天数\x1b[0m",
        "\x1b[1;31m会议过多\x1b[0m     3",
        "\x1b[1;31m会议过多\x1b[0m",
        "",
        "\x1b[1;31m好\x1b[0m           4",
    ]


def test_rows_of_several_lines_are_kept_apart_and_others_are_not() -> None:
    columns: list[Column[Said]] = [Column("title", "问题", lambda row: row[0], shrinks=True)]
    rows = [(text, "", 0) for text in ("甲", "乙", "会议过多过滥", "丙", "丁")]
    lines = table(columns, rows, Screen(8)).split("\n")
    assert lines == ["问题", "甲", "乙", "", "会议过多", "过滥", "", "丙", "丁"]
    assert "" not in table(columns, rows, Screen(12)).split("\n")
    assert "" not in table(columns, rows, Screen()).split("\n")
