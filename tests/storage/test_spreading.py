"""Reading on all cores: only where it pays, in order, and the same."""

import os
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from zhenggai.storage import spreading
from zhenggai.storage.spreading import spread

NAMES = [f"{number}" for number in range(40)]


def test_what_is_read_comes_in_order_whoever_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(spreading, "TRIED", 3)
    for worth in (-1.0, 99.0):
        monkeypatch.setattr(spreading, "WORTH", worth)
        assert list(spread(int, NAMES, 0)) == list(range(40))


def test_others_are_started_when_reading_takes_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(name: str) -> int:
        time.sleep(0.01)
        return int(name)

    started: list[int] = []

    def started_for(read: Callable[[str], int], names: Sequence[str]) -> Iterator[int]:
        started.append(len(names))
        return map(read, names)

    monkeypatch.setattr(spreading, "TRIED", 4)
    monkeypatch.setattr(spreading, "_on_all_cores", started_for)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert list(spread(int, NAMES, 0)) == list(range(40))
    monkeypatch.setattr(spreading, "WORTH", 0.1)
    assert list(spread(slowly, NAMES, 1.0)) == list(range(40))  # too dear to hand over
    assert started == []
    assert list(spread(slowly, NAMES, 0)) == list(range(40))
    assert started == [36]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert list(spread(slowly, NAMES, 0)) == list(range(40))
    assert started == [36]
