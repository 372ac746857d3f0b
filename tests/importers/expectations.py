"""Hold a proposal against what a careful clerk would want of a file (`*.expect.json`).

A field that the file does not give is absent there, or null; `state` is what the cell says; lead
and helping departments stand in one list, in order; `ask` lists what has to be asked or pointed
at, at these cells.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhenggai.importers.tables.grid import column_letter, column_number
from zhenggai.importers.tables.proposal import Answers, Proposal, ProposedFinding, Sourced
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import read_workbook
from zhenggai.model.terms import Action

FIXTURES = Path(__file__).parent / "fixtures"


def proposed(name: str, answers: Answers | None = None) -> Proposal:
    """Give the proposal of a fixture."""
    path = FIXTURES / name
    return propose(read_workbook(name, path.read_bytes()), answers)


def expectation(name: str) -> dict[str, Any]:
    """Give what is expected of a fixture."""
    path = (FIXTURES / name).with_suffix(".expect.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def answers_of(expected: dict[str, Any]) -> Answers:
    """Give the answers that an expectation takes for given."""
    return Answers(columns=tuple(expected.get("map", {}).items()))


def differences(proposal: Proposal, expected: dict[str, Any]) -> list[str]:
    """Give everything in which a proposal is not what is expected, a line each."""
    return [
        *_of_file(proposal, expected),
        *_of_findings(proposal, expected),
        *_unasked(proposal, expected),
    ]


def _of_file(proposal: Proposal, expected: dict[str, Any]) -> Iterator[str]:
    facts = {
        "count": len(proposal.findings),
        "measures": proposal.measures,
        "as_of": _plain(proposal.title_block.as_of),
        "unit": _plain(proposal.title_block.unit),
        "marking": _plain(proposal.title_block.marking),
    }
    for key, value in facts.items():
        if value != expected.get(key):
            yield f"{key}: {value!r} != {expected.get(key)!r}"
    if "header" in expected and _places(proposal, [expected["header"]]) != list(
        proposal.headers.values()
    ):
        yield f"header: {list(proposal.headers.values())}"
    skipped = {one.place for one in proposal.skipped}
    for place in _places(proposal, expected.get("skipped", [])):
        if place not in skipped:
            yield f"not skipped: {place}"
    said = " ".join(remark.text for remark in proposal.notes).lower()
    if "encoding" in expected and expected["encoding"] not in said:
        yield f"encoding: {said}"


def _of_findings(proposal: Proposal, expected: dict[str, Any]) -> Iterator[str]:
    # What an expectation is not about is in none of its findings.
    about = {key for one in expected["findings"] for key in one}
    for finding, one in zip(proposal.findings, expected["findings"], strict=False):
        found = _described(proposal, finding)
        for key in sorted({*found, *one} - {"raw_due", "measures"}):
            if key not in about or (key in ("kind", "at") and key not in one):
                continue
            if (found.get(key) or None) != (one.get(key) or None):
                yield f"{one['no']} {key}: {found.get(key)!r} != {one.get(key)!r}"
        measures = [
            {
                "text": measure.text,
                "due": _plain(measure.fields.get("时限")),
                "done_on": _plain(measure.fields.get("完成")),
                "outcome": _plain(measure.fields.get("成效")),
                "state": measure.state.value.value if measure.state else None,
            }
            for measure in finding.measures
        ]
        wanted = [
            dict.fromkeys(("text", "due", "done_on", "outcome", "state")) | measure
            for measure in one["measures"]
        ]
        if measures != wanted:
            yield f"{one['no']} measures: {measures} != {wanted}"


def _described(proposal: Proposal, finding: ProposedFinding) -> dict[str, Any]:
    fields = {key: _plain(sourced) for key, sourced in finding.fields.items()}
    records = [
        {"事项": record.action.value} | {key: _plain(one) for key, one in record.fields.items()}
        for record in finding.records
        if record.action is not Action.PROGRESS
    ]
    return {
        "no": finding.label,
        "title": finding.title,
        "departments": [*fields.get("责任科室", []), *fields.get("配合科室", [])],
        "due": fields.get("整改时限"),
        "state": finding.state.value.value if finding.state else None,
        "aspect": fields.get("方面"),
        "goal": fields.get("整改目标"),
        "leader": fields.get("责任领导"),
        "owner": fields.get("责任人"),
        "manifestations": fields.get("具体表现"),
        "kind": fields.get("类型"),
        "progress": _plain(finding.progress),
        "evidence_named": list(finding.evidence_named),
        "records": records,
        "hidden": finding.is_hidden,
        "at": finding.place.removeprefix(f"{proposal.file}!"),
    }


def _plain(sourced: Sourced | None) -> Any:
    if sourced is None:
        return None
    value = sourced.value
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str) and type(value) is str else str(value)


def _unasked(proposal: Proposal, expected: dict[str, Any]) -> Iterator[str]:
    if "exit_without_map" in expected:
        return
    said = {remark.place for remark in proposal.remarks()}
    # A word on a whole column stands at its header.
    columns = {re.sub(r"\d+$", "", one.place) for one in proposal.skipped if one.texts}
    for ask in expected["ask"]:
        for place in _each(proposal, ask["at"]):
            if place not in said and re.sub(r"\d+$", "", place) not in columns:
                yield f"not asked: {place} {ask['why']}"


def _places(proposal: Proposal, names: list[str]) -> list[str]:
    return [f"{proposal.file}!{name}" for name in names]


def _each(proposal: Proposal, at: str) -> Iterator[str]:
    """Give each cell of a place such as 台账!K4:K5,K7."""
    sheet, mark, cells = at.rpartition("!")
    if not mark:
        yield f"{proposal.file}!{at}"
        return
    prefix = f"{sheet}!" if sheet == proposal.file else f"{proposal.file}!{sheet}!"
    for part in cells.split(","):
        ends = [re.fullmatch(r"([A-Z]+)(\d+)", end) for end in part.split(":")]
        (first, *_, last) = (ends[0], ends[-1])
        assert first is not None
        assert last is not None
        for row in range(int(first[2]), int(last[2]) + 1):
            for column in range(column_number(first[1]), column_number(last[1]) + 1):
                yield f"{prefix}{column_letter(column)}{row}"
