"""What is written for the user from a ledger: a notice, a report; never over the ledger itself."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.errors import WrongUsageError
from zhenggai.storage.atomic import append_output, refuse_link, replace_output
from zhenggai.storage.file_names import APPROVED_TEXTS

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Ledger

_LEDGER_FILES = (".yaml", ".yml")
_TEMPLATES = "templates"
# Links of the system's own, to what the shell has opened for this process.
_OWN_STREAM = re.compile(r"/dev/(?:stdout|stderr|fd/[0-9]+)")


class Source(NamedTuple):
    """A ledger that an output is made from, and its folder."""

    root: Path
    ledger: "Ledger"


class Output:
    """A file to be written, as the user named it."""

    def __init__(self, asked: str, *, refusal: str = "会覆盖台账文件；换一个文件名") -> None:
        """Take a name; raise WrongUsageError where it is one of a ledger's, saying the refusal.

        Raise RefusedError where it is a symbolic link.
        """
        self.asked, self.path = asked, Path(asked)
        self._refusal = refusal
        self._is_own_stream = _OWN_STREAM.fullmatch(asked) is not None
        self._refuse_link()
        if asked.lower().endswith(_LEDGER_FILES):
            raise self._would_harm()

    def spare(self, source: Source) -> None:
        """Raise WrongUsageError where the file is evidence, a template, an approved text."""
        if self._is_device:
            return
        root = Path(os.path.realpath(source.root))
        path = Path(os.path.realpath(self.path))
        evidence = {Path(os.path.realpath(root / one)) for one in _evidence(source.ledger)}
        kept = (root / _TEMPLATES, root / APPROVED_TEXTS)
        if path in evidence or any(path.is_relative_to(one) for one in kept):
            raise self._would_harm()

    def write(self, content: bytes) -> None:
        """Write the file whole, or to a device or a pipe directly; raise OSError where that fails.

        What stood there stays until the new file is complete.
        """
        self._refuse_link()
        if self._is_device:
            append_output(self.path, content)
        else:
            replace_output(self.path, content)

    def append(self, content: bytes) -> None:
        """Write at the end of the file, new or not; raise OSError where that fails."""
        self._refuse_link()
        append_output(self.path, content)

    @property
    def _is_device(self) -> bool:
        """Whether this is a pipe or a device, which is written to and never replaced."""
        path = self.path
        return self._is_own_stream or (path.exists() and not path.is_file() and not path.is_dir())

    def _refuse_link(self) -> None:
        if not self._is_own_stream:
            refuse_link(self.path, self.asked, "请换一个文件名，或删去链接")

    def _would_harm(self) -> WrongUsageError:
        return WrongUsageError(f"“{self.asked}”{self._refusal}")


def _evidence(ledger: "Ledger") -> Iterator[str]:
    for finding in ledger.findings:
        for holder in (*finding.measures, *finding.records):
            for one in getattr(holder, "evidence", ()):
                yield one.path.replace("\\", "/")
