"""`xlsx`: the register as a workbook to print on A3 and to fill in.

What is to be filled in stands right and is white and unlocked, the rest is grey and locked, without
a password: protection keeps from slips and not from people. Column A, hidden, has each row's key;
the sheet `_zhenggai`, which no menu shows, what every row said when it was written.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cached_property
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from zhenggai.errors import InvalidInputError
from zhenggai.ledger.register_sheet import (
    BASE_SHEET,
    COLUMNS,
    KEY,
    PROPERTY,
    YES,
    Light,
    RegisterSheet,
    SheetBlock,
    SheetColumn,
    SheetRow,
    Value,
    canonical,
)
from zhenggai.model.terms import Colour, Stage, Timing
from zhenggai.views.columns import cells

if TYPE_CHECKING:
    from zhenggai.views.progress_tables import Report
    from zhenggai.views.workbook import Workbook

SHEET, FIGURES = "台账", "统计"
NAMED_ROWS = "zhenggai_rows"
VERSION = 1
"""Of how a workbook is written, so that a later version knows what it is reading."""

_A3 = 8
_TITLE_FONT, _FONT, _BOLD_FONT = "方正小标宋简体", "宋体", "黑体"
_GREY = "#F2F2F2"
_TITLE_ROW, _HEAD_ROW, _FIRST_ROW = 0, 2, 3
_MOST_CHARACTERS = 32_767  # that a cell of Excel holds
_LAST_DAY = date(2199, 12, 31)
_LINE = 13.5  # points, for text of 10 points
_PADDING = 6.0
_HIGHEST = 390.0  # points; Excel's limit for a row is 409
_TALL = 360.0  # points; what is said of a finding higher than that is read from its top
_MOST_SPANNED = 500  # rows of one finding that its cells still span

# What is in time has no colour, as in the table of warnings.
_COLOURS_OF_LEVELS = {
    Colour.RED: "#FFC7CE",
    Colour.ORANGE: "#F8CBAD",
    Colour.YELLOW: "#FFEB9C",
    Colour.BLUE: "#9DC3E6",
}
_COLOURS_OF_WORDS = {
    Timing.STALE.value: "#E4DFEC",
    Stage.AWAITING_REVIEW.value: "#BDD7EE",
    Stage.AWAITING_APPROVAL.value: "#BDD7EE",
    Stage.CLOSED.value: "#C6EFCE",
}


def workbook(book: "Workbook") -> bytes:
    """Write the register of a ledger; raise InvalidInputError where a text is too long for a cell.

    The same ledger on the same day gives the same bytes.
    """
    import xlsxwriter  # heavy, and for this alone

    file = BytesIO()
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as written:
        _Writer(written, book).write()
    return file.getvalue()


class _Laid(NamedTuple):
    """The lines of the sheet that a row of the register takes, and its height in points."""

    row: SheetRow
    first: int
    last: int
    height: float


class _Writer:
    """Writes one workbook."""

    def __init__(self, written: Any, book: "Workbook") -> None:
        self._written, self._book = written, book
        self._sheet_of_register: RegisterSheet = book.sheet
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """Write every sheet, and what the file says of itself."""
        day = self._sheet_of_register.day
        made = datetime.combine(day.today, time())
        self._written.set_properties({"title": self._title, "created": made, "author": "zhenggai"})
        about = {
            "version": VERSION,
            "ledger": day.ledger.name,
            "identifier": day.ledger.inspection.identifier or "",
            "day": day.today.isoformat(),
            "department": self._sheet_of_register.department or "",
        }
        self._written.set_custom_property(PROPERTY, json.dumps(about, ensure_ascii=False))
        register = self._written.add_worksheet(SHEET)
        figures = self._written.add_worksheet(FIGURES)
        base = self._written.add_worksheet(BASE_SHEET)
        self._write_register(register)
        self._write_figures(figures)
        self._write_base(base)

    @property
    def _columns(self) -> tuple[SheetColumn, ...]:
        return self._sheet_of_register.columns

    @cached_property
    def _title(self) -> str:
        unit = self._sheet_of_register.day.ledger.inspection.unit or ""
        return f"{unit}巡察整改台账"

    @cached_property
    def _widths(self) -> dict[str, int]:
        """How wide each column is; what is empty from top to bottom only shows its heading."""
        rows = list(self._sheet_of_register.rows)
        return {
            column.name: column.width
            if column.to_fill_in or any(row.values[column.name] for row in rows)
            else min(column.width, _width(column.title) + 2)
            for column in self._columns
        }

    def _format(self, **how: Any) -> Any:
        """Return a format of cells, made once for everything that looks so."""
        key = tuple(sorted(how.items()))
        if key not in self._formats:
            usual = {"font_name": _FONT, "font_size": 10, "text_wrap": True}
            self._formats[key] = self._written.add_format(usual | how)
        return self._formats[key]

    # -- the register -------------------------------------------------------------------------

    def _write_register(self, sheet: Any) -> None:
        last_column = len(self._columns)
        self._set_up(sheet)
        title = self._format(font_name=_TITLE_FONT, font_size=22, align="center", text_wrap=False)
        sheet.merge_range(_TITLE_ROW, 1, _TITLE_ROW, last_column, "", title)
        sheet.write_string(_TITLE_ROW, 1, self._title, title)
        sheet.set_row(_TITLE_ROW, 36)
        sheet.write_string(_TITLE_ROW + 1, 1, self._subtitle(), self._format(text_wrap=False))
        head = self._format(font_name=_BOLD_FONT, border=1, align="center", valign="vcenter")
        to_fill_in = self._format(
            font_name=_BOLD_FONT, border=1, align="center", valign="vcenter", bg_color="#DDEBF7"
        )
        sheet.write_string(_HEAD_ROW, 0, KEY, head)
        for place, column in enumerate(self._columns, start=1):
            sheet.write_string(
                _HEAD_ROW, place, column.title, to_fill_in if column.to_fill_in else head
            )
        sheet.set_row(_HEAD_ROW, 32)
        row = _FIRST_ROW
        for block in self._sheet_of_register.blocks:
            row = self._write_block(sheet, block, row)
        if row > _FIRST_ROW:
            self._write_rules(sheet, row - 1)
        signatures = "填表人：                    审核人：                    负责人签字："
        sheet.write_string(row + 1, 1, signatures, self._format(text_wrap=False))
        for line, note in enumerate(self._notes(), start=row + 2):
            sheet.write_string(line, 1, note, self._format(text_wrap=False, font_size=9))
        sheet.print_area(0, 0, row + 1 + len(self._notes()), last_column)

    def _set_up(self, sheet: Any) -> None:
        """Set what holds for the whole sheet: the paper, the widths, what may be changed."""
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        marking = f"&L{self._book.marking}" if self._book.marking else ""
        sheet.set_header(marking)
        sheet.set_footer("&C第&P页，共&N页")
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        for place, column in enumerate(self._columns, start=1):
            sheet.set_column(place, place, self._widths[column.name])
        titles = [column.name for column in self._columns]
        sheet.freeze_panes(_FIRST_ROW, titles.index("title") + 2)
        allowed = ("format_columns", "format_rows", "sort", "autofilter", "format_cells")
        sheet.protect("", dict.fromkeys(allowed, True))

    def _subtitle(self) -> str:
        day = self._sheet_of_register.day
        unit = day.ledger.inspection.unit
        said = [f"截至{day.today}", f"填报单位：{unit}" if unit else ""]
        return "　　".join(one for one in said if one)

    def _notes(self) -> list[str]:
        sheet = self._sheet_of_register
        notes = ["灰色的由台账生成，不在这里修改；白色的填好以后，用 zhenggai import 读回台账。"]
        if sheet.left_out:
            notes.append(f"另有{sheet.left_out}个不公开的问题，未列入。")
        if sheet.withdrawn:
            notes.append(f"另有{sheet.withdrawn}个已撤销登记的问题，未列入。")
        return notes

    def _write_block(self, sheet: Any, block: SheetBlock, row: int) -> int:
        """Write the rows of a finding and return the line below them."""
        spans = len(block.rows) <= _MOST_SPANNED
        spanning = _OF_FINDING if spans else frozenset[str]()
        laid = list(self._laid_out(sheet, block, spanning, row))
        last = laid[-1].last
        # In the middle of a cell of several pages it would be on none of the first.
        is_tall = sum(one.height for one in laid) > _TALL
        for one in laid:
            sheet.write_string(one.first, 0, one.row.key, self._format(font_color="#808080"))
        for place, column in enumerate(self._columns, start=1):
            if column.name in spanning:
                lines = (row, last)
                self._write_cell(sheet, place, column, block.rows[0], lines, is_tall=is_tall)
            else:
                for one in laid:
                    self._write_cell(sheet, place, column, one.row, (one.first, one.last))
        return last + 1

    def _laid_out(
        self, sheet: Any, block: SheetBlock, spanning: frozenset[str], row: int
    ) -> Iterator[_Laid]:
        """Give each row its lines, high enough that nothing is cut off in print.

        A row of more height than a sheet's line can have takes several lines.
        """
        own = [
            max(
                _height(one.values[column.name], self._widths[column.name])
                for column in self._columns
                if column.name not in spanning
            )
            for one in block.rows
        ]
        first = block.rows[0].values
        shared = [
            _height(first[column.name], self._widths[column.name])
            for column in self._columns
            if column.name in spanning
        ]
        missing = max([*shared, 0.0]) - sum(own)
        if missing > 0:
            own = [height + missing / len(own) for height in own]
        for one, height in zip(block.rows, own, strict=True):
            lines = ceil(height / _HIGHEST)
            for line in range(lines):
                sheet.set_row(row + line, height / lines)
            yield _Laid(one, row, row + lines - 1, height)
            row += lines

    def _write_cell(
        self,
        sheet: Any,
        place: int,
        column: SheetColumn,
        row: SheetRow,
        lines: tuple[int, int],
        *,
        is_tall: bool = False,
    ) -> None:
        value = row.values[column.name]
        if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
            raise InvalidInputError(
                f"问题{row.id}的“{column.title}”有{len(value)}个字，表格的一格最多{_MOST_CHARACTERS}个，"
                "未写入；改短，或分成几项"
            )
        align = "top" if is_tall else "vcenter"
        how: dict[str, Any] = {"border": 1, "valign": align, "locked": not column.to_fill_in}
        if not column.to_fill_in:
            how["bg_color"] = _GREY
        if column.is_day:
            how |= {"num_format": "yyyy-mm-dd", "align": "center"}
        elif column.width <= _CENTRED_TO:
            how["align"] = "center"
        else:
            how |= {"align": "left", "indent": 1}
        cells_format = self._format(**how)
        first, last = lines
        if last > first:
            sheet.merge_range(first, place, last, place, "", cells_format)
        if isinstance(value, date):
            sheet.write_datetime(first, place, datetime.combine(value, time()), cells_format)
        elif value:
            sheet.write_string(first, place, value, cells_format)
        else:
            sheet.write_blank(first, place, None, cells_format)

    def _write_rules(self, sheet: Any, last: int) -> None:
        """Set what cells take, how lights are coloured, and the name of the keys."""
        for place, column in enumerate(self._columns, start=1):
            if column.name == "light":
                for word, colour in self._lights().items():
                    lit = self._written.add_format({"bg_color": colour})
                    value = '"' + word.replace('"', '""') + '"'
                    rule = {"type": "cell", "criteria": "==", "value": value, "format": lit}
                    sheet.conditional_format(_FIRST_ROW, place, last, place, rule)
            if column.to_fill_in:
                sheet.data_validation(_FIRST_ROW, place, last, place, self._taken(column))
        sheet.autofilter(_HEAD_ROW, 1, last, len(self._columns))
        self._written.define_name(NAMED_ROWS, f"='{SHEET}'!$A${_FIRST_ROW + 1}:$A${last + 1}")

    def _lights(self) -> dict[str, str]:
        """Return the words of lights that are in use and have a colour, with the colour."""
        lights = dict.fromkeys(block.light for block in self._sheet_of_register.blocks)
        coloured = ((one.word, _colour(one)) for one in lights)
        return {word: colour for word, colour in coloured if colour}

    def _taken(self, column: SheetColumn) -> dict[str, Any]:
        """Return what a cell to be filled in takes, and what is said beside it."""
        told = {"input_title": column.title[:32], "input_message": column.help[:255]}
        if column.is_day:
            earliest = self._sheet_of_register.day.ledger.inspection
            first = earliest.started_on or earliest.feedback_on or date(2000, 1, 1)
            return told | {
                "validate": "date",
                "criteria": "between",
                "minimum": first,
                "maximum": _LAST_DAY,
                "error_title": "日期有误",
                "error_message": f"写{first}以后的日期，如 {self._sheet_of_register.day.today}。",
            }
        if column.name == "application":
            return told | {
                "validate": "list",
                "source": [YES],
                "error_title": "只写“是”",
                "error_message": "要申请销号的写“是”，不申请的空着。",
            }
        return told | {"validate": "any"}

    # -- the figures --------------------------------------------------------------------------

    def _write_figures(self, sheet: Any) -> None:
        """Write the progress table by aspect, and its chart."""
        report: Report = self._book.report
        columns = report.columns()
        groups, total = report.progress()
        head = self._format(font_name=_BOLD_FONT, border=1, align="center", valign="vcenter")
        body = self._format(border=1, valign="vcenter")
        figure = self._format(border=1, valign="vcenter", align="right", text_wrap=False)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(columns) - 1, 10)
        sheet.protect("", {"format_columns": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, head)
        rows = [*groups, total]
        for line, (row, texts) in enumerate(zip(rows, cells(columns, rows), strict=True), start=1):
            for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
                value = column.value(row)
                if isinstance(value, int):
                    sheet.write_number(line, place, value, figure)
                else:
                    sheet.write_string(line, place, text, figure if place else body)
        keys = [column.key for column in columns]
        chart = self._written.add_chart({"type": "bar", "subtype": "stacked"})
        for name, colour in _STACKED.items():
            place = keys.index(name)
            chart.add_series(
                {
                    "name": [FIGURES, 0, place],
                    "categories": [FIGURES, 1, 0, max(len(groups), 1), 0],
                    "values": [FIGURES, 1, place, max(len(groups), 1), place],
                    "fill": {"color": colour},
                    "border": {"color": "#404040"},
                }
            )
        chart.set_title({"name": f"整改状态（截至{self._sheet_of_register.day.today}）"})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_unit": 1} if total.count <= _EACH_UP_TO else {})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 120 + 46 * max(len(groups), 2)})
        sheet.insert_chart(len(rows) + 2, 0, chart)

    # -- what was given out -------------------------------------------------------------------

    def _write_base(self, sheet: Any) -> None:
        """Write what each row says: below each other its name and its cells, in parts that fit."""
        sheet.very_hidden()
        for line, row in enumerate(self._sheet_of_register.rows):
            told = canonical(row.values)
            parts = [
                told[at : at + _MOST_CHARACTERS] for at in range(0, len(told), _MOST_CHARACTERS)
            ]
            sheet.write_string(line, 0, row.place)
            for place, part in enumerate(parts, start=1):
                sheet.write_string(line, place, part)


_OF_FINDING = frozenset(one.name for one in COLUMNS if one.part == "finding")


def _colour(light: Light) -> str | None:
    level = light.colour
    return _COLOURS_OF_WORDS.get(light.word) if level is None else _COLOURS_OF_LEVELS[level]


_CENTRED_TO = 9  # characters; what is wider is read from the left
_EACH_UP_TO = 20
_INDENT = 2  # characters that the indent and the borders of a cell take
_STACKED = {
    "closed": "#70AD47",
    "awaiting_closing": "#9DC3E6",
    "sustained": "#C5E0B4",
    "in_progress": "#FFD966",
    "not_started": "#D9D9D9",
}


def _height(value: Value, width: int) -> float:
    """Return how high a cell has to be, in points, to show a value in its column's width."""
    if not isinstance(value, str):
        return _LINE + _PADDING
    room = max(width - _INDENT, 2)
    lines = sum(max(1, ceil(_width(part) / room)) for part in value.split("\n"))
    return lines * _LINE + _PADDING


def _width(text: str) -> int:
    """Return the width of a text in characters of half a Chinese one."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)
