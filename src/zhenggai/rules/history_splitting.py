"""History guard, findings that were split: nothing done is moved, and nothing becomes later."""

from typing import Any

from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.splitting import OWN_WORDS, is_same_id, names_measure
from zhenggai.model.declaration import replaced
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import Problem
from zhenggai.model.record_models import Splitting
from zhenggai.model.terms import Kind
from zhenggai.rules.history_codes import SPLIT, SPLIT_OTHERWISE
from zhenggai.rules.history_wording import LOOK, history_problem

_AT = ("拆分自",)
_HINT = "恢复原来的文件，用 zhenggai split 拆分；确需这样改的，由督查单位确认"


def as_split(old: Ledger, new: Ledger) -> tuple[Ledger, list[Finding], list[Problem]]:
    """Return the old ledger without the measures that went to findings split off it; tell of these.

    So a measure that is gone from a finding is only missed where it does not stand, as it was, in
    one that was lawfully split off it. What was split off comes with it as it was when it was: so
    what is otherwise in it now, and what was entered since, is judged as in any other finding.
    """
    known = {one.number for one in old.findings} | {
        int(name.partition(".")[0]) for name in old.unreadable
    }
    # Of one finding there may be several earlier versions.
    findings = list(old.findings)
    now = {one.number: one for one in new.findings}
    parts: dict[int, Finding] = {}
    problems: dict[Problem, None] = {}
    for part in new.findings:
        if part.split_from is None or part.number in known:
            continue
        for place, before in enumerate(findings):
            left = now.get(before.number)
            if left is None or not is_same_id(part.split_from, before):
                continue  # J533 has it, or I703
            moved = _moved(before, left, part)
            if why := _why_not(before, left, part, moved, old):
                message, code = f"问题{part.id}由问题{before.id}拆分，{why}", SPLIT_OTHERWISE
            else:
                message, code = f"问题{before.id}的{len(moved)}项措施拆分到问题{part.id}", SPLIT
                kept = tuple(one for at, one in enumerate(before.measures) if at not in moved)
                findings[place] = replaced(before, measures=kept)
                parts.setdefault(part.number, _as_it_was(before, part, moved, old))
            hint = LOOK if code is SPLIT else _HINT
            problems[history_problem(new, code, part.file_name, _AT, message, hint)] = None
    return old._replace(findings=tuple(findings)), list(parts.values()), list(problems)


def _as_it_was(before: Finding, part: Finding, moved: dict[int, Measure], old: Ledger) -> Finding:
    """Return a finding as it was when it was split off: all but its own words from the old one.

    Its measures answer 具体表现 of its own.
    """
    journal = fold(timeline(before), terms(old.inspection))
    measures = tuple(
        replaced(before.measures[place], manifestation=now.manifestation)
        for place, now in moved.items()
    )
    own: dict[str, Any] = {name: getattr(part, name) for name in OWN_WORDS if name != "records"}
    own |= {"id": part.id, "measures": measures, "records": ()}
    own["due"] = None if journal.stated is None else part.due
    for name, held in (("leader", journal.leader), ("owner", journal.owner)):
        own[name] = held or getattr(before, name)
    return replaced(before, **own)


def _moved(before: Finding, left: Finding, part: Finding) -> dict[int, Measure]:
    """Return the measures that are gone from a finding and stand in its part, by their places."""
    kept = [one.text for one in left.measures]
    there = list(part.measures)
    moved: dict[int, Measure] = {}
    for place, measure in enumerate(before.measures):
        if measure.text in kept:
            kept.remove(measure.text)
            continue
        if same := next((one for one in there if one.text == measure.text), None):
            there.remove(same)
            moved[place] = same
    return moved


def _why_not(
    before: Finding, left: Finding, part: Finding, moved: dict[int, Measure], old: Ledger
) -> str:
    """Say why a split is not as the command would have made it; '' where it is."""
    journal = fold(timeline(before), terms(old.inspection))
    is_recorded = any(
        isinstance(one, Splitting) and is_same_id(one.new_id, part) and one not in before.records
        for one in left.records
    )
    stated = journal.stated
    is_later = stated is not None and (part.due is None or part.due > stated)
    faults = {
        f"问题{before.id}没有新的拆分记录": not is_recorded,
        f"问题{before.id}已销号或撤销登记，不能拆分": bool(
            journal.closed_on or journal.withdrawn_on
        ),
        "没有移来措施": not moved,
        f"问题{before.id}的记录按次序指明了措施，移走以后对不上了": any(
            names_measure(one) for one in left.records
        ),
        f"类型由{before.kind}改成了{part.kind}": (part.kind is Kind.LONG_TERM)
        != (before.kind is Kind.LONG_TERM),
        "检视周期与原来不同": part.review_every != before.review_every,
        "公开与原来不同": part.public != before.public,
        f"整改时限{part.due or '空'}晚于原来的时限{stated}": is_later,
    }
    return next((why for why, is_so in faults.items() if is_so), _why_not_moved(before, moved))


def _why_not_moved(before: Finding, moved: dict[int, Measure]) -> str:
    for place, now in moved.items():
        was = before.measures[place]
        name = f"措施{before.number}.{place + 1}"
        if was.done_on is not None:
            return f"移走了已完成的{name}"
        same = replaced(
            was, **{one: getattr(now, one) for one in ("manifestation", "done_on", "outcome")}
        )
        if replaced(now, evidence=was.evidence) != same or not set(was.evidence) <= set(
            now.evidence
        ):
            return f"移来的{name}与原来不同"
    return ""
