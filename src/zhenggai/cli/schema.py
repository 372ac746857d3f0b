"""`zhenggai schema`: the JSON Schema of a ledger's files, for editors and other tools."""

from enum import Enum
from typing import Annotated

import typer

from zhenggai.cli.console import say_exactly
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode
from zhenggai.storage.resources import shipped


class SchemaOf(str, Enum):
    """The kinds of files there are a schema for."""

    FINDING = "finding"
    INSPECTION = "inspection"
    HOLIDAYS = "holidays"


@command(
    "输出JSON Schema，供编辑器和其他工具使用。",
    examples="""
zhenggai schema finding > finding.json""",
)
def schema(
    kind: Annotated[
        SchemaOf,
        typer.Argument(
            metavar="哪种文件", help="finding 问题；inspection 总说明；holidays 节假日。"
        ),
    ],
) -> ExitCode:
    """Print a JSON Schema as it is shipped."""
    path = shipped("templates") / "schema" / f"{kind.value}.json"
    say_exactly(path.read_text(encoding="utf-8").rstrip("\n"))
    return ExitCode.OK
