"""What a split does to texts: measures taken out to the byte, and a new file written whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import Remove
from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.text_edits import apply, read
from zhenggai.storage.yaml.whole_text import whole_text

_HEAD = "问题: 会议过多 # 照抄\n措施: # 三项\n"
_FIRST = "  - 内容: 少开会\n    完成: 2021-03-01\n"
_SECOND = "  - 内容: |\n      修订\n      制度\n    # 这一条待定\n    佐证:\n      - 文件: 一.pdf\n"
_THIRD = "  # 第三项\n  -   内容: 培训\n"
_TAIL = "记录: []\n"


def _without(text: str, *places: int) -> str:
    node, _ = parse(text, "")
    assert node is not None
    return apply(text, node, [Remove(place) for place in places])[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_measure_is_taken_out_and_no_other_byte_moves(newline: str) -> None:
    whole = (_HEAD + _FIRST + _SECOND + _THIRD + _TAIL).replace("\n", newline)
    for places, left in (
        ((1,), _HEAD + _FIRST + _THIRD + _TAIL),
        ((0,), _HEAD + _SECOND + _THIRD + _TAIL),
        ((2, 1), _HEAD + _FIRST + "  # 第三项\n" + _TAIL),
    ):
        assert _without(whole, *places) == left.replace("\n", newline)


def test_the_last_line_may_go_without_its_end() -> None:
    text = (_HEAD + _FIRST + "  - 内容: 培训\n").removesuffix("\n")
    assert _without(text, 1) == _HEAD + _FIRST


@pytest.mark.parametrize(
    "text",
    [
        "问题: 会\n措施: [{内容: 少开会}, {内容: 培训}]\n",
        "问题: 会\n措施:\n  -\n    内容: 少开会\n  -\n    内容: 培训\n",
    ],
)
def test_what_gives_no_safe_place_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="不能自动移走"):
        _without(text, 0)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12)
_VALUES: Any = st.recursive(
    _TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["内容", "时限", "佐证"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["问题", "具体表现", "措施"]), _VALUES, min_size=1))
def test_a_file_written_whole_says_what_was_meant(data: dict[str, Any]) -> None:
    try:
        text = whole_text(data)
    except RefusedError:
        # Not everything that can be said in YAML is written; nothing else is written for it.
        return
    assert read(text) == data
