"""The program: its commands, and the boundary where every failure becomes an exit code."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TextIO

import typer

from zhenggai.cli.commands import ALIASES, HELP_OPTIONS, Commands
from zhenggai.cli.console import say, tell, what_was_written
from zhenggai.cli.help_text import ChineseGroup, help_hint, usage_error
from zhenggai.errors import ExitCode, ZhenggaiError
from zhenggai.storage.atomic import recorded_writes
from zhenggai.version import __version__
from zhenggai.views.screen_text import visible


class _Program(ChineseGroup):
    """The program with its commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands()


app = typer.Typer(
    cls=_Program,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": HELP_OPTIONS},
)


@app.callback(
    help=f"""巡察整改台账：一个问题一个文件，查看进展、检查逾期、对账销号。

        简写：{"、".join(f"{short} 就是 {name}" for short, name in ALIASES.items())}。
        一个命令的用法：zhenggai help 命令，或在命令后面加 -h。""",
    epilog="""
zhenggai init 示例 --sample          建立样例台账
zhenggai status --ledger 示例        查看进展
zhenggai check --ledger 示例         检查错误和逾期""",
)
def program(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("-V", "--version", help="显示版本。", is_eager=True)
    ] = False,
) -> None:
    """Show the version or, without a command, the help."""
    if version:
        say(f"zhenggai {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())
        raise typer.Exit


def run(interrupted: Callable[[], bool] = lambda: False) -> NoReturn:
    """Run the program and end the process.

    Where all went as it should, the process ends without Python taking apart first what the system
    throws away anyway: that would take a tenth of a short command. `interrupted` tells whether
    Ctrl-C was pressed, whatever error came of it.
    """
    code = main(interrupted=interrupted)
    if code >= ExitCode.BUG:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def main(
    args: list[str] | None = None,
    command: Callable[..., Any] = app,
    interrupted: Callable[[], bool] = lambda: False,
) -> int:
    """Run the program and return its exit code; no failure leaves here as a traceback.

    `command` is the program: `app`, or what typer has made of it once for many runs.
    """
    _speak_chinese()
    with recorded_writes() as writes:
        code = _run(args, command, interrupted)
    if writes.recovered:
        names = "、".join(visible(path.name) for path in writes.recovered)
        tell(f"上次未写完的改动已补写：{names}")
    return code


def _run(  # noqa: PLR0911 - one return for each kind of end
    args: list[str] | None, command: Callable[..., Any], interrupted: Callable[[], bool]
) -> int:
    # Looking for pydantic plugins reads the metadata of every package there is.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        words = sys.argv[1:] if args is None else args
        if _completes(words):
            return ExitCode.OK
        code = int(command(args, prog_name="zhenggai", standalone_mode=False) or ExitCode.OK)
        sys.stdout.flush()
    except ZhenggaiError as error:
        return _fail(error.exit_code, visible(str(error)))
    except typer.TyperException as error:
        return _fail(ExitCode.USAGE, usage_error(error), help_hint(error))
    except (KeyboardInterrupt, typer.Abort):
        return _fail(ExitCode.INTERRUPTED, f"已中断，{what_was_written()}")
    except (BrokenPipeError, SystemExit):  # typer turns a closed pipe into SystemExit
        _let_go_of_stdout()
        return ExitCode.BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is reported, never thrown at the user
        if interrupted():
            return _fail(ExitCode.INTERRUPTED, f"已中断，{what_was_written()}")
        if isinstance(error, FileNotFoundError) and _stands_nowhere():
            return _fail(ExitCode.USAGE, "当前文件夹已被删除；换到其他文件夹再执行")
        return _report_bug(args)
    if code == ExitCode.INTERRUPTED:
        return _fail(ExitCode.INTERRUPTED, f"已中断，{what_was_written()}")
    return code


def _stands_nowhere() -> bool:
    """Whether the current folder has been deleted."""
    from zhenggai.storage.discovery import current_folder, is_there

    return not is_there(current_folder())


def _completes(words: list[str]) -> bool:
    """Answer a shell that asks what may stand at the cursor; tell whether one asked."""
    if not (words and words[0].startswith("complete-")):
        return False
    from zhenggai.cli.completing import complete

    return complete(Commands(), words)


def _speak_chinese() -> None:
    """Write UTF-8, but what a terminal reads at a terminal; never fail on an odd character."""
    # Without a console, or started as `zhenggai list <&- >&-`, there is nowhere to read and write.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.encoding == "utf-8" or not (stream.isatty() and _has_chinese(stream.encoding)):
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        else:
            from zhenggai.cli import legacy_terminal  # hardly anybody has one

            reconfigure(errors=legacy_terminal.ERRORS, newline="\n")


def _has_chinese(encoding: str) -> bool:
    """Whether an encoding can write what the program says; elsewhere a terminal may know UTF-8."""
    try:
        return bool("整改".encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _fail(code: ExitCode, message: str, *more: str) -> ExitCode:
    tell(f"错误：{message}", *more)
    return code


def _let_go_of_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(args: list[str] | None) -> ExitCode:
    import platform
    import traceback

    words = sys.argv[1:] if args is None else args
    report = [
        f"程序发生意外错误，{what_was_written()}。请把下面的内容发给维护者：",
        f"zhenggai {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"zhenggai {' '.join(map(visible, words))}",
        *traceback.format_exc().removesuffix("\n").split("\n"),
    ]
    tell(*report)
    return ExitCode.BUG
