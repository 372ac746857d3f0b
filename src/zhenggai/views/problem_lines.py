"""Problems as lines: where, which code, what is wrong and how to mend it."""

from collections.abc import Sequence

from zhenggai.model.codes import Code
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.views.screen_text import visible


def line(problem: Problem) -> str:
    """Write one problem: `path:line:column: CODE sentence`."""
    place = f"{visible(problem.path)}:{problem.line}:{problem.column}"
    return f"{place}: {problem.code} {visible(problem.sentence)}"


def count(problems: Sequence[Problem]) -> str:
    """Count problems by severity: 2个错误，1个警告."""
    graded = {
        severity: sum(1 for p in problems if p.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    }
    return "，".join(f"{number}个{severity}" for severity, number in graded.items() if number)


def explanation(code: Code) -> str:
    """Write what a code means and how a ledger can regrade it."""
    lines = [f"{code.code} {code.name}（{code.severity}）", "", code.why]
    if not code.is_fixed:
        lines += ["", f"可在inspection.yaml里调整：“规则: {{{code.code}: 错误|警告|提示|关闭}}”"]
    return "\n".join(lines)


def catalogue(codes: Sequence[Code]) -> str:
    """List every code on a line of its own."""
    return "\n".join(f"{code.code} {code.severity} {code.name}" for code in codes)
