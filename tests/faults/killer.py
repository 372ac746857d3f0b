"""Do a piece of work over and over, each time killed one step of a system call later.

Run as a program of its own: `killer.py FOLDER EVERY` logs into a ledger in FOLDER, killed with
SIGKILL at the entry and at the exit of each system call (or of each EVERY-th), and looks after
every kill at what is left. `killer.py FOLDER KILLS SCENARIO` does the same with a command that
writes several files, killed so many times while it is half done (0: at every step). It prints
what it saw as JSON. Linux only: it steps by ptrace.
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
from typing import NamedTuple

from ledger_files import finding, write_ledger
from zhenggai.cli.app import main
from zhenggai.storage.atomic import BUILDING, TEMPORARY
from zhenggai.storage.file_names import JOURNAL, LOCK
from zhenggai.storage.locking import locked

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


class Scenario(NamedTuple):
    """A command that writes several files into a folder, and the command that comes after."""

    words: tuple[str, ...]
    next_words: tuple[str, ...]
    lay_out: Callable[[Path], object] = lambda _: None
    is_new_folder: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the next command changes something else, and does not try the same again."""
        return self.next_words != self.words


_NOTICE = Path(__file__).parents[1] / "notice" / "fixtures" / "a-flat.txt"
_OTHER = "06"
_CLOSE = ("close", "1-5", "--by", "局党组", "--complete", "--today", "2021-05-18", "--ledger")
_INIT, _IMPORT = ("init", "--sample"), ("import", str(_NOTICE), "-o")
_FINDINGS = [f"{number:02d}" for number in range(1, 7)]

SCENARIOS = {
    "close": Scenario(
        _CLOSE,
        ("log", _OTHER, NEXT, *_ARGUMENTS[2:]),
        lambda root: write_ledger(root, dict.fromkeys(_FINDINGS, finding())),
    ),
    "init": Scenario(_INIT, _INIT, is_new_folder=True),
    "init into a folder": Scenario(_INIT, _INIT, Path.mkdir),
    "import": Scenario(_IMPORT, _IMPORT, is_new_folder=True),
}


def _snapshot(folder: Path) -> dict[str, bytes | None]:
    """Give what lies in a folder, without the lock and the finding that the next command changes.

    None stands for a folder.
    """
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
        if path.name not in (LOCK, f"{_OTHER}.yaml")
    }


def _is_left(name: str) -> bool:
    return Path(name).name.startswith(TEMPORARY) or Path(name).name == JOURNAL


def _steps(work: Callable[[], object], place: Path, root: Path) -> tuple[int, list[int]]:
    """Do the work to its end; give its number of steps, and those at which it was half done."""
    process = _child(work, traced=True)
    _, status = os.waitpid(process, 0)
    if not os.WIFSTOPPED(status):
        raise DeniedError
    _ptrace(_SETOPTIONS, process, _KILLED_WITH_US)
    half_done: list[int] = []
    for step in count():
        _ptrace(_SYSCALL, process)
        _, status = os.waitpid(process, 0)
        if not os.WIFSTOPPED(status):
            return step, half_done
        if os.path.lexists(root / JOURNAL) or any(map(_is_left, os.listdir(place))):  # noqa: PTH208
            half_done.append(step + 1)
    raise AssertionError


def kill_scenario(folder: Path, kills: int, scenario: Scenario) -> dict[str, int]:
    """Kill a command at steps; count what was left, and whether the next made it all or nothing."""
    place = folder / "处"
    root = place / "台账"

    def work() -> int:
        return main([*scenario.words, str(root)])

    def lay_out() -> dict[str, bytes | None]:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        scenario.lay_out(root)
        return _snapshot(place)

    old = lay_out()
    with _silent():  # imports what there is to import, before the first fork
        assert work() == 0
    new = _snapshot(place)
    lay_out()
    total, half_done = _steps(work, place, root)
    steps = half_done[:: len(half_done) // kills] if kills else range(total)
    seen = {"kills": 0, "half done": 0, "old": 0, "new": 0}
    for after in steps:
        lay_out()
        if not killed(work, after):
            break
        now = _snapshot(place)
        then = _settled(scenario, root, old, new)
        assert then in (old, new), f"half a change after {after} steps: {sorted(then)}"
        seen["kills"] += 1
        seen["half done"] += any(map(_is_left, now))
        seen["new" if then == new else "old"] += 1
    return seen


def _settled(
    scenario: Scenario, root: Path, old: dict[str, bytes | None], new: dict[str, bytes | None]
) -> dict[str, bytes | None]:
    """Give what a killed command left, with the next command; check that all is whole and clean."""
    place = root.parent
    now = _snapshot(place)
    whole = {name: now[name] for name in now if not name.startswith(BUILDING)}
    for name, content in whole.items():
        assert _is_left(name) or content in (old.get(name), new.get(name)), f"{name} is torn"
    if not scenario.is_new_folder and not scenario.goes_on:
        assert run(lambda: _lock(root)) == 0
        whole = _snapshot(place)
    code = run(lambda: main([*scenario.next_words, str(root)]))
    then = _snapshot(place)
    assert not [name for name in then if _is_left(name)], "something is left behind"
    if scenario.goes_on:
        assert code == 0
        return then
    assert then == new
    return whole


def _lock(root: Path) -> None:
    with locked(root):
        pass


if __name__ == "__main__":
    try:
        if len(sys.argv) > 3:
            figures = kill_scenario(Path(sys.argv[1]), int(sys.argv[2]), SCENARIOS[sys.argv[3]])
        else:
            figures = kill_at_every_step(Path(sys.argv[1]), int(sys.argv[2]))
    except DeniedError:
        sys.exit(DENIED)
    print(json.dumps(figures))  # noqa: T201 - a program of its own
