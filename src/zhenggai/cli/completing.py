"""Completion: what may stand at the cursor, for bash, zsh, fish and PowerShell.

The shells ask the hidden command `complete-words` (bash `complete-line`) and take its lines as
data: a value, a tab, an explanation. Nothing a ledger says is ever run by a shell.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from zhenggai.cli.context import say
from zhenggai.cli.typed import Typed
from zhenggai.errors import ExitCode, ZhenggaiError
from zhenggai.views.text import visible

if TYPE_CHECKING:
    from zhenggai.cli.commands import Commands
    from zhenggai.core.register import Row

Candidate = tuple[str, str]

# The shell itself knows best which files there are; no value, and what kind is wanted.
_FILE, _FOLDER = ("", "文件"), ("", "文件夹")


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


def complete(commands: "Commands", words: list[str]) -> bool:
    """Answer a shell that asks for candidates; tell whether it was one that asked.

    A line that cannot be read yet and a ledger that is not there offer nothing.
    """
    answer = _ANSWERS.get(words[0]) if words else None
    if answer is None:
        return False
    with contextlib.suppress(IndexError, ValueError, OSError, ZhenggaiError):
        rows = [f"{value}\t{visible(text)}" for value, text in answer(commands, words[1:])]
        if rows:
            say("\n".join(rows))
    return True


def _in_words(commands: "Commands", args: list[str]) -> list[Candidate]:
    """Complete one word: its place on the command line, then the words there."""
    place, words = int(args[0]), args[1:]
    words += [""] * (place + 1 - len(words))  # an empty word may not have come through
    return _candidates(commands, words[1:place], words[place])


def _in_line(commands: "Commands", args: list[str]) -> list[Candidate]:
    """Complete bash's line up to the cursor; the candidates are quoted as bash needs them."""
    from zhenggai.cli import bash

    line = bash.read(args[0])
    candidates = _candidates(commands, line.words[1:-1], line.words[-1])
    quoted = ((bash.quoted(value, line, args[1]), text) for value, text in candidates)
    return [(value, text) for value, text in quoted if value is not None]


_ANSWERS = {"complete-words": _in_words, "complete-line": _in_line}


def _candidates(commands: "Commands", before: list[str], word: str) -> list[Candidate]:
    """Give what may stand in a word's place and completes what is already typed."""
    # What cannot be seen cannot be typed either.
    offered = [pair for pair in _offered(commands, before, word) if visible(pair[0]) == pair[0]]
    completing = [pair for pair in offered if not pair[0] or pair[0].startswith(word)]
    return completing or [pair for pair in offered if _same_number(pair[0], word)]


def _same_number(value: str, word: str) -> bool:
    """Tell whether a value is the id that is typed without its zeros: 7 for 07."""
    (ledger, _, number), (other, _, typed) = value.rpartition("/"), word.rpartition("/")
    return typed.isdigit() and ledger == other and number.rstrip(".").lstrip("0") == typed


def _offered(commands: "Commands", before: list[str], word: str) -> Iterable[Candidate]:
    if not before:
        return [(name, commands.summary(name)) for name in commands]
    command = commands.get(before[0])
    if command is None:
        return ()
    typed = Typed(command, before[1:])
    flag, equals, _ = word.partition("=")
    if typed.awaited:
        return _values(typed.awaited, typed.ledger)
    if equals and flag in typed.options:
        values = _values(typed.options[flag], typed.ledger)
        return [(f"{flag}={value}" if value else "", text) for value, text in values]
    if word.startswith("-") and not typed.only_arguments:
        options = [(flag, _first_line(one.help)) for flag, one in typed.further_options()]
        return [*options, ("--help", "显示这份帮助。")]
    values = _values(typed.next_argument, typed.ledger)
    return [(value, text) for value, text in values if value not in typed.arguments]


def _first_line(text: str | None) -> str:
    return (text or "").split("\n", 1)[0]


def _values(parameter: Any, ledger: str | None) -> Iterable[Candidate]:
    if parameter is None:
        return ()
    if choices := getattr(parameter.type, "choices", None):
        return [(str(getattr(choice, "value", choice)), "") for choice in choices]
    if lister := _LISTERS.get(parameter.name):
        return lister(ledger)
    for wanted in (_FOLDER, _FILE):
        if (parameter.metavar or "").endswith(wanted[1]):
            return [wanted]
    return ()


class _Offered(NamedTuple):
    """A finding as it is typed, with its title, and its row where its file could be read."""

    typed: str
    title: str
    row: "Row | None"


def _findings(ledger: str | None) -> "Iterator[_Offered]":
    """Yield every finding by number; several ledgers put their names before."""
    from zhenggai.storage.folder import read_register
    from zhenggai.storage.naming import number
    from zhenggai.storage.settings import find_ledgers

    asked = os.path.expanduser(ledger) if ledger else os.environ.get("ZHENGGAI_LEDGER")  # noqa: PTH111 - of a text; Path's own raises where there is no such user
    roots = find_ledgers(asked, Path.cwd())
    for root in roots:
        register = read_register(root, "")
        prefix = f"{register.name}/" if len(roots) > 1 else ""
        rows = {f"{row.id}.yaml": row for row in register.rows}
        for name in sorted([*rows, *register.unreadable], key=number):
            row = rows.get(name)
            yield _Offered(f"{prefix}{name.partition('.')[0]}", row.title if row else "", row)


def _ids(ledger: str | None) -> Iterable[Candidate]:
    return [(one.typed, one.title) for one in _findings(ledger)]


def _measures(ledger: str | None) -> Iterable[Candidate]:
    """Offer each id up to the point after which the measure's number follows."""
    return [(f"{typed}.", title) for typed, title in _ids(ledger)]


def _each(
    pick: "Callable[[Row], Iterable[str | None]]",
) -> Callable[[str | None], Iterable[Candidate]]:
    """List each name a ledger uses once, with how many findings use it."""

    def lister(ledger: str | None) -> Iterable[Candidate]:
        counts: dict[str, int] = {}
        for one in _findings(ledger):
            for name in pick(one.row) if one.row else ():
                if name:
                    counts[name] = counts.get(name, 0) + 1
        return [(name, f"{count}个问题") for name, count in counts.items()]

    return lister


def _codes(_ledger: str | None) -> Iterable[Candidate]:
    from zhenggai.core.integrity import HISTORY
    from zhenggai.core.rules import CODES

    return [(code.code, code.name) for code in (CODES | HISTORY).values()]


def _papers(_ledger: str | None) -> Iterable[Candidate]:
    from zhenggai.storage.shipped import shipped

    return [(path.stem, "") for path in sorted(shipped("templates").glob("*.md"))]


# By the names of options and arguments.
_LISTERS: dict[str, Callable[[str | None], Iterable[Candidate]]] = {
    "finding_id": _ids,
    "finding_ids": _ids,
    "finding": _ids,
    "measure_ids": _measures,
    "department": _each(lambda row: row.departments),
    "aspect": _each(lambda row: (row.aspect,)),
    "leader": _each(lambda row: (row.leader,)),
    "owner": _each(lambda row: (row.owner,)),
    "explain": _codes,
    "template": _papers,
}
