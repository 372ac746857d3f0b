"""What a workbook is made of: the register as a sheet, the figures, and how it is marked."""

from typing import NamedTuple

from zhenggai.ledger.register_sheet import RegisterSheet
from zhenggai.views.progress_tables import Report


class Workbook(NamedTuple):
    """A ledger to be written as a workbook; `marking` is what stands at the head of each page."""

    sheet: RegisterSheet
    report: Report
    marking: str = ""
