"""`zhenggai apply` and `zhenggai review`: the steps of the closing procedure before approval."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.closing_procedure import plan_apply, plan_review
from zhenggai.ledger.lifecycle import Plan, Signature

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case


@command(
    "申请销号：责任科室完成全部措施以后提出。",
    examples="""
zhenggai apply 7 --by 办公室 --evidence 佐证/07/签字表.pdf
zhenggai apply 8 --by 办公室 --partial 1座水库的治理须汛后实施""",
    completes={"finding_ids": candidates.finding_ids},
)
def apply_closing(
    finding_ids: edit_options.FindingsArgument,
    by: edit_options.ByOption = None,
    partial: Annotated[
        str | None,
        typer.Option(
            "--partial",
            metavar="理由",
            help="措施没有全部完成就申请的理由。",
            callback=edit_options.filled,
        ),
    ] = None,
    note: edit_options.NoteOption = None,
    evidence: edit_options.EvidenceOption = None,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Apply for findings to be struck off."""
    from zhenggai.cli import editing

    def plan(edited: "editing.EditedLedger", case: "Case") -> Plan:
        signature = Signature(by, note, editing.evidence_files(edited, evidence))
        entry = edit_options.entry_of(on, edited, late=late)
        return plan_apply(case, entry, signature, partial=partial)

    return change_findings(finding_ids, plan, options, _whats_next, is_step=True)


@command(
    "审核销号申请（销号程序里的审核，或初审、复核）。",
    examples="""
zhenggai review 7 --by 整改办
zhenggai review 1-3 --by 整改办 --note 佐证材料齐全""",
    completes={"finding_ids": candidates.finding_ids},
)
def review(
    finding_ids: edit_options.FindingsArgument,
    by: edit_options.ByOption = None,
    note: edit_options.NoteOption = None,
    late: edit_options.LateOption = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Sign the next review of findings that were applied for."""

    def plan(edited: "editing.EditedLedger", case: "Case") -> Plan:
        entry = edit_options.entry_of(on, edited, late=late)
        return plan_review(case, entry, Signature(by, note))

    return change_findings(finding_ids, plan, options, _whats_next, is_step=True)


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    late = f"；逾期{state.late_days}天后申请" if state.late_days else ""
    return f"{late}；现在是{state.stage}"
