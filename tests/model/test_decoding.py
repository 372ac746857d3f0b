"""Every fault of a file's keys and values, in the words a clerk reads."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest

from examples import models_in
from zhenggai.model.codes import READING
from zhenggai.model.dates import Period
from zhenggai.model.days_off import DaysOff
from zhenggai.model.declaration import Model
from zhenggai.model.decoding import _day_keys, decode_finding, decode_inspection
from zhenggai.model.fault_wording import _SYNONYMS, MAX_ERRORS
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.problem import Problem
from zhenggai.model.record_models import RECORDS, Evidence, Supervision
from zhenggai.model.terms import Severity, Step

Data = dict[str, Any]

RECORD = {"日期": "2021-03-05", "事项": "督查", "情况": "初稿已成"}
GOOD = {"被巡察单位": "县科技局党组", "巡察组": "县委第一巡察组", "反馈日期": "2021-02-01"}

ACTIONS = (
    "进展、督查、延期、申请销号、审核、销号、退回、重开、认定、撤销登记、督办、复查、"
    "更正、交接、拆分"
)
DAY_FORMS = "写成 2021-05-01、2021/5/1、2021.5.1 或 2021年5月1日"
DEADLINE_FORMS = (
    f"{DAY_FORMS}；也可写 2021年5月底前、2021年6月中旬、2021年二季度末、2021年上半年、2021年底"
)
PERIOD_FORMS = "写成 每周、每月、每季度、每半年、每年，或 10天、2周、3个月、1年、10个工作日"
ONE_LINE = "这里应是一行文字；改成一行文字，不要写成列表或“键: 值”"
ONE_TEXT = "应是一段文字；改成一行文字；内容里有“: ”或以特殊符号开头时加引号"
FILL_IN = "填写内容，或删去这一行"


def _written(faults: list[Problem]) -> list[str]:
    return [
        f"{'.'.join(map(str, fault.at))}: {fault.code} {fault.message}；{fault.hint}"
        for fault in faults
    ]


def _faults(data: Data) -> list[Problem]:
    return decode_finding(data, "07")[1]


def _of_finding(**keys: Any) -> list[str]:
    return _written(_faults({"问题": "会议过多"} | keys))


def _of_inspection(**keys: Any) -> list[str]:
    return _written(decode_inspection(GOOD | keys)[1])


def test_a_sound_finding_has_no_fault() -> None:
    finding, faults = decode_finding({"问题": "会议过多", "整改时限": "2021-04-30"}, "07")
    assert finding is not None
    assert finding.due == date(2021, 4, 30)
    assert faults == []


def test_a_finding_with_an_error_is_not_read() -> None:
    finding, faults = decode_finding({"问题": "会议过多", "整改时限": "四月底"}, "07")
    assert finding is None
    assert [fault.code for fault in faults] == ["K305"]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    data = {"类型": "长期", "整改时限": "2021/5/1", "措施": [{"完成": "近日"}]}
    assert _written(_faults(data)) == [
        "问题: K301 未填写“问题”；补充“问题: ……”",
        "类型: K307 “类型”不能是“长期”；是否想写“长期坚持”；可写：立行立改、限期整改、长期坚持",
        "措施.0.内容: K301 “措施”第1项未填写“内容”；补充“内容: ……”",
        f"措施.0.完成: K305 日期“近日”的格式无法识别；{DAY_FORMS}",
        "整改时限: K306 日期“2021/5/1”可以识别，但格式不统一；写成 2021-05-01",
    ]


def test_more_errors_than_anyone_reads_are_not_all_told() -> None:
    slips = {f"错{number}": None for number in range(MAX_ERRORS + 1)}
    assert len(_of_finding(**slips)) == MAX_ERRORS


# Unknown keys.


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("整改时间", "整改时限"),
        ("责任领导人", "责任领导"),
        ("建章立制度", "建章立制"),
        ("标题", "问题"),
        ("问题名称", "问题"),
        ("责任部门", "责任科室"),
        ("牵头科室", "责任科室"),
        ("负责人", "责任人"),
        ("分管领导", "责任领导"),
        ("期限", "整改时限"),
        ("完成时限", "整改时限"),
        ("整改措施", "措施"),
        ("title", "问题"),
        ("due", "整改时限"),
        ("review_every", "检视周期"),
        ("rules", "建章立制"),
        ("owner", "责任人"),
        ("measure", "措施"),
        ("public", "公开"),
    ],
)
def test_an_unknown_key_of_a_finding_brings_the_one_that_was_meant(key: str, meant: str) -> None:
    assert _of_finding(**{key: "某"}) == [f"{key}: K302 无法识别的键“{key}”；是否想写“{meant}”"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("措施内容", "内容"),
        ("完成时间", "完成"),
        ("完成日期", "完成"),
        ("整改成效", "成效"),
        ("附件", "佐证"),
        ("佐证材料", "佐证"),
        ("期限", "时限"),
        ("整改时限", "时限"),
        ("due", "时限"),
        ("done_on", "完成"),
        ("evidence", "佐证"),
    ],
)
def test_an_unknown_key_of_a_measure_brings_the_one_that_was_meant(key: str, meant: str) -> None:
    assert _of_finding(措施=[{"内容": "少开会", key: "某"}]) == [
        f"措施.0.{key}: K302 无法识别的键“{key}”；是否想写“{meant}”"
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("新期限", "新时限"),
        ("new_due", "新时限"),
        ("原因", "理由"),
        ("审批人", "批准人"),
        ("备注", "情况"),
        ("时间", "日期"),
    ],
)
def test_an_unknown_key_of_a_record_brings_the_one_that_was_meant(key: str, meant: str) -> None:
    extended = {"日期": "2021-03-05", "事项": "延期", "新时限": "2021-06-01"}
    extended |= {"理由": "等待批复", "批准人": "局党组", key: "某"}
    assert _of_finding(记录=[extended]) == [
        f"记录.0.{key}: K302 无法识别的键“{key}”；是否想写“{meant}”"
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("单位", "被巡察单位"),
        ("反馈时间", "反馈日期"),
        ("unit", "被巡察单位"),
        ("time_zone", "时区"),
        ("预警日数", "预警天数"),
    ],
)
def test_an_unknown_key_of_the_inspection_brings_the_one_that_was_meant(
    key: str, meant: str
) -> None:
    assert _of_inspection(**{key: "某"}) == [f"{key}: K302 无法识别的键“{key}”；是否想写“{meant}”"]


def test_a_key_like_no_other_brings_the_whole_list() -> None:
    evidence = [{"内容": "少开会", "佐证": [{"文件": "a.pdf", "页": "3"}]}]
    assert _of_finding(颜色="红") == [
        f"颜色: K302 无法识别的键“颜色”；这里可写：{_keys_of(Finding)}"
    ]
    assert _of_finding(措施=[{"内容": "少开会", "颜色": "红"}]) == [
        f"措施.0.颜色: K302 无法识别的键“颜色”；这里可写：{_keys_of(Measure)}"
    ]
    assert _of_finding(措施=evidence) == [
        f"措施.0.佐证.0.页: K302 无法识别的键“页”；这里可写：{_keys_of(Evidence)}"
    ]
    assert _of_finding(记录=[RECORD | {"颜色": "红"}]) == [
        f"记录.0.颜色: K302 无法识别的键“颜色”；这里可写：{_keys_of(Supervision)}"
    ]
    assert _of_inspection(颜色="红") == [
        f"颜色: K302 无法识别的键“颜色”；这里可写：{_keys_of(Inspection)}"
    ]


def test_an_unknown_key_with_nothing_behind_it_is_unknown_all_the_same() -> None:
    assert _of_finding(负责人=None) == ["负责人: K302 无法识别的键“负责人”；是否想写“责任人”"]


def test_a_long_unknown_key_is_quoted_short() -> None:
    assert _of_finding(**{"甲" * 50: "某"})[0].split(": ", 1)[1] == (
        f"K302 无法识别的键“{'甲' * 40}……”；这里可写：{_keys_of(Finding)}"
    )


@pytest.mark.parametrize("key", ["编号", "序号", "id"])
def test_a_number_in_the_file_is_not_wanted(key: str) -> None:
    assert _of_finding(**{key: "7"}) == [
        f"{key}: K302 无法识别的键“{key}”；编号就是文件名，不必写；请删去这一行"
    ]


@pytest.mark.parametrize("key", ["状态", "阶段"])
def test_a_state_in_the_file_is_not_wanted(key: str) -> None:
    assert _of_finding(**{key: "已完成"}) == [
        f"{key}: K302 无法识别的键“{key}”；{key}由措施和记录得出，不必写；请删去这一行"
    ]


def test_every_model_of_a_ledger_is_found() -> None:
    assert {Inspection, Finding, Measure, *RECORDS.values()} <= _MODELS


def test_every_synonym_means_a_key_that_exists() -> None:
    assert set(_SYNONYMS.values()) <= _keys(*_MODELS)
    assert not set(_SYNONYMS) & _keys(Finding)


# What is missing or empty.


def test_a_missing_key_is_named_with_its_place() -> None:
    nameless = {"校验值": "ab" * 32}
    assert _written(_faults({})) == ["问题: K301 未填写“问题”；补充“问题: ……”"]
    assert _of_finding(措施=[{"内容": "少开会"}, {"成效": "会少了"}]) == [
        "措施.1.内容: K301 “措施”第2项未填写“内容”；补充“内容: ……”"
    ]
    assert _of_finding(措施=[{"内容": "少开会", "佐证": [nameless]}]) == [
        "措施.0.佐证.0.文件: K301 “措施”第1项的“佐证”第1项未填写“文件”；补充“文件: ……”"
    ]


def test_a_required_key_with_nothing_behind_it_is_missing() -> None:
    assert _written(_faults({"问题": None})) == ["问题: K301 未填写“问题”；补充“问题: ……”"]


def test_an_extension_needs_date_reason_and_approval() -> None:
    assert _of_finding(记录=[{"日期": "2021-03-05", "事项": "延期"}]) == [
        "记录.0.新时限: K301 “记录”第1项未填写“新时限”；补充“新时限: ……”",
        "记录.0.理由: K301 “记录”第1项未填写“理由”；补充“理由: ……”",
        "记录.0.批准人: K301 “记录”第1项未填写“批准人”；补充“批准人: ……”",
    ]


@pytest.mark.parametrize("record", [{"日期": "2021-03-05"}, {"日期": "2021-03-05", "事项": None}])
def test_a_record_without_an_action_is_told_which_there_are(record: Data) -> None:
    assert _of_finding(记录=[record]) == [
        f"记录.0.事项: K301 “记录”第1项未填写“事项”；写 {ACTIONS} 之一"
    ]


@pytest.mark.parametrize(
    "key",
    ["责任领导", "责任人", "整改时限", "检视周期", "清退资金", "公开", "类型"],
)
@pytest.mark.parametrize("blank", ["", "  "])
def test_empty_quotes_are_no_value(key: str, blank: str) -> None:
    assert _of_finding(**{key: blank}) == [f"{key}: K304 “{key}”是空的；{FILL_IN}"]


def test_an_empty_item_of_a_list_is_named_by_its_place() -> None:
    assert _of_finding(具体表现=["文山会海", "", None]) == [
        f"具体表现.1: K304 “具体表现”第2项是空的；{FILL_IN}",
        f"具体表现.2: K304 “具体表现”第3项是空的；{FILL_IN}",
    ]
    assert _of_finding(措施=[None]) == [f"措施.0: K304 “措施”第1项是空的；{FILL_IN}"]
    assert _of_finding(记录=[None]) == [f"记录.0: K304 “记录”第1项是空的；{FILL_IN}"]
    assert _of_finding(措施=[{"内容": "少开会", "佐证": [None, ""]}]) == [
        f"措施.0.佐证.0: K304 “措施”第1项的“佐证”第1项是空的；{FILL_IN}",
        f"措施.0.佐证.1.文件: K304 “措施”第1项的“佐证”第2项的“文件”是空的；{FILL_IN}",
    ]


def test_an_empty_count_or_severity_is_no_value() -> None:
    assert _of_finding(处理人员={"警告": None}) == [
        f"处理人员.警告: K304 “处理人员”的“警告”是空的；{FILL_IN}"
    ]
    assert _of_finding(处理人员={"警告": ""}) == [
        f"处理人员.警告: K304 “处理人员”的“警告”是空的；{FILL_IN}"
    ]
    assert _of_finding(处理人员={" ": "1"}) == [
        f"处理人员. : K304 “处理人员”的“ ”是空的；{FILL_IN}"
    ]
    assert _of_inspection(规则={"T602": None}) == [
        f"规则.T602: K304 “规则”的“T602”是空的；{FILL_IN}"
    ]


# The wrong form.


@pytest.mark.parametrize("value", [["甲"], {"甲": "乙"}])
@pytest.mark.parametrize("key", ["问题", "方面", "整改目标", "责任人", "不公开理由"])
def test_a_text_is_not_a_list_or_a_mapping(key: str, value: Any) -> None:
    assert _of_finding(**{key: value}) == [f"{key}: K303 “{key}”{ONE_TEXT}"]


@pytest.mark.parametrize("value", [["甲"], {"甲": "乙"}])
@pytest.mark.parametrize("key", ["整改时限", "检视周期", "清退资金", "公开"])
def test_a_date_period_or_amount_is_not_a_list_or_a_mapping(key: str, value: Any) -> None:
    assert _of_finding(**{key: value}) == [f"{key}: K303 {ONE_LINE}"]


@pytest.mark.parametrize("value", [["长期坚持"], {"甲": "乙"}])
def test_a_choice_is_one_word(value: Any) -> None:
    wanted = "应是一个词；改成一个词，不要写成列表或“键: 值”"
    assert _of_finding(类型=value) == [f"类型: K303 “类型”{wanted}"]
    assert _of_finding(记录=[RECORD | {"事项": value}]) == [
        f"记录.0.事项: K303 “记录”第1项的“事项”{wanted}"
    ]
    assert _of_inspection(销号程序=["申请", value]) == [f"销号程序.1: K303 “销号程序”第2项{wanted}"]


@pytest.mark.parametrize("value", ["少开会", {"内容": "少开会"}])
def test_measures_are_a_list(value: Any) -> None:
    assert _of_finding(措施=value) == ["措施: K303 “措施”应是列表；每项一行，以“- ”开头"]


def test_departments_are_not_a_mapping() -> None:
    assert _of_finding(责任科室={"甲": "乙"}) == [f"责任科室.0: K303 “责任科室”第1项{ONE_TEXT}"]


def test_an_item_written_as_bare_text_is_shown_its_form() -> None:
    wanted = "第1项应是“键: 值”的形式；这一项写成"
    assert _of_finding(措施=["少开会"]) == [f"措施.0: K303 “措施”{wanted}“- 内容: ……”"]
    assert _of_finding(记录=["督查"]) == [
        f"记录.0: K303 “记录”{wanted}“- 日期: ……”，下一行与“日期”对齐写“事项: ……”"
    ]
    assert _of_finding(措施=[{"内容": "少开会", "佐证": [["a.pdf"]]}]) == [
        f"措施.0.佐证.0: K303 “措施”第1项的“佐证”{wanted}“- 文件路径”"
    ]


def test_counts_and_severities_are_a_mapping() -> None:
    wanted = "应是“键: 值”的形式；在下一行缩进后写“键: 值”"
    assert _of_finding(处理人员="3") == [f"处理人员: K303 “处理人员”{wanted}"]
    assert _of_inspection(规则=["T602"]) == [f"规则: K303 “规则”{wanted}"]


@pytest.mark.parametrize(
    ("keys", "place", "key"),
    [
        ({"措施": ["内容：少开会"]}, "措施.0", "内容"),
        ({"记录": ["日期：2021-03-05"]}, "记录.0", "日期"),
        ({"处理人员": "警告：3"}, "处理人员", "警告"),
        ({"措施": "内容：少开会"}, "措施", "内容"),
    ],
)
def test_a_full_width_colon_where_a_key_was_meant_is_told_as_such(
    keys: Data, place: str, key: str
) -> None:
    assert _of_finding(**keys) == [f"{place}: Y202 “{key}”后面用了全角冒号“：”；改成半角冒号加空格"]


def test_a_full_width_colon_inside_a_text_is_only_text() -> None:
    assert _of_finding(整改目标="做到两个确保：一是少开会") == []


# Choices.


def test_a_wrong_choice_brings_the_one_that_was_meant_and_all_there_are() -> None:
    assert _of_finding(类型="立即整改") == [
        "类型: K307 “类型”不能是“立即整改”；是否想写“立行立改”；可写：立行立改、限期整改、长期坚持"
    ]
    assert _of_finding(类型="重大") == [
        "类型: K307 “类型”不能是“重大”；可写：立行立改、限期整改、长期坚持"
    ]
    assert _of_finding(记录=[RECORD | {"事项": "督察"}]) == [
        f"记录.0.事项: K307 “记录”第1项的“事项”不能是“督察”；是否想写“督查”；可写：{ACTIONS}"
    ]
    assert _of_inspection(规则={"T602": "忽略"}) == [
        "规则.T602: K307 “规则”的“T602”不能是“忽略”；可写：错误、警告、提示、关闭"
    ]


@pytest.mark.parametrize("value", ["不公开", "yes", "1"])
def test_yes_or_no_is_said_in_so_many_words(value: str) -> None:
    expected = f"K307 “{value}”既不是“是”也不是“否”；写成 是 或 否"
    assert _of_finding(公开=value) == [f"公开: {expected}"]
    assert _of_inspection(销号须佐证=value) == [f"销号须佐证: {expected}"]


@pytest.mark.parametrize(
    "value", ["北京时间", "UTC+8", "Asia", "../Asia/Shanghai", "zone.tab", "a" * 5000]
)
def test_a_time_zone_is_one_of_the_known_names(value: str) -> None:
    shown = value if len(value) < 40 else "a" * 40 + "……"
    assert _of_inspection(时区=value) == [f"时区: K307 没有“{shown}”这个时区；例如 Asia/Shanghai"]


@pytest.mark.parametrize("value", ["Etc/GMT+12", "Etc/GMT+8", "Factory", "UTC", "PRC", "EST5EDT"])
def test_a_time_zone_is_that_of_a_place(value: str) -> None:
    hint = "写成 洲/城市，例如 Asia/Shanghai"
    assert _of_inspection(时区=value) == [f"时区: K307 “{value}”不是一个地方的时区；{hint}"]


@pytest.mark.parametrize(
    "value", ["right/Asia/Shanghai", "posix/Asia/Shanghai", "localtime", "posixrules"]
)
def test_a_time_zone_that_some_systems_have_beside_places_is_none(value: str) -> None:
    [said] = _of_inspection(时区=value)
    assert said.startswith("时区: K307 ")


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (["批准", "申请"], "批准、申请"),
        (["审核", "申请", "批准"], "审核、申请、批准"),
        (["申请", "申请", "批准"], "申请、申请、批准"),
        (["申请", "审核"], "申请、审核"),
        ("申请", "申请"),
    ],
)
def test_closing_steps_out_of_order_are_put_right(steps: Any, shown: str) -> None:
    hint = "按 申请、审核（或 初审、复核）、批准 的次序写，每步一次，最后一步是批准"
    assert _of_inspection(销号程序=steps) == [f"销号程序: K307 “{shown}”的次序不对；{hint}"]


def test_a_closing_step_that_does_not_exist_is_a_wrong_choice() -> None:
    assert _of_inspection(销号程序=["申请", "审查", "批准"]) == [
        (
            "销号程序.1: K307 “销号程序”第2项不能是“审查”；是否想写“审核”；"
            "可写：申请、审核、初审、复核、批准"
        )
    ]


@pytest.mark.parametrize("digest", ["ab", "zz" * 32, "ab" * 33, "ab" * 32 + "\n"])
def test_a_checksum_is_64_hexadecimal_digits(digest: str) -> None:
    name = "“措施”第1项的“佐证”第1项的“校验值”"
    measure = {"内容": "少开会", "佐证": {"文件": "a.pdf", "校验值": digest}}
    assert _of_finding(措施=[measure]) == [
        f"措施.0.佐证.0.校验值: K307 {name}不是sha256校验值；校验值由程序写入，是64位十六进制数"
    ]


# Days.


@pytest.mark.parametrize("value", ["四月底", "2021-04", "2021-04-30 10:00"])
def test_a_text_that_is_no_day_is_shown_the_forms_there_are(value: str) -> None:
    assert _of_finding(整改时限=value) == [
        f"整改时限: K305 日期“{value}”的格式无法识别；{DEADLINE_FORMS}"
    ]


def test_a_day_outside_the_calendar_or_the_years_says_so() -> None:
    assert _of_finding(整改时限="2021-04-31") == [
        f"整改时限: K305 日历上没有“2021-04-31”这一天；{DEADLINE_FORMS}"
    ]
    assert _of_finding(整改时限="2201-04-30") == [
        f"整改时限: K305 日期“2201-04-30”的年份不在1949—2199之间；{DEADLINE_FORMS}"
    ]


def test_the_recommended_form_of_a_day_is_passed_over_in_silence() -> None:
    assert _of_finding(整改时限="2021-05-01") == []


@pytest.mark.parametrize(
    "value", ["2021-5-1", "2021/5/1", "2021.5.1", "2021年5月1日", " 2021-05-01"]
)
def test_a_day_in_another_form_is_read_with_a_warning(value: str) -> None:
    finding, faults = decode_finding({"问题": "会议过多", "整改时限": value}, "07")
    assert finding is not None
    assert finding.due == date(2021, 5, 1)
    assert _written(faults) == [
        f"整改时限: K306 日期“{value}”可以识别，但格式不统一；写成 2021-05-01"
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026年3月底前", "2026-03-31"),
        ("2026年第一季度", "2026-03-31"),
        ("2026年6月中旬", "2026-06-20"),
    ],
)
def test_a_deadline_by_the_month_is_read_and_the_day_is_said(value: str, day: str) -> None:
    finding, faults = decode_finding({"问题": "会议过多", "整改时限": value}, "07")
    assert finding is not None
    assert str(finding.due) == day
    assert _written(faults) == [
        f"整改时限: K306 日期“{value}”可以识别，但格式不统一；按{day}计算；写成 {day}"
    ]


def test_what_happened_has_a_day_and_not_a_month() -> None:
    measure = {"内容": "少开会", "完成": "2026年3月底"}
    extended = {"日期": "2026年一季度", "事项": "延期", "新时限": "2026年底"}
    extended |= {"理由": "等待批复", "批准人": "局党组"}
    assert _of_finding(措施=[measure], 记录=[extended])[:2] == [
        "措施.0.完成: K305 日期“2026年3月底”没有写明哪一天；这里写具体的日期，例如 2026-03-31",
        "记录.0.日期: K305 日期“2026年一季度”没有写明哪一天；这里写具体的日期，例如 2026-03-31",
    ]


def test_days_inside_measures_and_records_are_warned_of_in_their_place() -> None:
    measure = {"内容": "少开会", "时限": "2021/4/1", "完成": "2021.3.20"}
    extended = {"日期": "2021年3月5日", "事项": "延期", "新时限": "2021-6-1"}
    extended |= {"理由": "等待批复", "批准人": "局党组"}
    assert [line.split()[0] for line in _of_finding(措施=[measure], 记录=[RECORD, extended])] == [
        "措施.0.时限:",
        "措施.0.完成:",
        "记录.1.日期:",
        "记录.1.新时限:",
    ]


def test_a_text_that_looks_like_a_day_is_not_warned_of_where_no_day_stands() -> None:
    assert _of_finding(整改目标="2021/5/1") == []


def test_the_keys_that_hold_a_day_are_those_of_the_models() -> None:
    held = {
        declared.key
        for model in _MODELS
        for name, declared in model.DECLARED.items()
        if date in _parts(get_type_hints(model, localns=_NAMES)[name])
    }
    assert held == _day_keys(Finding) | _day_keys(Inspection)
    assert held == {
        *("整改时限", "时限", "完成", "日期", "新时限"),
        *("预计完成", "回复期限", "依据日期", "登记日期", "剩余事项时限"),
        *("巡察开始", "巡察结束", "反馈日期", "落款日期", "集中整改截止"),
        *("不公开批准日期", "审定日期", "增加日期", "会议日期", "批准日期", "审核日期", "报送日期"),
        "回复日期",
        *("整改方案报送截止", "整改报告报送截止"),
    }


def test_the_days_of_a_long_ledger_are_read_beyond_those_remembered() -> None:
    first = date(1950, 1, 1)
    days = [str(first + timedelta(number)) for number in range(5000)]
    measures = [{"内容": "少开会", "完成": day} for day in days]
    made, faults = decode_finding({"问题": "会议过多", "措施": measures}, "07")
    assert made is not None
    assert [str(measure.done_on) for measure in made.measures] == days
    assert faults == []


@pytest.mark.parametrize("value", ["长期坚持", "持续推进", "长期", "常态化", "坚持每月"])
def test_long_term_in_place_of_a_day_is_shown_the_right_way(value: str) -> None:
    hint = "长期坚持的问题写“类型: 长期坚持”和“检视周期: 每季度”；整改时限写日期，或不写"
    assert _of_finding(整改时限=value) == [f"整改时限: K310 “{value}”不是日期；{hint}"]


# Amounts, counts, periods.


@pytest.mark.parametrize(
    "value",
    [
        "1864",
        "一千元",
        "约1864元",
        "-5元",
        "1,86元",
        "1864.元",
        "884.72w元",
        "1864美元",
        "9" * 16 + "元",
    ],
)
def test_an_amount_has_figures_and_a_unit(value: str) -> None:
    assert _of_finding(清退资金=value) == [
        f"清退资金: K309 金额“{value}”的格式无法识别；写数字和单位，例如 1864元、884.72万元"
    ]


@pytest.mark.parametrize("value", ["三", "0", "-1", "2.5", "2人", "３"])
def test_people_are_counted_in_whole_numbers(value: str) -> None:
    assert _of_finding(处理人员={"警告": value}) == [
        f"处理人员.警告: K309 “处理人员”的“警告”应是正整数，不是“{value}”；只写阿拉伯数字，如 3"
    ]


def test_a_number_written_as_a_list_has_the_wrong_form() -> None:
    assert _of_finding(处理人员={"警告": ["3"]}) == [
        "处理人员.警告: K303 “处理人员”的“警告”应是一个数字；只写阿拉伯数字，如 3"
    ]


def test_days_of_warning_are_whole_and_not_endless() -> None:
    assert _of_inspection(预警天数=["十", "-1", "3661"]) == [
        "预警天数.0: K309 “预警天数”第1项应是正整数，不是“十”；只写阿拉伯数字，如 3",
        "预警天数.1: K309 “预警天数”第2项应是正整数，不是“-1”；只写阿拉伯数字，如 3",
        "预警天数.2: K309 “预警天数”第3项不能大于3660；核对这个数字",
    ]


def test_a_period_in_no_known_form_is_shown_the_forms() -> None:
    assert _of_finding(检视周期="每旬") == [
        f"检视周期: K308 周期“每旬”的格式无法识别；{PERIOD_FORMS}"
    ]
    assert _of_inspection(督查周期="0天") == [
        f"督查周期: K308 周期“0天”应在1天到10年之间；{PERIOD_FORMS}"
    ]


# Evidence.


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../会议记录.pdf",
        "佐证/../../会议记录.pdf",
        "佐证/..",
        "..",
        "..\\会议记录.pdf",
        "佐证\\..\\..\\a.pdf",
        "C:\\会议记录.pdf",
        "C:会议记录.pdf",
        "\\会议记录.pdf",
        "\\\\服务器\\共享\\a.pdf",
        "//服务器/共享/a.pdf",
        "//?/C:/a.pdf",
    ],
)
def test_evidence_that_leaves_the_ledger_is_refused(path: str) -> None:
    expected = f"K311 路径“{path}”不在台账里；把文件放进台账，写它在台账里的相对路径"
    assert _of_finding(措施=[{"内容": "少开会", "佐证": [path]}]) == [
        f"措施.0.佐证.0.文件: {expected}"
    ]
    applied = {"日期": "2021-03-05", "事项": "申请销号", "佐证": [{"文件": path}]}
    assert _of_finding(记录=[applied]) == [f"记录.0.佐证.0.文件: {expected}"]


@pytest.mark.parametrize("path", ["会议\n记录.pdf", "会议\u200b记录.pdf", "a\tb.pdf"])
def test_evidence_with_what_cannot_be_seen_in_its_name_is_refused(path: str) -> None:
    shown = path.replace("\n", "↵")
    expected = f"路径“{shown}”里有换行或不可见字符；文件名只用可见字符，改名后再写在这里"
    assert _of_finding(措施=[{"内容": "少开会", "佐证": path}]) == [
        f"措施.0.佐证.0.文件: K311 {expected}"
    ]


def test_evidence_in_the_wrong_form_is_refused_in_its_place() -> None:
    assert _of_finding(措施=[{"内容": "少开会", "佐证": [{"文件": ["a.pdf"]}]}]) == [
        f"措施.0.佐证.0.文件: K303 {ONE_LINE}"
    ]


# inspection.yaml is never lost as a whole.


def test_what_the_inspection_must_say_is_asked_for() -> None:
    inspection, faults = decode_inspection({})
    assert inspection == Inspection()
    assert _written(faults) == [
        "被巡察单位: K301 未填写“被巡察单位”；补充“被巡察单位: ……”",
        "巡察组: K301 未填写“巡察组”；补充“巡察组: ……”",
        "反馈日期: K301 未填写“反馈日期”；补充“反馈日期: ……”",
    ]


def test_an_inspection_that_lacks_what_it_must_say_is_asked_for_that_alone() -> None:
    inspection, faults = decode_inspection({"巡察组": "县委第一巡察组"})
    assert inspection.group == "县委第一巡察组"
    assert [fault.at for fault in faults] == [("被巡察单位",), ("反馈日期",)]


def test_a_key_at_fault_leaves_the_rest_of_the_inspection() -> None:
    inspection, faults = decode_inspection(
        GOOD | {"督查周期": "每旬", "预警天数": ["5"], "负责人": "某"}
    )
    assert inspection.unit == "县科技局党组"
    assert inspection.supervision_period == Period(0, 7)
    assert inspection.warn_days == (5,)
    assert [fault.code for fault in faults] == ["K308", "K302"]


def test_a_required_key_at_fault_is_told_once() -> None:
    assert _written(decode_inspection(GOOD | {"反馈日期": "二月初"})[1]) == [
        f"反馈日期: K305 日期“二月初”的格式无法识别；{DAY_FORMS}"
    ]


def test_a_loosely_written_day_counts_even_where_another_key_is_at_fault() -> None:
    inspection, faults = decode_inspection(GOOD | {"反馈日期": "2021/2/1", "颜色": "红"})
    assert inspection.feedback_on == date(2021, 2, 1)
    assert [fault.code for fault in faults] == ["K302", "K306"]


def test_every_required_key_of_the_inspection_is_one_of_its_keys() -> None:
    assert set(Inspection.REQUIRED) <= _keys(Inspection)


def test_of_all_faults_of_keys_and_values_only_a_loosely_written_day_is_a_warning() -> None:
    keys = [entry for code, entry in READING.items() if code.startswith("K")]
    assert [entry.code for entry in keys if entry.severity is not Severity.ERROR] == ["K306"]


def _parts(hint: Any) -> list[Any]:
    """Take a type apart: `tuple[str, ...] | None` holds str."""
    return [hint, *(part for argument in get_args(hint) for part in _parts(argument))]


# What the models' annotations name and their modules do not import.
_NAMES = {
    "date": date,
    "DaysOff": DaysOff,
    "Decimal": Decimal,
    "Period": Period,
    "Severity": Severity,
    "Step": Step,
}
_MODELS = models_in(Inspection, Finding)


def _keys_of(model: type[Model]) -> str:
    return "、".join(one.key for one in model.DECLARED.values())


def _keys(*models: type[Model]) -> set[str]:
    return {one.key for model in models for one in model.DECLARED.values()}
