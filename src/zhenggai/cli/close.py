"""`zhenggai close`: strike findings off, or sign the next step towards it."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import editing
from zhenggai.cli.context import LedgerOption, Outlined, TodayOption, load_outlines
from zhenggai.core.terms import Stage
from zhenggai.errors import ExitCode, InvalidInputError
from zhenggai.views.words import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zhenggai.core.lifecycle import Plan
    from zhenggai.core.model import Finding
    from zhenggai.core.standing import Standing

_NAMED_AT_MOST = 10


def close(
    finding_ids: Annotated[
        list[str], typer.Argument(metavar="编号", help="7、07、1-5 或 台账/07;可写几个。")
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="名称", help="批准人(或这一步的经办人)。", callback=editing.filled
        ),
    ] = None,
    evidence: editing.EvidenceOption = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="文字", help="情况说明。", callback=editing.filled),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="没有完成的措施一并标为完成。")
    ] = False,
    on: editing.OnOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Sign the next step of the closing procedure of each finding; the last one closes it."""
    from zhenggai.core.lifecycle import plan_close

    chosen = editing.targets(load_outlines(ledger, today), finding_ids)
    for loaded, _ in chosen:
        _refuse_unread_rules(loaded)
    completing = {
        (loaded.root, finding_id)
        for loaded, finding_id in chosen
        if complete or _agreed(loaded, finding_id, on)
    }

    def plan(loaded: Outlined, finding: "Finding") -> "Plan":
        return plan_close(
            finding,
            loaded.inspection,
            editing.day_of(on, loaded),
            by=by,
            note=note,
            evidence=editing.evidence_files(loaded, evidence),
            complete=(loaded.root, finding.id) in completing,
        )

    how = editing.How(dry_run, quiet, style)
    return editing.tell_changes(editing.carry_out(chosen, plan, how), how, _whats_next())


def _refuse_unread_rules(loaded: Outlined) -> None:
    """Refuse where the procedure cannot be read: without it one signature would be enough."""
    from zhenggai.core.terms import Severity

    for problem in loaded.problems:
        if problem.severity is Severity.ERROR and problem.path.endswith("inspection.yaml"):
            place = f"{problem.path}:{problem.line}:{problem.column}"
            raise InvalidInputError(f"{place}: {problem.sentence};销号程序要从这里读,先改正再销号")


def _agreed(loaded: Outlined, finding_id: str, on: str | None) -> bool:
    """Ask at a terminal whether a finding's open measures are to be marked done."""
    from zhenggai.core.lifecycle import open_measures
    from zhenggai.core.standing import closed_on

    finding = next(one for one in loaded.ledger.findings if one.id == finding_id)
    missing = open_measures(finding, editing.day_of(on, loaded))
    if not missing or closed_on(finding) is not None:
        return False
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    question = f"问题{finding.id}还有{len(missing)}项措施没有完成({named}),一并标为完成吗?"
    return editing.ask(question)


def _whats_next() -> "Callable[[editing.Change], str]":
    """Give what tells of each change, one after another, where its ledger stands with it."""
    ledgers: dict[Path, dict[str, Standing]] = {}

    def told(change: editing.Change) -> str:
        loaded, state = change.loaded, change.standing
        if loaded.root not in ledgers:
            ledgers[loaded.root] = {item.finding.id: item.standing for item in loaded.items()}
        standings = ledgers[loaded.root]
        standings[change.after.id] = state
        if state.stage is not Stage.CLOSED:
            return ""
        closed = sum(one.stage is Stage.CLOSED for one in standings.values())
        waiting = [
            finding_id
            for finding_id, one in standings.items()
            if one.stage is Stage.AWAITING_CLOSING
        ]
        late = f",逾期{state.late_days}天" if state.late_days else ""
        named = some(waiting, _NAMED_AT_MOST)
        left = f";待销号{len(waiting)}项:{named}" if waiting else ";没有待销号的"
        return f"({len(standings)}项中第{closed}项{late}){left}"

    return told
