"""Where a notice to import comes from: a file of text, Markdown or Word, read with care."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.notice.markdown import blocks
from zhenggai.storage.yaml.nodes import UNSAYABLE
from zhenggai.storage.yaml.yaml_errors import codepoint

_MOST_BYTES, _MOST_UNPACKED = 16 << 20, 64 << 20
# A notice has ten or twenty thousand characters; what is far longer is something else.
_MOST_CHARACTERS, _MOST_LINES = 200_000, 5_000
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Source(NamedTuple):
    """A notice as text, a line for each paragraph, and what to tell about how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def read(path: Path) -> Source:
    """Give a published notice as text; raise InvalidInputError for what can be none."""
    if path.is_dir():
        raise WrongUsageError(f"“{path}”是文件夹;写上通报的文件名")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise InvalidInputError(f"“{path}”太大,不会是一份通报;核对文件名")
    source = _docx(path, content) if path.suffix.lower() == ".docx" else _plain(path, content)
    _refuse_what_is_no_notice(path, source.text)
    return source


def _refuse_what_is_no_notice(path: Path, text: str) -> None:
    if not text.strip():
        raise InvalidInputError(f"“{path}”里没有文字;核对文件名")
    if len(text) > _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise InvalidInputError(
            f"“{path}”太长(超过{_MOST_CHARACTERS // 10_000}万字或{_MOST_LINES}行),"
            "不会是一份通报;只留下通报的正文再导入"
        )
    if control := UNSAYABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        name = codepoint(control[0])
        raise InvalidInputError(f"“{path}”第{line}行有看不见的控制字符({name});删去后再导入")


# -- text and Markdown ------------------------------------------------------------------------


def _plain(path: Path, content: bytes) -> Source:
    text, notes = _decoded(path, content)
    if _LINE_END.search(text):
        notes += ("原文的换行不是LF;写出的通报一律用LF",)
        text = _LINE_END.sub("\n", text)
    if path.suffix.lower() in (".md", ".markdown"):
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
            notes = () if name == "utf-8-sig" else (f"原文按{name.upper()}编码读出,请核对有无乱码",)
            return text, notes
    raise InvalidInputError(f"“{path}”不是文本;导入txt、md或docx,老式的doc、wps先另存为docx")


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
        import docx
    except ImportError:
        raise InvalidInputError(
            "读docx要用python-docx;请执行 pip install 'zhenggai[office]'"
        ) from None
    try:
        _refuse_a_bomb(path, content)
        document = docx.Document(io.BytesIO(content))
        lines = [line.strip() for text in _texts(document) for line in text.split("\n")]
        counted = document.element.xpath(".//w:numPr")
    except InvalidInputError:
        raise
    except Exception:  # noqa: BLE001 - a broken archive fails in python-docx, lxml or zipfile, each its own way
        raise InvalidInputError(f"“{path}”不是能读的docx文件;用Word或WPS另存为docx再导入") from None
    text = _LINE_END.sub("\n", "\n".join(line for line in lines if line)) + "\n"
    notes = ("原文用了Word的自动编号,编号读不出来;在Word里改成文字再导入",) if counted else ()
    return Source(text, notes)


def _refuse_a_bomb(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise InvalidInputError(f"“{path}”展开以后太大,不会是一份通报;核对文件名")


def _texts(document: Any) -> Iterator[str]:
    """Give the text of paragraphs and of tables' rows, in the order of the document."""
    for content in document.iter_inner_content():
        if hasattr(content, "rows"):
            for row in content.rows:
                cells = dict.fromkeys(cell.text.replace("\n", " ").strip() for cell in row.cells)
                yield "  ".join(filter(None, cells))
        else:
            yield content.text
