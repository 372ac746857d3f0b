"""What a reader sees of a text: without what does not show, in one form for what looks alike."""

import unicodedata

FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
"""Characters that count as letters or symbols and show nothing."""

INVISIBLE = ("Cf", "Mn", "Me", "Cc", "Co")
"""Unicode's categories of what shows nothing, or only marks what stands before it."""


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing by itself; blanks do not count."""
    return character in FILLERS or unicodedata.category(character) in INVISIBLE


def one_form(text: str) -> str:
    """Return a text in Unicode's form NFKC, in which look-alikes are one character."""
    return unicodedata.normalize("NFKC", text)
