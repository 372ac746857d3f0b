"""The head of a notice: its title, and the opening that tells who inspected whom and when."""

import contextlib
import re
from datetime import date
from typing import Any

from zhenggai.model.dates import DateTextError, parse_day, parse_deadline
from zhenggai.model.decoding import decode_inspection
from zhenggai.model.terms import InspectionKind
from zhenggai.notice import default_text
from zhenggai.notice.printed_days import plain_digits, printed_day
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.lines import ENDS

_B = r"[ \u3000]*"
_THIRD = "[上中下]旬|初|底|末"
# A day, a third of a month or a month; of the end of a span only what is not said before.
_START = rf"[0-9]{{4}}{_B}年{_B}[0-9]{{1,2}}{_B}月{_B}(?:[0-9]{{1,2}}{_B}日|{_THIRD}|份)?"
_IN_MONTH = rf"(?:[0-9]{{1,2}}{_B}日|{_THIRD}|份)?"
_END = (
    rf"(?:[0-9]{{4}}{_B}年{_B})?"
    rf"(?:[0-9]{{1,2}}{_B}月{_B}{_IN_MONTH}|[0-9]{{1,2}}{_B}日)"
)
_SPAN = re.compile(
    rf"(?P<start>{_START}){_B}起?{_B}(?:至|到|—+|–+|－|-+|~|～|─+){_B}(?P<end>{_END})"
)
_INSPECTED = r"(?:开展|进行|实施)(?:了)?(?:为期)?[^。；;]{0,30}?(?:巡察|巡视|回头看|检查)"
_GROUP = (
    r"[^，,。；;（(]{0,40}?(?:巡[察视](?:工作)?(?:第?[一二三四五六七八九十0-9]{1,3})?组"
    "|检查组|督查组|巡[察视]办)"
)
_UNIT = re.compile(
    rf"(?P<group>{_GROUP})[^。；;，,对]{{0,20}}?(?:，|,)?对(?P<unit>[^。；;]{{2,80}}?){_INSPECTED}"
)
_UNIT_ONLY = re.compile(rf"对(?P<unit>[^，,。；;]{{2,60}}?){_INSPECTED}")
_RECEIVED = re.compile(rf"(?P<unit>[^，,。；;]{{2,40}}?)接受(?:了)?(?P<group>{_GROUP})")
_TO_WHOM = re.compile(
    r"向(?P<unit>[^，,。；;向]{2,40}?)(?:党组织|领导班子)?(?:全面|正式|集中)?反馈"
)
_SHORT_FOR = re.compile(r"[（(](?:以下|下)?(?:简称|统称)[^（）()]*[)）]")
_SELF = re.compile("^(?:我|本|该|其|这)")
_ENTERED = re.compile(rf"(?P<group>{_GROUP})[^。；;，,]{{0,20}}?进驻(?P<unit>[^。；;，,]{{2,40}})")
_BASIS = re.compile(r"(?:根据|按照)([^。]{2,100}?)[,，]")
_DAY_OR_PART = re.compile(rf"(?:[0-9]{{4}}{_B}年{_B})?[0-9]{{1,2}}{_B}月{_B}[0-9]{{1,2}}{_B}日")
_REPORT = (
    "(?:出具|送达|下达|印发|作出|收到|下发|发出|反馈)[^。；;，,]{0,30}审计"
    "|审计[^。；;，,]{0,12}(?:出具|送达|下达|印发|反馈)"
)
_SHORTEST_UNIT = 3
_NAMES = ("集中整改进展情况", "整改进展情况", "整改落实情况")
_PUBLICITY = re.compile(rf"公示(?:时间|期|期限)?[^。；;]{{0,10}}?({_START})")


def read_head(draft: Draft, lines: list[Line], published: str) -> None:
    """Read title and opening; every line that is no title belongs to the opening.

    `published` is the day of publication that the page tells, for where nothing is signed.
    """
    texts = [line.text for line in lines]
    has_title = len(texts) > 1 and texts[0][-1] not in ENDS
    draft.notice["标题"] = texts.pop(0) if has_title else "无"
    whole = "\n".join(texts)
    _facts(draft, plain_digits(whole))
    _published(draft, plain_digits(whole), published)
    for name in _NAMES:
        if name in whole:
            draft.notice["名称"] = name
            break
    if texts and not _comes_out_the_same(draft, whole):
        draft.notice["开头"] = texts


def _facts(draft: Draft, text: str) -> None:
    facts = draft.inspection
    sentences = [one for one in re.split("[。\n]", text) if one]
    is_audit = facts.get("巡察类型") == InspectionKind.AUDIT.value
    names = "".join((draft.notice["标题"], draft.notice.get("落款", "")))
    # Of several that were inspected it is the one that the notice is of.
    for sentence in [] if is_audit else sorted(sentences, key=lambda one: not _is_of(one, names)):
        if "被巡察单位" not in facts or "巡察组" not in facts:
            _who(facts, sentence, names)
    ended = _when(draft, sentences)
    told = _REPORT if is_audit else "反馈"
    days = (day for sentence in sentences if (day := _feedback(sentence, ended, told)))
    if (day := next(days, None)) is not None:
        facts["反馈日期"] = str(day)
    for sentence in sentences:
        if to := _TO_WHOM.search(sentence):
            _set_unit(facts, to["unit"])
    if match := re.match(r"(?:中共)?(.{2,40}?)关于", draft.notice["标题"]):
        _set_unit(facts, match[1])
    _set_unit(facts, draft.notice.get("落款", ""))


def _when(draft: Draft, sentences: list[str]) -> date | None:
    """Record the days of the inspection; return the last that its end may mean."""
    for sentence in sentences:
        match = _SPAN.search(sentence)
        if match is None or not re.search("巡[察视]|审计|回头看", sentence):
            continue
        start, end = match["start"], match["end"]
        if "月" not in end:
            end = start[: start.index("月") + 1] + end
        elif "年" not in end:
            end = start[: start.index("年") + 1] + end
        set_day(draft.inspection, "巡察开始", start)
        set_day(draft.inspection, "巡察结束", end)
        if basis := _BASIS.search(sentence[: match.start()]):
            draft.notice["依据"] = basis[1]
        return _last_day(end)
    for sentence in sentences:
        if "进驻" in sentence and (days := _DAY_OR_PART.findall(sentence.partition("进驻")[0])):
            return _last_day(days[-1])
    return None


def _who(facts: dict[str, Any], sentence: str, names: str) -> None:
    bare = _SHORT_FOR.sub("", _SPAN.sub("", sentence))
    match = _UNIT.search(bare) or _RECEIVED.search(bare) or _ENTERED.search(bare)
    units = [one["unit"] for one in _UNIT_ONLY.finditer(bare)]
    own = next((unit for unit in units if _is_named(unit, names)), None)
    if match:
        group = re.sub(
            r"^.*(?:根据|按照|由|经)[^，,]*?(?:部署|安排|要求|批准|同意|计划)", "", match["group"]
        ).strip("，,、 \u3000于")
        group = re.sub("^(?:由|和|并|从|于|期间)", "", group)
        if group:
            facts.setdefault("巡察组", group)
        _set_unit(facts, match["unit"] if _is_named(match["unit"], names) else own or match["unit"])
    elif units:
        _set_unit(facts, own or units[0])


def _is_of(sentence: str, names: str) -> bool:
    """Whether a sentence tells that the unit of a notice was inspected."""
    bare = _SHORT_FOR.sub("", _SPAN.sub("", sentence))
    return any(_is_named(one["unit"], names) for one in _UNIT_ONLY.finditer(bare))


def _is_named(unit: str, names: str) -> bool:
    """Whether a unit's name, or its short form, stands in what a notice is headed and signed by."""
    rest = iter(names)
    return len(unit) > _SHORTEST_UNIT and all(one in rest for one in unit)


def _set_unit(facts: dict[str, Any], text: str) -> None:
    """Record who was inspected, unless the text names only the writer: 我单位."""
    unit = _SHORT_FOR.sub("", text).strip("，,、 \u3000")
    if unit and not _SELF.match(unit):
        facts.setdefault("被巡察单位", unit)


def _feedback(sentence: str, ended: date | None, told: str) -> date | None:
    """Return the day before 反馈 in a sentence; one without a year is the next after the end.

    Of an audit that is the day of its report; `told` is the pattern of what is said of it.
    """
    bare = _SPAN.sub(lambda match: "〓" * len(match[0]), sentence)
    for said in re.finditer(told, bare):
        days = list(_DAY_OR_PART.finditer(bare, 0, said.start()))
        if not days:
            continue
        text = re.sub(r"\s", "", days[-1][0])
        if "年" in text:
            return printed_day(text)
        if ended is None:
            return None
        for year in (ended.year, ended.year + 1):
            day = printed_day(f"{year}年{text}")
            if day is not None and day >= ended:
                return day
    return None


def _last_day(text: str) -> date | None:
    """Return the last day that a day, a third of a month or a month may mean."""
    with contextlib.suppress(DateTextError):
        return parse_deadline(re.sub(r"\s|份$", "", text))
    return None


def _published(draft: Draft, text: str, page: str) -> None:
    """Where nothing is signed, take the day that the page tells, or the first of the publicity."""
    if "落款日期" in draft.notice:
        return
    publicity = _PUBLICITY.search(text)
    # （2022年11月3日） below the title
    below = re.search(r"^[（(]([^（()）\n]{6,16})[)）]$", text, re.MULTILINE)
    said = (page, below[1] if below else "", publicity[1] if publicity else "")
    day = next((day for one in said if (day := printed_day(one)) is not None), None)
    if day is not None:
        draft.notice["落款日期"] = str(day)
        signature = draft.notice.get("落款")
        draft.notice["落款写法"] = ["{落款}"] if signature else "无"


def set_day(facts: dict[str, Any], key: str, text: str) -> None:
    """Record a day, unless the calendar has no such day."""
    with contextlib.suppress(DateTextError):
        facts[key] = str(parse_day(re.sub(r"\s", "", text)))


def _comes_out_the_same(draft: Draft, text: str) -> bool:
    inspection, _ = decode_inspection(draft.inspection_data())
    return (
        inspection.notice is not None
        and default_text.opening(inspection, inspection.notice) == text
    )
