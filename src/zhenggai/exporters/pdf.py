"""`pdf`: a paper as LibreOffice lays out its Word file."""

from typing import TYPE_CHECKING

from zhenggai.exporters import docx
from zhenggai.notice.rendering import UNMARKED, Marks
from zhenggai.storage.pdf_conversion import office_program, pdf_of

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice


def paper(source: str, notice: "Notice | None", marks: Marks = UNMARKED) -> bytes:
    """Write a paper as a .pdf file.

    Raise InvalidInputError without LibreOffice, or without what a Word file needs.
    """
    return pdf_of(docx.paper(source, notice, marks), office_program())
