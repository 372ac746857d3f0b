"""建章立制, 清退资金 and 处理人员 of a finding, as far as its text tells them."""

from collections.abc import Sequence
from typing import Any

from zhenggai.ledger.stated_results import (
    IN_ANY_WAY,
    money_of,
    people_in,
    rules_counted,
    rules_in,
)
from zhenggai.model.amounts import in_yuan


def read(told: Sequence[tuple[str, str]], also: Sequence[str]) -> dict[str, Any]:
    """Return 建章立制, 清退资金 and 处理人员 as far as a finding's words tell them.

    `told` are its measures' texts and outcomes, `also` what else is said of what was done. What
    says the same again of the same measure, or of all of them, counts once.
    """
    found: dict[str, Any] = {}
    texts = [text for one in told for text in one if text]
    rules = list(dict.fromkeys(rule for text in (*texts, *also) for rule in rules_in(text)))
    for text, outcome in told:
        rules += rules_counted(text) or rules_counted(outcome)
    if rules:
        found["建章立制"] = rules
    if money := money_of(told, also):
        found["清退资金"] = in_yuan(money)
    people: dict[str, int] = {}
    for text, outcome in told:
        mine = people_in(text)
        again = [one for one in people_in(outcome) if one not in mine]
        for how, number in (*mine, *again):
            people[how] = people.get(how, 0) + number
    for how, number in (one for text in also for one in people_in(text)):
        if how not in people and not (how == IN_ANY_WAY and people):
            people[how] = number
    if people:
        found["处理人员"] = {how: str(number) for how, number in people.items()}
    return found
