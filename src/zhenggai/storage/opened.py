"""One finding's file opened for a change: its bytes, its text, and what it says."""

from pathlib import Path
from typing import NamedTuple

from zhenggai.core.model import Finding
from zhenggai.core.problem import has_errors
from zhenggai.errors import InvalidInputError, cause
from zhenggai.storage.folder import read_finding_file
from zhenggai.storage.naming import shown_path

_BOM = b"\xef\xbb\xbf"


class Opened(NamedTuple):
    """A readable finding with the bytes it was read from."""

    path: Path
    content: bytes
    finding: Finding

    @property
    def text(self) -> str:
        """Give the text without its byte order mark, line endings as they are."""
        return self.content.removeprefix(_BOM).decode("utf-8")

    def encoded(self, text: str) -> bytes:
        """Give the bytes of a changed text; a byte order mark that was there stays."""
        mark = _BOM if self.content.startswith(_BOM) else b""
        return mark + text.encode("utf-8")


def open_finding(root: Path, shown: str, name: str) -> Opened:
    """Open a finding's file; raise InvalidInputError where it has errors."""
    path = root / name
    # Bytes first: should the file change in between, writing finds other bytes and refuses.
    try:
        content = path.read_bytes()
    except OSError as error:
        place = shown_path(shown, name)
        raise InvalidInputError(f"读不出“{place}”({cause(error)});请重新执行一次") from None
    finding, problems = read_finding_file(root, shown, name)
    if finding is None or has_errors(problems):
        first = next(iter(problems))
        place = f"{shown_path(shown, name)}:{first.line}:{first.column}"
        raise InvalidInputError(f"{place}: {first.sentence};请先改正这个文件")
    return Opened(path, content, finding)
