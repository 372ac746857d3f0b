"""What a rule is given, what it gives back, and how it enters the table."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

from zhenggai.core.codes import Code
from zhenggai.core.model import Finding, Ledger
from zhenggai.core.problem import At
from zhenggai.core.standing import Standing, standing
from zhenggai.core.terms import Severity

_Told = TypeVar("_Told")


class Case:
    """A ledger on a day, with what the rules may ask about the world."""

    def __init__(
        self,
        ledger: Ledger,
        today: date,
        has_file: Callable[[str], bool],
        fail_within: int | None = None,
        digest: Callable[[str], str | None] = lambda _path: None,
    ) -> None:
        """Take a ledger and a day.

        `has_file` tells whether an evidence path exists in the ledger, `digest` gives such a
        file's sha256 (None: not to be had); with `fail_within` what falls due within so many days
        is an error.
        """
        self.ledger, self.today = ledger, today
        self.has_file, self.fail_within, self.digest = has_file, fail_within, digest
        self._standings: dict[str, Standing] = {}
        self._told: dict[tuple[Callable[[Finding], Any], str], Any] = {}

    def standing(self, finding: Finding) -> Standing:
        """Give where a finding of this ledger stands; folded once, asked by many rules."""
        known = self._standings.get(finding.id)
        if known is None:
            known = standing(finding, self.today, self.ledger.inspection)
            self._standings[finding.id] = known
        return known

    def once(self, tell: Callable[[Finding], _Told], finding: Finding) -> _Told:
        """Give what is told of a finding; worked out once, asked by many rules."""
        asked = (tell, finding.id)
        if asked not in self._told:
            self._told[asked] = tell(finding)
        told: _Told = self._told[asked]
        return told


class Verdict(NamedTuple):
    """What a rule has to say: file name, place in it, message and hint."""

    file: str
    at: At
    message: str
    hint: str


class Rule(NamedTuple):
    """A code with the function that finds it."""

    code: Code
    judge: Callable[[Case], Iterator[Verdict]]


# What a rule on one finding yields: place in its file, message, hint.
Remark = tuple[At, str, str]
_OnFinding = Callable[[Finding, Case], Iterator[Remark]]


class RuleTable(list[Rule]):
    """The rules of one module, in the order they are written."""

    def on_ledger(
        self, code: str, name: str, severity: Severity, why: str
    ) -> Callable[[Callable[[Case], Iterator[Verdict]]], None]:
        """Enter a rule that looks at the ledger as a whole."""

        def enter(judge: Callable[[Case], Iterator[Verdict]]) -> None:
            self.append(Rule(Code(code, name, severity, why), judge))

        return enter

    def on_finding(
        self, code: str, name: str, severity: Severity, why: str
    ) -> Callable[[_OnFinding], None]:
        """Enter a rule that looks at one finding at a time."""

        def enter(judge: _OnFinding) -> None:
            def each(case: Case) -> Iterator[Verdict]:
                for finding in case.ledger.findings:
                    for at, message, hint in judge(finding, case):
                        yield Verdict(finding.file_name, at, message, hint)

            self.append(Rule(Code(code, name, severity, why), each))

        return enter
