"""What the notice's settings do to its text, each shown by what comes out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commandline import SAMPLE, Zhenggai
from golden import compare
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.notice import rendering
from zhenggai.notice.composing import Composer
from zhenggai.storage.resources import shipped

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2022, 5, 18)
_FACTS = {"被巡察单位": "县水务局党组", "巡察组": "县委第二巡察组", "反馈日期": "2022-02-01"}
_CLOSED = [{"日期": "2022-05-01", "事项": "销号", "批准人": "局党组"}]


def _finding(title: str, *measures: str, **keys: Any) -> dict[str, Any]:
    told = [{"内容": text, "完成": "2022-04-01"} for text in measures]
    return {"问题": title, "整改时限": "2022-06-30", "措施": told, **keys}


FINDINGS = (
    _finding("学习不经常", "每月学习", "年底考核", 方面="党的建设", 记录=_CLOSED),
    _finding("会议过多", "少开会", 方面="作风建设"),
)


def written(*findings: dict[str, Any], facts: Any = None, **settings: Any) -> str:
    unsigned = {} if settings.keys() & {"落款", "落款日期"} else {"落款写法": "无"}
    data = {**_FACTS, **(facts or {}), "通报": unsigned | settings}
    inspection, faults = decode_inspection(data)
    assert faults == []
    read = [decode_finding(one, f"{n:02d}")[0] for n, one in enumerate(findings, start=1)]
    named = tuple(one for one in read if one)
    context = Composer(LedgerOnDay(Ledger("", "", inspection, named), TODAY)).compose()
    source = rendering.markdown("notice", context._asdict(), [shipped("templates")])
    return rendering.text(source)


def lines(**settings: Any) -> list[str]:
    return written(*FINDINGS, **settings).splitlines()


def test_without_settings_the_notice_has_the_published_form() -> None:
    assert lines(落款写法=[]) == [
        "县水务局党组关于巡察整改情况的通报",
        (
            "县委第二巡察组对县水务局党组进行了巡察。2022年2月1日，巡察组向县水务局党组反馈了巡察意见。"
            "按照党务公开原则和巡察工作有关要求，现将巡察整改情况予以公布。"
        ),
        "一、巡察整改工作落实情况",
        (
            "对反馈的2个方面2个主要问题，按整改方案的时间节点进行整改落实。"
            "截至2022年5月18日，2个问题中已销号1个，待销号1个，"
            "整改完成率100%，销号率50%。"
        ),
        "1.关于“学习不经常”问题的整改。",
        "一是每月学习。二是年底考核。",
        "2.关于“会议过多”问题的整改。",
        "少开会。",
        "县水务局党组",
    ]


def test_title_and_signature_have_one_name_which_is_declared_once() -> None:
    named = written(*FINDINGS, facts={"简称": "水务局党组"}, 落款写法=[]).splitlines()
    assert (named[0], named[-1]) == ("水务局党组关于巡察整改情况的通报", "水务局党组")
    assert named[1].startswith("县委第二巡察组对县水务局党组进行了巡察。")
    own = written(*FINDINGS, facts={"简称": "水务局党组"}, 落款="中共县水务局党组")
    assert own.splitlines()[-1] == "中共县水务局党组"
    published = written(*FINDINGS, 原文="是", 落款写法=[])
    assert published.splitlines()[-1] == "少开会。"


def test_contacts_stand_behind_own_words_that_do_not_say_them() -> None:
    ways = {"联系电话": "0517-86880000", "电子邮箱": "a@b.cn"}
    told = lines(监督=["欢迎监督。", "电话：0517 86880000。"], **ways)
    assert told[-3:] == ["欢迎监督。", "电话：0517 86880000。", "电子邮箱：a@b.cn。"]
    assert lines(监督="欢迎监督。", **ways)[-2:] == [
        "欢迎监督。",
        "联系电话：0517-86880000；电子邮箱：a@b.cn。",
    ]
    assert lines(监督="无", **ways)[-1] == "少开会。"
    assert lines(监督="欢迎监督。", 原文="是", **ways)[-1] == "欢迎监督。"
    said = "欢迎监督，电话0517-86880000，邮箱a@b.cn。"
    assert lines(监督=said, **ways)[-1] == said


def test_a_fact_that_is_missing_has_a_place_to_be_filled_in() -> None:
    context = Composer(LedgerOnDay(Ledger("", "", Inspection(), ()), TODAY)).compose()
    assert context.opening[0].startswith("（巡察组）对（被巡察单位）进行了巡察。（反馈日期），")


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"名称": "整改落实情况"}, "县水务局党组关于巡察整改落实情况的通报"),
        ({"用语": "巡视"}, "县水务局党组关于巡视整改情况的通报"),
        ({"标题": "通报{问题数}"}, "通报2"),
        ({"开头": "共{问题数}个、{方面数}个方面、{措施数}项。"}, "共2个、2个方面、3项。"),
        ({"开头": "已销号{已销号数}个,{完成率},未销号{未销号数}个"}, "已销号1个,50%,未销号1个"),
        ({"开头": "{单位}{巡察组}{反馈日期}"}, "县水务局党组县委第二巡察组2022年2月1日"),
        ({"开头": "制度{制度数}项,资金{资金合计}"}, "制度0项,资金0元"),
        ({"组织导语": "全面部署。"}, "一、整改工作组织情况"),
        ({"组织导语": "甲。", "组织标题": "组织"}, "一、组织"),
        ({"组织情况": [{"标题": "强领导", "内容": "开会。"}]}, "（一）强领导。开会。"),
        (
            {"组织情况": [{"标题": "甲", "内容": "乙。"}], "组织序号": "{1}、"},
            "1、甲。乙。",
        ),
        ({"结果标题": "整改成效"}, "一、整改成效"),
        ({"结果导语": "甲。", "统计": "否"}, "甲。"),
        ({"按方面": "是"}, "（二）在“作风建设”方面"),
        ({"按方面": "是", "方面序号": "{1}）", "方面标题": "{方面}"}, "2）作风建设"),
        ({"按方面": "是", "分方面编号": "是"}, "1.关于“会议过多”问题的整改。"),
        ({"问题写法": "接排"}, "1.关于学习不经常的问题。一是每月学习。二是年底考核。"),
        ({"问题写法": "完成情况"}, "整改情况：一是每月学习。二是年底考核。"),
        ({"问题写法": "完成情况", "标点": "半角"}, "完成情况:已完成。"),
        ({"问题写法": "完成情况", "导语分行": "是"}, "整改情况："),
        ({"问题写法": "状态句"}, "该问题已完成整改。一是每月学习。二是年底考核。"),
        ({"问题写法": "状态句", "导语分行": "是"}, "该问题已完成整改。"),
        ({"问题标题": "（{一}）{问题}"}, "（二）会议过多"),
        ({"措施序号": "1."}, "1.每月学习。2.年底考核。"),
        ({"措施序号": "(1)"}, "（1）每月学习。（2）年底考核。"),
        ({"措施序号": "无"}, "每月学习。年底考核。"),
        ({"措施分隔": "；"}, "一是每月学习；二是年底考核。"),
        ({"措施分行": "是"}, "二是年底考核。"),
        ({"下步导语": "继续整改。"}, "二、下步打算和努力方向"),
        ({"下步打算": [{"标题": "常抓不懈"}]}, "1.常抓不懈"),
        ({"下步打算": ["继续整改。"], "下步标题": "打算"}, "二、打算"),
        ({"下步打算": [{"标题": "甲"}], "下步序号": "（{一}）"}, "（一）甲"),
        ({"公示期": "公示期7天。"}, "公示期7天。"),
        ({"监督": "请监督。"}, "请监督。"),
        (
            {"联系电话": "123", "通信地址": "甲路"},
            (
                "欢迎广大干部群众对巡察整改落实情况进行监督。"
                "如有意见建议，请及时向我们反映。联系电话：123；通信地址：甲路。"
            ),
        ),
        ({"落款": "中共某局党组"}, "中共某局党组"),
        ({"落款日期": "2022-05-08"}, "2022年5月8日"),
    ],
)
def test_a_setting_shows_in_the_text(settings: dict[str, Any], line: str) -> None:
    assert line in lines(**settings)
    assert line not in lines()


def test_what_is_left_out_is_not_written() -> None:
    assert lines(标题="无", 开头="无", 结果导语="无", 统计="否")[0] == "一、巡察整改工作落实情况"


def test_the_basis_and_the_days_open_the_notice() -> None:
    facts = {"巡察开始": "2021-09-01", "巡察结束": "2021-12-01"}
    text = written(facts=facts, 依据="县委部署")
    assert "根据县委部署，2021年9月1日至12月1日，县委第二巡察组对县水务局党组进行了巡察。" in text


def test_a_finding_that_is_not_public_is_in_every_count_and_its_words_are_nowhere() -> None:
    hidden = _finding("内部事项", "保密", 公开="否", 方面="第三个方面")
    text = written(*FINDINGS, hidden)
    assert "内部事项" not in text
    assert "第三个方面" not in text
    assert "反馈的3个方面3个主要问题" in text
    assert "3个问题中已销号1个，待销号2个，整改完成率100%，销号率33.3%。" in text
    only_public = written(*FINDINGS, hidden, 通报口径="公开")
    assert only_public == written(*FINDINGS)


def test_aspects_are_counted_where_every_finding_is_hidden() -> None:
    hidden = _finding("内部事项", "保密", 公开="否", 方面="作风建设")
    assert "对反馈的1个方面1个主要问题" in written(hidden)


def test_manifestations_head_the_measures_that_answer_them() -> None:
    told = _finding("管理不严", 通报导语="逐项整改。", 具体表现=["账目不清", "用车无登记"])
    told["措施"] = [
        {"内容": "核账", "针对": "1", "成效": "退款3笔", "完成": "2022-04-01"},
        {"内容": "登记", "针对": "2"},
    ]
    assert written(told).splitlines()[-6:] == [
        "1.关于“管理不严”问题的整改。",
        "逐项整改。",
        "（1）账目不清。",
        "核账，退款3笔。",
        "（2）用车无登记。",
        "登记（正在推进）。",
    ]


def test_a_sustained_finding_is_called_so() -> None:
    told = _finding("学习不经常", 类型="长期坚持", 检视周期="每季度")
    told["措施"] = [{"内容": "学习", "完成": "2022-05-01"}]
    text = written(told, 问题写法="状态句")
    assert "该问题已基本完成整改，将长期坚持。学习。" in text
    assert "1个问题中已销号0个，基本完成、长期坚持1个，整改完成率0%，销号率0%。" in text
    counted = written(told, facts={"长期坚持计入完成": "是"})
    assert "基本完成、长期坚持1个，整改完成率100%，销号率0%。" in counted


def test_an_empty_ledger_still_makes_a_notice() -> None:
    assert "0个问题中已销号0个，整改完成率0%，销号率0%。" in written()
    assert "反馈的" in written()


def test_a_finding_without_an_aspect_comes_last() -> None:
    text = written(_finding("无方面", "甲"), *FINDINGS, 按方面="是", facts={"方面": "党的建设"})
    assert "（一）在“党的建设”方面" in text
    assert "在“其他”方面" in text


def test_long_texts_are_not_cut() -> None:
    assert "很长" * 5000 in written(_finding("长", "很长" * 5000))


def test_the_sample_reads_as_it_did(zhenggai: Zhenggai) -> None:
    words = ("--ledger", str(SAMPLE), "--today", "2021-05-18", "--format", "text")
    outcome = zhenggai("announce", *words)
    assert outcome.code == 0
    compare(GOLDEN / "sample.txt", outcome.out)


# -- done and not done ------------------------------------------------------------------------


def _told(measure: dict[str, str], **settings: Any) -> str:
    told = _finding("会议过多", 措施=[measure])
    return written(told, **settings).splitlines()[-1]


@pytest.mark.parametrize(
    ("measure", "line"),
    [
        ({"内容": "少开会"}, "少开会（正在推进）。"),
        ({"内容": "少开会。开短会。"}, "少开会。开短会（正在推进）。"),
        ({"内容": "少开会；", "成效": "已减少两成"}, "少开会，已减少两成（正在推进）。"),
        ({"内容": "将经费列入预算"}, "将经费列入预算（正在推进）。"),
        ({"内容": "少开会", "完成": "2022-05-18"}, "少开会。"),
        ({"内容": "少开会", "完成": "2022-05-19"}, "少开会（正在推进）。"),
        ({"内容": "拟修订制度"}, "拟修订制度。"),
        ({"内容": "将于6月底前修订制度"}, "将于6月底前修订制度。"),
        ({"内容": "修订制度", "成效": "正在征求意见"}, "修订制度，正在征求意见。"),
        ({"内容": "修订制度", "成效": "尚未印发"}, "修订制度，尚未印发。"),
        ({"内容": "下一步修订制度"}, "下一步修订制度。"),
    ],
)
def test_what_is_not_done_is_told_as_going_on(measure: dict[str, str], line: str) -> None:
    assert _told(measure) == line


def test_the_mark_follows_the_punctuation_of_the_notice() -> None:
    assert _told({"内容": "少开会"}, 标点="半角") == "少开会(正在推进)。"


_LATE = {"整改时限": "2022-05-01", "措施": [{"内容": "少开会"}]}
_REPORT = {"日期": "2022-05-10", "事项": "进展", "情况": "在办", "未完成原因": "跨部门"}


def test_an_overdue_finding_is_told_with_its_cause() -> None:
    told = _finding("会议过多", 记录=[_REPORT], **_LATE)
    sentence = "该问题已超过整改时限，未完成原因：跨部门。"
    assert written(told).splitlines()[-1] == f"少开会（正在推进）。{sentence}"
    assert written(told, 措施分行="是").splitlines()[-1] == sentence
    later = {"日期": "2022-05-11", "事项": "进展", "情况": "在办"}
    told = _finding("会议过多", 记录=[_REPORT, later], **_LATE)
    assert written(told).splitlines()[-1] == "少开会（正在推进）。该问题已超过整改时限，正在推进。"


def test_a_finding_in_time_is_told_without_one() -> None:
    told = _finding("会议过多", 记录=[_REPORT], **(_LATE | {"整改时限": "2022-05-18"}))
    assert written(told).splitlines()[-1] == "少开会（正在推进）。"


def test_what_was_published_is_told_as_it_was_until_work_is_recorded() -> None:
    settings = {"原文": "是", "落款日期": "2022-05-08"}
    told = _finding("会议过多", 措施=[{"内容": "少开会"}, {"内容": "开短会"}])
    assert "一是少开会。二是开短会。" in written(told, **settings)
    told["措施"][0]["完成"] = "2022-05-08"
    assert "一是少开会。二是开短会。" in written(told, **settings)
    told["措施"][0]["完成"] = "2022-05-09"
    assert "一是少开会。二是开短会（正在推进）。" in written(told, **settings)


def test_approved_totals_may_be_named() -> None:
    facts = {"经审定数": {"立案审查调查": "3人", "处分": 2}}
    text = written(*FINDINGS, facts=facts, 开头="移交有关机关，{经审定数}。")
    assert "移交有关机关，立案审查调查3人、处分2。" in text
