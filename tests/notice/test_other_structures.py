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
from zhenggai.notice.reading.readings import told

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
    "bank-outcomes": [
        *(
            "贯彻落实金融服务实体经济决策部署不到位",
            "不良贷款处置力度不够",
            "薪酬发放不规范",
            "集中采购制度执行不严",
        ),
        *("信贷“三查”流于形式", "网点服务质量不高"),
    ],
    "boxed-labels": [
        *(
            "保障性住房分配审核把关不严",
            "老旧小区改造进度滞后",
            "工程招投标领域监管缺位",
            "物业专项维修资金管理混乱",
        ),
        *("党员教育管理松散", "干部选拔程序不规范"),
    ],
    "bracketed-measures": ["学习教育抓得不紧", "古籍保护工作滞后", "读者服务不够优"],
    "firstly-then": [
        "党委前置研究把关作用发挥不充分",
        "投资项目决策论证不充分",
        "债务风险防控不力",
        "靠企吃企问题仍有发生",
    ],
    "hospital-audit": [
        "重大经济决策未集体研究",
        "多收患者费用",
        "设备采购未公开招标",
        "往来款项长期未清理",
        "固定资产账实不符",
    ],
    "labels-in-heading": [
        "“两个维护”落实到具体行动上有差距",
        "安全生产主体责任压得不实",
        "分包结算管理混乱",
    ],
    "leaf-total": [
        *(
            "“非粮化”整治不彻底",
            "高标准农田管护缺位",
            "补贴对象重复",
            "公示不到位",
            "农机购置补贴监管有漏洞",
        ),
        *("项目招投标不规范", "机关党建“灯下黑”", "干部队伍老化"),
    ],
    "ministry-parts": [
        "学习贯彻重要论述结合实际不紧密",
        "数据服务能力与流域治理需求有差距",
        "对直属单位监管不严",
        "科研经费管理松散",
    ],
    "mixed-counting": [
        "党史资料征集不够主动",
        "宣传阵地作用发挥不充分",
        "经费支出审核不严",
        "档案管理不规范",
    ],
    "not-yet-done": [
        *(
            "农村公路养护不到位",
            "工程款拖欠",
            "会议制度执行不严",
            "津补贴违规发放",
            "超限治理不力",
            "项目监管缺位",
        ),
        "公车使用不规范",
    ],
    "problem-shown": [
        "审批事项下放不到位",
        "政务大厅窗口作风不实",
        "工程审批“体外循环”",
        "中介服务监管缺失",
    ],
    "province-2015": [
        "落实党风廉政建设主体责任不到位",
        "‘四风’问题禁而不绝",
        "工程建设领域腐败问题易发多发",
        "选人用人不规范",
    ],
    "run-in-plain": [
        *(
            "“第一议题”制度落实不严格",
            "统筹谋划机关党建不够",
            "对意识形态阵地管理不细",
            "日常监督偏软",
            "以案促改不深",
        ),
        *("津补贴发放不规范", "党费使用不规范", "换届不及时", "发展党员把关不严", "制度执行打折扣"),
        *("整改台账销号不规范", "成果运用不够"),
    ],
    "school-table": [
        "党建与教学融合不深",
        "食堂采购验收不严",
        "教师师德考核走过场",
        "教辅材料征订不规范",
    ],
    "state-clauses": [
        *(
            "党委理论学习中心组学习不够深入",
            "分级诊疗政策落实不到位",
            "重点专科建设推进缓慢",
            "医用耗材采购监管不严",
        ),
        *("处方点评流于形式", "收费管理不规范"),
    ],
    "statistics-lines": [
        "数据质量责任传导不够",
        "普查经费使用不规范",
        "服务企业不主动",
        "内部管理松散",
    ],
    "town-aspect-parts": [
        *(
            "学习宣传不到位",
            "扶贫政策落实有偏差",
            "村级组织生活不规范",
            "公务接待超标准",
            "公车管理混乱",
        ),
        *("项目验收不及时", "信访积案化解慢"),
    ],
    "town-run-in": [
        *(
            "学习贯彻上级精神不及时",
            "乡村振兴资金使用效益不高",
            "信访维稳责任落实不力",
            "财经纪律执行不严",
        ),
        *("公务接待管理混乱", "“吃拿卡要”现象时有发生", "后进村整顿不力", "党员发展不规范"),
    ],
    "uneven-depth": [
        "理论武装不够",
        "意识形态责任制压得不实",
        "案件卷宗瑕疵多",
        "涉案物品管理不严",
        "选人用人有偏差",
    ],
    "university-run-in": [
        "思政课教师配备不足",
        "课程思政建设不平衡",
        "结题结账不及时",
        "虚列劳务费",
        "食堂承包管理粗放",
    ],
    "unnumbered-about": [
        "耕地保护责任落实不力",
        "批而未供土地处置缓慢",
        "机关党建与业务“两张皮”",
        "不动产登记窗口服务意识不强",
    ],
    "village-paragraphs": [
        "集体土地发包未履行民主程序",
        "村集体应收款长期挂账",
        "财务公开走形式",
        "低保评议走过场",
    ],
    "wide-blanks-table": [
        "宣传救护知识不够",
        "志愿队伍松散",
        "捐赠款物公示不及时",
        "费用报销不合规",
    ],
    "by-total-alone": ["供热质量投诉多", "收费票据管理混乱", "安全生产培训走过场"],
    "dashed-states": [
        *("“三重一大”决策不规范", "意识形态阵地管理松懈", "组织生活会质量不高"),
        *("党员教师管理不严", "校服采购程序不合规"),
    ],
    "district-parts": ["基层治理体系不健全", "物业管理矛盾突出", "社区财务管理不规范"],
    "group-company": [
        *("党委中心组学习质量不高，学习研讨不深入", "服务交通强省战略有差距"),
        *("‘一岗双责’落实不到位", "工程领域廉洁风险防控不力"),
    ],
    "labels-on-one-line": ["政策学习宣传不够", "光荣院管理不规范", "就业创业扶持不到位"],
    "look-back-2017": [
        *("县委统揽全局不够有力", "政治生态修复不够彻底", "帮扶责任落实有差距"),
        "扶贫资金闲置",
    ],
    "numbered-label-lines": ["党建引领作用发挥不充分", "逾期贷款催收不力", "服务窗口排队时间长"],
    "three-levels-states": [
        *("法治宣传针对性不强", "人民调解作用发挥不够", "社区矫正监管有漏洞"),
        "财务管理不严格",
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
    "bank-outcomes": [3, 2, 2, 2, 2, 2],
    "boxed-labels": [3, 2, 3, 3, 1, 1],
    "bracketed-measures": [3, 2, 1],
    "firstly-then": [4, 2, 3, 3],
    "hospital-audit": [1, 1, 1, 1, 1],
    "labels-in-heading": [1, 1, 1],
    "leaf-total": [2, 2, 2, 2, 2, 2, 1, 2],
    "ministry-parts": [3, 3, 1, 1],
    "mixed-counting": [4, 3, 3, 3],
    "not-yet-done": [2, 1, 1, 1, 2, 2, 2],
    "problem-shown": [1, 3, 2, 1],
    "province-2015": [3, 3, 2, 2],
    "run-in-plain": [1, 1, 2, 3, 1, 1, 2, 1, 1, 1, 1, 1],
    "school-table": [2, 3, 1, 2],
    "state-clauses": [1, 1, 1, 3, 3, 3],
    "statistics-lines": [3, 2, 2, 1],
    "town-aspect-parts": [1, 1, 2, 1, 1, 1, 1],
    "town-run-in": [1, 1, 1, 1, 1, 1, 1, 1],
    "uneven-depth": [2, 2, 3, 2, 2],
    "university-run-in": [2, 2, 1, 3, 1],
    "unnumbered-about": [3, 2, 2, 2],
    "village-paragraphs": [1, 1, 1, 1],
    "wide-blanks-table": [1, 2, 1, 1],
    "by-total-alone": [1, 1, 1],
    "dashed-states": [3, 2, 2, 2, 3],
    "district-parts": [2, 2, 3],
    "group-company": [3, 2, 2, 3],
    "labels-on-one-line": [2, 3, 2],
    "three-levels-states": [2, 2, 1, 1],
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
    "bank-outcomes": ["已完成整改", "正在推进", "已完成整改", "已完成整改", "已整改到位", ""],
    "boxed-labels": ["已完成", "正在推进", "已完成并长期坚持", "基本完成", "已完成", "长期坚持"],
    "bracketed-measures": ["", "长期坚持", ""],
    "hospital-audit": ["已整改", "已整改", "已整改", "正在整改", "已整改"],
    "labels-in-heading": ["已完成", "已完成", "基本完成"],
    "leaf-total": [
        *(
            "已完成整改",
            "正在推进",
            "已完成整改",
            "",
            "已完成整改，并长期坚持",
            "已完成整改",
            "已完成整改",
        ),
        "基本完成整改，持续推进",
    ],
    "ministry-parts": ["", "", "已完成整改", "基本完成，长期坚持"],
    "mixed-counting": ["", "", "已于2024年9月完成整改", "已完成"],
    "problem-shown": ["已完成", "已完成，并长期坚持", "正在推进", "已全部完成"],
    "run-in-plain": [
        *(
            "已整改到位",
            "正在持续推进",
            "已整改到位",
            "已整改到位，持续坚持",
            "已整改到位",
            "已整改到位",
        ),
        *("已整改到位", "", "长期坚持", "", "", "已整改到位"),
    ],
    "school-table": ["已完成", "已完成，长期坚持", "正在推进", "尚未全部完成"],
    "state-clauses": ["已完成", "长期坚持", "已整改到位", "", "已整改到位", "已完成"],
    "statistics-lines": ["已完成", "已完成整改，需长期坚持", "持续推进", "100%"],
    "town-aspect-parts": ["已完成", "已完成", "长期坚持", "已完成", "已完成", "正在整改", "已完成"],
    "town-run-in": [
        *(
            "已完成整改",
            "已完成整改",
            "正在整改",
            "已完成整改",
            "已完成整改",
            "已完成整改，长期坚持",
            "正在整改",
        ),
        "已完成整改",
    ],
    "uneven-depth": ["已完成", "已完成", "已完成，长期坚持", "正在推进", "已完成"],
    "university-run-in": [
        "已完成整改",
        "持续推进",
        "已完成整改",
        "已完成整改",
        "基本完成整改，长期坚持",
    ],
    "unnumbered-about": ["", "正在推进", "", ""],
    "village-paragraphs": ["已完成", "正在推进", "已完成，长期坚持", "已完成"],
    "wide-blanks-table": ["已完成", "已完成", "长期坚持", "是"],
    "by-total-alone": ["完成", "完成", "长期坚持"],
    "dashed-states": ["已完成", "已完成", "已完成", "正在推进", "已完成"],
    "district-parts": ["已完成", "持续整改中", "已完成"],
    "group-company": ["已完成", "基本完成，长期坚持", "已完成，并长期坚持", "正在推进"],
    "labels-on-one-line": ["已完成", "已完成，持续坚持", "阶段性完成，需持续推进"],
    "look-back-2017": ["已整改到位", "已整改到位，需长期坚持", "已整改到位", "正在整改"],
    "numbered-label-lines": ["已完成", "基本完成，长期坚持", "正在推进"],
    "three-levels-states": ["", "", "已完成", "已完成，长期坚持"],
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
    "bank-outcomes": (None, "市农商银行党委", "市委第四巡察组", "2020-08-12", "2020-12-30"),
    "boxed-labels": (
        "常规巡察",
        "县住房和城乡建设局党组",
        "县委第四巡察组",
        "2022-09-08",
        "2023-01-16",
    ),
    "bracketed-measures": (None, "市图书馆党支部", "市委第六巡察组", "2019-05-08", "2019-11-28"),
    "firstly-then": (
        None,
        "江南市城市建设投资集团有限公司党委",
        "市委第五巡察组",
        "2021-12-08",
        "2022-04-15",
    ),
    "hospital-audit": ("审计整改", "县人民医院", "县审计局", "2023-06-20", "2023-11-06"),
    "labels-in-heading": (
        None,
        "第二工程有限公司党委",
        "集团党委第三巡察组",
        "2020-12-15",
        "2021-03-31",
    ),
    "leaf-total": ("常规巡察", "县农业农村局党组", "县委第一巡察组", "2023-12-15", "2024-05-08"),
    "ministry-parts": (None, "水文局党委", "部党组第二巡视组", "2022-11-10", "2023-05-30"),
    "mixed-counting": (None, "县委党史研究室党支部", "县委第八巡察组", "2024-07-10", "2024-11-12"),
    "not-yet-done": (None, "县交通运输局党组", "县委第一巡察组", "2021-06-28", "2021-10-29"),
    "problem-shown": ("常规巡察", "县行政审批局党组", "县委第六巡察组", "2023-05-10", "2023-10-09"),
    "province-2015": ("专项巡察", "市委", "省委第八巡视组", "2015-06-18", "2015-09-22"),
    "run-in-plain": (None, "直属机关党委", "局党组第一巡视组", "2024-06-20", "2024-11-29"),
    "school-table": (None, "区第一中学党总支", "区委第二巡察组", "2024-05-08", "2024-10-18"),
    "state-clauses": (None, "清河县人民医院党委", "县委第三巡察组", "2023-07-05", "2023-11-20"),
    "statistics-lines": (None, "县统计局党组", "县委第三巡察组", "2018-06-13", "2018-10-22"),
    "town-aspect-parts": ("常规巡察", "双桥镇党委", "县委第六巡察组", "2019-09-16", "2019-12-20"),
    "town-run-in": (
        None,
        "青山镇党委及所辖12个村（社区）党组织",
        "县委第一巡察组",
        "2021-11-25",
        "2022-03-10",
    ),
    "uneven-depth": (None, "市烟草专卖局党组", "省局党组第一巡察组", "2023-05-25", "2023-09-28"),
    "university-run-in": (
        "常规巡察",
        "某某大学党委",
        "省委第十二巡视组",
        "2021-07-08",
        "2022-01-17",
    ),
    "unnumbered-about": (
        "常规巡察",
        "县自然资源局党组",
        "县委第二巡察组",
        "2022-12-01",
        "2023-04-20",
    ),
    "village-paragraphs": (None, "石门村党总支", "县委第五巡察组", "2025-03-28", "2025-07-01"),
    "wide-blanks-table": (None, "县红十字会党组", "县委第七巡察组", "2021-12-06", "2022-05-16"),
    "by-total-alone": (None, "县供热公司党支部", "县委第二巡察组", "2023-07-20", "2023-12-01"),
    "dashed-states": (None, "县民族中学党支部", "县委第四巡察组", "2022-06-15", "2022-10-25"),
    "district-parts": (None, "高桥街道党工委", "区委第三巡察组", "2023-12-18", "2024-04-15"),
    "group-company": (
        "常规巡察",
        "某省交通投资集团有限公司党委",
        "省委第五巡视组",
        "2020-09-03",
        "2021-01-08",
    ),
    "labels-on-one-line": (
        None,
        "县退役军人事务局党组",
        "县委第三巡察组",
        "2021-07-16",
        "2021-12-10",
    ),
    "look-back-2017": ("回头看", "某县", "省委第三巡视组", "2017-11-08", "2018-04-20"),
    "numbered-label-lines": (
        None,
        "市住房公积金管理中心党组",
        "市委第一巡察组",
        "2023-08-30",
        "2024-01-15",
    ),
    "three-levels-states": (None, "县司法局党组", "县委第五巡察组", "2020-11-20", "2021-03-15"),
}
# 清退资金, 处理人员 and 建章立制 by the number of the finding; no other finding has any.
RESULTS: dict[str, dict[int, dict[str, Any]]] = {
    "bank-outcomes": {
        3: {
            "清退资金": "33.2万元",
            "处理人员": {"党纪处分": "3", "诫勉谈话": "5"},
            "建章立制": ["修订薪酬制度2项"],
        },
        4: {"处理人员": {"批评教育": "3"}, "建章立制": ["《集中采购管理办法》"]},
    },
    "boxed-labels": {
        1: {"清退资金": "3.6万元"},
        3: {"处理人员": {"党纪处分": "1"}, "建章立制": ["《招投标活动监督办法》"]},
        4: {"清退资金": "42.5万元"},
    },
    "firstly-then": {
        2: {"建章立制": ["出台制度4个"]},
        4: {"清退资金": "90万元", "处理人员": {"处理": "3"}, "建章立制": ["建立健全长效机制2项"]},
    },
    "hospital-audit": {
        1: {"处理人员": {"通报批评": "2"}, "建章立制": ["《“三重一大”事项决策实施办法》"]},
        2: {"清退资金": "12.4万元"},
        3: {"处理人员": {"提醒谈话": "3"}, "建章立制": ["《采购管理办法》"]},
    },
    "labels-in-heading": {
        1: {"建章立制": ["《贯彻落实“第一议题”制度实施细则》"]},
        2: {"处理人员": {"通报批评": "4"}},
        3: {"清退资金": "123万元"},
    },
    "leaf-total": {
        3: {"清退资金": "4.72万元"},
        5: {"处理人员": {"诫勉谈话": "1", "批评教育": "1"}},
        6: {
            "处理人员": {"通报批评": "3"},
            "建章立制": ["《项目管理办法》", "《招标采购管理规定》"],
        },
    },
    "ministry-parts": {
        3: {"清退资金": "12.3万元", "处理人员": {"党纪政务处分": "2", "诫勉谈话": "1"}},
        4: {"清退资金": "7.5万元", "建章立制": ["《科研经费管理办法》"]},
    },
    "mixed-counting": {3: {"清退资金": "860元", "处理人员": {"批评教育": "1"}}},
    "not-yet-done": {7: {"清退资金": "1200元"}},
    "problem-shown": {2: {"处理人员": {"通报批评": "3"}}},
    "province-2015": {
        1: {
            "处理人员": {"约谈": "28", "问责": "21"},
            "建章立制": ["《落实主体责任实施办法》", "未写名称的制度5项"],
        },
        2: {"处理人员": {"党政纪处分": "38"}},
        3: {"清退资金": "23600万元"},
    },
    "run-in-plain": {
        5: {"处理人员": {"处理": "2"}},
        6: {"清退资金": "12.3万元", "处理人员": {"诫勉谈话": "1", "提醒谈话": "3"}},
    },
    "school-table": {
        2: {"清退资金": "3.2万元"},
        3: {"处理人员": {"诫勉谈话": "2"}},
        4: {"清退资金": "1.234万元"},
    },
    "state-clauses": {
        1: {"建章立制": ["《党委理论学习中心组学习办法》"]},
        5: {"处理人员": {"提醒谈话": "3"}},
        6: {
            "清退资金": "1.86505万元",
            "处理人员": {"通报批评": "2", "批评教育": "5"},
            "建章立制": ["修订完善制度3项"],
        },
    },
    "statistics-lines": {
        1: {"处理人员": {"约谈": "5"}},
        2: {"清退资金": "2.16万元", "建章立制": ["《普查经费管理办法》"]},
        4: {"处理人员": {"通报批评": "3"}},
    },
    "town-aspect-parts": {
        2: {"清退资金": "1.86万元"},
        4: {"清退资金": "3260元", "处理人员": {"党内警告处分": "1", "约谈": "2"}},
    },
    "town-run-in": {
        4: {"清退资金": "4.35万元", "处理人员": {"批评教育": "2"}},
        5: {
            "清退资金": "3860元",
            "处理人员": {"诫勉谈话": "1", "提醒谈话": "2"},
            "建章立制": ["修订接待管理制度1项"],
        },
        6: {"处理人员": {"调整岗位": "1"}},
    },
    "uneven-depth": {3: {"处理人员": {"批评教育": "5"}}},
    "university-run-in": {
        3: {"清退资金": "1286.4万元"},
        4: {
            "清退资金": "18.6万元",
            "处理人员": {"批评教育": "7", "诫勉谈话": "2"},
            "建章立制": [
                "《科研经费管理办法（试行）》",
                "《科研诚信管理办法》",
                "未写名称的制度2项",
            ],
        },
    },
    "unnumbered-about": {1: {"处理人员": {"政务警告处分": "1"}}},
    "village-paragraphs": {2: {"清退资金": "6.8万元"}, 4: {"清退资金": "4320元"}},
    "wide-blanks-table": {
        2: {"建章立制": ["建立管理制度2项"]},
        4: {"清退资金": "2180元", "处理人员": {"提醒谈话": "2"}},
    },
    "dashed-states": {
        4: {"处理人员": {"批评教育": "2"}},
        5: {"清退资金": "3.86万元", "处理人员": {"诫勉谈话": "1"}},
    },
    "district-parts": {
        3: {
            "清退资金": "9.6万元",
            "处理人员": {"党内警告处分": "2", "诫勉谈话": "3"},
            "建章立制": ["《社区财务管理办法》"],
        }
    },
    "group-company": {
        1: {"建章立制": ["《党委理论学习中心组学习实施细则》"]},
        4: {
            "清退资金": "1860万元",
            "处理人员": {"党纪处分": "4", "政务处分": "2", "组织处理": "11"},
            "建章立制": ["修订完善招标采购、设计变更、计量支付等制度28项"],
        },
    },
    "labels-on-one-line": {2: {"清退资金": "4600元"}},
    "look-back-2017": {
        1: {"建章立制": ["《县委常委会议事决策规则》"]},
        2: {"处理人员": {"处理": "37"}},
        3: {"处理人员": {"约谈": "4", "批评教育": "29"}},
        4: {"清退资金": "58.4万元", "处理人员": {"党纪政务处分": "5"}},
    },
    "three-levels-states": {
        3: {"处理人员": {"诫勉谈话": "2", "批评教育": "1"}},
        4: {"清退资金": "2.73万元", "建章立制": ["修订财务制度2项"]},
    },
}
# States of single measures, by the number of the finding and of the measure.
MEASURE_STATES = {
    "boxed-labels": {4: {2: "已完成", 3: "已完成"}},
    "leaf-total": {4: {1: "已完成"}},
    "ministry-parts": {2: {2: "正在推进"}},
    "mixed-counting": {2: {1: "已完成", 2: "已完成"}},
    "state-clauses": {4: {1: "已完成", 2: "已完成", 3: "正在推进"}},
    "statistics-lines": {1: {2: "已完成"}},
    "unnumbered-about": {4: {2: "已全部办结"}},
    "wide-blanks-table": {3: {1: "正在推进"}},
}
# What was read in one way and may be meant in another; of the other notices here nothing.
DECISIONS = {
    "boxed-labels": [
        "第30行写明的是“基本完成”，没有写明全部完成，措施没有登记为完成，只记作进展",
        "第46行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
    ],
    "bracketed-measures": [
        "第9行末尾的“长期坚持”读作整个问题的完成情况，也可能只说最后一项措施",
        "第7行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
        "第11行一段里有几句话，没有编号，没有分开，整段作一项措施",
    ],
    "hospital-audit": [
        "第8、11行一段里有几句话，没有编号，没有分开，整段作一项措施",
    ],
    "labels-in-heading": [
        "第7行一段里有几句话，没有编号，没有分开，整段作一项措施",
        "第8行写明的是“基本完成”，没有写明全部完成，措施没有登记为完成，只记作进展",
    ],
    "leaf-total": [
        "第8、10行上面的一级标题“1.粮食安全责任扛得不牢”不是方面，也不作问题，保存在“通报写法”里",
        "第11行末尾的“正在推进”读作整个问题的完成情况，也可能只说最后一项措施",
        "第13、15行上面的一级标题“2.惠农补贴审核不严”不是方面，也不作问题，保存在“通报写法”里",
        "第16行写明的是各项措施的完成情况（“已完成”等），没有写明整个问题的，问题没有登记为销号",
        "第27行写明的是“基本完成整改，持续推进”，没有写明全部完成，措施没有登记为完成，只记作进展",
    ],
    "ministry-parts": [
        "第13行的“尚未全部完成”没有读作完成情况",
        "第18行一段里有几句话，没有编号，没有分开，整段作一项措施",
    ],
    "mixed-counting": [
        "第7行的“以上措施均已落实”没有读作完成情况",
        "第9行写明的是各项措施的完成情况（“已完成”等），没有写明整个问题的，问题没有登记为销号",
        "第15行末尾的“已完成”读作整个问题的完成情况，也可能只说最后一项措施",
    ],
    "problem-shown": [
        "第9行一段里有几句话，没有编号，没有分开，整段作一项措施",
    ],
    "run-in-plain": [
        "第8、13行一段里有几句话，没有编号，没有分开，整段作一项措施",
        "第17行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
        "第19行的“尚未全部完成”没有读作完成情况",
    ],
    "state-clauses": [
        "第9行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
        "第15行写明的是各项措施的完成情况（“已完成”等），没有写明整个问题的，问题没有登记为销号",
        "第17行末尾的“已整改到位”读作整个问题的完成情况，也可能只说最后一项措施",
    ],
    "town-aspect-parts": [
        "第17行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
    ],
    "university-run-in": [
        "第7行末尾的“已完成整改”读作整个问题的完成情况，也可能只说最后一项措施",
        "第8行末尾的“持续推进”读作整个问题的完成情况，也可能只说最后一项措施",
        "第13行一段里有几句话，没有编号，没有分开，整段作一项措施",
    ],
    "unnumbered-about": [
        "第10行末尾的“正在推进”读作整个问题的完成情况，也可能只说最后一项措施",
        "第15行写明的是各项措施的完成情况（“已全部办结”等），没有写明整个问题的，问题没有登记为销号",
    ],
    "wide-blanks-table": [
        "第6行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
    ],
    "by-total-alone": [
        "第4行一段里有几句话，没有编号，没有分开，整段作一项措施",
        "第6行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
    ],
    "three-levels-states": [
        "第7行的“整改完成”没有读作完成情况",
    ],
}
# Notices whose results, decisions and states of measures are held against these tables.
IN_OTHER_WORDS = (
    "bank-outcomes",
    "boxed-labels",
    "bracketed-measures",
    "firstly-then",
    "hospital-audit",
    "labels-in-heading",
    "leaf-total",
    "ministry-parts",
    "mixed-counting",
    "not-yet-done",
    "problem-shown",
    "province-2015",
    "run-in-plain",
    "school-table",
    "state-clauses",
    "statistics-lines",
    "town-aspect-parts",
    "town-run-in",
    "uneven-depth",
    "university-run-in",
    "unnumbered-about",
    "village-paragraphs",
    "wide-blanks-table",
    "by-total-alone",
    "dashed-states",
    "district-parts",
    "group-company",
    "labels-on-one-line",
    "look-back-2017",
    "numbered-label-lines",
    "three-levels-states",
)

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
    counted = [len(measures or ()) for measures in _all("措施", draft)]
    assert counted == MEASURES.get(name, [2] * len(TITLES[name]))
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


@pytest.mark.parametrize("name", IN_OTHER_WORDS)
def test_results_and_states_are_those_that_the_words_tell(name: str) -> None:
    draft = read(name)
    keys = ("清退资金", "处理人员", "建章立制")
    found = {
        number: kept
        for number, data in enumerate(draft.findings, start=1)
        if (kept := {key: data[key] for key in keys if key in data})
    }
    assert found == RESULTS.get(name, {})
    states = {number: said for number, said in enumerate(draft.measure_states, 1) if said}
    assert states == MEASURE_STATES.get(name, {})
    assert list(told(draft.decisions)) == DECISIONS.get(name, [])


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
