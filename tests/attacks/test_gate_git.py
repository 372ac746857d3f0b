"""Ways past `check --since` by what a commit can hold, each tried on version 0.1.0 too.

The numbers are those of the attacks: decoys, links, old versions that cannot be read, dates,
time zones, fields without a rule.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gate import ABOUT, CLOSED, ENVIRONMENT, FORGED, KEJI, change, codes, copied, put, sample

from commandline import Outcome, Zhenggai
from git_repository import Repository
from version_one import VersionOne
from zhenggai.model.terms import Action

NOW_AND_THEN = (0, 1)
"""The exit codes of a check that notices nothing: 1 is what the sample honestly says."""

Words = list[str]

PLANNED = """问题: 会议过多
方面: 基层党组织建设
责任领导: 分管副局长
责任科室: 办公室
责任人: 办公室负责人
整改时限: 2021-06-01
措施:
  - 内容: 修订会议制度
"""
DECOY = "被巡察单位: 甲\n巡察组: 乙\n反馈日期: 2021-02-01\n"


def replaced(path: Path, target: str) -> None:
    """Put a link in the place of a file or folder, and move that to where the link leads."""
    aim = path.parent / target
    aim.parent.mkdir(parents=True, exist_ok=True)
    path.rename(aim)
    path.symlink_to(target)


def extended(day: str, path: Path, until: str = "2021-12-31") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(
            f"  - 日期: {day}\n    事项: {Action.EXTENSION}\n    新时限: {until}\n"
            "    理由: 待批\n    批准人: 局党组\n"
        )


def _event(day: str, action: Action, *lines: str) -> str:
    return "".join(f"    {line}\n" for line in (f"事项: {action}", *lines)).replace(
        "    ", f"  - 日期: {day}\n    ", 1
    )


def not_overdue(folder: Path) -> None:
    """Move both overdue deadlines."""
    change(folder / "04.yaml", "整改时限: 2021-05-31", "整改时限: 2021-12-31")
    change(folder / "05.yaml", "整改时限: 2021-05-21", "整改时限: 2021-12-31")


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


@pytest.fixture
def stopped(
    zhenggai: Zhenggai, version_one: VersionOne, repository: Repository
) -> Callable[..., Outcome]:
    """Run a check: today it must fail and give the code, version 0.1.0 must notice nothing."""

    def run(words: Words, code: str, today: str | None = None) -> Outcome:
        words = [*words, *(["--today", today] if today else [])]
        outcome = zhenggai("check", *words)
        assert outcome.code == 3, outcome
        assert code in codes(outcome), outcome
        then = version_one.run("check", *words, cwd=Path.cwd())
        assert then.code in NOW_AND_THEN, then
        assert not any(one.startswith("I") for one in codes(then)), then
        return outcome

    del repository
    return run


Stopped = Callable[..., Outcome]


def test_before_any_attack_two_findings_are_overdue_and_that_is_all(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    for words in ([], ["--since", "HEAD"], ["--since", "HEAD", "--ledger", "ledgers"]):
        outcome = zhenggai("check", *words)
        assert (outcome.code, outcome.out.count(" T601 "), " I7" in outcome.out) == (1, 2, False)
        assert version_one.run("check", *words, cwd=repository.folder).code == 1


# -- 1: decoys --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decoy", "words"),
    [
        ("ledgers/inspection.yaml", ["--ledger", "ledgers"]),
        ("inspection.yaml", []),
        ("inspection.yaml", ["--ledger", "."]),
    ],
)
@pytest.mark.parametrize("since", [[], ["--since", "HEAD"]])
def test_1_an_outer_ledger_does_not_hide_the_real_ones(
    repository: Repository, stopped: Stopped, decoy: str, words: Words, since: Words
) -> None:
    put(repository.folder / decoy, DECOY)
    repository.commit()
    outcome = stopped([*words, *(["--since", "HEAD~1"] if since else [])], "F114")
    assert "这本台账的文件夹里还有台账" in outcome.out
    assert not since or "I712" in codes(outcome)


@pytest.mark.parametrize(
    ("decoy", "words"),
    [
        ("ledgers/inspection.yaml", []),
        ("ledgers/inspection.yaml", ["--ledger", KEJI]),
        ("inspection.yaml", ["--ledger", "ledgers"]),
    ],
)
def test_1_an_outer_ledger_that_the_search_passes_is_named(
    repository: Repository, stopped: Stopped, decoy: str, words: Words
) -> None:
    put(repository.folder / decoy, DECOY)
    outcome = stopped(words, "F114")
    assert "这本台账在另一本台账的文件夹里" in outcome.out
    assert outcome.out.count(" T601 ") == 2


def test_1_ledgers_in_ledgers_do_not_hide_those_beside(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    put(repository.folder / "ledgers/ledgers/d/inspection.yaml", DECOY)
    repository.commit()
    words = ("check", "--ledger", "ledgers", "--since", "HEAD~1")
    outcome = zhenggai(*words)
    assert (outcome.code, outcome.out.count(" T601 ")) == (1, 2)
    assert version_one.run(*words, cwd=repository.folder).code == 0


@pytest.mark.parametrize(
    ("here", "decoy"),
    [
        ("ledgers", "ledgers/ledgers/d/inspection.yaml"),
        ("办公", "办公/inspection.yaml"),
        ("办公", "办公/ledgers/d/inspection.yaml"),
    ],
)
def test_1_a_nearer_ledger_does_not_hide_what_the_search_found_before(
    repository: Repository,
    stopped: Stopped,
    monkeypatch: pytest.MonkeyPatch,
    here: str,
    decoy: str,
) -> None:
    put(repository.folder / decoy, DECOY)
    repository.commit()
    monkeypatch.chdir(repository.folder / here)
    stopped(["--since", "HEAD~1"], "I712")


# -- 2: links ---------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["ledgers/keji", "ledgers"])
def test_2_a_link_to_an_edited_copy_is_no_ledger(
    repository: Repository, stopped: Stopped, place: str
) -> None:
    replaced(repository.folder / place, "../档案/keji" if "/" in place else "档案")
    not_overdue(repository.folder / KEJI)
    change(repository.folder / CLOSED, *FORGED)
    repository.commit()
    outcome = stopped(["--since", "HEAD~1", "--ledger", "ledgers"], "F113")
    assert {"I701", "I702"} <= codes(outcome)
    stopped(["--ledger", "ledgers"], "F113")


@pytest.mark.parametrize("place", ["ledgers/keji", "ledgers"])
def test_2_a_ledger_moved_from_under_a_link_is_compared_as_renamed(
    repository: Repository, stopped: Stopped, place: str
) -> None:
    replaced(repository.folder / place, "../档案/keji" if "/" in place else "档案")
    not_overdue(repository.folder / KEJI)
    change(repository.folder / CLOSED, *FORGED)
    repository.commit()
    moved = "档案/keji"
    outcome = stopped(["--since", "HEAD~1", "--ledger", moved], "I702")
    assert {"I701", "I702"} <= codes(outcome)


@pytest.mark.parametrize("place", ["ledgers/keji", "ledgers"])
@pytest.mark.parametrize("words", [[], ["--ledger", "ledgers"], ["--since", "HEAD~1"]])
@pytest.mark.parametrize("is_hook", [False, True])
def test_2_what_lies_outside_the_repository_is_not_shown(
    repository: Repository,
    zhenggai: Zhenggai,
    version_one: VersionOne,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    words: Words,
    is_hook: bool,
) -> None:
    outside = repository.folder.parent / "别处"
    (repository.folder / place).rename(outside)
    for file in outside.rglob("05.yaml"):
        change(file, "责任科室: [计划财务科, 人事科]", "责任科室: 机密科")
    (repository.folder / place).symlink_to(outside)
    repository.commit()
    if is_hook:
        (repository.folder / ".git").rename(repository.folder.parent / "库")
        monkeypatch.setenv("GIT_DIR", str(repository.folder.parent / "库"))
        monkeypatch.setenv("GIT_WORK_TREE", str(repository.folder))
    outcome = zhenggai("check", *words)
    assert (outcome.code, outcome.out, "机密" in outcome.err) == (3, "", False)
    assert f"“{place.rsplit('/', maxsplit=1)[-1]}”是链接，指到仓库以外，未读取" in outcome.err
    assert "机密科" in version_one.run("check", cwd=repository.folder).out


@pytest.mark.parametrize("name", ["09.yaml", "inspection.yaml"])
def test_2_a_file_of_the_ledger_is_no_link(
    repository: Repository, stopped: Stopped, name: str
) -> None:
    replaced(repository.folder / KEJI / name, f"正本/{name}")
    repository.commit()
    stopped(["--since", "HEAD~1"], "F113")


@pytest.mark.parametrize(
    ("name", "forged", "code"),
    [
        ("09.yaml", FORGED, "I701"),
        ("inspection.yaml", ("督查周期: 每周", "督查周期: 每年"), "I710"),
    ],
)
def test_2_what_was_a_link_is_compared_with_what_it_was_before(
    repository: Repository, stopped: Stopped, name: str, forged: tuple[str, str], code: str
) -> None:
    file = repository.folder / KEJI / name
    replaced(file, f"正本/{name}")
    repository.commit("a link")
    change(file, *forged)
    repository.commit("what it leads to")
    stopped(["--since", "HEAD~1"], "F113")
    (file.parent / "正本" / name).replace(file)
    repository.commit("a file again")
    stopped(["--since", "HEAD~1"], code)
    stopped(["--since", "HEAD~2"], code)


def test_2_a_finding_that_was_a_link_may_not_go_either(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    replaced(file, "正本/09.yaml")
    repository.commit("a link")
    file.unlink()
    repository.commit("gone")
    stopped(["--since", "HEAD~1"], "I703")


def test_2_the_text_of_a_link_is_no_earlier_version(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    change(file, *FORGED)
    text = file.read_text(encoding="utf-8")
    file.unlink()
    file.symlink_to(text.encode()[:4000].decode("utf-8", "ignore"))
    repository.commit("a link whose text is a finding")
    file.unlink()
    put(file, text)
    repository.commit("the forged finding")
    stopped(["--since", "HEAD~1"], "I701")


@pytest.mark.parametrize("place", ["ledgers/keji", "ledgers"])
def test_2_where_the_ledger_was_a_link_then_nothing_can_be_compared(
    repository: Repository, stopped: Stopped, place: str
) -> None:
    there, link = repository.folder / "档案", repository.folder / place
    replaced(link, "../档案/keji" if "/" in place else "档案")
    repository.commit("a link")
    link.unlink()
    shutil.copytree(there / "keji" if "/" in place else there, link)
    change(repository.folder / CLOSED, *FORGED)
    repository.commit("a folder again, and another copy left")
    outcome = stopped(["--since", "HEAD~1"], "I709")
    assert f"版本HEAD~1里“{place}”是链接，这本台账无从比较" in outcome.out


# -- 3: old versions that cannot be read ------------------------------------------------------


def test_3_a_file_broken_and_then_repaired_is_compared_with_what_it_was(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    sound = file.read_text(encoding="utf-8")
    put(file, sound + "]\n")
    repository.commit("broken")
    put(file, sound.replace(*FORGED))
    repository.commit("repaired")
    outcome = stopped(["--since", "HEAD~1"], "I701")
    assert "版本HEAD~1里09.yaml不存在或无法读取，与更早的版本比较\n" in outcome.err


_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 1234\n"


def test_3_findings_that_were_pointers_are_compared_with_what_they_were(
    repository: Repository, stopped: Stopped
) -> None:
    folder = repository.folder / KEJI
    sound = {file: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
    for number, file in enumerate(sound):
        put(file, _POINTER.format(f"{number:064}"))
    repository.commit("pointers")
    for file, text in sound.items():
        put(file, text.replace(*FORGED))
    repository.commit("files")
    stopped(["--since", "HEAD~1"], "I701")


def test_3_what_never_could_be_read_fails(repository: Repository, stopped: Stopped) -> None:
    file = repository.folder / KEJI / "20.yaml"
    text = (repository.folder / CLOSED).read_text(encoding="utf-8")
    put(file, text + "]\n")
    repository.commit("broken from the start")
    put(file, text.replace("问题: ", "问题: 又一个").replace(*FORGED))
    repository.commit("repaired")
    stopped(["--since", "HEAD~1"], "I709")


@pytest.mark.parametrize("broken", ["]\n", "", None])
def test_3_an_inspection_broken_and_then_repaired_is_compared_with_what_it_was(
    repository: Repository, stopped: Stopped, broken: str | None
) -> None:
    file = repository.folder / ABOUT
    sound = file.read_text(encoding="utf-8")
    put(file, sound + "规则: {T602: 错误}\n")
    repository.commit("stricter than usual")
    if broken is None:
        file.unlink()
    else:
        put(file, broken)
    repository.commit("broken")
    put(file, sound)
    repository.commit("repaired")
    outcome = stopped(["--since", "HEAD~1"], "I708")
    assert "规则T602由错误调成了警告" in outcome.out


def test_3_a_finding_deleted_and_then_put_back_is_compared_with_what_it_was(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    sound = file.read_text(encoding="utf-8")
    file.unlink()
    repository.commit("deleted")
    put(file.parent / "9.yaml", sound.replace(*FORGED))
    repository.commit("put back under another spelling")
    stopped(["--since", "HEAD~1"], "I701")


def test_3_a_ledger_deleted_and_then_put_back_is_compared_with_what_it_was(
    repository: Repository, stopped: Stopped
) -> None:
    folder = repository.folder / KEJI
    folder.rename(repository.folder.parent / "keji")
    put(repository.folder / "ledgers/另一本/inspection.yaml", DECOY)
    repository.commit("deleted")
    (repository.folder.parent / "keji").rename(folder)
    change(repository.folder / CLOSED, *FORGED)
    repository.commit("put back")
    stopped(["--since", "HEAD~1", "--ledger", "ledgers"], "I701")


def test_3_a_ledger_deleted_and_then_put_back_under_another_name_is_compared(
    repository: Repository, stopped: Stopped
) -> None:
    folder = repository.folder / KEJI
    folder.rename(repository.folder.parent / "keji")
    put(repository.folder / "ledgers/另一本/inspection.yaml", DECOY)
    repository.commit("deleted")
    repository.commit("and one more")
    (repository.folder.parent / "keji").rename(repository.folder / "ledgers/科技局")
    change(repository.folder / "ledgers/科技局/09.yaml", *FORGED)
    repository.commit("put back under another name")
    outcome = stopped(["--since", "HEAD~1", "--ledger", "ledgers"], "I701")
    assert "版本HEAD~1里没有台账“科技局”" in outcome.err


def test_3_a_ledger_that_is_new_is_compared_with_none_that_was_deleted(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    shutil.rmtree(repository.folder / KEJI)
    repository.commit("deleted")
    put(repository.folder / "ledgers/另一本/inspection.yaml", DECOY)
    put(repository.folder / "ledgers/另一本/09.yaml", "问题: 会议过多\n")
    outcome = zhenggai("check", "--since", "HEAD")
    assert "版本HEAD里尚无台账“另一本”" in outcome.err
    assert " I7" not in outcome.out


def test_3_a_ledger_that_a_shallow_clone_has_nothing_earlier_of_fails(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne, tmp_path: Path
) -> None:
    folder = repository.folder / KEJI
    folder.rename(repository.folder.parent / "keji")
    put(repository.folder / "说明.md", "空\n")
    repository.commit("deleted")
    (repository.folder.parent / "keji").rename(repository.folder / "科技局")
    change(repository.folder / "科技局/09.yaml", *FORGED)
    repository.commit("put back under another name")
    shallow = tmp_path / "浅"
    repository.git("clone", "--quiet", "--depth=2", repository.folder.as_uri(), str(shallow))
    words = ("check", "--since", "HEAD~1", "--ledger", str(shallow / "科技局"))
    outcome = zhenggai(*words)
    assert (outcome.code, "I709" in codes(outcome)) == (3, True)
    assert version_one.run(*words, cwd=repository.folder).code == 1


def test_3_a_merged_branch_brings_no_earlier_version_of_its_own(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    sound = file.read_text(encoding="utf-8")
    repository.git("switch", "--quiet", "--create", "topic")
    put(file, sound.replace(*FORGED))
    repository.commit("forged on a branch")
    put(file, sound.replace(*FORGED) + "]\n")
    repository.commit("broken")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "topic")
    put(file, sound.replace(*FORGED))
    repository.commit("repaired")
    stopped(["--since", "HEAD~1"], "I701")


def test_3_without_the_whole_history_nothing_earlier_is_made_up(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne, tmp_path: Path
) -> None:
    file = repository.folder / CLOSED
    sound = file.read_text(encoding="utf-8")
    put(file, sound + "]\n")
    repository.commit("broken")
    put(file, sound.replace(*FORGED))
    repository.commit("repaired")
    shallow = tmp_path / "浅"
    repository.git("clone", "--quiet", "--depth=2", repository.folder.as_uri(), str(shallow))
    words = ("check", "--since", "HEAD~1", "--ledger", str(shallow / "ledgers"))
    outcome = zhenggai(*words)
    assert (outcome.code, "I709" in codes(outcome)) == (3, True)
    assert version_one.run(*words, cwd=repository.folder).code == 1


# -- 4: dates ---------------------------------------------------------------------------------


def _quiet_since_may(repository: Repository, day: str = "2021-05-10") -> None:
    repository.git("commit", "--quiet", "--amend", "--no-edit", day=day)


def test_4_an_extension_dated_before_the_deadline_and_written_after_it_is_named(
    repository: Repository, stopped: Stopped
) -> None:
    _quiet_since_may(repository)
    for name, day in (("04.yaml", "2021-05-30"), ("05.yaml", "2021-05-20")):
        extended(day, repository.folder / KEJI / name)
    repository.commit(day="2021-05-20")
    outcome = stopped(["--since", "HEAD~1"], "I706")
    assert outcome.out.count(" I706 ") == 2


def test_4_the_date_of_a_commit_is_not_earlier_than_what_it_rests_on(
    repository: Repository, stopped: Stopped
) -> None:
    repository.commit("the base, dated back", day="2021-05-01")
    extended("2021-05-20", repository.folder / KEJI / "05.yaml")
    repository.commit(day="2021-05-20")
    stopped(["--since", "HEAD~1"], "I706", today="2021-05-20")


def test_4_an_extension_checked_by_its_deadline_is_fine(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    _quiet_since_may(repository)
    extended("2021-05-20", repository.folder / KEJI / "05.yaml")
    repository.commit(day="2021-05-20")
    outcome = zhenggai("check", "--since", "HEAD~1", "--today", "2021-05-20")
    assert (outcome.code, " I7" in outcome.out) == (0, False)


def test_4_an_extension_after_the_deadline_says_when_it_was_entered(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    extended("2021-06-01", repository.folder / KEJI / "05.yaml")
    repository.commit(day="2021-06-15")
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, "I713" in codes(outcome)) == (3, True)
    assert "补写“登记日期: 2021-06-15”" in outcome.out


# -- 5: time zones ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "zone", ["Etc/GMT+12", "Etc/GMT+8", "Etc/UTC", "UTC", "GMT0", "Factory", "EST", "PRC"]
)
def test_5_a_zone_of_no_place_is_refused(
    repository: Repository, stopped: Stopped, zone: str
) -> None:
    with (repository.folder / ABOUT).open("a", encoding="utf-8") as file:
        file.write(f"时区: {zone}\n")
    repository.commit()
    stopped(["--since", "HEAD~1"], "K307")


@pytest.mark.parametrize(
    "zone", ["right/Asia/Shanghai", "posix/Asia/Shanghai", "localtime", "posixrules"]
)
def test_5_nor_does_a_zone_that_only_some_systems_have_pass(
    repository: Repository, zhenggai: Zhenggai, zone: str
) -> None:
    with (repository.folder / ABOUT).open("a", encoding="utf-8") as file:
        file.write(f"时区: {zone}\n")
    outcome = zhenggai("check")
    assert (outcome.code, "K307" in codes(outcome)) == (3, True)


def test_5_another_zone_is_history(repository: Repository, stopped: Stopped) -> None:
    with (repository.folder / ABOUT).open("a", encoding="utf-8") as file:
        file.write("时区: Pacific/Pago_Pago\n")
    repository.commit()
    stopped(["--since", "HEAD~1"], "I710")


# -- 6: fields without a rule of their own ----------------------------------------------------

_GUARDED = {
    "公开 switched off": ("09.yaml", "\n整改时限", "\n公开: 否\n不公开理由: 涉密\n整改时限"),
    "预警天数 loosened": ("inspection.yaml", "预警天数: [20, 10, 3]", "预警天数: [1]"),
    "督查周期 loosened": ("inspection.yaml", "督查周期: 每周", "督查周期: 每年"),
    "完成 moved": ("05.yaml", "完成: 2021-05-07", "完成: 2021-04-07"),
    "完成 removed": ("05.yaml", "    完成: 2021-05-07\n", ""),
    "a measure exchanged": (
        "05.yaml",
        "建立内部防控机制,做好跟踪服务,在研项目的实施进度定期督查、通报",
        "修缮食堂",
    ),
}
_NOTICED = {
    "成效 changed": ("05.yaml", "讲业务”3期", "讲业务”30期"),
    "方面 changed": (
        "05.yaml",
        "方面: 贯彻落实党的路线方针政策和上级决策部署",
        "方面: 基层党组织建设",
    ),
    "责任科室 changed": ("05.yaml", "责任科室: [计划财务科, 人事科]", "责任科室: 办公室"),
    "责任人 changed": ("05.yaml", "责任人: 计划财务科负责人", "责任人: 无"),
    "责任领导 changed": ("05.yaml", "责任领导: 分管副局长", "责任领导: 无"),
    "建章立制 changed": ("05.yaml", "- 内部防控机制", "- 十项机制"),
    "a measure reworded": ("05.yaml", "新录用公务员即将到岗", "新录用公务员已经到岗"),
    "the title softened": ("05.yaml", "问题: 项目管理能力不足", "问题: 项目管理能力有待提高"),
    "巡察组 changed": ("inspection.yaml", "县委第一巡察组", "县委第二巡察组"),
    "联系电话 changed": ("inspection.yaml", "86882428", "00000000"),
    "落款日期 changed": ("inspection.yaml", "落款日期: 2021-05-18", "落款日期: 2021-04-18"),
    "统计 switched off": ("inspection.yaml", "  标点: 半角", "  标点: 半角\n  统计: 否"),
}


@pytest.mark.parametrize("name", _GUARDED)
def test_6_what_is_guarded_fails(repository: Repository, stopped: Stopped, name: str) -> None:
    change(repository.folder / KEJI / _GUARDED[name][0], *_GUARDED[name][1:])
    repository.commit()
    outcome = stopped(["--since", "HEAD~1"], "I710")
    assert outcome.out.count(" I7") == 1


@pytest.mark.parametrize(
    "line",
    [
        "销号程序: [申请, 批准]",
        "回避: {办公室: 办公室}",
        "长期坚持计入完成: 是",
    ],
)
def test_6_what_the_ledger_is_judged_by_is_not_loosened_unseen(
    repository: Repository, zhenggai: Zhenggai, line: str
) -> None:
    about = repository.folder / ABOUT
    put(about, about.read_text(encoding="utf-8") + f"{line}\n")
    repository.commit()
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, "I708" in codes(outcome)) == (3, True)


def test_6_a_secrecy_review_that_was_required_stays_so(
    repository: Repository, stopped: Stopped
) -> None:
    about = repository.folder / ABOUT
    change(about, "  标点: 半角", "  标点: 半角\n  须有保密审查: 是")
    repository.commit("required")
    change(about, "  须有保密审查: 是\n", "")
    repository.commit("and not any more")
    outcome = stopped(["--since", "HEAD~1"], "I710")
    assert "通报的须有保密审查由是改成了否" in outcome.out


@pytest.mark.parametrize("name", _NOTICED)
def test_6_what_is_noticed_is_told(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne, name: str
) -> None:
    change(repository.folder / KEJI / _NOTICED[name][0], *_NOTICED[name][1:])
    repository.commit()
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, outcome.out.count(" I711 ")) == (1, 1)
    assert " I7" not in version_one.run("check", "--since", "HEAD~1", cwd=repository.folder).out


def test_6_an_overdue_finding_is_not_withdrawn_on_no_ground(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    file = repository.folder / KEJI / "05.yaml"
    put(
        file,
        file.read_text(encoding="utf-8") + _event("2021-06-15", Action.WITHDRAWAL, "理由: 误登"),
    )
    repository.commit()
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert (outcome.code, "I715" in codes(outcome)) == (3, True)
    put(file, file.read_text(encoding="utf-8") + "    依据: 县委巡察办函〔2021〕12号\n")
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert "I715" not in codes(outcome)
    assert "问题05撤销登记，理由是误登" in outcome.out


def test_6_what_comes_as_done_is_told(repository: Repository, zhenggai: Zhenggai) -> None:
    file = repository.folder / KEJI / "20.yaml"
    done = PLANNED + "    完成: 2021-04-01\n"
    put(file, done)
    repository.commit("done ten weeks ago, it says", day="2021-06-14")
    outcome = zhenggai("check", "--since", "HEAD~1")
    assert "1个问题的措施，完成日期过去30天以上才登记" in outcome.out
    put(file, done + "记录:\n" + _event("2021-04-02", Action.CLOSING, "批准人: 局党组"))
    repository.commit("and closed")
    outcome = zhenggai("check", "--since", "HEAD~2")
    assert outcome.out.count("新增的问题20首次出现时已销号") == 1
    assert "才登记" not in outcome.out


def test_6_a_measure_committed_as_done_in_time_is_not_called_late(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    repository.git("commit", "--quiet", "--amend", "--no-edit", day="2021-03-01")
    file = repository.folder / KEJI / "20.yaml"
    put(file, PLANNED + "    完成: 2021-04-01\n")
    repository.commit("done yesterday", day="2021-04-02")
    put(file, PLANNED.replace("修订", "修订完善") + "    完成: 2021-04-01\n")
    repository.commit("in other words", day="2021-06-14")
    assert "才登记" not in zhenggai("check", "--since", "HEAD~2").out


def test_6_a_new_ledger_that_claims_to_be_published_words_is_told(
    repository: Repository, zhenggai: Zhenggai
) -> None:
    about = repository.folder / "ledgers/另一本/inspection.yaml"
    put(about, DECOY + "通报:\n  原文: 是\n")
    outcome = zhenggai("check", "--since", "HEAD")
    assert "inspection.yaml:5:7: I711 台账是新的，“原文”写了“是”" in outcome.out


def test_6_an_invented_reopening_does_not_open_what_was_done(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / CLOSED
    change(file, "完成: 2021-03-19", "完成: 2021-02-19")
    put(file, file.read_text(encoding="utf-8") + _event("2021-06-15", Action.REOPENING, "理由: 无"))
    repository.commit()
    stopped(["--since", "HEAD~1"], "I710")


def test_6_the_plan_of_an_overdue_finding_is_not_redrawn(
    repository: Repository, stopped: Stopped
) -> None:
    file = repository.folder / KEJI / "20.yaml"
    put(file, PLANNED)
    repository.commit()
    put(file, PLANNED.replace("修订会议制度", "张贴宣传标语"))
    repository.commit()
    stopped(["--since", "HEAD~1"], "I710")


def test_6_an_extension_to_2199_is_doubted(
    repository: Repository, zhenggai: Zhenggai, version_one: VersionOne
) -> None:
    extended("2021-06-15", repository.folder / KEJI / "05.yaml", "2199-12-31")
    assert " R430 " in zhenggai("check", "--since", "HEAD").out
    then = version_one.run("check", "--since", "HEAD", cwd=repository.folder)
    assert "2199" not in then.out
