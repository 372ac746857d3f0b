"""Read an xlsx workbook: openpyxl for the workbook, one pass over each sheet for its cells.

openpyxl's own sheets either have no merges, hidden rows or struck-through text (read-only), or
take memory for every styled cell up to the last row. Here a sheet's XML is gone through once and
what holds nothing is let go at once; whatever is refused has been refused by `zip_limits` before.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.xml.constants import SHEET_MAIN_NS

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import (
    Cell,
    CellKind,
    Sheet,
    Span,
    Workbook,
    clean,
    column_number,
)
from zhenggai.importers.tables.number_formats import local_format, numeric_cell
from zhenggai.importers.tables.sheet_builder import SheetBuilder
from zhenggai.importers.tables.zip_limits import checked_archive

if TYPE_CHECKING:
    from zipfile import ZipFile

_N = f"{{{SHEET_MAIN_NS}}}"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{_N}{name}" for name in ("row", "c", "v", "f", "is"))
_DATA, _COLUMN, _MERGED = f"{_N}sheetData", f"{_N}col", f"{_N}mergeCell"
_TEXT, _RUN, _PROPERTIES, _STRIKE = (f"{_N}{name}" for name in ("t", "r", "rPr", "strike"))
_ITEM = f"{_N}si"
_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384
_OFF = ("0", "false", "off")


class _Style(NamedTuple):
    code: str
    is_date: bool
    is_time: bool
    is_struck: bool


_PLAIN = _Style("", is_date=False, is_time=False, is_struck=False)


class _Text(NamedTuple):
    text: str
    is_struck: bool


def read_xlsx(file: str, content: bytes, kind: str) -> Workbook:
    """Read a workbook; raise InvalidInputError for what is none or exceeds the limits."""
    archive = checked_archive(file, content)
    try:
        with warnings.catch_warnings():
            # What openpyxl would lose on saving is nothing to us.
            warnings.simplefilter("ignore")
            return _Reader(file, archive, content).read(kind)
    except (
        *(ParseError, DefusedXmlException, KeyError, ValueError, TypeError, AttributeError),
        *(OSError, IndexError, SyntaxError, OverflowError, AssertionError),
    ) as error:
        raise InvalidInputError(
            f"“{file}”不是完整的Excel工作簿；请用Excel或WPS打开，另存为xlsx再导入"
        ) from error


class _Reader:
    def __init__(self, file: str, archive: "ZipFile", content: bytes) -> None:
        self._file, self._archive = file, archive
        reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        self._reader = reader
        self._names = {name.lower(): name for name in archive.namelist()}
        self._epoch = reader.wb.epoch
        self._strings = list(self._shared_strings())
        self._styles = self._read_styles()
        self._days: dict[tuple[str, int], Cell] = {}

    def read(self, kind: str) -> Workbook:
        builder = SheetBuilder(self._file)
        sheets = []
        for sheet, relation in self._reader.parser.find_sheets():
            target = self._names.get(relation.target.lower())
            if target is None or "chartsheet" in relation.Type or "dialog" in relation.Type:
                continue
            builder.begin(sheet.name)
            sheets.append(self._sheet(builder, sheet.name, target, sheet.state != "visible"))
        return Workbook(self._file, kind, tuple(sheets), properties=self._properties())

    # -- what the workbook has once -----------------------------------------------------------

    def _part(self, name: str) -> Element | None:
        known = self._names.get(name.lower())
        return None if known is None else fromstring(self._archive.read(known), forbid_dtd=True)

    def _related(self, ending: str) -> str | None:
        related: Any = self._reader.parser.rels
        for relation in related.values():
            if relation.Type.endswith(f"/{ending}"):
                return self._names.get(relation.target.lower())
        return None

    def _shared_strings(self) -> Iterator[_Text]:
        name = self._related("sharedStrings")
        if name is None:
            return
        with self._archive.open(name) as source:
            for _, element in iterparse(source, forbid_dtd=True):
                if element.tag == _ITEM:
                    yield _content(element)
                    element.clear()

    def _read_styles(self) -> list[_Style]:
        """Return what bears on values of each style; openpyxl refuses styles that Excel takes."""
        name = self._related("styles")
        root = None if name is None else self._part(name)
        if root is None:
            return []
        formats = {
            _number(one.get("numFmtId")): one.get("formatCode") or ""
            for one in root.iter(f"{_N}numFmt")
        }
        fonts = root.find(f"{_N}fonts")
        struck = [_is_on(font.find(_STRIKE)) for font in fonts] if fonts is not None else []
        cells = root.find(f"{_N}cellXfs")
        return [_style(one, formats, struck) for one in cells] if cells is not None else []

    def _properties(self) -> Mapping[str, str]:
        root = self._part("docProps/custom.xml")
        if root is None:
            return {}
        return {one.get("name") or "": "".join(one.itertext()) for one in root}

    # -- a sheet ------------------------------------------------------------------------------

    def _sheet(self, builder: SheetBuilder, name: str, target: str, is_hidden: bool) -> Sheet:
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        merged: list[Span] = []
        row_number = 0
        data: Element | None = None
        with self._archive.open(target) as source:
            for event, element in iterparse(source, ("start", "end"), forbid_dtd=True):
                tag = element.tag
                if event == "start":
                    data = element if tag == _DATA else data
                elif tag == _ROW:
                    row_number = _row_number(element.get("r"), row_number)
                    if len(element):
                        self._row(builder, row_number, element)
                    if element.get("hidden") in ("1", "true"):
                        hidden_rows.add(row_number)
                    element.clear()
                    if data is not None:
                        data.clear()  # or an empty element stays for every row
                elif tag == _COLUMN and element.get("hidden") in ("1", "true"):
                    first, last = _number(element.get("min")), _number(element.get("max"))
                    hidden_columns |= set(range(first, min(last, _MOST_COLUMN) + 1))
                elif tag == _MERGED:
                    merged.append(_span(element.get("ref") or ""))
        for row, column, text in self._comments(target):
            builder.remark(row, column, f"批注“{text}”")
        rows = builder.rows()
        return Sheet(
            self._file,
            name,
            rows,
            tuple(merged),
            frozenset(hidden_rows & rows.keys()),
            frozenset(hidden_columns),
            is_hidden,
        )

    def _row(self, builder: SheetBuilder, row: int, element: Element) -> None:
        column = 0
        for one in element:
            if one.tag != _CELL:
                continue
            reference = one.get("r")
            column = _column(reference) if reference else column + 1
            if len(one):
                cell = self._cell(one)
                if cell is not None:
                    builder.add(row, column, cell)

    def _cell(self, element: Element) -> Cell | None:
        kind = element.get("t") or "n"
        style_number = element.get("s")
        style = _PLAIN
        if style_number and (number := int(style_number)) < len(self._styles):
            style = self._styles[number]
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return None if inline is None else _worded(_content(inline), style)
        holder = element.find(_VALUE)
        value = None if holder is None else holder.text
        if value:
            return self._valued(kind, value, style)
        # A formula may have come to an empty text.
        is_empty_text = kind == "str" and holder is not None
        is_formula = element.find(_FORMULA) is not None
        return Cell("", CellKind.UNCACHED) if is_formula and not is_empty_text else None

    def _valued(self, kind: str, value: str, style: _Style) -> Cell:
        match kind:
            case "s":
                cell = _worded(self._strings[int(value)], style)
            case "str":
                cell = _worded(_Text(clean(unescape(value)), is_struck=False), style)
            case "b":
                text = "TRUE" if value in ("1", "true") else "FALSE"
                cell = Cell(text, remarks=_looks(style))
            case "e":
                cell = Cell(value, CellKind.ERROR)
            case "d":
                moment = datetime.fromisoformat(value.removesuffix("Z"))
                cell = numeric_cell(0, moment, style.code, _looks(style))
            case _:
                cell = self._numeric(value, style)
        return cell

    def _numeric(self, value: str, style: _Style) -> Cell:
        number = float(value)
        moment = None
        if style.is_date and not style.is_time:
            try:
                moment = from_excel(number, self._epoch)
            except (OverflowError, ValueError):
                moment = None  # before 1900 or after 9999: a number
        day = moment if isinstance(moment, datetime) else None
        return numeric_cell(number, day, style.code, _looks(style))

    def _comments(self, target: str) -> Iterator[tuple[int, int, str]]:
        relations = self._names.get(_relations_of(target).lower())
        if relations is None:
            return
        for relation in get_dependents(self._archive, relations):
            root = self._part(relation.target) if relation.Type.endswith("/comments") else None
            for comment in root.iter(f"{_N}comment") if root is not None else ():
                span = _span(comment.get("ref") or "")
                text = "".join(part.text or "" for part in comment.iter(_TEXT))
                yield span.top, span.left, clean(unescape(text))


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _row_number(text: str | None, before: int) -> int:
    number = int(float(text)) if text else before + 1
    if not 1 <= number <= _MOST_ROW:
        raise ValueError(text)
    return number


def _column(reference: str) -> int:
    return column_number(reference.rstrip("0123456789").replace("$", ""))


def _span(reference: str) -> Span:
    first, _, last = reference.replace("$", "").partition(":")
    ends = []
    for one in (first, last or first):
        letters = one.rstrip("0123456789")
        ends += [int(one[len(letters) :]), column_number(letters)]
    return Span(*ends)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val") not in _OFF


def _style(element: Element, formats: Mapping[int, str], struck: list[bool]) -> _Style:
    number, font = _number(element.get("numFmtId")), _number(element.get("fontId"))
    code = formats.get(number) or BUILTIN_FORMATS.get(number) or local_format(number)
    return _Style(
        code,
        is_date=is_date_format(code),
        is_time=is_timedelta_format(code),
        is_struck=font < len(struck) and struck[font],
    )


def _looks(style: _Style, *, struck: bool = False) -> tuple[str, ...]:
    return ("有删除线",) if style.is_struck or struck else ()


def _worded(text: _Text, style: _Style) -> Cell:
    return Cell(text.text, remarks=_looks(style, struck=text.is_struck))


def _content(element: Element) -> _Text:
    """Return the text of a string with formats in it; what tells how to pronounce it is left out.

    A text is struck through where any run of it is.
    """
    parts: list[str] = []
    is_struck = False
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RUN:
            text = child.findtext(_TEXT) or ""
            parts.append(text)
            properties = child.find(_PROPERTIES)
            if text.strip() and properties is not None and _is_on(properties.find(_STRIKE)):
                is_struck = True
    return _Text(clean(unescape("".join(parts))), is_struck)
