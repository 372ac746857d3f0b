"""Compare what two revisions of the program say and write, on thousands of made ledgers.

    python benchmarks/parity.py OLD [NEW] [--ledgers 3000] [--edits 1000] [--seed 1]
        [--folder /tmp/zhenggai-parity] [--ignore TEXT ...]

OLD and NEW are revisions of this repository; without NEW it is the work tree as it is, committed or
not. Each is installed into an environment of its own in the folder, which the next run finds again.
A third of the ledgers are sound, a third have one fault, a third many (benchmarks/mixed_ledgers).
Both programs run `status`, `list`, `show` and `check` on every ledger, half of them without a cache
and half with one, before and after it is filled; then a few editing commands on copies of some.
Compared are exit code, standard output (JSON by its fields) and standard error of every command,
and after editing the bytes of every file.

Differences are printed by kind, with examples; a kind that contains an `--ignore` text is left out
(`--ignore stderr column`). The exit code is 1 where anything differs. The ledgers stay in the
folder to be looked at: run the commands shown there, in `ledgers` or in `edits/old` and
`edits/new`. What the made ledgers never bring up is not compared: how often each code of `check`
came up is told on standard error. 3 000 ledgers and 1 000 edits take about four minutes. Two runs
at once need a `--folder` each.
"""

import argparse
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import venv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any, NamedTuple

from mixed_ledgers import Made, make_ledger
from mixed_ledgers.chance import Chance

_HERE = Path(__file__).parent
_REPOSITORY = _HERE.parent
_WORK_TREE = "the work tree"
_PACKAGED = ("src", "templates", "ledgers", "pyproject.toml", "README.md", "LICENSE")
_EXAMPLES = 10
_SHOWN = 160
_HOUR = 3600
_RACY = 2.5  # what was changed less than two seconds before it is read is not remembered
_STATED_IN = re.compile(r"[A-Z][0-9]{3}")


class Difference(NamedTuple):
    """One thing that came out otherwise: of which kind, after which command, and both sides."""

    kind: str
    where: str
    old: str
    new: str


# Environments


def _environment(revision: str, folder: Path) -> Path:
    """Give the Python of an environment with this revision, made unless it is there."""
    key, source = _source(revision, folder)
    home = folder / "environments" / key
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        _tell(f"installing {revision} into {home}")
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, str(source)], check=True, env=_clean_environment())
        ready.touch()
    shutil.rmtree(source)
    return python


def _tell_other_libraries(pythons: dict[str, Path]) -> None:
    """Say which libraries are of another version on one side: they may be what differs."""
    listing = ["-m", "pip", "freeze", "--disable-pip-version-check", "--exclude", "zhenggai"]
    old, new = (
        set(subprocess.run([str(python), *listing], check=True, capture_output=True).stdout.split())
        for python in pythons.values()
    )
    for name in sorted(old ^ new):
        _tell(f"only in the {'old' if name in old else 'new'} environment: {name.decode()}")


def _source(revision: str, folder: Path) -> tuple[str, Path]:
    """Lay out the source of a revision; give it with a name that only the same source has."""
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    if revision == _WORK_TREE:
        for name in _PACKAGED:
            path = _REPOSITORY / name
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, source / name)
        return f"tree-{_digest(source)}", source
    named = _git("rev-parse", "--verify", f"{revision}^{{commit}}").decode().strip()
    with tarfile.open(fileobj=io.BytesIO(_git("archive", named))) as archive:
        archive.extractall(source)  # noqa: S202 - our own repository
    return named[:12], source


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


def _git(*words: str) -> bytes:
    asking = ["git", "-C", str(_REPOSITORY), *words]
    return subprocess.run(asking, check=True, capture_output=True).stdout


def _clean_environment() -> dict[str, str]:
    """Give the environment variables without those that change what Python or zhenggai does."""
    away = ("PYTHON", "ZHENGGAI", "NO_COLOR", "COLUMNS", "XDG_CACHE")
    return {name: value for name, value in os.environ.items() if not name.startswith(away)}


# Jobs: what is run on each ledger


def _reading_job(made: Made, parent: Path, chance: Chance, *, remembers: bool) -> dict[str, Any]:
    folder = made.folder.relative_to(parent).as_posix()
    how = ["--format", "json", "--today", made.today.isoformat(), "--ledger", folder]
    outlined = [["status", *how], ["status", "--by", "责任科室", *how], ["list", *how]]
    shown = [["show", one, *how] for one in _asked_ids(made, chance)]
    soon = ["--warn-days", str(chance.choice([0, 5, 60]))] if chance.maybe(0.3) else []
    commands = [*outlined, *shown, ["check", *soon, *how]]
    if remembers:
        commands += outlined
    return {"folder": folder, "remembers": remembers, "changes": False, "commands": commands}


def _asked_ids(made: Made, chance: Chance) -> list[str]:
    """Choose two findings; now and then one there is not, or one that is not fully named."""
    ids = chance.some(made.ids, 2, 2) or ["1"]
    if chance.maybe(0.1):
        ids[-1] = chance.choice(["99", "x", "0", ids[-1].rpartition("/")[2], "无/1"])
    return ids


def _editing_job(
    made: Made, copy: Path, parent: Path, chance: Chance, *, remembers: bool
) -> dict[str, Any]:
    folder = copy.relative_to(parent).as_posix()
    how = ["--today", made.today.isoformat(), "--ledger", folder]
    commands: list[list[str]] = [["list", "--format", "json", *how]] if remembers else []
    # Of few findings, so that one is done, closed, returned and reopened in turn.
    ids = chance.some(made.ids, 1, 2)
    for _ in range(chance.randint(3, 7)):
        edit = _edit(made, ids, folder, chance)
        if chance.maybe(0.4):
            edit += ["--format", "json"]
        if chance.maybe(0.2):
            edit.append("--dry-run")
        if chance.maybe(0.1):
            edit.append("--quiet")
        commands.append([*edit, *how])
    commands += [["list", "--format", "json", *how], ["check", "--format", "json", *how]]
    return {"folder": folder, "remembers": remembers, "changes": True, "commands": commands}


def _edit(made: Made, ids: list[str], folder: str, chance: Chance) -> list[str]:
    """Make up one command that changes something; many are refused, which is compared as well."""
    one = chance.choice(ids)
    reason = ["--reason", chance.choice(["佐证不全", "等待批复: 见附件", "反弹#2", "“引号”'单'"])]
    command = chance.choice(["done", "done", "log", "extend", "close", "close", "return", "reopen"])
    if command == "done":
        measures = range(1, made.measures.get(one, 1) + 1)
        chosen = [*measures] if chance.maybe(0.4) else chance.some(measures, 1, 2) or [9]
        edit = ["done", *(f"{one}.{number}" for number in chosen)]
        edit += ["--outcome", chance.choice(_SAID)] if chance.maybe(0.4) else []
    elif command == "log":
        edit = ["log", one, chance.choice(_SAID)]
    elif command == "extend":
        due = made.today + timedelta(days=chance.choice([-30, 30, 200, 400]))
        shown = chance.choice([due.isoformat(), f"{due.year}年{due.month}月{due.day}日", "下月"])
        edit = ["extend", one, shown, *reason, "--approved-by", "局党组"]
        edit += ["--late"] if chance.maybe(0.7) else []
    elif command == "close":
        edit = ["close", *(chance.some(ids, 1, 2) if chance.maybe(0.3) else [one])]
        edit += ["--complete"] if chance.maybe(0.6) else []
        edit += ["--by", "局党组"] if chance.maybe(0.8) else []
        edit += ["--note", chance.choice(_SAID)] if chance.maybe(0.2) else []
    else:
        edit = [command, one, *reason]
    return edit + _circumstances(command, made, folder, chance)


_SAID = (
    "会议制度已形成初稿",
    "完成率100%",
    "a: b",
    "- 列表?",
    "#1",
    "两行\n文字",
    "'引'",
    " 空格 ",
)


def _circumstances(command: str, made: Made, folder: str, chance: Chance) -> list[str]:
    """Say on which day it was, by whom, and with what evidence."""
    words: list[str] = []
    if chance.maybe(0.4):
        day = made.today - timedelta(days=chance.choice([0, 1, 7, 40, 200, -3]))
        shown = f"{day.year}.{day.month}.{day.day}" if chance.maybe(0.2) else day.isoformat()
        words += ["--on", shown]
    if command in ("log", "return", "reopen") and chance.maybe(0.3):
        words += ["--by", "督查组"]
    if command in ("done", "close") and chance.maybe(0.3):
        files = [f"{folder}/{name}" for name in made.evidence] or [f"{folder}/inspection.yaml"]
        words += ["--evidence", chance.choice([*files, "没有.pdf", f"{folder}/../x"])]
    return words


def _backdate(folder: Path) -> None:
    """Make the files of a ledger an hour old, as those of a real one mostly are."""
    then = time() - _HOUR
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def _prepare(folder: Path, ledgers: int, edits: int, seed: int) -> tuple[list[Any], list[Any]]:
    """Write all ledgers and the copies to edit; give the jobs of both kinds."""
    for name in ("ledgers", "edits", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    chance = Chance(f"{seed}/commands")
    parent = folder / "ledgers"
    everything = [make_ledger(parent, number, seed) for number in range(ledgers)]
    reading = []
    for number, made in enumerate(everything):
        _backdate(made.folder)
        reading.append(_reading_job(made, parent, chance, remembers=number % 2 == 1))
    # Sound ledgers first: what is at fault is mostly refused.
    sound = [made for made in everything if made.soundness == "sound" and made.ids]
    others = [made for made in everything if made.soundness != "sound" and made.ids]
    chosen = chance.some(sound, edits * 2 // 3, edits * 2 // 3)
    chosen += chance.some(others, edits - len(chosen), edits - len(chosen))
    editing = []
    for number, made in enumerate(chosen):
        sides = [folder / "edits" / side / made.folder.name for side in ("old", "new")]
        for side in sides:
            shutil.copytree(made.folder, side, symlinks=True)
            _backdate(side)
        job = _editing_job(made, sides[0], sides[0].parent, chance, remembers=number % 2 == 1)
        editing.append(job)
    return reading, editing


# Running


def _start(
    python: Path, side: str, phase: str, here: Path, folder: Path
) -> "subprocess.Popen[bytes]":
    cache = folder / "cache" / side
    cache.mkdir(parents=True, exist_ok=True)
    words = [str(_HERE / "parity_worker.py"), str(folder / f"{phase}.jobs")]
    return subprocess.Popen(
        # Without the script's own folder on its path it finds nothing but what is installed.
        [str(python), "-X", "utf8", *words, str(folder / f"{phase}.{side}")],
        cwd=here,
        env=_clean_environment() | {"XDG_CACHE_HOME": str(cache), "TZ": "Asia/Shanghai"},
        stdin=subprocess.DEVNULL,
    )


def _run_both(
    phase: str, jobs: list[Any], pythons: dict[str, Path], here: dict[str, Path], folder: Path
) -> Iterator[tuple[Any, Any, Any]]:
    """Run the jobs in both environments at once; give each job with both outcomes."""
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    (folder / f"{phase}.jobs").write_text(lines, encoding="utf-8")
    running = {
        side: _start(python, side, phase, here[side], folder) for side, python in pythons.items()
    }
    begun = monotonic()
    while any(process.poll() is None for process in running.values()):
        sleep(0.2 if monotonic() - begun < 1 else 3)
        done = {side: _count_lines(folder / f"{phase}.{side}") for side in running}
        shown = ", ".join(f"{side} {count}" for side, count in done.items())
        _tell(f"{phase}: {shown} of {len(jobs)}, {monotonic() - begun:.0f} s")
    for side, process in running.items():
        if process.returncode:
            count = _count_lines(folder / f"{phase}.{side}")
            _tell(f"{side}: the process ended with {process.returncode} in job {count}")
    old, new = ((folder / f"{phase}.{side}").open(encoding="utf-8") for side in running)
    with old, new:
        for job in jobs:
            before, after = old.readline(), new.readline()
            nothing: dict[str, Any] = {"runs": []}
            yield (
                job,
                json.loads(before or "null") or nothing,
                json.loads(after or "null") or nothing,
            )


def _count_lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)


# Comparing


def _compare(job: Any, old: Any, new: Any, here: dict[str, Path]) -> Iterator[Difference]:
    for place, command in enumerate(job["commands"]):
        where = shlex.join(["zhenggai", *command])
        if not job["remembers"]:
            where = f"ZHENGGAI_NO_CACHE=1 {where}"
        ran = [place < len(side["runs"]) for side in (old, new)]
        if all(ran):
            differing = _differing(command[0], old["runs"][place], new["runs"][place])
            yield from (Difference(kind, where, one, other) for kind, one, other in differing)
        else:  # where neither ran, nothing was compared: that is no agreement
            said = ["ran" if one else "did not run" for one in ran]
            yield Difference("commands that did not run", where, *said)
    files = old.get("files", {}), new.get("files", {})
    for name in sorted(files[0].keys() | files[1].keys()):
        if files[0].get(name) != files[1].get(name):
            where = f"{job['folder']}/{name}"
            texts = (_text(side / where) for side in here.values())
            yield Difference("bytes of a file after editing", where, *_first_difference(*texts))


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="backslashreplace") if path.is_file() else "(no file)"


def _differing(name: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str, str]]:
    if old[0] != new[0]:
        yield f"{name}: exit code", str(old[0]), str(new[0])
    if old[1] != new[1]:
        yield from _differing_output(name, old[1], new[1])
    if old[2] != new[2]:
        yield f"{name}: stderr", *_first_difference(old[2], new[2])


def _differing_output(name: str, old: str, new: str) -> Iterator[tuple[str, str, str]]:
    try:
        sides = json.loads(old), json.loads(new)
    except ValueError:
        yield f"{name}: stdout", *_first_difference(old, new)
        return
    found = {kind: (one, other) for kind, one, other in _fields(name, *sides)}
    if not found:
        yield f"{name}: stdout, the same JSON written otherwise", *_first_difference(old, new)
    for kind, (one, other) in found.items():
        yield f"{name}: {kind}", one, other


def _fields(path: str, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    """Find the fields of JSON that differ; their paths have [] for any place in a list."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new or key not in old:
                yield f"{path}.{key} only in {'old' if key in old else 'new'}", "", ""
            else:
                yield from _fields(f"{path}.{key}", old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from _fields(f"{path}[]", one, other)
        else:
            yield from _only_on_one_side(path, old, new)
    elif old != new or type(old) is not type(new):
        yield path, _short(old), _short(new)


def _only_on_one_side(path: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Find the items one list has and the other has not: of problems, those with such a code."""
    before, after = ([json.dumps(one, ensure_ascii=False) for one in side] for side in (old, new))
    for side, gone in (
        ("old", Counter(before) - Counter(after)),
        ("new", Counter(after) - Counter(before)),
    ):
        for item in gone:
            code = json.loads(item).get("code", "") if item.startswith("{") else ""
            shown = f"{path}[] {code}".rstrip()
            yield f"{shown} only in {side}", *((item, "") if side == "old" else ("", item))


def _first_difference(old: str, new: str) -> tuple[str, str]:
    """Give the first line that is not the same."""
    for one, other in zip_longest(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if one != other:
            return repr(one or ""), repr(other or "")
    return "", ""


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# Telling


def _report(found: Sequence[Difference]) -> None:
    kinds = defaultdict[str, list[Difference]](list)
    for one in found:
        kinds[one.kind].append(one)
    for kind, several in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        print(f"\n## {kind}: {len(several)}\n")
        for one in several[:_EXAMPLES]:
            print(f"  {one.where}")
            print(f"    old {one.old[:_SHOWN]}\n    new {one.new[:_SHOWN]}")


def _count_outcomes(job: Any, old: Any, seen: Counter[str]) -> None:
    """Count what the old side came to: how commands ended, and the codes of problems."""
    for command, (code, said, _) in zip(job["commands"], old["runs"], strict=False):
        seen[f"{command[0]} {code}"] += 1
        if command[0] == "check" and said and not job["changes"]:
            seen.update({problem["code"] for problem in json.loads(said)["problems"]})


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default=_WORK_TREE)
    parser.add_argument("--ledgers", type=int, default=3000)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/zhenggai-parity"))  # noqa: S108 - said above
    parser.add_argument("--ignore", nargs="+", default=[], metavar="TEXT")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    pythons = {
        side: _environment(revision, folder)
        for side, revision in (("old", asked.old), ("new", asked.new))
    }
    _tell_other_libraries(pythons)
    begun = monotonic()
    reading, editing = _prepare(folder, asked.ledgers, asked.edits, asked.seed)
    _tell(f"{len(reading)} ledgers and {len(editing)} to edit, {monotonic() - begun:.0f} s")
    sleep(_RACY)
    found: list[Difference] = []
    seen: Counter[str] = Counter()
    together = dict.fromkeys(pythons, folder / "ledgers")
    apart = {side: folder / "edits" / side for side in pythons}
    for phase, jobs, here in (("reading", reading, together), ("editing", editing, apart)):
        for job, old, new in _run_both(phase, jobs, pythons, here, folder):
            found += [
                one
                for one in _compare(job, old, new, here)
                if not any(text in one.kind for text in asked.ignore)
            ]
            _count_outcomes(job, old, seen)
    codes = {name: count for name, count in sorted(seen.items()) if _STATED_IN.fullmatch(name)}
    ends = {name: count for name, count in sorted(seen.items()) if name not in codes}
    _tell("exit codes: " + ", ".join(f"{name}: {count}" for name, count in ends.items()))
    _tell("ledgers with a code: " + ", ".join(f"{name} {count}" for name, count in codes.items()))
    _report(found)
    print(f"\n{len(reading)} ledgers, {len(editing)} edits: {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(_main())
