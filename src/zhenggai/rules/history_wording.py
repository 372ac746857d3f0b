"""How the history guard names a change, and where it places it."""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from zhenggai.model.codes import Code
from zhenggai.model.dates import Period
from zhenggai.model.declaration import Model
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Evidence
from zhenggai.model.terms import Step
from zhenggai.rules.changes import Change, is_empty
from zhenggai.rules.history_codes import CHANGED, LOOSENED, NOTICED

INSPECTION, OWN_DAYS_OFF = "inspection.yaml", "节假日.yaml"
LOOK = "请核对这处改动"
_EASED = (
    *("signatories", "reviewers_instead", "decision_period", "concentrated_until", "plan_due"),
    "report_due",
    *("sustained_counts", "figures_over", "findings_reported", "aspect_findings_reported"),
)


def told_change(change: Change, ledger: Ledger, file: str, measure: str = "") -> Iterator[Problem]:
    """Say what a change comes to; `measure` is what stands before a measure's own number."""
    name = "的".join(
        f"{measure}{part + 1}" if isinstance(part, int) else part
        for part in (change.at[1:] if measure and change.at[0] == "措施" else change.at)
    )
    old, new = change.old, change.new
    if isinstance(old, dict) and isinstance(new, dict) and new:
        old, new = _apart(old, new), _apart(new, old)
    was, now = _said(old), _said(new)
    message = f"{name}由{was}改成了{now}" if was != now else f"{name}改了"
    if is_empty(new):
        message = f"{name}被删去（原为{was}）" if was else f"{name}被删去"
    elif is_empty(old):
        message = f"{name}增加了{now}"
    if change.is_guarded:
        hint = "恢复原来的写法；确需改的，由督查单位确认"
        if measure and change.field.name == "due" and change.at[0] == "措施":
            number = int(change.at[1]) + 1
            hint = f"恢复原来的写法；要延期的，用 zhenggai extend {measure[2:]}{number} 登记"
        code = LOOSENED if change.field.name in _EASED else CHANGED
        yield history_problem(ledger, code, file, change.at, message, hint)
    elif change.is_noticed:
        yield history_problem(ledger, NOTICED, file, change.at, message, LOOK)


def _apart(table: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, Any]:
    """Return what a table says and another one does not."""
    return {key: one for key, one in table.items() if other.get(key) != one}


def _said(value: Any) -> str:
    """Write a value short; a model other than a file of evidence, which has no name, as nothing."""
    if isinstance(value, Model):
        return _said(value.path) if isinstance(value, Evidence) else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return _said(tuple(_entry(key, one) for key, one in value.items()))
    if isinstance(value, tuple) and not isinstance(value, Period):
        return _said("、".join(map(str, value)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}元"
    is_text = isinstance(value, str) and not isinstance(value, Enum)
    return f"“{shorten(value, 20)}”" if is_text else str(value)


def _entry(key: str, value: Any) -> str:
    """Write an entry of a table: a number after its word, anything else after a colon."""
    if isinstance(value, int):
        return f"{key}{value}"
    return f"{key}：{'、'.join(value) if isinstance(value, tuple) else value}"


def steps_said(steps: tuple[Step, ...]) -> str:
    """Write a procedure."""
    return "、".join(steps) or "空"


def of_file(ledger: Ledger, name: str) -> list[Problem]:
    """Return what is wrong with one of the ledger's files."""
    path = _path(ledger, name)
    return [problem for problem in ledger.problems if problem.path == path]


def history_problem(
    ledger: Ledger, code: Code, file: str, at: At, message: str, hint: str
) -> Problem:
    """Return a problem in one of the ledger's files."""
    path = _path(ledger, file)
    return Problem(message, hint, at, path, code=code.code, severity=code.severity)


def _path(ledger: Ledger, file: str) -> str:
    return f"{ledger.folder}/{file}" if ledger.folder else file
