"""From a template to Markdown, and from Markdown to plain text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.model.notice_settings import LEFT_OUT, Notice, TextGap, TextPlace
from zhenggai.model.suggestion import meant
from zhenggai.notice.markdown_blocks import Block, blocks, printable
from zhenggai.notice.printed_days import is_printed_day

DRAFT = "（征求意见稿）"


class Marks(NamedTuple):
    """What is marked on every page of a paper: how it is to be handled, and that it is a draft."""

    marking: str = ""
    draft: bool = False

    @property
    def header(self) -> str:
        """The marks in one line, for the head of a page; '' where there are none."""
        return "\u3000".join(filter(None, (self.marking, DRAFT if self.draft else "")))


UNMARKED = Marks()


def markdown(
    name: str, content: dict[str, Any], folders: list[Path], marks: Marks = UNMARKED
) -> str:
    """Fill a template (by name, without .md) found in one of the folders; text comes in escaped.

    The marks stand at every title, which begins a page: the marking above it, that it is a draft
    below it; without a title, at the top. Raise WrongUsageError where there is no such template,
    InvalidInputError with the template's line where it cannot be carried out.
    """
    from jinja2 import TemplateError, TemplateNotFound

    from zhenggai.notice.sandbox import Sandbox, template_error_sentence

    sandbox = Sandbox(folders)
    file = f"{name}.md"
    try:
        text = sandbox.render(file, content)
    except (
        *(TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError),
        *(AssertionError, RecursionError, MemoryError, SyntaxError, NameError),
    ) as error:
        if isinstance(error, TemplateNotFound) and error.name == file:
            raise WrongUsageError(_absent(name, sandbox.list_templates())) from None
        raise InvalidInputError(template_error_sentence(error, file, content)) from None
    text = re.sub(r"\n{3,}", "\n\n", printable(text)).strip("\n") + "\n"
    return _marked(text, marks)


def _absent(name: str, known: list[str]) -> str:
    close = meant(name.removesuffix(".md"), known)
    return f"没有模板“{name}”；{close}可用：{'、'.join(known)}"


def _marked(source: str, marks: Marks) -> str:
    above = f"{marks.marking}\n\n" if marks.marking else ""
    draft = DRAFT if marks.draft else ""
    below = f"\n\n{draft}" if draft else ""
    marked, titles = re.subn(r"(?m)^# .*$", rf"{above}\g<0>{below}", source)
    return marked if titles else above + (f"{draft}\n\n" if draft else "") + source


_INDENT = "\u3000\u3000"


def text(source: str, notice: Notice | None = None, marks: Marks = UNMARKED) -> str:
    """Write Markdown as plain text: a line for each block, table cells parted by two spaces.

    The notice says how its paragraphs are set off. Indented is every paragraph and heading, but
    not the title, the marks, the signature and the date.
    """
    notice = notice or Notice()
    found = [block for block in blocks(source) if block.rows or block.text]
    places = _places(found, notice, marks)
    lines: list[str] = []
    for block, place, above in zip(found, places, (None, *places), strict=False):
        indent = _indent(notice, place)
        texts = ["  ".join(row) for row in block.rows] or [block.text]
        between = "\n" * _empty_lines(notice, above, place) if lines else ""
        lines += [between + indent + texts[0]]
        each = "\n" * _empty_lines(notice, place, place)
        lines += [each + indent + text for text in texts[1:]]
    return "\n".join(lines) + ("\n" if notice.final_newline else "")


def _places(found: Sequence[Block], notice: Notice, marks: Marks) -> list[TextPlace | None]:
    """Say what each block is; the marks are none of the notice's text."""
    signed = _signed(found, notice)
    body = found[: len(found) - len(signed) - (len(notice.ending) if signed else 0)]
    places: list[TextPlace | None] = [
        TextPlace.TITLE
        if block.level == 1
        else None
        if block.text in (*marks[:1], DRAFT)
        else TextPlace.BODY
        for block in body
    ]
    places += signed
    return places + [TextPlace.BODY] * (len(found) - len(places))


def _signed(found: Sequence[Block], notice: Notice) -> list[TextPlace]:
    """Say what the paragraphs at the end are that are signature and date."""
    if not notice.signature_lines:
        end = len(found) - len(notice.ending)
        number = ending(found[:end] if notice.ending else found)
        return [TextPlace.SIGNATURE] * (number - 1) + [TextPlace.DATE] * min(number, 1)
    if notice.signature_lines == (LEFT_OUT,):
        return []
    last = found[len(found) - len(notice.ending) - 1 :][:1]
    is_dated = len(notice.signature_lines) > 1 and last and is_printed_day(last[0].text)
    first = len(notice.signature_lines) - bool(is_dated)
    return [TextPlace.SIGNATURE] * first + [TextPlace.DATE] * bool(is_dated)


_BLANKS = {"空格": " ", "全角空格": "\u3000", "不换行空格": "\xa0", "制表符": "\t"}


def _indent(notice: Notice, place: TextPlace | None) -> str:
    if notice.indents:
        number, kind = notice.indents.get(place, "0个空格").split("个") if place else ("0", "空格")
        return _BLANKS[kind] * int(number)
    return _INDENT if notice.indented and place is TextPlace.BODY else ""


def _empty_lines(notice: Notice, above: TextPlace | None, place: TextPlace | None) -> int:
    if not notice.gaps:
        return int(notice.blank_lines)
    between = notice.gaps.get(TextGap.PARAGRAPHS, 0)
    if above is TextPlace.TITLE:
        return notice.gaps.get(TextGap.TITLE, between)
    if place is TextPlace.SIGNATURE and above is not TextPlace.SIGNATURE:
        return notice.gaps.get(TextGap.SIGNATURE, between)
    return notice.gaps.get(TextGap.DATE, between) if place is TextPlace.DATE else between


_LONGEST_SIGNATURE = 40


def ending(found: Sequence[Block]) -> int:
    """Count the paragraphs at the end that are signature and date."""
    if not found or not _is_text(found[-1]) or not is_printed_day(found[-1].text):
        return 0
    before = found[-2] if len(found) > 1 else None
    return 1 + int(before is not None and _is_text(before) and _is_signature(before.text))


def _is_text(block: Block) -> bool:
    return block.level == 0 and not block.rows


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and not re.search("[。；;!！?？:：]", text)
