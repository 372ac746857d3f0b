"""Compare ledgers with an earlier Git revision and report changed history.

What can be compared is: by the last version that could be read, wherever the path of the ledger
leads. What cannot is a problem, and so is a ledger that the revision had and nobody looks at.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from zhenggai.errors import WrongUsageError
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.declaration import replaced
from zhenggai.model.easing import is_replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import Problem, has_errors
from zhenggai.model.record_models import Record
from zhenggai.rules.history_guard import (
    compare,
    gone_ledger,
    new_original,
    not_compared,
    unwatched_ledger,
)
from zhenggai.rules.history_inspections import compare_inspections
from zhenggai.storage.file_names import INSPECTION, LEDGERS, OWN_DAYS_OFF, shown_path
from zhenggai.storage.git import Entry, place_in, repositories
from zhenggai.storage.git_revision import Revision, in_repository, renamed_before, renamed_from
from zhenggai.storage.ledger_texts import LedgerTexts

AUTO = "auto"
"""The revision that the hook at work compares with: pre-commit names it, else the last commit."""


class Search(NamedTuple):
    """Where ledgers were looked for: the folder asked for, if any, and the current one."""

    asked: str | None
    here: Path


class Comparison:
    """A comparison with one revision: the problems, and what is to be said beside them."""

    def __init__(self, since: str, search: Search, clock: Callable[[str], date]) -> None:
        """Take the revision's name, where ledgers were looked for, and the clock by time zone."""
        self._since, self._search, self._clock = since, search, clock
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._taken: dict[Revision, list[PurePosixPath | None]] = {}  # None: was not there

    def compare(self, ledgers: Iterable[tuple[Path, LedgerOnDay]]) -> None:
        """Compare ledgers, each with its folder, and look for those that are missing."""
        looked_at = list(ledgers)
        for root, day in looked_at:
            self._compare_one(root, day)
        for then, taken in self._taken.items():
            roots = [root for root, _ in looked_at]
            self.problems += self._missing(then, taken, roots)

    def _compare_one(self, root: Path, day: LedgerOnDay) -> None:
        then, problem = self._revision(root, day.ledger)
        self.problems += problem
        here = then.place_of(root)
        if obstacle := then.in_the_way(here):
            what = "链接" if obstacle.mode == "120000" else "子模块"
            why = f"版本{self._since}里“{obstacle.name}”是{what}，这本台账无从比较"
            self.problems.append(not_compared(day.ledger, INSPECTION, why))
            self._taken.setdefault(then, []).append(here)
            return
        folder = here if then.holds(here) else renamed_from(then, day.ledger)
        self._taken.setdefault(then, []).append(folder)
        olds = [(then, folder)] if folder is not None else []
        if folder is None:
            olds = [(one, here) for one in then.earlier_ledgers(here)]
            olds = olds or renamed_before(then, day.ledger)
        if not olds and then.repository.is_shallow():
            why = f"版本{self._since}里没有这本台账，仓库是浅克隆，更早有没有不知道"
            self.problems.append(not_compared(day.ledger, INSPECTION, why))
        elif not olds:
            name = day.ledger.name
            self.notes.append(f"版本{self._since}里尚无台账“{name}”，没有可比较的历史")
            self.problems += LedgerTexts(root).placed(new_original(day.ledger))
        elif folder is None:
            name = day.ledger.name
            self.notes.append(f"版本{self._since}里没有台账“{name}”，与更早的版本比较")
        elif folder != here:
            name = day.ledger.name
            self.notes.append(f"台账“{name}”在版本{self._since}里是{folder}，按改名比较")
        # By the day of the check, too: a record written after a deadline and dated before it
        # would pass where the revision is older than the deadline.
        zone = day.ledger.inspection.time_zone
        seen_on = max(day.today, min(then.made_on(zone), self._clock(zone)))
        found: dict[Problem, None] = {}
        for revision, place in olds:
            pair = _Pair(revision, place, root, day)
            found |= dict.fromkeys(pair.problems(self._since, seen_on))
            self.notes += pair.notes
        self.problems += LedgerTexts(root).placed(found)

    def _revision(self, root: Path, ledger: Ledger) -> tuple[Revision, list[Problem]]:
        """Return the revision to compare a ledger with: of the repository that is checked.

        A ledger that lies in another repository inside that one is compared with the commit
        that was recorded of it; if there were files of its own, they have left the repository.
        """
        outer, *inner = repositories(root, self._search.here)
        asked = _named(self._since, os.environ)
        if not inner:
            return in_repository(outer, asked), []
        try:
            then = in_repository(outer, asked)
        except WrongUsageError:
            return in_repository(inner[0], asked), []
        place = then.place_of(root)
        if then.holds(place):
            message = f"台账“{ledger.name}”变成了另一个Git仓库（子模块），这个仓库看不到它的改动了"
            hint = "把台账的文件放回这个仓库"
            path = shown_path(ledger.folder, INSPECTION)
            return then, [unwatched_ledger(path, message, hint)]
        obstacle = then.in_the_way(place)
        if obstacle and obstacle.mode == "160000":
            return in_repository(inner[0], obstacle.object), []
        return then, []

    def _missing(
        self, then: Revision, taken: Sequence[PurePosixPath | None], roots: Sequence[Path]
    ) -> Iterator[Problem]:
        """Name the ledgers of a revision that are gone, or are there and not looked at.

        Gone are those beside the ledgers that are checked, and those that the same search would
        have found; where one of these was not there then, it may be any other under a new name.
        """
        places = {place_in(then.repository, root) for root in roots if _lies_in(then, root)}
        beside = {place.parent for place in places}
        searched = set(_searched(then, self._search))
        for folder in then.ledgers():
            if folder in taken or folder in places:
                continue
            path = shown_path(folder.as_posix(), INSPECTION)
            if then.still_stands(folder):
                if folder in searched:
                    message = "以前的版本里检查过这本台账，这次未检查它"
                    hint = "移走别处多出的inspection.yaml或ledgers文件夹，或用 --ledger 指明它"
                    yield unwatched_ledger(path, message, hint)
            elif folder.parent in beside or folder in searched or None in taken:
                if _is_left_out(then, folder):
                    self.notes.append(f"台账{folder}未签出（稀疏检出），未检查")
                else:
                    yield gone_ledger(path)


def _named(since: str, environment: Mapping[str, str]) -> str:
    """Return the revision that is meant: `auto` is what the hook says."""
    if since != AUTO:
        return since
    return environment.get("PRE_COMMIT_FROM_REF") or "HEAD"


def pushed_otherwise(
    since: str, roots: Iterable[Path], here: Path, environment: Mapping[str, str]
) -> str | None:
    """Return the commit to be pushed where a ledger's files are not as in it."""
    pushed = environment.get("PRE_COMMIT_TO_REF")
    if since != AUTO or not pushed:
        return None
    for root in roots:
        repository = repositories(root, here)[0]
        commit = repository.commit(pushed)
        if repository.differs(commit, place_in(repository, root).as_posix()):
            return pushed
    return None


def _lies_in(then: Revision, root: Path) -> bool:
    try:
        place_in(then.repository, root)
    except ValueError:
        return False
    return True


def _searched(then: Revision, search: Search) -> list[PurePosixPath]:
    """Return the ledgers of a revision that the search for ledgers would have found in it."""
    known = set(then.ledgers())
    start = Path(os.path.abspath(search.here / (search.asked or "")))  # noqa: PTH100
    for way in (start, *start.parents):
        if not _lies_in(then, way):
            break
        place = place_in(then.repository, way)
        if place in known:
            return [place]
        inside = [one for one in known if one != place and one.parent == place / LEDGERS]
        if search.asked:
            return [*inside, *(one for one in known if one != place and one.parent == place)]
        if inside:
            return inside
    return []


def _is_left_out(then: Revision, folder: PurePosixPath) -> bool:
    """Whether a ledger is only not checked out, and in the index as it was."""
    index = then.repository.skipped(folder.as_posix())
    return all(
        (entry := index.get((folder / name).as_posix())) and entry.object == old.object
        for name, old in then.entries(folder).items()
    )


class _Pair:
    """A ledger now and in a revision."""

    def __init__(self, then: Revision, place: PurePosixPath, root: Path, day: LedgerOnDay) -> None:
        self._then, self._place, self._root = then, place, root
        self._new, self._today = day.ledger, day.today
        self._seen: dict[str, _Seen] = {}
        ledger = day.ledger
        self.notes: list[str] = []
        self._now = {finding.number for finding in ledger.findings}
        self._unread = {_number(name) for name in ledger.unreadable}

    def problems(self, since: str, seen_on: date) -> Iterator[Problem]:
        """Yield what is not as it was; positions are still to be found."""
        new = self._new
        old = self._then.read(self._place, new.folder)
        old, left_out = self._without_left_out(old, since)
        yield from left_out
        findings, failed, mended = self._earlier_findings(old)
        for name in failed:
            yield not_compared(new, name, f"版本{since}里{name}无法读取，更早也没有能读的版本")
        inspections = self._earlier_inspections(old)
        if inspections is None:
            why = f"版本{since}里{INSPECTION}无法读取，更早也没有能读的版本"
            yield not_compared(new, INSPECTION, why)
            inspections = [new.inspection]
        elif inspections:
            mended = [*mended, INSPECTION]
        if _is_broken(old, OWN_DAYS_OFF):
            yield not_compared(new, OWN_DAYS_OFF, f"版本{since}里{OWN_DAYS_OFF}有错误")
        if mended:
            names = "、".join(mended)
            self.notes.append(f"版本{since}里{names}不存在或无法读取，与更早的版本比较")
        one, *others = inspections or [old.inspection]
        kept = tuple(name for name in old.unreadable if _number(name) not in self._now)
        everything = (*old.findings, *findings)
        whole = old._replace(inspection=one, findings=everything, unreadable=kept)
        yield from compare(whole, new, seen_on, self._first_seen)
        for inspection in others:
            yield from compare_inspections(inspection, new)

    def _first_seen(self, finding: Finding, entry: Record | Measure) -> date:
        """Return the day of the earliest commit that holds a record, or a measure as done.

        That is today where none does.
        """
        if finding.id not in self._seen:
            places = list(dict.fromkeys((self._place, self._then.place_of(self._root))))
            self._seen[finding.id] = _Seen(
                (revision.made_on(self._new.inspection.time_zone), version)
                for revision, version in self._then.versions_since(places, finding.file_name)
            )
        return min([*self._seen[finding.id].days(entry), self._today])

    def _earlier_findings(self, old: Ledger) -> tuple[list[Finding], list[str], list[str]]:
        """Return earlier versions of the findings that the revision has none of.

        That are those it could not read, and those that were deleted before and are there again;
        and the names of the files that have no earlier version, and of those that have.
        """
        known = {finding.number for finding in old.findings} | self._unread
        broken = {_number(name): name for name in old.unreadable}
        again = [one for one in self._new.findings if one.number not in known | broken.keys()]
        wanted = [one.file_name for one in again]
        if not self._then.ever_had(self._place, wanted):
            again = []
        found: list[Finding] = []
        failed: list[str] = []
        mended: list[str] = []
        now = {finding.number: finding.file_name for finding in self._new.findings}
        for number, name in broken.items():
            if number in now and number not in known:
                versions = self._then.earlier_findings(self._place, name)
                (mended if versions else failed).append(now[number])
                found += versions
        for finding in again:
            versions = self._then.earlier_findings(self._place, finding.file_name)
            if versions:
                mended.append(finding.file_name)
            found += versions
        return found, failed, mended

    def _earlier_inspections(self, old: Ledger) -> list[Inspection] | None:
        """Return earlier versions of an inspection that could not be read; None without one.

        Where it could be read, or cannot be now, there is nothing to look for.
        """
        if not _is_broken(old) or _is_broken(self._new):
            return []
        days_off = old.inspection.days_off
        earlier = self._then.earlier_inspections(self._place)
        return [replaced(one, days_off=days_off) for one in earlier] or None

    def _without_left_out(self, old: Ledger, since: str) -> tuple[Ledger, list[Problem]]:
        """Return the old ledger without what is not checked out and in the index as it was."""
        missing = [
            name
            for name in (*(one.file_name for one in old.findings), *old.unreadable)
            if _number(name) not in self._now | self._unread
        ]
        if not missing:
            return old, []
        index = self._then.repository.skipped(self._then.place_of(self._root).as_posix())
        if not index:
            return old, []
        entries = self._then.entries(self._place)
        here = self._then.place_of(self._root)
        left: list[str] = []
        problems: list[Problem] = []
        for name in missing:
            entry: Entry | None = index.get((here / name).as_posix())
            if entry is None or os.path.lexists(self._root / name):
                continue
            left.append(name)
            if entry.object != entries[name].object:
                why = f"{name}未签出（稀疏检出），与版本{since}不同"
                problems.append(not_compared(self._new, name, why))
        if left:
            self.notes.append(f"{'、'.join(left)}未签出（稀疏检出），未检查")
        rest = tuple(one for one in old.findings if one.file_name not in left)
        unread = tuple(name for name in old.unreadable if name not in left)
        return old._replace(findings=rest, unreadable=unread), problems


class _Seen:
    """On which days the versions of a finding have a record, or a measure as done.

    A day of entry that was added later makes it no other record; a measure done is the same in
    these words or similar ones.
    """

    def __init__(self, versions: Iterable[tuple[date, Finding]]) -> None:
        self._records: dict[Record, date] = {}
        self._done: list[tuple[date, dict[date, dict[str, None]]]] = []
        for day, version in versions:
            for record in version.records:
                meant = replaced(record, entered_on=None)
                self._records[meant] = min(day, self._records.get(meant, day))
            done: dict[date, dict[str, None]] = {}
            for measure in version.measures:
                if measure.done_on is not None:
                    done.setdefault(measure.done_on, {})[measure.text] = None
            self._done.append((day, done))

    def days(self, entry: Record | Measure) -> list[date]:
        """Return the days of the versions that have it; of a record only the first."""
        if not isinstance(entry, Measure):
            day = self._records.get(replaced(entry, entered_on=None))
            return [] if day is None else [day]
        if entry.done_on is None:
            return []
        return [
            day
            for day, done in self._done
            if entry.text in (texts := done.get(entry.done_on, {}))
            or any(not is_replaced(one, entry.text) for one in texts)
        ]


def _number(name: str) -> int:
    return int(name.partition(".")[0])


def _is_broken(ledger: Ledger, name: str = INSPECTION) -> bool:
    path = shown_path(ledger.folder, name)
    return has_errors(one for one in ledger.problems if one.path == path)
