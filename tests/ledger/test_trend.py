"""The trend: each point is what the figures of that day are."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from commandline import SAMPLE
from examples import THREE_STEPS, finding, ledger, long_term, measure
from zhenggai.ledger.register import Register, register
from zhenggai.ledger.standing import lines
from zhenggai.ledger.summary import counted, tally
from zhenggai.ledger.trend import TrendPoint, trend, trend_days
from zhenggai.storage.ledger_folder import read_ledger

FEEDBACK = date(2021, 2, 1)


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(n) for n in range((until - since).days + 1)]


def _by_the_figures(whole: Register, days: list[date]) -> list[tuple[int, int]]:
    said = []
    for day in days:
        there = counted(lines(whole, day))
        total = tally("", there)
        said.append((sum(one.standing.is_open for one in there), total.overdue))
    return said


def test_every_day_of_the_sample_is_what_its_figures_say() -> None:
    whole = register(read_ledger(SAMPLE, "keji-2021"))
    days = _days(date(2021, 1, 25), date(2022, 2, 1))
    found = trend([whole], days)
    assert [(one.open, one.overdue) for one in found] == _by_the_figures(whole, days)
    assert found[days.index(date(2021, 5, 18))] == TrendPoint(date(2021, 5, 18), 8, 0, 8)


_DAY = st.integers(0, 120).map(lambda n: str(FEEDBACK + timedelta(n)))
_RECORD = st.one_of(
    st.builds(
        lambda on, to: {
            "日期": on,
            "事项": "延期",
            "新时限": to,
            "理由": "等批复",
            "批准人": "局党组",
            "批准机关级别": "本级",
        },
        _DAY,
        _DAY,
    ),
    st.builds(lambda on: {"日期": on, "事项": "申请销号"}, _DAY),
    st.builds(lambda on: {"日期": on, "事项": "退回", "理由": "佐证不全"}, _DAY),
    st.builds(lambda on: {"日期": on, "事项": "销号", "批准人": "局党组"}, _DAY),
    st.builds(lambda on: {"日期": on, "事项": "督查", "情况": "看过"}, _DAY),
    st.builds(lambda on: {"日期": on, "事项": "撤销登记", "理由": "误登"}, _DAY),
)


@given(
    due=_DAY,
    done=st.lists(st.none() | _DAY, max_size=3),
    records=st.lists(_RECORD, max_size=5),
)
def test_a_trend_is_the_figures_of_its_days(
    due: str, done: list[str | None], records: list[dict[str, Any]]
) -> None:
    measures = [measure(done=day) for day in done]
    one = finding("01", 整改时限=due, 措施=measures, 记录=records)
    whole = register(ledger(one, long_term(), inspection=THREE_STEPS))
    days = _days(FEEDBACK - timedelta(2), FEEDBACK + timedelta(130))
    found = trend([whole], days)
    assert [(one.open, one.overdue) for one in found] == _by_the_figures(whole, days)


def test_what_should_be_left_goes_by_the_first_deadline() -> None:
    extended = {
        "日期": "2021-04-20",
        "事项": "延期",
        "新时限": "2021-06-30",
        "理由": "等批复",
        "批准人": "局党组",
        "批准机关级别": "本级",
    }
    whole = register(ledger(finding(记录=[extended]), long_term()))
    found = trend([whole], [date(2021, 4, 30), date(2021, 5, 1)])
    assert [(one.open, one.planned) for one in found] == [(2, 2), (2, 1)]


def test_the_days_end_today_and_are_few() -> None:
    whole = register(ledger(finding()))
    assert trend_days([whole], FEEDBACK) == [FEEDBACK]
    assert trend_days([whole], date(2021, 2, 3)) == _days(FEEDBACK, date(2021, 2, 3))
    far = trend_days([whole], date(2031, 2, 1))
    assert far[-1] == date(2031, 2, 1)
    assert far[0] == FEEDBACK
    assert len(far) == 60
    assert {(b - a).days for a, b in pairwise(far)} == {61, 62}


def test_the_days_of_several_ledgers_begin_with_the_first_feedback() -> None:
    first, later = register(ledger(finding())), register(ledger(finding()))
    head = later.head
    moved = later._replace(
        head=head._replace(terms=head.terms._replace(feedback_on=date(2021, 3, 1)))
    )
    assert trend_days([moved, first], date(2021, 4, 1), 3)[0] == FEEDBACK
    [point] = trend([moved, first], [date(2021, 4, 1)])
    assert point.open == 2
