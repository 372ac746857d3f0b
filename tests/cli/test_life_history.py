"""`zhenggai check --since`: what git remembers and the ledger no longer says."""

import hashlib
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from git_repository import SETTINGS, Repository, init
from ledger_files import finding, inspection, write_ledger

RECORD = "记录:\n  - 日期: 2021-03-05\n    事项: 督查\n    情况: 初稿已成\n"
MEASURES = "措施:\n  - 内容: 完善制度\n    完成: 2021-03-20\n  - 内容: 少开会\n"
CLOSED = (
    "措施:\n  - 内容: 完善制度\n    完成: 2021-03-20\n"
    "记录:\n  - 日期: 2021-03-28\n    事项: 销号\n    批准人: 局党组\n"
)


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = init(tmp_path / "仓库")
    monkeypatch.chdir(repository.folder)
    return repository


def _since(zhenggai: Zhenggai, revision: str = "HEAD", *more: str) -> Outcome:
    return zhenggai("check", "--since", revision, "--today", "2021-05-18", *more)


def _told(zhenggai: Zhenggai, revision: str = "HEAD", *more: str) -> tuple[int, list[str]]:
    """Give the exit code and what was said of history, without the remedies."""
    outcome = _since(zhenggai, revision, *more)
    lines = [line.removeprefix("ledgers/台账/") for line in outcome.out.splitlines()]
    return outcome.code, [line.partition("；")[0] for line in lines if line.split()[1][0] == "I"]


def _committed(repository: Repository, day: str = "2021-04-01", **files: str) -> Path:
    root = write_ledger(
        repository.folder / "ledgers" / "台账",
        {stem.strip("_"): text for stem, text in files.items()},
    )
    repository.commit(day=day)
    return root


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    _write(file, text.replace(old, new))


def test_an_honest_month_has_nothing_to_hide(repository: Repository, zhenggai: Zhenggai) -> None:
    root = _committed(repository, _07=finding(MEASURES + RECORD))
    today, ledger = "2021-05-18", str(root)
    for words in (
        "log 7 印发制度 --by 督查组",
        "done 7.2 --outcome 少开会3次",
        "extend 7 2021-07-31 --reason 等待批复 --approved-by 局党组",
        "close 7 --by 局党组",
        "reopen 7 --reason 回头看",
    ):
        assert zhenggai(*words.split(), "--ledger", ledger, "--today", today).code == 0
        assert _told(zhenggai) == (0, [])
        repository.commit(words)
    assert _told(zhenggai, "HEAD~5") == (0, [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "情况: 初稿已成",
            "情况: 没有进展",
            "07.yaml:12:3: I701 2021-03-05的督查记录被改动或删除",
        ),
        (
            '整改时限: "2021-06-30"',
            '整改时限: "2021-12-31"',
            "07.yaml:6:7: I702 整改时限由2021-06-30改成了2021-12-31，没有延期记录",
        ),
        (
            "  - 内容: 少开会\n",
            "",
            "07.yaml:8:3: I707 措施7.2（“少开会”）被删去",
        ),
        (
            '问题: "财务管理不规范"',
            '问题: "食堂卫生差"',
            "07.yaml:1:1: I703 问题07（“财务管理不规范”）换成了“食堂卫生差”",
        ),
    ],
)
def test_a_change_of_history_is_named_at_its_place_and_fails(
    repository: Repository, zhenggai: Zhenggai, old: str, new: str, expected: str
) -> None:
    root = _committed(repository, _07=finding(MEASURES + RECORD))
    _change(root / "07.yaml", old, new)
    assert _told(zhenggai) == (3, [expected])


def test_a_measure_changed_after_closing_is_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _07=finding(CLOSED))
    _change(root / "07.yaml", "完成: 2021-03-20", "完成: 2021-03-21")
    said = "07.yaml:8:5: I704 销号后改动了措施7.1的内容或完成日期"
    assert _told(zhenggai) == (3, [said])
    words = ("reopen", "7", "--reason", "日期写错", "--on", "2021-05-01")
    assert zhenggai(*words, "--ledger", str(root), "--today", "2021-05-18").code == 0
    moved = "的完成由2021-03-20改成了"
    assert _told(zhenggai) == (3, [f"07.yaml:9:9: I710 措施7.1{moved}2021-03-21"])
    _change(root / "07.yaml", "完成: 2021-03-21", "完成: 2021-05-02")
    assert _told(zhenggai) == (0, [f"07.yaml:9:9: I711 措施7.1{moved}2021-05-02"])


def test_a_backdated_extension_of_an_overdue_finding_is_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, "2021-05-10", _07=finding(整改时限="2021-04-30"))
    record = (
        "记录:\n  - 日期: 2021-04-28\n    事项: 延期\n    新时限: 2021-06-30\n"
        "    理由: 等待批复\n    批准人: 局党组\n"
    )
    _write(root / "07.yaml", finding(整改时限="2021-04-30") + record)
    said = "07.yaml:10:3: I706 时限2021-04-30过后问题07已经逾期，补登的记录却显示未逾期"
    assert _told(zhenggai) == (3, [said])


_TWO = "措施:\n  - 内容: 完善制度\n    时限: 2021-04-30\n  - 内容: 少开会\n"
_OF_MEASURE = (
    "记录:\n  - 日期: {}\n    事项: 延期\n    措施: 1\n    新时限: 2021-06-10\n"
    "    理由: 等待批复\n    批准人: 局长\n"
)


def test_what_the_commands_on_measures_write_is_lawful_and_by_hand_it_is_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, "2021-05-10", _07=finding(_TWO))
    why = ("--reason", "等待批复", "--approved-by", "局长", "--late")
    day = ("--ledger", str(root), "--today", "2021-05-18")
    assert zhenggai("extend", "7.1", "2021-06-10", *why, *day).code == 0
    assert zhenggai("measure", "add", "7", "公开制度", *day).code == 0
    assert _told(zhenggai) == (0, [])
    repository.commit(day="2021-05-18")
    whole = (root / "07.yaml").read_text(encoding="utf-8")
    _write(root / "07.yaml", whole.partition("记录:")[0])
    assert _told(zhenggai) == (3, ["07.yaml:1:1: I701 2021-05-18的延期记录被改动或删除"])
    _write(root / "07.yaml", whole.replace("时限: 2021-04-30", "时限: 2021-06-01"))
    moved = "07.yaml:9:9: I710 措施7.1的时限由2021-04-30改成了2021-06-01"
    assert _told(zhenggai) == (3, [moved])


def test_a_backdated_extension_of_a_late_measure_is_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, "2021-05-10", _07=finding(_TWO))
    _write(root / "07.yaml", finding(_TWO + _OF_MEASURE.format("2021-04-20")))
    said = "2021-04-20的措施7.1的延期记录到2021-05-18才有（按最早的提交），措施的时限2021-04-30已过"
    assert _told(zhenggai) == (3, [f"07.yaml:12:5: I706 {said}"])


def test_an_extension_of_a_measure_committed_after_its_deadline_is_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    two = _TWO.replace("04-30", "05-15")
    root = _committed(repository, "2021-05-10", _07=finding(two))
    _write(root / "07.yaml", finding(two + _OF_MEASURE.format("2021-05-12")))
    repository.commit(day="2021-05-14")
    assert _told(zhenggai, "HEAD~1") == (0, [])
    repository.git("reset", "-q", "--soft", "HEAD~1")
    repository.commit(day="2021-05-17")
    said = "2021-05-12的措施7.1的延期记录到2021-05-17才有（按最早的提交），措施的时限2021-05-15已过"
    assert _told(zhenggai, "HEAD~1") == (3, [f"07.yaml:12:5: I706 {said}"])


def test_the_same_record_is_fine_where_the_deadline_has_not_passed_by_the_day_of_the_check(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, "2021-04-20", _07=finding(整改时限="2021-04-30"))
    record = (
        "记录:\n  - 日期: 2021-04-28\n    事项: 延期\n    新时限: 2021-06-30\n"
        "    理由: 等待批复\n    批准人: 局党组\n"
    )
    _write(root / "07.yaml", finding(整改时限="2021-04-30") + record)
    by_the_deadline = zhenggai("check", "--since", "HEAD", "--today", "2021-04-30")
    assert by_the_deadline.code == 0
    assert {line.split()[1] for line in by_the_deadline.out.splitlines()} == {"T604"}
    said = "07.yaml:10:3: I706 时限2021-04-30过后问题07已经逾期，补登的记录却显示未逾期"
    assert _told(zhenggai) == (3, [said])


def test_a_relaxed_rule_is_named_in_inspection_yaml(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _07=finding(整改时限="2021-04-30"))
    assert _since(zhenggai).code == 1
    _write(root / "inspection.yaml", inspection("规则: {T601: 关闭}\n"))
    assert zhenggai("check", "--today", "2021-05-18", "--ledger", str(root)).code == 0
    said = "inspection.yaml:5:12: I708 规则T601由错误调成了关闭"
    assert _told(zhenggai) == (3, [said])


def test_a_deleted_and_a_renumbered_finding_are_named(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(
        repository,
        _01=finding(),
        _07=finding(CLOSED, 问题="公车私用"),
        _08=finding(问题="文山会海"),
    )
    (root / "07.yaml").unlink()
    (root / "08.yaml").rename(root / "09.yaml")
    assert _told(zhenggai) == (
        3,
        [
            "07.yaml:1:1: I703 已销号的问题07（“公车私用”）被删除",
            "08.yaml:1:1: I703 问题08（“文山会海”）改号为09",
        ],
    )


def test_07_may_become_7_but_not_07_yml(repository: Repository, zhenggai: Zhenggai) -> None:
    root = _committed(repository, _07=finding())
    (root / "07.yaml").rename(root / "7.yaml")
    assert _told(zhenggai) == (0, [])
    (root / "7.yaml").rename(root / "07.yml")
    code, lines = _told(zhenggai)
    assert (code, [line.split()[1] for line in lines]) == (3, ["I703"])


def test_a_file_that_cannot_be_read_fails_by_itself(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _07=finding(MEASURES + RECORD))
    _write(root / "07.yaml", "问题: [")
    outcome = _since(zhenggai)
    assert outcome.code == 3
    assert " Y201 " in outcome.out
    assert " I7" not in outcome.out


def test_what_could_not_be_read_then_cannot_be_compared_and_fails(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _01=finding(), _07="问题: [")
    _write(root / "07.yaml", finding(问题="文山会海"))
    said = "07.yaml:1:1: I709 版本HEAD里07.yaml无法读取，更早也没有能读的版本"
    assert _told(zhenggai) == (3, [said])
    (root / "07.yaml").unlink()
    assert _told(zhenggai)[1] == ["07.yaml:1:1: I703 问题07被删除"]


def test_a_renamed_ledger_is_compared_under_its_old_name(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _01=finding(), _07=finding(MEASURES + RECORD, 问题="文山会海"))
    new = root.rename(root.parent / "新台账")
    outcome = _since(zhenggai)
    assert (outcome.code, " I7" in outcome.out) == (0, False)
    assert "台账“新台账”在版本HEAD里是ledgers/台账，按改名比较\n" in outcome.err
    _write(new / "07.yaml", finding(MEASURES, 问题="文山会海"))
    said = "ledgers/新台账/07.yaml:1:1: I701 2021-03-05的督查记录被改动或删除"
    assert _told(zhenggai) == (3, [said])


def _three(repository: Repository) -> Path:
    ledgers = repository.folder / "ledgers"
    for name in ("丙局", "乙局", "甲局"):
        write_ledger(ledgers / name, {"01": finding(问题=f"{name}的问题")})
    repository.commit()
    return ledgers


_GONE = "ledgers/乙局/inspection.yaml:1:1: I705 以前的版本里有这本台账，现在没有了"


def test_a_deleted_ledger_is_named(repository: Repository, zhenggai: Zhenggai) -> None:
    ledgers = _three(repository)
    for file in (ledgers / "乙局").iterdir():
        file.unlink()
    assert _told(zhenggai) == (3, [_GONE])
    (ledgers / "乙局" / "佐证.pdf").write_bytes(b"what is left is no ledger")
    assert _told(zhenggai) == (3, [_GONE])


def test_a_ledger_moved_elsewhere_and_rewritten_is_gone_too(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    ledgers = _three(repository)
    (ledgers / "乙局").rename(repository.folder / "档案")
    _write(repository.folder / "档案" / "01.yaml", finding(问题="完全是别的事"))
    code, lines = _told(zhenggai, "HEAD", "--ledger", "档案")
    assert (code, lines) == (3, [_GONE])


def test_a_ledger_that_was_not_asked_for_is_not_gone(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    _three(repository)
    assert _told(zhenggai, "HEAD", "--ledger", "ledgers/甲局") == (0, [])


def test_a_new_ledger_has_no_history(repository: Repository, zhenggai: Zhenggai) -> None:
    ledgers = _three(repository)
    write_ledger(ledgers / "新局", {"01": finding(问题="新的问题")})
    outcome = _since(zhenggai)
    assert outcome.code == 0
    assert {line.split()[1] for line in outcome.out.splitlines()} == {"T604"}
    assert "版本HEAD里尚无台账“新局”，没有可比较的历史\n" in outcome.err


def test_ledgers_in_different_repositories_are_each_compared_with_their_own(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    for name in ("甲局", "乙局"):
        repository = init(tmp_path / "ledgers" / name)
        write_ledger(repository.folder, {"01": finding(问题=f"{name}的问题"), "02": finding()})
        repository.commit()
        (repository.folder / "02.yaml").unlink()
    code, lines = _told(zhenggai, "HEAD", "--ledger", str(tmp_path))
    assert code == 3
    assert [line.split()[1] for line in lines] == ["I703", "I703"]


@pytest.mark.parametrize("asked", ["没有这个版本", "--help", "--output=/tmp/x", "HEAD~1"])
def test_an_unknown_revision_is_wrong_usage(
    repository: Repository, zhenggai: Zhenggai, asked: str
) -> None:
    _committed(repository, _07=finding())
    outcome = zhenggai("check", f"--since={asked}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"错误：仓库里没有“{asked}”这个版本；核对提交号、分支或标签\n"


def test_outside_a_repository_it_is_wrong_usage(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = write_ledger(tmp_path / "台账", {"07": finding()})
    outcome = zhenggai("check", "--since", "HEAD", "--ledger", str(root))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"错误：“{root}”不在Git仓库里，--since 无从比较；先把台账放进Git\n"


def test_merges_that_interleave_records_are_fine(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _07=finding(MEASURES + RECORD))
    base = repository.git("rev-parse", "HEAD")
    for branch, day in (("甲", "2021-03-20"), ("乙", "2021-03-12")):
        repository.git("checkout", "--quiet", "-b", branch, base)
        words = ("log", "7", f"{branch}的督查", "--on", day)
        assert zhenggai(*words, "--ledger", str(root), "--today", "2021-05-18").code == 0
        repository.commit(branch)
    assert repository.try_git("merge", "甲").returncode != 0
    both = "".join(
        f"  - 日期: {day}\n    事项: 督查\n    情况: {branch}的督查\n"
        for branch, day in (("乙", "2021-03-12"), ("甲", "2021-03-20"))
    )
    _write(root / "07.yaml", finding(MEASURES + RECORD) + both)
    repository.commit("合并")
    for revision in (base, "甲", "乙", "HEAD^1", "HEAD^2"):
        assert _told(zhenggai, revision) == (0, [])


def test_evidence_that_is_no_longer_the_file_it_was_is_found_without_git_too(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    root = _committed(repository, _07=finding())
    sheet = root / "签字表.pdf"
    sheet.write_bytes(b"signed")
    words = ("done", "7.1", "--evidence", "签字表.pdf", "--on", "2021-04-15")
    assert zhenggai(*words, "--ledger", str(root), "--today", "2021-05-18").code == 0
    assert hashlib.sha256(b"signed").hexdigest() in (root / "07.yaml").read_text(encoding="utf-8")
    assert _since(zhenggai).code == 0
    sheet.write_bytes(b"forged")
    outcome = zhenggai("check", "--ledger", str(root), "--today", "2021-05-18")
    assert outcome.code == 3
    assert "07.yaml:11:9: R429 佐证材料“签字表.pdf”与登记时的校验值不符" in outcome.out
