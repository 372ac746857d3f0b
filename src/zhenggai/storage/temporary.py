"""The folder for what is needed only while a command runs."""

import tempfile

from zhenggai.errors import RefusedError


def temporary_place() -> str:
    """Return the system's folder for temporary files; raise RefusedError where there is none."""
    try:
        return tempfile.gettempdir()
    except OSError:
        raise RefusedError("没有可以写入的临时文件夹；用环境变量TMPDIR指定一个") from None


def scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a new folder, open to nobody else, that is removed when it is left."""
    return tempfile.TemporaryDirectory(prefix="zhenggai-", dir=temporary_place())
