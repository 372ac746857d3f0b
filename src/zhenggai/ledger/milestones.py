"""The days a whole inspection works to: the end of 集中整改, and when papers are to be sent in.

What is not written in inspection.yaml is not assumed. All of them are moved from days off like
other deadlines (时限逢休), and near where the table of warnings says so.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.register import RegisterHead, Terms
from zhenggai.ledger.standing import level_on

if TYPE_CHECKING:
    from zhenggai.ledger.warning_levels import Level


class Concentration(NamedTuple):
    """How far the period of 集中整改 has come on a day.

    `day` counts from the day after the feedback, which is the first (the day on which a period
    begins is not counted: 民法典 201), and is None where the day of the feedback is not known.
    `days_left` counts to the last day, and is negative once that has passed.
    """

    day: int | None
    until: date
    days_left: int


class Outstanding(NamedTuple):
    """A paper that was to be sent in and is not: the last day, how far off, the level reached."""

    name: str
    due: date
    days_left: int
    level: "Level | None"

    @property
    def is_missed(self) -> bool:
        """Whether its last day has passed."""
        return self.days_left < 0


def concentration(head: RegisterHead, today: date) -> Concentration | None:
    """Return how far 集中整改 has come; None where its end is not given, or not yet fed back."""
    until, since = head.milestones.concentrated_until, head.terms.feedback_on
    if until is None or (since is not None and today < since):
        return None
    until = head.terms.moved(until).day
    return Concentration((today - since).days if since else None, until, (until - today).days)


def outstanding(head: RegisterHead, today: date) -> list[Outstanding]:
    """Return the papers not sent in by a day of which the last day is given."""
    milestones = head.milestones
    papers = (
        ("整改方案", milestones.plan_due, milestones.plan_sent_on),
        ("整改报告", milestones.report_due, milestones.report_sent_on),
    )
    return [
        _outstanding(name, due, today, head.terms)
        for name, due, sent_on in papers
        if due is not None and (sent_on is None or sent_on > today)
    ]


def pressing(head: RegisterHead, today: date) -> list[Outstanding]:
    """Return those of them that are missed, or of which a warning is due."""
    return [one for one in outstanding(head, today) if one.level is not None]


def _outstanding(name: str, due: date, today: date, terms: Terms) -> Outstanding:
    due = terms.moved(due).day
    days_left = (due - today).days
    return Outstanding(name, due, days_left, level_on(days_left, None, today, terms))
