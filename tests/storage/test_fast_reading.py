"""Plainly written YAML read fast: exactly what the parser gives, or nothing.

ZHENGGAI_FUZZ sets how many documents are tried (50 unless told).
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from styled_yaml import documents, findings

from ledger_files import OFFICE, finding, inspection
from zhenggai.storage.resources import shipped
from zhenggai.storage.yaml.fast import plain_data
from zhenggai.storage.yaml.nodes import parse, to_data

STYLES = sorted((Path(__file__).parent / "styles").glob("*.yaml"))
SAMPLE = sorted(shipped("ledgers").glob("*/*.yaml"))
SCAFFOLDS = sorted(shipped("templates").glob("*.yaml"))
DOCUMENTS = int(os.environ.get("ZHENGGAI_FUZZ", "50"))


def _agrees(text: str) -> bool:
    """Tell whether the fast reading gives nothing, or what the parser gives without a flaw."""
    data = plain_data(text)
    if data is None:
        return True
    node, problems = parse(text, "")
    return node is not None and problems == [] and to_data(node) == data


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", [*STYLES, *SAMPLE, *SCAFFOLDS], ids=lambda path: path.stem)
def test_in_every_style_it_agrees_with_the_parser(path: Path) -> None:
    assert _agrees(_text(path))


# Documents, brackets over lines, escapes, odd blocks, explicit keys.
LEFT_TO_THE_PARSER = re.compile(
    "byte-order|^document-|double-quotes|explicit-|flow-|json|literal-.*(number|without|with-)"
    "|old-mac|quoted-over|brackets-o|look-like|windows-byte"
)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_what_most_people_write_is_read_without_the_parser(path: Path) -> None:
    is_left = LEFT_TO_THE_PARSER.search(path.stem) is not None
    assert (plain_data(_text(path)) is None) == is_left


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_the_sample_is_read_without_the_parser(path: Path) -> None:
    assert plain_data(_text(path)) is not None


def test_what_the_program_writes_is_read_without_the_parser() -> None:
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
        "甲: 乙: 丙\n",
        "甲: 乙:\n",
        '甲: "乙\\n"\n',
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
        "甲: [乙, [丙]]\n",
        "甲: @乙\n",
        "甲:\t乙\n",
        "甲: 乙\x85\n",
        "甲: 乙\u2028\n",
        "\ufeff甲: 乙\n",
        "甲: 乙\r丙: 丁\n",
        "甲:\n  乙: 丙\n 丁: 戊\n",
        " 甲: 乙\n丙: 丁\n",
        "甲: 乙\n- 丙\n",
        "- - 甲\n",
        "<<<<<<< HEAD\n甲: 乙\n",
        "甲: 乙\n" + "# 丙\n" * 20_000,
        "甲: 007\n",
        "甲: 0x10\n",
        "甲: -0\n",
        "甲: +-0\n",
        "甲: [+5]\n",
        "甲: 1.50\n",
        "甲: 1e3\n",
        "甲: true\n",
        "2021: 甲\n",
        "'': 甲\n",
        "甲: {乙, 丙: 丁}\n甲: 戊\n",
        "甲: {乙: 丙\n  }\n",
        "甲: [乙,\n  丙]\n",
        '甲: {"乙":丙}\n',
        "甲: |\n",
        "甲: |\n  乙",
        "甲: |2\n    乙\n",
        "甲: |\n\n  乙\n",
        "甲:\n  |\n   \n  乙\n",
        "甲: \u3000\n",
        "甲: [\u00a0]\n",
        "  甲:\n甲\n",
        "甲: '乙: 丙'\n",
        # What one library takes for a key of nothing, the other for a word, or for a mistake.
        "甲: 乙\n丙: [a:]\n甲: 丁\n",
        "甲: 乙\n丙: [丁, a:, ]\n甲: 戊\n",
        "甲: 乙\n丙: {a: b:}\n甲: 丁\n",
        "乙: [a:, 'b: c']\n",
        "甲: {文件: :a}\n",
        "甲: {文件: 乙, 丙:  :a}\n",
        "甲: [:a]\n",
        "甲: ['乙':\u3000]\n丙: 丁: 戊\n",
        "甲: \n乙: ['丙':\u3000]\n甲: 丁\n",
        "".join(f"{'  ' * depth}甲:\n" for depth in range(12)),
        "- " * 30_000,
        "? " * 30_000,
        "甲: " + "- " * 30_000,
        ": " * 30_000,
        "- : " * 15_000 + "\n",
        "甲:\n  " + ": " * 30_000 + "\n",
        "甲: " + ": " * 30_000 + "\n",
        "甲:\n  :\n    乙: 丙\n",
        "甲: " + "[" * 60_000,
        "".join(f"{' ' * depth}- \n" for depth in range(350)),
        # In these a careless pattern looks for its end for half a minute.
        "甲: {" + " " * 60_000 + "\n",
        "甲: {" + " " * 30_000 + "乙: " + " " * 30_000 + "\n",
    ],
)
def test_what_needs_judgement_is_left_to_the_parser(text: str) -> None:
    assert plain_data(text) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("甲:\n乙: ~\n丙: '~'\n丁: ''\n", {"甲": None, "乙": None, "丙": "~", "丁": ""}),
        ("甲: 7\n乙: no\n丙: 1:30\n", {"甲": "7", "乙": "no", "丙": "1:30"}),
        ("甲: [乙, null]\n丙: 2021-13-45\n", {"甲": ["乙", None], "丙": "2021-13-45"}),
        ("  甲:\n  - 乙\n  -   丙: 丁\n      戊: 己\n", {"甲": ["乙", {"丙": "丁", "戊": "己"}]}),
        ("甲: 乙#丙   \n\n  # 注\n丁: http://a\n", {"甲": "乙#丙", "丁": "http://a"}),
        ("甲: ' 乙 #'\r\n丙: \"'\"\r\n", {"甲": " 乙 #", "丙": "'"}),
        ("# 甲: 乙\n丙: 丁 # 戊: 己\n", {"丙": "丁"}),
        ("甲: 乙\n  丙\n", {"甲": "乙 丙"}),
        ("甲: |\n  乙\n  丙\n丁: >-\n  戊\n", {"甲": "乙\n丙\n", "丁": "戊"}),
        ("甲: '乙\n  丙''丁'\n", {"甲": "乙 丙'丁"}),
        ("甲: {乙: 丙, 丁: }\n戊: [{己: 1}]\n", None),
        ("甲: {乙: 3, 丙: 12 }\n", {"甲": {"乙": "3", "丙": "12"}}),
        ("甲:\n- 乙\n  - 丙\n", {"甲": ["乙 - 丙"]}),
        ("甲:\n  -\n    乙: 丙\n", {"甲": [{"乙": "丙"}]}),
        (f"{'甲' * 101}: {'乙' * 1001}\n", {"甲" * 101: "乙" * 1001}),
    ],
)
def test_scalars_are_words_as_they_are_for_the_parser(
    text: str, data: dict[str, Any] | None
) -> None:
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


_KEYS = st.sampled_from(["甲", "甲", "乙", "a", "'甲'", '"乙"'])
_WORDS = st.sampled_from(
    [
        *("a", "甲", "b:", ":a", ":", "a:b", "a::", "1", "-", "-a", "''", '"a"', "'a':", "'a: b'"),
        *("a: b", "a: :b", "a :b", "~", "a#", "a #b", "|", ">", "? a", "*", "&", "!", "%", "@"),
        *("", " ", " a", "，", "a：b", "“a”", "=", "<<", "[a]", "{a: b}", "\u3000", "http://a"),
        *("--", "---", "\\", "a'b", 'a"b', "'", '"', "\n", "\n  "),
    ]
)
_MEMBERS = (
    _WORDS
    | _WORDS
    | st.tuples(
        _KEYS, st.sampled_from([": ", ": ", ": ", ":", " : ", ":  ", ":\u3000"]), _WORDS
    ).map("".join)
)
_BRACKETS = st.tuples(
    st.sampled_from(["[]", "{}"]),
    st.lists(_MEMBERS, max_size=3),
    st.sampled_from([", ", ",", " , "]),
    st.sampled_from(["", "", "", " ", ","]),
).map(lambda drawn: drawn[0][0] + drawn[2].join(drawn[1]) + drawn[3] + drawn[0][1])
_ENTRIES = st.tuples(
    st.sampled_from(["", "", "", "- ", "  "]),
    _KEYS,
    st.sampled_from([": ", ": ", " : ", ":\n  - ", ":\n  甲: "]),
    st.one_of(_BRACKETS, _BRACKETS, _WORDS),
    st.sampled_from(["", "", "", " ", " # 注", ":", "#a"]),
).map("".join)


@settings(max_examples=10 * DOCUMENTS)
@given(st.lists(_ENTRIES, min_size=1, max_size=4).map("\n".join), st.sampled_from(["", "\n"]))
def test_whatever_stands_in_brackets_and_comes_twice_it_agrees(text: str, end: str) -> None:
    assert _agrees(text + end)


_PIECES = [
    *("甲", "乙", "a", "0", "1", "12", "1.5", "-5", "+", "true", "null", "~", "2021-05-01"),
    *(" ", "  ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n甲: ", "\n  乙: ", "\n\n", "\r\n"),
    *(
        ": ",
        ":",
        "- ",
        "-",
        ", ",
        ",",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "“",
        "”",
        "：",
        "？",
        "(",
        "/",
    ),
    *("|", "|-", ">", "|+\n", "#", " # ", "?", "...", "\n---\n", "<<", "&a", "*a", "!", "%", "\\"),
    *("=", "@", "`", "\t", "\u3000", "\u00a0", ";", "$", "^"),
]


@settings(max_examples=10 * DOCUMENTS)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join))
def test_whatever_is_strung_together_it_agrees(text: str) -> None:
    assert _agrees(text)
    assert _agrees(f"甲: {text}\n")


@st.composite
def _spoilt(draw: st.DrawFn) -> str:
    """Give a file of the corpus with something put in, taken away or doubled here and there."""
    text = _text(draw(st.sampled_from([*STYLES, *SAMPLE])))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        lines = text.split("\n")
        line = draw(st.integers(0, len(lines) - 1))
        text = draw(
            st.sampled_from(
                [
                    text[:place] + draw(st.sampled_from(_PIECES)) + text[place:],
                    text[:place] + text[place + draw(st.integers(1, 5)) :],
                    "\n".join([*lines[:line], lines[line], *lines[line:]]),
                    "\n".join([*lines[:line], *lines[line + 1 :]]),
                    "\n".join([*lines, lines[line]]),
                ]
            )
        )
    return text


@settings(max_examples=5 * DOCUMENTS)
@given(_spoilt())
def test_however_a_file_is_spoilt_it_agrees(text: str) -> None:
    assert _agrees(text)
