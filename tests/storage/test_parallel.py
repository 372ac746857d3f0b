"""Reading on all cores: only where it pays, in order, and the same."""

import os
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from zhenggai.storage import parallel
from zhenggai.storage.parallel import finished, spread

NAMES = [f"{number}" for number in range(40)]


def test_what_is_read_comes_in_order_whoever_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel, "TRIED", 3)
    for worth in (-1.0, 99.0):
        monkeypatch.setattr(parallel, "WORTH", worth)
        assert list(spread(int, NAMES, 0)) == list(range(40))


class _Reading:
    """A ledger that comes to a sum: what it wants is numbers."""

    def __init__(self, *wanted: str) -> None:
        self.wanted = wanted
        self.read = int

    def finish(self, outcomes: list[int]) -> tuple[int, list[int]]:
        return sum(outcomes), outcomes


def test_several_ledgers_share_the_cores_and_the_progress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel, "TRIED", 3)
    monkeypatch.setattr(parallel, "WORTH", -1.0)
    readings = [_Reading("1", "2"), _Reading(), _Reading("3"), _Reading("4", "5", "6")]
    told: list[tuple[int, int]] = []
    ledgers = list(finished(readings, 0, lambda done, of: told.append((done, of))))
    assert ledgers == [(3, [1, 2]), (0, []), (3, [3]), (15, [4, 5, 6])]
    assert told == [(done, 6) for done in range(6)]


def test_a_ledger_is_finished_before_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "TRIED", 1)
    ledgers = finished([_Reading("1", "2"), _Reading("3", "x")], 0, lambda _done, _of: None)
    assert next(ledgers) == (3, [1, 2])
    with pytest.raises(ValueError, match="x"):
        next(ledgers)


def test_others_are_started_when_reading_takes_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(name: str) -> int:
        time.sleep(0.01)
        return int(name)

    started: list[int] = []

    def started_for(read: Callable[[str], int], names: Sequence[str]) -> Iterator[int]:
        started.append(len(names))
        return map(read, names)

    monkeypatch.setattr(parallel, "TRIED", 4)
    monkeypatch.setattr(parallel, "_on_all_cores", started_for)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert list(spread(int, NAMES, 0)) == list(range(40))
    monkeypatch.setattr(parallel, "WORTH", 0.1)
    assert list(spread(slowly, NAMES, 1.0)) == list(range(40))  # too dear to hand over
    assert started == []
    assert list(spread(slowly, NAMES, 0)) == list(range(40))
    assert started == [36]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert list(spread(slowly, NAMES, 0)) == list(range(40))
    assert started == [36]
