"""Countable results that a text tells: rules made, money returned, people dealt with.

Of a finding only what is told whole is taken: a rule by its name in 《》, money with its unit,
people with how they were dealt with. 人次 counts talks, not people.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhenggai.ledger.stated_totals import NUMBER, number_in

# Compiled by re when first used: a ledger without a notice needs none of these, and together they
# take as long as a start of Python.
_MADE = (
    "(?:制定|制订|修订|出台|印发|完善|建立|健全|拟定|编制|形成|补充)"
    r"[^。；;《》]{0,14}((?:《[^《》]{2,40}》[、和及与以及，]{0,2})+)"
)
_RULE = (
    "《([^《》]*(?:办法|制度|规定|规则|细则|规程|准则|流程|机制|意见|规范|"
    "章程|清单|方案|预案|须知|指引)[^《》]{0,8})》"
)
_MONEY = (
    r"(?:追缴|清退|退还|退缴|退赔|追回|收回|收缴|追收|退回|退缴)[^。；;，,0-9]{0,24}?([0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"\s*(亿|万|千|百)?元"
)
_TIMES = {"亿": 100_000_000, "万": 10_000, "千": 1000, "百": 100, None: 1, "": 1}
_HOW = (
    "提醒谈话|谈话提醒|批评教育|诫勉谈话|诫勉|约谈|通报批评|党内警告处分|党内警告|党内严重警告|党纪政务处分|党政纪处分|政务警告|政务记过"
    "|政务处分|党纪处分|组织处理|责令检查|责令作出书面检查|书面检查|调离岗位|调整岗位|离岗培训|问责|免职|警示谈话|谈话诫勉"
)
_PEOPLE = (
    (
        rf"对(?P<n>[0-9]{{1,6}})[名人位](?!次)[^，。；;、0-9]{{0,14}}?(?:给予|予以|进行|作出|实施)?(?P<how>{_HOW})"
    ),
    (
        rf"(?P<how>{_HOW})(?:了)?(?:相关|有关)?(?:责任)?(?:人员|人|干部)?\s*(?P<n>[0-9]{{1,6}})[人名](?!次)"
    ),
    (
        rf"(?<![0-9])(?P<n>[0-9]{{1,6}})[名人](?!次)[^，。；;、0-9]{{0,8}}?(?:被|受到|给予)[^，。；;、0-9]{{0,4}}?(?P<how>{_HOW})"
    ),
)


def rules_in(text: str) -> list[str]:
    """Return the names of the rules that a text says were made or changed."""
    return [f"《{name}》" for made in re.findall(_MADE, text) for name in re.findall(_RULE, made)]


def money_in(text: str) -> list[Decimal]:
    """Return the amounts that a text tells to have been returned, in yuan."""
    return [Decimal(number) * _TIMES[unit] for number, unit in re.findall(_MONEY, text)]


def people_in(text: str) -> list[tuple[str, int]]:
    """Return how people were dealt with and how many, each place of the text once."""
    found: dict[int, tuple[str, int]] = {}
    for pattern in _PEOPLE:
        for match in re.finditer(pattern, text):
            found.setdefault(match.start("how"), (match["how"], int(match["n"])))
    return list(found.values())


# -- what a notice sums up --------------------------------------------------------------------

_STATED_RULES = (
    f"(?:制定|制订|修订|出台|完善|建立|建章立制|健全|修改|新建)[^。；;，,0-9]{{0,10}}?(?:制度|"
    f"办法|规章)[^。；;，,0-9]{{0,6}}?(?P<n>{NUMBER})[项个部]"
)
_ABOUT = "约|近|超|逾|不少于|以上"
_STATED_MONEY = (
    r"(?P<verb>追缴|清退|退还|退缴|追回|收回|收缴|挽回)[^。；;，,0-9]{0,10}?(?P<n>[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"\s*(?P<unit>亿|万|千|百)?元"
)
_STATED_PEOPLE = (
    f"(?P<how>{_HOW}|处理|处理人员|问责处理|追责问责)(?:了)?(?:相关|有关|"
    rf"责任)*(?:人员|干部)?\s*(?P<n>[0-9]{{1,6}})[人名](?!次)"
)
_ANY = ("处理", "处理人员", "问责处理", "追责问责")
IN_GENERAL = ""
"""How people were dealt with where that is not said."""


class Returned(NamedTuple):
    """An amount that a text says was returned: its words, in which way, and how much, in yuan.

    It is printed in steps of `step`: 2.4万元 may be 2.36万元.
    """

    words: str
    way: str
    yuan: Decimal
    step: Decimal

    def may_be(self, amount: Decimal) -> bool:
        """Whether an amount is what was printed, rounded."""
        return abs(self.yuan - amount) * 2 <= self.step if self.step > 1 else self.yuan == amount


def stated_rules(text: str) -> Iterator[tuple[str, int]]:
    """Yield each number of rules that a text sums up, with its words."""
    for match in re.finditer(_STATED_RULES, text):
        yield match[0], number_in(match["n"])


def stated_money(text: str) -> Iterator[Returned]:
    """Yield each amount that a text sums up as returned, but for those told roughly."""
    for match in re.finditer(_STATED_MONEY, text):
        if re.search(_ABOUT, match[0]) is None:
            yield _returned(match, _way(match["verb"]))


def _returned(match: re.Match[str], way: str) -> Returned:
    unit = _TIMES[match["unit"]]
    _, point, decimals = match["n"].partition(".")
    step = Decimal(unit) / 10 ** len(decimals) if point else Decimal(1)
    return Returned(match[0], way, Decimal(match["n"]) * unit, step)


_STATED_SUMS = (
    r"(?P<verb>已(?:完成)?整改(?:到位)?(?:问题)?(?:金额|资金)?|(?:完成整改|整改到位)(?:问题)?(?:金额|资金)?|(?:问题)?涉及(?:问题)?(?:资金|金额)|问题金额)"
    r"(?:问题)?[^。；;，,0-9问题个项]{0,6}?(?P<n>[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?P<unit>亿|万|千|百)?元"
)


def stated_sums(text: str) -> Iterator[Returned]:
    """Yield each amount that a text sums up of an audit: 问题金额 and 已整改金额 are the ways."""
    for match in re.finditer(_STATED_SUMS, text):
        if re.search(_ABOUT, match[0]) is None:
            way = "已整改金额" if "整改" in match["verb"] else "问题金额"
            yield _returned(match, way)


def stated_people(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each number of people that a text sums up: its words, how dealt with ('' for any)."""
    for match in re.finditer(_STATED_PEOPLE, text):
        how = IN_GENERAL if match["how"] in _ANY else match["how"]
        yield match[0], how, int(match["n"])


# -- what may be compared ---------------------------------------------------------------------

_WAYS = {"追": "追回", "收": "追回", "清": "清退", "退": "清退"}


def _way(verb: str) -> str:
    return _WAYS.get(verb[0], verb)


def money_by_way(texts: Sequence[str]) -> dict[str, Decimal]:
    """Return what texts tell to have been returned, in yuan, by the way it was."""
    found: dict[str, Decimal] = {}
    for text in texts:
        for match in re.finditer(_MONEY, text):
            amount = Decimal(match[1]) * _TIMES[match[2]]
            found[_way(match[0])] = found.get(_way(match[0]), Decimal(0)) + amount
    return found


_UNCOUNTED_MONEY = (
    "(?:追缴|清退|退还|退缴|退赔|追回|收回|收缴|追收|退回)[^。；;，,0-9]{0,24}(?:款|"
    "金|费|补贴|津贴|补助|薪酬|工资)"
)


def returns_uncounted(text: str) -> bool:
    """Whether a text tells that money was returned, and not how much."""
    return any(
        re.search(_UNCOUNTED_MONEY, clause)
        and not re.search(r"[0-9]\s*[余多亿万千百]{0,2}元", clause)
        for clause in re.split("[。；;，,]", text)
    )


_ALIKE = {
    "谈话提醒": "提醒谈话",
    "诫勉": "诫勉谈话",
    "谈话诫勉": "诫勉谈话",
    "党内警告": "党内警告处分",
    "责令作出书面检查": "责令检查",
    "书面检查": "责令检查",
    "调离岗位": "调整岗位",
    "党政纪处分": "党纪政务处分",
}
_BY_THE_PARTY, _BY_THE_STATE = ("党内警告处分", "党内严重警告"), ("政务警告", "政务记过")
_FAMILIES = {
    "党纪处分": _BY_THE_PARTY,
    "政务处分": _BY_THE_STATE,
    "党纪政务处分": (*_BY_THE_PARTY, *_BY_THE_STATE, "党纪处分", "政务处分"),
}


def counts_as(how: str, stated: str) -> bool:
    """Whether people dealt with in a way are among those that a sum counts."""
    if stated == IN_GENERAL:
        return True
    one, other = _ALIKE.get(how, how), _ALIKE.get(stated, stated)
    return one == other or one in _FAMILIES.get(other, ())


def is_dealing(noun: str) -> bool:
    """Whether what is counted is how people were dealt with: 提醒谈话, 诫勉."""
    return re.search(f"(?:{_HOW})$", noun) is not None


def deals_uncounted(text: str, stated: str) -> bool:
    """Whether a text tells that people were dealt with as a sum counts, and not how many."""
    counted = {match.start("how") for pattern in _PEOPLE for match in re.finditer(pattern, text)}
    return any(
        match.start() not in counted and counts_as(match[0], stated)
        for match in re.finditer(_HOW, text)
    )
