"""Tables too long for rich: laid out as rich would, nothing wider, nothing lost."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_tables_on_a_screen import (
    ESCAPE,
    LATER,
    TODAY,
    WIDTHS,
    _assert_aligned,
    _lines,
    _list,
    _status,
)
from wcwidth import wcswidth

from zhenggai.model.terms import Grouping
from zhenggai.views import findings, formats, layout
from zhenggai.views.formats import Column, Screen, cells, plain, terminal


@pytest.fixture
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_LONG", 0)


def test_more_rows_than_a_hundred_are_laid_out_without_rich(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    column = Column[int]("number", "编号", lambda row: row)
    monkeypatch.setattr("rich.table.Table", None)
    lines = terminal([column], range(1000), Screen(80)).splitlines()
    assert (len(lines), lines[:3]) == (1001, ["编号", "0", "1"])
    with pytest.raises(TypeError):
        terminal([column], range(100), Screen(80))


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("columns", WIDTHS)
def test_every_cell_stands_whole_under_its_header(columns: int) -> None:
    _assert_aligned(_list(Screen(columns)), findings.reading_columns(several=False), _lines())


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("columns", range(80, 210, 10))
def test_nothing_is_wider_than_the_screen(columns: int) -> None:
    texts = [_list(Screen(columns)), *(_status(Screen(columns), by, LATER) for by in Grouping)]
    assert [x for text in texts for x in text.splitlines() if wcswidth(x) > columns] == []


@pytest.mark.parametrize("columns", range(120, 210, 10))
def test_where_there_is_room_it_looks_as_rich_would_have_it(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(columns)
    drawn = _list(screen, LATER)
    monkeypatch.setattr(formats, "_LONG", 0)
    assert _list(screen, LATER) == drawn


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("columns", WIDTHS)
def test_colour_adds_escapes_and_changes_no_word(columns: int) -> None:
    coloured, bare = _list(Screen(columns, color=True)), _list(Screen(columns))
    assert "\x1b[1m编号\x1b[0m" in coloured
    assert "\x1b[33m还有3天\x1b[0m" in coloured
    assert "\x1b" not in bare
    lines = [line.rstrip() for line in ESCAPE.sub("", coloured).splitlines()]
    assert lines == bare.splitlines()


_WORDS = st.text("会议多，、。“”A1 -/超长English单词x", max_size=30)
_ROWS = st.lists(st.tuples(_WORDS, _WORDS, st.integers(0, 10**6)), min_size=1, max_size=5)
_COLUMNS: list[Column[tuple[str, str, int]]] = [
    Column("title", "问题", lambda row: row[0], shrinks=True),
    Column("name", "科室", lambda row: row[1], shrinks=True),
    Column("days", "天数", lambda row: row[2], right=True),
]


@settings(max_examples=60)
@given(_ROWS, st.integers(20, 100))
def test_whatever_it_says_it_fits_and_loses_nothing(
    rows: list[tuple[str, str, int]], columns: int
) -> None:
    body = cells(_COLUMNS, rows)
    assume(formats._least(_COLUMNS, body) <= columns)  # noqa: SLF001
    text = formats._long(_COLUMNS, rows, body, Screen(columns))  # noqa: SLF001
    assert [line for line in text.splitlines() if wcswidth(line) > columns] == []
    told = "".join("".join(row) for row in body).replace(" ", "")
    assert Counter(told) <= Counter(text)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=7), st.integers(1, 200))
def test_columns_are_narrowed_no_more_than_they_must(widest: list[int], room: int) -> None:
    least = [min(one, 8) for one in widest]
    columns = layout.fitted(widest, least, room)
    gaps = 2 * (len(widest) - 1)
    assert all(low <= one <= high for low, one, high in zip(least, columns, widest, strict=True))
    assert sum(columns) + gaps == min(sum(widest) + gaps, max(room, sum(least) + gaps))


def test_on_a_screen_too_narrow_it_is_written_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_LONG", 0)
    wanted = findings.reading_columns(several=False)
    rows = _lines(TODAY)
    assert terminal(wanted, rows, Screen(20)) == plain(wanted, rows)
