"""Names of offices and people, compared as one reads them."""

import re
from unicodedata import category, normalize

_UNSEEN = ("Cf", "Cc", "Mn", "Me", "Co", "Zs")
_FILLERS = "\u115f\u1160\u3164\u2800"


def plain_name(name: str) -> str:
    """Return a name in one form: full-width letters as ASCII, without what is not seen."""
    if name.isascii() and name.isalnum():
        return name
    seen = (one for one in normalize("NFKC", name) if category(one) not in _UNSEEN)
    return "".join(one for one in seen if one not in _FILLERS)


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one; nobody is the same as nobody."""
    return one is not None and other is not None and plain_name(one) == plain_name(other)


# -- several in one text ----------------------------------------------------------------------

SEPARATORS = "、，,；;／/"
"""What people put between the names of departments; a line break as well."""
_SEPARATOR = re.compile(f"[{SEPARATORS}\r\n]")
_OPENING, _CLOSING_MARKS = "（(〔[【", "）)〕]】"


def split_names(text: str) -> list[str]:
    """Return the names in a text, each once; what stands in brackets belongs to its name."""
    if not _SEPARATOR.search(text):
        return [name] if (name := text.strip()) else []
    names, depth = [""], 0
    for one in text:
        depth += (one in _OPENING) - (one in _CLOSING_MARKS)
        if depth <= 0 and _SEPARATOR.match(one):
            names.append("")
        else:
            names[-1] += one
        depth = max(depth, 0)
    return list(dict.fromkeys(name for part in names if (name := part.strip())))


# -- names that look alike --------------------------------------------------------------------

_UNITS = (("办公室", "办"), ("科", "处", "股", "室"))
"""Ends by which one body is called now this, now that (党政办公室, 党政办; 人事科, 人事股)."""
_TOLD_APART = (
    "0123456789",
    "一二三四五六七八九十",
    "东西南北中",
    "上下",
    "内外",
    "甲乙丙丁",
    "大小",
)
"""Characters by which names differ that are meant to differ (一科, 二科)."""
_SHORTEST_MISTYPED = 4


def looks_like(one: str, other: str) -> bool:
    """Whether two different names of bodies are likely to be one, written in two ways.

    They are where only blanks, width or what is not seen differ, where only the kind of unit
    does, or where one character of at least four is another, missing or too many.
    """
    if one == other:
        return False
    first, second = plain_name(one), plain_name(other)
    if first == second:
        return True
    if any(_stem(first, units) == _stem(second, units) != "" for units in _UNITS):
        return True
    return min(len(first), len(second)) >= _SHORTEST_MISTYPED and _is_slip(first, second)


def _stem(name: str, units: tuple[str, ...]) -> str:
    """Return what stands before the kind of unit; '' where that is no name of its own."""
    stem = next((name.removesuffix(unit) for unit in units if name.endswith(unit)), "")
    return stem if len(stem) > 1 else ""


def _is_slip(first: str, second: str) -> bool:
    """Whether one character is another, missing or too many."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1:
        return False
    start = 0
    while start < len(first) and first[start] == second[start]:
        start += 1
    if len(first) < len(second):
        return second[start] not in "".join(_TOLD_APART) and first[start:] == second[start + 1 :]
    differing = {first[start], second[start]}
    if any(differing <= set(known) for known in _TOLD_APART):
        return False
    return first[start + 1 :] == second[start + 1 :]
