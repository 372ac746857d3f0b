"""The records of a finding (记录), a model for each 事项, and the evidence handed in (佐证)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from zhenggai.model.declaration import Model, ValueKind, declare
from zhenggai.model.terms import (
    Action,
    Authority,
    Post,
    RecheckResult,
    Step,
    Verdict,
    WithdrawalReason,
)
from zhenggai.model.values import (
    COUNT,
    DAY,
    DEADLINE,
    INSIDE_PATH,
    SHA256,
    TEXT,
    YES_NO,
    one,
    one_of,
    one_or_more,
    the_word,
    told_apart,
)

if TYPE_CHECKING:
    from datetime import date


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
    """延期: the deadline in force moves, for a reason and with approval.

    That of the finding, or of one measure alone (`measure`, counted from 1).
    """

    action: Literal[Action.EXTENSION] = declare(
        "事项", the_word(Action.EXTENSION), "发生了什么", history="guarded", publish=True
    )
    new_due: date = declare("新时限", DEADLINE, "延期以后的时限", history="guarded", publish=True)
    measure: int | None = declare(
        "措施",
        COUNT,
        "只延第几项措施的时限；不写就是问题的整改时限",
        2,
        default=None,
        history="guarded",
        publish=True,
    )
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


class Urging(_Record):
    """督办: somebody above presses for the work to be done; it is no visit and no progress.

    How grave it is has no closed set of words: 提醒, 督办 and 约谈 are usual, and authorities have
    grades of their own.
    """

    action: Literal[Action.URGING] = declare(
        "事项", the_word(Action.URGING), "发生了什么", history="guarded", publish=True
    )
    grade: str | None = declare(
        "等级",
        TEXT,
        "督办的等级：提醒、督办、约谈，或督办单位自己的等级",
        "督办",
        default=None,
        history="guarded",
        publish=False,
    )
    number: str | None = declare(
        "文号",
        TEXT,
        "督办文件的文号",
        "整改办督〔2026〕3号",
        default=None,
        history="guarded",
        publish=False,
    )
    sent_to: str = declare("发至", TEXT, "督办发给谁", "办公室", history="guarded", publish=False)
    reply_by: date | None = declare(
        "回复期限", DEADLINE, "要求回复的期限", default=None, history="guarded", publish=False
    )
    replied_on: date | None = declare(
        "回复日期",
        DAY,
        "回复的日期；收到回复以前不写，以后只填写一次",
        default=None,
        history="guarded",
        publish=False,
    )


class Recheck(_Record):
    """复查: a closed finding is looked at once more; what is found never changes its stage."""

    action: Literal[Action.RECHECK] = declare(
        "事项", the_word(Action.RECHECK), "发生了什么", history="guarded", publish=True
    )
    checked_by: str = declare(
        "核查人",
        TEXT,
        "核查的单位或人（写职务）",
        "县委巡察办",
        history="guarded",
        publish=False,
    )
    result: RecheckResult = declare(
        "结论",
        one_of(RecheckResult),
        "到位、基本到位、不到位或反弹",
        history="guarded",
        publish=False,
    )
    evidence: tuple[Evidence, ...] = declare(
        "佐证",
        EVIDENCE_FILES,
        "佐证材料，一个或几个",
        "佐证/07/复查照片.jpg",
        default=(),
        history="guarded",
        publish=False,
    )
    sham: bool = declare(
        "虚假整改",
        YES_NO,
        "是：已认定为虚假整改，须写认定单位和依据",
        default=False,
        history="guarded",
        publish=False,
    )
    established_by: str | None = declare(
        "认定单位",
        TEXT,
        "认定虚假整改的单位",
        "县纪委监委",
        default=None,
        history="guarded",
        publish=False,
    )
    basis: str | None = declare(
        "依据",
        TEXT,
        "认定虚假整改的文号或会议",
        "县纪委监委函〔2026〕5号",
        default=None,
        history="guarded",
        publish=False,
    )


class Correction(_Record):
    """更正: a record was wrong, counts no longer from this day on, and stays to be read."""

    action: Literal[Action.CORRECTION] = declare(
        "事项", the_word(Action.CORRECTION), "发生了什么", history="guarded", publish=True
    )
    corrects: int = declare(
        "第几条",
        COUNT,
        "更正的是第几条记录，从1数起；那一条从此不算",
        3,
        history="guarded",
        publish=False,
    )
    reason: str = declare(
        "理由", TEXT, "理由", "登记到了其他问题", history="guarded", publish=False
    )


class Handover(_Record):
    """交接: another person holds the finding from this day on."""

    action: Literal[Action.HANDOVER] = declare(
        "事项", the_word(Action.HANDOVER), "发生了什么", history="guarded", publish=True
    )
    post: Post = declare(
        "职责",
        one_of(Post),
        "交接的是责任人（默认）还是责任领导",
        default=Post.OWNER,
        history="guarded",
        publish=False,
    )
    giver: str = declare(
        "从", TEXT, "原来由谁负责（写职务）", "财务科科长", history="guarded", publish=False
    )
    taker: str = declare(
        "到", TEXT, "从这一天起由谁负责（写职务）", "财务科副科长", history="guarded", publish=False
    )


class Splitting(_Record):
    """拆分: part of the finding is a finding of its own from this day on."""

    action: Literal[Action.SPLITTING] = declare(
        "事项", the_word(Action.SPLITTING), "发生了什么", history="guarded", publish=True
    )
    new_id: str = declare(
        "新编号", TEXT, "拆出的问题的编号", "20", history="guarded", publish=False
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
    Action.URGING: Urging,
    Action.RECHECK: Recheck,
    Action.CORRECTION: Correction,
    Action.HANDOVER: Handover,
    Action.SPLITTING: Splitting,
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
    | Urging
    | Recheck
    | Correction
    | Handover
    | Splitting
)
RECORD: ValueKind[Record] = told_apart(RECORDS, "事项")
