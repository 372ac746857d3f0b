"""Numbers of people are found however they are written, and amounts are not taken for them.

Every number here is made up: valid by its check digit, of a region or bank that does not exist.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhenggai.notice.markdown import blocks, escape
from zhenggai.notice.privacy import _DIGIT, may_hold_private, private_numbers

_WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]


def identity(first: str = "999999", birth: str = "19900101", order: str = "001") -> str:
    """Build a valid identity card number: the last digit makes the weighted sum 1 modulo 11."""
    start = first + birth + order
    rest = sum(int(digit) * weight for digit, weight in zip(start, _WEIGHTS, strict=True))
    return start + "0123456789X"[(1 - rest) % 11]


def card(start: str) -> str:
    """Build a valid bank card number: digits doubled from the right sum up to a multiple of 10."""
    for last in "0123456789":
        digits = [int(digit) for digit in reversed(start + last)]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
        if (sum(digits[::2]) + sum(doubled)) % 10 == 0:
            return start + last
    raise AssertionError(start)


_IDENTITY, _CARD, _MOBILE = identity(), card("999999000000000000"), "19900000000"


def _kinds(text: str, *contacts: str | None) -> list[str]:
    return [kind for kind, _ in private_numbers(text, contacts)]


def _grouped(number: str, size: int, between: str) -> str:
    return between.join(re.findall(f".{{1,{size}}}", number))


def _full_width(text: str) -> str:
    return text.translate({ord(half): ord(half) + 0xFEE0 for half in "0123456789X"})


_WRITINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda number: number,
    "in fours": lambda number: _grouped(number, 4, " "),
    "in threes by dashes": lambda number: _grouped(number, 3, "-"),
    "by long dashes": lambda number: _grouped(number, 4, "—"),
    "by wide blanks": lambda number: _grouped(number, 4, "　"),
    "by blank, dash, blank": lambda number: _grouped(number, 6, " - "),
    "digit by digit": lambda number: _grouped(number, 1, " "),
    "with unseen marks": lambda number: _grouped(number, 5, "\u200b"),
    "full-width": _full_width,
    "in a word": lambda number: f"账号{number}号",
    "at a sentence's end": lambda number: f"见{number}。",
}


@pytest.mark.parametrize("writing", list(_WRITINGS))
@pytest.mark.parametrize(
    ("number", "kind"),
    [(_IDENTITY, "身份证号"), (_CARD, "银行卡号"), (_MOBILE, "手机号")],
    ids=["identity", "card", "mobile"],
)
def test_a_private_number_is_found_however_it_is_written(
    number: str, kind: str, writing: str
) -> None:
    assert kind in _kinds(f"联系{_WRITINGS[writing](number)}办理")


@given(
    birth=st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    order=st.integers(0, 999).map("{:03}".format),
    wrong=st.integers(1, 10),
)
def test_only_a_right_check_character_makes_an_identity_card(
    birth: date, order: str, wrong: int
) -> None:
    day = f"{birth}".replace("-", "")
    number = identity("999999", day, order)
    last = "0123456789X"
    changed = number[:-1] + last[(last.index(number[-1]) + wrong) % 11]
    assert _kinds(number)[:1] == ["身份证号"]
    assert "身份证号" not in _kinds(changed)


@given(st.text("0123456789", min_size=15, max_size=18), st.sampled_from("34569"))
def test_only_a_right_last_digit_makes_a_bank_card(digits: str, first: str) -> None:
    number = card((first + digits)[:18])
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "银行卡号" in _kinds(number)
    assert "银行卡号" not in _kinds(wrong)


@pytest.mark.parametrize(
    "number",
    [
        identity(birth="19901301"),
        identity(birth="19900230"),
        identity(birth="17900101"),
        identity(birth="21000101"),
        f"{_IDENTITY}0",
        f"0{_IDENTITY}",
        _IDENTITY[:-1],
    ],
)
def test_what_no_person_can_have_is_no_identity_card(number: str) -> None:
    assert "身份证号" not in _kinds(number)


def test_an_identity_card_may_end_in_x_small_or_large() -> None:
    number = next(
        number for order in range(999) if (number := identity(order=f"{order:03}")).endswith("X")
    )
    assert _kinds(number) == _kinds(number.lower()) == ["身份证号"]


@pytest.mark.parametrize(
    "text",
    [
        "兑付资金884.72万元,清退1864元。",
        "资金共19900000000元",
        "资金共19900000000.50元",
        "资金共19900000000 万元",
        "资金共1,9900,0000,000元",
        f"资金{_CARD}元",
        "2021年5月18日9:00至2021年5月20日17:30",
        "1 2021-05-18 2021-05-19",
        "自1990-01-01至2021-05-18",
        "电话86882428,0517-86882428",
        "文号〔2021〕199号、统一社会信用代码999900000000000000",
        "12900000000",
        "199000000001",
        "第1个,第9900000000个",
    ],
)
def test_amounts_dates_and_office_telephones_are_not_taken_for_them(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize("text", ["+8619900000000", "86-199 0000 0000", "0086 19900000000"])
def test_a_mobile_may_have_the_countrys_number_before_it(text: str) -> None:
    assert list(private_numbers(text, [])) == [("手机号", re.sub("^(?:\\+|00)?86[ -]?", "", text))]


@pytest.mark.parametrize("contact", [_MOBILE, "199-0000-0000", "电话:+86 199 0000 0000"])
def test_a_mobile_among_the_notices_contacts_may_be_published(contact: str) -> None:
    assert _kinds(f"联系电话:{_MOBILE};另有19911111111", contact, None) == ["手机号"]
    assert _kinds(f"联系电话:{_MOBILE}", None, contact) == []


def test_a_contact_does_not_let_an_identity_or_a_bank_card_pass() -> None:
    assert _kinds(f"{_IDENTITY}、{_CARD}", _IDENTITY, _CARD) == ["身份证号", "银行卡号"]


def test_every_character_with_a_digit_in_it_is_known() -> None:
    characters = map(chr, [*range(0xD800), *range(0xE000, 0x110000)])
    unknown = [
        hex(ord(one))
        for one in characters
        if re.search("[0-9]", unicodedata.normalize("NFKC", one)) and not re.match(_DIGIT, one)
    ]
    assert unknown == []


_PIECES = ["138", "0013", "8000", "11010519491231002X", "6222", "1", "8", "１３８", "①", "²", "⑳"]
_BETWEEN = [
    "",
    "",
    " ",
    "-",
    "—",
    "\u2011",
    "\u200b",
    "\u3000",
    "*",
    "_",
    "\\",
    "元",
    ".",
    ",",
    "|",
]


@given(
    st.lists(st.sampled_from(_PIECES) | st.sampled_from(_BETWEEN), min_size=1, max_size=24).map(
        "".join
    )
)
@example("138" + "\u200b" * 500 + "00138000")
@example("138 0013 8000")
def test_where_a_private_number_is_one_may_be_held(text: str) -> None:
    for source in (text, escape(text)):
        for block in blocks(source):
            if list(private_numbers(block.text, [])):
                assert may_hold_private(block.text)
                assert may_hold_private(source)


def test_figures_and_dates_do_not_look_like_private_numbers() -> None:
    text = "2021年5月18日,党组会议10次、班子会议3次,兑付884.72万元,占99.5%(7.1至7.12)。"
    assert not may_hold_private(text)
