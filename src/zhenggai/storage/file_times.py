"""The times and sizes by which a change of a ledger's files is seen without reading them."""

import os
from collections.abc import Iterator
from pathlib import Path

from zhenggai.storage.file_names import is_left_behind

Seen = tuple[str, int, int]


def file_times(root: Path) -> Iterator[Seen]:
    """Yield of a folder and of each file in it the path, the time of change and the size.

    A new file, one that is gone and one renamed change their folder's time. What editors, systems
    and office programs leave beside a ledger's files is passed over. A folder that is not there, or
    may not be looked at, yields nothing.
    """
    try:
        yield str(root), root.stat().st_mtime_ns, 0
        with os.scandir(root) as entries:
            names = sorted(entry.name for entry in entries if not is_left_behind(entry.name))
    except OSError:
        return
    for name in names:
        path = f"{root}{os.sep}{name}"
        try:
            # Not what scandir tells: on Windows that can be older than the file.
            status = os.stat(path)  # noqa: PTH116 - a path for each would take long
        except OSError:
            continue
        yield path, status.st_mtime_ns, status.st_size
