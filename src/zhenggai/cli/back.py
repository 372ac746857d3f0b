"""`zhenggai return` and `zhenggai reopen`: a finding goes back to work."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import editing
from zhenggai.cli.context import LedgerOption, TodayOption
from zhenggai.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenggai.core.lifecycle import Plan
    from zhenggai.core.model import Finding

_FindingArgument = Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")]


def send_back(
    finding_id: _FindingArgument,
    reason: editing.ReasonOption,
    by: editing.ByOption = None,
    on: editing.OnOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Return a finding that awaits closing: what was handed in does not do."""
    from zhenggai.core.lifecycle import plan_return

    how = editing.How(dry_run, quiet, style)
    return _step(
        plan_return,
        editing.targets([finding_id], ledger, today),
        on,
        reason,
        by,
        how,
    )


def reopen(
    finding_id: _FindingArgument,
    reason: editing.ReasonOption,
    by: editing.ByOption = None,
    on: editing.OnOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Open a closed finding again; its closing stays in the journal."""
    from zhenggai.core.lifecycle import plan_reopen

    how = editing.How(dry_run, quiet, style)
    return _step(
        plan_reopen,
        editing.targets([finding_id], ledger, today),
        on,
        reason,
        by,
        how,
    )


def _step(
    plan: "Callable[[Finding, date, str, str | None], Plan]",
    chosen: list[editing.Target],
    on: str | None,
    reason: str,
    by: str | None,
    how: editing.How,
) -> ExitCode:
    changes = editing.carry_out(
        chosen,
        lambda edited, finding: plan(finding, editing.day_of(on, edited), reason, by),
        how,
    )
    return editing.tell_changes(changes, how, _whats_next)


def _whats_next(change: editing.Change) -> str:
    state = change.standing()
    due = f",时限{state.deadline}" if state.deadline else ""
    return f";现在是{state.stage}{due}"
