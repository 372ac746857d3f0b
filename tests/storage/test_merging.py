"""Real git merges of one ledger: right, or loud; no record is ever dropped in silence."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from git_repository import SETTINGS, Repository, init
from ledger_files import finding, inspection, read_whole, write_ledger

MEASURES = "措施:\n  - 内容: 完善制度\n    完成: 2021-03-01\n  - 内容: 少开会\n  - 内容: 开短会\n"
DONE = "措施:\n  - 内容: 完善制度\n    完成: 2021-03-01\n"
RECORD = "记录:\n  - 日期: 2021-03-05\n    事项: 督查\n    情况: 初稿已成\n"

Act = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path, zhenggai: Zhenggai) -> Repository:
    """Give a repository with a ledger as `init` prepares it: three findings, one of them closed."""
    repository = init(tmp_path)
    assert zhenggai("init", str(tmp_path / "台账")).code == 0
    closing = "  - 日期: 2021-04-01\n    事项: 销号\n    批准人: 局党组\n"
    files = {
        "07": finding(MEASURES + RECORD),
        "08": finding(DONE + RECORD, 问题="学习不经常"),
        "09": finding(DONE + RECORD + closing, 问题="公车私用"),
    }
    write_ledger(tmp_path / "台账", files, inspection())
    repository.commit("反馈")
    return repository


@pytest.fixture
def act(repository: Repository, zhenggai: Zhenggai) -> Act:
    def run(*words: str) -> Outcome:
        return zhenggai(*words, "--ledger", str(repository.folder / "台账"))

    return run


def _on_two_branches(
    repository: Repository, act: Act, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> bool:
    """Do something on each of two branches and merge them; tell whether git found no conflict."""
    for branch, words in (("甲", ours), ("乙", theirs)):
        repository.git("checkout", "--quiet", "-b", branch, "main")
        outcome = act(*words)
        assert outcome.code == 0, outcome.err
        repository.commit(branch)
    return repository.try_git("merge", "--no-edit", "甲").returncode == 0


def _text(repository: Repository, side: str, number: str) -> str:
    """Give a finding's text on a branch."""
    return repository.git("show", f"{side}:台账/{number:0>2}.yaml") + "\n"


def _now(repository: Repository, number: str) -> str:
    return (repository.folder / "台账" / f"{number:0>2}.yaml").read_text(encoding="utf-8")


OURS = ("log", "7", "甲组看了", "--by", "甲组")
THEIRS = ("log", "7", "乙组看了", "--by", "乙组", "--on", "2021-05-17")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (OURS, THEIRS),
        (OURS, (*THEIRS[:-1], "2021-05-18")),
        (OURS, ("extend", "7", "2021-08-01", "--reason", "待批", "--approved-by", "局党组")),
        (OURS, ("close", "7", "--by", "局党组", "--complete")),
        (("close", "8", "--by", "局党组"), ("close", "8", "--by", "局党组", "--on", "2021-05-10")),
        (("close", "8", "--by", "局党组"), ("log", "8", "还有尾巴")),
        (("reopen", "9", "--reason", "反弹"), ("log", "9", "回头看没有反弹")),
        (("reopen", "9", "--reason", "反弹"), ("reopen", "9", "--reason", "佐证不实")),
        (("done", "7.2"), ("done", "7.2", "--on", "2021-05-10")),
        (("done", "7.2", "--outcome", "少开3次"), ("done", "7.2", "--outcome", "少开4次")),
    ],
)
def test_two_changes_at_one_place_are_a_conflict_that_every_command_names(
    repository: Repository, act: Act, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert not _on_two_branches(repository, act, ours, theirs)
    number = ours[1].partition(".")[0]
    line = _now(repository, number).partition("<<<<<<<")[0].count("\n") + 1
    where = f"/台账/0{number}.yaml:{line}:1: F108 还有未解决的合并冲突"
    checked = act("check")
    assert checked.code == 3
    assert where in checked.out
    assert f"0{number}.yaml" in act("status").out
    assert act("log", number, "再看").code == 3


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (OURS, ("log", "8", "乙组看了")),
        (OURS, ("done", "7.2", "--outcome", "少开3次")),
        (("close", "8", "--by", "局党组"), ("reopen", "9", "--reason", "反弹")),
    ],
)
def test_changes_at_different_places_merge_and_both_are_there(
    repository: Repository, act: Act, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert _on_two_branches(repository, act, ours, theirs)
    for number in {one[1].partition(".")[0] for one in (ours, theirs)}:
        sides = [_text(repository, side, number).splitlines() for side in ("甲", "乙")]
        assert sorted(_now(repository, number).splitlines()) == sorted(
            (Counter(sides[0]) | Counter(sides[1])).elements()
        )
    outcome = act("check", "--since", "main")
    assert outcome.code == 0, outcome.out


@pytest.mark.parametrize(
    "same",
    [
        ("done", "7.2", "--on", "2021-05-10"),
        ("close", "8", "--by", "局党组"),
        ("reopen", "9", "--reason", "反弹"),
    ],
)
def test_the_same_step_on_both_sides_is_taken_once(
    repository: Repository, act: Act, same: tuple[str, ...]
) -> None:
    assert _on_two_branches(repository, act, same, same)
    number = same[1].partition(".")[0]
    assert _now(repository, number) == _text(repository, "甲", number)


def test_a_new_finding_takes_no_number_of_another_branch(repository: Repository, act: Act) -> None:
    assert _on_two_branches(repository, act, ("new", "食堂卫生差"), ("new", "公款吃喝"))
    assert "食堂卫生差" in _now(repository, "10")
    assert "公款吃喝" in _now(repository, "11")


def test_two_new_findings_under_one_number_are_a_conflict(
    repository: Repository, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act_alone(*words: str) -> Outcome:
        with monkeypatch.context() as changed:
            changed.setenv("PATH", "")  # without Git it knows as little as in another clone
            return act(*words)

    assert not _on_two_branches(repository, act_alone, ("new", "食堂卫生差"), ("new", "公款吃喝"))
    assert "/台账/10.yaml:" in act("check").out
    assert "F108" in act("check").out


def test_a_union_merge_is_switched_off_in_a_ledger(repository: Repository, act: Act) -> None:
    (repository.folder / ".gitattributes").write_text("* merge=union\n", encoding="utf-8")
    repository.commit("全库合并方式")
    assert not _on_two_branches(repository, act, OURS, THEIRS)


def test_a_union_merge_would_make_one_record_of_two(repository: Repository, act: Act) -> None:
    (repository.folder / "台账" / ".gitattributes").write_text("* merge=union\n", encoding="utf-8")
    repository.commit("自动拼接")
    closing = ("close", "8", "--by", "局党组")
    note = ("close", "8", "--by", "局党组", "--note", "已报县委巡察办")
    assert _on_two_branches(repository, act, closing, note)
    now, _ = read_whole(repository.folder / "台账", "")
    assert len(now.findings[1].records) == 2  # the supervision before, and one closing of the two


def test_a_conflict_resolved_as_the_guide_says_is_whole_again(
    repository: Repository, act: Act
) -> None:
    assert not _on_two_branches(repository, act, OURS, THEIRS)
    file = repository.folder / "台账" / "07.yaml"
    base = _text(repository, "main", "7")
    added = [_text(repository, side, "7").removeprefix(base) for side in ("乙", "甲")]
    file.write_text(base + "".join(added), encoding="utf-8")
    assert act("check").code == 0
    repository.commit("合并")
    for side in ("main", "甲", "乙"):
        assert act("check", "--since", side).code == 0
    dates = [line for line in file.read_text(encoding="utf-8").splitlines() if "日期" in line]
    assert [line[-10:] for line in dates] == ["2021-03-05", "2021-05-17", "2021-05-18"]


def test_a_side_dropped_while_resolving_is_found_by_check_since(
    repository: Repository, act: Act
) -> None:
    assert not _on_two_branches(repository, act, OURS, THEIRS)
    repository.git("checkout", "--ours", "台账/07.yaml")
    repository.commit("合并")
    assert act("check", "--since", "HEAD^1").code == 0
    dropped = act("check", "--since", "HEAD^2")
    assert dropped.code == 3
    assert "I701 2021-05-18的督查记录被改动或删除" in dropped.out


def test_line_endings_of_two_systems_do_not_conflict(repository: Repository, act: Act) -> None:
    repository.git("checkout", "--quiet", "-b", "甲", "main")
    file = repository.folder / "台账" / "08.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert act("log", "8", "在Windows上登记").code == 0
    assert b"\r\n" in file.read_bytes()
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    repository.commit("甲")
    stat = repository.git("show", "--numstat", "--format=")
    assert stat.split()[:2] == ["3", "0"]


def test_evidence_comes_out_of_git_byte_for_byte(repository: Repository, act: Act) -> None:
    repository.git("config", "core.autocrlf", "true")
    sheet = repository.folder / "台账" / "签字表.csv"
    sheet.write_bytes("姓名,签字\n某某,是\n".encode())
    assert act("done", "7.2", "--evidence", str(sheet)).code == 0
    repository.commit("佐证")
    sheet.unlink()
    repository.git("checkout", "--quiet", "--", ".")
    assert act("check").code == 0
