"""`zhenggai upgrade`: a ledger of format 1 becomes one of format 2."""

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli.console import answered, say, screen, tell
from zhenggai.cli.edit_options import filled
from zhenggai.cli.ledger_access import (
    asked_day,
    clock,
    open_folders,
    report,
    tell_of_half_changed,
)
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.lifecycle import Head, Retitle
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.ledger.upgrading import (
    EVERY,
    NONE,
    LoggedVisit,
    UnknownVisitError,
    chosen_visits,
    logged_visits,
)
from zhenggai.model.declaration import replaced
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.problem import has_errors
from zhenggai.model.terms import Action
from zhenggai.model.values import NEWEST_FORMAT
from zhenggai.storage.edited_file import open_finding, open_inspection
from zhenggai.storage.file_names import INSPECTION, JOURNAL, shown_path
from zhenggai.storage.ledger_folder import read_ledgers
from zhenggai.storage.locking import locked
from zhenggai.storage.scaffold import new_identifier
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.nodes import to_data
from zhenggai.storage.yaml.text_edits import apply
from zhenggai.views.columns import Column
from zhenggai.views.edits import difference
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding, Ledger
    from zhenggai.storage.edited_file import OpenedFinding, OpenedInspection
    from zhenggai.storage.ledger_folder import LedgerFolder

_FORMAT = "格式"
_NAMED_AT_MOST = 10


def _suggestion(visit: LoggedVisit) -> str:
    return Action.PROGRESS.value if visit.is_likely else Action.SUPERVISION.value


_COLUMNS: tuple[Column[LoggedVisit], ...] = (
    Column("name", "编号", lambda one: one.name),
    Column("on", "日期", lambda one: one.record.on),
    Column("by", "经办人", lambda one: one.record.by),
    Column("suggestion", "建议", _suggestion),
    Column("note", "情况", lambda one: one.record.note, shrinks=True),
)


class _Upgrade(NamedTuple):
    """A ledger of format 1, and which of its visits become reports."""

    folder: "LedgerFolder"
    ledger: "Ledger"
    chosen: Sequence[LoggedVisit]


class _ChangedFile(NamedTuple):
    """A file before and after: what is read, and what is written."""

    path: "Path"
    before: str
    after: str
    old: bytes
    new: bytes


@command(
    """把旧格式的台账升级到格式2：责任科室自报的“进展”和督查单位的“督查”分开。

        列出每条督查，问哪些是自报的进展，只改它们的“事项”，并写上“格式: 2”，其他一字不动。

        建议：经办人是这个问题的责任科室或责任人的，改为进展。""",
    examples="""
zhenggai upgrade --dry-run
zhenggai upgrade --yes
zhenggai upgrade --progress 7.1,7.3-7.5,8""",
)
def upgrade(
    progress: Annotated[
        str | None,
        typer.Option(
            "--progress",
            metavar="编号",
            help=f"改为进展的督查：7.2、7.1-7.3、7（这个问题的）、1-5、{EVERY} 或 {NONE}。",
            callback=filled,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，按建议改。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False,
    *,
    where: Where,
) -> ExitCode:
    """Tell reports from visits in the ledgers of format 1 that the command line means."""
    if yes and progress is not None:
        raise WrongUsageError("--yes 和 --progress 只能用一个；--yes 是按建议改")
    folders = open_folders(where.ledger, for_change=True)
    if dry_run:
        tell_of_half_changed(folders)
    elif _finish_interrupted(folders):
        folders = open_folders(where.ledger, for_change=True)
    old = [
        (folder, _sound(ledger))
        for folder, ledger in zip(folders, read_ledgers(folders), strict=True)
        if not _is_newest(folder, ledger)
    ]
    if progress is not None and len(old) > 1:
        names = "、".join(ledger.name for _, ledger in old)
        raise WrongUsageError(f"--progress 一次用于一本台账，这里有{names}；用 --ledger 指明")
    upgrades = [
        _Upgrade(folder, ledger, _choose(ledger, progress, yes=yes, dry_run=dry_run))
        for folder, ledger in old
    ]
    day = asked_day(where.today)
    for one in upgrades:
        _carry_out(one, day or clock(one.ledger.inspection.time_zone), dry_run=dry_run)
    return ExitCode.OK


def _finish_interrupted(folders: "list[LedgerFolder]") -> bool:
    """Complete what a killed command left half done; return whether there was anything.

    It may have been this one: what it had not yet written must not be asked about again.
    """
    begun = [one.root for one in folders if os.path.lexists(one.root / JOURNAL)]
    for root in begun:
        with locked(root):
            pass  # taking the lock completes it
    return bool(begun)


def _sound(ledger: "Ledger") -> "Ledger":
    """Return a ledger that could be read whole; raise InvalidInputError for any other."""
    if has_errors(ledger.problems):
        report(ledger.problems)
        raise InvalidInputError(f"台账“{ledger.name}”有文件无法读取，未改动任何文件；请先改正")
    return ledger


def _is_newest(folder: "LedgerFolder", ledger: "Ledger") -> bool:
    newest = ledger.inspection.format == NEWEST_FORMAT
    if newest:
        say(f"台账“{ledger.name}”已是格式{NEWEST_FORMAT}，未改动")
        _propose_identifier(folder, ledger.inspection)
    return newest


# -- which visits were reports ----------------------------------------------------------------


def _choose(
    ledger: "Ledger", progress: str | None, *, yes: bool, dry_run: bool
) -> list[LoggedVisit]:
    """Show every visit of a ledger, and return those that become reports."""
    visits = logged_visits(ledger.findings, ledger.inspection)
    if not visits:
        return []
    say(f"台账“{ledger.name}”有{len(visits)}条督查：")
    say(screen().table(_COLUMNS, visits))
    likely = [one for one in visits if one.is_likely]
    if progress is not None:
        try:
            return chosen_visits(visits, progress)
        except UnknownVisitError as error:
            raise WrongUsageError(f"--progress：{error}") from None
    if yes or dry_run:
        return likely
    return _ask(visits, likely)


def _ask(visits: Sequence[LoggedVisit], likely: list[LoggedVisit]) -> list[LoggedVisit]:
    """Ask at a terminal which visits were reports, until the answer can be understood."""
    question = (
        "哪些是责任科室自报的进展？\n"
        f"写编号（如 7.2、7.1-7.3、7）、{EVERY} 或 {NONE}，直接回车按建议（{len(likely)}条）："
    )
    while True:
        answer = answered(question)
        if answer is None:
            raise WrongUsageError(
                "哪些督查是责任科室自报的进展，要由熟悉台账的人指明；"
                f"加 --yes 按建议改，或用 --progress 写编号、{EVERY} 或 {NONE}"
            )
        if not answer:
            tell("")
            raise typer.Abort
        if not answer.strip():
            return likely
        try:
            return chosen_visits(visits, answer)
        except UnknownVisitError as error:
            tell(str(error))


# -- writing ----------------------------------------------------------------------------------


class _Changes(NamedTuple):
    """The files of a ledger that change, and what they say then."""

    files: list[_ChangedFile]
    findings: "dict[str, Finding]"
    inspection: "Inspection"


def _carry_out(one: _Upgrade, today: date, *, dry_run: bool) -> None:
    """Change a ledger's files together, or show what would change; say what that comes to."""
    root = one.folder.root
    if dry_run:
        changes = _changes(one)
        for file in changes.files:
            say(difference(shown_path(one.folder.shown, file.path.name), file.before, file.after))
    else:
        with locked(root), transaction(root) as change:
            changes = _changes(one)
            for file in changes.files:
                change.stage(file.path, file.old, file.new)
            change.commit()
    would = "将升级" if dry_run else "已升级"
    kept = len(logged_visits(one.ledger.findings, one.ledger.inspection)) - len(one.chosen)
    say(
        f"台账“{one.ledger.name}”{would}到格式{NEWEST_FORMAT}："
        f"{len(one.chosen)}条督查改为进展，{kept}条仍是督查"
    )
    if moved := list(_moved(one, changes, today)):
        say(f"整改状态或时限情况随之改变的有{len(moved)}个：{some(moved, _NAMED_AT_MOST)}")
    say("以上只是预览，未写入" if dry_run else "下一步：zhenggai check")
    _propose_identifier(one.folder, changes.inspection)


def _propose_identifier(folder: "LedgerFolder", inspection: "Inspection") -> None:
    """Say how a ledger without an identifier gets one."""
    if inspection.identifier is None:
        feedback = str(inspection.feedback_on or "")
        unit, group = inspection.unit or "", inspection.inspected_by or ""
        proposed = new_identifier(folder.root, unit, group, feedback)
        tell(
            f"台账“{folder.name}”没有标识，以后的台账无法指明这里的问题；"
            f"可在{INSPECTION}里加一行“标识: {proposed}”，定了就不再改"
        )


def _changes(one: _Upgrade) -> _Changes:
    """Return what is to be written, by the files as they are now; the inspection comes last.

    Raise RefusedError where a file has changed since its visits were listed.
    """
    files: list[_ChangedFile] = []
    findings: dict[str, Finding] = {}
    for finding in one.ledger.findings:
        edits = [
            Retitle(visit.place, Action.PROGRESS)
            for visit in one.chosen
            if visit.finding is finding
        ]
        if edits:
            opened = open_finding(one.folder, finding.file_name, finding.id)
            if opened.finding != finding:
                raise _changed_meanwhile(finding.file_name)
            text, data = apply(opened.text, opened.node, edits)
            after, problems = decode_finding(data, finding.id)
            if after is None:
                raise RefusedError(f"未写入：{problems[0].message}；{problems[0].hint}")
            findings[finding.id] = after
            files.append(_changed_file(opened, text))
    head = open_inspection(one.folder)
    days_off = one.ledger.inspection.days_off
    now = replaced(decode_inspection(to_data(head.node))[0], days_off=days_off)
    if now != one.ledger.inspection:
        raise _changed_meanwhile(INSPECTION)
    text, data = apply(head.text, head.node, [Head(_FORMAT, str(NEWEST_FORMAT))])
    files.append(_changed_file(head, text))
    after_all = replaced(decode_inspection(data)[0], days_off=days_off)
    return _Changes(files, findings, after_all)


def _changed_file(opened: "OpenedFinding | OpenedInspection", text: str) -> _ChangedFile:
    old, new = opened.encoded(opened.text), opened.encoded(text)
    return _ChangedFile(opened.path, opened.text, text, old, new)


def _changed_meanwhile(name: str) -> RefusedError:
    return RefusedError(f"“{name}”刚刚被其他程序改过，未写入；请重新执行一次")


def _moved(one: _Upgrade, changes: _Changes, today: date) -> "Iterator[str]":
    """Name the findings that stand otherwise by the new meaning, with where they stand then."""
    old, new = terms(one.ledger.inspection), terms(changes.inspection)
    for finding in one.ledger.findings:
        before = standing(timeline(finding), today, old)
        after = standing(timeline(changes.findings.get(finding.id, finding)), today, new)
        then, now = (before.stage, before.timing), (after.stage, after.timing)
        if then != now:
            words = [
                f"{was}改为{is_now}" for was, is_now in zip(then, now, strict=True) if was != is_now
            ]
            yield f"{finding.id}（{'，'.join(words)}）"
