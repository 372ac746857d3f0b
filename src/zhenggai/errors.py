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
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被其他程序使用",
    errno.EADDRINUSE: "已被其他程序占用",
    errno.ENOLCK: "这个磁盘不支持文件锁",
    errno.ENOSYS: "这个磁盘不支持这种操作",
    errno.EOPNOTSUPP: "这个磁盘不支持这种操作",
    errno.ESTALE: "网络盘上的文件已经换过",
    errno.ETIMEDOUT: "网络盘没有回应",
    errno.EMFILE: "打开的文件太多",
    errno.EINVAL: "系统不接受这个名称或操作",
}


def cause(error: OSError) -> str:
    """Say in Chinese why the system refused; what it says itself is English."""
    code = error.errno or 0
    return _CAUSES.get(code) or f"系统错误{errno.errorcode.get(code, type(error).__name__)}"
