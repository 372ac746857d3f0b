"""`zhenggai done`: mark measures done."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import editing
from zhenggai.cli.context import LedgerOption, Outlined, TodayOption, load_outlines
from zhenggai.errors import ExitCode, WrongUsageError

if TYPE_CHECKING:
    from zhenggai.core.lifecycle import Plan
    from zhenggai.core.model import Finding


def done(
    measure_ids: Annotated[
        list[str], typer.Argument(metavar="编号.措施", help="如 7.2,或 台账/07.2;可写几个。")
    ],
    on: editing.OnOption = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="文字",
            help="成效;原来写有成效的,以此为准。",
            callback=editing.filled,
        ),
    ] = None,
    evidence: editing.EvidenceOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Mark measures done, with their outcome and evidence."""
    from zhenggai.core.lifecycle import Plan, plan_done

    loaded_ledgers = load_outlines(ledger, today)
    numbers: dict[tuple[object, str], list[int]] = {}
    chosen = []
    for asked in measure_ids:
        finding_id, number = _split(asked)
        [target] = editing.targets(loaded_ledgers, [finding_id])
        chosen.append(target)
        numbers.setdefault((target[0].root, target[1]), []).append(number)

    def plan(loaded: Outlined, finding: "Finding") -> "Plan":
        day = editing.day_of(on, loaded)
        files = editing.evidence_files(loaded, evidence)
        plans = [
            plan_done(finding, number, day, outcome, files, dated=on is not None)
            for number in dict.fromkeys(numbers[loaded.root, finding.id])
        ]
        edits = tuple(edit for one in plans for edit in one.edits)
        return Plan(edits, "、".join(one.done for one in plans))

    unique = list({(one.root, found): (one, found) for one, found in chosen}.values())
    how = editing.How(dry_run, quiet, style)
    return editing.tell_changes(editing.carry_out(unique, plan, how), how, _whats_next)


def _split(asked: str) -> tuple[str, int]:
    finding_id, dot, number = asked.rpartition(".")
    if not (dot and finding_id and number.isascii() and number.isdigit()):
        raise WrongUsageError(f"“{asked}”不是措施的编号;写成 编号.第几项,如 7.2")
    return finding_id, int(number)


def _whats_next(change: editing.Change) -> str:
    from zhenggai.core.lifecycle import open_measures

    finding = change.after
    missing = open_measures(finding, change.loaded.today)
    if not missing:
        return f";{len(finding.measures)}项措施全部完成,可用 zhenggai close {finding.number} 销号"
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return f";还有{len(missing)}项:{named}"
