"""What was read last time, keyed by stat: enough to offer ids and names without reading YAML.

The index lies in the user's cache folder, never in the ledger, and is plain JSON. A file whose
size, time of change or inode differ is read again; so is one changed within the same two seconds
the index was written in, for a second change then could leave all three the same. A missing,
broken or foreign index is built anew, in silence.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai import __version__
from zhenggai.storage.naming import is_finding, number

_RACY_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What completion offers of one finding."""

    id: str
    title: str
    aspect: str
    departments: tuple[str, ...]
    leader: str
    owner: str


def entries(root: Path) -> list[Entry]:
    """Give what is known of a ledger's findings, by number; unreadable files have no title."""
    place = _place(root)
    known = _load(place, root)
    now: dict[str, list[Any]] = {}
    changed = False
    with os.scandir(root) as files:
        found = [(entry.name, entry.stat()) for entry in files if is_finding(entry.name)]
    for name, status in found:
        key = [status.st_size, status.st_mtime_ns, status.st_ino]
        row = known.get(name)
        if row is None or row[:3] != key:
            row = [*key, *_read(root, name)]
            changed = True
        now[name] = row
    if changed or len(known) != len(now):
        _save(place, root, now)
    return [
        _entry(name, row) for name, row in sorted(now.items(), key=lambda pair: number(pair[0]))
    ]


def _entry(name: str, row: list[Any]) -> Entry:
    _, _, _, title, aspect, departments, leader, owner = row
    return Entry(name.partition(".")[0], title, aspect, tuple(departments), leader, owner)


def _read(root: Path, name: str) -> list[Any]:
    """Read one file the slow way."""
    from zhenggai.storage.folder import read_finding_file

    finding, _ = read_finding_file(root, "", name)
    if finding is None:
        return ["", "", [], "", ""]
    return [
        finding.title,
        finding.aspect or "",
        list(finding.departments),
        finding.leader or "",
        finding.owner or "",
    ]


def _place(root: Path) -> Path | None:
    if os.environ.get("ZHENGGAI_NO_CACHE"):
        return None
    from platformdirs import user_cache_path

    name = hashlib.sha256(os.path.realpath(root).encode("utf-8", "surrogateescape")).hexdigest()
    return user_cache_path("zhenggai", appauthor=False) / f"{name[:32]}.json"


def _load(place: Path | None, root: Path) -> dict[str, list[Any]]:
    """Give the rows that can be trusted."""
    if place is None:
        return {}
    try:
        content = json.loads(place.read_bytes())
        if content["version"] != __version__ or content["root"] != os.path.realpath(root):
            return {}
        written = content["written"]
        return {
            name: row for name, row in content["files"].items() if _is_row(row, written - _RACY_NS)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_row(row: Any, before: int) -> bool:
    size, changed, inode, title, aspect, departments, leader, owner = row
    numbers = all(isinstance(value, int) for value in (size, changed, inode))
    texts = all(isinstance(value, str) for value in (title, aspect, leader, owner, *departments))
    return numbers and texts and changed < before


def _save(place: Path | None, root: Path, rows: dict[str, list[Any]]) -> None:
    """Write the index whole; without a place to write it there is none."""
    if place is None:
        return
    content = {
        "version": __version__,
        "root": os.path.realpath(root),
        "written": time.time_ns(),
        "files": rows,
    }
    with contextlib.suppress(OSError, UnicodeEncodeError):
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".index-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(json.dumps(content, ensure_ascii=False).encode("utf-8"))
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
