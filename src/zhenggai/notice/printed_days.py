"""Days as published notices print them: in any digits, in Chinese numerals, with dots or blanks."""

import re
import unicodedata
from datetime import date

from zhenggai.notice.numerals import number_of

ZEROS = "〇○OＯo０0"
"""What is typed for 〇."""
NUMERAL_DIGITS = {one: str(n) for n, one in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    ZEROS, "0"
)
_CHINESE = re.compile(
    rf"([一二三四五六七八九零{ZEROS}]{{4}})\s*年"
    r"\s*([一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_DAY = re.compile(
    r"([0-9]{4})\s*(?:年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
    r"|([-/.])\s*([0-9]{1,2})\s*\4\s*([0-9]{1,2})(?![0-9]))"
)


def plain_digits(text: str) -> str:
    """Write the full-width digits of a text as ASCII has them; its length stays the same."""
    return "".join(str(unicodedata.digit(one)) if "０" <= one <= "９" else one for one in text)


def printed_day(text: str) -> date | None:
    """Return the last day that a text prints whole, or None where it prints none."""
    days = [_of(match) for match in (*_CHINESE.finditer(text), *_DAY.finditer(plain_digits(text)))]
    found = [day for day in days if day is not None]
    return found[-1] if found else None


def is_printed_day(text: str) -> bool:
    """Whether a text is a day of the calendar, and nothing else."""
    text = text.strip()
    whole = _CHINESE.fullmatch(text) or _DAY.fullmatch(plain_digits(text))
    return whole is not None and _of(whole) is not None


def _of(match: re.Match[str]) -> date | None:
    year, *rest = (group for group in match.groups() if group and group not in "-/.")
    if not year.isascii():
        year = "".join(NUMERAL_DIGITS[one] for one in year)
    month, day = (int(one) if one.isascii() else number_of(one) or 0 for one in rest)
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
