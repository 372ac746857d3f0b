"""The words of the field: the Chinese term is the value, the identifier is the member's name."""

from enum import Enum


class Term(str, Enum):
    """A closed set of words; on disk and on screen the Chinese value, in JSON `identifier`."""

    __str__ = str.__str__  # the word itself, in every Python's format()

    @property
    def identifier(self) -> str:
        """The English word of code and JSON output."""
        return self.name.lower()


class Edition(Term):
    """For whom a notice is (版本): with a number, addressees and a record of printing, or none."""

    INSIDE_PARTY = "党内"
    PUBLIC = "社会"


class Kind(Term):
    """How a finding is to be put right (类型)."""

    IMMEDIATE = "立行立改"
    FIXED_TERM = "限期整改"
    LONG_TERM = "长期坚持"


class InspectionKind(Term):
    """What kind of inspection it was (巡察类型)."""

    ROUTINE = "常规巡察"
    SPECIAL = "专项巡察"
    MOBILE = "机动巡察"
    ELEVATED = "提级巡察"
    JOINT = "联动巡察"
    LOOK_BACK = "回头看"
    REPEATED = "二次巡察"
    AUDIT = "审计整改"

    @property
    def words(self) -> str:
        """What it is called in a sentence: who inspected, and behind it 巡察“回头看” or 审计."""
        return {InspectionKind.LOOK_BACK: "巡察“回头看”", InspectionKind.AUDIT: "审计"}.get(
            self, self.value
        )


class Source(Term):
    """Where a finding comes from (来源); the notice is about those of the feedback."""

    FEEDBACK = "反馈意见"
    ON_THE_SPOT = "立行立改通知书"
    PETITION = "信访交办"
    SUPERVISOR = "上级督查"


class Stage(Term):
    """How far a finding has come; derived from its measures and journal, never stored."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "整改中"
    AWAITING_APPLICATION = "待申请销号"
    AWAITING_REVIEW = "待审核"
    AWAITING_APPROVAL = "待批准"
    SUSTAINED = "基本完成"
    CLOSED = "已销号"


class Progression(Term):
    """How far a manifestation has come; derived from the measures for it, never stored."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "整改中"
    DONE = "已完成"


class Timing(Term):
    """Where a finding stands against its deadline in force; derived, never stored."""

    NORMAL = "正常"
    STALE = "进展缓慢"
    DUE_SOON = "临期"
    OVERDUE = "逾期"


class Action(Term):
    """What a journal record says happened (事项)."""

    PROGRESS = "进展"
    SUPERVISION = "督查"
    EXTENSION = "延期"
    APPLICATION = "申请销号"
    REVIEW = "审核"
    CLOSING = "销号"
    RETURN = "退回"
    REOPENING = "重开"
    RECOGNITION = "认定"
    WITHDRAWAL = "撤销登记"
    URGING = "督办"
    RECHECK = "复查"
    CORRECTION = "更正"
    HANDOVER = "交接"
    SPLITTING = "拆分"


CORRECTABLE = frozenset(
    {
        Action.PROGRESS,
        Action.SUPERVISION,
        Action.EXTENSION,
        Action.WITHDRAWAL,
        Action.HANDOVER,
        Action.URGING,
        Action.RECHECK,
    }
)
"""What a correction may take back: what can only come to more lateness, or is seen, without it.

The steps of the procedure, returns and reopenings have ways back of their own, and the word of the
authority above is followed by its next one.
"""


class NameKind(Term):
    """What a name is of that may be corrected all over a ledger (更名)."""

    DEPARTMENT = "责任科室"
    LEADER = "责任领导"
    OWNER = "责任人"
    ASPECT = "方面"


ROLES = ("责任科室", "配合科室", "责任人", "责任领导", "领办")
"""The words of 发至 in the table of warnings that mean a finding's own, and are no names."""


class Post(Term):
    """Which of a finding's two persons a handover is about (职责)."""

    OWNER = "责任人"
    LEADER = "责任领导"


class Step(Term):
    """A signature that a ledger's closing procedure (销号程序) may ask for."""

    APPLICATION = "申请"
    REVIEW = "审核"
    FIRST_REVIEW = "初审"
    SECOND_REVIEW = "复核"
    APPROVAL = "批准"


def is_procedure(steps: tuple[Step, ...]) -> bool:
    """Whether steps can be gone through: none at all, or each once, in order, to approval."""
    in_order = tuple(step for step in Step if step in steps)
    return not steps or (steps == in_order and steps[-1] is Step.APPROVAL)


AWAITING = (Stage.AWAITING_APPLICATION, Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL)
"""The stages in which all that is left is to strike the finding off (待销号)."""


class Cause(Term):
    """Why a finding is not done yet (未完成原因); a ledger may use words of its own."""

    POLICY = "政策"
    FUNDS = "资金"
    LEGACY = "历史遗留"
    OTHER_DEPARTMENTS = "跨部门"
    OWN_EFFORT = "主观"


class Verdict(Term):
    """What the authority above says of a closed finding (认定)."""

    ACCEPTED = "认可"
    REJECTED = "不认可退回"


class RecheckResult(Term):
    """What was found when a closed finding was looked at once more (复查)."""

    IN_PLACE = "到位"
    MOSTLY = "基本到位"
    NOT_IN_PLACE = "不到位"
    REBOUND = "反弹"

    @property
    def is_adverse(self) -> bool:
        """Whether the finding asks for being opened again."""
        return self in (RecheckResult.NOT_IN_PLACE, RecheckResult.REBOUND)


class Relation(Term):
    """How a finding goes on from one of an earlier round (关系)."""

    REPEATED = "屡改屡犯"
    UNFINISHED = "未整改到位"
    NEW_FORM = "新表现"


class Authority(Term):
    """Whether an extension was granted by the unit's own authority or by the one above."""

    OWN = "本级"
    ABOVE = "上级"


class WithdrawalReason(Term):
    """Why a finding is taken out of the ledger's totals (撤销登记)."""

    DUPLICATE = "重复登记"
    MISTAKE = "误登"


class WhenDayOff(Term):
    """What becomes of a deadline that falls on a day off (时限逢休)."""

    UNCHANGED = "不变"
    LATER = "顺延"
    EARLIER = "提前"


class Colour(Term):
    """The colour of a level of warning (预警等级), the gravest first; what is in time has none."""

    RED = "红"
    ORANGE = "橙"
    YELLOW = "黄"
    BLUE = "蓝"


class FiguresOver(Term):
    """Over which findings a notice states its totals (通报口径)."""

    ALL = "全部"
    PUBLIC = "公开"


class Severity(Term):
    """How grave a problem is; OFF silences a rule in one ledger."""

    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"
    OFF = "关闭"


class Grouping(Term):
    """What a progress table has one row for (`status --by`)."""

    ASPECT = "方面"
    DEPARTMENT = "责任科室"
    LEADER = "责任领导"
    OWNER = "责任人"
    KIND = "类型"
    CATEGORY = "问题类别"
    LEDGER = "台账"
