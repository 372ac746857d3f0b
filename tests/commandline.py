"""The program as its users run it: what a run gives back, and runs in a process of their own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "ledgers" / "keji-2021"

# How Python runs is not for the machine to say: without compiled modules every start would take
# several times as long, and unbuffered it does not notice a reader that goes away halfway.
_PYTHONS_OWN = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONIOENCODING")


class Outcome(NamedTuple):
    """What a run of the program leaves: its exit code and what it wrote."""

    code: int
    out: str
    err: str


class Zhenggai(Protocol):
    """Runs the program with these words on the command line."""

    def __call__(self, *args: str) -> Outcome: ...


def environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Give this process's environment with changes; None takes a variable away."""
    merged = dict(os.environ) | dict.fromkeys(_PYTHONS_OWN) | dict(changes or {})
    return {name: value for name, value in merged.items() if value is not None}


def python(
    *args: str,
    cwd: Path | None = None,
    env: Mapping[str, str | None] | None = None,
    timeout: float = 60,
) -> Outcome:
    """Run Python in a process of its own, its output read through pipes."""
    done = subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def process(
    *args: str,
    cwd: Path | None = None,
    env: Mapping[str, str | None] | None = None,
) -> Outcome:
    """Run the program in a process of its own, its output read through pipes."""
    return python("-m", "zhenggai", *args, cwd=cwd, env=env)
