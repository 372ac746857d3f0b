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
    lines: list[str] = []
    for one in placed(source, notice, marks):
        between = "\n" * _empty_lines(notice, one.gap) if lines else ""
        lines.append(between + _indent(notice, one.place) + one.text)
    return "\n".join(lines) + ("\n" if notice.final_newline else "")


class Placed(NamedTuple):
    """A line of the plain text: what it is, and what the empty lines before it are called."""

    text: str
    place: TextPlace | None
    gap: TextGap


def placed(source: str, notice: Notice, marks: Marks = UNMARKED) -> list[Placed]:
    """Return the lines of Markdown as plain text, with what they are."""
    divided = parts([block for block in blocks(source) if block.rows or block.text])
    found: list[Placed] = []
    for part in divided:
        places = _places(part, notice, marks)
        gaps = _gaps(part, places, notice)
        for block, place, gap in zip(part, places, gaps, strict=True):
            texts = ["  ".join(row) for row in block.rows] or [block.text]
            found.append(Placed(texts[0], place, gap))
            found += [Placed(text, place, TextGap.PARAGRAPHS) for text in texts[1:]]
    return found


_BEFORE = {2: TextGap.PART, 3: TextGap.ASPECT, 4: TextGap.FINDING}


def _gaps(part: Sequence[Block], places: list[TextPlace | None], notice: Notice) -> list[TextGap]:
    """Say what the empty lines before each block are."""
    gaps = [_BEFORE.get(block.level, TextGap.PARAGRAPHS) for block in part]
    body = [number for number, place in enumerate(places) if place is TextPlace.BODY]
    opening = _count(notice.opening) or 1
    if notice.opening != (LEFT_OUT,) and len(body) > opening:
        gaps[body[opening]] = TextGap.OPENING
    contact = _count(notice.supervision) or bool(notice.phone or notice.email or notice.address)
    contact = contact if notice.supervision != (LEFT_OUT,) else 0
    contact += bool(notice.publicity and not notice.publicity_inside)
    behind = len(notice.ending) + contact
    if contact and len(body) > behind:
        gaps[body[-behind]] = TextGap.CONTACT
    for number, place in enumerate(places):
        above = places[number - 1] if number else None
        if above is TextPlace.TITLE:
            gaps[number] = TextGap.TITLE
        elif place is TextPlace.DATE:
            gaps[number] = TextGap.DATE
        elif place is TextPlace.SIGNATURE:
            is_first = above is not TextPlace.SIGNATURE
            gaps[number] = TextGap.SIGNATURE if is_first else TextGap.PARAGRAPHS
    return gaps


def _count(texts: Sequence[str]) -> int:
    return sum(1 for text in texts for line in text.split("\n") if line.strip())


def _places(part: Sequence[Block], notice: Notice, marks: Marks) -> list[TextPlace | None]:
    """Say what each block is; the marks are none of the notice's text."""
    first, signed = _signed(part, notice, marks)
    places: list[TextPlace | None] = [
        TextPlace.TITLE
        if block.level == 1
        else None
        if block.text in (*marks[:1], DRAFT)
        else TextPlace.BODY
        for block in part
    ]
    places[first : first + len(signed)] = signed
    return places


def _signed(part: Sequence[Block], notice: Notice, marks: Marks) -> tuple[int, list[TextPlace]]:
    """Say where the paragraphs begin that are signature and date, and which each of them is."""
    if not notice.signature_lines and not notice.ending:
        first, end = closing(part, marks.marking)
        dated = end > first
        return first, [TextPlace.SIGNATURE] * (end - first - 1) + [TextPlace.DATE] * dated
    behind = len(notice.ending)
    if not notice.signature_lines:
        number = ending(part[: len(part) - behind])
        signed = [TextPlace.SIGNATURE] * (number - 1) + [TextPlace.DATE] * min(number, 1)
    elif notice.signature_lines == (LEFT_OUT,):
        signed = []
    else:
        last = part[len(part) - behind - 1 :][:1]
        is_dated = len(notice.signature_lines) > 1 and last and is_printed_day(last[0].text)
        number = len(notice.signature_lines) - bool(is_dated)
        signed = [TextPlace.SIGNATURE] * number + [TextPlace.DATE] * bool(is_dated)
    return len(part) - behind - len(signed), signed


_BLANKS = {"空格": " ", "全角空格": "\u3000", "不换行空格": "\xa0", "制表符": "\t"}


def _indent(notice: Notice, place: TextPlace | None) -> str:
    if notice.indents:
        number, kind = notice.indents.get(place, "0个空格").split("个") if place else ("0", "空格")
        return _BLANKS[kind] * int(number)
    return _INDENT if notice.indented and place is TextPlace.BODY else ""


def _empty_lines(notice: Notice, gap: TextGap) -> int:
    if not notice.gaps:
        return int(notice.blank_lines)
    return notice.gaps.get(gap, notice.gaps.get(TextGap.PARAGRAPHS, 0))


DAY_TO_FILL_IN = re.compile("20\u3000+年\u3000+月\u3000+日")
"""The form of a day to be filled in."""
DOCUMENT_NUMBER = re.compile("（发文字号）|[^\\s，。；：]{1,30}〔[0-9]{4}〕[0-9]{1,5}号")
"""A line that says the number of a document, or where it is to be filled in (GB/T 9704, 7.2.5)."""
_BELOW_THE_DATE = ("抄送：", "印发范围：")
_LONGEST_SIGNATURE = 40


def ending(found: Sequence[Block]) -> int:
    """Count the paragraphs at the end that are signature and date."""
    if not found or not _is_text(found[-1]) or not _is_day(found[-1].text):
        return 0
    before = found[-2] if len(found) > 1 else None
    return 1 + int(before is not None and _is_text(before) and _is_signature(before.text))


def _is_day(text: str) -> bool:
    return is_printed_day(text) or DAY_TO_FILL_IN.fullmatch(text) is not None


def parts(found: Sequence[Block]) -> list[list[Block]]:
    """Part a document at its titles, each of which begins a page."""
    divided: list[list[Block]] = [[]]
    for block in found:
        if block.level == 1 and any(one.level == 1 for one in divided[-1]):
            divided.append([])
        divided[-1].append(block)
    return divided


def closing(part: Sequence[Block], marking: str = "") -> tuple[int, int]:
    """Return from where to where the signature and the date of a part stand.

    Below them there may be tables to be filled in, to whom copies go, and the marking of the
    next title. Where there are none both numbers are those of the end.
    """
    end = len(part)
    while end and _may_follow_the_date(part[end - 1], marking):
        end -= 1
    signed = ending(part[:end])
    return (end - signed, end) if signed else (len(part), len(part))


def _may_follow_the_date(block: Block, marking: str) -> bool:
    is_marking = bool(marking) and block.text == marking
    return bool(block.rows) or is_marking or block.text.startswith(_BELOW_THE_DATE)


def _is_text(block: Block) -> bool:
    return block.level == 0 and not block.rows


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and not re.search("[。；;!！?？:：]", text)
