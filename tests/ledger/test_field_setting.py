"""Every key of a finding and of inspection.yaml can be set, or its command is named."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decoded import decoded
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.field_setting import (
    Assignment,
    plan_set_finding,
    plan_set_inspection,
    plan_set_measure,
)
from zhenggai.ledger.lifecycle import Case, Plan, Put
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.text_edits import apply, read

if TYPE_CHECKING:
    from zhenggai.model.declaration import Model

_EVERY_KEY = Path(__file__).parents[1] / "docs" / "every_key"
_OF_COMMANDS = {
    "格式": "upgrade",
    "评估": "assess",
    "签批": "sign",
    "更名": "rename",
    "审定稿": "freeze",
    "措施": "measure add",
    "记录": "correct",
    "拆分自": "split",
    "完成": "done",
    "佐证": "done",
    "增加日期": "measure add",
}


def _read_day(text: str, _key: str, _is_deadline: bool) -> date:
    return date.fromisoformat(text)


def _said(data: Any, key: str = "") -> Iterator[Assignment]:
    """Yield what would be typed for data of a file: a key with points for what is inside."""
    if isinstance(data, dict):
        for word, value in data.items():
            yield from _said(value, f"{key}.{word}" if key else word)
    elif isinstance(data, list) and isinstance(data[0], dict):
        for number, item in enumerate(data, start=1):
            yield from _said(item, f"{key}.{number}")
    elif isinstance(data, list):
        yield from (Assignment(key, str(item)) for item in data)
    else:
        yield Assignment(key, str(data))


def _written(text: str, plan: Plan) -> Any:
    node, _ = parse(text, "")
    assert node is not None
    return apply(text, node, plan.edits)[1]


def _data(name: str) -> Any:
    return read((_EVERY_KEY / name).read_text(encoding="utf-8"))


def test_every_key_of_a_finding_is_set_as_a_file_would_say_it() -> None:
    data = {key: value for key, value in _data("07.yaml").items() if key not in _OF_COMMANDS}
    case = Case(decoded(Finding, {"问题": "会议过多"}, "07"), decoded(Inspection, {}))
    said = _written("问题: 会议过多\n", plan_set_finding(case, list(_said(data)), _read_day))
    assert decode_finding(said, "07") == decode_finding(data, "07")
    assert {one.key for one in Finding.DECLARED.values()} <= {*data, *_OF_COMMANDS}


def test_every_key_of_a_measure_is_set_as_a_file_would_say_it() -> None:
    measures = _data("07.yaml")["措施"]
    data = {key: value for key, value in measures[0].items() if key not in _OF_COMMANDS}
    finding = decoded(Finding, {"问题": "会议过多", "措施": [{"内容": "少开会"}]}, "07")
    plan = plan_set_measure(Case(finding, decoded(Inspection, {})), 1, list(_said(data)), _read_day)
    said = _written("问题: 会议过多\n措施:\n  - 内容: 少开会\n", plan)
    assert said["措施"] == [data]
    assert {one.key for one in Measure.DECLARED.values()} <= {*data, *_OF_COMMANDS}


def test_every_key_of_the_inspection_is_set_as_a_file_would_say_it() -> None:
    data = {
        key: value for key, value in _data("inspection.yaml").items() if key not in _OF_COMMANDS
    }
    plan = plan_set_inspection(decoded(Inspection, {"格式": 2}), list(_said(data)), _read_day)
    said = _written("格式: 2\n", plan)
    assert decode_inspection(said) == decode_inspection(data | {"格式": "2"})
    keys = {one.key for one in Inspection.DECLARED.values()}
    assert keys <= {*data, *_OF_COMMANDS, "预警天数"}


@pytest.mark.parametrize("key", [*_OF_COMMANDS])
def test_what_a_command_is_for_names_it(key: str) -> None:
    finding = decoded(Finding, {"问题": "会议过多", "措施": [{"内容": "少开会"}]}, "07")
    case = Case(finding, decoded(Inspection, {}))
    said = [Assignment(key, "2021-03-01")]
    plans: dict[type[Model], Callable[[], Plan]] = {
        Finding: lambda: plan_set_finding(case, said, _read_day),
        Measure: lambda: plan_set_measure(case, 1, said, _read_day),
        Inspection: lambda: plan_set_inspection(case.inspection, said, _read_day),
    }
    [model] = [
        one for one in plans if any(declared.key == key for declared in one.DECLARED.values())
    ]
    with pytest.raises(RefusedError, match=f"zhenggai {_OF_COMMANDS[key]}"):
        plans[model]()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("责任领到", "x", "无法识别的键“责任领到”；是否想写“责任领导”"),
        ("整改方案", "x", "“整改方案”要写明哪一键；写成 整改方案.键=……，可写：会议、"),
        ("整改方案.会仪", "x", "无法识别的键“会仪”（整改方案.会仪）；是否想写“会议”"),
        ("预警等级", "x", "“预警等级”是列表，要写明第几项和哪一键；写成 预警等级.1.等级=……"),
        ("预警等级.颜色", "红", "“预警等级”是列表，要写明第几项"),
        ("预警等级.1", "红", "没有写明是哪一键；可写：等级、颜色"),
        ("方面问题数", "3", "“方面问题数”是一张表，要写明哪一项；写成 方面问题数.……=3"),
        ("时区.城市", "x", "“时区”下面没有“城市”"),
    ],
)
def test_a_key_that_leads_nowhere_is_wrong_usage(key: str, value: str, said: str) -> None:
    inspection = decoded(Inspection, {})
    model_plan = plan_set_inspection
    if key == "责任领到":
        case = Case(decoded(Finding, {"问题": "会议过多"}, "07"), inspection)
        with pytest.raises(WrongUsageError, match=re.escape(said)):
            plan_set_finding(case, [Assignment(key, value)], _read_day)
        return
    with pytest.raises(WrongUsageError, match=re.escape(said)):
        model_plan(inspection, [Assignment(key, value)], _read_day)


def test_a_key_of_one_text_is_written_once() -> None:
    said = [Assignment("整改办", "甲"), Assignment("整改办", "乙")]
    with pytest.raises(WrongUsageError, match="“整改办”写了2次；只写一次"):
        plan_set_inspection(decoded(Inspection, {}), said, _read_day)


def test_sentences_are_not_parted_and_names_are() -> None:
    said = [Assignment("问题类别", "甲、乙"), Assignment("方面", "丙、丁")]
    plan = plan_set_inspection(decoded(Inspection, {}), said, _read_day)
    assert [edit.value for edit in plan.edits if isinstance(edit, Put)] == ["甲、乙", ["丙", "丁"]]
