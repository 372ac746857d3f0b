"""Lines of a notice: style detection, boilerplate removal, splitting at 一、二、三、."""

import re
from collections import Counter
from dataclasses import dataclass

from zhenggai.model.placeholders import placeholders
from zhenggai.notice.numerals import number_of
from zhenggai.notice.reading.draft import Draft, Line

NUMERAL = "[一二三四五六七八九十百]{1,7}"
BRACKETED = re.compile(rf"([（(])({NUMERAL})([)）])(.*)")
NUMBERED = re.compile(r"([0-9]{1,3})(?:[.．](?![0-9])|、)\s*(.*)")
SMALL = re.compile(r"[（(]([0-9]{1,2})[)）](.*)")
DAY = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
ENDS = "。；;!！?？…"
_LONGEST_HEADING = 60
_PART = re.compile(rf"({NUMERAL})、(.{{2,40}})")
# — 3 —, 第3页, 第3页 共8页: what a printed page or a scan leaves in the text.
_FURNITURE = re.compile(r"[-—–－]+\s*[0-9]{1,3}\s*[-—–－]+|第\s*[0-9]{1,3}\s*页.{0,20}")


@dataclass
class Part:
    """One of the parts 一、二、三、, with the line it is headed by."""

    line: Line
    heading: str
    lines: list[Line]


def is_short(text: str) -> bool:
    """Whether a line is short enough to be a heading."""
    return len(text) <= _LONGEST_HEADING


def read_lines(draft: Draft, text: str) -> list[Line]:
    """Return the lines that say something, setting aside what the notice's form cannot hold.

    Words in braces would be taken for figures to compute.
    """
    lines = [
        Line(number, stripped)
        for number, line in enumerate(text.split("\n"), start=1)
        if (stripped := line.strip())
    ]
    odd = [x for x in lines if _FURNITURE.fullmatch(x.text) or any(placeholders(x.text))]
    draft.set_aside(odd)
    return [line for line in lines if line not in set(odd)]


def read_style(draft: Draft, text: str) -> None:
    """Record what holds for the text as a whole."""
    half = len(re.findall(r"(?<=[\u4e00-\u9fff”》])[,;:]", text))
    full = len(re.findall("[，；：]", text))
    draft.notice["标点"] = "半角" if half > full else "全角"
    draft.notice["用语"] = "巡视" if text.count("巡视") > text.count("巡察") else "巡察"
    if not text.endswith("\n"):
        draft.notice["文末换行"] = "否"
    lines = text.rstrip("\n").split("\n")
    said = [line for line in lines if line.strip()]
    if len(lines) - len(said) > len(said) / 2:
        draft.notice["段间空行"] = "是"
    if sum(line.startswith("\u3000\u3000") for line in said) > len(said) / 2:
        draft.notice["段首空两格"] = "是"
    draft.notice["统计"] = "否"


def cut_parts(lines: list[Line]) -> tuple[list[Line], list[Part]]:
    """Cut the text at 一、二、三、; a number may be missing, none comes twice."""
    head: list[Line] = []
    parts: list[Part] = []
    last = 0
    for line in lines:
        match = _PART.fullmatch(line.text)
        number = (match and number_of(match[1])) or 0
        if match and last < number <= last + 2 and not line.text.endswith("。"):
            parts.append(Part(line, match[2], []))
            last = number
        else:
            (parts[-1].lines if parts else head).append(line)
    return head, parts


def results_among(parts: list[Part]) -> int:
    """Find the part that tells the findings: where 一是…二是… and numbers stand most often."""
    scores = [_score(part) for part in parts]
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _score(part: Part) -> int:
    texts = [line.text for line in part.lines]
    counted = Counter(
        "完成情况"
        if text.startswith(("完成情况", "整改情况"))
        else "一是"
        if "一是" in text
        else ""
        for text in texts
    )
    numbered = sum(bool(NUMBERED.match(text)) for text in texts)
    about = sum("关于" in text and is_short(text) for text in texts)
    return 2 * (counted["一是"] + counted["完成情况"]) + numbered + about
