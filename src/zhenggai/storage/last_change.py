"""The last change of a ledger's files, kept so that `undo` can take it back: one, and no more.

It lies in the user's own folder for the program's state, never in the ledger: nobody who sends a
ledger can plant one, and none is committed. It names files of that ledger alone, with what they
held before and a digest of what they hold since; whatever is odd about it counts as no change.
"""

import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.storage.atomic import replace_cache
from zhenggai.storage.file_names import INSPECTION, is_approved_text, is_finding
from zhenggai.storage.own_files import named_after, own_content, state_folder

_FORM = 1
_LARGEST = 16 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ChangedFile(NamedTuple):
    """A file of the last change: its name, what it held (None: it was new), what it holds since."""

    name: str
    before: bytes | None
    digest: str

    def is_as_left(self, now: bytes | None) -> bool:
        """Whether a file still holds what the change left."""
        return now is not None and sha256(now).hexdigest() == self.digest


def remember(root: Path, changed: Sequence[tuple[Path, bytes | None, bytes]]) -> None:
    """Keep a change that was just written: each file, what it held, what it holds now.

    Only findings, approved texts and a ledger's inspection are taken back; of any other change
    nothing is kept, and nothing of one before it. Where nothing can be kept there is nothing to
    take back.
    """
    names = [path.relative_to(root).as_posix() for path, _, _ in changed]
    size = sum(len(before or b"") for _, before, _ in changed)
    known = all(
        _may_be_taken_back(name, before)
        for name, (_, before, _) in zip(names, changed, strict=True)
    )
    if not known or size > _LARGEST:
        forget(root)
        return
    place, folder = _place(root)
    files = [
        {
            "name": name,
            "before": None if before is None else b64encode(before).decode(),
            "digest": sha256(after).hexdigest(),
        }
        for name, (_, before, after) in zip(names, changed, strict=True)
    ]
    if place is not None:
        content = json.dumps({"form": _FORM, "folder": folder, "files": files})
        replace_cache(place, content.encode())


def forget(root: Path) -> None:
    """Keep no change: what came last is not to be taken back, or something else comes now."""
    place, _ = _place(root)
    if place is not None:
        with suppress(OSError):
            place.unlink()


def last_change(root: Path) -> list[ChangedFile]:
    """Return the files of the last change of a ledger; none where there is none to take back."""
    place, folder = _place(root)
    if place is None:
        return []
    try:
        told = json.loads(own_content(place))
        if (told["form"], told["folder"]) != (_FORM, folder):
            return []
        return _sound([_file(one) for one in told["files"]])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _file(told: Any) -> ChangedFile:
    before = told["before"]
    content = None if before is None else b64decode(before, validate=True)
    return ChangedFile(str(told["name"]), content, str(told["digest"]))


def _sound(files: list[ChangedFile]) -> list[ChangedFile]:
    """Return the files if all are such as this program names, else none."""
    names = {one.name for one in files}
    is_sound = len(names) == len(files) and all(
        _may_be_taken_back(one.name, one.before) and _DIGEST.fullmatch(one.digest) for one in files
    )
    return files if is_sound else []


def _may_be_taken_back(name: str, before: bytes | None) -> bool:
    if is_approved_text(name):
        return before is None
    return is_finding(name) or (name == INSPECTION and before is not None)


def _place(root: Path) -> tuple[Path | None, str]:
    """Return the file for a ledger's folder, and the folder as the file names it."""
    folder = os.path.realpath(root)
    state = state_folder()
    return (state / "undo" / f"{named_after(folder)}.json" if state else None), folder
