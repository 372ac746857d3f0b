"""Suggest the known word nearest to an unknown one."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word most like the one written, from `likeness` (0 to 1) upward."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), None)


def meant(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Ask whether the nearest known word was meant, ready to stand before what may be written."""
    close = nearest(word, known, likeness)
    return f"是否想写“{close}”；" if close else ""
