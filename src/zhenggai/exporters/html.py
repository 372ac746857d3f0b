"""`html`: a paper as one page that needs nothing else: no script, no outside file."""

from html import escape
from string import Template
from typing import TYPE_CHECKING

from zhenggai.notice.markdown_blocks import blocks, parser
from zhenggai.notice.rendering import DRAFT, UNMARKED, Marks, ending
from zhenggai.storage.resources import shipped

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice


def paper(source: str, _notice: "Notice | None", marks: Marks = UNMARKED) -> str:
    """Write a paper as a page; printed, its marks are at the head of every sheet."""
    found = [block for block in blocks(source) if block.text not in (marks.marking, DRAFT)]
    title = next((block.text for block in found if block.level == 1), "")
    title = title or next((block.text for block in found), "")
    body: str = parser().render(source)
    if tail := ending(found):
        parts = body.rsplit("<p>", tail)
        body = '<p class="end">'.join(parts)
    body = body.replace(f"<p>{DRAFT}</p>", f'<p class="draft">{DRAFT}</p>')
    if marks.marking:
        marking = f"<p>{marks.marking}</p>"
        body = body.replace(marking, f'<p class="marking">{marks.marking}</p>')
    page = Template((shipped("templates") / "page.html").read_text(encoding="utf-8"))
    return page.substitute(title=escape(title[:60]), head=marks.header, body=body)
