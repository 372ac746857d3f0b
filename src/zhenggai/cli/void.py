"""`zhenggai void`: take a finding that was entered twice or by mistake out of the totals."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.finding_search import find
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError
from zhenggai.ledger.corrections import plan_withdraw
from zhenggai.ledger.lifecycle import Plan
from zhenggai.ledger.standing import lines
from zhenggai.ledger.summary import counted
from zhenggai.model.terms import WithdrawalReason
from zhenggai.storage.ledger_folder import read_registers

if TYPE_CHECKING:
    from pathlib import Path

    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case


@command(
    "撤销登记：重复登记或误登的问题不再计入，编号保留。",
    examples="""
zhenggai void 12 --reason 重复登记 --into 7""",
    completes={"finding_id": candidates.finding_ids},
)
def void(
    finding_id: edit_options.FindingArgument,
    reason: Annotated[WithdrawalReason, typer.Option("--reason", help="理由。")],
    into: Annotated[
        str | None, typer.Option("--into", metavar="编号", help="并入哪个问题。")
    ] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            metavar="依据",
            help="撤销以后少于反馈问题数的，写明依据。",
            callback=edit_options.filled,
        ),
    ] = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Withdraw a finding from the register."""
    asked: set[tuple[Path, str]] = set()

    def plan(edited: "editing.EditedLedger", case: "Case") -> Plan:
        there, of_feedback = _counted(edited)
        asked.add((edited.folder.root, case.id))
        gone = {finding_id for root, finding_id in asked if root == edited.folder.root}
        left = there - gone
        return plan_withdraw(
            case,
            edit_options.day_of(on, edited),
            reason,
            merged_into=_id_in(edited, into, case, left),
            basis=basis,
            left=len(of_feedback - gone),
        )

    return change_findings([finding_id], plan, options, lambda _change: "")


def _id_in(
    edited: "editing.EditedLedger", asked: str | None, case: "Case", counted: set[str]
) -> str | None:
    """Return the id of the finding that this one is part of: another one, and one that counts."""
    if asked is None:
        return None
    _, found = find([edited.folder], asked)
    if found == case.id:
        raise WrongUsageError(f"问题{found}不能并入自己；请核对 --into")
    if found not in counted:
        raise RefusedError(f"问题{found}不在计数之内，不能并入它；请核对 --into")
    return found


def _counted(edited: "editing.EditedLedger") -> tuple[set[str], set[str]]:
    """Return the ids of the findings that are counted now, and those of them of the feedback."""
    [register] = read_registers([edited.folder])
    found = counted(lines(register, edited.today))
    return {one.row.id for one in found}, {one.row.id for one in found if one.row.is_of_feedback}
