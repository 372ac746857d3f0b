"""All rounds of a finding: what it goes on from, and what goes on from it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.ledger.rounds import End, Lost
from zhenggai.ledger.standing import Standing, standing
from zhenggai.views.columns import Column
from zhenggai.views.layout import Screen
from zhenggai.views.phrases import NOTHING

_HERE = "本问题"


class Chain(NamedTuple):
    """The rounds of a finding, the oldest first; `asked` is the one whose rounds they are.

    `days` is the day that counts in each ledger, by its folder.
    """

    asked: End
    before: Sequence[End | Lost]
    after: Sequence[End]
    days: Mapping[str, date]
    today: date

    def links(self) -> list[End | Lost]:
        """Return every round, the oldest first."""
        return [*self.before, self.asked, *self.after]

    def standing(self, end: End) -> Standing:
        """Return where a finding of the chain stands on its ledger's day."""
        day = self.days.get(end.register.folder, self.today)
        return standing(end.row.timeline, day, end.register.head.terms)

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the chain."""
        return {
            "asked": {"ledger": self.asked.register.name, "id": self.asked.row.id},
            "chain": [self._link(one) for one in self.links()],
        }

    def _link(self, one: End | Lost) -> dict[str, Any]:
        if isinstance(one, Lost):
            return {"reference": one.named, "found": False, "why": one.why}
        state, head = self.standing(one), one.register.head
        return {
            "reference": _named(one),
            "found": True,
            "asked": one.key == self.asked.key,
            "ledger": one.register.name,
            "identifier": head.identifier,
            "id": one.row.id,
            "title": one.row.title,
            "feedback_on": head.terms.feedback_on,
            "previous": one.previous,
            "relation": one.relation,
            "stage": state.stage,
            "closed_on": state.closed_on,
        }


def _named(one: End | Lost) -> str:
    """Name a finding as another ledger would; without an identifier by its ledger's folder."""
    if isinstance(one, Lost):
        return one.named
    return f"{one.register.head.identifier or one.register.name}/{one.row.id}"


def write(chain: Chain, screen: Screen) -> str:
    """Write the rounds for reading, one in a line."""
    columns: list[Column[End | Lost]] = [
        Column("reference", "台账和编号", _named),
        Column("title", "问题", _title, shrinks=True),
        Column("relation", "关系", lambda one: _of(one, lambda end: end.relation)),
        Column(
            "feedback_on",
            "反馈日期",
            lambda one: _of(one, lambda end: end.register.head.terms.feedback_on),
        ),
        Column("stage", "整改状态", lambda one: _of(one, lambda end: chain.standing(end).stage)),
        Column(
            "closed_on", "销号日期", lambda one: _of(one, lambda end: chain.standing(end).closed_on)
        ),
        Column("asked", "", lambda one: _HERE if one is chain.asked else ""),
    ]
    table = screen.table(columns, chain.links())
    if chain.asked.previous is None and not chain.after:
        return f"{table}\n没有写明上次的问题，也没有问题以它为上次。"
    return table


def _title(one: End | Lost) -> str:
    return f"（{one.why}）" if isinstance(one, Lost) else one.row.title


def _of(one: End | Lost, value: Any) -> Any:
    found = None if isinstance(one, Lost) else value(one)
    return NOTHING if found is None else found
