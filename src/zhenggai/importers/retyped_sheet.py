"""Take up a sheet without keys by numbers and titles: retyped, or of an office's own make.

A row is matched where number and title are those of a finding, and the measure's text is that of
one of its measures; what is not matched is told.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhenggai.importers.filled_sheet import CameBack
from zhenggai.importers.sheet_merge import FilledRow, FilledSheet, SheetRemark
from zhenggai.importers.tables.proposal import Proposal, ProposedFinding, ProposedMeasure, Sourced
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.terms import Action

if TYPE_CHECKING:
    from zhenggai.ledger.register_sheet import Value


def matched(proposal: Proposal, ledger: Ledger) -> CameBack:
    """Match what a file's tables say with a ledger's findings and their measures."""
    findings = {one.number: one for one in ledger.findings}
    rows: list[FilledRow] = []
    unmatched: list[SheetRemark] = []
    for one in proposal.findings:
        number = one.written
        finding = findings.get(int(number)) if number.isdecimal() else None
        if finding is None or finding.title != one.title:
            what = f"台账里没有编号是{number}、" if number else "没有编号，台账里没有"
            text = f"{what}问题是“{one.title}”的，未读入"
            unmatched.append(SheetRemark(one.place, text))
            continue
        rows += _rows(one, finding, unmatched)
    errors = tuple(SheetRemark(one.place, one.text) for one in proposal.errors)
    sheet = FilledSheet(proposal.file, tuple(rows), {})
    return CameBack(sheet, "", "", errors, (), tuple(unmatched))


def _rows(
    one: ProposedFinding, finding: Finding, unmatched: list[SheetRemark]
) -> Iterator[FilledRow]:
    """Yield a row for each measure that is matched; the first says what is of the finding."""
    texts = {measure.text: place for place, measure in enumerate(finding.measures, start=1)}
    of_finding = dict(_told_of_finding(one))
    for measure in one.measures:
        place = texts.get(measure.text)
        if place is None:
            where = measure.fields["内容"].place if "内容" in measure.fields else one.place
            text = f"问题{finding.id}没有措施“{measure.text}”，未读入"
            unmatched.append(SheetRemark(where, text, finding.id))
            continue
        yield _row(f"{finding.id}.{place}", of_finding | dict(_told_of_measure(measure)))
        of_finding = {}
    if of_finding and finding.measures:
        yield _row(f"{finding.id}.1", of_finding)
    elif of_finding:
        yield _row(finding.id, of_finding)


def _row(place: str, told: dict[str, Sourced]) -> FilledRow:
    values: dict[str, Value] = {name: one.value for name, one in told.items()}
    return FilledRow(place, "", values, {name: one.place for name, one in told.items()})


def _told_of_measure(measure: ProposedMeasure) -> Iterator[tuple[str, Sourced]]:
    for key, name in (("完成", "done_on"), ("成效", "outcome"), ("时限", "measure_due")):
        if key in measure.fields:
            yield name, measure.fields[key]


def _told_of_finding(one: ProposedFinding) -> Iterator[tuple[str, Sourced]]:
    due = one.fields.get("整改时限")
    if due is not None and not due.is_derived:
        yield "due", due
    reports = [
        record.fields["情况"]
        for record in one.records
        if record.action is Action.PROGRESS and not record.on_accept
    ]
    if reports:
        text = "\n".join(str(report.value) for report in reports)
        yield "progress", reports[0]._replace(value=text)
    applied = one.extra.get("申请销号")
    if applied is not None:
        yield "application", applied
