"""What a ledger says: models, each field declared with its Chinese key on disk.

The kinds of values are those of `values`; `decoding` makes the models of a file's data. In
`history=`, guarded is what a ledger is judged by (deadlines, states, what was closed and why, the
rules it is kept by), noticed what readers are told and who answers for it, free the working texts;
`publish=` is False for what names who holds or signed what, and for evidence. A title and a
measure may be put in other words, a kind changed where the deadline stays, a rule made stricter:
of these only the other changes are guarded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model.declaration import Model, declare, not_in_file
from zhenggai.model.easing import (
    is_replaced,
    is_switched_off,
    leaves_feedback,
    sets_deadline_otherwise,
)
from zhenggai.model.placeholders import IN_FINDING_TEXTS
from zhenggai.model.terms import Kind, NameKind, Relation, Source
from zhenggai.model.values import (
    COUNT,
    COUNTS,
    DAY,
    DEADLINE,
    DEPARTMENTS,
    FINDING_KIND,
    PERIOD,
    REFERENCE,
    TEXT,
    TEXTS,
    TITLE,
    YES_NO,
    YUAN,
    list_of,
    one,
    one_of,
    one_or_more,
    prose,
)

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhenggai.model.dates import Period
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.problem import Problem


from zhenggai.model.record_models import EVIDENCE_FILES, RECORD, Evidence, Record

FINDING_TEXT = one_or_more(prose(IN_FINDING_TEXTS))


class Measure(Model):
    """One step towards putting a finding right (措施).

    `manifestation` says which 具体表现 it answers, counted from 1. Where it names no department or
    owner those of the finding count. What was added once the work had begun says when (`added_on`).
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
    departments: tuple[str, ...] = declare(
        "责任科室",
        DEPARTMENTS,
        "这项措施的责任科室；与问题的相同就不写",
        "人事科",
        default=(),
        history="noticed",
        publish=False,
        slot=False,
        names=(NameKind.DEPARTMENT,),
    )
    owner: str | None = declare(
        "责任人",
        TEXT,
        "这项措施的责任人（写职务）；与问题的相同就不写",
        "人事科负责人",
        default=None,
        history="noticed",
        publish=False,
        slot=False,
        names=(NameKind.OWNER,),
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
    added_on: date | None = declare(
        "增加日期",
        DAY,
        "整改开始以后增加的措施是哪一天加的，由程序写入；以前的申请销号不看它",
        default=None,
        history="guarded",
        additions=True,
        publish=False,
        slot=False,
    )


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
        names=(NameKind.ASPECT,),
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
    source: Source = declare(
        "来源",
        one_of(Source),
        "反馈意见（默认）、立行立改通知书、信访交办或上级督查；不是反馈意见的不写进通报，不计入反馈问题数",
        "立行立改通知书",
        default=Source.FEEDBACK,
        history="guarded",
        guards=leaves_feedback,
        publish=False,
        slot=False,
    )
    source_number: str | None = declare(
        "来源文号",
        TEXT,
        "通知书、交办单、督查通报的文号或编号；信访交办只写编号，不写姓名和内容",
        "县委巡察组立改〔2026〕3号",
        default=None,
        history="guarded",
        publish=False,
        slot=False,
    )
    category: str | None = declare(
        "问题类别",
        TEXT,
        "属于哪一类问题，照抄inspection.yaml的“问题类别”，用于查找共性问题",
        "制度执行",
        default=None,
        history="noticed",
        publish=True,
        slot=False,
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
        names=(NameKind.LEADER,),
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
        names=(NameKind.DEPARTMENT,),
    )
    assisting: tuple[str, ...] = declare(
        "配合科室",
        DEPARTMENTS,
        "配合责任科室的科室；统计只按责任科室",
        "人事科",
        ["人事科", "财务科"],
        default=(),
        history="noticed",
        publish=False,
        slot=False,
        names=(NameKind.DEPARTMENT,),
    )
    led_by: str | None = declare(
        "领办",
        TEXT,
        "亲自领办这个问题的领导（写职务）",
        "党组书记",
        default=None,
        history="noticed",
        publish=False,
        slot=False,
        names=(NameKind.LEADER,),
    )
    owner: str | None = declare(
        "责任人",
        TEXT,
        "责任人（写职务）",
        "办公室负责人",
        default=None,
        history="noticed",
        publish=False,
        names=(NameKind.OWNER,),
    )
    due: date | None = declare(
        "整改时限",
        DEADLINE,
        "整改的最后期限，当天不算逾期；长期坚持的可以不写，写了管到措施全部完成",
        default=None,
        history="guarded",
        publish=True,
        column=False,
    )
    review_every: Period | None = declare(
        "检视周期",
        PERIOD,
        "长期坚持的问题多久检视一次",
        default=None,
        history="guarded",
        publish=True,
        column=False,
        slot=False,
        formerly="复核周期",
    )
    previous: str | None = declare(
        "上次",
        REFERENCE,
        "以前的巡察指出的同一问题：那本台账的标识/编号",
        "2021-县委-县科技局/07",
        default=None,
        history="guarded",
        publish=False,
        slot=False,
    )
    relation: Relation | None = declare(
        "关系",
        one_of(Relation),
        "与上次的问题的关系：屡改屡犯、未整改到位或新表现",
        default=None,
        history="guarded",
        publish=False,
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
    handled_with: str | None = declare(
        "合并整改",
        TEXT,
        "与哪个问题（编号）一并整改；仍是两个问题，各自销号",
        "07",
        default=None,
        history="noticed",
        publish=False,
        slot=False,
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
    sum_found: Decimal | None = declare(
        "问题金额",
        YUAN,
        "问题涉及的金额，数字加单位",
        default=None,
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    sum_mended: Decimal | None = declare(
        "已整改金额",
        YUAN,
        "问题金额里已经整改的，数字加单位",
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
    notice_text: tuple[str, ...] = declare(
        "通报写法",
        FINDING_TEXT,
        "这个问题在通报里怎么写，每段一项；不写就与其他问题同样写",
        ["{序号}.{问题}。", "一是{措施}。二是{措施}。"],
        default=(),
        history="noticed",
        publish=True,
        column=False,
        slot=False,
    )
    split_from: str | None = declare(
        "拆分自",
        TEXT,
        "由哪个问题（编号）拆分出来，由程序写入；与反馈问题数比较时不另计",
        "07",
        default=None,
        history="guarded",
        additions=True,
        publish=False,
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
