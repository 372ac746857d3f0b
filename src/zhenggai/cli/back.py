"""`zhenggai return` and `zhenggai reopen`: a finding goes back to work."""

from typing import Annotated

import typer

from zhenggai.cli import candidates, editing
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.lifecycle import plan_reopen, plan_return

_FindingArgument = Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")]


@command(
    "退回销号申请,重新整改。",
    examples="""
zhenggai return 17 --reason 佐证不全""",
    completes={"finding_id": candidates.finding_ids},
)
def send_back(
    finding_id: _FindingArgument,
    reason: editing.ReasonOption,
    by: editing.ByOption = None,
    on: editing.OnOption = None,
    *,
    options: editing.EditOptions,
) -> ExitCode:
    """Return a finding that awaits closing: what was handed in does not do."""
    return editing.change_findings(
        [finding_id],
        lambda edited, finding: plan_return(finding, editing.day_of(on, edited), reason, by),
        options,
        _whats_next,
    )


@command(
    "重开已销号的问题;原来的销号记录保留。",
    examples="""
zhenggai reopen 7 --reason 回头看发现反弹""",
    completes={"finding_id": candidates.finding_ids},
)
def reopen(
    finding_id: _FindingArgument,
    reason: editing.ReasonOption,
    by: editing.ByOption = None,
    on: editing.OnOption = None,
    *,
    options: editing.EditOptions,
) -> ExitCode:
    """Open a closed finding again; its closing stays in the journal."""
    return editing.change_findings(
        [finding_id],
        lambda edited, finding: plan_reopen(finding, editing.day_of(on, edited), reason, by),
        options,
        _whats_next,
    )


def _whats_next(change: editing.Change) -> str:
    state = change.standing()
    due = f",时限{state.deadline}" if state.deadline else ""
    return f";现在是{state.stage}{due}"
