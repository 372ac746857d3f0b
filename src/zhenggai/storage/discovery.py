"""Where the ledger is: the folder asked for, or the nearest one upward."""

import os
from pathlib import Path

from zhenggai.errors import WrongUsageError
from zhenggai.storage.atomic import BUILDING
from zhenggai.storage.file_names import INSPECTION, LEDGERS, is_file, is_ledger

_START = (
    "用 zhenggai init 新建一个，或用 --ledger 指明文件夹；"
    "想先看样例，用 zhenggai init --sample 示例"
)


# Stands for a current folder that is no more: nothing lies in it or is named relative to it.
_GONE = Path(os.path.abspath(os.sep)) / "已删除的当前文件夹"  # noqa: PTH100 - with its drive


class Looks:
    """What was seen of folders: one that many ledgers lie in is looked at once, not for each.

    Kept only as long as the ledgers of one command line are being found.
    """

    def __init__(self) -> None:
        self._real: dict[str, str] = {}
        self._tops: dict[str, bool] = {}
        self._links: dict[str, bool] = {}
        self._ledgers: dict[str, bool] = {}

    def real(self, folder: str) -> str:
        """Return a folder's path with all links followed."""
        if not _LINKS_ARE_ALL:
            return os.path.realpath(folder)
        path = os.path.abspath(folder)  # noqa: PTH100 - the links are followed below
        if os.pardir in folder or self.is_link(path):
            return os.path.realpath(folder)
        above, name = os.path.split(path)
        if above not in self._real:
            self._real[above] = os.path.realpath(above)
        return os.path.join(self._real[above], name)  # noqa: PTH118 - thousands of them

    def is_top(self, folder: str) -> bool:
        """Whether a folder is the top of a repository."""
        if folder not in self._tops:
            # .git is a folder; a file in a worktree or submodule
            self._tops[folder] = os.path.lexists(os.path.join(folder, ".git"))  # noqa: PTH118
        return self._tops[folder]

    def is_link(self, folder: str) -> bool:
        """Whether a path is a link."""
        if folder not in self._links:
            self._links[folder] = os.path.islink(folder)  # noqa: PTH114
        return self._links[folder]

    def is_ledger(self, folder: str) -> bool:
        """Whether a folder holds an inspection."""
        if folder not in self._ledgers:
            self._ledgers[folder] = os.path.isfile(os.path.join(folder, INSPECTION))  # noqa: PTH113, PTH118
        return self._ledgers[folder]


# On Windows a junction leads elsewhere, too, and is no link.
_LINKS_ARE_ALL = os.name == "posix"


def _ways(path: str) -> list[str]:
    """Return an absolute path and those of the folders around it, outward."""
    found = [path]
    while (above := os.path.dirname(found[-1])) != found[-1]:  # noqa: PTH120
        found.append(above)
    return found


def current_folder() -> Path:
    """Return the current folder; where it has been deleted, one in which there is nothing."""
    try:
        return Path.cwd()
    except OSError:
        return _GONE


def is_there(here: Path) -> bool:
    """Whether the current folder is still there."""
    return here is not _GONE


def find_ledgers(asked: str | None, here: Path) -> list[Path]:
    """Return the ledger folders, in order of name; one that several names lead to is given once.

    `asked` may be a ledger, a folder with ledgers at any depth, or one that holds such a folder as
    `ledgers/`; without it the search goes upward from `here`. Links on the way are not followed.
    Raise WrongUsageError where there is none.
    """
    if not is_there(here) and not (asked and Path(asked).is_absolute()):
        hint = "换到其他文件夹再执行，或用 --ledger 写台账的完整路径"
        raise WrongUsageError(f"当前文件夹已被删除；{hint}")
    if asked:
        folder = here / asked
        if not os.path.isdir(folder):  # noqa: PTH112 - Path's own raises without permission
            raise WrongUsageError(f"没有“{asked}”这个文件夹；{_START}")
        found = _once(_ledgers_at(folder) or _ledgers_below(folder))
        if not found:
            raise WrongUsageError(f"“{asked}”里没有台账（inspection.yaml）；{_START}")
        return found
    for folder in (here, *here.parents):
        if is_file(folder / INSPECTION):
            return [folder]
        if found := _once(_ledgers_below(folder / LEDGERS)):
            return found
    if _ledgers_below(here):
        raise WrongUsageError("从这里往上未找到台账，下面的文件夹里有；写 --ledger . 看全部的")
    raise WrongUsageError(f"从这里往上未找到台账；{_START}")


def ledgers_beside(*roots: Path) -> list[Path]:
    """Return the ledgers in the folders that hold ledgers, these left out, in order of name.

    Each folder is looked through once, however many of the ledgers lie in it.
    """
    around = [Path(os.path.abspath(root)).parent for root in roots]  # noqa: PTH100 - links are not to be followed
    own = {os.path.realpath(root) for root in roots}
    return [
        one
        for folder in dict.fromkeys(around)
        for one in _ledgers_in(folder)
        if is_file(one / INSPECTION) and os.path.realpath(one) not in own
    ]


def _once(folders: list[Path]) -> list[Path]:
    """Keep each folder once, by its own name where a link leads to it as well.

    In a repository a link is an error and has to be named: it may stand where a ledger was.
    """
    if folders and repository(folders[0]) is not None:
        return folders
    kept: dict[str, Path] = {}
    looks = Looks()
    for folder in folders:
        real = looks.real(os.fspath(folder))
        kept.setdefault(real, folder)
        if not looks.is_link(os.fspath(folder)):
            kept[real] = folder
    return sorted(kept.values())


def shown_folder(folder: Path, here: Path, looks: Looks | None = None) -> str:
    """Write a folder's path relative to `here` where it lies below, else in full; '' is here."""
    looks = looks or Looks()
    real, base = looks.real(os.fspath(folder)), looks.real(os.fspath(here))
    if real == base:
        return ""
    above = base if base.endswith(os.sep) else f"{base}{os.sep}"
    return real.removeprefix(above).replace(os.sep, "/")


def repository(here: Path) -> Path | None:
    """Return the top of the repository a folder lies in, if it lies in one."""
    for folder in (here, *here.parents):
        if os.path.lexists(folder / ".git"):  # a folder; a file in a worktree or submodule
            return folder
    return None


def linked_part(
    root: Path, asked: str | None, here: Path, looks: Looks | None = None
) -> Path | None:
    """Return the part of a ledger's path that is a link, though the ledger is kept by it.

    In a repository that is any part below the repository's top; elsewhere what the user asked
    for may be a link, and only what was found in it may not.
    """
    looks = looks or Looks()
    path = os.path.abspath(here / root)  # noqa: PTH100 - links are not to be followed
    ways = _ways(path)
    tops = [folder for folder in ways if looks.is_top(folder)]
    if os.environ.get("GIT_DIR") and os.fspath(here) in ways:
        tops.append(os.fspath(here))
    if tops:
        start = tops[-1]
    elif asked:
        start = os.path.abspath(here / asked)  # noqa: PTH100
    else:
        beside = os.path.basename(ways[min(1, len(ways) - 1)]) == LEDGERS  # noqa: PTH119
        start = ways[2] if beside else path
    below = ways[: ways.index(start)] if start in ways else []
    return next((Path(way) for way in reversed(below) if looks.is_link(way)), None)


def leads_out(root: Path, link: Path, here: Path) -> bool:
    """Whether a ledger is no folder of its repository, by a link that the repository brings.

    Where there is no repository, links are the user's own.
    """
    ways = _ways(os.path.abspath(here / link.parent))  # noqa: PTH100 - links are not to be followed
    top = _top(ways, here, Looks())
    return top is not None and not (here / root).resolve().is_relative_to(Path(top).resolve())


def ledger_around(root: Path, here: Path, looks: Looks | None = None) -> Path | None:
    """Return the ledger that a ledger lies in, where a search that began there would stop.

    It is one of the same repository, where somebody may have put it to hide this one. Elsewhere
    a ledger may be tried out within another, and what lies in a shared folder is another's.
    """
    looks = looks or Looks()
    path = os.path.abspath(here / root)  # noqa: PTH100 - links are not to be followed
    ways = _ways(path)
    top = _top(ways, here, looks)
    inside = ways[1 : ways.index(top) + 1] if top in ways else []
    number = 2 if inside and os.path.basename(inside[0]) == LEDGERS else 1  # noqa: PTH119
    return next((Path(way) for way in inside[:number] if looks.is_ledger(way)), None)


def _top(ways: list[str], here: Path, looks: Looks) -> str | None:
    """Return the top of a path's repository; around a server's hook that is the current folder."""
    around = os.fspath(here) if os.environ.get("GIT_DIR") else None
    return next((way for way in ways if looks.is_top(way)), around)


def _ledgers_at(folder: Path) -> list[Path]:
    """Return the ledger that a folder is, else those under its `ledgers/` and those beside it."""
    if is_ledger(folder):
        return [folder]
    found = _ledgers_below(folder / LEDGERS)
    beside = [one for one in _ledgers_in(folder) if is_file(one / INSPECTION)] if found else []
    return sorted({*found, *beside})


def _ledgers_below(folder: Path) -> list[Path]:
    """Return the ledgers in a folder and in the folders below it (county/unit), at any depth.

    Within a ledger none is looked for. A link to a ledger is named by whoever reads it; one to
    another folder is not followed, so that no tree is without an end.
    """
    found: list[str] = []
    waiting = [os.fspath(folder)]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                inside = [one for one in entries if one.name[0] != "." and _is_folder(one)]
        except OSError:
            continue
        for one in inside:
            if one.name.startswith(BUILDING):
                continue
            if is_ledger(one.path):
                found.append(one.path)
            elif not one.is_symlink():
                waiting.append(one.path)
    # As paths compare, part by part, without asking each of them for its parts again and again.
    return [Path(one) for one in sorted(found, key=lambda one: one.split(os.sep))]  # noqa: PTH206


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder, or a link to one; no need to ask for it where it is none."""
    return entry.is_dir(follow_symlinks=False) or os.path.isdir(entry.path)  # noqa: PTH112


def distinct_names(roots: list[Path], looks: Looks | None = None) -> list[str]:
    """Return a name for each ledger: its folder's, where several are alike with those above it.

    One that several paths lead to is one: it has the same name each time.
    """
    looks = looks or Looks()
    real = [looks.real(os.fspath(root)) for root in roots]
    length = dict.fromkeys(real, 1)
    while True:
        named: dict[str, set[str]] = {}
        for root in length:
            named.setdefault(_end(root, length[root]), set()).add(root)
        alike = [root for some in named.values() if len(some) > 1 for root in some]
        longer = [root for root in alike if length[root] < len(Path(root).parts)]
        if not longer:
            return [_end(root, length[root]) for root in real]
        for root in longer:
            length[root] += 1


def _end(root: str, length: int) -> str:
    """Return the last parts of a path."""
    return "/".join(Path(root).parts[-length:]) if length > 1 else os.path.basename(root)  # noqa: PTH119 - thousands of them


def _ledgers_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(BUILDING))
    except OSError:
        return []
    return [folder / name for name in names if is_ledger(folder / name)]
