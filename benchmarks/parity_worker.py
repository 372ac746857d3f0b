"""Run the commands parity.py asks for, in the environment that runs this, and note what came out.

    python parity_worker.py JOBS OUTCOMES

Both files have a line of JSON for each job; the program is called in this process, for starting
it anew for each command would take hours.
"""

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from zhenggai.cli.app import main

_BUG = 70


def _run(command: list[str], here: str) -> list[Any]:
    """Give the exit code, and what was written to standard output and standard error."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        code: int | str = int(main(command))
    except BaseException as error:  # noqa: BLE001 - what leaves the program is an outcome as well
        code = f"raised {error!r}"
    finally:
        sys.stdout, sys.stderr = kept
    said = []
    for stream in streams:
        stream.flush()
        said.append(stream.buffer.getvalue().decode(errors="backslashreplace"))
    if code == _BUG:  # the lines of a traceback differ, the error it ends with counts
        said[1] = said[1].rstrip("\n").rpartition("\n")[2]
    return [code, *(text.replace(here, "<here>") for text in said)]


def _files(folder: Path) -> dict[str, str]:
    """Give a digest of each file there is."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _main() -> None:
    here = str(Path.cwd())
    with (
        Path(sys.argv[1]).open(encoding="utf-8") as jobs,
        Path(sys.argv[2]).open("w", encoding="utf-8") as outcomes,
    ):
        for line in jobs:
            job = json.loads(line)
            os.environ.pop("ZHENGGAI_NO_CACHE", None)
            if not job["remembers"]:
                os.environ["ZHENGGAI_NO_CACHE"] = "1"
            done = {"runs": [_run(command, here) for command in job["commands"]]}
            if job["changes"]:
                done["files"] = _files(Path(job["folder"]))
            outcomes.write(json.dumps(done) + "\n")
            outcomes.flush()


if __name__ == "__main__":
    _main()
