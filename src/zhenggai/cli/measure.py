"""`zhenggai measure add`: add a measure to a finding."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.ledger.progress_steps import NewMeasure, plan_add_measure

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan


class _Change(str, Enum):
    """What can be done to the measures of a finding."""

    ADD = "add"


@command(
    """增加措施：写在最后，原有措施的编号不变。

        还没有申请销号的问题才能增加；被退回、重开的，增加以后再申请。""",
    examples="""
zhenggai measure add 7 修订会议制度 --due 2021-04-15
zhenggai measure add 7 清理借调人员 --department 人事科 --for 2""",
    completes={
        "finding_id": candidates.finding_ids,
        "department": candidates.departments,
        "owner": candidates.NAMES["owner"],
    },
)
def measure(
    change: Annotated[_Change, typer.Argument(metavar="add", help="增加一项措施。")],
    finding_id: edit_options.FindingArgument,
    text: Annotated[
        str, typer.Argument(metavar="内容", help="要做什么。", callback=edit_options.worded)
    ],
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="日期", help="措施的时限，不晚于问题的时限；不写时随问题。"),
    ] = None,
    department: Annotated[
        list[str] | None,
        typer.Option(
            "--department",
            metavar="科室",
            help="责任科室，与问题的不同才写；可多次指定。",
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner",
            metavar="职务",
            help="责任人，与问题的不同才写。",
            callback=edit_options.filled,
        ),
    ] = None,
    manifestation: Annotated[
        int | None,
        typer.Option("--for", metavar="第几项", help="针对第几项具体表现，从1数起。"),
    ] = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Append a measure to a finding."""
    assert change is _Change.ADD  # noqa: S101 - there is nothing else yet

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        wanted = NewMeasure(
            text,
            edit_options.deadline_of(due, edited, "--due"),
            tuple(name.strip() for name in department or () if name.strip()),
            owner,
            manifestation,
        )
        return plan_add_measure(case, edited.today, wanted)

    return change_findings(
        [finding_id],
        plan,
        options,
        _whats_next,
    )


def _whats_next(change: "editing.Change") -> str:
    finding = change.after
    number = f"{finding.number}.{len(finding.measures)}"
    return f"；完成后用 zhenggai done {number} 登记"
