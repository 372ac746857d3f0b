"""What holds of every table: nothing in a sheet that takes part is dropped, answers only help."""

from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.importers.tables.grid import (
    Cell,
    CellKind,
    Sheet,
    Span,
    Workbook,
    column_letter,
    plain_number,
)
from zhenggai.importers.tables.list_items import split_items
from zhenggai.importers.tables.proposal import Proposal, Sourced
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.state_words import state_of
from zhenggai.importers.tables.synonyms import FIELDS
from zhenggai.ledger.department_roles import department_roles

_NAMES = [name for field in FIELDS for name in (field.name, *field.names.split()[:2])]
_HEADINGS = st.sampled_from([*_NAMES, "完成时间", "责任", "责任分工", "备注", "不认识的列", ""])
_TEXTS = st.sampled_from(
    [
        *(
            "甲",
            "乙",
            "问题甲",
            "1",
            "2",
            "１",
            "A-1",
            "一",
            "已完成",
            "基本完成",
            "持续推进",
            "已销号",
        ),
        *(
            "2023年6月30日",
            "6月底",
            "长期坚持",
            "立行立改",
            "2023.6",
            "45107",
            "合计",
            "一、某某方面",
        ),
        *(
            "1.甲\n2.乙",
            "措施如下：\n1.甲\n2.乙",
            "一是甲；二是乙",
            "办公室、人事科",
            "各科室",
            "/",
            "无",
        ),
        *(
            "牵头：办公室；配合：人事科",
            "责任领导：局长 责任人：主任",
            "责任人：主任 备注：某",
            "局长",
        ),
        *("填表人：", "60%", "=1+1", "\t甲", "每季度", "佐证1；佐证2", "是", "否", "说明：某"),
    ]
)


@st.composite
def _cells(draw: st.DrawFn) -> Cell | None:
    kind = draw(st.integers(0, 9))
    if kind < 3:
        return None
    if kind == 3:
        number = draw(st.sampled_from([1.0, 2.0, 0.6, 45107.0, 20230630.0, 2021.3]))
        return Cell(plain_number(number), CellKind.NUMBER, number)
    if kind == 4 and draw(st.booleans()):
        return Cell("#REF!", CellKind.ERROR)
    return Cell(draw(_TEXTS))


@st.composite
def _sheets(draw: st.DrawFn, name: str = "台账") -> Sheet:
    width = draw(st.integers(4, 9))
    headings = ["序号", "问题", "措施", *(draw(_HEADINGS) for _ in range(width - 3))]
    headings = list(draw(st.permutations(headings)))
    rows: dict[int, dict[int, Cell]] = {}
    if draw(st.booleans()):
        rows[1] = {1: Cell("某局整改台账 截至2023年5月31日")}
    rows[2] = {number: Cell(text) for number, text in enumerate(headings, start=1) if text}
    height = draw(st.integers(1, 7))
    for row in range(3, 3 + height):
        cells = {column: draw(_cells()) for column in range(1, width + 2)}
        rows[row] = {column: cell for column, cell in cells.items() if cell}
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(3, 2 + height)), draw(st.integers(1, width))
        bottom = min(top + draw(st.integers(0, 3)), 2 + height)
        right = min(left + draw(st.sampled_from([0, 0, 0, 1, width])), width)
        span = Span(top, left, bottom, right)
        if span[:2] == span[2:] or any(_overlap(span, other) for other in spans):
            continue
        spans.append(span)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    rows[row].pop(column, None)
    rows = {row: cells for row, cells in rows.items() if cells}
    hidden = frozenset(row for row in rows if row > 2 and draw(st.booleans()))
    return Sheet("台账.xlsx", name, rows, tuple(spans), hidden)


def _overlap(one: Span, other: Span) -> bool:
    return not (
        one.bottom < other.top
        or other.bottom < one.top
        or one.right < other.left
        or other.right < one.left
    )


@st.composite
def _workbooks(draw: st.DrawFn) -> Workbook:
    names = draw(st.sampled_from([("台账",), ("台账",), ("甲", "乙")]))
    return Workbook("台账.xlsx", "", tuple(draw(_sheets(name)) for name in names))


def _sourced(value: Any) -> Iterator[Sourced]:
    """Give every value with a cell in a proposal."""
    if isinstance(value, Sourced):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _sourced(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _sourced(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _sourced(getattr(value, name))


def _told(found: Proposal) -> tuple[set[str], str]:
    """Give the cells that a proposal names, and all that it says."""
    sourced = list(_sourced(found))
    remarks = list(found.remarks())
    places = {one.place for one in sourced} | {remark.place for remark in remarks}
    words = [
        "\n".join(map(str, one.value)) if isinstance(one.value, tuple) else str(one.value)
        for one in sourced
    ]
    words += [remark.text for remark in remarks]
    words += [text for one in found.skipped for text in one.texts]
    words += [column.heading for column in found.columns]
    words += [finding.written for finding in found.findings]
    return places, "\n".join(words)


def _is_listed(text: str, found: Proposal) -> bool:
    """Whether all that a cell lists, items or departments, stands in lists of the proposal.

    An item is read without its number: 一、制度不健全 as 制度不健全.
    """
    lists = (one.value for one in _sourced(found) if isinstance(one.value, tuple))
    listed = {item for one in lists for item in one}
    departments = department_roles(text)
    parts = (split_items(text).texts, (*departments.leading, *departments.assisting))
    return any(one and listed.issuperset(one) for one in parts)


# What holds anyway, or only says how the deadline beside it is meant.
_AS_USUAL = {("公开", "是"), ("来源", "反馈意见"), ("检视日", "是"), ("检视日", "否")}


@settings(max_examples=200, deadline=None)
@given(_workbooks())
def test_no_cell_is_dropped_without_a_word(workbook: Workbook) -> None:
    found = propose(workbook)
    places, words = _told(found)
    # What says the same as a cell that is named has been said.
    named = {
        c.text for sheet, row, column, c in workbook.cells() if sheet.place(row, column) in places
    }
    read_as = {(one.sheet, one.letter): one.field for one in found.columns}
    for sheet, row, column, cell in workbook.cells():
        place = sheet.place(row, column)
        if (read_as.get((sheet.title, column_letter(column))), cell.text) in _AS_USUAL:
            continue
        is_state = state_of(cell.text) is not None and any(one.state for one in found.findings)
        is_number = normalize("NFKC", cell.text) in {one.written for one in found.findings}
        is_named = place in places or cell.text in named or cell.text in words
        told = is_named or is_state or is_number or _is_listed(cell.text, found)
        assert told, (place, cell.text, _drawn(sheet))


@settings(max_examples=100, deadline=None)
@given(_workbooks())
def test_a_proposal_is_a_function_of_the_file(workbook: Workbook) -> None:
    assert propose(workbook) == propose(workbook)


@settings(max_examples=100, deadline=None)
@given(_workbooks())
def test_numbers_are_names_of_files_and_each_is_given_once(workbook: Workbook) -> None:
    numbers = [finding.number for finding in propose(workbook).findings]
    assert len(set(numbers)) == len(numbers)
    assert all(number.isascii() and number.isdigit() and len(number) > 1 for number in numbers)


@settings(max_examples=100, deadline=None)
@given(_workbooks())
def test_every_measure_is_written_in_some_cell_and_done_only_on_a_day(workbook: Workbook) -> None:
    texts = "\n".join(cell.text for _, _, _, cell in workbook.cells())
    for finding in propose(workbook).findings:
        for measure in finding.measures:
            assert measure.text in texts
            assert "完成" not in measure.fields or measure.fields["完成"].value.year


def _drawn(sheet: Sheet) -> str:
    rows = (
        " ".join(f"{column}={cell.text!r}" for column, cell in cells.items())
        for cells in sheet.rows.values()
    )
    return " | ".join(rows) + f" {[tuple(span) for span in sheet.merged]}"


@settings(max_examples=50, deadline=None)
@given(_workbooks())
def test_progress_counts_up_to_the_findings_that_come_of_it(workbook: Workbook) -> None:
    told: list[tuple[int, int]] = []
    found = propose(workbook, progress=lambda done, of: told.append((done, of)))
    number = len(found.findings)
    assert told == [(done, number) for done in range(number)]
