"""From a template to Markdown, and from Markdown to plain text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.model.notice_settings import Notice
from zhenggai.model.suggestion import meant
from zhenggai.notice.markdown_blocks import Block, blocks, printable

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
    lines = []
    for part in parts([block for block in blocks(source) if block.rows or block.text]):
        signed = range(*closing(part, marks.marking))
        for place, block in enumerate(part):
            is_plain = block.level == 1 or block.text in (*marks[:1], DRAFT)
            is_set_off = place not in signed and not is_plain
            indent = _INDENT if notice.indented and is_set_off else ""
            texts = ["  ".join(row) for row in block.rows] or [block.text]
            lines += [indent + text for text in texts]
    joined = ("\n\n" if notice.blank_lines else "\n").join(lines)
    return joined + ("\n" if notice.final_newline else "")


# A day, or the form of one to be filled in.
_DATE = re.compile("(?:[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}|20\u3000+年\u3000+月\u3000+)日")
_BELOW_THE_DATE = ("抄送：", "印发范围：")
_LONGEST_SIGNATURE = 40


def ending(found: Sequence[Block]) -> int:
    """Count the paragraphs at the end that are signature and date."""
    if not found or not _is_text(found[-1]) or not _DATE.fullmatch(found[-1].text):
        return 0
    before = found[-2] if len(found) > 1 else None
    return 1 + int(before is not None and _is_text(before) and _is_signature(before.text))


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
