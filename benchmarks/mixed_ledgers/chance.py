"""Random choices, the same for one seed."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

_Thing = TypeVar("_Thing")


class Chance(random.Random):
    """Random choices with the words this generator thinks in."""

    def maybe(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self.random() < share

    def some(self, things: Sequence[_Thing], least: int, most: int) -> list[_Thing]:
        """Give so many of the things, each once."""
        return self.sample(things, min(len(things), self.randint(least, most)))

    def day(self, first: date, last: date) -> date:
        """Give a day between two, both included."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))
