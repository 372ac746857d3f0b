"""A long table laid out for a terminal without rich, which takes half a millisecond a row."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from zhenggai.views.text import width, wrap

GAP = "  "


def fitted(widest: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Narrow columns, the widest first, to their `least` at most, until all have room."""
    columns = list(widest)
    while sum(columns) + len(GAP) * (len(columns) - 1) > room:
        place = max(
            (place for place, one in enumerate(columns) if one > least[place]),
            key=lambda place: columns[place],
            default=None,
        )
        if place is None:
            break
        columns[place] -= 1
    return columns


def lines(
    texts: Sequence[str], looks: Sequence[tuple[str, str]], columns: Sequence[int], right: set[int]
) -> Iterator[str]:
    """Give a row's lines: texts wrapped to their columns, each between its look's two codes."""
    wrapped = [
        [text] if width(text) <= columns[place] else list(_broken(text, columns[place]))
        for place, text in enumerate(texts)
    ]
    for parts in zip_longest(*wrapped, fillvalue=""):
        cells = map(_set, parts, looks, columns, map(right.__contains__, range(len(parts))))
        yield GAP.join(cells).rstrip()


def _set(text: str, look: tuple[str, str], columns: int, right: bool) -> str:
    gap = " " * (columns - width(text))
    said = f"{look[0]}{text}{look[1]}" if text else ""
    return gap + said if right else said + gap


def _broken(text: str, columns: int) -> Iterator[str]:
    """Break a text into lines; a word too long for any is broken where it must be."""
    for line in wrap(text, columns):
        while width(line) > columns:
            fits = len(line) - 1
            while fits > 1 and width(line[:fits]) > columns:
                fits -= 1
            yield line[:fits]
            line = line[fits:]  # noqa: PLW2901 - what is left of it
        yield line
