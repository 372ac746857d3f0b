"""Version 0.1.0, run beside today's program: an attack it does not fall for would test nothing."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from commandline import ROOT, Outcome, environment

REVISION = "8effd41"
ENDLESS = -14
"""The exit code of a run that took too long: it was ended by the signal of an alarm."""

# Loaded once, and then one fork a run: to start anew would take longer than all the attacks.
_SERVER = """
import json, os, signal, sys
from zhenggai.cli.app import main
if sys.platform == "linux":
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
main(["check", "--ledger", sys.argv[1], "--since", "no such revision"])
for line in sys.stdin:
    words, cwd, env, out, err, seconds = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(seconds)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        for number, name in ((1, out), (2, err)):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        code = 70
        try:
            code = int(main(words))
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    os.write(answers, b"%d\\n" % os.waitstatus_to_exitcode(status))
"""
_HEAD = "import os; answers = os.dup(1); os.dup2(2, 1)\n"


@cache
def stored(path: str) -> str:
    """Give a file of that version; skip where the version is not in this clone."""
    done = subprocess.run(
        ["git", "show", f"{REVISION}:{path}"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        skip()
    return done.stdout.decode("utf-8")


def skip() -> None:
    """Say that only half of a test could be run."""
    pytest.skip(
        f"version 0.1.0 ({REVISION}) is not in this clone: the attack was stopped today, "
        "and whether it bites could not be tried; fetch the whole history"
    )


class VersionOne:
    """Version 0.1.0, ready to be run."""

    def __init__(self, folder: Path) -> None:
        """Unpack it into an empty folder; without it, every run skips."""
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        done = subprocess.run(
            ["git", "archive", REVISION, "src", "templates", "ledgers"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        self.is_there = done.returncode == 0
        if self.is_there:
            # Python 3.12 warns without a filter, and the first of 3.10 know of none.
            known: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
                archive.extractall(folder, **known)  # noqa: S202 - our own revision

    def run(
        self,
        *words: str,
        cwd: Path,
        env: Mapping[str, str | None] | None = None,
        seconds: int = 60,
    ) -> Outcome:
        """Run it in a folder; skip where it is not in this clone.

        What would go on for longer ends with ENDLESS for its code, where processes can be forked.
        """
        if not self.is_there:
            skip()
        path = {"PYTHONPATH": str(self._folder / "src")}
        known = environment({"ZHENGGAI_NO_CACHE": "1", **(env or {}), **path})
        if not hasattr(os, "fork"):
            done = subprocess.run(
                [sys.executable, "-m", "zhenggai", *words],
                cwd=cwd,
                env=known,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            return Outcome(done.returncode, done.stdout, done.stderr)
        out, err = self._folder / "out", self._folder / "err"
        asked = json.dumps([words, os.fspath(cwd), known, str(out), str(err), seconds]).encode()
        server = self._started()
        assert server.stdin
        assert server.stdout
        server.stdin.write(asked + b"\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Outcome(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-c", _HEAD + _SERVER, str(self._folder / "ledgers/keji-2021")],
                cwd=self._folder,
                env=environment({"PYTHONPATH": str(self._folder / "src")}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._server

    def stop(self) -> None:
        """End the process."""
        if self._server is not None:
            self._server.communicate()
