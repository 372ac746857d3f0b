"""The history of a finding: what its journal says happened, beside what Git says was written."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from zhenggai.ledger.register import timeline
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Action
from zhenggai.views.columns import Column
from zhenggai.views.finding_detail import record_words
from zhenggai.views.layout import Screen
from zhenggai.views.screen_text import visible

_SHORT = 8


class JournalEntry(NamedTuple):
    """What the ledger says happened on a day; `action` is a record's, None for a measure done."""

    on: date
    action: Action | None
    text: str


class Written(NamedTuple):
    """What was committed at a time, or (no commit) is changed and not committed yet."""

    commit: str | None
    at: datetime | None
    author: str | None
    subject: str | None
    changes: Sequence[str]


class History(NamedTuple):
    """A finding's history up to a day; `commits` is None where no Git tells of any.

    `is_cut` tells that there are older commits.
    """

    ledger: str
    finding: Finding
    today: date
    journal: Sequence[JournalEntry]
    commits: Sequence[Written] | None
    is_cut: bool

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the history."""
        commits = self.commits
        return {
            "ledger": self.ledger,
            "id": self.finding.id,
            "title": self.finding.title,
            "journal": [one._asdict() for one in self.journal],
            "commits": None
            if commits is None
            else [
                one._asdict() | {"at": one.at.isoformat() if one.at else None} for one in commits
            ],
            "is_cut": self.is_cut,
        }


def journal_of(finding: Finding, today: date) -> list[JournalEntry]:
    """Return what the ledger says of a finding by a day, in order of date."""
    struck = {one.place for one in timeline(finding).struck if one.on <= today}
    entries = [
        JournalEntry(measure.done_on, None, f"措施{finding.number}.{number}完成")
        for number, measure in enumerate(finding.measures, start=1)
        if measure.done_on is not None
    ]
    for place, record in enumerate(finding.records):
        words = [visible(part) for part in record_words(finding, record) if part]
        told = "，".join([record.action.value, *words])
        mark = "（已更正）" if place in struck else ""
        entries.append(JournalEntry(record.on, record.action, f"{told}{mark}"))
    return sorted((one for one in entries if one.on <= today), key=lambda one: one.on)


class _Line(NamedTuple):
    on: date | None
    journal: JournalEntry | None
    written: Written | None


def write(history: History, screen: Screen) -> str:
    """Write the history for reading: a line for each thing that happened or was written."""
    columns: list[Column[_Line]] = [
        Column("on", "日期", lambda one: one.on or "未提交"),
        Column("journal", "台账记载", lambda one: one.journal and one.journal.text, shrinks=True),
    ]
    if history.commits is not None:
        columns += [
            Column("commit", "Git提交", _commit),
            Column("author", "提交人", lambda one: one.written and one.written.author),
            Column("changes", "改了什么", _changes, shrinks=True),
        ]
    finding = history.finding
    lines = _lines(history.journal, history.commits or ())
    parts = [f"{finding.id} {visible(finding.title)}"]
    parts.append(screen.table(columns, lines) if lines else f"到{history.today}没有任何记载。")
    if history.is_cut:
        parts.append("更早的提交未列出。")
    return "\n".join(parts)


def _lines(journal: Sequence[JournalEntry], commits: Sequence[Written]) -> list[_Line]:
    """Set what happened on a day beside what was committed on it."""
    days: dict[date | None, tuple[list[JournalEntry], list[Written]]] = {}
    for entry in journal:
        days.setdefault(entry.on, ([], []))[0].append(entry)
    for one in commits:
        days.setdefault(one.at.date() if one.at else None, ([], []))[1].append(one)
    ordered = sorted(days, key=lambda day: day or date.max)
    return [_Line(day, *pair) for day in ordered for pair in zip_longest(*days[day])]


def _commit(line: _Line) -> str:
    written = line.written
    if written is None or written.commit is None or written.at is None:
        return ""
    return f"{written.commit[:_SHORT]} {written.at:%H:%M}"


def _changes(line: _Line) -> str:
    if line.written is None:
        return ""
    changes = "，".join(line.written.changes) or "只改了写法"
    return f"{changes}（{line.written.subject}）" if line.written.subject else changes
