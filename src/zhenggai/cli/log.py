"""`zhenggai log`: record a supervision (督查)."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.lifecycle import plan_log
from zhenggai.model.terms import Stage

if TYPE_CHECKING:
    from zhenggai.cli import editing


@command(
    "登记一条督查记录。",
    examples="""
zhenggai log 7 会议制度已形成初稿 --by 督查组""",
    completes={"finding_id": candidates.finding_ids},
)
def log(
    finding_id: edit_options.FindingArgument,
    note: Annotated[
        str, typer.Argument(metavar="情况", help="督查看到的情况。", callback=edit_options.filled)
    ],
    by: edit_options.ByOption = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add a supervision note to a finding's journal."""
    return change_findings(
        [finding_id],
        lambda edited, finding: plan_log(finding, edit_options.day_of(on, edited), note, by),
        options,
        _whats_next,
    )


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    if state.last_on is None or state.stage is Stage.CLOSED:
        return ""
    following = change.ledger.inspection.supervision_period.after(state.last_on)
    return f"；下次督查不晚于{following}"
