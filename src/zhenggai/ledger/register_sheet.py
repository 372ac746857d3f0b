"""The register as a sheet that people print and fill in: its columns, its rows, and their keys.

A row is a measure, with all that is said of its finding, which a workbook shows once for all its
rows. A key (`07.2#1f0c…`) names the measure and seals what the row said when it was written, so
that a sheet that comes back is compared with what was given out and with what the ledger says now.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.record_models import Progress
from zhenggai.model.terms import Kind, Stage, Step, Timing

if TYPE_CHECKING:
    from zhenggai.model.declaration import Declaration

Value: TypeAlias = str | date | None
"""What a cell holds: text, a day, or nothing."""
Part = Literal["finding", "measure", "either"]
"""What a column speaks of: the finding, each measure, or the finding unless a measure differs."""

_SEAL_LENGTH = 16
_TITLES_OF_MEASURES = "整改措施"
_NARROW, _SHORT, _MIDDLE, _LONG, _LONGEST = 6, 9, 12, 22, 30


class SheetColumn(NamedTuple):
    """A column of the sheet.

    `name` is its identifier, `title` its heading, `width` in characters of half a Chinese one,
    `help` what is shown to whoever fills it in; `is_day` whether its cells hold days.
    """

    name: str
    title: str
    width: int
    part: Part
    help: str
    to_fill_in: bool = False
    is_day: bool = False


def _declared(
    model: type[Finding] | type[Measure] | type[Progress],
    name: str,
    width: int,
    part: Part = "finding",
    title: str = "",
) -> SheetColumn:
    """Return the column of a declared field: its heading and its help are the declaration's."""
    one: Declaration = model.DECLARED[name]
    return SheetColumn(name, title or one.key, width, part, one.description)


COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("id", "编号", _NARROW, "finding", "问题的编号，由程序写"),
    _declared(Finding, "aspect", _MIDDLE),
    _declared(Finding, "title", _LONG),
    _declared(Finding, "manifestations", _LONG),
    _declared(Finding, "goal", _LONG),
    _declared(Measure, "text", _LONGEST, "measure", _TITLES_OF_MEASURES),
    _declared(Finding, "leader", _MIDDLE),
    _declared(Finding, "departments", _MIDDLE),
    _declared(Finding, "owner", _MIDDLE),
    SheetColumn("due", "时限", _MIDDLE, "either", "现行的整改时限，延期算在内", is_day=True),
    _declared(Finding, "kind", _SHORT),
    _declared(Finding, "review_every", _SHORT),
    SheetColumn("stage", "整改状态", _SHORT, "finding", "由程序按措施和记录推算"),
    SheetColumn("light", "预警", _SHORT, "finding", "由程序按时限推算"),
    _declared(Measure, "done_on", _MIDDLE, "measure", "完成日期")._replace(
        to_fill_in=True, is_day=True
    ),
    _declared(Measure, "outcome", _LONG, "measure")._replace(to_fill_in=True),
    SheetColumn(
        "progress",
        "进展（填这里）",
        _LONG,
        "finding",
        "这一期的进展，导入后成为一条进展记录",
        to_fill_in=True,
    ),
    SheetColumn(
        "application",
        "申请销号",
        _SHORT,
        "finding",
        "措施全部完成、要申请销号的，写“是”",
        to_fill_in=True,
    ),
)
"""The columns from left to right; the key stands before them."""
COMPUTED = ("stage", "light")
"""Columns that the program works out for the day: what stands in them is never read back."""
BASE_SHEET, PROPERTY = "_zhenggai", "zhenggai"
"""The hidden sheet of what each row said, and the property by which a workbook tells its ledger."""
YES = "是"
KEY = "键"
"""The heading of the column of keys."""


class SheetRow(NamedTuple):
    """A row: the measure's number (None for a finding without measures), its cells, its key."""

    id: str
    measure: int | None
    values: dict[str, Value]

    @property
    def place(self) -> str:
        """The row's name: 07.2, or 07 for a finding without measures."""
        return self.id if self.measure is None else f"{self.id}.{self.measure}"

    @property
    def key(self) -> str:
        """The row's name, and the seal on what it says."""
        return f"{self.place}#{seal(self.values)}"


class SheetBlock(NamedTuple):
    """The rows of one finding, and the columns whose cells span them all."""

    line: Line
    rows: tuple[SheetRow, ...]
    spanning: frozenset[str]


class RegisterSheet(NamedTuple):
    """The sheet of a ledger on a day.

    `left_out` counts the findings that are not public, where only public ones are in, `withdrawn`
    those that count no longer; `department` is that of which alone it is, where it is of one.
    """

    day: LedgerOnDay
    blocks: tuple[SheetBlock, ...]
    left_out: int
    withdrawn: int
    department: str | None = None
    columns: tuple[SheetColumn, ...] = COLUMNS

    @property
    def rows(self) -> Iterator[SheetRow]:
        """Every row, from top to bottom."""
        return (row for block in self.blocks for row in block.rows)


def canonical(values: dict[str, Value]) -> str:
    """Return cells as JSON that is the same for the same content."""
    said = {name: text for name, value in values.items() if (text := _as_text(value))}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(values: dict[str, Value]) -> str:
    """Return the first 16 hexadecimal digits of the sha256 of some cells."""
    return sha256(canonical(values).encode("utf-8", "surrogatepass")).hexdigest()[:_SEAL_LENGTH]


def _as_text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def register_sheet(
    day: LedgerOnDay, *, department: str | None = None, internal: bool = False
) -> RegisterSheet:
    """Lay out a ledger on a day, or what of it a department answers for.

    Findings that are not public are left out unless `internal`.
    """
    pairs = list(zip(day.lines, day.ledger.findings, strict=True))
    asked = [(line, one) for line, one in pairs if department is None or _is_of(one, department)]
    counted = [(line, one) for line, one in asked if not line.standing.withdrawn]
    shown = [(line, one) for line, one in counted if internal or one.public]
    blocks = tuple(_block(line, one) for line, one in shown)
    hidden, withdrawn = len(counted) - len(shown), len(asked) - len(counted)
    return RegisterSheet(day, blocks, hidden, withdrawn, department, tuple(_columns(day.ledger)))


def _columns(ledger: Ledger) -> Iterator[SheetColumn]:
    """Yield the columns that a ledger has a use for.

    A period of review is for long-term findings, an application for ledgers that ask for one.
    """
    for column in COLUMNS:
        if column.name == "review_every":
            if any(one.kind is Kind.LONG_TERM for one in ledger.findings):
                yield column
        elif column.name != "application" or Step.APPLICATION in ledger.inspection.closing_steps:
            yield column


def _is_of(finding: Finding, department: str) -> bool:
    return department in finding.departments


def light(line: Line) -> str:
    """Return the word of a finding's light: its warning, or the step that it waits for."""
    state = line.standing
    if state.stage in (Stage.CLOSED, Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL):
        return str(state.stage.value)
    return str(state.timing.value)


LIGHTS = (
    *(timing.value for timing in Timing),
    *(stage.value for stage in (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL, Stage.CLOSED)),
)
"""Every word that a light can show."""


def _block(line: Line, finding: Finding) -> SheetBlock:
    of_finding = {name: value(line, finding) for name, value in _OF_FINDING.items()}
    has_own = any(measure.due for measure in finding.measures)
    spanning = frozenset(
        one.name
        for one in COLUMNS
        if one.part == "finding" or (one.part == "either" and not has_own)
    )
    measures: Sequence[tuple[int | None, Measure | None]] = list(
        enumerate(finding.measures, start=1)
    ) or [(None, None)]
    rows = []
    for number, measure in measures:
        values = dict(of_finding)
        values["due"] = (measure.due if measure else None) or line.standing.deadline
        if measure is not None:
            values |= {"text": measure.text, "done_on": measure.done_on, "outcome": measure.outcome}
        in_order = {column.name: values.get(column.name) for column in COLUMNS}
        rows.append(SheetRow(finding.id, number, in_order))
    return SheetBlock(line, tuple(rows), spanning)


_OF_FINDING: dict[str, Callable[[Line, Finding], Value]] = {
    "id": lambda _, one: one.id,
    "aspect": lambda _, one: one.aspect,
    "title": lambda _, one: one.title,
    "manifestations": lambda _, one: _numbered(one.manifestations),
    "goal": lambda _, one: one.goal,
    "leader": lambda _, one: one.leader,
    "departments": lambda _, one: "、".join(one.departments) or None,
    "owner": lambda _, one: one.owner,
    "kind": lambda _, one: one.kind.value,
    "review_every": lambda _, one: None if one.review_every is None else str(one.review_every),
    "stage": lambda line, _: line.standing.stage.value,
    "light": lambda line, _: light(line),
}


def _numbered(items: Iterable[str]) -> str | None:
    """Write a list into one cell: an item a line, with its number."""
    listed = list(items)
    if len(listed) == 1:
        return listed[0]
    return "\n".join(f"{number}.{item}" for number, item in enumerate(listed, start=1)) or None
