"""`zhenggai log`: record a supervision (督查)."""

from typing import Annotated

import typer

from zhenggai.cli import editing
from zhenggai.cli.context import LedgerOption, TodayOption
from zhenggai.errors import ExitCode


def log(
    finding_id: Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")],
    note: Annotated[
        str, typer.Argument(metavar="情况", help="督查看到的情况。", callback=editing.filled)
    ],
    by: editing.ByOption = None,
    on: editing.OnOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Add a supervision note to a finding's journal."""
    from zhenggai.core.lifecycle import plan_log

    chosen = editing.targets([finding_id], ledger, today)
    how = editing.How(dry_run, quiet, style)
    changes = editing.carry_out(
        chosen,
        lambda edited, finding: plan_log(finding, editing.day_of(on, edited), note, by),
        how,
    )
    return editing.tell_changes(changes, how, _whats_next)


def _whats_next(change: editing.Change) -> str:
    from zhenggai.core.terms import Stage

    state = change.standing()
    if state.last_on is None or state.stage is Stage.CLOSED:
        return ""
    following = change.ledger.inspection.supervision_period.after(state.last_on)
    return f";下次督查不晚于{following}"
