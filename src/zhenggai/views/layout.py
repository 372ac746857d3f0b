"""The one layout of what is read on a screen: tables, headings, paragraphs.

In a pipe everything is written in full; on a terminal it is fitted to the width and set off by
styles. A table is laid out column by column: a call for each cell would make a long list cost more
to show than to read.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from zhenggai.views.columns import Column, RowT, texts_by_column
from zhenggai.views.screen_text import width, wrap

GAP = "  "

# The narrowest that a wrapped column is still read with ease.
_LEGIBLE = 8

# What a terminal is sent for each word of a style.
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}
_CODES |= {"magenta": "35", "orange": "38;5;208"}  # the eight colours have no orange
_END = "\x1b[0m"

_Cell = tuple[str, ...]


class Screen(NamedTuple):
    """What the results go to: a terminal of some width, or (width None) a pipe or file."""

    width: int | None = None
    color: bool = False

    def heading(self, text: str, _level: int, style: str = "bold") -> str:
        """Write a heading; on a terminal in a style."""
        if self.width is None:
            return text
        lines = wrap(text, self.width)
        return "\n".join(_styled(lines, [style] * len(lines)) if self.color else lines)

    def paragraph(self, text: str) -> str:
        """Write a sentence or two."""
        return text if self.width is None else "\n".join(wrap(text, self.width))

    def table(self, columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
        """Write a table for reading."""
        return table(columns, rows, self)


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT], screen: Screen) -> str:
    """Lay a table out: in full with a rule below the titles, or for a terminal's width.

    On a terminal too narrow even for columns as narrow as they may be it is written in full:
    wrapped lines can be read, a date with its last digit cut off misleads.
    """
    bodies = texts_by_column(columns, rows)
    texts = [[column.title, *body] for column, body in zip(columns, bodies, strict=True)]
    spans = [list(map(width, column_texts)) for column_texts in texts]
    widths = list(map(max, spans))
    right = [column.right for column in columns]
    least = list(map(_least, columns, widths))
    if screen.width is None or _total(least) > screen.width:
        filled = list(map(_filled, texts, spans, widths, right))
        for column_texts, wide in zip(filled, widths, strict=True):
            column_texts.insert(1, "-" * wide)
        return _side_by_side(filled)
    styles = [_styles(column, rows) if screen.color else [] for column in columns]
    widths = narrowed(widths, [column.shrinks for column in columns], screen.width)
    filled = list(map(_filled, map(_styled, texts, styles), spans, widths, right))
    broken = list(map(_broken, texts, spans, styles, widths, right))
    if any(broken):
        filled = _stacked(filled, broken, widths)
    return _side_by_side(filled)


def _least(column: Column[RowT], wide: int) -> int:
    return min(wide, _LEGIBLE) if column.shrinks else wide


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def narrowed(widths: Sequence[int], shrinking: Sequence[bool], room: int) -> list[int]:
    """Narrow the columns that may shrink until all have room: the widest first, all of them alike.

    There has to be room for them as narrow as they may become.
    """
    left = list(widths)
    able = [place for place, shrinks in enumerate(shrinking) if shrinks]
    while (excess := _total(left) - room) > 0 and able:
        most = max(left[place] for place in able)
        widest = [place for place in able if left[place] == most]
        next_to = max((left[place] for place in able if left[place] < most), default=0)
        for number, place in enumerate(widest):
            share = min(most - next_to, round(excess / (len(widest) - number)))
            left[place] -= share
            excess -= share
    return left


def _styles(column: Column[RowT], rows: Sequence[RowT]) -> list[str]:
    """Return the styles of a column's title and, where it has any, of what stands below."""
    return ["bold", *(map(column.style, rows) if column.style else ())]


def _broken(
    texts: Sequence[str], spans: Sequence[int], styles: Sequence[str], columns: int, right: bool
) -> dict[int, _Cell]:
    """Return the rows whose texts are wider than their column, each text broken into lines."""
    if max(spans) <= columns:
        return {}
    known: dict[tuple[str, str], _Cell] = {}
    cells = {}
    for row, text in enumerate(texts):
        if spans[row] > columns:
            style = styles[row] if row < len(styles) else ""
            if (text, style) not in known:
                known[text, style] = _cell(text, style, columns, right)
            cells[row] = known[text, style]
    return cells


def _cell(text: str, style: str, columns: int, right: bool) -> _Cell:
    lines = wrap(text, columns)
    spans = list(map(width, lines))
    if max(spans) > columns:
        lines = [line for whole in lines for line in _cut(whole, columns)]
        spans = list(map(width, lines))
    if style:
        lines = _styled(lines, [style] * len(lines))
    return tuple(_filled(lines, spans, columns, right))


def _stacked(
    filled: Sequence[list[str]], broken: Sequence[dict[int, _Cell]], widths: Sequence[int]
) -> list[list[str]]:
    """Set each column's lines below each other, every row as high as its highest cell.

    A row of several lines is kept apart from its neighbours by an empty one.
    """
    heights = [1] * len(filled[0])
    for cells in broken:
        for row, cell in cells.items():
            heights[row] = max(heights[row], len(cell))
    apart = [row > 0 and max(pair) > 1 for row, pair in enumerate(pairwise(heights))]
    heights = list(map(add, heights, [*apart, False]))
    stacked = []
    for column_texts, cells, wide in zip(filled, broken, widths, strict=True):
        blanks = [(" " * wide,) * number for number in range(max(heights) + 1)]
        column_cells: list[_Cell] = list(zip(column_texts, strict=True))
        for row, cell in cells.items():
            column_cells[row] = cell
        rows = zip(column_cells, heights, strict=True)
        stacked.append([line for cell, high in rows for line in cell + blanks[high - len(cell)]])
    return stacked


def _cut(line: str, columns: int) -> Iterator[str]:
    """Break a line with a word that is too long for any wherever it must be."""
    while width(line) > columns:
        fits = len(line) - 1
        while fits > 1 and width(line[:fits]) > columns:
            fits -= 1
        yield line[:fits]
        line = line[fits:]
    yield line


def _styled(texts: Sequence[str], styles: Sequence[str]) -> list[str]:
    """Put texts between the codes of their styles; what comes after the last style has none."""
    begin = {style: _begin(style) for style in set(styles)}
    styled = [
        f"{begin[style]}{text}{_END}" if style and text else text
        for text, style in zip(texts, styles, strict=False)
    ]
    return [*styled, *texts[len(styled) :]]


def _begin(style: str) -> str:
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m"


def _filled(texts: Sequence[str], spans: Sequence[int], columns: int, right: bool) -> list[str]:
    """Fill texts up with spaces to one width."""
    gaps = [" " * (columns - span) for span in spans]
    return list(map(add, gaps, texts) if right else map(add, texts, gaps))


def _side_by_side(filled: Iterable[Sequence[str]]) -> str:
    return "\n".join(GAP.join(line).rstrip() for line in zip(*filled, strict=True))
