"""Corrections and handovers: what no longer counts, who holds a finding, and since when."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decoded import decoded
from examples import (
    INSPECTION,
    THREE_STEPS,
    Data,
    application,
    changed,
    closing,
    dispute,
    entered,
    extension,
    finding,
    long_term,
    measure,
    on,
    recognition,
    reopening,
    report,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from random_findings import DAYS, findings, inspections
from zhenggai.errors import RefusedError
from zhenggai.ledger.corrections import ANOTHER_WAY, plan_correct, plan_hand_over
from zhenggai.ledger.journal import fold, moments
from zhenggai.ledger.lifecycle import Append, Case, Plan
from zhenggai.ledger.register import counted_records, terms, timeline
from zhenggai.ledger.standing import last_report, standing
from zhenggai.ledger.tenures import Holding, holdings, tenures
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import RECORDS, Correction, Handover
from zhenggai.model.terms import CORRECTABLE, Action, Post, Stage, Timing

LATE = date(2021, 5, 10)
CORRECTED_ON = "2021-05-10"


def correction(day: str, number: int) -> Data:
    return {"日期": day, "事项": "更正", "第几条": number, "理由": "登记到了其他问题"}


def handover(day: str, giver: str, taker: str, post: str = "责任人") -> Data:
    return {"日期": day, "事项": "交接", "职责": post, "从": giver, "到": taker}


# -- what a correction takes back ---------------------------------------------------------------


def test_a_corrected_extension_brings_the_old_deadline_back_from_that_day_on() -> None:
    subject = finding(
        措施=[measure()],
        记录=[extension("2021-04-20", "2021-08-31"), correction(CORRECTED_ON, 1)],
    )
    before, after = on("2021-05-09", subject), on("2021-05-10", subject)
    assert (before.deadline, before.timing, before.extensions) == (
        date(2021, 8, 31),
        Timing.STALE,
        1,
    )
    assert (after.deadline, after.timing, after.days_left) == (
        date(2021, 4, 30),
        Timing.OVERDUE,
        -10,
    )
    assert after.extensions == 0


def test_a_spell_that_a_corrected_extension_ended_runs_on_from_the_first_day() -> None:
    late = entered("2021-05-05", extension("2021-04-20", "2021-06-30"))
    subject = finding(记录=[late, correction(CORRECTED_ON, 1)])
    assert on("2021-05-09", subject).once_overdue_days == 5
    after = on("2021-05-12", subject)
    assert (after.once_overdue_days, after.days_left) == (0, -12)


def test_a_corrected_report_moves_nothing() -> None:
    subject = finding(记录=[report("2021-04-20"), correction(CORRECTED_ON, 1)])
    before, after = on("2021-05-09", subject), on("2021-05-10", subject)
    assert (before.stage, before.last_on) == (Stage.IN_PROGRESS, date(2021, 4, 20))
    assert (after.stage, after.last_on) == (Stage.NOT_STARTED, None)
    assert last_report(subject, date(2021, 5, 9)) == subject.records[0]
    assert last_report(subject, LATE) is None


def test_a_corrected_visit_is_no_visit_and_its_dispute_is_off() -> None:
    subject = finding(
        记录=[report("2021-04-20"), dispute("2021-04-21"), correction(CORRECTED_ON, 2)]
    )
    before, after = on("2021-05-09", subject), on("2021-05-10", subject)
    assert (before.last_on, before.visited_on) == (None, date(2021, 4, 21))
    assert (after.last_on, after.visited_on) == (date(2021, 4, 20), None)


def test_a_review_that_was_corrected_is_due_again() -> None:
    subject = long_term(记录=[supervision("2021-05-01"), correction(CORRECTED_ON, 1)])
    assert on("2021-05-09", subject).deadline == date(2021, 8, 1)
    assert on("2021-05-10", subject).deadline == date(2021, 6, 1)


def test_a_corrected_withdrawal_counts_again() -> None:
    subject = finding(记录=[withdrawal("2021-04-20"), correction(CORRECTED_ON, 1)])
    assert on("2021-05-09", subject).withdrawn
    after = on("2021-05-10", subject)
    assert (after.withdrawn, after.timing) == (False, Timing.OVERDUE)


def test_a_dispute_stays_about_the_report_it_was_of() -> None:
    first, second = report("2021-04-10"), report("2021-04-20")
    subject = finding(记录=[first, second, dispute("2021-04-21"), correction(CORRECTED_ON, 2)])
    assert on("2021-05-10", subject).last_on == date(2021, 4, 10)
    # One that is written after the correction is of the report that counts then.
    later = finding(记录=[first, second, correction("2021-04-22", 2), dispute("2021-04-23")])
    assert on("2021-05-10", later).last_on is None
    both = finding(
        记录=[
            *(first, second, dispute("2021-04-21"), correction("2021-04-22", 2)),
            dispute("2021-04-23"),
        ]
    )
    assert on("2021-05-10", both).last_on is None


@pytest.mark.parametrize(
    "record",
    [
        *(application("2021-04-20"), review("2021-04-20"), closing("2021-04-20")),
        *(sent_back("2021-04-20"), reopening("2021-04-20"), recognition("2021-04-20")),
        correction("2021-04-20", 1),
        {"日期": "2021-04-20", "事项": "拆分", "新编号": "20"},
    ],
)
def test_a_typed_correction_of_anything_else_has_no_effect(record: Data) -> None:
    subject = finding(措施=[measure(done="2021-04-01")], 记录=[report("2021-04-01"), record])
    forged = changed(
        subject,
        records=(*subject.records, decoded(Correction, correction(CORRECTED_ON, 2))),
    )
    assert timeline(forged).struck == timeline(subject).struck
    assert on("2021-05-18", forged, THREE_STEPS) == on("2021-05-18", subject, THREE_STEPS)
    assert subject.records[1].action not in CORRECTABLE
    assert ANOTHER_WAY[subject.records[1].action]


def test_every_kind_of_record_may_be_corrected_or_has_another_way() -> None:
    assert {*CORRECTABLE, *ANOTHER_WAY} >= {*RECORDS} == {*Action}


@st.composite
def _corrected(draw: st.DrawFn) -> tuple[Finding, Finding, date]:
    """Give a finding, the same with one of its records corrected, and the day of that."""
    subject = draw(findings().filter(lambda one: any(r.action in CORRECTABLE for r in one.records)))
    places = [n for n, one in enumerate(subject.records) if one.action in CORRECTABLE]
    place = draw(st.sampled_from(places))
    target = subject.records[place]
    day = (target.entered_on or target.on) + draw(st.integers(0, 400).map(timedelta))
    made = decoded(Correction, correction(str(day), place + 1))
    return subject, changed(subject, records=(*subject.records, made)), day


@given(_corrected(), inspections(), DAYS)
def test_a_correction_changes_no_figure_of_an_earlier_day(
    case: tuple[Finding, Finding, date], inspection: Any, day: date
) -> None:
    subject, mended, since = case
    rules = terms(inspection)
    then, now = (standing(timeline(one), day, rules) for one in (subject, mended))
    if day < since:
        assert now == then


def _is_of_the_only_deadline(subject: Finding, action: Action) -> bool:
    """Tell whether a correction would take away the only deadline there is: it may not."""
    return action is Action.EXTENSION and subject.due is None


@given(_corrected(), inspections(), st.integers(0, 400).map(timedelta))
def test_from_its_day_on_all_is_as_if_the_record_had_not_been_written(
    case: tuple[Finding, Finding, date], inspection: Any, later: timedelta
) -> None:
    _, mended, since = case
    *records, made = mended.records
    assert isinstance(made, Correction)
    if records[made.corrects - 1].action is Action.PROGRESS:
        records = [one for one in records if not getattr(one, "disputes", False)]
        if len(records) < len(mended.records) - 1:
            return  # what was disputed stays disputed: told above
    if _is_of_the_only_deadline(mended, records[made.corrects - 1].action):
        return
    without = changed(
        mended, records=tuple(r for n, r in enumerate(records, 1) if n != made.corrects)
    )
    rules, day = terms(inspection), since + later
    assert standing(timeline(mended), day, rules) == standing(timeline(without), day, rules)
    assert [r for _, r in counted_records(mended)] == [*without.records, made]
    assert [m.event.place for m in moments(timeline(mended), rules)].count(made.corrects - 1) == 0


@given(
    _corrected(),
    inspections().filter(lambda one: one.feedback_on is not None),
    st.integers(0, 400).map(timedelta),
)
def test_a_correction_makes_no_finding_less_late(
    case: tuple[Finding, Finding, date], inspection: Any, later: timedelta
) -> None:
    subject, mended, since = case
    rules, day = terms(inspection), since + later
    # What J505 refuses anyway moves a deadline forward.
    assume(
        all(
            new_due is None or one.deadline is None or new_due > one.deadline
            for one in moments(timeline(subject), rules)
            for new_due in [one.event.new_due]
        )
    )
    then, now = (standing(timeline(one), day, rules) for one in (subject, mended))
    if not then.withdrawn and then.days_left is not None and then.days_left < 0:
        assert now.days_left is not None
        assert now.days_left <= then.days_left


# -- the command --------------------------------------------------------------------------------


def test_a_deadline_that_is_an_extensions_alone_stays() -> None:
    subject = finding(
        整改时限=None, 记录=[extension("2021-04-01", "2021-04-30"), correction(CORRECTED_ON, 1)]
    )
    assert on("2021-05-12", subject).days_left == -12
    with pytest.raises(RefusedError, match="没有整改时限可以恢复"):
        plan_correct(Case(subject, INSPECTION), LATE, 1, "登错了", None, counted=1)


def _said(plan: Plan) -> dict[str, Any]:
    [edit] = plan.edits
    assert isinstance(edit, Append)
    return dict(edit.record)


def test_a_correction_is_of_today() -> None:
    case = Case(finding(记录=[report("2021-04-20")]), INSPECTION)
    plan = plan_correct(case, LATE, 1, "登错了", "办公室", counted=1)
    assert _said(plan) == {
        "日期": "2021-05-10",
        "事项": "更正",
        "第几条": "1",
        "理由": "登错了",
        "经办人": "办公室",
    }
    assert plan.done == "问题07的第1条记录（2021-04-20的进展）已更正，从今天起不算"


_AFTER_TODAY = (
    "问题07的第1条记录（2021-05-20的进展）的日期在今天（2021-05-10）之后，不能更正；请核对 --today"
)


@pytest.mark.parametrize(
    ("records", "number", "why"),
    [
        ([], 1, "问题07没有第1条记录；它尚无记录"),
        ([report("2021-04-20")], 2, "问题07没有第2条记录；它有1条记录"),
        (
            [closing("2021-04-20")],
            1,
            "问题07的第1条记录（2021-04-20的销号）不能更正；销号有误的，用 zhenggai reopen 重开",
        ),
        ([report("2021-05-20")], 1, _AFTER_TODAY),
        (
            [report("2021-04-20"), withdrawal("2021-04-21")],
            1,
            "问题07已于2021-04-21撤销登记，不能更正其他记录",
        ),
    ],
)
def test_what_may_not_be_corrected_is_refused(records: list[Data], number: int, why: str) -> None:
    case = Case(finding(记录=records), INSPECTION)
    with pytest.raises(RefusedError) as refused:
        plan_correct(case, LATE, number, "登错了", None, counted=1)
    assert str(refused.value) == why


def test_what_is_corrected_already_is_left_alone() -> None:
    case = Case(finding(记录=[report("2021-04-20"), correction("2021-05-01", 1)]), INSPECTION)
    plan = plan_correct(case, LATE, 1, "登错了", None, counted=1)
    assert not plan.edits
    assert plan.done == "问题07的第1条记录（2021-04-20的进展）已由第2条更正，未改动"


def test_a_withdrawal_is_not_corrected_where_there_would_be_too_many() -> None:
    rules = decoded(type(INSPECTION), {"格式": 2, "反馈问题数": 3})
    case = Case(finding(记录=[withdrawal("2021-04-21")]), rules)
    with pytest.raises(RefusedError, match="反馈问题数是3，台账里已有3个"):
        plan_correct(case, LATE, 1, "没有重复", None, counted=3)
    assert plan_correct(case, LATE, 1, "没有重复", None, counted=2).edits


# -- who holds it -------------------------------------------------------------------------------


def _held(*records: Data) -> Finding:
    return finding(责任人="甲", 责任领导="子", 记录=list(records))


def test_the_owner_in_force_is_that_of_the_last_handover() -> None:
    subject = _held(
        handover("2021-03-01", "甲", "乙"),
        handover("2021-04-01", "子", "丑", "责任领导"),
        handover("2021-04-10", "乙", "丙"),
    )
    assert [on(day, subject).owner for day in ("2021-02-28", "2021-03-01", "2021-04-10")] == [
        *("甲", "乙", "丙"),
    ]
    assert [on(day, subject).leader for day in ("2021-03-31", "2021-04-01")] == ["子", "丑"]
    assert subject.owner == "甲"


def test_a_handover_from_somebody_else_changes_nothing() -> None:
    subject = _held(handover("2021-03-01", "丁", "乙"))
    assert on("2021-04-01", subject).owner == "甲"


def test_a_corrected_handover_gives_the_finding_back() -> None:
    subject = _held(handover("2021-03-01", "甲", "乙"), correction("2021-04-01", 1))
    assert [on(day, subject).owner for day in ("2021-03-31", "2021-04-01")] == ["乙", "甲"]


def test_who_held_a_finding_when_is_known() -> None:
    subject = _held(handover("2021-03-01", "甲", "乙"), handover("2021-04-01", "乙", "丙"))
    whole, rules, today = timeline(subject), terms(INSPECTION), date(2021, 4, 11)
    held = tenures(fold(whole, rules, today), whole, Post.OWNER, today, rules)
    assert [(one.name, str(one.since), str(one.until), one.days) for one in held] == [
        ("甲", "None", "2021-03-01", 28),
        ("乙", "2021-03-01", "2021-04-01", 31),
        ("丙", "2021-04-01", "None", 10),
    ]


def test_a_corrected_handover_holds_until_the_day_of_its_correction() -> None:
    subject = _held(
        handover("2021-03-01", "甲", "乙"),
        handover("2021-03-05", "甲", "丙"),
        correction("2021-03-10", 1),
    )
    first, second, third = date(2021, 3, 1), date(2021, 3, 10), None
    held = list(holdings(timeline(subject), terms(INSPECTION)))
    assert [one for one in held if one.post is Post.OWNER] == [
        Holding(Post.OWNER, first, second, "乙"),
        Holding(Post.OWNER, second, third, "丙"),
    ]
    assert list(holdings(timeline(_held()), terms(INSPECTION))) == []


@st.composite
def _handed_over(draw: st.DrawFn) -> Finding:
    """Give a finding with handovers, some of them from somebody who does not hold it."""
    subject = draw(findings())
    days = sorted(draw(st.lists(DAYS, max_size=6)))
    names = st.sampled_from(["甲", "乙", "丙"])
    added = [decoded(Handover, handover(str(day), draw(names), draw(names))) for day in days]
    return changed(subject, owner="甲", records=(*subject.records, *added))


@given(_handed_over(), inspections(), DAYS)
def test_the_days_of_all_holders_add_up_to_the_whole(
    subject: Finding, inspection: Any, today: date
) -> None:
    whole, rules = timeline(subject), terms(inspection)
    journal = fold(whole, rules, today)
    held = tenures(journal, whole, Post.OWNER, today, rules)
    end = journal.closed_on or today
    turns = [event.on for event in journal.handovers]
    begin = rules.feedback_on or (turns[0] if turns else end)
    assert sum(one.days for one in held) == max((end - begin).days, 0)
    assert all(one.days >= 0 for one in held)
    assert held[-1].name == journal.owner == standing(whole, today, rules).owner
    assert [one.since for one in held[1:]] == [one.until for one in held[:-1]]


@given(_handed_over(), inspections(), DAYS)
def test_on_every_day_a_post_is_held_by_whom_the_journal_says(
    subject: Finding, inspection: Any, today: date
) -> None:
    whole, rules = timeline(subject), terms(inspection)
    journal = fold(whole, rules, today)
    found = [one for one in holdings(whole, rules) if one.since <= today]
    for post in Post:
        now = [one for one in found if one.post is post and (not one.until or today < one.until)]
        assert len(now) <= 1
        if now:
            assert now[0].name == journal.holder(post)
        else:
            assert journal.handovers == ()


def test_a_handover_says_who_and_when() -> None:
    case = Case(_held(), INSPECTION)
    plan = plan_hand_over(case, LATE, Post.OWNER, "甲", "乙", "调离", None)
    assert _said(plan) == {
        "日期": "2021-05-10",
        "事项": "交接",
        "从": "甲",
        "到": "乙",
        "情况": "调离",
    }
    led = plan_hand_over(case, LATE, Post.LEADER, "子", "丑", None, None)
    assert _said(led)["职责"] == "责任领导"


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([handover("2021-05-01", "甲", "丙")], "问题07的责任人是丙，不是甲；请核对"),
        ([closing("2021-05-01")], "问题07已于2021-05-01销号，不能交接；重开以后才能交接"),
        (
            [handover("2021-05-12", "甲", "乙"), handover("2021-05-13", "乙", "甲")],
            "问题07的责任人在2021-05-13才由甲接任，交接的日期2021-05-10不能早于它",
        ),
    ],
)
def test_a_handover_that_cannot_be_is_refused(records: list[Data], why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        plan_hand_over(Case(_held(*records), INSPECTION), LATE, Post.OWNER, "甲", "乙", None, None)
    assert str(refused.value) == why
