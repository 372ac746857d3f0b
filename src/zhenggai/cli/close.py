"""`zhenggai close`: strike findings off, or sign the next step towards it."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import ask
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.closing_procedure import plan_close
from zhenggai.ledger.journal import fold
from zhenggai.ledger.lifecycle import Signature
from zhenggai.ledger.register import row, terms, timeline
from zhenggai.ledger.standing import lines, open_measures
from zhenggai.model.terms import AWAITING, Stage
from zhenggai.storage.ledger_folder import read_registers
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan
    from zhenggai.ledger.standing import Standing

_NAMED_AT_MOST = 10


@command(
    "对账销号：批准。台账规定了销号程序的，先用 apply 申请、review 审核。",
    examples="""
zhenggai close 7 --by 局党组 --evidence 佐证/07/签字表.pdf
zhenggai close 1-3 5 --by 局党组 --on 2021-04-28
zhenggai close 7 --by 局党组 --complete --dry-run""",
    completes={"finding_ids": candidates.finding_ids},
)
def close(
    finding_ids: edit_options.FindingsArgument,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="名称", help="批准人。", callback=edit_options.filled),
    ] = None,
    evidence: edit_options.EvidenceOption = None,
    note: edit_options.NoteOption = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="未完成的措施一并标为完成。")
    ] = False,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Approve the closing of each finding."""
    from zhenggai.cli import editing

    chosen = editing.targets(finding_ids, options)
    editing.refuse_unread_rules(chosen)
    completing = {target.key for target in chosen if complete or _agreed(target, on)}

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        return plan_close(
            case,
            edit_options.entry_of(on, edited, late=late),
            Signature(by, note, editing.evidence_files(edited, evidence)),
            complete=(edited.folder.root, case.id) in completing,
        )

    changes = editing.carry_out(chosen, plan, options)
    return editing.tell_changes(changes, options, _whats_next(changes))


def _agreed(target: "editing.Target", on: str | None) -> bool:
    """Ask at a terminal whether a finding's open measures are to be marked done."""
    finding, day = target.opened.finding, edit_options.day_of(on, target.ledger)
    happened = timeline(finding)
    missing = open_measures(happened, day)
    inspection = target.ledger.inspection
    closed = fold(happened, terms(inspection)).closed_on is not None
    if not missing or closed or inspection.closing_steps:
        return False
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    question = f"问题{finding.id}还有{len(missing)}项措施未完成（{named}），一并标为完成吗？"
    return ask(question)


def _whats_next(changes: "Sequence[editing.Change]") -> "Callable[[editing.Change], str]":
    """Return what tells of each change, one after another, where its ledger stands with it."""
    ledgers: dict[Path, dict[str, Standing]] = {}

    def sentence(change: "editing.Change") -> str:
        state = change.standing()
        root = change.ledger.folder.root
        if root not in ledgers:
            ledgers[root] = _standings_before(change.ledger, changes)
        standings = ledgers[root]
        standings[change.after.id] = state
        if state.stage is not Stage.CLOSED:
            return ""
        counted = [one for one in standings.values() if not one.withdrawn]
        closed = sum(one.stage is Stage.CLOSED for one in counted)
        waiting = [
            finding_id
            for finding_id, one in standings.items()
            if one.stage in AWAITING and not one.withdrawn
        ]
        late = f"，逾期{state.late_days}天" if state.late_days else ""
        named = some(waiting, _NAMED_AT_MOST)
        left = f"；待销号{len(waiting)}个：{named}" if waiting else "；没有待销号的问题"
        return f"（{len(counted)}个中第{closed}个{late}）{left}"

    return sentence


def _standings_before(
    edited: "editing.EditedLedger", changes: "Sequence[editing.Change]"
) -> "dict[str, Standing]":
    """Return where every finding of a ledger stood before the changes, by id."""
    given = {
        change.opened.path.name: row(change.opened.finding)
        for change in changes
        if change.ledger is edited
    }
    folder = edited.folder
    [register] = read_registers([folder], given={folder.root: given})
    return {line.row.id: line.standing for line in lines(register, edited.today)}
