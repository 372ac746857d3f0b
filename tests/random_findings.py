"""Findings and inspections at random, for what holds of every one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from decoded import decoded
from examples import (
    application,
    closing,
    dispute,
    entered,
    extension,
    finding,
    long_term,
    measure,
    recognition,
    reopening,
    report,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.record_models import Record

FIRST, LAST = date(2021, 2, 1), date(2021, 12, 31)
DAYS = st.dates(FIRST, LAST)

# So few that some of the records fall on one day.
CROWDED = st.dates(FIRST, date(2021, 2, 4))

_WRITERS: list[Callable[..., dict[str, Any]]] = [
    *(report, supervision, dispute, application, review, closing, sent_back, recognition),
    *(extension, reopening, withdrawal),
]
_STEPS = st.sampled_from(["审核", "初审", "复核"])
_VERDICTS = st.sampled_from(["认可", "不认可退回"])
_LATE_BY = st.integers(0, 30).map(timedelta)

PROCEDURES: tuple[list[str], ...] = (
    [],
    ["批准"],
    ["审核", "批准"],
    ["申请", "批准"],
    ["申请", "审核", "批准"],
    ["申请", "初审", "复核", "批准"],
)


@st.composite
def _records(draw: st.DrawFn, *, crowded: bool) -> list[dict[str, Any]]:
    among = st.lists(CROWDED, max_size=8) if crowded else st.lists(DAYS, max_size=8, unique=True)
    return [draw(_record(day)) for day in draw(among)]


@st.composite
def _record(draw: st.DrawFn, day: date) -> dict[str, Any]:
    """Give a record that counts from a day; some are dated before it and entered on it."""
    given = day - draw(_LATE_BY) if draw(st.integers(0, 4)) == 0 else day
    record = draw(_written(str(given)))
    return record if given == day else entered(str(day), record)


@st.composite
def _written(draw: st.DrawFn, day: str) -> dict[str, Any]:
    writer = draw(st.sampled_from(_WRITERS))
    more: list[Any] = []
    if writer is extension:
        more = [str(draw(DAYS)), draw(st.none() | st.integers(1, 5))]
    elif writer is reopening:
        more = [draw(st.none() | DAYS.map(str))]
    elif writer is review:
        more = [draw(_STEPS)]
    elif writer is recognition:
        more = [draw(_VERDICTS)]
    elif writer is withdrawal and draw(st.integers(0, 3)):
        writer = supervision  # few findings are withdrawn
    written: dict[str, Any] = writer(day, *more)
    return written


_A_DAY = st.none() | DAYS.map(str)
_MEASURES = st.lists(st.tuples(_A_DAY, _A_DAY, st.none() | _A_DAY), max_size=4).map(
    lambda days: [measure(done=done, due=due, added=added) for done, due, added in days]
)


@st.composite
def findings(draw: st.DrawFn, *, crowded: bool = False) -> Finding:
    """Give findings with a record a day at most, or `crowded` with several on one."""
    keys: dict[str, Any] = {"措施": draw(_MEASURES), "记录": draw(_records(crowded=crowded))}
    keys["公开"] = draw(st.sampled_from(["是", "否"]))
    if draw(st.booleans()):
        keys["整改时限"] = draw(st.none() | DAYS.map(str))
        return long_term(**keys, 检视周期=draw(st.sampled_from(["每周", "每月", "每季度", "10天"])))
    return finding(**keys, 整改时限=draw(st.none() | DAYS.map(str)))


@st.composite
def inspections(draw: st.DrawFn, *, formats: tuple[int, ...] = (1, 2)) -> Inspection:
    """Give inspections that set the terms of their findings one way or the other."""
    keys = {
        "格式": draw(st.sampled_from(formats)),
        "反馈日期": draw(st.none() | st.just("2021-02-01") | DAYS.map(str)),
        "预警天数": draw(st.sampled_from([[20, 10, 3], [10], []])),
        "督查周期": draw(st.sampled_from(["每周", "每两周", "每月"])),
        "审核期限": draw(st.sampled_from([None, "10天", "每月"])),
        "销号程序": draw(st.sampled_from(PROCEDURES)),
        "长期坚持计入完成": draw(st.sampled_from(["是", "否"])),
    }
    return decoded(Inspection, {key: value for key, value in keys.items() if value is not None})


def counts_from(record: Record) -> date:
    """Give the day from which a record counts."""
    return record.entered_on or record.on
