"""Rules on the notice: its figures agree with the ledger and with each other, nothing is missing.

They speak only where inspection.yaml has a 通报, for only then is there prose to doubt.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from zhenggai.ledger.figures import percentage
from zhenggai.ledger.stated_results import is_dealing
from zhenggai.ledger.stated_totals import RATE, number_in, published_in, stated_in
from zhenggai.ledger.summary import Rate, Tally
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import LEFT_OUT, SetAside
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, Kind, Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable
from zhenggai.rules.notice_passages import CLOSE_ENOUGH, FILE, Passage, findings_told, prose

RULES = RuleTable()

_WARNING = Severity.WARNING


# A Chinese character; a class of all there are takes milliseconds to compile.
_HAN = r"[^\W\x00-\u02ff]"


@RULES.on_ledger(
    "N801",
    "通报的总数与台账不符",
    _WARNING,
    "通报文字里“N个方面N个问题”与台账里的方面数、问题数不一致；不公开的问题也计入，除非“通报口径”写“公开”。"
    "写占位符 {方面数}、{问题数}，由程序计算，就不会错。",
)
def _totals(case: ExaminedLedger) -> Iterator[Problem]:
    counted = case.basis.findings
    aspects = len({finding.aspect for finding in counted if finding.aspect})
    for passage in prose(case):
        stated = stated_in(passage.text)
        for said in stated.aspects:
            if aspects and said.number != aspects:
                yield _wrong_total(passage, said.words, aspects)
        # A whole may be told coarsely and finely (2类问题，细化成5个具体问题); one of them is ours.
        shown = set(published_in(passage.text))  # a part of them may be made public
        if all(said.number != len(counted) for said in stated.findings) and (
            len(counted) not in shown
        ):
            for said in stated.findings:
                yield _wrong_total(passage, said.words, len(counted))


def _wrong_total(passage: Passage, words: str, actual: int) -> Problem:
    message = f"写的是“{words}”，台账里是{actual}个"
    return Problem(message, "核对，或改用占位符 {方面数}、{问题数}", passage.at, passage.file)


# What is counted, the number, the unit: 召开局党组会议10次. Behind 个 or 家 no noun may follow,
# for then it is that noun which is counted.
_COUNTED = (
    rf"({_HAN}{{4,12}}?)(?:共计|共|达到|达|了|约|近|累计)?\s*([0-9]+(?:\.[0-9]+)?)\s*"
    rf"(次|期|场|人次|(?:项|个|家|人|份|件|篇)(?!{_HAN}|[“《0-9]))"
)
_DIGIT = "[0-9]"
_VERBS = "召开展举办组织行"
_USUAL_THINGS = (
    "专题会议|专题学习|专题研讨|专题研究|推进会议|调度会议|工作会议|集中学习"
    "|专项检查|监督检查|督导检查|业务培训"
)
# Two findings may well count different things by the same short name.
_KEY_LENGTH, _KEY_LENGTH_OF_FINDINGS = 4, 6


class _Count(NamedTuple):
    """Something counted in a passage."""

    noun: str
    number: str
    unit: str
    passage: Passage

    def key(self, length: int) -> tuple[str, str]:
        """Return what makes it the same thing as another.

        Of what everybody holds (专题会议) the words before it tell what it was about.
        """
        if match := re.search(f"([^{_VERBS}]*)({_USUAL_THINGS})$", self.noun):
            return match[0], self.unit
        return self.noun[-length:], self.unit


@RULES.on_ledger(
    "N802",
    "同一件事前后数字不同",
    _WARNING,
    "同一件事在通报的两处写了不同的数，如一处“党组会议4次”，另一处“党组会议10次”。"
    "口径不同的，写明起止时间或改换说法；否则数据的真实性会受到质疑。",
)
def _counted_twice(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.notice is None:
        return
    around = list(_counts(prose(case)))
    findings = list(_counts(findings_told(case)))
    yield from _disagreeing([*around, *findings], _KEY_LENGTH, first_among=around)
    yield from _disagreeing(findings, _KEY_LENGTH_OF_FINDINGS, first_among=findings)


def _counts(passages: Iterable[Passage]) -> Iterator[_Count]:
    for passage in passages:
        if not re.search(_DIGIT, passage.text):
            continue  # most are without, and looking for what is counted takes long
        for noun, number, unit in re.findall(_COUNTED, passage.text):
            # Those who were dealt with are summed up by N816; what one leads is not all there is.
            if not is_dealing(noun) and not re.search("牵头|领办|带头|督办", noun):
                yield _Count(noun, number, unit, passage)


def _disagreeing(counts: list[_Count], length: int, first_among: list[_Count]) -> Iterator[Problem]:
    first: dict[tuple[str, str], _Count] = {}
    for count in first_among:
        first.setdefault(count.key(length), count)
    for count in counts:
        known = first.get(count.key(length), count)
        if known.number != count.number and known.passage[:2] != count.passage[:2]:
            what = count.noun[-_KEY_LENGTH:]
            here, there = f"{what}{count.number}{count.unit}", f"{what}{known.number}{known.unit}"
            message = f"这里写“{here}”，{known.passage.place}写“{there}”"
            hint = "核对，统一口径或写明起止时间"
            yield Problem(message, hint, count.passage.at, count.passage.file)


# A whole and its parts: 19个问题中,已完成整改11个,正在整改8个. What a 其中 parts once more is
# no part of the whole.
_SAID = "(?P<n>[0-9０-９]+|[一二三四五六七八九十百]+)[个项条]"
_PART = rf"[^0-9。；;]{{0,10}}?(?:完成|整改|销号|推进|坚持|启动)[^0-9。；;]{{0,6}}?{_SAID}"
_WHOLE = (
    rf"{_SAID}(?!方面)[^0-9。；;，,、]{{0,8}}问题(?:中)?[，,]?(?:其中)?"
    rf"|问题(?:共)?{_SAID.replace('<n>', '<m>')}[，,](?:其中)?"
)


@RULES.on_ledger(
    "N803",
    "分项之和不等于总数",
    _WARNING,
    "一句话里先写总数，再写完成几个、正在整改几个，各项加起来不等于总数。",
)
def _parts(case: ExaminedLedger) -> Iterator[Problem]:
    for passage in prose(case):
        for whole in re.finditer(_WHOLE, passage.text):
            parts = list(_parts_after(passage.text, whole.end()))
            total = number_in(whole["n"] or whole["m"])
            if len(parts) > 1 and sum(parts) != total:
                sums = "+".join(str(part) for part in parts)
                message = f"共{total}个问题，分项{sums}={sum(parts)}"
                yield Problem(message, "核对各项的数", passage.at, passage.file)


def _parts_after(text: str, at: int) -> Iterator[int]:
    part = re.compile(_PART)
    while (match := part.match(text, at)) and "其中" not in match[0]:
        yield number_in(match["n"])
        at = match.end()


# 整改完成率 has been used for both: where nothing else is said a rate is that of the closing.
_USUAL = "销号率"
_RATES: dict[str, Callable[[Tally], Rate]] = {
    "措施完成率": lambda tally: tally.measure_rate,
    "整改完成率": lambda tally: tally.rectification_rate,
    "销号率": lambda tally: tally.closing_rate,
}


@RULES.on_ledger(
    "N804",
    "完成率与台账不符",
    _WARNING,
    "通报文字里的完成率与台账算出来的（已销号÷全部）不一致。写占位符 {完成率}，由程序计算。",
)
def _rate(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    if notice.is_original and not all(map(_has_moved, case.ledger.findings)):
        return  # what a notice claims is known of some of its findings only
    tally = case.basis.tally
    for passage in prose(case):
        for match in re.finditer(RATE, passage.text):
            said, stated = match["what"], match["rate"]
            name = next((one for one in _RATES if one in said), _USUAL)
            actual = _RATES[name](tally)
            if abs(float(stated) - 100 * (actual.value or 0)) >= CLOSE_ENOUGH:
                message = f"{name}写的是{stated}%，台账算出来是{percentage(actual)}"
                hint = f"核对，或改用占位符 {{{name}}}"
                yield Problem(message, hint, passage.at, passage.file)


def _has_moved(finding: Finding) -> bool:
    """Whether anything is recorded from which a finding's state follows.

    Where all its parts are told to be done and it is not closed, nobody has said how far it is.
    """
    is_closed = any(record.action is Action.CLOSING for record in finding.records)
    all_done = bool(finding.measures) and all(measure.done_on for measure in finding.measures)
    if all_done and not is_closed and finding.kind is not Kind.LONG_TERM:
        return False
    return bool(finding.records) or any(measure.done_on for measure in finding.measures)


# 巡视 in a county's notice is another's: named with its owner, in a title, or with 巡察 beside it.
# A province's unit inspects those below it, so there 巡察 is odd only of the matter at hand.
# What a group holds excuses the word.
_TITLE = "《[^》]*"
_ODD = {
    "巡察": (
        rf"((?:中央|[省市]委|区党委)(?:第[一二三四五六七八九十]+)?|巡察|上级|上轮|历次|对照|{_TITLE})?巡视(巡察|工作|条例)?"
    ),
    "巡视": (rf"(巡视|{_TITLE})?巡察(?:整改|反馈|意见|组反馈)"),
}
_ODD_LEDGER = f"({_TITLE})?台帐"


@RULES.on_ledger(
    "N805",
    "用词前后不一",
    _WARNING,
    "巡察是市县党委的，巡视是中央和省级党委的，不能混用；“台账”的规范写法是“账”，不写“台帐”。",
)
def _mixed_words(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    other = {"巡察": "巡视", "巡视": "巡察"}
    odd_words = (
        (_ODD[notice.word.value], other[notice.word.value], notice.word.value),
        (_ODD_LEDGER, "台帐", "台账"),
    )
    for passage in (*prose(case), *findings_told(case)):
        for pattern, odd, right in odd_words:
            text = passage.text
            if odd in text and any(not any(match.groups()) for match in re.finditer(pattern, text)):
                message = f"这里写“{odd}”，别处用“{right}”"
                yield Problem(message, f"改为“{right}”", passage.at, passage.file)


@RULES.on_ledger(
    "N806",
    "通报缺少要素",
    _WARNING,
    "公布的通报要有标题、联系方式（电话、地址或邮箱）、落款和日期。没有标题的写“标题: 无”。",
)
def _missing_parts(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    if notice.title == LEFT_OUT:
        yield Problem("通报没有标题", "补充标题", ("通报", "标题"), FILE)
    supervision = notice.supervision not in ((), (LEFT_OUT,))
    if not (notice.phone or notice.email or notice.address or supervision):
        yield Problem("通报没有联系方式", "补充“联系电话”“电子邮箱”或“通信地址”", ("通报",), FILE)
    if not case.ledger.inspection.signature:
        yield Problem("通报没有落款", "补充“落款: 单位名称”", ("通报",), FILE)
    if notice.dated is None:
        yield Problem("通报没有落款日期", "补充“落款日期: 2021-05-18”", ("通报",), FILE)


@RULES.on_ledger(
    "N807",
    "落款日期早于反馈",
    _WARNING,
    "通报写的是反馈之后的整改，落款日期不会早于反馈日期。",
)
def _dated_before_feedback(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    notice = inspection.notice
    if notice is None or notice.dated is None or inspection.feedback_on is None:
        return
    if notice.dated < inspection.feedback_on:
        message = f"落款日期{notice.dated}早于反馈日期{inspection.feedback_on}"
        yield Problem(message, "核对年份", ("通报", "落款日期"), FILE)


@RULES.on_ledger(
    "N808",
    "有未放进通报的原文",
    _WARNING,
    "导入通报时，有的行未能识别，原样存在“未识别”里。逐行看过、放到该放的地方之后，删去“未识别”。",
)
def _unplaced(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    for index, line in enumerate(notice.unplaced if notice else ()):
        if line.kind is SetAside.PAGE:
            continue
        message = f"原文第{line.line}行未放进通报"
        yield Problem(message, "放到该放的地方，再删去这一项", ("通报", "未识别", index), FILE)
