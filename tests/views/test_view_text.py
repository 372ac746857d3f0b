"""Text for a screen: harmless, measured in columns, wrapped the Chinese way."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from zhenggai.ledger.summary import Rate
from zhenggai.views.phrases import bar, percent
from zhenggai.views.screen_text import pad, visible, width, wrap

CHINESE = st.text(st.sampled_from("整改台账问题,。；：（）《》“”、abc12 "), max_size=120)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("财务管理不规范", "财务管理不规范"),
        ("  两边 有空格  ", "两边 有空格"),
        ("第一行\n第二行\r\n第三行\t完", "第一行 第二行 第三行 完"),
        ("全角\u3000空格", "全角 空格"),
        ("\x1b[31m红\x1b[0m", "\\x1b[31m红\\x1b[0m"),
        ("\x9b31m", "\\x9b31m"),
        ("\x07\x00\x7f", "\\x07\\x00\\x7f"),
        ("甲\u202e乙", "甲\\u202e乙"),
        ("零\u200b宽", "零\\u200b宽"),
        ("\udc80", "\\udc80"),
        ("一\u2028二", "一\\u2028二"),
        ("\U000e0041", "\\U000e0041"),
        ("😀𠮷", "😀𠮷"),
    ],
)
def test_what_could_act_on_a_screen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_a_visible_text_is_one_line_of_characters_that_do_nothing(text: str) -> None:
    acting = ("Cc", "Cf", "Cs", "Zl", "Zp")
    assert [c for c in visible(text) if unicodedata.category(c) in acting] == []


@given(st.text())
def test_making_visible_twice_is_making_visible_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("ab", 2), ("整改", 4), ("整a", 3)])
def test_chinese_characters_take_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns
    assert width(pad(text, 10)) == 10


def test_every_character_is_measured_as_wcwidth_measures_it() -> None:
    printable = filter(str.isprintable, map(chr, range(0x30000)))
    assert [char for char in printable if width(char) != max(wcswidth(char), 0)] == []


@given(CHINESE)
def test_a_text_is_measured_as_wcwidth_measures_it(text: str) -> None:
    assert width(text) == wcswidth(text)


def test_padding_never_cuts() -> None:
    assert pad("整改台账", 3) == "整改台账"


@given(CHINESE, st.integers(min_value=12, max_value=60))
def test_a_wrapped_line_is_too_wide_only_when_it_cannot_be_broken(text: str, columns: int) -> None:
    for line in wrap(text, columns):
        assert wcswidth(line) <= columns or _unbreakable(line)


def _unbreakable(line: str) -> bool:
    """Tell whether nothing but closing punctuation or one ASCII word makes the line long."""
    closing = ",。；：（）《》“”、"
    return line.isascii() or len(line.strip(closing)) <= 1


@given(CHINESE, st.integers(min_value=12, max_value=60))
def test_wrapping_loses_nothing_but_spaces(text: str, columns: int) -> None:
    assert "".join("".join(wrap(text, columns)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("整改台账"), min_size=1, max_size=30))
def test_closing_punctuation_never_begins_a_line(words: str) -> None:
    text = "、".join(words) + "。"
    assert [line for line in wrap(text, 14) if line[0] in "、。"] == []


def _piece_by_piece(text: str, columns: int) -> list[str]:
    lines = [""]
    for piece in re.findall(r"\s+|[!-~]+|[“(《「『【]*.[、,。;:!?)，；：！？）”》」』】…]*", text):
        if lines[-1] and wcswidth(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


@settings(max_examples=500)
@given(
    st.text(st.sampled_from("整改台账整改台账,。（）“”、(;)ab1 …é😀\u3000"), max_size=40),
    st.integers(1, 30),
)
def test_wrapping_in_one_go_breaks_where_taking_piece_by_piece_does(
    text: str, columns: int
) -> None:
    assert wrap(text, columns) == _piece_by_piece(text, columns)


def test_an_ascii_word_is_not_parted() -> None:
    assert wrap("文件在 evidence/07/signatures.pdf 里", 24) == [
        "文件在",
        "evidence/07/signatures.pdf",
        "里",
    ]


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Rate(0, 0), "—"),
        (Rate(0, 19), "0.0%"),
        (Rate(11, 19), "57.9%"),
        (Rate(9, 16), "56.3%"),
        (Rate(19, 19), "100.0%"),
    ],
)
def test_a_rate_has_one_decimal_and_halves_go_up(rate: Rate, text: str) -> None:
    assert percent(rate) == text


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 30))
@example(15, 7, 22)
def test_a_bar_is_as_long_as_it_should_be_and_full_only_when_all_is_done(
    closed: int, more: int, columns: int
) -> None:
    count = closed + more
    drawn = bar(closed / count, columns)
    assert len(drawn) == columns
    assert drawn.count("█") == closed * columns // count
    assert bar(1.0, columns) == "█" * columns
