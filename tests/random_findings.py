"""Findings at random, for what holds of every finding."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from examples import (
    application,
    closing,
    extension,
    finding,
    long_term,
    measure,
    reopening,
    review,
    sent_back,
    supervision,
)
from zhenggai.model.ledger_model import Finding

FIRST, LAST = date(2021, 2, 1), date(2021, 12, 31)
DAYS = st.dates(FIRST, LAST)
WRITERS = (supervision, application, review, closing, sent_back, reopening)

# So few that some of the records fall on one day.
CROWDED = st.dates(FIRST, date(2021, 2, 4))


@st.composite
def _records(draw: st.DrawFn, *, crowded: bool) -> list[dict[str, Any]]:
    among = st.lists(CROWDED, max_size=8) if crowded else st.lists(DAYS, max_size=8, unique=True)
    return [draw(_record(day)) for day in draw(among)]


@st.composite
def _record(draw: st.DrawFn, day: date) -> dict[str, Any]:
    writer = draw(st.sampled_from((*WRITERS, extension)))
    if writer is extension:
        return extension(str(day), str(draw(DAYS)))
    return draw(st.sampled_from(WRITERS))(str(day))


_MEASURES = st.lists(st.none() | DAYS.map(str), max_size=4).map(
    lambda days: [measure(done=day) for day in days]
)


@st.composite
def findings(draw: st.DrawFn, *, crowded: bool = False) -> Finding:
    """Give findings with a record a day at most, or `crowded` with several on one."""
    keys: dict[str, Any] = {"措施": draw(_MEASURES), "记录": draw(_records(crowded=crowded))}
    if draw(st.booleans()):
        return long_term(**keys, 复核周期=draw(st.sampled_from(["每周", "每月", "每季度", "10天"])))
    return finding(**keys, 整改时限=draw(st.none() | DAYS.map(str)))
