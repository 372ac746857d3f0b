"""Where the measures of a finding stand on a day: derived from its timeline, never stored.

A measure's own deadline is told apart from its finding's: a late measure leaves the timing of its
finding alone.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.journal import Journal
from zhenggai.ledger.register import Timeline
from zhenggai.model.terms import Progression

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Finding


class MeasureStanding(NamedTuple):
    """Where one measure (counted from 1) stands on one day.

    `done_on` is None while it is open. `stated` is its own deadline as it was last written,
    `deadline` the same moved from a day off where the ledger says so; both are None for a measure
    that has none of its own. `days_left` counts to it, is negative once it has passed, and None
    where there is nothing to wait for. `extensions` are how often it was moved on record.
    """

    number: int
    done_on: date | None
    stated: date | None
    deadline: date | None
    days_left: int | None
    extensions: int

    @property
    def is_late(self) -> bool:
        """Whether the measure is open past its own deadline."""
        return self.days_left is not None and self.days_left < 0


def measure_standings(
    journal: Journal, timeline: Timeline, today: date, *, is_open: bool
) -> list[MeasureStanding]:
    """Return where each measure stands; `is_open` tells whether its finding is still open."""
    return [
        _measure_standing(
            journal, number, done, today, is_open=is_open and _is_there(timeline, number, today)
        )
        for number, done in enumerate(timeline.done, start=1)
    ]


def _is_there(timeline: Timeline, number: int, today: date) -> bool:
    """Whether a measure was there on the day: one that was added later was not."""
    added = timeline.added[number - 1] if timeline.added else None
    return added is None or added <= today


def _measure_standing(
    journal: Journal, number: int, done: date | None, today: date, *, is_open: bool
) -> MeasureStanding:
    done_on = done if done is not None and done <= today else None
    deadline = journal.measure_deadline(number)
    runs = is_open and done_on is None and deadline is not None
    return MeasureStanding(
        number=number,
        done_on=done_on,
        stated=journal.measure_stated(number),
        deadline=deadline,
        days_left=(deadline - today).days if runs and deadline else None,
        extensions=len(journal.measure_extensions.get(number, ())),
    )


def late_measures(
    journal: Journal, timeline: Timeline, today: date, *, is_open: bool
) -> tuple[MeasureStanding, ...]:
    """Return the measures that are open past their own deadline."""
    if not (is_open and timeline.dues):
        return ()
    found = measure_standings(journal, timeline, today, is_open=is_open)
    return tuple(one for one in found if one.is_late)


class ManifestationStanding(NamedTuple):
    """How far one 具体表现 (counted from 1) has come, and the numbers of the measures for it.

    Without a measure for it nothing is known (`progression` None).
    """

    number: int
    measures: tuple[int, ...]
    progression: Progression | None


def manifestation_standings(finding: "Finding", today: date) -> list[ManifestationStanding]:
    """Return how far each manifestation has come; none where no measure says which it is for."""
    if all(one.manifestation is None for one in finding.measures):
        return []
    return [
        _manifestation_standing(finding, number, today)
        for number in range(1, 1 + len(finding.manifestations))
    ]


def _manifestation_standing(finding: "Finding", number: int, today: date) -> ManifestationStanding:
    meant = [
        (place, one)
        for place, one in enumerate(finding.measures, start=1)
        if one.manifestation == number
    ]
    done = [one.done_on is not None and one.done_on <= today for _, one in meant]
    return ManifestationStanding(number, tuple(place for place, _ in meant), _progression(done))


def _progression(done: Sequence[bool]) -> Progression | None:
    if not done:
        return None
    if all(done):
        return Progression.DONE
    return Progression.IN_PROGRESS if any(done) else Progression.NOT_STARTED
