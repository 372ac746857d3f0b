"""Put completion into the file that a shell reads when it starts, in one step."""

import os
import sys
from pathlib import Path

from zhenggai.cli.console import say
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.storage.shell_profiles import (
    BEGIN,
    END,
    UnclearError,
    content_of,
    profile,
    with_lines,
    write_profile,
)
from zhenggai.views.screen_text import visible

_LINES = {
    "bash": "command -v zhenggai >/dev/null && source <(zhenggai completion bash)",
    "zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"
    "(( $+commands[zhenggai] )) && source <(zhenggai completion zsh)",
    "powershell": "if (Get-Command zhenggai -ErrorAction SilentlyContinue) "
    "{ zhenggai completion powershell | Out-String | Invoke-Expression }",
}
_OPEN_AGAIN = "重新打开终端后，按Tab键补全"


def shell_in_use() -> str:
    """Return the shell that the user works in; raise WrongUsageError where it is none we know."""
    name = Path(os.environ.get("SHELL", "")).name.removesuffix(".exe")
    if name in _LINES or name == "fish":
        return name
    if name == "pwsh" or (sys.platform == "win32" and not name):
        return "powershell"
    raise WrongUsageError(
        f"看不出用的是哪个shell{f'（{name}）' if name else ''}；"
        "写明 bash、zsh、fish 或 powershell，如 zhenggai completion bash --install"
    )


def install(shell: str, script: str) -> None:
    """Put completion in for a shell, once; say which file was changed, and how to undo it.

    Raise RefusedError where the file is not to be changed by a program.
    """
    path = profile(shell)
    old = content_of(path)
    if shell == "fish":
        _install_script(path, old, script.encode())
        return
    lines = _LINES[shell]
    try:
        new = with_lines(old or b"", lines.encode(), rf"zhenggai completion {shell}\b")
    except UnclearError as error:
        asked = "；".join(lines.splitlines())
        raise RefusedError(f"“{path}”{error}，未改动；请自己在末尾加上：{asked}") from None
    if new == old:
        say(f"{visible(str(path))} 里已有补全，未改动")
        return
    write_profile(path, new)
    say(f"补全已装好：写在 {visible(str(path))} 的末尾。{_OPEN_AGAIN}")
    say(f"要取消，删去从“{BEGIN.decode()}”到“{END.decode()}”的几行")


def _install_script(path: Path, old: bytes | None, script: bytes) -> None:
    """Put the whole script in a file of its own, as fish wants it."""
    if old == script:
        say(f"{visible(str(path))} 里已有补全，未改动")
        return
    if old is not None and not old.startswith(script.partition(b"\n")[0]):
        raise RefusedError(f"“{path}”不是由zhenggai写的，未改动；核对以后移走再执行")
    write_profile(path, script)
    say(f"补全已装好：写在 {visible(str(path))}。{_OPEN_AGAIN}")
    say("要取消，删去这个文件")
