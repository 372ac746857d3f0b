"""Edits of texts nobody has written yet: in any style every byte but the edit's own stays."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from spliced import EVIDENCE, Edit, applied, data_of, endings, intended, measure_in, only_inserted
from styled_yaml import documents, findings, texts, wild

from zhenggai.errors import InvalidInputError, RefusedError
from zhenggai.ledger.lifecycle import AddMeasure, Append, Fill, Written
from zhenggai.storage.yaml.nodes import UNSAYABLE, Mapping, Scalar, parse, to_data
from zhenggai.storage.yaml.text_edits import scalar

_MANY = int(os.environ.get("ZHENGGAI_FAULTS", "1"))


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples * _MANY,
        deadline=None,
        derandomize=_MANY == 1,
        suppress_health_check=[HealthCheck.too_slow],
    )


@st.composite
def _texts(draw: st.DrawFn) -> str:
    return draw(documents(draw(findings())))


@st.composite
def _appends(draw: st.DrawFn) -> Append:
    record: dict[str, Written] = {"日期": "2021-06-01", "事项": "督查", "情况": draw(texts)}
    if draw(st.booleans()):
        record["经办人"] = draw(texts)
    if draw(st.booleans()):
        record["佐证"] = EVIDENCE[: draw(st.integers(1, 2))]
    return Append(record)


_ADDED = texts.map(lambda text: AddMeasure({"内容": text, "增加日期": "2021-06-01"}))


@st.composite
def _fills(draw: st.DrawFn, text: str) -> Fill:
    root, _ = parse(text, "")
    assert root is not None
    index = draw(st.integers(0, len(to_data(root)["措施"]) - 1))
    key = draw(st.sampled_from(["完成", "成效", "佐证"]))
    written: dict[str, st.SearchStrategy[Written]] = {
        "完成": st.just("2021-06-01"),
        "成效": texts,
        "佐证": st.just(EVIDENCE),
    }
    values: dict[str, Written] = {key: draw(written[key])}
    return Fill(index, values)


def _may_be_refused(text: str, edit: Edit) -> bool:
    """Tell whether an edit would overwrite lines (|, >), or evidence written over lines."""
    if not isinstance(edit, Fill):
        return False
    root, _ = parse(text, "")
    assert root is not None
    [key] = edit.values
    for word, value in measure_in(root, edit.measure).pairs:
        if word.value == key and isinstance(value, Scalar):
            return text[value.start.offset : value.start.offset + 1] in ("|", ">") or (
                key == "佐证" and value.start.line != value.end.line
            )
    return False


@given(st.data())
@_settings(50)
def test_an_edit_of_any_text_does_what_was_meant_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(_texts())
    edit = data.draw(_appends() | _ADDED | _fills(text))
    assume(not _may_be_refused(text, edit))
    new = applied(text, [edit])
    assert data_of(_ended(new)) == intended(data_of(_ended(text)), edit)
    assert only_inserted(text, new, edit)
    assert endings(new.encode()) <= endings(text.encode()) or "\n" not in text
    assert new.endswith("\n") == text.endswith("\n")


@given(st.data())
@_settings(15)
def test_two_records_stand_in_the_order_they_were_added(data: st.DataObject) -> None:
    text, first, second = data.draw(_texts()), data.draw(_appends()), data.draw(_appends())
    one_way, other_way = applied(text, [first, second]), applied(text, [second, first])
    before = intended(data_of(_ended(text)), first)
    assert data_of(_ended(one_way)) == intended(before, second)
    records, turned = data_of(one_way)["记录"], data_of(other_way)["记录"]
    assert records == [*turned[:-2], turned[-1], turned[-2]]


@given(st.data())
@_settings(15)
def test_a_record_and_a_measure_done_come_to_the_same_in_either_order(data: st.DataObject) -> None:
    text = data.draw(_texts())
    record, fill = data.draw(_appends()), data.draw(_fills(text))
    assume(not _may_be_refused(text, fill))
    assert data_of(applied(text, [record, fill])) == data_of(applied(text, [fill, record]))


@given(wild | texts | st.text(alphabet="-?:,[]{}#&*!|>'\"%@` \n\t\\~一", min_size=1, max_size=8))
@example("　全角空格开头,　中间也有")
@example("第一行\n第二行")
@example("👨‍👩‍👧😀")
@example("null")
@example("2021-05-01")
@example("...")
@example("--- 甲")
@example("&锚 *别名 !标签 %指令 @ `")
@example(" 两边有空格 ")
@example("\ue000私用区")
@example("甲: 乙 #丙, [丁]")
@example("没有断开，也没有空格" * 300)
@_settings(80)
def test_any_text_reads_back_as_it_was_written(text: str) -> None:
    for flow in (False, True):
        written = scalar(text, flow=flow)
        assert "\n" not in written
        assert _read(
            f"{{甲: {written}, 乙: [{written}]}}" if flow else f"甲: {written}\n乙: 丙"
        ) == ({"甲": text, "乙": [text]} if flow else {"甲": text, "乙": "丙"})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("会议制度已形成初稿", "会议制度已形成初稿"),
        ("甲: 乙", "'甲: 乙'"),
        ("it's: x", "'it''s: x'"),
        ("第一行\n第二行", '"第一行\\n第二行"'),
        ("一、　党组会", "一、　党组会"),
        ("一、　“甲”\n二、乙", '"一、　“甲”\\n二、乙"'),
        ("甲\t乙", '"甲\\t乙"'),
        ("零宽\u200d连接", '"零宽\\U0000200d连接"'),
    ],
)
def test_chinese_stays_readable_whatever_stands_beside_it(text: str, written: str) -> None:
    assert scalar(text) == written


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("响铃\x07", "U+0007"),
        ("回车\r\n", "U+000D"),
        ("行分隔\u2028", "U+2028"),
        ("半\ud800", "U+D800"),
    ],
)
def test_a_control_character_is_named_and_not_written(text: str, name: str) -> None:
    assert UNSAYABLE.search(text)
    with pytest.raises(InvalidInputError) as refused:
        scalar(text)
    assert str(refused.value) == f"填写的内容里有不可见的控制字符（{name}）；请删去后再试"


def test_a_word_without_end_is_not_written() -> None:
    with pytest.raises(InvalidInputError, match=r"^“!甲+……”太长，台账里放不下；请缩短或分成几句$"):
        scalar("!" + "甲" * 3000)


def test_lines_are_not_overwritten_and_the_text_is_kept_for_the_user_to_edit() -> None:
    text = "问题: 会议过多\n措施:\n  - 内容: 少开会\n    成效: |\n      十次\n"
    with pytest.raises(RefusedError, match="“成效”已经有几行文字"):
        applied(text, [Fill(0, {"成效": "十一次"})])


def _read(text: str) -> Any:
    root, problems = parse(text, "")
    assert isinstance(root, Mapping)
    assert problems == []
    return to_data(root)


def _ended(text: str) -> str:
    """Give the text with a last newline: lines (|) at its end read as they do with one."""
    return text if text.endswith("\n") else f"{text}\n"
