"""What was changed between two versions of a finding's file."""

from typing import Any

import pytest

from zhenggai.ledger.content_changes import content_changes

_RECORD = {"日期": "2021-03-05", "事项": "督查"}
_CHANGES: list[tuple[Any, Any, list[str]]] = [
    (None, {"问题": "甲"}, ["登记问题"]),
    (None, {"记录": [_RECORD]}, ["登记问题", "登记督查（2021-03-05）"]),
    ({"问题": "甲"}, None, ["删除文件"]),
    ({"问题": "甲"}, {"问题": "甲"}, []),
    ({"问题": "甲"}, {"问题": "乙"}, ["问题由甲改为乙"]),
    ({"问题": "甲"}, {"问题": "乙" * 17}, ["问题改动"]),
    ({"问题": "甲"}, {"问题": "甲", "责任人": "丙"}, ["填写责任人"]),
    ({"问题": "甲", "责任人": "丙"}, {"问题": "甲"}, ["删去责任人"]),
    ({"具体表现": ["一"]}, {"具体表现": ["一", "二"]}, ["具体表现改动"]),
    ({"措施": [{"内容": "一"}]}, {"措施": [{"内容": "一", "完成": 1}]}, ["措施1改动（完成）"]),
    ({"措施": [{"内容": "一"}]}, {"措施": [{"内容": "一"}, {"内容": "二"}]}, ["增加措施2"]),
    ({"措施": [{"内容": "一"}]}, {"措施": []}, ["删去措施1"]),
    ({"措施": ["一"]}, {"措施": ["二"]}, ["措施1改动"]),
    ({"记录": [_RECORD]}, {"记录": [_RECORD, _RECORD]}, ["登记督查（2021-03-05）"]),
    ({"记录": [_RECORD]}, {"记录": [_RECORD | {"情况": "x"}]}, ["第1条记录改动（情况）"]),
    ({"记录": [_RECORD]}, {}, ["删去第1条记录"]),
    ({}, {"记录": ["x"]}, ["登记记录（没有日期）"]),
    ({"问题": "甲"}, "问题: [", ["内容无法比较"]),
    ("问题: [", "问题: [", []),
]


@pytest.mark.parametrize(("before", "after", "changes"), _CHANGES)
def test_each_change_is_said_in_a_few_words(before: Any, after: Any, changes: list[str]) -> None:
    assert content_changes(before, after) == changes
