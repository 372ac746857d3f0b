"""Rules that keep disciplinary cases and those who report them out of the ledger.

Leads, inquiries, cases, detention and letters of complaint are kept by the discipline inspection
organ under rules of its own (《中国共产党纪律检查机关监督执纪工作规则》, chapters 4 to 7). A
rectification ledger may give their number, once it was approved.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.figures import approved_totals
from zhenggai.model.declaration import Model
from zhenggai.model.ledger_model import Inspection
from zhenggai.model.problem import At, Problem, named
from zhenggai.model.terms import Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"
_TOTALS = Inspection.DECLARED["approved_totals"].key

# -- the words --------------------------------------------------------------------------------

# Without one of these there is nothing to look for, as in most texts.
_HINTS = (
    *("线索", "初核", "初步核实", "立案", "函询", "留置"),
    *("举报", "检举", "控告", "信访", "审查调查", "监察调查"),
)

# What a lead of another kind leads to.
_OTHER_LEADS = (
    "招商|招引|引资|投资|项目|企业|客户|商机|新闻|报道|就业|用工|欠薪|寻亲|寻人|失踪|走失|文物|考古"
    "|历史|红色|史料|病例|疫情|传染源|溯源|人才|技术|市场|采购|销售"
)
_NOT_OTHER = "".join(f"(?<!{one})" for one in _OTHER_LEADS.split("|"))
_LEAD_OF_A_CASE = (
    "问题|案件|案源|违纪|违法|违规|违纪违法|违规违纪|腐败|犯罪|信访|举报|检举|巡察|巡视|涉黑|涉恶|涉黑涉恶"
    "|纪检|执纪|监督"
)
_DEALT_WITH = (
    "移交|移送|转交|转送|交办|转办|分办|受理|查办|查处|初核|核查|核实"
    "|处置|办结|了结|暂存|摸排|排查|管理"
)
_HANDED_OVER = "移交|移送|转交|转送|交办|转办|查办|初核|处置"
_MANY = "[0-9０-９一二三四五六七八九十两几多]+"
# What is reckoned or weighed for the first time is no person.
_RECKONED = (
    "数据|底数|资产|账目|账面|面积|户数|人数|数量|金额|台账|清单|库存"
    "|灾情|产量|工程|价格|造价|名单|资格"
)

_WORDS = (
    # 问题线索: leads, by what they are of, or by what is done with them.
    rf"(?:{_LEAD_OF_A_CASE}|涉嫌[^，。；、,;]{{0,12}})的?线索",
    rf"(?:{_HANDED_OVER})[^，。；、,;]{{0,10}}?{_NOT_OTHER}线索",
    rf"{_NOT_OTHER}线索(?:的|已|予以|依规|依法|依规依纪|及时|全部)*(?:{_DEALT_WITH})",
    rf"{_NOT_OTHER}线索{_MANY}[条件个]",
    # 初核: the first inquiry into a person.
    rf"(?<![最起当年月期岁原])初核(?!定|.{{0,3}}(?:{_RECKONED}))",
    rf"初步核实(?!了?(?:{_RECKONED}))",
    # 立案: not 建立案例, 设立案卷, nor the counter of a court.
    r"(?<![建设创确成树订独公私])立案(?!庭|大厅|窗口|登记制)",
    r"审查调查|监察调查",
    # 谈话函询: 函询 by itself is also how one office asks another.
    r"谈话[、和及或]?函询|函询[、和及或]?谈话",
    r"(?:予以|被|开展|组织|接受|进行|采取|采用|对[^，。；、,;发]{1,8})了?函询(?!问)|函询(?:方式)?处置",
    rf"函询了?{_MANY}[人名件次批]",
    # 留置: not 保留|置换, nor what is left in place in medicine, law and laboratories.
    r"(?<![保停遗滞预])留置(?!针|导|胃?管|送达|权|观察|样|静脉|取样|价)",
    # 举报人: whoever reports; their number (人次, 人数) names nobody.
    r"(?:举报|检举|控告|检举控告|实名)(?:人|者)(?![次数均])",
    # 信访件: letters of complaint; mailboxes, telephones and news are none.
    r"信访(?:举报|投诉|检举|交办|转办|督办|反映)?(?:问题)?(?:件|信件|信(?![箱息用访]))",
    r"(?:举报|检举|控告)(?:交办|转办|问题)?(?:件|信件|材料|信(?![箱息用访]))",
    rf"(?:信访举报|检举控告|信访|举报|检举|控告)(?:问题)?{_MANY}[件封]",
)
_CASE = re.compile("|".join(_WORDS))
# The name of a set of rules (《问题线索处置办法》) tells of no case.
_NAME_OF_RULES = re.compile(
    "《[^《》]*(?:制度|办法|规定|规则|规程|条例|细则|规范|指引|流程)(?:（[^（）]*）|\\([^()]*\\))?》"
)


def case_words(text: str) -> list[str]:
    """Return the words of a text that tell of a case not to be kept here, each once."""
    compact = _compact(text)
    if not any(hint in compact for hint in _HINTS):
        return []
    found = _CASE.finditer(_NAME_OF_RULES.sub("", compact))
    return list(dict.fromkeys(match[0] for match in found))


def _compact(text: str) -> str:
    """Leave out blanks and what does not show: they do not keep a reader from reading on."""
    text = "".join(text.split())
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


# -- where they stand -------------------------------------------------------------------------


class _Text(NamedTuple):
    """A text of a model: where it stands, and whether it may stand in a published paper."""

    at: At
    text: str
    is_published: bool


class CasePlace(NamedTuple):
    """A text that tells of a case: where it stands, the words, whether it may be published."""

    at: At
    words: tuple[str, ...]
    is_published: bool

    @property
    def sentence(self) -> str:
        """Where it stands and what it says, the way a person would name it."""
        return f"{named(self.at)}写有“{'”“'.join(self.words)}”"


def case_places(model: Model) -> list[CasePlace]:
    """Return the texts of a finding or an inspection that tell of a case not to be kept here."""
    gathered: list[str] = []
    _gather(vars(model).values(), gathered)
    # One look through all of them: hardly any finding has more to be looked at.
    together = _compact("".join(gathered))
    if not any(hint in together for hint in _HINTS):
        return []
    return [
        CasePlace(one.at, tuple(words), one.is_published)
        for one in _texts(model, (), is_published=True)
        if (words := case_words(one.text))
    ]


def _gather(values: Iterable[Any], texts: list[str]) -> None:
    """Collect every text in some values; terms of the program's own are none."""
    for value in values:
        if value is None:
            continue
        kind = type(value)
        if kind is str:
            texts.append(value)
        elif kind is tuple:
            _gather(value, texts)
        elif kind is dict:
            _gather((*value.keys(), *value.values()), texts)
        elif isinstance(value, Model):
            _gather(vars(value).values(), texts)


def _texts(value: Any, at: At, *, is_published: bool) -> Iterator[_Text]:
    """Walk the texts of a value with their places; approved totals may name what they count."""
    if type(value) is str:
        yield _Text(at, value, is_published)
    elif isinstance(value, Model):
        for name, one in value.DECLARED.items():
            if one.key != _TOTALS:
                published = is_published and one.publish
                yield from _texts(getattr(value, name), (*at, one.key), is_published=published)
    elif type(value) is tuple:
        for place, one in enumerate(value):
            yield from _texts(one, (*at, place), is_published=is_published)
    elif type(value) is dict:
        for key, one in value.items():
            if type(key) is str:
                yield _Text((*at, key), key, is_published)
            yield from _texts(one, (*at, key), is_published=is_published)


def refuse_typed(model: Model, before: Model | None = None) -> None:
    """Raise RefusedError where a finding or an inspection tells of a case, and did not before.

    What a published notice may say is refused as well, once it is typed in.
    """
    known = {place.sentence for place in case_places(before)} if before else set()
    for place in case_places(model):
        if place.sentence not in known:
            raise RefusedError(f"未写入：{place.sentence}（S901）；{_HINT}")


def refuse_cases(paper: str, inspection: Inspection) -> None:
    """Raise RefusedError where a paper tells of a case: a template may have words of its own."""
    if inspection.notice is not None and inspection.notice.is_original:
        return
    said = paper.replace(approved_totals(inspection), "") if inspection.approved_totals else paper
    for line in said.split("\n"):
        if words := case_words(line):
            raise RefusedError(f"文书里写有“{'”“'.join(words)}”，未写入；从模板里删去")


# -- the rules --------------------------------------------------------------------------------

_HINT = (
    f"这类内容不在台账里登记，删去或改写；要写数字的，用经审定的数（inspection.yaml的“{_TOTALS}”）"
)


@RULES.on_ledger(
    "S901",
    "不应登记的案件内容",
    Severity.ERROR,
    "问题线索、初核、立案、谈话函询、留置、举报人、信访件由纪检监察机关另行管理，不在整改台账里登记，"
    "也不写进文书：知悉范围越小越好。这样的台账不能生成任何文书；命令里写了这些话，也不登记。"
    "确需说明的，只写经审定的数（inspection.yaml的“经审定数”）。",
)
def _cases(case: ExaminedLedger) -> Iterator[Problem]:
    for file, place in _places(case):
        if not (place.is_published and _is_original(case)):
            yield Problem(place.sentence, _HINT, place.at, file)


@RULES.on_ledger(
    "S902",
    "通报原文里的案件内容",
    Severity.INFO,
    "由公布的通报导入的台账（“通报”下“原文: 是”），原文里写到问题线索、立案一类内容的照原样保留，"
    "只在这里说明共有几处；以后用命令登记的，同样不能写。",
)
def _published_cases(case: ExaminedLedger) -> Iterator[Problem]:
    number = sum(place.is_published for _, place in _places(case)) if _is_original(case) else 0
    if number:
        message = f"通报原文里有{number}处写到案件、线索等内容"
        yield Problem(message, "原文已经公布，照原样保留；新登记的不要写", ("通报", "原文"), _FILE)


def _places(case: ExaminedLedger) -> Iterator[tuple[str, CasePlace]]:
    ledger = case.ledger
    yield from ((_FILE, place) for place in case_places(ledger.inspection))
    for finding in ledger.findings:
        yield from ((finding.file_name, place) for place in case_places(finding))


def _is_original(case: ExaminedLedger) -> bool:
    notice = case.ledger.inspection.notice
    return notice is not None and notice.is_original


@RULES.on_ledger(
    "S903",
    "案件的数未经审定",
    Severity.ERROR,
    "案件一类的数字要经有权机关审定才能写：填写“经审定数”的，同时写明“审定人”和“审定日期”。"
    "通报的文字里用占位符 {经审定数}，写出来就是“立案审查调查3人”。",
)
def _not_approved(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    if not inspection.approved_totals:
        return
    if inspection.totals_approved_by is None:
        yield Problem("填写了经审定数，但未填写审定人", "补充“审定人: ……”", (_TOTALS,), _FILE)
    if inspection.totals_approved_on is None:
        hint = "补充“审定日期: 2021-05-18”"
        yield Problem("填写了经审定数，但未填写审定日期", hint, (_TOTALS,), _FILE)
    elif inspection.totals_approved_on > case.present:
        message = f"审定日期{inspection.totals_approved_on}在今天（{case.present}）之后"
        yield Problem(message, "审定以后再写", ("审定日期",), _FILE)
