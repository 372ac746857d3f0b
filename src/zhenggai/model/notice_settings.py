"""The notice (通报): its prose and its style, as inspection.yaml sets them.

What is not set is computed or has the form of the published notices this was learnt from. In
`history=`, prose and style are free, for they are written last and often; noticed is what keeps
figures out of the paper, who answers for it, and where readers may turn.
"""

from datetime import date

from zhenggai.model.declaration import Model, declare
from zhenggai.model.easing import hides_some, is_switched_off, is_switched_on
from zhenggai.model.placeholders import (
    IN_ASPECT_HEADINGS,
    IN_FINDING_HEADINGS,
    IN_LABELS,
    IN_PROSE,
    IN_SIGNATURES,
)
from zhenggai.model.terms import FiguresOver, NameKind, Term
from zhenggai.model.values import (
    COUNT_OR_NONE,
    DAY,
    INDENT,
    NUMBER,
    TEXT,
    YES_NO,
    list_of,
    one,
    one_of,
    one_or_more,
    prose,
    table_by,
)

PROSE = prose(IN_PROSE)
PARAGRAPHS = one_or_more(PROSE)
LABEL = prose(IN_LABELS)
ASPECT_HEADING = prose(IN_ASPECT_HEADINGS)
FINDING_HEADING = prose(IN_FINDING_HEADINGS)
SIGNATURE = one_or_more(prose(IN_SIGNATURES))
ASPECT_PARAGRAPHS = one_or_more(ASPECT_HEADING)

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


class TextPlace(Term):
    """What of the notice's plain text is indented (缩进)."""

    TITLE = "标题"
    BODY = "正文"
    SIGNATURE = "落款"
    DATE = "日期"


class TextGap(Term):
    """Where in the notice's plain text there are empty lines (空行)."""

    PARAGRAPHS = "段间"
    TITLE = "标题后"
    OPENING = "开头后"
    PART = "部分前"
    ASPECT = "方面前"
    FINDING = "问题前"
    CONTACT = "监督前"
    SIGNATURE = "落款前"
    DATE = "日期前"


INDENTS = table_by(one_of(TextPlace), INDENT)
GAPS = table_by(one_of(TextGap), COUNT_OR_NONE)


class SetAside(Term):
    """What a line is that an import has set aside (类别)."""

    TEXT = "原文"
    PAGE = "页面"


class Section(Model):
    """A numbered paragraph of prose: its heading, and what follows it."""

    ALONE = "内容"

    title: str | None = declare(
        "标题", PROSE, "这一段的标题", "加强组织领导", default=None, history="free", publish=True
    )
    text: str | None = declare(
        "内容",
        PROSE,
        "这一段的文字",
        "召开党组会议4次，专题研究整改。",
        default=None,
        history="free",
        publish=True,
    )


class SecrecyReview(Model):
    """保密审查: who looked, when, and with what conclusion."""

    on: date = declare("日期", DAY, "发生的日期", history="guarded", publish=False)
    by: str = declare("审查人", TEXT, "审查的人", "保密办", history="guarded", publish=False)
    conclusion: str = declare(
        "结论", TEXT, "审查的结论", "可以公开", history="guarded", publish=False
    )


class Unplaced(Model):
    """A line of an imported notice that no part of this form could hold."""

    line: int = declare("行", NUMBER, "原文第几行", 12, history="free", publish=False)
    text: str = declare("内容", TEXT, "原文", "（原文）", history="free", publish=False)
    kind: SetAside = declare(
        "类别",
        one_of(SetAside),
        "原文：应放到该放的地方；页面：网页、打印留下的，不属于通报",
        default=SetAside.TEXT,
        history="free",
        publish=False,
    )


class AspectText(Model):
    """How one aspect is headed, where it is written otherwise than the rest (方面写法)."""

    aspect: str = declare(
        "方面",
        TEXT,
        "哪个方面",
        "基层党组织建设",
        history="free",
        publish=True,
        names=(NameKind.ASPECT,),
    )
    paragraphs: tuple[str, ...] = declare(
        "段落",
        ASPECT_PARAGRAPHS,
        "这个方面的标题和标题下面的话，照写；不要标题就写无",
        "三、关于{方面}方面",
        "无",
        history="free",
        publish=True,
    )


class Notice(Model):
    """The notice's prose and style (inspection.yaml: 通报)."""

    title: str | None = declare(
        "标题",
        PROSE,
        "标题；不写就由程序写出，不要就写无",
        "县科技局党组关于巡察整改情况的通报",
        "无",
        default=None,
        history="free",
        publish=True,
    )
    name: NoticeName = declare(
        "名称",
        one_of(NoticeName),
        "通报怎么称呼整改",
        default=NoticeName.SITUATION,
        history="free",
        publish=True,
    )
    word: InspectionWord = declare(
        "用语",
        one_of(InspectionWord),
        "巡察（市县）或巡视（中央、省）",
        default=InspectionWord.XUNCHA,
        history="free",
        publish=True,
    )
    basis: str | None = declare(
        "依据",
        PROSE,
        "巡察的依据，写在开头“根据”之后",
        "县委统一部署",
        default=None,
        history="free",
        publish=True,
    )
    opening: tuple[str, ...] = declare(
        "开头",
        PARAGRAPHS,
        "开头一段或几段；不写就由程序写出，不要就写无",
        "现将巡察整改情况予以公布。",
        "无",
        default=(),
        history="free",
        publish=True,
    )
    part_label: str = declare(
        "部分序号",
        LABEL,
        "各部分标题的序号，如 {一}、；标题里自带序号或没有序号的写无",
        "{一}、",
        "无",
        default="{一}、",
        history="free",
        publish=True,
    )
    organisation_heading: str = declare(
        "组织标题",
        PROSE,
        "第一部分的标题",
        "整改工作组织情况",
        default="整改工作组织情况",
        history="free",
        publish=True,
    )
    organisation_lead: str | None = declare(
        "组织导语",
        PROSE,
        "第一部分开头的话",
        "局党组把整改作为重大政治任务。",
        default=None,
        history="free",
        publish=True,
    )
    organisation_label: str | None = declare(
        "组织序号",
        LABEL,
        "第一部分各段的序号，如 （{一}）",
        "（{一}）",
        default=None,
        history="free",
        publish=True,
    )
    organisation: tuple[Section, ...] = declare(
        "组织情况",
        one_or_more(one(Section)),
        "第一部分各段",
        [{"标题": "加强组织领导", "内容": "成立整改工作领导小组。"}],
        default=(),
        history="free",
        publish=True,
    )
    results_heading: str | None = declare(
        "结果标题",
        PROSE,
        "整改结果部分的标题",
        "整改落实情况",
        default=None,
        history="free",
        publish=True,
    )
    results_lead: tuple[str, ...] = declare(
        "结果导语",
        PARAGRAPHS,
        "整改结果部分开头的话；不写就由程序写出，不要就写无",
        "反馈的{问题数}个问题，已销号{已销号数}个。",
        "无",
        default=(),
        history="free",
        publish=True,
    )
    statistics: bool = declare(
        "统计", YES_NO, "是：写一句统计的话", default=True, history="noticed", publish=True
    )
    by_aspect: bool = declare(
        "按方面", YES_NO, "是：问题按方面分组", default=False, history="free", publish=True
    )
    aspect_label: str | None = declare(
        "方面序号",
        LABEL,
        "方面的序号，如 （{一}）",
        "（{一}）",
        default=None,
        history="free",
        publish=True,
    )
    aspect_heading: str = declare(
        "方面标题",
        ASPECT_HEADING,
        "方面的标题，{方面}处写名称",
        "在“{方面}”方面",
        default="在“{方面}”方面",
        history="free",
        publish=True,
    )
    layout: Layout = declare(
        "问题写法",
        one_of(Layout),
        "问题标题怎么写",
        default=Layout.OWN_LINE,
        history="free",
        publish=True,
    )
    finding_heading: str | None = declare(
        "问题标题",
        FINDING_HEADING,
        "问题的标题，如 {序号}.关于“{问题}”的整改",
        "{序号}.关于“{问题}”的整改",
        default=None,
        history="free",
        publish=True,
    )
    aspect_texts: tuple[AspectText, ...] = declare(
        "方面写法",
        list_of(one(AspectText)),
        "标题与其他方面写法不同的方面",
        [{"方面": "基层党组织建设", "段落": "三、关于{方面}方面"}],
        default=(),
        history="free",
        publish=True,
    )
    restart: bool = declare(
        "分方面编号", YES_NO, "是：每个方面从1编号", default=False, history="free", publish=True
    )
    numbering: Numbering = declare(
        "措施序号",
        one_of(Numbering),
        "措施怎么编号",
        default=Numbering.YI_SHI,
        history="free",
        publish=True,
    )
    separator: str = declare(
        "措施分隔", TEXT, "措施之间的标点", "。", ";", default="。", history="free", publish=True
    )
    measures_on_lines: bool = declare(
        "措施分行", YES_NO, "是：每项措施一行", default=False, history="free", publish=True
    )
    lead_on_line: bool = declare(
        "导语分行", YES_NO, "是：措施之前的话另成一行", default=False, history="free", publish=True
    )
    outlook_heading: str = declare(
        "下步标题",
        PROSE,
        "下步打算部分的标题",
        "下步打算和努力方向",
        default="下步打算和努力方向",
        history="free",
        publish=True,
    )
    outlook_lead: str | None = declare(
        "下步导语",
        PROSE,
        "下步打算开头的话",
        "对照问题，持续整改。",
        default=None,
        history="free",
        publish=True,
    )
    outlook_label: str = declare(
        "下步序号",
        LABEL,
        "下步打算各段的序号，如 {1}.",
        "{1}.",
        default="{1}.",
        history="free",
        publish=True,
    )
    outlook: tuple[Section, ...] = declare(
        "下步打算",
        one_or_more(one(Section)),
        "下步打算各段",
        [{"标题": "巩固整改成果", "内容": "建立长效机制。"}],
        default=(),
        history="free",
        publish=True,
    )
    supervision: tuple[str, ...] = declare(
        "监督",
        PARAGRAPHS,
        "请群众监督的话，后面另写联系方式；不写就由联系方式写出，不要就写无",
        "欢迎广大干部群众对整改落实情况进行监督。",
        "无",
        default=(),
        history="noticed",
        publish=True,
    )
    publicity: str | None = declare(
        "公示期",
        PROSE,
        "公示期一段",
        "公示期为15个工作日。",
        default=None,
        history="noticed",
        publish=True,
    )
    phone: str | None = declare(
        "联系电话", TEXT, "联系电话", "0000-0000000", default=None, history="noticed", publish=True
    )
    email: str | None = declare(
        "电子邮箱",
        TEXT,
        "电子邮箱",
        "office@example.cn",
        default=None,
        history="noticed",
        publish=True,
    )
    address: str | None = declare(
        "通信地址",
        TEXT,
        "通信地址",
        "县政府大院（邮编000000）",
        default=None,
        history="noticed",
        publish=True,
    )
    signature: str | None = declare(
        "落款",
        TEXT,
        "落款单位；不写就与标题相同：简称，没有简称的是被巡察单位",
        "中共县科技局党组",
        default=None,
        history="noticed",
        publish=True,
    )
    dated: date | None = declare(
        "落款日期", DAY, "落款日期", default=None, history="noticed", publish=True
    )
    signature_lines: tuple[str, ...] = declare(
        "落款写法",
        SIGNATURE,
        "落款和日期怎么写；不写就各占一行，不要就写无",
        "{落款} 二〇二一年五月十八日",
        "无",
        default=(),
        history="free",
        publish=True,
    )
    ending: tuple[str, ...] = declare(
        "文末",
        PARAGRAPHS,
        "落款和日期以后的话，如附件",
        "附件：整改问题清单",
        default=(),
        history="free",
        publish=True,
    )
    punctuation: Punctuation = declare(
        "标点",
        one_of(Punctuation),
        "由程序写出的文字用全角还是半角标点",
        default=Punctuation.FULL,
        history="free",
        publish=True,
    )
    blank_lines: bool = declare(
        "段间空行", YES_NO, "是：纯文本段落之间空一行", default=False, history="free", publish=True
    )
    indented: bool = declare(
        "段首空两格",
        YES_NO,
        "是：纯文本每段以两个全角空格开头",
        default=False,
        history="free",
        publish=True,
    )
    indents: dict[TextPlace, str] = declare(
        "缩进",
        INDENTS,
        "纯文本的标题、正文、落款、日期各缩进多少；写了就不看段首空两格",
        {"正文": "4个空格", "落款": "20个空格"},
        default={},
        history="free",
        publish=True,
    )
    gaps: dict[TextGap, int] = declare(
        "空行",
        GAPS,
        "纯文本在哪里空几行；写了就不看段间空行",
        {"标题后": 1, "落款前": 1},
        default={},
        history="free",
        publish=True,
    )
    final_newline: bool = declare(
        "文末换行", YES_NO, "否：纯文本最后不换行", default=True, history="free", publish=True
    )
    secrecy_review: SecrecyReview | None = declare(
        "保密审查",
        one(SecrecyReview),
        "公开前的保密审查",
        default=None,
        history="guarded",
        publish=False,
    )
    secrecy_required: bool = declare(
        "须有保密审查",
        YES_NO,
        "是：没有保密审查就不能写出通报",
        default=False,
        history="guarded",
        guards=is_switched_off,
        publish=False,
    )
    figures_over: FiguresOver = declare(
        "通报口径",
        one_of(FiguresOver),
        "通报里的数按全部问题算（默认），还是只按公开的问题算",
        default=FiguresOver.ALL,
        history="guarded",
        guards=hides_some,
        publish=False,
    )
    is_original: bool = declare(
        "原文",
        YES_NO,
        "是：由公布的通报导入，文字照原文；登记了措施完成的问题除外",
        default=False,
        history="guarded",
        guards=is_switched_on,
        publish=False,
    )
    unplaced: tuple[Unplaced, ...] = declare(
        "未识别",
        list_of(one(Unplaced)),
        "导入通报时未识别的行",
        default=(),
        history="free",
        publish=False,
    )

    @property
    def publicity_inside(self) -> bool:
        """Whether a paragraph that asks for opinions says how long the notice is shown as well."""
        said = self.publicity
        return said is not None and any(said in text for text in self.supervision)

    @property
    def contacts(self) -> tuple[str | None, ...]:
        """What of the notice may hold numbers that are meant to be published."""
        ways = (self.phone, self.email, self.address, self.publicity)
        return (*ways, *self.supervision)
