"""Many findings read in outline: on all cores when there are enough of them to pay for it."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from zhenggai.core.outline import outline
from zhenggai.storage.folder import read_finding_file
from zhenggai.storage.index import Outcome

# Below, starting the others takes longer than they save.
MANY = 4000
_AT_A_TIME = 200


def read_outlines(root: Path, names: list[str]) -> Iterator[Outcome]:
    """Read findings in order; there is no outline of one that has errors."""
    read = partial(_read, root)
    if len(names) < MANY or (os.cpu_count() or 1) == 1:
        return map(read, names)
    return _on_all_cores(read, names)


def _read(root: Path, name: str) -> Outcome:
    finding, problems = read_finding_file(root, "", name)
    return (outline(finding) if finding else None), problems


def _on_all_cores(read: "partial[Outcome]", names: Iterable[str]) -> Iterator[Outcome]:
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
