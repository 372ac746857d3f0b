"""Options of the commands that change findings."""

from datetime import date
from typing import Annotated, NamedTuple, Protocol

import typer

from zhenggai.cli.format_options import EditsFormatOption
from zhenggai.cli.options import LedgerOption, TodayOption
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day


def filled(param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse words that are given and say nothing."""
    if value is not None and not value.strip():
        is_argument = param.param_type_name == "argument"
        name = f"“{param.metavar}”" if is_argument else param.opts[0]
        raise WrongUsageError(f"{name}是空的；请写上内容")
    return value


FindingArgument = Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="日期", help="发生的日期；不写时为今天。")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="名称", help="经办人。", callback=filled)
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="理由", help="理由。", callback=filled)
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="文件",
        help="佐证材料的文件，须在台账文件夹里；可多次指定。记下相对路径和sha256。",
    ),
]


class EditOptions(NamedTuple):
    """How a change is carried out and told, and where."""

    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="成功时不输出信息。")] = False
    style: EditsFormatOption = "text"
    today: TodayOption = None
    ledger: LedgerOption = None


class _HasToday(Protocol):
    @property
    def today(self) -> date:
        """The day that counts."""


def day_of(on: str | None, ledger: _HasToday) -> date:
    """Return the day a step was taken on: as asked, not after today."""
    if on is None:
        return ledger.today
    try:
        day = parse_day(on)
    except DateTextError as error:
        raise WrongUsageError(f"--on：{error}；写成 {DAY_FORMS}") from None
    if day > ledger.today:
        raise RefusedError(f"{day}在今天（{ledger.today}）之后，尚未发生的事不能登记")
    return day
