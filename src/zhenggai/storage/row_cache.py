"""Cache of register rows, valid while each file's stat data is unchanged.

They lie in the user's cache folder, never in the ledger, one file a ledger. A file of the ledger
is the same when its size, inode and times are; what was changed less than two seconds before it
was read is not kept, for the next change might leave all of these as they are (some file systems
count time by two seconds). What is missing, damaged, foreign or odd in any way is made anew, in
silence; whoever writes last replaces the whole. `ZHENGGAI_NO_CACHE` turns it off.
"""

import os
import pickle
import stat
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from zhenggai.storage.atomic import replace_cache
from zhenggai.storage.file_names import OWN_DAYS_OFF
from zhenggai.storage.known_days_off import HOLIDAYS
from zhenggai.storage.own_files import named_after, own_content
from zhenggai.storage.resources import shipped
from zhenggai.storage.row_forms import is_entry
from zhenggai.version import __version__

_RACY_NS = 2_000_000_000
_FEW = 100
_PACKAGE = Path(__file__).parents[1]

Stamp = tuple[int, int, int, int]
# Of a file that a ledger may do without: what is known of days off then, too.
_NOT_THERE: Stamp = (0, 0, 0, 0)


def _stamp(status: os.stat_result) -> Stamp:
    """Return what tells one state of a file from another."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class Remembered:
    """What was read of the files of one folder, by name.

    `now_ns` is the clock that the times of files are held against; `stamp` returns what tells one
    state of a file from another, its times of change first.
    """

    def __init__(
        self,
        folder: Path,
        now_ns: Callable[[], int] = time.time_ns,
        stamp: Callable[[os.stat_result], Stamp] = _stamp,
    ) -> None:
        self._before = now_ns() - _RACY_NS
        self._stamp = stamp
        place = cache_folder()
        # Without a place nothing is asked of the files, nor of the folders above them.
        self._folder = os.path.realpath(folder) if place else os.fspath(folder)
        self._place = place / f"{named_after(self._folder)}.rows" if place else None
        self._known = _load(self._place, self._folder) if self._place else {}
        self._stamps: dict[str, Stamp | None] = {}
        self._new: dict[str, tuple[Stamp, Any]] = {}
        self._same = 0

    def get(self, name: str) -> Any:
        """Return what was read of a file; None when that may not be true any more."""
        if self._place is None:
            return None
        # Not what scandir tells: on Windows that can be older than the file.
        status = _status(f"{self._folder}{os.sep}{name}")
        if status is None:
            stamp = _NOT_THERE if name == OWN_DAYS_OFF else None
        else:
            stamp = self._stamp(status)
        known = self._known.get(name)
        if known is None or known[0] != stamp:
            # What is anything else than a regular file is not kept.
            is_odd = status is not None and not stat.S_ISREG(status.st_mode)
            self._stamps[name] = None if is_odd else stamp
            return None
        self._same += 1
        return known[1]

    def put(self, name: str, content: Any) -> None:
        """Keep what was read of a file that `get` did not know."""
        stamp = self._stamps.get(name)
        if stamp is not None and max(stamp[:2]) < self._before:
            self._new[name] = stamp, content

    def save(self, names: Sequence[str]) -> None:
        """Write what is known of the files there are; where that is not possible, do without.

        All of them have been asked for with `get`.
        """
        # A changed file is among the new ones and among those that are not as they were.
        changed = max(len(self._new), len(self._known) - self._same)
        # To write all anew takes as long as reading one file in a dozen: a few are read again.
        if self._place is None or changed <= len(names) // _FEW:
            return
        same = {name: self._known[name] for name in names if name not in self._stamps}
        replace_cache(self._place, _sealed(self._folder, same | self._new))


@cache
def _program() -> tuple[Any, ...]:
    """Return all that reading depends on: this program as it stands, Python and the libraries."""
    import platformdirs

    # An editable install changes without its version; the libraries' folder with any of them.
    rooms = ("model", "ledger", "storage", "storage/yaml")
    files = [entry for room in rooms for entry in os.scandir(_PACKAGE / room)]
    times = sorted((file.path, file.stat().st_mtime_ns) for file in files if file.is_file())
    times.append((HOLIDAYS, (shipped("templates") / HOLIDAYS).stat().st_mtime_ns))
    libraries = Path(platformdirs.__file__).parents[1].stat().st_mtime_ns
    return __version__, sys.version, libraries, zlib.crc32(repr(times).encode())


def cache_folder() -> Path | None:
    """Return the folder in which rows are remembered; None where they are not."""
    if os.environ.get("ZHENGGAI_NO_CACHE"):
        return None
    from platformdirs import user_cache_path

    try:
        place = user_cache_path("zhenggai", appauthor=False)
    except RuntimeError:  # no home is known
        return None
    # A home that is not known, or is a relative path, leads to wherever the user is just now.
    return place if place.is_absolute() else None


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


class _Unpickler(pickle.Unpickler):
    """Reads plain data, and of classes only the tuples and words that rows are made of."""

    _PLAIN = (("datetime", "date"), ("decimal", "Decimal"))

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that rows are made of; refuse every other."""
        if (module, name) in self._PLAIN:
            return super().find_class(module, name)
        if module in _MODULES and "." not in name:
            found = super().find_class(module, name)
            is_own = isinstance(found, type) and found.__module__ == module
            if is_own and issubclass(found, (tuple, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_MODULES = (
    "zhenggai.ledger.register",
    "zhenggai.ledger.warning_levels",
    "zhenggai.model.dates",
    "zhenggai.model.days_off",
    "zhenggai.model.notice_settings",
    "zhenggai.model.problem",
    "zhenggai.model.terms",
)


def _load(place: Path, folder: str) -> dict[str, tuple[Stamp, Any]]:
    try:
        checksum, _, body = own_content(place).partition(b"\n")
        if int(checksum, 16) != zlib.crc32(body):
            return {}
        program, whose, rows = _Unpickler(BytesIO(body)).load()
        if (program, whose) != (_program(), folder):
            return {}
        return {name: entry for name, entry in rows.items() if is_entry(entry, name)}
    except Exception:  # noqa: BLE001 - odd bytes make pickle raise anything; all mean: read anew
        return {}


def _sealed(folder: str, rows: dict[str, tuple[Stamp, Any]]) -> bytes:
    body = pickle.dumps((_program(), folder, rows), protocol=5)
    return b"%08x\n%b" % (zlib.crc32(body), body)
