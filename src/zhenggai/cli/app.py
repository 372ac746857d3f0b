"""The program: its commands, and the boundary where every failure becomes an exit code."""

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from zhenggai import __version__
from zhenggai.cli.announce import announce
from zhenggai.cli.back import reopen, send_back
from zhenggai.cli.check import check
from zhenggai.cli.chinese import ChineseCommand, ChineseGroup, help_hint, usage_error
from zhenggai.cli.close import close
from zhenggai.cli.completing import complete, completion
from zhenggai.cli.context import say
from zhenggai.cli.done import done
from zhenggai.cli.edit import edit
from zhenggai.cli.extend import extend
from zhenggai.cli.importing import import_notice
from zhenggai.cli.listing import listing
from zhenggai.cli.log import log
from zhenggai.cli.schema import schema
from zhenggai.cli.show import show
from zhenggai.cli.start import init, new
from zhenggai.cli.status import status
from zhenggai.errors import ExitCode, ZhenggaiError
from zhenggai.storage.written import written
from zhenggai.views.text import visible

app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    invoke_without_command=True,
)

# Each command with its help and its examples.
_COMMANDS: dict[str, tuple[Callable[..., ExitCode], str, str]] = {
    "status": (
        status,
        "显示整改进展:各方面有多少问题、销号多少,哪些逾期、临期、久未更新。",
        """
zhenggai status
zhenggai status --by 科室 --all
zhenggai status --today 2021-05-18 --format markdown""",
    ),
    "list": (
        listing,
        "列出问题,可以筛选和排序。",
        """
zhenggai list --timing 逾期 --timing 临期 --sort 缓急
zhenggai list --department 办公室 --search 会议
zhenggai list --format csv > 台账.csv""",
    ),
    "show": (
        show,
        "显示一个问题的全部内容:责任、措施、成效和记录。",
        """
zhenggai show 7
zhenggai show keji-2021/07 --format json""",
    ),
    "check": (
        check,
        """检查台账:找出写错的、矛盾的、逾期的。

        退出码:0 正常;1 有逾期;3 台账有错误(同时有逾期也是3)。""",
        """
zhenggai check -v
zhenggai check --warn-days 3
zhenggai check --explain R427""",
    ),
    "init": (
        init,
        "新建一本台账。已有台账的文件夹不会改动。",
        """
zhenggai init 我的台账
zhenggai init 我的台账 --unit 县科技局党组 --feedback 2021-02-01
zhenggai init 示例 --sample""",
    ),
    "new": (
        new,
        "登记一个问题:用下一个编号写出带说明的文件,供补充措施。",
        """
zhenggai new 存在以会议落实会议现象 --department 办公室 --due 2021-04-30
zhenggai new 意识形态工作落实不到位 --kind 长期坚持 --review-every 每季度""",
    ),
    "done": (
        done,
        "登记措施完成。",
        """
zhenggai done 7.2 --outcome 修订议事规则1项
zhenggai done 7.1 7.2 --on 2021-04-15 --evidence 佐证/07/签字表.pdf""",
    ),
    "log": (
        log,
        "登记一条督查记录。",
        """
zhenggai log 7 会议制度已形成初稿 --by 督查组""",
    ),
    "extend": (
        extend,
        "登记延期:要有理由和批准人,只能往后延。",
        """
zhenggai extend 4 2021-06-30 --reason 实施办法待审定 --approved-by 局党组""",
    ),
    "close": (
        close,
        "对账销号。台账规定了销号程序的,登记下一步,最后一步销号。",
        """
zhenggai close 7 --by 局党组 --evidence 佐证/07/签字表.pdf
zhenggai close 1-3 5 --by 局党组 --on 2021-04-28
zhenggai close 7 --by 局党组 --complete --dry-run""",
    ),
    "return": (
        send_back,
        "退回销号申请,重新整改。",
        """
zhenggai return 17 --reason 佐证不全""",
    ),
    "reopen": (
        reopen,
        "重开已销号的问题;原来的销号记录保留。",
        """
zhenggai reopen 7 --reason 回头看发现反弹""",
    ),
    "edit": (
        edit,
        "用编辑器改一个问题;改好的内容没有错误才写回。",
        """
zhenggai edit 7""",
    ),
    "announce": (
        announce,
        """写出通报(md、text、html、docx),或别的文书。

        模板:notice 通报;lists 问题、任务、责任清单;bulletin 周督查通报;
        approval 销号审批单;letter 提醒函、督办函。台账里有templates文件夹的,用那里的同名模板。""",
        """
zhenggai announce -o 通报.docx
zhenggai announce --format text --strict
zhenggai announce --template letter --department 办公室""",
    ),
    "import": (
        import_notice,
        "把公布的通报变成台账,并记下它的写法。",
        """
zhenggai import 通报.txt -o 台账
zhenggai import 通报.docx --dry-run""",
    ),
    "schema": (
        schema,
        "输出JSON Schema,供编辑器和别的工具使用。",
        """
zhenggai schema finding > finding.json""",
    ),
    "completion": (
        completion,
        """输出补全脚本:装好以后按Tab键,补全命令、选项、编号、科室、方面和代码。

        装法见例子;装好后重新打开终端。zsh的那一行要放在compinit之后。""",
        """
echo 'source <(zhenggai completion bash)' >> ~/.bashrc
echo 'source <(zhenggai completion zsh)' >> ~/.zshrc
zhenggai completion fish > ~/.config/fish/completions/zhenggai.fish
echo 'zhenggai completion powershell | Out-String | iex' >> $PROFILE""",
    ),
}

for _name, (_function, _help, _examples) in _COMMANDS.items():
    app.command(_name, cls=ChineseCommand, help=_help, epilog=_examples)(_function)


@app.callback(
    help="巡察整改台账:一个问题一个文件,看进展、查逾期、对账销号。",
    epilog="""
zhenggai init 示例 --sample          放一本样例台账
zhenggai status --ledger 示例        看进展
zhenggai check --ledger 示例         查错误和逾期""",
)
def program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本。", is_eager=True)] = False,
) -> None:
    """Show the version or, without a command, the help."""
    if version:
        say(f"zhenggai {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())
        raise typer.Exit


def main(args: list[str] | None = None) -> int:  # noqa: PLR0911 - one return for each kind of end
    """Run the program and give its exit code; no failure leaves here as a traceback."""
    _speak_utf8()
    written.clear()
    # Looking for pydantic plugins reads the metadata of every package there is.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        words = sys.argv[1:] if args is None else args
        if complete(lambda: typer.main.get_command(app), words):
            return ExitCode.OK
        code = int(app(args, prog_name="zhenggai", standalone_mode=False) or ExitCode.OK)
        sys.stdout.flush()
    except ZhenggaiError as error:
        return _fail(visible(str(error)), error.exit_code)
    except typer.TyperException as error:
        return _fail(f"{usage_error(error)}。\n{help_hint(error)}", ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(f"已中断,{_what_was_written()}", ExitCode.INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # typer turns a closed pipe into SystemExit
        _let_go_of_stdout()
        return ExitCode.BROKEN_PIPE
    except Exception:  # noqa: BLE001 - the last resort: a bug is reported, never thrown at the user
        return _report_bug(args)
    if code == ExitCode.INTERRUPTED:
        return _fail(f"已中断,{_what_was_written()}", ExitCode.INTERRUPTED)
    return code


def _speak_utf8() -> None:
    """Write UTF-8 whatever the machine's code page, and never fail on an odd character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fail(message: str, code: ExitCode) -> ExitCode:
    sys.stderr.write(f"错误: {message}\n")
    return code


def _what_was_written() -> str:
    if not written:
        return "没有改动任何文件"
    return f"在这之前已写入:{'、'.join(visible(path.name) for path in written)}"


def _let_go_of_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(args: list[str] | None) -> ExitCode:
    import platform
    import traceback

    words = sys.argv[1:] if args is None else args
    report = [
        f"程序出了意料之外的错误,{_what_was_written()}。请把下面的内容发给维护者:",
        f"zhenggai {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"zhenggai {' '.join(map(visible, words))}",
        traceback.format_exc(),
    ]
    sys.stderr.write("\n".join(report))
    return ExitCode.BUG
