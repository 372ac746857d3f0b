"""A grid of cells with places, whatever file it was read from: what all of the mapping works on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

# Blanks are these and nothing else; a TAB is part of a text.
BLANKS = " \u00a0\u3000\r\n"


class CellKind(Enum):
    """What a file says a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ERROR = "error"
    """An error of Excel's: the text is #REF! and the like."""
    UNCACHED = "uncached"
    """A formula whose value the file does not have: the text is empty."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something.

    `text` is what it says, blanks around it off and line ends as LF; `number` the number behind it
    and `day` the day that it shows, where it is one of a date format; `remarks` what is to be
    pointed at (删除线, 批注 …); `paragraphs` those of a Word cell, where there are several.
    """

    text: str
    kind: CellKind = CellKind.TEXT
    number: float | None = None
    day: date | None = None
    remarks: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()


class Span(NamedTuple):
    """A merged range, rows and columns counted from 1, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet or table: its cells that hold something, by row and column counted from 1.

    `name` is '' where the file has one table without a name (csv); `is_named` says whether a
    person gave the name. A Word table's `width` is its number of columns; else that of its cells.
    """

    file: str
    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_named: bool = True
    counts_cells: bool = False
    """Whether a place is told as 第2行第1列, as in a Word table, and not as A2."""
    paragraphs: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Of what was read of running text, the paragraph of each cell, which is then its place."""
    _covered: dict[tuple[int, int], Span] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for span in self.merged:
            # What is merged and empty over the whole sheet costs nothing: only rows with cells.
            rows = range(span.top, span.bottom + 1)
            if len(rows) > len(self.rows):
                rows = [row for row in self.rows if row in rows]  # type: ignore[assignment]
            for row in rows:
                for column in range(span.left, min(span.right, span.left + MOST_COLUMNS) + 1):
                    self._covered.setdefault((row, column), span)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what stands in a cell itself; of a merged range that is its first cell."""
        in_row = self.rows.get(row)
        return in_row.get(column) if in_row else None

    def span(self, row: int, column: int) -> Span | None:
        """Return the merged range that a cell is in."""
        return self._covered.get((row, column))

    def seen(self, row: int, column: int) -> Cell | None:
        """Return what is seen at a cell: of a merged range that of its first cell."""
        span = self.span(row, column)
        return self.cell(span.top, span.left) if span else self.cell(row, column)

    def place(self, row: int, column: int | None = None) -> str:
        """Return a place as 文件!表!单元格; without a column that of the row."""
        if self.paragraphs:
            at = self.paragraphs.get((row, column or 0))
            at = at or min((n for (r, _), n in self.paragraphs.items() if r == row), default=0)
            return f"{self.file}!第{at}段"
        if self.counts_cells:
            where = f"{self.name}第{row}行" + (f"第{column}列" if column else "")
            return f"{self.file}!{where}"
        where = f"{column_letter(column)}{row}" if column else f"第{row}行"
        return "!".join(filter(None, (self.file, self.name, where)))

    @property
    def title(self) -> str:
        """The sheet as it is named to people: 文件!表."""
        return "!".join(filter(None, (self.file, self.name)))


MOST_COLUMNS = 200


@dataclass(frozen=True)
class Workbook:
    """What was read of a file: its sheets in order, and the texts outside of tables.

    `kind` is said first of all (“Excel工作簿（xlsx）”); `notes` is what to tell of how it was read;
    `properties` are the custom properties of a workbook; `around` the paragraphs of a Word file
    before each table, by the table's number from 0; `left` is text that belongs to no table, each
    with its place.
    """

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    left: tuple[tuple[str, str], ...] = ()
    around: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def cells(self) -> Iterator[tuple[Sheet, int, int, Cell]]:
        """Yield every cell that holds something, with its place."""
        for sheet in self.sheets:
            for row, cells in sheet.rows.items():
                for column, cell in cells.items():
                    yield sheet, row, column, cell


def column_letter(column: int) -> str:
    """Write the number of a column as Excel does: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Read what `column_letter` writes."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_LINE_END = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """Return a cell's text with LF at the ends of lines and without blanks around it."""
    if "\r" in text or not text.isprintable():
        text = _LINE_END.sub("\n", text)
    return text.strip(BLANKS)


def plain_number(number: float) -> str:
    """Write a number as a sheet shows it without a format: 1.0 as 1."""
    return str(int(number)) if number == int(number) else repr(number)
