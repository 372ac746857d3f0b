"""Where measures stand: their own deadlines, and nothing else of their finding."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decoded import decoded
from examples import (
    INSPECTION,
    THREE_STEPS,
    Data,
    application,
    changed,
    closing,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    sent_back,
)
from random_findings import DAYS, findings, inspections
from zhenggai.ledger.journal import fold
from zhenggai.ledger.measure_standing import (
    ManifestationStanding,
    MeasureStanding,
    manifestation_standings,
    measure_standings,
)
from zhenggai.ledger.register import row, terms, timeline
from zhenggai.ledger.standing import LedgerOnDay, standing
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Extension
from zhenggai.model.terms import Progression, Stage

DAY = date(2021, 5, 18)


def _standings(
    subject: Finding, today: date = DAY, inspection: Inspection = INSPECTION
) -> list[MeasureStanding]:
    return LedgerOnDay(ledger(subject, inspection=inspection), today).measure_standings(subject)


def _late(subject: Finding, today: date = DAY, inspection: Inspection = INSPECTION) -> list[int]:
    state = standing(timeline(subject), today, terms(inspection))
    return [one.number for one in state.late_measures]


# -- deadlines --------------------------------------------------------------------------------


def test_a_measure_is_late_from_the_day_after_its_own_deadline() -> None:
    subject = finding(整改时限="2021-06-30", 措施=[measure(), measure(due="2021-05-17")])
    assert _late(subject, date(2021, 5, 17)) == []
    assert _late(subject) == [2]
    assert _standings(subject)[1] == MeasureStanding(
        number=2,
        done_on=None,
        stated=date(2021, 5, 17),
        deadline=date(2021, 5, 17),
        days_left=-1,
        extensions=0,
    )


def test_a_measure_without_a_deadline_of_its_own_is_never_late_by_itself() -> None:
    subject = finding(整改时限="2021-04-30", 措施=[measure()])
    assert _late(subject) == []
    assert _standings(subject)[0].deadline is None


def test_what_is_done_later_is_late_until_then() -> None:
    subject = finding(整改时限="2021-06-30", 措施=[measure(due="2021-05-01", done="2021-05-20")])
    assert _late(subject) == [1]
    assert _late(subject, date(2021, 5, 20)) == []


def test_an_extension_of_one_measure_moves_its_deadline_from_its_day_on() -> None:
    subject = finding(
        整改时限="2021-06-30",
        措施=[measure(due="2021-05-01"), measure(due="2021-05-01")],
        记录=[extension("2021-04-20", "2021-05-31", 2), extension("2021-05-25", "2021-06-15", 2)],
    )
    assert [one.deadline for one in _standings(subject, date(2021, 4, 19))] == [
        date(2021, 5, 1),
        date(2021, 5, 1),
    ]
    assert _late(subject) == [1]
    moved = _standings(subject, date(2021, 5, 25))[1]
    assert (moved.deadline, moved.extensions, moved.days_left) == (date(2021, 6, 15), 2, 21)


@pytest.mark.parametrize("number", [1, 3])
def test_an_extension_moves_no_deadline_that_is_not_there(number: int) -> None:
    subject = finding(
        措施=[measure(), measure(due="2021-04-20")],
        记录=[extension("2021-04-01", "2021-04-25", number)],
    )
    assert [one.deadline for one in _standings(subject)] == [None, date(2021, 4, 20)]


def test_a_deadline_on_a_day_off_moves_with_the_ledger() -> None:
    inspection = decoded(Inspection, {"时限逢休": "顺延"})
    subject = finding(整改时限="2021-06-30", 措施=[measure(due="2021-05-15")])  # a Saturday
    [state] = _standings(subject, DAY, inspection)
    assert (state.stated, state.deadline) == (date(2021, 5, 15), date(2021, 5, 17))
    assert _late(subject, date(2021, 5, 17), inspection) == []


def test_the_extension_of_a_finding_moves_no_measure_and_the_other_way_round() -> None:
    keys: dict[str, Any] = {"整改时限": "2021-04-30", "措施": [measure(due="2021-04-15")]}
    subject = finding(**keys, 记录=[extension("2021-04-10", "2021-06-30")])
    assert [one.deadline for one in _standings(subject)] == [date(2021, 4, 15)]
    of_measure = finding(**keys, 记录=[extension("2021-04-10", "2021-04-30", 1)])
    state = standing(timeline(of_measure), DAY, terms(INSPECTION))
    assert (state.deadline, state.extensions, state.days_left) == (date(2021, 4, 30), 0, -18)


def test_a_closed_finding_has_no_late_measures() -> None:
    subject = finding(措施=[measure(due="2021-04-01")], 记录=[closing("2021-04-20")])
    assert _late(subject) == []


def test_a_long_term_finding_has_late_measures_too() -> None:
    assert _late(long_term(措施=[measure(due="2021-05-01")])) == [1]


# -- laws -------------------------------------------------------------------------------------


@given(findings(), inspections(), st.integers(1, 5), DAYS, DAYS, DAYS, st.integers(0, 8))
def test_an_extension_of_a_measure_changes_nothing_but_the_deadline_of_that_measure(
    subject: Finding,
    inspection: Inspection,
    number: int,
    on: date,
    due: date,
    today: date,
    place: int,
) -> None:
    record = decoded(Extension, extension(str(on), str(due), number))
    records = list(subject.records)
    records.insert(place, record)
    extended = changed(subject, records=tuple(records))
    then, now = (standing(timeline(one), today, terms(inspection)) for one in (subject, extended))
    assert then._replace(late_measures=()) == now._replace(late_measures=())
    before, after = (_standings(one, today, inspection) for one in (subject, extended))
    for was, is_now in zip(before, after, strict=True):
        assert was.number == number or was == is_now
        assert was.done_on == is_now.done_on


@given(findings(), inspections(), DAYS)
def test_the_late_measures_are_those_that_are_open_past_their_deadlines(
    subject: Finding, inspection: Inspection, today: date
) -> None:
    state = standing(timeline(subject), today, terms(inspection))
    journal = fold(timeline(subject), terms(inspection), today)
    found = measure_standings(journal, timeline(subject), today, is_open=state.is_open)
    assert list(state.late_measures) == [one for one in found if one.is_late]
    for one in state.late_measures:
        assert one.deadline is not None
        assert one.deadline < today
        assert one.done_on is None


# -- added measures ---------------------------------------------------------------------------

_APPLIED = [application("2021-04-20"), sent_back("2021-04-25")]


def test_what_was_added_after_an_application_does_not_undo_it() -> None:
    done = measure(done="2021-04-10")
    with_more = finding(
        措施=[done, measure(added="2021-04-26")], 记录=_APPLIED, 整改时限="2021-04-15"
    )
    without_day = finding(措施=[done, measure()], 记录=_APPLIED, 整改时限="2021-04-15")
    applied = [
        fold(timeline(one), terms(THREE_STEPS), date(2021, 4, 20))
        for one in (with_more, without_day)
    ]
    assert [bool(one.signed) for one in applied] == [True, False]


@given(findings(), inspections(), DAYS, DAYS)
def test_the_state_of_an_earlier_day_knows_nothing_of_a_measure_added_later(
    subject: Finding, inspection: Inspection, added: date, today: date
) -> None:
    more = decoded(Finding, {"问题": "x", "措施": [measure(added=str(added))]}).measures
    extended = changed(subject, measures=(*subject.measures, *more))
    if today < added:
        then, now = (standing(timeline(s), today, terms(inspection)) for s in (subject, extended))
        assert then == now
    before = added - timedelta(days=1)
    assert timeline(extended).done_of(before) == timeline(subject).done_of(before)


def test_an_added_measure_is_counted_from_its_day_on() -> None:
    subject = finding(措施=[measure(done="2021-04-01"), measure(added="2021-04-10")])
    days = (date(2021, 4, 9), date(2021, 4, 10))
    states = [standing(timeline(subject), day, terms(THREE_STEPS)) for day in days]
    assert [(s.measures, s.stage) for s in states] == [
        (1, Stage.AWAITING_APPLICATION),
        (2, Stage.IN_PROGRESS),
    ]


# -- what the row has -------------------------------------------------------------------------


def test_a_row_has_the_measures_that_differ_from_their_finding_and_no_others() -> None:
    own: Data = {"责任科室": "人事科、财务科", "责任人": "人事科负责人"}
    subject = finding(措施=[measure(), measure(**own), measure(due="2021-04-01", text="修订制度")])
    assert [tuple(one) for one in row(subject).measures] == [
        (2, "少开会", ("人事科", "财务科"), "人事科负责人"),
        (3, "修订制度", (), None),
    ]


# -- manifestations ---------------------------------------------------------------------------


def test_a_manifestation_is_as_far_as_the_measures_for_it() -> None:
    subject = finding(
        具体表现=["会议多", "文件多", "检查多", "调研少"],
        措施=[
            measure(done="2021-04-01", 针对=1),
            measure(针对=1),
            measure(done="2021-04-20", 针对=2),
            measure(),
            measure(针对=3),
        ],
    )
    assert manifestation_standings(subject, DAY) == [
        ManifestationStanding(1, (1, 2), Progression.IN_PROGRESS),
        ManifestationStanding(2, (3,), Progression.DONE),
        ManifestationStanding(3, (5,), Progression.NOT_STARTED),
        ManifestationStanding(4, (), None),
    ]
    early = manifestation_standings(subject, date(2021, 3, 31))
    assert {one.progression for one in early} == {Progression.NOT_STARTED, None}


def test_where_no_measure_says_what_it_is_for_nothing_is_known() -> None:
    assert manifestation_standings(finding(具体表现=["会议多"], 措施=[measure()]), DAY) == []
