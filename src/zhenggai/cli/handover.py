"""`zhenggai handover`: another person holds the findings of one who leaves."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import tell
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError
from zhenggai.ledger.corrections import plan_hand_over
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import Post, Stage
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case, Plan
    from zhenggai.ledger.standing import Line, Standing


@command(
    """交接：责任人（或责任领导）换了人，一次登记到他负责的每个问题。

        不写编号时，是他负责的全部未销号的问题。文件里的“责任人”不改，现在由谁负责按交接记录算。

        名称写错、改了名称而没有换人的，用 zhenggai rename。""",
    examples="""
zhenggai handover --owner 财务科科长 财务科副科长 --on 2021-05-10
zhenggai handover 3 7 --leader 分管副局长 局长""",
    completes={"findings": candidates.finding_ids}
    | {name: candidates.NAMES[name] for name in ("owner", "leader")},
)
def handover(
    findings: Annotated[
        list[str] | None,
        typer.Argument(metavar="编号", help="7、07、1-5 或 台账/07；可指定多个，不写就是全部。"),
    ] = None,
    owner: Annotated[
        tuple[str, str] | None,
        typer.Option("--owner", metavar="原任 接任", help="责任人由谁交接给谁。"),
    ] = None,
    leader: Annotated[
        tuple[str, str] | None,
        typer.Option("--leader", metavar="原任 接任", help="责任领导由谁交接给谁。"),
    ] = None,
    note: edit_options.NoteOption = None,
    by: edit_options.ByOption = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Hand findings over."""
    from zhenggai.cli import editing

    post, giver, taker = _asked(owner, leader)
    ledgers = editing.EditedLedgers(options)
    if findings:
        chosen = editing.without_closed(ledgers.targets(findings))
    else:
        chosen = ledgers.picked(lambda line: _is_held(line, post, giver))
        if not chosen:
            raise RefusedError(_nobody(ledgers.lines(), post, giver) + _keeps(ledgers, post, giver))

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        day = edit_options.day_of(on, edited)
        return plan_hand_over(case, day, post, giver, taker, note, by)

    changes = editing.carry_out(chosen, plan, options)
    code = editing.tell_changes(changes, options, lambda _change: "")
    if not options.quiet and (kept := _keeps(ledgers, post, giver)):
        tell(f"提醒：{kept.lstrip('；')}")
    return code


_NAMED_AT_MOST = 10


def _keeps(ledgers: "editing.EditedLedgers", post: Post, giver: str) -> str:
    """Name the open measures of which somebody is the own 责任人: none is handed over."""
    if post is not Post.OWNER:
        return ""
    kept = [
        f"{line.row.id}.{measure.number}"
        for line in ledgers.lines()
        if line.standing.stage is not Stage.CLOSED and not line.standing.withdrawn
        for measure in line.row.measures
        if measure.owner == giver and line.row.timeline.done[measure.number - 1] is None
    ]
    if not kept:
        return ""
    named = some(kept, _NAMED_AT_MOST)
    return f"；措施{named}自己写了责任人{giver}，换了人的用 zhenggai edit 改"


def _asked(owner: tuple[str, str] | None, leader: tuple[str, str] | None) -> tuple[Post, str, str]:
    """Return what is handed over, from whom and to whom."""
    both = ((Post.OWNER, owner), (Post.LEADER, leader))
    named = [(post, *names) for post, names in both if names]
    if len(named) != 1:
        raise WrongUsageError("写明由谁交接给谁：--owner 原任 接任，或 --leader 原任 接任")
    post, giver, taker = named[0][0], named[0][1].strip(), named[0][2].strip()
    option = "--owner" if post is Post.OWNER else "--leader"
    if not giver or not taker:
        raise WrongUsageError(f"{option}是空的；写成 {option} 原任 接任")
    if giver == taker:
        raise WrongUsageError(f"{option}的原任和接任都是{giver}；请核对")
    return post, giver, taker


def _holder(state: "Standing", post: Post) -> str | None:
    return state.owner if post is Post.OWNER else state.leader


def _is_held(line: "Line", post: Post, giver: str) -> bool:
    """Whether a finding is open and held by somebody."""
    state = line.standing
    is_open = state.stage is not Stage.CLOSED and not state.withdrawn
    return is_open and _holder(state, post) == giver


def _nobody(lines: "list[Line]", post: Post, giver: str) -> str:
    known = {name for line in lines if (name := _holder(line.standing, post))}
    close = nearest(giver, known, 0.5)
    if giver in known:
        return f"{post}是{giver}的问题都已销号或撤销登记，没有可交接的"
    return f"没有{post}是{giver}的问题" + (f"；是否想写“{close}”" if close else "；请核对")
