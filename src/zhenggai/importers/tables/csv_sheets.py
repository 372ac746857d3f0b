"""Read a csv file: the encoding by what it can be, the separator by what its header row says."""

import csv
import io
import re
from collections.abc import Callable, Sequence

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import Sheet, Workbook
from zhenggai.importers.tables.sheet_builder import (
    MOST_CHARACTERS_OF_A_CELL,
    SheetBuilder,
    text_cell,
)
from zhenggai.ledger.register_sheet import KEY

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = {",": "逗号", ";": "分号", "\t": "制表符"}
_LOOKED_AT = 15
_MARK = "'"
_MARKED = re.compile("'(?:[=+\\-@＝＋－＠]|::)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

KnownNames = Callable[[Sequence[str]], int]
"""How many of the texts of a row are known names of columns."""


IsOwn = Callable[[Sequence[str]], bool]
"""Whether the texts of a row are the columns of a table that the program wrote."""


def read_csv(file: str, content: bytes, kind: str, known: KnownNames, is_own: IsOwn) -> Workbook:
    """Read a table; raise InvalidInputError for what is none.

    The program puts a mark before what a spreadsheet would run; below its own columns it is off.
    Where there are keys, a text that begins with such a mark has another before it.
    """
    text, encoding = decoded(file, content)
    separator = _separator(text, known)
    builder = SheetBuilder(file)
    builder.begin("")
    widest, is_marked, has_keys = 0, False, False
    try:
        for number, record in enumerate(_records(text, separator), start=1):
            widest = max(widest, len(record))
            has_keys = has_keys or (number <= _LOOKED_AT and KEY in record)
            is_marked = is_marked or (number <= _LOOKED_AT and is_own(record))
            for column, value in enumerate(record, start=1):
                if is_marked and _MARKED.match(value):
                    value = value[1:]  # noqa: PLW2901 - what was put before it
                elif has_keys:
                    value = value.removeprefix(_MARK)  # noqa: PLW2901 - as above
                builder.add(number, column, text_cell(value))
    except csv.Error:
        raise InvalidInputError(
            f"“{file}”有超过{MOST_CHARACTERS_OF_A_CELL}字的一格，多半是引号没有成对；"
            "请用Excel打开，另存为xlsx再导入"
        ) from None
    if widest < 2:  # noqa: PLR2004 - one column is no table
        raise InvalidInputError(f"“{file}”是文本，没有分成几列；请导入xlsx、xls、et、csv或docx")
    notes = (f"按{encoding.upper().removesuffix('-SIG')}编码、{_SEPARATORS[separator]}分隔读出",)
    return Workbook(file, kind, (Sheet(file, "", builder.rows(), is_named=False),), notes)


def decoded(file: str, content: bytes) -> tuple[str, str]:
    """Return a text file's text and its encoding; raise InvalidInputError for what is no text."""
    encodings = [name for mark, name in _MARKS if content.startswith(mark)]
    for name in encodings or ["utf-8", "gb18030"]:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, name
    raise InvalidInputError(f"“{file}”不是表格；请导入xlsx、xls、et、csv或docx")


def _separator(text: str, known: KnownNames) -> str:
    """Return the separator by which one of the first rows has most names of columns."""

    def likeness(separator: str) -> tuple[int, int]:
        rows = []
        try:
            for row in _records(text, separator):
                rows.append(row)
                if len(rows) == _LOOKED_AT:
                    break
        except csv.Error:
            return 0, 0
        return max((known(row) for row in rows), default=0), max(map(len, rows), default=0)

    return max(_SEPARATORS, key=likeness)


def _records(text: str, separator: str) -> "csv._reader":  # type: ignore[name-defined]
    """Return the records; a line without any stays one, so that rows count as in the file."""
    csv.field_size_limit(MOST_CHARACTERS_OF_A_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
