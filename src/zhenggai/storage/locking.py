"""The lock of a ledger: one command changes it at a time, first completing what was cut short."""

import errno
import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.atomic import cannot_write, clear, refuse_link, share
from zhenggai.storage.file_names import LOCK
from zhenggai.storage.transaction import recover

_FALLS_BACK = hasattr(FileLock, "fallback_to_soft")  # since 3.30
_PATIENCE = 300.0  # hundreds of commands at once on a slow machine take their minutes


@contextmanager
def locked(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the ledger's lock; wait for others, five minutes at most, then refuse.

    What an interrupted command left behind is completed or cleared away first.
    """
    path = root / LOCK
    refuse_link(path, str(path), "请删去链接，再执行一次")
    try:
        lock = _acquired(path, patience)
    except Timeout:
        raise RefusedError("另一个程序正在改这本台账，等待五分钟仍未完成；请稍后再试") from None
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


def _acquired(path: Path, patience: float) -> BaseFileLock:
    """Acquire a lock, on a disk without the system's locks by the mere presence of a file."""
    mode = _mode(path)
    # Left to itself filelock would wait for the file that is locked to go away: it stays.
    alone: dict[str, Any] = {"fallback_to_soft": False} if _FALLS_BACK else {}
    lock: BaseFileLock = FileLock(path, timeout=patience, mode=mode, **alone)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some versions of filelock say so in English and go on
        try:
            lock.acquire()
        except (NotImplementedError, OSError) as error:
            if isinstance(error, OSError) and error.errno != errno.ENOSYS:
                raise
            lock = SoftFileLock(f"{path}.soft", timeout=patience, mode=mode)
            lock.acquire()
    return lock


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
    hint = "请由建立者开放这个文件的写权限"
    if os.name != "nt":
        hint += f"（chmod g+w {path}）"
    return RefusedError(f"不能写入台账的锁“{path}”（{cause(error)}），未改动任何文件；{hint}")
