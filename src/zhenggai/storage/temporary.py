"""The folder for what is needed only while a command runs."""

import tempfile

from zhenggai.errors import RefusedError


def temporary_place() -> str:
    """Return the system's folder for temporary files; raise RefusedError where there is none."""
    try:
        return tempfile.gettempdir()
    except OSError:
        raise RefusedError("没有可以写入的临时文件夹；用环境变量TMPDIR指定一个") from None
