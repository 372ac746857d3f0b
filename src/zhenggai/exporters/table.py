"""`table`: for reading; on a terminal laid out for its width, elsewhere in full."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.views.columns import Tabular
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report

_WIDE = 100


def rows(listing: "Tabular", screen: "Screen") -> str:
    """Write rows as a table."""
    return screen.table(listing.columns, listing.lines)


def status(report: "Report", screen: "Screen") -> str:
    """Write the headlines, the progress table, and what presses; drawn bars where there is room.

    At a terminal there is also how it has moved, and where to see more.
    """
    cells = 10 if screen.width is None else min(30, screen.width // 8)
    has_room = screen.width is None or screen.width >= _WIDE
    watched = screen.width is not None
    return report.page(screen, bar_cells=cells if has_room else 0, is_watched=watched)
