"""Where values stand, told from the lines: where the parser would say, or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from styled_yaml import documents, findings
from test_fast_reading import DOCUMENTS, SAMPLE, STYLES, _spoilt, _text

from zhenggai.model.problem import At
from zhenggai.storage.yaml.fast import plain_data
from zhenggai.storage.yaml.nodes import locate, parse
from zhenggai.storage.yaml.positions import Places


def _ways(data: Any, at: At = ()) -> Iterator[At]:
    """Give the ways to every value, and to some that are not there."""
    yield from (at, (*at, "没有"), (*at, 0), (*at, 99), (*at, 0, "内容"))
    named = data.items() if isinstance(data, dict) else enumerate(data)
    for part, inner in named:
        yield (*at, part)
        if isinstance(inner, (dict, list)):
            yield from _ways(inner, (*at, part))


def _untold(text: str) -> set[At]:
    """Hold every place told against the parser's; give the ways to those that were not."""
    node, problems = parse(text, "")
    if node is None or problems:
        return set()
    places = Places(text)
    untold = set()
    for at in _ways(plain_data(text) or {}):
        for key in (False, True):
            place = places.find(at, key=key)
            if place is None:
                untold.add(at)
            else:
                mark = locate(node, at, key=key)
                assert place == (mark.line, mark.column), (at, key)
    return untold


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_in_every_style_a_place_is_where_the_parser_says(path: Path) -> None:
    _untold(_text(path))


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_every_place_of_a_finding_is_told_but_those_in_brackets(path: Path) -> None:
    assert {at[0] for at in _untold(_text(path))} <= {"责任科室", "佐证", "处理人员", "预警天数"}


@settings(max_examples=DOCUMENTS)
@given(st.data())
def test_of_whatever_style_a_finding_is_written_in_places_agree(data: st.DataObject) -> None:
    _untold(data.draw(documents(data.draw(findings()))))


@settings(max_examples=2 * DOCUMENTS)
@given(_spoilt())
def test_however_a_file_is_spoilt_places_agree(text: str) -> None:
    _untold(text)


@pytest.mark.parametrize(
    ("text", "at", "place"),
    [
        ("甲: 乙\n", ("甲",), (0, 3)),
        ("# 注\n\n甲 : 乙\n", ("甲",), (2, 4)),
        ("'甲':   # 注\n  - 乙\n", ("甲", 0), (1, 4)),
        ("甲:\n- 乙: 1\n  丙:\n    - 丁\n", ("甲", 0, "丙", 0), (3, 6)),
        ("甲: 乙\n", ("丙",), (0, 0)),
        ("甲:\n乙: 丙\n", ("甲",), (0, 0)),
        ("甲: |\n  乙 丙\n丁: 戊\n", ("丁",), (2, 3)),
    ],
)
def test_a_place_is_a_line_and_a_column(text: str, at: At, place: tuple[int, int]) -> None:
    assert Places(text).find(at) == place


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("甲: [乙, 丙]\n", ("甲", 1)),
        ("甲: {乙: 丙}\n", ("甲", "乙")),
        ("甲:\n  - \n  - 乙\n", ("甲", 0)),
        ("甲: '乙\n丙: 丁'\n丙: 戊\n", ("丙",)),
        ("甲: &a 乙\n", ("甲",)),
        ("", ()),
    ],
)
def test_where_the_lines_do_not_tell_there_is_no_place(text: str, at: At) -> None:
    assert Places(text).find(at) is None
