"""Ways past `check --since` by days that lie and by an upgrade that does more than it may.

The ledger is of format 2 and asks for an application; 07 and 08 are due on 2021-04-30.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from gate import change, codes

from commandline import Outcome, Zhenggai
from git_repository import SETTINGS, Repository, init
from ledger_files import finding, inspection, write_ledger

PLACE = "ledgers/台账"
ABOUT = inspection("格式: 2\n销号程序: [申请, 批准]\n")
FINDING = finding(
    "措施:\n  - 内容: 少开会\n    完成: 2021-03-20\n"
    "记录:\n  - 日期: 2021-03-05\n    事项: 进展\n    经办人: 办公室\n    情况: 初稿已成\n",
    整改时限="2021-04-30",
)
OLD_ABOUT = inspection("销号程序: [申请, 批准]\n")
OLD_FINDING = FINDING.replace("事项: 进展", "事项: 督查")

Checked = Callable[..., Outcome]


def _application(day: str, entered: str = "") -> str:
    rest = f"    登记日期: {entered}\n" if entered else ""
    return f"  - 日期: {day}\n    事项: 申请销号\n    经办人: 办公室\n{rest}"


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _start(folder: Path, about: str, text: str) -> Repository:
    repository = init(folder)
    write_ledger(folder / PLACE, {"07": text, "08": text.replace("财务管理", "会议管理")}, about)
    repository.commit(day="2021-04-20")
    return repository


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = _start(tmp_path / "仓库", ABOUT, FINDING)
    monkeypatch.chdir(repository.folder)
    return repository


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = _start(tmp_path / "仓库", OLD_ABOUT, OLD_FINDING)
    monkeypatch.chdir(repository.folder)
    return repository


@pytest.fixture
def checked(zhenggai: Zhenggai) -> Checked:
    def run(since: str = "HEAD", today: str = "2021-05-20") -> Outcome:
        return zhenggai("check", "--since", since, "--today", today)

    return run


def _history(outcome: Outcome) -> set[str]:
    return {code for code in codes(outcome) if code.startswith("I")}


# -- days -------------------------------------------------------------------------------------


def test_an_application_committed_in_time_and_one_entered_late_are_fine(
    repository: Repository, checked: Checked, zhenggai: Zhenggai
) -> None:
    _add(repository.folder / PLACE / "07.yaml", _application("2021-04-28"))
    repository.commit(day="2021-04-28")
    assert checked("HEAD~1", "2021-04-29").code == 0
    words = ("apply", "8", "--by", "办公室", "--on", "2021-04-28", "--today", "2021-05-20")
    assert zhenggai(*words).code == 4
    assert zhenggai(*words, "--late").code == 0
    repository.commit(day="2021-05-20")
    outcome = checked("HEAD~1")
    assert (outcome.code, _history(outcome)) == (0, set())


@pytest.mark.parametrize("entered", ["", "2021-04-29", "2021-04-30"])
@pytest.mark.parametrize("commits", [0, 1])
def test_an_application_dated_before_the_deadline_and_written_after_it_is_named(
    repository: Repository, checked: Checked, entered: str, commits: int
) -> None:
    _add(repository.folder / PLACE / "07.yaml", _application("2021-04-28", entered))
    if commits:
        repository.commit(day="2021-05-19")
    outcome = checked("HEAD" + "~1" * commits)
    assert (outcome.code, _history(outcome)) == (3, {"I706"})


def test_a_day_of_entry_long_before_the_commit_is_named(
    repository: Repository, checked: Checked
) -> None:
    _add(repository.folder / PLACE / "07.yaml", _application("2021-04-28", "2021-05-01"))
    outcome = checked()
    assert (outcome.code, _history(outcome)) == (3, {"I713"})
    assert "2021-05-01的申请销号记录到2021-05-20才有（按最早的提交）" in outcome.out
    repository.commit(day="2021-05-18")
    _add(repository.folder / PLACE / "07.yaml", "# 核对过\n")
    repository.commit(day="2021-05-19")
    outcome = checked("HEAD~2")
    assert "记录到2021-05-18才有" in outcome.out
    change(repository.folder / PLACE / "07.yaml", "登记日期: 2021-05-01", "登记日期: 2021-05-18")
    assert _history(checked("HEAD~2")) == set()


def test_the_earliest_commit_may_be_of_a_branch_that_was_merged(
    repository: Repository, checked: Checked
) -> None:
    repository.git("switch", "--quiet", "--create", "甲")
    _add(repository.folder / PLACE / "07.yaml", _application("2021-05-02"))
    repository.commit(day="2021-05-02")
    repository.git("switch", "--quiet", "main")
    _add(repository.folder / PLACE / "08.yaml", "# 核对过\n")
    repository.commit(day="2021-05-10")
    repository.git("merge", "--quiet", "--no-edit", "甲", day="2021-05-19")
    assert _history(checked("HEAD~2")) == set()


def test_a_commit_dated_back_is_as_late_as_what_it_rests_on(
    repository: Repository, checked: Checked
) -> None:
    _add(repository.folder / PLACE / "08.yaml", "# 核对过\n")
    repository.commit(day="2021-05-15")
    _add(repository.folder / PLACE / "07.yaml", _application("2021-04-28", "2021-05-01"))
    repository.commit(day="2021-05-01")
    outcome = checked("HEAD~1")
    assert _history(outcome) == {"I713"}
    assert "记录到2021-05-15才有" in outcome.out


def test_a_step_dated_after_the_deadline_and_written_later_is_told(
    repository: Repository, checked: Checked
) -> None:
    _add(repository.folder / PLACE / "07.yaml", _application("2021-05-10"))
    outcome = checked()
    assert (outcome.code, _history(outcome)) == (1, {"I714"})  # 08 is overdue
    assert _history(checked(today="2021-05-10")) == set()


def test_a_returned_application_is_not_mended_by_one_dated_back(
    repository: Repository, checked: Checked
) -> None:
    _add(repository.folder / PLACE / "07.yaml", _application("2021-04-21"))
    repository.commit(day="2021-04-21")
    back = "  - 日期: 2021-04-25\n    事项: 退回\n    理由: 佐证材料不全\n"
    _add(repository.folder / PLACE / "07.yaml", back + _application("2021-04-29"))
    repository.commit(day="2021-05-19")
    outcome = checked("HEAD~1")
    assert (outcome.code, _history(outcome)) == (3, {"I706"})


# -- from format 1 to 2 -----------------------------------------------------------------------


def test_an_upgrade_by_the_program_passes_and_is_told(
    old: Repository, checked: Checked, zhenggai: Zhenggai
) -> None:
    assert zhenggai("upgrade", "--yes").code == 0
    for revision in ("HEAD", "HEAD~1"):
        outcome = checked(revision, "2021-04-21")
        assert (outcome.code, _history(outcome)) == (0, {"I711"})
        assert outcome.out.count("升级到格式2，2021-03-05的督查改为进展") == 2
        old.commit(day="2021-04-21")
    assert _history(checked("HEAD", "2021-04-21")) == set()


def test_after_an_upgrade_what_was_before_it_is_compared_still(
    old: Repository, checked: Checked, zhenggai: Zhenggai
) -> None:
    zhenggai("upgrade", "--yes")
    old.commit(day="2021-04-21")
    change(old.folder / PLACE / "08.yaml", "情况: 初稿已成", "情况: 已印发")
    old.commit(day="2021-04-22")
    for revision in ("HEAD~1", "HEAD~2"):
        assert "I701" in _history(checked(revision, "2021-04-22"))


@pytest.mark.parametrize(
    ("name", "was", "now", "code"),
    [
        ("07.yaml", "情况: 初稿已成", "情况: 已印发", "I701"),
        ("07.yaml", "日期: 2021-03-05", "日期: 2021-03-06", "I701"),
        ("07.yaml", "    经办人: 办公室\n", "", "I701"),
        ("07.yaml", FINDING[FINDING.index("记录:") :], "", "I701"),
        ("07.yaml", "完成: 2021-03-20", "完成: 2021-03-10", "I710"),
        ("inspection.yaml", "格式: 2\n", "", "I701"),
        ("inspection.yaml", "[申请, 批准]", "[批准]", "I708"),
    ],
)
def test_an_upgrade_that_does_more_is_stopped(
    old: Repository, checked: Checked, zhenggai: Zhenggai, name: str, was: str, now: str, code: str
) -> None:
    zhenggai("upgrade", "--yes")
    change(old.folder / PLACE / name, was, now)
    old.commit(day="2021-04-21")
    outcome = checked("HEAD~1", "2021-04-21")
    assert (outcome.code, code in _history(outcome)) == (3, True)


def test_a_report_made_a_visit_again_and_a_format_taken_away_are_stopped(
    repository: Repository, checked: Checked
) -> None:
    change(repository.folder / PLACE / "inspection.yaml", "格式: 2\n", "")
    outcome = checked(today="2021-04-21")
    assert (outcome.code, _history(outcome)) == (3, {"I710"})
    change(repository.folder / PLACE / "07.yaml", "事项: 进展", "事项: 督查")
    assert _history(checked(today="2021-04-21")) == {"I701", "I710"}
    repository.git("checkout", "--quiet", "--", f"{PLACE}/inspection.yaml")
    assert _history(checked(today="2021-04-21")) == {"I701"}
