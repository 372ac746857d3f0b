"""`zhenggai help`: how the program, or one command of it, is used."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from zhenggai.cli.commands import Commands
from zhenggai.cli.console import say
from zhenggai.cli.options import Candidate, command
from zhenggai.errors import ExitCode


def _names(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every command with what it does."""
    commands = Commands()
    return [(name, commands.summary(name)) for name in commands]


@command(
    "显示用法：不写命令时是全部命令，写了是这个命令的参数、选项和例子。",
    examples="""
zhenggai help
zhenggai help close""",
    completes={"name": _names},
)
def show_help(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="命令", help="命令的名称；不写就是全部命令。")
    ] = None,
) -> ExitCode:
    """Show the help of the program or of one command."""
    above: Any = ctx.parent
    say(above.get_help() if name is None else above.command.explain(above, name))
    return ExitCode.OK
