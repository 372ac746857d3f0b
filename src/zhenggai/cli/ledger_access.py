"""Locate and read the ledgers that a command line names, and decide the day for each."""

import gc
import os
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from zhenggai.cli.console import tell
from zhenggai.cli.progress import reading
from zhenggai.errors import (
    ExitCode,
    InvalidInputError,
    WrongUsageError,
    cause,
)
from zhenggai.ledger.standing import LedgerOnDay, lines
from zhenggai.model.codes import NEWER_FORMAT
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day
from zhenggai.model.problem import has_errors, in_order
from zhenggai.model.terms import Severity
from zhenggai.storage.discovery import (
    Looks,
    current_folder,
    distinct_names,
    find_ledgers,
    leads_out,
    ledger_around,
    linked_part,
    shown_folder,
)
from zhenggai.storage.file_names import JOURNAL, LEDGERS, shown_path
from zhenggai.storage.ledger_folder import LedgerFolder, read_ledgers, read_registers
from zhenggai.views.problem_lines import line
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from zhenggai.ledger.register import Register, Terms
    from zhenggai.ledger.standing import Line, Standing
    from zhenggai.model.ledger_model import Ledger
    from zhenggai.model.problem import Problem
    from zhenggai.storage.file_names import Progress

_Read = TypeVar("_Read")


class ReadLedger(NamedTuple):
    """A ledger read whole, on the day that counts, and its folder."""

    folder: "LedgerFolder"
    day: "LedgerOnDay"

    @property
    def ledger(self) -> "Ledger":
        """The ledger itself."""
        return self.day.ledger


class ReadRegister(NamedTuple):
    """A ledger read as its register, the day that counts, and its folder."""

    folder: "LedgerFolder"
    register: "Register"
    today: date

    def lines(self) -> "list[Line]":
        """Return the rows with their standing on the day."""
        return lines(self.register, self.today)


def load(asked: str | None, today: str | None) -> list[ReadLedger]:
    """Read every ledger the command line means, whole; refuse one of a newer format."""
    from zhenggai.storage.ledgers_at_hand import rounds  # what reads registers only does without

    day = asked_day(today)
    folders = open_folders(asked)
    ledgers = _read(folders, read_ledgers)
    _refuse_newer_format(problem for ledger in ledgers for problem in ledger.problems)
    roots = [folder.root for folder in folders]
    at_hand = rounds(roots, lambda: [one.day.register for one in read])
    read = [
        ReadLedger(folder, LedgerOnDay(ledger, day or clock(ledger.inspection.time_zone), at_hand))
        for folder, ledger in zip(folders, ledgers, strict=True)
    ]
    return read


def load_registers(
    asked: str | None, today: str | None, *, together: bool = False
) -> list[ReadRegister]:
    """Read every ledger the command line means as registers, which is fast when little changed.

    Where they are told of `together`, one day counts for all. Refuse one of a newer format.
    """
    day = asked_day(today)
    folders = open_folders(asked)
    registers = _read(folders, read_registers)
    _refuse_newer_format(problem for register in registers for problem in register.problems)
    if together:
        day = day_for_all(day, [register.head.time_zone for register in registers])
    return [
        ReadRegister(folder, register, day or clock(register.head.time_zone))
        for folder, register in zip(folders, registers, strict=True)
    ]


def _refuse_newer_format(problems: "Iterable[Problem]") -> None:
    """Refuse a ledger that this version of the program does not understand.

    Whatever it said of one would be by the rules of an older format.
    """
    for problem in problems:
        if problem.code == NEWER_FORMAT:
            raise InvalidInputError(f"{visible(problem.path)}：{problem.sentence}")


def open_folders(asked: str | None, *, for_change: bool = False) -> "list[LedgerFolder]":
    """Find every ledger the command line means, and list its files.

    Tell of a change that was cut short, unless the ledger is to be changed: that completes it.
    Refuse to change a ledger of a newer format.
    """
    here = current_folder()
    asked = asked_folder(asked)
    folders = []
    roots = find_ledgers(asked, here)
    looks = Looks()
    for root, name in zip(roots, distinct_names(roots, looks), strict=True):
        with _unreadable_folder(root):
            link = linked_part(root, asked, here, looks)
            around = ledger_around(root, here, looks)
            shown = shown_folder(root, here, looks)
            folders.append(LedgerFolder(root, shown, link, around, name))
    if not for_change:
        tell_of_half_changed(folders)
    else:
        for folder in folders:
            _refuse_newer_format(folder.shown_problems(folder.inspection[1]))
    return folders


def refuse_links_out(asked: str | None) -> None:
    """Raise InvalidInputError where a repository's ledger is a link to a folder outside it.

    Whoever checks what others send would show them what lies there.
    """
    here = current_folder()
    asked = asked_folder(asked)
    for root in find_ledgers(asked, here):
        link = linked_part(root, asked, here)
        if link is not None and leads_out(root, link, here):
            where = visible(shown_folder(link.parent, here) or ".")
            raise InvalidInputError(
                f"“{where}”里的“{visible(link.name)}”是链接，指到仓库以外，未读取；"
                "删去链接，把台账的文件夹本身放在这里"
            )


def tell_of_half_changed(folders: "Iterable[LedgerFolder]") -> None:
    """Name the ledgers in which a change of several files was cut short, on stderr."""
    for folder in folders:
        if folder.is_half_changed:
            place = visible(shown_path(folder.shown, JOURNAL))
            tell(f"上次的改动未全部写入（{place}）；再执行一次改台账的命令即可补完")


def root_of(folders: "Sequence[LedgerFolder]", asked: str | None) -> Path:
    """Return the folder that the paths of ledgers are told from: the one asked for, or above them.

    Of a folder that keeps them all in its `ledgers/` it is that one.
    """
    here = current_folder()
    asked = asked_folder(asked)
    base = here / asked if asked else folders[0].root.parent
    inner = base / LEDGERS
    return inner if all(one.root.is_relative_to(inner) for one in folders) else base


def asked_folder(asked: str | None) -> str | None:
    """Return the folder that `--ledger` or ZHENGGAI_LEDGER names; None where neither does."""
    return asked or os.environ.get("ZHENGGAI_LEDGER")


def _read(
    folders: "list[LedgerFolder]",
    read: "Callable[[Sequence[LedgerFolder], Progress], Iterator[_Read]]",
) -> "list[_Read]":
    with uncollected_reading() as progress:
        return list(read(folders, progress))


@contextmanager
def uncollected_reading() -> "Iterator[Progress]":
    """Yield what shows the progress of reading; suspend Python's garbage collection meanwhile."""
    with uncollected(), reading() as progress:
        yield progress


@contextmanager
def uncollected() -> "Iterator[None]":
    """Suspend Python's garbage collection while data that stays in memory is read or made."""
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
        raise InvalidInputError(f"无法读取文件夹“{root}”（{cause(error)}）；请检查权限") from None


def asked_day(today: str | None) -> date | None:
    """Return the day that `--today` or ZHENGGAI_TODAY names; None where neither does."""
    text = today or os.environ.get("ZHENGGAI_TODAY")
    if not text:
        return None
    try:
        return parse_day(text)
    except DateTextError as error:
        source = "--today" if today else "环境变量ZHENGGAI_TODAY"
        raise WrongUsageError(f"{source}：{error}；写成 {DAY_FORMS}") from None


_COMMON_ZONE = "Asia/Shanghai"
_CHINA = timezone(timedelta(hours=8))  # no summer time since 1991


def day_for_all(day: date | None, time_zones: "Sequence[str]") -> date:
    """Return the day that counts for ledgers told of together, of which these are the time zones.

    That is the one asked for; else of one ledger the day where it is kept, of several Beijing's:
    totals are of one day. Say so where one of them is kept elsewhere.
    """
    if day is not None:
        return day
    if len(time_zones) == 1:
        return clock(time_zones[0])
    today = clock(_COMMON_ZONE)
    if any(zone != _COMMON_ZONE for zone in time_zones):
        what = f"几本台账一起看，都按北京时间的今天（{today}）计算，其他日子写 --today"
        tell(f"有的台账时区不同；{what}")
    return today


def day_of_folders(today: str | None, folders: "Sequence[LedgerFolder]") -> date:
    """Return the day that counts for ledgers told of together, before any of several is read."""
    zones = [folders[0].inspection[0].time_zone] if len(folders) == 1 else []
    return day_for_all(asked_day(today), zones)


def clock(time_zone: str) -> date:
    """Return the day it is where the ledger is kept: a runner in UTC lags China by eight hours."""
    if time_zone == _COMMON_ZONE:
        return datetime.now(_CHINA).date()
    from zoneinfo import ZoneInfo  # takes a fifth of a start of Python to load

    return datetime.now(ZoneInfo(time_zone)).date()


def tell_of_unknown_days_off(
    standings: "Iterable[Standing]", kept_by: "Iterable[tuple[Terms, date]]" = ()
) -> None:
    """Say once, on stderr, which years' days off are not known and were wanted.

    `kept_by` are the terms of the ledgers and the day that counts in each.
    """
    years = {
        (one.last_working_day or one.deadline).year
        for one in standings
        if one.approximate and one.deadline
    }
    for terms, today in kept_by:
        periods = (terms.supervision_period, terms.decision_period)
        by_working_days = any(one is not None and one.working_days for one in periods)
        if by_working_days and terms.calendar and not terms.calendar.is_known(today):
            years.add(today.year)
    if years:
        named = "、".join(f"{year}年" for year in sorted(years))
        tell(
            f"没有{named}的放假安排，工作日按周一至周五推算，有关日期为约数；"
            "有了通知的，写进台账的节假日.yaml"
        )


def report(problems: "Iterable[Problem]") -> ExitCode:
    """Name the files that could not be read, on stderr; return the exit code that follows."""
    ordered = in_order(problems)
    for problem in ordered:
        if problem.severity is Severity.ERROR:
            tell(line(problem))
    return ExitCode.INVALID if has_errors(ordered) else ExitCode.OK
