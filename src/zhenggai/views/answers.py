"""What a query gave, as rows: the columns are those that the query names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from zhenggai.views.columns import Column, records

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
            Column(name, name, itemgetter(place), right=self._is_number(place), shrinks=True)
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
            "columns": list(self.names),
            "rows": records(self.columns, rows),
        }

    def _is_number(self, place: int) -> bool:
        values = [line[place] for line in self.lines if line[place] is not None]
        return bool(values) and all(isinstance(one, (int, float, Decimal)) for one in values)


def _plain(value: Any) -> Any:
    """Return what JSON has a form for; anything else as its text."""
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    if value is None or isinstance(value, (bool, int, float, str, date)):
        return value
    return str(value)
