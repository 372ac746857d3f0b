"""What is written for the user beside the ledger: a notice, a report; never half of one."""

import contextlib
import os
from pathlib import Path


def is_device(path: Path) -> bool:
    """Tell whether a path is a pipe or a device, which is written to and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def put(path: Path, content: bytes) -> None:
    """Write a file whole: what stood there stays until the new one is complete.

    Raise OSError where that cannot be done; nothing is left behind then.
    """
    if is_device(path):
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.zhenggai")
    try:
        with beside.open("xb") as file:
            file.write(content)
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def add(path: Path, content: bytes) -> None:
    """Write at the end of a file, new or not; raise OSError where that cannot be done."""
    with path.open("ab") as file:
        file.write(content)
