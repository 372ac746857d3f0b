"""The forms that a table can be written in: ndjson, csv, and Parquet by DuckDB."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from zhenggai.exporters.csv import safe
from zhenggai.rollup.table_schema import Table

Encode = Callable[[Table, Sequence[tuple[Any, ...]]], bytes]


def ndjson(table: Table, rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Write an object a line; money as text, for a number of JSON would lose some of it."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
    names = table.names
    lines = [dump(dict(zip(names, row, strict=True))) for row in rows]
    # A file's name need not be text: what is not becomes a question mark.
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _plain(value: Any) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(type(value).__name__)


def as_csv(table: Table, rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Write a line of names and a line a row; what is empty has nothing between the commas.

    Text that a spreadsheet would run has a mark before it, as in every csv of the program.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows(map(_cells, rows))
    return out.getvalue().encode("utf-8", "replace")


def _cells(row: tuple[Any, ...]) -> list[Any]:
    return [safe(one) if isinstance(one, str) else _word(one) for one in row]


def _word(value: Any) -> Any:
    return ("false", "true")[value] if isinstance(value, bool) else value


TEXT_FORMS: Final[dict[str, Encode]] = {"ndjson": ndjson, "csv": as_csv}
FORMS: Final = ("parquet", "csv", "ndjson")
