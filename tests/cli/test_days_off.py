"""Days off at the command line: a ledger's own file, the hint, the note, the history."""

import json
import os
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import SETTINGS, init
from ledger_files import finding, inspection, write_ledger

NOTE = (
    "没有2027年的放假安排，工作日按周一至周五推算，有关日期为约数；"
    "有了通知的，写进台账的节假日.yaml\n"
)
DAYS_OFF = "节假日.yaml"


def _kept(when_off: str = "") -> str:
    rest = f"格式: 2\n时限逢休: {when_off}\n" if when_off else "格式: 2\n"
    return inspection(rest, 反馈日期="2026-02-02")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_ledger(
        tmp_path,
        {
            "01": finding(整改时限="2026-05-02"),
            "02": finding(整改时限="2027-01-02", 问题="会议过多"),
        },
        _kept(),
    )
    monkeypatch.chdir(folder)
    return folder


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _deadlines(zhenggai: Zhenggai, today: str = "2026-04-28") -> list[str]:
    told = json.loads(zhenggai("list", "--format", "json", "--today", today).out)
    return [one["deadline"] for one in told["findings"]]


@pytest.mark.usefixtures("ledger")
def test_what_is_due_soon_on_a_day_off_is_told_with_the_last_working_day(
    zhenggai: Zhenggai,
) -> None:
    status = zhenggai("status", "--today", "2026-04-28")
    assert "临期且时限逢休1个：01（此前最后一个工作日2026-04-30）。" in status.out
    assert status.err == ""
    shown = zhenggai("show", "1", "--today", "2026-04-28").out
    assert "整改时限  2026-05-02（逢休，此前最后一个工作日2026-04-30）" in shown
    assert "逢休" not in zhenggai("show", "1", "--today", "2026-04-01").out


@pytest.mark.parametrize("words", ["status", "list", "check", "show 2"])
def test_past_the_notices_it_is_said_once_that_the_week_tells(
    ledger: Path, zhenggai: Zhenggai, words: str
) -> None:
    _write(ledger, "inspection.yaml", _kept("顺延"))
    outcome = zhenggai(*words.split(), "--today", "2026-12-28")
    assert outcome.err.count(NOTE) == 1
    assert "约2027-01-04" in outcome.out or words == "check"


def test_a_deadline_is_moved_and_shown_with_what_was_written(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _write(ledger, "inspection.yaml", _kept("顺延"))
    assert _deadlines(zhenggai) == ["2026-05-06", "2027-01-04"]
    shown = zhenggai("show", "1", "--today", "2026-05-07").out
    assert "整改时限  2026-05-06（2026-05-02逢休，顺延）" in shown
    assert "逾期1天" in shown


def test_a_ledger_s_own_days_count_at_once_whatever_is_remembered(
    ledger: Path, zhenggai: Zhenggai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path.parent / f"{tmp_path.name}-cache"
    monkeypatch.delenv("ZHENGGAI_NO_CACHE", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: cache)
    _write(ledger, "inspection.yaml", _kept("顺延"))
    _write(ledger, DAYS_OFF, "放假: 2026年5月6日至7日\n补班:\n- 2026-05-05\n")
    for file in ledger.iterdir():
        os.utime(file, (1, 1))
    assert _deadlines(zhenggai) == _deadlines(zhenggai) == ["2026-05-05", "2027-01-04"]
    _write(ledger, DAYS_OFF, "放假: 2026年5月6日至7日\n")
    assert _deadlines(zhenggai) == ["2026-05-08", "2027-01-04"]
    (ledger / DAYS_OFF).unlink()
    assert _deadlines(zhenggai) == ["2026-05-06", "2027-01-04"]


def test_the_file_of_days_off_is_no_finding_and_its_faults_have_a_place(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _write(
        ledger, DAYS_OFF, "放假: [2026年5月6日至8日, 五一]\n调休: 2026-05-09\n补班: 2026-05-07\n"
    )
    outcome = zhenggai("check", "--today", "2026-03-01")
    assert outcome.code == 3
    said = [line for line in outcome.out.splitlines() if line.startswith(DAYS_OFF)]
    assert [line.split("；")[0] for line in said] == [
        "节假日.yaml:1:20: K305 日期“五一”的格式无法识别",
        "节假日.yaml:2:1: K302 无法识别的键“调休”",
    ]
    assert zhenggai("status", "--today", "2026-03-01").code == 3
    (ledger / DAYS_OFF).rename(ledger / "节假日.yml")
    assert "节假日.yml:1:1: F112 “节假日.yml”未读取；改名为节假日.yaml" in zhenggai("check").out


def test_history_sees_days_off_that_bear_on_deadlines(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    repository = init(ledger)
    _write(ledger, "inspection.yaml", _kept("顺延"))
    _write(ledger, DAYS_OFF, "放假: 2026-05-06\n")
    repository.commit(day="2026-03-01")

    def told() -> list[str]:
        out = zhenggai("check", "--since", "HEAD", "--today", "2026-03-02").out
        return [line for line in out.splitlines() if " I7" in line]

    assert told() == []
    (ledger / DAYS_OFF).unlink()
    [said] = told()
    assert said.startswith("节假日.yaml:1:1: I710 2026-05-06改为上班，时限随之改变；")
    _write(ledger, DAYS_OFF, "放假: 五一\n")
    repository.commit(day="2026-03-01")
    _write(ledger, DAYS_OFF, "放假: 2026-05-06\n")
    assert [line.split()[1] for line in told()] == ["I709"]


def test_deadlines_are_typed_by_the_month_as_well(ledger: Path, zhenggai: Zhenggai) -> None:
    made = zhenggai("new", "学习不够", "--due", "2026年三季度末")
    assert "--due“2026年三季度末”按2026-09-30计算" in made.err
    assert "整改时限: 2026-09-30\n" in (ledger / "03.yaml").read_text(encoding="utf-8")
    extended = zhenggai(
        *("extend", "1", "2026年6月底前", "--reason", "等待批复", "--approved-by", "局党组"),
        *("--today", "2026-04-28"),
    )
    assert "时限已延至2026-06-30（原为2026-05-02）" in extended.out
    refused = zhenggai(
        *("extend", "1", "2026年7月前", "--reason", "等待批复", "--approved-by", "局党组"),
        *("--today", "2026-04-28"),
    )
    assert refused.code == 2
    assert "新时限：日期“2026年7月前”的格式无法识别" in refused.err
