"""Progress claimed in a notice, recorded as of the notice's date, in its own words."""

from typing import Any

from zhenggai.model.notice_settings import Layout, Punctuation
from zhenggai.model.terms import Kind, Stage
from zhenggai.notice.default_text import status_words
from zhenggai.notice.numerals import half_width
from zhenggai.notice.reading import claimed_states
from zhenggai.notice.reading.bodies import Body, State, expected_day
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.readings import Reading

_LONGEST_STATUS = 40


def say_first(body: Body, words: str, around: str, line: int) -> None:
    """Note the state that a finding's own heading says, before all others; that one is sure."""
    body.states.insert(0, State(words))
    unsure = (Reading.EACH_MEASURE, Reading.WHOLE_FINDING)
    body.decisions = [one for one in body.decisions if one.reading not in unsure]
    if day := expected_day(around):
        body.expected.insert(0, (str(day), line))


def read_statuses(draft: Draft) -> None:
    """Record how far each finding has come, and whether a sentence on it heads every one.

    A sentence that would be written the same is not kept.
    """
    notice = draft.notice
    leads = [data.get("通报导语", "") for data in draft.findings]
    is_said = all(
        lead and len(lead) <= _LONGEST_STATUS and claimed_states.SENTENCE.fullmatch(lead)
        for lead in leads
    )
    if notice["问题写法"] == Layout.OWN_LINE.value and is_said:
        notice["问题写法"] = Layout.STATUS_SENTENCE.value
    if "落款日期" not in notice and any(draft.states):
        several = sum(map(bool, draft.states))
        draft.unfilled.append(
            f"通报没有落款日期，{several}个问题写明的完成情况没有登记；补上日期再导入"
        )
    said = zip(draft.findings, draft.states, draft.sub_states, draft.measure_states, strict=True)
    for data, words, parts, of_measures in said:
        if words:
            _record(words, data, notice, of_measures)
        if parts or of_measures:
            _record_parts(parts, of_measures, data, notice)


def alike(data: dict[str, Any], words: str, notice: dict[str, Any]) -> dict[str, Any]:
    """Return a finding's data as the notice's settings would have it: without a lead they write."""
    layout = Layout(notice["问题写法"])
    rest = {key: value for key, value in data.items() if key != "通报写法"}
    if words and layout in (Layout.STATUS_LINES, Layout.STATUS_SENTENCE):
        own = status_words(layout, claimed_states.stage_of(words))
        if notice["标点"] == Punctuation.HALF.value:
            own = half_width(own)
        if rest.get("通报导语") == own and _is_recorded(words, data, notice):
            del rest["通报导语"]
    return rest


def _is_recorded(words: str, data: dict[str, Any], notice: dict[str, Any]) -> bool:
    going_on = claimed_states.stage_of(words) is Stage.IN_PROGRESS
    return going_on or ("落款日期" in notice and "措施" in data)


def _record(
    words: str, data: dict[str, Any], notice: dict[str, Any], of_measures: dict[int, str]
) -> None:
    """Record what a stage is derived from; without a date there is nothing to.

    What is said to be done while a measure of it is said not to be is a report, and no closing.
    """
    day = notice.get("落款日期")
    stage = claimed_states.stage_of(words)
    if day is None:
        return
    if claimed_states.is_kept_up(words):
        data["类型"] = Kind.LONG_TERM.value
    told = f"据通报：{claimed_states.in_full(words)}"
    is_open = any(map(claimed_states.is_unfinished, of_measures.values()))
    if stage is Stage.IN_PROGRESS or is_open or "措施" not in data:
        data["记录"] = [{"日期": day, "事项": "进展", "情况": told}]
        return
    for measure in data["措施"]:
        measure["完成"] = day
    if stage is Stage.SUSTAINED:
        data["类型"] = Kind.LONG_TERM.value
        data["记录"] = [{"日期": day, "事项": "进展", "情况": told}]
    else:
        by = notice.get("落款", "见通报")
        data["记录"] = [{"日期": day, "事项": "销号", "批准人": by, "情况": told}]


def _record_parts(
    parts: dict[int, str],
    of_measures: dict[int, str],
    data: dict[str, Any],
    notice: dict[str, Any],
) -> None:
    """Record the states of manifestations and of single measures; what is done has its day.

    They are a report of their own, before the closing where the finding as a whole is closed.
    """
    day = notice.get("落款日期")
    if day is None:
        return
    for number, measure in enumerate(data.get("措施", ()), start=1):
        words = of_measures.get(number) or parts.get(int(measure.get("针对", "0")), "")
        if words and claimed_states.stage_of(words) is not Stage.IN_PROGRESS:
            measure["完成"] = day
    said = [f"具体表现{number}{words}" for number, words in sorted(parts.items())]
    said += [f"措施{number}{words}" for number, words in sorted(of_measures.items())]
    report = {"日期": day, "事项": "进展", "情况": f"据通报：{'；'.join(said)}"}
    data["记录"] = [report, *data.get("记录", ())]
