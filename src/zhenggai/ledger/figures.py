"""The figures a notice may name: computed from the ledger, written into prose as {问题数}."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.stated_results import rules_in_entry
from zhenggai.ledger.summary import tally
from zhenggai.model.amounts import in_yuan
from zhenggai.model.dates import chinese_day
from zhenggai.model.placeholders import placeholders, substitute
from zhenggai.model.terms import FiguresOver, Source

if TYPE_CHECKING:
    from zhenggai.ledger.standing import LedgerOnDay
    from zhenggai.ledger.summary import Rate, Tally
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding, Ledger

_TEN_THOUSAND = 10_000


class Results(NamedTuple):
    """What came of rectifying that can be counted: 建章立制, money returned, people dealt with.

    `money` is in yuan, `people` the number of people by what was done (never who). An entry that
    counts rules without naming them (出台制度4个) stands in `rules` as often as it counts.
    """

    rules: tuple[str, ...]
    money: Decimal
    people: dict[str, int]

    @property
    def rules_revised(self) -> int:
        """How many of the rules say behind their title, or without one, that they were revised."""
        return sum("修" in rule.rpartition("》")[2] for rule in self.rules)

    @property
    def rules_made(self) -> int:
        """How many of the rules are new."""
        return len(self.rules) - self.rules_revised

    @property
    def ten_thousands(self) -> str:
        """The money in units of 10 000 yuan."""
        return f"{(self.money / _TEN_THOUSAND).normalize():f}"


def results(findings: "Iterable[Finding]") -> Results:
    """Add up what came of rectifying findings."""
    rules: list[str] = []
    money, people = Decimal(0), dict[str, int]()
    for one in findings:
        rules += [entry for entry in one.rules for _ in range(rules_in_entry(entry))]
        money += one.money or Decimal(0)
        for how, number in one.people.items():
            people[how] = people.get(how, 0) + number
    return Results(tuple(rules), money, people)


class Basis(NamedTuple):
    """What figures are computed from, on a day.

    `findings` are those that figures count: all of them, or where the ledger says so (通报口径)
    the public ones; `shown` are those whose words may be published. None of them is withdrawn, and
    all are of the feedback (来源): a notice answers for what was fed back.
    """

    ledger: "Ledger"
    findings: "tuple[Finding, ...]"
    shown: "tuple[Finding, ...]"
    tally: "Tally"
    today: date


def _day(day: date | None) -> str:
    return chinese_day(day) if day else ""


def percentage(rate: "Rate") -> str:
    """Write a rate as published texts do: one decimal at most, halves rounded up."""
    whole, rest = divmod(rate.tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _money(basis: Basis) -> str:
    return in_yuan(results(basis.findings).money)


def approved_totals(inspection: "Inspection") -> str:
    """Write the totals that were approved to be told, each behind what it counts."""
    return "、".join(f"{name}{total}" for name, total in inspection.approved_totals.items())


FIGURES: dict[str, Callable[[Basis], object]] = {
    "问题数": lambda b: b.tally.count,
    "方面数": lambda b: len({f.aspect for f in b.findings if f.aspect}),
    "措施数": lambda b: b.tally.measures,
    "完成措施数": lambda b: b.tally.measures_done,
    "已销号数": lambda b: b.tally.closed,
    "待销号数": lambda b: b.tally.awaiting_closing,
    "基本完成数": lambda b: b.tally.sustained,
    "整改中数": lambda b: b.tally.in_progress,
    "未启动数": lambda b: b.tally.not_started,
    "未销号数": lambda b: b.tally.count - b.tally.closed,
    "完成率": lambda b: percentage(b.tally.closing_rate),
    "措施完成率": lambda b: percentage(b.tally.measure_rate),
    "整改完成率": lambda b: percentage(b.tally.rectification_rate),
    "销号率": lambda b: percentage(b.tally.closing_rate),
    "制度数": lambda b: len(results(b.findings).rules),
    "资金合计": _money,
    "处理人数": lambda b: sum(results(b.findings).people.values()),
    "经审定数": lambda b: approved_totals(b.ledger.inspection),
    "单位": lambda b: b.ledger.inspection.unit or "",
    "巡察组": lambda b: b.ledger.inspection.inspected_by or "",
    "巡察开始": lambda b: _day(b.ledger.inspection.started_on),
    "巡察结束": lambda b: _day(b.ledger.inspection.ended_on),
    "反馈日期": lambda b: _day(b.ledger.inspection.feedback_on),
    "审计机关": lambda b: b.ledger.inspection.audited_by or "",
    "报告文号": lambda b: b.ledger.inspection.audit_report or "",
    "截止日期": lambda b: _day(b.today),
}
"""How each figure that prose may name is computed: the names are those of IN_PROSE."""


def fill(prose: str, basis: Basis) -> str:
    """Write the figures into prose."""
    named = [name for name in placeholders(prose) if name in FIGURES]
    return substitute(prose, {name: str(FIGURES[name](basis)) for name in named})


def basis(day: "LedgerOnDay") -> Basis:
    """Return what figures of a ledger are computed from on a day."""
    notice = day.ledger.inspection.notice
    only_public = notice is not None and notice.figures_over is FiguresOver.PUBLIC
    pairs = [
        (line, finding)
        for line, finding in zip(day.lines, day.ledger.findings, strict=True)
        if not line.standing.withdrawn and finding.source is Source.FEEDBACK
    ]
    counted = [(line, one) for line, one in pairs if one.public or not only_public]
    return Basis(
        ledger=day.ledger,
        findings=tuple(finding for _, finding in counted),
        shown=tuple(finding for _, finding in pairs if finding.public),
        tally=tally("", [line for line, _ in counted]),
        today=day.today,
    )
