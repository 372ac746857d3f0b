"""The phrases by which the screen speaks of findings, their standing and their figures."""

from typing import TYPE_CHECKING

from zhenggai.model.terms import Stage, Timing, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from zhenggai.ledger.milestones import Concentration, Outstanding
    from zhenggai.ledger.standing import Standing
    from zhenggai.ledger.summary import Rate
    from zhenggai.model.ledger_model import Finding

NOTHING = "—"

# 15/22 of 22 cells is 14.999… in floating point.
_ROUNDING = 1e-9


def deadline(standing: "Standing") -> str:
    """Write the deadline in force; 约 where it was found by the days of the week only."""
    if standing.deadline is None:
        return NOTHING
    about = "约" if standing.approximate and standing.last_working_day is None else ""
    return f"{about}{standing.deadline}"


def last_working_day(standing: "Standing") -> str:
    """Say which is the last working day before a deadline on a day off; '' where none is to be."""
    if standing.last_working_day is None:
        return ""
    about = "约" if standing.approximate else ""
    return f"此前最后一个工作日{about}{standing.last_working_day}"


def situation(standing: "Standing") -> str:
    """Say in a few words how a finding stands in time, and what is remembered of earlier times."""
    if standing.withdrawn:
        return "已撤销登记"
    if standing.stage is Stage.CLOSED:
        late = "，".join(lateness(standing))
        return f"{standing.closed_on}销号{f'（{late}）' if late else ''}"
    return "，".join([_now(standing), *_remembered(standing)])


def warning(standing: "Standing") -> str:
    """Say which level of warning a finding has, and who is told; '' for what is in time."""
    level = standing.level
    if level is None:
        return ""
    to = f"，发至{'、'.join(level.to)}" if level.to else ""
    return f"{level.colour}（{level.name}）{to}"


def lateness(standing: "Standing") -> "Iterator[str]":
    """Say how late a finding was applied for (where that is no step: closed), and overdue before.

    The spell of a late application is on record, that of a late closing is not.
    """
    late, once = standing.late_days, standing.once_overdue_days
    if late:
        yield f"逾期{late}天{'后申请' if once >= late else ''}"
    if once > late:
        yield f"曾逾期{once}天"


def _now(standing: "Standing") -> str:
    left = standing.days_left
    if left is not None and left < 0:
        return f"逾期{-left}天"
    if standing.timing is Timing.DUE_SOON:
        return "今天到期" if left == 0 else f"距时限{left}天"
    if standing.timing is Timing.STALE:
        return f"{standing.idle_days}天无进展"
    if standing.stage in (Stage.AWAITING_REVIEW, Stage.AWAITING_APPROVAL):
        overrun = "，超期未审" if standing.undecided else ""
        since = f"已{standing.waiting_days}天" if standing.waiting_days else "今日收到"
        return f"{standing.holder}环节{since}{overrun}"
    if standing.stage is Stage.AWAITING_APPLICATION:
        return f"待申请{standing.waiting_days}天" if standing.waiting_days else "待申请"
    return Timing.NORMAL.value


def _remembered(standing: "Standing") -> "Iterator[str]":
    """Say what an extension, a late application or a word from above leaves behind."""
    yield from lateness(standing)
    if standing.extensions > 1:
        yield "多次延期"


def responsible(finding: "Finding") -> str:
    """Name the departments: those that lead, and where others assist which do what."""
    leading, assisting = "、".join(finding.departments), "、".join(finding.assisting)
    return f"牵头：{leading or NOTHING}；配合：{assisting}" if assisting else leading


def concentration(period: "Concentration | None") -> str:
    """Say how far 集中整改 has come; '' where that is not known."""
    if period is None:
        return ""
    day, until, left = period
    if left < 0:
        return f"集中整改期已于{until}结束，过了{-left}天"
    rest = f"剩{left}天（{until}截止）" if left else f"今天（{until}）截止"
    if day is None:
        return f"集中整改期{rest}"
    return f"集中整改期第{day}天，{rest}" if day else f"集中整改期从明天起算，{rest}"


def outstanding(paper: "Outstanding") -> str:
    """Say of a paper that is to be sent in by when, and how far off that is."""
    left = paper.days_left
    when = (
        f"已过{-left}天，未登记报送日期" if left < 0 else f"距截止{left}天" if left else "今天截止"
    )
    return f"{paper.name}报送截止{paper.due}，{when}"


def recognition(accepted: bool | None) -> str:
    """Write what the authority above says of a finding; '' where it has said nothing."""
    if accepted is None:
        return ""
    return str(Verdict.ACCEPTED if accepted else Verdict.REJECTED)


def some(names: "Sequence[str]", at_most: int) -> str:
    """Name so many of them, and say when there are more."""
    return "、".join(names[:at_most]) + ("等" if len(names) > at_most else "")


def percent(rate: "Rate") -> str:
    """Write a rate with one decimal."""
    return f"{rate.tenths // 10}.{rate.tenths % 10}%" if rate.denominator else NOTHING


def rate_with_basis(name: str, rate: "Rate") -> str:
    """Write a rate with its name and its basis: 销号率33.3%（4/12）."""
    return f"{name}{percent(rate)}（{rate.numerator}/{rate.denominator}）"


def bar(rate: float | None, cells: int) -> str:
    """Draw a rate as a bar; rounding never makes it look complete."""
    full = int((rate or 0) * cells + _ROUNDING)
    return "█" * full + "░" * (cells - full)


def spark(values: "Sequence[int]", ceiling: int) -> str:
    """Draw numbers as blocks, the ceiling as the highest of them; only 0 is the lowest."""
    steps = "▁▂▃▄▅▆▇█"
    most = len(steps) - 1
    return "".join(steps[-(-number * most // ceiling) if ceiling else 0] for number in values)


def amount(yuan: "Decimal") -> str:
    """Write a sum of money."""
    return f"{yuan.normalize():f}元"


def value_words(value: object) -> str:
    """Write a field's value as a person would say it; '' where it is not filled in."""
    from decimal import Decimal

    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Decimal():
            return amount(value)
        case dict():
            return "、".join(f"{key}{value_words(item)}" for key, item in value.items())
        case tuple() if type(value) is tuple:  # what has a name of its own says itself
            return "；".join(map(value_words, value))
    return str(value)


def measures_done(finding: "Finding", today: "date") -> tuple[int, int]:
    """Count the measures done by a day, and all of them."""
    done = sum(1 for m in finding.measures if m.done_on is not None and m.done_on <= today)
    return done, len(finding.measures)
