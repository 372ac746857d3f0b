"""Real shells with the completion installed, and a person who types and presses Tab."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from commandline import environment

TAB, ENTER = "\t", "\r"
_PATIENCE = 10.0

# What the shell runs in place of the program shows how it understood the line.
_SHOW = '{ case $1 in complete-*) command zhenggai "$@";; *) printf \'<%s>\' "$@"; echo .;; esac; }'
# An option at one go; no bell, no paging, no question whether all are to be shown.
_READLINE = (
    "show-all-if-ambiguous on",
    "completion-query-items 0",
    "page-completions off",
    "bell-style none",
    "enable-bracketed-paste off",
)

BASH = (
    ["bash", "--norc", "--noprofile", "-i"],
    ["source <(zhenggai completion bash)", *(f"bind 'set {one}'" for one in _READLINE)],
)
ZSH = (
    ["zsh", "-f", "-i"],
    [
        "autoload -Uz compinit && compinit -D -u",
        "source <(zhenggai completion zsh)",
        "unsetopt prompt_sp prompt_cr beep; unset zle_bracketed_paste; LISTMAX=0",
    ],
)


def program(folder: Path) -> Path:
    """Write the program under its name, as an installation would, for a shell to find."""
    folder.mkdir()
    script = folder / "zhenggai"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zhenggai "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def surroundings(programs: Path) -> dict[str, str]:
    """Give the environment of a shell whose user has the program on the PATH."""
    return environment(
        {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            "COLUMNS": None,
            "HISTFILE": os.devnull,
        }
    )


class AtTheShell:
    """An interactive shell in a folder; what is typed is taken as from a keyboard."""

    def __init__(self, shell: tuple[list[str], list[str]], cwd: Path, env: dict[str, str]) -> None:
        command, setup = shell
        self._master, slave = pty.openpty()
        self._running = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self._typed(f"stty cols 200; PS1='@ '; {'; '.join(setup)}{ENTER}")
        self._typed(f"zhenggai() {_SHOW}{ENTER}")
        self._typed(f"echo rea''dy{ENTER}")
        self._shown_until("ready")

    def press(self, keys: str) -> str:
        """Type on the command line and press Enter; give all that was shown by then."""
        self._typed(keys + ENTER)
        self._typed(f"echo do''ne{ENTER}")
        return self._shown_until("done")

    def understood(self, keys: str) -> list[str]:
        """Give the words the program would have been run with."""
        shown = self.press(keys)
        start = shown.rindex("\n<") + 2
        return shown[start : shown.index(">.", start)].split("><")

    def close(self) -> None:
        self._running.kill()
        self._running.wait(_PATIENCE)
        os.close(self._master)

    def _typed(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def _shown_until(self, text: str) -> str:
        seen, deadline = b"", time.monotonic() + _PATIENCE
        while f"\n{text}".encode() not in seen:
            assert time.monotonic() < deadline, seen.decode(errors="replace")
            ready, _, _ = select.select([self._master], [], [], 0.1)
            if ready:
                seen += os.read(self._master, 1 << 16)
        return seen.decode(errors="replace").replace("\r\n", "\n")
