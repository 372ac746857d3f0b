"""Writing one ledger: under a lock, whole files at a time, and never over someone else's change.

A file is always the old one or the new one: the new text goes to a temporary file in the same
folder, is flushed to the disk, and takes the old one's place in one step.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.written import written

LOCK = ".zhenggai.lock"
_TEMPORARY = ".zhenggai-"
_PATIENCE = 300.0  # hundreds of commands at once on a slow machine take their minutes


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the ledger's lock; wait for others, five minutes at most, then refuse.

    What an interrupted command left behind is cleared away first.
    """
    lock = FileLock(root / LOCK, timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise RefusedError("另一个程序正在改这本台账,等了五分钟还没改完;请稍后再试") from None
    except OSError as error:
        raise _cannot_write(root, error) from None
    try:
        _clear(root)
        yield
    finally:
        lock.release()


def _clear(folder: Path) -> None:
    """Remove what an interrupted command left in a folder; the ledger's lock must be held."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            left.unlink()


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put new content in a file's place; refuse where it no longer holds what was read.

    Call it under the ledger's lock. A link is followed: the file it names is replaced. A file
    that may not be written is not replaced either, though its folder would let us.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.open("r+b").close()
        _clear(target.parent)  # a link may lead to another folder of the ledger
        descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=target.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            _take_after(temporary, target.stat())
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if target.read_bytes() != old:
            raise RefusedError(f"“{path.name}”刚刚被别的程序改过,没有写入;请重新执行一次")
        temporary.replace(target)
        written.append(path)
        _flush_folder(target.parent)
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _take_after(temporary: Path, old: os.stat_result) -> None:
    """Give a new file the old one's mode and, as far as the system lets us, group and owner.

    A ledger kept by several people stays theirs, whoever wrote last.
    """
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing
            os.chown(temporary, owner, group)
    temporary.chmod(old.st_mode & 0o7777)


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system knows how; the new file is in place.

    Windows opens no folder: there the attempt comes to nothing.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_write(path: Path, error: OSError) -> RefusedError:
    return RefusedError(f"不能写入“{path}”({cause(error)}),原文件没有改动;请检查权限和磁盘空间")
