"""Steps that mend what was entered by mistake, and that hand a finding over."""

from datetime import date

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import (
    Case,
    Entry,
    Plan,
    new_record,
    refuse_closed,
    refuse_withdrawn,
)
from zhenggai.ledger.register import timeline
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import CORRECTABLE, Action, Post, Source, WithdrawalReason


def plan_withdraw(
    case: Case,
    on: date,
    reason: WithdrawalReason,
    *,
    merged_into: str | None,
    basis: str | None,
    left: int,
) -> Plan:
    """Take a finding out of the totals (撤销登记).

    `left` is how many of the feedback would then be counted.
    """
    if day := case.journal().withdrawn_on:
        return Plan((), f"问题{case.id}已于{day}撤销登记，未改动")
    reported = case.inspection.findings_reported
    is_reported = case.finding.source is Source.FEEDBACK
    if is_reported and reported is not None and left < reported and not basis:
        raise RefusedError(
            f"撤销登记以后只剩{left}个问题，少于反馈问题数{reported}；"
            "确应撤销的，加 --basis 写明依据"
        )
    record = new_record(
        Entry(on, on), Action.WITHDRAWAL, 理由=reason.value, 并入=merged_into, 依据=basis
    )
    return Plan((record,), f"问题{case.id}已撤销登记，不再计入")


ANOTHER_WAY = {
    Action.APPLICATION: "申请有误的，用 zhenggai return 退回",
    Action.REVIEW: "审核有误的，用 zhenggai return 退回",
    Action.CLOSING: "销号有误的，用 zhenggai reopen 重开",
    Action.RETURN: "退回有误的，重新申请销号",
    Action.REOPENING: "重开有误的，重新办理销号",
    Action.RECOGNITION: "认定有变化的，另写一条认定",
    Action.CORRECTION: "更正有误的，把那件事重新登记",
    Action.SPLITTING: "拆分有误的，用 zhenggai void 撤销登记拆出的问题",
}
"""What to do where a record may not be corrected, by what it says happened."""


def refuse_rewriting(before: Finding, after: Finding) -> None:
    """Raise RefusedError where a record is not as it was; those behind the old ones are new."""
    for number, old in enumerate(before.records, start=1):
        new = after.records[number - 1] if number <= len(after.records) else None
        if new != old:
            said = "改动了" if new is not None and new.action is old.action else "改动或删去了"
            way = ANOTHER_WAY.get(old.action) or (
                f"登记有误的用 zhenggai correct {before.number} --record {number} 更正"
            )
            raise RefusedError(
                f"{said}第{number}条记录（{old.on}{old.action}），未写入；"
                f"记录只往后追加，不能改写；{way}"
            )


def plan_correct(
    case: Case, today: date, number: int, reason: str, by: str | None, *, counted: int
) -> Plan:
    """Take back a record (counted from 1) that was entered by mistake (更正), from today on.

    `counted` is how many findings of the ledger count now.
    """
    records = case.finding.records
    if not 1 <= number <= len(records):
        there = f"它有{len(records)}条记录" if records else "它尚无记录"
        raise RefusedError(f"问题{case.id}没有第{number}条记录；{there}")
    record = records[number - 1]
    name = f"问题{case.id}的第{number}条记录（{record.on}的{record.action}）"
    struck = {one.place: one for one in timeline(case.finding).struck}
    if earlier := struck.get(number - 1):
        return Plan((), f"{name}已由第{earlier.by + 1}条更正，未改动")
    if record.action not in CORRECTABLE:
        hint = ANOTHER_WAY.get(record.action, "请另行登记")
        raise RefusedError(f"{name}不能更正；{hint}")
    if (record.entered_on or record.on) > today:
        raise RefusedError(f"{name}的日期在今天（{today}）之后，不能更正；请核对 --today")
    if record.action is Action.EXTENSION and case.finding.due is None:
        raise RefusedError(f"{name}不能更正：问题{case.id}没有整改时限可以恢复；先补充整改时限")
    if record.action is not Action.WITHDRAWAL:
        refuse_withdrawn(case, "不能更正其他记录")
    reported = case.inspection.findings_reported
    if record.action is Action.WITHDRAWAL and reported is not None and counted >= reported:
        raise RefusedError(
            f"反馈问题数是{reported}，台账里已有{counted}个；恢复问题{case.id}以前，"
            "先用 zhenggai void 撤销登记重复的问题"
        )
    correction = new_record(
        Entry(today, today), Action.CORRECTION, 第几条=str(number), 理由=reason, 经办人=by
    )
    return Plan((correction,), f"{name}已更正，从今天起不算")


def plan_hand_over(
    case: Case, on: date, post: Post, giver: str, taker: str, note: str | None, by: str | None
) -> Plan:
    """Hand a finding over from who holds a post of it to another person (交接)."""
    refuse_closed(case, "不能交接", then="；重开以后才能交接")
    journal = case.journal()
    holder = journal.holder(post)
    if holder != giver:
        raise RefusedError(f"问题{case.id}的{post}是{holder or '（未填写）'}，不是{giver}；请核对")
    last = next((event for event in reversed(journal.handovers) if event.post is post), None)
    if last is not None and on < last.on:
        raise RefusedError(
            f"问题{case.id}的{post}在{last.on}才由{holder}接任，交接的日期{on}不能早于它"
        )
    record = new_record(
        Entry(on, on),
        Action.HANDOVER,
        职责=post.value if post is not Post.OWNER else None,
        从=giver,
        到=taker,
        情况=note,
        经办人=by,
    )
    return Plan((record,), f"问题{case.id}的{post}由{giver}交接给{taker}（{on}）")
