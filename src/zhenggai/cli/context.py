"""What every command needs: today, the ledgers, and where its words go."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from zhenggai.core.suggestion import meant, nearest
from zhenggai.errors import (
    ExitCode,
    InvalidInputError,
    RefusedError,
    WrongUsageError,
    ZhenggaiError,
    cause,
)
from zhenggai.storage.written import written
from zhenggai.views.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhenggai.core.model import Inspection, Ledger
    from zhenggai.core.outline import LedgerOutline
    from zhenggai.core.problem import Problem
    from zhenggai.core.standing import AnyInspection, Item, ItemOutline
    from zhenggai.storage.naming import Progress
    from zhenggai.views.formats import Screen

_Reading = TypeVar("_Reading")
_Read = TypeVar("_Read")
_Ledger = TypeVar("_Ledger", "Loaded", "Outlined")

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="文件夹",
        help="台账所在的文件夹;不写时看环境变量 ZHENGGAI_LEDGER,再从当前文件夹往上找。",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="日期",
        help="按哪一天计算,如 2021-05-18;不写时看环境变量 ZHENGGAI_TODAY,再看时钟。",
    ),
]


class Loaded(NamedTuple):
    """One ledger as read: its folder, its content, the day, and what was wrong with it."""

    root: Path
    ledger: "Ledger"
    today: date
    problems: "list[Problem]"

    def items(self) -> "tuple[Item, ...]":
        """Give the findings with their standing on the day."""
        from zhenggai.core.standing import assess

        return assess(self.ledger, self.today)


class Outlined:
    """One ledger in outline: its folder, the day, and what was wrong with the ledger."""

    def __init__(
        self, root: Path, ledger: "LedgerOutline", today: date, problems: "list[Problem]"
    ) -> None:
        self.root, self.ledger, self.today, self.problems = root, ledger, today, problems

    def items(self) -> "tuple[ItemOutline, ...]":
        """Give the findings with their standing on the day."""
        from zhenggai.core.standing import assess_outline

        return assess_outline(self.ledger, self.today)

    @cached_property
    def inspection(self) -> "Inspection":
        """Read inspection.yaml whole, for whoever needs more than the outline."""
        from zhenggai.storage.folder import read_inspection_file

        return read_inspection_file(self.root, self.ledger.folder)[0]


def load(asked: str | None, today: str | None) -> list[Loaded]:
    """Read every ledger the command line means."""
    from zhenggai.storage.folder import LedgerReading, read_ledgers

    day = _asked_day(today)
    return [
        Loaded(root, ledger, day or _clock(ledger.inspection), problems)
        for root, (ledger, problems) in _read(asked, LedgerReading, read_ledgers)
    ]


def load_outlines(asked: str | None, today: str | None) -> list[Outlined]:
    """Read every ledger the command line means in outline, which is fast when little changed."""
    from zhenggai.storage.index import OutlineReading, read_outlines

    day = _asked_day(today)
    return [
        Outlined(root, ledger, day or _clock(ledger.inspection), problems)
        for root, (ledger, problems) in _read(asked, OutlineReading, read_outlines)
    ]


def _read(
    asked: str | None,
    begin: "Callable[[Path, str], _Reading]",
    finish: "Callable[[list[_Reading], Progress], Iterator[_Read]]",
) -> "list[tuple[Path, _Read]]":
    from zhenggai.cli.progress import reading
    from zhenggai.storage.settings import find_ledgers, shown_folder

    here = Path.cwd()
    roots = find_ledgers(asked or os.environ.get("ZHENGGAI_LEDGER"), here)
    readings = []
    with reading() as progress, _uncollected():
        for root in roots:
            with _unreadable_folder(root):
                readings.append(begin(root, shown_folder(root, here)))
        return list(zip(roots, finish(readings, progress), strict=True))


@contextmanager
def _uncollected() -> "Iterator[None]":
    """Keep Python from looking for garbage, again and again, in what is read and stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _unreadable_folder(root: Path) -> "Iterator[None]":
    try:
        yield
    except OSError as error:
        raise InvalidInputError(f"读不出文件夹“{root}”({cause(error)});请检查权限") from None


def _asked_day(today: str | None) -> date | None:
    from zhenggai.core.dates import DAY_FORMS, DateTextError, parse_day

    text = today or os.environ.get("ZHENGGAI_TODAY")
    if not text:
        return None
    try:
        return parse_day(text)
    except DateTextError as error:
        source = "--today" if today else "环境变量ZHENGGAI_TODAY"
        raise WrongUsageError(f"{source}: {error};写成 {DAY_FORMS}") from None


def _clock(inspection: "AnyInspection") -> date:
    """Give the day it is where the ledger is kept: a runner in UTC lags China by eight hours."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(inspection.time_zone)).date()


def find(loaded: Sequence[_Ledger], asked: str) -> tuple[_Ledger, str]:
    """Give the ledger and the id that are meant: 7 and 07 alike, in several ledgers keji/07.

    Raise WrongUsageError where there is none or more than one.
    """
    name, _, number = asked.rpartition("/")
    ledgers = [one for one in loaded if name in ("", one.ledger.name)]
    if not ledgers:
        raise WrongUsageError(f"没有名为“{name}”的台账;{_nearest(name, loaded)}")
    if not (number.isascii() and number.isdigit()):
        raise WrongUsageError(f"“{asked}”不是编号;{_titled(ledgers, number)}")
    found = [
        (one, finding.id)
        for one in ledgers
        for finding in one.ledger.findings
        if _same(finding.id, number)
    ]
    # 7.yaml and 07.yaml side by side are told apart as written, two ledgers only by their names.
    among = {one.ledger.name for one, _ in found}
    exact = [pair for pair in found if pair[1] == number and len(among) == 1]
    if len(found) > 1 and not exact:
        ids = "、".join(f"{one.ledger.name}/{finding_id}" for one, finding_id in found)
        raise WrongUsageError(f"编号{asked}不止一个;请写明是哪一个:{ids}")
    if not found:
        raise _absent(ledgers, asked, number)
    return (exact or found)[0]


def _same(finding_id: str, number: str) -> bool:
    return finding_id.lstrip("0") == number.lstrip("0")


def _titled(ledgers: Sequence[_Ledger], words: str) -> str:
    """Name the findings whose titles hold what was written in place of an id."""
    titles = {finding.id: finding.title for one in ledgers for finding in one.ledger.findings}
    meant = [f"{found}“{title}”" for found, title in titles.items() if words and words in title]
    if meant:
        return f"是否想写{'、'.join(meant[:3])}"
    return "编号是数字,如 7 或 07"


def _absent(ledgers: Sequence[_Ledger], asked: str, number: str) -> ZhenggaiError:
    for one in ledgers:
        for name in one.ledger.unreadable:
            if _same(name.partition(".")[0], number):
                return InvalidInputError(f"问题{asked}的文件{name}有错误,读不出来;请先改正")
    ids = [finding.id for one in ledgers for finding in one.ledger.findings]
    return WrongUsageError(f"没有问题{asked};{meant(number, ids)}{_there_are(ids)}")


def _there_are(ids: Sequence[str]) -> str:
    match len(ids):
        case 0:
            return "台账里还没有问题"
        case 1:
            return f"台账里只有问题{ids[0]}"
    return f"台账里的编号是{ids[0]}到{ids[-1]}"


def _nearest(name: str, loaded: Sequence[_Ledger]) -> str:
    names = [one.ledger.name for one in loaded]
    close = nearest(name, names)
    return f"是否想写“{close}”" if close else f"现有:{'、'.join(names)}"


def report(loaded: Sequence[Loaded | Outlined]) -> ExitCode:
    """Name the files that could not be read, on stderr; give the exit code that follows."""
    from zhenggai.core.problem import has_errors
    from zhenggai.core.terms import Severity
    from zhenggai.views.problems import in_order, line

    problems = [problem for one in loaded for problem in one.problems]
    for problem in in_order(problems):
        if problem.severity is Severity.ERROR:
            tell(line(problem))
    return ExitCode.INVALID if has_errors(problems) else ExitCode.OK


def screen() -> "Screen":
    """Describe where standard output goes: plain text for pipes, NO_COLOR and dumb terminals."""
    from zhenggai.views.formats import Screen

    if not sys.stdout.isatty():
        return Screen()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or _old_console()
    from shutil import get_terminal_size

    return Screen(width=get_terminal_size().columns, color=not plain)


def _old_console() -> bool:
    """Tell whether this is a Windows console that does not understand escape sequences."""
    if sys.platform != "win32":
        return False
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()


def say(text: str) -> None:
    """Write a result to standard output."""
    hand_out(text + "\n")


def hand_out(content: str | bytes) -> None:
    """Write to standard output, to the letter and at once.

    Raise RefusedError where it takes no more, on a full disk for instance.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has gone, and knows
        raise
    except OSError as error:
        raise RefusedError(
            f"结果写不出去({cause(error)}),{what_was_written()};请腾出空间,或换一个地方输出"
        ) from None


def what_was_written() -> str:
    """Say which files this run has put in place so far."""
    if not written:
        return "没有改动任何文件"
    return f"在这之前已写入:{'、'.join(visible(path.name) for path in written)}"


def tell(text: str) -> None:
    """Write a message about the result to standard error; what that does not take, nobody hears."""
    with suppress(OSError):
        sys.stderr.write(text + "\n")
