"""The forms that a table can be written in: ndjson, csv, and Parquet by DuckDB.

A table is put together of the lines of single findings, each made where the finding is read.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from operator import getitem
from typing import Any, Final, NamedTuple

from zhenggai.exporters.csv import safe
from zhenggai.rollup.table_schema import MONEY, Table, TableColumn

Cells = tuple[Any, ...]
Lines = Callable[[Table, Sequence[Cells]], bytes]


class Form(NamedTuple):
    """A form: the lines of some rows, and the whole file of a table's lines."""

    lines: Lines
    whole: Callable[[Table, bytes], bytes]


def ndjson(table: Table, rows: Sequence[Cells]) -> bytes:
    """Write an object a line; money as text, for a number of JSON would lose some of it."""
    return _joined(_texts_in_json(table), rows, "{", "}\n")


def sparse_ndjson(table: Table, rows: Sequence[Cells]) -> bytes:
    """Write as ndjson what is not empty, for DuckDB to read: most columns of a record are."""
    return _joined(_texts_in_sparse_json(table), rows, "{", "}\n", sparse=True)


def as_csv(table: Table, rows: Sequence[Cells]) -> bytes:
    """Write a line a row; what is empty has nothing between the commas.

    Text that a spreadsheet would run has a mark before it, as in every csv of the program.
    """
    return _joined(_texts_in_csv(table), rows, "", "\n")


def _with_names(table: Table, lines: bytes) -> bytes:
    """Put the line of a table's names before its others."""
    return ",".join(table.names).encode() + b"\n" + lines


class _Texts(dict[Any, str]):
    """The text of each value of a column, kept: in many rows of a table there are few of them.

    Only values of one type are in a column, so that what is equal has the same text.
    """

    _MOST = 4096

    def __init__(self, text_of: Callable[[Any], str], *, kept: bool) -> None:
        super().__init__({None: text_of(None)})
        self._text_of, self._kept = text_of, kept

    def __missing__(self, value: Any) -> str:
        text = self._text_of(value)
        if self._kept:
            if len(self) >= self._MOST:
                empty = self[None]
                self.clear()
                self[None] = empty
            self[value] = text
        return text


def _is_kept(column: TableColumn) -> bool:
    """Whether to keep texts of a column: no long ones, nor of amounts, as 1.0 equals 1.00."""
    return not (column.words or column.type == MONEY)


def _joined(
    columns: Sequence[_Texts],
    rows: Sequence[Cells],
    before: str,
    after: str,
    *,
    sparse: bool = False,
) -> bytes:
    """Return the lines of some rows; in `sparse` ones a column without a text has no comma."""
    texts = (map(getitem, columns, row) for row in rows)
    told = (filter(None, one) for one in texts) if sparse else texts
    lines = [f"{before}{','.join(one)}{after}" for one in told]
    # A file's name need not be text: what is not becomes a question mark.
    return "".join(lines).encode("utf-8", "replace")


@cache
def _texts_in_json(table: Table) -> tuple[_Texts, ...]:
    return tuple(_Texts(_named(json.dumps(one.name)), kept=_is_kept(one)) for one in table.columns)


@cache
def _texts_in_sparse_json(table: Table) -> tuple[_Texts, ...]:
    columns = [_Texts(_named(json.dumps(one.name)), kept=_is_kept(one)) for one in table.columns]
    for one in columns:
        one[None] = ""
    return tuple(columns)


def _named(name: str) -> Callable[[Any], str]:
    quoted = json.encoder.encode_basestring  # what the encoder takes for texts, after some asking
    return lambda value: (
        f"{name}:{quoted(value)}" if isinstance(value, str) else f"{name}:{_json(value)}"
    )


def _plain(value: Any) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(type(value).__name__)


_json = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


@cache
def _texts_in_csv(table: Table) -> tuple[_Texts, ...]:
    return tuple(_Texts(_cell, kept=_is_kept(one)) for one in table.columns)


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
