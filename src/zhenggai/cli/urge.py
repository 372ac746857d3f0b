"""`zhenggai urge`: press for the work to be done (督办), and note the reply."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.lifecycle import Plan
from zhenggai.ledger.supervision_steps import Demand, plan_answer, plan_urge

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case

_TODAY = "今天"


@command(
    """登记督办，或登记督办的回复。督办不算督查，也不算进展。

        一次可督办几个问题；范围（如 1-12）里已销号、撤销登记的跳过。""",
    examples="""
zhenggai urge 7 8 --grade 督办 --number 督〔2021〕3号 --reply-by 2021-05-31
zhenggai urge 7 --grade 约谈 --to 办公室负责人
zhenggai urge 7 --replied 2021-05-28""",
    completes={
        "finding_ids": candidates.finding_ids,
        "grade": candidates.grades,
        "to": candidates.departments,
    },
)
def urge(
    finding_ids: edit_options.FindingsArgument,
    grade: Annotated[
        str | None,
        typer.Option(
            "--grade",
            metavar="等级",
            help="如 提醒、督办、约谈，或督办单位自己的等级。",
            callback=edit_options.filled,
        ),
    ] = None,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", metavar="文号", help="督办文件的文号。", callback=edit_options.filled
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="名称",
            help="督办发给谁；不写时为责任科室。",
            callback=edit_options.filled,
        ),
    ] = None,
    reply_by: Annotated[
        str | None, typer.Option("--reply-by", metavar="日期", help="回复期限。")
    ] = None,
    replied: Annotated[
        str | None,
        typer.Option(
            "--replied",
            metavar="日期",
            help=f"登记最近一次尚未回复的督办（写了文号的是那一次）在哪天回复；可写 {_TODAY}。",
            callback=edit_options.filled,
        ),
    ] = None,
    by: edit_options.ByOption = None,
    note: edit_options.NoteOption = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add an urging to the journals of findings, or the day of the reply to the last one."""
    if replied is not None:
        others = {
            "--grade": grade,
            "--to": to,
            "--reply-by": reply_by,
            "--by": by,
            "--note": note,
            "--on": on,
        }
        if extra := [name for name, value in others.items() if value is not None]:
            raise WrongUsageError(f"--replied 登记回复，不能和 {'、'.join(extra)} 一起用")
        day = None if replied.strip() == _TODAY else replied  # today needs no telling

        def answer(edited: "editing.EditedLedger", case: "Case") -> Plan:
            return plan_answer(case, edit_options.day_of(day, edited, "--replied"), number)

        return change_findings(finding_ids, answer, options, lambda _change: "")

    def plan(edited: "editing.EditedLedger", case: "Case") -> Plan:
        demand = Demand(
            sent_to=to,
            grade=grade,
            number=number,
            reply_by=edit_options.deadline_of(reply_by, edited, "--reply-by"),
            by=by,
            note=note,
        )
        return plan_urge(case, edit_options.day_of(on, edited), demand)

    return change_findings(
        finding_ids,
        plan,
        options,
        lambda _change: "",
        skips_closed=True,
    )
