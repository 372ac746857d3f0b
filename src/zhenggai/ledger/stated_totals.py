"""The totals that a notice states of itself: aspects, findings, those put right, and the rate.

In whatever words and numerals: 反馈的3个方面19个问题, 反馈问题8个, 十二个问题, 8条问题. A number of
problems that something found by itself (发现问题27个, 领办问题3个) is none.
"""

import re
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
    """What a text states: each total it may have, the counts of its parts, its rate in per cent."""

    aspects: tuple[Said, ...]
    findings: tuple[Said, ...]
    done: tuple[Said, ...]
    rate: float | None


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
        rf"{NUMBER}个方面[^。；;0-9]{{0,12}}?(?P<n>{NUMBER}[个项条]{_MANNER}(?:问题)?)(?=[^\w]|[^次]|$)"
    ),
    (
        rf"{_FOUND}(?:了|的|意见|共|涉及|各类|主要|具体|突出)*问题[^。；;，,0-9]{{0,4}}?(?P<n>{NUMBER}{_UNIT})(?!方面)"
    ),
    (
        rf"(?:细化|分解|梳理|归纳|拆分|细分)(?:形成|成|为|出)?(?:[^。；;，,0-9]{{0,6}}){NUMBER}?(?:大?类)?(?P<n>{NUMBER}(?:个方面|[个项条])(?:具体|主要|突出)+问题)"
    ),
)
_NOT_TOTAL = r"(?:其中|还有|另有|剩余|其余)的?$"
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
    """Return what a text states of its aspects and findings as a whole."""
    findings = tuple(dict.fromkeys(_findings(text)))
    aspects = tuple(_said(match, 0) for match in re.finditer(_ASPECTS, text))
    done = tuple(
        _said(match, "n")
        for pattern in (_DONE_BEFORE, _DONE_BEHIND)
        for match in re.finditer(pattern, text)
        if findings and not any(match.start("n") == one.start for one in findings)
    )
    if findings and (match := re.search(_ALL_DONE, text)):
        done = (_said(match, "n"), *done)
    rates = [float(match["rate"]) for match in re.finditer(RATE, text)]
    return Stated(aspects, findings, done, rates[0] if len(rates) == 1 and findings else None)


_PUBLISHED = rf"(?:公布|公开|公示|向社会通报)(?:其中)?的?(?P<n>{NUMBER})[个项条]"


def published_in(text: str) -> Iterator[int]:
    """Yield how many of its findings a notice says that it makes public."""
    for match in re.finditer(_PUBLISHED, text):
        yield number_in(match["n"])


def _findings(text: str) -> Iterator[Said]:
    for pattern in _TOTALS:
        for match in re.finditer(pattern, text):
            if not re.search(_NOT_TOTAL, text[: match.start("n")]):
                yield _said(match, "n")


def _said(match: re.Match[str], group: "int | str") -> Said:
    words = match[group]
    number = re.match(NUMBER, words)
    return Said(number_in(number[0]) if number else 0, words, match.start(group), match.end(group))
