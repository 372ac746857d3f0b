"""A ledger as it stood in an earlier revision of its git repository."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import has_errors
from zhenggai.storage.file_names import INSPECTION, OWN_DAYS_OFF, is_finding, is_ledger
from zhenggai.storage.git import Entry, Repository, place_in, repositories
from zhenggai.storage.ledger_file import read_finding_file, read_inspection_file
from zhenggai.storage.ledger_folder import read_ledger
from zhenggai.storage.temporary import temporary_place

_Found = TypeVar("_Found")

# How many commits are looked through for a version of a file that can be read.
_LOOKED_THROUGH = 1000
# And how many deleted ledgers for one that is here again.
_DELETED = 50


def _scratch() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="zhenggai-since-", dir=temporary_place())


@dataclass(frozen=True)
class Revision:
    """One commit of the repository a ledger lies in."""

    repository: Repository
    commit: str
    asked: str

    @property
    def top(self) -> Path:
        """The top of the repository."""
        return self.repository.top

    def ledgers(self) -> list[PurePosixPath]:
        """Return the folders, from the top of the repository, that held a ledger."""
        return self._ledgers

    @cached_property
    def _ledgers(self) -> list[PurePosixPath]:
        words = ("ls-tree", "-r", "-z", "--full-tree", self.commit)
        names = [row.partition(b"\t")[2] for row in self.repository.run(*words).split(b"\0")]
        paths = [PurePosixPath(os.fsdecode(name)) for name in names]
        return [path.parent for path in paths if path.name == INSPECTION]

    def still_stands(self, folder: PurePosixPath) -> bool:
        """Whether a ledger stands at this place in the work tree, by itself and not by a link.

        A link left where a ledger was moved from would else pass for the ledger, and the moved
        one for new.
        """
        place = self.top / folder
        return is_ledger(place) and place.resolve() == self.top.resolve() / folder

    def holds(self, place: PurePosixPath) -> bool:
        """Whether a ledger, or what is left of one, lay in a folder."""
        names = [entry.name for entry in self._files(place)]
        return INSPECTION in names or any(map(is_finding, names))

    def _files(self, place: PurePosixPath) -> list[Entry]:
        """Return what lay in a folder, named as there; nothing where there was no such folder."""
        if place == PurePosixPath():
            return self.repository.tree(self.commit)
        [*there] = self.repository.tree(self.commit, place.as_posix())
        if not there or there[0].mode != "040000":
            return []
        return self.repository.tree(there[0].object)

    def in_the_way(self, place: PurePosixPath) -> Entry | None:
        """Return the part of a folder's path that was a link or a submodule then, if any was."""
        ways = [way.as_posix() for way in (place, *place.parents) if way != PurePosixPath()]
        entries = self.repository.tree(self.commit, *ways) if ways else []
        return next((entry for entry in entries if entry.mode in ("120000", "160000")), None)

    def read(self, folder: PurePosixPath, shown: str) -> Ledger:
        """Read the ledger that lay in a folder then; `shown` is what its problems would name.

        Not by `git archive`, which leaves out what a .gitattributes file tells it to leave out.
        """
        entries = [entry for entry in self._files(folder) if _is_of_ledger(entry.name)]
        with _scratch() as name:
            self._lay_out(entries, Path(name))
            return read_ledger(Path(name), shown)

    def _lay_out(self, entries: Sequence[Entry], folder: Path) -> None:
        """Write files as they are stored; for what was none, a folder that no one takes for one."""
        files = [entry for entry in entries if entry.is_file]
        contents = self.repository.content([entry.object for entry in files])
        for entry, content in zip(files, contents, strict=True):
            (folder / PurePosixPath(entry.name).name).write_bytes(content)
        for entry in entries:
            if not entry.is_file:
                (folder / PurePosixPath(entry.name).name).mkdir()

    def entries(self, folder: PurePosixPath) -> dict[str, Entry]:
        """Return a ledger's files then, by their names."""
        return {entry.name: entry for entry in self._files(folder) if _is_of_ledger(entry.name)}

    def made_on(self, time_zone: str) -> date:
        """Return the latest day, in a time zone, on which it or what it rests on was committed.

        Whoever commits sets the date: the one of the last commit alone says little.
        """
        seconds = self.repository.run("log", "--no-show-signature", "--format=%ct", self.commit)
        latest = max(map(int, seconds.split()))
        return datetime.fromtimestamp(latest, ZoneInfo(time_zone)).date()

    def place_of(self, root: Path) -> PurePosixPath:
        """Return a folder's path from the top of the repository."""
        return place_in(self.repository, root)

    # What came after.

    def versions_since(
        self, places: Sequence[PurePosixPath], name: str
    ) -> "list[tuple[Revision, Finding]]":
        """Return the versions of a finding's file that were committed after it.

        `places` are the folders that its ledger lay in. A version that cannot be read is left out.
        """
        head = self.repository.head()
        if head is None:
            return []
        paths = [(place / one).as_posix() for place in places for one in _spellings(name)]
        asked = "".join(f"{line}\n" for line in (head, f"^{self.commit}", "--", *paths))
        words = ("rev-list", "--full-history", "--topo-order", "--reverse", "--stdin")
        answer = self.repository.run(*words, asked=os.fsencode(asked))
        found = []
        for commit in answer.decode().split()[:_LOOKED_THROUGH]:
            for entry in self.repository.tree(commit, *paths):
                if not entry.is_file:
                    continue
                with _scratch() as scratch:
                    self._lay_out([entry], Path(scratch))
                    finding = _read_entry(Path(scratch), entry)
                if finding is not None:
                    found.append((replace(self, commit=commit), finding))
        return found

    # What was before.

    def ever_had(self, folder: PurePosixPath, names: Sequence[str]) -> bool:
        """Whether there ever was any of these files of a ledger."""
        places = [(folder / one).as_posix() for name in names for one in _spellings(name)]
        return bool(places and self._commits(places))

    def earlier_findings(self, folder: PurePosixPath, name: str) -> list[Finding]:
        """Return the last versions of a finding's file that can be read, one of each line.

        Lines part where branches were merged.
        """
        return self._earlier([(folder / one).as_posix() for one in _spellings(name)], _read_entry)

    def earlier_inspections(self, folder: PurePosixPath) -> list[Inspection]:
        """Return the last versions of a ledger's inspection that can be read, one of each line."""

        def read(root: Path, _entry: Entry) -> Inspection | None:
            inspection, problems = read_inspection_file(root)
            return None if has_errors(problems) else inspection

        return self._earlier([(folder / INSPECTION).as_posix()], read)

    def earlier_ledgers(self, folder: PurePosixPath) -> list["Revision"]:
        """Return the last revisions that had a ledger in a folder, one of each line."""

        def look(commit: str) -> "Revision | None":
            then = replace(self, commit=commit)
            return then if then.holds(folder) else None

        return self._last([folder.as_posix()], look)

    def deleted_ledgers(self) -> list[PurePosixPath]:
        """Return the folders in which an inspection was deleted before, the latest first."""
        words = ("log", "-m", "--no-renames", "--diff-filter=D", "--no-show-signature", "--format=")
        names = self.repository.run(*words, "--name-only", "-z", self.commit).split(b"\0")
        paths = [PurePosixPath(os.fsdecode(name.lstrip(b"\n"))) for name in names]
        return list(dict.fromkeys(path.parent for path in paths if path.name == INSPECTION))

    def _earlier(
        self, places: Sequence[str], read: Callable[[Path, Entry], _Found | None]
    ) -> list[_Found]:
        known: dict[str, _Found | None] = {}

        def look(commit: str) -> _Found | None:
            for entry in self.repository.tree(commit, *places):
                if entry.is_file and entry.object not in known:
                    with _scratch() as name:
                        self._lay_out([entry], Path(name))
                        known[entry.object] = read(Path(name), entry)
                if entry.is_file and (found := known[entry.object]) is not None:
                    return found
            return None

        return self._last(places, look)

    def _last(self, places: Sequence[str], look: Callable[[str], _Found | None]) -> list[_Found]:
        """Walk back through the commits that changed these places until there is something."""
        parents = self._commits(places)
        waiting = [one for one in parents if one not in {p for ps in parents.values() for p in ps}]
        seen: set[str] = set()
        found: list[_Found] = []
        while waiting and len(seen) < _LOOKED_THROUGH:
            commit = waiting.pop(0)
            if commit in seen:
                continue
            seen.add(commit)
            if (version := look(commit)) is None:
                waiting += parents.get(commit, ())
            elif version not in found:
                found.append(version)
        return [] if waiting else found

    def _commits(self, places: Sequence[str]) -> dict[str, list[str]]:
        """Return the commits that changed any of these places, each with those before it."""
        asked = "".join(f"{line}\n" for line in (self.commit, "--", *places))
        words = ("rev-list", "--full-history", "--parents", "--topo-order", "--stdin")
        answer = self.repository.run(*words, asked=os.fsencode(asked))
        rows = [row.split() for row in answer.decode().splitlines()]
        return {commit: before for commit, *before in rows}


def _read_entry(root: Path, entry: Entry) -> Finding | None:
    """Return the finding that a stored file laid out in a folder says; None where it has errors."""
    finding, problems = read_finding_file(root, PurePosixPath(entry.name).name)
    return None if has_errors(problems) else finding


def _is_of_ledger(name: str) -> bool:
    return name in (INSPECTION, OWN_DAYS_OFF) or is_finding(name)


def _spellings(name: str) -> list[str]:
    """Return the names that a finding's file may have had: 7.yaml and 07.yaml are one finding."""
    number, _, rest = name.partition(".")
    bare = number.lstrip("0") or "0"
    return list(dict.fromkeys((name, *(f"{bare:0>{width}}.{rest}" for width in (1, 2, 3)))))


def revision(root: Path, asked: str) -> Revision:
    """Find a revision of the repository around a ledger; raise WrongUsageError without one."""
    return in_repository(repositories(root, root)[-1], asked)


def in_repository(repository: Repository, asked: str) -> Revision:
    """Find a revision of a repository; raise WrongUsageError where it has none of that name."""
    return Revision(repository, repository.commit(asked), asked)


def renamed_from(revision: Revision, ledger: Ledger) -> PurePosixPath | None:
    """Find the folder a ledger lay in before it was renamed: gone now, and most findings alike."""
    gone = [(revision, one) for one in revision.ledgers() if not revision.still_stands(one)]
    best = _most_alike(gone, ledger)
    return best[0][1] if best else None


def renamed_before(revision: Revision, ledger: Ledger) -> list[tuple[Revision, PurePosixPath]]:
    """Find a ledger that was deleted before a revision and is here again under another name.

    Return the last revisions that had it, one of each line, with its folder then.
    """
    known = set(revision.ledgers())
    deleted = [folder for folder in revision.deleted_ledgers() if folder not in known]
    versions = {folder: revision.earlier_ledgers(folder) for folder in deleted[:_DELETED]}
    return _most_alike([(one, at) for at, ones in versions.items() for one in ones], ledger)


def _most_alike(
    places: Sequence[tuple[Revision, PurePosixPath]], ledger: Ledger
) -> list[tuple[Revision, PurePosixPath]]:
    """Return where the ledger lay that has most findings alike, if these are half of its own."""
    titles = {(finding.number, finding.title) for finding in ledger.findings}
    alike: dict[PurePosixPath, int] = {}
    for revision, folder in places:
        then = revision.read(folder, "")
        same = sum((finding.number, finding.title) in titles for finding in then.findings)
        if 2 * same >= max(1, len(then.findings)):
            alike[folder] = max(same, alike.get(folder, 0))
    best = max(alike, key=alike.__getitem__, default=None)
    return [(revision, folder) for revision, folder in places if folder == best]


def names_ever(root: Path, here: Path) -> list[str]:
    """Return the names that files of a folder have had in any commit of its repository.

    Raise InvalidInputError or WrongUsageError where git does not tell.
    """
    repository = repositories(root, here)[-1]
    place = place_in(repository, root)
    added = ("log", "--all", "--no-renames", "--diff-filter=A", "--no-show-signature", "--format=")
    names = repository.run(*added, "--name-only", "-z", "--", place.as_posix()).split(b"\0")
    paths = map(PurePosixPath, map(os.fsdecode, filter(None, names)))
    return [path.name for path in paths if path.parent == place]
