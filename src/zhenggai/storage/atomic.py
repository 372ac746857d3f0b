"""Atomic file writer: a file is replaced completely or not at all.

New content goes to a temporary file in the same folder, is flushed to the disk, and takes its
place in one step; a new folder is filled aside and renamed. What may be written where is for those
to say who write: `transaction` for the files of a ledger, `outputs` for what is made of one.
"""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from zhenggai.errors import RefusedError, cause

TEMPORARY = ".zhenggai-"
"""How the names of temporary files in a ledger begin; who holds its lock may remove them."""
BUILDING = f"{TEMPORARY}new-"
"""How the names of folders begin that are still being filled."""

_GROUP, _OTHERS = 0o060, 0o006
_DAY = 24 * 3600.0


class Writes:
    """What one run of the program has put in place, in order."""

    def __init__(self) -> None:
        self.done: list[Path] = []
        """The files and folders that this run was asked to write."""
        self.recovered: list[Path] = []
        """The files of an earlier, interrupted change that this run completed."""


_writes: ContextVar[Writes | None] = ContextVar("writes", default=None)


@contextmanager
def recorded_writes() -> Iterator[Writes]:
    """Record what is put in place within this block."""
    writes = Writes()
    token = _writes.set(writes)
    try:
        yield writes
    finally:
        _writes.reset(token)


def current_writes() -> Writes:
    """Return the record of the innermost block; an empty one outside of all."""
    return _writes.get() or Writes()


def _record(path: Path) -> None:
    current_writes().done.append(path)


# Refusals


def refuse_link(path: Path, shown: str, hint: str) -> None:
    """Raise RefusedError where a path is a symbolic link, or a junction of Windows."""
    is_junction = getattr(os.path, "isjunction", None)  # new in Python 3.12
    if path.is_symlink() or (is_junction is not None and is_junction(path)):
        raise RefusedError(f"“{shown}”是链接，不能写入；{hint}")


def cannot_write(path: Path, error: OSError) -> RefusedError:
    """Return the failure that the system lets nothing be written to a file of a ledger."""
    return RefusedError(f"不能写入“{path}”（{cause(error)}），原文件未改动；请检查权限和磁盘空间")


# Temporary files


def stage(folder: Path, content: bytes, old: os.stat_result | None) -> Path:
    """Write content to a temporary file in a folder, flushed to the disk; return its path.

    It takes the mode and, as far as the system lets us, the owner and group of the old file; a
    new one belongs to whom the folder belongs to. Raise OSError, and leave nothing behind.
    """
    temporary = _unused(folder, TEMPORARY)
    try:
        # What is secret in the old file shall not be open to all even for a moment.
        with _new_file(temporary, 0o600 if old else 0o666) as file:
            if old:
                _take_after(temporary, old)
            else:
                share(temporary, folder)
            _fill(file, content)
    except BaseException:
        _discard(temporary)
        raise
    return temporary


def put(temporary: Path, target: Path) -> None:
    """Put a temporary file in the place of another file; a link there is replaced, not followed."""
    temporary.replace(target)
    _record(target)


def put_new(temporary: Path, target: Path, *, recorded: bool = True) -> None:
    """Put a temporary file where there is none yet; raise FileExistsError where there is one."""
    if os.name == "nt":
        temporary.rename(target)  # Windows replaces nothing
    else:
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if os.path.lexists(target):
                raise FileExistsError(
                    errno.EEXIST, os.strerror(errno.EEXIST), str(target)
                ) from None
            temporary.rename(target)
    if recorded:
        _record(target)
    _discard(temporary)


def create(target: Path, content: bytes, folder: Path, *, recorded: bool = True) -> None:
    """Write a new file whole, by way of a temporary file in a folder on the same disk.

    Raise FileExistsError where one stands, OSError where it cannot be written.
    """
    temporary = stage(folder, content, None)
    try:
        put_new(temporary, target, recorded=recorded)
    finally:
        _discard(temporary)
    flush_folder(target.parent)


def make_folder(folder: Path, within: Path) -> None:
    """Make a folder in another where there is none; it belongs to whom the other belongs to."""
    if not folder.is_dir():
        folder.mkdir()
        share(folder, within)


def clear(folder: Path) -> None:
    """Remove what interrupted commands left in a ledger; its lock must be held."""
    for left in _named(folder, TEMPORARY):
        if left.name.startswith(BUILDING):
            _remove_abandoned(left)
        else:
            _discard(left)


def flush_folder(folder: Path) -> None:
    """Make what was renamed in a folder durable, where the system knows how.

    Windows opens no folder: there the attempt comes to nothing.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def share(path: Path, folder: Path, *, with_others: bool = False) -> None:
    """Hand a new file to the group that its folder belongs to, where that group may write there.

    `with_others`: also to everybody, where everybody may. Not in a folder like /tmp, where each
    may touch only what is his own.
    """
    with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing
        above = folder.stat()
        if above.st_mode & stat.S_ISVTX or not above.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return
        own = path.stat()
        if own.st_gid != above.st_gid:
            with contextlib.suppress(OSError):
                os.chown(path, -1, above.st_gid)
                own = path.stat()
        rights = 0
        if above.st_mode & stat.S_IWGRP and own.st_gid == above.st_gid:
            rights |= _GROUP
        if above.st_mode & stat.S_IWOTH and with_others:
            rights |= _OTHERS
        if stat.S_ISDIR(own.st_mode):
            rights |= rights >> 1 & 0o010
        path.chmod(stat.S_IMODE(own.st_mode) | rights)


def replace_output(target: Path, content: bytes) -> None:
    """Write a file for the user whole: what stood there stays until the new one is complete.

    Raise OSError where that cannot be done, and leave nothing behind.
    """
    # Not named as temporary files of a ledger are: the output may lie in one that is not locked.
    temporary = _unused(target.parent, ".", ".zhenggai")
    try:
        with _new_file(temporary, 0o666) as file:
            _fill(file, content)
        put(temporary, target)
    finally:
        _discard(temporary)


def append_output(target: Path, content: bytes) -> None:
    """Write to a device or a pipe, or at the end of a file, new or not.

    Raise OSError where that cannot be done.
    """
    with target.open("ab") as file:
        file.write(content)
    if target.is_file():
        _record(target)


def replace_cache(target: Path, content: bytes) -> None:
    """Write a file that can be made anew: not flushed, and silently not where it cannot."""
    temporary = _unused(target.parent, ".rows-")
    try:
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            with _new_file(temporary, 0o600) as file:
                file.write(content)
            temporary.replace(target)
    finally:
        _discard(temporary)


def write_scratch(target: Path, content: bytes) -> None:
    """Write a new file that is needed only while a command runs: not flushed, and not told of."""
    with _new_file(target, 0o600) as file:
        file.write(content)


def make_output_folder(folder: Path) -> None:
    """Make a folder for the user's outputs, and those it lies in; raise OSError where it cannot."""
    folder.mkdir(parents=True, exist_ok=True)


def remove_outputs(folder: Path, names: Iterable[str]) -> None:
    """Remove files that an earlier run wrote for the user and that say nothing any more."""
    for name in names:
        _discard(folder / name)


def _unused(folder: Path, prefix: str, suffix: str = "") -> Path:
    return folder / f"{prefix}{os.urandom(8).hex()}{suffix}"


def _new_file(path: Path, mode: int) -> BinaryIO:
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _take_after(temporary: Path, old: os.stat_result) -> None:
    """Set on a new file the old one's mode and, as far as the system lets us, group and owner.

    A ledger kept by several people stays theirs, whoever wrote last.
    """
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing
            os.chown(temporary, owner, group)
    temporary.chmod(stat.S_IMODE(old.st_mode))


# Folders


def create_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files, by path: it is filled aside and put in place in one step.

    Raise FileExistsError where something stands there, OSError where it cannot be written; either
    way nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_abandoned(target.parent)
    aside, hold = _held_folder(target.parent)
    try:
        share(aside, target.parent)
        for name, content in files.items():
            path = aside / name
            make_folder(path.parent, aside)
            with _new_file(path, 0o666) as file:
                share(path, path.parent)
                _fill(file, content)
        for folder in {(aside / name).parent for name in files}:
            flush_folder(folder)
        _put_folder(aside, target)
    finally:
        _remove(aside)
        if hold is not None:
            os.close(hold)
    flush_folder(target.parent)


def clear_abandoned(parent: Path) -> None:
    """Remove the folders that interrupted commands left half filled in another folder."""
    for left in _named(parent, BUILDING):
        _remove_abandoned(left)


def _named(folder: Path, prefix: str) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if entry.name.startswith(prefix)]
    except OSError:  # a folder that may be written and not listed
        return []


def _remove_abandoned(folder: Path) -> None:
    with contextlib.suppress(OSError):
        hold = _hold(folder)
        try:
            # Where nothing tells whether somebody is still at it, age has to.
            if hold is not None or time.time() - folder.stat().st_mtime > _DAY:
                _remove(folder)
        finally:
            if hold is not None:
                os.close(hold)


def _put_folder(aside: Path, target: Path) -> None:
    if os.path.lexists(target):  # an empty folder would be replaced
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    try:
        aside.rename(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        raise
    _record(target)


def _held_folder(parent: Path) -> tuple[Path, int | None]:
    """Make a new folder that no other command takes for abandoned; return it and what holds it."""
    while True:
        folder = _unused(parent, BUILDING)
        folder.mkdir()
        try:
            hold = _hold(folder)
            if hold is None or os.path.samestat(os.fstat(hold), folder.stat()):
                return folder, hold
            os.close(hold)
        except (BlockingIOError, FileNotFoundError):
            pass  # another command found it before it was held, and is removing it


def _hold(folder: Path) -> int | None:
    """Lock a folder for as long as the descriptor is open; None where the system cannot.

    Raise BlockingIOError where another process holds it. Nothing is written into the folder, and
    the lock goes along when it is renamed.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # some network disks
        os.close(descriptor)
        return None
    return descriptor


def _remove(folder: Path) -> None:
    if os.path.lexists(folder):
        from shutil import rmtree

        rmtree(folder, ignore_errors=True)
