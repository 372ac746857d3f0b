"""The files of a new ledger that an import proposes."""

from collections.abc import Iterator
from typing import Any

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.proposal import Proposal
from zhenggai.model.decoding import decode_finding
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.problem import named
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.yaml.whole_text import as_texts, whole_text

_HEADER = "# 由{}导入。没有填写的，请补充。"
_CURRENT_FORMAT = 2


def ledger_files(proposal: Proposal, identifier: str) -> Iterator[tuple[str, str]]:
    """Yield the files of the ledger that a proposal makes: names and YAML texts.

    `identifier` is the ledger's (标识).

    Raise InvalidInputError where a value is none that a ledger can hold, RefusedError where one
    tells of a case.
    """
    header = _HEADER.format(proposal.file)
    yield "inspection.yaml", whole_text(_about(proposal, identifier), header)
    for finding in proposal.findings:
        data = finding.data(proposal.answers.accept)
        text = whole_text(data, header)
        decoded, problems = decode_finding(as_texts(data), finding.number)
        if decoded is None:
            first = problems[0]
            where = f"{named(first.at)}：" if first.at else ""
            raise InvalidInputError(f"{finding.place}：{where}{first.message}；{first.hint}")
        refuse_typed(decoded)
        yield f"{finding.number}.yaml", text


def _about(proposal: Proposal, identifier: str) -> dict[str, Any]:
    """Return what inspection.yaml says: what the file tells, and slots for the rest."""
    unit = proposal.title_block.unit
    told = (finding.fields.get("方面") for finding in proposal.findings)
    aspects = dict.fromkeys(str(aspect.value) for aspect in told if aspect is not None)
    about: dict[str, Any] = {"格式": _CURRENT_FORMAT, "标识": identifier}
    about |= dict.fromkeys(Inspection.REQUIRED)
    if unit is not None:
        about["被巡察单位"] = unit.value
    if aspects:
        about["方面"] = list(aspects)
    return about
