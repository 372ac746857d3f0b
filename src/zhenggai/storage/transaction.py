"""Changes of a ledger's files: never over someone else's change, and several files all or none.

A single file is replaced in one step. Several are written aside first; then a journal in the
ledger names them, with digests of the old and the new content; then they take their places one by
one, and the journal goes. Where that is cut short, the next command that holds the lock finds the
journal and puts the rest in place, or, where not one file had been, drops them all.
"""

import contextlib
import errno
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.atomic import (
    cannot_write,
    create,
    current_writes,
    flush_folder,
    make_folder,
    put,
    put_new,
    refuse_link,
    stage,
)
from zhenggai.storage.file_names import INSPECTION, JOURNAL, is_approved_text, is_finding
from zhenggai.storage.last_change import forget, remember

_HEADER = "zhenggai journal 1\n"
_LONGEST_JOURNAL = 64 << 20
_SINGLE = (INSPECTION, ".gitattributes", ".gitignore")
_SCHEMA = re.compile(r"\.schema/[a-z]+\.json")
_STAGED = re.compile(r"\.zhenggai-[0-9a-f]{16}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class _Staged(NamedTuple):
    """A file to be changed: what was read of it (None: it is new), and its new content, aside.

    A file to be removed has neither new content nor a place for it.
    """

    path: Path
    old: bytes | None
    new: bytes | None
    temporary: Path | None


@contextmanager
def transaction(root: Path, *, is_undo: bool = False) -> "Iterator[Transaction]":
    """Change files of one ledger together; its lock must be held.

    Leaving the block without `commit` drops what was staged. The change is kept so that it can be
    taken back (`last_change`), unless it takes one back itself.
    """
    change = Transaction(root, is_undo=is_undo)
    try:
        yield change
    except KeyboardInterrupt:
        change.complete_if_begun()
        raise
    finally:
        change.tidy()


class Transaction:
    """Files of one ledger that change together."""

    def __init__(self, root: Path, *, is_undo: bool = False) -> None:
        self._root, self._is_undo = root, is_undo
        self._staged: list[_Staged] = []
        self._entries: list[_Entry] = []

    def complete_if_begun(self) -> None:
        """Complete the change when its journal is already written: after an interrupt, say."""
        if os.path.lexists(self._root / JOURNAL):
            _complete(self._root, self._entries)

    def tidy(self) -> None:
        """Remove what is aside, unless the next command needs it."""
        if not os.path.lexists(self._root / JOURNAL):
            for one in self._staged:
                if one.temporary is not None:
                    with contextlib.suppress(OSError):
                        one.temporary.unlink()

    def stage(self, path: Path, old: bytes | None, new: bytes) -> None:
        """Write a file's new content aside; `old` is what was read of it, None for a new file.

        Raise RefusedError where it is a link or may not be written, though its folder would let us.
        """
        within = path.parent
        refuse_linked(path)
        if within != self._root:
            refuse_linked(within)
        try:
            if old is not None:
                path.open("r+b").close()
            elif os.path.lexists(path) or (os.path.lexists(within) and not within.is_dir()):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            status = None if old is None else path.stat()
            self._staged.append(_Staged(path, old, new, stage(self._root, new, status)))
        except OSError as error:
            raise cannot_write(path, error) from None

    def stage_removal(self, path: Path, old: bytes) -> None:
        """Have a file removed that holds what was read of it; a link is refused."""
        refuse_linked(path)
        self._staged.append(_Staged(path, old, None, None))

    def commit(self) -> None:
        """Put every file in its place.

        Raise RefusedError, with nothing changed, where one of them no longer holds what was read.
        """
        for one in self._staged:
            _refuse_changed(one)
        if self._staged:
            forget(self._root)
        if len(self._staged) == 1:
            _put_single(self._staged[0])
        elif self._staged:
            self._entries = [_entry(self._root, one) for one in self._staged]
            _write_journal(self._root, self._entries)
            stuck = _complete(self._root, self._entries)
            if stuck:
                raise _changed(stuck)
        changed = [(one.path, one.old, one.new) for one in self._staged if one.new is not None]
        if changed and not self._is_undo:
            remember(self._root, changed)


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put new content in a file's place; refuse where it no longer holds what was read.

    The ledger's lock must be held.
    """
    with transaction(path.parent) as change:
        change.stage(path, old, new)
        change.commit()


def refuse_linked(path: Path) -> None:
    """Raise RefusedError where a file of a ledger is a symbolic link."""
    refuse_link(path, str(path), "请删去链接，把文件本身放进台账")


def _refuse_changed(one: _Staged) -> None:
    try:
        if one.old is not None and one.path.read_bytes() != one.old:
            raise _changed(one.path)
    except OSError as error:
        raise cannot_write(one.path, error) from None


def _changed(path: Path) -> RefusedError:
    return RefusedError(f"“{path.name}”刚刚被其他程序改过，未写入；请重新执行一次")


def _put_single(one: _Staged) -> None:
    try:
        _put(one.temporary, one.path, is_new=one.old is None)
    except OSError as error:
        raise cannot_write(one.path, error) from None
    flush_folder(one.path.parent)


def _put(temporary: Path | None, path: Path, *, is_new: bool) -> None:
    """Put a file in its place, or remove what stands there where there is none to be put."""
    if temporary is None:
        path.unlink()
    else:
        (put_new if is_new else put)(temporary, path)


# The journal


class _Entry(NamedTuple):
    """A line of the journal: a file, where its new content lies, digests of old and new.

    One that is to be removed has no new content.
    """

    name: str
    temporary: str | None
    old: str | None
    new: str | None


class _State(Enum):
    """How far a file of an interrupted change has come."""

    READY = auto()
    """It is the old one; the new one lies there whole."""
    DONE = auto()
    """The new one took its place."""
    STUCK = auto()
    """Someone else has changed it since, or what should take its place is gone."""


def recover(root: Path) -> None:
    """Complete the change that an interrupted command left in a ledger, or drop it whole.

    Raise RefusedError where the journal is not to be followed or somebody has changed the files
    since. The ledger's lock must be held.
    """
    path = root / JOURNAL
    if not os.path.lexists(path):
        return
    writes = current_writes()
    before = len(writes.done)
    _complete(root, _read_journal(root))
    writes.recovered += writes.done[before:]


def _entry(root: Path, one: _Staged) -> _Entry:
    old = None if one.old is None else _digest_of(one.old)
    name = one.path.relative_to(root).as_posix()
    if one.new is None or one.temporary is None:
        return _Entry(name, None, old, None)
    return _Entry(name, one.temporary.name, old, _digest_of(one.new))


def _write_journal(root: Path, entries: Sequence[_Entry]) -> None:
    path = root / JOURNAL
    text = _HEADER + json.dumps([one._asdict() for one in entries], ensure_ascii=False) + "\n"
    try:
        create(path, text.encode(), root, recorded=False)
    except OSError as error:
        raise cannot_write(path, error) from None


def _complete(root: Path, entries: Sequence[_Entry]) -> Path | None:
    """Put in place what is not yet, and remove the journal.

    Where somebody has changed a file since, and no other has been put in place, all are dropped:
    that file is returned. Raise RefusedError where others have.
    """
    states = [_state(root, one) for one in entries]
    stuck = [one for one, state in zip(entries, states, strict=True) if state is _State.STUCK]
    if stuck and _State.DONE not in states:
        _drop(root, entries)
        return root / stuck[0].name
    if stuck:
        raise _half(root, entries, states)
    _put_ready(root, entries, states)
    _remove_journal(root)
    return None


def _put_ready(root: Path, entries: Sequence[_Entry], states: Sequence[_State]) -> None:
    for one, state in zip(entries, states, strict=True):
        if state is not _State.READY:
            continue
        path = root / one.name
        try:
            make_folder(path.parent, root)
            temporary = None if one.temporary is None else root / one.temporary
            _put(temporary, path, is_new=one.old is None)
        except OSError as error:
            raise _stopped(root, entries, path, error) from None
    for folder in {(root / one.name).parent for one in entries}:
        flush_folder(folder)


def _drop(root: Path, entries: Sequence[_Entry]) -> None:
    """Drop an unapplied change: delete the journal first, then the prepared files."""
    _remove_journal(root)
    for one in entries:
        if one.temporary is not None:
            with contextlib.suppress(OSError):
                (root / one.temporary).unlink()


def _remove_journal(root: Path) -> None:
    try:
        (root / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(root / JOURNAL, error) from None


def _stopped(root: Path, entries: Sequence[_Entry], path: Path, error: OSError) -> RefusedError:
    """Return the failure that the system lets a file not take its place, others may have."""
    states = [_state(root, one) for one in entries]
    if _State.DONE not in states:
        _drop(root, entries)
        return cannot_write(path, error)
    return RefusedError(
        f"不能写入“{path}”（{cause(error)}），{_done_and_left(entries, states)}；"
        "请检查权限和磁盘空间，再执行一次改台账的命令即可补完"
    )


def _half(root: Path, entries: Sequence[_Entry], states: Sequence[_State]) -> RefusedError:
    return RefusedError(
        f"上次的改动未全部写入（{_done_and_left(entries, states)}），未写入的后来又被改过，"
        f"不能补完；请核对这些文件，再删去“{root / JOURNAL}”"
    )


def _done_and_left(entries: Sequence[_Entry], states: Sequence[_State]) -> str:
    pairs = list(zip(entries, states, strict=True))
    done = "、".join(one.name for one, state in pairs if state is _State.DONE)
    left = "、".join(one.name for one, state in pairs if state is not _State.DONE)
    return f"{done}已经写入，{left}未写入"


def _state(root: Path, one: _Entry) -> _State:
    now = _digest(root / one.name)
    if now == one.new:
        return _State.DONE
    if one.temporary is None:
        return _State.READY if now == one.old else _State.STUCK
    staged = _digest(root / one.temporary)
    if staged is None:  # it took its place, and has been changed since
        return _State.STUCK if now == one.old else _State.DONE
    return _State.READY if (staged, now) == (one.new, one.old) else _State.STUCK


def _digest(path: Path) -> str | None:
    try:
        return _digest_of(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_write(path, error) from None


def _digest_of(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _read_journal(root: Path) -> list[_Entry]:
    """Return the entries of the journal; none where it was cut short itself.

    Raise RefusedError where it says anything that this program would not have written.
    """
    path = root / JOURNAL
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LONGEST_JOURNAL:
            raise _not_followed(path)
        content = path.read_bytes()
    except OSError as error:
        raise cannot_write(path, error) from None
    if not content.endswith(b"\n") or content == _HEADER.encode():
        if _HEADER.encode().startswith(content[: len(_HEADER)]):
            return []  # nothing is put in place before the journal is whole
        raise _not_followed(path)
    try:
        header, _, rest = content.decode().partition("\n")
        entries = [_Entry(**one) for one in json.loads(rest)]
    except (ValueError, TypeError, RecursionError):
        raise _not_followed(path) from None
    if f"{header}\n" != _HEADER or not _are_ours(entries):
        raise _not_followed(path)
    for one in entries:
        for name in filter(None, (one.name, one.temporary)):
            _refuse_odd(root, name)
    return entries


def _are_ours(entries: Sequence[_Entry]) -> bool:
    """Whether the entries name files of a ledger and temporary files, each once, with digests."""
    names = [one.name for one in entries]
    names += [one.temporary for one in entries if one.temporary is not None]
    return (
        all(isinstance(name, str) for name in names)
        and len(set(names)) == len(names) > 0
        and all(_is_ours(one) for one in entries)
    )


def _is_ours(one: _Entry) -> bool:
    comes_and_goes = is_finding(one.name) or is_approved_text(one.name)
    if not (one.name in _SINGLE or comes_and_goes or _SCHEMA.fullmatch(one.name)):
        return False
    if one.temporary is None and one.new is None:  # what was new is removed by `undo`
        return comes_and_goes and _is_digest(one.old)
    if one.temporary is None:
        return False
    digests: list[Any] = [one.new] if one.old is None else [one.old, one.new]
    return _STAGED.fullmatch(one.temporary) is not None and all(
        _is_digest(digest) for digest in digests
    )


def _is_digest(digest: Any) -> bool:
    return isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None


def _refuse_odd(root: Path, name: str) -> None:
    """Refuse a journal where one of its names is a link, or leads through one, or is a folder."""
    path = root / name
    while path != root:
        refuse_link(path, str(path), f"请删去链接和“{root / JOURNAL}”，核对台账")
        path = path.parent
    if os.path.lexists(root / name) and not (root / name).is_file():
        raise _not_followed(root / JOURNAL)


def _not_followed(path: Path) -> RefusedError:
    return RefusedError(f"“{path}”不是本程序写的格式，未照它改动任何文件；请核对台账，再删去它")
