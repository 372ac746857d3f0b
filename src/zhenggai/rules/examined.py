"""What a rule is given, what it gives back, and how it enters the table."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhenggai.ledger.figures import Basis, basis
from zhenggai.ledger.journal import Journal, Moment
from zhenggai.ledger.register import Timeline
from zhenggai.ledger.rounds import Rounds
from zhenggai.ledger.signatories import Decision, decisions
from zhenggai.ledger.standing import LedgerOnDay, Standing
from zhenggai.model.codes import Code
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity


class ExaminedLedger:
    """A ledger on a day, with what the rules may ask about the world."""

    def __init__(
        self,
        day: LedgerOnDay,
        has_file: Callable[[str], bool],
        fail_within: int | None = None,
        digest: Callable[[str], str | None] = lambda _path: None,
        why_no_digest: Callable[[str], str] = lambda _path: "",
        present: date | None = None,
    ) -> None:
        """Take a ledger on a day.

        `has_file` tells whether an evidence path exists in the ledger, `digest` gives such a
        file's sha256 (None: not to be had), `why_no_digest` says in Chinese why it is not to be
        had ('': there is no such file); with `fail_within` what falls due within so many days is
        an error. `present` is the day it really is, where an earlier one is looked at: what is
        dated between the two has happened since, and is no error.
        """
        self.day, self.ledger, self.today = day, day.ledger, day.today
        self.present = max(day.today, present or day.today)
        self.has_file, self.fail_within = has_file, fail_within
        self.digest, self.why_no_digest = digest, why_no_digest
        # Whether only one finding was read: what another one would have to say is not known.
        self.is_one_finding = False
        # Those that the ledger's 规则 may name: whoever runs the rules knows them.
        self.codes: Mapping[str, Code] = {}
        self._decisions: dict[str, list[Decision]] = {}

    @cached_property
    def rounds(self) -> Rounds:
        """The ledgers at hand, in which findings of earlier rounds may be."""
        return self.day.rounds or Rounds()

    @cached_property
    def basis(self) -> Basis:
        """What the figures of the notice are computed from."""
        return basis(self.day)

    @cached_property
    def by_number(self) -> dict[int, Finding]:
        """The findings of the ledger by their numbers."""
        return {finding.number: finding for finding in self.ledger.findings}

    @cached_property
    def unreadable_numbers(self) -> frozenset[int]:
        """The numbers of the findings whose files could not be read."""
        stems = (name.partition(".")[0] for name in self.ledger.unreadable)
        return frozenset(int(stem) for stem in stems if stem.isdecimal())

    def standing(self, finding: Finding) -> Standing:
        """Return where a finding of this ledger stands."""
        return self.day.standing(finding)

    def moved(self, deadline: date) -> date:
        """Return the deadline in force for one that may fall on a day off (时限逢休)."""
        return self.day.terms.moved(deadline).day

    def timeline(self, finding: Finding) -> Timeline:
        """Return everything of a finding that its state follows from."""
        return self.day.timeline(finding)

    def journal(self, finding: Finding) -> Journal:
        """Return what a finding's journal comes to by the day."""
        return self.day.journal(finding)

    def whole_journal(self, finding: Finding) -> Journal:
        """Return what a finding's whole journal comes to, records of later days included."""
        return self.day.whole_journal(finding)

    def moments(self, finding: Finding) -> list[Moment]:
        """Return the whole journal event by event, each with what came before it."""
        return self.day.moments(finding)

    def decisions(self, finding: Finding) -> list[Decision]:
        """Return every review and closing of a finding with who had applied for it."""
        if finding.id not in self._decisions:
            found = decisions(finding, self.moments(finding), self.day.terms)
            self._decisions[finding.id] = list(found)
        return self._decisions[finding.id]


class Rule(NamedTuple):
    """A code with the function that finds it.

    What it yields says message, hint and place (`at`), and in `path` the file's name inside the
    ledger; the rest of a problem is filled in by whoever runs the rule.
    """

    code: Code
    judge: Callable[[ExaminedLedger], Iterator[Problem]]


_OnFinding = Callable[[Finding, ExaminedLedger], Iterator[Problem]]


class RuleTable(list[Rule]):
    """The rules of one module, in the order they are written."""

    def on_ledger(
        self, code: str, name: str, severity: Severity, why: str
    ) -> Callable[[Callable[[ExaminedLedger], Iterator[Problem]]], None]:
        """Enter a rule that looks at the ledger as a whole; it names the file (`path`) itself."""

        def enter(judge: Callable[[ExaminedLedger], Iterator[Problem]]) -> None:
            self.append(Rule(Code(code, name, severity, why), judge))

        return enter

    def on_finding(
        self, code: str, name: str, severity: Severity, why: str
    ) -> Callable[[_OnFinding], None]:
        """Enter a rule that looks at one finding at a time."""

        def enter(judge: _OnFinding) -> None:
            def each(case: ExaminedLedger) -> Iterator[Problem]:
                for finding in case.ledger.findings:
                    for problem in judge(finding, case):
                        yield problem._replace(path=finding.file_name)

            self.append(Rule(Code(code, name, severity, why), each))

        return enter
