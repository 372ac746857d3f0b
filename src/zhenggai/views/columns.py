"""The columns of a table, and what its rows say in them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from zhenggai.views.screen_text import visible

RowT = TypeVar("RowT")


class Column(Generic[RowT]):
    """One column: its key for machines, its title for people, and its value in a row."""

    def __init__(
        self,
        key: str,
        title: str,
        value: Callable[[RowT], Any],
        *,
        right: bool = False,
        shrinks: bool = False,
        style: Callable[[RowT], str] | None = None,
    ) -> None:
        """Take a column; `style` is how a terminal sets a value off, `shrinks` lets it wrap."""
        self.key, self.title, self.value = key, title, value
        self.right, self.shrinks, self.style = right, shrinks, style


class Tabular(Protocol):
    """What `list` shows: its rows, the columns a person reads, and all that there are."""

    @property
    def lines(self) -> Sequence[Any]:
        """The rows."""

    @property
    def columns(self) -> "list[Column[Any]]":
        """The columns that a person reads."""

    @property
    def fields(self) -> "list[Column[Any]]":
        """Every column there is."""

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the rows."""


@lru_cache(maxsize=4096, typed=True)  # True is 是 and 1 is 1
def cell_text(value: Any) -> str:
    """Return a value as one harmless line of text; of several, one after another."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(cell_text, value))
    return visible(str(value))


def texts_by_column(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> list[list[str]]:
    """Return each column's values, every one as one harmless line of text."""
    return [list(map(cell_text, map(column.value, rows))) for column in columns]


def cells(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> list[list[str]]:
    """Return each row's values, every one as one harmless line of text."""
    return [list(line) for line in zip(*texts_by_column(columns, rows), strict=True)]


def records(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> list[dict[str, Any]]:
    """Return rows as objects keyed by the columns' identifiers."""
    return [{column.key: column.value(row) for column in columns} for row in rows]
