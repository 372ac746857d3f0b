"""One finding whole: what is to be done, what was done, and what happened."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from zhenggai.ledger.standing import Standing
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import (
    Closing,
    Evidence,
    Extension,
    Record,
    Reopening,
    Supervision,
)
from zhenggai.model.terms import Kind, WhenDayOff
from zhenggai.views.layout import Screen
from zhenggai.views.phrases import (
    NOTHING,
    amount,
    deadline,
    last_working_day,
    measures_done,
    recognition,
    situation,
    value_words,
)
from zhenggai.views.screen_text import pad, visible, width, wrap

_LABEL = 10
_GAP = 2
_MARK = 16


class FindingSheet(NamedTuple):
    """A finding to be shown whole: of which ledger, and where it stands on a day."""

    ledger: str
    finding: Finding
    standing: Standing
    today: date

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the finding: every field, its standing, its identifiers."""
        names = {"ledger": self.ledger, "id": self.finding.id}
        whole = names | self.finding.as_dict() | {"standing": self.standing._asdict()}
        return {"finding": whole}


def write(sheet: FindingSheet, screen: Screen) -> str:
    """Write the finding for reading, wrapped to a terminal's width."""
    finding, standing, today = sheet.finding, sheet.standing, sheet.today
    done, of = measures_done(finding, today)
    parts = [
        _line(f"{finding.id} {visible(finding.title)}", screen),
        _line(f"{_heading(standing)}{_from_above(standing)}", screen),
        "",
        *_facts(finding, standing, screen),
        "",
        f"措施 {done}/{of}",
        *_measures(finding, today, screen),
    ]
    if finding.records:
        parts += ["", *_records(finding, today, screen)]
    return "\n".join(parts)


def _heading(standing: Standing) -> str:
    words = situation(standing)
    return words if standing.withdrawn else f"{standing.stage}  {words}"


def _from_above(standing: Standing) -> str:
    said = recognition(standing.recognised)
    return f"  上级认定：{said}" if said else ""


# Fields that stand in the heading, in a line together with another, below, or in the notice only.
_ELSEWHERE = (
    *("title", "due", "review_every", "public", "private_reason"),
    *("measures", "records", "notice_lead", "notice_text"),
)


def _facts(finding: Finding, standing: Standing, screen: Screen) -> list[str]:
    facts = {
        "aspect": finding.aspect,
        "kind": finding.kind.value,
        "manifestations": "；".join(finding.manifestations),
        "goal": finding.goal,
        "leader": finding.leader or NOTHING,
        "departments": "、".join(finding.departments) or NOTHING,
        "owner": finding.owner or NOTHING,
        "整改时限": _deadline(finding, standing),
        "rules": "、".join(finding.rules),
        "money": amount(finding.money) if finding.money is not None else None,
        "people": "、".join(f"{how}{count}人" for how, count in finding.people.items()),
        "公开": None if finding.public else f"否（{finding.private_reason or '未填写理由'}）",
    }
    declared = Finding.DECLARED
    facts |= {
        name: value_words(getattr(finding, name))
        for name in declared
        if name not in facts and name not in _ELSEWHERE
    }
    told = {
        declared[name].key if name in declared else name: value
        for name, value in facts.items()
        if value
    }
    columns = max(_LABEL, *(width(key) + _GAP for key in told))
    return [_line(pad(key, columns) + visible(told[key]), screen, columns) for key in told]


def _deadline(finding: Finding, state: Standing) -> str:
    words = deadline(state)
    notes = []
    if finding.kind is Kind.LONG_TERM:
        words += "前复核" if state.deadline else ""
        notes.append(f"复核周期：{finding.review_every or '未填写'}")
    elif state.extensions:
        notes.append(f"延期{state.extensions}次，原为{finding.due or '未填写'}")
    if state.stated and state.deadline and state.stated != state.deadline:
        moved = WhenDayOff.LATER if state.deadline > state.stated else WhenDayOff.EARLIER
        notes.append(f"{state.stated}逢休，{moved}")
    elif rest := last_working_day(state):
        notes.append(f"逢休，{rest}")
    return f"{words}（{'；'.join(notes)}）" if notes else words


def _measures(finding: Finding, today: date, screen: Screen) -> list[str]:
    lines = []
    for index, measure in enumerate(finding.measures, start=1):
        name = pad(f"{finding.number}.{index} ", 6)
        done = measure.done_on is not None and measure.done_on <= today
        mark = f"✓ {measure.done_on}" if done else f"□ {_due(measure.due)}"
        head = f"  {name}{pad(mark, _MARK)}"
        lines.append(_line(f"{head}{visible(measure.text)}", screen, width(head)))
        if measure.outcome:
            lines.append(_field("成效", measure.outcome, 8, screen))
        if measure.evidence:
            lines.append(_field("佐证材料", _files(measure.evidence), 8, screen))
    return lines


def _due(due: date | None) -> str:
    return f"{due}前" if due else "未完成"


def _records(finding: Finding, today: date, screen: Screen) -> list[str]:
    """Write what has happened by the day, and say how many records are dated later."""
    past = [record for record in finding.records if record.on <= today]
    later = len(finding.records) - len(past)
    note = f"（另有{later}条在{today}之后，未列出）" if later else ""
    return [f"记录 {len(past)}条{note}", *(_record(record, screen) for record in past)]


def _record(record: Record, screen: Screen) -> str:
    words = [visible(part) for part in _record_words(record) if part]
    line = f"  {record.on} {pad(record.action.value, 8)} {'，'.join(words)}".rstrip()
    return _line(line, screen, 22)


# Of a record these stand in the line's head, or are said in words of their own.
_SAID_ELSEWHERE = ("on", "action", "note", "evidence", "new_due", "approved_by", "by", "disputes")


def _record_words(record: Record) -> Iterable[str | None]:
    match record:
        case Extension() | Reopening() if record.new_due:
            yield f"{'延至' if isinstance(record, Extension) else '新时限'}{record.new_due}"
        case Closing():
            yield f"{record.approved_by}批准"
        case Supervision() if record.disputes:
            yield "与自报不符"
    yield record.note
    declared = record.DECLARED
    for name, one in declared.items():
        value = getattr(record, name)
        if name not in _SAID_ELSEWHERE and value not in (None, one.default):
            yield f"{one.key}：{value_words(value)}"
    if isinstance(record, Extension):
        yield f"{record.approved_by}批准"
    if record.by:
        yield f"经办人：{record.by}"
    if files := getattr(record, "evidence", ()):
        yield f"佐证材料：{_files(files)}"


def _files(evidence: Iterable[Evidence]) -> str:
    return "、".join(file.path for file in evidence)


def _field(name: str, value: str, indent: int, screen: Screen) -> str:
    label = f"{' ' * indent}{name}："
    return _line(label + visible(value), screen, width(label))


def _line(text: str, screen: Screen, hang: int = 0) -> str:
    """Wrap to the screen, further lines under where the text of the first begins."""
    if screen.width is None or width(text) <= screen.width:
        return text

    room = max(20, screen.width - hang)
    head, rest = _split(text, hang)
    lines = wrap(rest, room)
    return "\n".join([head + lines[0], *(" " * hang + line for line in lines[1:])])


def _split(text: str, columns: int) -> tuple[str, str]:
    """Part a text after so many columns."""
    for index in range(len(text) + 1):
        if width(text[:index]) >= columns:
            return text[:index], text[index:]
    return text, ""
