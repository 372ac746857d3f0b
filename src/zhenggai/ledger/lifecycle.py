"""The life of a finding: what a step may write, and what it is refused for.

Nothing is written here. `plan_…`, in the modules of the steps beside this one, say what to write
for a step, or why it may not be taken. A plan is refused when the step makes no sense now, and
again when what it would write breaks a rule that held before; so no command leaves a ledger worse
than it was.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from zhenggai.errors import RefusedError
from zhenggai.ledger.journal import Journal, fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import Standing, standing
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import (
    Action,
    Stage,
    Step,
)


class EvidenceFile(NamedTuple):
    """A file to be named as evidence: its path in the ledger and its sha256, in hexadecimal."""

    path: str
    sha256: str


# The stages in which a finding lies with those who decide.
IN_HAND = (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)

# What stands behind a key that is written: a text, files of evidence, or in inspection.yaml a list
# of texts or a table of numbers.
Written = str | tuple[EvidenceFile, ...] | list[str] | dict[str, int]


class Append(NamedTuple):
    """Add an item at the end of a list: the journal, or another one of the file.

    The keys stand in the order they are written.
    """

    record: Mapping[str, Written]
    key: str = "记录"


class AddMeasure(NamedTuple):
    """Add a measure behind all others; keys in the order they are written."""

    values: Mapping[str, Written]


class Fill(NamedTuple):
    """Write keys into a measure (counted from 0)."""

    measure: int
    values: Mapping[str, Written]


class Remove(NamedTuple):
    """Take a measure (counted from 0) out of the list."""

    measure: int


class Answer(NamedTuple):
    """Write keys into a record (counted from 0) that has them not yet."""

    record: int
    values: Mapping[str, Written]


class Retitle(NamedTuple):
    """Say of a record (counted from 0) that something else happened (事项); all else stays."""

    record: int
    action: Action


PlainValue: TypeAlias = "str | list[PlainValue] | dict[str, PlainValue] | None"
"""What may stand anywhere in a file: a text, lists and tables of such, nothing."""


class Put(NamedTuple):
    """Write what stands at a place: keys, and in lists numbers counted from 0; None empties it.

    What is missing on the way is made. Where a text stands on the way in place of a table it is
    the one under the key `alone`. `order` are the keys beside the last one as they should stand.
    """

    path: tuple[str | int, ...]
    value: PlainValue
    alone: str = ""
    order: tuple[str, ...] = ()


class Head(NamedTuple):
    """Write a key before all others; where it is there already, its value."""

    key: str
    value: str


class Plan(NamedTuple):
    """What to write into a finding's file, what that amounts to, and what to beware of, in Chinese.

    Without edits there is nothing to write.
    """

    edits: tuple[Append | AddMeasure | Fill | Answer | Remove | Put, ...]
    done: str
    warnings: tuple[str, ...] = ()


class Entry(NamedTuple):
    """When a step is dated and when it is entered; `late` says that dating it back is meant."""

    on: date
    today: date
    late: bool = False

    @property
    def counts_from(self) -> date:
        """The day from which the step counts: of a late entry, that of the entry."""
        return max(self.on, self.today) if self.late else self.on

    def days(self) -> dict[str, Written]:
        """Return what a record says of its days: that of a late entry says both."""
        days: dict[str, Written] = {"日期": str(self.on)}
        return days | {"登记日期": str(self.today)} if self.on < self.counts_from else days


class Signature(NamedTuple):
    """Who takes a step, with what words and with which files."""

    by: str | None = None
    note: str | None = None
    evidence: Sequence[EvidenceFile] = ()


class Case(NamedTuple):
    """A finding whose life is to go on, and the rules of its ledger."""

    finding: Finding
    inspection: Inspection

    @property
    def id(self) -> str:
        """The finding's id."""
        return self.finding.id

    @property
    def steps(self) -> tuple[Step, ...]:
        """The closing procedure; without one a finding is simply approved."""
        return self.inspection.closing_steps or (Step.APPROVAL,)

    def journal(self) -> Journal:
        """Return what the whole journal comes to."""
        return fold(timeline(self.finding), terms(self.inspection))

    def standing(self, on: date) -> Standing:
        """Return where the finding stands at the end of a day."""
        return standing(timeline(self.finding), on, terms(self.inspection))


def new_record(entry: Entry, action: Action, **values: Written | None) -> Append:
    """Put a record together, leaving out what was not said."""
    days = entry.days()
    record = {"日期": days.pop("日期"), "事项": action.value, **days}
    return Append(record | {key: value for key, value in values.items() if value})


def refuse_closed(case: Case, what: str, then: str = "；要继续整改，先用 zhenggai reopen") -> None:
    """Refuse what cannot happen to a finding that is closed or counts no longer."""
    refuse_withdrawn(case, what)
    journal = case.journal()
    if journal.closed_on is not None:
        raise RefusedError(f"问题{case.id}已于{journal.closed_on}销号，{what}{then}")


def refuse_withdrawn(case: Case, what: str) -> None:
    """Refuse what cannot happen to a finding that counts no longer."""
    if day := case.journal().withdrawn_on:
        raise RefusedError(f"问题{case.id}已于{day}撤销登记，{what}")


def refuse_without_measures(case: Case, what: str) -> None:
    """Refuse what makes no sense without anything to be done."""
    if not case.finding.measures:
        how = f"zhenggai measure add {case.finding.number} 内容"
        raise RefusedError(f"问题{case.id}尚未填写整改措施，{what}；先用 {how} 登记措施")


def refuse_disorder(case: Case, entry: Entry) -> None:
    """Refuse a step that would count from a day before another one: it would come before it.

    A step entered late counts from the day of its entry.
    """
    last = case.journal().last_step
    if last is not None and entry.counts_from < last.on:
        on = f"{last.dated}（{last.on}补登）" if last.dated else str(last.on)
        raise RefusedError(
            f"问题{case.id}在{on}已登记{last.action}，"
            f"这一步的日期{entry.on}不能早于它；"
            f"日期填写有误的，用 zhenggai edit {case.finding.number} 改正"
        )


def still_open(finding: Finding, missing: Sequence[int]) -> str:
    """Say which measures (counted from 1) are not done, and how to enter that they are."""
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return (
        f"问题{finding.id}还有{len(missing)}项措施未完成：{named}；"
        f"已完成的先用 zhenggai done {finding.number}.{missing[0]} 登记"
    )
