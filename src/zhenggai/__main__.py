"""`python -m zhenggai` and the console script: the same program, from its first import on."""

import os
import signal
from contextlib import suppress
from types import FrameType


class CtrlC:
    """Whether Ctrl-C was pressed, also where compiled code made another error of it.

    pydantic's engine tells an interrupt that meets it while it builds a validator as its own
    SchemaError.
    """

    def __init__(self) -> None:
        self.pressed = False
        # Where the signal is ignored, as in a shell's background job, it stays so.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.pressed = True
        signal.default_int_handler(number, frame)


def start() -> None:
    """Run the program; Ctrl-C ends it in words as soon as it begins to load."""
    ctrl_c = CtrlC()
    try:
        from zhenggai.cli.app import run
    except KeyboardInterrupt:
        _end("，未改动任何文件")
    except Exception:
        if not ctrl_c.pressed:
            raise
        _end("，未改动任何文件")
    try:
        run(interrupted=lambda: ctrl_c.pressed)
    except KeyboardInterrupt:  # what was to be done is done, or has not begun
        _end("")


def _end(more: str) -> None:
    with suppress(OSError):
        os.write(2, f"错误：已中断{more}\n".encode())
    os._exit(130)


if __name__ == "__main__":
    start()
