"""`zhenggai correct`: a record that was entered by mistake counts no longer, and stays."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.corrections import plan_correct
from zhenggai.ledger.standing import lines
from zhenggai.storage.ledger_folder import read_registers
from zhenggai.views.phrases import situation

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan


@command(
    """更正一条登记有误的记录：从今天起不算，仍可查看。

        能更正的是进展、督查、督办、复查、延期、撤销登记和交接；第几条见 zhenggai show。
        正确的内容另行登记。""",
    examples="""
zhenggai correct 7 --record 3 --reason 登记到了其他问题""",
    completes={"finding_id": candidates.finding_ids},
)
def correct(
    finding_id: edit_options.FindingArgument,
    record: Annotated[
        int, typer.Option("--record", metavar="次序", min=1, help="第几条记录，从1数起。")
    ],
    reason: edit_options.ReasonOption,
    by: edit_options.ByOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Take a record back."""

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        [register] = read_registers([edited.folder])
        counted = sum(not one.standing.withdrawn for one in lines(register, edited.today))
        return plan_correct(case, edited.today, record, reason, by, counted=counted)

    return change_findings([finding_id], plan, options, _whats_next)


def _whats_next(change: "editing.Change") -> str:
    if change.is_none:
        return ""
    state = change.standing()
    due = f"，时限{state.deadline}" if state.deadline else ""
    return f"；现在是{state.stage}{due}，{situation(state)}"
