"""`zhenggai check --format` and `--output`: what goes where, several at once, the job's page."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from commandline import SAMPLE, Outcome, Zhenggai
from git_repository import init
from ledger_files import ATTENDED, finding, inspection, write_ledger
from zhenggai.storage.discovery import repository

_MEASURE = "措施:\n  - 内容: 完善制度\n"
_FINE = finding(_MEASURE + ATTENDED, 问题="学习不够")
_OVERDUE = finding(_MEASURE + ATTENDED, 整改时限="2021-05-01")
_TODAY = ("--today", "2021-05-18")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a ledger that has one overdue finding."""
    monkeypatch.chdir(tmp_path)
    write_ledger(tmp_path / "台账", {"01": _OVERDUE, "02": _FINE})
    return tmp_path


def _check(zhenggai: Zhenggai, *words: str) -> Outcome:
    return zhenggai("check", "--ledger", "台账", *_TODAY, *words)


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "junit", "sarif"])
def test_every_form_goes_to_stdout_with_the_verdict_as_exit_code(
    here: Path, zhenggai: Zhenggai, form: str
) -> None:
    del here
    code, out, err = _check(zhenggai, "--format", form)
    assert code == 1
    assert "T601" in out
    assert "台账/01.yaml" in out or "%E5%8F%B0%E8%B4%A6/01.yaml" in out
    assert err == "检查了2个问题：1个错误，1个警告\n"


def test_a_form_for_machines_is_a_whole_document_when_nothing_is_wrong(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": _FINE})
    command = ("check", "--ledger", str(tmp_path), *_TODAY, "--format")
    assert zhenggai(*command, "github") == (0, "", "")
    assert zhenggai(*command, "gitlab") == (0, "[]\n", "")
    content = json.loads(zhenggai(*command, "json").out)
    assert content == {"version": 2, "verdict": "ok", "checked": 1, "problems": []}
    assert json.loads(zhenggai(*command, "sarif").out)["runs"][0]["results"] == []
    assert len(list(ET.fromstring(zhenggai(*command, "junit").out)[0])) == 2  # noqa: S314 - ours


@pytest.mark.parametrize(
    ("ledger", "code", "verdict"),
    [
        ({"01": _OVERDUE}, 1, "overdue"),
        ({"01": _OVERDUE, "02": "问题: ["}, 3, "invalid"),
    ],
)
def test_json_gives_the_verdict_that_the_exit_code_gives(
    tmp_path: Path, zhenggai: Zhenggai, ledger: dict[str, str], code: int, verdict: str
) -> None:
    write_ledger(tmp_path, ledger)
    outcome = zhenggai("check", "--ledger", str(tmp_path), *_TODAY, "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["verdict"]) == (code, verdict)


def test_several_forms_are_written_at_once_each_to_its_file(here: Path, zhenggai: Zhenggai) -> None:
    files = {"sarif": "a.sarif", "junit": "b.xml", "gitlab": "c=d.json", "text": "e.txt"}
    words = [word for form, name in files.items() for word in ("--output", f"{form}={name}")]
    code, out, _ = _check(zhenggai, "--format", "github", *words)
    assert (code, out.splitlines()[0][:8]) == (1, "::error ")
    for form, name in files.items():
        alone = _check(zhenggai, "--format", form).out
        assert (here / name).read_text(encoding="utf-8") == alone


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["a.sarif"], "写成 形式=文件，如 sarif=check.sarif"),
        (["sarif="], "写成 形式=文件"),
        (["srif=a"], "是否想写“sarif”"),
        (["表格=a"], "可写：text、json、github、gitlab、junit、sarif"),
        (["sarif=a", "json=a"], "“a”写了不止一次"),
        (["sarif=台账/01.yaml"], "会覆盖台账文件"),
    ],
)
def test_an_output_that_cannot_be_is_wrong_usage_in_chinese(
    here: Path, zhenggai: Zhenggai, asked: list[str], words: str
) -> None:
    before = sorted(path.name for path in here.rglob("*"))
    code, _, err = _check(zhenggai, *(word for one in asked for word in ("--output", one)))
    assert code == 2
    assert words in err
    assert sorted(path.name for path in here.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
@pytest.mark.parametrize("summary", [False, True])
def test_no_report_is_written_through_a_link(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, summary: bool
) -> None:
    before = (here / "台账" / "01.yaml").read_bytes()
    (here / "报告").symlink_to("台账/01.yaml")
    if summary:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", "报告")
    outcome = _check(zhenggai, *([] if summary else ["--output", "sarif=报告"]))
    assert outcome == (4, "", "错误：“报告”是链接，不能写入；请换一个文件名，或删去链接\n")
    assert (here / "台账" / "01.yaml").read_bytes() == before


def test_no_report_takes_the_place_of_evidence_or_of_a_template(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = here / "台账" / "佐证.json"
    sheet.write_bytes(b"{}")
    rest = "措施:\n  - 内容: 完善制度\n    完成: 2021-05-01\n    佐证: 佐证.json\n"
    write_ledger(here / "台账", {"02": finding(rest)})
    for name in ("台账/佐证.json", "台账/templates/notice.md"):
        code, out, err = _check(zhenggai, "--output", f"json={name}")
        assert (code, out, err) == (2, "", f"错误：“{name}”会覆盖台账文件；换一个文件名\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "台账/02.yaml")
    assert "会覆盖台账文件" in _check(zhenggai).err
    assert sheet.read_bytes() == b"{}"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("sarif=台账", "不能写入“台账”（这是文件夹）"),
        ("sarif=没有/a.sarif", "不能写入“没有/a.sarif”（路径不存在）"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(
    here: Path, zhenggai: Zhenggai, asked: str, words: str
) -> None:
    before = sorted(path.name for path in here.rglob("*"))
    outcome = _check(zhenggai, "--output", asked)
    assert outcome.code == 4
    assert words in outcome.err
    assert sorted(path.name for path in here.rglob("*")) == before


@pytest.mark.parametrize("page", ["台账", "没有/页.md", "\n::error::x/y"])
def test_a_page_that_cannot_be_written_leaves_the_verdict_alone(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / page))
    outcome = _check(zhenggai)
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].endswith("；换一个位置；检查的结论不受影响")
    (here / "台账" / "02.yaml").write_text("问题: [", encoding="utf-8")
    assert _check(zhenggai)[0] == 3


def test_an_unknown_form_is_wrong_usage(here: Path, zhenggai: Zhenggai) -> None:
    del here
    assert _check(zhenggai, "--format", "xml")[0] == 2


def test_the_summary_of_a_github_job_is_added_to_its_page(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = here / "summary.md"
    page.write_text("# 已有的内容\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for _ in range(2):
        assert _check(zhenggai)[0] == 1
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# 已有的内容\n## 整改台账检查\n")
    assert text.count("| 台账/01.yaml:6 | T601 | 错误 | 问题01应于2021-05-01完成") == 2


def test_what_code_hosts_read_names_files_from_the_top_of_the_repository(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(here)
    monkeypatch.chdir(here / "台账")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    command = ("check", *_TODAY, "--format")
    assert zhenggai(*command, "text").out.startswith("01.yaml:6:7: T601 ")
    assert zhenggai(*command, "github").out.startswith("::error file=台账/01.yaml,line=6,col=7,")
    report = json.loads(zhenggai(*command, "gitlab").out)
    assert report[0]["location"]["path"] == "台账/01.yaml"
    assert "%E5%8F%B0%E8%B4%A6/01.yaml" in zhenggai(*command, "sarif").out
    assert "| 台账/01.yaml:6 |" in (here / "summary.md").read_text(encoding="utf-8")


def test_a_ledger_outside_the_repository_keeps_its_own_path(
    here: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(here / "别处")
    monkeypatch.chdir(here / "别处")
    out = zhenggai("check", "--ledger", "../台账", *_TODAY, "--format", "github").out
    assert f"file={(here / '台账' / '01.yaml').as_posix()}," in out


def test_a_repository_is_found_from_any_folder_below_its_top(tmp_path: Path) -> None:
    below = init(tmp_path / "库").folder / "甲" / "乙"
    below.mkdir(parents=True)
    assert repository(below) == tmp_path / "库"
    assert repository(tmp_path) is None or tmp_path.is_relative_to(str(repository(tmp_path)))


def test_a_column_is_right_behind_chinese_and_emoji(here: Path, zhenggai: Zhenggai) -> None:
    text = finding("措施:\n  - {内容: 😀少开会😀, 完成: 2021-13-45}\n")
    write_ledger(here / "台账", {"02": text})
    problem = json.loads(_check(zhenggai, "--format", "json").out)["problems"][-1]
    line = text.splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 :] == "2021-13-45}"


def test_two_problems_of_a_kind_keep_their_fingerprints_when_a_line_is_put_above(
    here: Path, zhenggai: Zhenggai
) -> None:
    def fingerprints() -> list[tuple[str, int]]:
        report = json.loads(_check(zhenggai, "--format", "gitlab").out)
        return [(one["fingerprint"], one["location"]["lines"]["begin"]) for one in report]

    measures = "措施:\n  - {内容: 甲, 时限: 2021-04-01}\n  - {内容: 乙, 时限: 2021-04-01}\n"
    measures += ATTENDED
    write_ledger(here / "台账", {"01": finding(measures)})
    before = fingerprints()
    (here / "台账" / "01.yaml").write_text(f"# 说明\n{finding(measures)}", encoding="utf-8")
    assert len({name for name, _ in before}) == len(before) >= 2
    assert fingerprints() == [(name, line + 1) for name, line in before]


def test_names_of_folders_and_files_cannot_give_a_runner_orders(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = "a\n::error::b\x1b[31m"
    try:
        write_ledger(tmp_path / hostile, {"01": _OVERDUE}, inspection())
    except OSError:
        pytest.skip("this system has no such file names")
    (tmp_path / hostile / "\n::stop-commands::x.yaml").touch()
    for form in ("text", "github", "junit", "json", "gitlab", "sarif"):
        out = zhenggai("check", "--ledger", hostile, *_TODAY, "--format", form).out
        commands = [line for line in out.splitlines() if line.lstrip().startswith("::")]
        assert len(commands) == (out.count("::error file=") + out.count("::warning file="))
        assert "\x1b" not in out


def test_the_sample_as_a_gitlab_and_junit_report(zhenggai: Zhenggai, tmp_path: Path) -> None:
    page = tmp_path / "junit.xml"
    zhenggai("check", "--ledger", str(SAMPLE), *_TODAY, "--output", f"junit={page}")
    suite = ET.parse(page).getroot()[0]  # noqa: S314 - our own words
    assert suite.attrib == {"name": "keji-2021", "tests": "20", "failures": "0", "errors": "0"}
    assert suite[7].attrib["name"] == "07 存在以会议落实会议现象"
