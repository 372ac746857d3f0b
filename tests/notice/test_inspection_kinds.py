"""Audits and repeated inspections are kinds of inspection: what is written, and what is missed."""

from typing import Any

import pytest

from decoded import decoded
from zhenggai.model.decoding import decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.notice_settings import Notice
from zhenggai.model.terms import InspectionKind
from zhenggai.notice import default_text
from zhenggai.notice.importing import read_notice

_ABOUT: dict[str, Any] = {"被巡察单位": "县林业局", "反馈日期": "2022-06-10"}
_AUDIT = {**_ABOUT, "巡察类型": "审计整改", "审计机关": "县审计局"}
_PLAIN = {**_ABOUT, "巡察组": "县委第二巡察组"}


def _missing(data: dict[str, Any]) -> list[str]:
    return [fault.message for fault in decode_inspection(data)[1]]


def test_an_audit_has_an_office_and_no_group() -> None:
    assert _missing(_AUDIT) == []
    assert _missing({**_PLAIN, "巡察类型": "审计整改"}) == ["未填写“审计机关”"]
    assert _missing({**_AUDIT, "巡察类型": "专项巡察"}) == ["未填写“巡察组”"]


def test_an_audits_notice_tells_of_the_audit() -> None:
    audit = decoded(Inspection, {**_AUDIT, "报告文号": "竹审报〔2022〕15号"})
    notice = decoded(Notice, {"联系电话": "0000-1"})
    assert default_text.title(audit, notice) == "县林业局关于审计整改情况的通报"
    assert default_text.opening(audit, notice) == (
        "县审计局对县林业局进行了审计。2022年6月10日，县审计局出具了审计报告（竹审报〔2022〕15号）。"
        "按照党务公开原则和审计工作有关要求，现将审计整改情况予以公布。"
    )
    assert default_text.results_heading(audit, notice) == "审计整改工作落实情况"
    lead = default_text.results_lead(audit, notice, has_aspects=False)
    assert lead.startswith("对审计查出的{问题数}个主要问题")
    assert "对审计整改落实情况进行监督" in default_text.supervision(audit, notice)


@pytest.mark.parametrize(
    ("kind", "title", "done"),
    [
        (None, "关于巡察整改情况", "进行了巡察。"),
        ("常规巡察", "关于巡察整改情况", "进行了巡察。"),
        ("专项巡察", "关于专项巡察整改情况", "进行了专项巡察。"),
        ("提级巡察", "关于提级巡察整改情况", "进行了提级巡察。"),
        ("二次巡察", "关于二次巡察整改情况", "进行了二次巡察。"),
        ("回头看", "关于巡察“回头看”整改情况", "进行了巡察“回头看”。"),
    ],
)
def test_a_notice_says_what_kind_of_inspection_it_was(
    kind: str | None, title: str, done: str
) -> None:
    inspection = decoded(Inspection, {**_PLAIN, "巡察类型": kind})
    assert title in default_text.title(inspection, Notice())
    assert done in default_text.opening(inspection, Notice())


_AUDITS = [
    (
        (
            "2023年3月1日至4月20日，市审计局对市水务局2022年度预算执行情况进行了审计。"
            "2023年6月5日，市审计局送达了审计报告（川审报〔2023〕8号）。"
        ),
        ("市审计局", "市水务局", "川审报〔2023〕8号", "2023-06-05"),
    ),
    (
        (
            "根据县审计局《关于县文化馆原馆长任期经济责任的审计报告》（文审〔2021〕7号）要求，"
            "我馆认真整改。2021年9月1日收到审计报告。"
        ),
        ("县审计局", "县文化馆", "文审〔2021〕7号", "2021-09-01"),
    ),
    (
        (
            "按照年度计划，省审计厅派出审计组自2020年5月6日至7月31日，对青山市住房公积金中心原主任任期"
            "经济责任履行情况实施了审计，并于10月15日出具审计报告。"
        ),
        ("省审计厅", "青山市住房公积金中心", None, "2020-10-15"),
    ),
]


@pytest.mark.parametrize(("opening", "expected"), _AUDITS)
def test_an_audit_is_known_by_its_opening(opening: str, expected: tuple[str | None, ...]) -> None:
    unit = expected[1]
    told = "一、整改情况\n1.账目不清。\n一是补账。二是对账。\n"
    text = f"{unit}关于审计整改情况的公告\n{opening}\n{told}"
    facts = read_notice(text).inspection
    assert facts["巡察类型"] == "审计整改"
    keys = ("审计机关", "被巡察单位", "报告文号", "反馈日期")
    assert tuple(facts.get(key) for key in keys) == expected


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("县委第二巡察组对县审计局党组进行了巡察", None),
        ("县委第二巡察组对县林业局党组开展了巡察，同步开展选人用人专项检查", None),
        ("县委第二巡察组对县林业局党组进行常规巡察", InspectionKind.ROUTINE),
        ("县委第二巡察组对县林业局党组开展营商环境专项巡察", InspectionKind.SPECIAL),
        ("市委第二巡察组对青溪村党支部开展提级巡察", InspectionKind.ELEVATED),
        ("县委第二巡察组对县林业局党组开展“回头看”巡察", InspectionKind.LOOK_BACK),
        ("县委第二巡察组对县林业局党组进行了第二次巡察", InspectionKind.REPEATED),
        ("县委第二巡察组对县林业局党组实施机动巡察", InspectionKind.MOBILE),
        ("省委第二巡视组对青川县开展了专项巡视", InspectionKind.SPECIAL),
    ],
)
def test_a_kind_is_taken_where_it_is_said_of_the_inspection(
    opening: str, kind: InspectionKind | None
) -> None:
    text = (
        f"关于整改情况的通报\n2022年3月1日至4月29日，{opening}，6月10日反馈。\n一、整改情况\n"
        "1.对上轮巡察“回头看”不到位。\n一是开展“回头看”2次。二是专项巡察反馈的问题已整改。\n"
    )
    assert read_notice(text).inspection.get("巡察类型") == (kind and kind.value)
