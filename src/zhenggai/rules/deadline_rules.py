"""Rules on time passing: they say what is due, not that the ledger is wrong."""

from collections.abc import Iterator

from zhenggai.ledger.register import departments_of
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import At, Problem
from zhenggai.model.terms import Severity, Timing
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_IN_TIME = "按期完成并申请销号；不能完成的，在到期前申请延期"
_REMEDY = "尽快完成，附佐证材料申请销号"


@RULES.on_finding(
    "T601",
    "逾期",
    Severity.ERROR,
    "过了整改时限（最近一次延期的新时限，否则整改时限）尚未申请销号；"
    "销号程序里没有申请的，看销号。时限当天不算逾期。"
    "长期坚持的问题有整改时限的，看到措施全部完成为止；没有的、措施全部完成的，过了检视周期没有督查记录，"
    "也是逾期。check因此以1退出。",
)
def _overdue(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.timing is Timing.OVERDUE and state.days_left is not None:
        late = -state.days_left
        if state.is_review:
            message = f"问题{finding.id}应于{state.deadline}检视，已逾期{late}天（{_who(finding)}）"
            yield Problem(message, "检视后登记一条“督查”记录", _where(finding, case))
        else:
            message = f"问题{finding.id}应于{state.deadline}完成，已逾期{late}天（{_who(finding)}）"
            yield Problem(message, _REMEDY, _where(finding, case))


@RULES.on_finding(
    "T602",
    "临期",
    Severity.WARNING,
    "离时限不到inspection.yaml里“预警等级”（或“预警天数”）中某一级的天数，默认20、10、3天。",
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
    "尚未申请销号，超过一个督查周期（inspection.yaml的“督查周期”，默认每周）没有报告进展，"
    "也没有新完成的措施；从来没有进展的从反馈之日算。督查不算进展。",
)
def _stale(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.timing is Timing.STALE:
        message = f"问题{finding.id}已{state.idle_days}天无进展（{_who(finding)}）"
        hint = "由责任科室报告进展（zhenggai report）；未完成的说明原因"
        yield Problem(message, hint, ("记录",))


@RULES.on_finding(
    "T605",
    "措施过了时限",
    Severity.WARNING,
    "措施自己的时限（最近一次措施延期的新时限，否则措施的时限）过了尚未完成。"
    "问题本身未过时限，因此只作警告；要不通过的，在inspection.yaml写“规则: {T605: 错误}”，"
    "check以3退出：退出码1只指问题逾期。",
)
def _measure_overdue(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    journal = case.journal(finding)
    for late in case.standing(finding).late_measures:
        number = late.number
        whose = "、".join(departments_of(finding.measures[number - 1], finding))
        message = (
            f"措施{finding.number}.{number}应于{late.deadline}完成，"
            f"已过{-(late.days_left or 0)}天（{whose or '责任科室未填写'}）"
        )
        moved = journal.measure_extensions.get(number)
        at: At = ("记录", moved[-1].place, "新时限") if moved else ("措施", number - 1, "时限")
        yield Problem(message, "完成后填“完成”日期", at)


@RULES.on_finding(
    "T606",
    "超期未审",
    Severity.WARNING,
    "申请销号以后，超过inspection.yaml里的“审核期限”尚未办结。没有写审核期限的不查。",
)
def _undecided(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.undecided:
        applied = case.journal(finding).moved_on
        days = f"已{(case.today - applied).days}天" if applied else ""
        message = f"问题{finding.id}申请销号{days}，超过审核期限，现待{state.holder}"
        yield Problem(message, "尽快审核、批准，或退回", ("记录",))


@RULES.on_finding(
    "T607",
    "时限逢休",
    Severity.INFO,
    "临期问题的时限是放假的日子（周六、周日，或国务院办公厅通知、节假日.yaml里的放假）。"
    "时限不变的，要在放假以前办结；规定顺延或提前的，在inspection.yaml里写明“时限逢休”。",
)
def _due_on_day_off(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    state = case.standing(finding)
    if state.last_working_day is not None:
        about = "约为" if state.approximate else "是"
        message = (
            f"问题{finding.id}的时限{state.deadline}逢休，"
            f"此前最后一个工作日{about}{state.last_working_day}"
        )
        yield Problem(message, "不晚于这一天办结", _where(finding, case))


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
    if case.standing(finding).is_review:
        return ("检视周期",)
    extension = case.journal(finding).extension
    return ("记录", extension.place, "新时限") if extension else ("整改时限",)
