"""Rules on the notice: its figures agree with the ledger and with each other, nothing is missing.

They speak only where inspection.yaml has a 通报, for only then is there prose to doubt.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from zhenggai.ledger.figures import fill, percentage
from zhenggai.ledger.summary import Rate, Tally
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import LEFT_OUT, Notice
from zhenggai.model.problem import At, Problem, named
from zhenggai.model.terms import Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"
_WARNING = Severity.WARNING


class _Passage(NamedTuple):
    """A piece of what will be published, and where it stands."""

    file: str
    at: At
    text: str

    @property
    def place(self) -> str:
        """Name the place the way a person would."""
        return f"{self.file}里{named(self.at)}"


# What of the notice is prose: single texts, several paragraphs, headed paragraphs.
_TEXTS = {
    "title": "标题",
    "basis": "依据",
    "organisation_heading": "组织标题",
    "organisation_lead": "组织导语",
    "results_heading": "结果标题",
    "outlook_heading": "下步标题",
    "outlook_lead": "下步导语",
    "publicity": "公示期",
}
_PARAGRAPHS = {"opening": "开头", "results_lead": "结果导语", "supervision": "监督"}
_SECTIONS = {"organisation": "组织情况", "outlook": "下步打算"}
_UNSET = Notice()


def _prose(case: ExaminedLedger, notice: Notice) -> Iterator[_Passage]:
    """Yield the notice's prose as inspection.yaml has it, figures filled in."""
    figures = case.basis
    for name, key in _TEXTS.items():
        if (text := getattr(notice, name)) and text != getattr(_UNSET, name):
            yield _Passage(_FILE, ("通报", key), fill(text, figures))
    for name, key in _PARAGRAPHS.items():
        texts = getattr(notice, name)
        for index, text in enumerate(texts):
            at: At = ("通报", key, index) if len(texts) > 1 else ("通报", key)
            yield _Passage(_FILE, at, fill(text, figures))
    for name, key in _SECTIONS.items():
        for index, section in enumerate(getattr(notice, name)):
            text = f"{section.title or ''}。{section.text or ''}"
            yield _Passage(_FILE, ("通报", key, index), fill(text, figures))


def _findings(case: ExaminedLedger) -> Iterator[_Passage]:
    for finding in case.ledger.findings:
        if finding.public:
            yield from _of_finding(finding)


def _of_finding(finding: Finding) -> Iterator[_Passage]:
    file = finding.file_name
    yield _Passage(file, ("问题",), finding.title)
    if finding.notice_lead:
        yield _Passage(file, ("通报导语",), finding.notice_lead)
    for index, text in enumerate(finding.manifestations):
        yield _Passage(file, ("具体表现", index), text)
    for index, measure in enumerate(finding.measures):
        yield _Passage(file, ("措施", index, "内容"), measure.text)
        if measure.outcome:
            yield _Passage(file, ("措施", index, "成效"), measure.outcome)


_MANNER = "(?:主要|突出|具体|反馈)*"
# A Chinese character; a class of all there are takes milliseconds to compile.
_HAN = r"[^\W\x00-\u02ff]"
# 3个方面19个问题, and 反馈的19个问题 by itself; 反馈的党建方面7个问题 is a part of the whole.
_BOTH = re.compile(rf"([0-9]+)个方面[^。0-9]{{0,12}}?([0-9]+)[个项]{_MANNER}问题")
_ALL = re.compile(
    rf"(?:反馈|指出)(?:意见|问题|[的了中共]|我.)*(?P<number>[0-9]+)(?P<what>[个项]{_MANNER}问题)"
)


@RULES.on_ledger(
    "N801",
    "通报的总数与台账不符",
    _WARNING,
    "通报文字里“N个方面N个问题”与台账里的方面数、问题数不一致；不公开的问题也计入，除非“通报口径”写“公开”。"
    "写占位符 {方面数}、{问题数}，由程序计算，就不会错。",
)
def _totals(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    counted = case.basis.findings
    aspects = len({finding.aspect for finding in counted if finding.aspect})
    for passage in _prose(case, notice):
        for number, what in dict.fromkeys(_stated_totals(passage.text)):
            actual = aspects if what == "个方面" else len(counted)
            if int(number) != actual and (what != "个方面" or aspects):
                message = f"写的是“{number}{what}”，台账里是{actual}个"
                hint = "核对，或改用占位符 {方面数}、{问题数}"
                yield Problem(message, hint, passage.at, passage.file)


def _stated_totals(text: str) -> Iterator[tuple[str, str]]:
    for match in _BOTH.finditer(text):
        yield match[1], "个方面"
        yield match[2], "个问题"
    for match in _ALL.finditer(text):
        yield match["number"], "个问题"


# What is counted, the number, the unit: 召开局党组会议10次. Behind 个 or 家 no noun may follow,
# for then it is that noun which is counted.
_COUNTED = re.compile(
    rf"({_HAN}{{4,12}}?)(?:共计|共|达到|达|了|约|近|累计)?\s*([0-9]+(?:\.[0-9]+)?)\s*"
    rf"(次|期|场|人次|(?:项|个|家|人|份|件|篇)(?!{_HAN}|[“《0-9]))"
)
_DIGIT = re.compile("[0-9]")
# Two findings may well count different things by the same short name.
_KEY_LENGTH, _KEY_LENGTH_OF_FINDINGS = 4, 6


class _Count(NamedTuple):
    """Something counted in a passage."""

    noun: str
    number: str
    unit: str
    passage: _Passage

    def key(self, length: int) -> tuple[str, str]:
        """Return what makes it the same thing as another."""
        return self.noun[-length:], self.unit


@RULES.on_ledger(
    "N802",
    "同一件事前后数字不同",
    _WARNING,
    "同一件事在通报的两处写了不同的数，如一处“党组会议4次”，另一处“党组会议10次”。"
    "口径不同的，写明起止时间或改换说法；否则数据的真实性会受到质疑。",
)
def _counted_twice(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    prose = list(_counts(_prose(case, notice)))
    findings = list(_counts(_findings(case)))
    yield from _disagreeing([*prose, *findings], _KEY_LENGTH, first_among=prose)
    yield from _disagreeing(findings, _KEY_LENGTH_OF_FINDINGS, first_among=findings)


def _counts(passages: Iterable[_Passage]) -> Iterator[_Count]:
    for passage in passages:
        if not _DIGIT.search(passage.text):
            continue  # most are without, and looking for what is counted takes long
        for noun, number, unit in _COUNTED.findall(passage.text):
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
_PART = r"[^0-9。；;]{0,10}(?:完成|整改|销号|推进|坚持|启动)[^0-9。；;]{0,6}([0-9]+)个"
_WHOLE = re.compile(r"([0-9]+)个[^0-9。；;]{0,8}问题(?:中)?[，,]?(?:其中)?")


@RULES.on_ledger(
    "N803",
    "分项之和不等于总数",
    _WARNING,
    "一句话里先写总数，再写完成几个、正在整改几个，各项加起来不等于总数。",
)
def _parts(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    for passage in _prose(case, notice) if notice else ():
        for whole in _WHOLE.finditer(passage.text):
            parts = list(_parts_after(passage.text, whole.end()))
            if len(parts) > 1 and sum(parts) != int(whole[1]):
                sums = "+".join(str(part) for part in parts)
                message = f"共{whole[1]}个问题，分项{sums}={sum(parts)}"
                yield Problem(message, "核对各项的数", passage.at, passage.file)


def _parts_after(text: str, at: int) -> Iterator[int]:
    part = re.compile(_PART)
    while (match := part.match(text, at)) and "其中" not in match[0]:
        yield int(match[1])
        at = match.end()


# A rate of the rectification, not of some project or some law.
_RATE = re.compile(
    rf"((?:措施|整改|销号|办结|问题)的?(?:完成)?率|(?<!{_HAN})完成率)"
    r"(?!不低于|不少于)[^0-9。,，;；]{0,6}([0-9]+(?:\.[0-9]+)?)\s*[%％]"
)
_CLOSE_ENOUGH = 0.5
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
    tally = case.basis.tally
    for passage in _prose(case, notice):
        for said, stated in _RATE.findall(passage.text):
            name = next((one for one in _RATES if one in said), _USUAL)
            actual = _RATES[name](tally)
            if abs(float(stated) - 100 * (actual.value or 0)) >= _CLOSE_ENOUGH:
                message = f"{name}写的是{stated}%，台账算出来是{percentage(actual)}"
                hint = f"核对，或改用占位符 {{{name}}}"
                yield Problem(message, hint, passage.at, passage.file)


# 巡视 in a county's notice is another's: named with its owner, in a title, or with 巡察 beside it.
# A province's unit inspects those below it, so there 巡察 is odd only of the matter at hand.
# What a group holds excuses the word.
_TITLE = "《[^》]*"
_ODD = {
    "巡察": re.compile(
        rf"((?:中央|[省市]委|区党委)(?:第[一二三四五六七八九十]+)?|巡察|{_TITLE})?巡视(巡察|工作|条例)?"
    ),
    "巡视": re.compile(rf"(巡视|{_TITLE})?巡察(?:整改|反馈|意见|组反馈)"),
}
_ODD_LEDGER = re.compile(f"({_TITLE})?台帐")


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
    for passage in (*_prose(case, notice), *_findings(case)):
        for pattern, odd, right in odd_words:
            text = passage.text
            if odd in text and any(not any(match.groups()) for match in pattern.finditer(text)):
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
        yield Problem("通报没有标题", "补充标题", ("通报", "标题"), _FILE)
    supervision = notice.supervision not in ((), (LEFT_OUT,))
    if not (notice.phone or notice.email or notice.address or supervision):
        yield Problem("通报没有联系方式", "补充“联系电话”“电子邮箱”或“通信地址”", ("通报",), _FILE)
    if not notice.signature:
        yield Problem("通报没有落款", "补充“落款: 单位全称”", ("通报",), _FILE)
    if notice.dated is None:
        yield Problem("通报没有落款日期", "补充“落款日期: 2021-05-18”", ("通报",), _FILE)


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
        yield Problem(message, "核对年份", ("通报", "落款日期"), _FILE)


@RULES.on_ledger(
    "N808",
    "有未放进通报的原文",
    _WARNING,
    "导入通报时，有的行未能识别，原样存在“未识别”里。逐行看过、放到该放的地方之后，删去“未识别”。",
)
def _unplaced(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    for index, line in enumerate(notice.unplaced if notice else ()):
        message = f"原文第{line.line}行未放进通报"
        yield Problem(message, "放到该放的地方，再删去这一项", ("通报", "未识别", index), _FILE)
