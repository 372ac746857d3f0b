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
from zhenggai.ledger.stated_totals import (
    NUMBER,
    Said,
    Stated,
    number_in,
    published_in,
    stated_in,
)
from zhenggai.model.amounts import AmountTextError, parse_amount
from zhenggai.model.problem import shorten
from zhenggai.model.terms import Stage
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.marks import mark_of

_CLOSE_ENOUGH = 0.5
_LONGEST_HEADING, _NEAR, _CLAUSE, _MOST_ASPECTS = 80, 12, 80, 50
# A plan or a list in 《》 is seldom counted among 制度.
_IS_RULE = re.compile("(?:办法|制度|规定|规则|细则|规程|准则|规范|章程)(?:[（(][^（）()]*[)）])?》")


class Confidence(NamedTuple):
    """What disagrees with the notice's own totals, and what else should be looked at."""

    disagreements: tuple[str, ...]
    doubts: tuple[str, ...]


class _Compared(NamedTuple):
    """A sentence on a total and what was read; whether it is to be looked at, or only told."""

    sentence: str
    is_doubted: bool


def confidence(draft: Draft) -> Confidence:
    """Hold what was recognised against the notice's own words."""
    prose = list(_prose(draft.notice))
    disagreements = [*draft.disagreements, *_totals(draft, prose), *_outside(draft, prose)]
    doubts = [
        *draft.doubts,
        *_rates(prose),
        *_going_on(draft, prose),
        *_aspects_and_parts(draft, prose),
        *(one.sentence for one in _sums(draft, prose) if one.is_doubted),
        *_results(draft, prose),
    ]
    return Confidence(tuple(dict.fromkeys(disagreements)), tuple(dict.fromkeys(doubts)))


def missing(draft: Draft) -> list[str]:
    """Return what the notice has of its findings as a whole and says of none of them."""
    prose = list(_prose(draft.notice))
    aspects = [said for text in prose for said in _of_the_whole(text, stated_in(text))]
    if draft.aspects or not aspects:
        return []
    words = aspects[0].words
    return [f"{_line_of(draft, words)}写明“{words}”，没有写明哪个问题属于哪个方面，“方面”未填写"]


def summed_up(draft: Draft) -> list[str]:
    """Return what the notice counts and tells only some of: 制定整改措施96条, and 18 were read.

    A notice seldom prints all that a plan has; that far more are counted is no sign of a fault.
    """
    prose = list(_prose(draft.notice))
    return [one.sentence for one in _sums(draft, prose) if not one.is_doubted]


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
    # 三个方面的问题 are aspects, where as many were read; of 3大类10小类 nothing else is said.
    findings = [
        said
        for one in stated
        for said in one.findings or (x for x in one.groups if "类" in x.words)
        if not ("方面" in said.words and said.number == len(draft.aspects))
    ]
    also = {said.number for one in stated for said in (*one.groups, *one.parts)}
    shown = {number for text in prose for number in published_in(text)}
    numbers = {*shown, *also, *(said.number for said in findings)}
    if findings and not numbers & {count, parts}:
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


def _aspects_and_parts(draft: Draft, prose: list[str]) -> Iterator[str]:
    """Name the aspects and 具体表现 that the notice counts, where another number was read.

    Where no aspect was read, `missing` names them; what are surely those of the findings is
    compared by `_totals`.
    """
    stated = [stated_in(text) for text in prose]
    count, found = len(draft.findings), len(draft.aspects)
    is_sure = any(
        said for text, one in zip(prose, stated, strict=True) for said in _of_the_whole(text, one)
    )
    aspects = [said for one in stated for said in one.groups if "方面" in said.words]
    if found and aspects and not is_sure and found not in {said.number for said in aspects}:
        words = aspects[0].words
        yield f"{_line_of(draft, words)}写明“{words}”，识别出{found}个方面"
    parts = sum(_parts(data.get("具体表现", ())) for data in draft.findings)
    told = [said for one in stated for said in one.parts]
    if told and not {said.number for said in told} & {count, parts}:
        kinds = [data.get("具体表现", []) for data in draft.findings]
        own = sum(1 if isinstance(one, str) else len(one) for one in kinds)
        yield f"{_line_of(draft, told[0].words)}写明“{told[0].words}”，读出的具体表现是{own}项"


def _of_the_whole(text: str, stated: Stated) -> Iterator[Said]:
    """Yield the aspects that are those of the findings: 3个方面19个问题, not 从3个方面发力."""
    for said in stated.aspects[:_MOST_ASPECTS]:
        before = text[max(0, said.start - _CLAUSE) : said.start]
        behind = text[said.end : said.end + _CLAUSE]
        clause = re.split("[。；;]", before)[-1] + re.split("[。；;，,]", behind, maxsplit=1)[0]
        is_counted = any(
            said.end <= one.start <= said.end + _NEAR for one in (*stated.findings, *stated.groups)
        )
        if is_counted or re.search("反馈|指出的?|巡[察视]组|提出的?问题", clause):
            yield said


def _line_of(draft: Draft, words: str) -> str:
    """Name the first line that says some words, 通报 where they are printed over lines."""
    number = next((line.number for line in draft.lines if words in line.text), None)
    return "通报" if number is None else f"第{number}行"


def _sums(draft: Draft, prose: list[str]) -> Iterator[_Compared]:
    """Hold the measures and rules that the notice counts against those read.

    What counts those of some findings (党建方面5个问题，制定措施8条) is no total.
    """
    count = len(draft.findings)
    texts = [one for text in prose for one in re.split("(?<=[。；;])", text) if one]
    stated = [
        one
        for text in texts
        if (one := stated_in(text)).measures or one.measures_done
        if not one.findings or count in {said.number for said in (*one.findings, *one.groups)}
    ]
    whole = [said for one in stated for said in one.measures]
    read = sum(len(data.get("措施", ())) for data in draft.findings)
    is_summary = False
    if whole and read not in {sum(said.number for said in whole), *(x.number for x in whole)}:
        number, words = whole[0].number, _full(texts, whole[0])
        is_summary = not _is_near(read, number)
        sentence = f"{_line_of(draft, words)}写明“{words}”，识别出{read}项措施"
        yield _Compared(_with_hint(sentence, is_summary=is_summary), not is_summary)
    done = next((one.measures_done[0] for one in stated if one.measures_done), None)
    if done is not None and not is_summary:
        least, most = _measures_done(draft)
        if not least <= done.number <= most:
            told = str(least) if least == most else f"{least}至{most}"
            words = _full(texts, done)
            sentence = f"{_line_of(draft, words)}写明完成措施“{words}”，逐项写明的是{told}项"
            yield _Compared(sentence, bool(whole) or _is_near(most, done.number))
    for one in stated:
        if one.rate is not None and one.measures and one.measures_done and not one.done:
            for sentence in _rate(one.measures[0].number, one.measures_done[0].number, one.rate):
                yield _Compared(sentence, is_doubted=True)
    yield from _rules(draft, prose)


def _rules(draft: Draft, prose: list[str]) -> Iterator[_Compared]:
    """Hold the rules that the notice sums up against those read; plans and lists may be counted."""
    entries = [entry for data in draft.findings for entry in data.get("建章立制", ())]
    every = sum(map(rules_in_entry, entries))
    rules = sum(
        rules_in_entry(entry) for entry in entries if _IS_RULE.search(entry) or "《" not in entry
    )
    sums = [one for text in prose if (one := list(stated_rules(text)))]
    most = max((sum(number for _, number in one) for one in sums), default=0)
    for one in sums:
        words, number = "，".join(words for words, _ in one), sum(number for _, number in one)
        if number < rules:
            yield _Compared(f"通报写明“{words}”，问题里写明的制度有{rules}项", is_doubted=True)
        elif every < number == most:
            is_summary = not _is_near(every, number)
            line = _line_of(draft, one[0][0])
            sentence = f"{line}写明“{words}”，各问题里读出的制度有{every}项"
            yield _Compared(_with_hint(sentence, is_summary=is_summary), not is_summary)


def _is_near(read: int, stated: int) -> bool:
    """Whether a notice that counts so many may be one that prints each of them."""
    return read * 3 > stated * 2


def _with_hint(sentence: str, *, is_summary: bool) -> str:
    return f"{sentence}；通报没有逐项写出的，不必补充" if is_summary else sentence


def _full(texts: list[str], said: Said) -> str:
    """Return the words of a number with those before it in its clause: 制定整改措施32条."""
    text = next(x for x in texts if x[said.start : said.end] == said.words)
    return re.split("[。；;，,、：:]", text[: said.start])[-1] + said.words


def _measures_done(draft: Draft) -> tuple[int, int]:
    """Return how many measures are said to be done at least, and at most."""
    least = most = 0
    for place, data in enumerate(draft.findings):
        number = len(data.get("措施", ()))
        words = draft.states[place] if place < len(draft.states) else ""
        own = draft.measure_states[place] if place < len(draft.measure_states) else {}
        stages = [claimed_states.stage_of(one) for one in own.values() if one]
        closed = bool(words) and claimed_states.stage_of(words) is Stage.CLOSED
        still_open = stages.count(Stage.IN_PROGRESS)
        least += number - still_open if closed else stages.count(Stage.CLOSED)
        most += number - still_open
    return least, most


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
        yield from _rate(stated.findings[-1].number, stated.done[0].number, stated.rate)


def _rate(whole: int, done: int, rate: float) -> Iterator[str]:
    if whole and abs(100 * done / whole - rate) >= _CLOSE_ENOUGH:
        yield f"通报写明完成率{rate:g}%，而{done}÷{whole}是{100 * done / whole:.1f}%"


def _results(draft: Draft, prose: list[str]) -> Iterator[str]:
    """Hold the money and the people that the notice sums up against its findings."""
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
        for words, actual in (*disagreeing(text, told), *disagreeing_sums(text, sums)):
            yield f"通报写明“{words}”，各问题写明的合计是{actual}"


def _amount(text: str | None) -> Decimal:
    try:
        return parse_amount(text) if text else Decimal(0)
    except AmountTextError:
        return Decimal(0)
