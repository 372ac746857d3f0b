"""The lock of a ledger: one command changes it at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from zhenggai.errors import RefusedError
from zhenggai.storage.atomic import cannot_write, clear, refuse_link
from zhenggai.storage.file_names import LOCK

_PATIENCE = 300.0  # hundreds of commands at once on a slow machine take their minutes


@contextmanager
def locked(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the ledger's lock; wait for others, five minutes at most, then refuse.

    What an interrupted command left behind is cleared away first.
    """
    path = root / LOCK
    refuse_link(path, str(path), "请删去链接,再执行一次")
    lock = FileLock(path, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise RefusedError("另一个程序正在改这本台账,等了五分钟还没改完;请稍后再试") from None
    except OSError as error:
        raise cannot_write(root, error) from None
    try:
        clear(root)
        yield
    finally:
        lock.release()
