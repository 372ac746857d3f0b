"""Files of evidence: named relative to the ledger, with the digest that shows they are the same.

Only regular files inside the ledger are opened, and none that would take minutes to read.
"""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from zhenggai.errors import InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.ledger.lifecycle import EvidenceFile
from zhenggai.storage.file_names import Progress, is_file, is_left_behind, leaves, silent

MOST_BYTES = 4 << 30
"""Of a file longer than this no digest is made; a FAT disk holds none either."""

MOST_FILES = 200
"""A folder named as evidence holds no more."""

_PARTED = "[、，,；;\n]"
_PART = 1 << 20
_UNITS = ("GiB", "TiB", "PiB", "EiB")


class TooLargeError(Exception):
    """A file longer than evidence may be; its text says in Chinese how long it is."""

    def __init__(self, size: int) -> None:
        super().__init__(f"有{_size(size)}，超过{_size(MOST_BYTES)}")


def evidence(root: Path, here: Path, named: str, progress: Progress = silent) -> EvidenceFile:
    """Take up a file as evidence; it may be named from the current folder or from the ledger.

    Raise WrongUsageError where there is no such file, RefusedError where it lies elsewhere or is
    too large.
    """
    there = [file for file in _places(root, here, named) if is_file(file)]
    if not there:
        raise WrongUsageError(f"没有“{named}”这个佐证材料文件；请核对路径")
    inside = next(filter(None, (_inside(root, file) for file in there)), None)
    if inside is None:
        raise RefusedError(f"佐证材料“{named}”不在台账文件夹里；先复制进去（如 佐证/），再登记")
    try:
        return EvidenceFile(inside, digest(root / inside, progress))
    except OSError as error:
        raise InvalidInputError(
            f"无法读取佐证材料“{named}”（{cause(error)}）；请检查权限"
        ) from None
    except TooLargeError as error:
        raise RefusedError(f"佐证材料“{named}”{error}；请压缩、分卷或只截取要用的部分") from None


def evidence_names(root: Path, here: Path, named: str) -> list[str]:
    """Return the files that a name on the command line means: a file, a folder's, or several.

    Of a folder all files are meant, those of its folders too, but for hidden ones and those that
    systems and office programs leave behind. Several stand with a 顿号 or another separator
    between, unless there is a file of the whole name. Raise WrongUsageError where a folder holds
    no file, RefusedError where it holds too many or the ledger's own files.
    """
    for place in _places(root, here, named):
        if is_file(place):
            return [named]
        if place.is_dir():
            return _files_below(place, root, named)
    parts = [part for one in re.split(_PARTED, named) if (part := one.strip())]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to part
        return [named]
    return [name for part in parts for name in evidence_names(root, here, part)]


def _places(root: Path, here: Path, named: str) -> list[Path]:
    """Return what a name may mean: below the current folder or the ledger, as written first.

    A name with the backslashes of Windows means the same on every system.
    """
    stored = _StoredNames()
    spellings = dict.fromkeys((named, named.replace("\\", "/")))
    return [stored.find(base, one) for one in spellings for base in (here, root)]


def _files_below(folder: Path, root: Path, named: str) -> list[str]:
    if os.path.realpath(root) == os.path.realpath(folder) or not leaves(folder, root):
        raise RefusedError(
            f"“{named}”是台账所在的文件夹，不能整个作佐证材料；写明其中的文件夹或文件"
        )
    found: list[str] = []
    for there, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _is_passed_over(one))
        found += sorted(str(Path(there, one)) for one in files if not _is_passed_over(one))
        if len(found) > MOST_FILES:
            raise RefusedError(
                f"文件夹“{named}”里的文件超过{MOST_FILES}个；压缩成一个，或写明其中的文件"
            )
    if not found:
        raise WrongUsageError(f"文件夹“{named}”里没有文件；请核对路径")
    return found


def _is_passed_over(name: str) -> bool:
    """Whether a name in a folder of evidence is hidden, or left behind by some program."""
    return name.startswith(".") or is_left_behind(name)


def _inside(root: Path, file: Path) -> str | None:
    """Return a file's path inside the ledger, links followed; None where it lies elsewhere."""
    try:
        inside = Path(os.path.realpath(file)).relative_to(os.path.realpath(root))
    except ValueError:
        return None
    return inside.as_posix()


def has_file(root: Path) -> Callable[[str], bool]:
    """Return the test whether an evidence path names a regular file inside the ledger."""
    stored = _StoredNames()
    return lambda path: _regular_file(root, path, stored) is not None


class Digests:
    """The digests of one ledger's evidence; each file is read once, whoever asks."""

    def __init__(
        self, root: Path, progress: Progress = silent, given: Mapping[str, str] | None = None
    ) -> None:
        """Take a ledger; `progress` is told how many bytes of how many are read of a file.

        `given` are the digests of files by their paths that are about to be written.
        """
        self._root, self._progress, self._given = root, progress, given or {}
        self._stored = _StoredNames()
        self._known: dict[str, tuple[str | None, str]] = {}

    def sha256(self, path: str) -> str | None:
        """Return the digest of the file that a path names; None where it is not to be had."""
        return self._of(path)[0]

    def why_none(self, path: str) -> str:
        """Say why a file that is there has no digest; '' where it has one or is not there."""
        return self._of(path)[1]

    def _of(self, path: str) -> tuple[str | None, str]:
        if path in self._given:
            return self._given[path], ""
        file = _regular_file(self._root, path, self._stored)
        if file is None:
            return None, ""
        real = os.path.realpath(file)
        if real not in self._known:
            self._known[real] = self._read(file)
        return self._known[real]

    def _read(self, file: Path) -> tuple[str | None, str]:
        try:
            return digest(file, self._progress), ""
        except OSError as error:
            return None, f"无法读取（{cause(error)}）"
        except TooLargeError as error:
            return None, str(error)


def digest(file: Path, progress: Progress = silent) -> str:
    """Return a file's sha256 in hexadecimal; raise TooLargeError where it would take too long."""
    from hashlib import sha256

    total, done = sha256(), 0
    with file.open("rb") as content:
        size = os.fstat(content.fileno()).st_size
        if size > MOST_BYTES:
            raise TooLargeError(size)
        while part := content.read(_PART):
            total.update(part)
            done += len(part)
            if done > MOST_BYTES:  # it grows while it is read
                raise TooLargeError(done)
            progress(done, max(size, done))
    return total.hexdigest()


def _regular_file(root: Path, path: str, stored: "_StoredNames") -> Path | None:
    """Return the file that an evidence path names; None unless it is regular and in the ledger."""
    file = stored.find(root, path.replace("\\", "/"))
    return file if is_file(file) and not leaves(root, file) else None


class _StoredNames:
    """Finds files by names that are stored as other characters which mean the same.

    A Mac stores é as two characters, other systems as it was typed, and archives carry either.
    """

    def __init__(self) -> None:
        self._names = cache(_composed_names)

    def find(self, root: Path, path: str) -> Path:
        """Return the file of a path below a folder, by its stored name where it has another."""
        file = root / path
        if path.isascii() or _is_there(file):
            return file
        found = root
        for part in Path(path).parts:
            there = found / part
            found = there if _is_there(there) else found / self._stored(found, part)
        return found

    def _stored(self, folder: Path, name: str) -> str:
        return self._names(folder).get(_composed(name), name)


def _is_there(file: Path) -> bool:
    return os.path.lexists(file)


def _composed_names(folder: Path) -> dict[str, str]:
    """Return the names in a folder by what they are when composed."""
    try:
        with os.scandir(folder) as entries:
            return {_composed(entry.name): entry.name for entry in entries}
    except OSError:
        return {}


def _composed(name: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", name)


def _size(size: int) -> str:
    """Write a size in the largest unit that gives at least one, rounded up to tenths."""
    unit, power = 1 << 30, 0
    while size >= unit << 10 and power < len(_UNITS) - 1:
        unit, power = unit << 10, power + 1
    tenths = -(-10 * size // unit)
    return f"{tenths / 10:g} {_UNITS[power]}"
