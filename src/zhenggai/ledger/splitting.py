"""A finding that turns out to be two (拆分): open measures move to one of a new number."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import (
    IN_HAND,
    Append,
    Case,
    Entry,
    Plan,
    Remove,
    new_record,
    refuse_closed,
)
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.record_models import Record, Splitting, Withdrawal
from zhenggai.model.terms import Action

_MEASURES, _ANSWERS = "措施", "针对"

# What stays with the finding that is split: its own words, its results, its journal.
OWN_WORDS = (
    *("title", "manifestations", "goal", "measures", "rules", "money", "people"),
    *("notice_lead", "remaining", "remaining_due", "records", "split_from"),
)


class Split(NamedTuple):
    """What is split off: measures and manifestations, counted from 1, under which title and id."""

    title: str
    new_id: str
    measures: Sequence[int]
    manifestations: Sequence[int] = ()
    note: str | None = None
    by: str | None = None


def plan_split(case: Case, today: date, split: Split) -> Plan:
    """Take open measures out of a finding and record under which number they go on."""
    finding = case.finding
    refuse_closed(case, "不能拆分")
    stage = case.standing(today).stage
    if stage in IN_HAND:
        raise RefusedError(f"问题{case.id}现在是{stage}，不能拆分；退回以后才能拆分")
    _refuse_unknown(case, "措施", split.measures, len(finding.measures))
    _refuse_unknown(case, "具体表现", split.manifestations, len(finding.manifestations))
    for number in split.measures:
        if finding.measures[number - 1].done_on is not None:
            raise RefusedError(f"措施{finding.number}.{number}已完成，留在问题{case.id}，不能移走")
    if len(split.measures) == len(finding.measures):
        raise RefusedError(
            f"问题{case.id}的措施不能全部移走，至少留下一项；改名称的用 zhenggai edit"
        )
    if any(names_measure(record) for record in finding.records):
        raise RefusedError(f"问题{case.id}的记录按次序指明了措施，移走以后次序会变；请另行登记问题")
    record = new_record(
        Entry(today, today),
        Action.SPLITTING,
        经办人=split.by,
        情况=split.note,
        新编号=split.new_id,
    )
    moved = sorted(split.measures, reverse=True)
    edits: tuple[Append | Remove, ...] = (*(Remove(number - 1) for number in moved), record)
    named = "、".join(f"{finding.number}.{number}" for number in sorted(split.measures))
    return Plan(edits, f"问题{case.id}的措施{named}已拆分到问题{split.new_id}")


def _refuse_unknown(case: Case, what: str, numbers: Sequence[int], count: int) -> None:
    for number in numbers:
        if not 1 <= number <= count:
            there = f"它有{count}项" if count else "它还没有填写"
            raise RefusedError(f"问题{case.id}没有第{number}项{what}；{there}")


def names_measure(record: Record) -> bool:
    """Whether a record is about a measure, which it then names by its number."""
    return any(
        field.key == _MEASURES and getattr(record, name) not in (None, field.default)
        for name, field in record.DECLARED.items()
    )


def split_off(case: Case, today: date, split: Split, data: dict[str, Any]) -> dict[str, Any]:
    """Return what the new finding's file says; `data` is what that of the old one says.

    Who is responsible, the kind and whether it is public are as they are for the old one, the
    deadline is that in force: nothing is later for having been split.
    """
    finding, state = case.finding, case.standing(today)
    declared = Finding.DECLARED
    said = {
        one.key: data[one.key]
        for name, one in declared.items()
        if name not in OWN_WORDS and data.get(one.key) is not None
    }
    for name, now in (("leader", state.leader), ("owner", state.owner)):
        if now and now != getattr(finding, name):
            said[declared[name].key] = now
    if not state.is_review and state.stated and state.stated != finding.due:
        said["整改时限"] = str(state.stated)
    chosen = list(split.manifestations) or sorted(
        {
            number
            for place in split.measures
            if (number := finding.measures[place - 1].manifestation)
            and number <= len(finding.manifestations)
        }
    )
    said["问题"] = split.title
    if chosen:
        said["具体表现"] = [finding.manifestations[number - 1] for number in chosen]
    said[_MEASURES] = [_moved(data[_MEASURES][number - 1], chosen) for number in split.measures]
    said["拆分自"] = case.id
    order = [one.key for one in declared.values()]
    return dict(sorted(said.items(), key=lambda item: order.index(item[0])))


def _moved(measure: dict[str, Any], chosen: Sequence[int]) -> dict[str, Any]:
    """Return a measure as it stands in the new finding: 针对 counts the manifestations there."""
    moved = {key: value for key, value in measure.items() if value is not None}
    if _ANSWERS in moved:
        number = int(moved.pop(_ANSWERS))
        if number in chosen:
            moved[_ANSWERS] = str(list(chosen).index(number) + 1)
    return moved


def numbers_mentioned(ledger: Ledger) -> set[int]:
    """Return the numbers of findings that a ledger speaks of, whether they are there or not."""
    named = [one.split_from for one in ledger.findings]
    for finding in ledger.findings:
        for record in finding.records:
            if isinstance(record, Withdrawal):
                named.append(record.merged_into)
            elif isinstance(record, Splitting):
                named.append(record.new_id)
    return {int(one) for one in named if one is not None and one.isdecimal() and one.isascii()}


def is_same_id(named: str | None, finding: Finding) -> bool:
    """Whether a text names a finding: 7 and 07 are one."""
    return named is not None and named.isdecimal() and int(named) == finding.number
