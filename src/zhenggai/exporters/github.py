"""`github`: workflow commands, which GitHub shows on the lines, and the page of a job."""

from collections import Counter
from collections.abc import Sequence

from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.views.check_report import CheckReport
from zhenggai.views.problem_lines import line
from zhenggai.views.screen_text import escape_markdown, inert, spelled_out, visible

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


# GitHub shows so many annotations of a kind from a step, and drops the others without a word.
_MOST_ANNOTATIONS = 10


def problems(report: CheckReport) -> str:
    """Write workflow commands, which show up as annotations on the lines.

    What GitHub would drop stands in the log as text, and the last annotation of its kind says so.
    """
    counts = Counter(problem.severity for problem in report.problems)
    shown: Counter[Severity] = Counter()
    lines = []
    for problem in report.from_top().problems:
        severity = problem.severity
        most = _MOST_ANNOTATIONS - (counts[severity] > _MOST_ANNOTATIONS)
        if shown[severity] == most:
            lines.append(inert(line(problem)))
            continue
        shown[severity] += 1
        lines.append(_annotation(problem, report))
    for severity, kind in _GITHUB.items():
        if more := counts[severity] - shown[severity]:
            lines.append(f"::{kind} title=还有{more}个{severity}::未标在行上，都写在这一步的日志里")
    return "\n".join(lines)


def _annotation(problem: Problem, report: CheckReport) -> str:
    return (
        f"::{_GITHUB[problem.severity]} file={_file(problem.path)},line={problem.line},"
        f"col={problem.column},title={_property(_title(problem, report))}"
        f"::{_data(visible(problem.sentence))}"
    )


def _file(path: str) -> str:
    """Write a path as the runner takes it; a line end in it is its own, not the command's."""
    return "".join(
        _property(character) if character in "\r\n" else spelled_out(_property(character))
        for character in path
    )


def _title(problem: Problem, report: CheckReport) -> str:
    return f"{problem.code} {report.codes[problem.code].name}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


# GitHub takes a summary of one MiB at most from a step, or nothing of it; and no one reads a table
# longer than this.
PAGE_BYTES = 1 << 20
_MOST_ROWS = 500
_MOST_BYTES = 900_000
_AROUND_THE_ROWS = 1_000


def job_summary(report: CheckReport, room: int = PAGE_BYTES) -> str:
    """Write what a CI job's page shows: the verdict, and the problems as a Markdown table.

    It takes up no more than `room` bytes: rows are left out and counted; without room for the
    verdict there is nothing.
    """
    room -= _AROUND_THE_ROWS
    if room < 0:
        return ""
    lines = ["## 整改台账检查", "", escape_markdown(report.summary), ""]
    rows = _table(report.from_top().problems, min(room, _MOST_BYTES))
    if rows:
        lines += ["| 位置 | 代码 | 程度 | 说明 |", "|---|---|---|---|", *rows]
    if len(report.problems) > len(rows):
        lines += ["", f"还有{len(report.problems) - len(rows)}个未列出。"]
    return "\n".join(lines) + "\n"


def _table(problems: Sequence[Problem], room: int) -> list[str]:
    """Write the problems as rows, the gravest first, for as long as there is room."""
    gravest_first = sorted(problems, key=lambda p: list(Severity).index(p.severity))
    rows: list[str] = []
    for problem in gravest_first[:_MOST_ROWS]:
        place = escape_markdown(visible(f"{problem.path}:{problem.line}"))
        sentence = escape_markdown(visible(problem.sentence))
        rows.append(f"| {place} | {problem.code} | {problem.severity} | {sentence} |")
        room -= len(rows[-1].encode("utf-8", "backslashreplace")) + 1
        if room < 0:
            return rows[:-1]
    return rows
