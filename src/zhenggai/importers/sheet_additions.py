"""Rows that a department wrote below a sheet that was given out: new measures and new findings.

They have no key. They are taken only where that is asked for, and told otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.importers.sheet_merge import SheetRemark
from zhenggai.importers.tables.list_items import split_items
from zhenggai.ledger.department_roles import department_roles
from zhenggai.ledger.progress_steps import NewMeasure
from zhenggai.ledger.register_sheet import COLUMNS, Value
from zhenggai.model.decoding import decode_finding
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import named
from zhenggai.storage.yaml.whole_text import as_texts


class AddedRow(NamedTuple):
    """A row without a key: what it says by the names of its columns, and where.

    `below` is the finding whose rows stand above it.
    """

    values: Mapping[str, Value]
    cell: str
    below: str | None


class AddedMeasure(NamedTuple):
    """A measure to be added to a finding that there is, and what came of it already."""

    id: str
    wanted: NewMeasure
    done_on: date | None
    outcome: str | None
    cell: str


@dataclass
class AddedFinding:
    """A finding to be added, by the keys of its file."""

    data: dict[str, Any]
    cell: str
    measures: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What was found."""
        return str(self.data["问题"])

    def whole(self) -> dict[str, Any]:
        """Return the finding with its measures; raise InvalidInputError for what none can say."""
        data = self.data | ({"措施": self.measures} if self.measures else {})
        decoded, problems = decode_finding(as_texts(data), "")
        if decoded is None:
            first = problems[0]
            where = f"{named(first.at)}：" if first.at else ""
            raise InvalidInputError(f"{self.cell}：{where}{first.message}；{first.hint}")
        return data


@dataclass
class Additions:
    """What rows without keys would add, and what is said of the others."""

    measures: list[AddedMeasure] = field(default_factory=list)
    findings: list[AddedFinding] = field(default_factory=list)
    notes: list[SheetRemark] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.measures or self.findings)

    def by_finding(self) -> dict[str, list[AddedMeasure]]:
        """Return the measures by the finding they are added to."""
        found: dict[str, list[AddedMeasure]] = {}
        for one in self.measures:
            found.setdefault(one.id, []).append(one)
        return found


_OF_FINDING = ("title", "aspect", "kind", "manifestations", "goal", "leader")
_FURTHER = ("departments", "assisting", "owner", "due", "review_every")
_ONLY_THERE = ("progress", "application")


def additions(rows: Iterable[AddedRow], ledger: Ledger) -> Additions:
    """Sort the rows without keys by what they would add; what is there already is not added."""
    found = Additions()
    findings = {one.number: one for one in ledger.findings}
    titles = {one.title: one.id for one in ledger.findings}
    begun: AddedFinding | None = None
    there: str | None = None  # the finding of the ledger whose title a row without a key repeats
    for row in rows:
        _tell_of_unread(row, found)
        title = row.values.get("title")
        if title is not None:
            there, begun = titles.get(str(title)), None
            if there is None:
                begun = _finding(row, str(title), found)
            else:
                text = f"“{title}”与问题{there}相同，不再新增"
                found.notes.append(SheetRemark(row.cell, text))
                if row.values.get("text") is not None:
                    _measure(row, there, findings, found)
        elif _number(row) is not None:
            there = begun = None
            _measure(row, _number(row), findings, found)
        elif begun is not None:
            _add_measure_to(begun, row)
        else:
            _measure(row, there or row.below, findings, found)
    return found


def _finding(row: AddedRow, title: str, found: Additions) -> AddedFinding:
    known = next((one for one in found.findings if one.title == title), None)
    if known is not None:
        found.notes.append(SheetRemark(row.cell, f"“{title}”上面已有，并在一起"))
        _add_measure_to(known, row)
        return known
    data: dict[str, Any] = {}
    for name in (*_OF_FINDING, *_FURTHER):
        value = row.values.get(name)
        if value is None:
            continue
        key = Finding.DECLARED[name].key
        match name:
            case "manifestations":
                data[key] = list(split_items(str(value)).texts)
            case "departments" | "assisting":
                data[key] = list(_names(value))
            case _:
                data[key] = value
    one = AddedFinding(data, row.cell)
    found.findings.append(one)
    _add_measure_to(one, row)
    return one


def _add_measure_to(finding: AddedFinding, row: AddedRow) -> None:
    text = row.values.get("text")
    if text is None or any(one["内容"] == text for one in finding.measures):
        return
    values = {
        "text": text,
        "due": row.values.get("measure_due"),
        "done_on": row.values.get("done_on"),
        "departments": list(_names(row.values.get("measure_departments"))) or None,
        "owner": row.values.get("measure_owner"),
        "outcome": row.values.get("outcome"),
    }
    keys = Measure.DECLARED
    finding.measures.append(
        {keys[name].key: value for name, value in values.items() if value is not None}
    )


def _measure(
    row: AddedRow, of: str | None, findings: Mapping[int, Finding], found: Additions
) -> None:
    """Add a measure to a finding that there is."""
    named_id = of or ""
    finding = findings.get(int(named_id)) if named_id else None
    text = row.values.get("text")
    if finding is None or text is None:
        what = f"没有问题{named_id}" if named_id else "不知属于哪个问题"
        found.notes.append(SheetRemark(row.cell, f"没有键的一行，{what}，未读入；写上编号"))
        return
    if any(one.text == text for one in finding.measures):
        said = f"问题{finding.id}已有这项措施，不再新增"
        found.notes.append(SheetRemark(row.cell, said, finding.id))
        return
    due = row.values.get("measure_due") or row.values.get("due")
    departments = _names(row.values.get("measure_departments") or row.values.get("departments"))
    owner = row.values.get("measure_owner") or row.values.get("owner")
    wanted = NewMeasure(
        str(text),
        due if isinstance(due, date) and due != finding.due else None,
        () if departments == finding.departments else departments,
        None if owner is None or owner == finding.owner else str(owner),
    )
    done_on, outcome = row.values.get("done_on"), row.values.get("outcome")
    found.measures.append(
        AddedMeasure(
            finding.id,
            wanted,
            done_on if isinstance(done_on, date) else None,
            None if outcome is None else str(outcome),
            row.cell,
        )
    )


def _number(row: AddedRow) -> str | None:
    """Return the number of the finding that a row names; None where it names none."""
    number = str(row.values.get("id") or "").strip().partition(".")[0]
    return number if number.isascii() and number.isdecimal() else None


def _names(value: Value) -> tuple[str, ...]:
    return () if value is None else department_roles(str(value)).leading


def _tell_of_unread(row: AddedRow, found: Additions) -> None:
    titles = {column.name: column.title for column in COLUMNS}
    for name in _ONLY_THERE:
        if row.values.get(name) is not None:
            text = f"新增的一行里的“{titles[name]}”未读入；写入以后再登记"
            found.notes.append(SheetRemark(row.cell, text))


def addition_lines(found: Additions) -> Iterator[str]:
    """Yield what is added, line by line."""
    for one in found.measures:
        yield f"  {one.cell}  问题{one.id}新增措施：{one.wanted.text}"
    for finding in found.findings:
        count = f"，{len(finding.measures)}项措施" if finding.measures else ""
        yield f"  {finding.cell}  新增问题：{finding.title}{count}"


def addition_data(found: Additions) -> Sequence[dict[str, Any]]:
    """Return what is added, as JSON says it."""
    measures = [
        {"cell": one.cell, "finding": one.id, "title": None, "measures": [one.wanted.text]}
        for one in found.measures
    ]
    findings = [
        {
            "cell": one.cell,
            "finding": None,
            "title": one.title,
            "measures": [str(measure["内容"]) for measure in one.measures],
        }
        for one in found.findings
    ]
    return measures + findings
