"""A paper held against the text of it that was approved (审定稿)."""

from collections.abc import Iterator, Sequence

from zhenggai.model.problem import shorten
from zhenggai.notice.markdown_blocks import lines_of
from zhenggai.notice.printed_days import is_printed_day
from zhenggai.notice.reading.page_furniture import PAGE_NUMBER
from zhenggai.notice.rendering import DAY_TO_FILL_IN, DOCUMENT_NUMBER
from zhenggai.notice.text_differences import Difference, differences
from zhenggai.views.screen_text import visible

_MOST_NAMED = 20
# A passage with more is another text, as a table read from a PDF is.
_MOST_FIGURES = 50
# What is written in when a paper is issued, after it was approved.
_NUMBER = "编号："


def kept_text(text: str) -> str:
    """Return a text as it is kept: its lines that say something, each without blanks around."""
    return "\n".join(filter(None, map(str.strip, text.split("\n")))) + "\n"


def differing(approved: str, source: str) -> list[Difference]:
    """Return where a paper in Markdown differs from the text that was approved.

    The day of signing and the number come after the approval: they are not compared.
    """
    return differences(_approved_part(approved), _approved_part(lines_of(source)))


def told(found: Sequence[Difference]) -> Iterator[str]:
    """Yield a line for each difference; every figure is named, of other words the first ones."""
    words = 0
    for one in found:
        words += not one.figures
        if not one.figures and words > _MOST_NAMED:
            continue
        there, here = (visible(shorten(text)) or "（没有）" for text in (one.theirs, one.ours))
        named = [
            f"{visible(figure.theirs) or '（没有）'}→{visible(figure.ours) or '（没有）'}"
            for figure in one.figures
        ]
        more = f"等{len(named)}个" if len(named) > _MOST_FIGURES else ""
        figures = "，".join(named[:_MOST_FIGURES]) + more
        yield f"  {f'数字 {figures}；' if figures else ''}审定稿“{there}”，现在“{here}”"
    if words > _MOST_NAMED:
        yield f"  另有{words - _MOST_NAMED}处文字不同，未逐一列出"


def _approved_part(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _is_added(line.strip()))


def _is_added(line: str) -> bool:
    return (
        is_printed_day(line)
        or DAY_TO_FILL_IN.fullmatch(line) is not None
        or line.startswith(_NUMBER)
        or DOCUMENT_NUMBER.fullmatch(line) is not None
        or PAGE_NUMBER.fullmatch(line) is not None
    )
