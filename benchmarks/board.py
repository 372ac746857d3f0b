"""Write boards of several sizes by command; print their cost as ratios to a cold `status`.

    python benchmarks/board.py [FINDINGS ...]

Both are processes of their own, measured by the CPU they and their helpers take, the least of three
runs; `status` remembers nothing. The findings are plainly worded, or like those of the sample.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import generate

_RUNS = 3
_COMMAND = [sys.executable, "-m", "zhenggai"]


def main(sizes: list[int]) -> None:
    """Print a row for each size and wording."""
    print("| findings | worded | board ÷ cold status | size of the page |")
    print("|---|---|---|---|")
    for size in sizes:
        for worded, write in (
            ("plainly", generate.write),
            ("like the sample", generate.write_like_sample),
        ):
            with tempfile.TemporaryDirectory() as place:
                folder, page = Path(place) / "台账", Path(place) / "看板.html"
                write(folder, size)
                where = ["--ledger", str(folder), "--today", generate.TODAY]
                status = _cpu(["status", *where], place)
                board = _cpu(["board", "-o", str(page), *where], place)
                kilobytes = page.stat().st_size / 1000
                print(
                    f"| {size} | {worded} | {board / status:.1f} | {kilobytes:.0f} kB |", flush=True
                )


def _cpu(words: list[str], place: str) -> float:
    """Return the least seconds of CPU that a command took, with nothing remembered."""
    took = []
    for run in range(_RUNS):
        env = dict(os.environ) | {"XDG_CACHE_HOME": str(Path(place) / str(run))}
        before = _spent()
        subprocess.run([*_COMMAND, *words], check=False, capture_output=True, env=env)
        took.append(_spent() - before)
    return min(took)


def _spent() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [19, 1_000, 10_000])
