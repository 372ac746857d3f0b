"""`text`: a report for people.

Each of its functions serves commands of its own, and loads what these need and the others do not.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice
    from zhenggai.notice.rendering import Marks
    from zhenggai.views.check_report import CheckReport
    from zhenggai.views.drawn_sample import DrawnSample
    from zhenggai.views.edits import EditReport
    from zhenggai.views.finding_chain import Chain
    from zhenggai.views.finding_detail import FindingSheets
    from zhenggai.views.finding_history import History
    from zhenggai.views.inspection_detail import InspectionSheet
    from zhenggai.views.layout import Screen


def finding(shown: "FindingSheets", screen: "Screen") -> str:
    """Write findings whole, wrapped to a terminal's width."""
    from zhenggai.views.finding_detail import write

    return "\n\n\n".join(write(sheet, screen) for sheet in shown.sheets)


def inspection(sheet: "InspectionSheet", screen: "Screen") -> str:
    """Write what inspection.yaml says, wrapped to a terminal's width."""
    from zhenggai.views.inspection_detail import write

    return write(sheet, screen)


def chain(rounds: "Chain", screen: "Screen") -> str:
    """Write the rounds of a finding as a table."""
    from zhenggai.views.finding_chain import write

    return write(rounds, screen)


def history(told: "History", screen: "Screen") -> str:
    """Write a finding's history as a table."""
    from zhenggai.views.finding_history import write

    return write(told, screen)


def sample(drawn: "DrawnSample", screen: "Screen") -> str:
    """Write a sample of closed findings, and how it was drawn."""
    from zhenggai.views.drawn_sample import write

    return write(drawn, screen)


def problems(report: "CheckReport") -> str:
    """Write a line for each problem; with the source, the line of the file and a caret below it."""
    from zhenggai.views.check_report import lines

    return "\n".join(lines(report))


def edits(report: "EditReport") -> str:
    """Say of every change what happened and what is next; before it, show the difference only."""
    from zhenggai.views.edits import edit_lines

    return "\n".join(edit_lines(report))


def paper(source: str, notice: "Notice | None", marks: "Marks | None" = None) -> str:
    """Write a paper set off as the ledger's notice says."""
    from zhenggai.notice import rendering

    return rendering.text(source, notice, marks or rendering.UNMARKED)
