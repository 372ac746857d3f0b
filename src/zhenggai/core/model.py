"""What a ledger says: models, each field with its Chinese key on disk.

The types are named after the kinds of values in `fields`, which say how each is written; who
makes these of a file's data is `reading`.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias

from zhenggai.core.dates import Period
from zhenggai.core.keys import Model, key
from zhenggai.core.terms import Action, Kind

if TYPE_CHECKING:
    from zhenggai.core.fields import (
        Count,
        Counts,
        Day,
        Days,
        Departments,
        Every,
        InsidePath,
        Severities,
        Sha256,
        Steps,
        Text,
        Texts,
        YesNo,
        Yuan,
        Zone,
    )
    from zhenggai.core.notice import Notice


class Evidence(Model):
    """A file that shows a measure was carried out (佐证); its path is relative to the ledger."""

    ALONE: ClassVar[str] = "文件"

    path: InsidePath = field(
        metadata=key("文件", "佐证文件,写台账文件夹里的相对路径", "佐证/07/签字表.pdf")
    )
    sha256: Sha256 | None = field(
        default=None,
        metadata=key(
            "校验值",
            "文件的sha256,由程序写入",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
    )


EvidenceFiles: TypeAlias = tuple[Evidence, ...]


class Measure(Model):
    """One step towards putting a finding right (措施).

    `manifestation` says which 具体表现 it answers, counted from 1.
    """

    text: Text = field(metadata=key("内容", "要做什么", "完善会议议事决策制度和程序"))
    due: Day | None = field(default=None, metadata=key("时限", "这项措施的时限,不晚于整改时限"))
    done_on: Day | None = field(default=None, metadata=key("完成", "完成的日期;没有完成就不写"))
    outcome: Text | None = field(
        default=None,
        metadata=key("成效", "取得的成效,写结果和数字", "召开党组会议10次,修订制度3项"),
    )
    manifestation: Count | None = field(default=None, metadata=key("针对", "针对第几项具体表现", 1))
    evidence: EvidenceFiles = field(
        default=(), metadata=key("佐证", "佐证文件,一个或几个", "佐证/07/会议纪要.pdf")
    )


class _Record(Model):
    on: Day = field(metadata=key("日期", "发生的日期"))
    by: Text | None = field(default=None, metadata=key("经办人", "办理的人或部门", "办公室"))
    note: Text | None = field(default=None, metadata=key("情况", "情况说明", "会议制度已形成初稿"))


class Supervision(_Record):
    """督查: someone looked, and this is what they saw."""

    action: Literal[Action.SUPERVISION] = field(metadata=key("事项", "发生了什么"))
    note: Text = field(metadata=key("情况", "情况说明", "会议制度已形成初稿"))


class Extension(_Record):
    """延期: the deadline in force moves, for a reason and with approval."""

    action: Literal[Action.EXTENSION] = field(metadata=key("事项", "发生了什么"))
    new_due: Day = field(metadata=key("新时限", "延期以后的时限"))
    reason: Text = field(metadata=key("理由", "理由", "等待上级批复"))
    approved_by: Text = field(metadata=key("批准人", "批准的人或组织", "局党组"))


class Application(_Record):
    """申请销号: the responsible department asks for the finding to be struck off."""

    action: Literal[Action.APPLICATION] = field(metadata=key("事项", "发生了什么"))
    evidence: EvidenceFiles = field(
        default=(), metadata=key("佐证", "佐证文件,一个或几个", "佐证/07/会议纪要.pdf")
    )


class Review(_Record):
    """审核: the application was looked through and passed on."""

    action: Literal[Action.REVIEW] = field(metadata=key("事项", "发生了什么"))


class Closing(_Record):
    """销号: the finding is struck off."""

    action: Literal[Action.CLOSING] = field(metadata=key("事项", "发生了什么"))
    approved_by: Text = field(metadata=key("批准人", "批准的人或组织", "局党组"))
    evidence: EvidenceFiles = field(
        default=(), metadata=key("佐证", "佐证文件,一个或几个", "佐证/07/会议纪要.pdf")
    )


class Return(_Record):
    """退回: what was handed in does not do; the finding goes back to work."""

    action: Literal[Action.RETURN] = field(metadata=key("事项", "发生了什么"))
    reason: Text = field(metadata=key("理由", "理由", "佐证不全"))


class Reopening(_Record):
    """重开: a closed finding is open again; its earlier closing stays in the journal."""

    action: Literal[Action.REOPENING] = field(metadata=key("事项", "发生了什么"))
    reason: Text = field(metadata=key("理由", "理由", "回头看发现问题反弹"))


RECORDS: dict[Action, type[_Record]] = {
    Action.SUPERVISION: Supervision,
    Action.EXTENSION: Extension,
    Action.APPLICATION: Application,
    Action.REVIEW: Review,
    Action.CLOSING: Closing,
    Action.RETURN: Return,
    Action.REOPENING: Reopening,
}
Record: TypeAlias = Supervision | Extension | Application | Review | Closing | Return | Reopening


class Finding(Model):
    """One thing the inspection found (问题): what is to be done, and below it what happened."""

    title: Text = field(metadata=key("问题", "问题的名称,照抄反馈意见", "存在以会议落实会议现象"))
    aspect: Text | None = field(
        default=None, metadata=key("方面", "归在哪个方面", "贯彻落实党的路线方针政策")
    )
    kind: Kind = field(
        default=Kind.FIXED_TERM, metadata=key("类型", "立行立改、限期整改(默认)或长期坚持")
    )
    manifestations: Texts = field(
        default=(), metadata=key("具体表现", "问题的具体表现", ["会议多", "会后不落实"])
    )
    goal: Text | None = field(
        default=None, metadata=key("整改目标", "整改要达到的目标", "会议减少三成,议定事项件件落实")
    )
    leader: Text | None = field(
        default=None, metadata=key("责任领导", "责任领导(写职务)", "分管领导")
    )
    departments: Departments = field(
        default=(),
        metadata=key("责任科室", "责任科室;几个科室用列表或顿号", "办公室", ["办公室", "人事科"]),
    )
    owner: Text | None = field(
        default=None, metadata=key("责任人", "责任人(写职务)", "办公室负责人")
    )
    due: Day | None = field(default=None, metadata=key("整改时限", "整改的最后期限,当天不算逾期"))
    review_every: Every | None = field(
        default=None, metadata=key("复核周期", "长期坚持的问题多久复核一次")
    )
    measures: tuple[Measure, ...] = field(default=(), metadata=key("措施", "整改措施"))
    rules: Texts = field(
        default=(), metadata=key("建章立制", "建立或修订的制度", ["《会议议事规则》"])
    )
    money: Yuan | None = field(default=None, metadata=key("清退资金", "清退的资金,数字加单位"))
    people: Counts = field(
        default_factory=dict, metadata=key("处理人员", "处理方式和人数,不写姓名", {"提醒谈话": 3})
    )
    public: YesNo = field(default=True, metadata=key("公开", "否:不写进通报"))
    private_reason: Text | None = field(
        default=None, metadata=key("不公开理由", "不公开的理由", "涉及工作秘密")
    )
    notice_lead: Text | None = field(
        default=None,
        metadata=key("通报导语", "通报里写在措施之前的话", "局党组高度重视,立即研究整改措施。"),
    )
    records: tuple[Record, ...] = field(default=(), metadata=key("记录", "发生过的事,只往后追加"))

    # The file's stem, not a key inside it: a finding cannot disagree with its own file name.
    id: str = ""

    @property
    def number(self) -> int:
        """The number as a person says it: finding 7."""
        return int(self.id)

    @property
    def file_name(self) -> str:
        """The finding's file inside its ledger."""
        return f"{self.id}.yaml"

    def named(self, stem: str) -> Finding:
        """Give this finding the id its file name says, leading zeros included."""
        return self.whole(vars(self) | {"id": stem})


class Inspection(Model):
    """Who inspected whom and when, and how this ledger is kept (inspection.yaml).

    Nothing is required here so that one slip in this file never hides the findings; what must
    be filled in is REQUIRED, and its absence is a problem.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("被巡察单位", "巡察组", "反馈日期")

    unit: Text | None = field(
        default=None, metadata=key("被巡察单位", "被巡察的党组织", "县科技局党组")
    )
    group: Text | None = field(
        default=None, metadata=key("巡察组", "巡察组的全称", "县委第一巡察组")
    )
    started_on: Day | None = field(default=None, metadata=key("巡察开始", "巡察开始的日期"))
    ended_on: Day | None = field(default=None, metadata=key("巡察结束", "巡察结束的日期"))
    feedback_on: Day | None = field(default=None, metadata=key("反馈日期", "反馈巡察意见的日期"))
    aspects: Texts = field(
        default=(),
        metadata=key(
            "方面", "反馈意见分的几个方面,按顺序", ["贯彻落实党的路线方针政策", "基层党组织建设"]
        ),
    )
    warn_days: Days = field(
        default=(20, 10, 3), metadata=key("预警天数", "离时限几天开始提醒", [20, 10, 3])
    )
    supervision_period: Every = field(
        default=Period(0, 7), metadata=key("督查周期", "多久督查一次;超过没有进展就是久未更新")
    )
    closing_steps: Steps = field(
        default=(),
        metadata=key("销号程序", "销号要走的步骤,最后一步是批准", ["申请", "审核", "批准"]),
    )
    evidence_required: YesNo = field(default=False, metadata=key("销号须佐证", "是:销号必须有佐证"))
    time_zone: Zone = field(default="Asia/Shanghai", metadata=key("时区", "台账按哪里的时间算日期"))
    severities: Severities = field(
        default_factory=dict,
        metadata=key("规则", "调整检查规则的轻重:代码和 错误、警告、提示、关闭", {"T604": "关闭"}),
    )
    notice: Notice | None = field(default=None, metadata=key("通报", "通报的文字和写法"))


class Ledger(NamedTuple):
    """One folder read: its inspection, its findings by number, and the files that would not read.

    `folder` is the folder as the user can open it, `name` its last part; `unreadable` holds the
    names of finding files that carry errors and are therefore in no other count.
    """

    name: str
    folder: str
    inspection: Inspection
    findings: tuple[Finding, ...]
    unreadable: tuple[str, ...] = ()
