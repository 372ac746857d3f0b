"""Progress display while many files are read: after one second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_PATIENCE = 1.0

_Told = Callable[[int, int], None]


@contextmanager
def reading(patience: float = _PATIENCE) -> Iterator[_Told]:
    """Yield the function to call with how many of how many files are read.

    Nothing is shown before `patience` seconds have passed.
    """
    with _shown_later("正在读取台账", patience, in_bytes=False) as progress:
        yield progress


@contextmanager
def digesting(patience: float = _PATIENCE) -> Iterator[_Told]:
    """Yield the function to call with how many of how many bytes are read of some evidence."""
    with _shown_later("正在核对佐证材料", patience, in_bytes=True) as progress:
        yield progress


@contextmanager
def mapping(patience: float = _PATIENCE) -> Iterator[_Told]:
    """Yield the function to call with how many of how many findings of a table are read."""
    with _shown_later("正在识别表格", patience, in_bytes=False) as progress:
        yield progress


@contextmanager
def _shown_later(words: str, patience: float, *, in_bytes: bool) -> Iterator[_Told]:
    with ExitStack() as stack:
        start = time.monotonic()
        shown: list[_Told] = []

        def progress(done: int, of: int) -> None:
            if not shown and time.monotonic() - start > patience and sys.stderr.isatty():
                shown.append(_bar(stack, words, in_bytes=in_bytes))
            if shown:
                shown[0](done, of)

        yield progress


def _bar(stack: ExitStack, words: str, *, in_bytes: bool) -> _Told:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    amount = DownloadColumn(binary_units=True) if in_bytes else MofNCompleteColumn()
    columns = (TextColumn(words), BarColumn(), amount)
    display = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = display.add_task("")
    return lambda done, of: display.update(task, completed=done, total=of)
