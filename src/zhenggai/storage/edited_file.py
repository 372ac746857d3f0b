"""A finding's file opened for editing: text, parsed nodes and model, read once."""

import os
from pathlib import Path
from typing import NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import has_errors
from zhenggai.storage.file_names import INSPECTION, shown_path
from zhenggai.storage.ledger_file import parse_ledger_text, unreadable
from zhenggai.storage.ledger_folder import LedgerFolder
from zhenggai.storage.ledger_texts import BOM, read_text
from zhenggai.storage.yaml.nodes import Mapping, to_data

_MISSING = "K301"


class OpenedInspection(NamedTuple):
    """A readable inspection.yaml, with its text (without byte order mark) and that text's nodes."""

    path: Path
    text: str
    node: Mapping
    has_mark: bool

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a changed text; a byte order mark that was there stays."""
        return f"{BOM * self.has_mark}{text}".encode()


class OpenedFinding(NamedTuple):
    """A readable finding, with its text (without byte order mark) and the nodes of that text."""

    path: Path
    text: str
    node: Mapping
    finding: Finding
    has_mark: bool
    status: os.stat_result

    @property
    def is_current(self) -> bool:
        """Whether the file is still the one that was read, as far as its size, times and inode say.

        Writing compares the bytes as well.
        """
        try:
            return _stamp(self.path.stat()) == _stamp(self.status)
        except OSError:
            return False

    @property
    def content(self) -> bytes:
        """The bytes that the file was read from."""
        return self.encoded(self.text)

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a changed text; a byte order mark that was there stays."""
        return f"{BOM * self.has_mark}{text}".encode()


def open_finding(folder: LedgerFolder, name: str, asked: str) -> OpenedFinding:
    """Open a finding's file; raise InvalidInputError where it has errors or is gone.

    `asked` is how the user named the finding.
    """
    root = folder.root
    try:
        status = (root / name).stat()  # before reading: a change in between shows
    except FileNotFoundError:
        place = shown_path(folder.shown, name)
        raise InvalidInputError(f"无法读取“{place}”（路径不存在）；请重新执行一次") from None
    except OSError:
        raise unreadable(asked, name) from None
    text, problems = read_text(root, name)
    if text is not None:
        has_mark = any(problem.code == "F106" for problem in problems)
        node, found = parse_ledger_text(text, name)
        if node is not None and not has_errors(found):
            finding, _ = decode_finding(to_data(node), name.partition(".")[0])
            if finding is not None:
                return OpenedFinding(root / name, text, node, finding, has_mark, status)
    raise unreadable(asked, name)


def open_inspection(folder: LedgerFolder, *, may_lack: bool = False) -> OpenedInspection:
    """Open a ledger's inspection.yaml as it is now; raise InvalidInputError where it has errors.

    Where it `may_lack` something what is missing is none: it may be what is to be written.
    """
    text, problems = read_text(folder.root, INSPECTION)
    if text is not None:
        has_mark = any(problem.code == "F106" for problem in problems)
        node, found = parse_ledger_text(text, INSPECTION)
        faults = found if node is None else [*found, *decode_inspection(to_data(node))[1]]
        counted = [one for one in faults if not (may_lack and one.code == _MISSING)]
        if node is not None and not has_errors(counted):
            return OpenedInspection(folder.root / INSPECTION, text, node, has_mark)
    place = shown_path(folder.shown, INSPECTION)
    raise InvalidInputError(f"“{place}”有错误，无法读取；请先改正")


def _stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
