"""`zhenggai extend`: move a deadline, on record."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.lifecycle import plan_extend
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day

if TYPE_CHECKING:
    from zhenggai.cli import editing


@command(
    "登记延期：要有理由和批准人，只能往后延。",
    examples="""
zhenggai extend 4 2021-06-30 --reason 实施办法待审定 --approved-by 局党组""",
    completes={"finding_id": candidates.finding_ids},
)
def extend(
    finding_id: edit_options.FindingArgument,
    new_due: Annotated[str, typer.Argument(metavar="新时限", help="如 2021-06-30。")],
    reason: edit_options.ReasonOption,
    approved_by: Annotated[
        str,
        typer.Option(
            "--approved-by", metavar="名称", help="批准延期的人。", callback=edit_options.filled
        ),
    ],
    late: Annotated[bool, typer.Option("--late", help="时限已过，补办延期。")] = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Record an extension of a finding's deadline."""
    try:
        day = parse_day(new_due)
    except DateTextError as error:
        raise WrongUsageError(f"新时限：{error}；写成 {DAY_FORMS}") from None
    return change_findings(
        [finding_id],
        lambda edited, finding: plan_extend(
            finding,
            edit_options.day_of(on, edited),
            day,
            reason,
            approved_by,
            today=edited.today,
            late=late,
        ),
        options,
        _whats_next,
    )


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    return f"，距时限{state.days_left}天；第{state.extensions}次延期"
