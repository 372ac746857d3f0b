"""One ledger folder: read it whole, and say of every file in it what became of it."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.core.model import Finding, Inspection, Ledger
from zhenggai.core.outline import FindingOutline, outline
from zhenggai.core.problem import At, Fault, Problem, has_errors
from zhenggai.core.reading import read_finding, read_inspection
from zhenggai.errors import cause
from zhenggai.storage.naming import (
    INSPECTION,
    Progress,
    is_file,
    leaves,
    names_in,
    problem_of,
    shown_path,
    silent,
)
from zhenggai.storage.places import Place, Places
from zhenggai.storage.plain import plain_data
from zhenggai.storage.spreading import finished, parted

# The parser takes as long to load as everything else; most ledgers do without.
if TYPE_CHECKING:
    from zhenggai.storage.yamltext import Mapping, Mark

MAX_BYTES = 1 << 20

_HANDING_OVER = 40e-6

_LINE_END = re.compile(r"\r\n?|\n")  # no other, for the parser that counts the lines
_CONFLICT = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_BOM = "\ufeff"

# A finding, None where its file has errors, and what is wrong with the file.
Outcome = tuple[Finding | None, list[Problem]]

# Faults of a key, not of its value.
_TOLD_BY_KEY = ("K302", "R401")


def read_ledger(root: Path, shown: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger folder; `shown` is how its path is written in problems ('' for here).

    Every file that cannot be taken at its word is a problem and stands in `unreadable`; the
    others are read all the same.
    """
    [read] = read_ledgers([LedgerReading(root, shown)])
    return read


def read_ledgers(
    readings: Sequence["LedgerReading"], progress: Progress = silent
) -> Iterator[tuple[Ledger, list[Problem]]]:
    """Read several ledger folders, of each the ledger and its problems."""
    return finished(readings, _HANDING_OVER, progress)


class LedgerReading:
    """A ledger folder of which the findings are still to be read."""

    def __init__(self, root: Path, shown: str) -> None:
        self._root, self._shown = root, shown
        self.wanted, self._problems = names_in(root, shown)
        self.read = partial(read_finding_file, root, shown)

    def finish(self, outcomes: list[Outcome]) -> tuple[Ledger, list[Problem]]:
        """Make the ledger of what was read of its findings."""
        inspection, problems = read_inspection_file(self._root, self._shown)
        findings, unreadable, found = parted(self.wanted, outcomes)
        ledger = Ledger(
            name=self._root.resolve().name,
            folder=self._shown,
            inspection=inspection,
            findings=findings,
            unreadable=unreadable,
        )
        return ledger, self._problems + problems + found


def read_finding_file(root: Path, shown: str, name: str) -> Outcome:
    """Read one finding's file; there is no finding where it has errors."""
    content, problems = _read_content(root, shown, name)
    if content is None or has_errors(problems):
        return None, problems
    finding, faults = read_finding(content.data)
    problems += _positioned(faults, content, shown, name)
    return (finding.named(name.partition(".")[0]) if finding else None), problems


def read_finding_outline(root: Path, name: str) -> tuple[FindingOutline | None, list[Problem]]:
    """Read one finding's file in outline; its problems are those of reading it whole."""
    finding, problems = read_finding_file(root, "", name)
    return (outline(finding) if finding else None), problems


def has_file(root: Path) -> Callable[[str], bool]:
    """Give the test whether an evidence path names a regular file inside the ledger."""

    def exists(path: str) -> bool:
        file = root / path.replace("\\", "/")
        return is_file(file) and not leaves(root, file)

    return exists


def place(root: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Give problems found by rules the line and column of the value they speak of."""
    texts: dict[str, _Located | None] = {}
    placed = []
    for problem in problems:
        name = problem.path.rsplit("/", 1)[-1]
        if name not in texts:
            text, _ = _read_text(root, "", name)
            texts[name] = _Located(text) if text is not None else None
        located = texts[name]
        placed.append(located.marked(problem) if located else problem)
    return placed


def source_lines(roots: dict[str, Path]) -> Callable[[str, int], str | None]:
    """Give the function from a problem's path and line to that line's text, None without one.

    `roots` holds the ledger folders by how their paths are written.
    """
    texts: dict[str, list[str]] = {}

    def line(path: str, number: int) -> str | None:
        if path not in texts:
            folder, _, name = path.rpartition("/")
            root = roots.get(folder)
            text = _read_text(root, "", name)[0] if root is not None else None
            texts[path] = _LINE_END.split(text or "")
        lines = texts[path]
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line


def read_inspection_file(root: Path, shown: str) -> tuple[Inspection, list[Problem]]:
    """Read inspection.yaml; where it has errors, what can be taken at its word."""
    if _is_missing(root / INSPECTION):
        message = "台账里没有inspection.yaml"
        hint = "用 zhenggai init 新建,或从别处拷回"
        return Inspection(), [problem_of(shown, INSPECTION, "F111", message, hint)]
    content, problems = _read_content(root, shown, INSPECTION)
    if content is None:
        return Inspection(), problems
    inspection, faults = read_inspection(content.data)
    return inspection, problems + _positioned(faults, content, shown, INSPECTION)


def _is_missing(path: Path) -> bool:
    """Tell whether nothing is there; what is there and cannot be looked at is not missing."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


class _Content(NamedTuple):
    """What a file says, and its text; the parsed text is there when the parser was needed."""

    data: dict[str, Any]
    text: str
    parsed: "Mapping | None" = None


class _Located:
    """A text whose values can be found: by its lines, and where these do not tell by the parser."""

    def __init__(self, text: str, parsed: "Mapping | None" = None) -> None:
        self._text = text
        self._parsed = parsed

    @cached_property
    def _places(self) -> Places:
        return Places(self._text)

    @cached_property
    def _node(self) -> "Mapping | None":
        from zhenggai.storage.yamltext import parse

        return self._parsed or parse(self._text, "")[0]

    def marked(self, problem: Problem) -> Problem:
        """Give a problem the line and column of the value it speaks of."""
        mark = self._find(problem.at, key=problem.code in _TOLD_BY_KEY)
        if mark is None:
            return problem
        return problem._replace(line=mark.line + 1, column=mark.column + 1)

    def _find(self, at: At, *, key: bool) -> "Place | Mark | None":
        if not self._parsed and (place := self._places.find(at, key=key)):
            return place
        if self._node is None:
            return None
        from zhenggai.storage.yamltext import locate

        return locate(self._node, at, key=key)


def _positioned(faults: list[Fault], content: _Content, shown: str, name: str) -> list[Problem]:
    if not faults:
        return []
    located = _Located(content.text, content.parsed)
    problems = [
        located.marked(problem_of(shown, name, code, message, hint)._replace(at=at))
        for at, code, message, hint in faults
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _read_content(root: Path, shown: str, name: str) -> tuple[_Content | None, list[Problem]]:
    text, problems = _read_text(root, shown, name)
    if text is None:
        return None, problems
    if (data := plain_data(text)) is not None:
        return _Content(data, text), problems
    from zhenggai.storage.syntax import line_and_column
    from zhenggai.storage.yamltext import parse, to_data

    if conflict := _CONFLICT.search(text):
        line, _ = line_and_column(text, conflict.start())
        hint = "保留两边的记录并按日期排好,再删去三行标记"
        problem = problem_of(shown, name, "F108", "还有没解决的合并冲突", hint)
        return None, [*problems, problem._replace(line=line + 1)]
    node, found = parse(text, shown_path(shown, name))
    return (_Content(to_data(node), text, node) if node else None), problems + found


def _read_text(root: Path, shown: str, name: str) -> tuple[str | None, list[Problem]]:
    """Read a file as UTF-8 without its BOM, line endings as they are."""
    try:
        content = _read_bytes(root, f"{root}{os.sep}{name}")
    except OSError as error:
        hint = "检查文件的读取权限和所在磁盘"
        return None, [problem_of(shown, name, "F101", f"读不出这个文件({cause(error)})", hint)]
    except _RefusedFileError as error:
        return None, [problem_of(shown, name, *error.args)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(shown, name, content, error)]
    if text.startswith(_BOM):
        bom = problem_of(shown, name, "F106", "文件开头带有BOM标记", "另存为不带BOM的UTF-8")
        return text[len(_BOM) :], [bom]
    return text, []


class _RefusedFileError(Exception):
    """A file must not be opened: code, message and hint."""


def _read_bytes(root: Path, path: str) -> bytes:
    """Read a file of the ledger; raise _RefusedFileError where it must not be opened."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        if leaves(root, Path(path)):
            raise _RefusedFileError("F103", "这个链接指向台账之外", "把文件本身放进台账")
        status = Path(path).stat()
    if not stat.S_ISREG(status.st_mode):
        raise _RefusedFileError("F102", "这不是普通文件", "移出台账,或换成普通文件")
    if status.st_size > MAX_BYTES:
        tenths = -(-10 * status.st_size // MAX_BYTES)  # rounded up: never “1.0, more than 1”
        message = f"文件有{tenths / 10} MiB,超过1 MiB"
        raise _RefusedFileError("F104", message, "附件另存为佐证文件")
    # Read whole, a file needs no buffer; of thousands, each a path of its own would take long.
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _not_utf8(shown: str, name: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    from zhenggai.storage.syntax import line_and_column

    before = content[: error.start].decode("utf-8")
    line, column = line_and_column(before, len(before))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        line, column = 0, 0
        encoding: str | None = "UTF-16"
    else:
        encoding = _guess(content)
    message = f"文件不是UTF-8编码(看来是{encoding})" if encoding else "文件不是UTF-8编码的文本"
    hint = "用编辑器另存为UTF-8(先备份原文件)"
    problem = problem_of(shown, name, "F105", message, hint)
    return problem._replace(line=line + 1, column=column + 1)


def _guess(content: bytes) -> str | None:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK/GB18030"
