"""Whole inspections at the command line: how every command ends, and every day's state."""

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest
from transcript import (
    RATES,
    Expected,
    Line,
    Shown,
    Transcript,
    differences,
    ends_as_written,
    expected,
    expected_totals,
    play,
    script,
    told_total,
)

from commandline import Outcome, Zhenggai
from zhenggai.cli import app

SCENARIOS = ["scenario", "second"]

LINES = [(name, line) for name in SCENARIOS for line in script(name)]
ROWS = [(name, row) for name in SCENARIOS for row in expected(name)]
TOTALS = [
    (name, day, figure, value)
    for name in SCENARIOS
    for day, totals in expected_totals(name).items()
    for figure, value in totals.items()
]


@pytest.fixture(scope="module")
def program(_command: Any) -> Iterator[Zhenggai]:
    """Run the program in this process, for all tests of the module at once."""

    def run(*args: str) -> Outcome:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = app.main(list(args), _command)
        return Outcome(int(code), out.getvalue(), err.getvalue())

    with pytest.MonkeyPatch.context() as patch:
        for name in ("ZHENGGAI_LEDGER", "ZHENGGAI_TODAY"):
            patch.delenv(name, raising=False)
        patch.setenv("ZHENGGAI_NO_CACHE", "1")
        yield run


@pytest.fixture(scope="module")
def transcripts(program: Zhenggai, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Play every scenario through once."""
    return {name: play(name, tmp_path_factory.mktemp(name) / "台账", program) for name in SCENARIOS}


@pytest.mark.parametrize(("name", "line"), LINES, ids=str)
def test_every_command_ends_as_the_script_says(
    transcripts: dict[str, Transcript], name: str, line: Line
) -> None:
    assert ends_as_written(transcripts[name].played[line.number]) == []


@pytest.mark.parametrize(("name", "row"), ROWS, ids=str)
def test_list_and_show_say_of_a_finding_what_is_expected_that_day(
    transcripts: dict[str, Transcript], name: str, row: Expected
) -> None:
    shown = transcripts[name].then[row.day]
    assert differences(row, shown.rows[row.id]) == []
    assert differences(row, shown.sheets[row.id]["standing"]) == []


@pytest.mark.parametrize(("name", "row"), ROWS, ids=str)
def test_asked_later_a_day_shows_what_it_showed_then(
    transcripts: dict[str, Transcript], name: str, row: Expected
) -> None:
    assert differences(row, transcripts[name].since[row.day].rows[row.id]) == []


@pytest.mark.parametrize(("name", "day", "figure", "value"), TOTALS)
def test_status_says_the_totals_expected_that_day(
    transcripts: dict[str, Transcript], name: str, day: str, figure: str, value: str
) -> None:
    assert told_total(transcripts[name].then[day].status, figure) == value
    assert told_total(transcripts[name].since[day].status, figure) == value


@pytest.mark.parametrize(("name", "day"), dict.fromkeys((name, row.day) for name, row in ROWS))
def test_status_lists_the_findings_that_press_as_expected_that_day(
    transcripts: dict[str, Transcript], name: str, day: str
) -> None:
    rows = [row.cells for one, row in ROWS if (one, row.day) == (name, day)]
    warnings = transcripts[name].then[day].status["warnings"]
    told = {key: {one["id"] for one in listed} for key, listed in warnings.items()}
    for key, timing in {"overdue": "逾期", "due_soon": "临期", "stale": "进展缓慢"}.items():
        assert told[key] == {row["id"] for row in rows if row["timing"] == timing}


@pytest.mark.parametrize(("name", "day"), dict.fromkeys((name, row.day) for name, row in ROWS))
def test_the_papers_of_a_day_agree_with_its_status(
    transcripts: dict[str, Transcript], program: Zhenggai, name: str, day: str
) -> None:
    root = str(transcripts[name].root)
    then = transcripts[name].since[day].status
    overdue, due_soon = then["warnings"]["overdue"], then["warnings"]["due_soon"]

    def paper(*words: str) -> str:
        outcome = program("announce", *words, "--ledger", root, "--today", day)
        assert outcome.code == 0, outcome.err
        return outcome.out

    bulletin = paper("--template", "bulletin")
    assert f"逾期问题{len(overdue)}个" in bulletin
    assert f"进展缓慢问题{len(then['warnings']['stale'])}个" in bulletin
    assert f"待审批问题{len(then['undecided'])}个" in bulletin
    assert f"累计销号{then['total']['closed']}个" in bulletin
    for rate, key in RATES.items():
        basis = f"（{then['total'][key]['numerator']}/{then['total'][key]['denominator']}）"
        assert key == "recognition_rate" or re.search(f"{rate}[0-9.]+%{basis}", bulletin)
    letter = paper("--template", "letter")
    listed = re.findall(r"^\| ([0-9]{2}) \|", letter, re.MULTILINE)
    assert listed == [one["id"] for one in (*overdue, *due_soon)]
    forms = paper("--template", "approval")
    waiting = [one["id"] for one in _stages(transcripts[name].since[day], "awaiting_")]
    assert re.findall(r"问题编号 \| ([0-9]{2}) \|", forms) == waiting
    notice = paper("--draft", "--format", "text")
    assert f"个问题中已销号{then['total']['closed']}个" in notice
    assert notice.count("该问题已超过整改时限") == sum(one["public"] for one in overdue)


def _stages(shown: Shown, prefix: str) -> list[Any]:
    return [one for one in shown.rows.values() if one["stage"].startswith(prefix)]
