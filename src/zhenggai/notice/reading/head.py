"""The head of a notice: its title, and the opening that tells who inspected whom and when."""

import contextlib
import re
from typing import Any

from zhenggai.model.dates import DateTextError, parse_day
from zhenggai.model.decoding import decode_inspection
from zhenggai.notice import default_text
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.lines import DAY, ENDS

_OPENING = re.compile(
    rf"(?:(?:根据|按照)(?P<basis>[^。]{{2,100}}?)[,，])?(?P<start>{DAY})[至到]"
    r"(?P<end>[0-9年月]{3,10}日)[,，](?P<group>[^，,。；;]{2,40}?)对(?P<unit>[^，,。；;]{2,60}?)"
    r"(?:进行|开展)了[^。]{0,20}?(?:巡察|巡视)"
)
_FEEDBACK = re.compile(rf"({DAY})[,，][^。]{{0,80}}?反馈")
_TO_WHOM = re.compile(r"向(?P<unit>[^，,。；;向]{2,40}?)反馈")
_NAMES = ("集中整改进展情况", "整改进展情况", "整改落实情况")


def read_head(draft: Draft, lines: list[Line]) -> None:
    """Read title and opening; every line that is no title belongs to the opening."""
    texts = [line.text for line in lines]
    has_title = len(texts) > 1 and texts[0][-1] not in ENDS
    draft.notice["标题"] = texts.pop(0) if has_title else "无"
    whole = "\n".join(texts)
    _facts(draft, whole)
    for name in _NAMES:
        if name in whole:
            draft.notice["名称"] = name
            break
    if texts and not _comes_out_the_same(draft, whole):
        draft.notice["开头"] = texts


def _facts(draft: Draft, text: str) -> None:
    facts = draft.inspection
    if match := _OPENING.search(text):
        start, end = match["start"], match["end"]
        facts["被巡察单位"], facts["巡察组"] = match["unit"], match["group"]
        set_day(facts, "巡察开始", start)
        set_day(facts, "巡察结束", end if "年" in end else start[:5] + end)
        if match["basis"]:
            draft.notice["依据"] = match["basis"]
    if match := _FEEDBACK.search(text):
        set_day(facts, "反馈日期", match[1])
        if to := _TO_WHOM.search(match[0]):
            facts.setdefault("被巡察单位", to["unit"])


def set_day(facts: dict[str, Any], key: str, text: str) -> None:
    """Record a day, unless the calendar has no such day."""
    with contextlib.suppress(DateTextError):
        facts[key] = str(parse_day(text))


def _comes_out_the_same(draft: Draft, text: str) -> bool:
    inspection, _ = decode_inspection(draft.inspection_data())
    return (
        inspection.notice is not None
        and default_text.opening(inspection, inspection.notice) == text
    )
