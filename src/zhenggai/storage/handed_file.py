"""Read a file that was handed in from outside a ledger: whole, and never further than a bound."""

import os
from pathlib import Path

from zhenggai.errors import InvalidInputError, WrongUsageError, cause


def read_handed(path: Path, most_bytes: int, wanted: str) -> bytes:
    """Return what a file holds; `wanted` is what it should be (通报, 台账).

    Raise WrongUsageError where the path is wrong, InvalidInputError where the file can be none.
    """
    if path.is_dir():
        raise WrongUsageError(f"“{path}”是文件夹；写上{wanted}的文件名")
    if path.is_fifo() and not os.path.abspath(path).startswith("/dev/"):  # noqa: PTH100
        # It would be waited for; what the shell has opened for this process is ready.
        raise InvalidInputError(f"“{path}”不是普通文件；核对文件名")
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        raise WrongUsageError(f"无法读取“{path}”（{cause(error)}）；请核对路径") from None
    if len(content) > most_bytes:
        raise InvalidInputError(f"“{path}”太大，不会是一份{wanted}；核对文件名")
    return content
