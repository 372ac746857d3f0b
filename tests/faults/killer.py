"""Do a piece of work over and over, each time killed one step of a system call later.

Run as a program of its own: `killer.py FOLDER [EVERY]` logs into a ledger in FOLDER, killed with
SIGKILL at the entry and at the exit of each system call (or of each EVERY-th), and looks after
every kill at what is left. It prints what it saw as JSON. Linux only: it steps by ptrace.
"""

import ctypes
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from zhenggai.cli.app import main

DENIED = 77
"""The exit code where the machine lets no process trace another."""

_TRACEME, _CONT, _SYSCALL, _SETOPTIONS = 0, 7, 24, 0x4200
_KILLED_WITH_US = 0x100000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long

OLD_NOTE, NOTE, NEXT = "初稿已成", "会议制度已印发", "下一次督查"
_ARGUMENTS = ("log", "7", "--today", "2021-05-18", "--ledger")


class DeniedError(Exception):
    """Tracing is not permitted."""


def _ptrace(request: int, process: int, data: int = 0) -> None:
    if _libc.ptrace(request, process, None, data) < 0:
        raise DeniedError(os.strerror(ctypes.get_errno()))


def _child(work: Callable[[], object], *, traced: bool) -> int:
    """Fork a process that does the work and ends with its result; give its id."""
    process = os.fork()
    if process:
        return process
    code = DENIED
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        if traced:
            _ptrace(_TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        code = int(bool(work()))
    finally:
        os._exit(code)


def run(work: Callable[[], object]) -> int:
    """Do the work to its end in a process of its own; give its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(_child(work, traced=False), 0)[1])


def killed(work: Callable[[], object], after: int) -> bool:
    """Do the work in a process of its own, killed so many steps in; False where it ended first."""
    process = _child(work, traced=True)
    _, status = os.waitpid(process, 0)
    if not os.WIFSTOPPED(status):
        raise DeniedError
    _ptrace(_SETOPTIONS, process, _KILLED_WITH_US)
    for _ in range(after):
        _ptrace(_SYSCALL, process)
        _, status = os.waitpid(process, 0)
        if not os.WIFSTOPPED(status):
            return False
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True


@contextmanager
def _silent() -> Iterator[None]:
    real = os.dup(1), os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(real[0], 1)
        os.dup2(real[1], 2)


def _log(root: Path, note: str) -> int:
    return main([*_ARGUMENTS, str(root), note])


def kill_at_every_step(folder: Path, every: int) -> dict[str, int]:
    """Kill a `log` at each step; count how often the file was the old one and the new one."""
    pristine, root, aside = folder / "原样", folder / "台账", folder / "改好"
    shutil.copytree(pristine, aside)
    with _silent():  # what the program imports on the way is imported before the first fork
        assert _log(aside, NOTE) == 0
    old, new = (pristine / "07.yaml").read_bytes(), (aside / "07.yaml").read_bytes()
    others = {path.name: path.read_bytes() for path in pristine.iterdir() if path.stem != "07"}
    seen = {"kills": 0, "old": 0, "new": 0, "left behind": 0, "bytes compared": 0}
    for after in count(0, every):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(pristine, root)
        if not killed(lambda: _log(root, NOTE), after):
            return seen
        now = (root / "07.yaml").read_bytes()
        assert now in (old, new), f"torn after {after} steps: {now!r}"
        assert all((root / name).read_bytes() == content for name, content in others.items())
        seen["kills"] += 1
        seen["bytes compared"] += len(now) + sum(map(len, others.values()))
        seen["new" if now == new else "old"] += 1
        seen["left behind"] += len(list(root.glob(".zhenggai-*")))
        assert run(lambda: _log(root, NEXT)) == 0
        text = (root / "07.yaml").read_text(encoding="utf-8")
        assert text.encode().startswith(now)
        assert text.endswith(f"    情况: {NEXT}\n")
        assert not list(root.glob(".zhenggai-*")), f"left behind after {after} steps"
    raise AssertionError


if __name__ == "__main__":
    try:
        figures = kill_at_every_step(Path(sys.argv[1]), int(sys.argv[2]))
    except DeniedError:
        sys.exit(DENIED)
    print(json.dumps(figures))  # noqa: T201 - a program of its own
