"""FORMATS: what `check` found, as text for people and in the forms that CI systems read."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.model.codes import Code
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.views.formats import escape_markdown, json_text
from zhenggai.views.problems import count, line
from zhenggai.views.text import spelled_out, visible, width


@dataclass(frozen=True)
class Findings:
    """What a check looked at and found: its problems in order, and the codes that explain them.

    `verdict` is ok, overdue or invalid; `version` the program's; `source` gives a line of a
    file (from 1) or None, for the snippets a terminal of so many `columns` is shown.
    """

    ledgers: Sequence[Ledger]
    problems: Sequence[Problem]
    codes: dict[str, Code]
    verdict: str
    version: str
    source: Callable[[str, int], str | None] | None = None
    columns: int = 80

    @property
    def checked(self) -> int:
        """Count the findings that were looked at."""
        return sum(len(ledger.findings) for ledger in self.ledgers)


def summary(found: Findings) -> str:
    """Say in one line what was checked and what came of it."""
    return f"检查了{found.checked}个问题:{count(found.problems) or '没有发现错误,没有逾期'}"


def text(found: Findings) -> str:
    """Write a line for each problem; with `source`, the line of the file and a caret below it."""
    parts = []
    for problem in found.problems:
        parts.append(line(problem))
        if found.source is not None:
            source = found.source(problem.path, problem.line)
            parts += _snippet(problem, source, found.columns)
    return "\n".join(parts)


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


def json_form(found: Findings) -> str:
    """Write the program's own JSON form, which names its version."""
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
        for problem in found.problems
    ]
    content = {"verdict": found.verdict, "checked": found.checked, "problems": problems}
    return _inert_json(json_text(content))


def _inert_json(text: str) -> str:
    """Escape what JSON lets stand and a terminal would act on."""
    return "\n".join(
        line if line.isprintable() else "".join(map(_escaped, line)) for line in text.split("\n")
    )


def _escaped(character: str) -> str:
    return character if spelled_out(character) == character else json.dumps(character)[1:-1]


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(found: Findings) -> str:
    """Write GitHub workflow commands, which show up as annotations on the lines."""
    return "\n".join(
        f"::{_GITHUB[problem.severity]} file={_file(problem.path)},line={problem.line},"
        f"col={problem.column},title={_property(_title(problem, found))}"
        f"::{_data(visible(problem.sentence))}"
        for problem in found.problems
    )


def _file(path: str) -> str:
    """Write a path as the runner takes it; a line end in it is its own, not the command's."""
    return "".join(
        _property(character) if character in "\r\n" else spelled_out(_property(character))
        for character in path
    )


def _title(problem: Problem, found: Findings) -> str:
    return f"{problem.code} {found.codes[problem.code].name}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


_GITLAB = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(found: Findings) -> str:
    """Write a GitLab Code Quality report."""
    report = [
        {
            "description": f"{problem.code} {visible(problem.sentence)}",
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": _GITLAB[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in zip(found.problems, fingerprints(found.problems), strict=True)
    ]
    return _inert_json(json.dumps(report, ensure_ascii=False, indent=2))


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Give each problem a name that stays when lines move and days pass."""
    from hashlib import sha256

    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for problem in problems:
        key = (problem.path, problem.code, "/".join(map(str, problem.at)))
        seen[key] += 1
        # A file's name need not be text: what is not stays as Python keeps it.
        words = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
        names.append(sha256(words).hexdigest())
    return names


_INSPECTION = "inspection.yaml"


def junit(found: Findings) -> str:
    """Write JUnit XML: a test case for each finding and each inspection.yaml.

    A file that is neither, and a ledger that is gone, get a case for their problems.
    """
    ledgers = {ledger.folder: ledger for ledger in found.ledgers}
    by_folder: dict[str, list[Problem]] = {folder: [] for folder in ledgers}
    for problem in found.problems:
        by_folder.setdefault(problem.path.rpartition("/")[0], []).append(problem)
    suites = [
        _suite(folder, ledgers.get(folder), problems) for folder, problems in by_folder.items()
    ]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>"]
    )


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
    from xml.sax.saxutils import escape  # which knows the web, too: only junit pays for that

    return "\n".join(escape(_in_xml(line(problem))) for problem in problems)


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_in_xml(visible(text)))


def _in_xml(text: str) -> str:
    """Spell out the two characters that are visible enough and yet may not stand in XML."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(found: Findings) -> str:
    """Write SARIF 2.1.0 (OASIS); columns count characters from 1."""
    codes = [found.codes[code] for code in dict.fromkeys(p.code for p in found.problems)]
    index = {code.code: place for place, code in enumerate(codes)}
    results = [
        _result(problem, index[problem.code], fingerprint)
        for problem, fingerprint in zip(found.problems, fingerprints(found.problems), strict=True)
    ]
    driver = {
        "name": "zhenggai",
        "version": found.version,
        "language": "zh-CN",
        "rules": [_rule(code) for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    report = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [run],
    }
    return _inert_json(json.dumps(report, ensure_ascii=False, indent=2))


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.name},
        "fullDescription": {"text": _message(code.why)},
        "defaultConfiguration": {"level": _SARIF[code.severity]},
    }


def _result(problem: Problem, rule: int, fingerprint: str) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF[problem.severity],
        "message": {"text": _message(visible(problem.sentence))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"zhenggai/v1": fingerprint},
    }


def _message(text: str) -> str:
    """Take from a text what SARIF would read as a placeholder (3.11.5) or a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _uri(path: str) -> str:
    """Write a path as a URI reference; an absolute one, of Windows too, as a whole URI."""
    from urllib.parse import quote

    drive = re.match("[A-Za-z]:/", path)
    rest = path[drive.end() - 1 :] if drive else path
    quoted = quote(os.fsencode(rest))
    if drive:
        return f"file:///{path[0]}:{quoted}"
    return f"file://{quoted}" if path.startswith("/") else quoted


# GitHub takes a summary of one MiB at most from a step, and no one reads a table longer than this.
_MOST_ROWS = 500
_MOST_BYTES = 900_000


def job_summary(found: Findings) -> str:
    """Write what a CI job's page shows: the verdict, and the problems as a Markdown table."""
    lines = ["## 整改台账检查", "", escape_markdown(summary(found)), ""]
    rows = _rows(found)
    if rows:
        lines += ["| 位置 | 代码 | 程度 | 说明 |", "|---|---|---|---|", *rows]
    if len(found.problems) > len(rows):
        lines += ["", f"还有{len(found.problems) - len(rows)}个没有列出。"]
    return "\n".join(lines) + "\n"


def _rows(found: Findings) -> list[str]:
    """Write the problems as rows, the gravest first, for as long as there is room."""
    gravest_first = sorted(found.problems, key=lambda p: list(Severity).index(p.severity))
    rows: list[str] = []
    room = _MOST_BYTES
    for problem in gravest_first[:_MOST_ROWS]:
        place = escape_markdown(visible(f"{problem.path}:{problem.line}"))
        sentence = escape_markdown(visible(problem.sentence))
        rows.append(f"| {place} | {problem.code} | {problem.severity} | {sentence} |")
        room -= len(rows[-1].encode("utf-8", "backslashreplace")) + 1
        if room < 0:
            return rows[:-1]
    return rows


FORMATS: dict[str, Callable[[Findings], str]] = {
    "text": text,
    "json": json_form,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
}
"""Every form `check --format` may ask for."""

FROM_THE_TOP = ("github", "gitlab", "sarif")
"""The forms whose readers know a file by its path from the top of the repository."""
