"""Which names a column may have, and the field of a ledger that each means: the only such table.

A name is looked up exactly, never by a part of it or by likeness: 责任单位 and 责任人 are two
letters apart and two fields.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple


class Level(Enum):
    """What a column says something of."""

    ORDER = "order"
    """Which finding, or which row: the number and the key."""
    FINDING = "finding"
    MEASURE = "measure"
    EITHER = "either"
    """Of the finding, or of each of its measures; one table has it one way throughout."""
    JOURNAL = "journal"
    """What happened: it becomes a record or evidence for one."""


class Field(NamedTuple):
    """A field that a column can be mapped to.

    `key` is its key in a finding's file, `measure_key` that in a measure's, each '' where it has
    none; `names` the other names of such a column.
    """

    name: str
    level: Level
    key: str = ""
    measure_key: str = ""
    names: str = ""
    is_required: bool = False


IGNORED = "-"
"""In place of a field: the column is not read, and listed."""

_OFFICE = "科室 部门 单位 处室 股室 站所"
_ORGANS = " ".join(
    f"{word}{office}"
    for word in ("责任", "牵头", "主责", "承办", "主办", "落实", "牵头责任", "主要责任")
    for office in _OFFICE.split()
)
_HELPERS = " ".join(
    f"{word}{office}"
    for word in ("配合", "协办", "协同", "协助", "参与", "配合责任", "责任配合")
    for office in _OFFICE.split()
)

FIELDS = (
    Field("键", Level.ORDER),
    Field(
        "序号",
        Level.ORDER,
        names="""
        编号 问题编号 问题序号 序 项次 顺序号 号 问题号 反馈问题序号 NO NO. 销号编号
        """,
    ),
    Field(
        "方面",
        Level.FINDING,
        "方面",
        names="""
        问题类别 问题分类 反馈方面 所属方面 问题方面 板块 类别名称 问题所属方面 涉及方面
        问题类型分类 巡察方面 领域 问题领域 大类 问题大类
        """,
    ),
    Field(
        "问题",
        Level.FINDING,
        "问题",
        names="""
        反馈问题 存在问题 存在的问题 问题描述 问题表述 问题内容 问题名称 具体问题 主要问题
        问题事项 反馈的问题 反馈意见 反馈问题内容 问题摘要 问题清单 发现问题 发现的问题 指出问题
        指出的问题 突出问题 反馈存在问题 反馈存在的问题 反馈意见指出的问题 反馈具体问题
        待整改问题 需整改问题 意见问题 问题标题 问题概述 问题及表现 反馈原文 反馈意见原文
        """,
        is_required=True,
    ),
    Field(
        "具体表现",
        Level.FINDING,
        "具体表现",
        names="""
        问题表现 主要表现 表现形式 问题具体表现 具体表现形式 问题具体描述 表现 具体情形
        """,
    ),
    Field(
        "整改目标",
        Level.FINDING,
        "整改目标",
        names="""
        目标 预期目标 目标要求 整改要求 工作目标 目标任务 整改标准 销号标准 完成标准
        整改目标及要求 预期成效 预期效果 达到效果
        """,
    ),
    Field(
        "措施",
        Level.MEASURE,
        "措施",
        "内容",
        names="""
        整改措施 整改任务 整改内容 具体措施 工作措施 整改举措 整改具体措施 主要措施 任务
        任务清单 整改事项 措施内容 具体整改措施 整改落实措施 举措 整改办法 任务措施 具体任务
        整改任务措施 工作任务 整改工作措施 落实措施 措施清单 任务内容
        """,
        is_required=True,
    ),
    Field(
        "责任领导",
        Level.FINDING,
        "责任领导",
        names="""
        分管领导 牵头领导 包抓领导 主管领导 责任局领导 挂点领导 包保领导 领导 责任院领导
        责任县领导 责任班子成员 牵头责任领导 整改责任领导 分管责任领导 包案领导 主要责任领导
        班子责任人 领导责任人 责任校领导
        """,
        is_required=True,
    ),
    Field(
        "责任科室",
        Level.EITHER,
        "责任科室",
        "责任科室",
        names=f"{_ORGANS} 牵头 主责 科室 部门",
        is_required=True,
    ),
    Field("配合科室", Level.FINDING, "配合科室", names=f"{_HELPERS} 配合 协办"),
    Field(
        "责任人",
        Level.EITHER,
        "责任人",
        "责任人",
        names="""
        具体责任人 直接责任人 负责人 责任人员 经办人 承办人 具体负责人 责任科室负责人
        责任单位负责人 责任部门负责人 科室负责人 部门负责人 具体承办人 直接负责人
        具体经办人 落实责任人 承办责任人 牵头责任人 整改落实人 经办人员 具体人员
        """,
        is_required=True,
    ),
    Field(
        "整改时限",
        Level.EITHER,
        "整改时限",
        "时限",
        names="""
        时限 期限 整改期限 完成时限 完成期限 计划完成时间 计划完成时限 计划完成日期 要求完成时间
        要求完成时限 时限要求 完成时限要求 整改完成时限 整改完成期限 拟完成时间 拟完成时限
        预计完成时间 预计完成时限 限定时间 整改时限要求 截止时间 截止日期 截止期限 办结时限
        应完成时间 规定时限 规定完成时间 计划时间 目标时限 预定完成时间 限期 办理时限
        目标完成时间 计划时限 限时 完成时间要求 完成时间及要求
        """,
        is_required=True,
    ),
    Field(
        "类型", Level.FINDING, "类型", names="整改类型 整改方式 时限类型 整改时限类型 问题整改类型"
    ),
    Field(
        "检视周期",
        Level.FINDING,
        "检视周期",
        names="检视频次 复核周期 复核频次 回头看周期 复查周期",
    ),
    Field("措施责任科室", Level.MEASURE, "", "责任科室", names="措施责任单位 措施责任部门"),
    Field("措施责任人", Level.MEASURE, "", "责任人"),
    Field(
        "措施时限", Level.MEASURE, "", "时限", names="措施完成时限 措施整改时限 措施期限 任务时限"
    ),
    Field("来源", Level.FINDING, "来源"),
    Field("来源文号", Level.FINDING, "来源文号"),
    Field("归类", Level.FINDING, "问题类别"),
    Field("领办", Level.FINDING, "领办", names="领办领导"),
    Field("公开", Level.FINDING, "公开", names="是否公开"),
    Field("检视日", Level.FINDING, names="时限为检视"),
    Field(
        "状态",
        Level.EITHER,
        names="""
        整改状态 完成情况 是否完成 完成状态 整改完成情况 是否整改 是否整改完成 整改进度 进度
        完成进度 整改完成进度 目前状态 当前状态 是否整改到位 是否完成整改 是否销号 销号情况
        销号状态 完成与否 办理状态 完成程度 任务状态 落实状态 整改完成率 完成百分比 是否办结
        完成比例 整改阶段 措施状态 状态情况 进度状态 任务完成情况 当前进度
        """,
    ),
    Field(
        "完成日期",
        Level.EITHER,
        "",
        "完成",
        names="""
        实际完成时间 实际完成日期 整改完成日期 完成整改日期 实际完成时限 办结时间 办结日期
        实际办结时间 整改到位时间 整改到位日期 实际完成 实际整改完成时间 措施完成日期 落实日期
        落实时间
        """,
    ),
    Field(
        "进展",
        Level.EITHER,
        "",
        "成效",
        names="""
        进展情况 进展(填这里) 整改情况 整改进展 整改进展情况 工作进展 目前进展 目前进展情况
        整改落实情况 落实情况 整改结果 结果 整改工作进展 阶段性进展 推进情况 整改推进情况
        当前进展 当前进展情况 进展说明 进展及成效 整改进展及成效 整改情况说明 情况说明 落实进展
        整改工作情况 完成情况说明 工作进展情况 办理情况 整改情况及成效 工作开展情况
        整改工作进展情况 目前整改情况 办理结果 整改进展或结果
        """,
    ),
    Field(
        "成效",
        Level.EITHER,
        "",
        "成效",
        names="""
        整改成效 取得成效 工作成效 整改效果 取得的成效 成果 整改成果 主要成效 阶段性成效
        成效情况 整改成效情况 取得实效 效果 整改实效 工作成果 措施成效
        """,
    ),
    Field(
        "佐证",
        Level.EITHER,
        "",
        "佐证",
        names="""
        佐证材料 证明材料 印证材料 佐证资料 支撑材料 附件材料 佐证材料名称 佐证材料清单 整改佐证
        整改佐证材料 印证资料 证明资料 档案资料 销号材料 佐证附件
        """,
    ),
    Field(
        "申请销号日期",
        Level.JOURNAL,
        names="""
        申请销号时间 申请时间 申请日期 申报销号时间 申报销号日期 销号申请时间 销号申请日期
        提请销号时间 报请销号时间 提请销号日期 申报时间 申报日期
        """,
    ),
    Field("申请销号", Level.JOURNAL, names="是否申请销号 是否申请"),
    Field(
        "销号日期",
        Level.JOURNAL,
        names="""
        销号时间 批准销号时间 批准销号日期 批准时间 批准日期 审批时间 审批日期 同意销号时间
        同意销号日期
        """,
    ),
    Field(
        "批准人",
        Level.JOURNAL,
        names="""
        销号批准人 审批人 批准领导 审批领导 批准单位 销号审批人 批准销号人 销号批准单位 审批单位
        """,
    ),
)

BY_NAME = {field.name: field for field in FIELDS}

COMPOSITE = "责任分工"
"""Stands for a column of labelled cells (责任领导:… 责任科室:…), split by their labels."""

ANY_FIELD = (*(name for name in BY_NAME if name not in ("键", "检视日")), COMPOSITE)
"""What a column of a name that says nothing may be."""

# One of two fields, and which only whoever made the table knows.
AMBIGUOUS = {
    "完成时间": ("整改时限", "完成日期"),
    "整改时间": ("整改时限", "完成日期"),
    "完成日期及时限": ("整改时限", "完成日期"),
    "时间": ("整改时限", "完成日期"),
    "日期": ("整改时限", "完成日期"),
    "时间节点": ("整改时限", "完成日期"),
    "责任": ("责任领导", "责任科室", "责任人"),
    "责任者": ("责任领导", "责任科室", "责任人"),
    "责任主体": ("责任科室", "责任人"),
    "责任分工": ("责任领导", "责任科室", "责任人"),
    "责任划分": ("责任领导", "责任科室", "责任人"),
    "责任落实": ("责任领导", "责任科室", "责任人"),
    "责任清单": ("责任领导", "责任科室", "责任人"),
    "单位": ("责任科室", "配合科室"),
    "主要责任人": ("责任领导", "责任人"),
    "第一责任人": ("责任领导", "责任人"),
    "完成": ("状态", "完成日期"),
    "牵头人": ("责任领导", "责任人"),
    "情况": ("进展", "状态"),
    "类别": ("方面", "类型"),
    "问题类型": ("方面", "类型"),
    "分类": ("方面", "类型"),
    "类型类别": ("方面", "类型"),
    "销号": ("状态", "销号日期"),
    "负责": ("责任领导", "责任科室", "责任人"),
    "主要问题及表现": ("问题", "具体表现"),
    "问题及具体表现": ("问题", "具体表现"),
    "目标及措施": ("整改目标", "措施"),
    "整改目标及措施": ("整改目标", "措施"),
}

# Columns that tables often have and a ledger has no field for, or works out itself.
_WITHOUT_FIELD = """
    备注 说明 灯 预警 填表人 联系人 联系电话 电话 整改开始时间 开始时间
    启动时间 启动日期 开始日期 措施序号 任务序号 措施编号 任务编号 审核人 签字
    验收人 验收情况 督查情况 督查意见 督查人 是否逾期 逾期天数 剩余天数 时限情况
    巡察单位 被巡察单位 存在困难 未完成原因 下步措施 下一步打算
    问题来源 下一步计划 下步打算 工作要求 领导批示 审核意见 复核意见 评价 满意度
    """
# What the program works out itself and its own tables show.
_WORKED_OUT = """
    台账 剩余天数 逾期销号天数 延期次数 最近进展 无进展天数 曾逾期天数 办理环节 等待天数 超期未审
    最近督查 本期未督查 上级认可 已撤销登记 完成措施数 措施数 所写时限 此前最后一个工作日 约算
    预警等级 预警颜色 预警发至 督办未回复 督办逾期未回复 所写责任领导 所写责任人 过了时限的措施
    所涉措施
    """
WORKED_OUT = frozenset((*_WORKED_OUT.split(), "预警", "时限情况"))
WITHOUT_FIELD = frozenset((*_WITHOUT_FIELD.split(), *WORKED_OUT))

_PREFIXES = ("整改", "巡察", "反馈", "巡视")
_BRACKETED = re.compile(r"\(([^()]*)\)$")
_LEFT_OUT = re.compile(r"[\s*※★☆:：\u200b-\u200f\ufeff]+")


def plain_heading(text: str) -> str:
    """Return a column's name in the one form it is compared in: NFKC, without blanks and stars."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for field in FIELDS:
        for name in (field.name, *field.names.split()):
            plain = plain_heading(name)
            if table.setdefault(plain, field.name) != field.name:
                raise ValueError(f"{name} stands for two fields")
    # 责任科室(配合): the bracket says which of two it is.
    for name in [name for name, field in table.items() if field == "责任科室"]:
        for role, field_name in (
            ("牵头", "责任科室"),
            ("主责", "责任科室"),
            ("配合", "配合科室"),
            ("协办", "配合科室"),
            ("协助", "配合科室"),
        ):
            table[f"{name}({role})"] = field_name
    return table


class Meaning(NamedTuple):
    """What a name says: the fields it may mean, one where it is clear; and whether it is known."""

    fields: tuple[str, ...]
    is_known: bool = True


_UNKNOWN = Meaning((), is_known=False)


def meaning(heading: str) -> Meaning:
    """Look a column's name up: whole, without its bracket, then without what often leads it."""
    whole = plain_heading(heading)
    if not whole:
        return _UNKNOWN
    unbracketed = whole
    while match := _BRACKETED.search(unbracketed):
        unbracketed = unbracketed[: match.start()]
    for name in dict.fromkeys((whole, unbracketed)):
        if found := _exactly(name):
            return found
    short = unbracketed
    while prefix := next((one for one in _PREFIXES if short.startswith(one)), ""):
        short = short.removeprefix(prefix)
        if found := _exactly(short):
            return found
    return _UNKNOWN


def _exactly(name: str) -> Meaning | None:
    if field := _table().get(name):
        return Meaning((field,))
    if name in AMBIGUOUS:
        return Meaning(AMBIGUOUS[name])
    if name in WITHOUT_FIELD:
        return Meaning(())
    return _of_two(name)


_JOINED = re.compile("[及和与/、,]|以及")


def _of_two(name: str) -> Meaning | None:
    """Return the fields of a name that is two names (责任领导及责任单位)."""
    parts = [part for part in _JOINED.split(name) if part]
    if len(parts) < 2:  # noqa: PLR2004 - a pair
        return None
    fields = [_table().get(part) for part in parts]
    known = tuple(dict.fromkeys(field for field in fields if field))
    if len(known) < len(parts) and None in fields:
        return None
    return Meaning(known)


def field_named(name: str) -> str | None:
    """Return the field that a person names behind `=`: by its own name or any that is clear."""
    if name.strip() == IGNORED:
        return IGNORED
    if plain_heading(name) == COMPOSITE:
        return COMPOSITE
    found = meaning(name)
    return found.fields[0] if len(found.fields) == 1 else None


_OF_ITS_OWN = 5


def is_own_table(headings: Iterable[str]) -> bool:
    """Whether columns are those of a table that the program wrote: keys, or what it works out."""
    plain = {plain_heading(one) for one in headings}
    return "键" in plain or len(plain & WORKED_OUT) >= _OF_ITS_OWN


def is_telling(heading: str) -> bool:
    """Whether a name is one of a ledger's columns, clear or not."""
    return bool(meaning(heading).fields)


def known_names(texts: Sequence[str] | Iterable[str]) -> int:
    """Return how many of the texts of a row name a column."""
    return len({meaning(text).fields for text in texts if text.strip() and is_telling(text)})
