"""Numbers that must not be published: identity cards, bank cards, mobile phones."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from zhenggai.errors import RefusedError
from zhenggai.notice.markdown import blocks

# People part long numbers by blanks and by dashes of every kind; copying adds invisible marks.
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_GAP = "[ \\-]{0,3}"

# Patterns are compiled when a text may hold a private number, and few do.
# No digit on either side, nor the rest of an amount: 1,381…, ….50, …元.
_BEFORE = "(?<![0-9])(?<![0-9][.,])"
_AFTER = r"(?![0-9]|[.,][0-9]|\s*[十百千万亿]*元)"


def _digits(first: str, count: int, last: str = "") -> str:
    """Give the pattern of a number of so many digits, however parted."""
    more = f"(?:{_GAP}[0-9]){{{count}}}"
    return f"{_BEFORE}{first}{more}{last}{_AFTER}"


_IDENTITY = _digits("[1-9]", 16, f"{_GAP}[0-9Xx]")
_BANK_CARDS = [_digits("[3-69]", count) for count in (18, 17, 16, 15)]
_MOBILE = rf"{_BEFORE}(?:(?:\+|00)?86{_GAP})?(?P<number>1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}){_AFTER}"
_DAY = "(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"

# GB 11643-1999: weights and check characters of the citizen identification number.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


# What is a digit, or has one in its compatibility form: full-width, circled, raised, mathematical.
_DIGIT = (
    "[0-9²³¹¼-¾\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b\u24ea"
    "\u3250-\u325f\u32b1-\u32cb\u3358-\u3379\u339f-\u33af\u33e0-\u33fe\uff10-\uff19"
    "\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a\U0001fbf0-\U0001fbf9]"
)
_NO_WORD = r"[^\w\n]*(?:_[^\w\n]*)*"
# One such character can hold two digits, and so two parts of a number.
_MAY_BE = re.compile(f"{_DIGIT}(?:{_NO_WORD}{_DIGIT}){{5}}")


def private_notes(source: str, contacts: Iterable[str | None]) -> list[str]:
    """Return a note on each private number in a paper's Markdown, cell by cell of its tables.

    A note shows the number's ends alone.
    """
    if not may_hold_private(source):
        return []
    texts = [
        text
        for block in blocks(source)
        for text in (block.text, *(cell for row in block.rows for cell in row))
    ]
    published = tuple(contacts)
    likely = filter(may_hold_private, texts)  # few, and every pattern looks through a whole text
    found = [pair for text in likely for pair in private_numbers(text, published)]
    return [f"有{kind}:{number[:4].strip()}……{number[-2:]}" for kind, number in found]


def refuse_private(notes: Sequence[str]) -> None:
    """Raise RefusedError where there are notes on private numbers."""
    if notes:
        raise RefusedError(
            f"要写出的文字里有{len(notes)}处个人信息,没有写入;删去,或加 --allow-private"
        )


def may_hold_private(source: str) -> bool:
    """Tell, without reading Markdown, whether its text may hold a private number at all.

    What is neither word nor line end may be markup, or stand between digits.
    """
    return _MAY_BE.search(source) is not None


def private_numbers(text: str, contacts: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    """Give each private number in a text with what it is.

    A mobile phone among the notice's own contacts is meant to be published.
    """
    text = _plain(text)
    published = {
        _bare(match["number"])
        for contact in contacts
        for match in re.finditer(_MOBILE, _plain(contact or ""))
    }
    for match in re.finditer(_IDENTITY, text):
        if _is_identity(_bare(match[0])):
            yield "身份证号", match[0]
    for pattern in _BANK_CARDS:
        for match in re.finditer(pattern, text):
            if _luhn(_bare(match[0])):
                yield "银行卡号", match[0]
    for match in re.finditer(_MOBILE, text):
        if _bare(match["number"]) not in published and not re.search(_DAY, match[0]):
            yield "手机号", match["number"]


def _plain(text: str) -> str:
    """Write full-width digits, dashes and blanks as ASCII has them."""
    return _DASHES.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def _bare(text: str) -> str:
    return re.sub(r"[ \-]", "", text).upper()


def _is_identity(number: str) -> bool:
    """Check the day of birth and the check character."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[6:8] in ("18", "19", "20") and _CHECKS[total % 11] == number[-1]


def _luhn(number: str) -> bool:
    """Check a card number's last digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004 - the digits of a two-digit number
    return total % 10 == 0
