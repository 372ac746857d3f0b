"""What a ledger says: frozen pydantic models whose aliases are the Chinese keys on disk."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Field,
    PositiveInt,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from zhenggai.core.dates import Period
from zhenggai.core.fields import (
    BAD_CHOICE,
    Day,
    Departments,
    Every,
    InsidePath,
    Model,
    OneOrMore,
    Text,
    TextOrModel,
    Texts,
    YesNo,
    Yuan,
    Zone,
    fault,
)
from zhenggai.core.notice import Notice
from zhenggai.core.terms import Action, Kind, Severity, Step


class Evidence(TextOrModel, Model):
    """A file that shows a measure was carried out (佐证); its path is relative to the ledger."""

    ALONE: ClassVar = "文件"

    path: InsidePath = Field(
        alias="文件",
        description="佐证文件,写台账文件夹里的相对路径",
        examples=["佐证/07/签字表.pdf"],
    )
    sha256: (
        Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")] | None
    ) = Field(
        default=None,
        alias="校验值",
        description="文件的sha256,由程序写入",
        examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    )

    @model_validator(mode="before")
    @classmethod
    def _path_alone(cls, value: Any) -> Any:
        return {"文件": value} if isinstance(value, str) else value


EvidenceFiles: TypeAlias = Annotated[tuple[Evidence, ...], OneOrMore()]


class Measure(Model):
    """One step towards putting a finding right (措施).

    `manifestation` says which 具体表现 it answers, counted from 1.
    """

    text: Text = Field(
        alias="内容", description="要做什么", examples=["完善会议议事决策制度和程序"]
    )
    due: Day | None = Field(default=None, alias="时限", description="这项措施的时限,不晚于整改时限")
    done_on: Day | None = Field(default=None, alias="完成", description="完成的日期;没有完成就不写")
    outcome: Text | None = Field(
        default=None,
        alias="成效",
        description="取得的成效,写结果和数字",
        examples=["召开党组会议10次,修订制度3项"],
    )
    manifestation: PositiveInt | None = Field(
        default=None, alias="针对", description="针对第几项具体表现", examples=[1]
    )
    evidence: EvidenceFiles = Field(
        default=(),
        alias="佐证",
        description="佐证文件,一个或几个",
        examples=["佐证/07/会议纪要.pdf"],
    )


class _Record(Model):
    on: Day = Field(alias="日期", description="发生的日期")
    by: Text | None = Field(
        default=None, alias="经办人", description="办理的人或部门", examples=["办公室"]
    )
    note: Text | None = Field(
        default=None, alias="情况", description="情况说明", examples=["会议制度已形成初稿"]
    )


class Supervision(_Record):
    """督查: someone looked, and this is what they saw."""

    action: Literal[Action.SUPERVISION] = Field(alias="事项", description="发生了什么")
    note: Text = Field(alias="情况", description="情况说明", examples=["会议制度已形成初稿"])


class Extension(_Record):
    """延期: the deadline in force moves, for a reason and with approval."""

    action: Literal[Action.EXTENSION] = Field(alias="事项", description="发生了什么")
    new_due: Day = Field(alias="新时限", description="延期以后的时限")
    reason: Text = Field(alias="理由", description="理由", examples=["等待上级批复"])
    approved_by: Text = Field(alias="批准人", description="批准的人或组织", examples=["局党组"])


class Application(_Record):
    """申请销号: the responsible department asks for the finding to be struck off."""

    action: Literal[Action.APPLICATION] = Field(alias="事项", description="发生了什么")
    evidence: EvidenceFiles = Field(
        default=(),
        alias="佐证",
        description="佐证文件,一个或几个",
        examples=["佐证/07/会议纪要.pdf"],
    )


class Review(_Record):
    """审核: the application was looked through and passed on."""

    action: Literal[Action.REVIEW] = Field(alias="事项", description="发生了什么")


class Closing(_Record):
    """销号: the finding is struck off."""

    action: Literal[Action.CLOSING] = Field(alias="事项", description="发生了什么")
    approved_by: Text = Field(alias="批准人", description="批准的人或组织", examples=["局党组"])
    evidence: EvidenceFiles = Field(
        default=(),
        alias="佐证",
        description="佐证文件,一个或几个",
        examples=["佐证/07/会议纪要.pdf"],
    )


class Return(_Record):
    """退回: what was handed in does not do; the finding goes back to work."""

    action: Literal[Action.RETURN] = Field(alias="事项", description="发生了什么")
    reason: Text = Field(alias="理由", description="理由", examples=["佐证不全"])


class Reopening(_Record):
    """重开: a closed finding is open again; its earlier closing stays in the journal."""

    action: Literal[Action.REOPENING] = Field(alias="事项", description="发生了什么")
    reason: Text = Field(alias="理由", description="理由", examples=["回头看发现问题反弹"])


RECORDS: dict[Action, type[_Record]] = {
    Action.SUPERVISION: Supervision,
    Action.EXTENSION: Extension,
    Action.APPLICATION: Application,
    Action.REVIEW: Review,
    Action.CLOSING: Closing,
    Action.RETURN: Return,
    Action.REOPENING: Reopening,
}
Record: TypeAlias = Annotated[
    Supervision | Extension | Application | Review | Closing | Return | Reopening,
    Field(discriminator="action"),
]


class Finding(Model):
    """One thing the inspection found (问题): what is to be done, and below it what happened."""

    title: Text = Field(
        alias="问题", description="问题的名称,照抄反馈意见", examples=["存在以会议落实会议现象"]
    )
    aspect: Text | None = Field(
        default=None,
        alias="方面",
        description="归在哪个方面",
        examples=["贯彻落实党的路线方针政策"],
    )
    kind: Kind = Field(
        default=Kind.FIXED_TERM, alias="类型", description="立行立改、限期整改(默认)或长期坚持"
    )
    manifestations: Texts = Field(
        default=(),
        alias="具体表现",
        description="问题的具体表现",
        examples=[["会议多", "会后不落实"]],
    )
    goal: Text | None = Field(
        default=None,
        alias="整改目标",
        description="整改要达到的目标",
        examples=["会议减少三成,议定事项件件落实"],
    )
    leader: Text | None = Field(
        default=None, alias="责任领导", description="责任领导(写职务)", examples=["分管领导"]
    )
    departments: Departments = Field(
        default=(),
        alias="责任科室",
        description="责任科室;几个科室用列表或顿号",
        examples=["办公室", ["办公室", "人事科"]],
    )
    owner: Text | None = Field(
        default=None, alias="责任人", description="责任人(写职务)", examples=["办公室负责人"]
    )
    due: Day | None = Field(
        default=None, alias="整改时限", description="整改的最后期限,当天不算逾期"
    )
    review_every: Every | None = Field(
        default=None, alias="复核周期", description="长期坚持的问题多久复核一次"
    )
    measures: tuple[Measure, ...] = Field(default=(), alias="措施", description="整改措施")
    rules: Texts = Field(
        default=(),
        alias="建章立制",
        description="建立或修订的制度",
        examples=[["《会议议事规则》"]],
    )
    money: Yuan | None = Field(default=None, alias="清退资金", description="清退的资金,数字加单位")
    people: dict[Text, PositiveInt] = Field(
        default={},
        alias="处理人员",
        description="处理方式和人数,不写姓名",
        examples=[{"提醒谈话": 3}],
    )
    public: YesNo = Field(default=True, alias="公开", description="否:不写进通报")
    private_reason: Text | None = Field(
        default=None, alias="不公开理由", description="不公开的理由", examples=["涉及工作秘密"]
    )
    notice_lead: Text | None = Field(
        default=None,
        alias="通报导语",
        description="通报里写在措施之前的话",
        examples=["局党组高度重视,立即研究整改措施。"],
    )
    records: tuple[Record, ...] = Field(
        default=(), alias="记录", description="发生过的事,只往后追加"
    )

    # The file's stem, not a key inside it: a finding cannot disagree with its own file name.
    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        """The number as the file is named, leading zeros included."""
        return self._id

    @property
    def number(self) -> int:
        """The number as a person says it: finding 7."""
        return int(self._id)

    @property
    def file_name(self) -> str:
        """The finding's file inside its ledger."""
        return f"{self._id}.yaml"

    def named(self, stem: str) -> "Finding":
        """Give this finding the id its file name says."""
        finding = self.model_copy()
        finding._id = stem  # noqa: SLF001 - its own private attribute, on a fresh copy
        return finding


def _ends_in_approval(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    in_order = tuple(step for step in Step if step in steps)
    if steps and (steps != in_order or steps[-1] is not Step.APPROVAL):
        raise fault(
            BAD_CHOICE,
            f"“{'、'.join(steps)}”的次序不对",
            "按 申请、审核、批准 的次序写,每步一次,最后一步是批准",
        )
    return steps


class Inspection(Model):
    """Who inspected whom and when, and how this ledger is kept (inspection.yaml).

    Nothing is required here so that one slip in this file never hides the findings; what must
    be filled in is REQUIRED, and its absence is a problem.
    """

    REQUIRED: ClassVar = ("被巡察单位", "巡察组", "反馈日期")

    unit: Text | None = Field(
        default=None, alias="被巡察单位", description="被巡察的党组织", examples=["县科技局党组"]
    )
    group: Text | None = Field(
        default=None, alias="巡察组", description="巡察组的全称", examples=["县委第一巡察组"]
    )
    started_on: Day | None = Field(default=None, alias="巡察开始", description="巡察开始的日期")
    ended_on: Day | None = Field(default=None, alias="巡察结束", description="巡察结束的日期")
    feedback_on: Day | None = Field(
        default=None, alias="反馈日期", description="反馈巡察意见的日期"
    )
    aspects: Texts = Field(
        default=(),
        alias="方面",
        description="反馈意见分的几个方面,按顺序",
        examples=[["贯彻落实党的路线方针政策", "基层党组织建设"]],
    )
    warn_days: Annotated[tuple[Annotated[int, Field(ge=0, le=3660)], ...], OneOrMore()] = Field(
        default=(20, 10, 3),
        alias="预警天数",
        description="离时限几天开始提醒",
        examples=[[20, 10, 3]],
    )
    supervision_period: Every = Field(
        default=Period(0, 7), alias="督查周期", description="多久督查一次;超过没有进展就是久未更新"
    )
    closing_steps: Annotated[tuple[Step, ...], OneOrMore(), AfterValidator(_ends_in_approval)] = (
        Field(
            default=(),
            alias="销号程序",
            description="销号要走的步骤,最后一步是批准",
            examples=[["申请", "审核", "批准"]],
        )
    )
    evidence_required: YesNo = Field(
        default=False, alias="销号须佐证", description="是:销号必须有佐证"
    )
    time_zone: Zone = Field(
        default=ZoneInfo("Asia/Shanghai"), alias="时区", description="台账按哪里的时间算日期"
    )
    severities: dict[Text, Severity] = Field(
        default={},
        alias="规则",
        description="调整检查规则的轻重:代码和 错误、警告、提示、关闭",
        examples=[{"T604": "关闭"}],
    )
    notice: Notice | None = Field(default=None, alias="通报", description="通报的文字和写法")


@dataclass(frozen=True, slots=True)
class Ledger:
    """One folder read: its inspection, its findings by number, and the files that would not read.

    `folder` is the folder as the user can open it, `name` its last part; `unreadable` holds the
    names of finding files that carry errors and are therefore in no other count.
    """

    name: str
    folder: str
    inspection: Inspection
    findings: tuple[Finding, ...]
    unreadable: tuple[str, ...] = ()
