"""Git, asked about the repository that a ledger lies in; nothing is ever changed in it.

A repository is the folder with `.git` in it, which no commit can bring along; what only looks
like one (a bare repository among the files) is not asked, for its settings are commands. Where
there is none, the one that GIT_DIR and GIT_WORK_TREE name is taken.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError

# Set by git around its hooks; they would lead past the repository that the ledger lies in.
_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
# No history but the one that is stored: neither replaced objects nor grafts.
_AS_STORED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
_PLAIN = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
_GUARDED = (
    *("-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"),
    *("-c", "advice.graftFileDeprecated=false"),  # it says so of our own setting above
)


class GitError(InvalidInputError):
    """Git said no."""

    def __init__(self, said: str) -> None:
        away = "promisor remote" in said
        hint = "连上远程仓库再查，或换成完整的克隆" if away else "用 git fsck 检查仓库"
        super().__init__(f"git未给出要比较的版本（{said.strip()}）；{hint}")
        self.said = said


class Entry(NamedTuple):
    """A file, folder, link or submodule as a tree or the index has it; `name` is its path there."""

    mode: str
    object: str
    name: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode.startswith("100")


class Repository(NamedTuple):
    """A repository; `variables` are those of the environment that name it, where any do."""

    top: Path
    variables: tuple[tuple[str, str], ...] = ()

    def run(self, *words: str, asked: bytes | None = None) -> bytes:
        """Return what git answers; raise GitError where it says no."""
        known = {name: value for name, value in os.environ.items() if name not in _HOOKS}
        try:
            run = subprocess.run(  # noqa: S603 - fixed words; a revision is guarded by --end-of-options
                ["git", *_GUARDED, "-C", str(self.top), *words],  # noqa: S607 - git is found where the user has it
                input=asked,
                stdin=subprocess.DEVNULL if asked is None else None,
                capture_output=True,
                check=False,
                env=known | dict(self.variables) | _AS_STORED | _PLAIN,
            )
        except FileNotFoundError:
            raise WrongUsageError("未找到git命令；请先安装Git") from None
        if run.returncode != 0:
            raise GitError(run.stderr.decode("utf-8", "replace"))
        return run.stdout

    def commit(self, asked: str) -> str:
        """Return the name of a commit; raise WrongUsageError where there is no such one."""
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
        try:
            return self.run(*words).decode().strip()
        except GitError:
            raise WrongUsageError(self._unknown(asked)) from None

    def head(self) -> str | None:
        """Return the name of the commit that is checked out; None before the first."""
        try:
            return self.commit("HEAD")
        except WrongUsageError:
            return None

    def _unknown(self, asked: str) -> str:
        if self.is_shallow():
            return (
                f"仓库是浅克隆，没有“{asked}”这个版本；先执行 git fetch --unshallow"
                "（GitHub上把checkout的fetch-depth设为0）"
            )
        return f"仓库里没有“{asked}”这个版本；核对提交号、分支或标签"

    def is_shallow(self) -> bool:
        """Whether the history was fetched in part only."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def tree(self, commit: str, *places: str) -> list[Entry]:
        """Return what lies at these places of a commit, or without any at its top."""
        words = ("ls-tree", "-z", "--full-tree", commit, *(("--", *places) if places else ()))
        return list(_entries(self.run(*words)))

    def content(self, objects: Sequence[str]) -> Iterator[bytes]:
        """Yield the content of stored files."""
        asked = "".join(f"{name}\n" for name in objects).encode()
        answer = self.run("cat-file", "--batch", asked=asked) if objects else b""
        for name in objects:
            head, _, rest = answer.partition(b"\n")
            if head.endswith(b"missing"):
                raise GitError(f"{name} missing")
            size = int(head.rpartition(b" ")[2])
            yield rest[:size]
            answer = rest[size + 1 :]

    def skipped(self, place: str) -> dict[str, Entry]:
        """Return what of a folder is in the index and, by a sparse checkout, not in the folder."""
        answer = self.run("ls-files", "-z", "-t", "--stage", "--", place or ".")
        rows = (row for row in answer.split(b"\0") if row.startswith(b"S "))
        return {entry.name: entry for row in rows for entry in _entries(row[2:], of_index=True)}

    def differs(self, commit: str, place: str) -> bool:
        """Whether the files in a folder are not those of a commit."""
        words = ("status", "--porcelain", "-z", "--untracked-files=all", "--", place or ".")
        changed = self.run("diff", "--name-only", "--no-ext-diff", commit, "--", place or ".")
        return bool(changed) or b"?? " in self.run(*words)

    def holds_as_is(self, commit: str, place: str) -> bool:
        """Whether a commit has a file, and the one in the work tree is the same."""
        return bool(self.tree(commit, place)) and not self.differs(commit, place)


def _entries(answer: bytes, *, of_index: bool = False) -> Iterator[Entry]:
    for row in filter(None, answer.split(b"\0")):
        about, _, name = row.partition(b"\t")
        words = about.decode().split(" ")
        yield Entry(words[0], words[1 if of_index else 2], os.fsdecode(name))


def repositories(root: Path, here: Path) -> list[Repository]:
    """Return the repositories a ledger lies in, as its path has it: that of `here` first.

    The other is one that lies inside it, a submodule for instance. Raise WrongUsageError where
    there is none, or where git does not trust it.
    """
    path = Path(os.path.abspath(here / root))  # noqa: PTH100 - links are not to be followed
    around = next((folder for folder in (here, *here.parents) if _is_top(folder)), None)
    inner = next((folder for folder in (path, *path.parents) if _is_top(folder)), None)
    if inner is None:
        return [_named_by_environment(root, here)]
    found = [inner] if around is None or not path.is_relative_to(around) else [around, inner]
    return [_opened(top, root) for top in dict.fromkeys(found)]


def _is_top(folder: Path) -> bool:
    return os.path.lexists(folder / ".git")


def _opened(top: Path, root: Path) -> Repository:
    repository = Repository(top)
    try:
        answer = repository.run("rev-parse", "--show-toplevel")
    except GitError as error:
        raise WrongUsageError(_refused(root, error)) from None
    return Repository(Path(os.fsdecode(answer.removesuffix(b"\n"))))


def _refused(root: Path, error: GitError) -> str:
    if trust := re.search(r"git config --global --add safe\.directory .+", error.said):
        return f"“{root}”属于其他用户，Git不读这个仓库；先执行 {trust[0]}"
    return f"“{root}”不在Git仓库里，--since 无从比较；先把台账放进Git"


def _named_by_environment(root: Path, here: Path) -> Repository:
    """Return the repository that the environment names, as it does around a server's hooks."""
    named = {name: os.environ[name] for name in _HOOKS if os.environ.get(name)}
    named.pop("GIT_PREFIX", None)
    paths = {name: os.path.abspath(here / path) for name, path in named.items()}  # noqa: PTH100
    top = Path(paths.setdefault("GIT_WORK_TREE", str(here)))
    if "GIT_DIR" in paths and Path(os.path.abspath(here / root)).is_relative_to(top):  # noqa: PTH100
        repository = Repository(top, tuple(sorted(paths.items())))
        try:
            repository.run("rev-parse", "--git-dir")
        except GitError as error:
            raise WrongUsageError(_refused(root, error)) from None
        return repository
    raise WrongUsageError(_refused(root, GitError("")))


def place_in(repository: Repository, root: Path) -> PurePosixPath:
    """Return a folder's path from the top of the repository, as it is written, links and all."""
    path = Path(os.path.abspath(root))  # noqa: PTH100
    for way in reversed((path, *path.parents)):
        if way.exists() and way.samefile(repository.top):
            return PurePosixPath(path.relative_to(way).as_posix())
    real = Path(os.path.realpath(root)).relative_to(os.path.realpath(repository.top))
    return PurePosixPath(real.as_posix())
