"""An inspection played through at the command line, and what a supervisor expects of each day.

A scenario is a folder: a ledger as it was on the day of the feedback, `script.tsv` with the
commands of every day and how each ends, `expected.tsv` with the state of every finding and the
totals at the end of chosen days. What the columns mean is told in `scenario/README.md`.
"""

import csv
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

from commandline import Outcome, Zhenggai

HERE = Path(__file__).parent
NO_MEANING = "-"
TOTAL = "TOTAL"

STAGES = {
    "未启动": "not_started",
    "整改中": "in_progress",
    "待申请销号": "awaiting_application",
    "待审核": "awaiting_review",
    "待批准": "awaiting_approval",
    "基本完成": "sustained",
    "已销号": "closed",
}
TIMINGS = {"正常": "normal", "进展缓慢": "stale", "临期": "due_soon", "逾期": "overdue"}
RATES = {
    "措施完成率": "measure_rate",
    "整改完成率": "rectification_rate",
    "销号率": "closing_rate",
    "认可率": "recognition_rate",
}
COLUMNS = {
    "deadline": "deadline",
    "days_left": "days_left",
    "holder": "holder",
    "waiting_days": "waiting_days",
    "idle_days": "idle_days",
    "was_overdue_days": "once_overdue_days",
    "extensions": "extensions",
    "late_days": "late_days",
}
YES_OR_NO = {"unvisited": "unsupervised", "recognised": "recognised", "undecided": "undecided"}


class Line(NamedTuple):
    """A line of the script, by its number in the file."""

    number: int
    day: str
    command: str
    result: str

    @property
    def is_command(self) -> bool:
        """Whether a person types it; else a text is added to a file."""
        return not self.command.startswith("append ")

    def __str__(self) -> str:
        return f"{self.number}: {self.command}"


class Played(NamedTuple):
    """What came of a line: nothing said by the program where a text was added to a file."""

    line: Line
    outcome: Outcome
    changed_files: tuple[str, ...]


class Expected(NamedTuple):
    """One row of what is expected: a day, a finding, and its cells by column."""

    day: str
    id: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.day} {self.id}"


class Shown(NamedTuple):
    """What the program says of a day in JSON: `rows` and `sheets` by the finding's id."""

    rows: dict[str, dict[str, Any]]
    sheets: dict[str, dict[str, Any]]
    status: dict[str, Any]


class Transcript(NamedTuple):
    """A scenario played through: what came of each line, and the state on each day expected.

    `then` was asked at the end of the day, `since` after the whole script; `root` is the ledger as
    it is then.
    """

    root: Path
    played: dict[int, Played]
    then: dict[str, Shown]
    since: dict[str, Shown]


def script(name: str) -> list[Line]:
    """Return the lines of a scenario's script in order."""
    with (HERE / name / "script.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Line(number, *row) for number, row in enumerate(rows, start=2)]


def expected(name: str) -> list[Expected]:
    """Return the rows of what a scenario expects of findings."""
    return [
        Expected(row["day"], row["id"], row) for row in _expectations(name) if row["id"] != TOTAL
    ]


def expected_totals(name: str) -> dict[str, dict[str, str]]:
    """Return the totals that a scenario expects, by day."""
    return {
        row["day"]: dict(
            cell.split("=", 1) for cell in (*row.values(), *row[""].split("\t")) if "=" in cell
        )
        for row in _expectations(name)
        if row["id"] == TOTAL
    }


def _expectations(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name / "expected.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(rows)
        for row in rows:
            named, more = row[: len(head)], row[len(head) :]
            yield dict(zip(head, named, strict=False)) | {"": "\t".join(more)}


def play(name: str, root: Path, zhenggai: Zhenggai) -> Transcript:
    """Play a scenario through in a new folder."""
    shutil.copytree(HERE / name, root, ignore=shutil.ignore_patterns("*.tsv", "*.md"))
    days = list(dict.fromkeys(one.day for one in expected(name)))
    played: dict[int, Played] = {}
    then: dict[str, Shown] = {}
    for line in script(name):
        for day in days:
            if day < line.day and day not in then:
                then[day] = _shown(root, zhenggai, day)
        before = _bytes(root)
        outcome = _run(root, zhenggai, line)
        after = _bytes(root)
        changed = tuple(sorted(path for path in after if after[path] != before.get(path)))
        played[line.number] = Played(line, outcome, changed)
    for day in days:
        then.setdefault(day, _shown(root, zhenggai, day))
    return Transcript(root, played, then, {day: _shown(root, zhenggai, day) for day in days})


def _run(root: Path, zhenggai: Zhenggai, line: Line) -> Outcome:
    if line.is_command:
        words = shlex.split(line.command)
        return zhenggai(*words, "--ledger", str(root), "--today", line.day)
    _append(root / line.command.removeprefix("append "), line.result)
    return Outcome(0, "", "")


def _append(path: Path, record: str) -> None:
    """Add a record at the end of a finding's journal, by hand."""
    text = path.read_text(encoding="utf-8")
    if "\n记录:\n" not in text:
        text += "记录:\n"
    indents = re.findall(r"^( *)- ", text.partition("\n记录:\n")[2], re.MULTILINE)
    path.write_text(f"{text}{indents[0] if indents else '  '}{record}\n", encoding="utf-8")


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}


def _shown(root: Path, zhenggai: Zhenggai, day: str) -> Shown:
    def asked(*words: str) -> dict[str, Any]:
        outcome = zhenggai(*words, "--format", "json", "--ledger", str(root), "--today", day)
        assert (outcome.code, outcome.err) == (0, "")
        content: dict[str, Any] = json.loads(outcome.out)
        assert content["version"] == 2
        return content

    rows = {row["id"]: row for row in asked("list")["findings"]}
    return Shown(rows, {one: asked("show", one)["finding"] for one in rows}, asked("status"))


def ends_as_written(done: Played) -> list[str]:
    """Return how a line ended otherwise than its result says; nothing where it did."""
    line, (code, _, err) = done.line, done.outcome
    if not line.is_command:
        return []
    result = re.fullmatch(r"(?:exit (\d)( warns)?)?", line.result)
    assert result is not None, line
    wanted, warns = int(result[1] or 0), bool(result[2])
    faults = [f"exit {code} instead of {wanted}: {err}"] if code != wanted else []
    if warns and "警告：" not in err:
        faults.append(f"no warning: {err!r}")
    if not warns and wanted == 0 and "警告：" in err:
        faults.append(f"a warning nobody expects: {err!r}")
    if wanted != 0 and done.changed_files:
        faults.append(f"changed {done.changed_files}")
    if wanted not in (0, 1) and not err.startswith("错误："):
        faults.append(f"no sentence: {err!r}")
    return faults


def differences(row: Expected, shown: dict[str, Any]) -> list[str]:
    """Return the cells of a finding that JSON tells otherwise."""
    answers = {True: "yes", False: "no", None: "none"}
    told = {column: str(shown[name]) for column, name in COLUMNS.items()}
    told |= {column: answers[shown[name]] for column, name in YES_OR_NO.items() if name in shown}
    told |= {"stage": shown["stage"], "timing": shown["timing"]}
    wanted = row.cells | {
        "stage": STAGES[row.cells["stage"]],
        "timing": TIMINGS[row.cells["timing"]],
    }
    return [
        f"{column}: {told[column]} instead of {wanted[column]}"
        for column in told
        if wanted.get(column, NO_MEANING) not in (NO_MEANING, told[column])
    ]


def told_total(status: dict[str, Any], name: str) -> str:
    """Return a total as `expected.tsv` writes it: a count, or a rate with its basis."""
    total = status["total"]
    if name in RATES:
        rate = total[RATES[name]]
        exact = Decimal(100 * rate["numerator"]) / rate["denominator"]
        assert abs(float(exact) / 100 - rate["rate"]) < 1e-9
        shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{shown}%({rate['numerator']}/{rate['denominator']})"
    return str(total["overdue" if name == "逾期" else STAGES[name]])
