"""Who held a finding, and when: from the file's own name through every handover (交接)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zhenggai.ledger.journal import Journal, fold
from zhenggai.ledger.register import Terms, Timeline
from zhenggai.model.terms import Action, NameKind, Post


class Tenure(NamedTuple):
    """That somebody held a post: from `since` (None: from the beginning, whenever that was).

    `until` is the day on which the next one took over, None for who holds it still. `days` are
    counted from the feedback at the earliest, up to the closing or the day asked for at the latest.
    """

    post: Post
    name: str | None
    since: date | None
    until: date | None
    days: int


def tenures(
    journal: Journal, timeline: Timeline, post: Post, today: date, terms: Terms
) -> list[Tenure]:
    """Return who held a post of a finding up to a day, in order; one only where none handed over.

    The journal is that of the day. The days add up to those from the feedback (without one: the
    first handover) to the end.
    """
    kind = NameKind(post.value)
    taken = [event for event in journal.handovers if event.post is post]
    names: list[str | None] = [timeline.owner if post is Post.OWNER else timeline.leader]
    names += [event.taker and terms.name_now(event.taker, event.on, kind) for event in taken]
    turns = [event.on for event in taken]
    end = journal.closed_on or today
    begin = min(terms.feedback_on or (turns[0] if turns else end), end)
    bounds = [min(max(day, begin), end) for day in turns]
    starts, ends = [begin, *bounds], [*bounds, end]
    return [
        Tenure(post, name, since, until, (last - first).days)
        for name, since, until, first, last in zip(
            names, [None, *turns], [*turns, None], starts, ends, strict=True
        )
    ]


class Holding(NamedTuple):
    """Who holds a post by a handover: from a day on, up to another that is not part of it."""

    post: Post
    since: date
    until: date | None
    name: str | None


def holdings(timeline: Timeline, terms: Terms) -> Iterator[Holding]:
    """Yield who holds the posts on which days, from the first handover on; none where none is.

    Before the day of its correction a handover counts, and after it those count that follow from
    the others.
    """
    taken = {event.place for event in timeline.events if event.action is Action.HANDOVER}
    if not taken:
        return
    turns = {event.on for event in timeline.events if event.place in taken}
    turns |= {one.on for one in timeline.struck if one.place in taken}
    days = sorted(turns)
    journals = [fold(timeline, terms, day) for day in days]
    for post in Post:
        since, held = days[0], journals[0].holder(post)
        for day, journal in zip(days, journals, strict=True):
            if journal.holder(post) != held:
                yield Holding(post, since, day, held)
                since, held = day, journal.holder(post)
        yield Holding(post, since, None, held)
