"""Reading on all cores: only where it pays, in order, and the same."""

import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from zhenggai.storage.parallel import Spreading, read_together, spread

NAMES = [f"{number}" for number in range(40)]


@pytest.mark.parametrize("worth", [-1.0, 99.0])
def test_what_is_read_comes_in_order_whoever_read_it(worth: float) -> None:
    spreading = Spreading(tried=3, worth=worth, cores=2)
    assert list(spread(int, NAMES, 0, spreading)) == list(range(40))


class _Reading:
    """A ledger that comes to a sum: what it wants is numbers."""

    def __init__(self, *wanted: str) -> None:
        self.wanted = wanted
        self.read = int

    def finish(self, outcomes: list[int]) -> tuple[int, list[int]]:
        return sum(outcomes), outcomes


def test_several_ledgers_share_the_cores_and_the_progress() -> None:
    spreading = Spreading(tried=3, worth=-1.0, cores=2)
    readings = [_Reading("1", "2"), _Reading(), _Reading("3"), _Reading("4", "5", "6")]
    told: list[tuple[int, int]] = []
    ledgers = list(read_together(readings, 0, lambda done, of: told.append((done, of)), spreading))
    assert ledgers == [(3, [1, 2]), (0, []), (3, [3]), (15, [4, 5, 6])]
    assert told == [(done, 6) for done in range(6)]


def test_a_ledger_is_finished_before_the_next_is_read() -> None:
    readings = [_Reading("1", "2"), _Reading("3", "x")]
    ledgers = read_together(readings, 0, lambda _done, _of: None, Spreading(tried=1))
    assert next(ledgers) == (3, [1, 2])
    with pytest.raises(ValueError, match="x"):
        next(ledgers)


def test_others_are_started_when_reading_takes_long_enough() -> None:
    def slowly(name: str) -> int:
        time.sleep(0.01)
        return int(name)

    started: list[int] = []

    def started_for(
        read: Callable[[str], int], names: Sequence[str], _: Spreading
    ) -> Iterator[int]:
        started.append(len(names))
        return map(read, names)

    usual = Spreading(tried=4, cores=2, start=started_for)
    assert list(spread(int, NAMES, 0, usual)) == list(range(40))
    soon = usual._replace(worth=0.1)
    assert list(spread(slowly, NAMES, 1.0, soon)) == list(range(40))  # too dear to hand over
    assert started == []
    assert list(spread(slowly, NAMES, 0, soon)) == list(range(40))
    assert started == [36]
    assert list(spread(slowly, NAMES, 0, soon._replace(cores=1))) == list(range(40))
    assert started == [36]
