"""`zhenggai status`: how far the rectification has come, and what presses."""

from typing import Annotated, NamedTuple

import typer

from zhenggai.cli.console import say, screen
from zhenggai.cli.format_options import StatusFormatOption
from zhenggai.cli.ledger_access import load_registers, report, tell_of_unknown_days_off
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.exporters import registry
from zhenggai.model.terms import Grouping, Timing
from zhenggai.storage.file_names import is_read
from zhenggai.views.progress_tables import Report

_PRESSING = (Timing.OVERDUE, Timing.DUE_SOON, Timing.STALE)


@command(
    "显示整改进展：各方面有多少问题、销号多少，哪些逾期、临期、进展缓慢。",
    examples="""
zhenggai status
zhenggai status --by 责任科室 --all
zhenggai status --today 2021-05-18 --format markdown""",
)
def status(
    by: Annotated[
        Grouping | None,
        typer.Option("--by", help="汇总方式；不写时一本台账按方面，几本台账按台账。"),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="提醒只列逾期的。")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="提醒全部列出；不写时每类最多列10个。")
    ] = False,
    style: StatusFormatOption = "table",
    watch: Annotated[
        bool, typer.Option("--watch", help="留在终端里，台账有改动就刷新；按Ctrl+C结束。")
    ] = False,
    *,
    where: Where,
) -> ExitCode:
    """Show progress by group, then what is overdue, due soon or not moving."""
    shown = _Shown(by, _PRESSING[:1] if overdue else _PRESSING, everything, style)
    if not watch:
        return _show(shown, where)
    from zhenggai.cli import watching  # a run that shows once does without

    watching.watch(where.ledger, lambda: _show(shown, where, is_paged=False))
    return ExitCode.OK


class _Shown(NamedTuple):
    """What is asked to be shown, and in which form."""

    by: Grouping | None
    timings: tuple[Timing, ...]
    everything: bool
    style: str


def _show(shown: _Shown, where: Where, *, is_paged: bool = True) -> ExitCode:
    loaded = load_registers(where.ledger, where.today, together=True)
    several = len(loaded) > 1
    # Of one ledger alone there is nothing else to be told.
    counted = [one for one in loaded if is_read(one.register.problems)] if several else loaded
    left_out = [one.register.name for one in loaded if not is_read(one.register.problems)]
    content = Report(
        registers=[one.register for one in counted],
        lines=[line for one in counted for line in one.lines()],
        today=loaded[0].today,
        by=shown.by or (Grouping.LEDGER if several else Grouping.ASPECT),
        timings=shown.timings,
        all_warnings=shown.everything,
        left_out=left_out if several else (),
    )
    say(registry.writer("status", shown.style)(content, screen()), is_paged=is_paged)
    tell_of_unknown_days_off(
        (line.standing for line in content.lines),
        [(one.register.head.terms, one.today) for one in loaded],
    )
    return report(problem for one in loaded for problem in one.register.problems)
