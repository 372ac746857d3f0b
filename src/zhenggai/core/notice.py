"""The notice (通报): its prose and its style, as inspection.yaml sets them.

What is not set is computed or has the form of the published notices this was learnt from.
"""

from typing import Annotated, Any, ClassVar, Final, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from zhenggai.core.fields import (
    Day,
    Model,
    OneOrMore,
    Text,
    TextOrModel,
    YesNo,
    fault,
    scalar_schema,
)
from zhenggai.core.figures import FIGURES, placeholders
from zhenggai.core.suggestion import nearest
from zhenggai.core.terms import Term

_UNKNOWN_FIGURE: Final = "K313"

# What each kind of text may name in braces.
_PROSE = tuple(FIGURES)
_FINDING_HEADING = ("序号", "一", "问题")
_ASPECT_HEADING = ("方面",)
_LABEL = ("一", "1")

LEFT_OUT = "无"
"""Written in place of a text that the program would otherwise write itself."""


def _naming(*names: str) -> WithJsonSchema:
    """Describe text to an editor that may name these in braces and nothing else."""
    known = rf"(?:{'|'.join(names)})[}}｝]"
    pattern = rf"^(?![\s\S]*[{{｛](?!{known})[^{{}}｛｝]*[}}｝])[\s\S]*\S"
    return scalar_schema(pattern, f"占位符可写:{'、'.join(f'{{{name}}}' for name in names)}")


def _known(names: tuple[str, ...], text: str) -> str:
    for name in placeholders(text):
        if name not in names:
            close = nearest(name, names, 0.4)
            meant = f"是否想写“{{{close}}}”;" if close else ""
            hint = f"{meant}可写:{'、'.join(f'{{{one}}}' for one in names)}"
            raise fault(_UNKNOWN_FIGURE, f"不认识的占位符“{{{name}}}”", hint)
    return text


def _prose(text: str) -> str:
    return _known(_PROSE, text)


def _finding_heading(text: str) -> str:
    return _known(_FINDING_HEADING, text)


def _aspect_heading(text: str) -> str:
    return _known(_ASPECT_HEADING, text)


def _label(text: str) -> str:
    return _known(_LABEL, text)


Label: TypeAlias = Annotated[Text, AfterValidator(_label), _naming(*_LABEL)]
Prose: TypeAlias = Annotated[Text, AfterValidator(_prose), _naming(*_PROSE)]
AspectHeading: TypeAlias = Annotated[
    Text, AfterValidator(_aspect_heading), _naming(*_ASPECT_HEADING)
]
FindingHeading: TypeAlias = Annotated[
    Text, AfterValidator(_finding_heading), _naming(*_FINDING_HEADING)
]
Paragraphs: TypeAlias = Annotated[tuple[Prose, ...], OneOrMore()]


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


class Section(TextOrModel, Model):
    """A numbered paragraph of prose: its heading, and what follows it."""

    ALONE: ClassVar = "内容"

    title: Prose | None = Field(
        default=None, alias="标题", description="这一段的标题", examples=["加强组织领导"]
    )
    text: Prose | None = Field(
        default=None,
        alias="内容",
        description="这一段的文字",
        examples=["召开党组会议4次,专题研究整改。"],
    )

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, value: Any) -> Any:
        return {"内容": value} if isinstance(value, str) else value


Sections: TypeAlias = Annotated[tuple[Section, ...], OneOrMore()]


class SecrecyReview(Model):
    """保密审查: who looked, when, and with what conclusion."""

    on: Day = Field(alias="日期", description="发生的日期")
    by: Text = Field(alias="审查人", description="审查的人", examples=["保密办"])
    conclusion: Text = Field(alias="结论", description="审查的结论", examples=["可以公开"])


class Unplaced(Model):
    """A line of an imported notice that no part of this form could hold."""

    line: int = Field(alias="行", description="原文第几行", examples=[12])
    text: Text = Field(alias="内容", description="原文", examples=["(原文)"])


class Notice(Model):
    """The notice's prose and style (inspection.yaml: 通报)."""

    title: Prose | None = Field(
        default=None,
        alias="标题",
        description="标题;不写就由程序写出,不要就写无",
        examples=["县科技局党组关于巡察整改情况的通报", "无"],
    )
    name: NoticeName = Field(
        default=NoticeName.SITUATION, alias="名称", description="通报怎么称呼整改"
    )
    word: InspectionWord = Field(
        default=InspectionWord.XUNCHA, alias="用语", description="巡察(市县)或巡视(中央、省)"
    )
    basis: Prose | None = Field(
        default=None,
        alias="依据",
        description="巡察的依据,写在开头“根据”之后",
        examples=["县委统一部署"],
    )
    opening: Paragraphs = Field(
        default=(),
        alias="开头",
        description="开头一段或几段;不写就由程序写出,不要就写无",
        examples=["现将巡察整改情况予以公布。", "无"],
    )
    organisation_heading: Prose = Field(
        default="整改工作组织情况",
        alias="组织标题",
        description="第一部分的标题",
        examples=["整改工作组织情况"],
    )
    organisation_lead: Prose | None = Field(
        default=None,
        alias="组织导语",
        description="第一部分开头的话",
        examples=["局党组把整改作为重大政治任务。"],
    )
    organisation_label: Label | None = Field(
        default=None,
        alias="组织序号",
        description="第一部分各段的序号,如 （{一}）",
        examples=["({一})"],
    )
    organisation: Sections = Field(
        default=(),
        alias="组织情况",
        description="第一部分各段",
        examples=[[{"标题": "加强组织领导", "内容": "成立整改工作领导小组。"}]],
    )
    results_heading: Prose | None = Field(
        default=None, alias="结果标题", description="整改结果部分的标题", examples=["整改落实情况"]
    )
    results_lead: Paragraphs = Field(
        default=(),
        alias="结果导语",
        description="整改结果部分开头的话;不写就由程序写出,不要就写无",
        examples=["反馈的{问题数}个问题,已销号{已销号数}个。", "无"],
    )
    statistics: YesNo = Field(default=True, alias="统计", description="是:写一句统计的话")
    by_aspect: YesNo = Field(default=False, alias="按方面", description="是:问题按方面分组")
    aspect_label: Label | None = Field(
        default=None, alias="方面序号", description="方面的序号,如 （{一}）", examples=["({一})"]
    )
    aspect_heading: AspectHeading = Field(
        default="在“{方面}”方面",
        alias="方面标题",
        description="方面的标题,{方面}处写名称",
        examples=["在“{方面}”方面"],
    )
    layout: Layout = Field(default=Layout.OWN_LINE, alias="问题写法", description="问题标题怎么写")
    finding_heading: FindingHeading | None = Field(
        default=None,
        alias="问题标题",
        description="问题的标题,如 {序号}.关于“{问题}”的整改",
        examples=["{序号}.关于“{问题}”的整改"],
    )
    restart: YesNo = Field(default=False, alias="分方面编号", description="是:每个方面从1编号")
    numbering: Numbering = Field(
        default=Numbering.YI_SHI, alias="措施序号", description="措施怎么编号"
    )
    separator: Text = Field(
        default="。", alias="措施分隔", description="措施之间的标点", examples=["。", ";"]
    )
    measures_on_lines: YesNo = Field(default=False, alias="措施分行", description="是:每项措施一行")
    lead_on_line: YesNo = Field(
        default=False, alias="导语分行", description="是:措施之前的话另成一行"
    )
    outlook_heading: Prose = Field(
        default="下步打算和努力方向",
        alias="下步标题",
        description="下步打算部分的标题",
        examples=["下步打算和努力方向"],
    )
    outlook_lead: Prose | None = Field(
        default=None,
        alias="下步导语",
        description="下步打算开头的话",
        examples=["对照问题,持续整改。"],
    )
    outlook_label: Label = Field(
        default="{1}.",
        alias="下步序号",
        description="下步打算各段的序号,如 {1}.",
        examples=["{1}."],
    )
    outlook: Sections = Field(
        default=(),
        alias="下步打算",
        description="下步打算各段",
        examples=[[{"标题": "巩固整改成果", "内容": "建立长效机制。"}]],
    )
    supervision: Paragraphs = Field(
        default=(),
        alias="监督",
        description="请群众监督的话;不写就由联系方式写出,不要就写无",
        examples=["欢迎广大干部群众对整改落实情况进行监督。", "无"],
    )
    publicity: Prose | None = Field(
        default=None, alias="公示期", description="公示期一段", examples=["公示期为15个工作日。"]
    )
    phone: Text | None = Field(
        default=None, alias="联系电话", description="联系电话", examples=["0000-0000000"]
    )
    email: Text | None = Field(
        default=None, alias="电子邮箱", description="电子邮箱", examples=["office@example.cn"]
    )
    address: Text | None = Field(
        default=None, alias="通信地址", description="通信地址", examples=["县政府大院(邮编000000)"]
    )
    signature: Text | None = Field(
        default=None, alias="落款", description="落款单位的全称", examples=["中共县科技局党组"]
    )
    dated: Day | None = Field(default=None, alias="落款日期", description="落款日期")
    punctuation: Punctuation = Field(
        default=Punctuation.FULL, alias="标点", description="由程序写出的文字用全角还是半角标点"
    )
    blank_lines: YesNo = Field(
        default=False, alias="段间空行", description="是:纯文本段落之间空一行"
    )
    indented: YesNo = Field(
        default=False, alias="段首空两格", description="是:纯文本每段以两个全角空格开头"
    )
    final_newline: YesNo = Field(default=True, alias="文末换行", description="否:纯文本最后不换行")
    secrecy_review: SecrecyReview | None = Field(
        default=None, alias="保密审查", description="公开前的保密审查"
    )
    secrecy_required: YesNo = Field(
        default=False, alias="须有保密审查", description="是:没有保密审查就不能写出通报"
    )
    unplaced: tuple[Unplaced, ...] = Field(
        default=(), alias="未识别", description="导入通报时没有认出的行"
    )

    @property
    def contacts(self) -> tuple[str | None, ...]:
        """What of the notice may hold numbers that are meant to be published."""
        ways = (self.phone, self.email, self.address, self.publicity)
        return (*ways, *self.supervision)
