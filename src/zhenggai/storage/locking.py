"""The lock of a ledger: one command changes it at a time, first completing what was cut short."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.atomic import cannot_write, clear, refuse_link, share
from zhenggai.storage.file_names import LOCK
from zhenggai.storage.transaction import recover

_PATIENCE = 300.0  # hundreds of commands at once on a slow machine take their minutes


@contextmanager
def locked(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the ledger's lock; wait for others, five minutes at most, then refuse.

    What an interrupted command left behind is completed or cleared away first.
    """
    path = root / LOCK
    refuse_link(path, str(path), "请删去链接,再执行一次")
    try:
        lock = FileLock(path, timeout=patience, mode=_mode(path))
        lock.acquire()
    except Timeout:
        raise RefusedError("另一个程序正在改这本台账,等了五分钟还没改完;请稍后再试") from None
    except OSError as error:
        if isinstance(error, PermissionError) and os.path.lexists(path):
            raise _not_ours(path, error) from None
        raise cannot_write(root, error) from None
    try:
        recover(root)
        clear(root)
        yield
    finally:
        lock.release()


def _mode(path: Path) -> int:
    """Make the lock file where there is none, for all who may write beside it; return its mode.

    Some versions of filelock set the mode of the file they lock to the one they are told.
    """
    try:
        path.open("xb").close()
    except FileExistsError:
        pass
    else:
        share(path, path.parent, with_others=True)
    return stat.S_IMODE(path.stat().st_mode) & 0o777 | stat.S_IRUSR | stat.S_IWUSR


def _not_ours(path: Path, error: OSError) -> RefusedError:
    """Return the failure that the lock file was made by someone who lets nobody else write it."""
    hint = "请建它的人允许别人写这个文件"
    if os.name != "nt":
        hint += f"(chmod g+w {path})"
    return RefusedError(f"台账的锁“{path}”不许您写({cause(error)}),没有改动任何文件;{hint}")
