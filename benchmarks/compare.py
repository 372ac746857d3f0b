"""Run zhenggai beside its peers on the same work, interleaved; print versions, medians, ratios.

    python benchmarks/compare.py [--rounds 9] [--sizes 19 1000 10000] [--folder /tmp/zhenggai-bench]

What is not installed is left out: task (Debian's taskwarrior), todo (todoman), doorstop, towncrier
and yaml_rs from PyPI, backlog (Backlog.md) from npm, git. Everything is written below one folder.
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter, sleep
from types import MappingProxyType
from typing import NamedTuple

import generate

_PEERS_UP_TO = 1000  # the slowest of them takes minutes for more
_LEDGERS = 10
_TEXT = "完善会议制度,写明各类会议议什么、议题怎么定、按什么程序决策"
_HERE = Path(__file__).parent


class Work(NamedTuple):
    """One thing to measure: a command for each round, where it runs, and what it needs to know."""

    task: str
    name: str
    command: Callable[[int], list[str]]
    folder: Path
    env: Mapping[str, str] = MappingProxyType({})
    terminal: bool = False


class Run(NamedTuple):
    """What one run took: seconds by the clock, seconds of CPU, MiB at the most."""

    wall: float
    cpu: float
    memory: float


def _zhenggai(folder: Path, count: int) -> Iterator[Work]:
    ledger = folder / "ledger"
    generate.write(ledger, count)
    # As its users start it, from the environment that runs this.
    program = [shutil.which("zhenggai", path=Path(sys.executable).parent) or "zhenggai"]
    today = ["--today", generate.TODAY]
    this = [*today, "--ledger", str(ledger)]
    warm = {"XDG_CACHE_HOME": str(folder / "cache")}
    cold = {"ZHENGGAI_NO_CACHE": "1"}
    lists = [*program, "list", *this]
    status = [*program, "status", *this]
    yield Work("list", "zhenggai, warm", lambda _: lists, folder, warm)
    yield Work("list", "zhenggai, at a terminal", lambda _: lists, folder, warm, terminal=True)
    yield Work("status", "zhenggai, warm", lambda _: status, folder, warm)
    yield Work("status", "zhenggai, cold", lambda _: status, folder, cold)
    yield Work("validate", "zhenggai check", lambda _: [*program, "check", *this], folder, cold)
    if count <= _PEERS_UP_TO:
        yield Work("status", "zhenggai, terminal", lambda _: status, folder, warm, terminal=True)
        announce = [*program, "announce", "--format", "md", *this]
        yield Work("publish", "zhenggai announce", lambda _: announce, folder, cold)
        yield _closing(folder, ledger, program, warm)
    if count >= _PEERS_UP_TO:
        sample = folder / "like the sample"
        generate.write_like_sample(sample, count)
        check = [*program, "check", *today, "--ledger", str(sample)]
        yield Work("validate", "zhenggai check, as the sample", lambda _: check, folder, cold)
        generate.write_several(folder / "several", _LEDGERS, count)
        several = [*program, "status", *today, "--ledger", str(folder / "several")]
        name = f"zhenggai, {_LEDGERS} ledgers"
        yield Work("status", f"{name}, warm", lambda _: several, folder, warm)
        yield Work("status", f"{name}, cold", lambda _: several, folder, cold)


def _closing(folder: Path, ledger: Path, program: list[str], env: Mapping[str, str]) -> Work:
    own = folder / "closing"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(ledger, own)
    count = len(list(own.glob("[0-9]*.yaml")))
    # Every other finding is open; those that 5 divides have nothing done yet.
    closable = [number for number in range(1, count + 1, 2) if number % 5]
    # Entered late: for the clock their deadlines are long past.
    how = ["--by", "局党组", "--on", generate.TODAY, "--late", "--ledger", str(own)]
    return Work(
        "mark one done",
        "zhenggai close",
        lambda turn: [*program, "close", str(closable[turn % len(closable)]), *how],
        folder,
        env,
    )


def _limits(folder: Path, count: int) -> Iterator[Work]:
    yield Work("limits", "python -c pass", lambda _: [sys.executable, "-c", "pass"], folder)
    ledger = folder / "ledger"
    git = ["git", "-C", str(ledger)]
    if shutil.which("git"):
        if not (ledger / ".git").exists():
            _quietly([*git, "init", "-q"], [*git, "add", "-A"])
        yield Work("limits", "git status", lambda _: [*git, "status", "--short"], folder)
    if count >= _PEERS_UP_TO and importlib.util.find_spec("yaml_rs"):
        parse = [sys.executable, str(_HERE / "readers.py"), str(ledger), "--cores", "yaml_rs"]
        yield Work("limits", "yaml_rs on all cores", lambda _: parse, folder)


def _taskwarrior(folder: Path, count: int) -> Iterator[Work]:
    data = folder / "taskwarrior"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    (data / "rc").write_text("confirmation=off\nverbose=nothing\n", encoding="utf-8")
    items = [{"description": f"{_TEXT}{n}", "due": "20210630T000000Z"} for n in range(count)]
    (data / "items.json").write_text(json.dumps(items), encoding="utf-8")
    env = {"TASKRC": str(data / "rc"), "TASKDATA": str(data)}
    _quietly(["task", "import", str(data / "items.json")], env=env)
    yield Work("list", "Taskwarrior", lambda _: ["task", "list"], folder, env)
    yield Work("mark one done", "Taskwarrior", lambda _: ["task", "1", "done"], folder, env)


def _todoman(folder: Path, count: int) -> Iterator[Work]:
    calendar = folder / "todoman" / "list"
    shutil.rmtree(folder / "todoman", ignore_errors=True)
    calendar.mkdir(parents=True)
    for n in range(count):
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VTODO", f"UID:{n}"]
        lines += ["DTSTAMP:20210201T000000Z", f"SUMMARY:{_TEXT}{n}", "DUE:20210630T000000Z"]
        lines += ["END:VTODO", "END:VCALENDAR", ""]
        (calendar / f"{n}.ics").write_text("\r\n".join(lines), encoding="utf-8")
    config = folder / "todoman" / "config.py"
    cache = folder / "todoman" / "cache.sqlite3"
    config.write_text(f'path = "{calendar}"\ncache_path = "{cache}"\n', encoding="utf-8")
    todo = ["todo", "--config", str(config)]
    yield Work("list", "todoman", lambda _: [*todo, "list"], folder)
    yield Work("mark one done", "todoman", lambda turn: [*todo, "done", str(turn + 1)], folder)


def _backlog(folder: Path, count: int) -> Iterator[Work]:
    root = folder / "backlog-md"
    tasks = root / "backlog" / "tasks"
    tasks.mkdir(parents=True, exist_ok=True)
    about = 'project_name: "x"\nstatuses: ["To Do", "Done"]\ncheck_active_branches: false\n'
    (root / "backlog" / "config.yml").write_text(about, encoding="utf-8")
    for n in range(1, count + 1):
        head = f"---\nid: task-{n}\ntitle: 第{n}项\nstatus: To Do\nassignee: []\n"
        head += "created_date: '2021-02-01'\nlabels: []\ndependencies: []\n---\n"
        text = f"{head}\n## Description\n\n{_TEXT}\n"
        (tasks / f"task-{n} - x.md").write_text(text, encoding="utf-8")
    backlog = ["backlog", "task"]
    done = ["-s", "Done", "--plain"]
    yield Work("list", "Backlog.md", lambda _: [*backlog, "list", "--plain"], root)
    yield Work(
        "mark one done", "Backlog.md", lambda turn: [*backlog, "edit", str(turn + 1), *done], root
    )


def _doorstop(folder: Path, count: int) -> Iterator[Work]:
    root = folder / "doorstop"
    items = root / "req"
    items.mkdir(parents=True, exist_ok=True)
    settings = "settings:\n  digits: 5\n  prefix: REQ\n  sep: ''\n"
    (items / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for n in range(1, count + 1):
        text = f"active: true\nderived: false\nheader: ''\nlevel: 1.{n}\nlinks: []\n"
        text += f"normative: true\nref: ''\nreviewed: null\ntext: |\n  {_TEXT}\n"
        (items / f"REQ{n:05}.yml").write_text(text, encoding="utf-8")
    _quietly(["git", "-C", str(root), "init", "-q"])
    yield Work("validate", "doorstop", lambda _: ["doorstop"], root)
    review = ["doorstop", "review"]
    yield Work("mark one done", "doorstop", lambda n: [*review, f"REQ{n + 1:05}"], root)
    yield Work("publish", "doorstop", lambda _: ["doorstop", "publish", "REQ"], root)


def _towncrier(folder: Path, count: int) -> Iterator[Work]:
    root = folder / "towncrier"
    (root / "news").mkdir(parents=True, exist_ok=True)
    about = '[tool.towncrier]\nname = "x"\ndirectory = "news"\nfilename = "NEWS.md"\n'
    (root / "pyproject.toml").write_text(about, encoding="utf-8")
    for n in range(1, count + 1):
        (root / "news" / f"{n}.feature.md").write_text(f"{_TEXT}{n}\n", encoding="utf-8")
    command = ["towncrier", "build", "--draft", "--version", "1"]
    yield Work("publish", "towncrier", lambda _: command, root)


_PEERS: dict[str, Callable[[Path, int], Iterator[Work]]] = {
    "task": _taskwarrior,
    "todo": _todoman,
    "backlog": _backlog,
    "doorstop": _doorstop,
    "towncrier": _towncrier,
}


def _quietly(*commands: list[str], env: dict[str, str] | None = None) -> None:
    for command in commands:
        subprocess.run(
            command, check=True, capture_output=True, env=os.environ | (env or {}), timeout=300
        )


def _measure(work: Work, turn: int) -> Run:
    """Run once, output into a pipe that somebody reads, or at a terminal of 120 columns."""
    away = ("PYTHON", "ZHENGGAI", "NO_COLOR", "COLUMNS")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(away)}
    begun = perf_counter()
    output, shown = os.pipe() if not work.terminal else _terminal()
    process = subprocess.Popen(
        work.command(turn),
        cwd=work.folder,
        env=clean | {"TERM": "xterm-256color"} | dict(work.env),
        stdin=subprocess.DEVNULL,
        stdout=shown,
        stderr=subprocess.STDOUT,
    )
    os.close(shown)
    said = b"".join(iter(lambda: _read(output), b""))
    os.close(output)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: doorstop and check found something
        sys.stderr.write(f"{work.name} ended with {process.returncode}: {said[-300:]!r}\n")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _terminal() -> tuple[int, int]:
    import fcntl
    import pty
    import struct
    import termios

    output, shown = pty.openpty()
    fcntl.ioctl(shown, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    return output, shown


def _read(output: int) -> bytes:
    try:
        return os.read(output, 1 << 16)
    except OSError:  # a terminal nobody writes to any more
        return b""


def _compare(works: list[Work], rounds: int) -> list[tuple[Work, list[Run]]]:
    """Measure everything in turn, round by round, so that all meet the same machine."""
    runs: list[tuple[Work, list[Run]]] = [(work, []) for work in works]
    for turn in range(rounds + 1):
        for work, done in runs:
            found = _measure(work, turn)
            if turn:  # the first one warms the caches
                done.append(found)
    return runs


def _works(folder: Path, count: int) -> list[Work]:
    folder.mkdir(parents=True, exist_ok=True)
    works = [*_zhenggai(folder, count), *_limits(folder, count)]
    for program, peer in _PEERS.items():
        if shutil.which(program) and count <= _PEERS_UP_TO:
            works += peer(folder, count)
    sleep(3)  # what was just written is not kept in an index
    return works


def _print_versions() -> None:
    for program in (sys.executable, "git", *_PEERS):
        if shutil.which(program):
            asking = [program, "--version"]
            said = subprocess.run(asking, capture_output=True, text=True, check=False)
            print(f"- {Path(program).name}: {said.stdout.strip()}")


def _print(count: int, runs: list[tuple[Work, list[Run]]]) -> None:
    print(f"\n### {count} findings\n")
    print("| work | program | wall ms | × | CPU ms | × CPU | peak MiB |")
    print("|---|---|--:|--:|--:|--:|--:|")
    nothing = next(done for work, done in runs if work.name == "python -c pass")
    base = _median(nothing)
    for work, done in sorted(runs, key=lambda pair: pair[0].task):
        wall, cpu, memory = _median(done)
        ratios = wall / base.wall, cpu / base.cpu
        print(
            f"| {work.task} | {work.name} | {wall * 1000:.0f} | {ratios[0]:.1f} "
            f"| {cpu * 1000:.0f} | {ratios[1]:.1f} | {memory:.0f} |"
        )


def _median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(values) for values in zip(*runs, strict=True)))


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sizes", type=int, nargs="+", default=[19, 1000, 10_000])
    parser.add_argument("--folder", type=Path, default=Path("/tmp/zhenggai-bench"))  # noqa: S108 - said above
    asked = parser.parse_args()
    _print_versions()
    for count in asked.sizes:
        works = _works(asked.folder.resolve() / str(count), count)
        _print(count, _compare(works, asked.rounds))


if __name__ == "__main__":
    _main()
