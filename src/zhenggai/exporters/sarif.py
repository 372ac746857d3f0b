"""`sarif`: the form that code hosts and editors exchange (SARIF 2.1.0, OASIS)."""

import json
import os
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from zhenggai.exporters.for_machines import fingerprints, inert_json
from zhenggai.model.codes import Code
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.views.check_report import CheckReport
from zhenggai.views.screen_text import visible

_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


# GitHub refuses a file with more results than this.
MOST_RESULTS = 25_000


def problems(report: CheckReport, most: int = MOST_RESULTS) -> str:
    """Write SARIF 2.1.0 (OASIS); columns count characters from 1.

    Of more results than code hosts take the gravest are kept, and a notification counts the rest.
    """
    named = _gravest(report.from_top().problems, most)
    codes = [report.codes[code] for code in dict.fromkeys(p.code for p in named)]
    index = {code.code: place for place, code in enumerate(codes)}
    results = [
        _result(problem, index[problem.code], fingerprint)
        for problem, fingerprint in zip(named, fingerprints(named), strict=True)
    ]
    driver = {
        "name": "zhenggai",
        "version": report.version,
        "language": "zh-CN",
        "rules": [_rule(code) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if more := len(report.problems) - len(named):
        text = f"还有{more}个未列出：结果最多{most}个，先列重的；全部见 zhenggai check"
        notification = {"level": "warning", "message": {"text": text}}
        told = {"executionSuccessful": True, "toolExecutionNotifications": [notification]}
        run["invocations"] = [told]
    content = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [run],
    }
    return inert_json(json.dumps(content, ensure_ascii=False, indent=2))


def _gravest(problems: Sequence[Problem], most: int) -> list[Problem]:
    """Return so many problems at most, the gravest of them, in their order."""
    grades = {severity: grade for grade, severity in enumerate(Severity)}
    ranked = sorted(range(len(problems)), key=lambda place: grades[problems[place].severity])
    return [problems[place] for place in sorted(ranked[:most])]


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
    drive = re.match("[A-Za-z]:/", path)
    rest = path[drive.end() - 1 :] if drive else path
    quoted = quote(os.fsencode(rest))
    if drive:
        return f"file:///{path[0]}:{quoted}"
    return f"file://{quoted}" if path.startswith("/") else quoted
