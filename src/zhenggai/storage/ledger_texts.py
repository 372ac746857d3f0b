"""The text of a ledger's file, and where in it a value stands."""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.errors import cause
from zhenggai.model.declaration import FORMER_KEYS
from zhenggai.model.problem import At, Problem
from zhenggai.storage.file_names import file_problem, leaves
from zhenggai.storage.yaml.positions import Place, Places

# The parser takes as long to load as everything else; most ledgers do without.
if TYPE_CHECKING:
    from zhenggai.storage.yaml import nodes

MAX_BYTES = 1 << 20

_LINE_END = re.compile(r"\r\n?|\n")  # no other, for the parser that counts the lines
BOM = "\ufeff"

# Problems of a key, not of its value.
_OF_THE_KEY = ("K302", "K317", "K318", "R401")


FileRead = tuple[bytes | None, list[Problem]]
"""A file's content, None where it cannot be read, and what is wrong then; a path is its name."""


def read_file(root: Path, name: str) -> FileRead:
    """Read a file of a ledger as it is; only a regular file of the ledger's own is ever opened.

    There is no content where it cannot be read; a problem's path is the file's name.
    """
    try:
        return _read_bytes(root, f"{root}{os.sep}{name}"), []
    except OSError as error:
        hint = "检查文件的读取权限和所在磁盘"
        return None, [file_problem(name, "F101", f"文件无法读取（{cause(error)}）", hint)]
    except _RefusedFileError as error:
        return None, [file_problem(name, *error.args)]


def read_text(root: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a file as UTF-8 without its BOM, line endings as they are.

    There is no text where the file cannot be read; a problem's path is the file's name.
    """
    return text_in(read_file(root, name), name)


def text_in(read: FileRead, name: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file that was read, as `read_text` does."""
    content, problems = read
    if content is None:
        return None, problems
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(name, content, error)]
    if text.startswith(BOM):
        bom = file_problem(name, "F106", "文件开头带有BOM标记", "另存为不带BOM的UTF-8")
        return text[len(BOM) :], [bom]
    return text, []


class LocatedText:
    """A text whose values can be found: by its lines, and where these do not tell by the parser."""

    def __init__(self, text: str, parsed: "nodes.Mapping | None" = None) -> None:
        self.text = text
        self._parsed = parsed

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their endings."""
        return _LINE_END.split(self.text)

    @cached_property
    def _places(self) -> Places:
        return Places(self.text)

    @cached_property
    def _node(self) -> "nodes.Mapping | None":
        from zhenggai.storage.yaml.nodes import parse

        return self._parsed or parse(self.text, "")[0]

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with the line and column of the value it speaks of."""
        mark = self._find(self._as_written(problem.at), key=problem.code in _OF_THE_KEY)
        if mark is None:
            return problem
        return problem._replace(line=mark.line + 1, column=mark.column + 1)

    def _as_written(self, at: At) -> At:
        """Return a place by the old name of its key where the text has that one."""
        former = FORMER_KEYS.get(str(at[0])) if at else None
        if former and re.search(rf"^['\"]?{former}['\"]?[ ]*:", self.text, re.MULTILINE):
            return former, *at[1:]
        return at

    def _find(self, at: At, *, key: bool) -> "Place | nodes.Mark | None":
        if not self._parsed and (place := self._places.find(at, key=key)):
            return place
        if self._node is None:
            return None
        from zhenggai.storage.yaml.nodes import locate

        return locate(self._node, at, key=key)


class LedgerTexts:
    """The texts of one ledger's files, each read once; `given` are texts not to be read."""

    def __init__(self, root: Path, given: Mapping[str, str] | None = None) -> None:
        self._root = root
        self._texts: dict[str, LocatedText | None] = {
            name: LocatedText(text) for name, text in (given or {}).items()
        }

    def get(self, name: str) -> LocatedText | None:
        """Return a file's text by its name; None where it cannot be read."""
        if name not in self._texts:
            text, _ = read_text(self._root, name)
            self._texts[name] = None if text is None else LocatedText(text)
        return self._texts[name]

    def line(self, name: str, number: int) -> str | None:
        """Return a line of a file, counted from 1; None where there is none."""
        located = self.get(name)
        lines = located.lines if located else []
        return lines[number - 1] if 0 < number <= len(lines) else None

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems with the line and column of the value each speaks of."""
        found = []
        for problem in problems:
            located = self.get(problem.path.rpartition("/")[2])
            found.append(located.placed(problem) if located else problem)
        return found


class _RefusedFileError(Exception):
    """A file must not be opened: code, message and hint."""


def _read_bytes(root: Path, path: str) -> bytes:
    """Read a file of the ledger; raise _RefusedFileError where it must not be opened."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        if leaves(root, Path(path)):
            raise _RefusedFileError("F103", "这个链接指向台账之外", "把文件本身放进台账")
        raise _RefusedFileError("F113", "这个文件是链接", "把文件本身放在这里")
    if not stat.S_ISREG(status.st_mode):
        raise _RefusedFileError("F102", "这不是普通文件", "移出台账，或换成普通文件")
    if status.st_size > MAX_BYTES:
        tenths = -(-10 * status.st_size // MAX_BYTES)  # rounded up: never “1.0, more than 1”
        message = f"文件有{tenths / 10} MiB，超过1 MiB"
        raise _RefusedFileError("F104", message, "附件另存为佐证材料")
    # Read whole, a file needs no buffer; of thousands, each a path of its own would take long.
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    from zhenggai.storage.yaml.yaml_errors import line_and_column

    before = content[: error.start].decode("utf-8")
    line, column = line_and_column(before, len(before))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        line, column = 0, 0
        encoding: str | None = "UTF-16"
    else:
        encoding = _guess(content)
    message = f"文件不是UTF-8编码（疑为{encoding}）" if encoding else "文件不是UTF-8编码的文本"
    hint = "用编辑器另存为UTF-8（先备份原文件）"
    problem = file_problem(name, "F105", message, hint)
    return problem._replace(line=line + 1, column=column + 1)


def _guess(content: bytes) -> str | None:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK/GB18030"
