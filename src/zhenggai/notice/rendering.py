"""From a template to Markdown, and from Markdown to plain text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.model.notice_settings import Notice
from zhenggai.model.suggestion import meant
from zhenggai.notice.markdown_blocks import Block, blocks, printable

DRAFT = "（征求意见稿）"


def markdown(
    name: str, content: dict[str, Any], folders: list[Path], *, draft: bool = False
) -> str:
    """Fill a template (by name, without .md) found in one of the folders; text comes in escaped.

    Raise WrongUsageError where there is no such template, InvalidInputError with the template's
    line where it cannot be carried out.
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
    return _marked(text) if draft else text


def _absent(name: str, known: list[str]) -> str:
    close = meant(name.removesuffix(".md"), known)
    return f"没有模板“{name}”；{close}可用：{'、'.join(known)}"


def _marked(source: str) -> str:
    """Say below every title, or at the top, that this is a draft."""
    marked, titles = re.subn(r"(?m)^# .*$", rf"\g<0>\n\n{DRAFT}", source)
    return marked if titles else f"{DRAFT}\n\n{source}"


_INDENT = "\u3000\u3000"


def text(source: str, notice: Notice | None = None) -> str:
    """Write Markdown as plain text: a line for each block, table cells parted by two spaces.

    The notice says how its paragraphs are set off. Indented is every paragraph and heading, but
    not the title, the signature and the date.
    """
    notice = notice or Notice()
    found = [block for block in blocks(source) if block.rows or block.text]
    body = len(found) - ending(found)
    lines = []
    for place, block in enumerate(found):
        indent = _INDENT if notice.indented and place < body and block.level != 1 else ""
        texts = ["  ".join(row) for row in block.rows] or [block.text]
        lines += [indent + text for text in texts]
    joined = ("\n\n" if notice.blank_lines else "\n").join(lines)
    return joined + ("\n" if notice.final_newline else "")


_DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_LONGEST_SIGNATURE = 40


def ending(found: Sequence[Block]) -> int:
    """Count the paragraphs at the end that are signature and date."""
    if not found or not _is_text(found[-1]) or not _DATE.fullmatch(found[-1].text):
        return 0
    before = found[-2] if len(found) > 1 else None
    return 1 + int(before is not None and _is_text(before) and _is_signature(before.text))


def _is_text(block: Block) -> bool:
    return block.level == 0 and not block.rows


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and not re.search("[。；;!！?？:：]", text)
