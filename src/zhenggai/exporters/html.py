"""`html`: a paper as one page that needs nothing else: no script, no outside file."""

import re
from collections.abc import Iterator
from html import escape
from string import Template
from typing import TYPE_CHECKING

from zhenggai.notice.markdown_blocks import Block, blocks, parser
from zhenggai.notice.rendering import DRAFT, UNMARKED, Marks, closing, parts
from zhenggai.storage.resources import shipped

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice


def paper(source: str, _notice: "Notice | None", marks: Marks = UNMARKED) -> str:
    """Write a paper as a page; printed, its marks are at the head of every sheet."""
    found = [block for block in blocks(source) if block.text not in (marks.marking, DRAFT)]
    title = next((block.text for block in found if block.level == 1), "")
    title = title or next((block.text for block in found), "")
    body = "".join(_signed(part, text, marks) for part, text in _by_title(source))
    body = _TABLE.sub(_framed, body)
    body = body.replace(f"<p>{DRAFT}</p>", f'<p class="draft">{DRAFT}</p>')
    if marks.marking:
        marking = f"<p>{marks.marking}</p>"
        body = body.replace(marking, f'<p class="marking">{marks.marking}</p>')
    page = Template((shipped("templates") / "page.html").read_text(encoding="utf-8"))
    return page.substitute(title=escape(title[:60]), head=marks.header, body=body)


def _by_title(source: str) -> Iterator[tuple[list[Block], str]]:
    """Yield each title with what belongs to it: its blocks, and the same as HTML."""
    before, *titled = re.split("(?=<h1>)", parser().render(source))
    texts = [before + titled[0], *titled[1:]] if titled else [before]
    yield from zip(parts(list(blocks(source))), texts, strict=True)


def _signed(part: list[Block], text: str, marks: Marks) -> str:
    """Mark the paragraphs that are signature and date."""
    first, end = closing(part, marks.marking)
    below = sum(not block.rows and not block.level for block in part[end:])
    pieces = text.rsplit("<p>", end - first + below)
    for place in range(end - first):
        pieces[place + 1] = f'<p class="end">{pieces[place + 1]}'
    kept = end - first + 1
    return "<p>".join(["".join(pieces[:kept]), *pieces[kept:]])


_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_WIDE = 8  # columns


def _framed(table: re.Match[str]) -> str:
    """Put a table in a frame in which it can be moved sideways, on a narrow screen.

    There a day is not broken, and what is long has room.
    """
    wide = " wide" if table[0].count("<th") > _WIDE else ""  # <thead> counts as one
    text = _CELL.sub(_roomy, _A_DAY.sub(r'<span class="day">\g<0></span>', table[0]))
    return f'<div class="table{wide}">{text}</div>'


_A_DAY = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_CELL = re.compile("<td>(.*?)</td>", re.DOTALL)
_LONG = 24  # characters


def _roomy(cell: re.Match[str]) -> str:
    is_long = len(re.sub("<[^>]*>", "", cell[1])) > _LONG
    return f'<td class="long">{cell[1]}</td>' if is_long else cell[0]
