"""`zhenggai extend`: move a deadline, on record."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.deadline_steps import Grant, plan_extend
from zhenggai.model.terms import Authority

if TYPE_CHECKING:
    from zhenggai.cli import editing


@command(
    "登记延期：要有理由和批准人，只能往后延。",
    examples="""
zhenggai extend 4 2021-06-30 --reason 待审定 --approved-by 局党组
zhenggai extend 4 2021-06-30 --reason 待批 --approved-by 局党组 --basis 3号""",
    completes={"finding_id": candidates.finding_ids},
)
def extend(
    finding_id: edit_options.FindingArgument,
    new_due: Annotated[str, typer.Argument(metavar="新时限", help="如 2021-06-30、2021年6月底。")],
    reason: edit_options.ReasonOption,
    approved_by: Annotated[
        str,
        typer.Option(
            "--approved-by",
            metavar="名称",
            help="批准延期的机关或人。",
            callback=edit_options.filled,
        ),
    ],
    authority: Annotated[
        Authority, typer.Option("--level", help="批准机关的级别。")
    ] = Authority.OWN,
    basis: edit_options.BasisOption = None,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Record an extension of a finding's deadline."""
    day = edit_options.required_deadline(new_due, "新时限")
    grant = Grant(day, reason, approved_by, authority, *edit_options.parsed_basis(basis))
    return change_findings(
        [finding_id],
        lambda edited, case: plan_extend(case, edit_options.entry_of(on, edited, late=late), grant),
        options,
        _whats_next,
    )


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    once = f"；曾逾期{state.once_overdue_days}天" if state.once_overdue_days else ""
    return f"，距时限{state.days_left}天；第{state.extensions}次延期{once}"
