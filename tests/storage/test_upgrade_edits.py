"""Another word or a new key of a record, a key at the head, and an item of any list.

In every style, and no byte more.
"""

import copy
from pathlib import Path

import pytest
from spliced import STYLES, data_of, endings

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import Answer, Append, Head, Retitle
from zhenggai.model.terms import Action
from zhenggai.storage.edited_file import OpenedFinding, open_finding
from zhenggai.storage.ledger_folder import LedgerFolder
from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.text_edits import TextEdit, apply

NAMES = sorted(path.stem for path in Path(STYLES).glob("*.yaml"))
FORMAT = Head("格式", "2")
_OLD_MAC = "old-mac-line-endings"  # refused: a lone CR ends no line for most programs


def _opened(style: str) -> OpenedFinding:
    return open_finding(LedgerFolder(STYLES, ""), f"{style}.yaml", style)


def _edited(text: str, edit: TextEdit) -> str:
    node, _ = parse(text, "")
    assert node is not None
    return apply(text, node, [edit])[0]


@pytest.mark.parametrize("style", NAMES)
def test_of_a_record_only_its_word_is_another(style: str) -> None:
    opened = _opened(style)
    for place, record in enumerate(opened.finding.records):
        if record.action is not Action.SUPERVISION:
            continue
        edit = Retitle(place, Action.PROGRESS)
        if style == _OLD_MAC:
            with pytest.raises(RefusedError):
                _edited(opened.text, edit)
            continue
        new = _edited(opened.text, edit)
        at = next(i for i, (a, b) in enumerate(zip(opened.text, new, strict=True)) if a != b)
        assert new == opened.text[:at] + "进展" + opened.text[at + 2 :]
        assert opened.text[at : at + 2] == "督查"
        assert data_of(new)["记录"][place] == {
            **data_of(opened.text)["记录"][place],
            "事项": "进展",
        }


@pytest.mark.parametrize("style", NAMES)
def test_a_key_stands_at_the_head_and_all_else_as_it_was(style: str) -> None:
    opened = _opened(style)
    if style == _OLD_MAC:
        with pytest.raises(RefusedError):
            _edited(opened.text, FORMAT)
        return
    new = _edited(opened.text, FORMAT)
    assert data_of(new) == {"格式": "2", **data_of(opened.text)}
    assert new.count("格式: 2") == opened.text.count("格式: 2") + 1
    written = [f"格式: 2{end}" for end in ("\r\n", "\n", ", ")]
    indents = ("", "  ", "    ")
    assert opened.text in [new.replace(i + one, "", 1) for one in written for i in indents]
    assert endings(new.encode()) == endings(opened.text.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("被巡察单位: 甲\n", "格式: 2\n被巡察单位: 甲\n"),
        ("# 说明\n\n# 甲的\n被巡察单位: 甲\n", "# 说明\n\n# 甲的\n格式: 2\n被巡察单位: 甲\n"),
        ("---\r\n被巡察单位: 甲\r\n", "---\r\n格式: 2\r\n被巡察单位: 甲\r\n"),
        ("  被巡察单位: 甲\n", "  格式: 2\n  被巡察单位: 甲\n"),
        ("{被巡察单位: 甲}\n", "{格式: 2, 被巡察单位: 甲}\n"),
        ("被巡察单位: 甲", "格式: 2\n被巡察单位: 甲"),
        ("被巡察单位: 甲\n格式: 1 # 旧\n", "被巡察单位: 甲\n格式: 2 # 旧\n"),
        ("格式: '1'\n被巡察单位: 甲\n", "格式: 2\n被巡察单位: 甲\n"),
    ],
)
def test_the_format_is_written_below_what_an_inspection_begins_with(old: str, new: str) -> None:
    assert _edited(old, FORMAT) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("事项: 督查 # 例行\n", "事项: 进展 # 例行\n"),
        ("事项: '督查'\n", "事项: '进展'\n"),
        ('事项: "督查"\n', '事项: "进展"\n'),
        ('事项: "\\u7763\\u67e5"\n', "事项: 进展\n"),
        ("事项: 督查\r\n", "事项: 进展\r\n"),
    ],
)
def test_quotes_and_comments_around_the_word_stay(old: str, new: str) -> None:
    head = "记录:\n- 情况: 督查\n  "
    assert _edited(head + old, Retitle(0, Action.PROGRESS)) == head + new


def test_records_that_are_no_list_are_refused() -> None:
    with pytest.raises(RefusedError, match="这个文件的“记录”不是列表，不能自动修改"):
        _edited("记录: 无\n", Retitle(0, Action.PROGRESS))


@pytest.mark.parametrize("style", NAMES)
def test_a_record_gets_a_key_and_all_else_stays(style: str) -> None:
    opened = _opened(style)
    old = opened.text
    for place in range(len(opened.finding.records)):
        edit = Answer(place, {"回复日期": "2021-05-17"})
        if style == _OLD_MAC:
            with pytest.raises(RefusedError):
                _edited(old, edit)
            continue
        new = _edited(old, edit)
        # A last line without its newline gets one, and with it whatever block of lines ends there.
        before = copy.deepcopy(data_of(old if old.endswith("\n") else f"{old}\n"))
        before["记录"][place]["回复日期"] = "2021-05-17"
        assert data_of(new) == before
        start = _in_common(old, new)
        assert start + _in_common(old[start:][::-1], new[start:][::-1]) == len(old)


def _in_common(one: str, other: str) -> int:
    """Count the characters with which two texts both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


ASSESSED = Append(
    {
        "单位": "县委巡察办",
        "满意度票数": {"满意": 38, "不 满意: 是": 0},
        "退回重改问题号": ["07", "a, b"],
    },
    "评估",
)
_MEANT = {
    "单位": "县委巡察办",
    "满意度票数": {"满意": "38", "不 满意: 是": "0"},
    "退回重改问题号": ["07", "a, b"],
}


@pytest.mark.parametrize(
    "text",
    [
        "格式: 2\n",
        "格式: 2",
        "格式: 2\n评估:\n反馈日期: 2021-02-01\n",
        "格式: 2\n评估: []  # 尚无\n",
        "格式: 2\n评估:\n  - 单位: 市委巡察办\n    日期: 2021-01-01  # 初评\n签批: []\n",
        "格式: 2\n评估:\n- {单位: 市委巡察办, 日期: 2021-01-01}\n",
        "{格式: 2, 评估: [{单位: 市委巡察办}]}\n",
        "{格式: 2}\n",
        "格式: 2\r\n# 说明\r\n",
        "通报:\n  标题: 通报\n  监督: |\n    第一行\n    第二行\n",
    ],
)
def test_an_item_comes_behind_those_that_a_list_has(text: str) -> None:
    new = _edited(text, ASSESSED)
    before = data_of(text)
    listed = [*(before.get("评估") or []), _MEANT]
    assert data_of(new) == before | {"评估": listed}
    assert data_of(_edited(new, ASSESSED))["评估"] == [*listed, _MEANT]
    assert ("\r\n" in text) == ("\r\n" in new)
