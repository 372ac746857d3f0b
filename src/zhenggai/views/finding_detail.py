"""One finding whole: what is to be done, what was done, and what happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.ledger.measure_standing import MeasureStanding, manifestation_standings
from zhenggai.ledger.register import departments_of, owner_of, timeline
from zhenggai.ledger.standing import Standing
from zhenggai.ledger.tenures import Tenure
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.record_models import (
    Closing,
    Correction,
    Evidence,
    Extension,
    Handover,
    Record,
    Reopening,
    Splitting,
    Supervision,
)
from zhenggai.model.terms import Kind, Post, Source, WhenDayOff
from zhenggai.views.layout import Screen
from zhenggai.views.phrases import (
    NOTHING,
    amount,
    deadline,
    last_working_day,
    measures_done,
    recognition,
    responsible,
    situation,
    value_words,
    warning,
)
from zhenggai.views.screen_text import hanging, pad, visible, width

_LABEL = 10
_GAP = 2
_MARK = 16


class FindingSheet(NamedTuple):
    """A finding to be shown whole: of which ledger, and where it stands on a day.

    `tenures` are who held its posts up to that day.
    """

    ledger: str
    finding: Finding
    standing: Standing
    today: date
    measures: Sequence[MeasureStanding]
    tenures: tuple[Tenure, ...] = ()

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the finding: every field, its standing, its identifiers."""
        finding = self.finding
        names = {"ledger": self.ledger, "id": finding.id}
        whole = names | finding.as_dict() | {"standing": self._standing()}
        for measure, said, state in zip(
            finding.measures, whole["measures"], self.measures, strict=True
        ):
            said["number"] = _numbered(finding, state.number)
            said["standing"] = {
                "departments": departments_of(measure, finding),
                "owner": owner_of(measure, finding),
                **{key: value for key, value in state._asdict().items() if key != "number"},
            }
        whole["tenures"] = [one._asdict() for one in self.tenures]
        return {"finding": whole}

    def _standing(self) -> dict[str, Any]:
        """Return the finding's standing, with how far its manifestations have come."""
        finding = self.finding
        late = [_numbered(finding, one.number) for one in self.standing.late_measures]
        manifestations = [
            {
                "text": finding.manifestations[one.number - 1],
                "measures": [_numbered(finding, number) for number in one.measures],
                "progression": one.progression,
            }
            for one in manifestation_standings(finding, self.today)
        ]
        told = {"late_measures": late, "manifestations": manifestations}
        return self.standing._asdict() | told


class FindingSheets(NamedTuple):
    """Findings to be shown whole, one after another."""

    sheets: Sequence[FindingSheet]

    def content(self) -> dict[str, Any]:
        """Return what JSON says: of one finding that one, of several a list."""
        if len(self.sheets) == 1:
            return self.sheets[0].content()
        return {"findings": [one.content()["finding"] for one in self.sheets]}


def _numbered(finding: Finding, number: int) -> str:
    """Write the number of a measure as it is typed: 07.2."""
    return f"{finding.id}.{number}"


def write(sheet: FindingSheet, screen: Screen) -> str:
    """Write the finding for reading, wrapped to a terminal's width."""
    finding, standing, today = sheet.finding, sheet.standing, sheet.today
    done, of = measures_done(finding, today)
    parts = [
        _line(f"{finding.id} {visible(finding.title)}", screen),
        _line(f"{_heading(standing)}{_from_above(standing)}", screen),
        "",
        *_fact_lines(sheet, screen),
        "",
        f"措施 {done}/{of}",
        *_measures(finding, sheet.measures, screen),
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
    *("assisting", "measures", "records", "notice_lead", "notice_text"),
)


def facts(sheet: FindingSheet) -> dict[str, str]:
    """Return what is known of a finding by its keys on disk, in the words a person reads."""
    finding, standing = sheet.finding, sheet.standing
    known = {
        "aspect": finding.aspect,
        "kind": finding.kind.value,
        "source": None if finding.source is Source.FEEDBACK else finding.source.value,
        "source_number": finding.source_number,
        "category": finding.category,
        "manifestations": _manifestations(finding, sheet.today),
        "goal": finding.goal,
        "leader": _holders(sheet, Post.LEADER),
        "led_by": finding.led_by,
        "departments": responsible(finding) or NOTHING,
        "owner": _holders(sheet, Post.OWNER),
        "整改时限": _deadline(finding, standing),
        "预警等级": warning(standing),
        "previous": finding.previous,
        "relation": finding.relation and finding.relation.value,
        "handled_with": finding.handled_with,
        "split_from": finding.split_from,
        "rules": "、".join(finding.rules),
        "money": amount(finding.money) if finding.money is not None else None,
        "people": "、".join(f"{how}{count}人" for how, count in finding.people.items()),
        "公开": None if finding.public else f"否（{finding.private_reason or '未填写理由'}）",
        "private_approved_by": finding.private_approved_by,
        "private_approved_on": value_words(finding.private_approved_on),
    }
    declared = Finding.DECLARED
    known |= {
        name: value_words(getattr(finding, name))
        for name in declared
        if name not in known and name not in _ELSEWHERE
    }
    return {
        declared[name].key if name in declared else name: value
        for name, value in known.items()
        if value
    }


def _fact_lines(sheet: FindingSheet, screen: Screen) -> list[str]:
    told = facts(sheet)
    columns = max(_LABEL, *(width(key) + _GAP for key in told))
    return [_line(pad(key, columns) + visible(told[key]), screen, columns) for key in told]


def _manifestations(finding: Finding, today: date) -> str:
    """Write the manifestations, each with its measures and how far these have come."""
    states = manifestation_standings(finding, today)
    if not states:
        return "；".join(finding.manifestations)
    said = []
    for text, state in zip(finding.manifestations, states, strict=True):
        numbers = "、".join(f"{finding.number}.{number}" for number in state.measures)
        how = f"措施{numbers}，{state.progression}" if numbers else "没有针对它的措施"
        said.append(f"{text}（{how}）")
    return "；".join(said)


# The first holder and one who took over.
_HANDED_OVER = 2


def _holders(sheet: FindingSheet, post: Post) -> str:
    """Say who holds a post, since when, and who held it before."""
    state = sheet.standing
    now = (state.owner if post is Post.OWNER else state.leader) or NOTHING
    held = [one for one in sheet.tenures if one.post is post]
    if len(held) < _HANDED_OVER:
        return now
    turns = [
        f"{one.since or ''}{'起' if one.until is None else f'至{one.until}'}{one.name}{one.days}天"
        for one in held
    ]
    return f"{now}（{'，'.join(turns)}）"


def _deadline(finding: Finding, state: Standing) -> str:
    words = deadline(state)
    notes = []
    if state.is_review:
        words += "前检视" if state.deadline else ""
        notes += [f"整改时限：{finding.due}"] if finding.due else []
    elif state.extensions:
        notes.append(f"延期{state.extensions}次，原为{finding.due or '未填写'}")
    elif finding.due and state.stated and state.stated != finding.due:
        notes.append(f"重开以前为{finding.due}")
    if finding.kind is Kind.LONG_TERM:
        notes.append(f"检视周期：{finding.review_every or '未填写'}")
    if state.stated and state.deadline and state.stated != state.deadline:
        moved = WhenDayOff.LATER if state.deadline > state.stated else WhenDayOff.EARLIER
        notes.append(f"{state.stated}逢休，{moved}")
    elif rest := last_working_day(state):
        notes.append(f"逢休，{rest}")
    return f"{words}（{'；'.join(notes)}）" if notes else words


def _measures(finding: Finding, standings: Sequence[MeasureStanding], screen: Screen) -> list[str]:
    lines = []
    for measure, state in zip(finding.measures, standings, strict=True):
        name = pad(f"{finding.number}.{state.number} ", 6)
        mark = f"✓ {state.done_on}" if state.done_on else f"□ {_due(state.deadline)}"
        head = f"  {name}{pad(mark, _MARK)}"
        lines.append(_line(f"{head}{visible(measure.text)}", screen, width(head)))
        if words := "；".join(_of_its_own(measure, state)):
            lines.append(_line(f"{' ' * 8}{visible(words)}", screen, 8))
        if measure.outcome:
            lines.append(_field("成效", measure.outcome, 8, screen))
        if measure.evidence:
            lines.append(_field("佐证材料", _files(measure.evidence), 8, screen))
    return lines


def _of_its_own(measure: Measure, state: MeasureStanding) -> Iterator[str]:
    """Yield what sets a measure apart from its finding: who answers for it, and how late it is."""
    if measure.departments:
        yield f"责任科室：{'、'.join(measure.departments)}"
    if measure.owner:
        yield f"责任人：{measure.owner}"
    if state.extensions:
        yield f"延期{state.extensions}次，原为{measure.due}"
    elif measure.due and state.done_on:
        yield f"时限：{measure.due}"
    if measure.added_on:
        yield f"{measure.added_on}增加"
    if state.is_late and state.days_left is not None:
        yield f"时限已过{-state.days_left}天"


def _due(due: date | None) -> str:
    return f"{due}前" if due else "未完成"


def _records(finding: Finding, today: date, screen: Screen) -> list[str]:
    """Write what has happened by the day, and say how many records are dated later."""
    past = [(n, one) for n, one in enumerate(finding.records, start=1) if one.on <= today]
    struck = {one.place + 1: one.by + 1 for one in timeline(finding).struck if one.on <= today}
    columns = len(str(len(finding.records)))
    later = len(finding.records) - len(past)
    note = f"（另有{later}条在{today}之后，未列出）" if later else ""
    return [
        f"记录 {len(past)}条{note}",
        *(_record(finding, f"{n:>{columns}}", record, struck.get(n), screen) for n, record in past),
    ]


def _record(
    finding: Finding, number: str, record: Record, corrected: int | None, screen: Screen
) -> str:
    """Write a record behind its number, by which `correct` names it."""
    words = [visible(part) for part in record_words(finding, record) if part]
    if corrected is not None:
        words.insert(0, f"已更正（第{corrected}条）")
    line = f"  {number} {record.on} {pad(record.action.value, 8)} {'，'.join(words)}".rstrip()
    return _line(line, screen, 23 + len(number))


# Of a record these stand in the line's head, or are said in words of their own.
_SAID_ELSEWHERE = (
    *("on", "action", "note", "evidence", "new_due", "approved_by", "by", "disputes"),
    "measure",
    *("corrects", "post", "giver", "taker", "new_id"),
)


def record_words(finding: Finding, record: Record) -> Iterable[str | None]:
    """Yield what a record says, part by part; what it does not say is None or ''."""
    yield _first_words(finding, record)
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


def _first_words(finding: Finding, record: Record) -> str:
    """Say in words of its own what a record says above all; '' where it has none."""
    words = ""
    match record:
        case Extension(measure=int(number)):
            words = f"措施{finding.number}.{number}延至{record.new_due}"
        case Extension() | Reopening() if record.new_due:
            words = f"{'延至' if isinstance(record, Extension) else '新时限'}{record.new_due}"
        case Closing():
            words = f"{record.approved_by}批准"
        case Supervision() if record.disputes:
            words = "与自报不符"
        case Correction():
            words = f"更正第{record.corrects}条"
        case Handover():
            words = f"{record.post}由{record.giver}交接给{record.taker}"
        case Splitting():
            words = f"拆出问题{record.new_id}"
    return words


def _files(evidence: Iterable[Evidence]) -> str:
    return "、".join(file.path for file in evidence)


def _field(name: str, value: str, indent: int, screen: Screen) -> str:
    label = f"{' ' * indent}{name}："
    return _line(label + visible(value), screen, width(label))


def _line(text: str, screen: Screen, hang: int = 0) -> str:
    """Wrap to the screen, further lines under where the text of the first begins."""
    return hanging(text, screen.width, hang)
