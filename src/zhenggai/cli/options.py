"""Options that several commands share, each declared once, and groups of them.

A command takes a group as one parameter: `where: Where`. `expanded` puts the group's options in its
place for typer, so that the help, completion and the reference show them as the command's own.
"""

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature, get_annotations, signature
from typing import Annotated, Any, NamedTuple, TypeVar

import typer

_Command = TypeVar("_Command", bound=Callable[..., Any])

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="文件夹",
        help="台账所在的文件夹；不写时看环境变量 ZHENGGAI_LEDGER，再从当前文件夹往上找。",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="日期",
        help="按哪一天计算，如 2021-05-18；不写时看环境变量 ZHENGGAI_TODAY，再看时钟。",
    ),
]


class Where(NamedTuple):
    """Which ledgers are meant, and which day counts."""

    today: TodayOption = None
    ledger: LedgerOption = None


def expanded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return the command with every parameter that is a named tuple replaced by its fields."""
    groups: dict[str, Any] = {}
    parameters = []
    # Not typing.get_type_hints: before Python 3.11 it wraps what has the default None once more.
    for name, parameter in signature(command, eval_str=True).parameters.items():
        hint = parameter.annotation
        if isinstance(hint, type) and issubclass(hint, tuple):
            groups[name] = hint
            parameters += _fields(hint)
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))

    def run(**values: Any) -> Any:
        for name, group in groups.items():
            values[name] = group(**{field: values.pop(field) for field in group._fields})
        return command(**values)

    described: Any = run
    described.__signature__ = Signature(parameters)
    described.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _fields(group: Any) -> list[Parameter]:
    hints = get_annotations(group, eval_str=True)
    return [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=group._field_defaults.get(name, Parameter.empty),
            annotation=hints[name],
        )
        for name in group._fields
    ]


class CommandText(NamedTuple):
    """What a command's own module says of it.

    `help` is its help, the first line of which stands in the list of commands; `examples` are
    command lines; `completes` gives for the name of a parameter the function that lists what may
    stand there, of the ledger that the command line means (None: the one that is found). `key_of`
    gives, of a command that takes keys, the key that does what an option of others does.
    """

    help: str
    examples: str
    completes: "Mapping[str, Lister]"
    key_of: "KeyOf | None" = None


Candidate = tuple[str, str]
"""What completion offers: a value, and an explanation of it."""
KeyOf = Callable[[str], str | None]
"""Gives the key that an option (--leader) is elsewhere the same as; None where there is none."""
Lister = Callable[[str | None], Iterable[Candidate]]


def command(
    text: str,
    *,
    examples: str,
    completes: Mapping[str, Lister] | None = None,
    key_of: "KeyOf | None" = None,
) -> Callable[[_Command], _Command]:
    """Declare a function to be a command: help, examples and completion beside it."""

    def declared(function: _Command) -> _Command:
        function.text = CommandText(text, examples, completes or {}, key_of)  # type: ignore[attr-defined]
        return function

    return declared
