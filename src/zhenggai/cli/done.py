"""`zhenggai done`: mark measures done."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.options import command
from zhenggai.cli.typed_ids import typed_measures
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.lifecycle import Plan
from zhenggai.ledger.progress_steps import plan_done
from zhenggai.ledger.register import timeline
from zhenggai.ledger.standing import open_measures
from zhenggai.model.terms import Kind, Step

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case


@command(
    "登记措施完成。",
    examples="""
zhenggai done 7.2 --outcome 修订议事规则1项
zhenggai done 7.1 7.2 --on 2021-04-15 --evidence 佐证/07/签字表.pdf""",
    completes={"measure_ids": candidates.measure_ids},
)
def done(
    measure_ids: Annotated[
        list[str],
        typer.Argument(metavar="编号.措施", help="如 7.2、7.1-3，或 台账/07.2；可指定多个。"),
    ],
    on: edit_options.OnOption = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="文字",
            help="成效；原来写有成效的，以此为准。",
            callback=edit_options.filled,
        ),
    ] = None,
    evidence: edit_options.EvidenceOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Mark measures done, with their outcome and evidence."""
    from zhenggai.cli import editing

    ledgers = editing.EditedLedgers(options)
    chosen: dict[object, editing.Target] = {}
    numbers: dict[object, list[int]] = {}
    for asked in measure_ids:
        measures = typed_measures(asked)
        if not measures:
            raise WrongUsageError(f"“{asked}”不是措施的编号；写成 编号.第几项，如 7.2")
        for finding_id, number in measures:
            for target in ledgers.targets([finding_id]):
                chosen.setdefault(target.key, target)
                numbers.setdefault(target.key, []).append(number)

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        day = edit_options.day_of(on, edited)
        files = editing.evidence_files(edited, evidence)
        plans = [
            plan_done(case, number, day, outcome, files, dated=on is not None)
            for number in dict.fromkeys(numbers[edited.folder.root, case.id])
        ]
        edits = tuple(edit for one in plans for edit in one.edits)
        return Plan(edits, "、".join(one.done for one in plans))

    changes = editing.carry_out(list(chosen.values()), plan, options)
    return editing.tell_changes(changes, options, _whats_next)


def _whats_next(change: "editing.Change") -> str:
    finding = change.after
    missing = open_measures(timeline(finding), change.ledger.today)
    if not missing:
        if finding.kind is Kind.LONG_TERM:
            return f"；{len(finding.measures)}项措施全部完成，基本完成；以后按检视周期检视"
        steps = change.ledger.inspection.closing_steps
        how = "apply {} 申请销号" if Step.APPLICATION in steps else "close {} 销号"
        how = how.format(finding.number)
        return f"；{len(finding.measures)}项措施全部完成，可用 zhenggai {how}"
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return f"；还有{len(missing)}项：{named}"
