"""Notices in structures of their own: audits, repeated inspections, labels, odd numbers, steps.

Each is whole. What a careful clerk would read of it stands here; its text comes out again.
"""

from pathlib import Path
from typing import Any

import pytest
from pdf_files import pdf_file

from zhenggai.notice import sources
from zhenggai.notice.comparing import differing, written
from zhenggai.notice.confidence import confidence
from zhenggai.notice.importing import read_notice
from zhenggai.notice.reading.draft import Draft

FIXTURES = Path(__file__).parent / "fixtures" / "other"
FILES = {path.stem: path for path in sorted(FIXTURES.iterdir())}
NAMES = sorted(FILES)

TITLES = {
    "bullets": [
        *("意识形态责任制落实不严", "新闻审核把关不细", "经营性收入管理不规范"),
        *("干部年龄老化", "固定资产底数不清"),
    ],
    "audit-table": ["预算执行率低", "多计工程价款", "往来款长期挂账", "国有资产闲置"],
    "half-width": [
        *("《意识形态工作责任制实施细则》落实不力", "‘扫黄打非’进基层不深入"),
        *('"学习强国"推广应用差', "网络评论员队伍弱"),
    ],
    "entered": ["阅读推广活动少", "图书采购论证不足", "安全管理不细"],
    "existing-problems": ["森林资源管护责任缺位", "林木采伐审批把关不严", "项目资金监管乏力"],
    "measures-yiyao": [
        *("理论学习不系统", "调查研究不深入", "企业登记时限压缩不够", "校园食堂检查频次不够"),
        *("网络餐饮监管滞后", "自由裁量权使用不规范", "廉政谈话走过场", "换届不及时"),
        "党建与业务融合差",
    ],
    "numbered-labels": ["供水管网漏损率高", "水费欠缴多", "采购不规范"],
    "state-first": [
        *("民主集中制执行不严格", "脱贫攻坚责任压得不实", "村级阵地建设滞后"),
        *("后备干部不足", "惠农资金发放不及时", "公车私用"),
    ],
    "three-kinds": [
        *("落实立德树人根本任务有差距", "意识形态工作责任制落实不严", "教育规划滞后"),
        *("校服采购监管不到位", "课后服务收费不规范", "民办园普惠资金拨付慢"),
        *("校车安全隐患多", "教师编制使用不活", "师德失范", "校长轮岗不及时"),
    ],
    "empty-cell": ["院务公开不全", "药品效期管理差", "岗位练兵少", "党员志愿服务不经常"],
    "lists": ["康复服务覆盖面窄", "就业帮扶力度小", "车辆管理不严"],
    "two-tables": ["文旅融合不深", "景区监管缺位", "农家书屋闲置", "票据不合规", "往来款未清理"],
    "web-page": [
        *("贯彻养老服务政策不到位", "救助对象核查不精准", "党员教育流于形式"),
        *("社会组织党建薄弱", "殡葬领域监管不严", "采购程序不规范"),
    ],
    "audit-office": [
        *("预算编制不完整", "结转资金未及时清理", "未按规定履行政府采购程序"),
        *("工程结算多计工程款", "资产未登记入账"),
    ],
    "counted-aspects": [
        *("教学改革力度不够", "科研成果转化少", "校委会议事规则不完善", "培训费管理松散"),
        *("物业采购未比价", "双重组织生活落实不好", "党费收缴不及时"),
    ],
    "elevated-village": [
        *("“三会一课”不正常", "发展党员把关不严", "集体资产出租未公开招标"),
        *("村级财务白条入账", "低保动态管理不及时"),
    ],
    "grain-special": [
        *("政治责任扛得不牢", "粮食购销监管存在漏洞", "干部轮岗不及时"),
        "2019年以来以案促改不深入",
    ],
    "joint": ["对供水管网巡检不到位", "水费收缴不规范", "项目验收拖延"],
    "look-back": [
        *("基层医疗机构药品采购不规范", "公共卫生经费拨付滞后", "党组研究党建工作少"),
        *("廉政风险点排查不全", "专业人才流失", "编外人员管理不严"),
    ],
    "odd-numbers": ["学习教育不扎实", "库房管理有隐患", "档案利用服务不便捷", "公车管理不规范"],
    "plain-paragraphs": ["绿化养护招标门槛设置不合理", "古树名木保护不力", "公园商业用房低价出租"],
    "runin-labels": ["节能降耗责任不落实", "办公用房清理不彻底", "公务用车平台运行不畅"],
    "second-round": ["融资成本控制不力", "工程变更审批不严", "资产闲置"],
    "steps": ["为农服务主责主业不突出", "社有企业监管缺位", "机关作风不实"],
    "summary-people": ["师德师风建设薄弱", "食堂采购不规范", "校外培训治理不力", "教师轮岗推进慢"],
    "two-signers": [
        *("人居环境整治滞后", "扶贫资产管护不到位", "政务公开不及时"),
        *("执法队伍力量薄弱", "信访积案化解慢"),
    ],
    "year-titles": [
        *("2019年以来未召开组织生活会", "3个展厅长期闲置", "“免费开放”资金使用不规范"),
    ],
}
MEASURES = {
    "audit-table": [1, 1, 1, 1],
    "half-width": [2, 2, 2, 1],
    "entered": [1, 1, 1],
    "existing-problems": [3, 2, 2],
    "state-first": [1, 1, 1, 1, 1, 1],
    "empty-cell": [2, 1, 2, 1],
    "two-tables": [2, 1, 2, 1, 1],
    "audit-office": [1, 1, 1, 1, 1],
    "elevated-village": [3, 2, 2, 2, 2],
    "grain-special": [4, 4, 4, 4],
    "joint": [4, 2, 2],
    "plain-paragraphs": [1, 1, 1],
    "steps": [3, 2, 2],
}
STATES = {
    "audit-table": ["已整改", "已整改", "部分整改", "正在整改"],
    "half-width": ["已完成", "已完成", "已完成,长期坚持", "尚未完成"],
    "existing-problems": ["已完成", "已完成并长期坚持", "未完成"],
    "measures-yiyao": [
        *("已完成整改", "已完成整改", "已完成整改", "正在推进", "已完成整改"),
        *("已完成整改", "已完成整改", "已完成整改", "正在推进，需长期坚持"),
    ],
    "numbered-labels": ["已完成，持续巩固", "持续推进", "已完成"],
    "state-first": [
        *("已整改到位", "已整改到位", "已整改到位", "正在整改", "已整改到位", "已整改到位"),
    ],
    "empty-cell": ["已完成", "已完成", "长期坚持", "正在推进"],
    "two-tables": ["已完成", "已完成", "正在推进", "已完成", "未完成"],
    "audit-office": ["已整改", "部分整改", "已整改", "已整改", "正在整改"],
    "elevated-village": ["已完成", "已完成，长期坚持", "已完成", "正在整改", "已完成"],
    "grain-special": ["", "", "", "长期整改"],
    "look-back": [*("已完成", "已完成并长期坚持", "已完成", "已完成", "正在推进", "已完成")],
    "runin-labels": ["已完成", "已完成", "持续推进"],
    "second-round": ["已完成", "已完成", "未完成"],
    "summary-people": ["已完成", "已完成", "正在整改", "已完成"],
    "two-signers": ["已完成", "已完成", "已完成", "未完成", "已完成"],
}
# Kind, unit, who inspected, feedback, published.
FACTS = {
    "audit-table": ("审计整改", "县教育局", "县审计局", "2023-08-04", "2023-12-20"),
    "half-width": ("专项巡察", "县委宣传部部务会", "县委第四巡察组", "2021-11-18", None),
    "bullets": (None, "县融媒体中心党组", "县委第四巡察组", "2022-05-20", "2022-09-09"),
    "entered": (None, "县图书馆党支部", "县委第五巡察组", "2020-07-20", "2020-12-03"),
    "existing-problems": (
        *(None, "县林业和草原局党组", "县委第一巡察组"),
        *("2022-12-08", "2023-06-12"),
    ),
    "measures-yiyao": (
        *(None, "县市场监督管理局党组", "县委巡察一组"),
        *("2023-08-01", "2023-11-08"),
    ),
    "numbered-labels": (None, "县供水公司党支部", "县委第七巡察组", "2022-04-25", None),
    "state-first": (None, "万水镇党委", "县委第二巡察组", "2019-06-03", "2019-09-02"),
    "three-kinds": (None, "区教育局党委", "区委第一巡察组", "2024-01-09", "2024-05-20"),
    "empty-cell": (
        *(None, "县妇幼保健院党支部", "县委第一巡察组"),
        *("2023-12-05", "2024-04-08"),
    ),
    "lists": (None, "县残联党组", "县委第二巡察组", "2022-11-02", "2023-02-20"),
    "two-tables": (None, "县文旅局党组", "县委第一巡察组", "2023-06-09", "2023-12-01"),
    "web-page": (None, "县民政局党组", "县委第六巡察组", "2021-01-26", "2021-08-10"),
    "audit-office": ("审计整改", "县交通运输局", "县审计局", "2022-07-18", "2022-11-30"),
    "counted-aspects": (
        *("常规巡察", "区委党校校务委员会", "区委第二巡察组"),
        *("2023-06-16", "2023-11-10"),
    ),
    "elevated-village": (
        *("提级巡察", "石桥村党总支", "市委第七巡察组"),
        *("2023-11-03", "2024-03-01"),
    ),
    "grain-special": (
        *("专项巡察", "市粮食和物资储备局党组", "市委第三巡察组"),
        *("2022-01-21", "2022-06-15"),
    ),
    "joint": ("联动巡察", "县水务局党组", "县委第三巡察组", "2024-07-05", "2024-12-06"),
    "look-back": ("回头看", "县卫生健康局党组", "县委第五巡察组", "2023-05-12", "2023-09-28"),
    "odd-numbers": (None, "县档案馆党支部", "县委第八巡察组", "2021-07-09", "2021-10-11"),
    "plain-paragraphs": (
        *("机动巡察", "市园林管理中心党委", "市委第十巡察组"),
        *("2023-03-10", "2023-08-07"),
    ),
    "runin-labels": (
        *(None, "县机关事务管理局党组", "省委第九巡视组"),
        *("2022-05-27", "2022-09-30"),
    ),
    "second-round": ("二次巡察", "区城投公司党委", "区委第一巡察组", "2022-07-01", "2022-12-09"),
    "steps": (None, "县供销合作社联合社党组", "县委第二巡察组", "2022-08-26", "2022-12-01"),
    "summary-people": (None, "县教育体育局党组", "县委第一巡察组", "2021-07-02", "2022-01-10"),
    "two-signers": (None, "中共北塘镇委员会", "县委第九巡察组", "2021-01-20", "2021-06-30"),
    "year-titles": (None, "县文化馆党支部", "县委第六巡察组", "2021-01-15", "2021-04-20"),
}
PAGE_LINES = {
    "entered": [2],
    "measures-yiyao": [2],
    "runin-labels": [2, 7, 9, 10, 11],
    "web-page": [1, 2, 3, 4, 5, 7, 34, 35, 36, 37, 38],
}
DOUBTS = {"two-tables": ("问题的序号有缺号：第11行是5，前一个是3",)}


def read(name: str) -> Draft:
    return read_notice(sources.read(FILES[name]).text)


def _all(key: str, draft: Draft) -> list[Any]:
    return [data.get(key) for data in draft.findings]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_clerk_would_read_is_read(name: str) -> None:
    draft = read(name)
    assert _all("问题", draft) == TITLES[name]
    told = [len(measures or ()) for measures in _all("措施", draft)]
    assert told == MEASURES.get(name, [2] * len(TITLES[name]))
    assert draft.states == STATES.get(name, [""] * len(TITLES[name]))
    facts = draft.inspection
    who = facts.get("审计机关", facts.get("巡察组"))
    kind, unit, published = facts.get("巡察类型"), facts["被巡察单位"], draft.notice.get("落款日期")
    assert (kind, unit, who, facts["反馈日期"], published) == FACTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_what_comes_out_is_the_same(name: str) -> None:
    draft = read(name)
    assert draft.unplaced == []
    assert [line.number for line in draft.page] == PAGE_LINES.get(name, [])
    # What is indented otherwise than the rest (web-page) differs in blanks alone.
    assert differing(draft) == ([("", "")] if name == "web-page" else [])
    assert name == "web-page" or written(draft) == draft.text
    assert confidence(draft) == ((), DOUBTS.get(name, ()))


def test_an_audit_names_its_office_its_report_and_what_was_found_and_mended() -> None:
    draft = read("audit-office")
    assert draft.inspection["审计机关"] == "县审计局"
    assert draft.inspection["报告文号"] == "松审报〔2022〕21号"
    assert "巡察组" not in draft.inspection
    assert _all("问题金额", draft) == ["120万元", "86.4万元", "38.2万元", "18万元", "150万元"]
    assert _all("已整改金额", draft) == ["120万元", "70.4万元", "38.2万元", "18万元", "90万元"]
    draft.findings[1]["已整改金额"] = "80万元"
    assert confidence(draft).doubts == (
        "通报写明“已整改金额336.6万元”，各问题写明的合计是346.2万元",
    )


def test_who_leads_and_who_assists_are_told_apart() -> None:
    draft = read("elevated-village")
    assert _all("责任科室", draft) == ["村党总支", "村党总支", "村委会", "村委会", "村委会"]
    assisting = ["镇党建办", ["镇组织办", "镇纪检办"], "镇农经站", "镇财政所", "镇民政办"]
    assert _all("配合科室", draft) == assisting
    draft.findings[0]["配合科室"] = "镇党建工作站"
    assert "配合部门：镇党建工作站\n" in written(draft)


def test_states_of_sub_findings_are_a_report_and_finish_their_measures_alone() -> None:
    draft = read("grain-special")
    first = draft.findings[0]
    assert first["记录"] == [
        {
            "日期": "2022-06-15",
            "事项": "进展",
            "情况": "据通报：具体表现1已完成整改；具体表现2正在整改",
        }
    ]
    assert [one.get("完成") for one in first["措施"]] == ["2022-06-15", "2022-06-15", None, None]
    closed = draft.findings[3]["记录"]
    assert [one["事项"] for one in closed] == ["进展", "进展"]


def test_kinds_in_brackets_come_off_the_title() -> None:
    draft = read("grain-special")
    assert _all("类型", draft) == ["立行立改", "限期整改", "限期整改", "长期坚持"]
    assert written(draft) == draft.text


def test_a_category_is_kept_and_declared() -> None:
    text = (
        "一、整改情况\n1.会议过多。\n问题类别：制度执行\n整改类型：立行立改\n整改目标：会议减少三成\n"
        "整改措施：一是少开会。二是开短会。\n2.车辆管理松散。\n问题类别：财务管理\n整改类型：一般\n"
        "整改目标：台账齐全\n整改措施：一是建台账。二是封存钥匙。\n"
    )
    draft = read_notice(text)
    assert draft.inspection["问题类别"] == ["制度执行", "财务管理"]
    assert _all("问题类别", draft) == ["制度执行", "财务管理"]
    assert _all("类型", draft) == ["立行立改", None]
    assert _all("整改目标", draft) == ["会议减少三成", "台账齐全"]
    assert written(draft) == text


def test_an_aspect_that_states_another_number_of_findings_disagrees() -> None:
    text = (FIXTURES / "counted-aspects.txt").read_text(encoding="utf-8")
    wrong = read_notice(text.replace("从严治党方面（3个问题）", "从严治党方面（4个问题）"))
    assert confidence(wrong).disagreements == ("第10行写明“4个问题”，识别出3个",)
    assert read_notice(text).aspects == [
        *("落实党的理论路线方针政策", "全面从严治党", "基层党组织建设"),
    ]


@pytest.mark.parametrize("gap", ["　", " ", "\t"])
def test_blanks_behind_a_number_come_back(gap: str) -> None:
    text = (
        "县甲局党组关于巡察整改情况的通报\n2022年3月1日至4月29日，县委第二巡察组对县甲局党组"
        f"进行了巡察，6月10日反馈。\n一、{gap}组织情况\n（一）{gap}加强领导。召开会议4次。\n"
        f"（二）{gap}压实责任。研究整改。\n二、{gap}整改情况\n（一）{gap}在学习方面\n"
        f"1.{gap}学习不多。\n一是学习4次。二是研讨2次。\n（二）{gap}在作风方面\n"
        f"2.{gap}会议多。\n一是少开会。二是开短会。\n县甲局党组\n2022年11月3日\n"
    )
    draft = read_notice(text)
    assert _all("问题", draft) == ["学习不多", "会议多"]
    assert written(draft) == text


def test_a_pdf_of_wrapped_lines_is_put_together(tmp_path: Path) -> None:
    first = [
        "县老干部局党支部关于巡察整改情况的通报",
        "　　根据县委统一部署，2021年5月10日至6月30日，县委第三巡察组",
        "对县老干部局党支部进行了巡察。2021年8月2日，巡察组向局党支部",
        "反馈了巡察意见。现将整改情况予以公布。",
        "　　一、整改落实情况",
        "　　（一）关于“老干部政治待遇落实不到位”的问题。",
        "　　一是组织政治理论学习9次，走访慰问离退休干部120人次。二是",
        "订阅报刊360份，送学上门45人次。",
        "- 1 -",
    ]
    second = [
        "　　（二）关于“活动经费管理不规范”的问题。",
        "　　一是修订《活动经费管理办法》，明确审批权限。二是对2020年以",
        "来的经费支出逐笔核对，退回不合规支出1260元。",
        "县老干部局党支部",
        "2021年11月15日",
        "- 2 -",
    ]
    file = tmp_path / "通报.pdf"
    file.write_bytes(pdf_file([first, second]))
    source = sources.read(file)
    draft = read_notice(source.text)
    assert _all("问题", draft) == ["老干部政治待遇落实不到位", "活动经费管理不规范"]
    assert draft.findings[0]["措施"][1] == {"内容": "订阅报刊360份，送学上门45人次"}
    assert draft.findings[1]["清退资金"] == "1260元"
    assert draft.unplaced == []
    assert written(draft) == draft.text


def test_rows_of_other_columns_than_the_heading_are_named() -> None:
    text = (
        "一、整改情况\n序号\t问题\t整改措施\t责任科室\n1\t会议多\t少开会\t办公室\n"
        "2\t车辆管理松\t封存钥匙\t办公室\t已完成\n3\t账目乱\t补账\t财务科\n"
    )
    draft = read_notice(text)
    assert _all("问题", draft) == ["会议多", "账目乱"]
    assert written(draft) == text
    assert confidence(draft) == (
        ("第4行像表格的一行，列数与表头不同，没有读作问题",),
        ("问题的序号有缺号：第5行是3，前一个是1",),
    )


def test_what_is_labelled_as_found_is_no_measure() -> None:
    found = _all("具体表现", read("existing-problems"))
    assert found == [["巡护记录造假", "封山育林面积虚报"], ["超限额采伐2起"], ["造林补助滞留"]]


def test_a_part_that_only_tells_of_progress_holds_no_findings() -> None:
    draft = read("measures-yiyao")
    assert draft.notice["组织标题"] == "集中整改任务推进情况"
    assert len(draft.aspects) == 4


def test_what_does_not_add_up_is_told_each_by_itself() -> None:
    text = (
        "县气象局党组关于巡察整改情况的通报\n2022年3月1日至4月29日，县委第二巡察组对县气象局党组进行了"
        "巡察，6月10日反馈了6个问题，已完成5个，完成率90%。\n一、整改情况\n"
        "1.预警发布不及时。一是修订流程。二是开展演练2次。\n"
        "2.设备维护不到位。一是检修站点12个。三是更换传感器8个。\n"
        "2.经费使用不规范。一是补齐票据。二是清退1.2万元。\n5.队伍老化。一是招聘3名。\n"
        "县气象局党组\n2022年11月3日\n"
    )
    draft = read_notice(text)
    assert written(draft) == text
    assert confidence(draft) == (
        ("通报写明“6个问题”，识别出4个问题",),
        (
            "问题的序号重复或倒退：第6行是2，前一个是2",
            "问题的序号有缺号：第7行是5，前一个是2",
            "第5行的措施序号缺号：“三是”",
            "通报写明完成率90%，而5÷6是83.3%",
        ),
    )
