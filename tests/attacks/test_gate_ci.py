"""Ways past the gate by what runs the check: the action, the examples, hooks, Git's own settings.

The numbers are those of the attacks. Version 0.1.0's own action, examples and hook are run too.
"""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from gate import ABOUT, CLOSED, ENVIRONMENT, FORGED, KEJI, change, codes, copied, put, sample
from ruamel.yaml import YAML

from ci_host import Host, host
from commandline import ROOT, Outcome, Zhenggai
from git_repository import Repository, init
from version_one import VersionOne, stored

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the steps are written for bash and sh")

_SEVENTH = "ledgers/keji-2021/07.yaml"
_RECORD = "  - 日期: 2021-04-23\n    事项: 督查\n    情况: 党组会议、班子会议实行与会人员签字背书\n"


def _yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


# -- 7: CI ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _machine(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return host(tmp_path_factory.mktemp("host"))


@pytest.fixture
def machine(_machine: Host, tmp_path: Path) -> Host:
    folder = tmp_path / "host"
    shutil.copytree(_machine.folder, folder, symlinks=True)
    return Host(Repository(folder / "仓库"), folder)


def _forged(machine: Host) -> str:
    """Take a record away in a commit; give the one before."""
    base = machine.repository.git("rev-parse", "HEAD")
    change(machine.repository.folder / _SEVENTH, _RECORD, "")
    machine.repository.commit("forged", day="2021-05-10")
    return base


def _force_pushed(machine: Host) -> tuple[str, Path]:
    """Give what was on the server before a forced push, and a fresh clone of what is there now."""
    old = machine.repository.git("rev-parse", "HEAD")
    server = machine.folder / "server.git"
    machine.repository.git("clone", "--quiet", "--bare", ".", str(server))
    Repository(server).git("config", "uploadpack.allowAnySHA1InWant", "true")
    change(machine.repository.folder / _SEVENTH, _RECORD, "")
    machine.repository.git("add", "--all")
    machine.repository.git("commit", "--quiet", "--amend", "--message", "forged")
    machine.repository.git("push", "--quiet", "--force", str(server), "main")
    clone = machine.folder / "clone"
    machine.repository.git("clone", "--quiet", server.as_uri(), str(clone))
    return old, clone


def _rewritten(outcome: Outcome) -> bool:
    return "title=I7" in outcome.out or " I701 " in outcome.out


def test_7_a_forced_push_is_compared_with_what_was_there(machine: Host) -> None:
    old, clone = _force_pushed(machine)
    outcome = machine.act(event={"before": old}, cwd=clone)
    assert (outcome.code, _rewritten(outcome)) == (3, True)
    assert machine.act(event={"before": "1" * 40}, cwd=clone).code == 2
    action = _yaml(stored("action.yml"))
    fresh = machine.folder / "clone again"
    machine.repository.git("clone", "--quiet", (machine.folder / "server.git").as_uri(), str(fresh))
    assert machine.act(event={"before": old}, cwd=fresh, action=action).code == 0


def test_7_a_merge_group_is_compared_with_its_base(machine: Host) -> None:
    base = _forged(machine)
    outcome = machine.act(event={"merge_group.base_sha": base})
    assert (outcome.code, _rewritten(outcome)) == (3, True)
    event = {"merge_group.base_sha": base}
    assert machine.act(event=event, action=_yaml(stored("action.yml"))).code == 0


def test_7_a_new_branch_is_compared_with_where_it_left_the_main_one(machine: Host) -> None:
    machine.repository.git("remote", "add", "origin", ".")
    machine.repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    _forged(machine)
    event = {"before": "0" * 40, "repository.default_branch": "main"}
    action = _yaml(stored("action.yml"))
    assert machine.act(event=event | {"ref_name": "topic"}, action=action).code == 0
    outcome = machine.act(event=event)
    assert (outcome.code, _rewritten(outcome)) == (3, True)


_STRANGER: Any = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}


def test_7_a_folder_git_does_not_trust_is_called_that_and_fails(machine: Host) -> None:
    base = _forged(machine)
    action = _yaml(stored("action.yml"))
    for event in ({"pull_request.base.sha": base}, {"before": base}):
        outcome = machine.act(event=event, **_STRANGER)
        assert outcome.code == 2
        assert "git config --global --add safe.directory" in outcome.out
        assert "fetch-depth" not in outcome.out
    assert machine.act(event={"before": base}, action=action, **_STRANGER).code == 0
    wrong = machine.act(event={"pull_request.base.sha": base}, action=action, **_STRANGER)
    assert "fetch-depth" in wrong.out


def test_7_python_runs_nothing_of_the_checked_out_tree(machine: Host) -> None:
    for name in ("venv.py", "pip.py"):
        put(machine.repository.folder / name, f'open("{machine.folder}/pwned", "w").close()\n')
    real = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
    (machine.folder / "bin" / "python3").write_text(real, encoding="utf-8")
    environment = machine.folder / "zhenggai" / "bin"
    environment.mkdir(parents=True)
    (environment / "python").write_text(real, encoding="utf-8")
    (environment / "python").chmod(0o755)

    def install(action: Any) -> None:
        step = action["runs"]["steps"][0]["run"]
        # What is tried is whose venv and pip are run; that they do their work takes too long.
        step = re.sub(r"-m (venv|pip) .*", r'-c "import \1"', step)
        known = {"RUNNER_TEMP": str(machine.folder), "GITHUB_ACTION_PATH": str(ROOT)}
        known["GITHUB_PATH"] = str(machine.folder / "path")
        assert machine.run(["bash", "-e", "-c", step], known).code == 0

    install(_yaml((ROOT / "action.yml").read_text(encoding="utf-8")))
    assert not (machine.folder / "pwned").exists()
    install(_yaml(stored("action.yml")))
    assert (machine.folder / "pwned").exists()


def _check_sh(machine: Host, text: str, *words: str, **env: str) -> Outcome:
    put(machine.folder / "check.sh", text)
    return machine.run(["sh", str(machine.folder / "check.sh"), *words], env)


def test_7_check_sh_does_not_pass_without_anything_to_compare(machine: Host) -> None:
    machine.install()
    _forged(machine)
    today = (ROOT / "examples" / "check.sh").read_text(encoding="utf-8")
    for words in (("ledgers",), ("ledgers", "origin/main")):
        assert _check_sh(machine, today, *words).code == 2
    stranger = _check_sh(machine, today, "ledgers", "main~1", **_STRANGER)
    assert (stranger.code, "safe.directory" in stranger.err) == (2, True)
    assert _check_sh(machine, today, "ledgers", "main~1").code == 3
    assert _check_sh(machine, today, "ledgers", "none").code == 0
    same = _check_sh(machine, today, "ledgers", "main")
    assert (same.code, "只比较没有提交的改动" in same.err) == (0, True)
    then = stored("examples/check.sh")
    assert _check_sh(machine, then, "ledgers").code == 0
    assert _check_sh(machine, then, "ledgers", "main~1", **_STRANGER).code == 0


def _gitlab(machine: Host, text: str, cwd: Path | None = None, **env: str) -> Outcome:
    job = _yaml(text)["zhenggai"]
    words = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])]
    return machine.run(words, {**job["variables"], **env}, cwd)


def test_7_the_gitlab_job_compares_a_forced_push_or_fails(machine: Host) -> None:
    machine.install()
    old, clone = _force_pushed(machine)
    today = (ROOT / "examples" / "gitlab-ci.yml").read_text(encoding="utf-8")
    then = stored("examples/gitlab-ci.yml")
    assert _gitlab(machine, then, clone, CI_COMMIT_BEFORE_SHA=old).code == 0
    assert _gitlab(machine, today, clone, CI_COMMIT_BEFORE_SHA=old).code == 3
    assert _gitlab(machine, today, clone, CI_COMMIT_BEFORE_SHA="1" * 40).code == 2
    stranger = _gitlab(machine, today, clone, CI_COMMIT_BEFORE_SHA=old, **_STRANGER)
    assert (stranger.code, "safe.directory" in stranger.err) == (2, True)


# -- 8: hooks ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        return sample(tmp_path_factory.mktemp("sample") / "仓库")


@pytest.fixture
def repository(_sample: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = copied(_sample, tmp_path / "仓库")
    monkeypatch.chdir(made.folder)
    return made


def _would_run(hooks: str, staged: list[str]) -> bool:
    """Whether pre-commit runs the hook; deleted files are not among those it looks at."""
    [hook] = _yaml(hooks)
    if hook.get("always_run"):
        return True
    return any(re.search(hook.get("files", ""), name) for name in staged)


@pytest.mark.parametrize("moved_to", [None, "归档/09.txt"])
def test_8_the_hook_runs_for_what_is_deleted_or_renamed(
    repository: Repository, moved_to: str | None
) -> None:
    file = repository.folder / CLOSED
    if moved_to:
        (repository.folder / moved_to).parent.mkdir()
        file.rename(repository.folder / moved_to)
    else:
        file.unlink()
    repository.git("add", "--all")
    listed = repository.git("diff", "--staged", "--name-only", "-z", "--diff-filter=ACMRTUXB")
    staged = [name for name in listed.split("\0") if name]
    assert staged == ([moved_to] if moved_to else [])
    assert _would_run((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), staged)
    assert not _would_run(stored(".pre-commit-hooks.yaml"), staged)


def test_8_a_push_is_compared_with_what_the_other_side_has(
    repository: Repository,
    zhenggai: Zhenggai,
    version_one: VersionOne,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = repository.git("rev-parse", "HEAD")
    change(repository.folder / CLOSED, *FORGED)
    assert "I701" in codes(zhenggai("check", "--since", "auto"))
    head = repository.commit("forged")
    assert zhenggai("check", "--since", "auto").code == 1
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", base)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", head)
    outcome = zhenggai("check", "--since", "auto")
    assert (outcome.code, "I701" in codes(outcome)) == (3, True)
    then = version_one.run("check", "--since", "HEAD", cwd=repository.folder)
    assert (then.code, "I701" in codes(then)) == (1, False)


def test_8_what_is_pushed_must_be_what_is_looked_at(
    repository: Repository, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = repository.git("rev-parse", "HEAD")
    change(repository.folder / CLOSED, *FORGED)
    head = repository.commit("forged")
    change(repository.folder / CLOSED, FORGED[1], FORGED[0])
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", base)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", head)
    outcome = zhenggai("check", "--since", "auto")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"错误：要推送的是{head[:10]}，文件夹里的台账与它不同；")


def _submodule(repository: Repository, folder: Path, *forged: str) -> Repository:
    """Turn the ledger into a submodule with two commits."""
    inner = init(folder)
    for file in (repository.folder / KEJI).iterdir():
        shutil.copy(file, folder)
    if forged:
        change(folder / "09.yaml", *forged)
    inner.commit("one")
    inner.commit("two")
    repository.git("rm", "-r", "--quiet", KEJI)
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    repository.git(*words, str(folder), KEJI)
    repository.commit("a submodule")
    return Repository(repository.folder / KEJI)


@pytest.mark.parametrize("forged", [(), FORGED])
def test_8_a_ledger_that_becomes_a_submodule_is_named(
    repository: Repository,
    zhenggai: Zhenggai,
    version_one: VersionOne,
    tmp_path: Path,
    forged: tuple[str, ...],
) -> None:
    _submodule(repository, tmp_path / "inner", *forged)
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, "I712" in codes(outcome)) == (3, True)
    assert ("I701" in codes(outcome)) is bool(forged)
    then = version_one.run("check", "--since", "HEAD~1", cwd=repository.folder)
    assert (then.code, " I7" in then.out) == (1, False)


def test_8_a_submodule_is_compared_with_the_commit_recorded_of_it(
    repository: Repository, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    inner = _submodule(repository, tmp_path / "inner")
    base = repository.git("rev-parse", "HEAD")
    assert zhenggai("check", "--since", base).code == 1
    change(inner.folder / "09.yaml", *FORGED)
    inner.commit("forged")
    inner.commit("and one more")
    repository.commit("the submodule moved on")
    outcome = zhenggai("check", "--since", base)
    assert (outcome.code, "I701" in codes(outcome)) == (3, True)


def test_8_an_empty_submodule_is_a_ledger_gone(
    repository: Repository, zhenggai: Zhenggai, tmp_path: Path
) -> None:
    shutil.copytree(repository.folder / KEJI, repository.folder / "ledgers" / "另一本")
    change(repository.folder / "ledgers/另一本/09.yaml", "问题: ", "问题: 另一个")
    repository.commit("two ledgers")
    _submodule(repository, tmp_path / "inner")
    repository.git("submodule", "--quiet", "deinit", "--force", KEJI)
    outcome = zhenggai("check", "--since", "HEAD~1", "--ledger", "ledgers")
    assert (outcome.code, "I705" in codes(outcome)) == (3, True)


def _server(machine: Host, hook: str) -> Repository:
    """Set up a bare repository whose hook checks what is pushed."""
    machine.install()
    folder = machine.folder / "server.git"
    machine.repository.git("clone", "--quiet", "--bare", ".", str(folder))
    put(folder / "hooks" / "pre-receive", hook)
    (folder / "hooks" / "pre-receive").chmod(0o755)
    machine.repository.git("remote", "add", "origin", str(folder))
    return Repository(folder)


def test_8_the_server_takes_no_rewritten_history(machine: Host) -> None:
    server = _server(machine, (ROOT / "examples" / "pre-receive").read_text(encoding="utf-8"))
    file = machine.repository.folder / _SEVENTH
    change(file, "责任人: 办公室负责人", "责任人: 办公室主任")
    machine.repository.commit("honest", day="2021-05-10")
    push = ["git", "push", "--quiet", "origin", "main"]
    honest = machine.run(push, {})
    assert honest.code == 0, honest
    assert "I711" in honest.err
    good = server.git("rev-parse", "main")
    _forged(machine)
    for words in (push, [*push, "--force"]):
        refused = machine.run(words, {})
        assert refused.code == 1
        assert "未接收：台账未通过检查（退出码3）" in refused.err
        assert "I701 2021-04-23的督查记录被改动或删除" in refused.err
    machine.repository.git("reset", "--quiet", "--hard", "HEAD~1")
    machine.repository.git("switch", "--quiet", "--orphan", "new")
    put(machine.repository.folder / "ledgers/d/inspection.yaml", "被巡察单位: 甲\n")
    machine.repository.commit("another history")
    replaced = machine.run([*push[:-1], "--force", "new:main"], {})
    assert (replaced.code, "I705" in replaced.err) == (1, True)
    deleted = machine.run([*push[:-1], ":main"], {})
    assert (deleted.code, "不能删去主分支" in deleted.err) == (1, True)
    assert server.git("rev-parse", "main") == good
    assert machine.run([*push[:-1], "new:topic"], {}).code == 0


def test_8_the_server_takes_what_is_only_overdue(machine: Host) -> None:
    _server(machine, (ROOT / "examples" / "pre-receive").read_text(encoding="utf-8"))
    machine.repository.commit("nothing")
    pushed = machine.run(
        ["git", "push", "--quiet", "origin", "main"], {"ZHENGGAI_TODAY": "2021-06-01"}
    )
    assert (pushed.code, " T601 " in pushed.err) == (0, True)


# -- 9: what Git may be told ------------------------------------------------------------------


def test_9_what_a_sparse_checkout_leaves_out_is_not_deleted(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    repository.git("status")  # the copy is to be known for what it is
    repository.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{CLOSED}")
    assert not (repository.folder / CLOSED).exists()
    outcome = zhenggai("check", "--since", "HEAD")
    assert (outcome.code, " I7" in outcome.out) == (1, False)
    assert "09.yaml未签出（稀疏检出），未检查\n" in outcome.err
    then = version_one.run("check", "--since", "HEAD", cwd=repository.folder)
    assert "I703" in codes(then)


def test_9_nor_is_a_whole_ledger(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    shutil.copytree(repository.folder / KEJI, repository.folder / "ledgers/另一本")
    repository.commit("two ledgers")
    repository.git("status")  # the copy is to be known for what it is
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/ledgers/另一本/")
    words = ("check", "--since", "HEAD", "--ledger", "ledgers")
    outcome = zhenggai(*words)
    assert (outcome.code, " I7" in outcome.out) == (1, False)
    assert "台账ledgers/另一本未签出（稀疏检出），未检查\n" in outcome.err
    assert "I705" in codes(version_one.run(*words, cwd=repository.folder))


def test_9_what_was_changed_and_then_left_out_fails(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    change(repository.folder / CLOSED, *FORGED)
    repository.commit("forged")
    repository.git("status")  # the copy is to be known for what it is
    repository.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{CLOSED}")
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, "I709" in codes(outcome)) == (3, True)
    (repository.folder / ABOUT).touch()
    repository.git("sparse-checkout", "disable")
    (repository.folder / CLOSED).unlink()
    assert "I703" in codes(zhenggai("check", "--since", "HEAD~1"))


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are for Linux alone")
def test_9_a_folder_may_have_a_name_of_any_bytes(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    name = os.fsdecode("科技局".encode("gbk"))
    os.rename(repository.folder / KEJI, repository.folder / "ledgers" / name)  # noqa: PTH104
    repository.git("-c", "core.quotePath=false", "add", "--all")
    repository.git("commit", "--quiet", "--message", "a name in GBK")
    outcome = zhenggai("check", "--since", "HEAD")
    assert (outcome.code, " I7" in outcome.out, "还没有台账" in outcome.err) == (1, False, False)
    change(repository.folder / "ledgers" / name / "09.yaml", *FORGED)
    assert zhenggai("check", "--since", "HEAD").code == 3
    then = version_one.run("check", "--since", "HEAD", cwd=repository.folder)
    assert then.code != 3 or "I701" not in codes(then)


def test_9_a_separate_git_directory_is_used(
    repository: Repository,
    zhenggai: Zhenggai,
    version_one: VersionOne,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.move(repository.folder / ".git", tmp_path / "库")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "库"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository.folder))
    assert zhenggai("check", "--since", "HEAD").code == 1
    change(repository.folder / CLOSED, *FORGED)
    outcome = zhenggai("check", "--since", "HEAD")
    assert (outcome.code, "I701" in codes(outcome)) == (3, True)
    monkeypatch.delenv("GIT_WORK_TREE")
    monkeypatch.setenv("GIT_DIR", "../库")
    assert zhenggai("check", "--since", "HEAD").code == 3
    env = {"GIT_DIR": str(tmp_path / "库"), "GIT_WORK_TREE": str(repository.folder)}
    assert version_one.run("check", "--since", "HEAD", cwd=repository.folder, env=env).code == 2


@pytest.mark.parametrize("how", ["replace", "graft"])
def test_9_no_other_history_is_put_in_the_place_of_the_stored_one(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne, how: str
) -> None:
    base = repository.git("rev-parse", "HEAD")
    change(repository.folder / CLOSED, *FORGED)
    head = repository.commit("forged")
    if how == "replace":
        repository.git("replace", base, head)
        since = base
    else:
        (repository.folder / ".git" / "info").mkdir(exist_ok=True)
        third = repository.commit("one more")
        put(repository.folder / ".git" / "info" / "grafts", f"{third} {head}\n{head} {head}\n")
        since = base
    outcome = zhenggai("check", "--since", since)
    assert (outcome.code, "I701" in codes(outcome)) == (3, True)
    if how == "replace":
        then = version_one.run("check", "--since", since, cwd=repository.folder)
        assert (then.code, " I7" in then.out) == (1, False)


def test_9_a_repository_among_the_files_is_not_asked(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne, tmp_path: Path
) -> None:
    change(repository.folder / CLOSED, *FORGED)
    shutil.copytree(repository.folder / KEJI, tmp_path / "decoy")
    decoy = init(tmp_path / "decoy")
    decoy.commit("nothing was ever otherwise")
    decoy.git("gc", "--quiet", "--prune=now")
    decoy.git("config", "core.worktree", ".")
    for name in ("HEAD", "config", "objects", "refs", "packed-refs"):
        there = decoy.folder / ".git" / name
        where = repository.folder / KEJI / name
        (shutil.copytree if there.is_dir() else shutil.copy)(there, where)
    put(repository.folder / KEJI / "refs" / "README", "a folder that is empty is not stored\n")
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit("forged, with a history of its own")
    words = ("check", "--since", "main", "--ledger", KEJI)
    outcome = zhenggai(*words)
    assert (outcome.code, "I701" in codes(outcome)) == (3, True)
    then = version_one.run(*words, cwd=repository.folder)
    assert (then.code, " I7" in then.out) == (1, False), then
