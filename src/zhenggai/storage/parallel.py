"""Read many files, in parallel processes where that is faster."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from time import perf_counter
from typing import Any, NamedTuple, Protocol, TypeVar

from zhenggai.model.problem import Problem
from zhenggai.storage.file_names import Progress

_Name = TypeVar("_Name")
_Outcome = TypeVar("_Outcome")
_Finding = TypeVar("_Finding")
_Ledger_co = TypeVar("_Ledger_co", covariant=True)


class Reading(Protocol[_Name, _Outcome, _Ledger_co]):
    """A ledger of which some files are still to be read."""

    @property
    def wanted(self) -> Sequence[_Name]:
        """The names of these files, each alone or several together."""

    @property
    def read(self) -> Callable[[_Name], _Outcome]:
        """What reads what one of them names, in another process if need be."""

    def finish(self, outcomes: list[_Outcome]) -> _Ledger_co:
        """Make the ledger of what was read, in the order of `wanted`."""


def _on_all_cores(
    read: Callable[[_Name], _Outcome], names: Sequence[_Name], spreading: "Spreading"
) -> Iterator[_Outcome]:
    from concurrent.futures import ProcessPoolExecutor

    pool = None
    try:
        pool = ProcessPoolExecutor(spreading.cores, initializer=_leave_interrupting_to_the_first)
        outcomes = pool.map(read, names, chunksize=spreading.at_a_time)
    except (ImportError, NotImplementedError, OSError):  # no semaphores, processes or sockets here
        if pool is not None:
            pool.shutdown(cancel_futures=True)
        yield from map(read, names)
        return
    try:
        yield from outcomes
    finally:
        pool.shutdown(cancel_futures=True)


class Spreading(NamedTuple):
    """When reading is spread over several processes, and how."""

    tried: int = 200
    """So many are read to see how long one takes; below that nothing is worth spreading."""
    worth: float = 0.2
    """What the others have to save, in seconds, to be started: a third goes into starting."""
    at_a_time: int = 50
    """So many are handed to another process at once."""
    cores: int | None = None
    """How many processes there can be; None for as many as the machine has cores."""
    start: Callable[..., Iterator[Any]] = _on_all_cores
    """What reads the rest in other processes: told how to read, the names, and these settings."""


USUAL = Spreading()


def read_together(
    readings: Sequence[Reading[_Name, _Outcome, _Ledger_co]],
    handing_over: float,
    progress: Progress,
    spreading: Spreading = USUAL,
) -> Iterator[_Ledger_co]:
    """Read what is wanted for all of several ledgers, and give one after another."""
    files = [(one.read, name) for one in readings for name in one.wanted]
    with closing(spread(_read_one, files, handing_over, spreading)) as outcomes:
        counted = enumerate(outcomes)
        for one in readings:
            found = []
            for done, outcome in islice(counted, len(one.wanted)):
                progress(done, len(files))
                found.append(outcome)
            yield one.finish(found)


def split_outcomes(
    names: Iterable[str], outcomes: Iterable[tuple[_Finding | None, list[Problem]]]
) -> tuple[tuple[_Finding, ...], tuple[str, ...], list[Problem]]:
    """Split outcomes into findings, names of unreadable files, and problems."""
    findings, unreadable, problems = [], [], []
    for name, (finding, found) in zip(names, outcomes, strict=True):
        problems += found
        if finding is None:
            unreadable.append(name)
        else:
            findings.append(finding)
    return tuple(findings), tuple(unreadable), problems


def _read_one(file: tuple[Callable[[_Name], _Outcome], _Name]) -> _Outcome:
    read, name = file
    return read(name)


def spread(
    read: Callable[[_Name], _Outcome],
    names: Sequence[_Name],
    handing_over: float,
    spreading: Spreading = USUAL,
) -> Generator[_Outcome, None, None]:
    """Yield what is read of each name, in order.

    `handing_over` is how long, in seconds, it takes to get one result from another process. What
    is read and how must be such that it can be sent there.
    """
    begun = perf_counter()
    tried = [read(name) for name in names[: spreading.tried]]
    each = (perf_counter() - begun) / spreading.tried
    yield from tried
    rest = names[spreading.tried :]
    cores = spreading.cores or os.cpu_count() or 1
    saved = len(rest) * (each - each / cores - handing_over)
    is_worth_it = saved > spreading.worth
    yield from spreading.start(read, rest, spreading) if is_worth_it else map(read, rest)


def _leave_interrupting_to_the_first() -> None:
    """Let Ctrl-C end the process that the user started, which then ends the others."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
