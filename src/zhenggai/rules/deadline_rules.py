"""Rules on time passing: they say what is due, not that the ledger is wrong."""

from collections.abc import Iterator

from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import At, Problem
from zhenggai.model.terms import Kind, Severity, Stage, Timing
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_IN_TIME = "按期完成并销号；不能完成的，在到期前申请延期"


@RULES.on_finding(
    "T601",
    "逾期",
    Severity.ERROR,
    "过了整改时限（最近一次延期的新时限，否则整改时限）尚未销号；时限当天不算逾期。"
    "长期坚持的问题过了复核周期没有督查记录，也是逾期。check因此以1退出。",
)
def _overdue(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.timing is Timing.OVERDUE and state.days_left is not None:
        late = -state.days_left
        if finding.kind is Kind.LONG_TERM:
            message = f"问题{finding.id}应于{state.deadline}复核，已逾期{late}天（{_who(finding)}）"
            yield Problem(message, "复核后登记一条“督查”记录", _where(finding, case))
        else:
            message = f"问题{finding.id}应于{state.deadline}完成，已逾期{late}天（{_who(finding)}）"
            hint = "尽快完成并销号；已经完成的，补登“销号”记录"
            yield Problem(message, hint, _where(finding, case))


@RULES.on_finding(
    "T602",
    "临期",
    Severity.WARNING,
    "离时限不到inspection.yaml里“预警天数”中的某一档（默认20、10、3天）。",
)
def _due_soon(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.timing is Timing.DUE_SOON and not _fails(state.days_left, case):
        yield Problem(_remaining(finding, case), _IN_TIME, _where(finding, case))


@RULES.on_finding(
    "T603",
    "在--warn-days之内到期",
    Severity.ERROR,
    "用 check --warn-days N 时，N天之内到期的问题也以1退出，便于提前处理。",
)
def _due_within(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if _fails(case.standing(finding).days_left, case):
        yield Problem(_remaining(finding, case), _IN_TIME, _where(finding, case))


@RULES.on_finding(
    "T604",
    "进展缓慢",
    Severity.INFO,
    "问题已经启动、尚未销号，但超过一个督查周期（inspection.yaml的“督查周期”，默认每周）"
    "没有新的记录，也没有新完成的措施。",
)
def _stale(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.timing is Timing.STALE:
        message = f"问题{finding.id}已{state.idle_days}天无进展（{_who(finding)}）"
        yield Problem(message, "督查后登记一条“督查”记录", ("记录",))


@RULES.on_finding(
    "T605",
    "措施过了时限",
    Severity.WARNING,
    "措施自己的时限过了尚未完成。问题本身未过时限，因此只作警告。",
)
def _measure_overdue(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if case.standing(finding).stage is Stage.CLOSED:
        return
    for index, measure in enumerate(finding.measures):
        if measure.done_on is None and measure.due and measure.due < case.today:
            late = (case.today - measure.due).days
            message = f"措施{finding.number}.{index + 1}应于{measure.due}完成，已过{late}天"
            yield Problem(message, "完成后填“完成”日期", ("措施", index, "时限"))


def _fails(days_left: int | None, case: ExaminedLedger) -> bool:
    return (
        case.fail_within is not None
        and days_left is not None
        and 0 <= days_left <= case.fail_within
    )


def _remaining(finding: Finding, case: ExaminedLedger) -> str:
    state = case.standing(finding)
    when = "今天到期" if state.days_left == 0 else f"距时限{state.days_left}天"
    return f"问题{finding.id}{when}（{state.deadline}，{_who(finding)}）"


def _who(finding: Finding) -> str:
    return "、".join(finding.departments) or "责任科室未填写"


def _where(finding: Finding, case: ExaminedLedger) -> At:
    """Point at the line that sets the deadline in force."""
    if finding.kind is Kind.LONG_TERM:
        return ("复核周期",)
    extension = case.journal(finding).extension
    return ("记录", extension.place, "新时限") if extension else ("整改时限",)
