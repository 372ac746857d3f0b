"""The notice (通报): its prose and its style, as inspection.yaml sets them.

What is not set is computed or has the form of the published notices this was learnt from.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from zhenggai.core.keys import Model, key
from zhenggai.core.terms import Term

if TYPE_CHECKING:
    from zhenggai.core.fields import (
        AspectHeading,
        Day,
        FindingHeading,
        Label,
        Paragraphs,
        Prose,
        Text,
        YesNo,
    )

LEFT_OUT = "无"
"""Written in place of a text that the program would otherwise write itself."""


class NoticeName(Term):
    """What the notice calls its matter (名称)."""

    SITUATION = "整改情况"
    PROGRESS = "整改进展情况"
    CONCENTRATED = "集中整改进展情况"
    FULFILMENT = "整改落实情况"


class InspectionWord(Term):
    """巡察 below the provinces, 巡视 above."""

    XUNCHA = "巡察"
    XUNSHI = "巡视"


class Layout(Term):
    """How a finding is headed (问题写法)."""

    OWN_LINE = "独立成行"
    RUN_IN = "接排"
    STATUS_LINES = "完成情况"
    STATUS_SENTENCE = "状态句"


class Numbering(Term):
    """How measures are counted (措施序号)."""

    YI_SHI = "一是"
    ARABIC = "1."
    BRACKETS = "(1)"
    NONE = "无"


class Punctuation(Term):
    """What punctuation computed text has (标点); prose is left as written."""

    FULL = "全角"
    HALF = "半角"


class Section(Model):
    """A numbered paragraph of prose: its heading, and what follows it."""

    ALONE: ClassVar[str] = "内容"

    title: Prose | None = field(default=None, metadata=key("标题", "这一段的标题", "加强组织领导"))
    text: Prose | None = field(
        default=None, metadata=key("内容", "这一段的文字", "召开党组会议4次,专题研究整改。")
    )


Sections: TypeAlias = tuple[Section, ...]


class SecrecyReview(Model):
    """保密审查: who looked, when, and with what conclusion."""

    on: Day = field(metadata=key("日期", "发生的日期"))
    by: Text = field(metadata=key("审查人", "审查的人", "保密办"))
    conclusion: Text = field(metadata=key("结论", "审查的结论", "可以公开"))


class Unplaced(Model):
    """A line of an imported notice that no part of this form could hold."""

    line: int = field(metadata=key("行", "原文第几行", 12))
    text: Text = field(metadata=key("内容", "原文", "(原文)"))


class Notice(Model):
    """The notice's prose and style (inspection.yaml: 通报)."""

    title: Prose | None = field(
        default=None,
        metadata=key(
            "标题", "标题;不写就由程序写出,不要就写无", "县科技局党组关于巡察整改情况的通报", "无"
        ),
    )
    name: NoticeName = field(default=NoticeName.SITUATION, metadata=key("名称", "通报怎么称呼整改"))
    word: InspectionWord = field(
        default=InspectionWord.XUNCHA, metadata=key("用语", "巡察(市县)或巡视(中央、省)")
    )
    basis: Prose | None = field(
        default=None, metadata=key("依据", "巡察的依据,写在开头“根据”之后", "县委统一部署")
    )
    opening: Paragraphs = field(
        default=(),
        metadata=key(
            "开头", "开头一段或几段;不写就由程序写出,不要就写无", "现将巡察整改情况予以公布。", "无"
        ),
    )
    organisation_heading: Prose = field(
        default="整改工作组织情况", metadata=key("组织标题", "第一部分的标题", "整改工作组织情况")
    )
    organisation_lead: Prose | None = field(
        default=None, metadata=key("组织导语", "第一部分开头的话", "局党组把整改作为重大政治任务。")
    )
    organisation_label: Label | None = field(
        default=None, metadata=key("组织序号", "第一部分各段的序号,如 （{一}）", "({一})")
    )
    organisation: Sections = field(
        default=(),
        metadata=key(
            "组织情况", "第一部分各段", [{"标题": "加强组织领导", "内容": "成立整改工作领导小组。"}]
        ),
    )
    results_heading: Prose | None = field(
        default=None, metadata=key("结果标题", "整改结果部分的标题", "整改落实情况")
    )
    results_lead: Paragraphs = field(
        default=(),
        metadata=key(
            "结果导语",
            "整改结果部分开头的话;不写就由程序写出,不要就写无",
            "反馈的{问题数}个问题,已销号{已销号数}个。",
            "无",
        ),
    )
    statistics: YesNo = field(default=True, metadata=key("统计", "是:写一句统计的话"))
    by_aspect: YesNo = field(default=False, metadata=key("按方面", "是:问题按方面分组"))
    aspect_label: Label | None = field(
        default=None, metadata=key("方面序号", "方面的序号,如 （{一}）", "({一})")
    )
    aspect_heading: AspectHeading = field(
        default="在“{方面}”方面",
        metadata=key("方面标题", "方面的标题,{方面}处写名称", "在“{方面}”方面"),
    )
    layout: Layout = field(default=Layout.OWN_LINE, metadata=key("问题写法", "问题标题怎么写"))
    finding_heading: FindingHeading | None = field(
        default=None,
        metadata=key(
            "问题标题", "问题的标题,如 {序号}.关于“{问题}”的整改", "{序号}.关于“{问题}”的整改"
        ),
    )
    restart: YesNo = field(default=False, metadata=key("分方面编号", "是:每个方面从1编号"))
    numbering: Numbering = field(default=Numbering.YI_SHI, metadata=key("措施序号", "措施怎么编号"))
    separator: Text = field(default="。", metadata=key("措施分隔", "措施之间的标点", "。", ";"))
    measures_on_lines: YesNo = field(default=False, metadata=key("措施分行", "是:每项措施一行"))
    lead_on_line: YesNo = field(default=False, metadata=key("导语分行", "是:措施之前的话另成一行"))
    outlook_heading: Prose = field(
        default="下步打算和努力方向",
        metadata=key("下步标题", "下步打算部分的标题", "下步打算和努力方向"),
    )
    outlook_lead: Prose | None = field(
        default=None, metadata=key("下步导语", "下步打算开头的话", "对照问题,持续整改。")
    )
    outlook_label: Label = field(
        default="{1}.", metadata=key("下步序号", "下步打算各段的序号,如 {1}.", "{1}.")
    )
    outlook: Sections = field(
        default=(),
        metadata=key(
            "下步打算", "下步打算各段", [{"标题": "巩固整改成果", "内容": "建立长效机制。"}]
        ),
    )
    supervision: Paragraphs = field(
        default=(),
        metadata=key(
            "监督",
            "请群众监督的话;不写就由联系方式写出,不要就写无",
            "欢迎广大干部群众对整改落实情况进行监督。",
            "无",
        ),
    )
    publicity: Prose | None = field(
        default=None, metadata=key("公示期", "公示期一段", "公示期为15个工作日。")
    )
    phone: Text | None = field(default=None, metadata=key("联系电话", "联系电话", "0000-0000000"))
    email: Text | None = field(
        default=None, metadata=key("电子邮箱", "电子邮箱", "office@example.cn")
    )
    address: Text | None = field(
        default=None, metadata=key("通信地址", "通信地址", "县政府大院(邮编000000)")
    )
    signature: Text | None = field(
        default=None, metadata=key("落款", "落款单位的全称", "中共县科技局党组")
    )
    dated: Day | None = field(default=None, metadata=key("落款日期", "落款日期"))
    punctuation: Punctuation = field(
        default=Punctuation.FULL, metadata=key("标点", "由程序写出的文字用全角还是半角标点")
    )
    blank_lines: YesNo = field(default=False, metadata=key("段间空行", "是:纯文本段落之间空一行"))
    indented: YesNo = field(
        default=False, metadata=key("段首空两格", "是:纯文本每段以两个全角空格开头")
    )
    final_newline: YesNo = field(default=True, metadata=key("文末换行", "否:纯文本最后不换行"))
    secrecy_review: SecrecyReview | None = field(
        default=None, metadata=key("保密审查", "公开前的保密审查")
    )
    secrecy_required: YesNo = field(
        default=False, metadata=key("须有保密审查", "是:没有保密审查就不能写出通报")
    )
    unplaced: tuple[Unplaced, ...] = field(
        default=(), metadata=key("未识别", "导入通报时没有认出的行")
    )

    @property
    def contacts(self) -> tuple[str | None, ...]:
        """What of the notice may hold numbers that are meant to be published."""
        ways = (self.phone, self.email, self.address, self.publicity)
        return (*ways, *self.supervision)
