"""Parse an incomplete command line: which option or argument is being typed."""

from collections.abc import Iterator
from typing import Any


class Typed:
    """The finished words after a command, taken the way the program will take them."""

    def __init__(self, command: Any, words: list[str]) -> None:
        self.options = {flag: p for p in command.params for flag in p.opts if flag[0] == "-"}
        self.arguments: list[str] = []
        self.only_arguments = False
        self.awaited: Any = None
        self.ledger: str | None = None
        self._expected = [p for p in command.params if p.param_type_name == "argument"]
        self._given: list[Any] = []
        self._take(iter(words))

    @property
    def next_argument(self) -> Any:
        """The argument that the next word would be; None where there is none left."""
        for place, argument in enumerate(self._expected):
            if argument.nargs == -1 or place == len(self.arguments):
                return argument
        return None

    def further_options(self) -> Iterator[tuple[str, Any]]:
        """Yield the options that may still be written, by their long names."""
        for flag, option in self.options.items():
            if flag.startswith("--") and (option.multiple or option not in self._given):
                yield flag, option

    def _take(self, words: Iterator[str]) -> None:
        for word in words:
            flag, equals, value = word.partition("=")
            if self.only_arguments or not word.startswith("-"):
                self.arguments.append(word)
            elif word == "--":
                self.only_arguments = True
            elif option := self.options.get(flag):
                self._given.append(option)
                taken = value if equals or option.is_flag else next(words, None)
                self.awaited = option if taken is None else None
                self.ledger = taken if flag == "--ledger" else self.ledger
