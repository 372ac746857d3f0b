"""`json`: the stable form for programs, whose fields only ever grow."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from zhenggai.exporters.for_machines import inert_json
from zhenggai.model.dates import Lead, Period
from zhenggai.model.terms import Term

if TYPE_CHECKING:
    from zhenggai.views.check_report import CheckReport
    from zhenggai.views.columns import Tabular
    from zhenggai.views.drawn_sample import DrawnSample
    from zhenggai.views.edits import EditReport
    from zhenggai.views.finding_chain import Chain
    from zhenggai.views.finding_detail import FindingSheets
    from zhenggai.views.finding_history import History
    from zhenggai.views.inspection_detail import InspectionSheet
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report

JSON_VERSION = 2


def rows(listing: "Tabular", _screen: "Screen") -> str:
    """Write rows with every column there is."""
    return document(listing.content())


def status(report: "Report", _screen: "Screen") -> str:
    """Write the counts, and the findings that press."""
    return document(report.content())


def finding(shown: "FindingSheets", _screen: "Screen") -> str:
    """Write every field of findings, their standing and their identifiers."""
    return document(shown.content())


def inspection(sheet: "InspectionSheet", _screen: "Screen") -> str:
    """Write every field of an inspection by its identifier."""
    return document(sheet.content())


def chain(rounds: "Chain", _screen: "Screen") -> str:
    """Write the rounds of a finding, the oldest first."""
    return document(rounds.content())


def history(told: "History", _screen: "Screen") -> str:
    """Write a finding's journal and the commits of its file, the oldest first."""
    return document(told.content())


def sample(drawn: "DrawnSample", _screen: "Screen") -> str:
    """Write a sample of closed findings, and how it was drawn."""
    return document(drawn.content())


def problems(report: "CheckReport") -> str:
    """Write what `check` found."""
    return document(report.content())


def edits(report: "EditReport") -> str:
    """Write what was changed, or would be."""
    return document(report.content())


def document(content: dict[str, Any]) -> str:
    """Write a JSON document that names the version of its form."""
    versioned = {"version": JSON_VERSION} | to_json(content)
    return inert_json(json.dumps(versioned, ensure_ascii=False, indent=2))


def to_json(value: Any) -> Any:
    """Put a value of the model into JSON's terms: words as identifiers, dates as 2021-05-01.

    A rate says its basis: numerator, denominator, and their quotient from 0 to 1 (or null).
    """
    from decimal import Decimal

    from zhenggai.ledger.summary import Rate

    if isinstance(value, Rate):
        value = value.as_dict()
    match value:
        case Term():
            return value.identifier
        case Decimal():
            return f"{value.normalize():f}"
        case date() | Period() | Lead():
            return str(value)
        case dict():
            return {to_json(key): to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
    return value
