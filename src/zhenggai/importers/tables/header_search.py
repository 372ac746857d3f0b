"""Find the header of a sheet, one row or two, and what stands above it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from zhenggai.importers.tables.grid import BLANKS, Cell, CellKind, Sheet
from zhenggai.importers.tables.proposal import Sourced, TitleBlock
from zhenggai.importers.tables.synonyms import IGNORED, Meaning, meaning, plain_heading
from zhenggai.importers.tables.table_dates import read_event_cell

_LOOKED_AT = 15
_NEEDED = 3
_NEEDED_TO_JOIN = 2
_FEWEST = 2


class Heading(NamedTuple):
    """The name of a column as it is written, of two rows the second with the first before it."""

    text: str
    names: tuple[str, ...]
    """In which forms it is looked up, one after the other."""


class Header(NamedTuple):
    """Where a header is and what it names; rows and columns count from 1."""

    first_row: int
    last_row: int
    headings: Mapping[int, Heading]
    fields: frozenset[str]
    """The fields that are named clearly or may be meant."""

    @property
    def is_ledger(self) -> bool:
        """Whether it is the header of a ledger of its own: 问题 and two more."""
        return "问题" in self.fields and len(self.fields) >= _NEEDED

    @property
    def can_join(self) -> bool:
        """Whether it is of a sheet that goes with another by its numbers."""
        return "序号" in self.fields and len(self.fields) >= _NEEDED_TO_JOIN


class Pointed(NamedTuple):
    """Which columns were pointed at: by name in plain form, and by number."""

    by_name: Mapping[str, str]
    by_column: Mapping[int, str]


def find_header(sheet: Sheet, pointed: Pointed) -> Header | None:
    """Return the header with most known names; None where no row is one."""
    found = [
        header for header in _candidates(sheet, pointed) if header.is_ledger or header.can_join
    ]
    # Of two that are as good, a ledger's before one that only joins, and the upper one.
    return max(
        found,
        key=lambda one: (
            one.is_ledger,
            len(one.fields),
            one.first_row - one.last_row,
            -one.first_row,
        ),
        default=None,
    )


def likely_header(sheet: Sheet) -> Header | None:
    """Return the row that looks most like a header, whatever its names: to ask about it."""
    best: tuple[int, int] | None = None
    rows = _first_rows(sheet)
    for row in rows:
        cells = sheet.rows[row]
        texts = [cell for cell in cells.values() if cell.kind is CellKind.TEXT and cell.text]
        below = any(other > row for other in sheet.rows)
        if len(texts) >= _NEEDED and below and (best is None or len(texts) > best[0]):
            best = len(texts), row
    if best is None:
        return None
    row = best[1]
    headings = {
        column: Heading(cell.text, (cell.text,))
        for column, cell in sheet.rows[row].items()
        if cell.text
    }
    return Header(row, row, headings, frozenset())


def lookup(heading: Heading, column: int, pointed: Pointed) -> Meaning:
    """Return what a column means: as it was pointed at, else as it is named."""
    said = pointed.by_column.get(column)
    for name in (*heading.names, heading.text):
        said = said or pointed.by_name.get(plain_heading(name))
    if said:
        return Meaning(() if said == IGNORED else (said,))
    found = [meaning(name) for name in heading.names]
    clear = [one for one in found if len(one.fields) == 1]
    known = [one for one in found if one.is_known]
    return (clear or known or found)[0]


def _first_rows(sheet: Sheet) -> list[int]:
    return [row for row in sheet.rows if row <= _LOOKED_AT]


def _candidates(sheet: Sheet, pointed: Pointed) -> Iterator[Header]:
    for row in _first_rows(sheet):
        one = _one_row(sheet, row)
        if one:
            yield _header(row, row, one, pointed)
        two = _two_rows(sheet, row, one)
        if two:
            yield _header(row, row + 1, two, pointed)


def _header(first: int, last: int, headings: Mapping[int, Heading], pointed: Pointed) -> Header:
    fields: set[str] = set()
    for column, heading in headings.items():
        fields |= set(lookup(heading, column, pointed).fields)
    return Header(first, last, headings, frozenset(fields))


def _one_row(sheet: Sheet, row: int) -> dict[int, Heading]:
    return {
        column: Heading(cell.text, (cell.text,))
        for column, cell in sheet.rows[row].items()
        if cell.text and cell.kind is CellKind.TEXT
    }


def _two_rows(sheet: Sheet, row: int, above: Mapping[int, Heading]) -> dict[int, Heading]:
    """Return the headings of a row with groups and the row with their parts; empty if none is."""
    below = sheet.rows.get(row + 1)
    # One text over everything is a title and no group.
    if (
        not below
        or len(above) < _FEWEST
        or any(cell.kind is not CellKind.TEXT for cell in below.values() if cell.text)
    ):
        return {}
    groups = dict(_groups(sheet, row, above, below))
    if not groups:
        return {}
    headings = dict(above)
    for column, cell in below.items():
        if not cell.text:
            continue
        parent = groups.get(column)
        if parent is None:
            if column in above and plain_heading(above[column].text) != plain_heading(cell.text):
                return {}
            headings.setdefault(column, Heading(cell.text, (cell.text,)))
            continue
        headings[column] = Heading(cell.text, (parent + cell.text, cell.text + parent, cell.text))
    return headings


def _groups(
    sheet: Sheet, row: int, above: Mapping[int, Heading], below: Mapping[int, Cell]
) -> Iterator[tuple[int, str]]:
    """Yield each column that is part of a group with the group's name."""
    for column, heading in above.items():
        span = sheet.span(row, column)
        if span is not None:
            if span.right > span.left and span.bottom == row:
                yield from ((one, heading.text) for one in range(span.left, span.right + 1))
        elif not sheet.merged and column in below:
            # A file without merges: the group's name stands over its first part alone.
            parts = [column]
            while parts[-1] + 1 in below and parts[-1] + 1 not in above:
                parts.append(parts[-1] + 1)
            if len(parts) > 1:
                yield from ((one, heading.text) for one in parts)


# -- the title block --------------------------------------------------------------------------

_AS_OF = re.compile(
    r"截[至止]+(?:到|日期|时间)?[:：\s]*"
    r"([0-9〇○零一二三四五六七八九十]{4}\s*[年./-]\s*[0-9一二三四五六七八九十]{1,3}\s*[月./-]\s*[0-9一二三四五六七八九十]{1,3}\s*日?)"
)
_UNIT = re.compile(
    r"(?:填报|报送|上报|填表|被巡察|整改|制表|编制|责任)(?:单位|部门|党组织|党组)(?:名称)?"
    r"\s*(?:[(（][^()（）]*[)）])?\s*[:：]\s*(.+?)(?=[\s\u3000]{2,}|[\s\u3000]+(?:截|填报|日期|单位)|$)"
)
_MARKING = re.compile(
    r"(?:内部资料|内部文件|内部材料|工作秘密|秘密|机密)(?:[\s\u3000★·]*"
    r"(?:注意保存|不得外传|请勿外传|严禁外传|妥善保管|\d+年))*"
)


def read_title_block(sheet: Sheet, header: Header, around: Sequence[str] = ()) -> TitleBlock:
    """Read what stands above a header, and before a Word table."""
    texts = [Sourced(text, f"{sheet.title}上方") for text in around]
    texts += [
        Sourced(cell.text, sheet.place(row, column))
        for row, cells in sheet.rows.items()
        if row < header.first_row
        for column, cell in cells.items()
        if cell.text
    ]
    block = TitleBlock(texts=tuple(texts))
    for text in texts:
        block = TitleBlock(
            block.as_of or _as_of(text),
            block.unit or _unit(text),
            block.marking or _marking(text),
            block.texts,
        )
    return block


def _as_of(text: Sourced) -> Sourced | None:
    match = _AS_OF.search(unicodedata.normalize("NFKC", text.value))
    day = read_event_cell(Cell(match[1].replace(" ", ""))).day if match else None
    return Sourced(day, text.place) if day else None


def _unit(text: Sourced) -> Sourced | None:
    match = _UNIT.search(text.value)
    unit = match[1].strip(BLANKS + "\t_＿") if match else ""
    return Sourced(unit, text.place) if unit else None


def _marking(text: Sourced) -> Sourced | None:
    match = _MARKING.search(text.value)
    return Sourced(match[0].strip(BLANKS), text.place) if match else None
