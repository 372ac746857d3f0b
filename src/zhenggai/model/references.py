"""How a ledger is told from others for good (标识), and how a finding of another one is named.

An identifier is a short text to be read: Chinese characters, Latin letters, digits, - and _. A
reference is an identifier, a slash and the number of a finding: 2021-县委/07.
"""

import re
from collections.abc import Container
from datetime import date
from typing import Final, NamedTuple

LONGEST: Final = 40
# Not \w, which means other characters to the editors that read it in JSON Schema.
_IN_ONE = r"0-9A-Za-z\u3400-\u9fff"
IDENTIFIER_PATTERN: Final = rf"[{_IN_ONE}][{_IN_ONE}_-]{{0,{LONGEST - 1}}}"
_MOST_DIGITS: Final = 9
REFERENCE_PATTERN: Final = rf"{IDENTIFIER_PATTERN}/[0-9]{{1,{_MOST_DIGITS}}}"
IDENTIFIER_FORMS: Final = "2021-县委-县科技局（汉字、字母、数字、- 和 _，不超过40个字）"
REFERENCE_FORMS: Final = "标识/编号，如 2021-县委-县科技局/07"


class Reference(NamedTuple):
    """A finding of a ledger: the ledger's identifier, and the finding's number."""

    identifier: str
    number: int


def is_identifier(text: str) -> bool:
    """Whether a text can tell a ledger from others.

    The pattern says the same; compiling it takes a fifth of a Python start.
    """
    return 0 < len(text) <= LONGEST and text[0] not in "_-" and all(map(_may_be_in_one, text))


def _may_be_in_one(one: str) -> bool:
    return (one.isascii() and one.isalnum()) or "\u3400" <= one <= "\u9fff" or one in "_-"


def parse_reference(text: str) -> Reference | None:
    """Return the finding that a text names, however many zeros are before its number."""
    identifier, _, number = text.rpartition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return Reference(identifier, int(number)) if is_identifier(identifier) and is_number else None


_AUTHORITY = r"^(?:中共)?(.+?)(?:第[^第]{1,3})?(?:联合|专项|提级)?巡[察视]组?$"
_ORGANISATION = r"^(?:中共)?(.+?)(?:党组|党委|党工委|党总支|党支部|委员会)?$"
_MOST = 15


def proposed_identifier(
    unit: str, group: str, feedback_on: date | None, taken: Container[str], chance: str
) -> str:
    """Propose an identifier: the year of the feedback, who inspected, and who was inspected.

    Of who is not known nothing is said; where the year is not, or nobody is, `chance` (a random
    text) makes it unique. One that is `taken` gets a number behind it.
    """
    year = str(feedback_on.year) if feedback_on else ""
    names = [_short(group, _AUTHORITY), _short(unit, _ORGANISATION)]
    parts = [part for part in (year, *names) if part]
    if not year or not any(names):
        parts.append(chance)
    plain = "-".join(parts)
    number, found = 2, plain
    while found in taken:
        ending = f"-{number}"
        found, number = plain[: LONGEST - len(ending)] + ending, number + 1
    return found


def _short(name: str, form: str) -> str:
    found = re.match(form, name.strip())
    said = found[1] if found else name
    return "".join(one for one in said if one not in "_-" and _may_be_in_one(one))[:_MOST]
