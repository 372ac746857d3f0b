"""A text file of what is to be recorded: one line a finding, its id and then the text."""

import contextlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zhenggai.cli.typed_ids import TypedId, is_typed_id, typed_ids
from zhenggai.errors import InvalidInputError, ZhenggaiError
from zhenggai.model.problem import shorten
from zhenggai.storage.handed_file import read_handed

_MOST_BYTES = 4_000_000
STANDARD_INPUT = "-"
_LINE = re.compile(r"(\S+?)(?:[ \t\u3000:：]+|、[ \t\u3000]+)(\S.*)")


class NoteLine(NamedTuple):
    """A line of the file: its number, the findings that it names, and what is said of them."""

    line: int
    ids: list[TypedId]
    text: str


def read_notes(name: str, wanted: str) -> list[NoteLine]:
    """Return the lines of a file, or of standard input for `-`; blank lines and # comments aside.

    Raise InvalidInputError where a line names no finding or says nothing of it.
    """
    text = handed_text(name, wanted)
    notes = [
        _note(name, number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("# ")
    ]
    if not notes:
        raise InvalidInputError(f"{file_called(name)}里没有内容；每行写一个问题：7 情况")
    return notes


def handed_text(name: str, wanted: str) -> str:
    """Return the text of a file that the user hands in: UTF-8, or what Windows saves (GB18030)."""
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(_MOST_BYTES)
    else:
        content = read_handed(Path(name), _MOST_BYTES, wanted)
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise InvalidInputError(
            f"{file_called(name)}不是文字文件；请用编辑器另存为UTF-8编码的文本"
        ) from None


def file_called(name: str) -> str:
    """Return what a file that the user hands in is called in messages."""
    return "标准输入" if name == STANDARD_INPUT else f"“{name}”"


@contextlib.contextmanager
def told_at(place: str) -> Iterator[None]:
    """Say of a fault at which place of a file it stands."""
    try:
        yield
    except ZhenggaiError as error:
        raise type(error)(f"{place}：{error}") from None


def _note(name: str, number: int, line: str) -> NoteLine:
    found = _LINE.fullmatch(line)
    if found is None or not is_typed_id(found[1]) or "." in found[1].removesuffix(".yaml"):
        raise InvalidInputError(
            f"{file_called(name)}第{number}行“{shorten(line)}”的格式无法识别；"
            "先写编号，空一格写情况：7 情况"
        )
    return NoteLine(number, typed_ids(found[1]), found[2].strip())
