"""Whether something in ledger folders has changed: told by times and sizes, nothing is read."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

FileTimes: TypeAlias = tuple[tuple[str, int, int], ...]
"""Of each folder and each file in it its path, when it was changed (ns) and its size (bytes)."""


def file_times(roots: Iterable[Path]) -> FileTimes:
    """Return the times of folders and of what lies directly in them; equal while nothing changes.

    What cannot be looked at has no time: that, too, is seen to begin and to end.
    """
    found: list[tuple[str, int, int]] = []
    for root in roots:
        try:
            inside = sorted(root.iterdir())
        except OSError:
            inside = []
        found += map(_time, [root, *inside])
    return tuple(found)


def _time(path: Path) -> tuple[str, int, int]:
    try:
        state = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), state.st_mtime_ns, state.st_size
