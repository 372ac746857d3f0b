"""A sign of life while many files are read: after a second, and on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_PATIENCE = 1.0


@contextmanager
def reading(patience: float = _PATIENCE) -> Iterator[Callable[[int, int], None]]:
    """Yield the function to call with how many of how many files are read.

    Nothing is shown before `patience` seconds have passed.
    """
    with ExitStack() as stack:
        start = time.monotonic()
        shown: list[Callable[[int, int], None]] = []

        def progress(done: int, of: int) -> None:
            if not shown and time.monotonic() - start > patience and sys.stderr.isatty():
                shown.append(_bar(stack))
            if shown:
                shown[0](done, of)

        yield progress


def _bar(stack: ExitStack) -> Callable[[int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("正在读取台账"), BarColumn(), MofNCompleteColumn())
    display = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = display.add_task("")
    return lambda done, of: display.update(task, completed=done, total=of)
