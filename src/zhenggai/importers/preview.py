"""What an import says before anything is written: what was read how, what is open, what is left."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from zhenggai.importers.sheet_additions import Additions, addition_data, addition_lines
from zhenggai.importers.sheet_merge import SheetMerge, SheetRemark, SheetStep, Told
from zhenggai.importers.tables.proposal import (
    Need,
    Proposal,
    ProposedFinding,
)
from zhenggai.importers.tables.synonyms import ANY_FIELD
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Kind

_MOST_WORDS = 40
_USUAL_KIND, _KIND_KEY = Kind.FIXED_TERM.value, Finding.DECLARED["kind"].key


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """Yield a proposal for reading, line by line."""
    yield f"{proposal.file}：{proposal.kind}"
    for sheet, header in proposal.headers.items():
        findings = [one for one in proposal.findings if _title(proposal, one) == sheet]
        measures = sum(len(one.measures) for one in findings)
        counted = f"{len(findings)}个问题，{measures}项措施" if findings else "按编号并入"
        where = f"{_header(header)}，" if header else ""
        yield f"{sheet}：{where}{counted}"
    yield f"共{len(proposal.findings)}个问题，{proposal.measures}项措施"
    if options := proposal.options():
        yield "列的对应："
        yield f"  {' '.join(options)}"
    kinds = [one.fields.get(_KIND_KEY) for one in proposal.findings]
    usual = sum(one is not None and one.is_derived for one in kinds)
    if usual:
        yield f"没有写类型的{usual}个问题按{_USUAL_KIND}"
    derived = list(_derived(proposal))
    yield from _section("推定（按表里的写法推算）", derived)
    yield from _section("错误（先改正文件）", [(one.place, one.text) for one in proposal.errors])
    for title, is_open in (
        ("待定（没有写入，要补充或指明）", True),
        ("请确认（按这样读入）", False),
    ):
        asked = [one for one in proposal.questions if (one.need is not Need.CONFIRM) is is_open]
        yield from _section(title, [(one.place, one.text) for one in asked])
    yield from _section("提醒", [(one.place, one.text) for one in proposal.notes])
    skipped = [(one.place, f"{one.reason}{_quoted(one.texts)}") for one in proposal.skipped]
    yield from _section("跳过", skipped)


def _header(place: str) -> str:
    if place.endswith("）"):  # a table that goes on from the one before has no header
        return "续前表"
    return f"表头{place.rpartition('!')[2]}"


def _title(proposal: Proposal, finding: ProposedFinding) -> str:
    return "!".join(filter(None, (proposal.file, finding.sheet)))


def _derived(proposal: Proposal) -> Iterator[tuple[str, str]]:
    for finding in proposal.findings:
        for key, sourced in finding.fields.items():
            if sourced.is_derived and sourced.value != _USUAL_KIND:
                yield sourced.place, f"问题{finding.number}的{key}按{sourced.value}"
        for number, measure in enumerate(finding.measures, start=1):
            for key, sourced in measure.fields.items():
                if sourced.is_derived:
                    yield sourced.place, f"措施{finding.number}.{number}的{key}按{sourced.value}"


def _section(title: str, said: list[tuple[str, str]]) -> Iterator[str]:
    if said:
        yield f"{title}：{len(said)}处"
        for place, text in said:
            yield f"  {place}  {text}"


def _quoted(texts: Iterable[str]) -> str:
    said = "，".join(" ".join(one.split()) for one in texts)
    return f"：{said[:_MOST_WORDS]}{'……' if len(said) > _MOST_WORDS else ''}" if said else ""


def undecided_lines(proposal: Proposal, command: str) -> Iterator[str]:
    """Yield the columns of which it is to be said what they are, and the command that says so.

    The command takes a field that no other column of the sheet is read as, where there is one.
    """
    chosen = []
    is_any = False
    taken = {(column.sheet, column.field) for column in proposal.columns}
    for column in proposal.undecided:
        values = "、".join(f"“{_short(value)}”" for value in column.values)
        name = " ".join(column.heading.split()) or "（没有列名）"
        place = f"{column.sheet}!{column.letter} “{name}”"
        first = f"；前两行是{values}" if values else "；没有内容"
        if column.choices == ANY_FIELD:
            is_any = True
            yield f"{place}不是已知的列名{first}"
            chosen.append(column.option("字段"))
        else:
            yield f"{place}可以是：{'、'.join(column.choices)}{first}"
            free = [one for one in column.choices if (column.sheet, one) not in taken]
            chosen.append(column.option((free or column.choices)[0]))
    if is_any:
        yield f"字段可写：{'、'.join(ANY_FIELD)}"
    yield f"例如：{command} {' '.join(dict.fromkeys(chosen))}；不读入的写 --map 列名=-"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _MOST_WORDS else f"{said[:_MOST_WORDS]}……"


def proposal_data(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as JSON says it."""
    return {
        "file": proposal.file,
        "kind": proposal.kind,
        "headers": dict(proposal.headers),
        "columns": [
            {
                "sheet": one.sheet,
                "column": one.letter,
                "heading": one.heading,
                "field": one.field or None,
                "choices": list(one.choices),
            }
            for one in proposal.columns
        ],
        "findings": [
            {
                "number": one.number,
                "written": one.written,
                "place": one.place,
                "values": _plain(one.data(proposal.answers.accept)),
            }
            for one in proposal.findings
        ],
        "questions": [
            {"place": one.place, "text": one.text, "need": one.need.value}
            for one in proposal.questions
        ],
        "notes": [one._asdict() for one in proposal.notes],
        "skipped": [
            {"place": one.place, "reason": one.reason, "texts": list(one.texts)}
            for one in proposal.skipped
        ],
        "errors": [one._asdict() for one in proposal.errors],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


# -- a sheet that came back -------------------------------------------------------------------


def merge_lines(merged: SheetMerge, added: Additions) -> Iterator[str]:
    """Yield what sheets that came back ask for, line by line."""
    counted = Counter(step.told for steps in merged.steps_by_finding().values() for step in steps)
    said = [f"{told.value}{counted[told]}处" for told in Told if counted[told]]
    said += [f"新增措施{len(added.measures)}项"] if added.measures else []
    said += [f"新增问题{len(added.findings)}个"] if added.findings else []
    yield f"要写入：{'，'.join(said) or '没有'}"
    yield from addition_lines(added)
    for steps in merged.steps_by_finding().values():
        for step in steps:
            yield f"  {step.cell}  {_step(step)}"
    for title, remarks in (
        ("错误", merged.errors),
        ("冲突（表里和台账里都改了，这些问题不动）", merged.conflicts),
        ("不能从表里改", merged.refused),
        ("提醒", merged.notes),
    ):
        yield from _section(title, [(one.cell, one.text) for one in remarks])


def _step(step: SheetStep) -> str:
    is_record = step.told in (Told.PROGRESS, Told.APPLICATION)
    by = f"，经办人：{step.by}" if step.by and is_record else ""
    if step.told is Told.APPLICATION:
        return f"{step.about}申请销号{by}"
    return f"{step.about}{step.told.value}：{_short(str(step.value))}{by}"


def merge_data(merged: SheetMerge, added: Additions) -> dict[str, Any]:
    """Return what sheets that came back ask for, as JSON says it."""

    def remarks(some: Iterable[SheetRemark]) -> list[dict[str, Any]]:
        return [{"cell": one.cell, "text": one.text, "finding": one.id or None} for one in some]

    return {
        "steps": [
            {
                "cell": step.cell,
                "finding": step.id,
                "measure": step.measure,
                "step": step.told.value,
                "value": None if step.value is None else str(step.value),
                "by": step.by,
            }
            for steps in merged.steps_by_finding().values()
            for step in steps
        ],
        "added": addition_data(added),
        "errors": remarks(merged.errors),
        "conflicts": remarks(merged.conflicts),
        "refused": remarks(merged.refused),
        "notes": remarks(merged.notes),
    }
