"""`junit`: a test case for each finding and each inspection.yaml."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.views.check_report import CheckReport
from zhenggai.views.problem_lines import line
from zhenggai.views.screen_text import inert, visible

_INSPECTION = "inspection.yaml"


def problems(report: CheckReport) -> str:
    """Write JUnit XML: a test case for each finding and each inspection.yaml.

    A file that is neither, and a ledger that is gone, get a case for their problems.
    """
    ledgers = {ledger.folder: ledger for ledger in report.ledgers}
    by_folder: dict[str, list[Problem]] = {folder: [] for folder in ledgers}
    for problem in report.problems:
        by_folder.setdefault(problem.path.rpartition("/")[0], []).append(problem)
    suites = [
        _suite(folder, ledgers.get(folder), problems) for folder, problems in by_folder.items()
    ]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>"]
    return inert("\n".join(lines), "&#{};".format)


def _suite(folder: str, ledger: Ledger | None, problems: Sequence[Problem]) -> str:
    titles: dict[str, str] = {}
    if ledger is not None:
        titles = {_INSPECTION: _INSPECTION}
        titles |= {one.file_name: f"{one.id} {one.title}" for one in ledger.findings}
        titles |= {name: name for name in ledger.unreadable}
    by_file: dict[str, list[Problem]] = {name: [] for name in titles}
    for problem in problems:
        by_file.setdefault(problem.path.rpartition("/")[2], []).append(problem)
    suite = _attribute(ledger.name if ledger is not None else folder)
    cases = [_case(suite, titles.get(name, name), found) for name, found in by_file.items()]
    failed = sum(any(map(_is_error, found)) for found in by_file.values())
    head = f'<testsuite name={suite} tests="{len(cases)}" failures="{failed}" errors="0">'
    return "\n".join([head, *cases, "</testsuite>"])


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def _case(suite: str, name: str, problems: Sequence[Problem]) -> str:
    head = f"<testcase classname={suite} name={_attribute(name)}"
    errors = [problem for problem in problems if _is_error(problem)]
    others = [problem for problem in problems if not _is_error(problem)]
    inside = ""
    if errors:
        first = f"type={_attribute(errors[0].code)} message={_attribute(errors[0].sentence)}"
        inside += f"<failure {first}>{_lines(errors)}</failure>"
    if others:
        inside += f"<system-out>{_lines(others)}</system-out>"
    return f"{head}>{inside}</testcase>" if inside else f"{head}/>"


def _lines(problems: Sequence[Problem]) -> str:
    return "\n".join(escape(_in_xml(line(problem))) for problem in problems)


def _attribute(text: str) -> str:
    return quoteattr(_in_xml(visible(text)))


def _in_xml(text: str) -> str:
    """Spell out the two characters that are visible enough and yet may not stand in XML."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
