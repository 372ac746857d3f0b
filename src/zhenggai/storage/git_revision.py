"""A ledger as it stood in an earlier revision of its git repository."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.model.ledger_model import Ledger
from zhenggai.storage.file_names import INSPECTION, is_ledger
from zhenggai.storage.ledger_folder import read_ledger

_DAY_ONLY = ("--no-patch", "--no-show-signature", "--format=%ct")


@dataclass(frozen=True)
class Revision:
    """One commit of the repository a ledger lies in."""

    top: Path
    commit: str
    asked: str

    def ledgers(self) -> list[PurePosixPath]:
        """Give the folders, from the top of the repository, that held a ledger."""
        names = _git(self.top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", self.commit)
        paths = (PurePosixPath(name) for name in names.decode("utf-8", "replace").split("\0"))
        return [path.parent for path in paths if path.name == INSPECTION]

    def read(self, folder: PurePosixPath, shown: str) -> Ledger:
        """Read the ledger that lay in a folder then; `shown` is what its problems would name."""
        with tempfile.TemporaryDirectory(prefix="zhenggai-since-") as name:
            for file, content in self._yaml(folder):
                (Path(name) / file).write_bytes(content)
            return read_ledger(Path(name), shown)

    def _yaml(self, folder: PurePosixPath) -> Iterator[tuple[str, bytes]]:
        """Give a folder's YAML files as they are stored.

        Not by `git archive`, which leaves out what a .gitattributes file tells it to leave out.
        """
        tree = self.commit if folder == PurePosixPath() else f"{self.commit}:{folder.as_posix()}"
        rows = _git(self.top, "ls-tree", "-z", tree).split(b"\0")
        blobs = {}
        for row in filter(None, rows):
            about, _, file = row.partition(b"\t")
            mode, _, blob = about.split(b" ")
            if mode.startswith(b"100") and file.endswith(b".yaml"):
                blobs[os.fsdecode(file)] = blob
        content = _git(self.top, "cat-file", "--batch", asked=b"\n".join(blobs.values()) + b"\n")
        for name in blobs:
            head, _, rest = content.partition(b"\n")
            if head.endswith(b"missing"):
                raise _GitError(f"{name} missing")
            size = int(head.rpartition(b" ")[2])
            yield name, rest[:size]
            content = rest[size + 1 :]

    def made_on(self, time_zone: str) -> date:
        """Give the day it was in a time zone when the revision was committed."""
        seconds = int(_git(self.top, "show", *_DAY_ONLY, self.commit))
        return datetime.fromtimestamp(seconds, ZoneInfo(time_zone)).date()

    def holds(self, root: Path) -> bool:
        """Tell whether a folder lies in the repository."""
        return Path(os.path.realpath(root)).is_relative_to(os.path.realpath(self.top))

    def place_of(self, root: Path) -> PurePosixPath:
        """Give a folder's path from the top of the repository."""
        relative = Path(os.path.realpath(root)).relative_to(os.path.realpath(self.top))
        return PurePosixPath(relative.as_posix())


def revision(root: Path, asked: str) -> Revision:
    """Find a revision of the repository around a ledger; raise WrongUsageError without one."""
    try:
        top = Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except _GitError as error:
        if trust := re.search(r"git config --global --add safe\.directory .+", error.said):
            message = f"“{root}”属于别的用户,Git不读这个仓库;先执行 {trust[0]}"
            raise WrongUsageError(message) from None
        raise WrongUsageError(f"“{root}”不在Git仓库里,--since 无从比较;先把台账放进Git") from None
    try:
        commit = _git(
            top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}"
        )
    except _GitError:
        raise WrongUsageError(_unknown(top, asked)) from None
    return Revision(top, commit.decode().strip(), asked)


def renamed_from(revision: Revision, ledger: Ledger) -> PurePosixPath | None:
    """Find the folder a ledger lay in before it was renamed: gone now, and most findings alike."""
    titles = {(finding.number, finding.title) for finding in ledger.findings}
    best: tuple[int, PurePosixPath] | None = None
    for folder in revision.ledgers():
        if is_ledger(revision.top / folder):
            continue
        then = revision.read(folder, "")
        same = sum((finding.number, finding.title) in titles for finding in then.findings)
        if 2 * same >= max(1, len(then.findings)) and (best is None or same > best[0]):
            best = (same, folder)
    return best[1] if best else None


def _unknown(top: Path, asked: str) -> str:
    if _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return (
            f"仓库是浅克隆,没有“{asked}”这个版本;先执行 git fetch --unshallow"
            "(GitHub上把checkout的fetch-depth设为0)"
        )
    return f"仓库里没有“{asked}”这个版本;核对提交号、分支或标签"


class _GitError(InvalidInputError):
    """Git said no."""

    def __init__(self, said: str) -> None:
        super().__init__(f"git没有给出要比较的版本({said.strip()});用 git fsck 检查仓库")
        self.said = said


# Set by git around its hooks; they would lead past the repository that the ledger lies in.
_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


def _git(folder: Path, *words: str, asked: bytes | None = None) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _HOOKS}
    try:
        run = subprocess.run(  # noqa: S603 - fixed words; a revision is guarded by --end-of-options
            ["git", "-C", str(folder), *words],  # noqa: S607 - git is found where the user has it
            input=asked,
            stdin=subprocess.DEVNULL if asked is None else None,
            capture_output=True,
            check=False,
            env=environment | {"LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise WrongUsageError("没有找到git命令,--since 要用它;请先安装Git") from None
    if run.returncode != 0:
        raise _GitError(run.stderr.decode("utf-8", "replace"))
    return run.stdout
