"""`zhenggai board`: one page that leaders open, project and print."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Annotated, NamedTuple

import typer

from zhenggai.cli import candidates
from zhenggai.cli.board_server import LiveBoard, Made, serve
from zhenggai.cli.console import tell
from zhenggai.cli.ledger_access import (
    ReadLedger,
    asked_day,
    day_for_all,
    load,
    open_folders,
    report,
    uncollected,
)
from zhenggai.cli.options import Where, command
from zhenggai.cli.output_file import (
    MarkingOption,
    one_ledger,
    output_file,
    refuse_private_in,
    refuse_secrets_in,
    write_to_file,
)
from zhenggai.cli.watching import watched_state
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.problem import Problem, in_order
from zhenggai.model.terms import Severity
from zhenggai.notice import publishing
from zhenggai.storage.file_names import is_read
from zhenggai.views.board_content import Board, board_texts
from zhenggai.views.county_content import CountyBoard, county_texts
from zhenggai.views.problem_lines import line

_EXAMPLE = "看板.html"
_STYLE = "board"
PORT = 8421
_LAST_PORT = 65_535


class _Wanted(NamedTuple):
    """What the command line asks of a board."""

    where: Where
    title: str
    public: bool
    marking: str
    served: bool


class _Page(NamedTuple):
    """A board made: its page, what is to be told of it, and what is wrong with the ledgers."""

    html: str
    told: Sequence[str]
    problems: Sequence[Problem]


@command(
    """生成看板：一个网页文件，不连网也能打开，可以投影，也可以打印成A3。

        总体情况、三个率、变化趋势、时限、卡在哪一环节、需协调事项，以及全部问题。
        看板供内部使用：不公开的问题也在里面，注明“内部”；要对外的，加 --public。
        许多本台账合成一页，用 --county；不写文件、在这台电脑上一直打开着看，用 --serve。""",
    examples="""
zhenggai board -o 看板.html
zhenggai board -o 看板.html --today 2021-05-18
zhenggai board -o 公开.html --public
zhenggai board --county --ledger 全县 -o 总览.html
zhenggai board --serve""",
    completes={"marking": candidates.markings},
)
def board(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件，如 看板.html。")
    ] = "",
    title: Annotated[
        str, typer.Option("--title", metavar="标题", help="看板的标题；不写时用被巡察单位。")
    ] = "",
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="对外用：不公开的问题只计入数字，文字不写；责任领导、科室、责任人、佐证材料和记录也不写。",
        ),
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="不公开的问题也写进去，注明“内部”；本来就写。")
    ] = False,
    county: Annotated[
        bool,
        typer.Option("--county", help="许多本台账合成一页总览，供县、市使用；不列全部问题。"),
    ] = False,
    live: Annotated[
        bool,
        typer.Option(
            "--serve", help="不写文件，在这台电脑的浏览器里看，台账一改就更新；按Ctrl+C结束。"
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="端口",
            min=0,
            max=_LAST_PORT,
            help=f"--serve 用的端口；不写时用{PORT}，0由系统选。",
        ),
    ] = None,
    marking: MarkingOption = None,
    *,
    where: Where,
) -> ExitCode:
    """Write the board of one ledger or of many, or serve it."""
    _refuse_contradictions(output, public, internal, county, live, port)
    marked = publishing.marking(marking)
    if public and marked:
        raise WrongUsageError("对外的看板不标内部资料或工作秘密；去掉 --public 或 --marking")
    default = "" if public else publishing.MARKINGS[0]
    wanted = _Wanted(where, title, public, marked or default, live)
    make = _of_many if county else _of_one
    if live:
        _serve(partial(make, wanted), where, PORT if port is None else port)
        return ExitCode.OK
    loaded = load(where.ledger, where.today)
    target = output_file(output, _EXAMPLE, *loaded)
    _refuse_other_endings(output)
    with uncollected():
        page = make(wanted, loaded)
    write_to_file(target, page.html.encode("utf-8"))
    tell(f"已写入{output}：{page.told[0]}", *page.told[1:])
    return report(page.problems)


def _refuse_contradictions(
    output: str, public: bool, internal: bool, county: bool, live: bool, port: int | None
) -> None:
    if public and internal:
        raise WrongUsageError("--public 和 --internal 只能用一个")
    if public and county:
        raise WrongUsageError("总览供内部使用，没有对外的；去掉 --public 或 --county")
    if bool(output) == live:
        raise WrongUsageError(
            "-o 和 --serve 只能用一个"
            if live
            else f"写明看板写到哪个文件，如 -o {_EXAMPLE}；或用 --serve 在浏览器里看"
        )
    if port is not None and not live:
        raise WrongUsageError("--port 只和 --serve 一起用")


def _refuse_other_endings(output: str) -> None:
    if Path(output).suffix.lower() not in registry.by_suffix("board"):
        raise WrongUsageError(f"看板是网页；“{output}”换成 {_EXAMPLE} 这样的文件名")


def _of_one(wanted: _Wanted, loaded: list[ReadLedger]) -> _Page:
    """Make the board of the only ledger there is."""
    one = one_ledger(loaded, or_else="，合成一页总览的加 --county")
    content = Board(
        one.day,
        public=wanted.public,
        title=wanted.title,
        marking=wanted.marking,
        served=wanted.served,
    )
    refuse_secrets_in(one)
    refuse_private_in(_joined(board_texts(content)), one, allowed=False)
    told = [f"{content.total.count}个问题"]
    if content.hidden:
        told.append(f"有{content.hidden}个不公开的问题未写入文字，数字照样计入")
    return _Page(registry.writer("board", _STYLE)(content), told, one.ledger.problems)


def _of_many(wanted: _Wanted, loaded: list[ReadLedger]) -> _Page:
    """Make the board of many ledgers; those of which inspection.yaml has errors do not count."""
    read = [one for one in loaded if is_read(one.ledger.problems)]
    problems = [problem for one in loaded for problem in one.ledger.problems]
    if not read:
        report(problems)
        raise WrongUsageError("各台账的inspection.yaml都有错误，没有可看的；先改正上面的错误")
    asked, zones = asked_day(wanted.where.today), [one.ledger.inspection.time_zone for one in read]
    today = day_for_all(asked, zones)
    days = [
        one.day if one.day.today == today else LedgerOnDay(one.ledger, today, one.day.rounds)
        for one in read
    ]
    content = CountyBoard(
        days,
        left_out=[one.ledger.name for one in loaded if one not in read],
        title=wanted.title,
        marking=wanted.marking,
        served=wanted.served,
    )
    for one in read:
        refuse_secrets_in(one)
    refuse_private_in(_joined(county_texts(content)), *read, allowed=False)
    told = [f"{len(read)}本台账，{content.total.tally.count}个问题"]
    return _Page(registry.writer("county", _STYLE)(content), told, problems)


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(texts)


def _serve(make: Callable[[list[ReadLedger]], _Page], where: Where, port: int) -> None:
    """Serve a board until Ctrl+C; what is wrong with the command line itself ends it at once."""
    zones = {folder.inspection[0].time_zone for folder in open_folders(where.ledger)}

    def made() -> Made:
        loaded = load(where.ledger, where.today)
        zones.update(one.ledger.inspection.time_zone for one in loaded)
        page = make(loaded)
        return Made(page.html, _broken(page.problems))

    try:
        serve(
            LiveBoard(made, lambda: list(watched_state(where.ledger, zones))), port, tell, Event()
        )
    except KeyboardInterrupt:
        tell("看板已停止")


def _broken(problems: Sequence[Problem]) -> str:
    """Say what is wrong in the ledgers' files: the first, and how many more; '' where nothing."""
    found = [one for one in in_order(problems) if one.severity is Severity.ERROR]
    if not found:
        return ""
    more = f"（另有{len(found) - 1}处错误，见 zhenggai check）" if len(found) > 1 else ""
    return f"{line(found[0])}{more}"
