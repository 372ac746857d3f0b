"""The forms that a table can be written in: ndjson, csv, and Parquet by DuckDB.

A table is put together of the lines of single findings, each made where the finding is read.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from operator import getitem
from typing import Any, Final, NamedTuple

from zhenggai.exporters.csv import safe
from zhenggai.rollup.table_schema import MONEY, TEXT, Cut, Row, Table, TableColumn

Lines = Callable[[Iterable[Row]], bytes]


class Form(NamedTuple):
    """A form: the lines of some rows, and the whole file of a table's lines."""

    lines: Lines
    whole: Callable[[Table, bytes], bytes]


def ndjson(rows: Iterable[Row]) -> bytes:
    """Write an object a line; money as text, for a number of JSON would lose some of it."""
    return _filled(_json_line, rows)


def sparse_ndjson(rows: Iterable[Row]) -> bytes:
    """Write as ndjson what is not empty, for DuckDB to read: most columns of a record are."""
    filled = (map(getitem, _named_texts(cut), cells) for cut, cells in rows)
    return _encoded([f"{{{','.join(filter(None, texts))}}}\n" for texts in filled])


def as_csv(rows: Iterable[Row]) -> bytes:
    """Write a line a row; what is empty has nothing between the commas.

    Text that a spreadsheet would run has a mark before it, as in every csv of the program.
    """
    return _filled(_csv_line, rows)


def _with_names(table: Table, lines: bytes) -> bytes:
    """Put the line of a table's names before its others."""
    return ",".join(table.names).encode() + b"\n" + lines


# -- lines --------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """The line of a row: a text with %s for every cell, and of every cell its texts by value."""

    text: str
    texts: tuple[Mapping[Any, str], ...]


def _filled(line_of: Callable[[Cut], _Line], rows: Iterable[Row]) -> bytes:
    lines = [
        line.text % tuple(map(getitem, line.texts, cells))
        for line, cells in ((line_of(cut), cells) for cut, cells in rows)
    ]
    return _encoded(lines)


def _encoded(lines: list[str]) -> bytes:
    # A file's name need not be text: what is not becomes a question mark.
    return "".join(lines).encode("utf-8", "replace")


@cache
def _json_line(cut: Cut) -> _Line:
    values = dict.fromkeys(cut.table.names, "null") | {one.name: "%s" for one in cut.columns}
    told = ",".join(f"{json.dumps(name)}:{value}" for name, value in values.items())
    return _line(f"{{{told}}}\n", cut, "null", _json_of)


@cache
def _named_texts(cut: Cut) -> tuple[Mapping[Any, str], ...]:
    return tuple(_texts(one, "", _named(one)) for one in cut.columns)


def _named(column: TableColumn) -> Callable[[Any], str]:
    name = json.dumps(column.name)
    text_of = _json_of(column)
    return lambda value: f"{name}:{text_of(value)}"


@cache
def _csv_line(cut: Cut) -> _Line:
    filled = {one.name for one in cut.columns}
    text = ",".join("%s" if name in filled else "" for name in cut.table.names)
    return _line(f"{text}\n", cut, "", lambda _column: _cell)


def _line(
    text: str, cut: Cut, empty: str, text_of: Callable[[TableColumn], Callable[[Any], str]]
) -> _Line:
    return _Line(text, tuple(_texts(one, empty, text_of(one)) for one in cut.columns))


_MOST = 4096
"""So many texts of a column are kept."""


def _texts(column: TableColumn, empty: str, text_of: Callable[[Any], str]) -> dict[Any, str]:
    """Return the texts of a column's values, by value: in many rows there are few of them.

    Not kept are long ones, nor amounts: 1.0 equals 1.00. Of the others only values of one type are
    in a column, so that what is equal has the same text.
    """
    if column.words or column.type == MONEY:
        return _FreshTexts.of(text_of, empty)
    return _KeptTexts(text_of, empty)


class _KeptTexts(dict[Any, str]):
    def __init__(self, text_of: Callable[[Any], str], empty: str) -> None:
        super().__init__({None: empty})
        self._text_of, self._empty = text_of, empty

    def __missing__(self, value: Any) -> str:
        if len(self) >= _MOST:
            self.clear()
            self[None] = self._empty
        text = self[value] = self._text_of(value)
        return text


class _FreshTexts(dict[Any, str]):
    """Texts that are made anew for every value."""

    @classmethod
    def of(cls, text_of: Callable[[Any], str], empty: str) -> dict[Any, str]:
        # Of a class of its own, which calls the function with no other in between.
        kind = type(cls.__name__, (cls,), {"__missing__": staticmethod(text_of)})
        made: dict[Any, str] = kind({None: empty})
        return made


def _plain(value: Any) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(type(value).__name__)


_encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
_quoted = json.encoder.encode_basestring  # what it takes for texts, after some asking


def _json_of(column: TableColumn) -> Callable[[Any], str]:
    return _quoted if column.type == TEXT else _encode


def _cell(value: Any) -> str:
    out = io.StringIO()
    said = ("false", "true")[value] if isinstance(value, bool) else value
    cell = safe(said) if isinstance(said, str) else said
    # Beside another one: an empty cell alone in its line would be written in quotes.
    csv.writer(out, lineterminator="\n").writerow([cell, 0])
    return out.getvalue().removesuffix(",0\n")


TEXT_FORMS: Final = {
    "ndjson": Form(ndjson, lambda _table, lines: lines),
    "csv": Form(as_csv, _with_names),
}
FORMS: Final = ("parquet", "csv", "ndjson")


def check_form(form: str) -> None:
    """Raise WrongUsageError where something is missing for a form."""
    if form not in TEXT_FORMS:
        from zhenggai.rollup.duckdb_engine import require

        require()


@contextmanager
def opened(form: str) -> Iterator[Form]:
    """Yield a form, by its name."""
    if form in TEXT_FORMS:
        yield TEXT_FORMS[form]
        return
    from zhenggai.rollup.duckdb_engine import ParquetWriter

    writer = ParquetWriter()
    try:
        yield Form(sparse_ndjson, writer.whole)
    finally:
        writer.close()
