"""Ledgers that each bring out one kind of problem, read from the text files beside this module.

A file is named after its code. Its first line says in a sentence what is wrong with the ledger.
Sections follow, each opened by a line `-- name --`: files of the ledger by their name (of another
one beside it by `../2018/07.yaml`), settings by a name that begins with @ (`@today`,
`@fail_within`, `@without inspection.yaml`), and last `expected`, the problems of this code as a
clerk sees them.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhenggai.ledger.register import register
from zhenggai.ledger.rounds import Rounds
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.ledger_folder import read_ledger

HERE = Path(__file__).parent
TODAY = date(2021, 5, 18)
INSPECTION = """\
被巡察单位: 县科技局党组
巡察组: 县委第一巡察组
反馈日期: 2021-02-01
"""

_SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_WITHOUT = "@without inspection.yaml"


@dataclass(frozen=True)
class Reproducer:
    """One ledger, the day it is looked at, and what is to be said of it."""

    sentence: str
    files: dict[str, str]
    today: date
    fail_within: int | None
    expected: list[str]

    def problems(self, folder: Path) -> list[Problem]:
        """Write the ledger into an empty folder and check it.

        Where there are files of another one (`../2018/07.yaml`), both lie in that folder.
        """
        others = {Path(name).parts[1] for name in self.files if name.startswith("../")}
        root = folder / "台账" if others else folder
        for name, content in self.files.items():
            path = Path(os.path.normpath(root / name))
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
        beside = [read_ledger(folder / one, f"../{one}") for one in sorted(others)]
        return check(root, self.today, self.fail_within, beside)


def load(code: str) -> Reproducer:
    """Read the reproducer of a code."""
    text = (HERE / f"{code}.txt").read_text(encoding="utf-8")
    sentence, *parts = _SECTION.split(text)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    expected = sections.pop("expected").splitlines()
    settings = {name: sections.pop(name).strip() for name in list(sections) if name[0] == "@"}
    usual = {} if _WITHOUT in settings else {"inspection.yaml": INSPECTION}
    return Reproducer(
        sentence=sentence,
        files=usual | sections,
        today=date.fromisoformat(settings.get("@today", str(TODAY))),
        fail_within=int(settings["@fail_within"]) if "@fail_within" in settings else None,
        expected=expected,
    )


def check(
    folder: Path,
    today: date = TODAY,
    fail_within: int | None = None,
    beside: Sequence[Ledger] = (),
) -> list[Problem]:
    """Give everything wrong with a ledger, the way `zhenggai check` puts it together."""
    ledger = read_ledger(folder, "")
    at_hand = Rounds(lambda: list(map(register, (ledger, *beside))))
    day = LedgerOnDay(ledger, today, at_hand)
    return examine_ledger(day, folder, fail_within=fail_within)


def lines(problems: list[Problem], code: str) -> list[str]:
    """Write the problems of one code as a clerk sees them, in order of place."""
    chosen = [problem for problem in problems if problem.code == code]
    ordered = sorted(chosen, key=lambda problem: (problem.path, problem.line, problem.column))
    return [f"{p.path}:{p.line}:{p.column}: {p.code} {p.sentence}" for p in ordered]
