"""Options of the commands that change findings."""

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple, Protocol

import typer

from zhenggai.cli.console import tell
from zhenggai.cli.format_options import EditsFormatOption
from zhenggai.cli.options import LedgerOption, TodayOption
from zhenggai.cli.typed_ids import is_typed_id, typed_measures
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from zhenggai.ledger.lifecycle import Entry
    from zhenggai.ledger.register import Terms


def filled(param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse words that are given and say nothing."""
    if value is not None and not value.strip():
        is_argument = param.param_type_name == "argument"
        name = f"“{param.metavar}”" if is_argument else param.opts[0]
        raise WrongUsageError(f"{name}是空的；请写上内容")
    return value


def all_filled(param: typer.CallbackParam, value: list[str] | None) -> list[str] | None:
    """Refuse, among several words, one that says nothing."""
    for one in value or ():
        filled(param, one)
    return value


def worded(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse what is to be in words and is blank or an id: the words were left out behind it."""
    filled(param, value)
    if value is None or not is_typed_id(value):
        return value
    ids = ctx.params.get("finding_ids")
    if not ids:
        raise WrongUsageError(f"“{value}”像是编号；“{param.metavar}”写在编号后面")
    start = f"{ctx.command_path} {' '.join(map(visible, ids))}"
    raise WrongUsageError(
        f"“{value}”像是编号；问题{value}也要登记的，写 {start} {value} {param.metavar}；"
        f"{param.metavar}就是“{value}”的，写 {start} {param.metavar}：{value}"
    )


def noted(finding_ids: list[str] | None, note: str | None, source: str | None) -> None:
    """Refuse neither ids with a text nor a file of them, and both."""
    if source is not None and (finding_ids or note is not None):
        raise WrongUsageError("--from 的文件里已经写有编号和情况，后面不能再写")
    if source is None and not (finding_ids and note is not None):
        raise WrongUsageError("要依次写编号和情况，如 7 制度尚未报送；很多个的，用 --from 文件")


OptionalFindings = Annotated[
    list[str] | None,
    typer.Argument(metavar="编号", help="7、7号、1-5、1、3、5 或 台账/07；可指定多个。"),
]
NotesOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="文件",
        help="从文本文件读取，一行一个问题：编号，空一格，情况；- 为标准输入。已销号的跳过。",
        callback=filled,
    ),
]
FindingArgument = Annotated[str, typer.Argument(metavar="编号", help="7、07 或 台账/07。")]
FindingsArgument = Annotated[
    list[str], typer.Argument(metavar="编号", help="7、7号、1-5、1、3、5 或 台账/07；可指定多个。")
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="日期", help="发生的日期，如 昨天、3月31日；不写时为今天。"),
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="名称", help="经办人。", callback=filled)
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="理由", help="理由。", callback=filled)
]
NoteOption = Annotated[
    str | None,
    typer.Option("--note", metavar="文字", help="情况说明。", callback=filled),
]
LateOption = Annotated[bool, typer.Option("--late", help="时限已过的补登；仍按登记之日计算逾期。")]
BasisOption = Annotated[
    str | None,
    typer.Option(
        "--basis", metavar="依据", help="文号或会议；后面可加半角逗号和日期。", callback=filled
    ),
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="文件",
        help="佐证材料的文件或文件夹（其中的全部文件），须在台账文件夹里；几个用顿号隔开，或多次指定。"
        "记下相对路径和sha256。",
    ),
]


class EditOptions(NamedTuple):
    """How a change is carried out and told, and where."""

    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="成功时不输出信息。")] = False
    style: EditsFormatOption = "text"
    today: TodayOption = None
    ledger: LedgerOption = None


class OnDay(NamedTuple):
    """What a ledger that is read and not changed reckons by, and the day that counts."""

    terms: "Terms"
    today: date

    def tell_once(self, sentence: str) -> None:
        """Tell what holds for the whole run."""
        tell(sentence)


class _LedgerOnDay(Protocol):
    @property
    def today(self) -> date:
        """The day that counts."""

    @property
    def terms(self) -> "Terms":
        """What the ledger reckons by."""

    def tell_once(self, sentence: str) -> None:
        """Tell what holds for every finding that is changed."""


def parsed_day(text: str | None, option: str) -> date | None:
    """Return the day that an option names; raise WrongUsageError for what is no day."""
    try:
        return None if text is None else parse_day(text)
    except DateTextError as error:
        raise WrongUsageError(f"{option}：{error}；写成 {DAY_FORMS}") from None


def deadline_of(text: str | None, ledger: _LedgerOnDay, option: str) -> date | None:
    """Return the last day that an option leaves; raise WrongUsageError for what names none."""
    return None if text is None else required_deadline(text, ledger, option)


def required_deadline(text: str, ledger: _LedgerOnDay, option: str) -> date:
    """Return the last day that an option leaves, and tell of it where that is not said itself.

    Raise WrongUsageError for what names none.
    """
    from zhenggai.model.typed_dates import TYPED_DEADLINE_FORMS, typed_deadline

    try:
        meant = typed_deadline(text, ledger.today, partial(_after_working_days, ledger))
    except DateTextError as error:
        raise WrongUsageError(f"{option}：{error}；写成 {TYPED_DEADLINE_FORMS}") from None
    if not (meant.is_said and _is_day(text)):
        ledger.tell_once(f"{option}“{visible(text.strip())}”按{meant.day}计算")
    return meant.day


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except DateTextError:
        return False
    return True


def _after_working_days(ledger: _LedgerOnDay, day: date, number: int) -> date:
    """Return the working day so many after a day, by the days off that the ledger knows of."""
    from zhenggai.ledger.working_days import WEEKDAYS

    found = (ledger.terms.calendar or WEEKDAYS).add(day, number)
    if found.about:
        ledger.tell_once("没有这一段的放假安排，工作日按周一至周五推算，日期为约数")
    return found.day


def parsed_basis(text: str | None) -> tuple[str | None, date | None]:
    """Return the document or meeting that `--basis 文号,日期` names, and its day.

    What follows the last comma is a day where it begins with a digit, else part of the name.
    Raise WrongUsageError for a day without a name.
    """
    if text is None:
        return None, None
    comma = max(text.rfind(","), text.rfind("，"))
    name, day = text[: max(comma, 0)].strip(), text[comma + 1 :].strip()
    if comma < 0 or not day[:1].isdigit():
        return text, None
    if not name:
        raise WrongUsageError(f"--basis：日期前面没有文号或会议；写成 3号,{day}")
    return name, parsed_day(day, "--basis")


_MEASURE = re.compile(r"(.*[0-9])\.([0-9]+)", re.ASCII | re.DOTALL)


def parted(asked: str) -> tuple[str, int | None]:
    """Part the number of a measure (7.2) from its finding's; None where a finding is meant."""
    if len(typed := typed_measures(asked)) == 1:
        return typed[0]
    ledger, slash, number = asked.rpartition("/")
    found = _MEASURE.fullmatch(number)
    return (f"{ledger}{slash}{found[1]}", int(found[2])) if found else (asked, None)


def entry_of(on: str | None, ledger: _LedgerOnDay, *, late: bool) -> "Entry":
    """Return when a step is dated and entered."""
    from zhenggai.ledger.lifecycle import Entry

    return Entry(day_of(on, ledger), ledger.today, late)


def day_of(on: str | None, ledger: _LedgerOnDay, option: str = "--on") -> date:
    """Return the day something happened on, as an option names it: not after today.

    Tell of it where its year is not said.
    """
    if on is None:
        return ledger.today
    day = required_day(on, ledger, option)
    if day > ledger.today:
        raise RefusedError(f"{day}在今天（{ledger.today}）之后，尚未发生的事不能登记")
    return day


def required_day(text: str, ledger: _LedgerOnDay, option: str) -> date:
    """Return the day that an option names, and tell of it where its year is not said.

    Raise WrongUsageError for what names none.
    """
    from zhenggai.model.typed_dates import TYPED_DAY_FORMS, typed_day

    try:
        day, is_said = typed_day(text, ledger.today)
    except DateTextError as error:
        raise WrongUsageError(f"{option}：{error}；写成 {TYPED_DAY_FORMS}") from None
    if not is_said:
        ledger.tell_once(f"{option}“{visible(text.strip())}”按{day}计算")
    return day
