"""Rules on what a notice says of itself in two places: who, when, how many, how far."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from zhenggai.ledger.done_words import future_word
from zhenggai.ledger.results_compared import Told, disagreeing, disagreeing_sums
from zhenggai.ledger.stated_totals import number_in, stated_in
from zhenggai.model.amounts import in_yuan
from zhenggai.model.dates import DateTextError, parse_day
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import LEFT_OUT
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable
from zhenggai.rules.notice_passages import CLOSE_ENOUGH, FILE, findings_told, prose

RULES = RuleTable()
_WARNING = Severity.WARNING


@RULES.on_ledger(
    "N809",
    "通报的完成率与自己写的个数不符",
    _WARNING,
    "一段话里先写问题总数、已完成几个，再写完成率，三个数对不上。",
)
def _own_rate(case: ExaminedLedger) -> Iterator[Problem]:
    for passage in prose(case):
        stated = stated_in(passage.text)
        if stated.rate is None or not stated.done:
            continue
        whole, done = stated.findings[-1].number, stated.done[0].number
        if whole and abs(100 * done / whole - stated.rate) >= CLOSE_ENOUGH:
            message = f"完成率写的是{stated.rate:g}%，而{done}÷{whole}={100 * done / whole:.1f}%"
            yield Problem(message, "核对总数、完成数和完成率", passage.at, passage.file)


_DAY = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"


@RULES.on_ledger(
    "N811",
    "写成已经做了的事晚于落款日期",
    _WARNING,
    "措施里写了某日已经做了什么，那一天却在通报的落款日期以后。",
)
def _done_after_publication(case: ExaminedLedger) -> Iterator[Problem]:
    notice = case.ledger.inspection.notice
    if notice is None or notice.dated is None:
        return
    for passage in findings_told(case):
        for clause in re.split("[。；;]", passage.text):
            if future_word(clause) or re.search("预计|力争|底前|之前|以前|计划[于在]", clause):
                continue
            for text in re.findall(_DAY, clause):
                try:
                    day = parse_day(text)
                except DateTextError:
                    continue
                if day > notice.dated:
                    message = f"这里写{text}，而落款日期是{notice.dated}"
                    yield Problem(message, "核对日期，或写明是计划", passage.at, passage.file)


# -- who --------------------------------------------------------------------------------------

_PLACE = "^.*(?:[省县州旗]|(?<!城)市(?![场政容])|(?<![园社校景])区(?!域))(?=.{2})"
_SUFFIX = "(?:党组|党委|委员会|党总支|党支部|党工委|工委|机关委员会|党组织|机关|委)+$"


def _core(name: str) -> str:
    """Return what tells a unit from others: its name without its place and its committee."""
    name = re.sub(
        "[（(].*?[)）]", "", name.split("及", maxsplit=1)[0].split("、", maxsplit=1)[0]
    ).removeprefix("中共")
    name = re.sub(_SUFFIX, "", name)
    return re.sub(_PLACE, "", name)


def _may_be_the_same(one: str, other: str) -> bool:
    """Whether two names may be of one unit: the shorter's characters stand in the longer one."""
    short, long = sorted((_core(one), _core(other)), key=len)
    rest = iter(long)
    return not short or all(character in rest for character in short)


@RULES.on_ledger(
    "N812",
    "单位名称前后不一",
    _WARNING,
    "被巡察单位与通报的标题、落款、反馈对象不是同一个单位；简称不算。",
)
def _one_unit(case: ExaminedLedger) -> Iterator[Problem]:
    facts = case.ledger.inspection
    notice = facts.notice
    if notice is None or not facts.unit:
        return
    title = notice.title if notice.title != LEFT_OUT else None
    headed = re.match("(.{2,40}?)关于", title or "")
    named = [("标题", headed[1] if headed else None), ("落款", notice.signature)]
    if facts.short_name and not _may_be_the_same(facts.short_name, facts.unit):
        message = f"简称是“{facts.short_name}”，被巡察单位是“{facts.unit}”"
        yield Problem(message, "核对是否同一个单位", ("简称",), FILE)
    for key, name in named:
        if name and not any(_may_be_the_same(part, facts.unit) for part in name.split("、")):
            message = f"{key}是“{name}”，被巡察单位是“{facts.unit}”"
            yield Problem(message, "核对是否同一个单位", ("通报", key), FILE)


@RULES.on_ledger(
    "N818",
    "标题、落款与简称不同",
    _WARNING,
    "写了“简称”的，通报的标题和落款都用它：简称只在一处写，标题、落款不必另写。",
)
def _one_name(case: ExaminedLedger) -> Iterator[Problem]:
    facts = case.ledger.inspection
    notice, name = facts.notice, facts.short_name
    if notice is None or notice.is_original or not name:
        return
    headed = re.match("(.{2,40}?)关于", notice.title or "")
    named = [("标题", headed[1] if headed else None), ("落款", notice.signature)]
    for key, written in named:
        if written and written != name:
            message = f"{key}写的是“{written}”，简称是“{name}”"
            yield Problem(message, f"删去“{key}”，由简称写出；或改简称", ("通报", key), FILE)


_GROUP = "((?:中央|[省市县区州校厅局])?委?)?第([一二三四五六七八九十0-9、第]+)巡[察视]组"
_ARRANGED = "(?:根据|按照)(?:中央|([省市县区州校])委)[^。，,]{0,10}(?:部署|安排|要求)"
_LENT = "提级|交叉|联动|统筹"


@RULES.on_ledger(
    "N813",
    "巡察组前后不一",
    _WARNING,
    "通报里写了不同的巡察组，或者巡察组的层级与部署巡察的党委不同；提级、交叉、联动巡察不算。",
)
def _one_group(case: ExaminedLedger) -> Iterator[Problem]:
    facts = case.ledger.inspection
    if facts.notice is None or not facts.group:
        return
    own = re.search(_GROUP, facts.group)
    for passage in prose(case):
        if passage.at[:2] != ("通报", "开头"):
            continue
        for match in re.finditer(_GROUP, passage.text):
            if own and match[2] != own[2] and match[2] not in own[2]:
                message = f"这里写“{match[0]}”，巡察组是“{facts.group}”"
                yield Problem(message, "核对是哪一个巡察组", passage.at, passage.file)
        arranged = re.search(_ARRANGED, passage.text)
        level = re.match("([省市县区州校])委", facts.group)
        is_lent = re.search(_LENT, passage.text)
        if arranged and arranged[1] and level and arranged[1] != level[1] and not is_lent:
            message = f"部署巡察的是{arranged[1]}委，巡察组是“{facts.group}”"
            yield Problem(message, "核对巡察组的层级", passage.at, passage.file)


# -- how far ----------------------------------------------------------------------------------

_SAID_DONE = (
    "(?<![未基])(?:该|此)?(?:问题|任务)?(?:已|均已)(?:全部|全面)?(?:完成整改|整改完成|完成|整改到位|销号|办结)"
    "|^整改完成|据通报：已完成"
)
_GOES_ON = "长期|持续|阶段性|基本|正在|推进"


@RULES.on_ledger(
    "N814",
    "写明已完成，措施却还没有做",
    _WARNING,
    "通报写明这个问题已完成整改，措施里却写拟、将、尚未；未完成的不要写成完成。",
)
def _done_and_to_come(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.notice is None:
        return
    for finding in case.ledger.findings:
        if not finding.public:
            continue
        done = dict(_said_done(finding))
        for index, measure in enumerate(finding.measures):
            said = done.get(0) or done.get(measure.manifestation or 0)
            if said and (word := future_word(measure.text)):
                message = f"通报写明“{said}”，这项措施却写“{word}”"
                at = ("措施", index, "内容")
                yield Problem(message, "核对是否已经完成", at, finding.file_name)


# Where more than one measure has its state behind it, none of them is that of the finding.
_OF_ITS_MEASURE = r"\{措施\}[，,（(【—]+[^。；;{}]{2,20}"


def _said_done(finding: Finding) -> Iterator[tuple[int, str]]:
    """Yield what is said to be done: the number of the manifestation, 0 of the whole; the words."""
    yield from _done_in(0, [finding.notice_lead or ""])
    place = 0
    is_of_each = len(re.findall(_OF_ITS_MEASURE, "".join(finding.notice_text))) > 1
    for whole in finding.notice_text:
        text = re.sub(_OF_ITS_MEASURE, "{措施}", whole) if is_of_each else whole
        place += text.count("{具体表现}")
        if "{措施}" not in text or "{导语}" in text or place:
            yield from _done_in(place, [text])
    notes = [one.note or "" for one in finding.records]
    yield from _done_in(0, [one for one in notes if not re.search("具体表现|措施[0-9]", one)])


def _done_in(place: int, texts: list[str]) -> Iterator[tuple[int, str]]:
    for text in texts:
        if (match := re.search(_SAID_DONE, text)) and not re.search(_GOES_ON, text):
            yield place, match[0].removeprefix("据通报：")


_NUMERALS = "一二三四五六七八九十"
_COUNTED = "(?<![^。；;：:，,\\s])([一二三四五六七八九十])是"


@RULES.on_ledger(
    "N815",
    "措施的序号不连续",
    _WARNING,
    "一个问题的措施写作一是、二是，中间缺号或者重复，可能漏了一项。",
)
def _counted_on(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.notice is None:
        return
    for finding in case.ledger.findings:
        for index, text in enumerate(finding.notice_text):
            numbers = [number_in(one) for one in re.findall(_COUNTED, text)]
            for before, after in pairwise(numbers):
                if after not in (before + 1, 1):
                    message = f"“{_NUMERALS[before - 1]}是”之后是“{_NUMERALS[after - 1]}是”"
                    at = ("通报写法", index)
                    yield Problem(message, "核对是否漏了一项", at, finding.file_name)


# -- how many ---------------------------------------------------------------------------------


@RULES.on_ledger(
    "N816",
    "资金、人员的合计与问题里写明的不符",
    _WARNING,
    "通报写了追缴资金、处理人员的合计，与各问题的“清退资金”“处理人员”合计不同：各问题的更多，"
    "或者各问题都写了数、合起来却较少。没有逐个问题写数的不比较；写了追缴资金的合计，"
    "没有一个问题写到追缴、清退的，也提示。",
)
def _sums(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.notice is None:
        return
    counted = case.basis.findings
    money = sum((finding.money or Decimal(0) for finding in counted), Decimal(0))
    people: dict[str, int] = {}
    for finding in counted:
        for how, number in finding.people.items():
            people[how] = people.get(how, 0) + number
    texts = [
        text
        for finding in counted
        for measure in finding.measures
        for text in (measure.text, measure.outcome or "")
    ]
    told = Told(money, people, texts)
    for passage in prose(case):
        for words, actual in disagreeing(passage.text, told):
            message = f"写的是“{words}”，各问题合计{actual}"
            hint = "核对，或补充各问题的“清退资金”“处理人员”"
            yield Problem(message, hint, passage.at, passage.file)


@RULES.on_ledger(
    "N819",
    "审计问题的金额前后不符",
    _WARNING,
    "已整改金额大于问题金额；已销号的问题，已整改金额却小于问题金额；"
    "通报写的合计与各问题的“问题金额”“已整改金额”合计不同（没有逐个问题写金额的，只比大小）。",
)
def _audited_sums(case: ExaminedLedger) -> Iterator[Problem]:
    for finding in case.ledger.findings:
        found, mended = finding.sum_found, finding.sum_mended
        if found is None or mended is None:
            continue
        actual = f"已整改金额{in_yuan(mended)}"
        at, file = ("已整改金额",), finding.file_name
        if mended > found:
            message = f"{actual}大于问题金额{in_yuan(found)}"
            yield Problem(message, "核对这两个金额", at, file)
        elif mended < found and _is_closed(finding):
            message = f"问题已销号，{actual}却小于问题金额{in_yuan(found)}"
            yield Problem(message, "核对金额，或是否已经整改完", at, file)
    counted = case.basis.findings
    told = {
        "问题金额": [finding.sum_found for finding in counted],
        "已整改金额": [finding.sum_mended for finding in counted],
    }
    for passage in prose(case):
        for words, total in disagreeing_sums(passage.text, told):
            message = f"写的是“{words}”，各问题合计{total}"
            yield Problem(message, "核对各问题的金额", passage.at, passage.file)


def _is_closed(finding: Finding) -> bool:
    actions = [record.action for record in sorted(finding.records, key=lambda one: one.on)]
    closings = (Action.CLOSING, Action.RETURN, Action.REOPENING)
    last = [action for action in actions if action in closings]
    return bool(last) and last[-1] is Action.CLOSING


_TWICE = (
    "((?:万|亿|千)?元|人次|平方米|公里|万元)\\1|([一-龥]{2,6}的)\\2|([，。；：、])\\3|"
    "[0-9][０-９]|[０-９][0-9]"
)


@RULES.on_ledger(
    "N817",
    "文字有重复或半角、全角混写",
    _WARNING,
    "“万元万元”一类的重复，重复的标点，或者一个数里半角、全角数字混写。",
)
def _said_twice(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.notice is None:
        return
    for passage in (*prose(case), *findings_told(case)):
        for match in re.finditer(_TWICE, passage.text):
            message = f"这里写“{match[0]}”"
            yield Problem(message, "核对文字", passage.at, passage.file)
