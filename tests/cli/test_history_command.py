"""`zhenggai history`: the journal beside the commits of the file."""

import json
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import SETTINGS, Repository, init
from golden import compare
from ledger_files import finding, write_ledger

GOLDEN = Path(__file__).parent / "golden-history"
_VISIT = "  - 日期: {}\n    事项: 督查\n    情况: {}\n    经办人: 督查组\n"
_HEAD = "措施:\n  - 内容: 完善制度\n    完成: 2021-03-08\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Keep a ledger in Git: entered, put right, moved, and changed once more uncommitted."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    repository = init(tmp_path / "仓库")
    folder = write_ledger(tmp_path / "仓库" / "旧", {"07": finding(问题="会议过多")})
    repository.commit("登记问题", "2021-03-01")
    text = finding(_HEAD + "记录:\n" + _VISIT.format("2021-03-05", "正在整改"), 问题="会议过多")
    (folder / "07.yaml").write_text(text, encoding="utf-8")
    repository.commit("补记督查", "2021-03-10")
    repository.git("mv", "旧", "新")
    repository.commit("换文件夹", "2021-03-12")
    folder = folder.parent / "新"
    text = text.replace("办公室负责人", "人事科科长") + _VISIT.format("2021-03-20", "已核对")
    (folder / "07.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return repository


def test_journal_and_commits_stand_side_by_side(kept: Repository, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("history", "7", "--today", "2021-03-31")
    assert (outcome.code, outcome.err) == (0, "")
    shown = outcome.out
    for commit in kept.git("log", "--format=%h", "--abbrev=8").split():
        assert commit in shown
        shown = shown.replace(commit, "········")
    compare(GOLDEN / "side-by-side.txt", shown)


def test_json_has_everything_by_its_identifiers(kept: Repository, zhenggai: Zhenggai) -> None:
    told = json.loads(zhenggai("history", "7", "--today", "2021-03-31", "--format", "json").out)
    assert [one["on"] for one in told["journal"]] == ["2021-03-05", "2021-03-08", "2021-03-20"]
    assert told["journal"][0]["action"] == "supervision"
    assert told["journal"][1] == {"on": "2021-03-08", "action": None, "text": "措施7.1完成"}
    newest = kept.git("rev-parse", "HEAD~1")
    assert [one["subject"] for one in told["commits"]] == ["登记问题", "补记督查", "换文件夹", None]
    assert told["commits"][1]["commit"] == newest
    assert told["commits"][1]["at"] == "2021-03-10T12:00:00+08:00"
    assert told["commits"][1]["author"] == "clerk"
    assert told["commits"][1]["changes"] == ["措施1改动（完成）", "登记督查（2021-03-05）"]
    assert told["commits"][2]["changes"] == ["换了文件名或文件夹"]
    assert told["commits"][3]["commit"] is None
    assert told["commits"][3]["changes"] == [
        "责任人由办公室负责人改为人事科科长",
        "登记督查（2021-03-20）",
    ]
    assert told["is_cut"] is False


def test_an_earlier_day_sees_what_there_was_then(kept: Repository, zhenggai: Zhenggai) -> None:
    told = json.loads(zhenggai("history", "7", "--today", "2021-03-06", "--format", "json").out)
    assert kept.folder.is_dir()
    assert [one["on"] for one in told["journal"]] == ["2021-03-05"]
    assert [one["subject"] for one in told["commits"]] == ["登记问题"]


def test_without_git_there_is_the_journal_and_a_word_about_it(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = finding(_HEAD + "记录:\n" + _VISIT.format("2021-03-05", "正在整改"))
    monkeypatch.chdir(write_ledger(tmp_path / "台账", {"07": text, "08": finding()}))
    outcome = zhenggai("history", "7", "--today", "2021-05-18")
    assert outcome.code == 0
    assert outcome.err == (
        "台账没有放进Git，只有台账自己的记载；谁在什么时候改的，从放进Git起才查得到\n"
    )
    assert outcome.out == (
        "07 财务管理不规范\n"
        "日期        台账记载\n"
        "----------  ------------------------------\n"
        "2021-03-05  督查，正在整改，经办人：督查组\n"
        "2021-03-08  措施7.1完成\n"
    )
    assert zhenggai("history", "8", "--today", "2021-05-18").out == (
        "08 财务管理不规范\n到2021-05-18没有任何记载。\n"
    )
    assert zhenggai("history", "9").err == "错误：没有问题9；台账里的编号是07到08\n"


def test_a_version_with_errors_is_told_and_stops_nothing(
    kept: Repository, zhenggai: Zhenggai
) -> None:
    file = Path("07.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text("问题: [", encoding="utf-8")
    kept.commit("写坏", "2021-03-21")
    file.write_text(text, encoding="utf-8")
    kept.commit("修好", "2021-03-22")
    told = json.loads(zhenggai("history", "7", "--today", "2021-03-31", "--format", "json").out)
    assert [one["changes"] for one in told["commits"][-2:]] == [["内容无法比较"]] * 2
    assert zhenggai("history", "7", "--today", "2021-03-31").out.count("内容无法比较") == 2


def test_what_a_commit_says_acts_on_no_screen(kept: Repository, zhenggai: Zhenggai) -> None:
    kept.commit("\x1b[31m红\u202e ::error::", "2021-03-21")
    out = zhenggai("history", "7", "--today", "2021-03-31").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_where_git_is_not_installed_the_journal_is_shown(
    kept: Repository, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(kept.folder))
    outcome = zhenggai("history", "7", "--today", "2021-03-31")
    assert outcome.code == 0
    assert outcome.err == ("Git未说明谁改过（未找到git命令；请先安装Git），只有台账自己的记载\n")
    assert "Git提交" not in outcome.out
    assert "督查，正在整改" in outcome.out
