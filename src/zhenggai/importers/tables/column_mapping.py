"""Map the columns of a sheet to fields: by their names, by what was pointed at, or not at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhenggai.errors import WrongUsageError
from zhenggai.importers.tables.grid import (
    MOST_COLUMNS,
    Sheet,
    Workbook,
    column_letter,
    column_number,
)
from zhenggai.importers.tables.header_search import Header, Pointed, lookup
from zhenggai.importers.tables.labelled_names import split_labelled
from zhenggai.importers.tables.proposal import (
    Answers,
    MappedColumn,
    Need,
    Question,
    Remark,
    Skipped,
)
from zhenggai.importers.tables.synonyms import (
    BY_NAME,
    COMPOSITE,
    IGNORED,
    WORKED_OUT,
    field_named,
    is_own_table,
    meaning,
    plain_heading,
)
from zhenggai.model.suggestion import meant

_ASPECT, _CATEGORY, _CATEGORY_FIELD = "方面", "问题类别", "归类"
_RESPONSIBLE = {"责任领导", "责任科室", "责任人"}


@dataclass(frozen=True)
class Table:
    """A sheet that takes part, its header, and the field of each column that is read."""

    sheet: Sheet
    header: Header
    fields: Mapping[int, str]

    def columns(self, field: str) -> list[int]:
        """Return the columns that are read as a field."""
        return [column for column, one in self.fields.items() if one == field]

    def has(self, field: str) -> bool:
        """Whether any column is read as a field."""
        return field in self.fields.values()

    @property
    def is_own(self) -> bool:
        """Whether the program wrote it."""
        return is_own_table(heading.text for heading in self.header.headings.values())


def pointed_at(sheet: Sheet, answers: Answers) -> Pointed:
    """Return which columns of a sheet were pointed at."""
    by_name: dict[str, str] = {}
    by_column: dict[int, str] = {}
    for written, field in answers.columns:
        of_sheet, mark, column = written.rpartition("!")
        if mark and of_sheet.strip() != sheet.name.strip():
            continue
        name = field_named(field)
        if name is None:
            raise WrongUsageError(
                f"没有“{field}”这个字段；{meant(field, BY_NAME)}"
                f"可写：{'、'.join(BY_NAME)}，不读入写 {IGNORED}"
            )
        if _is_letter(column):
            by_column[column_number(column)] = name
        else:
            by_name[plain_heading(column)] = name
    return Pointed(by_name, by_column)


def _is_letter(column: str) -> bool:
    is_letters = column.isascii() and column.isalpha() and column.isupper()
    return is_letters and len(column) <= 2 and column_number(column) <= MOST_COLUMNS  # noqa: PLR2004


def refuse_unknown_columns(workbook: Workbook, answers: Answers) -> None:
    """Raise WrongUsageError for a column or a sheet that was pointed at and is not there."""
    names = {plain_heading(cell.text) for _, _, _, cell in workbook.cells()}
    sheets = [sheet.name for sheet in workbook.sheets]
    for name in answers.sheets:
        if name.strip() not in [one.strip() for one in sheets]:
            there = "、".join(sheets)
            raise WrongUsageError(f"没有“{name}”这张表；{meant(name, sheets)}有：{there}")
    for written, _ in answers.columns:
        of_sheet, mark, column = written.rpartition("!")
        if mark and of_sheet.strip() not in [one.strip() for one in sheets]:
            raise WrongUsageError(
                f"没有“{of_sheet}”这张表；{meant(of_sheet, sheets)}有：{'、'.join(sheets)}"
            )
        if not _is_letter(column) and plain_heading(column) not in names:
            raise WrongUsageError(f"没有“{column}”这一列；{meant(column, names)}核对 --map")


def map_columns(
    sheet: Sheet, header: Header, pointed: Pointed
) -> tuple[Table, list[MappedColumn], list[Question], list[Remark]]:
    """Return a table with its columns mapped, and what there is to say of these."""
    chosen = {
        column: lookup(heading, column, pointed).fields
        for column, heading in header.headings.items()
    }
    _tell_categories(header, chosen)
    extra = {column: field for column, field in pointed.by_column.items() if column not in chosen}
    said = _pointed_columns(header, pointed)
    fields: dict[int, str] = dict(extra)
    open_choices: dict[int, tuple[str, ...]] = {}
    for column, choices in chosen.items():
        if len(choices) == 1:
            fields[column] = choices[0]
        elif choices:
            if set(choices) <= _RESPONSIBLE and _is_labelled(sheet, header, column):
                fields[column] = COMPOSITE
            elif any(_values(sheet, header, column)):
                open_choices[column] = choices
    for column in _doubled(fields, {*said, *extra}):
        if any(_values(sheet, header, column)):
            open_choices[column] = (fields[column],)
    for column in open_choices:
        fields.pop(column, None)
    if is_own_table(heading.text for heading in header.headings.values()):
        # The states of a table of the program's own were worked out and are no evidence.
        fields = {column: field for column, field in fields.items() if field != "状态"}
    mapping = Table(sheet, header, dict(sorted(fields.items())))
    return (
        mapping,
        list(_mapped(mapping, open_choices)),
        list(_questions(mapping, said)),
        list(_notes(mapping)),
    )


def _tell_categories(header: Header, chosen: dict[int, tuple[str, ...]]) -> None:
    """Where a table has 方面 as well, it means by 问题类别 what the ledger means by it."""
    plain = {column: plain_heading(heading.text) for column, heading in header.headings.items()}
    for column, name in plain.items():
        if name == _CATEGORY and _ASPECT in plain.values() and chosen[column] == (_ASPECT,):
            chosen[column] = (_CATEGORY_FIELD,)


def _doubled(fields: Mapping[int, str], said: set[int]) -> Iterator[int]:
    """Yield the columns that share a field with another: which of them it is must be said."""
    times = Counter(fields.values())
    for column, field in fields.items():
        if times[field] > 1 and field != COMPOSITE and column not in said:
            yield column


def _pointed_columns(header: Header, pointed: Pointed) -> set[int]:
    found = set(pointed.by_column)
    for column, heading in header.headings.items():
        if any(plain_heading(name) in pointed.by_name for name in (*heading.names, heading.text)):
            found.add(column)
    return found


def _is_labelled(sheet: Sheet, header: Header, column: int) -> bool:
    """Whether every cell of a column says under labels what is what."""
    values = list(_values(sheet, header, column))
    return bool(values) and all(split_labelled(value) for value in values)


def _values(sheet: Sheet, header: Header, column: int) -> Iterator[str]:
    for row, cells in sheet.rows.items():
        if row > header.last_row and (cell := cells.get(column)) and cell.text:
            span = sheet.span(row, column)
            if span is None or span.left == span.right:
                yield cell.text


def _mapped(table: Table, open_choices: Mapping[int, tuple[str, ...]]) -> Iterator[MappedColumn]:
    sheet, header = table.sheet, table.header
    for column in sorted({*header.headings, *table.fields}):
        heading = header.headings.get(column)
        values = []
        for value in _values(sheet, header, column):
            values.append(value)
            if len(values) == 2:  # noqa: PLR2004 - as many as are shown
                break
        yield MappedColumn(
            sheet.title,
            column_letter(column),
            heading.text if heading else "",
            table.fields.get(column, ""),
            open_choices.get(column, ()),
            tuple(values),
            not values,
        )


def _questions(table: Table, said: set[int]) -> Iterator[Question]:
    """Ask to confirm where a name that may mean several fields was taken for one of them."""
    for column, heading in table.header.headings.items():
        fields = meaning(heading.names[-1]).fields
        if column in said and len(fields) > 1 and column in table.fields:
            place = table.sheet.place(table.header.last_row, column)
            choices = "还是".join(fields)
            text = f"“{heading.text}”可以是{choices}：按{table.fields[column]}读入"
            yield Question(place, text, Need.CONFIRM, f"column:{place}")


def _notes(table: Table) -> Iterator[Remark]:
    letters = defaultdict(list)
    for column, field in table.fields.items():
        letters[field].append(column)
        if column in table.sheet.hidden_columns:
            place = table.sheet.place(table.header.last_row, column)
            yield Remark(place, f"隐藏的列，按{field}读入")
    for field, columns in letters.items():
        if len(columns) > 1 and field != COMPOSITE:
            named = "、".join(column_letter(column) for column in columns)
            place = table.sheet.place(table.header.last_row, columns[0])
            yield Remark(place, f"{named}几列都按{field}读入")


def left_out(table: Table, mapped: Iterable[MappedColumn], rows: set[int]) -> Iterator[Skipped]:
    """Yield each column that is not read, with its values in the rows of findings."""
    sheet, header = table.sheet, table.header
    undecided = {column.letter for column in mapped if column.is_open}
    columns = sorted({column for cells in sheet.rows.values() for column in cells})
    for column in columns:
        if column in table.fields and table.fields[column] != IGNORED:
            continue
        cells = (sheet.cell(row, column) for row in sorted(rows))
        values = tuple(cell.text for cell in cells if cell and cell.text)
        heading = header.headings.get(column)
        if heading is None and not values:
            continue
        name = heading.text if heading else ""
        why = _why_left_out(name, column_letter(column) in undecided)
        is_worked_out = meaning(name).fields == ("状态",) or plain_heading(name) in WORKED_OUT
        if is_worked_out and table.is_own:
            why = "由程序推算，未读入"
        if column in sheet.hidden_columns:
            why = f"隐藏的列，{why}"
        place = sheet.place(header.last_row, column)
        if not values:
            why = "没有内容的列，未读入"
        yield Skipped(place, f"“{name}”{why}" if name else why, values)


def _why_left_out(name: str, is_open: bool) -> str:
    found = meaning(name)
    if is_open:
        return "属于哪个字段待指明，未读入"
    if found.fields:
        return "按 --map 不读入"
    return "在台账里没有对应的字段，未读入" if found.is_known else "不是已知的列名，未读入"
