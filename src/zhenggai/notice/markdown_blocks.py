"""Escape text for Markdown, and parse Markdown into blocks for the other formats."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

_SPECIAL = re.compile(r"([\\`*_\[\]<>#~&|$])")
# Not every blank: an ideographic space is a character of the text, and so are a tab and several
# spaces between the columns of a line.
_BREAKS = re.compile(
    r"[ \t]*[\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029][ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]*"
)
# No part of a text: what no XML can hold, controls, and what turns the order of writing about.
_NO_TEXT = (
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# Chinese goes on after a line's end without a blank.
_BROKEN_CHINESE = re.compile(r"(?<=[^\x00-\xff])[ \t\r]*\n[ \t\r\n]*(?=[^\x00-\xff])")
_LINE_START = re.compile(r"^(?:([-+=.)])|([0-9]{1,9})([.)])(?= |$))")


def printable(text: str) -> str:
    """Take out of a text what cannot be printed and no document may hold."""
    if text.replace("\n", "").replace("\u3000", "").isprintable():
        return text  # as most is, and the pattern takes long to compile
    return re.sub(_NO_TEXT, "", text)


def escape(value: Any) -> str:
    """Write a value so that Markdown takes every character of it literally, on one line."""
    if isinstance(value, (list, tuple)):
        return "、".join(escape(item) for item in value)
    text = _on_one_line(str(value)) if value is not None else ""
    return _LINE_START.sub(_guard, _SPECIAL.sub(r"\\\1", text))


def _on_one_line(text: str) -> str:
    if not text.isprintable():
        text = printable(_BREAKS.sub(" ", _BROKEN_CHINESE.sub("", text)))
    return text.strip(" ")


def _guard(match: re.Match[str]) -> str:
    """Escape what at the start of a line would begin a list or an underline."""
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


@dataclass(frozen=True)
class Block:
    """One block of a document: a heading (level 1 to 6), a paragraph (0), or rows of a table."""

    level: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


# What a notice has no use for: foreign addresses, and text that other forms would leave out.
_UNUSED = ["link", "image", "autolink", "reference", "code", "fence"]


def parser() -> Any:
    """Return a Markdown parser that knows headings, paragraphs, lists and tables, and no HTML."""
    from markdown_it import MarkdownIt

    rules = {"html": False, "linkify": False, "typographer": False}
    return MarkdownIt("commonmark", rules).enable("table").disable(_UNUSED)


def blocks(source: str) -> Iterator[Block]:
    """Read Markdown into blocks of plain text; an item of a numbered list keeps its number."""
    tokens = iter(parser().parse(source))
    label = ""
    for token in tokens:
        if token.type == "heading_open":
            yield Block(int(token.tag[1:]), _text(next(tokens)))
        elif token.type == "list_item_open":
            label = token.info + token.markup if token.info else ""
        elif token.type == "inline":
            yield Block(0, label + _text(token))
            label = ""
        elif token.type == "table_open":
            yield Block(0, "", tuple(_rows(tokens)))


def texts(source: str) -> Iterator[str]:
    """Yield the plain text of each block of Markdown, and of each cell of its tables."""
    for block in blocks(source):
        yield block.text
        for row in block.rows:
            yield from row


def lines_of(source: str) -> str:
    """Return the plain text of Markdown: a line for each block and each row of a table."""
    return "".join(
        f"{line}\n"
        for block in blocks(source)
        for line in (block.text, *("  ".join(row) for row in block.rows))
        if line
    )


# What other programs that read Markdown show nothing of: tags, and where a link leads.
_UNSHOWN = re.compile(r"<[^<>]{0,500}>|(?<=\])(?:\([^()]{0,500}\)|\[[^\[\]]{0,500}\])")


def shows_what_it_says(source: str) -> bool:
    """Whether every character that a reader is shown stands in the Markdown, in that order.

    Entities are shown as other characters, links and tags hide some between others.
    """
    return not any(mark in source for mark in "&<]")


def paragraphs(source: str) -> Iterator[str]:
    """Yield each text of a paper as it reads here, and as another reader of Markdown shows it."""
    for text in texts(source):
        yield text
        if (shown := _UNSHOWN.sub("", text)) != text:
            yield shown


def _rows(tokens: Iterator[Any]) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for token in takewhile(lambda token: token.type != "table_close", tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_text(token))
        elif token.type == "tr_close":
            yield tuple(row)


def _text(inline: Any) -> str:
    parts = []
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)
