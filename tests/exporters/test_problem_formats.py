"""What `check` found, in every form: as each reader's own rules want it, and inert."""

import json
import os
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from wcwidth import wcswidth

from decoded import decoded
from zhenggai.exporters import registry
from zhenggai.exporters.for_machines import fingerprints
from zhenggai.exporters.github import job_summary
from zhenggai.model.codes import READING
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.rules import CODES
from zhenggai.views.check_report import CheckReport

_SCHEMA = Path(__file__).parents[1] / "ci" / "sarif" / "sarif-2.1.0-rtm.5.json"
_HOSTILE = "甲\n::error::乙\r\x1b[31m丙\x9b丁\u202e戊%0A,己:庚\x00"

OVERDUE = Problem("问题07已逾期3天", "尽快销号", ("整改时限",), "台账/07.yaml", 8, 7, "T601")
SOON = OVERDUE._replace(path="台账/05.yaml", code="T602", severity=Severity.WARNING)
STALE = OVERDUE._replace(line=21, column=3, code="T604", severity=Severity.INFO, at=("记录",))


def _found(*problems: Problem, **more: Any) -> CheckReport:
    known = {"ledgers": [], "codes": CODES, "verdict": "overdue", "version": "0.1.0"}
    return CheckReport(**{**known, "problems": problems, **more})


def _written(form: str, report: CheckReport) -> str:
    return registry.writer("problems", form)(report)


def _finding(number: str, title: str) -> Finding:
    return decoded(Finding, {"问题": title}, number)


def _ledger(*findings: Finding, folder: str = "台账", unreadable: Sequence[str] = ()) -> Ledger:
    name = folder.rpartition("/")[2]
    return Ledger(name, folder, Inspection(), findings, tuple(unreadable))


def _acting(text: str) -> list[str]:
    """Give the characters that would act on a screen; a line's end is meant."""
    acting = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return [c for c in text if unicodedata.category(c) in acting and c != "\n"]


# Text.


def test_a_line_of_text_says_place_code_what_and_how() -> None:
    assert _written("text", _found(OVERDUE, SOON)) == (
        "台账/07.yaml:8:7: T601 问题07已逾期3天；尽快销号\n"
        "台账/05.yaml:8:7: T602 问题07已逾期3天；尽快销号"
    )


def test_nothing_found_is_nothing_said() -> None:
    assert _written("text", _found()) == ""
    assert _found().summary == "检查了0个问题：未发现错误，没有逾期的问题"


def _snippet(source: str, column: int, columns: int = 80) -> list[str]:
    problem = OVERDUE._replace(line=8, column=column)
    found = _found(problem, source=lambda _path, _line: source, columns=columns)
    return _written("text", found).splitlines()[1:]


@pytest.mark.parametrize(
    ("source", "column", "shown"),
    [
        ("整改时限: 2021-05-01", 7, ["  8 | 整改时限: 2021-05-01", "    |           ^"]),
        ("整改时限: 2021-05-01", 1, ["  8 | 整改时限: 2021-05-01", "    | ^"]),
        ("\t问题: x", 2, ["  8 |  问题: x", "    |  ^"]),
        ("e\u0301é: x", 5, ["  8 | e\u0301é: x", "    |    ^"]),
        ("😀整改: x", 6, ["  8 | 😀整改: x", "    |         ^"]),
        ("甲\x1b\u202e乙: x", 4, ["  8 | 甲  乙: x", "    |     ^"]),
        ("问题:", 4, ["  8 | 问题:", "    |      ^"]),
    ],
    ids=["chinese", "first", "tab", "combining", "emoji", "acting", "past the end"],
)
def test_the_caret_stands_under_the_column(source: str, column: int, shown: list[str]) -> None:
    assert _snippet(source, column) == shown


def test_a_line_that_is_blank_or_gone_has_no_snippet() -> None:
    assert _snippet("  ", 1) == []
    found = _found(OVERDUE, source=lambda _path, _line: None)
    assert _written("text", found).count("\n") == 0


def test_a_huge_line_is_cut_around_its_caret() -> None:
    start, middle, end = (_snippet("字" * 500_000, column) for column in (1, 250_000, 500_000))
    assert start == ["  8 | " + "字" * 35 + "...", "    | ^"]
    assert end == ["  8 | ..." + "字" * 35, "    |    " + " " * 68 + "^"]
    assert middle[0].startswith("  8 | ...字")
    assert middle[0].endswith("字...")
    assert wcswidth(middle[0]) <= 80


@given(
    st.text(st.sampled_from("a字e\u0301😀\t\u200d \x1b,"), min_size=1, max_size=200),
    st.data(),
    st.integers(10, 120),
)
def test_no_snippet_is_wider_than_the_screen_and_its_caret_is_on_it(
    source: str, data: st.DataObject, columns: int
) -> None:
    column = data.draw(st.integers(1, len(source)))
    lines = _snippet(source, column, columns)
    assert (lines == []) == (not source.strip())
    for line in lines:
        assert wcswidth(line) <= max(columns, len("  8 | ") + 21)
        assert line.isprintable()
    if lines and len(source) < 9:
        before = "".join(c if c.isprintable() else " " for c in source[: column - 1])
        assert lines[1] == f"    | {' ' * wcswidth(before)}^"


# JSON.


def test_json_names_its_version_and_gives_every_part_of_a_problem() -> None:
    content = json.loads(_written("json", _found(OVERDUE, ledgers=[_ledger(_finding("07", "甲"))])))
    assert content == {
        "version": 2,
        "verdict": "overdue",
        "checked": 1,
        "problems": [
            {
                "path": "台账/07.yaml",
                "line": 8,
                "column": 7,
                "code": "T601",
                "severity": "error",
                "message": "问题07已逾期3天",
                "hint": "尽快销号",
                "at": ["整改时限"],
            }
        ],
    }


# GitHub.


def _command(text: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as the runner does."""
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", text)
    assert match
    properties = dict(one.split("=", 1) for one in match[2].split(","))
    return match[1], {key: _unescaped(value) for key, value in properties.items()}, match[3]


def _unescaped(text: str) -> str:
    codes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    for code, character in codes.items():
        text = text.replace(code, character)
    return text


def test_github_gets_an_annotation_of_the_right_kind_on_the_line() -> None:
    lines = _written("github", _found(OVERDUE, SOON, STALE)).splitlines()
    assert lines[0] == (
        "::error file=台账/07.yaml,line=8,col=7,title=T601 逾期::问题07已逾期3天；尽快销号"
    )
    assert [_command(line)[0] for line in lines] == ["error", "warning", "notice"]
    assert [_command(line)[1]["line"] for line in lines] == ["8", "8", "21"]


@pytest.mark.parametrize("path", ["a:b,c%d/甲 乙/01.yaml", "a%0Ab/x.yaml", "甲\n::error::/x.yaml"])
def test_the_runner_reads_any_path_back_to_the_letter(path: str) -> None:
    text = _written("github", _found(OVERDUE._replace(path=path)))
    assert len(text.splitlines()) == 1
    assert _command(text)[1]["file"] == path


# GitLab.


def test_gitlab_gets_what_its_code_quality_reports_must_hold() -> None:
    report = json.loads(_written("gitlab", _found(OVERDUE, SOON, STALE)))
    assert report[0] == {
        "description": "T601 问题07已逾期3天；尽快销号",
        "check_name": "T601",
        "fingerprint": fingerprints([OVERDUE])[0],
        "severity": "critical",
        "location": {"path": "台账/07.yaml", "lines": {"begin": 8}},
    }
    assert [one["severity"] for one in report] == ["critical", "minor", "info"]
    assert json.loads(_written("gitlab", _found())) == []


def test_a_fingerprint_stays_when_lines_move_and_days_pass() -> None:
    later = OVERDUE._replace(line=80, column=9, message="问题07已逾期4天", severity=Severity.INFO)
    assert fingerprints([later]) == fingerprints([OVERDUE])


def test_every_problem_has_a_fingerprint_of_its_own() -> None:
    measure = OVERDUE._replace(code="T605", at=("措施", 0, "时限"))
    second = measure._replace(at=("措施", 1, "时限"))
    problems = [OVERDUE, OVERDUE, OVERDUE, SOON, STALE, measure, second]
    names = fingerprints(problems)
    assert len(set(names)) == len(problems)
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in names)
    assert fingerprints(problems[1:])[0] == names[0]


def test_a_file_name_that_is_no_text_has_a_fingerprint_too() -> None:
    assert fingerprints([OVERDUE._replace(path="\udcff.yaml")]) != fingerprints([OVERDUE])


# JUnit.


def _junit(found: CheckReport) -> ET.Element:
    return ET.fromstring(_written("junit", found))  # noqa: S314 - our own words


def test_junit_has_a_test_case_for_every_finding_and_inspection() -> None:
    ledger = _ledger(_finding("05", "会议多"), _finding("07", "<&>"), unreadable=["09.yaml"])
    unreadable = OVERDUE._replace(path="台账/09.yaml", code="Y201", at=())
    suites = _junit(_found(OVERDUE, SOON, STALE, unreadable, ledgers=[ledger])).findall("testsuite")
    assert [suite.attrib for suite in suites] == [
        {"name": "台账", "tests": "4", "failures": "2", "errors": "0"}
    ]
    cases = {case.attrib["name"]: case for case in suites[0]}
    assert list(cases) == ["inspection.yaml", "05 会议多", "07 <&>", "09.yaml"]
    assert {case.attrib["classname"] for case in cases.values()} == {"台账"}
    assert [child.tag for case in cases.values() for child in case] == [
        "system-out",
        "failure",
        "system-out",
        "failure",
    ]
    failure = cases["07 <&>"].find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "T601", "message": "问题07已逾期3天；尽快销号"}
    assert failure.text == "台账/07.yaml:8:7: T601 问题07已逾期3天；尽快销号"


def test_junit_parts_ledgers_and_keeps_what_belongs_to_no_finding() -> None:
    here, there = _ledger(_finding("07", "甲")), _ledger(_finding("07", "乙"), folder="x/乙局")
    stray = OVERDUE._replace(path="台账/7a.yaml", code="F109", at=())
    gone = OVERDUE._replace(path="丙局/inspection.yaml", code="F111", at=())
    suites = list(_junit(_found(OVERDUE, stray, gone, ledgers=[here, there])))
    names = [[case.attrib["name"] for case in suite] for suite in suites]
    assert [suite.attrib["name"] for suite in suites] == ["台账", "乙局", "丙局"]
    assert names == [
        ["inspection.yaml", "07 甲", "7a.yaml"],
        ["inspection.yaml", "07 乙"],
        ["inspection.yaml"],
    ]


def test_a_ledger_of_nothing_is_still_well_formed() -> None:
    assert list(_junit(_found())) == []


@given(st.text(max_size=199))
def test_no_title_breaks_the_xml(title: str) -> None:
    ledger = _ledger(_finding("07", f"甲{title}"))
    problem = OVERDUE._replace(message=title)
    case = _junit(_found(problem, ledgers=[ledger]))[0][1]
    assert case.attrib["name"].startswith("07 甲")
    assert case[0].attrib["type"] == "T601"


# SARIF.


@cache
def _validator() -> Any:
    return Draft4Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def _sarif(*problems: Problem) -> dict[str, Any]:
    report = json.loads(_written("sarif", _found(*problems)))
    assert [error.message for error in _validator().iter_errors(report)] == []
    run: dict[str, Any] = report["runs"][0]
    return run


def test_the_sarif_schema_refuses_what_is_wrong() -> None:
    report = json.loads(_written("sarif", _found(OVERDUE)))
    report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert not _validator().is_valid(report)


def test_sarif_is_valid_and_says_where_which_rule_and_how_grave() -> None:
    run = _sarif(OVERDUE, SOON, OVERDUE, STALE)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["T601", "T602", "T604"]
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in run["results"]] == [
        ("T601", 0, "error"),
        ("T602", 1, "warning"),
        ("T601", 0, "error"),
        ("T604", 2, "note"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 8, "startColumn": 7}
    prints = [one["partialFingerprints"]["zhenggai/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_of_nothing_is_valid() -> None:
    assert _sarif()["results"] == []


def test_every_code_makes_a_valid_sarif_rule() -> None:
    problems = [OVERDUE._replace(code=code) for code in CODES]
    rules = _sarif(*problems)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert all(rule["shortDescription"]["text"] for rule in rules)


def test_braces_and_brackets_in_a_message_are_no_placeholders_and_no_links() -> None:
    run = _sarif(OVERDUE._replace(message="占位符“{0}”,[点这里](http://x)", hint=""))
    assert run["results"][0]["message"]["text"] == "占位符“{{0}}”,[点这里] (http://x)"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("台账/07.yaml", "%E5%8F%B0%E8%B4%A6/07.yaml"),
        ("a b#c?d%/07.yaml", "a%20b%23c%3Fd%25/07.yaml"),
        ("/srv/a:b/07.yaml", "file:///srv/a%3Ab/07.yaml"),
        ("C:/台 账/07.yaml", "file:///C:/%E5%8F%B0%20%E8%B4%A6/07.yaml"),
        ("a\nb/07.yaml", "a%0Ab/07.yaml"),
    ],
)
def test_a_path_becomes_a_uri_that_names_the_file(path: str, uri: str) -> None:
    place = _sarif(OVERDUE._replace(path=path))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
    assert unquote_to_bytes(urlsplit(uri).path.removeprefix("/C:")).decode() in f"/{path}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file names that are not text")
def test_a_file_name_that_is_no_text_is_given_by_its_bytes() -> None:
    place = _sarif(OVERDUE._replace(path="\udcff.yaml"))["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "%FF.yaml"


# The job's page.


def test_the_summary_of_a_job_puts_the_gravest_first() -> None:
    assert job_summary(_found(STALE, OVERDUE, ledgers=[_ledger()])) == (
        "## 整改台账检查\n\n检查了0个问题：1个错误，1个提示\n\n"
        "| 位置 | 代码 | 程度 | 说明 |\n|---|---|---|---|\n"
        "| 台账/07.yaml:8 | T601 | 错误 | 问题07已逾期3天；尽快销号 |\n"
        "| 台账/07.yaml:21 | T604 | 提示 | 问题07已逾期3天；尽快销号 |\n"
    )
    assert job_summary(_found()) == (
        "## 整改台账检查\n\n检查了0个问题：未发现错误，没有逾期的问题\n\n"
    )


@pytest.mark.parametrize(("length", "shown"), [(10, 500), (4000, 74)])
def test_a_job_summary_fits_what_github_takes_and_says_what_is_left_out(
    length: int, shown: int
) -> None:
    problems = [OVERDUE._replace(message="长" * length)] * 1200
    page = job_summary(_found(*problems))
    assert len(page.encode()) < 1 << 20
    assert page.count("| T601 |") == shown
    assert page.endswith(f"\n\n还有{1200 - shown}个未列出。\n")


# In every form.


@pytest.mark.parametrize("form", [*registry.names("problems"), "summary"])
def test_hostile_names_and_titles_are_inert_in_every_form(form: str) -> None:
    ledger = _ledger(_finding("07", _HOSTILE), folder=_HOSTILE)._replace(name=_HOSTILE)
    problem = OVERDUE._replace(path=f"{_HOSTILE}/07.yaml", message=_HOSTILE, hint=_HOSTILE)
    found = _found(problem, ledgers=[ledger], source=lambda _path, _line: _HOSTILE)
    text = job_summary(found) if form == "summary" else _written(form, found)
    assert _acting(text) == []
    assert [line for line in text.splitlines() if line.startswith("::error::")] == []
    assert "\n::" not in text


def test_markup_in_a_title_stays_words_on_the_job_page() -> None:
    problem = OVERDUE._replace(message="<img src=x> | [x](y) **z**")
    row = job_summary(_found(problem)).splitlines()[-1]
    assert r"\<img src=x\> \| \[x\](y) \*\*z\*\*" in row


def test_every_severity_a_code_can_have_has_its_word_in_every_form() -> None:
    for severity in {code.severity for code in (*CODES.values(), *READING.values())}:
        for form in registry.names("problems"):
            assert _written(form, _found(OVERDUE._replace(severity=severity)))
