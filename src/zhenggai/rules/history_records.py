"""History guard, records that came in between: what they hide, and when they were there."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from zhenggai.ledger.journal import Moment, fold, moments
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.model.declaration import replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Correction, Handover, Record, Urging, Withdrawal
from zhenggai.model.terms import Action, Kind, Step, Timing
from zhenggai.rules.history_codes import (
    CORRECTED,
    ENTERED_LATER,
    ERASED,
    HANDED_OVER_BACK,
    MISDATED,
    NOTICED,
    REPLIED_LATER,
    WITHDRAWN,
)
from zhenggai.rules.history_pairs import (
    Pair,
    added_records,
    measure_pairs,
    moves,
    unanswered,
    whole,
)
from zhenggai.rules.history_wording import LOOK, history_problem

FirstSeen = Callable[[Finding, Record | Measure], date]
"""The day on which a record of a finding, or a measure as done, was first seen: by the earliest
commit that holds it."""


def hidden_overdue(
    pair: Pair, rules: Inspection, ledger: Ledger, seen_on: date
) -> Iterator[Problem]:
    """Report an overdue deadline that is now hidden by back-dated records."""
    old, new, state = pair
    if state.timing is not Timing.OVERDUE or state.deadline is None or any(moves(pair)):
        return
    missed = state.deadline + timedelta(days=1)
    if reopened_on := fold(timeline(old), terms(rules), seen_on).reopened_on:
        missed = max(missed, reopened_on)
    # What changed in 时限逢休 is told by itself; days off that were added may hide one deadline.
    now = terms(ledger.inspection)._replace(when_day_off=rules.when_day_off)
    if _shows_missed(new, missed, now):
        return
    how, hint = "补登的记录却显示未逾期", "记录写实际登记的日期；确是漏登的，由督查单位核对批准文件"
    if _shows_missed(new, missed, now._replace(calendar=terms(rules).calendar)):
        how, hint = "节假日.yaml的改动却使它未逾期", "恢复原来的写法；确需改的，由督查单位确认"
    message = f"时限{state.deadline}过后问题{old.id}已经逾期，{how}"
    yield history_problem(ledger, ERASED, new.file_name, ("记录",), message, hint)


def hidden_late_measures(pair: Pair, ledger: Ledger) -> Iterator[Problem]:
    """Report the late measures that an added extension, dated before their deadline, now hides.

    That is all there is to go by where nobody knows since when the extension is there.
    """
    old, new, state = pair
    places = [place for _, place in measure_pairs(old, new)]
    late = {(places[one.number - 1] or 0) + 1: one for one in state.late_measures}
    added = dict(added_records(old, new))
    for event in timeline(new).events:
        if event.measure not in late or event.place not in added:
            continue
        deadline = late[event.measure].deadline
        if deadline is not None and event.on <= deadline:
            name = f"措施{new.number}.{event.measure}"
            message = f"时限{deadline}过后{name}尚未完成，补登的延期却写在时限之前"
            hint = "记录写实际登记的日期；确是漏登的，由督查单位核对批准文件"
            yield history_problem(
                ledger, ERASED, new.file_name, ("记录", event.place), message, hint
            )


def _shows_missed(finding: Finding, day: date, rules: Terms) -> bool:
    """Whether a finding still says that on a day its deadline had been missed."""
    events = timeline(finding)
    on, eve = standing(events, day, rules), standing(events, day - timedelta(days=1), rules)
    passed = eve.days_left is not None and eve.deadline is not None and eve.deadline < day
    return passed or on.timing is Timing.OVERDUE or on.late_days > 0


def new_withdrawals(
    pair: Pair, ledger: Ledger, seen_on: date, first_seen: FirstSeen | None = None
) -> Iterator[Problem]:
    """Tell of every withdrawal that is new, and where it is dated before it was there.

    One that hides something wants a 依据.
    """
    old, new, then = pair
    added = [
        (place, record)
        for place, record in added_records(old, new)
        if isinstance(record, Withdrawal)
    ]
    if not added:
        return
    others = tuple(one for one in new.records if one not in [record for _, record in added])
    rules = terms(ledger.inspection)
    unhidden = timeline(replaced(new, records=others))
    now = standing(unhidden, seen_on, rules)
    hidden = {
        "已经逾期": Timing.OVERDUE in (then.timing, now.timing),
        "被退回或重开": any(
            journal.sent_back_on is not None and journal.closed_on is None
            for journal in (whole(old), fold(unhidden, rules))
        ),
        "上级不认可": False in (then.recognised, now.recognised),
    }
    why = "、".join(name for name, is_so in hidden.items() if is_so)
    for place, record in added:
        at: At = ("记录", place)
        if why and not record.basis:
            message = f"问题{new.id}{why}，撤销登记（{record.reason}）没有依据"
            hint = "补充“依据”（文号或会议）；没有批准的，删去这条记录"
            yield history_problem(ledger, WITHDRAWN, new.file_name, at, message, hint)
        else:
            message = f"问题{new.id}撤销登记，理由是{record.reason}，不再计入各项数"
            dated, seen = record.entered_on or record.on, first_seen and first_seen(new, record)
            if seen and dated < seen:
                message += f"；撤销登记写的是{dated}，到{seen}才有（按最早的提交）"
            yield history_problem(ledger, NOTICED, new.file_name, at, message, LOOK)


def lost_disputes(old: Finding, new: Finding, ledger: Ledger) -> Iterator[Problem]:
    """Tell of added reports before a dispute, which then cancels them and no longer another."""
    dispute = None
    added = dict(added_records(old, new))
    for event in reversed(timeline(new).events):
        is_added = event.place in added
        if event.action is Action.SUPERVISION and event.disputes and not is_added:
            dispute = event
        elif event.action is Action.PROGRESS and dispute and is_added:
            message = (
                f"补登的{event.on}的进展在{dispute.on}与自报不符的督查之前，那次督查改为针对它"
            )
            hint = "补登的写“登记日期”；确是当时漏登的，请核对"
            at: At = ("记录", event.place)
            yield history_problem(ledger, NOTICED, new.file_name, at, message, hint)


def misdated_records(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Report added records that end a spell of being overdue and say so of too early a day."""
    rules = terms(ledger.inspection)
    added = dict(added_records(old, new))
    for moment in moments(timeline(new), rules):
        event, deadline = moment.event, moment.deadline
        record = added.get(event.place)
        if record is None or deadline is None or not moment.works_to_deadline:
            continue
        if not _ends_spell(moment, rules):
            continue
        seen = first_seen(new, record)
        if seen <= max(event.on, deadline):
            continue
        said = f"{event.on}的{event.action}记录到{seen}才有（按最早的提交）"
        hint = f"补写“登记日期: {seen}”；确是当天登记的，由督查单位核对后确认"
        at: At = ("记录", event.place)
        if event.on <= deadline:
            code, message = ERASED, f"{said}，时限{deadline}已过"
        elif record.entered_on is not None:
            code, message = MISDATED, f"{said}，与登记日期不符，逾期天数少算了"
        elif event.action is Action.EXTENSION:
            code, message = MISDATED, f"{said}，没有登记日期，逾期天数少算了"
        else:
            code, message, hint = ENTERED_LATER, f"{said}，逾期按{event.on}算", "请核对日期"
        yield history_problem(ledger, code, new.file_name, at, message, hint)


def new_corrections(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen | None
) -> Iterator[Problem]:
    """Tell of every correction that is new, and where it is dated before it was there."""
    for place, record in added_records(old, new):
        if not isinstance(record, Correction):
            continue
        if record.corrects > place:  # J530 has it
            continue
        target = new.records[record.corrects - 1]
        message = (
            f"问题{new.id}的第{record.corrects}条记录（{target.on}的{target.action}）"
            f"已更正，理由：{shorten(record.reason)}"
        )
        dated, seen = record.entered_on or record.on, first_seen and first_seen(new, record)
        if seen and dated < seen:
            message += f"；更正写的是{dated}，到{seen}才有（按最早的提交）"
        yield history_problem(ledger, CORRECTED, new.file_name, ("记录", place), message, LOOK)


def handovers_dated_back(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Tell of handovers dated before they were there: days that somebody else then answers for."""
    for place, record in added_records(old, new):
        if not isinstance(record, Handover):
            continue
        dated, seen = record.entered_on or record.on, first_seen(new, record)
        if dated < seen:
            message = f"{dated}的交接（{record.giver}到{record.taker}）到{seen}才有（按最早的提交）"
            at: At = ("记录", place)
            yield history_problem(ledger, HANDED_OVER_BACK, new.file_name, at, message, LOOK)


def replies_dated_back(
    old: Finding, new: Finding, ledger: Ledger, seen_on: date, first_seen: FirstSeen | None
) -> Iterator[Problem]:
    """Tell of answers to urgings that say they were in time and were not there by then.

    Where nobody knows since when they are there, what was still unanswered on `seen_on` tells.
    """
    known = frozenset(old.records)
    for place, record in added_records(old, new):
        if not isinstance(record, Urging) or record.replied_on is None or record.reply_by is None:
            continue
        if record.replied_on > record.reply_by:
            continue
        seen = first_seen(new, record) if first_seen else None
        if seen is None and unanswered(record) in known:
            seen = seen_on
        if seen is not None and seen > record.reply_by:
            how = f"到{seen}才有（按最早的提交）" if first_seen else f"{seen}尚未填写"
            message = (
                f"{record.on}的督办的回复日期{record.replied_on}{how}，"
                f"回复期限{record.reply_by}已过"
            )
            at: At = ("记录", place, "回复日期")
            yield history_problem(ledger, REPLIED_LATER, new.file_name, at, message, LOOK)


def misdated_measures(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Report added extensions of measures that came later than they say, and too late."""
    added = dict(added_records(old, new))
    for moment in moments(timeline(new), terms(ledger.inspection)):
        event, deadline = moment.event, moment.measure_deadline
        record = added.get(event.place)
        if event.measure is None or deadline is None or record is None:
            continue
        seen = first_seen(new, record)
        if seen <= max(event.on, deadline):
            continue
        name = f"措施{new.number}.{event.measure}"
        said = f"{event.on}的{name}的延期记录到{seen}才有（按最早的提交），"
        hint = f"补写“登记日期: {seen}”；确是当天登记的，由督查单位核对后确认"
        at: At = ("记录", event.place)
        if event.on <= deadline:
            message = f"{said}措施的时限{deadline}已过"
            yield history_problem(ledger, ERASED, new.file_name, at, message, hint)
        else:
            told = "与登记日期不符" if record.entered_on else "没有登记日期"
            yield history_problem(ledger, MISDATED, new.file_name, at, said + told, hint)


def late_reviews(
    old: Finding, new: Finding, ledger: Ledger, seen_on: date, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Name added visits by which a long-term finding was reviewed in time, as they say later."""
    if new.kind is not Kind.LONG_TERM:
        return
    whole = timeline(new)
    added = dict(added_records(old, new))
    for number, event in enumerate(whole.events):
        record = added.get(event.place)
        if event.action is not Action.SUPERVISION or record is None:
            continue
        before = whole._replace(events=whole.events[:number])
        state = standing(before, event.on, terms(ledger.inspection))
        deadline = state.deadline if state.is_review else None
        if deadline is None or not event.on <= deadline < seen_on:
            continue
        if (seen := first_seen(new, record)) > deadline:
            message = f"{event.on}的督查记录到{seen}才有（按最早的提交），检视时限{deadline}已过"
            at: At = ("记录", event.place)
            yield history_problem(ledger, ENTERED_LATER, new.file_name, at, message, "请核对日期")


def finished_unseen(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Name measures by which a long-term finding met its deadline, as they say later."""
    if new.kind is not Kind.LONG_TERM or new.due is None:
        return
    journal = fold(timeline(new), terms(ledger.inspection))
    deadline, finished_on = journal.deadline, journal.finished_by(date.max)
    if deadline is None or finished_on is None or finished_on > deadline:
        return
    known = {place for measure, place in measure_pairs(old, new) if measure.done_on is not None}
    for place, measure in enumerate(new.measures):
        if place not in known and (seen := first_seen(new, measure)) > deadline:
            message = (
                f"措施{new.number}.{place + 1}的完成日期{measure.done_on}到{seen}才登记"
                f"（按最早的提交），时限{deadline}已过"
            )
            at: At = ("措施", place, "完成")
            yield history_problem(ledger, ENTERED_LATER, new.file_name, at, message, "请核对日期")


def _ends_spell(moment: Moment, rules: Terms) -> bool:
    """Whether an event settles how late a finding is."""
    match moment.event.action:
        case Action.EXTENSION:
            return moment.event.measure is None
        case Action.APPLICATION:
            counts = moment.in_turn or rules.takes_any_turn
            return counts and rules.closes_by_application
        case Action.CLOSING:
            return not (rules.closes_by_application and Step.APPLICATION in moment.signed)
    return False
