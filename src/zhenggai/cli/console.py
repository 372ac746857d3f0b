"""Output streams: results go to standard output, messages to standard error."""

import os
import sys
from contextlib import suppress
from shutil import get_terminal_size

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.atomic import current_writes
from zhenggai.views.layout import Screen
from zhenggai.views.screen_text import inert, spelled_out, visible


def screen() -> Screen:
    """Describe where standard output goes: plain text for pipes, NO_COLOR and dumb terminals."""
    if not sys.stdout.isatty():
        return Screen()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or _old_console()
    return Screen(width=get_terminal_size().columns, color=not plain)


def _old_console() -> bool:
    """Whether this is a Windows console that does not understand escape sequences."""
    if sys.platform != "win32":
        return False
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()


def say(text: str, *, is_paged: bool = True) -> None:
    """Write a result that people read to standard output; no line of it is a CI runner's command.

    JSON and CSV have been made inert in their own ways; other forms are said exactly. At a terminal
    that it is longer than it goes through a pager.
    """
    whole = inert(text) + "\n"
    if is_paged and whole.count("\n") >= _lines_of_terminal():
        from zhenggai.cli.pager import paged  # most output is short, or goes to a pipe

        if paged(whole):
            return
    hand_out(whole)


def _lines_of_terminal() -> float:
    """Return how many lines there are to read at; more than any text has where nobody reads."""
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        return float("inf")
    return get_terminal_size().lines


def say_exactly(text: str) -> None:
    """Write a result that programs read to standard output, to the letter."""
    hand_out(text + "\n")


def hand_out(content: str | bytes) -> None:
    """Write to standard output, to the letter and at once.

    Raise RefusedError where it takes no more, on a full disk for instance.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has gone, and knows
        raise
    except OSError as error:
        raise RefusedError(
            f"无法输出结果（{cause(error)}），{what_was_written()}；请腾出空间，或换一个地方输出"
        ) from None


def what_was_written() -> str:
    """Say which files this run has put in place so far."""
    written = current_writes().done
    if not written:
        return "未改动任何文件"
    return f"在这之前已写入：{'、'.join(visible(path.name) for path in written)}"


def tell(*lines: str) -> None:
    """Write a message to standard error, ignoring write errors.

    All that is said there leaves through here: whatever it names, a line stays one line, and acts
    neither on a screen nor on a CI system's runner.
    """
    with suppress(OSError):
        sys.stderr.write("".join(f"{inert(spelled_out(line))}\n" for line in lines))


def ask(question: str) -> bool:
    """Ask at a terminal; elsewhere the answer is no."""
    answer = answered(f"{question}[y/N] ")
    return (answer or "").strip().casefold() in ("y", "yes", "是", "好")


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answered(question: str) -> str | None:
    """Return the line that is typed in answer; None where there is no terminal, '' at its end."""
    if not at_terminal():
        return None
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        return sys.stdin.readline()
    except KeyboardInterrupt:
        tell("")  # what is said next begins a line of its own
        raise
