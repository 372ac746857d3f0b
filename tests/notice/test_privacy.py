"""Numbers of people are found however they are written, and amounts are not taken for them.

Every number here is made up: valid by its check digit, of a region or bank that does not exist.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commandline import Zhenggai
from zhenggai.notice.markdown_blocks import blocks, escape
from zhenggai.notice.privacy import may_hold_private, private_notes, private_numbers

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
    "in a list": lambda number: f"5.{number},{number},8",
    **{
        f"in fours by {mark!r}": lambda number, mark=mark: _grouped(number, 4, mark)  # type: ignore[misc]
        for mark in (".", "·", "/", "_", "~", "•", "．", ")(", " / ", "*")
    },
    "digit by digit, by dots": lambda number: _grouped(number, 1, "."),
    "in brackets": lambda number: (
        f"({number[:3]}){number[3:7]}.{number[7:]}"
        if len(number) == 11
        else _grouped(number, 4, "(")
    ),
    "over two lines": lambda number: f"{number[:7]}\n{number[7:]}",
    "keycaps": lambda number: "".join(f"{digit}\ufe0f\u20e3" for digit in number),
    "variation selectors": "\U000e0101".join,
    "soft hyphens and joiners": "\u00ad\u200d\u2060".join,
    "fillers and accents": "\u3164\u0301\u2800".join,
    "Arabic digits": lambda number: "".join(
        chr(0x660 + int(one)) if one != "X" else one for one in number
    ),
    "letters for noughts and ones": lambda number: number.replace("0", "O").replace("1", "l"),
    "Cyrillic letters and circles": lambda number: number.replace("0", "О", 3).replace("0", "○"),
    "white on black": lambda number: "".join(
        "⓿❶❷❸❹❺❻❼❽❾"[int(one)] if one != "X" else one for one in number
    ),
    "Chinese digits": lambda number: "".join(
        "〇一二三四五六七八九"[int(one)] if one != "X" else one for one in number
    ),
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


@pytest.mark.parametrize(
    "mark", [",", "，", "、", "：", ";", "=", "#", "&", "'", "”", "...", "_____"]
)
@pytest.mark.parametrize("size", [1, 6])
def test_a_number_with_a_check_character_is_found_whatever_stands_between(
    mark: str, size: int
) -> None:
    assert "身份证号" in _kinds(f"身份证{_grouped(_IDENTITY, size, mark)}。")


@pytest.mark.parametrize("text", ["1 3 ", "1\n3\n", "6-"])
def test_what_is_too_much_to_be_looked_through_is_said_and_not_passed(text: str) -> None:
    [note] = private_notes(text * (200_000 // len(text)), [])
    assert note.startswith("像号码的数字太多，未能查完")


@pytest.mark.parametrize(
    "text", ["H2O和CO2各1l", "型号A1O0l5、IPO20210518", "OO", "第Il条", "101Open 2021 Il"]
)
def test_letters_in_words_are_no_digits(text: str) -> None:
    assert _kinds(text) == []


def test_a_contact_does_not_let_an_identity_or_a_bank_card_pass() -> None:
    assert _kinds(f"{_IDENTITY}、{_CARD}", _IDENTITY, _CARD) == ["身份证号", "银行卡号"]


_PIECES = [
    "O",
    "l38",
    "❶",
    "138",
    "0013",
    "8000",
    "11010519491231002X",
    "6222",
    "1",
    "8",
    "１３８",
    "①",
    "²",
    "⑳",
]
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


@pytest.mark.parametrize("last", ["×", "Х", "х", "Χ", "Ⅹ", "ⅹ", "Ｘ", "✕", "x"])
def test_an_identity_card_may_end_in_what_looks_like_an_x(last: str) -> None:
    number = next(one for order in range(999) if (one := identity(order=f"{order:03}"))[-1] == "X")
    assert _kinds(number[:-1] + last) == ["身份证号"]


@pytest.mark.parametrize("after", ["元", " 万元", ".50元", ",300", "亿元"])
def test_a_number_longer_than_any_amount_is_none_whatever_follows(after: str) -> None:
    for number, kind in ((_IDENTITY, "身份证号"), (_CARD, "银行卡号")):
        assert kind in _kinds(f"资金{number}{after}")


_OLD = "119999900101001"  # of a county that does not exist


@pytest.mark.parametrize("number", [_OLD, _grouped(_OLD, 3, " "), _grouped(_OLD, 5, ".")])
def test_an_identity_number_of_fifteen_digits_is_found(number: str) -> None:
    assert "身份证号" in _kinds(f"身份证{number}。")


@pytest.mark.parametrize("number", ["109999900101001", "119999901301001", "119999900230001"])
def test_fifteen_digits_of_no_region_or_no_day_are_none(number: str) -> None:
    assert "身份证号" not in _kinds(number)


@pytest.mark.parametrize(
    "plate",
    [
        *("浙A12345", "浙A·12345", "浙 A 12345", "浙a12345", "粤BD12345", "京A1B2C3", "沪A1234挂"),
        *("浙Ａ１２３４５", "浙A\u200b12345", "浙A-12-345", "川A1234警"),
    ],
)
def test_a_car_plate_is_found(plate: str) -> None:
    assert _kinds(f"封存公车{plate},已收回") == ["车牌号"]
    assert may_hold_private(f"封存公车{escape(plate)},已收回")


@pytest.mark.parametrize(
    "text",
    [
        "沿苏G25高速、新A级景区3家、浙AB区12个、贵州A1楼、云ABCDEF项目",
        "新C2021年建成,青B12号楼",
        "新A123456789号",
    ],
)
def test_words_after_a_provinces_name_are_no_car_plate(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2021.05.18-2021.06.30、2021/5/18~2021/6/30,(2021.5.18)",
        "18-2021.06.30 9:00",
        "(1)12.5(2)13.6(3)14.7(4)15.8",
        "占13.5/18.6/20.1/15.9",
        "1.3.2,1.3.3,(1)3.5(2)13.6(3)14",
        "服务器193.168.10.200",
        "电话68882428/68882429,(0517)86882428",
        "文号(2021)15号、[2021]199号、浙政发〔2021〕15号",
        "一是二是三是四是五是六是七是八是九是十是",
        "邮编320000,0000-1000001",
    ],
)
def test_what_is_parted_like_a_number_is_not_taken_for_one(text: str) -> None:
    assert _kinds(text) == []


_NOTICE = """某局党组关于巡察整改情况的通报
根据县委统一部署，2022年3月1日至4月29日，县委第二巡察组对某局党组进行了巡察。2022年6月10日，\
巡察组向某局党组反馈了巡察意见。
一、整改落实情况
1.关于“甲”问题的整改。
一是{}
联系电话：{}；电子邮箱：zxly@example.cn。
某局党组
2022年11月3日
"""


@pytest.mark.parametrize("contact", ["13900000000", "0000-1000001"])
def test_the_contacts_of_an_imported_notice_may_be_published(
    contact: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    source = tmp_path / "通报.txt"
    for words, code in (("兑付86万元。", 3), ("对2人（身份证号11010519491231002×）谈话。", 4)):
        folder = tmp_path / str(code)
        source.write_text(_NOTICE.format(words, contact), encoding="utf-8")
        assert zhenggai("import", str(source), "-o", str(folder)).code == 0
        # Only a draft is written while responsibilities and deadlines are not filled in.
        written = zhenggai("announce", "--draft", "--ledger", str(folder), "--today", "2023-01-01")
        assert (written.code, bool(written.out)) == (code, code == 3)
        assert ("个人信息" in written.err) == (code == 4)
