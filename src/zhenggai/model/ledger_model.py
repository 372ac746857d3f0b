"""What a ledger says: models, each field declared with its Chinese key on disk.

The kinds of values are those of `values`; `decoding` makes the models of a file's data. In
`history=`, guarded is what a ledger is judged by (deadlines, states, what was closed and why, the
rules it is kept by), noticed what readers are told and who answers for it, free the working texts;
`publish=` is False for what names who holds or signed what, and for evidence. A title and a
measure may be put in other words, a kind changed where the deadline stays, a rule made stricter:
of these only the other changes are guarded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias

from zhenggai.model.dates import Period
from zhenggai.model.declaration import Model, ValueKind, declare, not_in_file
from zhenggai.model.easing import (
    counts_less,
    is_later,
    is_lower,
    is_rarer,
    is_replaced,
    is_switched_off,
    is_switched_on,
    lets_more_sign,
    recuses_less,
    says_otherwise,
    sets_deadline_otherwise,
    warns_later,
)
from zhenggai.model.notice_settings import Notice
from zhenggai.model.terms import (
    Action,
    Authority,
    Kind,
    Step,
    Verdict,
    WhenDayOff,
    WithdrawalReason,
)
from zhenggai.model.values import (
    COUNT,
    COUNTS,
    DAY,
    DAYS,
    DEADLINE,
    DEPARTMENTS,
    FINDING_KIND,
    INSIDE_PATH,
    LEDGER_FORMAT,
    PERIOD,
    SEVERITIES,
    SHA256,
    SIGNATORIES,
    SPANS,
    STEPS,
    SUBSTITUTES,
    TEXT,
    TEXTS,
    TIME_ZONE,
    TITLE,
    TOTALS,
    YES_NO,
    YUAN,
    list_of,
    one,
    one_of,
    one_or_more,
    the_word,
    told_apart,
)

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhenggai.model.days_off import DaysOff
    from zhenggai.model.problem import Problem
    from zhenggai.model.terms import Severity


class Evidence(Model):
    """A file that shows a measure was carried out (佐证); its path is relative to the ledger."""

    ALONE = "文件"

    path: str = declare(
        "文件",
        INSIDE_PATH,
        "佐证材料的文件，写台账文件夹里的相对路径",
        "佐证/07/签字表.pdf",
        history="guarded",
        publish=False,
    )
    sha256: str | None = declare(
        "校验值",
        SHA256,
        "文件的sha256，由程序写入",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        default=None,
        history="guarded",
        publish=False,
    )


EVIDENCE_FILES = one_or_more(one(Evidence))


class Measure(Model):
    """One step towards putting a finding right (措施).

    `manifestation` says which 具体表现 it answers, counted from 1.
    """

    text: str = declare(
        "内容",
        TEXT,
        "要做什么",
        "完善会议议事决策制度和程序",
        history="guarded",
        guards=is_replaced,
        publish=True,
    )
    due: date | None = declare(
        "时限",
        DEADLINE,
        "这项措施的时限，不晚于整改时限",
        default=None,
        history="guarded",
        publish=True,
    )
    done_on: date | None = declare(
        "完成", DAY, "完成的日期；未完成就不写", default=None, history="guarded", publish=True
    )
    outcome: str | None = declare(
        "成效",
        TEXT,
        "取得的成效，写结果和数字",
        "召开党组会议10次，修订制度3项",
        default=None,
        history="noticed",
        publish=True,
    )
    manifestation: int | None = declare(
        "针对", COUNT, "针对第几项具体表现", 1, default=None, history="noticed", publish=True
    )
    evidence: tuple[Evidence, ...] = declare(
        "佐证",
        EVIDENCE_FILES,
        "佐证材料，一个或几个",
        "佐证/07/会议纪要.pdf",
        default=(),
        history="guarded",
        publish=False,
    )


class _Record(Model):
    on: date = declare("日期", DAY, "发生的日期", history="guarded", publish=True)
    entered_on: date | None = declare(
        "登记日期",
        DAY,
        "补登的日期，由程序写入；逾期、等待和无进展的天数从这一天算",
        default=None,
        history="guarded",
        publish=False,
    )
    by: str | None = declare(
        "经办人", TEXT, "办理的人或部门", "办公室", default=None, history="guarded", publish=False
    )
    note: str | None = declare(
        "情况",
        TEXT,
        "情况说明",
        "会议制度已形成初稿",
        default=None,
        history="guarded",
        publish=False,
    )


class Progress(_Record):
    """进展: the responsible department reports how far it has come."""

    action: Literal[Action.PROGRESS] = declare(
        "事项", the_word(Action.PROGRESS), "发生了什么", history="guarded", publish=True
    )
    note: str = declare(
        "情况", TEXT, "情况说明", "会议制度已形成初稿", history="guarded", publish=False
    )
    cause: str | None = declare(
        "未完成原因",
        TEXT,
        "政策、资金、历史遗留、跨部门、主观，或写明原因；问题逾期的，会写进通报",
        "跨部门",
        default=None,
        history="guarded",
        publish=True,
    )
    next_step: str | None = declare(
        "下步措施",
        TEXT,
        "下一步做什么",
        "征求有关部门意见",
        default=None,
        history="guarded",
        publish=False,
    )
    expected_on: date | None = declare(
        "预计完成", DEADLINE, "预计完成的日期", default=None, history="guarded", publish=False
    )
    to_coordinate: str | None = declare(
        "需协调事项",
        TEXT,
        "需要上级或其他部门协调的事项",
        "评标专家库的使用",
        default=None,
        history="guarded",
        publish=False,
    )
    level: str | None = declare(
        "协调层级",
        TEXT,
        "由哪一级协调",
        "县级",
        default=None,
        history="guarded",
        publish=False,
    )


class Supervision(_Record):
    """督查: a supervisor looked, and this is what was found; it is no progress of its own."""

    action: Literal[Action.SUPERVISION] = declare(
        "事项", the_word(Action.SUPERVISION), "发生了什么", history="guarded", publish=True
    )
    note: str = declare(
        "情况", TEXT, "督查发现的情况", "方案仅有提纲", history="guarded", publish=False
    )
    method: str | None = declare(
        "方式", TEXT, "督查的方式", "现场督查", default=None, history="guarded", publish=False
    )
    requirement: str | None = declare(
        "要求", TEXT, "督查提出的要求", "报送方案", default=None, history="guarded", publish=False
    )
    reply_by: date | None = declare(
        "回复期限", DEADLINE, "要求回复的期限", default=None, history="guarded", publish=False
    )
    disputes: bool = declare(
        "与自报不符",
        YES_NO,
        "是：与责任科室最近一次报告的进展不符，该次进展不算",
        default=False,
        history="guarded",
        publish=False,
    )


class Extension(_Record):
    """延期: the deadline in force moves, for a reason and with approval."""

    action: Literal[Action.EXTENSION] = declare(
        "事项", the_word(Action.EXTENSION), "发生了什么", history="guarded", publish=True
    )
    new_due: date = declare("新时限", DEADLINE, "延期以后的时限", history="guarded", publish=True)
    reason: str = declare("理由", TEXT, "理由", "等待上级批复", history="guarded", publish=False)
    approved_by: str = declare(
        "批准人", TEXT, "批准的机关或人", "局党组", history="guarded", publish=False
    )
    authority: Authority = declare(
        "批准机关级别",
        one_of(Authority),
        "本级（默认）或上级；超过集中整改截止的延期须由上级批准",
        default=Authority.OWN,
        history="guarded",
        publish=False,
    )
    basis: str | None = declare(
        "依据",
        TEXT,
        "批准的文号或会议",
        "局党组会议纪要〔2026〕6号",
        default=None,
        history="guarded",
        publish=False,
    )
    basis_on: date | None = declare(
        "依据日期", DAY, "文件或会议的日期", default=None, history="guarded", publish=False
    )


class Application(_Record):
    """申请销号: the responsible department asks for the finding to be struck off."""

    action: Literal[Action.APPLICATION] = declare(
        "事项", the_word(Action.APPLICATION), "发生了什么", history="guarded", publish=True
    )
    partial: str | None = declare(
        "部分申请理由",
        TEXT,
        "措施没有全部完成就申请销号的理由",
        "1座水库的治理须汛后实施",
        default=None,
        history="guarded",
        publish=False,
    )
    evidence: tuple[Evidence, ...] = declare(
        "佐证",
        EVIDENCE_FILES,
        "佐证材料，一个或几个",
        "佐证/07/会议纪要.pdf",
        default=(),
        history="guarded",
        publish=False,
    )


class Review(_Record):
    """审核: the application was looked through and passed on."""

    action: Literal[Action.REVIEW] = declare(
        "事项", the_word(Action.REVIEW), "发生了什么", history="guarded", publish=True
    )
    step: Step = declare(
        "环节",
        one_of(Step),
        "销号程序中的哪一步：审核（默认）、初审或复核",
        default=Step.REVIEW,
        history="guarded",
        publish=False,
    )


class Closing(_Record):
    """销号: the finding is struck off."""

    action: Literal[Action.CLOSING] = declare(
        "事项", the_word(Action.CLOSING), "发生了什么", history="guarded", publish=True
    )
    approved_by: str = declare(
        "批准人", TEXT, "批准的人或组织", "局党组", history="guarded", publish=False
    )
    evidence: tuple[Evidence, ...] = declare(
        "佐证",
        EVIDENCE_FILES,
        "佐证材料，一个或几个",
        "佐证/07/会议纪要.pdf",
        default=(),
        history="guarded",
        publish=False,
    )


class Return(_Record):
    """退回: what was handed in does not do; the finding goes back to work."""

    action: Literal[Action.RETURN] = declare(
        "事项", the_word(Action.RETURN), "发生了什么", history="guarded", publish=True
    )
    reason: str = declare("理由", TEXT, "理由", "佐证材料不全", history="guarded", publish=False)


class Reopening(_Record):
    """重开: a closed finding is open again; its earlier closing stays in the journal."""

    action: Literal[Action.REOPENING] = declare(
        "事项", the_word(Action.REOPENING), "发生了什么", history="guarded", publish=True
    )
    reason: str = declare(
        "理由", TEXT, "理由", "回头看发现问题反弹", history="guarded", publish=False
    )
    new_due: date | None = declare(
        "新时限", DEADLINE, "重开以后的时限", default=None, history="guarded", publish=True
    )


class Recognition(_Record):
    """认定: the authority above accepts the unit's own closing, or does not."""

    action: Literal[Action.RECOGNITION] = declare(
        "事项", the_word(Action.RECOGNITION), "发生了什么", history="guarded", publish=True
    )
    authority: str = declare(
        "单位", TEXT, "认定的单位", "县委巡察办", history="guarded", publish=False
    )
    verdict: Verdict = declare(
        "结论", one_of(Verdict), "认可，或不认可退回", history="guarded", publish=False
    )
    basis: str | None = declare(
        "依据",
        TEXT,
        "认定的文号或会议",
        "县委巡察办函〔2026〕12号",
        default=None,
        history="guarded",
        publish=False,
    )


class Withdrawal(_Record):
    """撤销登记: the finding was entered twice or by mistake and counts no longer."""

    action: Literal[Action.WITHDRAWAL] = declare(
        "事项", the_word(Action.WITHDRAWAL), "发生了什么", history="guarded", publish=True
    )
    reason: WithdrawalReason = declare(
        "理由", one_of(WithdrawalReason), "重复登记或误登", history="guarded", publish=False
    )
    merged_into: str | None = declare(
        "并入", TEXT, "并入哪个问题（编号）", "07", default=None, history="guarded", publish=False
    )
    basis: str | None = declare(
        "依据",
        TEXT,
        "撤销登记的依据（文号或会议）",
        "县委巡察办函〔2026〕12号",
        default=None,
        history="guarded",
        publish=False,
    )


RECORDS: dict[Action, type[Record]] = {
    Action.PROGRESS: Progress,
    Action.SUPERVISION: Supervision,
    Action.EXTENSION: Extension,
    Action.APPLICATION: Application,
    Action.REVIEW: Review,
    Action.CLOSING: Closing,
    Action.RETURN: Return,
    Action.REOPENING: Reopening,
    Action.RECOGNITION: Recognition,
    Action.WITHDRAWAL: Withdrawal,
}
Record: TypeAlias = (
    Progress
    | Supervision
    | Extension
    | Application
    | Review
    | Closing
    | Return
    | Reopening
    | Recognition
    | Withdrawal
)
RECORD: ValueKind[Record] = told_apart(RECORDS, "事项")


class Finding(Model):
    """One thing the inspection found (问题): what is to be done, and below it what happened."""

    title: str = declare(
        "问题",
        TITLE,
        "问题的名称，照抄反馈意见",
        "存在以会议落实会议现象",
        history="guarded",
        guards=is_replaced,
        publish=True,
    )
    aspect: str | None = declare(
        "方面",
        TEXT,
        "归在哪个方面",
        "贯彻落实党的路线方针政策",
        default=None,
        history="noticed",
        publish=True,
    )
    kind: Kind = declare(
        "类型",
        FINDING_KIND,
        "立行立改、限期整改（默认）或长期坚持",
        default=Kind.FIXED_TERM,
        history="guarded",
        guards=sets_deadline_otherwise,
        publish=True,
    )
    manifestations: tuple[str, ...] = declare(
        "具体表现",
        TEXTS,
        "问题的具体表现",
        ["会议多", "会后不落实"],
        default=(),
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    goal: str | None = declare(
        "整改目标",
        TEXT,
        "整改要达到的目标",
        "会议减少三成，议定事项件件落实",
        default=None,
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    leader: str | None = declare(
        "责任领导",
        TEXT,
        "责任领导（写职务）",
        "分管领导",
        default=None,
        history="noticed",
        publish=False,
    )
    departments: tuple[str, ...] = declare(
        "责任科室",
        DEPARTMENTS,
        "责任科室；几个科室用列表或顿号",
        "办公室",
        ["办公室", "人事科"],
        default=(),
        history="noticed",
        publish=False,
    )
    owner: str | None = declare(
        "责任人",
        TEXT,
        "责任人（写职务）",
        "办公室负责人",
        default=None,
        history="noticed",
        publish=False,
    )
    due: date | None = declare(
        "整改时限",
        DEADLINE,
        "整改的最后期限，当天不算逾期",
        default=None,
        history="guarded",
        publish=True,
        column=False,
    )
    review_every: Period | None = declare(
        "复核周期",
        PERIOD,
        "长期坚持的问题多久复核一次",
        default=None,
        history="guarded",
        publish=True,
        column=False,
        slot=False,
    )
    measures: tuple[Measure, ...] = declare(
        "措施",
        list_of(one(Measure)),
        "整改措施",
        default=(),
        history="guarded",
        publish=True,
        column=False,
    )
    rules: tuple[str, ...] = declare(
        "建章立制",
        TEXTS,
        "建立或修订的制度",
        ["《会议议事规则》"],
        default=(),
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    money: Decimal | None = declare(
        "清退资金",
        YUAN,
        "清退的资金，数字加单位",
        default=None,
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    people: dict[str, int] = declare(
        "处理人员",
        COUNTS,
        "处理方式和人数，不写姓名",
        {"提醒谈话": 3},
        default={},
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    public: bool = declare(
        "公开",
        YES_NO,
        "否：不写进通报，数字照样计入",
        default=True,
        history="guarded",
        guards=is_switched_off,
        publish=False,
        slot=False,
    )
    private_reason: str | None = declare(
        "不公开理由",
        TEXT,
        "不公开的理由",
        "涉及工作秘密",
        default=None,
        history="noticed",
        publish=False,
        column=False,
        slot=False,
    )
    private_approved_by: str | None = declare(
        "不公开批准人",
        TEXT,
        "批准不公开的机关或人",
        "局党组",
        default=None,
        history="noticed",
        publish=False,
        column=False,
        slot=False,
    )
    private_approved_on: date | None = declare(
        "不公开批准日期",
        DAY,
        "批准不公开的日期",
        default=None,
        history="noticed",
        publish=False,
        column=False,
        slot=False,
    )
    remaining: str | None = declare(
        "剩余事项",
        TEXT,
        "基本完成以后还要做的事",
        "每季度对学习情况开展一次抽查",
        default=None,
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    remaining_due: date | None = declare(
        "剩余事项时限",
        DEADLINE,
        "剩余事项的时限",
        default=None,
        history="guarded",
        publish=True,
        column=False,
        slot=False,
    )
    notice_lead: str | None = declare(
        "通报导语",
        TEXT,
        "通报里写在措施之前的话",
        "局党组高度重视，立即研究整改措施。",
        default=None,
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    records: tuple[Record, ...] = declare(
        "记录",
        list_of(RECORD),
        "发生过的事，只往后追加",
        default=(),
        history="guarded",
        publish=False,
        column=False,
    )

    # The file's stem, not a key inside it: a finding cannot disagree with its own file name.
    id: str = not_in_file(default="")

    @property
    def number(self) -> int:
        """The number as a person says it: finding 7."""
        return int(self.id)

    @property
    def file_name(self) -> str:
        """The finding's file inside its ledger."""
        return f"{self.id}.yaml"


class Inspection(Model):
    """Who inspected whom and when, and how this ledger is kept (inspection.yaml).

    Nothing is required here so that one slip in this file never hides the findings; what must
    be filled in is REQUIRED, and its absence is a problem.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("被巡察单位", "巡察组", "反馈日期")

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
    group: str | None = declare(
        "巡察组",
        TEXT,
        "巡察组的全称",
        "县委第一巡察组",
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
        "反馈日期", DAY, "反馈巡察意见的日期", default=None, history="guarded", publish=True
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
    aspects: tuple[str, ...] = declare(
        "方面",
        TEXTS,
        "反馈意见分的几个方面，按顺序",
        ["贯彻落实党的路线方针政策", "基层党组织建设"],
        default=(),
        history="noticed",
        publish=True,
    )
    warn_days: tuple[int, ...] = declare(
        "预警天数",
        DAYS,
        "离时限几天开始提醒",
        [20, 10, 3],
        default=(20, 10, 3),
        history="guarded",
        guards=warns_later,
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
    notice: Notice | None = declare(
        "通报", one(Notice), "通报的文字和写法", default=None, history="noticed", publish=True
    )

    # What is known of days off, the ledger's own included; None where nobody has looked.
    days_off: DaysOff | None = not_in_file(default=None)


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


class Ledger(NamedTuple):
    """One folder read: its inspection, its findings by number, and the files that would not read.

    `folder` is the folder as the user can open it, `name` its last part; `unreadable` holds the
    names of finding files that carry errors and are therefore in no other count, `problems`
    everything that is wrong with the files.
    """

    name: str
    folder: str
    inspection: Inspection
    findings: tuple[Finding, ...]
    unreadable: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
