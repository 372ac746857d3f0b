"""A fault in the data is a value: where it is, what it is, how to mend it."""

from collections.abc import Iterable
from typing import NamedTuple

from zhenggai.model.terms import Severity

# The way to a value inside a file: ("措施", 1, "完成") is the 完成 of the second measure.
At = tuple[str | int, ...]


class Problem(NamedTuple):
    """One fault, as every command and every output format shows it.

    `message` says in Chinese what is wrong and `hint` how to mend it; neither ends with a full
    stop. `at` names the value inside the file. `path` is written the way the user can open it;
    `line` and `column` count from 1, in characters. Whoever finds a fault says what it knows;
    where the file and the place in its text are known, they are filled in.
    """

    message: str
    hint: str
    at: At = ()
    path: str = ""
    line: int = 1
    column: int = 1
    code: str = ""
    severity: Severity = Severity.ERROR

    @property
    def sentence(self) -> str:
        """The fault and its remedy in one line."""
        return f"{self.message}；{self.hint}" if self.hint else self.message


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems makes the ledger invalid."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by place, as an editor would walk through them."""
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code))


_LINE_BREAKS = str.maketrans({"\n": "↵", "\r": "↵"})


def shorten(text: str, length: int = 40) -> str:
    """Cut a quoted value to what a message has room for: one line, and not a long one."""
    shown = text if len(text) <= length else text[:length] + "……"
    return shown.translate(_LINE_BREAKS)


def named(at: At) -> str:
    """Name a place inside a file the way a person would: “措施”第2项的“完成”."""
    words = ""
    for part in at:
        if isinstance(part, int):
            words += f"第{part + 1}项"
        else:
            words += f"{'的' if words else ''}“{shorten(part)}”"
    return words or "这个文件"
