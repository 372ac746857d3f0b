"""Registry of commands: name, module and function; help text stands in the module.

A run uses one of them. The others are neither imported nor put together: that would take longer
than most commands themselves.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from zhenggai.cli.help_text import ChineseCommand
from zhenggai.cli.options import expanded

if TYPE_CHECKING:
    from zhenggai.cli.options import CommandText

# Module and function, in the order that the help lists them.
_COMMANDS = {
    "status": "status_command:status",
    "list": "listing:listing",
    "show": "show:show",
    "chain": "chain:chain",
    "history": "history_command:history",
    "check": "check:check",
    "init": "init:init",
    "new": "new_finding:new",
    "set": "set_fields:set_fields",
    "measure": "measure:measure",
    "done": "done:done",
    "report": "report:report",
    "log": "log:log",
    "urge": "urge:urge",
    "extend": "extend:extend",
    "apply": "closing_steps:apply_closing",
    "review": "closing_steps:review",
    "close": "close:close",
    "return": "return_reopen:send_back",
    "reopen": "return_reopen:reopen",
    "recheck": "recheck:recheck",
    "assess": "assess_sign:assess",
    "sign": "assess_sign:sign",
    "void": "void:void",
    "correct": "correct:correct",
    "handover": "handover:handover",
    "rename": "rename:rename",
    "split": "split:split",
    "undo": "undo:undo",
    "edit": "edit:edit",
    "upgrade": "upgrade:upgrade",
    "announce": "announce:announce",
    "board": "board:board",
    "calendar": "calendar_command:calendar",
    "freeze": "freeze:freeze",
    "export": "export_command:export",
    "tables": "tables:tables",
    "query": "query:query",
    "import": "import_command:import_files",
    "schema": "schema:schema",
    "completion": "completing:completion",
    "doctor": "doctor:doctor",
    "help": "help_command:show_help",
}

ALIASES = {"ls": "list", "add": "new", "st": "status"}
"""Short names of commands, which the help tells of and nothing lists."""

HELP_OPTIONS = ["-h", "--help"]

_FIRST_LINE = re.compile(r'@command\(\s*"+([^"\n]+)')


class Commands(Mapping[str, Any]):
    """The commands by name, each put together when it is first asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        name = ALIASES.get(name, name)
        if name not in self._made:
            self._made[name] = _make(name, _function(_COMMANDS[name]))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)

    def summary(self, name: str) -> str:
        """Return in one line what a command does."""
        return _summary(_COMMANDS[ALIASES.get(name, name)])

    def text(self, name: str) -> "CommandText":
        """Return what a command's module says of it."""
        text: CommandText = _function(_COMMANDS[ALIASES.get(name, name)]).text
        return text


def _function(place: str) -> Any:
    module, _, function = place.partition(":")
    return getattr(import_module(f"zhenggai.cli.{module}"), function)


def _make(name: str, function: Any) -> Any:
    text: CommandText = function.text
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    register = single.command(
        name,
        cls=ChineseCommand,
        help=text.help,
        epilog=text.examples,
        context_settings={"help_option_names": HELP_OPTIONS},
    )
    register(expanded(function))
    made: Any = typer.main.get_command(single)
    made.key_of = text.key_of
    return made


def _summary(place: str) -> str:
    """Read the first line of a command's help in its source: importing them all takes too long.

    Where the source is not at hand the module is imported.
    """
    module, _, function = place.partition(":")
    try:
        source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    except OSError:
        source = ""
    declared, found, _ = source.partition(f"\ndef {function}(")
    first_lines = _FIRST_LINE.findall(declared) if found else []
    text: str = first_lines[-1] if first_lines else _function(place).text.help
    return text.partition("\n")[0]
