"""The rules a ledger is judged by: code -> pure function; `examine` runs them all."""

from collections.abc import Iterable, Iterator

from zhenggai.model.codes import READING, Code
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.rules import (
    deadline_rules,
    finding_rules,
    inspection_rules,
    journal_rules,
    notice_consistency,
    notice_rules,
    round_rules,
    secrecy_rules,
)
from zhenggai.rules.examined import ExaminedLedger, Rule

__all__ = [
    "CODES",
    "RULES",
    "ExaminedLedger",
    "examine",
    "is_overdue",
    "is_secrecy",
    "is_timing",
    "regrade",
]

RULES: dict[str, Rule] = {
    rule.code.code: rule
    for module in (
        *(inspection_rules, finding_rules, journal_rules),
        *(notice_rules, notice_consistency, deadline_rules, secrecy_rules, round_rules),
    )
    for rule in module.RULES
}
"""Every rule by its code."""

CODES: dict[str, Code] = READING | {code: rule.code for code, rule in RULES.items()}
"""Every code a problem can carry, with its explanation."""


def is_timing(problem: Problem) -> bool:
    """Whether a problem is one of time passing, not of the ledger being wrong."""
    return problem.code.startswith("T")


def is_overdue(problem: Problem) -> bool:
    """Whether a problem is that a finding is overdue, or will be within the days asked for."""
    return problem.code in ("T601", "T603")


def is_secrecy(problem: Problem) -> bool:
    """Whether a problem is that the ledger tells of what is not to be kept in it."""
    return problem.code.startswith("S")


def examine(case: ExaminedLedger, family: str = "") -> list[Problem]:
    """Judge a ledger by every rule it has not turned off; positions are still to be found.

    `family` keeps to the codes that begin so.
    """
    case.codes = CODES
    rules = (rule for code, rule in RULES.items() if code.startswith(family))
    return [problem for rule in rules for problem in _apply(rule, case)]


def _apply(rule: Rule, case: ExaminedLedger) -> Iterator[Problem]:
    code = rule.code
    severity = code.severity
    if not code.is_fixed:
        severity = case.ledger.inspection.severities.get(code.code, severity)
    if severity is Severity.OFF:
        return
    folder = case.ledger.folder
    for problem in rule.judge(case):
        path = f"{folder}/{problem.path}" if folder else problem.path
        yield problem._replace(path=path, code=code.code, severity=severity)


def regrade(problems: Iterable[Problem], severities: dict[str, Severity]) -> list[Problem]:
    """Return reading problems with the severity their ledger sets; errors stay errors."""
    graded = []
    for problem in problems:
        severity = problem.severity
        if not CODES[problem.code].is_fixed:
            severity = severities.get(problem.code, severity)
        if severity is not Severity.OFF:
            graded.append(problem._replace(severity=severity))
    return graded
