"""Tell the rows below a header apart, and group those of one finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from zhenggai.importers.tables.column_mapping import Table
from zhenggai.importers.tables.grid import Cell, CellKind, Sheet
from zhenggai.importers.tables.list_items import HALF_WIDTH
from zhenggai.importers.tables.proposal import Remark, Skipped, Sourced
from zhenggai.importers.tables.synonyms import plain_heading

TOTAL_ROW = "合计行"
_TOTAL = re.compile(r"(?:本页|本表|全部)?(?:合计|总计|小计|共计|累计)(?=$|[\s\d:(,])")
_SIGNED = re.compile(
    r"(?:填表|审核|制表|填报|复核|审批|经办|联系|负责|报送|编制|批准)(?:人|单位|日期|时间)?(?:签字|签名)?(?:\(.*?\))?\s*(?::|$|\s)"
    r"|(?:党组书记|主要领导|主要负责人|单位负责人|负责人|分管领导|领导)?(?:签字|签名|盖章)(?:\(.*?\))?\s*(?::|$|\s)"
    r"|(?:说明|备注|注)\s*\d*\s*[:.、]"
)
_ASPECT = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.:,\s]|\([一二三四五六七八九十]{1,3}\))\s*(?P<named>.{2,80})"
    r"|(?P<bare>.{2,60}方面)(?:的?问题)?"
)
_COUNT_BEHIND = re.compile(r"\s*\(共?\s*\d+\s*[个项条].*?\)\s*[:。]?$|\s*[:。]$")
_KINDS = re.compile("立行立改|限期整改|长期坚持|即知即改")
_NUMBER_LIKE = re.compile(r"[\dA-Za-z一二三四五六七八九十()（）.、\-—#〔〕]{1,12}")
_OF_MEASURE = re.compile(r"\d{1,5}\.\d{1,3}")
_WIDE = 3
_HALF = 2


class Entry(NamedTuple):
    """A cell of a column that is read, in its own place."""

    row: int
    column: int
    cell: Cell
    place: str
    rows: range
    """Those that it stands for: its own, or all of its merged range."""


@dataclass
class Block:
    """The rows of one finding in one table."""

    rows: list[int]
    number: Entry | None
    title: Entry | None
    aspect: Sourced | None
    repeats: list[int] = field(default_factory=list)
    """Of the rows those that say number and title once more."""
    is_by_measure: bool = False
    """Whether the table numbers measures (7.2), each on a line of its own."""


@dataclass
class Grouped:
    """What the rows of a table came to."""

    blocks: list[Block] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)


def own(table: Table, row: int, column: int) -> Entry | None:
    """Return what stands in a cell itself, also where it is an error; None where nothing does."""
    cell = table.sheet.cell(row, column)
    if cell is None or not (cell.text or cell.kind is CellKind.UNCACHED):
        return None
    span = table.sheet.span(row, column)
    if span is not None and (span.top, span.left) != (row, column):
        return None
    rows = range(row, span.bottom + 1) if span else range(row, row + 1)
    return Entry(row, column, cell, table.sheet.place(row, column), rows)


def is_usable(cell: Cell) -> bool:
    """Whether a cell holds a value: an error of Excel's and a formula without value do not."""
    return bool(cell.text) and cell.kind not in (CellKind.ERROR, CellKind.UNCACHED)


def group_rows(table: Table) -> Grouped:
    """Group the rows below the header by finding; what is no data is skipped and listed.

    A new finding begins where the number or the title has a cell of its own with a value.
    """
    return _Grouper(table).run()


class _Grouper:
    def __init__(self, table: Table) -> None:
        self._table, self._sheet = table, table.sheet
        self._found = Grouped()
        self._aspect: Sourced | None = None
        self._headings = {
            column: plain_heading(heading.text) for column, heading in table.header.headings.items()
        }
        self._is_by_measure = _numbers_measures(table)
        self._is_wide = max(_WIDE, (len(self._headings) + 1) // _HALF)

    def run(self) -> Grouped:
        for row, cells in self._sheet.rows.items():
            if row <= self._table.header.last_row:
                continue
            shown = {
                column: cell
                for column, cell in cells.items()
                if cell.text or cell.kind is CellKind.UNCACHED
            }
            if not shown:
                continue
            if not self._is_no_data(row, shown):
                self._take(row, shown)
        return self._found

    # -- what is no data ----------------------------------------------------------------------

    def _is_no_data(self, row: int, cells: dict[int, Cell]) -> bool:
        texts = tuple(cell.text for cell in cells.values())
        first_column = next(iter(cells))
        first = texts[0].translate(HALF_WIDTH).strip()
        if self._is_header_again(cells):
            return self._skip(row, "重复的表头", texts)
        number_column = next(iter(self._table.columns("序号")), None)
        is_at_left = first_column == min(self._headings, default=1) or first_column == number_column
        title = self._first(row, "问题")
        is_finding = title is not None and title.column != first_column
        if _TOTAL.match(first) and (is_at_left or not is_finding):
            return self._skip(row, TOTAL_ROW, texts)
        if self._is_alone(row, cells):
            return self._names_aspect(row, cells) or self._skip(row, "整行的文字", texts)
        if _SIGNED.match(first) and is_at_left and not is_finding:
            return self._skip(row, "签字、说明行", texts)
        is_lone_text = len(cells) == 1 and is_at_left and not _NUMBER_LIKE.fullmatch(first)
        if is_lone_text and first_column == number_column:
            # A file without merges has a line of its own in the first column.
            return self._names_aspect(row, cells) or self._skip(row, "单独的文字", texts)
        return False

    def _names_aspect(self, row: int, cells: dict[int, Cell]) -> bool:
        """Take a row of its own as the aspect of those below it, if it reads like one."""
        ((column, cell),) = cells.items()
        aspect = _aspect_of(cell.text)
        if aspect is None:
            return False
        self._aspect = Sourced(aspect, self._sheet.place(row, column))
        self._found.notes.append(Remark(self._aspect.place, f"整行的“{cell.text}”作以下各行的方面"))
        return True

    def _skip(self, row: int, reason: str, texts: tuple[str, ...]) -> bool:
        column = next(iter(self._sheet.rows[row]))
        self._found.skipped.append(Skipped(self._sheet.place(row, column), reason, texts))
        return True

    def _is_header_again(self, cells: dict[int, Cell]) -> bool:
        texts = {column: plain_heading(cell.text) for column, cell in cells.items()}
        same = sum(self._headings.get(column) == text for column, text in texts.items())
        firsts = self._sheet.rows.get(self._table.header.first_row, {})
        above = sum(
            plain_heading(firsts[column].text) == text
            for column, text in texts.items()
            if column in firsts
        )
        return max(same, above) >= _HALF and max(same, above) == len(texts)

    def _is_alone(self, row: int, cells: dict[int, Cell]) -> bool:
        """Whether a row is one merged cell."""
        if len(cells) != 1:
            return False
        span = self._sheet.span(row, next(iter(cells)))
        return span is not None and span.right - span.left + 1 >= self._is_wide

    # -- data ---------------------------------------------------------------------------------

    def _take(self, row: int, cells: dict[int, Cell]) -> None:
        if row in self._sheet.hidden_rows:
            place = self._sheet.place(row, next(iter(cells)))
            self._found.notes.append(Remark(place, "隐藏的行，照样读入"))
        number, title = (self._first(row, field) for field in ("序号", "问题"))
        if self._is_by_measure and number is not None:
            of_finding = number.cell.text.translate(HALF_WIDTH).partition(".")[0]
            number = number._replace(cell=Cell(of_finding))
        last = self._found.blocks[-1] if self._found.blocks else None
        if number is None and title is None:
            if last is None:
                texts = tuple(cell.text for cell in cells.values())
                self._found.errors.append(
                    Remark(
                        self._sheet.place(row, next(iter(cells))),
                        f"“{'；'.join(texts)}”在第一个问题之前，不知属于哪个问题；补上序号和问题",
                    )
                )
                self._skip(row, "不属于任何问题", texts)
            else:
                last.rows.append(row)
            return
        if last is not None and self._repeats(last, number, title):
            last.rows.append(row)
            last.repeats.append(row)
            return
        block = Block([row], number, title, self._aspect, is_by_measure=self._is_by_measure)
        self._found.blocks.append(block)
        if self._table.has("问题"):
            self._point_at_what_is_missing(row, number, title, last)

    def _first(self, row: int, field_name: str) -> Entry | None:
        for column in self._table.columns(field_name):
            if found := own(self._table, row, column):
                return found
        return None

    def _repeats(self, last: Block, number: Entry | None, title: Entry | None) -> bool:
        """Whether a row says once more which finding it is of, as tables without merges do."""

        def says(entry: Entry | None) -> str:
            return entry.cell.text.translate(HALF_WIDTH) if entry else ""

        if not self._table.has("问题"):
            return says(last.number) == says(number)
        if title is None or last.title is None or says(title) != says(last.title):
            return False
        return says(number) == says(last.number) or number is None

    def _point_at_what_is_missing(
        self, row: int, number: Entry | None, title: Entry | None, last: Block | None
    ) -> None:
        if title is None and number is not None:
            column = self._table.columns("问题")[0]
            span = self._sheet.span(row, column)
            why = "问题的合并单元格跨了两个序号" if span and span.top < row else "有序号而没有问题"
            self._found.errors.append(
                Remark(number.place, f"序号“{number.cell.text}”：{why}；请补上问题或取消合并")
            )
        elif number is None and last is not None:
            for column in self._table.columns("序号"):
                span = self._sheet.span(row, column)
                if span and span.top < row and title is not None:
                    self._found.errors.append(
                        Remark(
                            self._sheet.place(span.top, span.left),
                            f"序号的合并单元格跨了两个问题（“{title.cell.text}”）；请取消合并",
                        )
                    )


def _numbers_measures(table: Table) -> bool:
    """Whether a table without titles numbers measures, each by its finding: 7.1, 7.2."""
    if table.has("问题") or not table.has("措施"):
        return False
    found = [
        entry.cell.text.translate(HALF_WIDTH)
        for row in table.sheet.rows
        if row > table.header.last_row
        for column in table.columns("序号")
        if (entry := own(table, row, column))
    ]
    return bool(found) and all(_OF_MEASURE.fullmatch(text) for text in found)


def _aspect_of(text: str) -> str | None:
    """Return the aspect that a row of its own names (一、…方面), its number left out."""
    plain = text.translate(HALF_WIDTH)
    match = _ASPECT.fullmatch(_COUNT_BEHIND.sub("", plain))
    if match is None or _KINDS.search(plain) or _SIGNED.match(plain):
        return None
    start, end = match.span("named") if match["named"] else match.span("bare")
    return text[start:end].strip()


def data_entries(table: Table, block: Block, field_name: str) -> Iterator[Entry]:
    """Yield the cells of a field in the rows of a finding, each in its own place."""
    for row in block.rows:
        for column in table.columns(field_name):
            if entry := own(table, row, column):
                yield entry


def merged_from_above(table: Table, block: Block, field_name: str) -> Entry | None:
    """Return the cell of an earlier finding whose merged range goes on into this one."""
    sheet: Sheet = table.sheet
    for column in table.columns(field_name):
        span = sheet.span(block.rows[0], column)
        if span is not None and span.top < block.rows[0]:
            return own(table, span.top, span.left)
    return None
