"""Choose closed findings to look at once more, so that anybody can choose the same ones again."""

from collections.abc import Iterable
from hashlib import sha256

from zhenggai.ledger.standing import Line
from zhenggai.ledger.summary import counted
from zhenggai.model.terms import Stage


def closed(lines: Iterable[Line]) -> list[Line]:
    """Return the lines of the findings that are closed and count."""
    return [line for line in counted(lines) if line.standing.stage is Stage.CLOSED]


def sample(lines: Iterable[Line], size: int, seed: str) -> list[Line]:
    """Return so many of the lines, all where there are fewer, in the order of ledger and number.

    Each finding has its lot: the SHA-256 of the UTF-8 text `seed/number`, the number without
    zeros before it; the lowest are drawn, and where those of two ledgers are the same, the ledger
    whose name comes first. So it depends on the seed, the findings and their numbers alone, not on
    a platform, a version of Python or the order of reading.
    """
    drawn = sorted(lines, key=lambda line: (_lot(line, seed), line.ledger))[:size]
    return sorted(drawn, key=lambda line: (line.ledger, line.row.number, line.row.id))


def _lot(line: Line, seed: str) -> bytes:
    return sha256(f"{seed}/{line.row.number}".encode()).digest()
