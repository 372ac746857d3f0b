"""`zhenggai list`: findings as a table, filtered and sorted."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen, tell
from zhenggai.cli.edit_options import OnDay, all_filled, deadline_of
from zhenggai.cli.format_options import RowsFormatOption
from zhenggai.cli.ledger_access import load, load_registers, report, tell_of_unknown_days_off
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.exporters import registry
from zhenggai.ledger.register import Row
from zhenggai.ledger.standing import last_report
from zhenggai.ledger.summary import counted, urgency
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import AWAITING, Kind, Source, Stage, Timing
from zhenggai.views.finding_rows import Listing
from zhenggai.views.measure_rows import MeasureLine, MeasureListing, pressing, whole_lines
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from zhenggai.ledger.register import Register, Terms
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
    "列出问题，可以筛选和排序；加 --measures 列出措施。",
    examples="""
zhenggai list 财务
zhenggai list --due-before 6月底 --no-owner
zhenggai list --timing 逾期 --timing 临期 --sort 紧急程度
zhenggai list --measures --department 人事科 --sort 紧急程度
zhenggai list --department 办公室 --search 会议
zhenggai list --format csv > 台账.csv""",
    completes=candidates.NAMES,
)
def listing(
    words: Annotated[
        _Words,
        typer.Argument(
            metavar="关键词", help="同 --search；可写几个，须全部满足。", callback=all_filled
        ),
    ] = None,
    aspect: Annotated[
        _Words, typer.Option("--aspect", metavar="字", help=f"方面{_CONTAINS}", callback=all_filled)
    ] = None,
    department: Annotated[
        _Words,
        typer.Option(
            "--department", metavar="字", help=f"责任科室{_CONTAINS}", callback=all_filled
        ),
    ] = None,
    assisting: Annotated[
        _Words,
        typer.Option("--assisting", metavar="字", help=f"配合科室{_CONTAINS}", callback=all_filled),
    ] = None,
    category: Annotated[
        _Words,
        typer.Option("--category", metavar="字", help=f"问题类别{_CONTAINS}", callback=all_filled),
    ] = None,
    led_by: Annotated[
        _Words,
        typer.Option("--led-by", metavar="字", help=f"领办的领导{_CONTAINS}", callback=all_filled),
    ] = None,
    leader: Annotated[
        _Words,
        typer.Option("--leader", metavar="字", help=f"责任领导{_CONTAINS}", callback=all_filled),
    ] = None,
    owner: Annotated[
        _Words,
        typer.Option("--owner", metavar="字", help=f"责任人{_CONTAINS}", callback=all_filled),
    ] = None,
    source: Annotated[list[Source] | None, typer.Option("--source", help="来源。")] = None,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="类型。")] = None,
    stage: Annotated[list[Stage] | None, typer.Option("--stage", help="整改状态。")] = None,
    timing: Annotated[list[Timing] | None, typer.Option("--timing", help="时限情况。")] = None,
    search: Annotated[
        _Words,
        typer.Option(
            "--search",
            metavar="字",
            help="问题、措施、成效里包含该关键词；可多次指定，须全部满足。",
            callback=all_filled,
        ),
    ] = None,
    due_before: Annotated[
        str | None,
        typer.Option(
            "--due-before", metavar="日期", help="未销号、时限在这一天以前（含当天）的，如 6月底。"
        ),
    ] = None,
    no_owner: Annotated[bool, typer.Option("--no-owner", help="没有责任人的。")] = False,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="待销号的：待申请销号、待审核、待批准。")
    ] = False,
    coordinate: Annotated[
        bool,
        typer.Option("--coordinate", help="未销号、最近一次报告的进展里有需协调事项的。"),
    ] = False,
    sort: Annotated[Order, typer.Option("--sort", help="排列的依据。")] = Order.NUMBER,
    reverse: Annotated[bool, typer.Option("--reverse", help="倒序排列。")] = False,
    measures: Annotated[
        bool,
        typer.Option(
            "--measures",
            help="每项措施一行；科室、责任人、时限按措施自己的，未填写的随问题。",
        ),
    ] = False,
    style: RowsFormatOption = "table",
    *,
    where: Where,
) -> ExitCode:
    """List the findings that match every filter."""
    asked = {
        "aspect": aspect,
        "departments": department,
        "assisting": assisting,
        "category": category,
        "leader": leader,
        "led_by": led_by,
        "owner": owner,
    }
    search = [*(words or ()), *(search or ())]
    state = _State(due_before, no_owner, waiting, coordinate)
    if measures:
        wanted = _Wanted(asked, source or (), kind or (), stage or (), timing or (), search)
        return _list_measures(wanted, state, sort, style, where, reverse=reverse)
    registers, lines = _read(search, state, where)
    chosen = sorted(lines, key=_order(sort), reverse=reverse)
    for field, names in asked.items():
        if names:
            chosen = [found for line in chosen if (found := _found(line, field, names))]
    if source:
        chosen = [line for line in chosen if _source(line.row) in source]
    if kind:
        chosen = [line for line in chosen if line.row.kind in kind]
    if stage:
        chosen = [line for line in counted(chosen) if line.standing.stage in stage]
    if timing:
        chosen = [line for line in counted(chosen) if line.standing.timing in timing]
    say(registry.writer("rows", style)(Listing(chosen, registers), screen()))
    tell_of_unknown_days_off(line.standing for line in chosen)
    if not chosen:
        known = [_all_names(line) for line in lines]
        none = f"没有符合条件的问题{_nearest(asked, known)}。"
        there = any(one.rows for one in registers)
        tell(none if there else "台账里没有可列的问题；用 zhenggai new 登记。")
    return report(problem for one in registers for problem in one.problems)


class _State(NamedTuple):
    """What is asked for of how findings stand."""

    due_before: str | None
    no_owner: bool
    waiting: bool
    coordinate: bool

    def takes(self, line: "Line", last_day: "date | None") -> bool:
        """Whether a finding is asked for; what it asks others for is not looked at."""
        standing = line.standing
        return (
            (last_day is None or _is_due(standing.deadline, line, last_day))
            and (not self.no_owner or (standing.owner is None and not standing.withdrawn))
            and self.takes_stage(line)
        )

    def takes_stage(self, line: "Line") -> bool:
        """Whether a finding waits to be struck off, where that is asked for."""
        standing = line.standing
        return not self.waiting or (standing.stage in AWAITING and not standing.withdrawn)

    def takes_report(self, line: "Line", finding: "Finding", today: "date") -> bool:
        """Whether the latest report asks others for something, where that is asked for."""
        if not self.coordinate:
            return True
        told = last_report(finding, today)
        return line.standing.is_open and told is not None and told.to_coordinate is not None


def _is_due(deadline: "date | None", line: "Line", last_day: "date") -> bool:
    return deadline is not None and deadline <= last_day and line.standing.is_open


def _last_day(state: _State, terms: "Terms", today: "date") -> "date | None":
    """Return the day that --due-before names in a ledger."""
    return deadline_of(state.due_before, OnDay(terms, today), "--due-before")


def _read(search: list[str], state: _State, where: Where) -> "tuple[list[Register], list[Line]]":
    """Return the registers and those of their lines that are meant; only prose is slow."""
    if not (search or state.coordinate):
        read = load_registers(where.ledger, where.today)
        lines = [
            line
            for one in read
            for last_day in [_last_day(state, one.register.head.terms, one.today)]
            for line in one.lines()
            if state.takes(line, last_day)
        ]
        return [one.register for one in read], lines
    loaded = load(where.ledger, where.today)
    lines = [
        line
        for one in loaded
        for last_day in [_last_day(state, one.day.terms, one.day.today)]
        for line, finding in zip(one.day.lines, one.ledger.findings, strict=True)
        if all(_mentions(finding, words) for words in search)
        if state.takes(line, last_day) and state.takes_report(line, finding, one.day.today)
    ]
    return [one.day.register for one in loaded], lines


class _Wanted(NamedTuple):
    """What measures are asked for: names by field, and the words of the other filters."""

    names: dict[str, _Words]
    sources: "Sequence[Source]"
    kinds: "Sequence[Kind]"
    stages: "Sequence[Stage]"
    timings: "Sequence[Timing]"
    search: list[str]

    def takes(self, one: "MeasureLine") -> bool:
        """Whether a measure is asked for: by its own names and timing, by its finding's stage."""
        row, state = one.line.row, one.line.standing
        texts = (row.title, one.measure.text, one.outcome or "")
        mentions = all(
            any(words.casefold() in text.casefold() for text in texts) for words in self.search
        )
        return (
            mentions
            and all(not words or _contains(words, _own(one, f)) for f, words in self.names.items())
            and (not self.sources or _source(row) in self.sources)
            and (not self.kinds or row.kind in self.kinds)
            and (not self.stages or (state.stage in self.stages and not state.withdrawn))
            and (not self.timings or (one.timing in self.timings and not state.withdrawn))
        )


def _own(one: "MeasureLine", field: str) -> tuple[str, ...]:
    """Return what a measure says under a field: its own, else its finding's."""
    if field == "departments":
        return one.departments
    if field == "owner":
        return (one.owner,) if one.owner else ()
    return _named(one.line, field)


def _list_measures(
    wanted: _Wanted, state: _State, sort: Order, style: str, where: Where, *, reverse: bool
) -> ExitCode:
    """List the measures that match every filter."""
    loaded = load(where.ledger, where.today)
    lines = [
        measure
        for one in loaded
        for last_day in [_last_day(state, one.day.terms, one.day.today)]
        for line, finding in zip(one.day.lines, one.ledger.findings, strict=True)
        if state.takes_stage(line) and state.takes_report(line, finding, one.day.today)
        for measure in whole_lines(
            line, finding.measures, one.day.measure_standings(finding), one.day.level_on
        )
        if last_day is None
        or (measure.standing.done_on is None and _is_due(measure.deadline, line, last_day))
        if not (state.no_owner and measure.owner)
    ]
    order = _measure_order(sort)
    chosen = sorted(filter(wanted.takes, lines), key=order, reverse=reverse)
    registers = [one.day.register for one in loaded]
    say(registry.writer("rows", style)(MeasureListing(chosen, registers), screen()))
    if not chosen:
        known = [_own_names(one) for one in lines]
        tell(f"没有符合条件的措施{_nearest(wanted.names, known)}。")
    return report(problem for one in loaded for problem in one.ledger.problems)


def _own_names(one: "MeasureLine") -> dict[str, tuple[str, ...]]:
    return {field: _own(one, field) for field in _NAMES}


_NAMES = ("aspect", "departments", "assisting", "category", "leader", "led_by", "owner")


def _measure_order(sort: Order) -> "Callable[[MeasureLine], Any]":
    finding_order = _order(sort)
    orders: dict[Order, Callable[[MeasureLine], Any]] = {
        Order.DEADLINE: lambda one: (one.deadline is None, str(one.deadline)),
        Order.URGENCY: pressing,
        Order.DEPARTMENT: lambda one: one.departments,
    }
    order = orders.get(sort)

    def key(one: MeasureLine) -> "tuple[Any, ...]":
        whose = finding_order(one.line)
        return order(one) if order else whose, whose[1:], one.measure.number

    return key


def _found(line: "Line", field: str, words: list[str]) -> "Line | None":
    """Return a line that a filter takes, and where only measures are meant by it, which."""
    if _contains(words, _named(line, field)):
        return line
    if field not in ("departments", "owner"):
        return None
    numbers = [one.number for one in line.row.measures if _contains(words, _values(one, field))]
    if not numbers:
        return None
    return line._replace(by_measures=tuple(sorted({*line.by_measures, *numbers})))


def _contains(words: list[str], texts: tuple[str, ...]) -> bool:
    return any(word in text for word in words for text in texts)


def _nearest(asked: dict[str, _Words], there: "Sequence[dict[str, tuple[str, ...]]]") -> str:
    """Suggest the nearest name for the first one that nothing has; `there` are names by field."""
    for field, words in asked.items():
        known = {name for names in there for name in names[field]}
        for word in words or ():
            close = nearest(word, known, 0.5) or _nearest_within(word, known)
            if close and word not in close:
                return f"；没有“{visible(word)}”，是否想写“{visible(close)}”"
    return ""


def _nearest_within(word: str, names: set[str]) -> str | None:
    """Return the name in which something of a word's length is nearest to it: 财物, 计划财务科."""
    size = len(word)
    holding = {
        name[start : start + size]: name
        for name in sorted(names, reverse=True)
        for start in range(len(name) - size + 1)
    }
    return holding.get(nearest(word, holding, 0.5) or "")


def _all_names(line: "Line") -> dict[str, tuple[str, ...]]:
    """Return what a finding says under each field, its measures too."""
    names = {field: _named(line, field) for field in _NAMES}
    for one in line.row.measures:
        names["departments"] += one.departments
        names["owner"] += _values(one, "owner")
    return names


def _source(row: Row) -> Source:
    found: Source = row.further("source", Source.FEEDBACK)
    return found


def _named(line: "Line", field: str) -> tuple[str, ...]:
    return _values(line.standing if field in ("leader", "owner") else line.row, field)


def _values(holder: object, field: str) -> tuple[str, ...]:
    value: str | tuple[str, ...] | None
    if isinstance(holder, Row) and field not in holder._fields:
        value = holder.further(field)
    else:
        value = getattr(holder, field)
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
