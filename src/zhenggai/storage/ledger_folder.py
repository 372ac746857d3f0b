"""Ledger folders: read whole or as registers, and of every file in them what became of it.

One way leads from a file to a finding: its text, plain data, the model. A ledger is all of its
findings; a register keeps the row of each, and remembers rows between runs.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.ledger.register import Register, Row, head
from zhenggai.ledger.working_days import Calendar
from zhenggai.model.days_off import NONE_KNOWN, DaysOff
from zhenggai.model.declaration import replaced
from zhenggai.model.problem import Problem, shorten
from zhenggai.storage.file_names import (
    INSPECTION,
    JOURNAL,
    OWN_DAYS_OFF,
    Progress,
    file_problem,
    names_in,
    shown_path,
    silent,
)
from zhenggai.storage.known_days_off import known_days_off
from zhenggai.storage.parallel import USUAL, Spreading, read_together, split_outcomes

if TYPE_CHECKING:
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Ledger
    from zhenggai.storage.ledger_file import FindingRead, HeadRead, RowRead
    from zhenggai.storage.row_cache import Remembered

# What a finding takes to be handed over from another process, and what a row takes, in seconds.
_HANDING_OVER, _HANDING_OVER_A_ROW = 40e-6, 10e-6


class LedgerFolder:
    """A ledger's folder; `shown` is how its path is written for the user ('' for here).

    `link` is the part of its path that is a link and may not be one, `around` a ledger it lies in;
    `name` is what it is called where its folder's own name would not tell it from another.
    """

    def __init__(
        self,
        root: Path,
        shown: str,
        link: Path | None = None,
        around: Path | None = None,
        name: str | None = None,
    ) -> None:
        """List the folder; raise OSError where that cannot be done."""
        self.root, self.shown, self._name = root, shown, name
        self.names, self._problems = names_in(root)
        if link is not None:
            message, hint = f"“{link.name}”是链接，不是台账文件夹本身", "把文件夹本身放在这里"
            self._problems.append(file_problem(INSPECTION, "F113", message, hint))

        if around is not None:
            where = f"“{shorten(around.name)}”里也有{INSPECTION}"
            message = f"这本台账在另一本台账的文件夹里（{where}）"
            hint = f"一个文件夹只放一本台账；移走多出的{INSPECTION}"
            self._problems.append(file_problem(INSPECTION, "F114", message, hint))

    @property
    def is_half_changed(self) -> bool:
        """Whether several files were being changed together, which was cut short or goes on."""
        return os.path.lexists(self.root / JOURNAL)

    @property
    def name(self) -> str:
        """The ledger's name: that of the folder itself, links followed, unless given another."""
        return self._name or self.root.resolve().name

    @cached_property
    def inspection(self) -> "tuple[Inspection, list[Problem]]":
        """The inspection, and what is wrong with its file and with that of the days off."""
        inspection, problems = self.inspection_file
        own, found = self.own_days_off
        return replaced(inspection, days_off=known_days_off(own)), problems + found

    @cached_property
    def inspection_file(self) -> "tuple[Inspection, list[Problem]]":
        """What inspection.yaml says, and what is wrong with it: read once, when first asked for."""
        from zhenggai.storage.ledger_file import read_inspection_file

        return read_inspection_file(self.root)

    @property
    def has_read_inspection(self) -> bool:
        """Whether inspection.yaml was read already: it is read once."""
        return "inspection_file" in vars(self)

    @cached_property
    def own_days_off(self) -> "tuple[DaysOff, list[Problem]]":
        """The ledger's own days off, and what is wrong with their file; most have none."""
        if not os.path.lexists(self.root / OWN_DAYS_OFF):
            return NONE_KNOWN, []
        from zhenggai.storage.ledger_file import read_own_days_off

        return read_own_days_off(self.root)

    def shown_problems(self, problems: list[Problem]) -> tuple[Problem, ...]:
        """Return problems of the folder's files with their paths as the user can open them."""
        return tuple(
            problem._replace(path=shown_path(self.shown, problem.path))
            for problem in (*self._problems, *problems)
        )


def read_ledger(root: Path, shown: str) -> "Ledger":
    """Read a ledger folder whole.

    Every file that cannot be taken at its word is a problem and stands in `unreadable`; the
    others are read all the same.
    """
    [ledger] = read_ledgers([LedgerFolder(root, shown)])
    return ledger


def read_ledgers(
    folders: Sequence[LedgerFolder], progress: Progress = silent
) -> "Iterator[Ledger]":
    """Read several ledger folders whole."""
    return read_together(list(map(_LedgerReading, folders)), _HANDING_OVER, progress)


def read_register(root: Path, shown: str) -> Register:
    """Read a ledger folder as its register."""
    [register] = read_registers([LedgerFolder(root, shown)])
    return register


def read_registers(
    folders: Sequence[LedgerFolder],
    progress: Progress = silent,
    given: Mapping[Path, Mapping[str, Row]] | None = None,
    remembered: "Callable[[Path], Remembered] | None" = None,
    spreading: Spreading = USUAL,
) -> Iterator[Register]:
    """Read several ledger folders as registers; the problems are those of reading them whole.

    `given` are rows of files that need not be read, by folder and name; `remembered` returns what
    is remembered of a folder, as the row cache does where nothing else is asked for.
    """
    from zhenggai.storage.row_cache import Remembered

    known, recall = given or {}, remembered or Remembered
    readings = [_RegisterReading(one, known.get(one.root, {}), recall(one.root)) for one in folders]
    return read_together(readings, _HANDING_OVER_A_ROW, progress, spreading)


class _LedgerReading:
    """A ledger folder of which the findings are still to be read."""

    def __init__(self, folder: LedgerFolder) -> None:
        from zhenggai.storage.ledger_file import read_finding_file

        self._folder = folder
        self.wanted = folder.names
        self.read = partial(read_finding_file, folder.root)

    def finish(self, outcomes: "list[FindingRead]") -> "Ledger":
        """Make the ledger of what was read of its findings."""
        from zhenggai.model.ledger_model import Ledger

        folder = self._folder
        inspection, problems = folder.inspection
        findings, unreadable, found = split_outcomes(self.wanted, outcomes)
        shown = folder.shown_problems([*problems, *found])
        return Ledger(folder.name, folder.shown, inspection, findings, unreadable, shown)


class _RegisterReading:
    """A ledger folder of which the rows that are not remembered are still to be read."""

    def __init__(
        self, folder: LedgerFolder, given: Mapping[str, Row], remembered: "Remembered"
    ) -> None:
        self._folder = folder
        self._remembered = remembered
        self._head: Any = self._remembered.get(INSPECTION)
        if self._head is None and folder.has_read_inspection:
            inspection, problems = folder.inspection_file
            self._head = head(inspection), problems
            self._keep(INSPECTION, self._head)
        known: tuple[DaysOff, list[Problem]] | None = self._remembered.get(OWN_DAYS_OFF)
        self._days_off = known
        self._rows: dict[str, RowRead | None] = {
            name: self._remembered.get(name) for name in folder.names
        }
        self._rows |= {name: (one, []) for name, one in given.items()}
        self.wanted = [name for name, known in self._rows.items() if known is None]
        self.wanted += [] if self._head else [INSPECTION]

    @cached_property
    def read(self) -> "Callable[[str], RowRead | HeadRead]":
        """What reads one of the wanted files."""
        from zhenggai.storage.ledger_file import read_for_register

        return partial(read_for_register, self._folder.root)

    def finish(self, outcomes: list[Any]) -> Register:
        """Make the register of what was remembered, given and read."""
        folder = self._folder
        for name, outcome in zip(self.wanted, outcomes, strict=True):
            if name == INSPECTION:
                self._head = outcome
            else:
                self._rows[name] = outcome
            self._keep(name, outcome)
        if self._days_off is None:
            own, wrong = folder.own_days_off
            self._days_off = known_days_off(own), wrong
            self._keep(OWN_DAYS_OFF, self._days_off)
        self._remembered.save([INSPECTION, OWN_DAYS_OFF, *folder.names])
        (found_head, problems), (days_off, wrong) = self._head, self._days_off
        terms = found_head.terms._replace(calendar=Calendar(days_off))
        found_head = found_head._replace(terms=terms)
        read = [one for one in self._rows.values() if one is not None]
        rows, unreadable, found = split_outcomes(self._rows, read)
        shown = folder.shown_problems([*problems, *wrong, *found])
        return Register(folder.name, folder.shown, found_head, rows, unreadable, shown)

    def _keep(self, name: str, outcome: tuple[Any, list[Problem]]) -> None:
        if not any(one.code in _PASSING or one.at[:1] == _ZONE for one in outcome[1]):
            self._remembered.put(name, outcome)


# What is not in the file alone may be otherwise tomorrow: permissions, links, known time zones.
_PASSING = ("F101", "F102", "F103", "F111", "F113")
_ZONE = ("时区",)
