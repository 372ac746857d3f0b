"""`ics`: a calendar file (RFC 5545), the same bytes for the same ledger.

Every entry is a whole day, private, and takes nobody's time; its reminders come last, because some
calendars pass over what follows them.
"""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar

from zhenggai.ledger.calendar_entries import Calendar, CalendarEntry
from zhenggai.views.screen_text import visible

_AT = timedelta(hours=9)
_ONE_DAY = timedelta(days=1)


def calendar(content: Calendar) -> bytes:
    """Write a calendar."""
    written = icalendar.Calendar()
    written.add("prodid", "-//zhenggai//整改台账//ZH")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", visible(content.name))
    zone = ZoneInfo(content.time_zone)
    for entry in content.entries:
        written.add_component(_event(entry, zone))
    return bytes(written.to_ical())


def _event(entry: CalendarEntry, zone: ZoneInfo) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", visible(entry.uid))
    changed = datetime.combine(entry.changed_on, time(), zone).astimezone(timezone.utc)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + _ONE_DAY)
    event.add("summary", visible(entry.title))
    if entry.details:
        event.add("description", "\n".join(map(visible, entry.details)))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for reminder in entry.reminders:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", visible(f"{entry.title}：{reminder.level}"))
        alarm.add("trigger", _AT - reminder.days_before * _ONE_DAY)
        event.add_component(alarm)
    return event
