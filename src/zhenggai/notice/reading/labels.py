"""The labels that stand before what is told of a finding: 整改措施：, 责任领导：, 整改状态：."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from zhenggai.notice.reading.marks import mark_of


class Holds(Enum):
    """What stands behind a label."""

    MEASURES = "措施"
    OUTCOME = "成效"
    STATE = "状态"
    LEADER = "责任领导"
    DEPARTMENTS = "责任科室"
    OWNER = "责任人"
    DUE = "整改时限"
    ASSISTING = "配合科室"
    LED_BY = "领办"
    GOAL = "整改目标"
    KIND = "类型"
    CATEGORY = "问题类别"
    SUM_FOUND = "问题金额"
    SUM_MENDED = "已整改金额"
    MANIFESTATIONS = "具体表现"
    OTHER = "其他"


_LED = "(?:整改|牵头|分管|主管|包保|督办)?"
_LABELS = (
    (Holds.OUTCOME, "(?:整改)?(?:工作)?(?:成效|成果|效果)|取得(?:的)?成效|(?:整改)?完成成效"),
    (
        Holds.STATE,
        (
            "(?:整改)?(?:任务)?(?:结果|状态|进展|进度|进展情况|完成情况|完成状态|整改结论)"
            "|(?:是否)?完成情况|销号情况"
            "|是否(?:已)?(?:完成整改|完成|整改到位|整改完成|整改|销号)"
        ),
    ),
    (
        Holds.MEASURES,
        (
            "(?:具体|主要)?(?:整改|落实)?(?:措施|举措|做法)"
            "(?:及|和|与)?(?:落实|完成|整改)?(?:情况|成效|进展|成效情况)?"
            "|整改(?:落实)?情况|落实情况|整改(?:任务)?(?:措施)?落实情况|采取(?:的)?措施|整改"
        ),
    ),
    (Holds.LEADER, f"{_LED}(?:责任)?领导|责任领导|整改责任人|牵头领导|第一责任人"),
    (
        Holds.DEPARTMENTS,
        f"{_LED}(?:责任|牵头|承办|主责|主办)(?:科室|部门|单位|处室|股室|支部)",
    ),
    (Holds.OWNER, "(?:直接|具体)?(?:责任人|负责人|经办人)"),
    (
        Holds.DUE,
        "(?:整改|完成|办结|计划完成|预计完成|拟完成)(?:时限|期限|时间|日期)|时限|期限",
    ),
    (
        Holds.ASSISTING,
        "(?:责任)?(?:配合|协助|协办|参与)(?:责任)?(?:部门|科室|单位|处室|股室|支部)",
    ),
    (Holds.LED_BY, "领办(?:领导|人)"),
    (Holds.GOAL, "(?:整改)?目标(?:任务)?|整改要求"),
    (Holds.KIND, "(?:整改)?(?:类型|类别|性质|方式)"),
    (Holds.CATEGORY, "(?:所属)?问题(?:类别|类型|分类|性质)"),
    (Holds.SUM_FOUND, "(?:问题|涉及|违规|涉及问题|问题涉及|查出问题)(?:资金)?金额|涉及资金"),
    (Holds.SUM_MENDED, "已(?:完成)?整改(?:问题)?(?:资金)?(?:金额|资金)|整改(?:到位)?金额"),
    (
        Holds.MANIFESTATIONS,
        (
            "存在(?:的)?(?:主要|具体|突出)?问题|(?:具体|主要|问题)表现"
            "|问题(?:描述|具体表现|表述)|(?:具体|主要|突出)问题"
        ),
    ),
    (Holds.OTHER, "(?:配合|协助|协办)领导|责任(?:清单)?"),
)
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s。；;，,.．、)）\u3000])|(?=[（(]))(?:(?P<box>[【\[〔])|[（(])?(?:"
    + "|".join(f"(?P<L{place}>{words})" for place, (_, words) in enumerate(_LABELS))
    + r")(?(box)[】\]〕]\s*[：:]?"
    + r"|(?:[）)]?\s*[：:。]|(?<=[额金])(?=[0-9]{1,12}(?:\.[0-9]+)?\s*[亿万千百]?元)))\s*"
)


_BARE = re.compile(
    r"[【\[]?(?:"
    + "|".join(f"(?P<L{place}>{words})" for place, (_, words) in enumerate(_LABELS))
    + r")[】\]]?[：:。]?"
)


def holds_of(text: str) -> Holds | None:
    """Return what a text says is held below it, where it is a label and nothing else."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    return next(holds for place, (holds, _) in enumerate(_LABELS) if match[f"L{place}"] is not None)


def begins_with_what_was_done(text: str) -> bool:
    """Whether a text begins with a label of what was done, by whom, until when and how far."""
    match = _LABEL.match(text)
    return match is not None and _holds(match) in (
        *(Holds.MEASURES, Holds.OUTCOME, Holds.STATE, Holds.DUE),
        *_WHO,
    )


def is_label(text: str) -> bool:
    """Whether a text is a label and nothing else."""
    return holds_of(text) is not None


class Labelled(NamedTuple):
    """A piece of a line: what the label before it says it holds, None without one.

    The label stands from `start`, the words behind it from `begin` to `end`.
    """

    holds: Holds | None
    label: str
    start: int
    begin: int
    end: int


def pieces(text: str) -> Iterator[Labelled]:
    """Yield the pieces of a line, in order: what stands before its first label, then each."""
    mark = mark_of(text)
    alone = text[mark.end :] if mark else text
    if (holds := holds_of(alone)) is not None:
        yield Labelled(holds, alone.rstrip("：:。"), 0, len(text), len(text))
        return
    found = list(_LABEL.finditer(text))
    if mark and (first_one := _LABEL.match(text, mark.end)):
        # 3.整改状态：已完成: the number is the label's.
        found = [first_one, *(match for match in found if match.start() >= first_one.end())]
    own = mark.end if mark else 0
    # Inside a sentence a label is a word like any other, but for those who are responsible.
    found = [match for match in found if match.start() in (0, own) or _may_follow(text, match)]
    found = _sums_together(text, found)
    found = [match for match in found if "。" not in match[0] or _heads_by_itself(text, match)]
    kept: list[re.Match[str]] = []
    for match in found:
        if _may_be_bracketed(kept, match):
            kept.append(match)
    found = kept
    first = found[0].start() if found else len(text)
    is_numbered = first == own and bool(found)
    if first > 0 and not is_numbered:
        yield Labelled(None, "", 0, 0, first)
    if not found:
        return
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        kind = next(place for place in range(len(_LABELS)) if match[f"L{place}"] is not None)
        name = match[f"L{kind}"]
        start = 0 if is_numbered and match is found[0] else match.start()
        # A sum without a colon ends with itself: 涉及金额30万元。已归还。
        amount = _AMOUNT.match(text, match.end(), end) if _is_bare(match) else None
        stop = amount.end() if amount else end
        yield Labelled(_LABELS[kind][0], name, start, match.end(), stop)
        if stop < end:
            yield Labelled(None, "", stop, stop, end)


_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?\s*[亿万千百]?元[。；;，,]?\s*")


def _is_bare(match: re.Match[str]) -> bool:
    return match[0].rstrip()[-1:] in "额金"


_WHO = (Holds.LEADER, Holds.DEPARTMENTS, Holds.OWNER, Holds.ASSISTING)


def _may_be_bracketed(before: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether a label in a bracket tells more of who answers: 责任科室：甲股（配合科室：乙股）.

    Behind a measure it belongs to that measure, in whose words it stays.
    """
    if match[0][0] not in "（(" or match.start() == 0:
        return True
    return (
        bool(before)
        and _holds(before[-1]) in _WHO
        and "。" not in before[-1].string[before[-1].end() : match.start()]
    )


def _holds(match: re.Match[str]) -> Holds:
    return next(holds for place, (holds, _) in enumerate(_LABELS) if match[f"L{place}"] is not None)


def _heads_by_itself(text: str, match: re.Match[str]) -> bool:
    """Whether a label with a full stop heads the line: 整改情况。一是……"""
    return (
        match.start() == 0 and match.end() < len(text) and match[0].rstrip("。 ").endswith("情况")
    )


def _sums_together(text: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out sums without a colon (涉及金额30万元) inside a line, unless they follow such."""
    kept: list[re.Match[str]] = []
    for match in found:
        goes_on = bool(kept) and "。" not in text[kept[-1].end() : match.start()]
        if not _is_bare(match) or match.start() == 0 or goes_on:
            kept.append(match)
    return kept


def _may_follow(text: str, match: re.Match[str]) -> bool:
    if match[0][0] in "（(":
        return text.find("）" if match[0][0] == "（" else ")", match.end()) > 0
    before = text[: match.start()].rstrip()
    ends = "。；;，," if _is_bare(match) else "。；;"
    return before != text[: match.start()] or before[-1:] in ends
