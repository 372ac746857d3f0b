"""Plainly written YAML read fast: exactly what the parser gives, or nothing.

ZHENGGAI_FUZZ sets how many documents are tried (150 unless told).
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from styled_yaml import documents, findings

from ledger_files import OFFICE, finding, inspection
from zhenggai.storage.plain import plain_data
from zhenggai.storage.shipped import shipped
from zhenggai.storage.yamltext import parse, to_data

STYLES = sorted((Path(__file__).parent / "styles").glob("*.yaml"))
SAMPLE = sorted(shipped("ledgers").glob("*/*.yaml"))
DOCUMENTS = int(os.environ.get("ZHENGGAI_FUZZ", "150"))


def _agrees(text: str) -> bool:
    """Tell whether the fast reading gives nothing, or what the parser gives without a flaw."""
    data = plain_data(text)
    if data is None:
        return True
    node, problems = parse(text, "")
    return node is not None and problems == [] and to_data(node) == data


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", [*STYLES, *SAMPLE], ids=lambda path: path.stem)
def test_in_every_style_it_agrees_with_the_parser(path: Path) -> None:
    assert _agrees(_text(path))


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_the_sample_is_read_without_the_parser(path: Path) -> None:
    assert plain_data(_text(path)) is not None


def test_what_the_program_and_most_people_write_is_read_without_the_parser() -> None:
    crlf = OFFICE["04"].replace("\n", "\r\n")
    assert None not in map(plain_data, [*OFFICE.values(), inspection(), finding(), crlf])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 只有注释\n",
        "一段文字\n",
        "- 甲\n",
        "甲: 乙\n丙\n",
        "甲: 乙\n  丙\n",
        "甲: 乙: 丙\n",
        "甲: 乙 # 丙\n",
        "甲: 乙:\n",
        "甲: |\n  乙\n",
        "甲: >-\n  乙\n",
        '甲: "乙\\n"\n',
        "甲: '乙''丙'\n",
        "甲: '乙\n  丙'\n",
        "甲: &a 乙\n",
        "甲: *a\n",
        "甲: !!str 乙\n",
        "<<: 乙\n",
        "? 甲\n: 乙\n",
        "---\n甲: 乙\n",
        "甲: 乙\n...\n",
        "甲: 乙\n甲: 丙\n",
        "~: 乙\nnull: 丙\n",
        "null: 乙\n",
        "甲: {乙: 丙}\n",
        "甲: [乙, [丙]]\n",
        "甲: @乙\n",
        "甲:\t乙\n",
        "甲: 乙\x85\n",
        "甲: 乙\u2028\n",
        "\ufeff甲: 乙\n",
        "甲: 乙\r丙: 丁\n",
        "甲:\n  乙: 丙\n 丁: 戊\n",
        " 甲: 乙\n丙: 丁\n",
        "甲:\n- 乙\n  - 丙\n",
        "甲: 乙\n- 丙\n",
        "- - 甲\n",
        "甲:\n  -\n    乙: 丙\n",
        "<<<<<<< HEAD\n甲: 乙\n",
        f"甲: {'乙' * 1001}\n",
        f"{'甲' * 101}: 乙\n",
        "甲: 乙\n" + "# 丙\n" * 20_000,
        "".join(f"{'  ' * depth}甲:\n" for depth in range(12)),
    ],
)
def test_what_needs_judgement_is_left_to_the_parser(text: str) -> None:
    assert plain_data(text) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("甲:\n乙: ~\n丙: '~'\n丁: ''\n", {"甲": None, "乙": None, "丙": "~", "丁": ""}),
        ("甲: 007\n乙: no\n丙: 1:30\n", {"甲": "007", "乙": "no", "丙": "1:30"}),
        ("甲: [乙, null]\n丙: 2021-13-45\n", {"甲": ["乙", None], "丙": "2021-13-45"}),
        ("  甲:\n  - 乙\n  -   丙: 丁\n      戊: 己\n", {"甲": ["乙", {"丙": "丁", "戊": "己"}]}),
        ("甲: 乙#丙   \n\n  # 注\n丁: http://a\n", {"甲": "乙#丙", "丁": "http://a"}),
        ("甲: ' 乙: # '\r\n丙: \"'\"\r\n", {"甲": " 乙: # ", "丙": "'"}),
    ],
)
def test_scalars_are_words_as_they_are_for_the_parser(text: str, data: dict[str, Any]) -> None:
    assert plain_data(text) == data
    assert _agrees(text)


@settings(max_examples=DOCUMENTS)
@given(st.data())
def test_of_whatever_style_a_finding_is_written_in_it_agrees(data: st.DataObject) -> None:
    assert _agrees(data.draw(documents(data.draw(findings()))))


_LINES = st.tuples(
    st.sampled_from(["", "", "", "  ", "  ", "    ", " "]),
    st.sampled_from(["", "", "", "- ", "-  ", "- - "]),
    st.sampled_from(["甲", "乙", "丙", "a", "null", ""]),
    st.sampled_from(
        [
            *(":", ":", ": x", ": x", ": 'y'", ': "z" ', ": ~", ": [a, 乙]", ": [a,b ]", ""),
            *(" : x", "：x", ": x:", ": x #y", ": x# y", ": a: b", ": - a", ":  "),
        ]
    ),
    st.sampled_from(["", "", "", " ", " # 注", "\n", "\n# 注", "\n   # 注", "\n...", "\r"]),
).map("".join)


@settings(max_examples=4 * DOCUMENTS)
@given(st.lists(_LINES, min_size=1, max_size=6).map("\n".join), st.sampled_from(["", "\n"]))
@example("甲:\n- a: x\n  乙: x\n- null: x", "")
def test_however_lines_are_put_together_it_agrees(text: str, end: str) -> None:
    assert _agrees(text + end)
    assert _agrees((text + end).replace("\n", "\r\n"))
