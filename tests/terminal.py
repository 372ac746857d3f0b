"""A terminal for the program to run at: what it would show, and a person's keys."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from commandline import environment

# In seconds.
_BLINK, _SOON, _LONG, _PATIENCE = 0.05, 0.1, 5.0, 30.0

# The shell opens the terminal after it has become the leader of a session, so that Ctrl-C acts.
_TAKE = 'exec "$@" <"$0" >"$0" 2>&1'


class Terminal:
    """The program running at a pseudo-terminal of some width, until it ends."""

    def __init__(
        self,
        *words: str,
        cwd: Path,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        encoding: str = "utf-8",
    ) -> None:
        self._encoding = encoding
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._seen = b""
        self._deadline = time.monotonic() + _PATIENCE
        self._running = subprocess.Popen(
            ["/bin/sh", "-c", _TAKE, os.ttyname(slave), sys.executable, "-m", "zhenggai", *words],
            cwd=cwd,
            env=environment({"COLUMNS": None, "LINES": None, **(env or {})}),
            start_new_session=True,
        )
        self._slave: int | None = slave

    def wait_for(self, text: str) -> None:
        """Read until the terminal shows a text."""
        while text.encode(self._encoding) not in self._seen:
            assert self._read(), f"the program ended without {text!r}: {self._seen!r}"

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def end(self, pressing: str = "") -> tuple[int, str]:
        """Wait for the program to end; give its exit code and all that was shown.

        A key is pressed soon, and again if it does nothing for long: Python does not notice a
        Ctrl-C that comes in the moment before it begins to wait for input.
        """
        press_at = time.monotonic() + _SOON
        while self._read():
            if pressing and time.monotonic() > press_at:
                self.type(pressing)
                press_at += _LONG
        code = self._running.wait(_PATIENCE)
        os.close(self._master)
        return code, self._seen.decode(self._encoding).replace("\r\n", "\n")

    def _read(self) -> bool:
        """Take in what is shown within a blink; tell whether more can come."""
        ready, _, _ = select.select([self._master], [], [], _BLINK)
        if ready:
            return self._take_in()
        if self._running.poll() is not None and self._slave is not None:
            os.close(self._slave)  # the last to hold the other end
            self._slave = None
        if time.monotonic() > self._deadline:
            self._running.kill()
            return False
        return True

    def _take_in(self) -> bool:
        try:
            more = os.read(self._master, 1 << 16)
        except OSError:  # Linux: nobody holds the other end any more
            return False
        self._seen += more
        return bool(more)


def at_terminal(
    *words: str, cwd: Path, columns: int = 80, env: Mapping[str, str | None] | None = None
) -> tuple[int, str]:
    """Run the program at a terminal to its end; give its exit code and all that was shown."""
    return Terminal(*words, cwd=cwd, columns=columns, env=env).end()
