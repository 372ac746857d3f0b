"""Any value put at any place: a key in every style, a nested table, a list, an emptied key."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from spliced import STYLES, data_of, endings
from styled_yaml import documents, findings, texts

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import PlainValue, Put
from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.text_edits import apply

NAMES = sorted(path.stem for path in Path(STYLES).glob("*.yaml"))
# Refused: a lone CR ends no line for most programs; the colon of an explicit key is elsewhere.
_REFUSED = {"old-mac-line-endings": None, "explicit-keys": "公开"}
_ORDER = ("问题", "方面", "整改目标", "责任领导", "措施", "公开", "记录")
_VALUES: list[PlainValue] = ["会议减少三成: #件件落实", ["会议多", "会后不落实"], None]


def _edited(text: str, *edits: Put) -> str:
    node, _ = parse(text, "")
    assert node is not None
    return apply(text, node, edits)[0]


def _meant(data: Any, path: tuple[str | int, ...], value: PlainValue) -> Any:
    data = copy.deepcopy(data)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    if value is not None or path[-1] in holder:
        holder[path[-1]] = value
    return data


def _without_empty(data: Any) -> Any:
    """Give data without keys that say nothing, written in any way."""
    return {key: value for key, value in data.items() if value not in (None, "", "~", "null")}


@pytest.mark.parametrize("value", _VALUES, ids=["text", "list", "nothing"])
@pytest.mark.parametrize("key", ["整改目标", "责任领导", "公开"])
@pytest.mark.parametrize("style", NAMES)
def test_a_key_says_what_was_put_there_and_no_other_changes(
    style: str, key: str, value: PlainValue
) -> None:
    text = (Path(STYLES) / f"{style}.yaml").read_bytes().decode("utf-8-sig")
    if style in _REFUSED and _REFUSED[style] in (None, key) and (value or style != "explicit-keys"):
        with pytest.raises(RefusedError):
            _edited(text, Put((key,), value, "", _ORDER))
        return
    new = _edited(text, Put((key,), value, "", _ORDER))
    assert _without_empty(data_of(new)) == _without_empty(_meant(data_of(text), (key,), value))
    assert endings(new.encode()) <= endings(text.encode()) or "\n" not in text


@given(st.data())
@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
def test_in_any_text_what_was_meant_is_written_or_refused(data: st.DataObject) -> None:
    text = data.draw(documents(data.draw(findings())))
    key = data.draw(st.sampled_from(["整改目标", "责任领导", "整改时限", "责任科室"]))
    lists: st.SearchStrategy[PlainValue] = st.lists(texts, min_size=1, max_size=3)
    value = data.draw(texts | lists)
    try:
        new = _edited(text, Put((key,), value, "", _ORDER))
    except RefusedError:
        assume(False)
        return
    before = data_of(text if text.endswith("\n") else f"{text}\n")
    after = data_of(new if new.endswith("\n") else f"{new}\n")
    assert _without_empty(after) == _without_empty(_meant(before, (key,), value))


def test_a_new_key_stands_in_its_order_and_above_the_comments_of_the_next() -> None:
    text = "问题: 会议过多\n责任领导: 局长\n# 以下是措施\n措施:\n  - 内容: 少开会\n记录:\n"
    new = _edited(text, Put(("整改目标",), "少开会", "", _ORDER))
    assert new == text.replace("责任领导", "整改目标: 少开会\n责任领导")
    new = _edited(text, Put(("公开",), "否", "", _ORDER))
    assert new == text.replace("记录:", "公开: 否\n记录:")


@pytest.mark.parametrize(
    ("text", "path", "value", "new"),
    [
        ("甲: 1\n", ("表", "键"), "值", "甲: 1\n表: {键: 值}\n"),
        ("表: {键: 1}\n", ("表", "别"), "值", "表: {键: 1, 别: 值}\n"),
        ("表:\n  键: 1\n乙: 2\n", ("表", "别"), "值", "表:\n  键: 1\n  别: 值\n乙: 2\n"),
        ("表:\n  # 说明\n乙: 2\n", ("表", "别"), "值", "表: {别: 值}\n  # 说明\n乙: 2\n"),
        ("甲: 1\n", ("列", 0, "键"), "值", "甲: 1\n列:\n  - 键: 值\n"),
        ("列:\n- 键: 1\n", ("列", 1, "键"), "值", "列:\n- 键: 1\n- 键: 值\n"),
        ("列:\n  - 键: 1 # 注\n", ("列", 0, "键"), "值", "列:\n  - 键: 值 # 注\n"),
        ("列: {键: 1}\n", ("列", 0, "别"), "值", "列: {键: 1, 别: 值}\n"),
        ("会: 2021-03-01\n", ("会", "情况"), "好", "会: {日期: 2021-03-01, 情况: 好}\n"),
        ("列:\n  - 甲\n  - 乙\n末: 1\n", ("列",), "丙", "列: 丙\n末: 1\n"),
        ("文: |\n  一\n  二\n末: 1\n", ("文",), "三", "文: 三\n末: 1\n"),
        ("文: ~\n", ("文",), ["一", "二"], "文: [一, 二]\n"),
        ("文: '一' # 注\n", ("文",), None, "文: # 注\n"),
        ("{甲: 1, 乙: 2}\n", ("乙",), ["三"], "{甲: 1, 乙: [三]}\n"),
    ],
)
def test_what_is_missing_on_the_way_is_made(
    text: str, path: tuple[str | int, ...], value: PlainValue, new: str
) -> None:
    assert _edited(text, Put(path, value, "日期")) == new


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("列:\n  - 键: 1\n", ("列", 2, "键"), "“列”只有1项，不能写第3项；先写第2项"),
        ("甲: 1\n", ("列", 1, "键"), "“列”还没有内容，不能写第2项"),
        ("列: {键: 1}\n", ("列", 1, "键"), "“列”不是列表"),
        ("列: [甲]\n", ("列", 0, "键"), "“列”的写法不能自动修改"),
        ("列:\n  - 键: 1\n", ("列", "键"), "“列”是列表；写明第几项"),
        ("列:\n  - 甲\n  # 为什么有乙\n  - 乙\n", ("列",), "“列”里有说明（#），不能自动改写"),
    ],
)
def test_what_has_no_safe_place_is_refused(
    text: str, path: tuple[str | int, ...], said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        _edited(text, Put(path, "值"))
    assert said in str(refused.value)
