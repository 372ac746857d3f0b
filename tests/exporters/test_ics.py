"""Calendars: two readers of others find the same days, identities, alarms and states."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from commandline import SAMPLE
from decoded import decoded
from examples import finding, ledger, measure
from zhenggai.exporters.ics import calendar as written
from zhenggai.ledger.calendar_entries import CalendarChoice, CalendarEntry, calendar
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.inspection_model import Inspection
from zhenggai.storage.ledger_folder import read_ledger

NAME = "2021-县委-县科技局"
DAY = date(2021, 4, 20)
Facts = tuple[str, date, date, str, int, list[timedelta], str]


def _entries(day: LedgerOnDay, **choice: Any) -> list[CalendarEntry]:
    return list(calendar(day, NAME, CalendarChoice(**choice)).entries)


def _sample(on: date = DAY) -> LedgerOnDay:
    return LedgerOnDay(read_ledger(SAMPLE, "keji-2021"), on)


def _by_icalendar(data: bytes) -> list[Facts]:
    found: list[Facts] = []
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        alarms = [one.get("trigger").dt for one in event.subcomponents]
        days = event.get("dtstart").dt, event.get("dtend").dt
        found.append(
            (
                str(event["uid"]),
                *days,
                str(event["status"]),
                int(str(event["sequence"])),
                alarms,
                str(event["summary"]),
            )
        )
    return found


def _by_vobject(data: bytes) -> list[Facts]:
    found: list[Facts] = []
    for event in vobject.readOne(data.decode("utf-8")).vevent_list:
        alarms = [one.trigger.value for one in event.contents.get("valarm", ())]
        found.append(
            (
                event.uid.value,
                event.dtstart.value,
                event.dtend.value,
                event.status.value,
                int(event.sequence.value),
                alarms,
                event.summary.value,
            )
        )
    return found


@pytest.mark.parametrize("choice", [{}, {"measures": True}, {"titles": True}])
def test_two_readers_find_the_same(choice: dict[str, Any]) -> None:
    content = calendar(_sample(), NAME, CalendarChoice(**choice))
    data = written(content)
    found = _by_icalendar(data)
    assert found == _by_vobject(data)
    assert [one[0] for one in found] == [entry.uid for entry in content.entries]
    assert len(found) >= 19
    assert {one[3] for one in found} == {"CONFIRMED", "CANCELLED"}
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_an_entry_says_the_number_alone_and_warns_at_nine() -> None:
    data = written(calendar(_sample(), NAME, CalendarChoice()))
    seven = next(one for one in _by_vobject(data) if one[0].startswith("07@"))
    nine = timedelta(hours=9)
    assert seven == (
        f"07@{NAME}",
        date(2021, 4, 30),
        date(2021, 5, 1),
        "CONFIRMED",
        3,
        [nine - timedelta(20), nine - timedelta(10), nine - timedelta(3), nine + timedelta(1)],
        "整改07到期",
    )
    text = data.decode("utf-8")
    assert "DTSTAMP:20210415T160000Z" in text
    assert "会议" not in text
    assert text.count("CLASS:PRIVATE") == text.count("BEGIN:VEVENT") == 19


def test_what_is_closed_is_crossed_out_and_newer() -> None:
    before = next(one for one in _entries(_sample()) if one.uid.startswith("07@"))
    after = next(one for one in _entries(_sample(date(2021, 5, 18))) if one.uid.startswith("07@"))
    assert (before.cancelled, after.cancelled) == (False, True)
    assert after.sequence > before.sequence
    assert after.changed_on == date(2021, 4, 28)
    assert after.reminders == ()
    assert before.uid == after.uid


def test_the_same_ledger_gives_the_same_bytes() -> None:
    first, second = (written(calendar(_sample(), NAME, CalendarChoice())) for _ in range(2))
    assert first == second


def test_what_is_not_public_is_left_out_unless_asked_for() -> None:
    hidden = finding("01", 公开="否", 不公开理由="涉及工作秘密", 措施=[measure(due="2021-04-01")])
    day = LedgerOnDay(ledger(hidden, finding("02")), DAY)
    content = calendar(day, NAME, CalendarChoice(measures=True))
    assert ([one.uid for one in content.entries], content.left_out) == ([f"02@{NAME}"], 1)
    whole = calendar(day, NAME, CalendarChoice(measures=True, internal=True))
    assert [one.uid for one in whole.entries] == [f"01@{NAME}", f"01.1@{NAME}", f"02@{NAME}"]
    assert whole.left_out == 0


def test_a_department_has_its_own_findings_and_measures() -> None:
    one = finding("01", 责任科室="办公室", 措施=[measure(due="2021-04-01", 责任科室="人事科")])
    day = LedgerOnDay(ledger(one), DAY)
    assert [e.uid for e in _entries(day, department="人事科", measures=True)] == [f"01.1@{NAME}"]
    assert [e.uid for e in _entries(day, department="办公室", measures=True)] == [f"01@{NAME}"]


def test_warnings_in_working_days_count_back_over_the_weekend() -> None:
    about = decoded(
        Inspection,
        {
            "格式": 2,
            "反馈日期": "2021-02-01",
            "预警等级": [
                {"等级": "快到期", "颜色": "黄", "天数": "3个工作日", "发至": ["责任科室"]}
            ],
        },
    )
    day = LedgerOnDay(ledger(finding(整改时限="2021-04-13"), inspection=about), DAY)
    (entry,) = _entries(day)
    warned = [(entry.on - timedelta(one.days_before), one.level) for one in entry.reminders]
    assert warned == [(date(2021, 4, 8), "快到期"), (date(2021, 4, 14), "逾期")]
