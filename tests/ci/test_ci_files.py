"""action.yml, the hook and the examples: their commands, run in a repository with the sample."""

import json
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from check_jsonschema import main as check_jsonschema

from ci_host import Host, host, read_yaml
from commandline import ROOT
from git_repository import Repository
from zhenggai.exporters import registry

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the steps are written for bash and sh")

_OVERDUE = "2021-06-01"
_SEVENTH = Path("ledgers") / "keji-2021" / "07.yaml"


@pytest.fixture
def machine(tmp_path: Path) -> Host:
    return host(tmp_path)


def _rewrite(repository: Repository) -> str:
    """Take a record away on a branch, and give the commit it left main at."""
    base = repository.git("rev-parse", "HEAD")
    repository.git("switch", "--quiet", "--create", "topic")
    path = repository.folder / _SEVENTH
    text = path.read_text(encoding="utf-8")
    at = text.index("  - 日期: 2021-04-23\n")
    path.write_text(text[:at] + text[text.index("  - 日期: 2021-04-28\n") :], encoding="utf-8")
    repository.commit("改写记录", day="2021-05-10")
    return base


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", "examples/github.yml"),
        ("gitlab-ci", "examples/gitlab-ci.yml"),
    ],
)
def test_the_host_would_take_the_file(schema: str, name: str) -> None:
    words = ["--builtin-schema", f"vendor.{schema}", str(ROOT / name)]
    assert check_jsonschema(words, standalone_mode=False) in (None, 0)


# The action.


def test_the_action_installs_its_own_checkout_and_warns_of_what_is_due_soon(machine: Host) -> None:
    outcome = machine.act()
    assert outcome.code == 0, outcome
    assert f"-m venv {machine.folder}/zhenggai\n" in machine.asked
    assert re.search(rf"-m pip install .*{re.escape(str(ROOT))}\n", machine.asked)
    kinds = [line.partition(" ")[0] for line in outcome.out.splitlines()]
    assert set(kinds) == {"::warning", "::notice"}
    assert "::warning file=ledgers/keji-2021/05.yaml,line=8,col=7,title=T602 临期::" in outcome.out
    assert "| ledgers/keji-2021/05.yaml:8 | T602 | 警告 |" in machine.summary


def test_the_action_fails_on_what_is_overdue(machine: Host) -> None:
    outcome = machine.act(ZHENGGAI_TODAY=_OVERDUE)
    assert outcome.code == 1
    assert "::error file=ledgers/keji-2021/05.yaml,line=8,col=7,title=T601 逾期::" in outcome.out
    assert "| T601 | 错误 |" in machine.summary


def test_the_action_compares_a_pull_request_with_its_merge_base(machine: Host) -> None:
    _rewrite(machine.repository)
    machine.repository.git("switch", "--quiet", "main")
    tip = machine.repository.commit("别人的提交")
    machine.repository.git("switch", "--quiet", "topic")
    outcome = machine.act(event={"pull_request.base.sha": tip})
    assert outcome.code == 3
    assert f"::error file={_SEVENTH.as_posix()}," in outcome.out
    assert "title=I" in outcome.out
    assert machine.act({"since": "none"}, {"pull_request.base.sha": tip}).code == 0


def test_the_action_compares_a_push_with_what_was_there(machine: Host) -> None:
    base = _rewrite(machine.repository)
    assert machine.act(event={"before": base}).code == 3
    new_branch = machine.act(event={"before": "0" * 40})
    assert (new_branch.code, "::warning::" in new_branch.out) == (0, False)
    forced = machine.act(event={"before": "1" * 40})
    assert forced.code == 2
    assert f"::error::取不到推送之前的版本（{'1' * 40}），未比较历史：" in forced.out


def test_the_action_says_how_to_mend_a_checkout_without_history(machine: Host) -> None:
    base = _rewrite(machine.repository)
    shallow = machine.folder / "浅"
    source = machine.repository.folder.as_uri()
    machine.repository.git("clone", "--quiet", "--depth=1", source, str(shallow))
    outcome = machine.act(event={"pull_request.base.sha": base}, cwd=shallow)
    assert outcome.code == 2
    assert "::error::找不到合并基准：把 actions/checkout 的 fetch-depth 设为 0\n" in outcome.out


def test_the_action_hands_its_inputs_on(machine: Host) -> None:
    inputs = {
        "ledger": "ledgers/keji-2021",
        "warn-days": "3",
        "format": "text",
        "output": "sarif=a b.sarif\n\njunit=c.xml\n",
    }
    outcome = machine.act(inputs)
    assert outcome.code == 1
    assert "ledgers/keji-2021/05.yaml:8:7: T603 " in outcome.out
    top = machine.repository.folder
    assert json.loads((top / "a b.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.parse(top / "c.xml").getroot().tag == "testsuites"  # noqa: S314 - our own words


def test_an_input_is_never_run_as_a_command(machine: Host) -> None:
    evil = '"; touch pwned; "$(touch pwned)`touch pwned`'
    inputs = read_yaml("action.yml")["inputs"]
    assert machine.act(dict.fromkeys(inputs, evil)).code == 2
    assert list(machine.repository.folder.rglob("pwned")) == []


# The examples.


def test_the_github_example_runs_the_action_with_inputs_it_has(machine: Host) -> None:
    job = read_yaml("examples/github.yml")["jobs"]["check"]
    checkout, check, upload = job["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    assert check["uses"].startswith("zhenggai/zhenggai@v")
    assert machine.act(check["with"], ZHENGGAI_TODAY=_OVERDUE).code == 1
    assert upload["if"] == "always()"
    written = sorted(path.name for path in machine.repository.folder.glob(upload["with"]["path"]))
    assert written == ["zhenggai.sarif", "zhenggai.xml"]


def _gitlab(machine: Host, **env: str) -> int:
    """Run the job's script as GitLab does; the reports it names must be there."""
    job = read_yaml("examples/gitlab-ci.yml")["zhenggai"]
    words = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])]
    outcome = machine.run(words, {**job["variables"], **env})
    for name in job["artifacts"]["reports"].values():
        assert (machine.repository.folder / name).is_file(), outcome
    return outcome.code


def test_the_gitlab_example_warns_fails_and_leaves_the_reports_it_names(machine: Host) -> None:
    machine.install()
    nothing = "0" * 40
    assert _gitlab(machine, CI_COMMIT_BEFORE_SHA=nothing) == 0
    assert machine.asked == "install --quiet zhenggai\n"
    assert _gitlab(machine, CI_COMMIT_BEFORE_SHA=nothing, ZHENGGAI_TODAY=_OVERDUE) == 1
    base = _rewrite(machine.repository)
    merge_request = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_BEFORE_SHA": nothing}
    assert _gitlab(machine, **merge_request) == 3
    report = machine.repository.folder / "gl-code-quality-report.json"
    paths = {one["location"]["path"] for one in json.loads(report.read_text(encoding="utf-8"))}
    assert _SEVENTH.as_posix() in paths


_SCRIPT = ["sh", str(ROOT / "examples" / "check.sh")]


@pytest.mark.parametrize(
    ("today", "words", "code", "said"),
    [
        ("2021-05-18", ["ledgers", "none"], 0, "通过\n"),
        (_OVERDUE, ["ledgers", "main"], 1, "不通过：有问题逾期\n"),
    ],
)
def test_the_shell_example_runs_in_any_sh(
    machine: Host, today: str, words: list[str], code: int, said: str
) -> None:
    machine.install()
    outcome = machine.run([*_SCRIPT, *words], {"ZHENGGAI_TODAY": today})
    assert (outcome.code, outcome.out.endswith(f"\n{said}")) == (code, True)
    assert "05.yaml:8:7: T60" in outcome.out


def test_the_shell_example_does_not_pass_without_anything_to_compare(machine: Host) -> None:
    machine.install()
    outcome = machine.run(_SCRIPT, {})
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("未能检查：没有“origin/main”这个分支可比较，或历史未取全；")


def test_the_shell_example_compares_with_the_merge_base_where_there_is_one(machine: Host) -> None:
    machine.install()
    _rewrite(machine.repository)
    compared = machine.run([*_SCRIPT, "ledgers", "main"], {})
    assert (compared.code, "不通过：台账有错误\n" in compared.out) == (3, True)
    wrong = machine.run([*_SCRIPT, "没有", "main"], {})
    assert (wrong.code, wrong.out) == (2, "未能检查（退出码2）\n")


# The hook.


def _hook() -> dict[str, Any]:
    (hook,) = read_yaml(".pre-commit-hooks.yaml")
    return dict(hook)


def test_the_hook_is_one_that_pre_commit_can_install_and_run() -> None:
    hook = _hook()
    scripts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]\n")[1]
    assert (hook["id"], hook["language"]) == ("zhenggai-check", "python")
    assert scripts.startswith(f"{hook['entry'].split()[0]} = ")
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True
    assert "files" not in hook


def test_the_hook_lets_git_commit_a_sound_ledger_and_no_broken_one(machine: Host) -> None:
    machine.install()
    repository = machine.repository
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {_hook()['entry']} --since HEAD\n", encoding="utf-8")
    hook.chmod(0o755)
    commit = ["git", "commit", "--quiet", "--all", "--message", "登记"]
    path = repository.folder / _SEVENTH
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("责任人: 办公室负责人", "责任人: 办公室主任"), encoding="utf-8")
    assert machine.run(commit, {}).code == 0
    path.write_text(text.replace("2021-04-30", "2021-04-31"), encoding="utf-8")
    refused = machine.run(commit, {})
    assert refused.code == 1
    assert "07.yaml:8:7: K305 " in refused.out + refused.err
    path.write_text(text.replace("2021-04-30", "2021-06-30"), encoding="utf-8")
    rewritten = machine.run(commit, {})
    assert (rewritten.code, " I7" in rewritten.out + rewritten.err) == (1, True)


# What is written about them.


def test_the_guide_names_every_form_every_input_and_every_example() -> None:
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \|$", guide, re.MULTILINE) == list(
        registry.names("problems")
    )
    inputs = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| [^|]+ \|$", guide, re.MULTILINE)
    assert inputs == list(read_yaml("action.yml")["inputs"])
    linked = {Path(one).name for one in re.findall(r"\]\(\.\./(examples/[^)]+)\)", guide)}
    there = {path for path in (ROOT / "examples").iterdir() if path.is_file()}
    # What is Python is for engines, not for CI.
    assert linked == {path.name for path in there if path.suffix != ".py"}
    assert f"id: {_hook()['id']}\n" in guide


def test_the_guide_shows_json_as_the_program_writes_it(machine: Host) -> None:
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    machine.install()
    words = ["zhenggai", "check", "--format", "json"]
    content = json.loads(machine.run(words, {"ZHENGGAI_TODAY": _OVERDUE}).out)
    shown = json.loads(picture)
    assert shown.pop("problems")[0] in content.pop("problems")
    assert shown == content
