"""What a YAML parser's complaint means to someone who has never heard of YAML."""

import pytest

from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.yaml_errors import codepoint, control_character, explain, line_and_column

QUOTES = "引号未成对"
BACKSLASH = "双引号里的反斜杠“\\”有特殊含义"
FIRST_SIGN = "值不能以这个符号开头"
BLOCK_SIGN = "值以 | 或 > 开头，会被当作多行文字的记号"
COLON = "这一行的值里又出现了“: ”，或缩进不对"
NO_COLON = "这一行未写成“键: 值”"
BRACKETS = "方括号或花括号未成对，或中间缺了逗号"
DASH = "列表项“- ”不能写在这里"
YAML_SIGN = "文字以 & * ! 之一开头，会被当作YAML的记号"
INDENT = "缩进或写法与上下文对不上"
PERCENT = "行首的 % 会被当作YAML的记号"
AFTER_END = "从这里起的内容与前面接不上"


def _flaw(text: str) -> str:
    (problem,) = parse(text, "07.yaml")[1]
    assert problem.hint
    return f"{problem.line}:{problem.column} {problem.code} {problem.message}"


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        # Quotes.
        ("甲: '一\n乙: 二\n", f"1:4 Y201 {QUOTES}"),
        ('甲: "一\n乙: 二\n', f"1:4 Y201 {QUOTES}"),
        ('甲: 一\n"乙: 二\n', f"2:1 Y201 {QUOTES}"),
        ('甲: "一\n---\n乙: 二\n', f"1:4 Y201 {QUOTES}"),
        ('甲: "D:\\会议"\n', f"1:8 Y201 {BACKSLASH}"),
        ('甲: "\\x4"\n', f"1:7 Y201 {BACKSLASH}"),
        # The first character of a value.
        ("甲: @乙\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲: `乙\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲: %乙\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲:\n  - @乙\n", f"2:5 Y201 {FIRST_SIGN}"),
        ("甲: ]\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲: , 乙\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲: ? 乙\n", f"1:4 Y201 {FIRST_SIGN}"),
        ("甲: >50%\n", f"1:4 Y201 {BLOCK_SIGN}"),
        ("甲: |乙\n", f"1:4 Y201 {BLOCK_SIGN}"),
        ("甲: & 乙\n", f"1:4 Y205 {YAML_SIGN}"),
        ("甲: * 乙\n", f"1:4 Y205 {YAML_SIGN}"),
        ("甲: !<乙\n", f"1:4 Y205 {YAML_SIGN}"),
        # Colons.
        ("甲: 乙: 丙\n", f"1:5 Y201 {COLON}"),
        ("甲: 一\n  乙: 二\n", f"2:4 Y201 {COLON}"),
        ("甲\n乙: 二\n", f"2:2 Y201 {COLON}"),
        ("甲: 一\n乙 二\n丙: 三\n", f"2:1 Y201 {NO_COLON}"),
        ("甲: 一\n乙 二\n", f"2:1 Y201 {NO_COLON}"),
        # Lists and brackets.
        ("甲: [一\n乙: 二\n", f"1:4 Y201 {BRACKETS}"),
        ("甲: [一\n", f"1:4 Y201 {BRACKETS}"),
        ("甲: {乙: 一\n", f"1:4 Y201 {BRACKETS}"),
        ("甲: [一 [二]]\n", f"1:4 Y201 {BRACKETS}"),
        ("甲: - 一\n", f"1:4 Y201 {DASH}"),
        # Indents.
        ("甲: '一' 二\n", f"1:8 Y201 {INDENT}"),
        ("甲: 一\n- 乙\n", f"2:1 Y201 {INDENT}"),
        ("- 甲\n乙: 一\n", f"2:1 Y201 {INDENT}"),
        ("甲:\n    - 一\n  - 二\n", f"3:3 Y201 {INDENT}"),
        # After the end.
        ("{甲: 一} 乙\n", f"1:8 Y201 {AFTER_END}"),
        ("%2021\n乙: 一\n", f"2:1 Y201 {AFTER_END}"),
        ("%甲\n乙: 一\n", f"1:1 Y201 {PERCENT}"),
    ],
)
def test_a_slip_in_yaml_is_told_where_it_is_and_in_words(text: str, flaw: str) -> None:
    assert _flaw(text) == flaw


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("\t甲: 一\n", "1:1 Y203 这里用了制表符（Tab）"),
        ("甲:\n\t- 一\n", "2:1 Y203 这里用了制表符（Tab）"),
        ("甲:\t一\n", "1:3 Y203 这里用了制表符（Tab）"),
        ("甲:\n  - 乙: 一\n\t丙: 二\n", "3:1 Y203 这里用了制表符（Tab）"),
        ("甲: 一\t二\n", "1:5 Y203 这里用了制表符（Tab）"),
        ("甲: 一\n\t乙: 二\n", "2:1 Y203 这里用了制表符（Tab）"),
    ],
)
def test_a_tab_is_named_as_what_it_is(text: str, flaw: str) -> None:
    assert _flaw(text) == flaw


@pytest.mark.parametrize("text", ["甲: '一\t二'\n", "甲: 一 # \t\n"])
def test_a_tab_inside_a_value_is_only_text(text: str) -> None:
    assert parse(text, "07.yaml")[1] == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("甲: 一\n乙：二\n丙: 三\n", "2:2 Y202 “乙”后面用了全角冒号“：”"),
        ("甲: 一\n乙：二\n", "2:2 Y202 “乙”后面用了全角冒号“：”"),
        ("甲：一\n乙: 二\n", "1:2 Y202 “甲”后面用了全角冒号“：”"),
        ("甲:\n  - 乙：一\n    丙: 二\n", "2:6 Y202 “乙”后面用了全角冒号“：”"),
        ("甲:\n  - 乙: 一\n    丙：二\n    丁: 三\n", "3:6 Y202 “丙”后面用了全角冒号“：”"),
    ],
)
def test_a_full_width_colon_is_named_with_its_key(text: str, flaw: str) -> None:
    assert _flaw(text) == flaw


def test_a_tab_before_the_slip_is_not_blamed() -> None:
    assert _flaw("甲: '一\n\t二\n乙: 三\n") == f"1:4 Y201 {QUOTES}"
    assert _flaw("甲: [一,\n\t二\n乙: 三\n") == f"1:4 Y201 {BRACKETS}"


def test_a_full_width_colon_inside_a_sound_line_is_not_blamed() -> None:
    assert _flaw("甲: 要求：一\n乙: [二\n") == f"2:4 Y201 {BRACKETS}"


def test_a_colon_far_above_the_slip_is_not_blamed() -> None:
    text = "甲: |\n  乙：一\n" + "  文\n" * 60 + "丙: @丁\n"
    assert _flaw(text) == f"63:4 Y201 {FIRST_SIGN}"


def test_an_error_without_a_place_is_told_at_the_start() -> None:
    found = explain("甲: 一\n", KeyError("x"))
    assert (found.line, found.column, found.code) == (1, 1, "Y201")
    assert found.sentence == "不合YAML的写法；检查这一行和上一行的缩进、冒号和引号"


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (0, 0)),
        ("甲乙", 2, (0, 2)),
        ("甲\n乙", 2, (1, 0)),
        ("甲\r\n乙", 3, (1, 0)),
        ("甲\r乙", 2, (1, 0)),
        ("甲\n\r\n\r乙丙", 6, (3, 1)),
        ("甲\u2028乙", 2, (0, 2)),
    ],
)
def test_a_place_is_counted_by_the_line_endings_of_yaml(
    text: str, offset: int, place: tuple[int, int]
) -> None:
    assert line_and_column(text, offset) == place


def test_what_cannot_be_shown_is_told_by_its_number() -> None:
    assert codepoint("\x07") == "U+0007"
    assert codepoint("\U000e0001") == "U+E0001"
    assert control_character("甲\n乙\x07", 3).message == "含有不可见的控制字符（U+0007）"
