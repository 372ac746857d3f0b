"""Countable results that a text tells: rules made, money returned, people dealt with.

Of a finding only what is told whole is taken: a rule by its name in 《》, money with its unit,
people with how they were dealt with. 人次 counts talks, not people.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenggai.ledger.stated_totals import NUMBER, number_in

_MADE = re.compile(
    r"(?:制定|制订|修订|出台|印发|完善|建立|健全|拟定|编制|形成|补充)[^。；;《》]{0,14}((?:《[^《》]{2,40}》[、和及与以及，]{0,2})+)"
)
_RULE = re.compile(
    "《([^《》]*(?:办法|制度|规定|规则|细则|规程|准则|流程|机制|意见|规范|章程|清单|方案|预案|须知|指引)[^《》]{0,8})》"
)
_MONEY = re.compile(
    r"(?:追缴|清退|退还|退缴|退赔|追回|收回|收缴|追收|退回|退缴)[^。；;，,0-9]{0,24}?([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(亿|万|千|百)?元"
)
_TIMES = {"亿": 100_000_000, "万": 10_000, "千": 1000, "百": 100, None: 1, "": 1}
_HOW = (
    "提醒谈话|谈话提醒|批评教育|诫勉谈话|诫勉|约谈|通报批评|党内警告处分|党内警告|党内严重警告|党纪政务处分|党政纪处分|政务警告|政务记过"
    "|政务处分|党纪处分|组织处理|责令检查|责令作出书面检查|书面检查|调离岗位|调整岗位|离岗培训|问责|免职|警示谈话|谈话诫勉"
)
_PEOPLE = (
    re.compile(
        rf"对(?P<n>[0-9]{{1,6}})[名人位](?!次)[^，。；;、0-9]{{0,14}}?(?:给予|予以|进行|作出|实施)?(?P<how>{_HOW})"
    ),
    re.compile(
        rf"(?P<how>{_HOW})(?:了)?(?:相关|有关)?(?:责任)?(?:人员|人|干部)?\s*(?P<n>[0-9]{{1,6}})[人名](?!次)"
    ),
    re.compile(
        rf"(?<![0-9])(?P<n>[0-9]{{1,6}})[名人](?!次)[^，。；;、0-9]{{0,8}}?(?:被|受到|给予)[^，。；;、0-9]{{0,4}}?(?P<how>{_HOW})"
    ),
)


def rules_in(text: str) -> list[str]:
    """Return the names of the rules that a text says were made or changed."""
    return [f"《{name}》" for made in _MADE.findall(text) for name in _RULE.findall(made)]


def money_in(text: str) -> list[Decimal]:
    """Return the amounts that a text tells to have been returned, in yuan."""
    return [Decimal(number) * _TIMES[unit] for number, unit in _MONEY.findall(text)]


def people_in(text: str) -> list[tuple[str, int]]:
    """Return how people were dealt with and how many, each place of the text once."""
    found: dict[int, tuple[str, int]] = {}
    for pattern in _PEOPLE:
        for match in pattern.finditer(text):
            found.setdefault(match.start("how"), (match["how"], int(match["n"])))
    return list(found.values())


_STATED_RULES = re.compile(
    rf"(?:制定|制订|修订|出台|完善|建立|建章立制|健全|修改|新建)[^。；;，,0-9]{{0,10}}?(?:制度|办法|规章)[^。；;，,0-9]{{0,6}}?(?P<n>{NUMBER})[项个部]"
)
_STATED_MONEY = re.compile(
    r"(?:追缴|清退|退还|退缴|追回|收回|收缴|挽回)[^。；;，,0-9]{0,10}?(?P<n>[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?P<unit>亿|万|千|百)?元"
)
_STATED_PEOPLE = re.compile(
    rf"(?P<how>{_HOW}|处理|处理人员|问责处理|追责问责)(?:了)?(?:相关|有关|责任)*(?:人员|干部)?\s*(?P<n>[0-9]{{1,6}})[人名](?!次)"
)
_IN_GENERAL = ("处理", "处理人员", "问责处理", "追责问责")


def stated_rules(text: str) -> Iterator[tuple[str, int]]:
    """Yield each number of rules that a text sums up, with its words."""
    for match in _STATED_RULES.finditer(text):
        yield match[0], number_in(match["n"])


def stated_money(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield each amount that a text sums up as returned, in yuan, with its words."""
    for match in _STATED_MONEY.finditer(text):
        yield match[0], Decimal(match["n"]) * _TIMES[match["unit"]]


def stated_people(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each number of people that a text sums up: its words, how dealt with ('' for any)."""
    for match in _STATED_PEOPLE.finditer(text):
        how = "" if match["how"] in _IN_GENERAL else match["how"]
        yield match[0], how, int(match["n"])
