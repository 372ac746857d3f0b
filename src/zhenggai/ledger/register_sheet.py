"""The register as a sheet that people print and fill in: its columns, its rows, and their keys.

A row is a measure, with all that is said of its finding, which a workbook shows once for all its
rows. A key (`07.2#1f0c…`) names the measure and seals what the row said when it was written, so
that a sheet that comes back is compared with what was given out and with what the ledger says now.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from zhenggai.ledger.measure_standing import MeasureStanding
from zhenggai.ledger.register import INTERNAL, departments_of, owner_of
from zhenggai.ledger.standing import LedgerOnDay, Line
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.record_models import Progress
from zhenggai.model.terms import Colour, Stage, Step, Timing

if TYPE_CHECKING:
    from zhenggai.model.declaration import Declaration

Value: TypeAlias = str | date | None
"""What a cell holds: text, a day, or nothing."""
Part = Literal["finding", "measure"]
"""What a column speaks of: the finding, whose rows its cell spans, or each measure."""

_SEAL_LENGTH = 16
_TITLES_OF_MEASURES = "整改措施"
_NARROW, _SHORT, _MIDDLE, _LONG, _LONGEST = 6, 9, 12, 22, 30


class SheetColumn(NamedTuple):
    """A column of the sheet.

    `name` is its identifier, `title` its heading, `width` in characters of half a Chinese one,
    `help` what is shown to whoever fills it in; `is_day` whether its cells hold days. A column that
    `is_rare` is there only where a finding of the sheet has something in it.
    """

    name: str
    title: str
    width: int
    part: Part
    help: str
    to_fill_in: bool = False
    is_day: bool = False
    is_rare: bool = False


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
    _declared(Finding, "assisting", _MIDDLE)._replace(is_rare=True),
    _declared(Finding, "owner", _MIDDLE),
    _declared(Measure, "departments", _MIDDLE, "measure", "措施责任科室")._replace(
        name="measure_departments", is_rare=True
    ),
    _declared(Measure, "owner", _MIDDLE, "measure", "措施责任人")._replace(
        name="measure_owner", is_rare=True
    ),
    SheetColumn("due", "整改时限", _MIDDLE, "finding", "现行的整改时限，延期算在内", is_day=True),
    SheetColumn(
        "measure_due",
        "措施时限",
        _MIDDLE,
        "measure",
        "措施自己现行的时限，延期算在内",
        is_day=True,
        is_rare=True,
    ),
    _declared(Finding, "kind", _SHORT),
    _declared(Finding, "review_every", _SHORT)._replace(is_rare=True),
    SheetColumn("stage", "整改状态", _SHORT, "finding", "由程序按措施和记录推算"),
    SheetColumn("light", "预警", _SHORT, "finding", "由程序按时限和预警等级推算"),
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
"""The columns from left to right; the key stands before them.

What a measure has of its own stands in columns of its own, so that a finding and its measures can
be told apart when a sheet is read.
"""
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


class Light(NamedTuple):
    """The light of a finding: its word, and the colour of its level of warning where it has one."""

    word: str
    colour: Colour | None = None


class SheetBlock(NamedTuple):
    """The rows of one finding."""

    line: Line
    rows: tuple[SheetRow, ...]

    @property
    def light(self) -> Light:
        """The finding's light."""
        return light(self.line)


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
    """Lay out a ledger on a day, or the findings that a department answers for, wholly or in part.

    Findings that are not public are left out unless `internal`, and marked.
    """
    pairs = list(zip(day.lines, day.ledger.findings, strict=True))
    asked = [(line, one) for line, one in pairs if department is None or _is_of(one, department)]
    counted = [(line, one) for line, one in asked if not line.standing.withdrawn]
    shown = [(line, one) for line, one in counted if internal or one.public]
    blocks = tuple(_block(day, line, one) for line, one in shown)
    hidden, withdrawn = len(counted) - len(shown), len(asked) - len(counted)
    columns = tuple(_columns(day, blocks))
    return RegisterSheet(day, blocks, hidden, withdrawn, department, columns)


def _columns(day: LedgerOnDay, blocks: Iterable[SheetBlock]) -> Iterator[SheetColumn]:
    """Yield the columns that there is a use for; an application only where one is asked for."""
    used = {
        name for block in blocks for row in block.rows for name, one in row.values.items() if one
    }
    steps = day.ledger.inspection.closing_steps
    for column in COLUMNS:
        if column.name == "application":
            if Step.APPLICATION in steps:
                yield column
        elif not column.is_rare or column.name in used:
            yield column


def _is_of(finding: Finding, department: str) -> bool:
    whose = (finding.departments, *(one.departments for one in finding.measures))
    return any(department in one for one in whose)


_WAITING = (Stage.CLOSED, Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)


def light(line: Line) -> Light:
    """Return a finding's light: its level of warning, or the step that it waits for."""
    state = line.standing
    if state.stage in _WAITING:
        return Light(state.stage.value)
    if state.level is not None:
        return Light(state.level.name, state.level.colour)
    return Light((Timing.STALE if state.timing is Timing.STALE else Timing.NORMAL).value)


def _block(day: LedgerOnDay, line: Line, finding: Finding) -> SheetBlock:
    of_finding = {name: value(line, finding) for name, value in _OF_FINDING.items()}
    standings = day.measure_standings(finding)
    has_own = _Own(
        any(one.departments for one in finding.measures),
        any(one.owner for one in finding.measures),
    )
    if not finding.measures:
        return SheetBlock(line, (SheetRow(finding.id, None, _in_order(of_finding)),))
    rows = tuple(
        SheetRow(
            finding.id,
            where.number,
            _in_order(of_finding | _of_measure(measure, where, line, finding, has_own)),
        )
        for measure, where in zip(finding.measures, standings, strict=True)
    )
    return SheetBlock(line, rows)


class _Own(NamedTuple):
    """Whether any measure of a finding has departments or a person of its own."""

    departments: bool
    owner: bool


def _in_order(values: dict[str, Value]) -> dict[str, Value]:
    return {column.name: values.get(column.name) for column in COLUMNS}


def _of_measure(
    measure: Measure, where: MeasureStanding, line: Line, finding: Finding, has_own: _Own
) -> dict[str, Value]:
    """Return what a row says of its measure.

    Where one of the finding's measures has a department or a person of its own, each row says whose
    its measure is.
    """
    departments = departments_of(measure, finding) if has_own.departments else ()
    owner = owner_of(measure, line.row._replace(owner=line.standing.owner))
    return {
        "text": measure.text,
        "measure_departments": _listed(departments),
        "measure_owner": owner if has_own.owner else None,
        "measure_due": where.deadline,
        "done_on": where.done_on,
        "outcome": measure.outcome,
    }


def _deadline(line: Line, _: Finding) -> Value:
    """Return the deadline in force; the next review of a long-term finding is none."""
    return None if line.standing.is_review else line.standing.deadline


def _listed(names: Iterable[str]) -> str | None:
    return "、".join(names) or None


_OF_FINDING: dict[str, Callable[[Line, Finding], Value]] = {
    "id": lambda _, one: one.id,
    "aspect": lambda _, one: one.aspect,
    "title": lambda _, one: one.title if one.public else one.title + INTERNAL,
    "manifestations": lambda _, one: _numbered(one.manifestations),
    "goal": lambda _, one: one.goal,
    "leader": lambda line, _: line.standing.leader,
    "departments": lambda _, one: _listed(one.departments),
    "assisting": lambda _, one: _listed(one.assisting),
    "owner": lambda line, _: line.standing.owner,
    "due": _deadline,
    "kind": lambda _, one: one.kind.value,
    "review_every": lambda _, one: None if one.review_every is None else str(one.review_every),
    "stage": lambda line, _: line.standing.stage.value,
    "light": lambda line, _: light(line).word,
}


def _numbered(items: Iterable[str]) -> str | None:
    """Write a list into one cell: an item a line, with its number."""
    listed = list(items)
    if len(listed) == 1:
        return listed[0]
    return "\n".join(f"{number}.{item}" for number, item in enumerate(listed, start=1)) or None
