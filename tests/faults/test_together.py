"""Many hands on one ledger: nobody's record is lost, nobody's change is overwritten."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from effort import effort, report

from commandline import Outcome, Zhenggai, environment, python
from ledger_files import finding, read_whole, write_ledger
from zhenggai.errors import ExitCode
from zhenggai.model.record_models import Closing, Supervision
from zhenggai.storage.file_names import LOCK

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX links and modes")
DONE = "措施:\n  - 内容: 完善制度\n    完成: 2021-05-01\n"
LOG = ("log", "7", "会议制度已印发", "--today", "2021-05-18", "--ledger")
ADDED = "记录:\n  - 日期: 2021-05-18\n    事项: 督查\n    情况: 会议制度已印发\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", {"07": finding(), "08": finding()})


def _start(ledger: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "zhenggai", *words, "--ledger", str(ledger)],
        env=environment({"ZHENGGAI_TODAY": "2021-05-18"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_every_record_of_many_processes_at_once_is_there(tmp_path: Path) -> None:
    logs, closings = effort(4, 150), effort(2, 50)
    files = {f"{number:02d}": finding(DONE) for number in range(1, closings + 1)}
    ledger = write_ledger(tmp_path, {"00": finding(), **files})
    start = time.monotonic()
    running = [_start(ledger, "log", "0", f"第{number}条") for number in range(logs)]
    running += [_start(ledger, "close", stem, "--by", "局党组") for stem in files]
    said = [process.communicate(timeout=590)[0] for process in running]
    report(processes=len(running), seconds=round(time.monotonic() - start, 1))
    assert [process.returncode for process in running] == [0] * len(running), said
    now, problems = read_whole(ledger, "")
    assert problems == []
    noted = [one.note for one in now.findings[0].records if isinstance(one, Supervision)]
    assert sorted(noted) == sorted(f"第{number}条" for number in range(logs))
    assert len(now.findings) == 1 + closings
    assert all(isinstance(one.records[-1], Closing) for one in now.findings[1:])
    assert not list(ledger.glob(".zhenggai-*"))


def test_a_change_made_while_a_command_works_is_not_overwritten(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flush = ledger / "07.yaml", os.fsync
    theirs = file.read_bytes() + "# 编辑器里刚写的\n".encode()

    def meanwhile(descriptor: int) -> None:  # the last moment before the check
        file.write_bytes(theirs)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    outcome = zhenggai(*LOG, str(ledger))
    assert outcome == (
        ExitCode.REFUSED,
        "",
        "错误：“07.yaml”刚刚被其他程序改过，未写入；请重新执行一次\n",
    )
    assert file.read_bytes() == theirs
    assert sorted(path.name for path in ledger.iterdir() if path.name != LOCK) == [
        "07.yaml",
        "08.yaml",
        "inspection.yaml",
    ]


def test_a_file_removed_while_a_command_works_is_not_put_back(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flush = ledger / "07.yaml", os.fsync

    def meanwhile(descriptor: int) -> None:
        file.unlink()
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    outcome = zhenggai(*LOG, str(ledger))
    assert (outcome.code, "路径不存在" in outcome.err) == (ExitCode.REFUSED, True)
    assert not file.exists()


# What is renamed when a command, having found and read what it changes, comes to take the lock.
_MEANWHILE = """
import os, sys
old, new, lock, *words = sys.argv[1:]
def told(event, args):
    if event == "open" and args[0] == lock and os.path.exists(old):
        os.replace(old, new)
sys.addaudithook(told)
from zhenggai.cli.app import main
sys.exit(main(words))
"""


def _log_meanwhile(ledger: Path, old: Path, new: Path) -> Outcome:
    """Log to a finding; meanwhile something is renamed."""
    return python("-c", _MEANWHILE, str(old), str(new), str(ledger / LOCK), *LOG, str(ledger))


@pytest.mark.parametrize("gone", ["07.yaml", "台账"])
def test_what_is_removed_between_finding_and_opening_it_is_said_to_be_gone(
    ledger: Path, gone: str
) -> None:
    where, moved = ledger if gone == "台账" else ledger / gone, ledger.parent / "移走了"
    outcome = _log_meanwhile(ledger, where, moved)
    assert (where.exists(), moved.exists()) == (False, True)
    assert outcome.code in (ExitCode.INVALID, ExitCode.REFUSED)
    assert "路径不存在" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_broken_file_is_refused_and_nothing_is_written(
    ledger: Path, zhenggai: Zhenggai, meanwhile: bool
) -> None:
    file, prepared = ledger / "07.yaml", ledger.parent / "写坏了.yaml"
    broken = "问题: [\n".encode()
    prepared.write_bytes(broken)
    others = (ledger / "08.yaml").read_bytes()
    if meanwhile:
        outcome = _log_meanwhile(ledger, prepared, file)
    else:
        prepared.replace(file)
        outcome = zhenggai(*LOG, str(ledger))
    assert outcome == (
        ExitCode.INVALID,
        "",
        "错误：问题7的文件07.yaml有错误，无法读取；请先改正\n",
    )
    assert (file.read_bytes(), (ledger / "08.yaml").read_bytes()) == (broken, others)
    assert not list(ledger.glob(".zhenggai-*"))


# Closing tells how many are closed by now: it has to know of the others as well.
EDITS = [
    (LOG, []),
    (("done", "7.1", *LOG[3:]), []),
    (("close", "7", "--by", "局党组", "--complete", *LOG[3:]), ["08.yaml"]),
]


_OPENED = """
import os, sys
opened = []
def told(event, args):
    name = os.path.basename(args[0]) if event == "open" and isinstance(args[0], str) else ""
    if name.endswith(".yaml") and name != "holidays.yaml":  # that travels with the program
        opened.append(name)
sys.addaudithook(told)
from zhenggai.cli import app
with open(os.devnull, "w") as sys.stdout:
    code = app.main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(int(code), *sorted(opened))
"""


@pytest.mark.parametrize(("words", "others"), EDITS, ids=["log", "done", "close"])
def test_a_command_reads_the_file_it_changes_once_and_no_other_without_need(
    ledger: Path, words: tuple[str, ...], others: list[str]
) -> None:
    before = (ledger / "07.yaml").read_bytes()
    tried = python("-c", _OPENED, *words, str(ledger), "--dry-run")
    assert (tried.out, tried.err) == ("0 07.yaml inspection.yaml\n", "")
    # Read, tried whether it may be written, and held against what was read before it is replaced.
    opened_then = " ".join(["07.yaml"] * 3 + others)
    done = python("-c", _OPENED, *words, str(ledger))
    assert (done.out, done.err) == (f"0 {opened_then} inspection.yaml\n", "")
    assert (ledger / "07.yaml").read_bytes() != before


@posix
@pytest.mark.parametrize("words", [LOG, ("edit", "7", "--ledger")], ids=["log", "edit"])
def test_a_link_to_a_file_in_the_ledger_is_not_written_through_either(
    ledger: Path, zhenggai: Zhenggai, words: tuple[str, ...]
) -> None:
    inner = ledger / "正本"
    inner.mkdir()
    file = (ledger / "07.yaml").rename(inner / "07.yaml")
    (ledger / "07.yaml").symlink_to("正本/07.yaml")
    before = file.read_bytes()
    assert zhenggai(*words, str(ledger)).code in (ExitCode.INVALID, ExitCode.REFUSED)
    assert (ledger / "07.yaml").is_symlink()
    assert file.read_bytes() == before
    assert [path.name for path in inner.iterdir()] == ["07.yaml"]


@posix
def test_a_link_out_of_the_ledger_is_not_written_through(
    ledger: Path, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    outside = (ledger / "07.yaml").rename(tmp_path / "外面.yaml")
    (ledger / "07.yaml").symlink_to(outside)
    before = outside.read_bytes()
    outcome = zhenggai(*LOG, str(ledger))
    assert outcome.code == ExitCode.INVALID
    assert outside.read_bytes() == before


@posix
def test_a_hard_link_elsewhere_keeps_what_it_held(
    ledger: Path, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    backup = tmp_path / "备份.yaml"
    backup.hardlink_to(ledger / "07.yaml")
    before = backup.read_bytes()
    assert zhenggai(*LOG, str(ledger)).code == 0
    assert backup.read_bytes() == before
    assert (ledger / "07.yaml").read_bytes() == before + ADDED.encode()


def test_a_thousand_records_stay_readable(tmp_path: Path, zhenggai: Zhenggai) -> None:
    record = "  - 日期: 2021-05-{:02d}\n    事项: 督查\n    情况: 第{}次督查,会议制度正在修订\n"
    journal = "".join(record.format(1 + number // 60, number) for number in range(1000))
    ledger = write_ledger(tmp_path, {"07": finding() + "记录:\n" + journal})
    file = ledger / "07.yaml"
    before = file.read_text(encoding="utf-8")
    assert zhenggai(*LOG, str(ledger)).code == 0
    assert file.read_text(encoding="utf-8") == before + ADDED.removeprefix("记录:\n")
    shown = zhenggai("show", "7", "--ledger", str(ledger), "--today", "2021-05-18").out
    assert "第0次督查" in shown
    assert "第999次督查" in shown
    assert zhenggai("check", "--ledger", str(ledger), "--today", "2021-05-18").code == 0
