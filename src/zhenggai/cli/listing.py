"""`zhenggai list`: findings as a table, filtered and sorted."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen, tell
from zhenggai.cli.format_options import RowsFormatOption
from zhenggai.cli.ledger_access import load, load_registers, report, tell_of_unknown_days_off
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.exporters import registry
from zhenggai.ledger.summary import counted, urgency
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import Kind, Stage, Timing
from zhenggai.views.finding_rows import Listing
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from zhenggai.ledger.register import Register
    from zhenggai.ledger.standing import Line
    from zhenggai.model.ledger_model import Finding


class Order(str, Enum):
    """What `--sort` may ask for."""

    NUMBER = "编号"
    DEADLINE = "整改时限"
    URGENCY = "紧急程度"
    ASPECT = "方面"
    DEPARTMENT = "责任科室"
    STAGE = "整改状态"


_Words = list[str] | None
_CONTAINS = "包含该关键词；可多次指定，满足其一即可。"


@command(
    "列出问题，可以筛选和排序。",
    examples="""
zhenggai list --timing 逾期 --timing 临期 --sort 紧急程度
zhenggai list --department 办公室 --search 会议
zhenggai list --format csv > 台账.csv""",
    completes=candidates.NAMES,
)
def listing(
    aspect: Annotated[
        _Words, typer.Option("--aspect", metavar="字", help=f"方面{_CONTAINS}")
    ] = None,
    department: Annotated[
        _Words, typer.Option("--department", metavar="字", help=f"责任科室{_CONTAINS}")
    ] = None,
    leader: Annotated[
        _Words, typer.Option("--leader", metavar="字", help=f"责任领导{_CONTAINS}")
    ] = None,
    owner: Annotated[
        _Words, typer.Option("--owner", metavar="字", help=f"责任人{_CONTAINS}")
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="类型。")] = None,
    stage: Annotated[list[Stage] | None, typer.Option("--stage", help="整改状态。")] = None,
    timing: Annotated[list[Timing] | None, typer.Option("--timing", help="时限情况。")] = None,
    search: Annotated[
        _Words,
        typer.Option(
            "--search",
            metavar="字",
            help="问题、措施、成效里包含该关键词；可多次指定，须全部满足。",
        ),
    ] = None,
    sort: Annotated[Order, typer.Option("--sort", help="排列的依据。")] = Order.NUMBER,
    reverse: Annotated[bool, typer.Option("--reverse", help="倒序排列。")] = False,
    style: RowsFormatOption = "table",
    *,
    where: Where,
) -> ExitCode:
    """List the findings that match every filter."""
    registers, lines = _read(search or [], where)
    asked = {"aspect": aspect, "departments": department, "leader": leader, "owner": owner}
    chosen = sorted(lines, key=_order(sort), reverse=reverse)
    for field, words in asked.items():
        if words:
            chosen = [line for line in chosen if _contains(words, _named(line, field))]
    if kind:
        chosen = [line for line in chosen if line.row.kind in kind]
    if stage:
        chosen = [line for line in counted(chosen) if line.standing.stage in stage]
    if timing:
        chosen = [line for line in counted(chosen) if line.standing.timing in timing]
    say(registry.writer("rows", style)(Listing(chosen, registers), screen()))
    tell_of_unknown_days_off(line.standing for line in chosen)
    if not chosen:
        none = f"没有符合条件的问题{_nearest(asked, lines)}。"
        there = any(one.rows for one in registers)
        tell(none if there else "台账里没有可列的问题；用 zhenggai new 登记。")
    return report(problem for one in registers for problem in one.problems)


def _read(search: list[str], where: Where) -> "tuple[list[Register], list[Line]]":
    """Return the registers and those of their lines that mention every word; only prose is slow."""
    if not search:
        read = load_registers(where.ledger, where.today)
        return [one.register for one in read], [line for one in read for line in one.lines()]
    loaded = load(where.ledger, where.today)
    lines = [
        line
        for one in loaded
        for line, finding in zip(one.day.lines, one.ledger.findings, strict=True)
        if all(_mentions(finding, words) for words in search)
    ]
    return [one.day.register for one in loaded], lines


def _contains(words: list[str], texts: tuple[str, ...]) -> bool:
    return any(word in text for word in words for text in texts)


def _nearest(asked: dict[str, _Words], lines: "Sequence[Line]") -> str:
    """Suggest the nearest name for the first one that no finding has."""
    for field, words in asked.items():
        known = {name for line in lines for name in _named(line, field)}
        for word in words or ():
            close = nearest(word, known, 0.5)
            if close and word not in close:
                return f"；没有“{visible(word)}”，是否想写“{visible(close)}”"
    return ""


def _named(line: "Line", field: str) -> tuple[str, ...]:
    holder = line.standing if field in ("leader", "owner") else line.row
    value: str | tuple[str, ...] | None = getattr(holder, field)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _mentions(finding: "Finding", words: str) -> bool:
    texts = [finding.title, *finding.manifestations]
    for measure in finding.measures:
        texts += [measure.text, measure.outcome or ""]
    return any(words.casefold() in text.casefold() for text in texts)


def _order(sort: Order) -> "Callable[[Line], Any]":
    stages = list(Stage)
    orders: dict[Order, Callable[[Line], Any]] = {
        Order.NUMBER: lambda _line: (),
        Order.DEADLINE: lambda line: (line.standing.deadline is None, str(line.standing.deadline)),
        Order.URGENCY: urgency,
        Order.ASPECT: lambda line: line.row.aspect or "",
        Order.DEPARTMENT: lambda line: line.row.departments,
        Order.STAGE: lambda line: stages.index(line.standing.stage),
    }
    order = orders[sort]
    return lambda line: (order(line), line.ledger, line.row.number, line.row.id)
