"""`zhenggai export`: the register as a workbook to print and to fill in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import hand_out, tell
from zhenggai.cli.ledger_access import ReadLedger, load, report
from zhenggai.cli.options import Where, command
from zhenggai.cli.output_file import (
    MarkingOption,
    one_ledger,
    output_file,
    refuse_private_in,
    refuse_secrets_in,
    write_to_file,
)
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.register_sheet import register_sheet
from zhenggai.model.terms import Grouping
from zhenggai.notice import publishing
from zhenggai.views.progress_tables import Report
from zhenggai.views.workbook import Workbook

if TYPE_CHECKING:
    from zhenggai.ledger.register_sheet import RegisterSheet


@command(
    "把台账写成表格（xlsx、csv）：打印出来看，或发给科室填写，再用 zhenggai import 读回。",
    examples="""
zhenggai export -o 台账.xlsx
zhenggai export -o 办公室.xlsx --department 办公室
zhenggai export -o 台账.csv --internal""",
    completes={"department": candidates.departments, "marking": candidates.markings},
)
def export(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件；- 是标准输出。")
    ],
    style: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="形式",
            help=f"{'、'.join(registry.names('workbook'))}；不写时看文件名。",
        ),
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar="科室", help="只写一个科室的问题。")
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="不公开的问题也写进去，注明“内部”。")
    ] = False,
    marking: MarkingOption = None,
    *,
    where: Where,
) -> ExitCode:
    """Write the register of one ledger as a workbook."""
    marked = publishing.marking(marking)
    loaded = one_ledger(load(where.ledger, where.today))
    chosen = _format(style, output)
    target = None if output == "-" else output_file(output, "台账.xlsx", loaded)
    sheet = register_sheet(loaded.day, department=department, internal=internal)
    _refuse_nothing(sheet, department, loaded)
    refuse_secrets_in(loaded)
    refuse_private_in(_texts(sheet), loaded, allowed=False)
    registers = (loaded.day.register,)
    shown = [block.line for block in sheet.blocks]
    figures = Report(registers, shown, loaded.day.today, Grouping.ASPECT, ())
    content = registry.writer("workbook", chosen)(Workbook(sheet, figures, marked))
    if target is None:
        hand_out(content)
    else:
        write_to_file(target, content if isinstance(content, bytes) else content.encode("utf-8"))
        tell(f"已写入{output}：{len(sheet.blocks)}个问题，{sum(1 for _ in sheet.rows)}行")
    if sheet.left_out:
        tell(f"有{sheet.left_out}个不公开的问题未写入；要写的，加 --internal")
    report(loaded.ledger.problems)
    return ExitCode.OK


def _format(style: str | None, output: str) -> str:
    """Return the format asked for, else the one that the file's ending means."""
    by_ending = registry.by_suffix("workbook")
    chosen = style or by_ending.get(Path(output).suffix.lower())
    if chosen is None:
        known = "、".join(by_ending)
        raise WrongUsageError(f"“{output}”看不出要写成哪种表格；文件名用 {known}，或加 --format")
    if registry.find("workbook", chosen).is_binary and output == "-" and sys.stdout.isatty():
        raise WrongUsageError(f"{chosen}要写到文件；加上 -o 文件名.{chosen}")
    return chosen


def _refuse_nothing(sheet: "RegisterSheet", department: str | None, loaded: ReadLedger) -> None:
    """Say which departments there are where the one asked for has no finding."""
    if department is None or sheet.blocks or sheet.left_out:
        return
    known = dict.fromkeys(
        name for finding in loaded.ledger.findings for name in finding.departments
    )
    raise WrongUsageError(f"没有责任科室是“{department}”的问题；现有：{'、'.join(known)}")


def _texts(sheet: "RegisterSheet") -> str:
    """Return all that the sheet says, cell by cell."""
    said = (value for row in sheet.rows for value in row.values.values() if isinstance(value, str))
    return "\n\n".join(dict.fromkeys(said))
