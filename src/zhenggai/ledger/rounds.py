"""The rounds of inspection that a finding goes through: what it goes on from, and what from it.

A finding names one of an older ledger (上次) by that ledger's identifier. Nobody but `Rounds`
follows such a name; it knows the ledgers that are at hand: those asked for and those beside them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.register import Register, Row
from zhenggai.model.references import Reference, parse_reference
from zhenggai.model.terms import Relation


class End(NamedTuple):
    """A finding of a ledger that is at hand."""

    register: Register
    row: Row

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other."""
        return self.register.folder, self.row.id

    @property
    def reference(self) -> Reference | None:
        """How others name it; None where its ledger has no identifier."""
        identifier = self.register.head.identifier
        return Reference(identifier, self.row.number) if identifier else None

    @property
    def previous(self) -> str | None:
        """The finding it goes on from, as the file names it."""
        named: str | None = dict(self.row.more).get("previous")
        return named

    @property
    def relation(self) -> Relation | None:
        """How it goes on from that one."""
        relation: Relation | None = dict(self.row.more).get("relation")
        return relation


class Lost(NamedTuple):
    """A finding that is named and cannot be seen; `why` says in Chinese what is missing."""

    named: str
    why: str
    is_at_hand: bool


class Rounds:
    """The ledgers at hand: those asked for (`given`), and more that are read when one is missing.

    Both are functions, so that nothing is read of ledgers in which no finding names another.
    """

    def __init__(
        self,
        given: Callable[[], Sequence[Register]] = tuple,
        more: Callable[[], Sequence[Register]] = tuple,
    ) -> None:
        self._given, self._more = given, more

    @cached_property
    def given(self) -> Sequence[Register]:
        """The ledgers asked for."""
        return self._given()

    @cached_property
    def has_links(self) -> bool:
        """Whether a finding of the ledgers asked for goes on from one of an earlier round."""
        return any(End(one, row).previous for one in self.given for row in one.rows)

    @cached_property
    def everything(self) -> Sequence[Register]:
        """The ledgers asked for, and those beside them."""
        return [*self.given, *self._more()]

    @cached_property
    def _by_identifier(self) -> dict[str, list[Register]]:
        known: dict[str, list[Register]] = {}
        for register in self.everything:
            if register.head.identifier:
                known.setdefault(register.head.identifier, []).append(register)
        return known

    @cached_property
    def _rows(self) -> dict[str, dict[int, Row]]:
        """The rows of each ledger by number, by the ledger's folder; the first of each number."""
        return {
            one.folder: {row.number: row for row in reversed(one.rows)} for one in self.everything
        }

    @cached_property
    def _later(self) -> dict[Reference, list[End]]:
        """The findings that go on from another, by the name of that one."""
        later: dict[Reference, list[End]] = {}
        for register in self.everything:
            for row in register.rows:
                end = End(register, row)
                if end.previous and (reference := parse_reference(end.previous)):
                    later.setdefault(reference, []).append(end)
        return later

    def find(self, named: str) -> End | Lost:
        """Return the finding that a file names (上次), or why it cannot be seen."""
        reference = parse_reference(named)
        if reference is None:
            return Lost(named, "没有写明是哪本台账的哪个问题", is_at_hand=True)
        registers = self._by_identifier.get(reference.identifier, [])
        if not registers:
            return Lost(named, f"没有找到标识为“{reference.identifier}”的台账", is_at_hand=False)
        if len(registers) > 1:
            names = "、".join(one.name for one in registers)
            why = f"标识为“{reference.identifier}”的台账不止一本（{names}）"
            return Lost(named, why, is_at_hand=True)
        [register] = registers
        if row := self._rows[register.folder].get(reference.number):
            return End(register, row)
        if any(_number(name) == reference.number for name in register.unreadable):
            why = f"台账“{register.name}”的问题{reference.number}有错误，无法读取"
            return Lost(named, why, is_at_hand=False)
        return Lost(named, f"台账“{register.name}”里没有问题{reference.number}", is_at_hand=True)

    def before(self, end: End) -> list[End | Lost]:
        """Return the findings that one goes on from, the oldest first; a circle is gone once."""
        seen, found = {end.key}, []
        named = end.previous
        while named is not None:
            earlier = self.find(named)
            if isinstance(earlier, End) and earlier.key in seen:
                break
            found.append(earlier)
            if isinstance(earlier, Lost):
                break
            seen.add(earlier.key)
            named = earlier.previous
        return found[::-1]

    def after(self, end: End) -> list[End]:
        """Return the findings that go on from one, and those from these, in order of feedback.

        In a circle these are those that `before` does not give.
        """
        earlier = {one.key for one in self.before(end) if isinstance(one, End)}
        seen, found, left = earlier | {end.key}, [], [end]
        while left:
            at = left.pop()
            for later in self._later.get(at.reference, ()) if at.reference else ():
                if later.key not in seen:
                    seen.add(later.key)
                    found.append(later)
                    left.append(later)
        return sorted(found, key=lambda one: (str(one.register.head.terms.feedback_on), one.key))

    def is_circle(self, end: End) -> bool:
        """Whether a finding goes on from itself in the end."""
        seen: set[tuple[str, str]] = set()
        at: End | Lost = end
        while isinstance(at, End) and at.previous is not None and at.key not in seen:
            seen.add(at.key)
            at = self.find(at.previous)
        return isinstance(at, End) and at.key == end.key and bool(seen)


def _number(name: str) -> int:
    return int(name.partition(".")[0])


def earlier_round(end: End, relation: Relation | None) -> str:
    """Say in words which finding of an earlier round another one goes on from."""
    feedback = end.register.head.terms.feedback_on
    when = f"{feedback}反馈的" if feedback else ""
    how = f"，{relation}" if relation else ""
    return f"{when}问题{end.row.id}“{end.row.title}”{how}"
