"""What inspection.yaml and 节假日.yaml say: who inspected whom, and how the ledger is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from zhenggai.model.dates import Period
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
from zhenggai.model.terms import (
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
    LEDGER_FORMAT,
    PERIOD,
    SEVERITIES,
    SIGNATORIES,
    SPANS,
    STEPS,
    SUBSTITUTES,
    TEXT,
    TEXTS,
    TIME_ZONE,
    TOTALS,
    YES_NO,
    list_of,
    one,
    one_of,
)

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.model.days_off import DaysOff
    from zhenggai.model.terms import Severity


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


_OFFICES = (NameKind.DEPARTMENT, NameKind.OWNER, NameKind.LEADER)


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
