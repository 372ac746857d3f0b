"""`zhenggai return` and `zhenggai reopen`: a finding goes back to work."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.closing_procedure import plan_reopen, plan_return

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan


@command(
    "退回销号申请，重新整改。",
    examples="""
zhenggai return 17 --reason 佐证材料不全""",
    completes={"finding_id": candidates.finding_ids},
)
def send_back(
    finding_id: edit_options.FindingArgument,
    reason: edit_options.ReasonOption,
    by: edit_options.ByOption = None,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Return a finding that was applied for: what was handed in does not do."""
    return change_findings(
        [finding_id],
        lambda edited, case: plan_return(
            case, edit_options.entry_of(on, edited, late=late), reason, by
        ),
        options,
        _whats_next,
    )


@command(
    "重开已销号的问题；原来的销号记录保留。",
    examples="""
zhenggai reopen 7 --reason 回头看发现反弹 --due 2021-07-31""",
    completes={"finding_id": candidates.finding_ids},
)
def reopen(
    finding_id: edit_options.FindingArgument,
    reason: edit_options.ReasonOption,
    by: edit_options.ByOption = None,
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="日期", help="新的时限；原时限已过的必须写。"),
    ] = None,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Open a closed finding again; its closing stays in the journal."""

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        new_due = edit_options.deadline_of(due, edited, "--due")
        entry = edit_options.entry_of(on, edited, late=late)
        return plan_reopen(case, entry, reason, by, new_due)

    return change_findings(
        [finding_id],
        plan,
        options,
        _whats_next,
    )


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    due = f"，时限{state.deadline}" if state.deadline else ""
    return f"；现在是{state.stage}{due}"
