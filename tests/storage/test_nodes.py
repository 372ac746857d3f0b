"""From YAML text to nodes that know where they stand, and what a ledger does not take."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.problem import At
from zhenggai.model.terms import Severity
from zhenggai.storage.yaml.nodes import (
    MAX_FLAWS,
    MAX_NODES,
    MAX_TAG,
    Mapping,
    Node,
    Scalar,
    Sequence,
    locate,
    parse,
    to_data,
)

FINDING = """\
# 会议
问题: 会议过多
责任科室: [办公室, 人事科]
整改时限:
措施:
  - 内容: 少开会
    完成: '2021-03-20'
  -
    内容: "完善制度"
    佐证: {文件: a.pdf}
"""


def _node(text: str) -> Mapping:
    node, problems = parse(text, "07.yaml")
    assert problems == []
    assert node is not None
    return node


def _flaws(text: str) -> list[str]:
    """Give every flaw as line:column, code and what is wrong."""
    return [f"{p.line}:{p.column} {p.code} {p.message}" for p in parse(text, "07.yaml")[1]]


def _place(text: str, *at: str | int, key: bool = False) -> tuple[int, int]:
    mark = locate(_node(text), at, key=key)
    return mark.line + 1, mark.column + 1


# Content.


def test_a_finding_becomes_plain_data_of_text() -> None:
    assert to_data(_node(FINDING)) == {
        "问题": "会议过多",
        "责任科室": ["办公室", "人事科"],
        "整改时限": None,
        "措施": [
            {"内容": "少开会", "完成": "2021-03-20"},
            {"内容": "完善制度", "佐证": {"文件": "a.pdf"}},
        ],
    }


@pytest.mark.parametrize(
    "word",
    [
        "007",
        "no",
        "是",
        "true",
        "2021-13-45",
        "2021-05-01",
        "1:30",
        "12e03",
        "0x1F",
        ".5",
        "<",
        "=",
    ],
)
def test_a_word_stays_as_written_whatever_yaml_would_make_of_it(word: str) -> None:
    assert to_data(_node(f"值: {word}\n")) == {"值": word}
    assert to_data(_node(f"{word}: 值\n")) == {word: "值"}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", "  # 待填写"])
def test_an_unquoted_nothing_is_none(nothing: str) -> None:
    assert to_data(_node(f"值: {nothing}\n")) == {"值": None}


@pytest.mark.parametrize("word", ["", "~", "null", "NULL"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quoted_nothing_is_text(word: str, quote: str) -> None:
    assert to_data(_node(f"值: {quote}{word}{quote}\n")) == {"值": word}


@pytest.mark.parametrize(
    ("written", "plain"),
    [("少开会", True), ("'少开会'", False), ('"少开会"', False), ("|-\n  少开会", False)],
)
def test_a_value_knows_whether_it_is_quoted(written: str, *, plain: bool) -> None:
    _, value = _node(f"内容: {written}\n").pairs[0]
    assert isinstance(value, Scalar)
    assert (value.value, value.plain) == ("少开会", plain)


def test_text_may_run_over_several_lines() -> None:
    text = "甲: 一\n  二\n乙: |\n  一\n  二\n丙: >\n  一\n  二\n丁: '一\n\n  二'\n"
    assert to_data(_node(text)) == {
        "甲": "一 二",
        "乙": "一\n二\n",
        "丙": "一 二\n",
        "丁": "一\n二",
    }


def test_lists_and_mappings_know_whether_they_are_in_brackets() -> None:
    node = _node("甲: [一]\n乙:\n  - 一\n丙: {一: 二}\n丁:\n  一: 二\n")
    styles = [value.flow for _, value in node.pairs if isinstance(value, (Sequence, Mapping))]
    assert styles == [True, False, True, False]
    assert not node.flow
    assert _node("{甲: 一}\n").flow


def test_keys_keep_the_order_of_the_text() -> None:
    assert list(to_data(_node("丙: 1\n甲: 2\n乙: 3\n"))) == ["丙", "甲", "乙"]


def test_a_document_marker_and_a_comment_are_no_content() -> None:
    assert to_data(_node("--- # 开头\n问题: 会议过多 # 结尾\n...\n")) == {"问题": "会议过多"}


# Places.


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ((), (2, 1)),
        (("问题",), (2, 5)),
        (("责任科室",), (3, 7)),
        (("责任科室", 1), (3, 13)),
        (("措施",), (6, 3)),
        (("措施", 0), (6, 5)),
        (("措施", 0, "内容"), (6, 9)),
        (("措施", 0, "完成"), (7, 9)),
        (("措施", 1, "内容"), (9, 9)),
        (("措施", 1, "佐证", "文件"), (10, 14)),
    ],
)
def test_every_value_is_found_where_it_begins(at: At, place: tuple[int, int]) -> None:
    assert _place(FINDING, *at) == place


@pytest.mark.parametrize(
    ("at", "place"),
    [(("问题",), (2, 1)), (("措施", 0, "完成"), (7, 5)), (("措施", 1, "佐证", "文件"), (10, 10))],
)
def test_a_key_is_found_where_it_begins(at: At, place: tuple[int, int]) -> None:
    assert _place(FINDING, *at, key=True) == place


def test_a_value_that_is_not_there_is_found_at_its_key() -> None:
    assert _place(FINDING, "整改时限") == (4, 1)


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (("责任人",), (2, 1)),
        (("措施", 0, "成效"), (6, 5)),
        (("措施", 2), (6, 3)),
        (("措施", 5), (6, 3)),
        (("措施", 5, "内容"), (6, 3)),
        (("问题", 0), (2, 5)),
        (("问题", "内容"), (2, 5)),
        (("责任科室", "内容"), (3, 7)),
    ],
)
def test_what_is_missing_is_found_at_what_should_hold_it(at: At, place: tuple[int, int]) -> None:
    assert _place(FINDING, *at) == place


def test_one_item_written_without_its_list_is_found_all_the_same() -> None:
    assert _place(FINDING, "措施", 1, "佐证", 0, "文件") == (10, 14)
    assert _place(FINDING, "措施", 1, "佐证", 0, "文件", key=True) == (10, 10)
    assert _place(FINDING, "措施", 1, "佐证", 0) == (10, 9)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_places_are_the_same_with_every_line_ending(ending: str) -> None:
    text = FINDING.replace("\n", ending)
    assert to_data(_node(text)) == to_data(_node(FINDING))
    assert _place(text, "措施", 1, "佐证", "文件") == (10, 14)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_value_can_be_cut_out_of_the_text_by_its_offsets(ending: str) -> None:
    text = FINDING.replace("\n", ending)
    assert [text[s.start.offset : s.end.offset] for s in _scalars(_node(text))] == [
        *(
            "问题",
            "会议过多",
            "责任科室",
            "办公室",
            "人事科",
            "整改时限",
            "",
            "措施",
            "内容",
            "少开会",
        ),
        *("完成", "'2021-03-20'", "内容", '"完善制度"', "佐证", "文件", "a.pdf"),
    ]


def _scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in _scalars(item)]
        case Mapping():
            return [s for key, value in node.pairs for s in (key, *_scalars(value))]


_WORDS = st.text("甲乙丙：,;- []{}'\"#&*!|>%@`\n", max_size=12)


@given(st.dictionaries(_WORDS.filter(bool), _WORDS | st.lists(_WORDS, max_size=3), min_size=1))
def test_whatever_is_quoted_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    def quoted(word: str) -> str:
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    def written(value: str | list[str]) -> str:
        if isinstance(value, str):
            return quoted(value)
        return "[" + ", ".join(map(quoted, value)) + "]"

    text = "".join(f"? {quoted(key)}\n: {written(value)}\n" for key, value in data.items())
    assert to_data(_node(text)) == data


# What a ledger does not take.


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("甲: &文 一\n", ["1:4 Y205 用了锚点“&文”"]),
        ("甲: *文\n", ["1:4 Y205 用了别名“*文”"]),
        ("甲: &a\n  乙: 一\n", ["1:4 Y205 用了锚点“&a”"]),
        ("甲: &a [一]\n", ["1:4 Y205 用了锚点“&a”"]),
        ("&a 甲: 一\n", ["1:1 Y205 用了锚点“&a”"]),
        ("甲: &a 一\n乙: *a\n", ["1:4 Y205 用了锚点“&a”", "2:4 Y205 用了别名“*a”"]),
        ("<<: {甲: 一}\n", ["1:1 Y205 用了合并键“<<”"]),
        ("甲:\n  <<: *a\n", ["2:7 Y205 用了别名“*a”", "2:3 Y205 用了合并键“<<”"]),
        ("甲: !!int 一\n", ["1:4 Y205 用了标签“!”"]),
        ("甲: ! 一\n", ["1:4 Y205 用了标签“!”"]),
        ("甲: !注意\n", ["1:4 Y205 文字以 & * ! 之一开头，会被当作YAML的记号"]),
        ("甲: !<tag:x> {乙: 一}\n", ["1:4 Y205 用了标签“!”"]),
        ("!!python/object:os.system\n甲: 一\n", ["1:1 Y205 用了标签“!”"]),
    ],
)
def test_anchors_aliases_merges_and_tags_are_refused(text: str, flaws: list[str]) -> None:
    assert _flaws(text) == flaws


@pytest.mark.parametrize(
    "text", ["'<<': 一\n", "甲: '&文'\n", "甲: '*文'\n", "甲: '!注意'\n", "甲: a&b*c!\n"]
)
def test_the_same_signs_in_quotes_or_inside_a_word_are_only_text(text: str) -> None:
    assert _flaws(text) == []


def test_a_bomb_of_aliases_is_read_in_no_time_and_refused() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert {flaw.split()[1] for flaw in _flaws("\n".join(lines))} == {"Y205"}


def test_a_second_document_is_refused() -> None:
    assert _flaws("甲: 一\n---\n乙: 二\n") == ["2:1 Y207 “---”之后又是一个文档"]
    assert _flaws("甲: 一\n...\n---\n...\n") == ["3:1 Y207 “---”之后又是一个文档"]


def test_a_key_is_written_once_in_one_place() -> None:
    assert _flaws("甲: 一\n乙: 二\n甲: 三\n'甲': 四\n") == [
        "3:1 Y204 “甲”在第1行已经写过",
        "4:1 Y204 “甲”在第1行已经写过",
    ]
    assert _flaws("甲: 一\n乙:\n  甲: 一\n") == []


def test_the_first_of_two_values_is_the_one_that_is_kept() -> None:
    node, _ = parse("甲: 一\n甲: 二\n", "07.yaml")
    assert node is not None
    assert to_data(node) == {"甲": "一"}


@pytest.mark.parametrize(
    "text", [": 一\n", "~: 一\n", "'': 一\n", "? [甲]\n: 一\n", "? {甲: 一}\n: 二\n"]
)
def test_a_key_is_a_word(text: str) -> None:
    assert [flaw.split(" ", 1)[1] for flaw in _flaws(text)] == ["Y201 冒号前面应是一个键"]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", "1:1 F107 文件里没有内容"),
        ("\n\n", "1:1 F107 文件里没有内容"),
        ("# 待填写\n", "1:1 F107 文件里没有内容"),
        ("---\n", "1:1 F107 文件里没有内容"),
        ("~\n", "1:1 F107 文件里没有内容"),
        ("- 会议过多\n", "1:1 Y208 文件最外层不是“键: 值”的形式"),
        ("\n[会议过多]\n", "2:1 Y208 文件最外层不是“键: 值”的形式"),
        ("会议过多\n", "1:1 Y208 文件最外层不是“键: 值”的形式"),
        ("''\n", "1:1 Y208 文件最外层不是“键: 值”的形式"),
        ("# 会议\n问题：会议过多\n", "2:3 Y202 “问题”后面用了全角冒号“：”"),
        ("--- 问题：会议过多\n", "1:7 Y202 “--- 问题”后面用了全角冒号“：”"),
    ],
)
def test_the_outermost_form_is_keys_and_values(text: str, flaw: str) -> None:
    assert _flaws(text) == [flaw]


def test_a_text_as_deep_as_may_be_is_read_and_one_deeper_is_refused() -> None:
    def nested(depth: int) -> str:
        return "甲: " + "[" * (depth - 2) + "一" + "]" * (depth - 2) + "\n"

    assert _flaws(nested(16)) == []
    assert _flaws(nested(17)) == ["1:19 Y206 内容嵌套过深或条目过多"]


def test_a_text_of_too_many_items_is_refused() -> None:
    half = MAX_NODES // 2  # each of these is a key and a value
    (flaw,) = _flaws("{" + ",".join(map(str, range(half))) + "}")
    assert flaw.endswith("Y206 内容嵌套过深或条目过多")


def test_a_text_of_too_many_lines_is_refused_before_it_is_read() -> None:
    assert _flaws("\n" * MAX_NODES) == ["1:1 F107 文件里没有内容"]
    assert _flaws("\n" * (MAX_NODES + 1)) == [f"{MAX_NODES + 1}:1 Y206 文件超过5万行"]


@pytest.mark.parametrize("sign", ["!", "&", "*", "%"])
def test_a_word_without_end_behind_a_sign_of_yaml_is_refused(sign: str) -> None:
    endless = sign + "字" * MAX_TAG
    assert _flaws(f"甲: 一\n乙: {endless}\n") == ["2:4 Y206 这里的字符串过长"]
    assert _flaws(f"甲: ['一',{endless}]\n") == ["1:9 Y206 这里的字符串过长"]


def test_a_word_just_short_of_that_is_judged_like_any_other() -> None:
    assert _flaws("甲: !" + "a" * (MAX_TAG - 1) + "\n") == ["1:4 Y205 用了标签“!”"]


def test_a_long_sentence_with_such_a_sign_in_it_is_only_text() -> None:
    assert _flaws("甲: 完成率100%," + "字" * (2 * MAX_TAG) + "!\n") == []
    assert _flaws("甲: " + "字" * (2 * MAX_TAG) + ",!完成\n") == []


def test_more_flaws_than_anyone_reads_are_not_all_told() -> None:
    assert len(_flaws("甲: !a 一\n" * 100)) == MAX_FLAWS


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9b", "U+009B"),
        ("\u2028", "U+2028"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_what_nobody_can_see_is_found_where_it_stands(character: str, name: str) -> None:
    text = f"甲: 一\r\n乙: 二{character}三\n"
    assert _flaws(text) == [f"2:5 Y209 含有不可见的控制字符（{name}）"]


@pytest.mark.parametrize(
    ("escape", "name"),
    [
        ("\\0", "U+0000"),
        ("\\e", "U+001B"),
        ("\\x9b", "U+009B"),
        ("\\N", "U+0085"),
        ("\\L", "U+2028"),
        ("\\ud800", "U+D800"),
    ],
)
def test_an_escape_writes_nothing_that_cannot_be_seen(escape: str, name: str) -> None:
    expected = f"Y209 双引号里写出了不可见字符（{name}）"
    assert _flaws(f'甲: "一{escape}"\n') == [f"1:4 {expected}"]
    assert _flaws(f'"甲{escape}": 一\n') == [f"1:1 {expected}"]


def test_other_escapes_write_what_they_mean() -> None:
    assert to_data(_node('甲: "一\\n二\\t三\\"\\u56db\\U0001f600"\n')) == {"甲": '一\n二\t三"四😀'}


@pytest.mark.parametrize("wide", ["\u3000", "\u200b", "\u00a0", "😀", "𠮷"])
def test_wide_and_odd_characters_are_text_and_count_one_column(wide: str) -> None:
    text = f"甲: {wide}一{wide}\n乙: [{wide}一, 二]\n"
    assert _place(text, "乙", 1) == (2, 9)


def test_every_flaw_is_an_error_of_the_file_it_is_in() -> None:
    for text in ("", "甲: *a\n", "甲: [\n", "- 一\n", "甲: \x07\n"):
        (problem,) = parse(text, "台账/07.yaml")[1]
        assert (problem.path, problem.severity) == ("台账/07.yaml", Severity.ERROR)
        assert problem.hint


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "[" * n,
        lambda n: "- " * n,
        lambda n: "? " * n,
        lambda n: "{a: " * n,
        lambda n: "!" * n,
        lambda n: "'" * n,
        lambda n: "&a " * n,
        lambda n: ": " * n,
        lambda n: ("!" + "a" * (MAX_TAG - 2) + " ") * (n // MAX_TAG),
    ],
)
def test_a_text_of_nothing_but_signs_ends_in_a_flaw(shape: Callable[[int], str]) -> None:
    assert _flaws(shape(20_000))
