"""What was made of a folder's files, kept between runs and trusted only while they are the same.

The cache lies in the user's cache folder, never in the ledger, and is JSON under a checksum. A
file is the same when its size, inode and times are; what was changed less than two seconds
before it was read is not kept, for the next change might leave all of these as they are (some
file systems count time by two seconds). A missing, damaged or foreign cache is made anew, in
silence, and whoever writes last replaces the whole.
"""

import contextlib
import json
import os
import stat
import sys
import time
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from zhenggai import __version__

_RACY_NS = 2_000_000_000
_FEW = 100
_PACKAGE = Path(__file__).parents[1]

Stamp = list[int]


class Cache:
    """What is known of the files of one folder; `ZHENGGAI_NO_CACHE` turns it off."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)
        self._before = time.time_ns() - _RACY_NS
        self._head = [*_program(), self._folder]
        self._place = _place(self._folder)
        self._known = _load(self._place, self._head)
        self._stamps: dict[str, Stamp | None] = {}
        self._new: dict[str, list[Any]] = {}
        self._same = 0

    def get(self, name: str) -> Any:
        """Give what was made of a file the last time; None when that may not be true any more."""
        # Not what scandir tells: on Windows that can be older than the file.
        status = _status(f"{self._folder}{os.sep}{name}")
        stamp = _stamp(status) if status else None
        row = self._known.get(name)
        if row is None or row[0] != stamp:
            # What is anything else than a regular file is not kept.
            self._stamps[name] = stamp if status and stat.S_ISREG(status.st_mode) else None
            return None
        self._same += 1
        return row[1]

    def put(self, name: str, content: Any) -> None:
        """Keep what was made of a file that `get` did not know."""
        stamp = self._stamps[name]
        if stamp is not None and max(stamp[:2]) < self._before:
            self._new[name] = [stamp, content]

    def save(self, names: Sequence[str]) -> None:
        """Write what is known of the files there are; without a place to write there is no cache.

        All of them have been asked for with `get`.
        """
        # A changed file is among the new rows and among those that are not as they were.
        changed = max(len(self._new), len(self._known) - self._same)
        # To write all anew takes as long as reading one file in a dozen: a few are read again.
        if self._place is None or changed <= len(names) // _FEW:
            return
        same = {name: self._known[name] for name in names if name not in self._stamps}
        with contextlib.suppress(OSError):
            _write(self._place, _sealed([self._head, same | self._new]))


@cache
def _program() -> tuple[Any, ...]:
    """Name all that reading depends on: this program as it stands, Python and the libraries."""
    import platformdirs

    folders = [_PACKAGE / "core", _PACKAGE / "storage"]
    files = [file for folder in folders for file in os.scandir(folder)]
    # An editable install changes without its version; the libraries' folder with any of them.
    times = sorted((file.path, file.stat().st_mtime_ns) for file in files if file.is_file())
    libraries = Path(platformdirs.__file__).parents[1].stat().st_mtime_ns
    return __version__, sys.version, libraries, zlib.crc32(repr(times).encode())


def _place(folder: str) -> Path | None:
    if os.environ.get("ZHENGGAI_NO_CACHE"):
        return None
    from platformdirs import user_cache_path

    name = f"{zlib.crc32(os.fsencode(folder)):08x}.json"
    return user_cache_path("zhenggai", appauthor=False) / name


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _stamp(status: os.stat_result) -> Stamp:
    """Tell one state of a file from another."""
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _load(place: Path | None, head: list[Any]) -> dict[str, list[Any]]:
    if place is None:
        return {}
    try:
        with place.open("rb") as file:
            checksum, body = file.readline(), file.read()
        if int(checksum, 16) != zlib.crc32(body):
            return {}
        found, rows = json.loads(body)
    except (OSError, ValueError, TypeError):
        return {}
    return rows if found == head else {}


def _sealed(content: Any) -> bytes:
    # Half a character can stand in what a problem quotes.
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)
    encoded = body.encode("utf-8", "surrogatepass")
    return b"%08x\n%b" % (zlib.crc32(encoded), encoded)


def _write(place: Path, content: bytes) -> None:
    import tempfile

    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".index-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
