"""What is known of days off: by the notices that travel with the program, and by a ledger."""

from functools import cache

from zhenggai.model.dates import parse_days
from zhenggai.model.days_off import DaysOff, days_off, overridden
from zhenggai.storage.resources import shipped

HOLIDAYS = "holidays.yaml"
"""Among the templates, the notices."""


@cache
def days_off_by_notice() -> DaysOff:
    """Return what the notices say: one a year, by the General Office of the State Council."""
    from zhenggai.storage.yaml.fast import plain_data

    text = (shipped("templates") / HOLIDAYS).read_text(encoding="utf-8")
    notices = (plain_data(text) or {}).values()
    return days_off(
        (parse_days(some) for notice in notices for some in notice["放假"]),
        (parse_days(some) for notice in notices for some in notice["补班"]),
    )


def known_days_off(own: DaysOff) -> DaysOff:
    """Return what is known in a ledger with days off of its own."""
    return overridden(days_off_by_notice(), own)
