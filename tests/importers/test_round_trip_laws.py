"""What holds of every ledger that goes out as a sheet: it comes back as it was."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decoded import decoded
from random_findings import inspections
from zhenggai.exporters import csv, xlsx
from zhenggai.importers.filled_sheet import came_back
from zhenggai.importers.sheet_merge import SheetMerge, merge
from zhenggai.importers.tables.proposal import Accept
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import read_workbook
from zhenggai.ledger.register_sheet import RegisterSheet, register_sheet
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.decoding import decode_finding
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.terms import Grouping
from zhenggai.storage.yaml.whole_text import as_texts
from zhenggai.views.progress_tables import Report
from zhenggai.views.workbook import Workbook

TODAY = date(2021, 6, 1)
_DAYS = st.dates(date(2021, 2, 1), date(2021, 12, 31)).map(str)
_OFFICES = st.lists(st.sampled_from(["办公室", "人事科", "财务科"]), min_size=1, unique=True)
# What a cell, a csv file or a formula might make something else of.
_TEXTS = st.sampled_from(
    [
        "完善制度",
        "=1+1",
        "'引号",
        "1.5倍",
        "2021-05-18",
        "甲，乙；丙",
        "+8%",
        "@全体",
        "0012",
        "一是好",
    ]
)


@st.composite
def _measures(draw: st.DrawFn) -> dict[str, Any]:
    measure: dict[str, Any] = {"内容": draw(_TEXTS)}
    for key, values in (("时限", _DAYS), ("责任科室", _OFFICES), ("责任人", st.just("科长"))):
        if draw(st.booleans()):
            measure[key] = draw(values)
    if draw(st.booleans()):
        measure |= {"完成": str(TODAY - timedelta(draw(st.integers(0, 90))))}
        measure |= {"成效": draw(_TEXTS)}
    return measure


@st.composite
def _findings(draw: st.DrawFn, number: int) -> Finding:
    data: dict[str, Any] = {
        "问题": f"问题之{number}{draw(_TEXTS)}",
        "方面": draw(st.sampled_from(["党的建设", "作风建设"])),
        "责任领导": "分管副局长",
        "责任科室": draw(_OFFICES),
        "责任人": "办公室负责人",
        "措施": draw(st.lists(_measures(), min_size=1, max_size=3, unique_by=lambda m: m["内容"])),
    }
    if draw(st.booleans()):
        data |= {"类型": "长期坚持", "检视周期": "每季度"}
    else:
        data |= {"整改时限": draw(_DAYS)}
    if draw(st.booleans()):
        helping = [one for one in draw(_OFFICES) if one not in data["责任科室"]]
        data |= {"配合科室": helping} if helping else {}
    if draw(st.booleans()):
        data |= {"公开": "否", "不公开理由": "涉密"}
    if draw(st.booleans()):
        data |= {"具体表现": ["表现甲", "表现乙"][: draw(st.integers(1, 2))]}
    return decoded(Finding, data, f"{number:02d}")


@st.composite
def _sheets(draw: st.DrawFn) -> RegisterSheet:
    count = draw(st.integers(1, 4))
    found = tuple(draw(_findings(number)) for number in range(1, count + 1))
    ledger = Ledger("台账", "台账", draw(inspections()), found)
    return register_sheet(LedgerOnDay(ledger, TODAY), internal=True)


def _written(sheet: RegisterSheet) -> dict[str, bytes]:
    lines = [block.line for block in sheet.blocks]
    book = Workbook(sheet, Report((sheet.day.register,), lines, TODAY, Grouping.ASPECT, ()))
    return {"表.xlsx": xlsx.workbook(book), "表.csv": csv.workbook(book).encode()}


_LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_LAW
@given(_sheets())
def test_a_sheet_that_nobody_touched_asks_for_nothing(sheet: RegisterSheet) -> None:
    for name, content in _written(sheet).items():
        back = came_back(read_workbook(name, content))
        assert merge(sheet, [back.sheet]) == SheetMerge(), name
        assert (back.errors, back.added) == ((), ())


@_LAW
@given(_sheets())
def test_a_sheet_makes_the_findings_it_was_made_from(sheet: RegisterSheet) -> None:
    for name, content in _written(sheet).items():
        proposal = propose(read_workbook(name, content))
        made = []
        for one in proposal.findings:
            data = as_texts(one.data(frozenset({Accept.OPEN})))
            finding, problems = decode_finding(data, one.number)
            assert finding is not None, problems
            made.append(_facts(finding))
        assert made == [_facts(one) for one in sheet.day.ledger.findings], name


def _facts(one: Finding) -> dict[str, Any]:
    names = ("id", "title", "aspect", "kind", "leader", "departments", "assisting", "owner")
    facts = {name: getattr(one, name) for name in (*names, "due", "review_every", "public")}
    facts["manifestations"] = one.manifestations
    facts["measures"] = [_of_measure(measure, one) for measure in one.measures]
    return facts


def _of_measure(measure: Any, finding: Finding) -> tuple[Any, ...]:
    # What is the same as the finding's own is not told apart.
    return (
        *(measure.text, measure.done_on, measure.outcome),
        measure.due if measure.due != finding.due else None,
        measure.departments if measure.departments != finding.departments else (),
        measure.owner if measure.owner != finding.owner else None,
    )
