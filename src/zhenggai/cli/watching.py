"""`status --watch`: what is shown at a terminal is drawn again whenever a file changes."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.console import hand_out, tell
from zhenggai.cli.ledger_access import asked_folder, clock
from zhenggai.errors import WrongUsageError, ZhenggaiError
from zhenggai.storage.discovery import current_folder, find_ledgers
from zhenggai.storage.file_times import Seen, file_times
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from datetime import date

_INTERVAL = 1.0  # seconds
_CLEARED = "\x1b[H\x1b[2J\x1b[3J"
_ZONE = "Asia/Shanghai"


def watch(asked: str | None, draw: Callable[[], object]) -> None:
    """Draw now, and again each time that a ledger's files change or a day begins, until Ctrl-C.

    A change is seen by the times of files and folders. What cannot be read at the moment, while an
    editor saves it for instance, is told and drawn with the next change. Raise WrongUsageError
    where there is no terminal, or one that cannot be cleared.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise WrongUsageError("--watch 只能在终端里用；输出到管道或文件的，去掉 --watch")
    try:
        while True:
            seen = list(watched_state(asked))
            hand_out(_CLEARED)
            try:
                draw()
            except ZhenggaiError as error:
                tell(f"错误：{visible(str(error))}")
            hand_out("台账有改动时自动刷新；按Ctrl+C结束\n")
            while _is_same(asked, seen):
                pass
    except KeyboardInterrupt:
        hand_out("\n")


def _is_same(asked: str | None, seen: "list[Seen | date]") -> bool:
    """Wait a while, longer where looking takes long; tell whether all is as it was then."""
    start = time.monotonic()
    state = list(watched_state(asked))
    if state != seen:
        return False
    time.sleep(_INTERVAL + 4 * (time.monotonic() - start))
    return True


def watched_state(
    asked: str | None, time_zones: Iterable[str] = (_ZONE,)
) -> "Iterator[Seen | date]":
    """Yield what is no longer the same when the ledgers' files have changed, or a day has begun."""
    for zone in sorted(time_zones):
        yield clock(zone)
    for root in _roots(asked):
        yield from file_times(root)


def _roots(asked: str | None) -> list[Path]:
    try:
        return find_ledgers(asked_folder(asked), current_folder())
    except WrongUsageError:  # gone just now, and perhaps back soon
        return []
