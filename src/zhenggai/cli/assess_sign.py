"""`zhenggai assess` and `zhenggai sign`: what is said of the whole ledger, and what was signed."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.whole import Verdict, plan_assess, plan_sign

if TYPE_CHECKING:
    from zhenggai.cli.inspection_change import Head
    from zhenggai.ledger.lifecycle import Plan

_VOTES = re.compile(r"\s*(.*?[^\s:：=0-9])\s*[:：=]?\s*([0-9]{1,6})\s*票?\s*")


@command(
    """登记上级对整改的评估，写进inspection.yaml。

        退回重改的问题已经销号的，另用 zhenggai reopen 重开。""",
    examples="""
zhenggai assess --by 县委巡察办 --score 92.5 --grade 较好 --on 2021-06-18
zhenggai assess --by 县委巡察办 --votes 满意38、基本满意2、不满意0
zhenggai assess --by 县委巡察办 --grade 一般 --sent-back 7 --sent-back 12""",
    completes={"sent_back": candidates.finding_ids},
)
def assess(
    by: Annotated[
        str,
        typer.Option("--by", metavar="单位", help="评估的单位。", callback=edit_options.filled),
    ],
    score: Annotated[
        str | None,
        typer.Option(
            "--score", metavar="得分", help="得分，如 92.5。", callback=edit_options.filled
        ),
    ] = None,
    grade: Annotated[
        str | None,
        typer.Option(
            "--grade", metavar="等次", help="等次，如 较好。", callback=edit_options.filled
        ),
    ] = None,
    votes: Annotated[
        str | None,
        typer.Option(
            "--votes",
            metavar="票数",
            help="满意度票数，如 满意38、基本满意2、不满意0。",
            callback=edit_options.filled,
        ),
    ] = None,
    sent_back: Annotated[
        list[str] | None,
        typer.Option(
            "--sent-back", metavar="编号", help="退回重改的问题；可多次指定，也可用顿号隔开。"
        ),
    ] = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add an assessment by the authority above."""
    from zhenggai.cli.inspection_change import change_inspection

    counted = _counted(votes)
    if not (score or grade or counted or sent_back):
        raise WrongUsageError("评估的内容是空的；写 --score、--grade、--votes 或 --sent-back")

    def plan(head: "Head") -> "Plan":
        verdict = Verdict(by, _bare(score), grade, counted, _ids(head, sent_back or ()))
        return plan_assess(head.inspection, edit_options.day_of(on, head), verdict)

    return change_inspection(plan, options)


@command(
    "登记文件的签批，写进inspection.yaml。签字人写职务，不写姓名。",
    examples="""
zhenggai sign 整改进展情况报告 --by 局党组书记 --on 2021-05-20""",
)
def sign(
    document: Annotated[
        str,
        typer.Argument(metavar="文件", help="签批的文件。", callback=edit_options.worded),
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="职务", help="签字人的职务。", callback=edit_options.filled),
    ],
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Add a paper that was signed."""
    from zhenggai.cli.inspection_change import change_inspection

    return change_inspection(
        lambda head: plan_sign(head.inspection, edit_options.day_of(on, head), document, by),
        options,
    )


def _bare(score: str | None) -> str | None:
    return None if score is None else score.strip().removesuffix("分").strip()


def _counted(votes: str | None) -> dict[str, int]:
    """Return the votes by what was voted; raise WrongUsageError where the text is none."""
    counted: dict[str, int] = {}
    for part in re.split(r"[、，,；;]", votes) if votes else ():
        found = _VOTES.fullmatch(part)
        if found is None or found[1] in counted:
            raise WrongUsageError(
                f"--votes“{votes}”的格式无法识别；写成 满意38、基本满意2、不满意0"
            )
        counted[found[1]] = int(found[2])
    return counted


def _ids(head: "Head", asked: Sequence[str]) -> list[str]:
    """Return the findings named, each once, by the ids that the ledger has for them."""
    known = head.ids()
    numbers: dict[int, None] = {}
    for one in asked:
        for part in filter(None, map(str.strip, re.split(r"[、，,]", one))):
            if not (part.isascii() and part.isdigit()):
                raise WrongUsageError(f"--sent-back：“{part}”不是编号；编号是数字，如 7 或 07")
            if int(part) not in known:
                there = "、".join(list(known.values())[:_NAMED]) or "尚无问题"
                raise WrongUsageError(f"--sent-back：没有问题{part}；台账里的编号：{there}")
            numbers[int(part)] = None
    return [known[number] for number in numbers]


_NAMED = 20
