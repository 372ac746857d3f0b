"""`zhenggai close`: strike findings off, or sign the next step towards it."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import ask
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, InvalidInputError
from zhenggai.ledger.journal import fold
from zhenggai.ledger.lifecycle import plan_close
from zhenggai.ledger.register import row, timeline
from zhenggai.ledger.standing import lines, open_measures
from zhenggai.model.terms import Severity, Stage
from zhenggai.storage.ledger_folder import read_registers
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Plan
    from zhenggai.ledger.standing import Standing
    from zhenggai.model.ledger_model import Finding

_NAMED_AT_MOST = 10


@command(
    "对账销号。台账规定了销号程序的，登记下一步，最后一步销号。",
    examples="""
zhenggai close 7 --by 局党组 --evidence 佐证/07/签字表.pdf
zhenggai close 1-3 5 --by 局党组 --on 2021-04-28
zhenggai close 7 --by 局党组 --complete --dry-run""",
    completes={"finding_ids": candidates.finding_ids},
)
def close(
    finding_ids: Annotated[
        list[str], typer.Argument(metavar="编号", help="7、07、1-5 或 台账/07；可指定多个。")
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="名称",
            help="批准人（或这一步的经办人）。",
            callback=edit_options.filled,
        ),
    ] = None,
    evidence: edit_options.EvidenceOption = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="文字", help="情况说明。", callback=edit_options.filled),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="未完成的措施一并标为完成。")
    ] = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Sign the next step of the closing procedure of each finding; the last one closes it."""
    from zhenggai.cli import editing

    chosen = editing.targets(finding_ids, options)
    for target in chosen:
        _refuse_unread_rules(target.ledger)
    completing = {target.key for target in chosen if complete or _agreed(target, on)}

    def plan(edited: "editing.EditedLedger", finding: "Finding") -> "Plan":
        return plan_close(
            finding,
            edited.inspection,
            edit_options.day_of(on, edited),
            by=by,
            note=note,
            evidence=editing.evidence_files(edited, evidence),
            complete=(edited.folder.root, finding.id) in completing,
        )

    changes = editing.carry_out(chosen, plan, options)
    return editing.tell_changes(changes, options, _whats_next(changes))


def _refuse_unread_rules(edited: "editing.EditedLedger") -> None:
    """Refuse where the procedure cannot be read: without it one signature would be enough."""
    for problem in edited.folder.shown_problems(edited.folder.inspection[1]):
        if problem.severity is Severity.ERROR and problem.path.endswith("inspection.yaml"):
            place = f"{problem.path}:{problem.line}:{problem.column}"
            raise InvalidInputError(
                f"{place}: {problem.sentence}；销号程序要从这里读取，请先改正再销号"
            )


def _agreed(target: "editing.Target", on: str | None) -> bool:
    """Ask at a terminal whether a finding's open measures are to be marked done."""
    finding, day = target.opened.finding, edit_options.day_of(on, target.ledger)
    happened = timeline(finding)
    missing = open_measures(happened, day)
    if not missing or fold(happened).closed_on is not None:
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
        closed = sum(one.stage is Stage.CLOSED for one in standings.values())
        waiting = [
            finding_id
            for finding_id, one in standings.items()
            if one.stage is Stage.AWAITING_CLOSING
        ]
        late = f"，逾期{state.late_days}天" if state.late_days else ""
        named = some(waiting, _NAMED_AT_MOST)
        left = f"；待销号{len(waiting)}个：{named}" if waiting else "；没有待销号的问题"
        return f"（{len(standings)}个中第{closed}个{late}）{left}"

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
