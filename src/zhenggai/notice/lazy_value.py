"""Template variables that are computed on first use."""

from collections.abc import Callable
from typing import Any

from zhenggai.errors import ZhenggaiError


class NotWorkedOutError(Exception):
    """A value could not be worked out: the program's fault, not that of the template asking."""


class Later:
    """A value worked out when it is first asked for, and kept."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work: Callable[[], Any] | None = work
        self._value: Any = None

    def value(self) -> Any:
        """Return the value; raise NotWorkedOutError where working it out fails."""
        if self._work is not None:
            try:
                self._value = self._work()
            except (RecursionError, MemoryError, ZhenggaiError):
                raise  # of a template nested too deep for instance: what it asked for is to blame
            except Exception as error:  # a bug in our code, whatever its type: reported as such
                raise NotWorkedOutError from error
            self._work = None
        return self._value
