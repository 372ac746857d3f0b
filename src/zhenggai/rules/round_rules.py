"""Rules on what joins a ledger to those of earlier rounds: its identifier, and 上次."""

from collections.abc import Iterator

from zhenggai.ledger.rounds import End, Lost
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem, shorten
from zhenggai.model.references import parse_reference
from zhenggai.model.terms import Severity
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"


@RULES.on_finding(
    "R453",
    "上次和关系只写了一项",
    Severity.ERROR,
    "“上次”写以前的巡察指出的是哪个问题，“关系”写与它的关系（屡改屡犯、未整改到位、新表现），两项要一起写。",
)
def _half_a_link(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.previous and finding.relation is None:
        hint = "补充“关系: ……”，写屡改屡犯、未整改到位或新表现"
        yield Problem("写了“上次”，未填写“关系”", hint, ("上次",))
    if finding.relation and finding.previous is None:
        hint = "补充“上次: 标识/编号”，或删去“关系”"
        yield Problem("写了“关系”，未填写“上次”", hint, ("关系",))


@RULES.on_finding(
    "R454",
    "上次的问题不存在",
    Severity.ERROR,
    "“上次”写以前一本台账的标识和问题的编号。那本台账就在旁边，里面却没有这个编号；"
    "或者写的是这本台账自己；或者几本台账用了同一个标识，无法确定是哪一本。",
)
def _no_such_finding(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if finding.previous is None or case.is_one_finding:
        return
    reference = parse_reference(finding.previous)
    if reference and reference.identifier == case.ledger.inspection.identifier:
        message = f"“上次”写的“{shorten(finding.previous)}”是这本台账自己的问题"
        yield Problem(message, "写以前的台账的标识和编号", ("上次",))
        return
    found = case.rounds.find(finding.previous)
    if isinstance(found, Lost) and found.is_at_hand:
        yield Problem(found.why, "核对“上次”的标识和编号", ("上次",))


@RULES.on_finding(
    "R455",
    "上次的问题未核对",
    Severity.INFO,
    "“上次”写的台账不在这本台账旁边，也不在一起检查的台账里，无从核对。"
    "把两本台账放在同一个文件夹里，或用 --ledger 写放着它们的文件夹。",
)
def _not_at_hand(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if finding.previous is None or case.is_one_finding:
        return
    found = case.rounds.find(finding.previous)
    if isinstance(found, Lost) and not found.is_at_hand:
        hint = "把那本台账放在旁边再检查；标识写错了的，改正"
        yield Problem(f"{found.why}，上次的问题未核对", hint, ("上次",))


@RULES.on_finding(
    "J545",
    "上次的问题不早于这个问题",
    Severity.ERROR,
    "“上次”写以前的巡察指出的问题：那次的反馈日期要早于这本台账的反馈日期，也不能绕一圈又回到这个问题。",
)
def _not_earlier(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    if finding.previous is None or case.is_one_finding:
        return
    reference = parse_reference(finding.previous)
    found = case.rounds.find(finding.previous)
    if not isinstance(found, End) or (reference and reference.identifier == inspection.identifier):
        return
    then, now = found.register.head.terms.feedback_on, inspection.feedback_on
    if then is not None and now is not None and then >= now:
        message = f"上次的问题反馈于{then}，不早于这本台账的反馈日期{now}"
        yield Problem(message, "核对“上次”和两本台账的反馈日期", ("上次",))
    elif case.rounds.is_circle(found):
        message = "“上次”绕了一圈，又回到同一个问题"
        yield Problem(message, "核对各台账里的“上次”", ("上次",))


@RULES.on_ledger(
    "J546",
    "两本台账的标识相同",
    Severity.ERROR,
    "标识使以后的台账能指明是哪一本：一起检查的台账，标识不能相同。复制来的台账要改成自己的标识。",
)
def _same_identifier(case: ExaminedLedger) -> Iterator[Problem]:
    identifier = case.ledger.inspection.identifier
    if identifier is None:
        return
    others = [
        one.name
        for one in case.rounds.given
        if one.head.identifier == identifier and one.folder != case.ledger.folder
    ]
    if others:
        message = f"标识“{identifier}”与台账“{'、'.join(map(shorten, others))}”的相同"
        yield Problem(message, "后建的一本换一个标识", ("标识",), _FILE)


@RULES.on_ledger(
    "J547",
    "台账没有标识",
    Severity.INFO,
    "有了标识，以后的台账才能指明这里的问题（上次: 标识/编号）。"
    "这本台账或一起检查的台账里有问题写了“上次”的，没有标识就提示；写上以后不再改。",
)
def _no_identifier(case: ExaminedLedger) -> Iterator[Problem]:
    ledger = case.ledger
    if ledger.inspection.identifier is None and (
        any(finding.previous for finding in ledger.findings) or case.rounds.has_links
    ):
        hint = "补充“标识: ……”，如 2021-县委-县科技局；zhenggai upgrade 会给出建议"
        yield Problem("台账没有标识，以后的台账无法指明这里的问题", hint, (), _FILE)
