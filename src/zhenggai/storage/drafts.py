"""What was typed in an editor and could not be written: kept, to be taken up the next time.

It lies in the user's own folder for the program's state, never in the ledger, one for each finding,
as the text that it is. Its name tells by a digest what the file held when the editing began.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zhenggai.storage.atomic import replace_cache
from zhenggai.storage.own_files import named_after, own_content, state_folder


class Draft(NamedTuple):
    """A text that was kept, and where; `is_current` tells that the file is as it was then."""

    path: Path
    content: bytes
    is_current: bool


def keep_draft(root: Path, name: str, old: bytes, content: bytes) -> Path | None:
    """Keep what was made of a file that held `old`; return where, None where that cannot be."""
    folder = _folder(root)
    if folder is None:
        return None
    forget_draft(root, name)
    place = folder / f"{_stem(name)}.{_digest(old)}.yaml"
    replace_cache(place, content)
    try:
        return place if own_content(place) == content else None
    except OSError:
        return None


def kept_draft(root: Path, name: str, now: bytes) -> Draft | None:
    """Return what is kept of a finding's file, which holds `now`; None where nothing is."""
    for path in _kept(root, name):
        try:
            content = own_content(path)
        except OSError:
            continue
        return Draft(path, content, path.name == f"{_stem(name)}.{_digest(now)}.yaml")
    return None


def forget_draft(root: Path, name: str) -> None:
    """Keep nothing of a finding's file any more."""
    for path in _kept(root, name):
        with suppress(OSError):
            path.unlink()


def _kept(root: Path, name: str) -> list[Path]:
    folder = _folder(root)
    try:
        return sorted(folder.glob(f"{_stem(name)}.*.yaml")) if folder else []
    except OSError:
        return []


def _folder(root: Path) -> Path | None:
    state = state_folder()
    return state / "edits" / named_after(os.path.realpath(root)) if state else None


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
