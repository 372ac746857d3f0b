"""Sums of money as people write them in Chinese ledgers."""

import re
from typing import TYPE_CHECKING

from zhenggai.model.problem import shorten

if TYPE_CHECKING:
    from decimal import Decimal

AMOUNT_FORMS = "1864元、884.72万元"

_YUAN = {"": 1, "万": 10_000, "亿": 100_000_000}
AMOUNT_PATTERN = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,6})?\s*(万|亿|)元"


class AmountTextError(ValueError):
    """A text that is no sum of money; the message is Chinese and says so."""


def parse_amount(text: str) -> "Decimal":
    """Read a sum in any of AMOUNT_FORMS, in yuan; raise AmountTextError for everything else."""
    from decimal import Decimal

    match = re.fullmatch(AMOUNT_PATTERN, text.strip())
    if match is None:
        raise AmountTextError(f"金额“{shorten(text)}”的格式无法识别")
    return Decimal(match[1].replace(",", "") + (match[2] or "")) * _YUAN[match[3]]


_TEN_THOUSAND = 10_000


def in_yuan(amount: "Decimal") -> str:
    """Write an amount in yuan as notices do: from ten thousand on in 万元."""
    if amount >= _TEN_THOUSAND:
        return f"{(amount / _TEN_THOUSAND).normalize():f}万元"
    return f"{amount.normalize():f}元"
