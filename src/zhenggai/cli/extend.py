"""`zhenggai extend`: move a deadline, on record."""

from typing import Annotated

import typer

from zhenggai.cli import editing
from zhenggai.cli.context import LedgerOption, TodayOption
from zhenggai.errors import ExitCode, WrongUsageError


def extend(
    finding_id: Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")],
    new_due: Annotated[str, typer.Argument(metavar="新时限", help="如 2021-06-30。")],
    reason: editing.ReasonOption,
    approved_by: Annotated[
        str,
        typer.Option(
            "--approved-by", metavar="名称", help="批准延期的人。", callback=editing.filled
        ),
    ],
    late: Annotated[bool, typer.Option("--late", help="时限已过,补办延期。")] = False,
    on: editing.OnOption = None,
    dry_run: editing.DryRunOption = False,
    quiet: editing.QuietOption = False,
    style: editing.StyleOption = editing.EditFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Record an extension of a finding's deadline."""
    from zhenggai.core.dates import DAY_FORMS, DateTextError, parse_day
    from zhenggai.core.lifecycle import plan_extend

    try:
        day = parse_day(new_due)
    except DateTextError as error:
        raise WrongUsageError(f"新时限: {error};写成 {DAY_FORMS}") from None
    chosen = editing.targets([finding_id], ledger, today)
    how = editing.How(dry_run, quiet, style)
    changes = editing.carry_out(
        chosen,
        lambda edited, finding: plan_extend(
            finding,
            editing.day_of(on, edited),
            day,
            reason,
            approved_by,
            today=edited.today,
            late=late,
        ),
        how,
    )
    return editing.tell_changes(changes, how, _whats_next)


def _whats_next(change: editing.Change) -> str:
    state = change.standing()
    return f",还有{state.days_left}天;第{state.extensions}次延期"
