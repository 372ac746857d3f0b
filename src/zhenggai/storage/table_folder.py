"""The folder that tables are written to: its manifest, its files, and when they may be replaced.

Every file is written aside and renamed; the manifest, which names the others with their checksums,
comes last. Whoever reads by it sees the tables of one run, or that they are being written.
"""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from zhenggai.errors import InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.storage.atomic import (
    make_output_folder,
    refuse_link,
    remove_outputs,
    replace_output,
)
from zhenggai.storage.file_names import is_ledger

MANIFEST: Final = "manifest.json"
_MADE_BY: Final = "zhenggai tables"


class TableFolder:
    """A folder of tables, new or written before."""

    def __init__(self, asked: str) -> None:
        """Take the folder that the user named; refuse one that holds anything else."""
        self.asked, self.path = asked, Path(asked)
        refuse_link(self.path, asked, "请换一个文件夹，或删去链接")
        self.manifest: dict[str, Any] = {}
        if not os.path.lexists(self.path):
            return
        if not self.path.is_dir():
            raise WrongUsageError(f"“{asked}”不是文件夹；表写到一个文件夹里")
        if (self.path / MANIFEST).exists():
            self.manifest = _manifest(self.path / MANIFEST, asked)
        elif is_ledger(self.path) or any(self.path.iterdir()):
            raise WrongUsageError(f"“{asked}”里已有别的文件；换一个空文件夹，或新的名称")

    def spare(self, roots: Iterable[Path]) -> None:
        """Raise WrongUsageError where the folder lies in a ledger."""
        own = os.path.realpath(self.path)
        for root in roots:
            ledger = os.path.realpath(root)
            if own == ledger or own.startswith(f"{ledger}{os.sep}"):
                raise WrongUsageError(f"“{self.asked}”在台账的文件夹里；换一个位置")

    def has(self, name: str, size: int) -> bool:
        """Whether a file that the manifest names is there, as long as it was written."""
        try:
            status = os.lstat(self.path / name)
        except OSError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size == size

    def put(self, name: str, content: bytes) -> None:
        """Write a file of the folder whole; raise RefusedError where that fails."""
        target = self.path / name
        try:
            make_output_folder(target.parent)
            replace_output(target, content)
        except OSError as error:
            raise RefusedError(
                f"不能写入“{self.asked}/{name}”（{cause(error)}）；请检查权限和磁盘空间"
            ) from None

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, then remove the files of the one before that it names no more."""
        text = json.dumps({"made_by": _MADE_BY, **manifest}, ensure_ascii=False, indent=1)
        self.put(MANIFEST, f"{text}\n".encode())
        left = {one["path"] for one in manifest["files"]}
        before = {one["path"] for one in self.manifest.get("files", [])}
        remove_outputs(self.path, sorted(before - left))

    def checked_content(self) -> list[dict[str, Any]]:
        """Return the files that the manifest names; raise InvalidInputError where one is another.

        Then the tables are just being written, or were changed by hand.
        """
        files: list[dict[str, Any]] = self.manifest.get("files", [])
        for one in files:
            if _digest(self.path / one["path"]) != one["sha256"]:
                raise InvalidInputError(
                    f"“{self.asked}/{one['path']}”与{MANIFEST}不符：表正在改写，或被改动过；"
                    "稍后再试，或用 zhenggai tables 重新写"
                )
        return files


def is_table_folder(folder: Path) -> bool:
    """Whether a folder holds tables."""
    try:
        return bool(_manifest(folder / MANIFEST, str(folder)))
    except (OSError, InvalidInputError):
        return False


def _manifest(path: Path, asked: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or content.get("made_by") != _MADE_BY:
        raise InvalidInputError(f"“{asked}/{MANIFEST}”不是 zhenggai tables 写的；换一个文件夹")
    for one in content.get("files", []):
        if not _is_inside(one.get("path")):
            raise InvalidInputError(f"“{asked}/{MANIFEST}”里的路径不对；删去以后重新写")
    return content


def _is_inside(name: Any) -> bool:
    """Whether a path in a manifest is that of a table's file: two parts, and no way out."""
    if not isinstance(name, str):
        return False
    folder, _, file = name.partition("/")
    is_plain = "/" not in file and "\\" not in name
    return is_plain and all(part and part[0] != "." for part in (folder, file))


def _digest(path: Path) -> str | None:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def content_digest(content: bytes) -> str:
    """Return the checksum of a file's content."""
    return sha256(content).hexdigest()
