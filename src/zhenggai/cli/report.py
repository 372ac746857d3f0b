"""`zhenggai report`: record the responsible department's own report (进展)."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_as_noted
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.progress_steps import Report, plan_report
from zhenggai.model.terms import Cause

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan

_CAUSES = "、".join(Cause)


@command(
    "登记责任科室报告的进展。一次可登记几个问题；范围（如 1-12）里已销号、撤销登记的跳过。",
    examples="""
zhenggai report 7 会议制度已形成初稿 --by 办公室
zhenggai report 4 已形成初稿 --cause 跨部门 --expected 6月10日
zhenggai report --from 进展.txt""",
    completes={"finding_ids": candidates.finding_ids},
)
def report(
    finding_ids: edit_options.OptionalFindings = None,
    note: Annotated[
        str | None, typer.Argument(metavar="内容", help="进展情况。", callback=edit_options.worded)
    ] = None,
    source: edit_options.NotesOption = None,
    by: edit_options.ByOption = None,
    cause: Annotated[
        str | None,
        typer.Option(
            "--cause",
            metavar="原因",
            help=f"未完成原因：{_CAUSES}，或写明原因。",
            callback=edit_options.filled,
        ),
    ] = None,
    next_step: Annotated[
        str | None,
        typer.Option("--next", metavar="文字", help="下步措施。", callback=edit_options.filled),
    ] = None,
    expected: Annotated[
        str | None, typer.Option("--expected", metavar="日期", help="预计完成的日期。")
    ] = None,
    coordinate: Annotated[
        str | None,
        typer.Option(
            "--coordinate", metavar="文字", help="需协调事项。", callback=edit_options.filled
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level", metavar="层级", help="由哪一级协调，如 县级。", callback=edit_options.filled
        ),
    ] = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add a report of progress to the journals of findings."""
    edit_options.noted(finding_ids, note, source)

    def plan(edited: "editing.EditedLedger", case: "Case", said: str) -> "Plan":
        told = Report(
            note=said,
            by=by,
            cause=cause,
            next_step=next_step,
            expected=edit_options.deadline_of(expected, edited, "--expected"),
            to_coordinate=coordinate,
            level=level,
        )
        return plan_report(case, edit_options.day_of(on, edited), told)

    return change_as_noted(finding_ids, (note, source), plan, options, _whats_next)


def _whats_next(change: "editing.Change") -> str:
    return f"；现在是{change.standing().stage}"
