"""Files of evidence: named relative to the ledger, with the digest that shows they are the same."""

import os
from collections.abc import Callable
from pathlib import Path

from zhenggai.errors import InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.ledger.lifecycle import EvidenceFile
from zhenggai.storage.file_names import is_file
from zhenggai.storage.ledger_file import has_file


def evidence(root: Path, here: Path, named: str) -> EvidenceFile:
    """Take up a file as evidence; it may be named from the current folder or from the ledger.

    Raise WrongUsageError where there is no such file, RefusedError where it lies elsewhere.
    """
    there = [file for file in (here / named, root / named) if is_file(file)]
    if not there:
        raise WrongUsageError(f"没有“{named}”这个佐证文件;请核对路径")
    inside = next(filter(None, (_inside(root, file) for file in there)), None)
    if inside is None:
        raise RefusedError(f"佐证“{named}”不在台账文件夹里;先拷进去(如 佐证/),再登记")
    try:
        return EvidenceFile(inside, digest(root / inside))
    except OSError as error:
        raise InvalidInputError(f"读不出佐证“{named}”({cause(error)});请检查权限") from None


def _inside(root: Path, file: Path) -> str | None:
    """Give a file's path inside the ledger, links followed; None where it lies elsewhere."""
    try:
        inside = Path(os.path.realpath(file)).relative_to(os.path.realpath(root))
    except ValueError:
        return None
    return inside.as_posix()


def digests(root: Path) -> Callable[[str], str | None]:
    """Give the function from a path in the ledger to its sha256; None where there is no file."""
    exists = has_file(root)

    def of(path: str) -> str | None:
        try:
            return digest(root / path.replace("\\", "/")) if exists(path) else None
        except OSError:
            return None

    return of


def digest(file: Path) -> str:
    """Give a file's sha256 in hexadecimal."""
    from hashlib import sha256

    total = sha256()
    with file.open("rb") as content:
        while part := content.read(1 << 20):
            total.update(part)
    return total.hexdigest()
