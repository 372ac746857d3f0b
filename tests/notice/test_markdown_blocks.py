"""Text goes into Markdown escaped, and comes out of it as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_texts import texts
from zhenggai.notice.markdown_blocks import Block, blocks, escape

_FRAMES = {
    "paragraph": "{}",
    "title": "# {}",
    "heading": "#### {}",
    "in a sentence": "关于“{}”问题的整改。",
    "behind a number": "1.{}",
    "table": "| 项 | 值 |\n|---|---|\n| {} | 无 |",
}


def _read(source: str) -> str:
    (block,) = blocks(source)
    return block.rows[-1][0] if block.rows else block.text


@given(texts, st.sampled_from(list(_FRAMES)))
def test_any_text_reads_in_any_place_as_it_was_written(text: str, place: str) -> None:
    literal = re.sub(" +", " ", text).strip()  # blanks are all that Markdown has its own way with
    if literal:
        frame = _FRAMES[place]
        around = "{}" if place in ("paragraph", "title", "heading", "table") else frame
        assert _read(frame.format(escape(literal))) == around.format(literal)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*_<#", "\\*\\_\\<\\#"),
        ("1. 甲", "1\\. 甲"),
        ("2021) 甲", "2021\\) 甲"),
        ("1.甲", "1.甲"),
        ("- 甲", "\\- 甲"),
        ("---", "\\---"),
        ("-", "\\-"),
        ("甲|乙", "甲\\|乙"),
        ("`码`", "\\`码\\`"),
        ("a\\b", "a\\\\b"),
        ("&amp;", "\\&amp;"),
        ("[甲](http://x.cn)", "\\[甲\\](http://x.cn)"),
        ("![图](a.png)", "!\\[图\\](a.png)"),
        ("党组会议10次。", "党组会议10次。"),
    ],
)
def test_only_what_markdown_would_take_for_its_own_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("开短会、\n开好会", "开短会、开好会"),
        ("开短会、\r\n\r\n   开好会", "开短会、开好会"),
        ("by Mr.\nX", "by Mr. X"),
        ("a \t\x0b\x0c\x1c\x85\u2028\u2029 b", "a b"),
        ("  两头  ", "两头"),
        ("共　　份", "共　　份"),
        ("a\x00\x07\x1b[31mb\x7f\x9b", "a\\[31mb"),
        ("甲\u202e乙\u2066丙\u2069", "甲乙丙"),
        ("\ud800\ufffe", ""),
        ("\x001. 甲", "1\\. 甲"),
        (None, ""),
        (12, "12"),
        (["*", ("乙", "丙")], "\\*、乙、丙"),
    ],
)
def test_a_value_becomes_one_line_without_what_cannot_be_printed(text: object, line: str) -> None:
    assert escape(text) == line


def test_a_document_is_read_block_by_block() -> None:
    source = """# 标题

第一段
还是第一段\\
换行

## 一、部分

1. 甲
2. 乙
- 丙

| 编号 | 问题 |
|---|---|
| 01 | **会议**过多 |
| 02 | |

最后
"""
    assert list(blocks(source)) == [
        Block(1, "标题"),
        Block(0, "第一段\n还是第一段\n换行"),
        Block(2, "一、部分"),
        Block(0, "1.甲"),
        Block(0, "2.乙"),
        Block(0, "丙"),
        Block(0, "", (("编号", "问题"), ("01", "会议过多"), ("02", ""))),
        Block(0, "最后"),
    ]


@pytest.mark.parametrize(
    "source",
    ["[甲](http://x.cn)", "![图](http://x.cn/a.png)", "<http://x.cn>", "<b>粗</b>"],
)
def test_addresses_images_code_and_html_are_text(source: str) -> None:
    assert list(blocks(source)) == [Block(0, source)]
