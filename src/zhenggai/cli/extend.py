"""`zhenggai extend`: move a deadline, on record."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.deadline_steps import Grant, plan_extend, plan_extend_measure
from zhenggai.model.terms import Authority

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan


@command(
    "登记延期：要有理由和批准人，只能往后延。",
    examples="""
zhenggai extend 4 2021-06-30 --reason 待审定 --approved-by 局党组
zhenggai extend 4 2021-06-30 --reason 待批 --approved-by 局党组 --basis 3号
zhenggai extend 4.2 2021-05-31 --reason 待审定 --approved-by 分管领导""",
    completes={"finding_id": candidates.extendable_ids},
)
def extend(
    finding_id: Annotated[
        str, typer.Argument(metavar="编号", help="7、07 或 台账/07；只延一项措施的写 7.2。")
    ],
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
    """Record an extension of a finding's deadline, or of that of one measure alone."""
    named = edit_options.parsed_basis(basis)
    finding, measure = edit_options.parted(finding_id)

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        day = edit_options.required_deadline(new_due, edited, "新时限")
        grant = Grant(day, reason, approved_by, authority, *named)
        entry = edit_options.entry_of(on, edited, late=late)
        if measure is None:
            return plan_extend(case, entry, grant)
        return plan_extend_measure(case, measure, entry, grant)

    return change_findings([finding], plan, options, partial(_whats_next, measure))


def _whats_next(measure: int | None, change: "editing.Change") -> str:
    if measure is not None:
        moved = change.measure_standings()[measure - 1]
        return f"，{_left(moved.days_left or 0)}；第{moved.extensions}次延期"
    state = change.standing()
    once = f"；曾逾期{state.once_overdue_days}天" if state.once_overdue_days else ""
    return f"，距时限{state.days_left}天；第{state.extensions}次延期{once}"


def _left(days: int) -> str:
    """Say how many days there are left to a measure's deadline; it may still have passed."""
    return f"距时限{days}天" if days >= 0 else f"已过{-days}天"
