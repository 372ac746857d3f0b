"""`gitlab`: a Code Quality report."""

import json

from zhenggai.exporters.for_machines import fingerprints, inert_json
from zhenggai.model.terms import Severity
from zhenggai.views.check_report import CheckReport
from zhenggai.views.screen_text import visible

_GITLAB = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def problems(report: CheckReport) -> str:
    """Write a GitLab Code Quality report."""
    named = report.from_top().problems
    found = [
        {
            "description": f"{problem.code} {visible(problem.sentence)}",
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": _GITLAB[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in zip(named, fingerprints(named), strict=True)
    ]
    return inert_json(json.dumps(found, ensure_ascii=False, indent=2))
