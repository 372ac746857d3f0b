"""The words of the field: the Chinese term is the value, the identifier is the member's name."""

from enum import Enum


class Term(str, Enum):
    """A closed set of words; on disk and on screen the Chinese value, in JSON `identifier`."""

    __str__ = str.__str__  # the word itself, in every Python's format()

    @property
    def identifier(self) -> str:
        """The English word of code and JSON output."""
        return self.name.lower()


class Kind(Term):
    """How a finding is to be put right (类型)."""

    IMMEDIATE = "立行立改"
    FIXED_TERM = "限期整改"
    LONG_TERM = "长期坚持"


class Stage(Term):
    """How far a finding has come; derived from its measures and journal, never stored."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "整改中"
    AWAITING_CLOSING = "待销号"
    SUSTAINED = "基本完成"
    CLOSED = "已销号"


class Timing(Term):
    """Where a finding stands against its deadline in force; derived, never stored."""

    NORMAL = "正常"
    STALE = "进展缓慢"
    DUE_SOON = "临期"
    OVERDUE = "逾期"


class Action(Term):
    """What a journal record says happened (事项)."""

    SUPERVISION = "督查"
    EXTENSION = "延期"
    APPLICATION = "申请销号"
    REVIEW = "审核"
    CLOSING = "销号"
    RETURN = "退回"
    REOPENING = "重开"


class Step(Term):
    """A signature that a ledger's closing procedure (销号程序) may ask for."""

    APPLICATION = "申请"
    REVIEW = "审核"
    APPROVAL = "批准"


def is_procedure(steps: tuple[Step, ...]) -> bool:
    """Whether steps can be gone through: none at all, or each once, in order, to approval."""
    in_order = tuple(step for step in Step if step in steps)
    return not steps or (steps == in_order and steps[-1] is Step.APPROVAL)


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
    LEDGER = "台账"
