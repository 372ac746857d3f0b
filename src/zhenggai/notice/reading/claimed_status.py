"""Progress claimed in a notice, recorded as of the notice's date."""

import re
from typing import Any

from zhenggai.model.notice_settings import Layout, Punctuation
from zhenggai.model.terms import Kind, Stage
from zhenggai.notice.default_text import status_words
from zhenggai.notice.numerals import half_width
from zhenggai.notice.reading.draft import Draft

# In this order: 已基本完成 is not 已完成, and 尚未完成 is neither.
_STAGES = (
    (Stage.IN_PROGRESS, re.compile("正在|尚未|未完成|推进中|整改中")),
    (Stage.SUSTAINED, re.compile("基本完成|长期坚持|持续整改|持续推进")),
    (Stage.CLOSED, re.compile("已.{0,6}(?:完成|到位|销号|办结)|^(?:完成|整改完成)")),
)
_LONGEST_STATUS = 40


def read_statuses(draft: Draft) -> None:
    """Record how far each finding has come, and whether a sentence on it heads every one.

    A sentence that would be written the same is not kept.
    """
    stages = [_stage(data.get("通报导语", "")) for data in draft.findings]
    notice = draft.notice
    if notice["问题写法"] == Layout.OWN_LINE.value and all(stages):
        notice["问题写法"] = Layout.STATUS_SENTENCE.value
    layout = Layout(notice["问题写法"])
    for data, stage in zip(draft.findings, stages, strict=True):
        if stage is None or not _brought_to(stage, data, notice):
            continue
        own = status_words(layout, stage)
        if notice["标点"] == Punctuation.HALF.value:
            own = half_width(own)
        if data["通报导语"] == own:
            del data["通报导语"]


def _stage(lead: str) -> Stage | None:
    if not lead or len(lead) > _LONGEST_STATUS:
        return None
    return next((stage for stage, words in _STAGES if words.search(lead)), None)


def _brought_to(stage: Stage, data: dict[str, Any], notice: dict[str, Any]) -> bool:
    """Record what a stage is derived from; without a date or a measure there is nothing to."""
    day = notice.get("落款日期")
    if stage is Stage.IN_PROGRESS:
        return True
    if day is None or "措施" not in data:
        return False
    for measure in data["措施"]:
        measure["完成"] = day
    if stage is Stage.SUSTAINED:
        data["类型"] = Kind.LONG_TERM.value
    else:
        by = notice.get("落款", "见通报")
        data["记录"] = [{"日期": day, "事项": "销号", "批准人": by, "情况": "据通报"}]
    return True
