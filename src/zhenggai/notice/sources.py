"""Read a notice to import from a text, Markdown or Word file, within limits."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.notice.markdown_blocks import blocks
from zhenggai.notice.word.document import WordText, read_document
from zhenggai.notice.word.markup import UnreadableError
from zhenggai.storage.handed_file import read_handed
from zhenggai.storage.yaml.nodes import UNSAYABLE
from zhenggai.storage.yaml.yaml_errors import codepoint

_MOST_BYTES = 16 << 20
# A notice has ten or twenty thousand characters; what is far longer is something else.
_MOST_CHARACTERS, _MOST_LINES = 100_000, 2_000
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Source(NamedTuple):
    """A notice as text, a line for each paragraph, and what to tell about how it was read.

    It is `whole` where everything was read that the file shows.
    """

    text: str
    notes: tuple[str, ...] = ()
    whole: bool = True


def read(path: Path) -> Source:
    """Return a published notice as text.

    Raise InvalidInputError for a file that can be none, WrongUsageError for a wrong path.
    """
    content = read_handed(path, _MOST_BYTES, "通报")
    source = _docx(path, content) if path.suffix.lower() == ".docx" else _plain(path, content)
    _refuse_what_is_no_notice(path, source.text)
    return source


def _refuse_what_is_no_notice(path: Path, text: str) -> None:
    if not text.strip():
        raise InvalidInputError(f"“{path}”里没有文字；核对文件名")
    _refuse_what_is_too_long(path, text)
    if control := UNSAYABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        name = codepoint(control[0])
        raise InvalidInputError(f"“{path}”第{line}行有不可见的控制字符（{name}）；删去后再导入")


def _refuse_what_is_too_long(path: Path, text: str) -> None:
    if len(text) > _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise InvalidInputError(
            f"“{path}”太长（超过{_MOST_CHARACTERS // 10_000}万字或{_MOST_LINES}行），"
            "不会是一份通报；只留下通报的正文再导入"
        )


# -- text and Markdown ------------------------------------------------------------------------


def _plain(path: Path, content: bytes) -> Source:
    text, notes = _decoded(path, content)
    if _LINE_END.search(text):
        notes += ("原文的换行不是LF；写出的通报一律用LF",)
        text = _LINE_END.sub("\n", text)
    if path.suffix.lower() in (".md", ".markdown"):
        _refuse_what_is_too_long(path, text)  # before it takes the parser long
        text = _from_markdown(text)
    return Source(text, notes)


def _decoded(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode text the way Chinese offices save it: UTF-8, else with its mark, else GB18030."""
    encoding = _BYTE_ORDER.get(content[:2], "utf-8-sig")
    for name in (encoding, "gb18030"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            notes = (
                () if name == "utf-8-sig" else (f"原文按{name.upper()}编码读出，请核对有无乱码",)
            )
            return text, notes
    raise InvalidInputError(f"“{path}”不是文本；导入txt、md或docx，老式的doc、wps先另存为docx")


def _from_markdown(text: str) -> str:
    lines = [
        line
        for block in blocks(text)
        for line in (block.text, *("  ".join(row) for row in block.rows))
        if line
    ]
    return "\n".join(lines) + "\n"


# -- Word -------------------------------------------------------------------------------------


def _docx(path: Path, content: bytes) -> Source:
    try:
        read = read_document(content, _MOST_LINES, _MOST_CHARACTERS)
    except UnreadableError as error:
        raise InvalidInputError(f"“{path}”{error}") from None
    text = _LINE_END.sub("\n", "\n".join(read.lines)) + "\n"
    unread = "、".join(f"{kind}{number}处" for kind, number in read.unread.items() if number)
    return Source(text, tuple(_notes(read, unread)), whole=not unread)


def _notes(read: WordText, unread: str) -> Iterator[str]:
    if unread:
        yield f"原文有无法读取的内容：{unread}；其中是文字的，在Word里改成文字再导入"
    if read.changes:
        yield f"原文有修订{read.changes}处，按全部接受以后的文字读出"
    if read.hidden:
        yield f"原文有隐藏的内容{read.hidden}处，未读取"
    if looks := "、".join(f"{kind}{number}处" for kind, number in read.looks.items()):
        yield f"原文有特殊样式的文字：{looks}；已照读，请对照原文核对"
    if read.notes:
        yield f"原文有脚注{read.notes}条，文中标作[1]……，注文放在最后"
