"""Results that a notice sums up, held against those that its findings tell.

Findings seldom tell every result with its number, so that a sum which is larger proves nothing by
itself. It is doubted where findings tell some of the same kind and none without its number, or
where they tell more than the sum.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhenggai.ledger.done_words import future_word
from zhenggai.ledger.stated_results import (
    IN_GENERAL,
    Returned,
    counts_as,
    deals_uncounted,
    money_by_way,
    returns_uncounted,
    stated_money,
    stated_people,
    stated_rules,
    stated_sums,
)
from zhenggai.ledger.stated_totals import stated_in
from zhenggai.model.amounts import in_yuan


class Told(NamedTuple):
    """What findings tell: money returned in yuan, people by how they were dealt with, the texts."""

    money: Decimal
    people: dict[str, int]
    texts: Sequence[str]


_SUMS = re.compile("共|累计|合计|截[至止]|期间|以来|总计")
_FEW = 2


def disagreeing(passage: str, told: Told) -> Iterator[tuple[str, str]]:
    """Yield the words of each sum in a passage that disagrees, and what the findings come to."""
    is_summing = stated_in(passage).findings or _SUMS.search(passage)
    for sentence in re.split("[。\n]", passage):
        clauses = [one for one in re.split("[；;，,]", sentence) if not future_word(one)]
        money = [one for clause in clauses for one in stated_money(clause)]
        people = [one for clause in clauses for one in stated_people(clause)]
        rules = sum(1 for clause in clauses for _ in stated_rules(clause))
        if is_summing or len(money) + len(people) + rules >= _FEW:
            yield from _money(money, told)
            yield from _people(people, told)


def _money(stated: list[Returned], told: Told) -> Iterator[tuple[str, str]]:
    if not stated or sum(one.yuan for one in stated) == told.money:
        return
    if not told.money:
        # No finding tells of money that was returned, with a sum or without one.
        if told.texts and not any(map(returns_uncounted, told.texts)):
            yield from ((one.words, in_yuan(Decimal(0))) for one in stated)
        return
    by_way = money_by_way(told.texts)
    uncounted = any(map(returns_uncounted, told.texts))
    for one in stated:
        mine = by_way.get(one.way, Decimal(0)) if by_way else told.money
        if not mine or one.may_be(told.money) or one.may_be(mine):
            continue  # what was returned in another way may be another sum
        if mine > one.yuan or not uncounted:
            yield one.words, in_yuan(told.money)


def _people(stated: list[tuple[str, str, int]], told: Told) -> Iterator[tuple[str, str]]:
    each = [
        sum(people for one, people in told.people.items() if counts_as(one, how))
        for _, how, _ in stated
    ]
    for (words, how, number), count in zip(stated, each, strict=True):
        # Who was dealt with twice is one of those dealt with.
        is_more = count > number and how != IN_GENERAL
        # Where some kind is told by no finding, they do not tell everybody.
        is_whole = all(each) and not any(deals_uncounted(text, how) for text in told.texts)
        if is_more or (count < number and is_whole):
            yield words, f"{count}人"


def disagreeing_sums(
    passage: str, told: dict[str, list[Decimal | None]]
) -> Iterator[tuple[str, str]]:
    """Yield the words of each sum of an audit that disagrees, and what the findings come to.

    `told` has for 问题金额 and 已整改金额 what each finding tells, None where it tells none.
    """
    for one in stated_sums(passage):
        each = told[one.way]
        amount = sum((value or Decimal(0) for value in each), Decimal(0))
        is_whole = None not in each
        if amount and not one.may_be(amount) and (amount > one.yuan or is_whole):
            yield one.words, in_yuan(amount)
