"""Chinese numerals (一、（一）、1.) and punctuation as official documents use them."""

import re
from datetime import date
from functools import cache, lru_cache

from zhenggai.model.dates import chinese_day

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


@lru_cache(maxsize=1024)
def numeral(number: int) -> str:
    """Write 1 to 9999 in Chinese: 一, 十, 十九, 一百零一."""
    written = "".join(
        _DIGITS[int(digit)] + (_UNITS[place] if digit != "0" else "")
        for place, digit in zip(reversed(range(len(str(number)))), str(number), strict=True)
    )
    written = re.sub("零+", "零", written).rstrip("零")
    return written.removeprefix("一") if written.startswith("一十") else written


_LARGEST_LABEL = 999


@cache
def _numbers() -> dict[str, int]:
    return {numeral(number): number for number in range(1, _LARGEST_LABEL + 1)}


def number_of(text: str) -> int | None:
    """Read what `numeral` writes, up to the 999 that a label may be; None for anything else."""
    return _numbers().get(text)


def span(start: date, end: date) -> str:
    """Write a span of days, the year once where it is the same."""
    last = f"{end.month}月{end.day}日" if end.year == start.year else chinese_day(end)
    return f"{chinese_day(start)}至{last}"


# What a text may end with so that nothing is put behind it, closing quotes aside.
_ENDS = tuple("。；;！!？?…，,、：:")
_CLOSING = "”’」』》）)"


def is_ended(text: str) -> bool:
    """Whether a text has its last mark already."""
    return text.rstrip(_CLOSING).endswith(_ENDS)


_HALF = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "？": "?", "！": "!"}
_FULL = {half: full for full, half in _HALF.items()}


def half_width(text: str) -> str:
    """Write computed text the half-width way some notices have: 。 and “” stay as they are."""
    return "".join(_HALF.get(character, character) for character in text)


# A mark between two ASCII characters belongs to a number, a time or an address.
_MARK = re.compile(r"(?<=[^\x00-\x7f])[,;:?!()]|[,;:?!)](?=[^\x00-\x7f]|$)|\((?=[^\x00-\x7f])")


def full_width(text: str) -> str:
    """Write the marks of Chinese sentences full-width, as GB/T 15834 has them."""
    return _pair(_MARK.sub(lambda match: _FULL[match[0]], text))


def _pair(text: str) -> str:
    """Make the other bracket of a pair follow the one that was widened."""
    text = re.sub(r"（([^（）()]*)\)", r"（\1）", text)
    return re.sub(r"\(([^（）()]*)）", r"（\1）", text)
