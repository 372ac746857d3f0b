"""History guard, a finding then and now: its records, deadlines, measures and other fields."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from zhenggai.ledger.journal import Journal, fold
from zhenggai.ledger.register import terms, timeline
from zhenggai.ledger.standing import Standing
from zhenggai.model.codes import Code
from zhenggai.model.declaration import replaced
from zhenggai.model.easing import is_replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger, Measure
from zhenggai.model.problem import Problem, shorten
from zhenggai.model.record_models import Extension, Record, Urging
from zhenggai.model.terms import Kind, Severity, Timing
from zhenggai.rules.changes import Change, changes
from zhenggai.rules.history_wording import history_problem, told_change


class Pair(NamedTuple):
    """A finding then and now; `then` is where the old one stands on the day compared."""

    old: Finding
    new: Finding
    then: Standing

    @property
    def stayed_closed(self) -> bool:
        """Whether it is closed then and now, and was not reopened in between."""
        then, now = whole(self.old), whole(self.new)
        return bool(then.closed_on and now.closed_on) and then.reopenings == now.reopenings

    @property
    def sent_back_on(self) -> date | None:
        """The day on which it went back to work (退回, 重开) in between."""
        then, now = whole(self.old).sent_back_on, whole(self.new).sent_back_on
        return now if now != then else None

    @property
    def has_begun(self) -> bool:
        """Whether there is more than a plan, which may be drawn anew while it is in time.

        What the new version adds counts: a plan is not redrawn and reported on in one change.
        """
        both = (self.old, self.new)
        begun = any(one.records or any(m.done_on for m in one.measures) for one in both)
        return begun or self.then.timing is Timing.OVERDUE or bool(self.then.late_measures)


_PairJudge = Callable[[Pair], Iterator[Problem]]


class _PairRule(NamedTuple):
    """A rule on one finding then and now."""

    code: Code
    judge: _PairJudge


PAIR_RULES: list[_PairRule] = []


def on_pair(code: str, name: str, why: str) -> Callable[[_PairJudge], None]:
    """Enter a rule on one finding then and now."""

    def enter(judge: _PairJudge) -> None:
        PAIR_RULES.append(_PairRule(Code(code, name, Severity.ERROR, why), judge))

    return enter


@on_pair(
    "I701",
    "记录被改动或删除",
    "记录只能往后追加。填写有误的，另加一条说明，不改原来的；这样“什么时候发生了什么”才可信。"
    "只有督办的“回复日期”可以在收到回复时填写一次。",
)
def _record_gone(pair: Pair) -> Iterator[Problem]:
    old, new, _ = pair
    places = _places(new)
    last = -1
    for record in old.records:
        # Behind what came before, so that the old order is kept too.
        left = places.get(record, [])
        at = bisect_right(left, last)
        if at == len(left):
            message = f"{record.on}的{record.action}记录被改动或删除"
            yield Problem(message, "恢复原来的记录；要更正的，另加一条", ("记录",))
            last = -1
        else:
            last = left[at]


def _places(finding: Finding) -> dict[Record, list[int]]:
    """Return where each record of a finding stands.

    An urging stands also for what it said before it was answered: the one thing that is added.
    """
    places: dict[Record, list[int]] = {}
    for place, record in enumerate(finding.records):
        for meant in dict.fromkeys((record, unanswered(record))):
            places.setdefault(meant, []).append(place)
    return places


def unanswered(record: Record) -> Record:
    """Return a record as it was before it was answered; only of an urging is that another one."""
    return replaced(record, replied_on=None) if isinstance(record, Urging) else record


def added_records(old: Finding, new: Finding) -> list[tuple[int, Record]]:
    """Return the records that the old version has not, each with its place."""
    known = frozenset(old.records)
    return [(at, record) for at, record in enumerate(new.records) if record not in known]


@on_pair(
    "I702",
    "时限改动没有记录",
    "时限只能用“延期”记录改，写明理由和批准人。直接改“整改时限”（或类型、检视周期），逾期的事实就被掩盖。",
)
def _deadline_moved(pair: Pair) -> Iterator[Problem]:
    yield from moves(pair)
    yield from _measures_reordered(pair.old, pair.new)


def _measures_reordered(old: Finding, new: Finding) -> Iterator[Problem]:
    """Name the measures whose deadlines were moved on record, and that stand elsewhere now.

    The record says which measure it moves by its number only.
    """
    extended = {one.measure for one in old.records if isinstance(one, Extension) and one.measure}
    for number, (_, place) in enumerate(measure_pairs(old, new), start=1):
        if number in extended and place is not None and place != number - 1:
            name, now = f"措施{old.number}.{number}", f"{old.number}.{place + 1}"
            message = f"{name}换到了{now}，它的延期记录对不上了"
            yield Problem(message, "恢复原来的次序；增加的措施写在最后", ("措施", place))


def moves(pair: Pair) -> Iterator[Problem]:
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


@on_pair(
    "I704",
    "销号后改动了措施",
    "销号所依据的措施和完成日期、成效、佐证材料，销号以后不能再改；要改的，先“重开”。"
    "重开、退回以后，做完的措施也不能换成其他内容，佐证材料不能撤换（I710、I707）。",
)
def _measure_changed(pair: Pair) -> Iterator[Problem]:
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


@on_pair(
    "I707",
    "措施或佐证材料被删去",
    "整改开始以后（有记录、有做完的措施，或已经逾期、有过了时限的措施），登记过的措施不能删去："
    "把没做的措施删掉再销号，就是纸面销号。"
    "带校验值的佐证材料也不能删去；换了佐证材料的，另行登记，原来的留着。",
)
def _measure_gone(pair: Pair) -> Iterator[Problem]:
    if pair.stayed_closed or not pair.has_begun:
        return
    old, new, _ = pair
    for number, (measure, place) in enumerate(measure_pairs(old, new), start=1):
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


def measure_pairs(old: Finding, new: Finding) -> list[tuple[Measure, int | None]]:
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


def compared(pair: Pair, ledger: Ledger) -> list[Problem]:
    """Name what of a finding is not as it was."""
    old, new, _ = pair
    if old == new:
        return []
    problems = [
        history_problem(ledger, rule.code, new.file_name, problem.at, problem.message, problem.hint)
        for rule in PAIR_RULES
        for problem in rule.judge(pair)
    ]
    judged = {problem.at for problem in problems}
    for change in _changes(pair):
        if not any(change.at[:length] in judged for length in range(1 + len(change.at))):
            problems += told_change(change, ledger, new.file_name, f"措施{old.number}.")
    return problems


def _changes(pair: Pair) -> Iterator[Change]:
    """Yield what differs in the fields of a finding and of its measures; I701 has the records.

    The measures of a finding that is only planned may be drawn anew, and those that were open when
    it was sent back to work. A measure done stays what it was; it may be done once more, later.
    """
    old, new, _ = pair
    yield from changes(old, new, apart=("measures", "records"))
    if not pair.has_begun:
        return
    for measure, place in measure_pairs(old, new):
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


def whole(finding: Finding) -> Journal:
    """Return what the whole journal comes to, of which no deadline and no step is asked."""
    return fold(timeline(finding), terms(Inspection()))


def is_closed(finding: Finding) -> bool:
    """Whether a finding is closed by its whole journal."""
    return whole(finding).closed_on is not None
