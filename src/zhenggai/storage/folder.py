"""One ledger folder: read it whole, and say of every file in it what became of it."""

import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.core.model import Finding, Inspection, Ledger
from zhenggai.core.problem import Fault, Problem, has_errors
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
from zhenggai.storage.plain import plain_data

# The parser takes as long to load as everything else; most ledgers do without.
if TYPE_CHECKING:
    from zhenggai.storage.yamltext import Mapping

MAX_BYTES = 1 << 20

_LINE_END = re.compile(r"\r\n?|\n")  # no other, for the parser that counts the lines
_CONFLICT = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_BOM = "\ufeff"

# Faults of a key, not of its value.
_TOLD_BY_KEY = ("K302", "R401")


def read_ledger(
    root: Path, shown: str, progress: Progress = silent
) -> tuple[Ledger, list[Problem]]:
    """Read a ledger folder; `shown` is how its path is written in problems ('' for here).

    Every file that cannot be taken at its word is a problem and stands in `unreadable`; the
    others are read all the same.
    """
    names, problems = names_in(root, shown)
    inspection, found = read_inspection_file(root, shown)
    problems += found
    findings: list[Finding] = []
    unreadable: list[str] = []
    for done, name in enumerate(names):
        progress(done, len(names))
        finding, found = read_finding_file(root, shown, name)
        problems += found
        if finding is None:
            unreadable.append(name)
        else:
            findings.append(finding)
    ledger = Ledger(
        name=root.resolve().name,
        folder=shown,
        inspection=inspection,
        findings=tuple(findings),
        unreadable=tuple(unreadable),
    )
    return ledger, problems


def read_finding_file(root: Path, shown: str, name: str) -> tuple[Finding | None, list[Problem]]:
    """Read one finding's file; there is no finding where it has errors."""
    content, problems = _read_content(root, shown, name)
    if content is None or has_errors(problems):
        return None, problems
    finding, faults = read_finding(content.data)
    problems += _positioned(faults, content, shown, name)
    return (finding.named(name.partition(".")[0]) if finding else None), problems


def has_file(root: Path) -> Callable[[str], bool]:
    """Give the test whether an evidence path names a regular file inside the ledger."""

    def exists(path: str) -> bool:
        file = root / path.replace("\\", "/")
        return is_file(file) and not leaves(root, file)

    return exists


def place(root: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Give problems found by rules the line and column of the value they speak of."""
    roots: dict[str, Mapping | None] = {}
    placed = []
    for problem in problems:
        name = problem.path.rsplit("/", 1)[-1]
        if name not in roots:
            text, _ = _read_text(root, "", name)
            roots[name] = _parsed(text) if text is not None else None
        placed.append(_marked(problem, roots[name]))
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


def _positioned(faults: list[Fault], content: _Content, shown: str, name: str) -> list[Problem]:
    if not faults:
        return []
    node = content.parsed or _parsed(content.text)
    problems = [
        _marked(replace(problem_of(shown, name, code, message, hint), at=at), node)
        for at, code, message, hint in faults
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _parsed(text: str) -> "Mapping | None":
    from zhenggai.storage.yamltext import parse

    return parse(text, "")[0]


def _marked(problem: Problem, node: "Mapping | None") -> Problem:
    """Give a problem the line and column of the value it speaks of."""
    from zhenggai.storage.yamltext import locate

    if node is None:
        return problem
    mark = locate(node, problem.at, key=problem.code in _TOLD_BY_KEY)
    return replace(problem, line=mark.line + 1, column=mark.column + 1)


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
        return None, [*problems, replace(problem, line=line + 1)]
    node, found = parse(text, shown_path(shown, name))
    return (_Content(to_data(node), text, node) if node else None), problems + found


def _read_text(root: Path, shown: str, name: str) -> tuple[str | None, list[Problem]]:
    """Read a file as UTF-8 without its BOM, line endings as they are."""
    path = root / name
    try:
        refusal = _refuse(root, path)
        content = b"" if refusal else path.read_bytes()
    except OSError as error:
        hint = "检查文件的读取权限和所在磁盘"
        return None, [problem_of(shown, name, "F101", f"读不出这个文件({cause(error)})", hint)]
    if refusal:
        return None, [problem_of(shown, name, *refusal)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(shown, name, content, error)]
    if text.startswith(_BOM):
        bom = problem_of(shown, name, "F106", "文件开头带有BOM标记", "另存为不带BOM的UTF-8")
        return text[len(_BOM) :], [bom]
    return text, []


def _refuse(root: Path, path: Path) -> tuple[str, str, str] | None:
    """Say why a file must not be opened: code, message and hint."""
    if path.is_symlink() and leaves(root, path):
        return "F103", "这个链接指向台账之外", "把文件本身放进台账"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "F102", "这不是普通文件", "移出台账,或换成普通文件"
    if status.st_size > MAX_BYTES:
        tenths = -(-10 * status.st_size // MAX_BYTES)  # rounded up: never “1.0, more than 1”
        return "F104", f"文件有{tenths / 10} MiB,超过1 MiB", "附件另存为佐证文件"
    return None


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
    return replace(problem, line=line + 1, column=column + 1)


def _guess(content: bytes) -> str | None:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK/GB18030"
