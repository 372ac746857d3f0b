"""Commands killed at any moment: a file is the old one or the new one, and nothing stays behind."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from effort import effort, report

from commandline import ROOT, environment, process, python
from ledger_files import finding, write_ledger

JOURNAL = (
    "措施:\n  - 内容: 完善制度 # 由办公室起草\n"
    "记录:\n  - 日期: 2021-03-05\n    事项: 督查\n    情况: 初稿已成\n"
)
RECORD = "  - 日期: 2021-05-18\n    事项: 督查\n    情况: {}\n"
KILLER = Path(__file__).parent / "killer.py"
DENIED = 77


@pytest.mark.skipif(sys.platform != "linux", reason="steps through system calls by Linux's ptrace")
def test_a_log_killed_at_any_system_call_leaves_the_old_file_or_the_new_one(
    tmp_path: Path,
) -> None:
    write_ledger(tmp_path / "原样", {"07": finding(JOURNAL), "08": finding()})
    every = effort(17, 1)
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    done = python(str(KILLER), str(tmp_path), str(every), env={"PYTHONPATH": paths})
    if done.code == DENIED:
        pytest.skip("this machine lets no process trace another")
    assert (done.code, done.err) == (0, "")
    seen = json.loads(done.out)
    report(every=every, **seen)
    assert seen["old"] + seen["new"] == seen["kills"] >= 10
    assert min(seen["old"], seen["new"]) >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="steps through system calls by Linux's ptrace")
@pytest.mark.parametrize("scenario", ["close", "init", "init into a folder", "import"])
def test_a_command_that_writes_several_files_does_all_or_nothing_wherever_it_is_killed(
    tmp_path: Path, scenario: str
) -> None:
    kills = effort(12 if scenario == "close" else 4, 0)
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    words = (str(KILLER), str(tmp_path), str(kills), scenario)
    done = python(*words, env={"PYTHONPATH": paths}, timeout=1800)
    if done.code == DENIED:
        pytest.skip("this machine lets no process trace another")
    assert (done.code, done.err) == (0, "")
    seen = json.loads(done.out)
    report(scenario=repr(scenario), **seen)
    assert seen["old"] + seen["new"] == seen["kills"] >= (kills or 200)
    assert seen["half done"] >= (kills or 200) - 1


def _log(ledger: Path, note: str) -> list[str]:
    words = [sys.executable, "-m", "zhenggai", "log", "7", note]
    return [*words, "--ledger", str(ledger), "--today", "2021-05-18"]


def test_processes_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path, {"07": finding(JOURNAL), "08": finding()})
    file = ledger / "07.yaml"
    chance, outcomes = random.Random(7), {"old": 0, "new": 0}  # noqa: S311 - no secret
    start = time.monotonic()
    assert process(*_log(ledger, "从容")[3:]).code == 0
    whole = time.monotonic() - start
    for number in range(effort(3, 500)):
        before, note = file.read_bytes(), f"第{number}次"
        running = subprocess.Popen(
            _log(ledger, note),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 1.1) * whole)
        running.kill()
        running.wait()
        after = file.read_bytes()
        assert after in (before, before + RECORD.format(note).encode())
        outcomes["old" if after == before else "new"] += 1
    report(random_kills=sum(outcomes.values()), **outcomes, bytes=file.stat().st_size)
    last = process(*_log(ledger, "善后")[3:])
    assert last.code == 0
    assert file.read_bytes().endswith(RECORD.format("善后").encode())
    assert not list(ledger.glob(".zhenggai-*"))
