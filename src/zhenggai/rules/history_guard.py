"""What a change may not do to a ledger's history: two versions compared, rule by rule.

A ledger in git can be rewritten by anyone who can edit a file. These rules make that visible:
what was recorded stays recorded, deadlines move only on record, closed stays closed.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import NamedTuple

from zhenggai.ledger.journal import fold
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.ledger.standing import standing
from zhenggai.model.codes import Code
from zhenggai.model.ledger_model import Finding, Inspection, Ledger, Record
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.terms import Kind, Severity, Timing
from zhenggai.rules import CODES

_PairJudge = Callable[[Finding, Finding], Iterator[Problem]]


class _PairRule(NamedTuple):
    """A rule on one finding then and now."""

    code: Code
    judge: _PairJudge


_PAIR_RULES: list[_PairRule] = []


def _on_pair(code: str, name: str, why: str) -> Callable[[_PairJudge], None]:
    def enter(judge: _PairJudge) -> None:
        _PAIR_RULES.append(_PairRule(Code(code, name, Severity.ERROR, why), judge))

    return enter


@_on_pair(
    "I701",
    "记录被改动或删除",
    "记录只能往后追加。写错了的,另加一条说明,不改原来的;这样“什么时候发生了什么”才可信。",
)
def _record_gone(old: Finding, new: Finding) -> Iterator[Problem]:
    left = iter(new.records)
    for record in old.records:
        if not _comes(record, left):
            message = f"{record.on}的{record.action}记录被改动或删除"
            yield Problem(message, "恢复原来的记录;要更正的,另加一条", ("记录",))
            left = iter(new.records)


def _comes(record: Record, left: Iterator[Record]) -> bool:
    """Look for a record among what is left, so that the old order is kept too."""
    return any(record == other for other in left)


@_on_pair(
    "I702",
    "时限改动没有记录",
    "时限只能用“延期”记录改,写明理由和批准人。直接改“整改时限”(或类型、复核周期),逾期就被抹掉了。",
)
def _deadline_moved(old: Finding, new: Finding) -> Iterator[Problem]:
    yield from _moves(old, new)


def _moves(old: Finding, new: Finding) -> Iterator[Problem]:
    """Name what sets a deadline and was changed in place."""
    hint = "恢复原来的写法;要延期的,用 zhenggai extend 登记"
    if old.due is not None and new.due != old.due:
        message = f"整改时限由{old.due}改成了{new.due or '空'},没有延期记录"
        yield Problem(message, hint, ("整改时限",))
    if old.review_every is not None and new.review_every != old.review_every:
        message = f"复核周期由{old.review_every}改成了{new.review_every or '空'}"
        yield Problem(message, hint, ("复核周期",))
    if (old.kind is Kind.LONG_TERM) != (new.kind is Kind.LONG_TERM):
        message = f"类型由{old.kind}改成了{new.kind},时限随之改变"
        yield Problem(message, hint, ("类型",))


@_on_pair(
    "I704",
    "销号后改动了措施",
    "销号所依据的措施和完成日期、成效、佐证,销号以后不能再改;要改的,先“重开”。",
)
def _measure_changed(old: Finding, new: Finding) -> Iterator[Problem]:
    if not _stayed_closed(old, new):
        return
    for index, measure in enumerate(old.measures):
        if measure.done_on is None:
            continue
        name = f"措施{old.number}.{index + 1}"
        now = new.measures[index] if index < len(new.measures) else None
        hint = "恢复原来的内容;确需改的,先用 zhenggai reopen 重开"
        if now is None:
            yield Problem(f"销号后删去了{name}", hint, ("措施",))
        elif (now.text, now.done_on) != (measure.text, measure.done_on):
            yield Problem(f"销号后改动了{name}的内容或完成日期", hint, ("措施", index))
        elif measure.outcome and now.outcome != measure.outcome:
            yield Problem(f"销号后改动了{name}的成效", hint, ("措施", index))
        elif not set(measure.evidence) <= set(now.evidence):
            yield Problem(f"销号后改动了{name}的佐证", hint, ("措施", index))


@_on_pair(
    "I707",
    "措施或佐证被删去",
    "整改开始以后,登记过的措施不能删去:把没做的措施删掉再销号,就是纸面销号。"
    "带校验值的佐证也不能删去;换了佐证的,另行登记,原来的留着。",
)
def _measure_gone(old: Finding, new: Finding) -> Iterator[Problem]:
    begun = old.records or any(measure.done_on for measure in old.measures)
    if _stayed_closed(old, new) or not (begun or _is_closed(new)):
        return
    kept = {measure.text: measure for measure in new.measures}
    for number, measure in enumerate(old.measures, start=1):
        name = f"措施{old.number}.{number}(“{shorten(measure.text, 20)}”)"
        if measure.text not in kept:
            if len(new.measures) < len(old.measures):
                hint = "恢复原来的措施;做法变了的,改写它,不要删去"
                yield Problem(f"{name}被删去", hint, ("措施",))
            continue
        now = kept[measure.text]
        for file in measure.evidence:
            if file.sha256 and file not in now.evidence:
                there = file.path in {other.path for other in now.evidence}
                what = "的校验值被改动" if there else "被删去"
                message = f"{name}的佐证“{shorten(file.path)}”{what}"
                place = new.measures.index(now)
                yield Problem(message, "恢复原来的佐证;换了的,另加一条", ("措施", place))


_GONE = Code(
    "I703",
    "问题被删除、改号或调换",
    Severity.ERROR,
    "登记过的问题,不论销号与否,都不能从台账里消失,也不能改号,或换成另一个问题;"
    "编号是通报和佐证引用它的依据。",
)
LEDGER_GONE = Code(
    "I705",
    "整本台账被删除",
    Severity.ERROR,
    "以前的版本里有这本台账,现在没有了。台账结束后也应保留。",
)
_ERASED = Code(
    "I706",
    "逾期被补登的记录抹去",
    Severity.ERROR,
    "以前的版本提交时,问题已经逾期;后来补登的记录(日期写在时限之前的延期、销号、督查)使它成了没有逾期。"
    "延期要在时限之前申请,销号写实际销号的日期。确是当时漏登的,由督查方核对批准文件后认可这次改动。",
)
_LOOSENED = Code(
    "I708",
    "台账的规矩放宽了",
    Severity.ERROR,
    "inspection.yaml里调低了规则、减了销号步骤、取消了销号须佐证,或改了反馈日期:"
    "原来通不过的,改了规矩就通过了。确需改的,由督查方认可这次改动。",
)
HISTORY: dict[str, Code] = {
    code.code: code
    for code in sorted(
        (*(rule.code for rule in _PAIR_RULES), _GONE, LEDGER_GONE, _ERASED, _LOOSENED)
    )
}
"""The codes of what only two versions together can show."""


def compare(old: Ledger, new: Ledger, seen_on: date) -> list[Problem]:
    """Name what happened to history between two versions; positions are still to be found.

    `seen_on` is the day the old version is of: what was overdue then was seen to be overdue.
    """
    now = {finding.number: finding for finding in new.findings}
    unread = {int(name.partition(".")[0]) for name in new.unreadable}
    problems = list(_loosened(old.inspection, new))
    for finding in old.findings:
        if finding.number in unread:
            continue
        other = now.get(finding.number)
        if other is None or _is_another(finding, other, new):
            problems.append(_gone(finding, new))
        else:
            problems += _pair(finding, other, new)
            problems += _erased(finding, other, old.inspection, new, seen_on)
    for name in old.unreadable:
        stem = name.partition(".")[0]
        if int(stem) not in unread | now.keys():
            message, hint = f"问题{stem}被删除", "恢复原来的文件和编号"
            problems.append(_problem(new, _GONE, name, (), message, hint))
    return problems


# Of two wordings of one title the shorter has at least this much in the longer one.
_ALIKE = 0.5


def _is_another(old: Finding, new: Finding, ledger: Ledger) -> bool:
    """Tell whether another finding has taken an old one's number."""
    if old.title == new.title:
        return False
    if any(other.title == old.title for other in ledger.findings):
        return True
    matcher = SequenceMatcher(None, old.title, new.title, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return common < _ALIKE * min(len(old.title), len(new.title))


def _erased(
    old: Finding, new: Finding, rules: Inspection, ledger: Ledger, seen_on: date
) -> Iterator[Problem]:
    """Find a deadline seen to be missed that the records of now say was never missed."""
    state = standing(timeline(old), seen_on, terms(rules))
    if state.timing is not Timing.OVERDUE or state.deadline is None or any(_moves(old, new)):
        return
    missed = state.deadline + timedelta(days=1)
    if reopened_on := fold(timeline(old), seen_on).reopened_on:
        missed = max(missed, reopened_on)
    if not _shows_missed(new, missed, terms(ledger.inspection)):
        message = f"时限{state.deadline}过后问题{old.id}已经逾期,后补的记录却说没有"
        hint = "记录写实际登记的日期;确是漏登的,由督查方核对批准文件"
        yield _problem(ledger, _ERASED, new.file_name, ("记录",), message, hint)


def _shows_missed(finding: Finding, day: date, rules: Terms) -> bool:
    """Whether a finding still says that on a day its deadline had been missed."""
    events = timeline(finding)
    on, eve = standing(events, day, rules), standing(events, day - timedelta(days=1), rules)
    passed = eve.closed_on is None and eve.deadline is not None and eve.deadline < day
    return passed or on.timing is Timing.OVERDUE or on.late_days > 0


_INSPECTION = "inspection.yaml"


def _loosened(old: Inspection, new: Ledger) -> Iterator[Problem]:
    now = new.inspection
    grades = list(Severity)
    faults: list[tuple[At, str]] = []
    for code in (old.severities.keys() | now.severities.keys()) & CODES.keys():
        usual = CODES[code].severity
        was, is_now = old.severities.get(code, usual), now.severities.get(code, usual)
        if grades.index(is_now) > grades.index(was):
            faults.append((("规则", code), f"规则{code}由{was}调成了{is_now}"))
    if lost := [step for step in old.closing_steps if step not in now.closing_steps]:
        faults.append((("销号程序",), f"销号程序里少了{'、'.join(lost)}"))
    if old.evidence_required and not now.evidence_required:
        faults.append((("销号须佐证",), "取消了销号须佐证"))
    if old.feedback_on is not None and now.feedback_on != old.feedback_on:
        message = f"反馈日期由{old.feedback_on}改成了{now.feedback_on or '空'}"
        faults.append((("反馈日期",), message))
    for at, message in sorted(faults, key=lambda fault: fault[1]):
        yield _problem(
            new, _LOOSENED, _INSPECTION, at, message, "恢复原来的写法;确需改的,由督查方认可"
        )


def _pair(old: Finding, new: Finding, ledger: Ledger) -> list[Problem]:
    return [
        _problem(ledger, rule.code, new.file_name, problem.at, problem.message, problem.hint)
        for rule in _PAIR_RULES
        for problem in rule.judge(old, new)
    ]


def _gone(finding: Finding, new: Ledger) -> Problem:
    same = next((other for other in new.findings if other.title == finding.title), None)
    other = next((other for other in new.findings if other.number == finding.number), None)
    state = "已销号的" if _is_closed(finding) else ""
    how = f"改号为{same.id}" if same else "被删除"
    if other is not None and same is None:
        how = f"换成了“{shorten(other.title, 20)}”"
    message = f"{state}问题{finding.id}(“{finding.title}”){how}"
    return _problem(new, _GONE, finding.file_name, (), message, "恢复原来的文件和编号")


def gone_ledger(path: str) -> Problem:
    """Name a ledger that an earlier version had and this one has not."""
    code = LEDGER_GONE
    message = "以前的版本里有这本台账,现在没有了"
    return Problem(message, "恢复台账文件夹", (), path, code=code.code, severity=code.severity)


def _is_closed(finding: Finding) -> bool:
    return fold(timeline(finding)).closed_on is not None


def _stayed_closed(old: Finding, new: Finding) -> bool:
    """Tell whether a finding is closed then and now, and was not reopened in between."""
    then, now = fold(timeline(old)), fold(timeline(new))
    return bool(then.closed_on and now.closed_on) and then.reopenings == now.reopenings


def _problem(ledger: Ledger, code: Code, file: str, at: At, message: str, hint: str) -> Problem:
    path = f"{ledger.folder}/{file}" if ledger.folder else file
    return Problem(message, hint, at, path, code=code.code, severity=code.severity)
