"""Rules that keep disciplinary cases and those who report them out of the ledger.

Leads, inquiries, cases, detention and letters of complaint are kept by the discipline inspection
organ under rules of its own (《中国共产党纪律检查机关监督执纪工作规则》, chapters 4 to 7). A
rectification ledger may give their number, once it was approved.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.figures import approved_totals
from zhenggai.model.declaration import Model
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import At, Problem, named
from zhenggai.model.terms import Severity
from zhenggai.rules.case_words import as_read, case_words, may_tell_of_cases, names_only_work
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"
_TOTALS = Inspection.DECLARED["approved_totals"].key
# Copied from the feedback: what they name may be the work on cases itself.
_FROM_THE_FEEDBACK = {
    *(Finding.DECLARED[name].key for name in ("title", "manifestations", "aspect")),
    *(Inspection.DECLARED[name].key for name in ("aspects", "aspect_findings_reported")),
}

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
    if not may_tell_of_cases("".join(gathered)):
        return []
    return [
        CasePlace(one.at, tuple(words), one.is_published)
        for one in _texts(model, (), is_published=True)
        if (words := case_words(one.text)) and not _names_work(one)
    ]


def _names_work(one: _Text) -> bool:
    """Whether a text stands where the feedback is copied, and names a kind of work."""
    return one.at[0] in _FROM_THE_FEEDBACK and names_only_work(one.text)


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


def refuse_cases(paragraphs: Iterable[str], ledger: Ledger, where: str = "模板") -> None:
    """Raise RefusedError where a paper tells of a case: a template may have words of its own.

    `paragraphs` are the paper's as they are read, without markup; `where` is what has the words.
    """
    inspection = ledger.inspection
    if inspection.notice is not None and inspection.notice.is_original:
        return
    suspicious = [as_read(one) for one in paragraphs if may_tell_of_cases(one)]
    if not suspicious:
        return
    may_be_said = _may_be_said(ledger)
    for said in suspicious:
        rest = reduce(lambda left, text: left.replace(text, "。"), may_be_said, said)
        if words := case_words(rest):
            raise RefusedError(f"文书里写有“{'”“'.join(words)}”，未写入；从{where}里删去")


def _may_be_said(ledger: Ledger) -> list[str]:
    """Return what papers say of cases and may, as it is read: approved totals, names of work."""
    totals = ledger.inspection.approved_totals
    said = {approved_totals(ledger.inspection), *(f"{name}{totals[name]}" for name in totals)}
    for model in (ledger.inspection, *ledger.findings):
        said.update(
            one.text.rstrip("。；")
            for one in _texts(model, (), is_published=True)
            if case_words(one.text) and _names_work(one)
        )
    return sorted((as_read(text) for text in said if text), key=len, reverse=True)


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
    "法院、提案、行政执法的立案，低保、职称、材料的初核一类别的工作不算；“问题”“具体表现”“方面”"
    "照反馈意见写、只说某类工作做得怎样的（问题线索处置不规范），可以写。"
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


_KINDS_OF_TOTALS = (
    *(
        "问题线索",
        "初步核实",
        "初核",
        "谈话函询",
        "立案",
        "立案审查调查",
        "审查调查",
        "留置",
        "信访举报",
    ),
    *(
        "检举控告",
        "移送司法",
        "移送检察机关",
        "了结",
        "采取强制措施",
        "处分",
        "党纪处分",
        "政务处分",
    ),
    *(
        "党纪政务处分",
        "组织处理",
        "组织调整",
        "诫勉谈话",
        "提醒谈话",
        "批评教育",
        "问责",
        "主动投案",
    ),
)


@RULES.on_ledger(
    "S904",
    "经审定数的名称不在所列",
    Severity.ERROR,
    "经审定数只写一类事项和它的数，名称只能是下列之一，不写人名、案情："
    + "、".join(_KINDS_OF_TOTALS)
    + "。",
)
def _unknown_totals(case: ExaminedLedger) -> Iterator[Problem]:
    for name in case.ledger.inspection.approved_totals:
        if name not in _KINDS_OF_TOTALS:
            hint = f"只能写：{'、'.join(_KINDS_OF_TOTALS)}"
            yield Problem(f"经审定数的名称“{name}”不在所列", hint, (_TOTALS, name), _FILE)
