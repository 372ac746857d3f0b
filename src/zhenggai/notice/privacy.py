"""Numbers that must not be published: identity and bank cards, mobile phones, car plates.

A number is looked for however it is parted, in whatever digits: what people put between groups,
what copying leaves behind, and what is put there so that nobody finds it. Which groups belong
together is judged by the number's own law (a day of birth, a check digit) and, where there is
none or a weak one, by whether anyone would part it so. Names are not guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from zhenggai.errors import RefusedError
from zhenggai.model.seen_text import is_unseen, one_form
from zhenggai.notice.markdown_blocks import texts

# -- one way of writing -----------------------------------------------------------------------

_DOTS = "•‧∙⋅・･●"
_CROSSES = "×ХхΧχ✕✖✗✘╳❌"  # for the X that an identity number may end in
_CHINESE = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("〇○壹贰叁肆伍陆柒捌玖两幺", "0012345678921", strict=True)),
}
_IN_CHINESE = re.compile(f"[{''.join(_CHINESE)}]{{11,}}")
# What is written for a nought and a one, where letters stand among digits and no others.
_LOOKALIKES = {**dict.fromkeys("OoОоΟο○〇◯", "0"), **dict.fromkeys("Il", "1")}
_LETTERS = "".join(_LOOKALIKES)
_AMONG_DIGITS = re.compile(
    f"(?<![A-Za-z0-9{_LETTERS}])(?=[{_LETTERS}]*[0-9])[0-9{_LETTERS}]{{2,}}(?=[Xx]?(?![A-Za-z0-9]))"
)
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"


def _as_one_writes(text: str) -> str:
    """Write digits, dashes, blanks and line ends as ASCII has them; leave out what is not seen."""
    text = one_form(text)
    odd = {one for one in set(text) if not ("\u4e00" <= one <= "\u9fff" or " " <= one <= "~")}
    text = text.translate({ord(one): _plain(one) for one in odd})
    text = _IN_CHINESE.sub(lambda found: "".join(map(_CHINESE.__getitem__, found[0])), text)
    return _AMONG_DIGITS.sub(
        lambda found: "".join(_LOOKALIKES.get(one, one) for one in found[0]), text
    )


def _plain(one: str) -> str:
    if one in _BREAKS:
        return "\n"
    if one != "\t" and is_unseen(one):
        return ""
    kind = unicodedata.category(one)
    if kind in ("Nd", "No") and (digit := unicodedata.digit(one, None)) is not None:
        return str(digit)
    if kind == "Pd" or one == "−":
        return "-"
    if kind == "Zs" or one == "\t":
        return " "
    return "·" if one in _DOTS else "X" if one in _CROSSES else one


# -- whether a text is worth a closer look ----------------------------------------------------

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NO_WORD = r"(?:[^\w]|_)*"
_MAY_BE = re.compile(
    f"[0-9](?:{_NO_WORD}[0-9]){{10}}|[{_PROVINCES}]{_NO_WORD}[A-Za-z](?:{_NO_WORD}[0-9A-Za-z]){{4}}"
)
# Chinese characters that are no numerals: none of them is ever part of a number, or between two.
# (A range of the characters from 一 to 鿿, without the numerals, as a pattern writes it.)
_NUMERALS = sorted(one for one in _CHINESE if "\u4e00" <= one <= "\u9fff")
_WORDS = "".join(
    f"{chr(ord(after) + 1)}-{chr(ord(before) - 1)}"
    for after, before in pairwise(["\u4dff", *_NUMERALS, "\ua000"])
    if ord(before) - ord(after) > 1
)
# So a number lies whole in a stretch without any; that of a plate begins behind a province.
_STRETCH = re.compile(f"[{_PROVINCES}]?[^{_WORDS}]{{5,}}")


def may_hold_private(source: str) -> bool:
    """Whether a text in Markdown may hold a private number at all, without reading Markdown.

    What is no word may be markup, or stand between digits.
    """
    stretches = "字".join(_STRETCH.findall(source))
    return _MAY_BE.search(_as_one_writes(stretches)) is not None


# -- the numbers ------------------------------------------------------------------------------

# What people put between groups of digits; the rest is put there by few, and with intent.
_USUAL = " \\-"
_BETWEEN = f"[{_USUAL}\n.·/()_~*|\\\\+]{{0,3}}"
# A number with a check character is told from a list of figures, whatever stands between.
_ANYTHING_BETWEEN = f"[{_USUAL}\n.·/()_~*|\\\\+,:;=#&'\"“”‘’、。…]{{0,8}}"
# Patterns are compiled when a text may hold a private number, and few do. They are looked for
# from every digit on, so that a number that is none does not hide the one that begins inside it.
_NO_DIGIT_AROUND = "(?<![0-9])(?=({}))"


def _digits(first: str, more: int, last: str = "", between: str = _BETWEEN) -> str:
    """Return the pattern of a number of so many further digits, however parted."""
    return _NO_DIGIT_AROUND.format(f"{first}(?:{between}[0-9]){{{more}}}{last}(?![0-9])")


_IDENTITY = _digits("[1-9]", 16, f"{_ANYTHING_BETWEEN}[0-9Xx]", _ANYTHING_BETWEEN)
_OLD_IDENTITY = _digits("[1-9]", 14)
_BANK_CARDS = tuple(_digits("[3-69]", more) for more in (18, 17, 16, 15))
_MOBILE = _digits(f"(?:00{_BETWEEN}|\\+)?(?:86{_BETWEEN})?(?P<number>1{_BETWEEN}[3-9]", 9, ")")
_IN_A_PLATE = "[ .·\\-]{0,2}"
_PLATE = (
    f"(?=(?P<number>[{_PROVINCES}]{_IN_A_PLATE}[A-HJ-NP-Z](?:{_IN_A_PLATE}[A-HJ-NP-Z0-9]){{4}}"
    f"(?:{_IN_A_PLATE}[挂学警]|(?:{_IN_A_PLATE}[A-HJ-NP-Z0-9]){{1,2}}))(?![A-Z0-9]))"
)
# An amount goes on: 19900000000.50, 19900000000,000, 19900000000万元. No amount in any notice
# has more digits than a mobile has; the longer numbers are none whatever follows.
_AMOUNT = r"(?:[.,][0-9]{1,3})*\s*[十百千万亿]*元|\.[0-9]{1,2}(?![0-9])|,[0-9]{3}(?![0-9])"
_DAY = "(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
_ADDRESS = r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"

# GB/T 2260: the first two digits of where somebody was first registered.
_REGIONS = frozenset(
    map(
        str,
        (
            *(*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)),
            *(*range(61, 66), 71, 81, 82, 83),
        ),
    )
)
# GB 11643-1999: weights and check characters of the citizen identification number.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass
class _Found:
    """A number as it stands in the text, and where."""

    text: str
    source: str
    start: int

    @property
    def bare(self) -> str:
        """Its digits alone."""
        return re.sub("[^0-9A-Z]", "", self.text.upper())

    @cached_property
    def groups(self) -> list[int]:
        """How many digits stand together each time."""
        return [len(group) for group in re.findall("[0-9A-Za-z]+", self.text)]

    def is_parted_usually(self) -> bool:
        """Whether there is nothing between its groups but blanks and dashes, or one line end."""
        return bool(re.fullmatch(f"[0-9A-Za-z{_USUAL}]*\n?[0-9A-Za-z{_USUAL}]*", self.text))

    def is_parted_evenly(self) -> bool:
        """Whether it has several groups as long as each other, the last perhaps shorter."""
        *groups, last = self.groups
        return len(groups) > 1 and len(set(groups)) == 1 and last <= groups[0]

    def around(self) -> tuple[str, str]:
        """Return a few characters before it and behind it."""
        end = self.start + len(self.text)
        return self.source[max(self.start - 2, 0) : self.start], self.source[end : end + 20]

    def is_part(self) -> bool:
        """Whether digits go on before or behind it: 1850763-0517-84145845 is other numbers."""
        before, after = self.around()
        return bool(re.match("[0-9][^0-9A-Za-z]$", before) or re.match(r"[^\w][0-9]", after))


# How people part a number where its digits alone are a weak sign.
_MOBILE_GROUPS = ([11], [3, 4, 4], [3, 8], [4, 4, 3], [3, 3, 5], [3, 5, 3])
_IDENTITY_GROUPS = (
    [6, 8, 4],
    [6, 4, 4, 4],
    [6, 2, 2, 2, 3],
    [6, 12],
    [14, 4],
    [17, 1],
    [6, 8, 3, 1],
)
_CARD_GROUPS = ([6, 13], [6, 10], [6, 12])
_MOST_GROUPS = 3
_NUMBER_AND_YEAR = r"[0-9]{7}[^0-9](?:19|20)[0-9]{2}"


# A paper has a few hundred of them, a ledger of ten thousand findings not many more.
_MOST_LOOKED_AT = 50_000


class _Patience:
    """How many numbers are still looked at in a paper."""

    def __init__(self) -> None:
        self.left = _MOST_LOOKED_AT

    def is_over(self) -> bool:
        """Whether there is none left; counts the number that is asked about."""
        self.left -= 1
        return self.left < 0


def private_notes(source: str, contacts: Iterable[str | None]) -> list[str]:
    """Return a note on each private number in a paper's Markdown, cell by cell of its tables.

    A note shows the number's ends alone. What is too much to be looked through has one, too.
    """
    if not may_hold_private(source):
        return []
    published = tuple(contacts)
    likely = filter(
        may_hold_private, texts(source)
    )  # few, and every pattern looks through a whole text
    patience = _Patience()
    found = [pair for text in likely for pair in private_numbers(text, published, patience)]
    if patience.left < 0:
        return ["像号码的数字太多，未能查完有无个人信息；删去成片的数字，或分成几份"]
    return [f"有{kind}：{number[:4].strip()}……{number[-2:]}" for kind, number in found]


def refuse_private(notes: Sequence[str]) -> None:
    """Raise RefusedError where there are notes on private numbers."""
    if notes:
        raise RefusedError(
            f"要写出的文字里有{len(notes)}处个人信息，未写入；删去，或加 --allow-private"
        )


def private_numbers(
    text: str, contacts: Iterable[str | None], patience: _Patience | None = None
) -> Iterator[tuple[str, str]]:
    """Yield what each private number in a text is, and the number, until patience is over.

    A mobile phone among the notice's own contacts is meant to be published.
    """
    text = _as_one_writes(text)
    published = {one.bare for contact in contacts for one in _mobiles(contact or "")}
    kinds: tuple[tuple[str, str, tuple[str, ...], Callable[[_Found], bool]], ...] = (
        ("身份证号", text, (_IDENTITY,), _is_identity),
        ("身份证号", text, (_OLD_IDENTITY,), _is_old_identity),
        ("银行卡号", text, _BANK_CARDS, _is_card),
        ("手机号", text, (_MOBILE,), lambda one: _is_mobile(one) and one.bare not in published),
        ("车牌号", text.upper(), (_PLATE,), _is_plate),
    )
    patience = patience or _Patience()
    for kind, written, patterns, judge in kinds:
        for pattern in patterns:
            end = 0
            for found in _search(pattern, written):
                if patience.is_over():
                    return
                if found.start >= end and judge(found):
                    end = found.start + len(found.text)
                    yield kind, found.text


def _search(pattern: str, text: str) -> Iterator[_Found]:
    last = -1
    for match in re.finditer(pattern, text):
        group = "number" if "number" in match.re.groupindex else 1
        if match.start(group) != last:  # with the country's number before it, and without
            yield _Found(match[group], text, match.start(group))
        last = match.start(group)


def _mobiles(contact: str) -> Iterator[_Found]:
    return _search(_MOBILE, _as_one_writes(contact))


def _is_mobile(found: _Found) -> bool:
    if re.match(_AMOUNT, found.around()[1]) or re.search(_DAY, re.sub("[^0-9]+", "-", found.text)):
        return False
    if re.fullmatch(f"{_ADDRESS}|{_NUMBER_AND_YEAR}", found.text):
        return False
    if found.groups in _MOBILE_GROUPS or found.is_parted_evenly():
        return True
    is_close = found.is_parted_usually() and len(found.groups) <= _MOST_GROUPS
    return is_close and not found.is_part()


def _is_together(found: _Found, known: Sequence[list[int]]) -> bool:
    """Whether a number stands in one piece, in groups such as are known, or by itself."""
    return (
        len(found.groups) == 1
        or found.groups in known
        or found.is_parted_evenly()
        or not found.is_part()
    )


def _is_card(found: _Found) -> bool:
    if not _luhn(found.bare):
        return False
    is_in_groups = found.groups in _CARD_GROUPS or found.is_parted_evenly()
    is_one = is_in_groups or found.is_parted_usually()
    return is_one and _is_together(found, _CARD_GROUPS)


def _is_plate(found: _Found) -> bool:
    """Whether there are digits enough: of five signs no more than two are letters."""
    return sum(map(str.isdecimal, found.text)) >= 3  # noqa: PLR2004


def _is_identity(found: _Found) -> bool:
    """Check the day of birth and the check character."""
    number = found.bare
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    if number[6:8] not in ("18", "19", "20") or not _is_together(found, _IDENTITY_GROUPS):
        return False
    return _CHECKS[total % 11] == number[-1] and _is_day(number[6:14])


def _is_old_identity(found: _Found) -> bool:
    """Check the region and the day of birth: of fifteen digits none is there for a check."""
    number = found.bare
    is_one = found.is_parted_usually() or found.is_parted_evenly()
    is_one = is_one and _is_together(found, _IDENTITY_GROUPS)
    return is_one and number[:2] in _REGIONS and _is_day(f"19{number[6:12]}")


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _luhn(number: str) -> bool:
    """Check a card number's last digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004 - the digits of a two-digit number
    return total % 10 == 0
