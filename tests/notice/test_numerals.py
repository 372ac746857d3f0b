"""Counting and punctuating as Chinese official texts do."""

from datetime import date

import pytest

from zhenggai.notice.numerals import full_width, half_width, is_ended, number_of, numeral, span


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (19, "十九"), (20, "二十"), (101, "一百零一"), (110, "一百一十")],
)
def test_numbers_are_written_and_read_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written
    assert number_of(written) == number


def test_what_is_no_number_is_none() -> None:
    assert number_of("一一") is None
    assert number_of("") is None


def test_a_span_names_the_year_once() -> None:
    assert span(date(2020, 9, 10), date(2020, 12, 10)) == "2020年9月10日至12月10日"
    assert span(date(2020, 9, 10), date(2021, 1, 5)) == "2020年9月10日至2021年1月5日"


def test_punctuation_is_turned_either_way() -> None:
    assert half_width("甲，乙；丙：（丁）。“戊”") == "甲,乙;丙:(丁)。“戊”"
    assert full_width("甲,乙;丙:(丁)。10:30") == "甲，乙；丙：（丁）。10:30"


def test_a_mark_inside_quotes_ends_a_text() -> None:
    assert is_ended("他说“好。”")
    assert not is_ended("他说“好”")
