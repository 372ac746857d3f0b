"""One file of a ledger: its text, the plain data it holds, the model that these say."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.ledger.register import RegisterHead, Row, head, row
from zhenggai.model.days_off import NONE_KNOWN, DaysOff
from zhenggai.model.decoding import decode_finding, decode_inspection, decode_own_days_off
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem, has_errors
from zhenggai.storage.file_names import INSPECTION, OWN_DAYS_OFF, file_problem
from zhenggai.storage.ledger_texts import FileRead, LocatedText, read_file, text_in
from zhenggai.storage.yaml.fast import plain_data

if TYPE_CHECKING:
    from zhenggai.storage.yaml import nodes

FindingRead = tuple[Finding | None, list[Problem]]
"""A finding, None where its file has errors, and what is wrong with the file."""
RowRead = tuple[Row | None, list[Problem]]
"""The same of a row."""
HeadRead = tuple[RegisterHead, list[Problem]]
"""The head of a register, and what is wrong with inspection.yaml."""

_CONFLICT = re.compile(r"^<{7}(?: |$)", re.MULTILINE)


def read_finding_file(root: Path, name: str) -> FindingRead:
    """Read one finding's file; there is no finding where it has errors.

    The path of a problem is the file's name.
    """
    return finding_in(read_file(root, name), name)


def finding_in(read: FileRead, name: str) -> FindingRead:
    """Return the finding of a file that was read, as `read_finding_file` does."""
    content, problems = _content_in(read, name)
    if content is None or has_errors(problems):
        return None, problems
    finding, found = decode_finding(content.data, name.partition(".")[0])
    return finding, problems + _placed(found, content, name)


def read_sound_finding(root: Path, name: str, asked: str) -> Finding:
    """Read one finding's file; raise InvalidInputError where it has errors.

    `asked` is how the user named the finding.
    """
    finding, _ = read_finding_file(root, name)
    if finding is None:
        raise unreadable(asked, name)
    return finding


def unreadable(asked: str, name: str) -> InvalidInputError:
    """Return the failure that a finding's file has errors."""
    return InvalidInputError(f"问题{asked}的文件{name}有错误，无法读取；请先改正")


def read_row(root: Path, name: str) -> RowRead:
    """Read one finding's file for its row; its problems are those of reading it whole."""
    finding, problems = read_finding_file(root, name)
    return (row(finding) if finding else None), problems


def read_for_register(root: Path, name: str) -> RowRead | HeadRead:
    """Read one file for a ledger's register: of inspection.yaml the head, else the row."""
    if name != INSPECTION:
        return read_row(root, name)
    inspection, problems = read_inspection_file(root)
    return head(inspection), problems


def read_inspection_file(root: Path) -> tuple[Inspection, list[Problem]]:
    """Read inspection.yaml; where it has errors, what can be taken at its word."""
    if _is_missing(root / INSPECTION):
        message = "台账里没有inspection.yaml"
        hint = "用 zhenggai init 新建，或从备份中恢复"
        return Inspection(), [file_problem(INSPECTION, "F111", message, hint)]
    content, problems = _content_in(read_file(root, INSPECTION), INSPECTION)
    if content is None:
        return Inspection(), problems
    inspection, found = decode_inspection(content.data)
    return inspection, problems + _placed(found, content, INSPECTION)


def read_own_days_off(root: Path) -> tuple[DaysOff, list[Problem]]:
    """Read a ledger's own days off; what is at fault counts as not written."""
    content, problems = _content_in(read_file(root, OWN_DAYS_OFF), OWN_DAYS_OFF)
    if content is None:
        return NONE_KNOWN, problems
    own, found = decode_own_days_off(content.data)
    return own, problems + _placed(found, content, OWN_DAYS_OFF)


def _is_missing(path: Path) -> bool:
    """Whether nothing is there; what is there and cannot be looked at is not missing."""
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
    parsed: "nodes.Mapping | None" = None


def _placed(problems: list[Problem], content: _Content, name: str) -> list[Problem]:
    """Return problems of a file's data with their places in its text, in order of place."""
    if not problems:
        return []
    located = LocatedText(content.text, content.parsed)
    placed = [located.placed(problem)._replace(path=name) for problem in problems]
    return sorted(placed, key=lambda problem: (problem.line, problem.column))


def _content_in(read: FileRead, name: str) -> tuple[_Content | None, list[Problem]]:
    text, problems = text_in(read, name)
    if text is None:
        return None, problems
    if (data := plain_data(text)) is not None:
        return _Content(data, text), problems
    node, found = parse_ledger_text(text, name)
    if node is None:
        return None, problems + found
    from zhenggai.storage.yaml.nodes import to_data

    return _Content(to_data(node), text, node), problems + found


def parse_ledger_text(text: str, name: str) -> "tuple[nodes.Mapping | None, list[Problem]]":
    """Parse the text of a ledger's file into nodes; a merge left open is named as such."""
    from zhenggai.storage.yaml.nodes import parse
    from zhenggai.storage.yaml.yaml_errors import line_and_column

    if conflict := _CONFLICT.search(text):
        line, _ = line_and_column(text, conflict.start())
        hint = "保留两边的记录并按日期排好，再删去三行标记"
        problem = file_problem(name, "F108", "还有未解决的合并冲突", hint)
        return None, [problem._replace(line=line + 1)]
    return parse(text, name)
