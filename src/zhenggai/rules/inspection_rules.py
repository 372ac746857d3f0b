"""Rules on inspection.yaml and on the ledger as a whole."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from zhenggai.ledger.register import counted_records
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Withdrawal
from zhenggai.model.terms import Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"

# Many more than there are codes, so that of the rest some would be wrong already.
_ENOUGH = 200
_NAMED_AT_MOST = 10


@RULES.on_ledger(
    "R401",
    "规则设置无效",
    Severity.ERROR,
    "“规则”下写 代码: 错误/警告/提示/关闭。"
    "只能写已有的规则代码（见 zhenggai check --explain all）；"
    "无法读取文件一类的错误不能调低，否则问题会从台账里消失；写了案件内容的错误也不能。",
)
def _settings(case: ExaminedLedger) -> Iterator[Problem]:
    for code in islice(case.ledger.inspection.severities, _ENOUGH):
        at = ("规则", code)
        if code in case.codes and case.codes[code].is_fixed:
            what = "读取错误" if code[0] in "FYK" else "不可调整的错误"
            hint = "删去这一行，并改正出错的文件"
            yield Problem(f"{code}是{what}，不能调整", hint, at, _FILE)
        elif code not in case.codes:
            hint = "改正代码或删去这一行；全部代码见 zhenggai check --explain all"
            yield Problem(f"没有代码为“{shorten(code)}”的规则", hint, at, _FILE)


@RULES.on_ledger(
    "R402",
    "巡察日期先后颠倒",
    Severity.ERROR,
    "先有巡察，后有反馈：巡察开始不晚于巡察结束，巡察结束不晚于反馈日期。",
)
def _order_of_days(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    named = [
        ("巡察开始", inspection.started_on),
        ("巡察结束", inspection.ended_on),
        ("反馈日期", inspection.feedback_on),
    ]
    days = [(key, day) for key, day in named if day is not None]
    for (before, first), (after, second) in pairwise(days):
        if first > second:
            message = f"{after}（{second}）早于{before}（{first}）"
            yield Problem(message, "核对这两个日期", (after,), _FILE)


@RULES.on_ledger(
    "R403",
    "声明的方面没有问题",
    Severity.WARNING,
    "inspection.yaml里声明了一个方面，却没有问题归在它下面：可能是漏登了问题，或方面名称写得不一样。",
)
def _empty_aspect(case: ExaminedLedger) -> Iterator[Problem]:
    used = {finding.aspect for finding in case.ledger.findings}
    for index, aspect in enumerate(case.ledger.inspection.aspects):
        if aspect not in used:
            message = f"方面“{shorten(aspect)}”下没有问题"
            yield Problem(message, "补登问题，或删去这个方面", ("方面", index), _FILE)


@RULES.on_ledger(
    "R404",
    "问题数与反馈不符",
    Severity.ERROR,
    "“反馈问题数”是反馈意见里问题的总数，台账里计入的问题要正好是这么多：少了是漏登，多了是重登。"
    "重复登记、误登的问题用 zhenggai void 撤销登记，不再计入；"
    "撤销以后少于反馈问题数的，要有“依据”。由其他问题拆分出来的（拆分自）不另计。",
)
def _findings_reported(case: ExaminedLedger) -> Iterator[Problem]:
    reported = case.ledger.inspection.findings_reported
    if reported is not None:
        yield from _differs(case, "台账", reported, case.ledger.findings, ("反馈问题数",))


@RULES.on_ledger(
    "R405",
    "方面的问题数与反馈不符",
    Severity.ERROR,
    "“方面问题数”是反馈意见里各方面的问题数，台账里这个方面计入的问题要正好是这么多。",
)
def _aspect_findings_reported(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for aspect, reported in islice(inspection.aspect_findings_reported.items(), _ENOUGH):
        of_aspect = [one for one in case.ledger.findings if one.aspect == aspect]
        at = ("方面问题数", aspect)
        yield from _differs(case, f"方面“{shorten(aspect)}”", reported, of_aspect, at)


def _differs(
    case: ExaminedLedger, what: str, reported: int, findings: Sequence[Finding], at: At
) -> Iterator[Problem]:
    """Say where as many findings are counted as cannot be.

    A file that cannot be read may be one that is counted or one that is not: it is an error
    already. A finding that was withdrawn for a basis may lower the number; one that was split off
    another (拆分自) is part of what the feedback counts as one.
    """
    findings = [one for one in findings if one.split_from is None]
    withdrawn = [one for one in findings if case.standing(one).withdrawn]
    baseless = [one.id for one in withdrawn if not _has_basis(one)]
    counted = len(findings) - len(withdrawn)
    possible = counted + len(withdrawn) - len(baseless) + len(case.ledger.unreadable)
    if counted <= reported <= possible:
        return
    hint = "核对是否重登；重复登记、误登的用 zhenggai void 撤销登记"
    if counted < reported:
        hint = "补登漏登的问题"
        if baseless:
            hint += f"；撤销登记的{'、'.join(baseless[:_NAMED_AT_MOST])}未填写依据"
    yield Problem(f"{what}计入{counted}个问题，反馈的是{reported}个", hint, at, _FILE)


def _has_basis(finding: Finding) -> bool:
    return any(isinstance(one, Withdrawal) and one.basis for _, one in counted_records(finding))
