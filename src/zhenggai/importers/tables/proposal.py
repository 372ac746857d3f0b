"""What an import proposes: findings with every value's cell, what is open, noticed or skipped.

A proposal is a function of what was read and of the answers given; nothing of it is written, and
nothing that stands in the sheets that take part is missing from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from zhenggai.model.dates import Period
from zhenggai.model.terms import Action


class Accept(Enum):
    """What of a proposal may be accepted beyond the plain of it (`--accept`)."""

    OPEN = "待定"
    CONFLICTS = "冲突"
    ADDITIONS = "新增"
    PROGRESS = "进展"
    TOTALS = "总数不符"


@dataclass(frozen=True)
class Answers:
    """What whoever imports has said.

    `columns` maps columns to fields, in the order given: a column by its name or letter, before it
    with `!` a sheet's name where only that sheet is meant; the field - leaves it out. `sheets` are
    those to be read, also where they are hidden. `on` is the day of what has none, `year` that of
    deadlines without one, `review_every` the period of those that are 长期坚持. `confirmed` and
    `denied` hold keys of questions.
    """

    columns: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    on: date | None = None
    year: int | None = None
    review_every: Period | None = None
    accept: frozenset[Accept] = frozenset()
    confirmed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()


class Remark(NamedTuple):
    """Something to be seen by whoever imports, at its cell."""

    place: str
    text: str


class Need(Enum):
    """What a question is about."""

    CONFIRM = "confirm"
    """It was read one way, which is said; going on is to confirm it."""
    VALUE = "value"
    """A value is open: it is left out until an answer is given or the file mended."""
    DAY = "day"
    """A day is open that one answer (`--on`) gives for all."""


class Question(NamedTuple):
    """What is asked and not guessed.

    `key` is the same for the same question of the same file; `offered` an answer to take over.
    """

    place: str
    text: str
    need: Need
    key: str
    offered: str = ""


class Skipped(NamedTuple):
    """A row, a column or a sheet that is not read, with what stands in it."""

    place: str
    reason: str
    texts: tuple[str, ...]


class Sourced(NamedTuple):
    """A value (of a state the `State`) and the cell it is from.

    It `is_derived` where it follows from what is written and is not written itself.
    """

    value: Any
    place: str
    is_derived: bool = False


@dataclass(frozen=True)
class ProposedRecord:
    """A record (记录) by its keys, which follows from one or more cells.

    `on_accept` where it is written only with `--accept 进展`.
    """

    action: Action
    fields: Mapping[str, Sourced]
    on_accept: bool = False

    def data(self) -> dict[str, Any]:
        """Return the record as a ledger's file has it."""
        return {"事项": self.action.value} | {
            key: sourced.value for key, sourced in self.fields.items()
        }


@dataclass(frozen=True)
class ProposedMeasure:
    """A measure: its fields by their keys, and what a cell says of how far it is."""

    fields: Mapping[str, Sourced]
    state: Sourced | None = None
    key: Sourced | None = None
    """The hidden key of its row, in a workbook that the program wrote."""
    extra: Mapping[str, Sourced] = field(default_factory=dict)
    """What the row says that is no field: 进展 and 申请销号 of a workbook filled in."""

    @property
    def text(self) -> str:
        """What is to be done."""
        return str(self.fields["内容"].value) if "内容" in self.fields else ""

    def data(self) -> dict[str, Any]:
        """Return the measure as a ledger's file has it."""
        return {key: sourced.value for key, sourced in self.fields.items()}


@dataclass(frozen=True)
class ProposedFinding:
    """A finding: its fields by their keys, its measures, and records that cells tell of.

    `number` is its file's name to be; `written` the number in its cell, '' where there is none,
    and `label` that with the sheet's name before it where numbers repeat across sheets.
    """

    number: str
    written: str
    label: str
    place: str
    sheet: str
    fields: Mapping[str, Sourced]
    measures: tuple[ProposedMeasure, ...] = ()
    records: tuple[ProposedRecord, ...] = ()
    state: Sourced | None = None
    progress: Sourced | None = None
    evidence_named: tuple[str, ...] = ()
    is_hidden: bool = False
    row_key: Sourced | None = None
    extra: Mapping[str, Sourced] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What was found; '' where the cell is empty."""
        return str(self.fields["问题"].value) if "问题" in self.fields else ""

    def data(self, accept: frozenset[Accept] = frozenset()) -> dict[str, Any]:
        """Return the finding as a ledger's file has it, values as the model reads or has them."""
        data = {key: sourced.value for key, sourced in self.fields.items()}
        if self.measures:
            data["措施"] = [measure.data() for measure in self.measures]
        records = [
            record.data()
            for record in self.records
            if "日期" in record.fields and (not record.on_accept or Accept.PROGRESS in accept)
        ]
        if records:
            data["记录"] = records
        return data


class MappedColumn(NamedTuple):
    """A column and the field it is read as.

    `field` is '' where it is not read; `choices` the fields it may be where that is to be said,
    `values` its first two values.
    """

    sheet: str
    letter: str
    heading: str
    field: str
    choices: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    is_empty: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is to be said what the column is."""
        return bool(self.choices)

    def option(self, field_name: str = "") -> str:
        """Return the option that says what the column is, to be pasted as it is."""
        name = self.heading.replace("\n", "") or self.letter
        return f"--map {_quoted(f'{name}={field_name or self.field or chr(45)}')}"


def _quoted(word: str) -> str:
    plain = all(one.isalnum() or one in "=-!_、./" for one in word)
    return word if plain else "'" + word.replace("'", "'\\''") + "'"


@dataclass(frozen=True)
class TitleBlock:
    """What stands above the header: the day it is as of, the unit, the marking, and all texts."""

    as_of: Sourced | None = None
    unit: Sourced | None = None
    marking: Sourced | None = None
    texts: tuple[Sourced, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What an import would make of a file.

    `headers` says for each sheet that takes part where its header is, first and last cell;
    `undecided` the columns that must be pointed at first: then there is no more than that.
    """

    file: str
    kind: str
    headers: Mapping[str, str]
    columns: tuple[MappedColumn, ...]
    title_block: TitleBlock
    findings: tuple[ProposedFinding, ...]
    questions: tuple[Question, ...]
    notes: tuple[Remark, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[Remark, ...]
    answers: Answers

    @property
    def undecided(self) -> tuple[MappedColumn, ...]:
        """Return the columns of which it is to be said what they are."""
        return tuple(column for column in self.columns if column.is_open)

    @property
    def measures(self) -> int:
        """Return the number of measures."""
        return sum(len(finding.measures) for finding in self.findings)

    @property
    def blocking(self) -> tuple[Question, ...]:
        """Return what `--yes` refuses to write: open values, unless they are accepted as open."""
        if Accept.OPEN in self.answers.accept:
            return ()
        return tuple(one for one in self.questions if one.need is not Need.CONFIRM)

    def options(self) -> tuple[str, ...]:
        """Return the mapping as options that are ready to paste, each column once."""
        return tuple(
            dict.fromkeys(column.option() for column in self.columns if not column.is_open)
        )

    def remarks(self) -> Iterator[Remark]:
        """Yield everything that is said of a cell, in one form."""
        yield from self.errors
        yield from (Remark(one.place, one.text) for one in self.questions)
        yield from self.notes
        yield from (Remark(one.place, one.reason) for one in self.skipped)
