"""History guard: compare two versions of a ledger and report forbidden changes.

A ledger in git can be rewritten by anyone who can edit a file. These rules make that visible:
what was recorded stays recorded, deadlines move only on record, closed stays closed. What no rule
of its own speaks of is judged by the declarations: a change of a guarded field is an error, of a
noticed one a notice. `history_pairs`, `history_records` and `history_inspections` judge the parts.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.ledger.upgrading import is_retitled
from zhenggai.model.codes import Code
from zhenggai.model.declaration import replaced
from zhenggai.model.easing import is_replaced
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import Problem, has_errors, shorten
from zhenggai.rules.history_codes import (
    CHANGED,
    CORRECTED,
    ENTERED_LATER,
    ERASED,
    GONE,
    HANDED_OVER_BACK,
    LEDGER_GONE,
    LOOSENED,
    MISDATED,
    NOT_COMPARED,
    NOTICED,
    RENAMED,
    RENAMED_OTHERWISE,
    REPLIED_LATER,
    SPLIT,
    SPLIT_OTHERWISE,
    UNWATCHED,
    WITHDRAWN,
)
from zhenggai.rules.history_inspections import compare_inspections, days_off_changed
from zhenggai.rules.history_pairs import PAIR_RULES, Pair, compared, is_closed, measure_pairs
from zhenggai.rules.history_records import (
    FirstSeen,
    finished_unseen,
    handovers_dated_back,
    hidden_late_measures,
    hidden_overdue,
    late_reviews,
    lost_disputes,
    misdated_measures,
    misdated_records,
    new_corrections,
    new_withdrawals,
    replies_dated_back,
)
from zhenggai.rules.history_renaming import as_renamed
from zhenggai.rules.history_splitting import as_split
from zhenggai.rules.history_wording import INSPECTION, LOOK, OWN_DAYS_OFF, history_problem, of_file

HISTORY: dict[str, Code] = {
    code.code: code
    for code in sorted(
        (
            *(rule.code for rule in PAIR_RULES),
            *(GONE, LEDGER_GONE, ERASED, LOOSENED),
            *(NOT_COMPARED, CHANGED, NOTICED, UNWATCHED, MISDATED, ENTERED_LATER, WITHDRAWN),
            *(CORRECTED, RENAMED_OTHERWISE, HANDED_OVER_BACK, SPLIT_OTHERWISE, SPLIT, RENAMED),
            REPLIED_LATER,
        )
    )
}
"""The codes of what only two versions together can show."""


def compare(
    old: Ledger, new: Ledger, seen_on: date, first_seen: FirstSeen | None = None
) -> list[Problem]:
    """Name what happened to history between two versions; positions are still to be found.

    `seen_on` is the day the old version is of: what was overdue then was seen to be overdue.
    `first_seen` tells since when a record or a done measure that the old version has not is there,
    where that is known.
    """
    old, upgraded = _as_upgraded(old, new)
    old, renamed = as_renamed(old, new)
    old, parts, split = as_split(old, new)
    now = {finding.number: finding for finding in new.findings}
    unread = {int(name.partition(".")[0]) for name in new.unreadable}
    problems = [*upgraded, *renamed, *split, *compare_inspections(old.inspection, new)]
    if not has_errors(of_file(old, OWN_DAYS_OFF) + of_file(new, OWN_DAYS_OFF)):
        problems += days_off_changed(old, new)
    for finding in (*old.findings, *parts):
        if finding.number in unread:
            continue
        other = now.get(finding.number)
        if other is None or _is_another(finding, other, new):
            problems.append(_gone(finding, new))
        else:
            state = standing(timeline(finding), seen_on, terms(old.inspection))
            pair = Pair(finding, other, state)
            problems += compared(pair, new)
            problems += new_withdrawals(pair, new, seen_on, first_seen)
            problems += lost_disputes(finding, other, new)
            problems += new_corrections(finding, other, new, first_seen)
            problems += replies_dated_back(finding, other, new, seen_on, first_seen)
            erased = list(hidden_overdue(pair, old.inspection, new, seen_on))
            problems += erased
            if first_seen is None:
                problems += hidden_late_measures(pair, new)
            else:
                problems += handovers_dated_back(finding, other, new, first_seen)
                dated = misdated_records(finding, other, new, first_seen)
                problems += [one for one in dated if not (erased and one.code == ERASED.code)]
                problems += misdated_measures(finding, other, new, first_seen)
                if not erased:
                    problems += late_reviews(finding, other, new, seen_on, first_seen)
                    problems += finished_unseen(finding, other, new, first_seen)
    problems += _done_unseen(old, new, seen_on, first_seen)
    for name in old.unreadable:
        stem = name.partition(".")[0]
        if int(stem) not in unread | now.keys():
            message, hint = f"问题{stem}被删除", "恢复原来的文件和编号"
            problems.append(history_problem(new, GONE, name, (), message, hint))
    return problems


_LONG = timedelta(days=30)
_NAMED = 20


def _done_unseen(
    old: Ledger, new: Ledger, seen_on: date, first_seen: FirstSeen | None
) -> Iterator[Problem]:
    """Tell in one line what came into the ledger as done already, for the rates rise by it."""
    before = {finding.number: finding for finding in old.findings}
    known = before.keys() | {int(name.partition(".")[0]) for name in old.unreadable}
    closed = [one.id for one in new.findings if one.number not in known and is_closed(one)]
    late = sum(
        one.id not in closed
        and _was_done_long_before(before.get(one.number), one, seen_on, first_seen)
        for one in new.findings
    )
    parts: list[str] = []
    if closed:
        more = f"等{len(closed)}个" if len(closed) > _NAMED else ""
        parts.append(f"新增的问题{'、'.join(closed[:_NAMED])}{more}首次出现时已销号")
    if late:
        parts.append(f"{late}个问题的措施，完成日期过去{_LONG.days}天以上才登记")
    if parts:
        hint = "请核对这些问题的记录和佐证材料"
        yield history_problem(new, NOTICED, INSPECTION, (), "；".join(parts), hint)


def _was_done_long_before(
    old: Finding | None, new: Finding, seen_on: date, first_seen: FirstSeen | None
) -> bool:
    """Whether a measure says that it was done long before it was first seen to be."""
    if old == new:
        return False
    pairs = measure_pairs(old, new) if old else []
    known = {place for measure, place in pairs if measure.done_on is not None}
    for place, measure in enumerate(new.measures):
        if place in known or measure.done_on is None or seen_on - measure.done_on <= _LONG:
            continue
        seen = first_seen(new, measure) if first_seen else seen_on
        if seen - measure.done_on > _LONG:
            return True
    return False


def _as_upgraded(old: Ledger, new: Ledger) -> tuple[Ledger, list[Problem]]:
    """Return the old ledger with every 督查 that its upgrade made a 进展, and tell of these.

    That is what `upgrade` does, and nothing else: the record stands at its place and says the same,
    and the format is raised with it.
    """
    if not old.inspection.format < new.inspection.format:
        return old, []
    now = {finding.number: finding for finding in new.findings}
    findings: list[Finding] = []
    told: list[Problem] = []
    for finding in old.findings:
        other = now.get(finding.number)
        records = other.records if other else ()
        retitled = {
            place: record
            for place, (was, record) in enumerate(zip(finding.records, records, strict=False))
            if is_retitled(was, record)
        }
        if retitled and other:
            days = "、".join(str(record.on) for record in retitled.values())
            message = f"升级到格式{new.inspection.format}，{days}的督查改为进展"
            told.append(history_problem(new, NOTICED, other.file_name, ("记录",), message, LOOK))
            kept = tuple(retitled.get(place, was) for place, was in enumerate(finding.records))
            finding = replaced(finding, records=kept)  # noqa: PLW2901 - the same finding
        findings.append(finding)
    return old._replace(findings=tuple(findings)), told


def _is_another(old: Finding, new: Finding, ledger: Ledger) -> bool:
    """Whether another finding has taken an old one's number."""
    if old.title == new.title:
        return False
    if any(other.title == old.title for other in ledger.findings):
        return True
    return is_replaced(old.title, new.title)


def not_compared(ledger: Ledger, name: str, why: str) -> Problem:
    """Say that a file cannot be compared with what it was."""
    hint = "取来完整的历史再查；历史里确实没有能读的，由督查单位核对后确认"
    return history_problem(ledger, NOT_COMPARED, name, (), why, hint)


def _gone(finding: Finding, new: Ledger) -> Problem:
    same = next((other for other in new.findings if other.title == finding.title), None)
    other = next((other for other in new.findings if other.number == finding.number), None)
    state = "已销号的" if is_closed(finding) else ""
    how = f"改号为{same.id}" if same else "被删除"
    if other is not None and same is None:
        how = f"换成了“{shorten(other.title, 20)}”"
    message = f"{state}问题{finding.id}（“{finding.title}”）{how}"
    return history_problem(new, GONE, finding.file_name, (), message, "恢复原来的文件和编号")


def gone_ledger(path: str) -> Problem:
    """Name a ledger that an earlier version had and this one has not."""
    code = LEDGER_GONE
    message = "以前的版本里有这本台账，现在没有了"
    return Problem(message, "恢复台账文件夹", (), path, code=code.code, severity=code.severity)


def new_original(ledger: Ledger) -> Iterator[Problem]:
    """Tell of a ledger that no earlier version had and that is excepted from rules (原文)."""
    notice = ledger.inspection.notice
    if notice is not None and notice.is_original:
        message = "台账是新的，“原文”写了“是”：文字照公布的通报，不按完成表述、案件内容等规则检查"
        hint = "核对它确由公布的通报导入；不是的，把“原文”改为否"
        yield history_problem(ledger, NOTICED, INSPECTION, ("通报", "原文"), message, hint)


def unwatched_ledger(path: str, message: str, hint: str) -> Problem:
    """Say that a ledger which an earlier version had is there, and not looked at."""
    code = UNWATCHED
    return Problem(message, hint, (), path, code=code.code, severity=code.severity)
