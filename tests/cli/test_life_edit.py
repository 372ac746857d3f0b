"""`zhenggai edit`: what an editor leaves is written when it is valid, and never lost when not."""

import errno
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import finding, write_ledger

OLD = finding(问题="会议过多")
NEW = finding(问题="会议过多过滥")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("VISUAL", raising=False)
    return write_ledger(tmp_path / "台账", {"07": OLD})


def _editor(monkeypatch: pytest.MonkeyPatch, ledger: Path, program: str) -> None:
    """Make a small Python program the user's editor; `copy` is the file it is to edit."""
    script = ledger.parent / "编辑 器.py"
    head = "import os, signal, sys\nfrom pathlib import Path\ncopy = Path(sys.argv[-1])\n"
    script.write_text(head + program, encoding="utf-8")
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))


def _writing(text: str) -> str:
    return f"copy.write_text({text!r}, encoding='utf-8')\n"


def _edit(zhenggai: Zhenggai, ledger: Path) -> Outcome:
    return zhenggai("edit", "7", "--ledger", str(ledger))


def _left(ledger: Path) -> list[Path]:
    places = (ledger.parent / "temporary", ledger.parent / "state")
    return [path for place in places for path in place.rglob("*.yaml")]


def test_a_valid_change_is_written_and_the_copy_goes(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing(NEW))
    outcome = _edit(zhenggai, ledger)
    assert outcome == (0, "问题07已改；用 zhenggai check 检查\n", "")
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == NEW
    assert list((ledger.parent / "temporary").iterdir()) == []


def test_no_change_is_said_and_nothing_is_written(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing(OLD))
    before = (ledger / "07.yaml").stat()
    assert _edit(zhenggai, ledger) == (0, "问题07未改动\n", "")
    assert (ledger / "07.yaml").stat().st_mtime_ns == before.st_mtime_ns
    assert list((ledger.parent / "temporary").iterdir()) == []


def test_without_room_for_a_copy_nothing_is_opened(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: str) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    said = "错误：无法复制“07.yaml”进行修改（磁盘已满）；请检查权限和磁盘空间\n"
    assert _edit(zhenggai, ledger) == (4, "", said)


def _kept(outcome: Outcome, ledger: Path) -> Path:
    """Give the file that the message says the change was kept in."""
    named = re.search(r"改动留在 (.+?)(?:；再执行.*)?\n", outcome.err)
    assert named is not None
    assert _left(ledger) == [Path(named[1])]
    return Path(named[1])


@pytest.mark.parametrize(
    ("text", "code"),
    [("问题: [", "Y201"), ("问题：会议过多\n", "Y202"), (OLD + "责任: 无\n", "K302"), ("", "F107")],
)
def test_an_invalid_change_is_explained_and_kept_beside_the_old_file(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, text: str, code: str
) -> None:
    _editor(monkeypatch, ledger, _writing(text))
    outcome = _edit(zhenggai, ledger)
    assert (outcome.code, outcome.out) == (3, "")
    assert f" {code} " in outcome.err
    assert "错误：文件有错误，未写入；" in outcome.err
    assert _kept(outcome, ledger).read_text(encoding="utf-8") == text
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OLD


def test_a_file_changed_meanwhile_is_not_overwritten_and_the_users_text_is_kept(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = finding(问题="别人改的")
    meanwhile = f"Path({str(ledger / '07.yaml')!r}).write_text({other!r}, encoding='utf-8')\n"
    _editor(monkeypatch, ledger, meanwhile + _writing(NEW))
    outcome = _edit(zhenggai, ledger)
    assert (outcome.code, outcome.out) == (4, "")
    assert "“07.yaml”刚刚被其他程序改过，未写入" in outcome.err
    assert _kept(outcome, ledger).read_text(encoding="utf-8") == NEW
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == other


def test_a_file_deleted_meanwhile_is_not_written_again(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile = f"Path({str(ledger / '07.yaml')!r}).unlink()\n"
    _editor(monkeypatch, ledger, meanwhile + _writing(NEW))
    outcome = _edit(zhenggai, ledger)
    assert outcome.code == 4
    assert _kept(outcome, ledger).read_text(encoding="utf-8") == NEW
    assert not (ledger / "07.yaml").exists()


def test_an_editor_that_fails_changes_nothing_and_what_it_wrote_is_kept(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing(NEW) + "sys.exit(1)\n")
    outcome = _edit(zhenggai, ledger)
    assert (outcome.code, outcome.out) == (2, "")
    assert "未正常结束，未写入；用环境变量EDITOR指定编辑器" in outcome.err
    assert _kept(outcome, ledger).read_text(encoding="utf-8") == NEW
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("/没有/这个编辑器", "没有“/没有/这个编辑器”这个编辑器，未改动；"),
        ("没有这个编辑器 --wait", "没有“没有这个编辑器”这个编辑器，未改动；"),
        ("'没有成对", "编辑器“'没有成对”未正常结束，未写入；"),
    ],
)
def test_an_editor_that_is_not_there_is_named(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    outcome = _edit(zhenggai, ledger)
    assert outcome.code == 2
    assert f"错误：{said}" in outcome.err
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OLD


def test_an_editor_that_leaves_no_file_changes_nothing(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, "copy.unlink()\n")
    outcome = _edit(zhenggai, ledger)
    assert (outcome.code, outcome.out) == (2, "")
    assert "没有留下 " in outcome.err
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == OLD


def test_visual_comes_before_editor(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing(NEW))
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
    monkeypatch.setenv("EDITOR", "/没有/这个编辑器")
    assert _edit(zhenggai, ledger).code == 0


def test_an_editor_may_replace_the_file_as_many_do(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "new = copy.with_suffix('.swp')\nnew.write_text({!r}, encoding='utf-8')\n"
    _editor(monkeypatch, ledger, program.format(NEW) + "new.replace(copy)\n")
    assert _edit(zhenggai, ledger).code == 0
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_in_the_editor_is_the_editors_business(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt = "os.kill(os.getppid(), signal.SIGINT)\n"
    _editor(monkeypatch, ledger, interrupt + _writing(NEW) + interrupt)
    assert _edit(zhenggai, ledger).code == 0
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == NEW


def test_a_file_with_errors_can_be_mended(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ledger / "07.yaml").write_text("问题: [", encoding="utf-8")
    _editor(monkeypatch, ledger, _writing(NEW))
    assert _edit(zhenggai, ledger) == (0, "问题07已改；用 zhenggai check 检查\n", "")
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == NEW


def test_bytes_that_the_editor_leaves_are_taken_as_they_are(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode()
    _editor(monkeypatch, ledger, f"copy.write_bytes({content!r})\n")
    assert _edit(zhenggai, ledger).code == 0
    assert (ledger / "07.yaml").read_bytes() == content


def test_an_unknown_finding_opens_no_editor(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, f"Path({str(ledger / 'opened')!r}).touch()\n")
    outcome = zhenggai("edit", "8", "--ledger", str(ledger))
    assert outcome == (2, "", "错误：没有问题8；台账里只有问题07\n")
    assert not (ledger / "opened").exists()


def test_what_was_not_written_is_taken_up_again_and_forgotten_when_it_is_written(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing("问题：会议过多\n"))
    outcome = _edit(zhenggai, ledger)
    assert outcome.err.endswith("；再执行 zhenggai edit 7 接着改\n")
    _editor(monkeypatch, ledger, _mending("问题：会议过多\n", NEW))
    outcome = _edit(zhenggai, ledger)
    told = "从上次没有写回的改动接着改；不要它的，退出以后加 --fresh 再执行\n"
    assert outcome == (0, "问题07已改；用 zhenggai check 检查\n", told)
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == NEW
    assert _left(ledger) == []
    _editor(monkeypatch, ledger, _mending(NEW, NEW))
    assert _edit(zhenggai, ledger) == (0, "问题07未改动\n", "")


def _mending(begun: str, text: str) -> str:
    """Give an editor that insists on what it is given, and writes a text."""
    return f"assert copy.read_text(encoding='utf-8') == {begun!r}\n" + _writing(text)


def test_what_was_kept_may_be_left_aside(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing("问题: ["))
    _edit(zhenggai, ledger)
    _editor(monkeypatch, ledger, _mending(OLD, NEW))
    outcome = zhenggai("edit", "7", "--fresh", "--ledger", str(ledger))
    assert outcome == (0, "问题07已改；用 zhenggai check 检查\n", "")
    assert _left(ledger) == []


def test_what_was_made_of_an_older_file_is_named_and_not_taken_up(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(monkeypatch, ledger, _writing("问题: ["))
    kept = _kept(_edit(zhenggai, ledger), ledger)
    other = finding(问题="别人改的")
    (ledger / "07.yaml").write_text(other, encoding="utf-8")
    _editor(monkeypatch, ledger, _mending(other, other))
    outcome = _edit(zhenggai, ledger)
    assert f"上次没有写回的改动在 {kept}；文件后来又改动过" in outcome.err


_RECORDS = (
    "记录:\n  - 日期: 2021-03-05\n    事项: 督查\n    情况: 白条正在清理\n"
    "  - 日期: 2021-03-20\n    事项: 销号\n    批准人: 局党组\n"
)
_DONE = "措施:\n  - 内容: 完善制度\n    完成: 2021-03-19\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            ("正在清理", "已经清理"),
            "不能改写；登记有误的用 zhenggai correct 7 --record 1 更正\n",
        ),
        (
            ("2021-03-20\n", "2021-03-21\n"),
            "错误：改动了第2条记录（2021-03-20销号），未写入；记录只往后追加，不能改写；销号有误",
        ),
        (
            ("  - 日期: 2021-03-20\n    事项: 销号\n    批准人: 局党组\n", ""),
            "改动或删去了第2条记录（2021-03-20销号）",
        ),
    ],
    ids=("note", "day", "deleted"),
)
def test_a_record_is_not_rewritten_and_the_lawful_way_is_named(
    ledger: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    changed: tuple[str, str],
    said: str,
) -> None:
    text = finding(_DONE + _RECORDS)
    (ledger / "07.yaml").write_text(text, encoding="utf-8")
    assert changed[0] in text
    _editor(monkeypatch, ledger, _writing(text.replace(*changed)))
    outcome = _edit(zhenggai, ledger)
    assert outcome.code == 4
    assert said in outcome.err
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == text
    assert _kept(outcome, ledger).read_text(encoding="utf-8") == text.replace(*changed)


def test_a_record_may_be_added_by_hand_and_the_rest_changed(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ledger / "07.yaml").write_text(finding(_DONE + _RECORDS), encoding="utf-8")
    more = "  - 日期: 2021-04-01\n    事项: 重开\n    理由: 又有白条\n    新时限: 2021-09-30\n"
    text = finding(_DONE + _RECORDS + more, 问题="会议过多过滥")
    _editor(monkeypatch, ledger, _writing(text))
    assert _edit(zhenggai, ledger).code == 0
    assert (ledger / "07.yaml").read_text(encoding="utf-8") == text
