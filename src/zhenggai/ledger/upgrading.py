"""From format 1 to 2: which visits (督查) of a ledger were the department's own reports (进展).

Format 1 had one record for both, so only somebody who knows the ledger can tell them apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from zhenggai.ledger.journal import moments
from zhenggai.ledger.register import terms, timeline
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Progress, Record, Supervision

EVERY, NONE = "全部", "无"

_SEPARATORS = re.compile(r"[,，、;；\s]+")
_ASKED = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?:[-~—](\d{1,9})(?:\.(\d{1,9}))?)?", re.ASCII)


class LoggedVisit(NamedTuple):
    """A 督查 of a finding: its place in the journal, counted from 0, and why it is no report.

    `obstacle` is '' where it may be one. `is_likely` says that whoever logged it answers for the
    finding.
    """

    finding: Finding
    place: int
    record: Supervision
    obstacle: str
    is_likely: bool

    @property
    def name(self) -> str:
        """The finding's number and the record's, counted from 1: 7.2."""
        return f"{self.finding.number}.{self.place + 1}"

    @property
    def key(self) -> tuple[int, int]:
        """The same as numbers, in which the order is that of the list."""
        return self.finding.number, self.place + 1


def logged_visits(findings: Iterable[Finding], inspection: Inspection) -> list[LoggedVisit]:
    """Return every 督查 of a ledger, in the order of the findings and of their journals."""
    return [one for finding in findings for one in _of_finding(finding, inspection)]


def _of_finding(finding: Finding, inspection: Inspection) -> Iterator[LoggedVisit]:
    own = {*finding.departments, finding.owner} - {None}
    closed = {
        moment.event.place
        for moment in moments(timeline(finding), terms(inspection))
        if moment.closed_on is not None
    }
    for place, record in enumerate(finding.records):
        if isinstance(record, Supervision):
            obstacle = "销号以后的督查" if place in closed else ""
            if extra := [_key(name) for name in _said(record) if name not in Progress.DECLARED]:
                obstacle = f"写有{'、'.join(extra)}"
            yield LoggedVisit(finding, place, record, obstacle, not obstacle and record.by in own)


def _key(name: str) -> str:
    return Supervision.DECLARED[name].key


def is_retitled(old: Record, new: Record) -> bool:
    """Whether a 督查 became a 进展 that says the same to the letter."""
    return isinstance(old, Supervision) and isinstance(new, Progress) and _said(old) == _said(new)


def _said(record: Record) -> dict[str, object]:
    """Return what a record says beside what it is: the fields that are filled in."""
    return {
        name: value
        for name, field in record.DECLARED.items()
        if name != "action" and (value := getattr(record, name)) != field.default
    }


class UnknownVisitError(ValueError):
    """An answer that names no 督查 which may be a report; its text says why, in Chinese."""


def chosen_visits(visits: Sequence[LoggedVisit], answer: str) -> list[LoggedVisit]:
    """Return the visits that an answer names: `7.2`, `7.1-7.3`, `7.1-3`, `7`, `1-5`, 全部, 无.

    A finding's number alone means every visit of it that may be a report, and so does 全部.
    """
    words = [word for word in _SEPARATORS.split(answer) if word]
    if words == [NONE]:
        return []
    if words == [EVERY]:
        return [one for one in visits if not one.obstacle]
    chosen = {one.key for word in words for one in _meant(visits, word)}
    return [one for one in visits if one.key in chosen]


def _meant(visits: Sequence[LoggedVisit], word: str) -> list[LoggedVisit]:
    asked = _ASKED.fullmatch(word)
    if asked is None:
        raise UnknownVisitError(f"“{word}”不是编号；写 7.2、7.1-7.3、7、{EVERY} 或 {NONE}")
    first, record, to, to_record = (int(part) if part else None for part in asked.groups())
    if first is None or (record is None and to_record is not None):
        raise UnknownVisitError(f"“{word}”的起止写法不同；写成 7.1-7.3 或 1-5")
    if record is None:
        last = first if to is None else to
        found = [one for one in visits if first <= one.finding.number <= last and not one.obstacle]
    else:
        start = (first, record)
        end = start if to is None else (first, to) if to_record is None else (to, to_record)
        within = [one for one in visits if start <= one.key <= end]
        found = within if to is None else [one for one in within if not one.obstacle]
    if not found:
        raise UnknownVisitError(f"没有可改的督查“{word}”；编号见所列的督查")
    for one in found:
        if one.obstacle:
            raise UnknownVisitError(f"{one.name}是督查，不能改为进展（{one.obstacle}）")
    return found
