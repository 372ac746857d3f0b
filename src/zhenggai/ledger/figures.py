"""The figures a notice may name: computed from the ledger, written into prose as {问题数}."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.summary import tally
from zhenggai.model.dates import chinese_day
from zhenggai.model.placeholders import placeholders, substitute

if TYPE_CHECKING:
    from zhenggai.ledger.standing import LedgerOnDay
    from zhenggai.ledger.summary import Tally
    from zhenggai.model.ledger_model import Finding, Ledger


class Basis(NamedTuple):
    """What figures are computed from: the public findings of a ledger on a day."""

    ledger: "Ledger"
    findings: "tuple[Finding, ...]"
    tally: "Tally"
    today: date


def _day(day: date | None) -> str:
    return chinese_day(day) if day else ""


def rate(tally: "Tally") -> str:
    """Write a completion rate as published texts do: one decimal at most, halves rounded up."""
    exact = Decimal(100 * tally.closed) / Decimal(tally.count) if tally.count else Decimal(0)
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}%"


def _money(basis: Basis) -> str:
    total = sum((finding.money or Decimal(0) for finding in basis.findings), Decimal(0))
    ten_thousand = 10_000
    if total >= ten_thousand:
        return f"{(total / ten_thousand).normalize():f}万元"
    return f"{total.normalize():f}元"


def _done(basis: Basis) -> int:
    days = [measure.done_on for finding in basis.findings for measure in finding.measures]
    return sum(1 for day in days if day is not None and day <= basis.today)


FIGURES: dict[str, Callable[[Basis], object]] = {
    "问题数": lambda b: b.tally.count,
    "方面数": lambda b: len({f.aspect for f in b.findings if f.aspect}),
    "措施数": lambda b: sum(len(finding.measures) for finding in b.findings),
    "完成措施数": _done,
    "已销号数": lambda b: b.tally.closed,
    "待销号数": lambda b: b.tally.awaiting_closing,
    "基本完成数": lambda b: b.tally.sustained,
    "整改中数": lambda b: b.tally.in_progress,
    "未启动数": lambda b: b.tally.not_started,
    "未销号数": lambda b: b.tally.count - b.tally.closed,
    "完成率": lambda b: rate(b.tally),
    "制度数": lambda b: sum(len(finding.rules) for finding in b.findings),
    "资金合计": _money,
    "处理人数": lambda b: sum(sum(finding.people.values()) for finding in b.findings),
    "单位": lambda b: b.ledger.inspection.unit or "",
    "巡察组": lambda b: b.ledger.inspection.group or "",
    "巡察开始": lambda b: _day(b.ledger.inspection.started_on),
    "巡察结束": lambda b: _day(b.ledger.inspection.ended_on),
    "反馈日期": lambda b: _day(b.ledger.inspection.feedback_on),
    "截止日期": lambda b: _day(b.today),
}
"""How each figure that prose may name is computed: the names are those of IN_PROSE."""


def fill(prose: str, basis: Basis) -> str:
    """Write the figures into prose."""
    named = [name for name in placeholders(prose) if name in FIGURES]
    return substitute(prose, {name: str(FIGURES[name](basis)) for name in named})


def basis(day: "LedgerOnDay") -> Basis:
    """Return the public findings of a ledger as they stand on a day."""
    lines = [line for line in day.lines if line.row.public]
    findings = tuple(finding for finding in day.ledger.findings if finding.public)
    return Basis(day.ledger, findings, tally("", lines), day.today)
