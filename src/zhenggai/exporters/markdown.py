"""`markdown`: tables, headings and paragraphs; what the ledger says cannot become markup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabulate import tabulate

from zhenggai.views.columns import Column, RowT, Tabular, cells
from zhenggai.views.screen_text import escape_markdown

if TYPE_CHECKING:
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report


def rows(listing: Tabular, _screen: "Screen") -> str:
    """Write rows as a table."""
    return table(listing.columns, listing.lines)


def status(report: "Report", _screen: "Screen") -> str:
    """Write the headlines, the progress table, and what presses."""
    return report.page(MarkdownPage())


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
    """Write a table.

    The titles go to tabulate as a row like any other, because it makes a column wider than its
    header needs. The rule it then writes above them belongs below.
    """
    titles = [column.title for column in columns]
    body = [[escape_markdown(cell) for cell in row] for row in cells(columns, rows)]
    sides = ["right" if column.right else "left" for column in columns]
    text = tabulate([titles, *body], tablefmt="pipe", disable_numparse=True, colalign=sides)
    rule, header, *lines = text.splitlines()
    return "\n".join([header, rule if rows else rule.replace(":", "-"), *lines])


class MarkdownPage:
    """The parts of a page in Markdown."""

    def heading(self, text: str, level: int, _style: str = "") -> str:
        """Write a heading."""
        return f"{'#' * level} {escape_markdown(text)}\n"

    def paragraph(self, text: str) -> str:
        """Write a sentence or two."""
        return escape_markdown(text)

    def table(self, columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
        """Write a table."""
        return table(columns, rows)
