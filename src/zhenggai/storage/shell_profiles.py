"""The files that shells read when they start, and the lines in them that are the program's own.

Nothing else in such a file is touched. Where it cannot be told what in it is the program's, it is
left alone: whoever keeps it has to put the lines in.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from zhenggai.errors import RefusedError, cause
from zhenggai.storage.atomic import make_output_folder, put, refuse_link, stage

BEGIN, END = b"# >>> zhenggai completion >>>", b"# <<< zhenggai completion <<<"
"""What the lines of the program stand between; in ASCII, whatever the file's encoding is."""

_POWERSHELL = "Microsoft.PowerShell_profile.ps1"
_FOREIGN = (b"\xff\xfe", b"\xfe\xff")  # how files of UTF-16 begin


class UnclearError(ValueError):
    """It cannot be told which lines of a file are the program's; the text says why in Chinese."""


def profile(shell: str) -> Path:
    """Return the file that a shell reads when it starts; raise RefusedError where no home is known.

    For fish that is a file of the program's own.
    """
    try:
        home = Path.home()
    except RuntimeError:
        raise RefusedError("不知道用户的文件夹在哪里；设置环境变量HOME再执行") from None
    if not home.is_absolute() or not home.is_dir() or home.parent == home:
        raise RefusedError(f"环境变量HOME写的“{home}”不是用户的文件夹；改正以后再执行")
    # A relative one is to be ignored, as the XDG Base Directory Specification says.
    set_for_config = Path(os.environ.get("XDG_CONFIG_HOME") or "")
    config = set_for_config if set_for_config.is_absolute() else home / ".config"
    if shell == "bash":
        return home / (".bash_profile" if sys.platform == "darwin" else ".bashrc")
    if shell == "zsh":
        return Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
    if shell == "fish":
        return config / "fish" / "completions" / "zhenggai.fish"
    if sys.platform != "win32":
        return config / "powershell" / _POWERSHELL
    from platformdirs import user_documents_path

    version = "PowerShell" if shutil.which("pwsh") else "WindowsPowerShell"
    return user_documents_path() / version / _POWERSHELL


def with_lines(old: bytes, lines: bytes, by_hand: str) -> bytes:
    """Return a file's content with lines of the program's own, put at its end or in their place.

    `by_hand` is a regular expression for lines that do the same and were put in by hand: then the
    content stays. Raise UnclearError where what is the program's own has no beginning or no end.
    """
    if old.startswith(_FOREIGN) or b"\0" in old:
        raise UnclearError("文件的编码不是UTF-8或本机编码")
    begins, ends = old.count(BEGIN), old.count(END)
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    block = newline.join([BEGIN, *lines.splitlines(), END])
    if (begins, ends) == (0, 0):
        if re.search(rb"(?m)^[^#\r\n]*" + by_hand.encode(), old):
            return old
        gap = b"" if not old or old.endswith(b"\n") else newline
        return old + gap + block + newline
    start, end = old.find(BEGIN), old.find(END) + len(END)
    if (begins, ends) != (1, 1) or end < start:
        raise UnclearError("标记“zhenggai completion”的行不成对")
    return old[:start] + block + old[end:]


def content_of(path: Path) -> bytes | None:
    """Return a file's content, None where there is none; raise RefusedError for what is no file."""
    refuse_link(path, str(path), "把补全的几行加到链接指向的文件里")
    if path.exists() and not path.is_file():
        raise RefusedError(f"不能读取“{path}”（不是文件），未改动；请检查")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(f"不能读取“{path}”（{cause(error)}），未改动；请检查权限") from None


def write_profile(path: Path, content: bytes) -> None:
    """Put new content in a file's place, with the old one's mode.

    Raise RefusedError where that fails.
    """
    try:
        make_output_folder(path.parent)
        old = path.stat() if path.exists() else None
        put(stage(path.parent, content, old), path)
    except OSError as error:
        raise RefusedError(f"不能写入“{path}”（{cause(error)}），未改动；请检查权限") from None
