"""The program for other programs: read a ledger, see where things stand, check it, write papers.

>>> import zhenggai
>>> from datetime import date
>>> one = zhenggai.load("ledgers/keji-2021")
>>> len(one.ledger.findings), one.problems
(19, [])
>>> today = date(2021, 5, 18)
>>> seventh = one.ledger.findings[6]
>>> zhenggai.standing(seventh, today, one.ledger.inspection).stage.value
'已销号'
>>> rows, total = zhenggai.summarise(one, today, by="方面")
>>> total.closed, total.count
(11, 19)
>>> [problem.code for problem in zhenggai.check(one, today) if problem.code.startswith("T")]
['T604', 'T602', 'T602']
>>> zhenggai.render(one, today, form="text").splitlines()[0]
'县科技局党组关于巡察整改情况的通报'
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.ledger import register
from zhenggai.ledger import standing as folding
from zhenggai.ledger.standing import LedgerOnDay, Standing
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Grouping

if TYPE_CHECKING:
    from zhenggai.ledger.summary import Tally
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding, Ledger

__all__ = ["LoadedLedger", "check", "load", "render", "standing", "summarise"]


@dataclass(frozen=True)
class LoadedLedger:
    """A ledger as read from its folder, with what was wrong with its files."""

    root: Path
    ledger: "Ledger"
    problems: list[Problem]


def load(folder: str | os.PathLike[str]) -> LoadedLedger:
    """Read a ledger folder.

    Files that cannot be read are problems and are named in `ledger.unreadable`; raise OSError
    where the folder itself cannot be read.
    """
    from zhenggai.storage.ledger_folder import read_ledger

    root = Path(folder)
    ledger = read_ledger(root, root.as_posix())
    return LoadedLedger(root, ledger, list(ledger.problems))


def standing(finding: "Finding", today: date, inspection: "Inspection") -> Standing:
    """Return a finding's state at the end of the day `today`, for its inspection's periods."""
    return folding.standing(register.timeline(finding), today, register.terms(inspection))


def summarise(
    loaded: LoadedLedger, today: date, by: str = Grouping.ASPECT.value
) -> "tuple[list[Tally], Tally]":
    """Count findings by stage, one tally per group and the total.

    `by` is 方面, 责任科室, 责任领导, 责任人, 类型 or 台账; raise ValueError for anything else.
    """
    from zhenggai.ledger import summary

    grouping = Grouping(by)
    declared = loaded.ledger.inspection.aspects if grouping is Grouping.ASPECT else ()
    return summary.summarise(LedgerOnDay(loaded.ledger, today).lines, grouping, declared)


def check(loaded: LoadedLedger, today: date, warn_days: int | None = None) -> list[Problem]:
    """Name everything wrong with a ledger on a day, in order of place.

    With `warn_days` what falls due within so many days is an error too.
    """
    from zhenggai.storage.checking import examine_ledger
    from zhenggai.storage.ledgers_at_hand import rounds

    at_hand = rounds([loaded.root], lambda: [day.register])
    day = LedgerOnDay(loaded.ledger, today, at_hand)
    return examine_ledger(day, loaded.root, fail_within=warn_days)


def render(loaded: LoadedLedger, today: date, *, template: str = "notice", form: str = "md") -> str:
    """Write the notice, or another template's paper, as `md`, `text` or `html`.

    Raise zhenggai.errors.ZhenggaiError where there is no such template, it cannot be carried out,
    or the ledger tells of cases not to be kept in it; ValueError for another form.
    """
    from zhenggai.exporters import registry
    from zhenggai.notice import papers, rendering
    from zhenggai.notice.publishing import refuse_cases_in
    from zhenggai.notice.selection import Choice, select
    from zhenggai.storage.checking import examine_ledger, refuse_secrecy
    from zhenggai.storage.ledgers_at_hand import rounds

    write = registry.writer("paper", form)
    if registry.find("paper", form).is_binary:
        raise ValueError(f"“{form}”不是文字")
    at_hand = rounds([loaded.root], lambda: [day.register])
    day = LedgerOnDay(loaded.ledger, today, at_hand)
    inspection = loaded.ledger.inspection
    refuse_secrecy(examine_ledger(day, loaded.root, family="S"))
    choice = Choice(internal=papers.paper(template).internal)
    content = papers.content(select(day, choice))
    source = rendering.markdown(template, content, papers.folders(loaded.root))
    refuse_cases_in(source, loaded.ledger)
    return str(write(source, inspection.notice, rendering.UNMARKED))
