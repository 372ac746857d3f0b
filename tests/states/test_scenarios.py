"""Whole inspections at the command line: how every command ends, and every day's state."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest
from transcript import (
    Expected,
    Line,
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
