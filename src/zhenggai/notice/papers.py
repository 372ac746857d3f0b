"""What each kind of paper is given: the notice, the lists, the bulletin, the forms and letters.

A template sees the notice's own text, and findings whose every field must be asked for by name:
printed whole, a finding is only its title.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zhenggai.errors import InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.figures import rate
from zhenggai.ledger.standing import LedgerOnDay, Line, Standing
from zhenggai.ledger.summary import tally, warned
from zhenggai.model.dates import DAY_FORMS, DateTextError, Period, chinese_day, parse_day
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.notice_settings import Notice
from zhenggai.model.terms import Stage, Timing
from zhenggai.notice.chinese import span
from zhenggai.notice.composing import Composer
from zhenggai.storage.file_names import leaves
from zhenggai.storage.resources import shipped
from zhenggai.views.words import situation

NOTICE = "notice"
INTERNAL = ("lists", "bulletin", "approval", "letter")
"""The papers that stay in the house; every other template may be published."""


@dataclass(frozen=True)
class Choice:
    """What a paper is about: one finding by its id, one department, since when; None for all.

    `internal` takes in what is not public.
    """

    finding: str | None = None
    department: str | None = None
    since: str | None = None
    internal: bool = False


@dataclass(frozen=True, repr=False)
class MeasureView:
    """A measure as a template sees it; printed whole it is its text."""

    number: str
    text: str
    due: str
    done_on: str
    outcome: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class FindingView:
    """A finding as a template sees it; printed whole it is its title."""

    id: str
    title: str
    aspect: str
    kind: str
    goal: str
    leader: str
    departments: str
    owner: str
    deadline: str
    stage: str
    situation: str
    closed_on: str
    last: str
    measures: tuple[MeasureView, ...]

    def __repr__(self) -> str:
        return self.title


def folders(root: Path) -> list[Path]:
    """Give where templates are looked for: in the ledger first."""
    own = root / "templates"
    if leaves(root, own):
        raise InvalidInputError(f"“{own}”这个链接指向台账之外;把模板本身放进台账")
    return [own, shipped("templates")]


def left_out(ledger: Ledger, choice: Choice) -> int:
    """Count the findings that a choice would have and that are not public."""
    return sum(_chosen(f, choice) and not f.public for f in ledger.findings) * (not choice.internal)


def content(day: LedgerOnDay, choice: Choice) -> dict[str, Any]:
    """Return everything templates may use."""
    ledger, today = day.ledger, day.today
    pairs = zip(day.lines, ledger.findings, strict=True)
    chosen = [(line, finding) for line, finding in pairs if _chosen(finding, choice)]
    lines = [line for line, _ in chosen if choice.internal or line.row.public]
    if not lines:
        _refuse_nothing(choice, ledger, hidden=bool(chosen))
    since = _since(choice, ledger, today)
    total = tally("", lines)
    shown = {line.row.id for line in lines}
    known = {f.id: _view(f, line.standing, day) for line, f in chosen if f.id in shown}

    def views(some: list[Line]) -> list[FindingView]:
        return [known[line.row.id] for line in some]

    pressing = {t.identifier: views(warned(lines, t)) for t in Timing}
    closed = [one for one in lines if _between(one.standing.closed_on, since, today)]
    awaiting = [one for one in lines if one.standing.stage is Stage.AWAITING_CLOSING]
    return Composer(day).compose() | {
        "unit": ledger.inspection.unit or "",
        "group": ledger.inspection.group or "",
        "word": (ledger.inspection.notice or Notice()).word.value,
        "today": chinese_day(today),
        "since": chinese_day(since),
        "span": span(since, today),
        "period": _period(ledger, choice),
        "department": choice.department or "",
        "findings": views(lines),
        "count": total.count,
        "closed_count": total.closed,
        "rate": rate(total),
        "overdue": pressing["overdue"],
        "due_soon": pressing["due_soon"],
        "stale": pressing["stale"],
        "closed": views(closed),
        "moved": views([one for one in lines if _moved(one, since, today)]),
        "still": views([one for one in lines if _still(one, since, today)]),
        "awaiting": views(lines if choice.finding else awaiting),
    }


def _refuse_nothing(choice: Choice, ledger: Ledger, *, hidden: bool) -> None:
    """Say why there is nothing to write about, where something was asked for."""
    if choice.finding is None and choice.department is None:
        return
    if hidden:
        raise RefusedError("要写的问题不公开,没有写入;内部文书要写,加 --internal")
    known = dict.fromkeys(name for finding in ledger.findings for name in finding.departments)
    raise WrongUsageError(f"没有责任科室是“{choice.department}”的问题;现有:{'、'.join(known)}")


def _chosen(finding: Finding, choice: Choice) -> bool:
    if choice.finding not in (None, finding.id):
        return False
    return choice.department is None or choice.department in finding.departments


def _since(choice: Choice, ledger: Ledger, today: date) -> date:
    """Give the first day told of: the one asked for, or that of the last period of supervision."""
    if choice.since is None:
        return _first_day(ledger.inspection.supervision_period, today)
    try:
        since = parse_day(choice.since)
    except DateTextError as error:
        raise WrongUsageError(f"--since: {error};写成 {DAY_FORMS}") from None
    if since > today:
        raise WrongUsageError(f"--since: {since}还没有到,今天按{today}计算")
    return since


def _first_day(period: Period, today: date) -> date:
    """Give the first day of the period that ends today; months are not of one length."""
    day = today - (period.after(today) - today)
    while period.after(day) <= today:
        day += timedelta(days=1)
    return day


def _period(ledger: Ledger, choice: Choice) -> str:
    """Give what a supervision is called by its period (周, 月); '' where it is not that long."""
    every = str(ledger.inspection.supervision_period)
    return every.removeprefix("每") if every.startswith("每") and not choice.since else ""


def _between(day: date | None, since: date, today: date) -> bool:
    return day is not None and since <= day <= today


def _moved(line: Line, since: date, today: date) -> bool:
    is_open = line.standing.stage is not Stage.CLOSED
    return is_open and _between(line.standing.last_on, since, today)


def _still(line: Line, since: date, today: date) -> bool:
    """Tell whether work was to go on and did not; what is sustained waits for its review."""
    is_working = line.standing.stage not in (Stage.CLOSED, Stage.SUSTAINED)
    return is_working and not _moved(line, since, today)


def _view(finding: Finding, state: Standing, day: LedgerOnDay) -> FindingView:
    return FindingView(
        id=finding.id,
        title=finding.title,
        aspect=finding.aspect or "",
        kind=finding.kind.value,
        goal=finding.goal or "",
        leader=finding.leader or "",
        departments="、".join(finding.departments),
        owner=finding.owner or "",
        deadline=str(state.deadline or ""),
        stage=state.stage.value,
        situation=situation(state),
        closed_on=str(state.closed_on or ""),
        last=_last(finding, day),
        measures=tuple(_measures(finding, state.deadline, day.today)),
    )


def _measures(finding: Finding, deadline: date | None, today: date) -> Iterator[MeasureView]:
    """Tell of the measures as on the day: what is dated later is not done yet."""
    for number, measure in enumerate(finding.measures, start=1):
        done_on = measure.done_on if measure.done_on and measure.done_on <= today else None
        yield MeasureView(
            number=f"{finding.number}.{number}",
            text=measure.text,
            due=str(measure.due or deadline or ""),
            done_on=str(done_on or ""),
            outcome=measure.outcome or "",
        )


def _last(finding: Finding, day: LedgerOnDay) -> str:
    """Tell of the latest that happened up to a day: a record of the journal, or a measure done."""
    last = day.journal(finding).last
    done = [
        (measure.done_on, number)
        for number, measure in enumerate(finding.measures, start=1)
        if measure.done_on is not None and measure.done_on <= day.today
    ]
    latest = max(done, default=None)
    if latest is not None and (last is None or latest[0] > last.on):
        return f"{latest[0]} 完成措施{finding.number}.{latest[1]}"
    if last is None:
        return ""
    note = finding.records[last.place].note
    return f"{last.on} {last.action}{f'：{note}' if note else ''}"
