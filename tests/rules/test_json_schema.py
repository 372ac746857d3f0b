"""The JSON Schemas: in Chinese throughout, current, and as strict as the model can be told."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from commandline import ROOT
from decoded import decoded
from golden import compare
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.declaration import Model
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection, OwnDaysOff
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.terms import Kind, Severity
from zhenggai.rules import ExaminedLedger, examine, is_timing
from zhenggai.rules.json_schema import SCHEMAS

_CHINESE = re.compile("[\u4e00-\u9fff]")

FINDING = {
    "问题": "财务管理不规范",
    "责任领导": "分管副局长",
    "责任科室": "办公室",
    "责任人": "办公室负责人",
    "整改时限": "2021-06-30",
}
INSPECTION = {"被巡察单位": "县农业局", "巡察组": "第二巡察组", "反馈日期": "2021-02-01"}
_CLOSED = {"日期": "2021-05-01", "事项": "销号", "批准人": "局党组"}
_OPEN = {"内容": "少开会"}


@cache
def _validator(kind: str) -> Any:
    Draft7Validator.check_schema(SCHEMAS[kind]())
    return Draft7Validator(SCHEMAS[kind]())


def _accepts(kind: str, data: dict[str, Any]) -> bool:
    return bool(_validator(kind).is_valid(data))


def _properties(schema: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk every property of a schema, its definitions included, but not the rules about them."""
    for name, part in schema.get("definitions", {}).items():
        yield from _properties(part, name)
    for choice in schema.get("anyOf", ()):
        yield from _properties(choice, at)
    for key, value in schema.get("properties", {}).items():
        yield f"{at}.{key}", value


def _leads_to_objects(schema: dict[str, Any], top: dict[str, Any]) -> bool:
    """Tell whether a property holds things with properties of their own, or a set of words."""
    if "$ref" in schema:
        return _leads_to_objects(top["definitions"][schema["$ref"].rpartition("/")[2]], top)
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ()), schema.get("items", {})]
    return (
        "properties" in schema
        or "enum" in schema
        or "const" in schema
        or any(_leads_to_objects(one, top) for one in inner if one)
    )


_MODEL_OF: dict[str, type[Model]] = {
    "finding": Finding,
    "inspection": Inspection,
    "holidays": OwnDaysOff,
}


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from _nodes(one)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_property_has_a_chinese_title_and_description_and_shows_what_it_takes(
    kind: str,
) -> None:
    schema = SCHEMAS[kind]()
    found = dict(_properties(schema))
    assert len(found) >= len(_MODEL_OF[kind].DECLARED)
    for at, value in found.items():
        assert value["title"] == at.rpartition(".")[2]
        assert _CHINESE.search(value["title"]), at
        assert _CHINESE.search(value.get("description", "")), at
        assert value.get("examples") or _leads_to_objects(value, schema), at


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_example_is_what_its_property_takes(kind: str) -> None:
    schema = SCHEMAS[kind]()
    for at, value in _properties(schema):
        validator = Draft7Validator(value | {"definitions": schema["definitions"]})
        for example in value.get("examples", ()):
            assert validator.is_valid(example), (at, example)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_says_nothing_an_editor_would_miss(kind: str) -> None:
    schema = SCHEMAS[kind]()
    for node in _nodes(schema):
        if isinstance(node.get("$ref"), str):
            assert list(node) == ["$ref"]
        assert not {"discriminator", "default", "$defs"} & set(node)
    names = [part.get("title", "") for part in schema["definitions"].values() if "enum" not in part]
    assert all(map(_CHINESE.search, names)), names


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_shipped_schema_is_current(kind: str) -> None:
    text = json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=2) + "\n"
    compare(ROOT / "templates" / "schema" / f"{kind}.json", text)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_knows_every_key_of_the_model(kind: str) -> None:
    known = {key for one in _MODEL_OF[kind].DECLARED.values() for key in one.keys}
    assert set(SCHEMAS[kind]()["properties"]) == known


@pytest.mark.parametrize("missing", [*FINDING])
def test_what_a_finding_must_say_may_be_neither_left_out_nor_left_open(missing: str) -> None:
    assert _accepts("finding", FINDING)
    assert not _accepts("finding", {k: v for k, v in FINDING.items() if k != missing})
    assert not _accepts("finding", FINDING | {missing: None})
    assert not _accepts("finding", FINDING | {missing: " "})


@pytest.mark.parametrize("missing", Inspection.REQUIRED)
def test_what_an_inspection_must_say_may_be_neither_left_out_nor_left_open(missing: str) -> None:
    assert _accepts("inspection", INSPECTION)
    left = {k: v for k, v in INSPECTION.items() if k != missing}
    assert not _accepts("inspection", left)
    assert not _accepts("inspection", left | {missing: None})


_LONG_TERM = {"类型": "长期坚持", "检视周期": "每季度", "整改时限": None}
_EXTENDED = {
    "日期": "2021-05-01",
    "事项": "延期",
    "新时限": "2021-08-01",
    "理由": "等批复",
    "批准人": "局党组",
}
_REOPENED = {"日期": "2021-06-01", "事项": "重开", "理由": "反弹"}


@pytest.mark.parametrize(
    "more",
    [
        {"整改时限": "2021/6/30"},
        {"整改时限": " 2021年6月30日 "},
        {"问题": 7, "责任人": True},
        {"责任科室": ["办公室", "人事科"]},
        {"方面": None, "措施": None, "记录": None},
        {"具体表现": "会议多", "建章立制": ["一", "二"]},
        _LONG_TERM,
        {"公开": "否", "不公开理由": "涉及工作秘密"},
        {"公开": True, "处理人员": {"提醒谈话": 3}, "清退资金": "884.72万元"},
        {"措施": [_OPEN | {"佐证": ["佐证/a.pdf", {"文件": "b.pdf", "校验值": "a" * 64}]}]},
        {"措施": [_OPEN | {"完成": "2021-03-01"}], "记录": [_CLOSED]},
        {"措施": [_OPEN], "记录": [_CLOSED, _REOPENED]},
        {"措施": [_OPEN], "记录": [_EXTENDED]},
    ],
)
def test_what_is_right_in_a_finding_is_accepted(more: dict[str, Any]) -> None:
    assert decode_finding(_as_read(FINDING | more), "01")[0] is not None
    assert _accepts("finding", FINDING | more)


@pytest.mark.parametrize(
    "more",
    [
        {"问题名称": "财务管理不规范"},
        {"问题": ["财务管理不规范"]},
        {"责任科室": []},
        {"责任科室": "、"},
        {"责任科室": ["办公室", ""]},
        {"类型": "限期"},
        {"整改时限": "长期坚持"},
        {"整改时限": "2021-13-01"},
        {"整改时限": "2021-02-30"},
        {"整改时限": "2021-04-31"},
        {"整改时限": "1021-04-30"},
        {"整改时限": "2201-04-30"},
        {"整改时限": "2021-04.30"},
        {"检视周期": "每季度"},
        {"类型": "长期坚持"},
        _LONG_TERM | {"复核周期": "每月"},
        _LONG_TERM | {"检视周期": "有空就看"},
        _LONG_TERM | {"检视周期": "0天"},
        _LONG_TERM | {"检视周期": None},
        _LONG_TERM | {"记录": [_EXTENDED]},
        {"公开": "不"},
        {"公开": "否"},
        {"公开": False, "不公开理由": None},
        {"清退资金": "1864"},
        {"清退资金": 1864},
        {"处理人员": {"提醒谈话": 0}},
        {"处理人员": {"提醒谈话": "三"}},
        {"处理人员": {" ": 1}},
        {"措施": "少开会"},
        {"措施": [{"成效": "好"}]},
        {"措施": [_OPEN | {"针对": 0}]},
        {"措施": [_OPEN | {"完成": "2021-3"}]},
        {"措施": [_OPEN | {"佐证": "/etc/passwd"}]},
        {"措施": [_OPEN | {"佐证": "C:a.pdf"}]},
        {"措施": [_OPEN | {"佐证": ["a/../../b"]}]},
        {"措施": [_OPEN | {"佐证": "..\\b"}]},
        {"措施": [_OPEN | {"佐证": "a\nb"}]},
        {"措施": [_OPEN | {"佐证": {"文件": "a.pdf", "校验值": "abc"}}]},
        {"记录": [{"日期": "2021-05-01"}]},
        {"记录": [{"日期": "2021-05-01", "事项": "取消"}]},
        {"记录": [{"日期": "2021-05-01", "事项": "督查"}]},
        {"记录": [{k: v for k, v in _EXTENDED.items() if k != "批准人"}]},
        {"记录": [_CLOSED | {"新时限": "2021-08-01"}]},
        {"记录": [_REOPENED]},
        {"措施": [_OPEN], "记录": [_CLOSED]},
        {"措施": [_OPEN | {"完成": None}], "记录": [_CLOSED]},
    ],
    ids=str,
)
def test_what_is_wrong_in_a_finding_is_refused_and_the_program_says_so_too(
    more: dict[str, Any],
) -> None:
    assert not _accepts("finding", FINDING | more)
    assert _complaints(FINDING | more)


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({"方面": "党的建设", "巡察开始": None, "通报": None}, True),
        ({"方面": ["党的建设", "作风建设"]}, True),
        ({"预警天数": 7, "督查周期": "有空"}, False),
        ({"预警天数": 7, "督查周期": "2周"}, True),
        ({"预警天数": [-1]}, False),
        ({"预警天数": [3661]}, False),
        ({"销号程序": "批准"}, True),
        ({"销号程序": []}, True),
        ({"销号程序": ["审核", "批准"]}, True),
        ({"销号程序": ["批准", "申请"]}, False),
        ({"销号程序": ["申请"]}, False),
        ({"销号程序": ["批准", "批准"]}, False),
        ({"销号须佐证": "要"}, False),
        ({"时区": "Asia/Shanghai"}, True),
        ({"时区": "Asia / Shanghai"}, False),
        ({"规则": {"T604": "关闭"}}, True),
        ({"规则": {"T604": "不管"}}, False),
        ({"规则": {"T999": "关闭"}}, False),
        ({"规则": {"K301": "关闭"}}, False),
        ({"通报": {"结果导语": "{问题数}个问题,{ }已销号｛已销号数｝个"}}, False),
        ({"通报": {"结果导语": ["{问题数}个问题,{已销号数}个已销号", "｛完成率｝"]}}, True),
        ({"通报": {"结果导语": "{问题总数}个问题"}}, False),
        ({"通报": {"组织情况": ["{反馈日期}以来", {"标题": "甲", "内容": "{单位}"}]}}, True),
        ({"通报": {"组织情况": ["{反馈时间}以来"]}}, False),
        ({"通报": {"问题标题": "{序号}.{问题}"}}, True),
        ({"通报": {"问题标题": "{编号}.{问题}"}}, False),
        ({"通报": {"方面标题": "{一}、{方面}"}}, False),
        ({"通报": {"下步序号": "{1}."}}, True),
        ({"通报": {"措施序号": "一、"}}, False),
        ({"通报": {"保密审查": {"日期": "2021-05-01", "审查人": "保密办"}}}, False),
        ({"通报": {"没有的键": 1}}, False),
    ],
    ids=str,
)
def test_an_inspection_is_judged_as_the_program_judges_it(
    more: dict[str, Any], right: bool
) -> None:
    data = INSPECTION | more
    inspection, faults = decode_inspection(_as_read(data))
    day = LedgerOnDay(Ledger("甲", "", inspection, ()), date(2021, 5, 18))
    case = ExaminedLedger(day, lambda _path: True)
    broken = [one for one in examine(case, "R4") if one.severity is Severity.ERROR]
    assert (_accepts("inspection", data), not faults and not broken) == (right, right)


def _as_read(value: Any) -> Any:
    """Give data as our own reader would: every scalar is its text, an empty slot is None."""
    if isinstance(value, dict):
        return {key: _as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else str(value)


# Warnings that the schema shares: a finding that contradicts itself.
_SAID = ("R413", "R417")


def _complaints(data: dict[str, Any]) -> list[str]:
    """Name what the program finds wrong with one finding, in a ledger that asks for nothing."""
    finding, faults = decode_finding(_as_read(data), "01")
    if finding is None:
        return [fault.code for fault in faults]
    inspection = decoded(Inspection, INSPECTION | {"反馈日期": "1949-01-01"})
    ledger = Ledger("甲", "", inspection, (finding,))
    case = ExaminedLedger(LedgerOnDay(ledger, date(2199, 12, 31)), lambda _path: True)
    wrong = [one for one in examine(case) if one.severity is Severity.ERROR or one.code in _SAID]
    return [one.code for one in wrong if not is_timing(one)]


_WORDS = st.text(st.sampled_from("甲乙a7:#'{[-、。\u3000 "), min_size=1, max_size=6).filter(
    lambda text: text.strip("、 \u3000")
)
_DAYS = st.dates(date(1949, 1, 1), date(2199, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            str(day),
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}.{day.month:02}.{day.day}",
            f"{day.year} 年{day.month}月 {day.day} 日",
        ]
    )
)
_MEASURES = st.fixed_dictionaries(
    {"内容": _WORDS, "完成": _DAYS},
    optional={"时限": _DAYS, "成效": _WORDS, "针对": st.integers(1, 9), "佐证": _WORDS},
)
_RECORDS = st.one_of(
    st.fixed_dictionaries({"日期": _DAYS, "事项": st.just("督查"), "情况": _WORDS}),
    st.fixed_dictionaries(
        {"日期": _DAYS, "事项": st.just("延期"), "新时限": _DAYS, "理由": _WORDS, "批准人": _WORDS}
    ),
    st.fixed_dictionaries({"日期": _DAYS, "事项": st.just("销号"), "批准人": _WORDS}),
    st.fixed_dictionaries(
        {"日期": _DAYS, "事项": st.sampled_from(["退回", "重开"]), "理由": _WORDS}
    ),
)
_FINDINGS = st.fixed_dictionaries(
    {"问题": _WORDS, "责任领导": _WORDS, "责任科室": _WORDS | st.lists(_WORDS), "责任人": _WORDS},
    optional={
        "类型": st.sampled_from([kind.value for kind in Kind]),
        "整改时限": _DAYS | st.none(),
        "检视周期": st.sampled_from(["每月", "每两周", "10天", "每3个月", "十年", "4000天", None]),
        "方面": _WORDS | st.none(),
        "具体表现": st.lists(_WORDS) | _WORDS,
        "清退资金": st.sampled_from(["1,864元", "884.72万元", "3 亿元", "12,3元"]),
        "公开": st.sampled_from(["是", "否", True, False]),
        "不公开理由": _WORDS,
        "措施": st.lists(_MEASURES, max_size=2),
        "记录": st.lists(_RECORDS, max_size=3),
    },
)


@given(_FINDINGS)
def test_what_the_program_finds_nothing_wrong_with_the_schema_accepts(
    data: dict[str, Any],
) -> None:
    errors = [error.message for error in _validator("finding").iter_errors(data)]
    assert errors == [] or _complaints(data), errors
