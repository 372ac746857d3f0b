"""Page through what is longer than the terminal, with the keys in its last line.

A pager of our own: `less` spoils Chinese in its last line, and Windows has none.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from shutil import get_terminal_size

from zhenggai.views.screen_text import width

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_ERASED = "\r\x1b[K"
_NEXT = (" ", "\r", "\n", "f", "j", "n", "\x1b[6~", "\x1b[B", "\xe0Q", "\xe0P", "\x00Q", "\x00P")
_BACK = ("b", "k", "p", "\x1b[5~", "\x1b[A", "\xe0I", "\xe0H", "\x00I", "\x00H")
_REST = ("e", "G", "\x1b[F", "\x1bOF", "\xe0O")
_LEAVE = ("q", "Q", "\x1b", "\x03", "\x04")


def paged(text: str) -> bool:
    """Show a text page by page at the terminal; tell whether that was done.

    ZHENGGAI_PAGER names another program to do it; where it is empty all is shown at once.
    """
    chosen = os.environ.get("ZHENGGAI_PAGER")
    if chosen is not None:
        return _handed_over(chosen, text)
    if os.environ.get("TERM") == "dumb":
        return False
    with _keys() as typed:
        if typed is None:
            return False
        _leaf(text.removesuffix("\n").split("\n"), typed)
    return True


def _handed_over(command: str, text: str) -> bool:
    """Have a program of the user's own show a text; tell whether there was one."""
    try:
        words = shlex.split(command, posix=sys.platform != "win32")
        if not words:
            return False
        running = subprocess.Popen(words, stdin=subprocess.PIPE)  # noqa: S603 - the user's own
    except (OSError, ValueError):
        return False
    with running, suppress(OSError):  # it was left before the end
        running.communicate(text.encode(sys.stdout.encoding, sys.stdout.errors or "strict"))
    return True


def _leaf(lines: Sequence[str], typed: Iterator[str]) -> None:
    """Show page after page as the keys say."""
    pages = list(_pages(lines))
    at = 0
    while True:
        sys.stdout.write("".join(f"{line}\n" for line in pages[at]))
        if at + 1 == len(pages):
            break
        sys.stdout.write(
            f"第{at + 1}页，共{len(pages)}页  空格：下一页  b：上一页  e：全部  q：退出"
        )
        sys.stdout.flush()
        key = _meaningful_key(typed)
        sys.stdout.write(_ERASED)
        if key in _LEAVE:
            break
        if key in _REST:
            sys.stdout.write("".join(f"{line}\n" for page in pages[at + 1 :] for line in page))
            break
        at = max(0, at - 1) if key in _BACK else at + 1
    sys.stdout.flush()


def _pages(lines: Sequence[str]) -> Iterator[list[str]]:
    """Part lines into pages, with a line left for the keys."""
    columns, rows = get_terminal_size()
    page: list[str] = []
    room = rows - 1
    for line in lines:
        high = max(1, -(-width(_ESCAPE.sub("", line)) // max(1, columns)))
        if page and high > room:
            yield page
            page, room = [], rows - 1
        page.append(line)
        room -= high
    yield page


def _meaningful_key(typed: Iterator[str]) -> str:
    """Wait for a key that says what to do; Ctrl-C leaves the pages, and nothing else."""
    known = {*_NEXT, *_BACK, *_REST, *_LEAVE}
    try:
        return next((key for key in typed if key in known), "q")
    except KeyboardInterrupt:
        return "q"


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _keys() -> Iterator[Iterator[str] | None]:
        """Yield the keys that are pressed, one by one."""
        yield _pressed()

    def _pressed() -> Iterator[str]:
        while True:
            key = msvcrt.getwch()
            yield key + msvcrt.getwch() if key in "\x00\xe0" else key

else:
    import termios
    import tty

    @contextmanager
    def _keys() -> Iterator[Iterator[str] | None]:
        """Yield the keys that are pressed, one by one and unseen; None where none can be."""
        try:
            before = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        except (OSError, termios.error):
            yield None
            return
        try:
            yield _pressed()
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    _ONE_KEY = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|\x1bO.|.", re.DOTALL)

    def _pressed() -> Iterator[str]:
        """Yield each key, until no more come; several may come in at once."""
        while typed := os.read(sys.stdin.fileno(), 64):
            yield from _ONE_KEY.findall(typed.decode("utf-8", "replace"))
