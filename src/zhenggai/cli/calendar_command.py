"""`zhenggai calendar`: the deadlines as a file that calendars take in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import tell
from zhenggai.cli.ledger_access import load, report
from zhenggai.cli.options import Where, command
from zhenggai.cli.output_file import (
    one_ledger,
    output_file,
    refuse_private_in,
    refuse_secrets_in,
    write_to_file,
)
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.calendar_entries import Calendar, CalendarChoice
from zhenggai.ledger.calendar_entries import calendar as calendar_of

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadLedger

_EXAMPLE = "时限.ics"


@command(
    """把整改时限写成日历文件（ics），导入手机或电脑的日历，按预警等级在当天9点提醒。

        标题默认只写编号，如“整改07到期”：手机的日历多存在网上。销号的写成“已取消”。""",
    examples="""
zhenggai calendar -o 时限.ics
zhenggai calendar -o 办公室.ics --department 办公室 --measures
zhenggai calendar -o 时限.ics --titles""",
    completes={
        "department": candidates.NAMES["department"],
        "owner": candidates.NAMES["owner"],
    },
)
def calendar(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件，如 时限.ics。")
    ],
    department: Annotated[
        str | None, typer.Option("--department", metavar="科室", help="只写一个科室的。")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="责任人", help="只写一个责任人的。")
    ] = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="有自己时限的措施也各写一条。")
    ] = False,
    titles: Annotated[
        bool, typer.Option("--titles", help="标题写问题的名称，说明里写责任科室、责任人。")
    ] = False,
    internal: Annotated[bool, typer.Option("--internal", help="不公开的问题也写进去。")] = False,
    *,
    where: Where,
) -> ExitCode:
    """Write the deadlines of one ledger as a calendar."""
    loaded = one_ledger(load(where.ledger, where.today))
    target = output_file(output, _EXAMPLE, loaded)
    style = _format(output)
    identifier = loaded.ledger.inspection.identifier
    if identifier is None:
        raise RefusedError(
            "inspection.yaml里没有“标识”，日历认不出下次导入的是同一件事，未写入；"
            "写上标识，如 标识: 2021-县委-县科技局"
        )
    choice = CalendarChoice(department, owner, measures, titles, internal)
    content = calendar_of(loaded.day, identifier, choice)
    _refuse_nobody(choice, content, loaded)
    refuse_secrets_in(loaded)
    texts = (text for one in content.entries for text in (one.title, *one.details))
    refuse_private_in("\n\n".join(dict.fromkeys(texts)), loaded, allowed=False)
    write_to_file(target, registry.writer("calendar", style)(content))
    cancelled = sum(one.cancelled for one in content.entries)
    ended = f"，其中{cancelled}条已了结，写成“已取消”" if cancelled else ""
    tell(f"已写入{output}：{len(content.entries)}条{ended}")
    if content.left_out:
        tell(f"有{content.left_out}个不公开的问题未写入；要写的，加 --internal")
    return report(loaded.ledger.problems)


def _format(output: str) -> str:
    """Return the format that the file's ending means."""
    by_ending = registry.by_suffix("calendar")
    chosen = by_ending.get(Path(output).suffix.lower())
    if chosen is None:
        raise WrongUsageError(f"日历文件以 .ics 结尾；“{output}”换成 {_EXAMPLE} 这样的文件名")
    return chosen


def _refuse_nobody(choice: CalendarChoice, content: Calendar, loaded: "ReadLedger") -> None:
    """Say whom there is where a department or a person asked for has nothing at all."""
    if content.entries or content.left_out:
        return
    lines, findings = loaded.day.lines, loaded.ledger.findings
    departments = {name for finding in findings for name in finding.departments}
    departments |= {
        name for finding in findings for one in finding.measures for name in one.departments
    }
    owners = {line.standing.owner for line in lines}
    owners |= {one.owner for finding in findings for one in finding.measures}
    for asked, what, known in (
        (choice.department, "责任科室", departments),
        (choice.owner, "责任人", owners),
    ):
        if asked is not None and asked not in known:
            there = "、".join(sorted(name for name in known if name))
            raise WrongUsageError(f"没有{what}是“{asked}”的问题；现有：{there}")
