"""The totals that a notice states of itself: aspects, findings, measures, what is done, the rate.

In whatever words and numerals: 反馈的3个方面19个问题, 反馈问题8个, 十二个问题, 8条问题,
3大类10小类21条, 制定整改措施32条. A number of problems that something found by itself
(发现问题27个, 领办问题3个) is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_HAN_DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = "(?:(?<![0-9０-９])[0-9０-９]+|(?<![一二两三四五六七八九十百])[一二两三四五六七八九十百]+)"
_MANNER = "(?:主要|突出|具体|反馈|方面的?|意见|整改|存在的?)*"
_UNIT = "[个项条点]"


class Said(NamedTuple):
    """A number that a text states, as it is printed with its unit, and where."""

    number: int
    words: str
    start: int
    end: int


class Stated(NamedTuple):
    """What a text states: each total it may have, the counts of its parts, its rate in per cent.

    `groups` are numbers of what may be findings or what they are grouped by: 10小类, 3个方面的问题;
    `parts` those of what findings consist of: 32个具体表现.
    """

    aspects: tuple[Said, ...]
    findings: tuple[Said, ...]
    done: tuple[Said, ...]
    rate: float | None
    groups: tuple[Said, ...] = ()
    parts: tuple[Said, ...] = ()
    measures: tuple[Said, ...] = ()
    measures_done: tuple[Said, ...] = ()


def number_in(text: str) -> int:
    """Read a whole number in ASCII, full-width or Chinese digits, up to 999."""
    if text[0] not in "一二两三四五六七八九十百零〇":
        return int(text)
    total, digit = 0, 0
    for one in text:
        if one in "十百":
            total += (digit or 1) * (10 if one == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[one]
    return total + digit


# Compiled when first used, as in stated_results.
_ASPECTS = (
    rf"{NUMBER}个方面(?!(?:的)?(?:具体|主要|突出)?问题)|{NUMBER}个方面(?=(?:的)?{NUMBER}{_UNIT})"
    rf"|(?:(?<=问题)|(?<=反馈)|(?<=反馈的)|(?<=指出)|(?<=指出的)){NUMBER}大?方面(?=的?{NUMBER}(?:{_UNIT}|[大小]?类))"
)
# Of these it is not said whether they are findings or what findings are grouped by.
_GROUPS = rf"{NUMBER}小类|(?<=方面){NUMBER}类|{NUMBER}个方面(?=的?(?:具体|主要|突出)?问题)"
# 3大类10小类21条: what is counted last, with nothing behind it that would be counted instead.
_CHAIN = (
    rf"{NUMBER}(?:[个大]?方面|个?[大小]?类)(?:的|共|，|,|、)?(?:{NUMBER}个?小?类(?:的|共|，|,|、)?)?"
    rf"(?P<n>{NUMBER}{_UNIT}(?:{_MANNER}问题|(?=$|[^\w]|[均已都全逐中]|整改(?!措施|举措|任务|台账|清单)|意见)))"
)
_PARTS = (
    rf"(?:问题|{_UNIT})[，,、（(]?(?:共|共计|涉及|包括|包含|细化为|分解为|的)*"
    rf"(?P<n>{NUMBER}{_UNIT}(?:具体|主要|突出)*(?:表现形式|问题表现|表现))"
)
_FOUND = (
    "(?:反馈|指出|(?<=[，,])提出|审计(?:报告|组|局|厅|机关|部门)?(?:中|共|共计|一共)?"
    "(?:查出|发现|反映|揭示|指出|提出))"
)
# 反馈的19个问题, 3个方面19个主要问题, 3个方面10项.
_TOTALS = (
    (
        rf"{_FOUND}(?:意见|问题|的|了|中|共|共计|各类|我.)*(?:{NUMBER}(?:大?类|个?方面)的?)?(?P<n>{NUMBER}{_UNIT}{_MANNER}问题)"
    ),
    (
        rf"{NUMBER}个方面[^。；;0-9]{{0,12}}?(?P<n>{NUMBER}[个项条]{_MANNER}(?:问题)?)"
        r"(?=[^\w]|[^次]|$)(?!(?:具体|整改|工作|长效)*(?:措施|举措|制度|办法|机制))"
    ),
    _CHAIN,
    (
        rf"{_FOUND}(?:了|的|意见|共|涉及|各类|主要|具体|突出)*问题[^。；;，,0-9]{{0,4}}?(?P<n>{NUMBER}{_UNIT})(?!方面)"
    ),
    (
        rf"(?:细化|分解|梳理|归纳|拆分|细分)(?:形成|成|为|出)?(?:[^。；;，,0-9]{{0,6}}){NUMBER}?(?:大?类)?(?P<n>{NUMBER}(?:个方面|[个项条])(?:具体|主要|突出)+问题)"
    ),
)
_NOT_TOTAL = r"(?:其中|还有|另有|剩余|其余)的?$"
_TO_TAKE = "(?:措施|举措)"
# 制定整改措施32条, 16个问题31项措施, 44项整改措施; 防控措施145条 are none of the rectification.
_MEASURES = (
    rf"(?:整改|(?:制定|细化|明确|提出|研究|分解|形成)[了出成为的]?)(?:具体|针对性|相应|工作|整改|，|、)*{_TO_TAKE}[，,]?(?:共计|合计|总计|共|各)?(?P<n>{NUMBER}[个项条])",
    rf"(?:制定|细化|明确|提出|分解|形成|问题|任务)[^。；;，,0-9]{{0,6}}(?P<n>{NUMBER}[个项条](?:具体|针对性|工作)*(?:整改)?{_TO_TAKE})",
    rf"(?P<n>{NUMBER}[个项条](?:具体|针对性)*整改{_TO_TAKE})",
    rf"(?P<n>{NUMBER}[个项条]{_TO_TAKE})(?=[^。；;，,0-9]{{0,4}}(?:已|全部|均|完成))",
)
_MEASURES_DONE = (
    rf"(?<![未基待性分])(?:完成|落实|办结)(?:了|整改|具体|的|{_TO_TAKE})*"
    rf"(?P<n>{NUMBER}[个项条])(?:具体|整改)*{_TO_TAKE}"
)
_MEASURES_TAKEN = rf"已(?:经)?(?:落实|执行|落地)(?:了)?(?P<n>{NUMBER}[个项条])"
_ALL_TAKEN = (
    rf"(?:{_TO_TAKE})?[，,]?(?:目前|现)?(?:已(?:经)?)?(?:全部|均|都)(?:已(?:经)?)?(?:得到)?"
    "(?:完成|落实|办结|整改到位)"
)
_OF_WHAT_IS_DONE = "(?<![未基待性分])(?:完成|落实|办结)[^。；;，,0-9]{0,4}$"
_NOT_ALL_MEASURES = (
    "(?:其中|还有|尚有|另有|剩余|其余|未|新增|追加|补充|再|正在|推进|长期|(?<![个大])方面[^。；;，,]{0,12}|每[个项条][^。；;，,]{0,6})"
    "[^。；;，,0-9]{0,6}$"
)
_DONE_BEFORE = (
    "(?<![未基待性分])(?:已|全部)?(?:完成整改|整改完成|完成|整改到位|销号|"
    f"办结|已整改)(?:的|了|问题|共)?(?P<n>{NUMBER}[个项条])(?!方面|月|工作日|"
    "重点|制度|措施)"
)
_DONE_BEHIND = (
    rf"(?P<n>{NUMBER}[个项条])(?:问题)?(?:均|都)?已(?:经)?(?:全部)?(?:完成|整改|销号|办结)"
)
# 反馈的3个问题全部完成整改: the number of all is that of what is done.
_ALL_DONE = (
    rf"(?P<n>{NUMBER}[个项条]){_MANNER}(?:问题)?[，,]?(?:目前|现)?(?:已(?:经)?)?(?:全部|均|都)(?:已(?:经)?)?"
    "(?:完成整改|整改完成|整改到位|整改完毕|完成|销号|办结)"
)
RATE = (
    r"(?P<what>(?:措施|整改|销号|问题)的?(?:任务)?(?:完成)?率|(?<![^\W\x00-\u02ff])完成率|(?<=[，,])完成(?=[0-9]))"
    r"(?!不低于|不少于)[^0-9。,，;；]{0,6}(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*[%％]"
)
"""A rate of the rectification, not of some project or some law."""


def stated_in(text: str) -> Stated:
    """Return what a text states of its aspects, findings and measures as a whole."""
    findings = tuple(dict.fromkeys(_findings(text)))
    aspects = tuple(_said(match, 0) for match in re.finditer(_ASPECTS, text))
    measures, measures_done = _measures(text)
    patterns = (_DONE_BEFORE, _DONE_BEHIND, *((_MEASURES_TAKEN,) if measures else ()))
    taken = {one.start for one in (*findings, *measures, *measures_done)}
    done = tuple(
        _said(match, "n")
        for pattern in patterns
        for match in re.finditer(pattern, text)
        if match.start("n") not in taken
    )
    # 制定措施32条，已完成28条: done is what was counted before it.
    wholes = sorted([(one.end, False) for one in findings] + [(one.end, True) for one in measures])
    of_measures = {one for one in done if _is_of_measures(one, wholes)}
    done = tuple(one for one in done if findings and one not in of_measures)
    if findings and (match := re.search(_ALL_DONE, text)):
        done = (_said(match, "n"), *done)
    rates = [float(match["rate"]) for match in re.finditer(RATE, text)]
    rate = rates[0] if len(rates) == 1 and (findings or measures) else None
    groups = tuple(_said(match, 0) for match in re.finditer(_GROUPS, text))
    parts = tuple(_said(match, "n") for match in re.finditer(_PARTS, text))
    all_taken = re.compile(_ALL_TAKEN)
    all_done = tuple(one for one in measures if all_taken.match(text, one.end))
    done_of_measures = tuple(dict.fromkeys((*measures_done, *all_done, *sorted(of_measures))))
    return Stated(aspects, findings, done, rate, groups, parts, measures, done_of_measures)


def _is_of_measures(one: Said, wholes: list[tuple[int, bool]]) -> bool:
    """Whether the total next before a number is one of measures; `wholes` are their ends."""
    place = bisect_right(wholes, (one.start, True))
    return place > 0 and wholes[place - 1][1]


def _measures(text: str) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return the numbers of measures that a text states as a whole, and of those carried out."""
    whole: dict[int, Said] = {}
    done = {match.start("n"): _said(match, "n") for match in re.finditer(_MEASURES_DONE, text)}
    for pattern in _MEASURES:
        for match in re.finditer(pattern, text):
            at = match.start("n")
            before = text[max(0, match.start() - _NEAR) : match.start()]
            near = text[max(0, at - _NEAR) : at]
            if re.search(_NOT_ALL_MEASURES, before) or re.search(_NOT_ALL_MEASURES, near):
                continue
            is_done = re.search(_OF_WHAT_IS_DONE, before) or re.search(_OF_WHAT_IS_DONE, near)
            (done if is_done else whole).setdefault(at, _said(match, "n"))
    return (
        tuple(one for at, one in sorted(whole.items()) if at not in done),
        tuple(one for _, one in sorted(done.items())),
    )


_NEAR = 24


_PUBLISHED = rf"(?:公布|公开|公示|向社会通报)(?:其中)?的?(?P<n>{NUMBER})[个项条]"


def published_in(text: str) -> Iterator[int]:
    """Yield how many of its findings a notice says that it makes public."""
    for match in re.finditer(_PUBLISHED, text):
        yield number_in(match["n"])


def _findings(text: str) -> Iterator[Said]:
    for pattern in _TOTALS:
        for match in re.finditer(pattern, text):
            at = match.start("n")
            if not re.search(_NOT_TOTAL, text[max(0, at - _NEAR) : at]):
                yield _said(match, "n")


def _said(match: re.Match[str], group: "int | str") -> Said:
    words = match[group]
    number = re.match(NUMBER, words)
    return Said(number_in(number[0]) if number else 0, words, match.start(group), match.end(group))
