"""`md`: a paper as the template wrote it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice
    from zhenggai.notice.rendering import Marks


def paper(source: str, _notice: "Notice | None", _marks: "Marks | None" = None) -> str:
    """Write a paper's Markdown, which is its source."""
    return source
