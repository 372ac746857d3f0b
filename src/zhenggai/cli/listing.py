"""`zhenggai list`: findings as a table, filtered and sorted."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli.context import (
    LedgerOption,
    TodayOption,
    load,
    load_outlines,
    report,
    say,
    screen,
    tell,
)
from zhenggai.core.terms import Kind, Stage, Timing
from zhenggai.errors import ExitCode
from zhenggai.views.formats import Format
from zhenggai.views.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from zhenggai.cli.context import Loaded, Outlined
    from zhenggai.core.standing import AnyItem, Item


class Order(str, Enum):
    """What `--sort` may ask for."""

    NUMBER = "编号"
    DEADLINE = "时限"
    URGENCY = "缓急"
    ASPECT = "方面"
    DEPARTMENT = "科室"
    STAGE = "阶段"


_Words = list[str] | None
_CONTAINS = "含有这些字的;可写几次,合其一即可。"


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
    stage: Annotated[list[Stage] | None, typer.Option("--stage", help="阶段。")] = None,
    timing: Annotated[list[Timing] | None, typer.Option("--timing", help="时间状态。")] = None,
    search: Annotated[
        _Words,
        typer.Option("--search", metavar="字", help="问题、措施、成效里都含有这些字的;可写几次。"),
    ] = None,
    sort: Annotated[Order, typer.Option("--sort", help="排列的依据。")] = Order.NUMBER,
    reverse: Annotated[bool, typer.Option("--reverse", help="倒过来排。")] = False,
    style: Annotated[Format, typer.Option("--format", help="输出的形式。")] = Format.TABLE,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """List the findings that match every filter."""
    from zhenggai.views import findings

    loaded, items = _read(search or [], ledger, today)
    asked = {"aspect": aspect, "departments": department, "leader": leader, "owner": owner}
    chosen = sorted(items, key=_order(sort), reverse=reverse)
    for field, words in asked.items():
        if words:
            chosen = [item for item in chosen if _contains(words, _named(item, field))]
    if kind:
        chosen = [item for item in chosen if item.finding.kind in kind]
    if stage:
        chosen = [item for item in chosen if item.standing.stage in stage]
    if timing:
        chosen = [item for item in chosen if item.standing.timing in timing]
    say(findings.listing(chosen, [one.ledger for one in loaded], style, screen()))
    if not chosen:
        none = f"没有符合条件的问题{_nearest(asked, items)}。"
        there = any(one.ledger.findings for one in loaded)
        tell(none if there else "台账里没有可列的问题;用 zhenggai new 登记。")
    return report(loaded)


def _read(
    search: list[str], ledger: str | None, today: str | None
) -> "tuple[Sequence[Loaded | Outlined], Sequence[AnyItem]]":
    """Give the ledgers and those of their findings that mention every word; only prose is slow."""
    if not search:
        outlined = load_outlines(ledger, today)
        return outlined, [item for one in outlined for item in one.items()]
    loaded = load(ledger, today)
    items = [item for one in loaded for item in one.items()]
    return loaded, [item for item in items if all(_mentions(item, words) for words in search)]


def _contains(words: list[str], texts: tuple[str, ...]) -> bool:
    return any(word in text for word in words for text in texts)


def _nearest(asked: dict[str, _Words], items: "Sequence[AnyItem]") -> str:
    """Suggest the nearest name for the first one that no finding has."""
    from zhenggai.core.suggestion import nearest

    for field, words in asked.items():
        known = {name for item in items for name in _named(item, field)}
        for word in words or ():
            close = nearest(word, known, 0.5)
            if close and word not in close:
                return f";没有“{visible(word)}”,是否想写“{visible(close)}”"
    return ""


def _named(item: "AnyItem", field: str) -> tuple[str, ...]:
    value: str | tuple[str, ...] | None = getattr(item.finding, field)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _mentions(item: "Item", words: str) -> bool:
    finding = item.finding
    texts = [finding.title, *finding.manifestations]
    for measure in finding.measures:
        texts += [measure.text, measure.outcome or ""]
    return any(words.casefold() in text.casefold() for text in texts)


def _order(sort: Order) -> "Callable[[AnyItem], Any]":
    from zhenggai.core.summary import urgency

    stages = list(Stage)
    orders: dict[Order, Callable[[AnyItem], Any]] = {
        Order.NUMBER: lambda _item: (),
        Order.DEADLINE: lambda item: (item.standing.deadline is None, str(item.standing.deadline)),
        Order.URGENCY: urgency,
        Order.ASPECT: lambda item: item.finding.aspect or "",
        Order.DEPARTMENT: lambda item: item.finding.departments,
        Order.STAGE: lambda item: stages.index(item.standing.stage),
    }
    order = orders[sort]
    return lambda item: (order(item), item.ledger, item.finding.number, item.finding.id)
