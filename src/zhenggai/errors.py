"""Failures: what stops a command, and the exit code each of them ends it with."""

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """What the program tells its caller; documented, and never renumbered."""

    OK = 0
    OVERDUE = 1
    USAGE = 2
    INVALID = 3
    REFUSED = 4
    BUG = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class ZhenggaiError(Exception):
    """A failure the user can mend; its text is one Chinese sentence saying where, what and how."""

    exit_code = ExitCode.BUG


class WrongUsageError(ZhenggaiError):
    """The command line asks for what is not there: an unknown id, a folder with no ledger."""

    exit_code = ExitCode.USAGE


class InvalidInputError(ZhenggaiError):
    """The ledger, or a file handed in, cannot be read as what it should be."""

    exit_code = ExitCode.INVALID


class RefusedError(ZhenggaiError):
    """The request is understood and is against the rules; nothing was written."""

    exit_code = ExitCode.REFUSED


_CAUSES = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件超过系统限制",
    errno.EEXIST: "同名的文件已经存在",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOENT: "路径不存在",
    errno.ENAMETOOLONG: "名称太长",
}


def cause(error: OSError) -> str:
    """Say in Chinese why the system refused; what it says itself is English."""
    return _CAUSES.get(error.errno or 0) or error.strerror or type(error).__name__
