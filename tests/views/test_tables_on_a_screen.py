"""Tables at a terminal's width: nothing wider, nothing cut, every cell under its header."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth, wcwidth

from commandline import SAMPLE
from golden import compare
from ledger_files import read_whole
from zhenggai.exporters import registry
from zhenggai.ledger.register import Register, register
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.terms import Grouping, Timing
from zhenggai.views.columns import Column, cells
from zhenggai.views.finding_detail import FindingSheet, FindingSheets
from zhenggai.views.finding_rows import Listing, reading_columns
from zhenggai.views.layout import Screen, table
from zhenggai.views.progress_tables import Report

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2021, 5, 18)
LATER = date(2021, 6, 25)
WIDTHS = (80, 120, 200)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@cache
def _sample() -> Ledger:
    ledger, problems = read_whole(SAMPLE, "ledgers/keji-2021")
    assert problems == []
    return ledger


def _register() -> Register:
    return register(_sample())


def _lines(today: date = TODAY) -> list[Line]:
    return LedgerOnDay(_sample(), today).lines


def _shown(width: int) -> list[str]:
    day = LedgerOnDay(_sample(), TODAY)
    return [
        registry.writer("finding", "text")(
            FindingSheets(
                [
                    FindingSheet(
                        SAMPLE.name, one, day.standing(one), TODAY, day.measure_standings(one)
                    )
                ]
            ),
            Screen(width),
        )
        for one in day.ledger.findings
    ]


def _status(screen: Screen, by: Grouping = Grouping.ASPECT, today: date = TODAY) -> str:
    report = Report(
        registers=[_register()],
        lines=_lines(today),
        today=today,
        by=by,
        timings=(Timing.OVERDUE, Timing.DUE_SOON, Timing.STALE),
        all_warnings=True,
    )
    return registry.writer("status", "table")(report, screen)


def _list(screen: Screen, today: date = TODAY) -> str:
    return registry.writer("rows", "table")(Listing(_lines(today), [_register()]), screen)


def _slice(line: str, start: int, end: int) -> str:
    """Take what stands between two columns of the screen."""
    at, taken = 0, ""
    for character in line:
        if start <= at < end:
            taken += character
        at += wcwidth(character)
    return taken


def _assert_aligned(text: str, columns: list[Column[Any]], rows: list[Any]) -> None:
    """Hold each cell, put together from its lines, against what it should say."""
    lines = text.splitlines()
    spans = _spans(lines[0], columns, rows)
    for row, block in zip(cells(columns, rows), _blocks(lines, columns, spans), strict=True):
        for (start, end), expected in zip(spans, row, strict=True):
            shown = "".join(_slice(line, start, end).strip() for line in block)
            assert shown == expected.replace(" ", ""), (lines[0], block)


def _spans(header: str, columns: list[Column[Any]], rows: list[Any]) -> list[tuple[int, int]]:
    """Find each column's place: a left one begins, a right one ends, where its title does."""
    begins, ends, place = [], [], 0
    for title in (column.title for column in columns):
        place = header.index(title, place)
        begins.append(wcswidth(header[:place]))
        place += len(title)
        ends.append(wcswidth(header[:place]))
    spans = []
    for index, column in enumerate(columns):
        if column.right:
            texts = [row[index] for row in cells(columns, rows)]
            start = ends[index] - max(wcswidth(text) for text in [column.title, *texts])
            spans.append((start, ends[index]))
        else:
            spans.append((begins[index], -1))
    following = [span[0] for span in spans[1:]] + [10_000]
    return [
        (start, end if end >= 0 else after - 2)
        for (start, end), after in zip(spans, following, strict=True)
    ]


def _blocks(
    lines: list[str], columns: list[Column[Any]], spans: list[tuple[int, int]]
) -> list[list[str]]:
    """Part a table's lines into its rows: a row begins where a column that never wraps speaks."""
    firm = next(index for index, column in enumerate(columns) if not column.shrinks)
    start, end = spans[firm]
    blocks: list[list[str]] = []
    for line in lines[1:]:
        if _slice(line, start, end).strip():
            blocks.append([])
        blocks[-1].append(line)
    return blocks


@pytest.mark.parametrize("columns", WIDTHS)
def test_status_on_a_screen_reads_as_the_golden_file(columns: int) -> None:
    shown = [_status(Screen(columns), today=today) for today in (TODAY, LATER)]
    compare(GOLDEN / f"status-{columns}.txt", "\n\n".join(shown) + "\n")


@pytest.mark.parametrize("columns", WIDTHS)
def test_list_on_a_screen_reads_as_the_golden_file(columns: int) -> None:
    compare(GOLDEN / f"list-{columns}.txt", _list(Screen(columns)) + "\n")


@pytest.mark.parametrize("columns", [40, 80])
def test_show_on_a_screen_reads_as_the_golden_file(columns: int) -> None:
    shown = _shown(columns)[2:7]
    compare(GOLDEN / f"show-{columns}.txt", "\n\n".join(shown) + "\n")


@pytest.mark.parametrize("columns", WIDTHS)
def test_nothing_on_a_screen_is_wider_than_it(columns: int) -> None:
    screen = Screen(columns)
    texts = [_status(screen, by, LATER) for by in Grouping]
    texts += [_list(screen), *_shown(columns)]
    wide = [line for text in texts for line in text.splitlines() if wcswidth(line) > columns]
    assert wide == []


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_cell_of_a_list_stands_whole_under_its_header(columns: int) -> None:
    _assert_aligned(_list(Screen(columns)), reading_columns(several=False), _lines())


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_figure_of_a_status_stands_whole_under_its_header(columns: int) -> None:
    report = Report([_register()], _lines(), TODAY, Grouping.DEPARTMENT, ())
    rows, total = report.progress()
    wanted = report.columns(bar_cells=min(30, columns // 8) if columns >= 100 else 0)
    shown = _status(Screen(columns), Grouping.DEPARTMENT).split("\n\n")[1]
    _assert_aligned(shown, wanted, [*rows, total])
    assert ("进度" in shown) is (columns >= 100)


def test_every_cell_of_a_plain_table_stands_whole_under_its_header() -> None:
    wanted = reading_columns(several=False)
    lines = table(wanted, _lines(), Screen()).splitlines()
    _assert_aligned("\n".join([lines[0], *lines[2:]]), wanted, _lines())


@pytest.mark.parametrize("columns", WIDTHS)
def test_colour_adds_escapes_and_changes_no_word(columns: int) -> None:
    for write in (_status, _list):
        coloured, bare = write(Screen(columns, color=True)), write(Screen(columns))
        assert "\x1b[" in coloured
        assert "\x1b" not in bare
        lines = [line.rstrip() for line in ESCAPE.sub("", coloured).splitlines()]
        assert lines == bare.splitlines()


def test_colour_and_word_say_the_same() -> None:
    shown = _list(Screen(200, color=True), LATER)
    for code, words in (("1;31", "逾期"), ("33", "距时限"), ("35", "无进展"), ("32", "销号")):
        coloured = re.findall(rf"\x1b\[{code}m([^\x1b]+)", shown)
        assert coloured
        assert [text for text in coloured if words not in text] == []


_WIDE = Column[tuple[str, str]]("wide", "问题", lambda row: row[0], shrinks=True)
_FIRM = Column[tuple[str, str]]("firm", "时限", lambda row: row[1])


@pytest.mark.parametrize("columns", [1, 10, 19])
def test_a_screen_too_narrow_for_what_must_not_wrap_gets_all_of_it(columns: int) -> None:
    rows = [("财务管理不规范", "2021-05-18")]
    assert table([_WIDE, _FIRM], rows, Screen(columns)) == table([_WIDE, _FIRM], rows, Screen())


@pytest.mark.parametrize("columns", [20, 21, 25])
def test_a_screen_just_wide_enough_wraps_and_cuts_nothing(columns: int) -> None:
    rows = [("财务管理不规范", "2021-05-18"), ("短", "2021-05-19")]
    text = table([_WIDE, _FIRM], rows, Screen(columns))
    assert [line for line in text.splitlines() if wcswidth(line) > columns] == []
    _assert_aligned(text, [_WIDE, _FIRM], rows)


@pytest.mark.parametrize("columns", range(80, 130, 7))
def test_no_line_of_a_cell_begins_with_a_closing_mark(columns: int) -> None:
    shown = _list(Screen(columns)) + _status(Screen(columns), Grouping.DEPARTMENT)
    assert re.findall(r"(?m)(?:^|  )[、,。;:!?)，；：！？）”》].*", ESCAPE.sub("", shown)) == []
