"""Examine a ledger: run the rules, add line and column to each problem, sort."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from zhenggai.errors import RefusedError
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem, in_order
from zhenggai.model.terms import Severity
from zhenggai.rules import ExaminedLedger, examine, is_secrecy, is_timing, regrade
from zhenggai.storage.evidence import Digests, has_file
from zhenggai.storage.ledger_texts import LedgerTexts


def examine_ledger(
    day: LedgerOnDay,
    root: Path,
    *,
    family: str = "",
    fail_within: int | None = None,
    file_name: str = "",
    texts: LedgerTexts | None = None,
    digests: Digests | None = None,
    present: date | None = None,
) -> list[Problem]:
    """Return what is wrong with a ledger on a day, in order of place.

    `family` keeps to the rules whose codes begin so and leaves out what was wrong with the files;
    with `fail_within` what falls due within so many days is an error too. `file_name` keeps to what
    is wrong with one file, and no other is read. `texts` are the files' texts where they are at
    hand, `digests` those of the evidence; `present` is the day it really is, where an earlier one
    is looked at.
    """
    sealed = digests or Digests(root)
    case = ExaminedLedger(day, has_file(root), fail_within, sealed.sha256, sealed.why_none, present)
    case.is_one_finding = bool(file_name)
    examined = [one for one in examine(case, family) if one.path.endswith(file_name)]
    found = (texts or LedgerTexts(root)).placed(examined)
    if not family:
        ledger = day.ledger
        found += regrade(ledger.problems, ledger.inspection.severities)
    return in_order(found)


def faults(examined: Iterable[Problem]) -> list[Problem]:
    """Return the errors among what was found: not those of time, which passes by itself."""
    return [one for one in examined if one.severity is Severity.ERROR and not is_timing(one)]


def refuse_new_faults(root: Path, before: Ledger, after: Ledger, today: date) -> None:
    """Raise RefusedError where `check` would find more errors of a code after a change than before.

    What such an error says may name what the change is of: it is counted, not compared.
    """
    was, now = (_counted(root, one, today) for one in (before, after))
    for code, (count, sentence) in now.items():
        if count > was.get(code, (0, ""))[0]:
            raise RefusedError(f"未写入：这样改会使台账有错误（{code}）：{sentence}")


def _counted(root: Path, ledger: Ledger, today: date) -> dict[str, tuple[int, str]]:
    """Return how many errors of each code a ledger has, with what the last of them says."""
    found: dict[str, tuple[int, str]] = {}
    # No text is read for places: a finding may be one that is not written yet.
    case = ExaminedLedger(LedgerOnDay(ledger, today), has_file(root), digest=Digests(root).sha256)
    for one in faults(examine(case)):
        found[one.code] = found.get(one.code, (0, ""))[0] + 1, one.sentence
    return found


def refuse_secrecy(examined: Iterable[Problem]) -> None:
    """Raise RefusedError where a ledger tells of cases not to be kept in it: it gives no papers."""
    number = sum(one.severity is Severity.ERROR and is_secrecy(one) for one in examined)
    if number:
        raise RefusedError(
            f"台账里有{number}处不应登记的案件内容或未经审定的数，未写入；先删去或改写"
        )
