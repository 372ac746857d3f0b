"""`python -m zhenggai` and the console script: the same program, from its first import on."""

import os
from contextlib import suppress


def start() -> None:
    """Run the program; Ctrl-C ends it in words as soon as it begins to load."""
    try:
        from zhenggai.cli.app import run
    except KeyboardInterrupt:
        _end("，未改动任何文件")
    try:
        run()
    except KeyboardInterrupt:  # what was to be done is done, or has not begun
        _end("")


def _end(more: str) -> None:
    with suppress(OSError):
        os.write(2, f"错误：已中断{more}\n".encode())
    os._exit(130)


if __name__ == "__main__":
    start()
