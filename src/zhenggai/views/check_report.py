"""What `check` looked at and found, in lines for a person."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhenggai.model.codes import Code
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.views.problem_lines import count, line
from zhenggai.views.screen_text import width


@dataclass(frozen=True)
class CheckReport:
    """What a check looked at and found: its problems in order, and the codes that explain them.

    `verdict` is ok, overdue or invalid; `version` the program's; `source` gives a line of a
    file (from 1) or None, for the snippets a terminal of so many `columns` is shown;
    `path_from_top` turns a problem's path into that from the top of the repository.
    """

    ledgers: Sequence[Ledger]
    problems: Sequence[Problem]
    codes: dict[str, Code]
    verdict: str
    version: str
    source: Callable[[str, int], str | None] | None = None
    columns: int = 80
    path_from_top: Callable[[str], str] = str

    @property
    def checked(self) -> int:
        """Count the findings that were looked at."""
        return sum(len(ledger.findings) for ledger in self.ledgers)

    @property
    def summary(self) -> str:
        """Say in one line what was checked and what came of it."""
        return f"检查了{self.checked}个问题：{count(self.problems) or '未发现错误，没有逾期的问题'}"

    def from_top(self) -> "CheckReport":
        """Return the report for readers who know a file by its path in the repository."""
        named = [one._replace(path=self.path_from_top(one.path)) for one in self.problems]
        return replace(self, problems=named)

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the check."""
        problems = [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
                "at": list(problem.at),
            }
            for problem in self.problems
        ]
        return {"verdict": self.verdict, "checked": self.checked, "problems": problems}


def lines(report: CheckReport) -> Iterator[str]:
    """Yield a line for each problem; with the source, also the line of the file and a caret."""
    for problem in report.problems:
        yield line(problem)
        if report.source is not None:
            source = report.source(problem.path, problem.line)
            yield from _snippet(problem, source, report.columns)


_CUT = "..."
# However narrow the terminal is, this much of a line is worth showing.
_LEAST = 20


def _snippet(problem: Problem, source: str | None, columns: int) -> list[str]:
    """Show where in its line a problem stands: the caret under the right column."""
    if not source or not source.strip():
        return []
    margin = f"  {problem.line} | "
    blank = " " * (len(margin) - 2) + "| "
    before, after = _window(source, problem.column - 1, max(_LEAST, columns - len(margin) - 1))
    return [f"{margin}{before}{after}".rstrip(), f"{blank}{' ' * width(before)}^"]


def _window(source: str, at: int, room: int) -> tuple[str, str]:
    """Cut a line to the columns there are, so that what stands at `at` is seen.

    Give what is shown before it and from it on. Only what could be shown is ever measured: a line
    may be as long as a file.
    """
    before = visible_in_place(source[max(0, at - room) : at])
    after = visible_in_place(source[at : at + room])
    goes_on = len(source) > at + room
    wanted = room if goes_on else width(after)
    before = _clip(before, max(room // 2, room - wanted), cut=at > room, left=True)
    return before, _clip(after, room - width(before), cut=goes_on, left=False)


def _clip(text: str, room: int, *, cut: bool, left: bool) -> str:
    """Take characters from one end of a text until it fits, and show that it was cut there."""
    while text and width(text) + len(_CUT) * cut > room:
        text, cut = (text[1:] if left else text[:-1]), True
    if not cut:
        return text
    return _CUT + text if left else text + _CUT


def visible_in_place(source: str) -> str:
    """Make a line harmless without moving its columns: what acts on a screen becomes a space."""
    return "".join(character if character.isprintable() else " " for character in source)
