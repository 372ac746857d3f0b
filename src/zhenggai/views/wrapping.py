"""Cells of a terminal's table, broken as Chinese is: no line begins with a closing mark."""

from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from zhenggai.views.text import wrap


class Chinese(Text):
    """A text that breaks between any two characters, but not before punctuation that closes."""

    def wrap(self, console: Console, width: int, **how: Any) -> Lines:
        """Break into lines; what has no place to break is left to rich, which breaks anywhere."""
        lines = wrap(self.plain, width)
        if any(cell_len(line) > width for line in lines):
            return super().wrap(console, width, **how)
        broken = Lines(Text(line, self.style) for line in lines)
        for line in broken:
            line.truncate(width, pad=True)
        return broken
