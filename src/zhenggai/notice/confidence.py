"""How sure an import is: what was found in a notice, against what the notice says of itself.

That a notice comes out again to the letter proves nothing of whether it was understood: a finding
taken for a paragraph comes out as well. Its own totals and the numbers of its findings do.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from zhenggai.ledger.results_compared import Told, disagreeing, disagreeing_sums
from zhenggai.ledger.stated_results import rules_in_entry, stated_rules
from zhenggai.ledger.stated_totals import NUMBER, Said, number_in, published_in, stated_in
from zhenggai.model.amounts import AmountTextError, parse_amount
from zhenggai.model.problem import shorten
from zhenggai.model.terms import Stage
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.marks import mark_of

_CLOSE_ENOUGH = 0.5
_LONGEST_HEADING = 80
# A plan or a list in 《》 is seldom counted among 制度.
_IS_RULE = re.compile("(?:办法|制度|规定|规则|细则|规程|准则|规范|章程)(?:[（(][^（）()]*[)）])?》")


class Confidence(NamedTuple):
    """What disagrees with the notice's own totals, and what else should be looked at."""

    disagreements: tuple[str, ...]
    doubts: tuple[str, ...]


def confidence(draft: Draft) -> Confidence:
    """Hold what was recognised against the notice's own words."""
    prose = list(_prose(draft.notice))
    disagreements = [*draft.disagreements, *_totals(draft, prose), *_outside(draft, prose)]
    doubts = [*draft.doubts, *_rates(prose), *_going_on(draft, prose), *_results(draft, prose)]
    return Confidence(tuple(dict.fromkeys(disagreements)), tuple(dict.fromkeys(doubts)))


def _prose(notice: dict[str, Any]) -> Iterator[str]:
    """Yield the paragraphs of the notice outside its findings."""
    for key in ("开头", "组织导语", "组织情况", "结果导语", "下步导语", "下步打算"):
        value = notice.get(key, ())
        for text in [value] if isinstance(value, str) else value:
            if isinstance(text, str):
                yield text
            else:
                yield "。".join(filter(None, (text.get("标题"), text.get("内容"))))


def _parts(manifestations: str | list[str]) -> int:
    """Return how many parts a finding is told in: its 具体表现, or itself."""
    return 1 if isinstance(manifestations, str) else len(manifestations) or 1


def _totals(draft: Draft, prose: list[str]) -> Iterator[str]:
    stated = [stated_in(text) for text in prose]
    count = len(draft.findings)
    parts = sum(_parts(data.get("具体表现", ())) for data in draft.findings)
    findings = [said for one in stated for said in one.findings]
    shown = {number for text in prose for number in published_in(text)}
    if findings and not {*shown, *(said.number for said in findings)} & {count, parts}:
        yield f"通报写明“{_longest(findings)}”，识别出{count}个问题"
    aspects = [said for one in stated for said in one.aspects]
    found = len(draft.aspects)
    if found and aspects and found not in {said.number for said in aspects}:
        yield f"通报写明“{_longest(aspects)}”，识别出{found}个方面"
    done = next((one.done[0] for one in stated if one.done), None)
    if done is not None and draft.states and all(draft.states):
        closed = sum(claimed_states.stage_of(words) is Stage.CLOSED for words in draft.states)
        lasting = sum(
            claimed_states.stage_of(words) is not Stage.IN_PROGRESS for words in draft.states
        )
        if done.number not in (closed, lasting):
            yield f"通报写明已完成“{done.words}”，逐个写明已完成的是{closed}个"


# 部分整改2个，正在整改1个: of what is printed of each finding, the words that are counted there.
_COUNTS_OF_STATES = (
    ("部分整改", "部分(?:完成)?整改", "部分"),
    (
        *("正在整改", "(?:正在|持续|继续)(?:推进)?整改|整改中|未(?:完成)?整改"),
        "正在|推进|持续|整改中|未完成",
    ),
    ("基本完成", "基本完成(?:整改)?", "基本"),
    ("长期坚持", "长期坚持|长期整改", "长期"),
)


def _going_on(draft: Draft, prose: list[str]) -> Iterator[str]:
    """Hold the findings that the notice counts as not finished against those printed as such."""
    if not draft.states or not all(draft.states):
        return
    for text in prose:
        if not stated_in(text).findings:
            continue
        for name, stated, printed in _COUNTS_OF_STATES:
            match = re.search(
                rf"(?:{stated})(?:的|问题|共)*(?P<n>{NUMBER})[个项条]|(?P<m>{NUMBER})[个项条](?:问题)?(?:{stated})",
                text,
            )
            if match is None:
                continue
            number = number_in(match["n"] or match["m"])
            told = sum(re.search(printed, words) is not None for words in draft.states)
            if told != number:
                yield f"通报写明“{match[0]}”，逐个写明{name}的是{told}个"


def _longest(said: list[Said]) -> str:
    return max((one.words for one in said), key=len)


def _outside(draft: Draft, prose: list[str]) -> Iterator[str]:
    """Name headings of findings that stand where no findings were read."""
    lines = [*prose, *(line.text for line in draft.unplaced)]
    for text in (line for one in lines for line in one.split("\n")):
        mark = mark_of(text)
        words = text[mark.end :] if mark else text
        heads = titles.ABOUT.match(words) and "问题" in words and len(words) <= _LONGEST_HEADING
        if mark and heads and titles.sentence_end(words) == len(words):
            yield f"整改结果以外还有像问题标题的一行：{shorten(text)}"


def _rates(prose: list[str]) -> Iterator[str]:
    for text in prose:
        stated = stated_in(text)
        if stated.rate is None or not stated.done or not stated.findings:
            continue
        whole, done = stated.findings[-1].number, stated.done[0].number
        if whole and abs(100 * done / whole - stated.rate) >= _CLOSE_ENOUGH:
            yield f"通报写明完成率{stated.rate:g}%，而{done}÷{whole}是{100 * done / whole:.1f}%"


def _results(draft: Draft, prose: list[str]) -> Iterator[str]:
    """Hold the rules, the money and the people that the notice sums up against its findings."""
    rules = sum(
        rules_in_entry(entry)
        for data in draft.findings
        for entry in data.get("建章立制", ())
        if _IS_RULE.search(entry) or "《" not in entry
    )
    people: dict[str, int] = {}
    for data in draft.findings:
        for how, number in data.get("处理人员", {}).items():
            people[how] = people.get(how, 0) + int(number)
    texts = [
        text
        for data in draft.findings
        for one in data.get("措施", ())
        for text in (one["内容"], one.get("成效", ""))
    ]
    money = sum((_amount(data.get("清退资金")) for data in draft.findings), Decimal(0))
    told = Told(money, people, texts)
    sums = {
        key: [_amount(one[key]) if key in one else None for one in draft.findings]
        for key in ("问题金额", "已整改金额")
    }
    for text in prose:
        stated = list(stated_rules(text))
        if stated and sum(number for _, number in stated) < rules:
            words = "，".join(words for words, _ in stated)
            yield f"通报写明“{words}”，问题里写明的制度有{rules}项"
        for words, actual in (*disagreeing(text, told), *disagreeing_sums(text, sums)):
            yield f"通报写明“{words}”，各问题写明的合计是{actual}"


def _amount(text: str | None) -> Decimal:
    try:
        return parse_amount(text) if text else Decimal(0)
    except AmountTextError:
        return Decimal(0)
