"""建章立制, 清退资金 and 处理人员 of a finding, as far as its text tells them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from zhenggai.ledger.stated_results import money_in, people_in, rules_in
from zhenggai.model.amounts import in_yuan


def read(texts: Sequence[str]) -> dict[str, Any]:
    """Return 建章立制, 清退资金 and 处理人员 as far as texts tell them."""
    found: dict[str, Any] = {}
    if rules := list(dict.fromkeys(rule for text in texts for rule in rules_in(text))):
        found["建章立制"] = rules
    amounts = [amount for text in texts for amount in money_in(text)]
    if amounts:
        found["清退资金"] = in_yuan(sum(amounts, Decimal(0)))
    people: dict[str, int] = {}
    for text in texts:
        for how, number in people_in(text):
            people[how] = people.get(how, 0) + number
    if people:
        found["处理人员"] = {how: str(number) for how, number in people.items()}
    return found
