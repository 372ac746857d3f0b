"""What a query gave, as rows: the columns are those that the query names."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from zhenggai.views.columns import Column, cell_text

_Row = tuple[Any, ...]


class Answered(NamedTuple):
    """The rows of an answer, the names of its columns, and the day that it is of."""

    today: date
    names: Sequence[str]
    lines: Sequence[_Row]

    @property
    def columns(self) -> list[Column[_Row]]:
        """The columns, numbers to the right; the words of long texts wrap."""
        return [
            Column(name, name, _shown(place), right=self._is_number(place), shrinks=True)
            for place, name in enumerate(self.names)
        ]

    @property
    def fields(self) -> list[Column[_Row]]:
        """Every column there is: these."""
        return self.columns

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the answer."""
        rows = [tuple(map(_plain, line)) for line in self.lines]
        return {
            "today": self.today.isoformat(),
            "columns": list(_keys(self.names)),
            "rows": [dict(zip(_keys(self.names), row, strict=True)) for row in rows],
        }

    def _is_number(self, place: int) -> bool:
        values = [line[place] for line in self.lines if line[place] is not None]
        return bool(values) and all(isinstance(one, (int, float, Decimal)) for one in values)


def _keys(names: Sequence[str]) -> Iterator[str]:
    """Yield names, those that come again with a number behind: an object has each key once."""
    taken: set[str] = set()
    for name in names:
        key, number = name, 1
        while key in taken or (number > 1 and key in names):
            number += 1
            key = f"{name}_{number}"
        taken.add(key)
        yield key


def _shown(place: int) -> Callable[[_Row], Any]:
    return lambda row: _flat(row[place])


def _flat(value: Any) -> Any:
    """Return a value as a cell shows it: of lists and structs what they hold, one after another."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_flat, value))
    if isinstance(value, dict):
        return tuple(f"{key}：{cell_text(_flat(one))}" for key, one in value.items())
    return value


def _plain(value: Any) -> Any:
    """Return what JSON has a form for; anything else as its text."""
    if isinstance(value, (list, tuple)):
        return list(map(_plain, value))
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    is_number = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    return value if value is None or is_number or isinstance(value, (str, date)) else str(value)
