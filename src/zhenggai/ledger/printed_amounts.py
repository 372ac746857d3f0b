"""Sums of money as running text prints them: 12.3万元, 1,234.5元, １２万元, 十二万三千元.

Unlike model/amounts.py, which says how a ledger is to write a sum, this finds one among words.
"""

import re
from decimal import Decimal

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_FULL_WIDTH_COMMA = r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,6})?"
_TIMES = {
    "亿": 100_000_000,
    "千万": 10_000_000,
    "百万": 1_000_000,
    "万": 10_000,
    "千": 1000,
    "百": 100,
    "": 1,
}
_UNIT = "亿|千万|百万|万|千|百"
_HAN = "零〇一二两三四五六七八九十百千万亿"
AMOUNT = (
    rf"(?:(?<![0-9.,])(?=[0-9])(?:{_ARABIC}\s*(?:{_UNIT})\s*){{0,3}}(?:{_ARABIC})?\s*元"
    rf"|(?<![0-9.数几上近约多余{_HAN}])[一二两三四五六七八九十][{_HAN}点]{{0,15}}元)"
)
"""A pattern for a sum in a text that `plain` has written in ASCII digits; it has no groups."""

_DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}


def plain(text: str) -> str:
    """Write a text's full-width digits as ASCII has them; its length stays the same."""
    return re.sub(_FULL_WIDTH_COMMA, ",", text).translate(_FULL_WIDTH)


_CLAUSE_ENDS = re.compile(r"[。；;，\n]|,(?![0-9]{3}(?![0-9]))")
_LONGEST_CLAUSE = 200


def clause_at(text: str, at: int) -> tuple[int, int]:
    """Return where the clause around a place of a plain text begins and ends; 1,234 is not parted.

    Of one longer than any that is written it is the part near the place.
    """
    first, last = max(0, at - _LONGEST_CLAUSE), min(len(text), at + _LONGEST_CLAUSE)
    begin = max((one.end() for one in _CLAUSE_ENDS.finditer(text, first, at)), default=first)
    end = _CLAUSE_ENDS.search(text, at, last)
    return begin, end.start() if end else last


def yuan(amount: str) -> Decimal:
    """Return what AMOUNT has matched, in yuan."""
    words = amount.removesuffix("元").strip()
    if words[:1] in _HAN:
        return _han(words)
    found = re.findall(rf"({_ARABIC})\s*({_UNIT}|)", words)
    parts = [Decimal(number.replace(",", "")) * _TIMES[unit] for number, unit in found]
    return sum(parts, Decimal(0))


def _han(words: str) -> Decimal:
    whole, point, rest = words.partition("点")
    if not point:
        return Decimal(_whole(words))
    decimals = re.match("[零〇一二两三四五六七八九]*", rest)
    digits = "".join(str(_DIGITS[one]) for one in decimals[0]) if decimals else ""
    times = 1
    for one in rest[len(digits) :]:
        times *= _GREAT.get(one) or _SMALL.get(one, 1)
    return Decimal(f"{_whole(whole)}.{digits or 0}") * times


def _whole(words: str) -> int:
    total = section = digit = 0
    for one in words:
        if one in _DIGITS:
            digit = _DIGITS[one]
        elif one in _SMALL:
            section += (digit or 1) * _SMALL[one]
            digit = 0
        else:
            section += digit
            total = (total + section) * _GREAT[one] if one == "亿" else total + section * 10_000
            section = digit = 0
    return total + section + digit
