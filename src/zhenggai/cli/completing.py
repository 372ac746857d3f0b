"""Completion: what may stand at the cursor, for bash, zsh, fish and PowerShell.

The shells ask the hidden command `complete-words` and take its lines as data: a value, a tab, an
explanation. Nothing a ledger says is ever run by a shell.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhenggai.cli.context import say
from zhenggai.errors import ExitCode, ZhenggaiError
from zhenggai.views.text import visible

if TYPE_CHECKING:
    from zhenggai.storage.index import Entry

Candidate = tuple[str, str]

COMPLETE_WORDS = "complete-words"


class Shell(str, Enum):
    """The shells there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion(
    shell: Annotated[
        Shell, typer.Argument(metavar="shell", help="bash、zsh、fish 或 powershell。")
    ],
) -> ExitCode:
    """Print a shell's completion script."""
    from zhenggai.storage.shipped import shipped

    path = shipped("templates") / "completion" / shell.value
    say(path.read_text(encoding="utf-8").rstrip("\n"))
    return ExitCode.OK


def complete_words(program: Any, args: list[str]) -> ExitCode:
    """Print the candidates for one word: its place, then the words of the command line."""
    try:
        place, words = int(args[0]), args[1:]
        words += [""] * (place + 1 - len(words))
        candidates = list(_candidates(program, words[1:place], words[place]))
    except (IndexError, ValueError, OSError, ZhenggaiError):
        return ExitCode.OK
    if candidates:
        say("\n".join(f"{visible(value)}\t{visible(text)}" for value, text in candidates))
    return ExitCode.OK


def _candidates(program: Any, before: list[str], word: str) -> Iterator[Candidate]:
    """Give what may stand in a word's place and begins with what is already typed."""
    offered = _offered(program, before, word)
    return ((value, text) for value, text in offered if value.startswith(word))


def _offered(program: Any, before: list[str], word: str) -> Iterable[Candidate]:
    if not before:
        return [
            (name, (one.help or "").split("\n", 1)[0])
            for name, one in program.commands.items()
            if not one.hidden
        ]
    command = program.commands.get(before[0])
    if command is None:
        return ()
    options = {flag: p for p in command.params for flag in p.opts if flag.startswith("-")}
    last = options.get(before[-1])
    if last is not None and not getattr(last, "is_flag", False):
        return _values(before[-1], last, before)
    if word.startswith("-"):
        return [(flag, p.help or "") for flag, p in options.items() if flag.startswith("--")]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    return [c for argument in arguments for c in _values(argument.name, argument, before)]


def _values(name: str, parameter: Any, before: list[str]) -> Iterable[Candidate]:
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return [(str(getattr(choice, "value", choice)), "") for choice in choices]
    if name == "--explain":
        return _codes()
    lister = _LIVE.get(name)
    return lister(_ledger(before)) if lister else ()


def _ledger(before: list[str]) -> str | None:
    for option, value in pairwise(before):
        if option == "--ledger":
            return value
    return None


def _entries(ledger: str | None) -> "Iterator[tuple[str, Entry]]":
    """Give every finding with what is typed for it; several ledgers put their names before."""
    from zhenggai.storage.index import entries
    from zhenggai.storage.settings import find_ledgers

    roots = find_ledgers(ledger or os.environ.get("ZHENGGAI_LEDGER"), Path.cwd())
    for root in roots:
        prefix = f"{root.resolve().name}/" if len(roots) > 1 else ""
        for entry in entries(root):
            yield f"{prefix}{entry.id}", entry


def _ids(ledger: str | None) -> Iterable[Candidate]:
    return [(typed, entry.title) for typed, entry in _entries(ledger)]


def _each(pick: "Callable[[Entry], Iterable[str]]") -> Callable[[str | None], Iterable[Candidate]]:
    """List each name a ledger uses once, with how many findings use it."""

    def lister(ledger: str | None) -> Iterable[Candidate]:
        counts: dict[str, int] = {}
        for _, entry in _entries(ledger):
            for name in pick(entry):
                if name:
                    counts[name] = counts.get(name, 0) + 1
        return [(name, f"{count}个问题") for name, count in counts.items()]

    return lister


def _codes() -> Iterable[Candidate]:
    from zhenggai.core.integrity import HISTORY
    from zhenggai.core.rules import CODES

    return [(code.code, code.name) for code in (CODES | HISTORY).values()]


_LIVE: dict[str, Callable[[str | None], Iterable[Candidate]]] = {
    "finding_id": _ids,
    "finding_ids": _ids,
    "measure_ids": _ids,
    "--finding": _ids,
    "--department": _each(lambda entry: entry.departments),
    "--aspect": _each(lambda entry: (entry.aspect,)),
    "--leader": _each(lambda entry: (entry.leader,)),
    "--owner": _each(lambda entry: (entry.owner,)),
}
