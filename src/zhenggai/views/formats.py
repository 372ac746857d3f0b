"""One table of columns and rows, written for a screen, or as plain text, Markdown, CSV or JSON."""

import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import add
from typing import Any, Generic, NamedTuple, TypeVar

from zhenggai.model.dates import Period
from zhenggai.model.terms import Term
from zhenggai.views import layout
from zhenggai.views.text import visible, width, wrap

Row = TypeVar("Row")

JSON_VERSION = 1

# The narrowest that a wrapped column is still read with ease.
_LEGIBLE = 8
# More rows than this rich takes too long for.
_LONG = 100


class Format(str, Enum):
    """What `--format` may ask for."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


class Column(Generic[Row]):
    """One column: its key for machines, its title for people, and its value in a row."""

    def __init__(
        self,
        key: str,
        title: str,
        value: Callable[[Row], Any],
        *,
        right: bool = False,
        shrinks: bool = False,
        style: Callable[[Row], str] = lambda _row: "",
    ) -> None:
        """Take a column; `style` is how a terminal sets a value off, `shrinks` lets it wrap."""
        self.key, self.title, self.value = key, title, value
        self.right, self.shrinks, self.style = right, shrinks, style


class Screen(NamedTuple):
    """What the results go to: a terminal of some width, or (width None) a pipe or file."""

    width: int | None = None
    color: bool = False


@lru_cache(maxsize=4096, typed=True)  # True is 是 and 1 is 1
def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(_cell, value))
    return visible(str(value))


def cells(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> list[list[str]]:
    """Give every value as one harmless line of text."""
    texts = [list(map(_cell, map(column.value, rows))) for column in columns]
    return [list(line) for line in zip(*texts, strict=True)]


def plain(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> str:
    """Align columns with spaces; nothing is ever cut."""
    lines = [_titles(columns), *cells(columns, rows)]
    aligned = map(_aligned, columns, zip(*lines, strict=True))
    return "\n".join("  ".join(line).rstrip() for line in zip(*aligned, strict=True))


def _aligned(column: Column[Row], texts: Sequence[str]) -> list[str]:
    """Fill a column's texts up to one width, with a rule below the title."""
    spans = list(map(width, texts))
    widest = max(spans)
    gaps = [" " * (widest - span) for span in spans]
    filled = list(map(add, gaps, texts) if column.right else map(add, texts, gaps))
    return [filled[0], "-" * widest, *filled[1:]]


def markdown(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> str:
    """Write a Markdown table; what the ledger says cannot become markup."""
    import tabulate

    tabulate.PRESERVE_WHITESPACE = True  # a cell is written as it is
    tabulate.MIN_PADDING = 0
    body = [[escape_markdown(cell) for cell in row] for row in cells(columns, rows)]
    text = tabulate.tabulate(
        body,
        headers=_titles(columns),
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["right" if column.right else "left" for column in columns] if body else None,
    )
    return "\n".join(line.rstrip() for line in text.splitlines())


def _titles(columns: Sequence[Column[Row]]) -> list[str]:
    return [column.title for column in columns]


def _widths(columns: Sequence[Column[Row]], body: list[list[str]]) -> list[int]:
    return [max(map(width, texts)) for texts in zip(_titles(columns), *body, strict=True)]


def escape_markdown(text: str) -> str:
    """Take from a text every character's meaning as Markdown or HTML, at a line's start too."""
    text = re.sub(r"([\\`*_\[\]<>|~&#$])", r"\\\1", text)
    return re.sub(r"^([0-9]*)([-+=.)])(?=\s|[-=]*$)", r"\1\\\2", text)


# What a spreadsheet would run when it opens the file, in full width too (a Chinese Excel takes
# ＝ for =); a negative number is no such thing.
_FORMULA = r"(?!-[0-9]+$)[=+\-@＝＋－＠]"


def csv_text(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> str:
    """Write CSV that a spreadsheet opens as Chinese text and never takes for a formula."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in columns])
    for row in cells(columns, rows):
        writer.writerow([f"'{cell}" if re.match(_FORMULA, cell) else cell for cell in row])
    return "\ufeff" + out.getvalue().rstrip("\n")


def json_text(content: dict[str, Any]) -> str:
    """Write a JSON document that names the version of its form."""
    return json.dumps({"version": JSON_VERSION} | to_json(content), ensure_ascii=False, indent=2)


def records(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give rows as objects keyed by the columns' identifiers."""
    return [{column.key: to_json(column.value(row)) for column in columns} for row in rows]


def to_json(value: Any) -> Any:
    """Put a value of the model into JSON's terms: words as identifiers, dates as 2021-05-01."""
    from decimal import Decimal

    if isinstance(value, (date, Period)):
        return str(value)
    match value:
        case Term():
            return value.identifier
        case dict():
            return {key: to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
        case Decimal():
            return f"{value.normalize():f}"
    return value


def terminal(columns: Sequence[Column[Row]], rows: Sequence[Row], screen: Screen) -> str:
    """Lay the table out for a terminal's width, wrapping the columns that may shrink.

    On a terminal too narrow even for that it is written in full: wrapped lines can be read, a
    date with its last digit cut off misleads.
    """
    body = cells(columns, rows)
    if _least(columns, body) > (screen.width or 0):
        return plain(columns, rows)
    if len(rows) > _LONG:
        return _long(columns, rows, body, screen)
    from rich.table import Table
    from rich.text import Text

    from zhenggai.views.wrapping import Chinese

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            column.title,
            justify="right" if column.right else "left",
            no_wrap=not column.shrinks,
            overflow="fold",
        )
    for row, texts in zip(rows, body, strict=True):
        table.add_row(
            *(
                (Chinese if column.shrinks else Text)(text, column.style(row))
                for column, text in zip(columns, texts, strict=True)
            )
        )
    return render(table, screen)


def _long(
    columns: Sequence[Column[Row]], rows: Sequence[Row], body: list[list[str]], screen: Screen
) -> str:
    """Lay a long table out: as rich would, without taking as long."""
    widest = _widths(columns, body)
    fitted = layout.fitted(widest, _least_widths(columns, widest), screen.width or 0)
    right = {place for place, column in enumerate(columns) if column.right}
    looks = _looks(screen)
    lines = list(layout.lines(_titles(columns), [looks("bold")] * len(columns), fitted, right))
    for row, texts in zip(rows, body, strict=True):
        styles = [looks(column.style(row)) for column in columns]
        lines += layout.lines(texts, styles, fitted, right)
    return "\n".join(lines)


def _looks(screen: Screen) -> Callable[[str], tuple[str, str]]:
    """Give the function from a style to the codes that a terminal is sent before and after."""
    from rich.color import ColorSystem
    from rich.style import Style

    @lru_cache
    def look(style: str) -> tuple[str, str]:
        if not screen.color or not style:
            return "", ""
        begin, _, end = (
            Style.parse(style).render("\0", color_system=ColorSystem.STANDARD).partition("\0")
        )
        return begin, end

    return look


def _least(columns: Sequence[Column[Row]], body: list[list[str]]) -> int:
    """Count the columns of the screen below which something would be cut."""
    gaps = len(layout.GAP) * (len(columns) - 1)
    return gaps + sum(_least_widths(columns, _widths(columns, body)))


def _least_widths(columns: Sequence[Column[Row]], widest: Sequence[int]) -> list[int]:
    return [
        min(wide, _LEGIBLE) if column.shrinks else wide
        for column, wide in zip(columns, widest, strict=True)
    ]


def render(content: Any, screen: Screen) -> str:
    """Draw rich content as the lines a terminal is sent."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=screen.width,
        color_system="standard" if screen.color else None,
        force_terminal=screen.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(content)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def paragraph(text: str, style: Format, screen: Screen) -> str:
    """Write a sentence or two: harmless in Markdown, wrapped on a terminal."""
    if style is Format.MARKDOWN:
        return escape_markdown(text)
    return text if screen.width is None else "\n".join(wrap(text, screen.width))


def heading(text: str, level: int, style: Format, screen: Screen, look: str = "bold") -> str:
    """Write a heading; `level` is Markdown's, `look` a terminal's."""
    if style is Format.MARKDOWN:
        return f"{'#' * level} {escape_markdown(text)}\n"
    if screen.width is None or style is Format.PLAIN:
        return text
    from rich.text import Text

    return render(Text(text, look), screen)


def table(
    columns: Sequence[Column[Row]], rows: Sequence[Row], style: Format, screen: Screen
) -> str:
    """Write a table for reading: on a terminal laid out for it, elsewhere in full."""
    if style is Format.MARKDOWN:
        return markdown(columns, rows)
    if style is Format.PLAIN or screen.width is None:
        return plain(columns, rows)
    return terminal(columns, rows, screen)
