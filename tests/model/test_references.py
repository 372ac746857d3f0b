"""Identifiers of ledgers, and references to findings by them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.references import (
    IDENTIFIER_PATTERN,
    LONGEST,
    REFERENCE_PATTERN,
    Reference,
    is_identifier,
    parse_reference,
    proposed_identifier,
)

DAY = date(2021, 2, 1)


@pytest.mark.parametrize(
    ("unit", "group", "proposed"),
    [
        ("县科技局党组", "县委第一巡察组", "2021-县委-县科技局"),
        ("中共金湖县科学技术局党组", "市委第十二巡察组", "2021-市委-金湖县科学技术局"),
        ("县水利局党委", "县委提级巡察组", "2021-县委-县水利局"),
        ("县农业局", "", "2021-县农业局"),
        ("", "省委巡视组", "2021-省委"),
        ("某局（本级）", "县委", "2021-县委-某局本级"),
        ("", "", "2021-a1b2c3"),
    ],
)
def test_an_identifier_says_when_and_who(unit: str, group: str, proposed: str) -> None:
    assert proposed_identifier(unit, group, DAY, (), "a1b2c3") == proposed


def test_without_a_day_it_is_chance_that_makes_it_unique() -> None:
    assert proposed_identifier("县农业局党组", "", None, (), "a1b2c3") == "县农业局-a1b2c3"
    assert proposed_identifier("", "", None, (), "a1b2c3") == "a1b2c3"


_NAMES = st.text(max_size=60)


@given(_NAMES, _NAMES, st.none() | st.dates(), st.integers(0, 12))
def test_what_is_proposed_is_an_identifier_and_is_not_taken(
    unit: str, group: str, day: date | None, others: int
) -> None:
    taken: set[str] = set()
    for _ in range(others + 1):
        proposed = proposed_identifier(unit, group, day, taken, "a1b2c3")
        assert is_identifier(proposed)
        assert proposed not in taken
        taken.add(proposed)


@pytest.mark.parametrize("text", ["", "-a", "_a", "a/b", "a b", "a\n", "a" * (LONGEST + 1), "甲。"])
def test_what_is_no_identifier(text: str) -> None:
    assert not is_identifier(text)


def test_a_reference_is_read_with_any_zeros_before_the_number() -> None:
    for text in ("2021-县委/7", "2021-县委/07", "2021-县委/007"):
        assert parse_reference(text) == Reference("2021-县委", 7)


@pytest.mark.parametrize(
    "text", ["", "07", "/07", "2021-县委", "2021-县委/", "2021-县委/七", "a/b/07", "2021-县委/07\n"]
)
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


@given(st.from_regex(IDENTIFIER_PATTERN) | st.text(alphabet="a9Z-_县委/０é\n", max_size=45))
def test_the_pattern_that_editors_read_says_the_same(text: str) -> None:
    assert is_identifier(text) == (re.fullmatch(IDENTIFIER_PATTERN, text) is not None)
    named = parse_reference(f"{text}/07") is not None
    assert named == (re.fullmatch(REFERENCE_PATTERN, f"{text}/07") is not None)
