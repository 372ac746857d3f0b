"""Countable results that a text tells: rules made, money returned, people dealt with.

Of a finding only what is told whole is taken: a rule by its name in 《》, money with its unit,
people with how they were dealt with. 人次 counts talks, not people.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhenggai.ledger.done_words import future_word
from zhenggai.ledger.printed_amounts import AMOUNT, clause_at, plain, yuan
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
# What gives money back by itself, and what may tell once more of money that was taken back.
_RETURNS = "追缴|追回|追收|追偿|清退|清缴|退还|退缴|退赔|退回|退交|收回|收缴|缴回"
_AGAIN = "上缴|上交|缴入|挽回"
_TO_THE_STATE = "国库|财政|国资|专户|非税"
_MANNER = "(?:现|均|都|已经|已|全部|全额|足额|如数|悉数|一次性)+"
_HOW = (
    "提醒谈话|谈话提醒|批评教育|诫勉谈话|谈话诫勉|诫勉|警示谈话|约谈|通报批评"
    "|党内警告处分|党内警告|党内严重警告处分|党内严重警告|党纪政务处分|党政纪处分|党纪政纪处分"
    "|政务警告处分|政务警告|政务记过处分|政务记过|政务记大过|政务降级|政务撤职|政务处分|党纪处分|政纪处分|纪律处分"
    "|组织处理|组织调整|责令检查|责令作出书面检查|责令作出检查|作出书面检查|书面检查|书面检讨"
    "|调离岗位|调整岗位|离岗培训|停职检查|引咎辞职|责令辞职|追责问责|问责|免职|降职|撤职"
)
_IN_ANY_WAY = "处理处分|处理|处分|追究责任"
_WHO = (
    "(?:了)?(?:(?:相关|有关|涉案|违规|违纪|违法|失职|失责|其他)*(?:党员|领导|工作|管理|责任)*"
    "(?:干部职工|干部|人员|职工|负责人|责任人|人)?"
    "|(?!企业|商户|单位|代理|施工|监理|业主|群众|经销|学生|家长)[^，。；;、0-9《》]{1,10}?"
    "(?:干部|人员|职工|责任人|书记|主任|党员|同志))(?:共|计|合计|共计)?"
)
_MANY = f"(?P<n>{NUMBER})"
_PERSONS = "(?:[名位]|个人|人次|人(?!均|员名单))"
_DEALT = "(?:分别)?(?:给予|予以|进行|进行了|作出|实施|开展)?"
_PEOPLE = (
    rf"(?:对|给予)[^，。；;、0-9]{{0,10}}?{_MANY}{_PERSONS}[^，。；;、0-9]{{0,14}}?{_DEALT}(?P<how>{_HOW})",
    rf"(?P<how>{_HOW}){_WHO}\s*{_MANY}{_PERSONS}",
    rf"{_MANY}{_PERSONS}[^，。；;、0-9]{{0,8}}?(?:被|受到|给予)[^，。；;、0-9]{{0,4}}?(?P<how>{_HOW})",
)
# Behind one of the above the next in the list needs no verb of its own: 、1名经办人批评教育.
_ONE_MORE = rf"[、，,和]\s*(?:对)?{_MANY}{_PERSONS}[^，。；;、0-9]{{0,10}}?{_DEALT}(?P<how>{_HOW})"
_EACH = rf"(?P<hows>(?:{_HOW})(?:(?:[、和及与])(?:{_HOW}))+){_WHO}各\s*{_MANY}{_PERSONS}"
_PEOPLE_IN_GENERAL_BEHIND = (
    rf"对[^，。；;、0-9]{{0,10}}?{_MANY}{_PERSONS}[^，。；;、0-9]{{0,12}}?{_DEALT}"
    "(?:了)?(?:严肃|相应)?(?P<how>处理|处分|追责)(?!的)"
)
_PEOPLE_IN_GENERAL = (
    rf"(?P<how>{_IN_ANY_WAY}){_WHO}\s*{_MANY}(?:人次|人|[名位](?:党员|领导|责任|相关|有关|干部|工作人员|职工|人员))"
    r"(?=$|[，。；;、：:,）)（(]|[党领责相有干职工])"
)
IN_ANY_WAY = "处理"
"""How people were dealt with where the text says no more than that they were."""


def rules_in(text: str) -> list[str]:
    """Return the names of the rules that a text says were made or changed."""
    return [f"《{name}》" for made in re.findall(_MADE, text) for name in re.findall(_RULE, made)]


_RULE_NOUN = "(?:规章制度|制度|长效机制|机制|管理办法|办法|规章|规定|规程|细则)"
_MADE_SOME = (
    "(?:制定|制订|修订|修改|出台|印发|完善|建立|健全|新建|新增|新制定)"
    "(?:了|并|和|、|制定|制订|修订|修改|完善|建立|健全|出台|实施|执行)*"
)
_COUNTED_RULES = (
    rf"{_MADE_SOME}[^。；;，,0-9《》]{{0,24}}?{_RULE_NOUN}(?:类文件)?(?:共|共计|等)?\s*(?P<n>{NUMBER})(?:余)?[项个部]",
    rf"{_MADE_SOME}(?:《[^《》]*》[、和及与]*)*(?:等)?\s*(?P<n>{NUMBER})[项个部][^。；;，,0-9《》]{{0,8}}?{_RULE_NOUN}(?!建设)",
    rf"{_MADE_SOME}(?:《[^《》]*》[、和及与]*)+等[^。；;，,0-9《》]{{0,6}}?{_RULE_NOUN}\s*(?P<n>{NUMBER})[项个部]",
)


def rules_counted(text: str) -> list[str]:
    """Return the words by which a text counts rules that it does not name: 出台制度4个.

    Of those that it names some of, the rest is counted.
    """
    found: dict[int, str] = {}
    for pattern in _COUNTED_RULES:
        for match in re.finditer(pattern, text):
            if _is_ahead(text, match.start(), match.end()) or match.end("n") in found:
                continue
            if "余" in match[0]:
                continue
            named = len(_named_around(text, match.start(), match.end()))
            number = number_in(match["n"])
            if not named:
                found[match.end("n")] = match[0]
            elif number > named:
                found[match.end("n")] = f"未写名称的制度{number - named}项"
            else:
                found[match.end("n")] = ""
    return [words for _, words in sorted(found.items()) if words]


def rules_in_entry(entry: str) -> int:
    """Return how many rules an entry of 建章立制 stands for: those it counts, or one."""
    if "《" in entry:
        return 1
    match = re.search(rf"({NUMBER})[项个部](?:[^0-9]{{0,8}}{_RULE_NOUN})?$", entry)
    return number_in(match[1]) if match else 1


def _named_around(text: str, start: int, end: int) -> list[str]:
    """Return the rules named in the sentence that counts them, up to the next that is counted."""
    rest = re.split("[。；;]", text[end : end + _LONGEST_SENTENCE], maxsplit=1)[0]
    return re.findall(_RULE, text[start:end] + rest)


def _is_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause around a place of a text tells of what is still to come, or was not."""
    begin, stop = clause_at(text, start)
    clause = text[begin : max(stop, end)]
    return bool(
        future_word(clause)
        or re.search(_NOT_DONE, text[begin:start])
        or re.search(_BY_A_DAY, clause)
    )


_NOT_DONE = (
    "(?:(?<![对相供适响反])应(?![急用])|必须|须|(?<![按急])需|待|未|无法|难以|不再|限期|预计|力争|确保|争取|准备|建议)"
    "[^，。；;]{0,8}$"
)
_BY_A_DAY = "(?:年底|月底|季度末|[0-9]日|[0-9]月|年内|年末)(?:之)?前|(?:预计|力争)"


class _Sum(NamedTuple):
    """A sum of money in a text: where it stands, by which word, how much.

    Whether it sums up others, and whether somebody was only told to return it.
    """

    at: int
    verb: str
    yuan: Decimal
    is_total: bool = False
    is_ordered: bool = False


# What may stand between: also of how many it was taken back, as in 追回补助2户3.6万元.
_COUNTING = "(?:[^。；;，,0-9]|[0-9]{1,6}(?=[户人名家笔处件个起次项]))"
_BEFORE = (
    rf"(?P<verb>{_RETURNS}|挽回|(?:上缴|上交|缴入)(?:市|县|区|省|本级|同级)*(?:{_TO_THE_STATE})?)"
    rf"(?P<gap>{_COUNTING}{{0,24}}?)(?P<sum>{AMOUNT})"
)
_BEHIND = (
    rf"(?P<sum>{AMOUNT})[^。；;，,0-9]{{0,16}}?[，,]?[^。；;，,0-9]{{0,6}}?"
    rf"(?:(?:{_MANNER}|予以|进行了)(?:予以|由[^，。；;]{{1,8}}|按规定|按时|主动|及时)*"
    rf"(?P<verb>{_RETURNS}|{_AGAIN})"
    rf"|(?P<state>(?:上缴|上交|缴入)[^，。；;0-9]{{0,4}}(?:{_TO_THE_STATE})))"
    rf"(?![^。；;，,]{{0,14}}?{AMOUNT})"
)
# What others owe is no money to be given back: 收回欠款, 收回逾期贷款本息.
_A_DEBT = "欠款|欠费|欠租|欠缴|拖欠|货款|贷款|借款|应收|往来款|账款|房租|租金"
_NOT_OWED = "多付|多收|多发|超付|重复|违规|违纪|虚|套取|挪用"


def _is_a_debt(verb: str, words: str) -> bool:
    """Whether words tell of a debt that was called in, not of money that was paid wrongly."""
    is_called_in = verb in ("收回", "追收", "收缴", "清缴")
    return is_called_in and bool(re.search(_A_DEBT, words)) and not re.search(_NOT_OWED, words)


_NEAR, _LONGEST_SENTENCE = 8, 1000
_HANDED_IN = ("上缴", "上交", "缴入")
_ROUGHLY = "(?:约|近|超|超过|逾|不少于|大约|将近)$"


def money_in(text: str) -> list[Decimal]:
    """Return the amounts that a text tells to have been returned, in yuan, each once."""
    return [one.yuan for one in _returned_in(text)]


def _returned_in(text: str) -> list[_Sum]:
    text = plain(text)
    found: dict[int, _Sum] = {}
    for pattern in (_BEFORE, _BEHIND):
        for match in re.finditer(pattern, text):
            one = _sum(text, match)
            if one is not None:
                found.setdefault(one.at, one)
    sums = sorted(found.values())
    done = [one for one in sums if not one.is_ordered]
    return _each_once(done or sums)  # 督促退还56万元，已退还30万元


def _sum(text: str, match: re.Match[str]) -> _Sum | None:
    """Return the sum that a match tells to have been returned; None where it does not say so."""
    start, end = match.span("sum")
    verb = match["verb"] or match.groupdict().get("state") or ""
    begin, _ = clause_at(text, match.start())
    before = text[begin : match.start("verb") if match["verb"] else end]
    is_rough = text.startswith(("左右", "以上", "多", "余"), end) or (
        re.search(_ROUGHLY, text[max(0, start - _NEAR) : start]) is not None
    )
    is_part = text.startswith(("其中", "含", "包括"), begin)
    if is_rough or is_part or _is_ahead(text, match.start(), match.end()):
        return None
    around = text[begin : end + 8]
    behind = re.match("[^，。；;、,]{0,6}", text[end : end + _NEAR])
    if _is_a_debt(verb, match[0] + (behind[0] if behind else "")):
        return None
    if verb[:2] in _HANDED_IN and (
        re.search("拍卖|出让|租金|收益|税", around)
        or not re.search(f"{_TO_THE_STATE}|违规|违纪|结余|结转|非法", around)
    ):
        return None
    is_total = re.search("累计|共计|合计|总计|共", before) is not None
    is_ordered = re.search("督促|责令|责成|要求|催", before) is not None
    return _Sum(start, verb, yuan(match["sum"]), is_total, is_ordered)


def _each_once(found: list[_Sum]) -> list[_Sum]:
    """Leave out what tells once more of money that was told already: 上缴, and a sum of sums."""
    plainly = [one for one in found if one.verb[:2] not in _AGAIN.split("|")]
    kept = plainly or found[:1] + [one for one in found[1:] if one.verb[:2] == found[0].verb[:2]]
    return without_totals(kept)


def without_totals(found: list[_Sum]) -> list[_Sum]:
    """Put a sum of sums in place of those that it sums up."""
    whole, by_verb, number = Decimal(0), defaultdict[str, Decimal](Decimal), Counter[str]()
    for one in found:
        whole += one.yuan
        by_verb[one.verb[:1]] += one.yuan
        number[one.verb[:1]] += 1
    for total in (one for one in found if one.is_total):
        verb = total.verb[:1]
        if len(found) > 1 and whole == 2 * total.yuan:
            return [total]
        if number[verb] > 1 and by_verb[verb] <= 2 * total.yuan:
            return [one for one in found if one is total or one.verb[:1] != verb]
    return found


def money_of(texts: Sequence[tuple[str, str]], also: Sequence[str] = ()) -> Decimal:
    """Return what a finding tells to have been returned: of each measure its text and outcome.

    An outcome that says the same sum again tells of the same money, and so does what else is said
    of the finding (`also`) where that is a sum told already, or all of them together.
    """
    found: list[_Sum] = []
    for text, outcome in texts:
        mine = _returned_in(text)
        known = [one.yuan for one in mine]
        for one in _returned_in(outcome):
            if one.yuan in known:
                known.remove(one.yuan)
            else:
                mine.append(one)
        found += mine
    whole = sum((one.yuan for one in found), Decimal(0))
    known = [whole, *(one.yuan for one in found)]
    for one in (x for text in also for x in _returned_in(text)):
        if one.yuan not in known:
            found.append(one)
            known.append(one.yuan)
    return sum((one.yuan for one in _each_once(found)), Decimal(0))


def people_in(text: str) -> list[tuple[str, int]]:
    """Return how people were dealt with and how many, each place of the text once."""
    text = plain(text)
    found = _people_at(text)
    return _with_those_in_general(text, [found[at] for at in sorted(found)])


def _people_at(text: str) -> dict[int, tuple[str, int]]:
    """Return how people were dealt with and how many, by the place where it is said."""
    found: dict[int, tuple[str, int]] = {}
    used: set[int] = set()
    for match in re.finditer(_EACH, text):
        if not _is_ahead(text, match.start(), match.end()):
            for how in re.finditer(_HOW, match["hows"]):
                found[match.start("hows") + how.start()] = (how[0], number_in(match["n"]))
            used.add(match.start("n"))
    one_more = re.compile(_ONE_MORE)
    for pattern in _PEOPLE:
        for match in re.finditer(pattern, text):
            also: re.Match[str] | None = match
            while also and _note_people(text, also, found, used):
                also = one_more.match(text, also.end())
    return found


def _note_people(
    text: str, match: re.Match[str], found: dict[int, tuple[str, int]], used: set[int]
) -> bool:
    """Note whom a match tells of, unless that is noted, or is still to come."""
    if match.start("how") in found or match.start("n") in used:
        return False
    if _is_ahead(text, match.start(), match.end()):
        return False
    found[match.start("how")] = (match["how"], number_in(match["n"]))
    used.add(match.start("n"))
    return True


def _with_those_in_general(text: str, each: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Add those of whom nothing is said but that they were dealt with (处理3人).

    Where it is said how, that is the same people: these are taken if they are as many.
    """
    general = [
        number_in(match["n"])
        for pattern in (_PEOPLE_IN_GENERAL, _PEOPLE_IN_GENERAL_BEHIND)
        for match in re.finditer(pattern, text)
        if not _is_ahead(text, match.start(), match.end())
    ]
    if not general or sum(number for _, number in each) >= sum(general):
        return each
    return [(IN_ANY_WAY, sum(general))]


# -- what a notice sums up --------------------------------------------------------------------

_STATED_RULES = (
    f"(?:制定|制订|修订|出台|完善|建立|建章立制|健全|修改|新建)[^。；;，,0-9]{{0,10}}?(?:制度|"
    f"办法|规章)[^。；;，,0-9]{{0,6}}?(?P<n>{NUMBER})[项个部]"
)
_AROUND = 40
_ABOUT = "约|近|超|逾|不少于|以上"
_STATED_MONEY = rf"(?P<verb>{_RETURNS}|挽回){_COUNTING}{{0,10}}?(?P<sum>{AMOUNT})"
_STATED_PEOPLE = rf"(?P<how>{_HOW}|处理人员|处理|问责处理|追责问责){_WHO}\s*{_MANY}[人名]"
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
    """Yield each number of rules that a text sums up as made, with its words."""
    for match in re.finditer(_STATED_RULES, text):
        first = max(0, match.start() - _AROUND)
        around = text[first : match.end() + _AROUND]
        near = re.split("[，。；;、]", around[: match.start() - first])[-1]
        is_ahead = _is_ahead(around, match.start() - first, match.end() - first)
        if not is_ahead and not re.search("年内|再$|拟$|将|其中", near):
            yield match[0], number_in(match["n"])


def stated_money(text: str) -> Iterator[Returned]:
    """Yield each amount that a text sums up as returned, but for those told roughly."""
    for match in re.finditer(_STATED_MONEY, plain(text)):
        if re.search(_ABOUT, match[0]) is None and not _is_a_debt(match["verb"], match[0]):
            yield _returned(match, _way(match["verb"]))


def _returned(match: re.Match[str], way: str) -> Returned:
    return Returned(match[0], way, yuan(match["sum"]), _step(match["sum"]))


def _step(amount: str) -> Decimal:
    """Return in which steps an amount is printed: 2.4万元 in those of 1000元."""
    match = re.fullmatch(r"[0-9,]+\.([0-9]+)\s*([^0-9]*元)", amount)
    return yuan("1" + match[2]) / 10 ** len(match[1]) if match else Decimal(1)


_STATED_SUMS = (
    r"(?P<verb>已(?:完成)?整改(?:到位)?(?:问题)?(?:金额|资金)?|(?:完成整改|整改到位)(?:问题)?(?:金额|资金)?|(?:问题)?涉及(?:问题)?(?:资金|金额)|问题金额)"
    rf"(?:问题)?[^。；;，,0-9问题个项]{{0,6}}?(?P<sum>{AMOUNT})"
)


def stated_sums(text: str) -> Iterator[Returned]:
    """Yield each amount that a text sums up of an audit: 问题金额 and 已整改金额 are the ways."""
    for match in re.finditer(_STATED_SUMS, plain(text)):
        if re.search(_ABOUT, match[0]) is None:
            way = "已整改金额" if "整改" in match["verb"] else "问题金额"
            yield _returned(match, way)


def stated_people(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each number of people that a text sums up: its words, how dealt with ('' for any)."""
    for match in re.finditer(_STATED_PEOPLE, plain(text)):
        how = IN_GENERAL if match["how"] in _ANY else match["how"]
        yield match[0], how, number_in(match["n"])


# -- what may be compared ---------------------------------------------------------------------

_WAYS = {"追": "追回", "收": "追回", "清": "清退", "退": "清退"}


def _way(verb: str) -> str:
    return _WAYS.get(verb[0], verb)


def money_by_way(texts: Sequence[str]) -> dict[str, Decimal]:
    """Return what texts tell to have been returned, in yuan, by the way it was."""
    found: dict[str, Decimal] = {}
    for text in texts:
        for one in _returned_in(text):
            found[_way(one.verb)] = found.get(_way(one.verb), Decimal(0)) + one.yuan
    return found


_UNCOUNTED_MONEY = f"(?:{_RETURNS})[^。；;，,0-9]{{0,24}}(?:款|金|费|补贴|津贴|补助|薪酬|工资)"


def returns_uncounted(text: str) -> bool:
    """Whether a text tells that money was returned, and not how much."""
    return any(
        re.search(_UNCOUNTED_MONEY, clause)
        and not re.search(rf"{AMOUNT}|[0-9一二三四五六七八九十]\s*[余多亿万千百]{{0,2}}元", clause)
        for clause in re.split("[。；;，,]", plain(text))
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
    counted = set(_people_at(plain(text)))
    return any(
        match.start() not in counted and counts_as(match[0], stated)
        for match in re.finditer(_HOW, text)
    )
