"""`plain`: for reading, the same wherever it goes."""

from typing import TYPE_CHECKING

from zhenggai.exporters import table
from zhenggai.views.layout import Screen

if TYPE_CHECKING:
    from zhenggai.views.columns import Tabular
    from zhenggai.views.progress_tables import Report


def rows(listing: "Tabular", _screen: Screen) -> str:
    """Write rows as a table, in full."""
    return table.rows(listing, Screen())


def status(report: "Report", _screen: Screen) -> str:
    """Write the headlines, the progress table, and what presses, in full."""
    return table.status(report, Screen())
