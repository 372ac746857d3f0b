"""Which sheets take part and how they go together: alone, one after the other, or by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from zhenggai.importers.tables.column_mapping import Table, left_out, map_columns, pointed_at
from zhenggai.importers.tables.grid import CellKind, Sheet, Workbook
from zhenggai.importers.tables.header_search import (
    Header,
    Heading,
    find_header,
    likely_header,
)
from zhenggai.importers.tables.list_items import HALF_WIDTH
from zhenggai.importers.tables.proposal import (
    Answers,
    MappedColumn,
    Need,
    Question,
    Remark,
    Skipped,
)
from zhenggai.importers.tables.row_groups import Grouped, group_rows
from zhenggai.importers.tables.synonyms import ANY_FIELD, meaning


class Joining(Enum):
    """How the sheets that take part go together."""

    STACKED = "stacked"
    """One after the other, each with findings of its own."""
    JOINED = "joined"
    """By the number of the finding; the first has the titles."""


@dataclass
class Taking:
    """A sheet that takes part, with its rows grouped."""

    table: Table
    grouped: Grouped
    number: int
    """Which of the file's sheets it is, from 0."""


@dataclass
class Arrangement:
    """What takes part, and all that was said on the way."""

    joining: Joining = Joining.STACKED
    takings: list[Taking] = field(default_factory=list)
    names_are_aspects: bool = False
    columns: list[MappedColumn] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class _Found:
    """A sheet with a header."""

    def __init__(self, number: int, sheet: Sheet, header: Header) -> None:
        self.number, self.sheet, self.header = number, sheet, header


def arrange(workbook: Workbook, answers: Answers) -> Arrangement:
    """Find the sheets with a header and say how they go together."""
    arrangement = Arrangement()
    found: list[_Found] = []
    for number, sheet in enumerate(workbook.sheets):
        if _is_left_out(sheet, answers):
            arrangement.skipped.append(_skipped(sheet, "隐藏的表，未读入（要读用 --sheet 指明）"))
            continue
        if answers.sheets and sheet.name.strip() not in [name.strip() for name in answers.sheets]:
            arrangement.skipped.append(_skipped(sheet, "未用 --sheet 指明"))
            continue
        header = find_header(sheet, pointed_at(sheet, answers))
        if header is None:
            header = _continued(sheet, found)
        if header is None:
            if sheet.rows:
                arrangement.skipped.append(_skipped(sheet, "没有找到表头，未读入"))
            continue
        found.append(_Found(number, sheet, header))
    chosen = _choose(arrangement, found)
    if not chosen:
        _point_at_columns(arrangement, workbook, answers)
        return arrangement
    for one in chosen:
        pointed = pointed_at(one.sheet, answers)
        table, columns, questions, notes = map_columns(one.sheet, one.header, pointed)
        grouped = group_rows(table)
        rows = {row for block in grouped.blocks for row in block.rows}
        arrangement.columns += columns
        arrangement.questions += questions
        arrangement.notes += notes
        arrangement.skipped += left_out(table, columns, rows)
        arrangement.takings.append(Taking(table, grouped, one.number))
    _ask_how_they_go_together(arrangement, answers)
    return arrangement


def _is_left_out(sheet: Sheet, answers: Answers) -> bool:
    return sheet.is_hidden and sheet.name.strip() not in [name.strip() for name in answers.sheets]


def _skipped(sheet: Sheet, reason: str) -> Skipped:
    texts = [cell.text for cells in sheet.rows.values() for cell in cells.values() if cell.text]
    return Skipped(sheet.title, reason, tuple(texts))


def _continued(sheet: Sheet, found: Sequence[_Found]) -> Header | None:
    """Return the header of the Word table before, where this one goes on without any.

    It does where it has the same columns and a number where that has one.
    """
    if not sheet.counts_cells or not found or not sheet.rows:
        return None
    before = found[-1]
    first = next(iter(sheet.rows.values()))
    numbers = [
        column
        for column, heading in before.header.headings.items()
        if meaning(heading.text).fields == ("序号",)
    ]
    widths = [max(max(cells) for cells in one.rows.values()) for one in (sheet, before.sheet)]
    is_numbered = any(
        column in first and first[column].text.translate(HALF_WIDTH).isdigit() for column in numbers
    )
    if widths[0] != widths[1] or not is_numbered:
        return None
    headings = {
        column: Heading(heading.text, heading.names)
        for column, heading in before.header.headings.items()
    }
    return Header(0, 0, headings, before.header.fields)


def _choose(arrangement: Arrangement, found: list[_Found]) -> list[_Found]:
    """Return the sheets that take part, and say how they go together."""
    ledgers = [one for one in found if one.header.is_ledger]
    titled = ledgers or [one for one in found if "问题" in one.header.fields]
    if not titled or (not ledgers and len(titled) > 1):
        reason = "没有问题和另外两个认得的列名，未读入"
        arrangement.skipped += [_skipped(one.sheet, reason) for one in found]
        return []
    if _tell_of_the_same(ledgers):
        arrangement.joining = Joining.JOINED
    chosen = list(titled)
    is_stack = len(ledgers) > 1 and arrangement.joining is Joining.STACKED
    known = set().union(*(one.header.fields for one in chosen))
    for one in found:
        if one in chosen:
            continue
        adds = "序号" in known and one.header.fields - known and not _counts(one)
        if adds and not is_stack:
            arrangement.joining = Joining.JOINED
            known |= one.header.fields
            chosen.append(one)
        else:
            arrangement.skipped.append(_skipped(one.sheet, "不是问题的清单，未读入"))
    if not ledgers and len(chosen) == 1:
        reason = "只有问题，没有其他认得的列，未读入"
        arrangement.skipped.append(_skipped(chosen[0].sheet, reason))
        return []
    return chosen


def _tell_of_the_same(ledgers: list[_Found]) -> bool:
    """Whether ledgers of different columns tell of the same findings, by number and title."""
    shapes = {one.header.fields for one in ledgers}
    numbered = all("序号" in one.header.fields for one in ledgers)
    return len(shapes) > 1 and numbered and _have_same_titles(ledgers)


def _counts(found: _Found) -> bool:
    """Whether a sheet is of figures: a column that no ledger has holds nothing but numbers."""
    for column, heading in found.header.headings.items():
        if meaning(heading.text).is_known:
            continue
        cells = [
            row[column]
            for number, row in found.sheet.rows.items()
            if number > found.header.last_row and column in row
        ]
        if cells and all(cell.kind is CellKind.NUMBER for cell in cells):
            return True
    return False


def _have_same_titles(found: Iterable[_Found]) -> bool:
    """Whether sheets say the same titles at the same numbers, so that they tell of one ledger."""
    titles: dict[str, str] = {}
    shared = 0
    for one in found:
        columns = {
            field_name: column
            for column, heading in one.header.headings.items()
            if len(fields := meaning(heading.names[-1]).fields) == 1
            and (field_name := fields[0]) in ("序号", "问题")
        }
        if len(columns) < 2:  # noqa: PLR2004 - number and title
            return False
        own: dict[str, str] = {}
        for row, cells in one.sheet.rows.items():
            number, title = cells.get(columns["序号"]), cells.get(columns["问题"])
            if row > one.header.last_row and number and title:
                own.setdefault(number.text.translate(HALF_WIDTH), title.text)
        for number_text, title_text in own.items():
            if number_text in titles:
                shared += 1
                if titles[number_text] != title_text:
                    return False
        titles |= own
    return shared > 0


def _point_at_columns(arrangement: Arrangement, workbook: Workbook, answers: Answers) -> None:
    """Where no sheet has a header, list the columns of what looks most like one."""
    for sheet in workbook.sheets:
        if _is_left_out(sheet, answers):
            continue
        header = likely_header(sheet)
        if header is None:
            continue
        _, columns, *_ = map_columns(sheet, header, pointed_at(sheet, answers))
        for column in columns:
            if not column.field and (column.heading or not column.is_empty):
                choices = column.choices or ANY_FIELD
                arrangement.columns.append(column._replace(choices=choices))
            else:
                arrangement.columns.append(column)


def _ask_how_they_go_together(arrangement: Arrangement, answers: Answers) -> None:
    takings = arrangement.takings
    first = takings[0].table.sheet
    if len(takings) < 2:  # noqa: PLR2004 - there is nothing to go together
        return
    names = "、".join(taking.table.sheet.name for taking in takings)
    if arrangement.joining is Joining.JOINED:
        for taking in takings[1:]:
            place = taking.table.sheet.title
            text = f"{names}按序号连成一本"
            arrangement.questions.append(Question(place, text, Need.CONFIRM, "join"))
        return
    if not first.is_named:
        return
    has_aspect = any(taking.table.has("方面") for taking in takings)
    arrangement.names_are_aspects = not has_aspect and "aspects" not in answers.denied
    shapes = {taking.table.header.fields for taking in takings}
    how = "表头相同" if len(shapes) == 1 else "表头不同"
    text = f"{names}共{len(takings)}张表{how}，并成一本"
    if arrangement.names_are_aspects:
        text += "，表名作方面"
    for taking in takings:
        arrangement.questions.append(
            Question(taking.table.sheet.title, text, Need.CONFIRM, "aspects")
        )
