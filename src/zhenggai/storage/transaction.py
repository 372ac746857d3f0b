"""Changes of a ledger's files: never over someone else's change."""

import contextlib
from pathlib import Path

from zhenggai.errors import RefusedError
from zhenggai.storage.atomic import cannot_write, flush_folder, put, refuse_link, stage


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put new content in a file's place; refuse where it no longer holds what was read.

    The ledger's lock must be held. A file that may not be written is not replaced either, though
    its folder would let us.
    """
    refuse_linked(path)
    temporary: Path | None = None
    try:
        path.open("r+b").close()
        temporary = stage(path.parent, new, path.stat())
        if path.read_bytes() != old:
            raise RefusedError(f"“{path.name}”刚刚被别的程序改过,没有写入;请重新执行一次")
        put(temporary, path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    flush_folder(path.parent)


def refuse_linked(path: Path) -> None:
    """Raise RefusedError where a file of a ledger is a symbolic link."""
    refuse_link(path, str(path), "请删去链接,把文件本身放进台账")
