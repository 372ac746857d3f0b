"""Which ledgers a command reads, and which day it is."""

import json
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai, python
from decoded import decoded
from ledger_files import closed, finding, inspection, write_ledger
from zhenggai.cli.ledger_access import clock
from zhenggai.model.inspection_model import Inspection


def _read(outcome: Outcome) -> tuple[str, list[str]]:
    """Give the day and the ledgers a `status --format json` speaks of."""
    content = json.loads(outcome.out)
    return content["today"], [ledger["name"] for ledger in content["ledgers"]]


@pytest.fixture
def farm(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "农业局", {"01": closed("公车管理", "2021-03-31")})


def test_today_is_what_the_option_says(farm: Path, zhenggai: Zhenggai) -> None:
    for written in ("2021-05-18", "2021/5/18", "2021.5.18", "2021年5月18日"):
        outcome = zhenggai("status", "--ledger", str(farm), "--today", written, "--format", "json")
        assert _read(outcome)[0] == "2021-05-18"


def test_today_is_what_the_environment_says_unless_the_option_says_otherwise(
    farm: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-03-30")
    command = ("status", "--ledger", str(farm), "--format", "json")
    assert _read(zhenggai(*command))[0] == "2021-03-30"
    assert _read(zhenggai(*command, "--today", "2021-05-18"))[0] == "2021-05-18"


def test_an_empty_environment_variable_counts_as_none(
    farm: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_TODAY", "")
    monkeypatch.setenv("ZHENGGAI_LEDGER", "")
    monkeypatch.chdir(farm)
    before = clock(Inspection().time_zone)
    day, names = _read(zhenggai("status", "--format", "json"))
    assert before.isoformat() <= day <= clock(Inspection().time_zone).isoformat()
    assert names == ["农业局"]


@pytest.mark.parametrize("written", ["2021-02-30", "18/5/2021", "明天", "2021-5", "1021-05-18"])
def test_a_day_nobody_can_read_is_wrong_usage_and_says_where_it_came_from(
    farm: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    asked = zhenggai("status", "--ledger", str(farm), "--today", written)
    monkeypatch.setenv("ZHENGGAI_TODAY", written)
    set_before = zhenggai("status", "--ledger", str(farm))
    for outcome, source in ((asked, "--today"), (set_before, "环境变量ZHENGGAI_TODAY")):
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"错误：{source}：")
        assert written in outcome.err


def test_the_clock_is_read_where_the_ledger_is_kept() -> None:
    early = decoded(Inspection, {"时区": "Pacific/Kiritimati"})  # UTC+14
    late = decoded(Inspection, {"时区": "Pacific/Pago_Pago"})  # UTC-11
    assert (clock(early.time_zone) - clock(late.time_zone)).days in (1, 2)


_CLOCKS = """
import os, time
from zhenggai.cli.ledger_access import clock
from zhenggai.model.inspection_model import Inspection
for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
    os.environ["TZ"] = zone
    time.tzset()
    print(clock(Inspection().time_zone))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="TZ is POSIX")
def test_the_clock_is_that_of_china_whatever_the_machine_keeps() -> None:
    china = timezone(timedelta(hours=8))
    before = datetime.now(china).date().isoformat()
    days = python("-c", _CLOCKS).out.split()
    after = datetime.now(china).date().isoformat()
    assert len(days) == 2
    assert all(before <= day <= after for day in days)


def test_an_earlier_day_shows_the_ledger_as_it_was(farm: Path, zhenggai: Zhenggai) -> None:
    closed_by = {}
    for day in ("2021-03-30", "2021-03-31", "2021-04-01"):
        outcome = zhenggai("status", "--ledger", str(farm), "--today", day, "--format", "json")
        closed_by[day] = json.loads(outcome.out)["total"]["closed"]
    assert closed_by == {"2021-03-30": 0, "2021-03-31": 1, "2021-04-01": 1}


def test_several_ledgers_are_each_judged_by_their_ownclock(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    ledgers = tmp_path / "ledgers"
    write_ledger(ledgers / "东", {"01": finding()}, inspection(时区="Pacific/Kiritimati"))
    write_ledger(ledgers / "西", {"01": finding()}, inspection(时区="Pacific/Pago_Pago"))
    outcome = zhenggai("list", "--ledger", str(tmp_path), "--format", "json")
    left = [found["days_left"] for found in json.loads(outcome.out)["findings"]]
    assert left[1] - left[0] in (1, 2)


def test_the_figures_of_several_ledgers_are_of_one_day(tmp_path: Path, zhenggai: Zhenggai) -> None:
    root = tmp_path / "全县"
    write_ledger(root / "东", {"01": finding()}, inspection(时区="Pacific/Kiritimati"))
    alone = zhenggai("status", "--ledger", str(root / "东"), "--format", "json")
    assert (json.loads(alone.out)["today"], alone.err) == (str(clock("Pacific/Kiritimati")), "")
    write_ledger(root / "西", {"01": finding()}, inspection(时区="Pacific/Pago_Pago"))
    told = zhenggai("status", "--ledger", str(root), "--format", "json")
    day = json.loads(told.out)["today"]
    assert day == str(clock("Asia/Shanghai"))
    assert told.err == (
        f"有的台账时区不同；几本台账一起看，都按北京时间的今天（{day}）计算，其他日子写 --today\n"
    )
    assert zhenggai("status", "--ledger", str(root), "--today", day).err == ""
    words = ("tables", "-o", str(tmp_path / "表"), "--format", "csv", "--ledger")
    for ledgers, zone in ((root, "Asia/Shanghai"), (root / "东", "Pacific/Kiritimati")):
        assert zhenggai(*words, str(ledgers)).code == 0
        written = json.loads((tmp_path / "表" / "manifest.json").read_text(encoding="utf-8"))
        assert written["today"] == str(clock(zone))


def test_the_ledger_is_what_the_environment_says_unless_the_option_says_otherwise(
    farm: Path, tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_ledger(tmp_path / "水利局", {"01": finding()})
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(farm))
    monkeypatch.chdir(other)
    assert _read(zhenggai("status", "--format", "json"))[1] == ["农业局"]
    asked = zhenggai("status", "--format", "json", "--ledger", str(other))
    assert _read(asked)[1] == ["水利局"]


def test_the_search_goes_upward_from_any_folder_below(
    farm: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = farm / "佐证" / "01"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    outcome = zhenggai("status", "--format", "json")
    assert _read(outcome)[1] == ["农业局"]


def test_every_ledger_under_ledgers_is_found_from_below(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "a"):
        write_ledger(tmp_path / "ledgers" / name, {"01": finding()})
    (tmp_path / "src" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "src" / "deep")
    assert _read(zhenggai("status", "--format", "json"))[1] == ["a", "b"]


def test_problems_are_named_by_a_path_that_can_be_opened_from_here(
    farm: Path, tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (farm / "02.yaml").write_text("问题：全角冒号\n", encoding="utf-8")
    (farm / "下层").mkdir()
    for here in (tmp_path, farm, farm / "下层"):
        monkeypatch.chdir(here)
        outcome = zhenggai("status", "--ledger", os.path.relpath(farm, here))
        named = outcome.err.partition(":")[0]
        assert (here / named).samefile(farm / "02.yaml")


@pytest.mark.parametrize("asked", ["没有", "空文件夹", "文件.txt"])
def test_a_folder_without_a_ledger_is_wrong_usage_and_tells_how_to_start(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    (tmp_path / "空文件夹").mkdir()
    (tmp_path / "文件.txt").touch()
    monkeypatch.chdir(tmp_path)
    outcome = zhenggai("status", "--ledger", asked)
    assert (outcome.code, outcome.out) == (2, "")
    assert asked in outcome.err
    assert "zhenggai init" in outcome.err
