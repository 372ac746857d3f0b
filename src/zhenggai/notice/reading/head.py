"""The head of a notice: its title, and the opening that tells who inspected whom and when."""

import re
from datetime import date
from typing import Any

from zhenggai.model.decoding import decode_inspection
from zhenggai.model.terms import InspectionKind
from zhenggai.notice import default_text
from zhenggai.notice.printed_days import printed_day
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.inspection_days import span_in, with_figures, without_spans
from zhenggai.notice.reading.lines import ENDS

_INSPECTED = r"(?:开展|进行|实施)(?:了)?(?:为期)?[^。；;]{0,30}?(?:巡察|巡视|回头看|检查)"
_A_GROUP = r"(?:巡[察视](?:工作)?(?:第?[一二三四五六七八九十0-9]{1,3})?组|检查组|督查组)"
_GROUP = (
    rf"[^，,。；;（(]{{0,40}}?(?:{_A_GROUP}"
    rf"(?:(?:[、和及与]|以及)[^，,。；;（(对]{{0,12}}?{_A_GROUP}){{0,4}}|巡[察视]办)"
)
_UNIT = re.compile(
    rf"(?P<group>{_GROUP})[^。；;，,对]{{0,20}}?(?:，|,)?对(?P<unit>[^。；;]{{2,80}}?){_INSPECTED}"
)
_UNIT_ONLY = re.compile(rf"对(?P<unit>[^，,。；;]{{2,60}}?){_INSPECTED}")
_RECEIVED = re.compile(rf"(?P<unit>[^，,。；;]{{2,40}}?)接受(?:了)?(?P<group>{_GROUP})")
_TO_WHOM = re.compile(
    r"向(?P<unit>[^，,。；;向]{2,40}?)(?:党组织|领导班子)?(?:全面|正式|集中)?反馈"
)
_REPORTING = re.compile(rf"(?P<group>{_GROUP})[^。；;，,]{{0,8}}$")
_SHORT_FOR = re.compile(r"[（(](?:以下|下)?(?:简称|统称)[^（）()]*[)）]")
_SELF = re.compile("^(?:我|本|该|其|这)")
_BEFORE_UNIT = re.compile("^(?:所属|下属|系统内)的?|^(?:原)(?=.*(?:党|委|局))")
_BEHIND_UNIT = re.compile(
    "(?:及|和)其?(?:领导)?班子(?:及?其?成员)?$|(?:领导)?班子(?:及?其?成员)$"
    "|(?:自|从)?[0-9]{4}年.*$|(?:的)?(?:工作情况|各项工作)$"
)
# 县住建局党组工程监管情况 is what of the unit was looked into.
_OF_THE_UNIT = re.compile(
    "(.{2,30}?(?:党组|党委|工委|党总支|党支部|委员会))(?![^一-鿿]|及|和|与).{2,40}(?:情况|工作|领域|问题|职责)"
)
_ENTERED = re.compile(
    rf"(?P<group>{_GROUP})[^。；;，,]{{0,20}}?进驻(?P<unit>[^。；;，,]{{2,40}}?)(?=开展|进行|实施|[。；;，,]|$)"
)
_BASIS = re.compile(r"(?:根据|按照)([^。]{2,100}?)[,，]")
_DAY_OR_PART = re.compile(
    "(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}([-/.])[0-9]{1,2}\\1[0-9]{1,2}(?![0-9])"
)
_VAGUE_DAY = re.compile(
    "(?:[0-9]{4}年|次年|同年|当年)?[0-9]{1,2}月(?:[上中下]旬|[初中底末]|份)?(?![0-9]*日)(?!至|到|以来)"
)
_REPORT = (
    "(?:出具|送达|下达|印发|作出|收到|下发|发出|反馈)[^。；;，,]{0,30}审计"
    "|审计[^。；;，,]{0,12}(?:出具|送达|下达|印发|反馈)"
)
_SHORTEST_UNIT = 3
_NAMES = ("集中整改进展情况", "整改进展情况", "整改落实情况")
_PUBLICITY = re.compile("公示(?:时间|期|期限)?[^。；;]{0,10}?([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)")


def read_head(draft: Draft, lines: list[Line], published: str) -> None:
    """Read title and opening; every line that is no title belongs to the opening.

    `published` is the day of publication that the page tells, for where nothing is signed.
    """
    texts = [line.text for line in lines]
    has_title = len(texts) > 1 and texts[0][-1] not in ENDS
    draft.notice["标题"] = texts.pop(0) if has_title else "无"
    whole = "\n".join(texts)
    _facts(draft, with_figures(whole))
    _published(draft, with_figures(whole), published)
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
    told_before = list(draft.unfilled)
    days = (day for one in sentences if (day := _feedback(draft, one, ended, told)))
    if (day := next(days, None)) is not None:
        facts["反馈日期"] = str(day)
        draft.unfilled = told_before
    for sentence in sentences:
        if to := _TO_WHOM.search(sentence):
            _set_unit(facts, to["unit"])
            group = None if is_audit else _REPORTING.search(sentence[: to.start()])
            if group:
                facts.setdefault("巡察组", group["group"])
    if match := re.match(r"(?:中共)?(.{2,40}?)关于", draft.notice["标题"]):
        _set_unit(facts, match[1])
    _set_unit(facts, draft.notice.get("落款", ""))


def _when(draft: Draft, sentences: list[str]) -> date | None:
    """Record the days of the inspection; return the first that its end may mean."""
    if (found := span_in(sentences)) is not None:
        sentence, span = found
        days = {"巡察开始": span.start, "巡察结束": span.end}
        draft.inspection |= {key: str(day) for key, day in days.items() if day is not None}
        if missing := [f"“{key}”" for key, day in days.items() if day is None]:
            draft.unfilled.append(
                f"巡察的时间写作“{span.words}”，定不了是哪一天的没有填写：{'、'.join(missing)}"
            )
        if basis := _BASIS.search(sentence[: span.at]):
            draft.notice["依据"] = basis[1]
        return span.earliest
    for sentence in sentences:
        if "进驻" in sentence and (entered := _days(sentence.partition("进驻")[0])):
            return printed_day(entered[-1][0])
    return None


def _days(text: str) -> list[re.Match[str]]:
    return list(_DAY_OR_PART.finditer(text))


def _who(facts: dict[str, Any], sentence: str, names: str) -> None:
    bare = _SHORT_FOR.sub("", without_spans(sentence).replace("〓", ""))
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
    bare = _SHORT_FOR.sub("", without_spans(sentence).replace("〓", ""))
    return any(_is_named(one["unit"], names) for one in _UNIT_ONLY.finditer(bare))


def _is_named(unit: str, names: str) -> bool:
    """Whether a unit's name, or its short form, stands in what a notice is headed and signed by."""
    rest = iter(names)
    return len(unit) > _SHORTEST_UNIT and all(one in rest for one in unit)


def _set_unit(facts: dict[str, Any], text: str) -> None:
    """Record who was inspected, unless the text names only the writer: 我单位."""
    unit = _SHORT_FOR.sub("", text).strip("，,、 \u3000")
    unit = _BEHIND_UNIT.sub("", _BEFORE_UNIT.sub("", unit)).rstrip("的")
    if cut := _OF_THE_UNIT.fullmatch(unit):
        unit = cut[1]
    if unit and not _SELF.match(unit):
        facts.setdefault("被巡察单位", unit)


def _feedback(draft: Draft, sentence: str, ended: date | None, told: str) -> date | None:
    """Return the day before 反馈 in a sentence; one without a year is the next after the end.

    Of an audit that is the day of its report; `told` is the pattern of what is said of it.
    """
    bare = without_spans(sentence)
    for said in re.finditer(told, bare):
        before = bare[: said.start()]
        days = _days(before)
        if not days:
            if vague := list(_VAGUE_DAY.finditer(before)):
                _not_filled(draft, vague[-1][0])
            continue
        text = days[-1][0]
        if "月" not in text or "年" in text:
            return printed_day(text)
        if ended is not None:
            for year in (ended.year, ended.year + 1):
                day = printed_day(f"{year}年{text}")
                if day is not None and day >= ended:
                    return day
        _not_filled(draft, text)
        return None
    return None


def _not_filled(draft: Draft, words: str) -> None:
    draft.unfilled.append(f"反馈的时间写作“{words}”，定不了是哪一天，“反馈日期”没有填写")


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


def _comes_out_the_same(draft: Draft, text: str) -> bool:
    inspection, _ = decode_inspection(draft.inspection_data())
    return (
        inspection.notice is not None
        and default_text.opening(inspection, inspection.notice) == text
    )
