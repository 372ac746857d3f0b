"""`zhenggai init`: start a ledger."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.console import say, tell
from zhenggai.cli.edit_options import filled
from zhenggai.cli.ledger_access import asked_day, clock
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, RefusedError, cause
from zhenggai.model.dates import DateTextError
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.typed_dates import typed_day
from zhenggai.views.screen_text import visible


@command(
    "新建一本台账。已有台账的文件夹不会改动。",
    examples="""
zhenggai init 我的台账
zhenggai init 我的台账 --unit 县科技局党组 --feedback 2021-02-01
zhenggai init 示例 --sample""",
)
def init(
    folder: Annotated[
        str,
        typer.Argument(metavar="文件夹", help="台账所在的文件夹；没有就新建，不写时为当前文件夹。"),
    ] = ".",
    sample: Annotated[
        bool, typer.Option("--sample", help="放入样例台账：一次真实巡察的19个问题、61项措施。")
    ] = False,
    unit: Annotated[str | None, typer.Option("--unit", metavar="名称", help="被巡察单位。")] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="名称", help="巡察组。")] = None,
    feedback: Annotated[
        str | None, typer.Option("--feedback", metavar="日期", help="反馈日期，如 2021-02-01。")
    ] = None,
    identifier: Annotated[
        str | None,
        typer.Option(
            "--identifier",
            metavar="标识",
            help="台账的标识，如 2021-县委-县科技局；不写时由程序定。定了就不再改。",
            callback=filled,
        ),
    ] = None,
) -> ExitCode:
    """Start a ledger, or lay out the sample; a folder with a ledger is left alone."""
    from zhenggai.storage.scaffold import copy_sample, start_ledger

    root = Path(folder)
    there = "" if folder == "." else f" --ledger {_argument(folder)}"
    try:
        if sample:
            number = copy_sample(root)
            say(f"已放入样例台账（{number}个问题）：{visible(str(root))}")
            say(f"下一步：zhenggai status{there} --today 2021-05-18")
            return ExitCode.OK
        answers = (
            _ask("被巡察单位", unit),
            _ask("巡察组", group),
            _ask("反馈日期（如 2021-02-01）", feedback),
        )
        path = start_ledger(root, *answers[:2], _whole_day(answers[2]), identifier)
    except OSError as error:
        raise _cannot_write(root, error) from None
    shown = visible(str(path))
    say(f"已新建台账：{shown}")
    open_ones = [
        key for key, answer in zip(Inspection.REQUIRED, answers, strict=True) if not answer
    ]
    if open_ones:
        keys = " ".join(f"{key}=…" for key in open_ones)
        say(f"下一步：用 zhenggai set 台账 {keys}{there} 填写；再登记问题：")
        say(f"zhenggai new 问题名称{there}")
    else:
        say(f"下一步：zhenggai new 问题名称{there}")
    return ExitCode.OK


def _whole_day(feedback: str) -> str:
    """Return the day that a text without a year means, and tell of it; any other as it is."""
    today = asked_day(None) or clock(Inspection.DECLARED["time_zone"].default)
    try:
        day, is_said = typed_day(feedback, today)
    except DateTextError:
        return feedback
    if not is_said:
        tell(f"反馈日期“{visible(feedback)}”按{day}计算")
    return str(day)


def _ask(question: str, answer: str | None) -> str:
    """Take the answer from the command line, else ask at a terminal, else leave it open."""
    if answer is not None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return answer or ""
    try:
        return str(typer.prompt(question, default="", show_default=False, prompt_suffix="："))
    except typer.Abort:
        tell("")  # what is said next begins a line of its own
        raise


def _argument(text: str) -> str:
    """Write a text so that it can be copied into a command line."""
    return f'"{visible(text)}"' if re.search(r"[\s\"'&|<>();$`*?!#]", text) else visible(text)


def _cannot_write(root: Path, error: OSError) -> RefusedError:
    return RefusedError(f"不能写入“{root}”（{cause(error)}）；请检查文件夹的权限和磁盘空间")
