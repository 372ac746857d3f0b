"""Progress figures: findings per stage, grouped by aspect, department or otherwise."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from zhenggai.ledger.standing import Line
from zhenggai.model.terms import Grouping, Stage, Timing

UNASSIGNED = "（未填写）"


class Rate(NamedTuple):
    """A rate with its basis: how many of how many; no rate where there are none."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The rate from 0 to 1, None without a denominator."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def tenths(self) -> int:
        """The rate in tenths of a per cent, halves rounded up, 0 without a denominator."""
        twice = 2 * self.denominator
        return (2000 * self.numerator + self.denominator) // twice if twice else 0

    def as_dict(self) -> dict[str, float | None]:
        """Return the rate and its basis by name."""
        return {**self._asdict(), "rate": self.value}


class Tally(NamedTuple):
    """The findings of one group: the seven stages add up to `count`.

    Findings withdrawn from the register (撤销登记) are in none of the figures. `measures` are all
    measures, `measures_done` those done; `rectified` is what 整改完成率 counts, `recognised` and
    `rejected` what the authority above accepted and did not.
    """

    label: str
    count: int  # type: ignore[assignment]  # what a tuple's own would count is of no use
    closed: int
    awaiting_application: int
    awaiting_review: int
    awaiting_approval: int
    in_progress: int
    not_started: int
    sustained: int
    overdue: int
    measures: int
    measures_done: int
    rectified: int
    recognised: int
    rejected: int

    @property
    def awaiting_closing(self) -> int:
        """The findings of which all that is left is to strike them off (待销号)."""
        return self.awaiting_application + self.awaiting_review + self.awaiting_approval

    @property
    def measure_rate(self) -> Rate:
        """措施完成率: done measures ÷ all measures."""
        return Rate(self.measures_done, self.measures)

    @property
    def rectification_rate(self) -> Rate:
        """整改完成率: findings that await closing or are closed ÷ all.

        基本完成 counts only in ledgers that say so (长期坚持计入完成).
        """
        return Rate(self.rectified, self.count)

    @property
    def closing_rate(self) -> Rate:
        """销号率: closed findings ÷ all, by the unit's own closing."""
        return Rate(self.closed, self.count)

    @property
    def recognition_rate(self) -> Rate:
        """认可率: findings that the authority above accepted ÷ all."""
        return Rate(self.recognised, self.count)


def counted(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that figures are made of: those not withdrawn."""
    return [line for line in lines if not line.standing.withdrawn]


def tally(label: str, lines: Iterable[Line]) -> Tally:
    """Count a group's findings by stage, and its measures."""
    counts = dict.fromkeys(Stage, 0)
    overdue = measures = done = rectified = recognised = rejected = 0
    for line in counted(lines):
        standing = line.standing
        counts[standing.stage] += 1
        overdue += standing.timing is Timing.OVERDUE
        measures += standing.measures
        done += standing.measures_done
        rectified += standing.rectified
        recognised += standing.recognised is True
        rejected += standing.recognised is False
    stages = {stage.identifier: number for stage, number in counts.items()}
    return Tally(
        label=label,
        count=sum(counts.values()),
        overdue=overdue,
        measures=measures,
        measures_done=done,
        rectified=rectified,
        recognised=recognised,
        rejected=rejected,
        **stages,
    )


def summarise(
    lines: Sequence[Line], by: Grouping, declared: Sequence[str] = ()
) -> tuple[list[Tally], Tally]:
    """Return one tally per group and the total.

    A finding of several departments counts in each of them and once in the total. The declared
    groups come first and in their order, even when empty, the others after them by size; what is
    not filled in comes last.
    """
    groups: dict[str, list[Line]] = {label: [] for label in declared}
    labels_of = _LABELS[by]
    for line in counted(lines):
        for label in labels_of(line):
            groups.setdefault(label or UNASSIGNED, []).append(line)
    places = {label: place for place, label in reversed(list(enumerate(declared)))}
    labels = sorted(groups, key=lambda label: _rank(label, places, len(groups[label])))
    return [tally(label, groups[label]) for label in labels], tally("合计", lines)


def _rank(label: str, places: Mapping[str, int], size: int) -> tuple[bool, int, int]:
    return label == UNASSIGNED, places.get(label, len(places)), -size


# The groups a line counts in; nothing filled in is a group, too.
_LABELS: dict[Grouping, Callable[[Line], Iterable[str | None]]] = {
    Grouping.ASPECT: lambda line: (line.row.aspect,),
    Grouping.DEPARTMENT: lambda line: dict.fromkeys(line.row.departments) or (None,),
    Grouping.LEADER: lambda line: (line.standing.leader,),
    Grouping.OWNER: lambda line: (line.standing.owner,),
    Grouping.KIND: lambda line: (line.row.kind.value,),
    Grouping.CATEGORY: lambda line: (line.row.further("category"),),
    Grouping.LEDGER: lambda line: (line.ledger,),
}


def warned(lines: Iterable[Line], timing: Timing) -> list[Line]:
    """Return the lines of one timing, most urgent first."""
    chosen = [line for line in counted(lines) if line.standing.timing is timing]
    return sorted(chosen, key=urgency)


def undecided(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that were applied for and wait for a decision, the longest wait first."""
    waiting = (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)
    chosen = [line for line in counted(lines) if line.standing.stage in waiting]
    return sorted(chosen, key=lambda line: -(line.standing.waiting_days or 0))


def urgency(line: Line) -> tuple[int, int, str, int]:
    """Order lines from the most overdue to the least pressing; stale ones by idleness."""
    state = line.standing
    far = 10**6
    left = far if state.days_left is None else state.days_left
    pressing = state.timing in (Timing.OVERDUE, Timing.DUE_SOON)
    return (
        left if pressing else far,
        -(state.idle_days or 0),
        line.ledger,
        line.row.number,
    )
