"""Progress figures: findings per stage, grouped by aspect, department or otherwise."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from zhenggai.ledger.standing import Line
from zhenggai.model.terms import Grouping, Stage, Timing

UNASSIGNED = "（未填写）"


class Tally(NamedTuple):
    """The findings of one group: the five stages add up to `count`."""

    label: str
    count: int  # type: ignore[assignment]  # what a tuple's own would count is of no use
    closed: int
    awaiting_closing: int
    in_progress: int
    not_started: int
    sustained: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """Completion: closed ÷ all, from 0 to 1; None without findings.

        基本完成 is not counted, as published notices do not count it.
        """
        return self.closed / self.count if self.count else None


def tally(label: str, lines: Iterable[Line]) -> Tally:
    """Count a group's findings by stage."""
    counts = dict.fromkeys(Stage, 0)
    overdue = 0
    for line in lines:
        counts[line.standing.stage] += 1
        overdue += line.standing.timing is Timing.OVERDUE
    return Tally(
        label=label,
        count=sum(counts.values()),
        closed=counts[Stage.CLOSED],
        awaiting_closing=counts[Stage.AWAITING_CLOSING],
        in_progress=counts[Stage.IN_PROGRESS],
        not_started=counts[Stage.NOT_STARTED],
        sustained=counts[Stage.SUSTAINED],
        overdue=overdue,
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
    for line in lines:
        for label in labels_of(line):
            groups.setdefault(label or UNASSIGNED, []).append(line)
    labels = sorted(groups, key=lambda label: _rank(label, declared, len(groups[label])))
    return [tally(label, groups[label]) for label in labels], tally("合计", lines)


def _rank(label: str, order: Sequence[str], size: int) -> tuple[bool, int, int]:
    place = order.index(label) if label in order else len(order)
    return label == UNASSIGNED, place, -size


# The groups a line counts in; nothing filled in is a group, too.
_LABELS: dict[Grouping, Callable[[Line], Iterable[str | None]]] = {
    Grouping.ASPECT: lambda line: (line.row.aspect,),
    Grouping.DEPARTMENT: lambda line: dict.fromkeys(line.row.departments) or (None,),
    Grouping.LEADER: lambda line: (line.row.leader,),
    Grouping.OWNER: lambda line: (line.row.owner,),
    Grouping.KIND: lambda line: (line.row.kind.value,),
    Grouping.LEDGER: lambda line: (line.ledger,),
}


def warned(lines: Iterable[Line], timing: Timing) -> list[Line]:
    """Return the lines of one timing, most urgent first."""
    chosen = [line for line in lines if line.standing.timing is timing]
    return sorted(chosen, key=urgency)


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
