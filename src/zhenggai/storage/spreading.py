"""Many files read one after another, or on all cores when that pays for starting them."""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from time import perf_counter
from typing import TypeVar

_Read = TypeVar("_Read")

# So many are read to see how long one takes; below that nothing is worth spreading.
TRIED = 200
# What the other processes have to save, in seconds, to be started: a third goes into starting.
WORTH = 0.2
_AT_A_TIME = 50


def spread(
    read: Callable[[str], _Read], names: Sequence[str], handing_over: float
) -> Iterator[_Read]:
    """Give what is read of each name, in order.

    `handing_over` is how long, in seconds, it takes to get one result from another process. What
    is read and how must be such that it can be sent there.
    """
    begun = perf_counter()
    tried = [read(name) for name in names[:TRIED]]
    rest = names[TRIED:]
    each = (perf_counter() - begun) / TRIED
    saved = len(rest) * (each - each / (os.cpu_count() or 1) - handing_over)
    return chain(tried, _on_all_cores(read, rest) if saved > WORTH else map(read, rest))


def _on_all_cores(read: Callable[[str], _Read], names: Sequence[str]) -> Iterator[_Read]:
    from concurrent.futures import ProcessPoolExecutor

    try:
        pool = ProcessPoolExecutor(initializer=_leave_interrupting_to_the_first)
    except (ImportError, NotImplementedError, OSError):  # no semaphores here
        yield from map(read, names)
        return
    try:
        yield from pool.map(read, names, chunksize=_AT_A_TIME)
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupting_to_the_first() -> None:
    """Let Ctrl-C end the process that the user started, which then ends the others."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
