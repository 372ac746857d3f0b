"""History guard: compare two versions of a ledger and report forbidden changes.

A ledger in git can be rewritten by anyone who can edit a file. These rules make that visible:
what was recorded stays recorded, deadlines move only on record, closed stays closed. What no rule
of its own speaks of is judged by the declarations: a change of a guarded field is an error, of a
noticed one a notice.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from zhenggai.ledger.journal import Journal, Moment, fold, moments
from zhenggai.ledger.register import Terms, terms, timeline
from zhenggai.ledger.standing import Standing, standing
from zhenggai.ledger.upgrading import is_retitled
from zhenggai.ledger.warning_levels import is_loosened, levels
from zhenggai.ledger.working_days import Calendar
from zhenggai.model.codes import Code
from zhenggai.model.dates import Period
from zhenggai.model.declaration import Model, replaced
from zhenggai.model.easing import is_replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import At, Problem, has_errors, shorten
from zhenggai.model.record_models import Evidence, Extension, Record, Urging, Withdrawal
from zhenggai.model.terms import Action, Kind, Severity, Step, Timing, WhenDayOff
from zhenggai.rules import CODES
from zhenggai.rules.changes import Change, changes, is_empty

FirstSeen = Callable[[Finding, Record | Measure], date]
"""The day on which a record of a finding, or a measure as done, was first seen: by the earliest
commit that holds it."""


class _Pair(NamedTuple):
    """A finding then and now; `then` is where the old one stands on the day compared."""

    old: Finding
    new: Finding
    then: Standing

    @property
    def stayed_closed(self) -> bool:
        """Whether it is closed then and now, and was not reopened in between."""
        then, now = _whole(self.old), _whole(self.new)
        return bool(then.closed_on and now.closed_on) and then.reopenings == now.reopenings

    @property
    def sent_back_on(self) -> date | None:
        """The day on which it went back to work (退回, 重开) in between."""
        then, now = _whole(self.old).sent_back_on, _whole(self.new).sent_back_on
        return now if now != then else None

    @property
    def has_begun(self) -> bool:
        """Whether there is more than a plan, which may be drawn anew while it is in time.

        What the new version adds counts: a plan is not redrawn and reported on in one change.
        """
        both = (self.old, self.new)
        begun = any(one.records or any(m.done_on for m in one.measures) for one in both)
        return begun or self.then.timing is Timing.OVERDUE or bool(self.then.late_measures)


_PairJudge = Callable[[_Pair], Iterator[Problem]]


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
    "记录只能往后追加。填写有误的，另加一条说明，不改原来的；这样“什么时候发生了什么”才可信。"
    "只有督办的“回复日期”可以在收到回复时填写一次。",
)
def _record_gone(pair: _Pair) -> Iterator[Problem]:
    old, new, _ = pair
    left = iter(new.records)
    for record in old.records:
        if not _comes(record, left):
            message = f"{record.on}的{record.action}记录被改动或删除"
            yield Problem(message, "恢复原来的记录；要更正的，另加一条", ("记录",))
            left = iter(new.records)


def _comes(record: Record, left: Iterator[Record]) -> bool:
    """Look for a record among what is left, so that the old order is kept too."""
    return any(record == other or _is_answered(record, other) for other in left)


def _is_answered(old: Record, new: Record) -> bool:
    """Whether an urging says what it said, and now when it was answered: the one thing added."""
    return (
        isinstance(old, Urging)
        and isinstance(new, Urging)
        and old.replied_on is None
        and replaced(new, replied_on=None) == old
    )


@_on_pair(
    "I702",
    "时限改动没有记录",
    "时限只能用“延期”记录改，写明理由和批准人。直接改“整改时限”（或类型、检视周期），逾期的事实就被掩盖。",
)
def _deadline_moved(pair: _Pair) -> Iterator[Problem]:
    yield from _moves(pair)
    yield from _measures_reordered(pair.old, pair.new)


def _measures_reordered(old: Finding, new: Finding) -> Iterator[Problem]:
    """Name the measures whose deadlines were moved on record, and that stand elsewhere now.

    The record says which measure it moves by its number only.
    """
    extended = {one.measure for one in old.records if isinstance(one, Extension) and one.measure}
    for number, (_, place) in enumerate(_measure_pairs(old, new), start=1):
        if number in extended and place is not None and place != number - 1:
            name, now = f"措施{old.number}.{number}", f"{old.number}.{place + 1}"
            message = f"{name}换到了{now}，它的延期记录对不上了"
            yield Problem(message, "恢复原来的次序；增加的措施写在最后", ("措施", place))


def _moves(pair: _Pair) -> Iterator[Problem]:
    """Name what sets a deadline and was changed in place, or given to put off a review."""
    old, new, then = pair
    hint = "恢复原来的写法；要延期的，用 zhenggai extend 登记"
    if old.due is not None and new.due != old.due:
        message = f"整改时限由{old.due}改成了{new.due or '空'}，没有延期记录"
        yield Problem(message, hint, ("整改时限",))
    due, review = new.due if old.due is None else None, then.deadline
    if then.is_review and due and review and due > review:
        message = f"下次检视是{review}，后来补充的整改时限{due}比它晚"
        yield Problem(message, "删去整改时限，或写不晚于下次检视的日期", ("整改时限",))
    if old.review_every is not None and new.review_every != old.review_every:
        message = f"检视周期由{old.review_every}改成了{new.review_every or '空'}"
        yield Problem(message, hint, ("检视周期",))
    if (old.kind is Kind.LONG_TERM) != (new.kind is Kind.LONG_TERM):
        message = f"类型由{old.kind}改成了{new.kind}，时限随之改变"
        yield Problem(message, hint, ("类型",))


@_on_pair(
    "I704",
    "销号后改动了措施",
    "销号所依据的措施和完成日期、成效、佐证材料，销号以后不能再改；要改的，先“重开”。"
    "重开、退回以后，做完的措施也不能换成其他内容，佐证材料不能撤换（I710、I707）。",
)
def _measure_changed(pair: _Pair) -> Iterator[Problem]:
    if not pair.stayed_closed:
        return
    old, new, _ = pair
    for index, measure in enumerate(old.measures):
        if measure.done_on is None:
            continue
        name = f"措施{old.number}.{index + 1}"
        now = new.measures[index] if index < len(new.measures) else None
        hint = "恢复原来的内容；确需改的，先用 zhenggai reopen 重开"
        if now is None:
            yield Problem(f"销号后删去了{name}", hint, ("措施",))
        elif (now.text, now.done_on) != (measure.text, measure.done_on):
            yield Problem(f"销号后改动了{name}的内容或完成日期", hint, ("措施", index))
        elif measure.outcome and now.outcome != measure.outcome:
            yield Problem(f"销号后改动了{name}的成效", hint, ("措施", index))
        elif not set(measure.evidence) <= set(now.evidence):
            yield Problem(f"销号后改动了{name}的佐证材料", hint, ("措施", index))


@_on_pair(
    "I707",
    "措施或佐证材料被删去",
    "整改开始以后（有记录、有做完的措施，或已经逾期、有过了时限的措施），登记过的措施不能删去："
    "把没做的措施删掉再销号，就是纸面销号。"
    "带校验值的佐证材料也不能删去；换了佐证材料的，另行登记，原来的留着。",
)
def _measure_gone(pair: _Pair) -> Iterator[Problem]:
    if pair.stayed_closed or not pair.has_begun:
        return
    old, new, _ = pair
    for number, (measure, place) in enumerate(_measure_pairs(old, new), start=1):
        name = f"措施{old.number}.{number}（“{shorten(measure.text, 20)}”）"
        if place is None:
            hint = "恢复原来的措施；做法变了的，改写它，不要删去"
            yield Problem(f"{name}被删去", hint, ("措施",))
            continue
        now = new.measures[place]
        if measure.done_on is None and now.text != measure.text and pair.sent_back_on:
            continue
        for file in measure.evidence:
            if file.sha256 and file not in now.evidence:
                there = file.path in {other.path for other in now.evidence}
                what = "的校验值被改动" if there else "被删去"
                message = f"{name}的佐证材料“{shorten(file.path)}”{what}"
                yield Problem(message, "恢复原来的佐证材料；换了的，另加一条", ("措施", place))


# So many pairs of measures are looked at for one in other words; a text takes a millisecond.
_PAIRS = 400


def _measure_pairs(old: Finding, new: Finding) -> list[tuple[Measure, int | None]]:
    """Pair every measure of before with the place where it is now, None where it is gone.

    The text tells; one in other words is known by what it has kept; what is left goes by order.
    """
    left = dict(enumerate(new.measures))
    places: list[int | None] = [None] * len(old.measures)
    tests: tuple[Callable[[str, str], bool], ...] = (
        str.__eq__,
        lambda was, now: not is_replaced(was, now),
        lambda _was, _now: True,
    )
    for is_it in tests:
        open_ones = [place for place, found in enumerate(places) if found is None]
        if is_it is tests[1] and len(open_ones) * len(left) > _PAIRS:
            continue
        for place in open_ones:
            text = old.measures[place].text
            places[place] = next((one for one in left if is_it(text, left[one].text)), None)
            left.pop(places[place], None)  # type: ignore[arg-type]
    return list(zip(old.measures, places, strict=True))


_GONE = Code(
    "I703",
    "问题被删除、改号或调换",
    Severity.ERROR,
    "登记过的问题，不论销号与否，都不能从台账里消失，也不能改号，或换成另一个问题；"
    "编号是通报和佐证材料引用它的依据。",
)
LEDGER_GONE = Code(
    "I705",
    "整本台账被删除",
    Severity.ERROR,
    "以前的版本里有这本台账，现在没有了。台账结束后也应保留。",
)
_ERASED = Code(
    "I706",
    "逾期被补登的记录掩盖",
    Severity.ERROR,
    "以前的版本提交时，问题已经逾期（或措施过了时限）；后来补登的记录（日期写在时限之前的延期、申请销号、"
    "销号、督查）使它变成未逾期。延期要在时限之前申请，申请销号和销号写实际的日期，补登的加“登记日期”（--late）。"
    "确是当时漏登的，由督查单位核对批准文件后确认这次改动。",
)
_LOOSENED = Code(
    "I708",
    "校验要求被放宽",
    Severity.ERROR,
    "inspection.yaml里调低了规则、减了销号步骤、加了申请（逾期从此只算到申请）、取消了销号须佐证、改了反馈日期，"
    "或者放宽了预警等级、销号权限、回避、审核期限、集中整改和报送的截止、长期坚持计入完成、通报口径、反馈问题数："
    "原来不能通过的，放宽要求后就通过了。确需改的，由督查单位确认这次改动。",
)
_NOT_COMPARED = Code(
    "I709",
    "以前的版本无从比较",
    Severity.ERROR,
    "要比较的版本里这个文件有错误、是链接或未取来，更早的版本里也没有能读的。先写坏再“修好”，"
    "原来写了什么就看不出了，所以未比较的就不通过。由督查单位核对这个文件后确认这次改动。",
)
_CHANGED = Code(
    "I710",
    "不应改动的内容被改动",
    Severity.ERROR,
    "判断整改情况所依据的内容（docs/ledger.md里“改动”一栏写“报错”的）改了或删了：措施换成其他内容、"
    "完成日期、公开、时区、预警天数、督查周期等。确需改的，由督查单位确认这次改动。",
)
_NOTICED = Code(
    "I711",
    "内容有改动",
    Severity.INFO,
    "会写进通报、说明由谁负责的内容改了（docs/ledger.md里“改动”一栏写“提示”的）。可以改，但要看得见。"
    "新增而已经销号的问题、完成日期过去30天以上才登记的措施、新的撤销登记、新台账的“原文: 是”，"
    "也这样提示。",
)
_UNWATCHED = Code(
    "I712",
    "台账脱离了检查",
    Severity.ERROR,
    "以前的版本里有这本台账，现在也还在，但这次未检查它：可能是别处多了一个inspection.yaml，"
    "或台账变成了子模块（另一个Git仓库）。",
)
_MISDATED = Code(
    "I713",
    "登记日期与最早的提交不符",
    Severity.ERROR,
    "逾期以后补登的延期、申请销号、销号，逾期天数算到“登记日期”为止；"
    "“登记日期”早于最早含有这条记录的提交，逾期天数就少算了。"
    "延期的日期就是登记的那一天：逾期以后的延期，日期早于最早的提交，须有“登记日期”。",
)
_ENTERED_LATER = Code(
    "I714",
    "逾期以后补登",
    Severity.INFO,
    "时限已过，申请销号、销号的日期又早于最早含有它的提交，未填写“登记日期”：逾期天数按记录的日期算。"
    "长期坚持的问题，督查写在检视时限之前、过了时限才有的，最后完成的措施过了整改时限才登记的，"
    "也是这样。可以这样登记，但要看得见。",
)
_WITHDRAWN = Code(
    "I715",
    "撤销登记没有依据",
    Severity.ERROR,
    "撤销登记的问题不再计入各项数。已经逾期、被退回或重开、上级不认可的问题，没有批准的文号或会议就撤销，"
    "逾期和不认可就从台账里消失了。确系重复登记或误登的，补充“依据”。",
)
HISTORY: dict[str, Code] = {
    code.code: code
    for code in sorted(
        (
            *(rule.code for rule in _PAIR_RULES),
            *(_GONE, LEDGER_GONE, _ERASED, _LOOSENED),
            *(_NOT_COMPARED, _CHANGED, _NOTICED, _UNWATCHED, _MISDATED, _ENTERED_LATER, _WITHDRAWN),
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
    now = {finding.number: finding for finding in new.findings}
    unread = {int(name.partition(".")[0]) for name in new.unreadable}
    problems = [*upgraded, *compare_inspections(old.inspection, new)]
    if not has_errors(_of_file(old, OWN_DAYS_OFF) + _of_file(new, OWN_DAYS_OFF)):
        problems += _days_off_changed(old, new)
    for finding in old.findings:
        if finding.number in unread:
            continue
        other = now.get(finding.number)
        if other is None or _is_another(finding, other, new):
            problems.append(_gone(finding, new))
        else:
            state = standing(timeline(finding), seen_on, terms(old.inspection))
            pair = _Pair(finding, other, state)
            problems += _compared(pair, new)
            problems += _withdrawn(pair, new, seen_on)
            problems += _undisputed(finding, other, new)
            erased = list(_erased(pair, old.inspection, new, seen_on))
            problems += erased
            if first_seen is None:
                problems += _measures_erased(pair, new)
            else:
                dated = _misdated(finding, other, new, first_seen)
                problems += [one for one in dated if not (erased and one.code == _ERASED.code)]
                problems += _measures_misdated(finding, other, new, first_seen)
                if not erased:
                    problems += _reviewed_late(finding, other, new, seen_on, first_seen)
                    problems += _finished_unseen(finding, other, new, first_seen)
    problems += _done_unseen(old, new, seen_on, first_seen)
    for name in old.unreadable:
        stem = name.partition(".")[0]
        if int(stem) not in unread | now.keys():
            message, hint = f"问题{stem}被删除", "恢复原来的文件和编号"
            problems.append(_problem(new, _GONE, name, (), message, hint))
    return problems


_LONG = timedelta(days=30)
_NAMED = 20


def _done_unseen(
    old: Ledger, new: Ledger, seen_on: date, first_seen: FirstSeen | None
) -> Iterator[Problem]:
    """Tell in one line what came into the ledger as done already, for the rates rise by it."""
    before = {finding.number: finding for finding in old.findings}
    known = before.keys() | {int(name.partition(".")[0]) for name in old.unreadable}
    closed = [one.id for one in new.findings if one.number not in known and _is_closed(one)]
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
        yield _problem(new, _NOTICED, INSPECTION, (), "；".join(parts), hint)


def _was_done_long_before(
    old: Finding | None, new: Finding, seen_on: date, first_seen: FirstSeen | None
) -> bool:
    """Whether a measure says that it was done long before it was first seen to be."""
    if old == new:
        return False
    pairs = _measure_pairs(old, new) if old else []
    known = {place for measure, place in pairs if measure.done_on is not None}
    for place, measure in enumerate(new.measures):
        if place in known or measure.done_on is None or seen_on - measure.done_on <= _LONG:
            continue
        seen = first_seen(new, measure) if first_seen else seen_on
        if seen - measure.done_on > _LONG:
            return True
    return False


def compare_inspections(old: Inspection, new: Ledger) -> list[Problem]:
    """Name what of the rules by which a ledger is kept is not as it was."""
    problems = list(_loosened(old, new))
    if not has_errors(_of_file(new, INSPECTION)):
        now, apart = new.inspection, [*_RULES_OF_THE_LEDGER]
        if (old.warning_levels, now.warning_levels) != (None, None):
            problems += _warns_otherwise(old, new)
            apart += _WARNINGS
        told = changes(old, now, apart=apart)
        problems += [one for change in told for one in _told(change, new, INSPECTION)]
    return problems


def _warns_otherwise(old: Inspection, new: Ledger) -> Iterator[Problem]:
    """Tell of another table of warnings, whether it is written whole or as days only."""
    was, now = levels(old), levels(new.inspection)
    if was == now:
        return
    at: At = ("预警等级",) if new.inspection.warning_levels is not None else ("预警天数",)
    if is_loosened(was, now):
        message = "预警等级放宽了：有的预警少了、晚了、颜色轻了，或不再发给原来的人"
        hint = "恢复原来的写法；确需改的，由督查单位确认"
        yield _problem(new, _LOOSENED, INSPECTION, at, message, hint)
    else:
        yield _problem(new, _NOTICED, INSPECTION, at, "预警等级有改动", _LOOK)


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
            told.append(_problem(new, _NOTICED, other.file_name, ("记录",), message, _LOOK))
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


def _erased(pair: _Pair, rules: Inspection, ledger: Ledger, seen_on: date) -> Iterator[Problem]:
    """Report an overdue deadline that is now hidden by back-dated records."""
    old, new, state = pair
    if state.timing is not Timing.OVERDUE or state.deadline is None or any(_moves(pair)):
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
    yield _problem(ledger, _ERASED, new.file_name, ("记录",), message, hint)


def _measures_erased(pair: _Pair, ledger: Ledger) -> Iterator[Problem]:
    """Report the late measures that an added extension, dated before their deadline, now hides.

    That is all there is to go by where nobody knows since when the extension is there.
    """
    old, new, state = pair
    places = [place for _, place in _measure_pairs(old, new)]
    late = {(places[one.number - 1] or 0) + 1: one for one in state.late_measures}
    for event in timeline(new).events:
        record = new.records[event.place]
        if event.measure not in late or record in old.records:
            continue
        deadline = late[event.measure].deadline
        if deadline is not None and event.on <= deadline:
            name = f"措施{new.number}.{event.measure}"
            message = f"时限{deadline}过后{name}尚未完成，补登的延期却写在时限之前"
            hint = "记录写实际登记的日期；确是漏登的，由督查单位核对批准文件"
            yield _problem(ledger, _ERASED, new.file_name, ("记录", event.place), message, hint)


def _shows_missed(finding: Finding, day: date, rules: Terms) -> bool:
    """Whether a finding still says that on a day its deadline had been missed."""
    events = timeline(finding)
    on, eve = standing(events, day, rules), standing(events, day - timedelta(days=1), rules)
    passed = eve.days_left is not None and eve.deadline is not None and eve.deadline < day
    return passed or on.timing is Timing.OVERDUE or on.late_days > 0


def _withdrawn(pair: _Pair, ledger: Ledger, seen_on: date) -> Iterator[Problem]:
    """Tell of every withdrawal that is new; one that hides something wants a 依据."""
    old, new, then = pair
    added = [
        (place, record)
        for place, record in enumerate(new.records)
        if isinstance(record, Withdrawal) and record not in old.records
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
            for journal in (_whole(old), fold(unhidden, rules))
        ),
        "上级不认可": False in (then.recognised, now.recognised),
    }
    why = "、".join(name for name, is_so in hidden.items() if is_so)
    for place, record in added:
        at: At = ("记录", place)
        if why and not record.basis:
            message = f"问题{new.id}{why}，撤销登记（{record.reason}）没有依据"
            hint = "补充“依据”（文号或会议）；没有批准的，删去这条记录"
            yield _problem(ledger, _WITHDRAWN, new.file_name, at, message, hint)
        else:
            message = f"问题{new.id}撤销登记，理由是{record.reason}，不再计入各项数"
            yield _problem(ledger, _NOTICED, new.file_name, at, message, _LOOK)


def _undisputed(old: Finding, new: Finding, ledger: Ledger) -> Iterator[Problem]:
    """Tell of added reports before a dispute, which then cancels them and no longer another."""
    dispute = None
    for event in reversed(timeline(new).events):
        record = new.records[event.place]
        if event.action is Action.SUPERVISION and event.disputes and record in old.records:
            dispute = event
        elif event.action is Action.PROGRESS and dispute and record not in old.records:
            message = (
                f"补登的{event.on}的进展在{dispute.on}与自报不符的督查之前，那次督查改为针对它"
            )
            hint = "补登的写“登记日期”；确是当时漏登的，请核对"
            at: At = ("记录", event.place)
            yield _problem(ledger, _NOTICED, new.file_name, at, message, hint)


def _misdated(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Report added records that end a spell of being overdue and say so of too early a day."""
    rules = terms(ledger.inspection)
    for moment in moments(timeline(new), rules):
        event, deadline = moment.event, moment.deadline
        record = new.records[event.place]
        if deadline is None or not moment.works_to_deadline:
            continue
        if not _ends_spell(moment, rules) or record in old.records:
            continue
        seen = first_seen(new, record)
        if seen <= max(event.on, deadline):
            continue
        said = f"{event.on}的{event.action}记录到{seen}才有（按最早的提交）"
        hint = f"补写“登记日期: {seen}”；确是当天登记的，由督查单位核对后确认"
        at: At = ("记录", event.place)
        if event.on <= deadline:
            code, message = _ERASED, f"{said}，时限{deadline}已过"
        elif record.entered_on is not None:
            code, message = _MISDATED, f"{said}，与登记日期不符，逾期天数少算了"
        elif event.action is Action.EXTENSION:
            code, message = _MISDATED, f"{said}，没有登记日期，逾期天数少算了"
        else:
            code, message, hint = _ENTERED_LATER, f"{said}，逾期按{event.on}算", "请核对日期"
        yield _problem(ledger, code, new.file_name, at, message, hint)


def _measures_misdated(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Report added extensions of measures that came later than they say, and too late."""
    for moment in moments(timeline(new), terms(ledger.inspection)):
        event, deadline = moment.event, moment.measure_deadline
        record = new.records[event.place]
        if event.measure is None or deadline is None or record in old.records:
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
            yield _problem(ledger, _ERASED, new.file_name, at, message, hint)
        else:
            told = "与登记日期不符" if record.entered_on else "没有登记日期"
            yield _problem(ledger, _MISDATED, new.file_name, at, said + told, hint)


def _reviewed_late(
    old: Finding, new: Finding, ledger: Ledger, seen_on: date, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Name added visits by which a long-term finding was reviewed in time, as they say later."""
    if new.kind is not Kind.LONG_TERM:
        return
    whole = timeline(new)
    for number, event in enumerate(whole.events):
        record = new.records[event.place]
        if event.action is not Action.SUPERVISION or record in old.records:
            continue
        before = whole._replace(events=whole.events[:number])
        state = standing(before, event.on, terms(ledger.inspection))
        deadline = state.deadline if state.is_review else None
        if deadline is None or not event.on <= deadline < seen_on:
            continue
        if (seen := first_seen(new, record)) > deadline:
            message = f"{event.on}的督查记录到{seen}才有（按最早的提交），检视时限{deadline}已过"
            at: At = ("记录", event.place)
            yield _problem(ledger, _ENTERED_LATER, new.file_name, at, message, "请核对日期")


def _finished_unseen(
    old: Finding, new: Finding, ledger: Ledger, first_seen: FirstSeen
) -> Iterator[Problem]:
    """Name measures by which a long-term finding met its deadline, as they say later."""
    if new.kind is not Kind.LONG_TERM or new.due is None:
        return
    journal = fold(timeline(new), terms(ledger.inspection))
    deadline, finished_on = journal.deadline, journal.finished_by(date.max)
    if deadline is None or finished_on is None or finished_on > deadline:
        return
    known = {place for measure, place in _measure_pairs(old, new) if measure.done_on is not None}
    for place, measure in enumerate(new.measures):
        if place not in known and (seen := first_seen(new, measure)) > deadline:
            message = (
                f"措施{new.number}.{place + 1}的完成日期{measure.done_on}到{seen}才登记"
                f"（按最早的提交），时限{deadline}已过"
            )
            at: At = ("措施", place, "完成")
            yield _problem(ledger, _ENTERED_LATER, new.file_name, at, message, "请核对日期")


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


INSPECTION, OWN_DAYS_OFF = "inspection.yaml", "节假日.yaml"
_LOOK = "请核对这处改动"
# What of an inspection is judged here, and what by its declaration, both as I708.
_RULES_OF_THE_LEDGER = ("severities", "closing_steps", "evidence_required", "feedback_on")
_WARNINGS = ("warn_days", "warning_levels")
_EASED = (
    *("signatories", "reviewers_instead", "decision_period", "concentrated_until", "plan_due"),
    "report_due",
    *("sustained_counts", "figures_over", "findings_reported", "aspect_findings_reported"),
)


def _loosened(old: Inspection, new: Ledger) -> Iterator[Problem]:
    now = new.inspection
    grades = list(Severity)
    faults: list[tuple[At, str]] = []
    for code in (old.severities.keys() | now.severities.keys()) & CODES.keys():
        usual = CODES[code].severity
        was, is_now = old.severities.get(code, usual), now.severities.get(code, usual)
        if grades.index(is_now) > grades.index(was):
            faults.append((("规则", code), f"规则{code}由{was}调成了{is_now}"))
    lost = [step for step in old.closing_steps if step not in now.closing_steps]
    applies = Step.APPLICATION in now.closing_steps and Step.APPLICATION not in old.closing_steps
    if lost:
        faults.append((("销号程序",), f"销号程序里少了{'、'.join(lost)}"))
    if applies:
        faults.append((("销号程序",), "销号程序里加了申请，逾期从此只算到申请"))
    if not (lost or applies) and old.closing_steps != now.closing_steps:
        message = f"销号程序由{_plain(old.closing_steps)}改成了{_plain(now.closing_steps)}"
        yield _problem(new, _NOTICED, INSPECTION, ("销号程序",), message, _LOOK)
    if old.evidence_required and not now.evidence_required:
        faults.append((("销号须佐证",), "取消了销号须佐证"))
    if old.feedback_on is not None and now.feedback_on != old.feedback_on:
        message = f"反馈日期由{old.feedback_on}改成了{now.feedback_on or '空'}"
        faults.append((("反馈日期",), message))
    for at, message in sorted(faults, key=lambda fault: fault[1]):
        yield _problem(
            new, _LOOSENED, INSPECTION, at, message, "恢复原来的写法；确需改的，由督查单位确认"
        )


def _days_off_changed(old: Ledger, new: Ledger) -> Iterator[Problem]:
    """Report days that were worked and are off now, or the other way round.

    That is an error where deadlines follow from working days and the day was settled before: its
    year's arrangements were known, or the ledger named it. A new year's are a notice.
    """
    was, given = old.inspection.days_off, new.inspection.days_off
    if was is None or given is None or was == given:
        return
    before, after = Calendar(was), Calendar(given)
    named = sorted((was.off ^ given.off) | (was.worked ^ given.worked))
    changed = [day for day in named if before.is_working(day) != after.is_working(day)]
    settled = [
        day for day in changed if before.is_known(day) or day in was.off or day in was.worked
    ]
    guarded = settled if _counts_working_days(old) or _counts_working_days(new) else []
    noticed = [day for day in changed if day not in guarded]
    hint = "恢复原来的写法；确需改的，由督查单位确认"
    if guarded:
        message = f"{_days(guarded, after)}，时限随之改变"
        yield _problem(new, _CHANGED, OWN_DAYS_OFF, (), message, hint)
    if noticed:
        message = _days(noticed, after)
        yield _problem(new, _NOTICED, OWN_DAYS_OFF, (), message, "请核对这处改动")


def _counts_working_days(ledger: Ledger) -> bool:
    """Whether what a ledger is judged by follows from working days."""
    inspection = ledger.inspection
    periods = [inspection.supervision_period, inspection.decision_period]
    periods += [finding.review_every for finding in ledger.findings]
    moves = inspection.when_day_off is not WhenDayOff.UNCHANGED
    return moves or any(period is not None and period.working_days for period in periods)


_NAMED_DAYS = 3


def _days(changed: Sequence[date], after: Calendar) -> str:
    """Say which days are off now, and which worked."""
    said = [f"{day}改为{'上班' if after.is_working(day) else '放假'}" for day in changed]
    more = f"等{len(said)}天" if len(said) > _NAMED_DAYS else ""
    return "、".join(said[:_NAMED_DAYS]) + more


def _compared(pair: _Pair, ledger: Ledger) -> list[Problem]:
    old, new, _ = pair
    if old == new:
        return []
    problems = [
        _problem(ledger, rule.code, new.file_name, problem.at, problem.message, problem.hint)
        for rule in _PAIR_RULES
        for problem in rule.judge(pair)
    ]
    judged = {problem.at for problem in problems}
    for change in _changes(pair):
        if not any(change.at[:length] in judged for length in range(1 + len(change.at))):
            problems += _told(change, ledger, new.file_name, f"措施{old.number}.")
    return problems


def _changes(pair: _Pair) -> Iterator[Change]:
    """Yield what differs in the fields of a finding and of its measures; I701 has the records.

    The measures of a finding that is only planned may be drawn anew, and those that were open when
    it was sent back to work. A measure done stays what it was; it may be done once more, later.
    """
    old, new, _ = pair
    yield from changes(old, new, apart=("measures", "records"))
    if not pair.has_begun:
        return
    for measure, place in _measure_pairs(old, new):
        if place is None or (pair.sent_back_on and measure.done_on is None):
            continue
        now = new.measures[place]
        again = _is_done_again(measure, now, pair.sent_back_on)
        for change in changes(measure, now, ("措施", place)):
            yield change._replace(excused=again and change.field.name in _WHEN)


# What of a measure tells when it was to be done, and was.
_WHEN = ("due", "done_on")


def _is_done_again(old: Measure, new: Measure, sent_back_on: date | None) -> bool:
    """Whether a measure that was done is, since the finding was sent back, to be done once more."""
    if sent_back_on is None or old.done_on is None:
        return False
    return new.done_on is None or new.done_on >= max(sent_back_on, old.done_on)


def _told(change: Change, ledger: Ledger, file: str, measure: str = "") -> Iterator[Problem]:
    """Say what a change comes to; `measure` is what stands before a measure's own number."""
    name = "的".join(
        f"{measure}{part + 1}" if isinstance(part, int) else part
        for part in (change.at[1:] if measure and change.at[0] == "措施" else change.at)
    )
    old, new = change.old, change.new
    if isinstance(old, dict) and isinstance(new, dict) and new:
        old, new = _apart(old, new), _apart(new, old)
    was, now = _said(old), _said(new)
    message = f"{name}由{was}改成了{now}" if was != now else f"{name}改了"
    if is_empty(new):
        message = f"{name}被删去（原为{was}）" if was else f"{name}被删去"
    elif is_empty(old):
        message = f"{name}增加了{now}"
    if change.is_guarded:
        hint = "恢复原来的写法；确需改的，由督查单位确认"
        if measure and change.field.name == "due" and change.at[0] == "措施":
            number = int(change.at[1]) + 1
            hint = f"恢复原来的写法；要延期的，用 zhenggai extend {measure[2:]}{number} 登记"
        code = _LOOSENED if change.field.name in _EASED else _CHANGED
        yield _problem(ledger, code, file, change.at, message, hint)
    elif change.is_noticed:
        yield _problem(ledger, _NOTICED, file, change.at, message, _LOOK)


def _apart(table: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, Any]:
    """Return what a table says and another one does not."""
    return {key: one for key, one in table.items() if other.get(key) != one}


def _said(value: Any) -> str:
    """Write a value short; a model other than a file of evidence, which has no name, as nothing."""
    if isinstance(value, Model):
        return _said(value.path) if isinstance(value, Evidence) else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return _said(tuple(_entry(key, one) for key, one in value.items()))
    if isinstance(value, tuple) and not isinstance(value, Period):
        return _said("、".join(map(str, value)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}元"
    is_text = isinstance(value, str) and not isinstance(value, Enum)
    return f"“{shorten(value, 20)}”" if is_text else str(value)


def _entry(key: str, value: Any) -> str:
    """Write an entry of a table: a number after its word, anything else after a colon."""
    if isinstance(value, int):
        return f"{key}{value}"
    return f"{key}：{'、'.join(value) if isinstance(value, tuple) else value}"


def _plain(steps: tuple[Step, ...]) -> str:
    return "、".join(steps) or "空"


def _of_file(ledger: Ledger, name: str) -> list[Problem]:
    """Return what is wrong with one of the ledger's files."""
    path = _path(ledger, name)
    return [problem for problem in ledger.problems if problem.path == path]


def not_compared(ledger: Ledger, name: str, why: str) -> Problem:
    """Say that a file cannot be compared with what it was."""
    hint = "取来完整的历史再查；历史里确实没有能读的，由督查单位核对后确认"
    return _problem(ledger, _NOT_COMPARED, name, (), why, hint)


def _gone(finding: Finding, new: Ledger) -> Problem:
    same = next((other for other in new.findings if other.title == finding.title), None)
    other = next((other for other in new.findings if other.number == finding.number), None)
    state = "已销号的" if _is_closed(finding) else ""
    how = f"改号为{same.id}" if same else "被删除"
    if other is not None and same is None:
        how = f"换成了“{shorten(other.title, 20)}”"
    message = f"{state}问题{finding.id}（“{finding.title}”）{how}"
    return _problem(new, _GONE, finding.file_name, (), message, "恢复原来的文件和编号")


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
        yield _problem(ledger, _NOTICED, INSPECTION, ("通报", "原文"), message, hint)


def unwatched_ledger(path: str, message: str, hint: str) -> Problem:
    """Say that a ledger which an earlier version had is there, and not looked at."""
    code = _UNWATCHED
    return Problem(message, hint, (), path, code=code.code, severity=code.severity)


def _whole(finding: Finding) -> Journal:
    """Return what the whole journal comes to, of which no deadline and no step is asked."""
    return fold(timeline(finding), terms(Inspection()))


def _is_closed(finding: Finding) -> bool:
    return _whole(finding).closed_on is not None


def _problem(ledger: Ledger, code: Code, file: str, at: At, message: str, hint: str) -> Problem:
    path = _path(ledger, file)
    return Problem(message, hint, at, path, code=code.code, severity=code.severity)


def _path(ledger: Ledger, file: str) -> str:
    return f"{ledger.folder}/{file}" if ledger.folder else file
