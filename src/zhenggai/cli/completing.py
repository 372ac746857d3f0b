"""Completion: what may stand at the cursor, for bash, zsh, fish and PowerShell.

The shells ask the hidden command `complete-words` (bash `complete-line`) and take its lines as
data: a value, a tab, an explanation. Nothing a ledger says is ever run by a shell.
"""

import contextlib
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhenggai.cli.command_line import Typed
from zhenggai.cli.console import say_exactly
from zhenggai.cli.options import Candidate, Lister, command
from zhenggai.errors import ExitCode, WrongUsageError, ZhenggaiError
from zhenggai.storage.resources import shipped
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from zhenggai.cli.commands import Commands

# The shell itself knows best which files there are; no value, and what kind is wanted.
_FILE, _FOLDER = ("", "文件"), ("", "文件夹")


class Shell(str, Enum):
    """The shells there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@command(
    """输出补全脚本，或用 --install 一步装好：按Tab键，补全命令、选项、编号、科室、方面和代码。

        --install 写进shell启动时读取的文件，说明写在哪里、怎样取消；装过的不再写。
        不写shell时，看正在用的是哪个。""",
    examples="""
zhenggai completion --install
zhenggai completion bash --install
zhenggai completion zsh --install
zhenggai completion fish --install
zhenggai completion powershell --install""",
)
def completion(
    shell: Annotated[
        Shell | None, typer.Argument(metavar="shell", help="bash、zsh、fish 或 powershell。")
    ] = None,
    install: Annotated[
        bool, typer.Option("--install", help="写进shell启动时读取的文件，重新打开终端就能用。")
    ] = False,
) -> ExitCode:
    """Print a shell's completion script, or put it where the shell reads it."""
    if install:
        from zhenggai.cli import completion_install  # a shell that asks for words does without

        name = shell.value if shell else completion_install.shell_in_use()
        completion_install.install(name, _script(name))
    elif shell is None:
        raise WrongUsageError(
            "写明 bash、zsh、fish 或 powershell；要一步装好的，用 zhenggai completion --install"
        )
    else:
        say_exactly(_script(shell.value).rstrip("\n"))
    return ExitCode.OK


def _script(shell: str) -> str:
    return (shipped("templates") / "completion" / shell).read_text(encoding="utf-8")


def complete(commands: "Commands", words: list[str]) -> bool:
    """Answer a shell that asks for candidates; return whether it was one that asked.

    A line that cannot be read yet and a ledger that is not there offer nothing.
    """
    answer = _ANSWERS.get(words[0]) if words else None
    if answer is None:
        return False
    with contextlib.suppress(IndexError, ValueError, OSError, ZhenggaiError):
        rows = [f"{value}\t{visible(text)}" for value, text in answer(commands, words[1:])]
        if rows:
            say_exactly("\n".join(rows))
    return True


def _in_words(commands: "Commands", args: list[str]) -> list[Candidate]:
    """Complete one word: its place on the command line, then the words there."""
    place, words = int(args[0]), args[1:]
    words += [""] * (place + 1 - len(words))  # an empty word may not have come through
    return _candidates(commands, words[1:place], words[place])


def _in_line(commands: "Commands", args: list[str]) -> list[Candidate]:
    """Complete bash's line up to the cursor; the candidates are quoted as bash needs them."""
    from zhenggai.cli import bash_quoting

    line = bash_quoting.read(args[0])
    candidates = _candidates(commands, line.words[1:-1], line.words[-1])
    quoted = ((bash_quoting.quoted(value, line, args[1]), text) for value, text in candidates)
    return [(value, text) for value, text in quoted if value is not None]


_ANSWERS = {"complete-words": _in_words, "complete-line": _in_line}


def _candidates(commands: "Commands", before: list[str], word: str) -> list[Candidate]:
    """Return what may stand in a word's place and completes what is already typed."""
    # What cannot be seen cannot be typed either.
    offered = [pair for pair in _offered(commands, before, word) if visible(pair[0]) == pair[0]]
    completing = [pair for pair in offered if not pair[0] or pair[0].startswith(word)]
    return completing or [pair for pair in offered if _same_number(pair[0], word)]


def _same_number(value: str, word: str) -> bool:
    """Whether a value is the id that is typed without its zeros: 7 for 07, 7. for 07.2."""
    (ledger, _, number), (other, _, typed) = value.rpartition("/"), word.rpartition("/")
    number = number.lstrip("0")
    if ledger != other:
        return False
    return number.startswith(typed) if "." in typed else number.rstrip(".") == typed


def _offered(commands: "Commands", before: list[str], word: str) -> Iterable[Candidate]:
    if not before:
        return [(name, commands.summary(name)) for name in commands]
    command = commands.get(before[0])
    if command is None:
        return ()
    typed, completes = Typed(command, before[1:]), commands.text(before[0]).completes
    flag, equals, _ = word.partition("=")
    if typed.awaited:
        return _values(typed.awaited, typed.ledger, completes, word)
    if equals and flag in typed.options:
        values = _values(typed.options[flag], typed.ledger, completes, word)
        return [(f"{flag}={value}" if value else "", text) for value, text in values]
    if word.startswith("-") and not typed.only_arguments:
        options = [(flag, _first_line(one.help)) for flag, one in typed.further_options()]
        return [*options, ("--help", "显示这份帮助。")]
    values = _values(typed.next_argument, typed.ledger, completes, word)
    return [(value, text) for value, text in values if value not in typed.arguments]


def _first_line(text: str | None) -> str:
    return (text or "").split("\n", 1)[0]


def _usual(parameter: Any) -> Lister | None:
    """Return what completes an option by its name alone, whichever command has it."""
    if parameter.name not in _NAMING or parameter.is_flag or parameter.nargs != 1:
        return None
    from zhenggai.cli.candidates import USUAL  # what completes the name of a command does without

    return USUAL[parameter.name]


_NAMING = ("by", "approved_by", "department", "leader")


def _values(
    parameter: Any, ledger: str | None, completes: Mapping[str, Lister], word: str
) -> Iterable[Candidate]:
    if parameter is None:
        return ()
    if choices := getattr(parameter.type, "choices", None):
        return [(str(getattr(choice, "value", choice)), "") for choice in choices]
    if lister := completes.get(parameter.name) or _usual(parameter):
        within = getattr(lister, "within", None)
        return within(ledger, word) if within and "." in word else lister(ledger)
    for wanted in (_FOLDER, _FILE):
        if (parameter.metavar or "").endswith(wanted[1]):
            return [wanted]
    return ()
