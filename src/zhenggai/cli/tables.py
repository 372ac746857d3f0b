"""`zhenggai tables`: all that many ledgers say as tables, for a database to answer from."""

from enum import Enum
from typing import Annotated

import typer

from zhenggai.cli.console import tell
from zhenggai.cli.ledger_access import (
    day_of_folders,
    open_folders,
    report,
    root_of,
    uncollected_reading,
)
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.storage.table_folder import TableFolder


class TableForm(str, Enum):
    """The forms that tables are written in."""

    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"


class Snapshots(str, Enum):
    """How often the standing is told of, back from the day."""

    WEEK = "week"


@command(
    "把一本或许多本台账写成几张表（问题、措施、记录、状态等），供数据库查询。",
    examples="""
zhenggai tables -o 表 --format ndjson
zhenggai tables --ledger 全县 -o 表 --today 2021-05-18
zhenggai tables --ledger 全县 -o 表 --snapshots week""",
)
def tables(
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="文件夹", help="写到哪个文件夹：新的，或上次写的。"),
    ],
    form: Annotated[
        TableForm,
        typer.Option("--format", help="parquet 要另外安装数据库；csv、ndjson 不用。"),
    ] = TableForm.PARQUET,
    snapshots: Annotated[
        Snapshots | None,
        typer.Option("--snapshots", help="状态不只写这一天，也写反馈以来每隔一周的。"),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="不公开的问题的文字也写进去。")
    ] = False,
    *,
    where: Where,
) -> ExitCode:
    """Write what has changed of the tables."""
    from zhenggai.rollup.table_forms import check_form
    from zhenggai.rollup.table_set import Wanted, placed, write_tables

    check_form(form.value)  # whatever is missing for it is said before anything is read
    folders = open_folders(where.ledger)
    target = TableFolder(output)
    target.spare(one.root for one in folders)
    today = day_of_folders(where.today, folders)
    wanted = Wanted(form.value, today, weekly=snapshots is not None, internal=internal)
    ledgers = placed(folders, root_of(folders, where.ledger))
    with uncollected_reading() as progress:
        written = write_tables(ledgers, target, wanted, progress)
    renewed = f"，改写{len(written.renewed)}组" if written.renewed else "，没有变化"
    tell(f"已写入{output}：{written.ledgers}本台账，{written.findings}个问题{renewed}")
    return report(written.problems)
