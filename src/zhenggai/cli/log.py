"""`zhenggai log`: record a supervisor's visit (督查)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_as_noted
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.progress_steps import Visit, plan_log
from zhenggai.model.terms import Stage

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan


@command(
    "登记督查情况。一次可登记几个问题；范围（如 1-12）里已销号、撤销登记的跳过。",
    examples="""
zhenggai log 7 制度尚未报送 --by 整改办 --reply-by 2021-05-31
zhenggai log 1-12 例行督查 --by 整改办
zhenggai log 9 方案仅有提纲 --by 整改办 --disputes
zhenggai log --from 督查.txt --by 整改办""",
    completes={"finding_ids": candidates.finding_ids},
)
def log(
    finding_ids: edit_options.OptionalFindings = None,
    note: Annotated[
        str | None,
        typer.Argument(metavar="发现", help="督查发现的情况。", callback=edit_options.worded),
    ] = None,
    source: edit_options.NotesOption = None,
    by: edit_options.ByOption = None,
    method: Annotated[
        str | None,
        typer.Option(
            "--method", metavar="方式", help="如 现场督查、查阅资料。", callback=edit_options.filled
        ),
    ] = None,
    require: Annotated[
        str | None,
        typer.Option(
            "--require", metavar="文字", help="提出的要求。", callback=edit_options.filled
        ),
    ] = None,
    reply_by: Annotated[
        str | None, typer.Option("--reply-by", metavar="日期", help="回复期限。")
    ] = None,
    disputes: Annotated[
        bool, typer.Option("--disputes", help="与自报不符：最近一次报告的进展不算。")
    ] = False,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add a supervisor's visit to the journals of findings."""
    edit_options.noted(finding_ids, note, source)

    def plan(edited: "editing.EditedLedger", case: "Case", said: str) -> "Plan":
        visit = Visit(
            note=said,
            by=by,
            method=method,
            requirement=require,
            reply_by=edit_options.deadline_of(reply_by, edited, "--reply-by"),
            disputes=disputes,
        )
        return plan_log(case, edit_options.day_of(on, edited), visit)

    return change_as_noted(finding_ids, (note, source), plan, options, _whats_next)


def _whats_next(change: "editing.Change") -> str:
    state = change.standing()
    if state.visited_on is None or state.stage is Stage.CLOSED:
        return ""
    following = change.ledger.inspection.supervision_period.after(state.visited_on)
    return f"；下次督查不晚于{following - timedelta(days=1)}"
