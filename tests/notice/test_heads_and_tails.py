"""Notices in the wordings of counties, firms, schools and offices: what stands around the findings.

Each file of `wordings` is whole, each of `pages` as a site shows it. What a careful clerk would
read of heads and tails stands here; the text comes out again.
"""

from pathlib import Path
from typing import Any

import pytest

from zhenggai.model.decoding import decode_inspection
from zhenggai.notice import default_text, sources
from zhenggai.notice.comparing import differing, written
from zhenggai.notice.confidence import confidence, missing, summed_up
from zhenggai.notice.importing import is_published, read_notice
from zhenggai.notice.reading.draft import Draft

FIXTURES = Path(__file__).parent / "fixtures"
WORDINGS = {path.stem: path for path in sorted((FIXTURES / "wordings").iterdir())}
PAGES = {path.stem: path for path in sorted((FIXTURES / "pages").iterdir())}

# Kind, unit, who inspected; began, ended, fed back, published; aspects, findings.
FACTS: dict[str, tuple[Any, ...]] = {
    "audit-leader": (
        *("审计整改", "县供销合作社联合社", "县审计局"),
        *(None, None, "2022-08-26", "2022-12-05", 0, 6),
    ),
    "audit-soe-asset": (
        *("审计整改", "临江文化旅游投资集团有限公司", "市审计局"),
        *("2023-08-01", "2023-10-31", "2024-01-08", "2024-07-10", 4, 10),
    ),
    "bank-labels": (
        *("专项巡察", "某某农村商业银行股份有限公司党委", "省联社党委巡察二组"),
        *("2022-06-13", "2022-07-29", "2022-09-02", "2022-12-30", 0, 6),
    ),
    "bureau-numbers": (
        *(None, "县统计局党组", "县委第一巡察组"),
        *("2018-08-13", "2018-10-12", "2018-11-20", "2019-02-22", 3, 8),
    ),
    "county-2015": (
        *(None, "县委党史研究室", "县委第二巡察组"),
        *(None, None, "2015-12-18", "2016-03-21", 3, 7),
    ),
    "discipline-two-orgs": (
        *(None, "区司法局党组", "区委第三巡察组"),
        *("2022-08-22", "2022-10-21", "2022-11-30", "2023-03-10", 4, 10),
    ),
    "grain-chinese-days": (
        *("专项巡察", "市储备粮管理有限公司党支部", "市委第五专项巡察组"),
        *("2021-11-03", "2022-01-14", "2022-03-02", "2022-08-10", 3, 7),
    ),
    "hospital-cross": (
        *(None, "县人民医院党委", "市委交叉巡察第三组"),
        *("2021-10-08", "2022-01-10", "2022-03-15", "2022-09-20", 3, 8),
    ),
    "look-back-town": (
        *("回头看", "柳河镇党委", "县委第三巡察组"),
        *("2019-04-08", "2019-05-08", "2019-06-03", "2019-08-30", 3, 6),
    ),
    "ministry-xunshi": (
        *("常规巡察", "国家某某局党组", "中央第十二巡视组"),
        *("2021-09-26", "2021-11-25", "2022-01-21", "2022-07-15", 3, 6),
    ),
    "mobile-2024": (
        *("机动巡察", "县住房和城乡建设局党组", "县委机动巡察组"),
        *(None, None, "2024-07-02", "2024-10-30", 0, 4),
    ),
    "quoted-part": (
        *("专项巡察", "区卫生健康委员会党组", "区委第二巡察组"),
        *("2016-05-09", "2016-06-24", "2016-07-20", "2016-10-08", 0, 6),
    ),
    "school-elevated": (
        *("提级巡察", "县第一中学党委", "市委第四巡察组"),
        *("2023-09-11", "2023-11-10", "2024-01-05", "2024-04-22", 4, 9),
    ),
    "soe-2023": (
        *("常规巡察", "江岭水务集团有限公司党委", "市委第六巡察组"),
        *("2023-03-06", "2023-05-26", "2023-07-13", "2024-01-12", 4, 11),
    ),
    "supervision-commission-table": (
        *("常规巡察", "县医疗保障局党组", "县委第二巡察组"),
        *("2023-02-20", "2023-04-14", "2023-05-16", "2023-08-31", 0, 5),
    ),
    "university-runin": (
        *(None, "海州职业技术学院党委", "省委第七巡视组"),
        *("2020-09-08", "2020-11-06", "2021-01-12", "2021-07-16", 4, 12),
    ),
    "village-joint": (
        *("联动巡察", "沙湾村党支部", "县委第九巡察组"),
        *(None, None, None, "2024-09-02", 0, 4),
    ),
    "wrapped-county": (
        *(None, "县委老干部局", "县委第三巡察组"),
        *("2021-04-12", "2021-05-28", "2021-06-29", "2021-09-17", 0, 5),
    ),
}
UNFILLED = {
    "audit-leader": ["2022年5月至7月"],
    "county-2015": ["2015年10月中旬至11月下旬"],
    "mobile-2024": ["5月6日至6月14日"],
    "village-joint": ["2024年3月—5月", "6月下旬"],
}
PHONES = {
    "bank-labels": "0000-12345678—802",
    "discipline-two-orgs": "0000-6601234、0000-6601235",
    "hospital-cross": "0000-3312345",
    "look-back-town": "0000-5550001、0000-5550002",
    "ministry-xunshi": "010-00001234",
    "mobile-2024": "0000-7711001",
    "quoted-part": "0000—67890001、0000—67890002",
    "school-elevated": "（0000）6220001、6220002",
    "soe-2023": "0000-8600001转8012",
    "supervision-commission-table": "0000-2250001",
    "university-runin": "0000-86860001",
    "village-joint": "0000-4410001",
    "wrapped-county": "0000-3210001",
}
PERIODS = {
    "school-elevated": "公示时间：2024年4月22日至5月8日",
    "soe-2023": "公示期为2024年1月15日至2024年2月4日",
    "supervision-commission-table": "公示期为2023年9月1日至9月15日",
    "village-joint": "公示期：7天（2024年9月2日至9月8日）。",
}
TITLES = {
    "audit-soe-asset": [
        *("少计投资收益", "在建工程未及时转固", "往来款长期挂账", "未严格履行招标程序"),
        *("多付工程款", "项目超概算", "资产闲置", "租金收缴不及时"),
        *("公务接待费列支不规范", "出借资金未收取利息"),
    ],
    "grain-chinese-days": [
        *("储备粮轮换计划执行不严", "粮食质量检验把关不严", "粮食购销价格确定不透明"),
        *("仓储设施维修工程管理混乱", "资金结算不规范"),
        *("党支部战斗堡垒作用发挥不够", "年轻干部培养不足"),
    ],
    "quoted-part": [
        *("计划生育社会抚养费征收管理不规范", "公共卫生项目资金使用不合规"),
        *("村卫生室药品零差率执行不到位", "设备采购未公开招标"),
        *("干部兼职未清理", "工会经费列支不规范"),
    ],
}
ORGANISED = {
    "discipline-two-orgs": "一、整改组织落实情况",
    "hospital-cross": "壹、整改工作情况",
    "soe-2023": "第一部分\u3000集团党委履行整改主体责任情况",
}


def read(path: Path) -> Draft:
    return read_notice(sources.read(path).text)


@pytest.mark.parametrize("name", WORDINGS)
def test_what_stands_around_the_findings_is_read(name: str) -> None:
    draft = read(WORDINGS[name])
    facts, notice = draft.inspection, draft.notice
    days = [facts.get(key) for key in ("巡察开始", "巡察结束", "反馈日期")]
    who = facts.get("审计机关", facts.get("巡察组"))
    counted = (len(draft.aspects), len(draft.findings))
    found = (facts.get("巡察类型"), facts["被巡察单位"], who, *days, notice["落款日期"], *counted)
    assert found == FACTS[name]
    assert notice.get("联系电话") == PHONES.get(name)
    assert notice.get("公示期") == PERIODS.get(name)
    told = zip(draft.unfilled, UNFILLED.get(name, []), strict=True)
    assert all(f"“{words}”" in sentence for sentence, words in told)
    if name in TITLES:
        assert [data["问题"] for data in draft.findings] == TITLES[name]
    if name in ORGANISED:
        assert notice["组织标题"] == ORGANISED[name]


@pytest.mark.parametrize("name", WORDINGS)
def test_the_text_comes_out_again(name: str) -> None:
    draft = read(WORDINGS[name])
    assert draft.unplaced == []
    assert differing(draft) == []
    assert written(draft) == draft.text
    assert confidence(draft).disagreements == ()


# -- the head ---------------------------------------------------------------------------------

_FINDINGS = (
    "一、整改落实情况\n1.关于“会议多”问题的整改。\n一是少开会。二是开短会。\n"
    "2.关于“车辆管理松散”问题的整改。\n一是建立台账。二是封存钥匙。\n"
)
_SIGNED = "中共竹泉县林业局党组\n2022年11月3日\n"
_TITLE = "中共竹泉县林业局党组关于巡察整改情况的通报\n"


def opened(opening: str) -> Draft:
    text = f"{_TITLE}{opening}\n{_FINDINGS}{_SIGNED}"
    draft = read_notice(text)
    assert written(draft) == text
    return draft


def days_of(draft: Draft) -> list[str | None]:
    return [draft.inspection.get(key) for key in ("巡察开始", "巡察结束", "反馈日期")]


@pytest.mark.parametrize(
    ("words", "began", "ended"),
    [
        ("2022年3月1日至4月29日", "2022-03-01", "2022-04-29"),
        ("2022年3月8日—29日", "2022-03-08", "2022-03-29"),
        ("2022.3.1-2022.4.29", "2022-03-01", "2022-04-29"),
        ("2022 年 3 月 1 日 － 4 月 29 日", "2022-03-01", "2022-04-29"),
        ("2022年3月1日（星期二）至4月29日（星期五）", "2022-03-01", "2022-04-29"),
        ("自2022年3月1日起至4月29日止", "2022-03-01", "2022-04-29"),
        ("2022年3月1日开始，至4月29日结束", "2022-03-01", "2022-04-29"),
        ("二〇二二年三月一日至四月二十九日", "2022-03-01", "2022-04-29"),
        ("2022年3月1日至28日、4月6日至29日", "2022-03-01", "2022-04-29"),
        ("2021年11月8日至1月20日", "2021-11-08", "2022-01-20"),
        ("2021年11月8日至次年1月20日", "2021-11-08", "2022-01-20"),
        ("3月1日至2022年4月29日", "2022-03-01", "2022-04-29"),
        ("11月1日至2022年1月29日", "2021-11-01", "2022-01-29"),
    ],
)
def test_the_days_of_an_inspection_are_read_as_they_are_written(
    words: str, began: str, ended: str
) -> None:
    draft = opened(f"{words}，县委第二巡察组对县林业局党组进行了巡察。6月10日，反馈了意见。")
    assert days_of(draft) == [began, ended, "2022-06-10"]
    assert draft.unfilled == []


@pytest.mark.parametrize(
    "words",
    [
        *("2022年3月中旬至5月下旬", "2022年3月至5月", "2022年3-5月", "2022年3月初至5月底"),
        *("2022年3月上旬至2022年4月下旬", "2022年3月底到5月中旬", "2022年3月中、下旬"),
        *("2022年3月上旬—中旬", "2022年3、4月份", "2022年上半年", "2022年第一季度", "2022年春季"),
        *("2021年12月中旬至次年1月", "2022年3月", "2022年"),
    ],
)
def test_what_is_no_day_is_told_by_its_words_and_not_guessed(words: str) -> None:
    draft = opened(f"{words}，县委第二巡察组对县林业局党组进行了巡察。6月10日，反馈了意见。")
    assert days_of(draft) == [None, None, "2022-06-10"]
    assert draft.unfilled == [
        f"巡察的时间写作“{words}”，定不了是哪一天的没有填写：“巡察开始”、“巡察结束”"
    ]


def test_the_day_that_is_printed_is_taken_and_the_other_one_told() -> None:
    draft = opened(
        "2022年3月1日至5月下旬，县委第二巡察组对县林业局党组进行了巡察。6月中旬，反馈了意见。"
    )
    assert days_of(draft) == ["2022-03-01", None, None]
    assert draft.unfilled == [
        "巡察的时间写作“2022年3月1日至5月下旬”，定不了是哪一天的没有填写：“巡察结束”",
        "反馈的时间写作“6月中旬”，定不了是哪一天，“反馈日期”没有填写",
    ]


def test_a_year_that_is_not_printed_is_not_guessed() -> None:
    draft = opened("3月1日至4月29日，县委第二巡察组对县林业局党组进行了巡察。6月10日反馈了意见。")
    assert days_of(draft) == [None, None, None]
    assert [sentence[:20] for sentence in draft.unfilled] == [
        "巡察的时间写作“3月1日至4月29日”，",
        "反馈的时间写作“6月10日”，定不了是哪",
    ]


def test_feedback_without_a_year_is_the_first_that_the_end_may_have_had() -> None:
    draft = opened("2022年3月至5月，县委第二巡察组对县林业局党组进行了巡察。5月20日，反馈了意见。")
    assert days_of(draft)[2] == "2022-05-20"
    later = opened("2021年下半年，县委第二巡察组对县林业局党组进行了巡察。1月10日，反馈了意见。")
    assert days_of(later)[2] == "2022-01-10"


def test_the_years_that_were_looked_into_are_not_when_it_was_done() -> None:
    draft = opened(
        "县委第二巡察组于2022年3月1日至4月29日对县林业局党组2018年1月至2021年12月工作情况进行了巡察，"
        "6月10日反馈。"
    )
    assert days_of(draft) == ["2022-03-01", "2022-04-29", "2022-06-10"]
    assert draft.inspection["被巡察单位"] == "县林业局党组"


@pytest.mark.parametrize(
    ("sentence", "unit", "group"),
    [
        (
            "县委第二巡察组进驻县林业局党组开展巡察",
            *("县林业局党组", "县委第二巡察组"),
        ),
        ("县委第二巡察组对县林业局党组及其班子成员开展巡察", *("县林业局党组", "县委第二巡察组")),
        ("集团党委第三巡察组对所属林场党支部开展巡察", *("林场党支部", "集团党委第三巡察组")),
        ("县委第二巡察组向县林业局党组反馈了巡察意见", *("县林业局党组", "县委第二巡察组")),
        ("市委第五交叉巡察组对县林业局党组开展交叉巡察", *("县林业局党组", "市委第五交叉巡察组")),
    ],
)
def test_unit_and_group_are_told_apart_from_what_else_is_said(
    sentence: str, unit: str, group: str
) -> None:
    draft = opened(f"2022年3月1日至4月29日，{sentence}。现将整改情况予以公布。")
    assert (draft.inspection["被巡察单位"], draft.inspection["巡察组"]) == (unit, group)


# -- the tail ---------------------------------------------------------------------------------


def closed(tail: str, signed: str = _SIGNED, outlook: str = "") -> Draft:
    opening = "2022年3月1日至4月29日，县委第二巡察组对县林业局党组进行了巡察，6月10日反馈。\n"
    text = f"{_TITLE}{opening}{_FINDINGS}{outlook}{tail}\n{signed}"
    draft = read_notice(text)
    assert written(draft) == text
    assert draft.unplaced == []
    assert [one["内容"] for one in draft.findings[-1]["措施"]] == ["建立台账", "封存钥匙"]
    assert "通报写法" not in draft.findings[-1]
    return draft


@pytest.mark.parametrize("outlook", ["", "二、下一步打算\n持续巩固整改成果。\n"])
@pytest.mark.parametrize(
    "words",
    [
        *("特此通报。", "特此公告", "特此报告。", "以上情况，特此公布", "此告。"),
        *("以上整改情况，现予通报。", "现予以公布，请社会各界监督。", "专此报告，请审阅。"),
        "以上是我局党组巡察整改情况，请予监督。",
    ],
)
def test_what_says_that_this_was_all_belongs_to_the_end(words: str, outlook: str) -> None:
    draft = closed(words, outlook=outlook)
    assert draft.notice["监督"] == [words]
    assert "下步打算" not in draft.notice


def test_what_is_said_before_the_end_does_not_stop_at_it() -> None:
    draft = closed("联系电话：0000-1000001\n特此通报。")
    assert draft.notice["监督"] == ["联系电话：0000-1000001", "特此通报。"]
    assert draft.notice["联系电话"] == "0000-1000001"
    assert closed("特此通报。\n附件：整改台账").notice["监督"] == ["特此通报。", "附件：整改台账"]
    listed = closed("附件：1.整改台账\n2.制度汇编")
    assert listed.notice["监督"] == ["附件：1.整改台账", "2.制度汇编"]


@pytest.mark.parametrize(
    ("words", "phone"),
    [
        ("联系电话：0000-1234567转8012", "0000-1234567转8012"),
        ("联系电话：0000-1234567—8012；邮箱：a@example.cn", "0000-1234567—8012"),
        ("联系电话：0000-1234567（分机8012）", "0000-1234567（分机8012）"),
        ("电话：（0000）1234567", "（0000）1234567"),
        ("联系电话：0000-1234567、7654321；地址：县政府大院", "0000-1234567、7654321"),
        ("联系电话：0000-1234567/7654321", "0000-1234567、7654321"),
        ("联系电话：1234567（办公室），7654321（机关纪委）", "1234567、7654321"),
        ("办公室电话：0000-1234567；纪检组电话：0000-7654321。", "0000-1234567、0000-7654321"),
        ("联系电话：0000-1234567，13900000000（工作日9:00—17:00）", "0000-1234567、13900000000"),
        ("监督电话：0000-1234567 传真：0000-1234568 邮编：236000", "0000-1234567"),
        ("办公电话：００００-１２３４５６７转８０１２", "0000-1234567转8012"),
        ("电话：0000-1234567；服务热线：12345", "0000-1234567、12345"),
        ("联系电话：400-000-1234", "400-000-1234"),
    ],
)
def test_telephone_numbers_are_taken_whole_and_all(words: str, phone: str) -> None:
    draft = closed(words)
    assert draft.notice["联系电话"] == phone
    assert draft.notice["监督"] == [words]
    # A notice that is no original any more says none of them twice.
    inspection, _ = decode_inspection({**draft.inspection_data()})
    assert inspection.notice is not None
    assert default_text.contacts(inspection.notice, words) == ""


@pytest.mark.parametrize(
    ("tail", "period", "supervision"),
    [
        (
            "公示期为2022年3月1日至3月15日，欢迎广大干部群众监督。联系电话：0000-1234567。",
            "公示期为2022年3月1日至3月15日",
            ["公示期为2022年3月1日至3月15日，欢迎广大干部群众监督。联系电话：0000-1234567。"],
        ),
        (
            "公示期为15个工作日。欢迎监督，电话：0000-1234567。",
            "公示期为15个工作日。",
            ["公示期为15个工作日。欢迎监督，电话：0000-1234567。"],
        ),
        (
            "公示时间：2022年3月1日至3月15日\n监督电话：0000-1234567",
            "公示时间：2022年3月1日至3月15日",
            ["监督电话：0000-1234567"],
        ),
        (
            "公示期限：2022年11月3日至11月9日（5个工作日），公示期内，欢迎监督。",
            "公示期限：2022年11月3日至11月9日（5个工作日）",
            ["公示期限：2022年11月3日至11月9日（5个工作日），公示期内，欢迎监督。"],
        ),
        ("本通报自发布之日起公示5个工作日。", "本通报自发布之日起公示5个工作日。", None),
        (
            "特此通报。\n公示期为5个工作日。",
            "公示期为5个工作日。",
            ["特此通报。", "公示期为5个工作日。"],
        ),
        (
            "公示期间，如有意见，请与我们联系。电话：0000-1234567",
            None,
            ["公示期间，如有意见，请与我们联系。电话：0000-1234567"],
        ),
    ],
)
def test_how_long_it_is_shown_is_told_apart_from_whom_to_ask(
    tail: str, period: str | None, supervision: list[str] | None
) -> None:
    draft = closed(tail)
    assert draft.notice.get("公示期") == period
    assert draft.notice.get("监督") == supervision


def test_a_period_that_is_said_nowhere_else_is_a_paragraph() -> None:
    draft = closed("公示期为5个工作日，欢迎监督。")
    draft.notice["公示期"] = "公示期为10个工作日。"
    assert "\n公示期为10个工作日。\n公示期为5个工作日，欢迎监督。\n" in written(draft)


@pytest.mark.parametrize(
    ("signed", "lines"),
    [
        ("中共竹泉县林业局党组（公章）\n2022-11-03\n", ["{落款}（公章）", "2022-11-03"]),
        (
            "落款：中共竹泉县林业局党组\n时间：2022年11月3日\n",
            ["落款：{落款}", "时间：2022年11月3日"],
        ),
        ("中共竹泉县林业局党组\n2022年11月3日印发\n", ["{落款}", "2022年11月3日印发"]),
    ],
)
def test_seals_and_labels_are_no_part_of_who_signs(signed: str, lines: list[str]) -> None:
    draft = closed("联系电话：0000-1234567", signed)
    assert draft.notice["落款"] == "中共竹泉县林业局党组"
    assert draft.notice["落款日期"] == "2022-11-03"
    assert draft.notice["落款写法"] == lines


def test_a_month_behind_who_signs_is_told() -> None:
    draft = closed("联系电话：0000-1234567", "竹泉县林业局\n2022年11月\n")
    assert draft.notice["文末"] == ["2022年11月"]
    assert draft.unfilled == ["落款日期“2022年11月”没有写到日，“落款日期”未填写"]


def test_what_stands_behind_the_date_is_a_contact_all_the_same() -> None:
    draft = closed("特此通报。", _SIGNED + "联系电话：0000-1234567\n")
    assert draft.notice["联系电话"] == "0000-1234567"
    assert draft.notice["文末"] == ["联系电话：0000-1234567"]


# -- audits -----------------------------------------------------------------------------------


def test_the_sums_of_an_audit_are_read_and_held_against_what_it_states() -> None:
    draft = read(WORDINGS["audit-soe-asset"])
    assert draft.inspection["报告文号"] == "江审企报〔2024〕2号"
    assert "用语" not in draft.notice
    found = [data.get("问题金额") for data in draft.findings]
    mended = [data.get("已整改金额") for data in draft.findings]
    assert found == [
        *("620万元", "4380万元", "2000万元", None, "56万元"),
        *("1944万元", "2100万元", "200万元", None, "700万元"),
    ]
    assert mended[2:8] == ["900万元", None, "56万元", "1944万元", "1200万元", None]
    assert confidence(draft) == ((), ())
    draft.findings[0]["已整改金额"] = "720万元"
    assert confidence(draft).doubts == ("通报写明“已整改金额9800万元”，各问题写明的合计是9900万元",)


def test_what_is_counted_as_not_finished_is_held_against_what_is_printed_of_each() -> None:
    text = WORDINGS["audit-soe-asset"].read_text(encoding="utf-8")
    draft = read_notice(text.replace("部分整改2个、正在整改1个", "部分整改1个、正在整改2个"))
    assert confidence(draft).doubts == (
        "通报写明“部分整改1个”，逐个写明部分整改的是2个",
        "通报写明“正在整改2个”，逐个写明正在整改的是1个",
    )


def test_a_part_of_the_findings_may_be_published() -> None:
    text = WORDINGS["university-runin"].read_text(encoding="utf-8")
    other = text.replace("公布12个", "公布11个").replace("公布的12个", "公布的11个")
    assert confidence(read_notice(other)).disagreements != ()


# -- numbers and none -------------------------------------------------------------------------

_FOUR = (
    ("意识形态责任制落实不严", "召开专题会2次", "签订责任书14份"),
    ("新闻审核把关不细", "落实三审三校", "通报差错3起"),
    ("经营性收入管理不规范", "收回广告欠款7万元", "修订合同模板"),
    ("干部年龄老化", "招聘采编人员5名", "开展培训8期"),
)


def told(body: str) -> Draft:
    opening = "2022年3月1日至4月29日，县委第二巡察组对县林业局党组进行了巡察，反馈了4个问题。\n"
    text = f"{_TITLE}{opening}{body}{_SIGNED}"
    draft = read_notice(text)
    assert written(draft) == text
    assert confidence(draft) == ((), ())
    assert [data["问题"] for data in draft.findings] == [title for title, *_ in _FOUR]
    return draft


@pytest.mark.parametrize("mark", ["●", "■ ", "◆", "· ", "- ", "* ", "▲", "•", ""])
def test_titles_may_have_bullets_or_nothing(mark: str) -> None:
    body = "".join(f"{mark}{title}\n一是{one}。二是{two}。\n" for title, one, two in _FOUR)
    draft = told(f"一、整改落实情况\n{body}")
    assert [len(data["措施"]) for data in draft.findings] == [2, 2, 2, 2]


def test_titles_without_numbers_may_stand_above_labels() -> None:
    body = "".join(f"{title}\n整改措施：{one}。\n整改成效：{two}。\n" for title, one, two in _FOUR)
    draft = told(f"一、整改落实情况\n{body}")
    assert draft.findings[0]["措施"] == [{"内容": "召开专题会2次", "成效": "签订责任书14份"}]


def test_bullets_may_count_measures() -> None:
    body = "".join(
        f"{n}.{title}\n●{one}。\n●{two}。\n" for n, (title, one, two) in enumerate(_FOUR, start=1)
    )
    draft = told(f"一、整改落实情况\n{body}")
    assert draft.findings[3]["措施"] == [{"内容": "招聘采编人员5名"}, {"内容": "开展培训8期"}]


@pytest.mark.parametrize(
    "parts",
    [
        *(("壹、", "贰、", "叁、"), ("第一部分  ", "第二部分  ", "第三部分  "), ("Ⅰ.", "Ⅱ.", "Ⅲ.")),
        *(("第一章 ", "第二章 ", "第三章 "), ("第1部分 ", "第2部分 ", "第3部分 ")),
        *(("I. ", "II. ", "III. "), ("（壹）", "（贰）", "（叁）"), ("【一】", "【二】", "【三】")),
    ],
)
def test_parts_may_be_numbered_in_any_formal_way(parts: tuple[str, str, str]) -> None:
    first, second, third = parts
    groups = ("一、意识形态方面\n", "", "二、管理方面\n", "")
    body = "".join(
        f"{group}（{'一二'[n % 2]}）{title}\n1.{one}。\n2.{two}。\n"
        for n, (group, (title, one, two)) in enumerate(zip(groups, _FOUR, strict=True))
    )
    draft = told(
        f"{first}整改组织情况\n党组召开会议4次。\n{second}整改落实情况\n{body}"
        f"{third}下一步打算\n持续巩固整改成果。\n"
    )
    assert draft.aspects == ["意识形态", "管理"]
    assert draft.notice["组织导语"] == "党组召开会议4次。"
    assert draft.notice["下步导语"] == "持续巩固整改成果。"


@pytest.mark.parametrize(
    ("aspect", "finding"), [("（{}）", "①②"), ("{}.", "（1）（2）"), ("（{}）", "1）2）")]
)
def test_aspects_may_have_any_numbers(aspect: str, finding: str) -> None:
    marks = [finding[: len(finding) // 2], finding[len(finding) // 2 :]] * 2
    heads = {0: "意识形态方面", 2: "管理方面"}
    body = ""
    for n, (title, one, _) in enumerate(_FOUR):
        if n in heads:
            body += f"{aspect.format(n // 2 + 1)}{heads[n]}\n"
        body += f"{marks[n]}{title}。{one}。\n"
    draft = told(f"一、整改组织情况\n召开会议。\n二、整改落实情况\n{body}")
    assert draft.aspects == ["意识形态", "管理"]


def test_parts_may_be_the_findings() -> None:
    body = "".join(
        f"{'一二三四'[n]}、{title}\n一是{one}。二是{two}。\n"
        for n, (title, one, two) in enumerate(_FOUR)
    )
    assert told(body).notice["结果标题"] == "无"


def test_a_number_that_goes_on_from_the_line_above_heads_nothing() -> None:
    text = (
        "一、整改情况\n1.反馈问题：会议多。\n整改情况：（1）少开会。（2）开短会。\n（3）开视频会。\n"
        "整改结果：已完成。\n2.反馈问题：车辆管理松散。\n整改情况：（1）建立台账。（2）封存钥匙。\n"
    )
    draft = read_notice(text)
    assert [len(data["措施"]) for data in draft.findings] == [3, 2]
    assert written(draft) == text


# -- pages and files --------------------------------------------------------------------------

PAGE_LINES = {
    "copied": [1, 3, 12, 13, 14, 15, 16, 17, 18, 19],
    "county-site": [*range(1, 13), 14, 15, *range(23, 34)],
    "wechat": [1, 2, 4, *range(20, 28)],
}
PAGE_FACTS = {
    "copied": ("县水利局党组", "2023-03-10", "县水利局党组关于巡察整改进展情况的通报"),
    "county-site": ("县林业局党组", "2022-11-03", "中共竹泉县林业局党组关于巡察整改情况的通报"),
    "wechat": ("县教育局党委", "2023-05-18", "县教育局党委关于落实巡察整改进展情况的通报"),
}


@pytest.mark.parametrize("name", PAGES)
def test_of_a_page_the_notice_is_kept_and_the_rest_set_aside(name: str) -> None:
    draft = read(PAGES[name])
    assert [line.number for line in draft.page] == PAGE_LINES[name]
    facts = draft.inspection["被巡察单位"], draft.notice["落款日期"], draft.notice["标题"]
    assert facts == PAGE_FACTS[name]
    assert len(draft.findings) == 2
    assert "文末" not in draft.notice
    assert draft.unplaced == []
    assert differing(draft) in ([], [("", "")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_a_copied_page_may_be_saved_in_any_of_the_usual_encodings(
    encoding: str, tmp_path: Path
) -> None:
    text = PAGES["copied"].read_text(encoding="utf-8")
    file = tmp_path / "通报.txt"
    file.write_bytes(text.encode(encoding))
    assert sources.read(file).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_may_say_another_encoding_than_it_was_saved_in(
    encoding: str, tmp_path: Path
) -> None:
    page = PAGES["county-site"].read_text(encoding="utf-8")
    file = tmp_path / "通报.html"
    file.write_bytes(page.encode(encoding))
    assert sources.read(file).text == sources.read(PAGES["county-site"]).text


def test_a_letterhead_is_none_of_the_notice() -> None:
    head = f"中共竹泉县林业局党组文件\n竹林党〔2022〕8号\n{_TITLE}"
    draft = read_notice(f"{head}现将巡察整改情况予以公布。\n{_FINDINGS}{_SIGNED}")
    assert [line.number for line in draft.page] == [1, 2]
    assert draft.notice["标题"] == _TITLE.strip()


@pytest.mark.parametrize(
    "lines",
    [
        ("中共竹泉县林业局党组", "关于县委第三轮巡察整改进展情况的通报"),
        ("中共竹泉县林业局党组", "关于县委第三轮巡察整改进展情况的", "通报"),
        ("中共竹泉县林业局党组关于县委第三轮巡察整改", "进展情况的通报"),
    ],
)
def test_a_title_may_be_on_several_lines(lines: tuple[str, ...]) -> None:
    head = "\n".join(lines)
    draft = read_notice(f"{head}\n现将巡察整改情况予以公布。\n{_FINDINGS}{_SIGNED}")
    assert draft.notice["标题"] == "中共竹泉县林业局党组关于县委第三轮巡察整改进展情况的通报"
    assert draft.notice["开头"] == ["现将巡察整改情况予以公布。"]


@pytest.mark.parametrize("zero", ["〇", "○", "O", "０", "零"])
def test_any_zero_may_be_typed_into_a_year(zero: str) -> None:
    draft = closed("电话/传真：0000-1234567", f"中共竹泉县林业局党组\n二{zero}二二年十一月三日\n")
    assert draft.notice["落款日期"] == "2022-11-03"
    assert draft.notice["联系电话"] == "0000-1234567"


def test_a_part_of_what_goes_on_does_not_make_the_results_a_finding() -> None:
    results = _FINDINGS.replace("一、整改落实情况", "二、巡察反馈意见整改情况")
    text = (
        f"{_TITLE}现将情况公布。\n一、履行主体责任情况\n召开会议。\n{results}三、正在整改的问题\n"
    )
    draft = read_notice(f"{text}干部老化问题正在研究。\n四、下一步打算\n持续整改。\n{_SIGNED}")
    assert [data["问题"] for data in draft.findings][:2] == ["会议多", "车辆管理松散"]


def test_a_table_between_title_and_signature_is_a_notice() -> None:
    text = sources.read(WORDINGS["supervision-commission-table"]).text
    assert is_published(text)
    lines = text.strip().split("\n")
    assert not is_published("\n".join(lines[:-2]))
    assert not is_published("\n".join([lines[0].replace("公示", "台账"), *lines[1:]]))
    assert not is_published("\n".join([lines[0], *lines[2:]]))


_END_OF_FINDINGS = """
以上反馈的3个问题，已完成3个。
监督电话：0000-6223344。
注：本通报数据截至2022年11月1日。
（此件公开发布）
"""


def test_what_stands_behind_the_findings_is_none_of_the_last_one() -> None:
    findings = "".join(f"{n}.关于第{n}件事的问题。\n一是整改。{state}。\n" for n, state in _STATES)
    text = f"{_TITLE}现将情况公布。\n一、整改落实情况\n{findings}{_END_OF_FINDINGS}{_SIGNED}"
    draft = read_notice(text)
    assert draft.notice["联系电话"] == "0000-6223344"
    assert draft.notice["监督"][1] == "注：本通报数据截至2022年11月1日。"
    assert [line.text for line in draft.page] == ["（此件公开发布）"]
    assert confidence(draft).disagreements == ("通报写明已完成“3个”，逐个写明已完成的是1个",)


_STATES = ((1, "已完成"), (2, "正在推进"), (3, "正在推进"))


def test_all_groups_are_taken() -> None:
    opening = "2022年3月1日至4月29日，县委第二巡察组、第五巡察组对林业局党组开展了巡察。"
    draft = read_notice(f"{_TITLE}{opening}\n{_FINDINGS}{_SIGNED}")
    assert draft.inspection["巡察组"] == "县委第二巡察组、第五巡察组"


def test_one_numbered_measure_below_its_label_is_a_measure() -> None:
    body = "整改措施：\n（1）安装定位系统12台。\n责任领导：分管领导\n整改结果：已完成\n"
    text = f"{_TITLE}现将情况公布。\n一、整改落实情况\n1.车辆管理不严。\n{body}2.会议过多。\n{body}"
    draft = read_notice(f"{text}{_SIGNED}")
    assert [len(data["措施"]) for data in draft.findings] == [1, 1]
    assert draft.findings[0]["责任领导"] == "分管领导"
    assert "具体表现" not in draft.findings[0]


def test_states_that_no_day_lets_be_recorded_are_told() -> None:
    findings = "".join(f"{n}.关于第{n}件事的问题。\n一是整改。{state}。\n" for n, state in _STATES)
    text = f"{_TITLE}现将情况公布。\n一、整改落实情况\n{findings}中共竹泉县林业局党组\n2022年11月\n"
    told = "通报没有落款日期，3个问题写明的完成情况没有登记；补上日期再导入"
    assert told in read_notice(text).unfilled


def test_a_table_may_have_rows_for_aspects_and_numbers_before_titles() -> None:
    rows = (
        "问题  整改措施  整改情况",
        "（一）党的领导方面（2个问题）",
        "1.服务不均衡  ①新建服务点3处 ②送戏12场  已完成",
        "2.责任不实  划定范围  已完成",
        "（二）作风建设方面",
        "3.会议过多  压减会议  已完成",
    )
    table = "\n".join(rows)
    draft = read_notice(f"{_TITLE}现将情况公布。\n一、整改落实情况\n{table}\n{_SIGNED}")
    told = [(data["问题"], data["方面"], len(data["措施"])) for data in draft.findings]
    assert told == [
        ("服务不均衡", "党的领导", 2),
        ("责任不实", "党的领导", 1),
        ("会议过多", "作风建设", 1),
    ]
    assert differing(draft) == []


# -- totals of measures, rules, groups and aspects --------------------------------------------

_BASE = (FIXTURES / "small" / "base.txt").read_text(encoding="utf-8")
_ORGANISED = "局党组召开会议4次，研究整改。"
_REACHED = "联系电话：0000-1000001；电子邮箱：zxly@example.cn。\n"


def _organised(sentence: str) -> Draft:
    return read_notice(_BASE.replace(_ORGANISED, f"{_ORGANISED}{sentence}"))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("制定整改措施11条。", ()),
        ("制定整改措施14条。", ("第4行写明“制定整改措施14条”，识别出11项措施",)),
        ("逐条制定整改措施，共14条。", ("第4行写明“共14条”，识别出11项措施",)),
        ("制定整改措施9条。", ("第4行写明“制定整改措施9条”，识别出11项措施",)),
        ("制定整改措施11条，已完成9条。", ()),
        ("制定整改措施11条，已完成15条。", ("第4行写明完成措施“已完成15条”，逐项写明的是0至11项",)),
        (
            "制定整改措施11条，已完成9条，完成率95%。",
            ("通报写明完成率95%，而9÷11是81.8%",),
        ),
        ("党的建设方面制定整改措施8条。", ()),
        ("制定防控措施145条。", ()),
        ("从3个方面完善12项制度。", ()),
        ("巡察反馈的3个方面5个问题。", ()),
        ("巡察反馈5个问题8个具体表现。", ("第4行写明“8个具体表现”，读出的具体表现是0项",)),
        ("年内再制定制度4项。", ()),
    ],
)
def test_totals_of_measures_and_aspects_are_compared(sentence: str, told: tuple[str, ...]) -> None:
    found = confidence(_organised(sentence))
    assert (found.disagreements, found.doubts) == ((), told)


def test_aspects_that_are_counted_and_not_told_of_any_finding_are_to_be_filled_in() -> None:
    found = missing(_organised("巡察反馈的3个方面5个问题。"))
    said = "第4行写明“3个方面”，没有写明哪个问题属于哪个方面，“方面”未填写"
    assert found == [said]
    assert missing(_organised("从3个方面完善制度。")) == []


def test_more_measures_and_rules_than_a_notice_prints_are_told_without_a_doubt() -> None:
    draft = _organised("制定整改措施46条，建立健全制度12项。")
    assert confidence(draft) == ((), ())
    assert summed_up(draft) == [
        "第4行写明“制定整改措施46条”，识别出11项措施；通报没有逐项写出的，不必补充",
        "第4行写明“建立健全制度12项”，各问题里读出的制度有0项；通报没有逐项写出的，不必补充",
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("共2大类3小类5条。", ()),
        ("共2大类5小类9条问题。", ()),
        ("反馈3大类10小类21条问题。", ("通报写明“21条问题”，识别出5个问题",)),
        ("共3大类10小类21条。", ("通报写明“21条”，识别出5个问题",)),
        ("反馈3大类10小类问题。", ("通报写明“10小类”，识别出5个问题",)),
        ("四大方面16个问题32个具体表现。", ("通报写明“16个问题”，识别出5个问题",)),
        ("梳理形成3大类10项制度。", ()),
    ],
)
def test_what_is_grouped_is_held_against_what_was_read(
    sentence: str, told: tuple[str, ...]
) -> None:
    assert confidence(_organised(sentence)).disagreements == told


@pytest.mark.parametrize(
    "tail",
    [
        "联系电话：0000-1000001；邮寄地址竹泉县林业路1号。\n",
        "监督电话0000-1000001，邮寄地址竹泉县林业路1号（邮编：000000）。\n",
        "联系电话：\n0000-1000001\n邮寄地址：\n竹泉县林业路1号\n邮编：\n000000\n",
        "邮寄地址\n竹泉县林业路1号\n联系电话\n0000-1000001\n",
        "1.联系电话：0000-1000001\n2.邮寄地址：竹泉县林业路1号\n",
        "联系方式如下：\n一是电话：0000-1000001\n二是邮寄地址：竹泉县林业路1号\n",
        "（1）联系电话：0000-1000001\n（2）通讯地址竹泉县林业路1号\n",
        "1、电话（工作日）：0000-1000001；\n2、信件请寄：竹泉县林业路1号\n3、地址：竹泉县林业路1号\n",
        "①联系电话：0000-1000001；②邮寄地址：竹泉县林业路1号\n",
    ],
)
@pytest.mark.parametrize("has_outlook", [True, False])
def test_ways_to_reach_the_authors_are_no_measures(tail: str, *, has_outlook: bool) -> None:
    text = _BASE.replace(_REACHED, tail)
    if not has_outlook:
        text = text.replace("三、下一步打算\n局党组将持续抓好整改。\n", "")
    draft = read_notice(text)
    assert [len(data["措施"]) for data in draft.findings] == [3, 2, 2, 2, 2]
    assert (draft.notice["联系电话"], draft.notice["通信地址"]) == (
        "0000-1000001",
        "竹泉县林业路1号",
    )
    assert draft.unplaced == []
    assert differing(draft) == []
    assert written(draft) == draft.text


def test_a_measure_carried_out_by_telephone_stays_a_measure() -> None:
    text = _BASE.replace("三、下一步打算\n局党组将持续抓好整改。\n", "").replace(_REACHED, "")
    draft = read_notice(text.replace("二是结对共建村3个。", "二是电话回访群众30人次。"))
    assert [len(data["措施"]) for data in draft.findings] == [3, 2, 2, 2, 2]
