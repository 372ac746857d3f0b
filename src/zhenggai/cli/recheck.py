"""`zhenggai recheck`: look at closed findings once more (复查), and choose which."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.change import change_findings
from zhenggai.cli.console import say, screen
from zhenggai.cli.ledger_access import load_registers, report
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.lifecycle import Plan
from zhenggai.ledger.sampling import closed, sample
from zhenggai.ledger.supervision_steps import Look, plan_recheck
from zhenggai.model.terms import RecheckResult

if TYPE_CHECKING:
    from zhenggai.cli import editing
    from zhenggai.ledger.lifecycle import Case


@command(
    """登记对已销号问题的复查，或抽取要复查的问题。

        复查不改变整改状态；不到位或反弹的，用 zhenggai reopen 重开。

        --sample 抽取：台账、--seed 相同，抽到的就相同，任何人都可以重抽核对。""",
    examples="""
zhenggai recheck 7 --by 县委巡察办 --result 到位 --evidence 佐证/07/照片.jpg
zhenggai recheck 7 --by 县委巡察办 --result 反弹 --note 会议又多了起来
zhenggai recheck 8 --by 巡察办 --result 不到位 --sham-by 县纪委 --basis 5号
zhenggai recheck --sample 5 --seed 2021""",
    completes={"finding_ids": candidates.finding_ids},
)
def recheck(
    finding_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="编号", help="7、07、1-5 或 台账/07；可指定多个。抽取时不写。"),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="名称", help="核查人：单位或职务。", callback=edit_options.filled
        ),
    ] = None,
    result: Annotated[RecheckResult | None, typer.Option("--result", help="结论。")] = None,
    note: edit_options.NoteOption = None,
    evidence: edit_options.EvidenceOption = None,
    sham_by: Annotated[
        str | None,
        typer.Option(
            "--sham-by",
            metavar="单位",
            help="认定为虚假整改的单位；同时要写 --basis。",
            callback=edit_options.filled,
        ),
    ] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            metavar="依据",
            help="认定虚假整改的文号或会议。",
            callback=edit_options.filled,
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option("--sample", metavar="个数", min=1, help="抽取这么多个已销号的问题，不写入。"),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            "--seed",
            metavar="文字",
            help="抽取的种子，如年份；不写时为当天的日期。",
            callback=edit_options.filled,
        ),
    ] = None,
    on: edit_options.OnOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Record what was found of closed findings, or choose some to look at."""
    if size is not None:
        record = {
            "编号": finding_ids,
            "--by": by,
            "--result": result,
            "--note": note,
            "--evidence": evidence,
            "--sham-by": sham_by,
            "--basis": basis,
            "--on": on,
        }
        if extra := [name for name, value in record.items() if value]:
            raise WrongUsageError(f"--sample 只抽取，不能和 {'、'.join(extra)} 一起用")
        return _draw(size, seed, options)
    if seed is not None:
        raise WrongUsageError("--seed 是抽取用的；加上 --sample 个数")
    if not finding_ids:
        raise WrongUsageError("要写复查哪个问题的编号；要抽取的，用 --sample 个数")
    if by is None or result is None:
        missing = [name for name, value in (("--by", by), ("--result", result)) if value is None]
        raise WrongUsageError(f"登记复查要写核查人和结论；加上 {'、'.join(missing)}")
    if (sham_by is None) != (basis is None):
        raise WrongUsageError("认定为虚假整改的，认定单位和依据都要写：--sham-by 和 --basis")
    checked_by, found = by, result

    def plan(edited: "editing.EditedLedger", case: "Case") -> Plan:
        from zhenggai.cli import editing

        files = editing.evidence_files(edited, evidence)
        look = Look(checked_by, found, note, files, sham_by, basis)
        return plan_recheck(case, edit_options.day_of(on, edited), look)

    return change_findings(finding_ids, plan, options, lambda _change: "")


def _draw(size: int, seed: str | None, options: edit_options.EditOptions) -> ExitCode:
    """Name closed findings to look at, and say of how many they were drawn."""
    from zhenggai.views.drawn_sample import DrawnSample

    loaded = load_registers(options.ledger, options.today)
    population = closed(line for one in loaded for line in one.lines())
    today = max(one.today for one in loaded)
    used = str(today) if seed is None else seed.strip()
    drawn = DrawnSample(
        lines=sample(population, size, used),
        closed=len(population),
        asked=size,
        seed=used,
        today=today,
        several=len(loaded) > 1,
    )
    say(registry.writer("sample", options.style)(drawn, screen()))
    return report(problem for one in loaded for problem in one.register.problems)
