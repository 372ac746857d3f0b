"""More problems than CI systems take: what is cut is counted, and nothing is lost in silence."""

import json
import os
import re
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger
from zhenggai.exporters import github, sarif
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.rules import CODES
from zhenggai.views.check_report import CheckReport

_MIB = 1 << 20


def _problem(number: int, severity: Severity, sentence: str = "错") -> Problem:
    path = f"{number:05d}.yaml"
    return Problem(sentence, "改", path=path, code="R411", severity=severity)


def _found(errors: int, warnings: int = 0, notices: int = 0, sentence: str = "错") -> CheckReport:
    severities = [
        *[Severity.INFO] * notices,
        *[Severity.WARNING] * warnings,
        *[Severity.ERROR] * errors,
    ]
    problems = [_problem(number, one, sentence) for number, one in enumerate(severities)]
    return CheckReport([], problems, CODES, "invalid", "1.0")


@pytest.mark.parametrize(("errors", "notices"), [(25, 0), (3, 25), (20, 9), (30, 3)])
def test_sarif_keeps_the_gravest_results_and_counts_the_others(errors: int, notices: int) -> None:
    most = 25
    if os.environ.get("ZHENGGAI_THOROUGH"):
        most, errors, notices = most * 1000, errors * 1000, notices * 1000
    [run] = json.loads(sarif.problems(_found(errors, notices=notices), most))["runs"]
    levels = [one["level"] for one in run["results"]]
    assert len(levels) == most
    assert levels.count("error") == min(errors, most)
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert uris == sorted(uris)
    more = errors + notices - most
    assert ("invocations" in run) is (more > 0)
    if more:
        [told] = run["invocations"][0]["toolExecutionNotifications"]
        assert told["message"]["text"].startswith(f"还有{more}个未列出：")


@pytest.mark.parametrize("errors", [0, 1, 9, 10, 11, 500])
@pytest.mark.parametrize("warnings", [0, 10, 11])
def test_github_is_given_no_more_annotations_than_it_shows(errors: int, warnings: int) -> None:
    found = _found(errors, warnings, notices=12)
    lines = github.problems(found).splitlines()
    for kind, count, name in (
        ("error", errors, "错误"),
        ("warning", warnings, "警告"),
        ("notice", 12, "提示"),
    ):
        annotations = [line for line in lines if line.startswith(f"::{kind} ")]
        assert len(annotations) == min(count, 10)
        if count > 10:
            assert annotations[-1].startswith(f"::{kind} title=还有{count - 9}个{name}::")
    named = {number for line in lines for number in re.findall(r"([0-9]{5})\.yaml", line)}
    assert named == {problem.path[:5] for problem in found.problems}


def test_what_is_no_annotation_is_no_command_either() -> None:
    problems = [
        problem._replace(path=f"::error::{problem.path}") for problem in _found(30).problems
    ]
    text = github.problems(CheckReport([], problems, CODES, "invalid", "1.0"))
    assert len([line for line in text.splitlines() if line.startswith("::")]) == 10


@pytest.mark.parametrize("room", [_MIB, 100_000, 5_000, 1_000, 999, 0, -5])
def test_a_page_takes_no_more_than_the_room_there_is(room: int) -> None:
    found = _found(600, sentence="错" * 2000)
    page = github.job_summary(found, room)
    assert len(page.encode()) <= max(room, 0)
    assert bool(page) is (room >= 1_000)
    if page:
        rows = page.count("| R411 |")
        assert f"还有{600 - rows}个未列出。" in page


@pytest.mark.parametrize(
    ("already", "is_written"), [(0, True), (_MIB - 5_000, True), (_MIB, False)]
)
def test_the_page_of_a_job_stays_within_what_github_takes(
    tmp_path: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    already: int,
    is_written: bool,
) -> None:
    ledger = write_ledger(
        tmp_path / "台账", {f"{one:02d}": finding(整改时限="2021-05-01") for one in range(1, 60)}
    )
    page = tmp_path / "页.md"
    page.write_bytes(b"x" * already)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    outcome = zhenggai("check", "--ledger", str(ledger), "--today", "2021-05-18")
    assert outcome.code == 1
    assert page.stat().st_size <= _MIB
    assert (page.stat().st_size > already) is is_written
    assert ("未继续写入；检查的结论不受影响" in outcome.err) is not is_written


def test_the_limits_are_githubs() -> None:
    assert github.PAGE_BYTES == _MIB
    assert sarif.MOST_RESULTS == 25_000
