"""Shared steps of the edit commands: lock, plan, validate, write and report."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from zhenggai.cli.console import say, tell
from zhenggai.cli.edit_options import EditOptions
from zhenggai.cli.finding_search import find
from zhenggai.cli.ledger_access import asked_day, clock, open_folders, tell_of_half_changed
from zhenggai.cli.progress import digesting
from zhenggai.cli.typed_ids import typed_ids
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError
from zhenggai.exporters import registry
from zhenggai.ledger.journal import fold
from zhenggai.ledger.lifecycle import Case, Plan
from zhenggai.ledger.measure_standing import measure_standings
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import LedgerOnDay, lines, standing
from zhenggai.model.decoding import decode_finding
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.terms import Severity
from zhenggai.rules import is_timing
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.discovery import current_folder
from zhenggai.storage.edited_file import open_finding
from zhenggai.storage.evidence import Digests, evidence, evidence_names
from zhenggai.storage.file_names import INSPECTION, shown_path
from zhenggai.storage.ledger_folder import read_registers
from zhenggai.storage.ledger_texts import LedgerTexts
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.nodes import Mapping, parse
from zhenggai.storage.yaml.text_edits import apply
from zhenggai.views.edits import Edit, EditReport

if TYPE_CHECKING:
    from zhenggai.ledger.lifecycle import EvidenceFile
    from zhenggai.ledger.measure_standing import MeasureStanding
    from zhenggai.ledger.register import Terms
    from zhenggai.ledger.standing import Line, Standing
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding
    from zhenggai.model.problem import Problem
    from zhenggai.storage.edited_file import OpenedFinding
    from zhenggai.storage.ledger_folder import LedgerFolder


_SAME_HAND = "J512"
_ADVERSE_RECHECK = "J542"


class EditedLedger:
    """A ledger of which findings are to be changed: its folder, its inspection, the day."""

    def __init__(self, folder: "LedgerFolder", asked: date | None) -> None:
        self.folder, self._asked = folder, asked
        self._told: set[str] = set()

    @cached_property
    def today(self) -> date:
        """The day that counts: the one asked for, else what the ledger's clock says."""
        return self._asked or clock(self.inspection.time_zone)

    @cached_property
    def digests(self) -> Digests:
        """The digests of its evidence, so that a file is not read again to judge a change."""
        return Digests(self.folder.root)

    @property
    def inspection(self) -> "Inspection":
        """What inspection.yaml says."""
        return self.folder.inspection[0]

    @property
    def terms(self) -> "Terms":
        """What it reckons by."""
        return terms(self.inspection)

    def tell_once(self, sentence: str) -> None:
        """Tell what holds for every finding that is changed."""
        if sentence not in self._told:
            self._told.add(sentence)
            tell(sentence)


class Target(NamedTuple):
    """A finding to be changed: its ledger, its file as read, and how the user named it.

    `is_ranged` tells that only a range (1-5) means it.
    """

    ledger: EditedLedger
    opened: "OpenedFinding"
    asked: str
    is_ranged: bool = False

    @property
    def key(self) -> tuple[Path, str]:
        """Return the key that identifies this finding among all ledgers."""
        return self.ledger.folder.root, self.opened.finding.id

    def reopened(self) -> "OpenedFinding":
        """Return the file as it is now: read again only where it has changed."""
        if self.opened.is_current:
            return self.opened
        return open_finding(self.ledger.folder, self.opened.path.name, self.asked)


class Change(NamedTuple):
    """One finding's file before and after."""

    ledger: EditedLedger
    opened: "OpenedFinding"
    plan: "Plan"
    text: str
    after: "Finding"
    remarks: tuple[str, ...] = ()
    """What `check` will warn of once this is written, and does not now."""

    @property
    def is_none(self) -> bool:
        """Whether there was nothing to write."""
        return not self.plan.edits

    def standing(self) -> "Standing":
        """Return where the finding stands once this is written."""
        ledger = self.ledger
        return standing(timeline(self.after), ledger.today, terms(ledger.inspection))

    def measure_standings(self) -> "list[MeasureStanding]":
        """Return where the measures of the finding, which is open, then stand."""
        ledger, events = self.ledger, timeline(self.after)
        journal = fold(events, terms(ledger.inspection), ledger.today)
        return measure_standings(journal, events, ledger.today, is_open=True)


class EditedLedgers:
    """The ledgers that the command line means."""

    def __init__(self, options: EditOptions) -> None:
        day = asked_day(options.today)
        self._folders = open_folders(options.ledger, for_change=True)
        self._ledgers = {folder.root: EditedLedger(folder, day) for folder in self._folders}

    def targets(self, asked: Sequence[str]) -> list[Target]:
        """Return the findings meant by ids and ranges (7, 7号, 1-5, ledger/07), each once.

        Each is read once; raise InvalidInputError where one has errors.
        """
        found: dict[tuple[Path, str], Target] = {}
        for one in asked:
            for single, is_ranged in typed_ids(one):
                folder, finding_id = find(self._folders, single)
                if (folder.root, finding_id) not in found:
                    opened = open_finding(folder, f"{finding_id}.yaml", single)
                    target = Target(self._ledgers[folder.root], opened, single, is_ranged)
                    found[target.key] = target
        return list(found.values())

    def lines(self) -> "list[Line]":
        """Return every line of the ledgers, as on their day; what cannot be read is told."""
        return [line for _, found in self._lines for line in found]

    @cached_property
    def _lines(self) -> "list[tuple[LedgerFolder, list[Line]]]":
        """The lines of each ledger, read once, so that what cannot be read is told once."""
        found = []
        for folder, read in zip(self._folders, read_registers(self._folders), strict=True):
            if read.unreadable:
                tell(f"警告：无法读取，未计入：{'、'.join(read.unreadable)}")
            found.append((folder, lines(read, self._ledgers[folder.root].today)))
        return found

    def picked(self, is_meant: "Callable[[Line], bool]") -> list[Target]:
        """Return the findings whose lines are meant."""
        return [
            Target(
                self._ledgers[folder.root],
                open_finding(folder, f"{line.row.id}.yaml", line.row.id),
                line.row.id,
            )
            for folder, found in self._lines
            for line in found
            if is_meant(line)
        ]


def targets(asked: Sequence[str], options: EditOptions) -> list[Target]:
    """Return the findings meant by ids and ranges, in the ledgers that the command line means."""
    return EditedLedgers(options).targets(asked)


def refuse_unread_rules(chosen: Sequence[Target]) -> None:
    """Refuse where the procedure cannot be read: without it one signature would be enough."""
    for folder in {target.ledger.folder.root: target.ledger.folder for target in chosen}.values():
        for problem in folder.shown_problems(folder.inspection[1]):
            if problem.severity is Severity.ERROR and problem.path.endswith(INSPECTION):
                place = f"{problem.path}:{problem.line}:{problem.column}"
                raise InvalidInputError(
                    f"{place}: {problem.sentence}；销号程序要从这里读取，请先改正再销号"
                )


def without_closed(chosen: Sequence[Target]) -> list[Target]:
    """Return the targets but for closed findings that only a range means; name those."""
    left: list[Target] = []
    skipped: list[Target] = []
    for target in chosen:
        journal = fold(timeline(target.opened.finding), terms(target.ledger.inspection))
        ended = journal.closed_on is not None or journal.withdrawn_on is not None
        (skipped if ended and target.is_ranged else left).append(target)
    ids = "、".join(one.opened.finding.id for one in skipped)
    if not left:
        raise RefusedError(f"问题{ids}已销号或撤销登记，未写入；要登记的，写明编号")
    if skipped:
        tell(f"已销号或撤销登记的跳过：{ids}")
    return left


def evidence_files(ledger: EditedLedger, named: Sequence[str] | None) -> "list[EvidenceFile]":
    """Take up files of evidence for a finding of this ledger."""
    root, here = ledger.folder.root, current_folder()
    names = [name for one in named or () for name in evidence_names(root, here, one)]
    with digesting() as progress:
        files = [evidence(root, here, name, progress) for name in names]
    return list(dict.fromkeys(files))


def carry_out(
    chosen: Sequence[Target], plan: "Callable[[EditedLedger, Case], Plan]", options: EditOptions
) -> list[Change]:
    """Plan a change of each finding on the files as they are now, then write them all."""
    return carry_out_each(chosen, lambda _: [plan], options)


Planning: TypeAlias = "Callable[[EditedLedger, Case], Plan]"
"""What plans one step, on a finding as the steps before have left it."""


class NewFile(NamedTuple):
    """A finding's file that is written together with changes."""

    path: Path
    content: bytes


def carry_out_each(
    chosen: Sequence[Target],
    plans: "Callable[[Finding], Sequence[Planning]]",
    options: EditOptions,
    new_files: Callable[[], Sequence[NewFile]] = tuple,
    *,
    root: Path | None = None,
) -> list[Change]:
    """Plan what is to be done to each finding, one step after another, then write them all.

    Everything is planned and proved before the first file is written; the ledgers are locked
    from reading to writing. `new_files`, of the ledger at `root`, are asked for under the lock.
    """
    if options.dry_run:
        tell_of_half_changed({one.ledger.folder.root: one.ledger.folder for one in chosen}.values())
    with ExitStack() as stack:
        if not options.dry_run:
            roots = {one.ledger.folder.root.resolve() for one in chosen}
            for one in sorted(roots | ({root.resolve()} if root else set())):
                stack.enter_context(locked(one))
        changes = [_prepare(one, plans) for one in chosen]
        files = new_files()
        if not options.dry_run:
            _write([change for change in changes if not change.is_none], files)
    return changes


def _write(changes: Sequence[Change], new_files: Sequence[NewFile] = ()) -> None:
    """Write the files of each ledger together; say which ledgers are written where one fails."""
    ledgers: dict[Path, list[Change]] = {}
    for change in changes:
        ledgers.setdefault(change.opened.path.parent, []).append(change)
    for file in new_files:
        ledgers.setdefault(file.path.parent, [])
    with ExitStack() as stack:
        together = {root: stack.enter_context(transaction(root)) for root in ledgers}
        for root, group in ledgers.items():
            for change in group:
                opened = change.opened
                together[root].stage(opened.path, opened.content, opened.encoded(change.text))
        for file in new_files:
            together[file.path.parent].stage(file.path, None, file.content)
        done: list[Path] = []
        try:
            for root, ledger in together.items():
                ledger.commit()
                done.append(root)
        except RefusedError as error:
            if not done:
                raise
            written = "、".join(_named(group) for root, group in ledgers.items() if root in done)
            left = "、".join(_named(group) for root, group in ledgers.items() if root not in done)
            raise RefusedError(f"{error}；{written}已经写入，{left}未写入") from None


def _named(changes: Sequence[Change]) -> str:
    """Name the findings of one ledger that change."""
    ids = "、".join(change.opened.finding.id for change in changes)
    return f"“{changes[0].ledger.folder.name}”的问题{ids}"


def _prepare(target: Target, plans: "Callable[[Finding], Sequence[Planning]]") -> Change:
    ledger, opened = target.ledger, target.reopened()
    text, after = opened.text, opened.finding
    node: Mapping | None = opened.node
    taken: list[Plan] = []
    for plan in plans(opened.finding):
        planned = plan(ledger, Case(after, ledger.inspection))
        taken.append(planned)
        if planned.edits:
            text, data = apply(text, node or _node(text), planned.edits)
            node, after = None, _decoded(data, opened.finding.id)
    whole = Plan(
        tuple(edit for one in taken for edit in one.edits),
        "；".join(one.done for one in taken),
        tuple(warning for one in taken for warning in one.warnings),
    )
    if not whole.edits:
        return Change(ledger, opened, whole, opened.text, opened.finding)
    refuse_typed(after, opened.finding)
    remarks = _new_warnings(ledger, opened, after, text)
    if whole.warnings:
        remarks.pop(_SAME_HAND, None)  # the plan has said so itself
    remarks.pop(_ADVERSE_RECHECK, None)  # what a recheck comes to is in its own sentence
    return Change(ledger, opened, whole, text, after, tuple(chain(*remarks.values())))


def _node(text: str) -> Mapping:
    """Return the nodes of a text that was just proved to be a finding's."""
    node, _ = parse(text, "")
    if node is None:
        raise AssertionError(text)
    return node


def _decoded(data: dict[str, Any], finding_id: str) -> "Finding":
    finding, problems = decode_finding(data, finding_id)
    if finding is None:
        raise RefusedError(f"未写入：{problems[0].message}；{problems[0].hint}")
    return finding


def _new_warnings(
    ledger: EditedLedger, opened: "OpenedFinding", after: "Finding", text: str
) -> dict[str, list[str]]:
    """Return by code what `check` would warn of in the changed finding and does not now.

    Raise RefusedError where it would find an error that it does not find now.
    """
    known = Counter((one.code, one.message) for one in _found(ledger, opened.finding, opened.text))
    remarks: dict[str, list[str]] = {}
    for problem in _found(ledger, after, text):
        if known[problem.code, problem.message]:
            known[problem.code, problem.message] -= 1
            continue
        if problem.severity is Severity.ERROR:
            raise RefusedError(
                f"未写入：这样改会使台账有错误（{problem.code}）：{problem.sentence}"
            )
        if problem.severity is Severity.WARNING:
            remarks.setdefault(problem.code, []).append(f"{problem.sentence}（{problem.code}）")
    return remarks


def _found(ledger: EditedLedger, finding: "Finding", text: str) -> "list[Problem]":
    """Return what is wrong with one finding; what comes of time passing is left out."""
    folder = ledger.folder
    alone = Ledger(folder.name, folder.shown, ledger.inspection, (finding,))
    name = finding.file_name
    texts = LedgerTexts(folder.root, {name: text})
    day = LedgerOnDay(alone, ledger.today)
    problems = examine_ledger(day, folder.root, file_name=name, texts=texts, digests=ledger.digests)
    return [problem for problem in problems if not is_timing(problem)]


def tell_changes(
    changes: Sequence[Change], options: EditOptions, whats_next: Callable[[Change], str]
) -> ExitCode:
    """Say what happened in the format asked for, and give the exit code."""
    for warning in (one for change in changes for one in change.plan.warnings):
        tell(f"警告：{warning}")
    for change in changes:
        for remark in change.remarks:
            tell(f"提醒（问题{change.after.id}）：{remark}")
    edits = [
        Edit(
            ledger=change.ledger.folder.name,
            id=change.after.id,
            path=shown_path(change.ledger.folder.shown, change.opened.path.name),
            before=change.opened.text,
            after=change.text,
            is_changed=not change.is_none,
            message=change.plan.done,
            standing=change.standing,
            whats_next=partial(whats_next, change),
        )
        for change in changes
    ]
    written = registry.writer("edits", options.style)(
        EditReport(edits, options.dry_run, options.quiet)
    )
    if written:
        say(written)
    return ExitCode.OK
