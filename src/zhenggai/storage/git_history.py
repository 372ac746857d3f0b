"""The commits of one file in the Git repository that its ledger lies in, the oldest first."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from zhenggai.storage.git import Repository, place_in, repositories

MOST_COMMITS = 200
"""Of a file with more commits the latest are told."""

_FORM = "--format=%H%x00%ct%x00%an%x00%s%x00"
_FIELDS = 5  # those of the form, and what ends it


class FileCommit(NamedTuple):
    """A commit that changed a file: when, by whom, and what the file held before and after.

    None stands for a file that was not there.
    """

    commit: str
    at: datetime
    author: str
    subject: str
    before: bytes | None
    after: bytes | None


class FileHistory(NamedTuple):
    """The commits of a file, the oldest first; `last` is what the last of them holds of it.

    `is_cut` tells that there are more, and older ones.
    """

    commits: tuple[FileCommit, ...]
    last: bytes | None
    is_cut: bool


class _Logged(NamedTuple):
    commit: str
    seconds: int
    author: str
    subject: str
    path: str


def file_history(root: Path, name: str, time_zone: str, here: Path) -> FileHistory:
    """Return the commits of a ledger's file, followed through renames.

    Raise WrongUsageError where the ledger lies in no repository or there is no Git,
    InvalidInputError where Git does not tell.
    """
    repository = repositories(root, here)[-1]
    if repository.head() is None:
        return FileHistory((), None, is_cut=False)
    path = (place_in(repository, root) / name).as_posix()
    words = ("log", "--follow", "--no-show-signature", "--diff-merges=first-parent", _FORM)
    limit = f"--max-count={MOST_COMMITS + 1}"
    answer = repository.run(*words, limit, "-z", "--name-only", "--", path)
    logged = list(_read(answer))
    contents = [_content(repository, one) for one in logged]
    told = logged[:MOST_COMMITS]
    commits = [
        FileCommit(
            one.commit,
            datetime.fromtimestamp(one.seconds, ZoneInfo(time_zone)),
            one.author,
            one.subject,
            contents[place + 1] if place + 1 < len(logged) else None,
            contents[place],
        )
        for place, one in enumerate(told)
    ]
    last = contents[0] if contents else None
    return FileHistory(tuple(reversed(commits)), last, len(logged) > len(told))


def _read(answer: bytes) -> Iterator[_Logged]:
    """Take Git's answer apart: no author, subject or path holds what ends a field."""
    fields = answer.split(b"\0")
    at = 0
    while at + _FIELDS <= len(fields):
        commit, seconds, author, subject, _ = fields[at : at + _FIELDS]
        at += _FIELDS
        path = ""
        if at < len(fields) and fields[at].startswith(b"\n"):
            path = os.fsdecode(fields[at][1:])
            at += 1
        by, said = author.decode("utf-8", "replace"), subject.decode("utf-8", "replace")
        yield _Logged(commit.decode(), int(seconds), by, said, path)


def _content(repository: Repository, one: _Logged) -> bytes | None:
    """Return what a commit holds of the file; None where it is not there, or is no file."""
    entries = repository.tree(one.commit, one.path) if one.path else []
    held = next((entry for entry in entries if entry.is_file), None)
    return None if held is None else next(repository.content([held.object]))
