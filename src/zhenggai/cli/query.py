"""`zhenggai query`: SQL over many ledgers, or over tables written before."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli.console import say, screen, tell
from zhenggai.cli.format_options import RowsFormatOption
from zhenggai.cli.ledger_access import (
    asked_day,
    asked_folder,
    day_of_folders,
    open_folders,
    report,
    root_of,
    uncollected_reading,
)
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.rollup.question_names import Question
from zhenggai.storage.discovery import current_folder
from zhenggai.storage.table_folder import TableFolder, is_table_folder
from zhenggai.views.answers import Answered

if TYPE_CHECKING:
    from zhenggai.model.problem import Problem


@command(
    "用SQL查许多本台账，或查 zhenggai tables 写的表；只能查，不能改。",
    examples="""
zhenggai query --name 逾期 --today 2021-05-18
zhenggai query --ledger 表 --name 完成率
zhenggai query 'SELECT stage, COUNT(*) FROM standing GROUP BY stage'""",
)
def query(
    sql: Annotated[
        str | None, typer.Argument(metavar="SQL", help="一条SELECT；standing是这一天的状态。")
    ] = None,
    name: Annotated[Question | None, typer.Option("--name", help="现成的查询。")] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="直接查台账时，不公开的问题的文字也在内。")
    ] = False,
    style: RowsFormatOption = "table",
    *,
    where: Where,
) -> ExitCode:
    """Answer one query."""
    from zhenggai.rollup import answering, duckdb_engine
    from zhenggai.rollup.table_set import placed

    if (sql is None) == (name is None):
        raise WrongUsageError("写一条SQL，或用 --name 选一个现成的查询，只写其中一样")
    duckdb_engine.require()
    text = answering.text_of(name) if name else sql or ""
    asked = asked_folder(where.ledger)
    problems: tuple[Problem, ...] = ()
    if asked and is_table_folder(current_folder() / asked):
        folder = TableFolder(asked)
        today = asked_day(where.today) or answering.written_for(folder)
        tell(f"查的是“{asked}”里的表，按{today}计算")
        loaded = answering.of_tables(folder, today)
    else:
        folders = open_folders(asked)
        today = day_of_folders(where.today, folders)
        ledgers = placed(folders, root_of(folders, asked))
        with uncollected_reading() as progress:
            loaded, problems = answering.of_ledgers(
                ledgers, today, internal=internal, progress=progress
            )
    try:
        answer = loaded.ask(text)
    finally:
        loaded.close()
    say(registry.writer("rows", style)(Answered(today, answer.names, answer.rows), screen()))
    return report(problems)
