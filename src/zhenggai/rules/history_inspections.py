"""History guard, the rules by which a ledger is kept: inspection.yaml and days off."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.ledger.warning_levels import is_loosened, levels
from zhenggai.ledger.working_days import Calendar
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import At, Problem, has_errors
from zhenggai.model.terms import Severity, Step, WhenDayOff
from zhenggai.rules import CODES
from zhenggai.rules.changes import changes
from zhenggai.rules.history_codes import CHANGED, LOOSENED, NOTICED
from zhenggai.rules.history_wording import (
    INSPECTION,
    LOOK,
    OWN_DAYS_OFF,
    history_problem,
    of_file,
    steps_said,
    told_change,
)

# What of an inspection is judged here, and what by its declaration, both as I708.
_RULES_OF_THE_LEDGER = ("severities", "closing_steps", "evidence_required", "feedback_on")
_WARNINGS = ("warn_days", "warning_levels")


def compare_inspections(old: Inspection, new: Ledger) -> list[Problem]:
    """Name what of the rules by which a ledger is kept is not as it was."""
    problems = list(_loosened(old, new))
    if not has_errors(of_file(new, INSPECTION)):
        now, apart = new.inspection, [*_RULES_OF_THE_LEDGER]
        if (old.warning_levels, now.warning_levels) != (None, None):
            problems += _warns_otherwise(old, new)
            apart += _WARNINGS
        told = changes(old, now, apart=apart)
        problems += [one for change in told for one in told_change(change, new, INSPECTION)]
    return problems


def _warns_otherwise(old: Inspection, new: Ledger) -> Iterator[Problem]:
    """Tell of another table of warnings, whether it is written whole or as days only."""
    was, now = levels(old), levels(new.inspection)
    if was == now:
        return
    at: At = ("预警等级",) if new.inspection.warning_levels is not None else ("预警天数",)
    if is_loosened(was, now):
        message = "预警等级放宽了：有的预警少了、晚了、颜色轻了，或不再发给原来的人"
        hint = "恢复原来的写法；确需改的，由督查单位确认"
        yield history_problem(new, LOOSENED, INSPECTION, at, message, hint)
    else:
        yield history_problem(new, NOTICED, INSPECTION, at, "预警等级有改动", LOOK)


def _loosened(old: Inspection, new: Ledger) -> Iterator[Problem]:
    now = new.inspection
    grades = list(Severity)
    faults: list[tuple[At, str]] = []
    for code in (old.severities.keys() | now.severities.keys()) & CODES.keys():
        usual = CODES[code].severity
        was, is_now = old.severities.get(code, usual), now.severities.get(code, usual)
        if grades.index(is_now) > grades.index(was):
            faults.append((("规则", code), f"规则{code}由{was}调成了{is_now}"))
    lost = [step for step in old.closing_steps if step not in now.closing_steps]
    applies = Step.APPLICATION in now.closing_steps and Step.APPLICATION not in old.closing_steps
    if lost:
        faults.append((("销号程序",), f"销号程序里少了{'、'.join(lost)}"))
    if applies:
        faults.append((("销号程序",), "销号程序里加了申请，逾期从此只算到申请"))
    if not (lost or applies) and old.closing_steps != now.closing_steps:
        message = f"销号程序由{steps_said(old.closing_steps)}改成了{steps_said(now.closing_steps)}"
        yield history_problem(new, NOTICED, INSPECTION, ("销号程序",), message, LOOK)
    if old.evidence_required and not now.evidence_required:
        faults.append((("销号须佐证",), "取消了销号须佐证"))
    if old.feedback_on is not None and now.feedback_on != old.feedback_on:
        message = f"反馈日期由{old.feedback_on}改成了{now.feedback_on or '空'}"
        faults.append((("反馈日期",), message))
    for at, message in sorted(faults, key=lambda fault: fault[1]):
        yield history_problem(
            new, LOOSENED, INSPECTION, at, message, "恢复原来的写法；确需改的，由督查单位确认"
        )


def days_off_changed(old: Ledger, new: Ledger) -> Iterator[Problem]:
    """Report days that were worked and are off now, or the other way round.

    That is an error where deadlines follow from working days and the day was settled before: its
    year's arrangements were known, or the ledger named it. A new year's are a notice.
    """
    was, given = old.inspection.days_off, new.inspection.days_off
    if was is None or given is None or was == given:
        return
    before, after = Calendar(was), Calendar(given)
    named = sorted((was.off ^ given.off) | (was.worked ^ given.worked))
    changed = [day for day in named if before.is_working(day) != after.is_working(day)]
    settled = [
        day for day in changed if before.is_known(day) or day in was.off or day in was.worked
    ]
    guarded = settled if _counts_working_days(old) or _counts_working_days(new) else []
    noticed = [day for day in changed if day not in guarded]
    hint = "恢复原来的写法；确需改的，由督查单位确认"
    if guarded:
        message = f"{_days(guarded, after)}，时限随之改变"
        yield history_problem(new, CHANGED, OWN_DAYS_OFF, (), message, hint)
    if noticed:
        message = _days(noticed, after)
        yield history_problem(new, NOTICED, OWN_DAYS_OFF, (), message, "请核对这处改动")


def _counts_working_days(ledger: Ledger) -> bool:
    """Whether what a ledger is judged by follows from working days."""
    inspection = ledger.inspection
    periods = [inspection.supervision_period, inspection.decision_period]
    periods += [finding.review_every for finding in ledger.findings]
    moves = inspection.when_day_off is not WhenDayOff.UNCHANGED
    return moves or any(period is not None and period.working_days for period in periods)


_NAMED_DAYS = 3


def _days(changed: Sequence[date], after: Calendar) -> str:
    """Say which days are off now, and which worked."""
    said = [f"{day}改为{'上班' if after.is_working(day) else '放假'}" for day in changed]
    more = f"等{len(said)}天" if len(said) > _NAMED_DAYS else ""
    return "、".join(said[:_NAMED_DAYS]) + more
