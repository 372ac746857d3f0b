"""What inspection.yaml and 节假日.yaml say: who inspected whom, and how the ledger is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from zhenggai.model.dates import Lead, Period
from zhenggai.model.declaration import Model, declare, not_in_file
from zhenggai.model.easing import (
    counts_less,
    is_later,
    is_lower,
    is_rarer,
    is_switched_off,
    is_switched_on,
    lets_more_sign,
    recuses_less,
    says_otherwise,
    warns_later,
)
from zhenggai.model.notice_settings import Notice
from zhenggai.model.problem import shorten
from zhenggai.model.terms import (
    Colour,
    Edition,
    InspectionKind,
    NameKind,
    Step,
    WhenDayOff,
)
from zhenggai.model.values import (
    COUNT,
    COUNTS,
    DAY,
    DAYS,
    DEADLINE,
    DEPARTMENTS,
    FINDING_IDS,
    IDENTIFIER,
    INSIDE_PATH,
    INSPECTION_KIND,
    LEAD,
    LEDGER_FORMAT,
    PERIOD,
    SCORE,
    SEVERITIES,
    SHA256,
    SIGNATORIES,
    SPANS,
    STEPS,
    SUBSTITUTES,
    TEXT,
    TEXTS,
    TIME_ZONE,
    TOTALS,
    VOTES,
    YES_NO,
    ValueFaultError,
    checked,
    list_of,
    one,
    one_of,
)

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.model.days_off import DaysOff
    from zhenggai.model.terms import Severity


_OFFICES = (NameKind.DEPARTMENT, NameKind.OWNER, NameKind.LEADER)


class SubmittedPaper(Model):
    """A paper that is decided on, approved and sent in: 整改方案, 整改报告."""

    meeting: str | None = declare(
        "会议",
        TEXT,
        "审议的会议",
        "局党组第12次会议",
        default=None,
        history="noticed",
        publish=True,
    )
    met_on: date | None = declare(
        "会议日期", DAY, "会议的日期", default=None, history="guarded", publish=True
    )
    approved_by: str | None = declare(
        "批准",
        TEXT,
        "批准的机关",
        "县委巡察工作领导小组",
        default=None,
        history="noticed",
        publish=True,
    )
    approved_on: date | None = declare(
        "批准日期", DAY, "批准的日期", default=None, history="guarded", publish=True
    )
    reviewed_on: date | None = declare(
        "审核日期", DAY, "巡察机构审核的日期", default=None, history="guarded", publish=True
    )
    sent_on: date | None = declare(
        "报送日期", DAY, "报送的日期；没有报送就不写", default=None, history="guarded", publish=True
    )


class DemocraticMeeting(Model):
    """专题民主生活会: its day, and what is to be said of it."""

    ALONE = "日期"

    on: date | None = declare(
        "日期", DAY, "召开的日期", default=None, history="guarded", publish=True
    )
    note: str | None = declare(
        "情况", TEXT, "召开的情况", "县纪委派员列席", default=None, history="noticed", publish=True
    )


class WarningLevel(Model):
    """A level of the table of warnings (预警等级)."""

    name: str = declare("等级", TEXT, "等级的名称", "黄色预警", history="noticed", publish=False)
    colour: Colour = declare(
        "颜色", one_of(Colour), "红、橙、黄、蓝，越急越在前", history="guarded", publish=False
    )
    lead: Lead = declare(
        "天数",
        LEAD,
        "离时限几天（或几个工作日）以内是这一级；逾期的写逾期，或 逾期7天",
        "10天",
        "3个工作日",
        "逾期",
        history="guarded",
        publish=False,
    )
    to: tuple[str, ...] = declare(
        "发至",
        DEPARTMENTS,
        "提醒发给谁，写职务或部门；责任科室、责任人、责任领导、领办、配合科室指这个问题的",
        "责任科室",
        ["责任科室", "责任领导"],
        default=(),
        history="guarded",
        publish=False,
        names=_OFFICES,
    )


class Assessment(Model):
    """评估: the authority above says what the rectification as a whole has come to.

    Nothing of one may be changed or added to later: another one is written behind it.
    """

    authority: str = declare(
        "单位", TEXT, "评估的单位", "县委巡察办", history="guarded", publish=False
    )
    on: date = declare("日期", DAY, "评估的日期", history="guarded", publish=False)
    score: str | None = declare(
        "得分",
        SCORE,
        "评估的得分",
        "92.5",
        default=None,
        history="guarded",
        additions=True,
        publish=False,
    )
    grade: str | None = declare(
        "等次",
        TEXT,
        "评估的等次，照评估单位的说法",
        "较好",
        default=None,
        history="guarded",
        additions=True,
        publish=False,
    )
    votes: dict[str, int] = declare(
        "满意度票数",
        VOTES,
        "满意度测评各档的票数",
        {"满意": 38, "基本满意": 2, "不满意": 0},
        default={},
        history="guarded",
        additions=True,
        publish=False,
    )
    sent_back: tuple[str, ...] = declare(
        "退回重改问题号",
        FINDING_IDS,
        "退回重新整改的问题的编号",
        ["07", "12"],
        default=(),
        history="guarded",
        additions=True,
        publish=False,
    )


class SignOff(Model):
    """签批: a paper was signed; nothing of it may be changed or added to later."""

    document: str = declare(
        "文件", TEXT, "签批的文件", "整改进展情况报告", history="guarded", publish=False
    )
    signer: str = declare(
        "签字人", TEXT, "签字的人，写职务", "局党组书记", history="guarded", publish=False
    )
    on: date = declare("日期", DAY, "签字的日期", history="guarded", publish=False)


class ApprovedText(Model):
    """审定稿: the text of a paper as it was approved, kept in a file beside.

    Nothing of one may be changed later: another one is written behind it.
    """

    template: str = declare(
        "模板",
        TEXT,
        "哪种文书，写模板的名称；notice是通报",
        "notice",
        history="guarded",
        publish=False,
    )
    edition: Edition | None = declare(
        "版本",
        one_of(Edition),
        "通报的版本；不分版本的不写",
        default=None,
        history="guarded",
        publish=False,
    )
    path: str = declare(
        "文件",
        INSIDE_PATH,
        "审定的文字所在的文件，由程序写入",
        "审定稿/2021-05-18-notice.txt",
        history="guarded",
        publish=False,
    )
    sha256: str = declare(
        "校验值",
        SHA256,
        "文件的sha256，由程序写入",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        history="guarded",
        publish=False,
    )
    approved_by: str = declare(
        "审定人", TEXT, "审定的会议、机关或职务", "局党组会议", history="guarded", publish=False
    )
    on: date = declare("日期", DAY, "审定的日期", history="guarded", publish=False)


def _require_distinct(levels: tuple[WarningLevel, ...]) -> tuple[WarningLevel, ...]:
    leads, names = [str(level.lead) for level in levels], [level.name for level in levels]
    for key, said in (("天数", leads), ("等级", names)):
        twice = [text for place, text in enumerate(said) if text in said[:place]]
        if twice:
            message = f"预警等级里{key}“{shorten(twice[0])}”写了两次"
            raise ValueFaultError("K319", message, "每一级的等级和天数各不相同，删去或改写一级")
    return levels


class Renaming(Model):
    """A name that was corrected all over the ledger (更名); records keep the old one."""

    on: date = declare("日期", DAY, "更名的日期", history="guarded", publish=False)
    kind: NameKind = declare(
        "类别",
        one_of(NameKind),
        "责任科室、责任领导、责任人或方面",
        history="guarded",
        publish=False,
    )
    old: str = declare("旧", TEXT, "原来的名称", "财务室", history="guarded", publish=False)
    new: str = declare("新", TEXT, "现在的名称", "财务科", history="guarded", publish=False)


class Inspection(Model):
    """Who inspected whom and when, and how this ledger is kept (inspection.yaml).

    Nothing is required here so that one slip in this file never hides the findings; what must
    be filled in is REQUIRED, and its absence is a problem.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("被巡察单位", "巡察组", "反馈日期")
    REQUIRED_OF_AN_AUDIT: ClassVar[tuple[str, ...]] = ("被巡察单位", "审计机关", "反馈日期")

    format: int = declare(
        "格式",
        LEDGER_FORMAT,
        "台账的格式版本；没有写的是1（督查也算进展）",
        2,
        default=1,
        history="guarded",
        guards=is_lower,
        publish=False,
    )
    unit: str | None = declare(
        "被巡察单位",
        TEXT,
        "被巡察的党组织",
        "县科技局党组",
        default=None,
        history="noticed",
        publish=True,
    )
    short_name: str | None = declare(
        "简称",
        TEXT,
        "文书的标题和落款用的名称；不写就用被巡察单位",
        "县科技局党组",
        default=None,
        history="noticed",
        publish=True,
    )
    group: str | None = declare(
        "巡察组",
        TEXT,
        "巡察组的全称",
        "县委第一巡察组",
        default=None,
        history="noticed",
        publish=True,
    )
    round: str | None = declare(
        "轮次",
        TEXT,
        "哪一届的第几轮",
        "十四届县委第五轮",
        default=None,
        history="noticed",
        publish=True,
    )
    kind: InspectionKind | None = declare(
        "巡察类型",
        INSPECTION_KIND,
        "常规巡察、专项巡察、机动巡察、提级巡察、联动巡察、回头看、二次巡察、审计整改",
        default=None,
        history="noticed",
        publish=True,
    )
    audited_by: str | None = declare(
        "审计机关",
        TEXT,
        "审计整改的，写出具审计报告的机关，不写巡察组",
        "县审计局",
        default=None,
        history="noticed",
        publish=True,
    )
    audit_report: str | None = declare(
        "报告文号",
        TEXT,
        "审计整改的，写审计报告的文号",
        "竹审报〔2022〕15号",
        default=None,
        history="noticed",
        publish=True,
    )
    started_on: date | None = declare(
        "巡察开始", DAY, "巡察开始的日期", default=None, history="noticed", publish=True
    )
    ended_on: date | None = declare(
        "巡察结束", DAY, "巡察结束的日期", default=None, history="noticed", publish=True
    )
    feedback_on: date | None = declare(
        "反馈日期",
        DAY,
        "反馈巡察意见的日期；审计整改的，是审计报告的日期",
        default=None,
        history="guarded",
        publish=True,
    )
    identifier: str | None = declare(
        "标识",
        IDENTIFIER,
        "这本台账的标识，别的台账用它指明这里的问题；定了就不再改",
        "2021-县委-县科技局",
        default=None,
        history="guarded",
        publish=False,
    )
    findings_reported: int | None = declare(
        "反馈问题数",
        COUNT,
        "反馈意见里问题的总数；台账与它不同就是错误",
        19,
        default=None,
        history="guarded",
        guards=is_lower,
        publish=True,
    )
    aspect_findings_reported: dict[str, int] = declare(
        "方面问题数",
        COUNTS,
        "反馈意见里各方面的问题数；台账与它不同就是错误",
        {"基层党组织建设": 7},
        default={},
        history="guarded",
        guards=counts_less,
        additions=True,
        publish=True,
        names=(NameKind.ASPECT,),
    )
    concentrated_until: date | None = declare(
        "集中整改截止",
        DEADLINE,
        "集中整改期的最后一天；更晚的延期须由上级批准",
        default=None,
        history="guarded",
        guards=is_later,
        publish=True,
    )
    concentrated_until_basis: str | None = declare(
        "集中整改截止依据",
        TEXT,
        "集中整改截止的依据（文号或规定）",
        "县委巡察办〔2026〕12号",
        default=None,
        history="guarded",
        publish=False,
    )
    plan_due: date | None = declare(
        "整改方案报送截止",
        DEADLINE,
        "整改方案最晚哪天报送；不写就没有",
        default=None,
        history="guarded",
        guards=is_later,
        publish=False,
    )
    plan_due_basis: str | None = declare(
        "整改方案报送截止依据",
        TEXT,
        "整改方案报送截止的依据（文号或规定）",
        "县委巡察办〔2026〕12号",
        default=None,
        history="guarded",
        publish=False,
    )
    report_due: date | None = declare(
        "整改报告报送截止",
        DEADLINE,
        "整改报告（集中整改进展情况报告）最晚哪天报送；不写就没有",
        default=None,
        history="guarded",
        guards=is_later,
        publish=False,
    )
    report_due_basis: str | None = declare(
        "整改报告报送截止依据",
        TEXT,
        "整改报告报送截止的依据（文号或规定）",
        "县委巡察办〔2026〕12号",
        default=None,
        history="guarded",
        publish=False,
    )
    plan: SubmittedPaper | None = declare(
        "整改方案",
        one(SubmittedPaper),
        "整改方案的审议、批准、审核和报送",
        {"会议": "局党组第12次会议", "报送日期": "2021-03-01"},
        default=None,
        history="guarded",
        publish=True,
    )
    report: SubmittedPaper | None = declare(
        "整改报告",
        one(SubmittedPaper),
        "整改报告的审议、批准、审核和报送",
        {"会议": "局党组第20次会议", "报送日期": "2021-05-20"},
        default=None,
        history="guarded",
        publish=True,
    )
    democratic_meeting: DemocraticMeeting | None = declare(
        "专题民主生活会",
        one(DemocraticMeeting),
        "专题民主生活会的日期，或日期和情况",
        "2021-03-20",
        default=None,
        history="guarded",
        publish=True,
    )
    leading_group_head: str | None = declare(
        "领导小组组长",
        TEXT,
        "整改工作领导小组组长（写职务，不写姓名）",
        "局党组书记",
        default=None,
        history="noticed",
        publish=False,
    )
    office: str | None = declare(
        "整改办",
        TEXT,
        "整改工作的办公室设在哪里",
        "局机关党委",
        default=None,
        history="noticed",
        publish=True,
    )
    contact: str | None = declare(
        "联系人",
        TEXT,
        "整改工作的联系人（写职务或部门，不写姓名）；电话写在通报的“联系电话”",
        "局办公室",
        default=None,
        history="noticed",
        publish=True,
    )
    discipline_office: str | None = declare(
        "派驻纪检组",
        TEXT,
        "负责监督的派驻（派出）纪检监察组",
        "县纪委监委派驻第三纪检监察组",
        default=None,
        history="noticed",
        publish=True,
    )
    aspects: tuple[str, ...] = declare(
        "方面",
        TEXTS,
        "反馈意见分的几个方面，按顺序",
        ["贯彻落实党的路线方针政策", "基层党组织建设"],
        default=(),
        history="noticed",
        publish=True,
        names=(NameKind.ASPECT,),
    )
    categories: tuple[str, ...] = declare(
        "问题类别",
        TEXTS,
        "问题分哪几类，供各问题的“问题类别”选用，用于查找共性问题",
        ["制度执行", "财务管理", "作风"],
        default=(),
        history="noticed",
        publish=True,
    )
    warn_days: tuple[int, ...] = declare(
        "预警天数",
        DAYS,
        "离时限几天开始提醒；要写颜色、发至的，写预警等级",
        [20, 10, 3],
        default=(20, 10, 3),
        history="guarded",
        guards=warns_later,
        publish=False,
    )
    warning_levels: tuple[WarningLevel, ...] | None = declare(
        "预警等级",
        checked(list_of(one(WarningLevel)), _require_distinct),
        "各级预警的颜色、天数、发至；不写就按预警天数，写了不再写预警天数",
        [{"等级": "黄色预警", "颜色": "黄", "天数": "10天", "发至": "责任科室"}],
        default=None,
        history="guarded",
        publish=False,
    )
    supervision_period: Period = declare(
        "督查周期",
        PERIOD,
        "多久督查一次；超过没有进展就是进展缓慢",
        default=Period(0, 7),
        history="guarded",
        guards=is_rarer,
        publish=False,
    )
    closing_steps: tuple[Step, ...] = declare(
        "销号程序",
        STEPS,
        "销号要走的步骤，最后一步是批准",
        ["申请", "审核", "批准"],
        ["申请", "初审", "复核", "批准"],
        default=(),
        history="guarded",
        publish=False,
    )
    signatories: dict[Step, tuple[str, ...]] = declare(
        "销号权限",
        SIGNATORIES,
        "各步由谁办理；不在其中的不能办理这一步",
        {"审核": "整改办", "批准": "局党组"},
        default={},
        history="guarded",
        guards=lets_more_sign,
        additions=True,
        publish=False,
        names=_OFFICES,
    )
    reviewers_instead: dict[str, str] = declare(
        "回避",
        SUBSTITUTES,
        "哪个单位申请销号，改由谁审核；分初审、复核的，改由它初审",
        {"办公室": "机关纪委"},
        default={},
        history="guarded",
        guards=recuses_less,
        additions=True,
        publish=False,
        names=_OFFICES,
    )
    decision_period: Period | None = declare(
        "审核期限",
        PERIOD,
        "申请销号以后多久办结；没有写的不算超期",
        default=None,
        history="guarded",
        guards=is_rarer,
        publish=False,
    )
    when_day_off: WhenDayOff = declare(
        "时限逢休",
        one_of(WhenDayOff),
        "时限遇到放假怎么办：不变（默认），顺延到以后的第一个工作日，或提前到以前的最后一个工作日",
        default=WhenDayOff.UNCHANGED,
        history="guarded",
        publish=False,
    )
    sustained_counts: bool = declare(
        "长期坚持计入完成",
        YES_NO,
        "是：整改完成率把基本完成、长期坚持的问题也算作完成",
        default=False,
        history="guarded",
        guards=is_switched_on,
        publish=False,
    )
    evidence_required: bool = declare(
        "销号须佐证",
        YES_NO,
        "是：销号必须有佐证材料",
        default=False,
        history="guarded",
        guards=is_switched_off,
        publish=False,
    )
    time_zone: str = declare(
        "时区",
        TIME_ZONE,
        "台账按哪里的时间算日期",
        default="Asia/Shanghai",
        history="guarded",
        publish=False,
    )
    severities: dict[str, Severity] = declare(
        "规则",
        SEVERITIES,
        "调整检查规则的轻重：代码和 错误、警告、提示、关闭",
        {"T604": "关闭"},
        default={},
        history="guarded",
        publish=False,
    )
    approved_totals: dict[str, str] = declare(
        "经审定数",
        TOTALS,
        "案件一类只能写数的事项，和经审定的数；通报里用 {经审定数}",
        {"立案审查调查": "3人"},
        default={},
        history="guarded",
        guards=says_otherwise,
        additions=True,
        publish=True,
    )
    totals_approved_by: str | None = declare(
        "审定人",
        TEXT,
        "审定这些数的机关或人",
        "县纪委监委",
        default=None,
        history="guarded",
        publish=False,
    )
    totals_approved_on: date | None = declare(
        "审定日期", DAY, "审定的日期", default=None, history="guarded", publish=False
    )
    assessments: tuple[Assessment, ...] = declare(
        "评估",
        list_of(one(Assessment)),
        "上级对整改的评估，只往后追加",
        default=(),
        history="guarded",
        publish=False,
    )
    sign_offs: tuple[SignOff, ...] = declare(
        "签批",
        list_of(one(SignOff)),
        "文件的签批，只往后追加",
        default=(),
        history="guarded",
        publish=False,
    )
    approved_texts: tuple[ApprovedText, ...] = declare(
        "审定稿",
        list_of(one(ApprovedText)),
        "审定的文书，由 zhenggai freeze 写入，只往后追加；以后写出的与最后一份比较",
        default=(),
        history="guarded",
        publish=False,
    )
    renamings: tuple[Renaming, ...] = declare(
        "更名",
        list_of(one(Renaming)),
        "名称在整本台账里的更正，由 zhenggai rename 写入；记录保留原来的名称",
        default=(),
        history="guarded",
        publish=False,
    )
    notice: Notice | None = declare(
        "通报", one(Notice), "通报的文字和写法", default=None, history="noticed", publish=True
    )

    # What is known of days off, the ledger's own included; None where nobody has looked.
    days_off: DaysOff | None = not_in_file(default=None)

    @property
    def name(self) -> str:
        """What papers call the unit in their titles and signatures: one name, declared once."""
        return self.short_name or self.unit or ""

    @property
    def signature(self) -> str:
        """Who signs the notice: the name that its title has, unless it says another (落款).

        A notice that was published without stays without.
        """
        notice = self.notice or Notice()
        return notice.signature or ("" if notice.is_original else self.name)

    @property
    def is_audit(self) -> bool:
        """Whether what is put right was found by an audit."""
        return self.kind is InspectionKind.AUDIT

    @property
    def inspected_by(self) -> str | None:
        """Who looked: the group, of an audit the office that made it."""
        return self.audited_by if self.is_audit else self.group

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must be filled in."""
        return self.REQUIRED_OF_AN_AUDIT if self.is_audit else self.REQUIRED


class OwnDaysOff(Model):
    """A ledger's own days off (节假日.yaml), which go before those of the notices, day by day."""

    off: tuple[tuple[date, ...], ...] = declare(
        "放假",
        SPANS,
        "放假的日期：一天、一段，或用顿号隔开的几天；周六、周日不必写",
        "2026年10月1日至7日",
        ["2026年10月1日至7日", "2026-05-06"],
        default=(),
        history="guarded",
        publish=False,
    )
    worked: tuple[tuple[date, ...], ...] = declare(
        "补班",
        SPANS,
        "补班的周六、周日",
        "2026年1月4日",
        ["2026年2月14日、2月28日"],
        default=(),
        history="guarded",
        publish=False,
    )
