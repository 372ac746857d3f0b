"""An invented inspection of 24 findings, as long as the sample's: what a clerk has to type in."""

from typing import NamedTuple

ASPECTS = ("贯彻落实党的路线方针政策", "群众身边腐败问题和不正之风", "基层党组织建设")


class Invented(NamedTuple):
    """A finding of the feedback and of the plan: who answers for it, until when, by what."""

    title: str
    aspect: str
    leader: str
    department: str
    owner: str
    due: str
    measures: tuple[str, ...]


_POOL = (
    "由责任科室逐项列出清单，明确完成的标准和时间，每周向局党组报告一次进展",
    "对照上级文件逐条自查，查出的问题当场登记，一个月内全部改到位并留存材料",
    "把落实情况列入年度考核，与科室评先评优挂钩，考核结果在全局范围内通报",
    "邀请党校教师和业务骨干集中授课，课后组织测试，不合格的补课并再次测试",
    "由分管领导带队实地走访服务对象，听取意见建议，能当场解决的当场予以解决",
    "修订完善相关制度，经局党组会议审议以后印发执行，并报上级主管部门备案",
    "安排专人负责资料的收集、整理和归档，做到事事有记录、件件可查、前后一致",
)


def _whole(beginnings: str, start: int) -> tuple[str, ...]:
    parts = beginnings.split()
    return tuple(f"{one}，{_POOL[(start + n) % len(_POOL)]}" for n, one in enumerate(parts))


_HEADS = (
    ("理论学习不够系统", "制订年度学习计划 建立领学促学制度 开展专题研讨"),
    ("意识形态责任制落实不严", "完善阵地管理办法 定期分析研判舆情 健全信息发布审核"),
    ("重大决策部署落实慢", "梳理上级部署清单 实行挂图作战 开展落实情况督查"),
    ("项目推进缺乏统筹", "建立项目推进例会 明确项目责任人 清理停滞项目"),
    ("营商环境优化不到位", "公布办事指南 压减审批材料 开通企业诉求热线 组织窗口评议"),
    ("调查研究不深入", "制订调研计划 落实基层联系点 转化调研成果"),
    ("安全生产监管有漏洞", "开展隐患大排查 落实监管台账 组织应急演练"),
    ("生态保护责任压得不实", "划定责任片区 开展联合巡查 公开整治结果"),
    ("专项资金管理不规范", "开展资金专项清理 修订资金管理办法 公开资金使用情况 组织财务培训"),
    ("公务接待审批不严", "重申接待标准 实行一事一审批 按月公示支出"),
    ("固定资产账实不符", "开展资产清查 补登漏登资产 明确保管责任"),
    ("政府采购程序不规范", "梳理采购流程 建立供应商回避制度 抽查采购合同"),
    ("作风不实办事拖拉", "推行限时办结 开展作风明察暗访 公开投诉渠道 通报典型事例"),
    ("惠民补贴发放不及时", "核对补贴对象名册 压缩拨付环节 公示发放结果"),
    ("工程建设监督不到位", "建立工程变更会审 落实旁站监理 开展竣工回访"),
    ("公车管理不严格", "安装定位装置 统一保管车辆钥匙 按季核对油卡"),
    ("党组会议制度执行不严", "修订党组议事规则 规范会议记录 实行会前酝酿"),
    ("党内政治生活不严肃", "开展谈心谈话 列出问题清单 落实领导点评"),
    ("党支部标准化建设滞后", "整顿软弱支部 规范三会一课 开展支部互评 更新党务公开栏"),
    ("党员教育管理宽松", "健全党员积分制 组织主题党日 清理党组织关系"),
    ("干部选拔任用程序有瑕疵", "对照条例自查 补齐干部考察材料 组织选任业务培训"),
    ("年轻干部培养力度不够", "制订培养计划 开展上挂下派 建立导师帮带"),
    ("干部档案审核不细", "开展档案专项审核 补充缺失材料 落实双人复核"),
    ("上轮巡察整改不彻底", "对照上轮清单回头看 重新明确整改责任 建立长效机制 组织整改验收"),
)
_LEADERS = ("局长", "分管副局长", "局党组成员")
_OFFICES = ("办公室", "财务科", "人事科", "项目科", "机关党委", "法规科")
_DUES = ("6月底", "7月底", "9月底", "年底")

FINDINGS = tuple(
    Invented(
        title,
        ASPECTS[number // 8],
        _LEADERS[number % 3],
        _OFFICES[number % 6],
        f"{_OFFICES[number % 6]}负责人",
        _DUES[number % 4],
        _whole(beginnings, number),
    )
    for number, (title, beginnings) in enumerate(_HEADS)
)
TEXTS = sum(len(one.title) + sum(map(len, one.measures)) for one in FINDINGS)
"""The characters of the findings' own texts, which have to be typed however they are entered."""
