"""Completion candidates for the values of options and arguments.

A command names them beside its help (`completes`). Each takes the ledger that the command line
means, None for the one that is found.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.cli.options import Candidate, Lister
from zhenggai.model.terms import Edition, NameKind, Post
from zhenggai.storage.discovery import current_folder, find_ledgers
from zhenggai.storage.file_names import number
from zhenggai.storage.ledger_folder import read_register

if TYPE_CHECKING:
    from zhenggai.ledger.register import Answering, Row


class _Offered(NamedTuple):
    """A finding as it is typed, with its title, and its row where its file could be read."""

    typed: str
    title: str
    row: "Row | None"
    root: Path


def _roots(ledger: str | None) -> list[Path]:
    """Return the folders of the ledgers that the command line means."""
    asked = os.path.expanduser(ledger) if ledger else os.environ.get("ZHENGGAI_LEDGER")  # noqa: PTH111 - of a text; Path's own raises where there is no such user
    return find_ledgers(asked, current_folder())


def _offered(ledger: str | None) -> "Iterator[_Offered]":
    """Yield every finding by number; several ledgers put their names before."""
    roots = _roots(ledger)
    for root in roots:
        register = read_register(root, "")
        prefix = f"{register.name}/" if len(roots) > 1 else ""
        rows = {f"{row.id}.yaml": row for row in register.rows}
        for name in sorted([*rows, *register.unreadable], key=number):
            row = rows.get(name)
            yield _Offered(f"{prefix}{name.partition('.')[0]}", row.title if row else "", row, root)


def finding_ids(ledger: str | None) -> Iterable[Candidate]:
    """Offer every finding by its id, with its title."""
    return [(one.typed, one.title) for one in _offered(ledger)]


def settable(ledger: str | None) -> Iterable[Candidate]:
    """Offer what can be set: every finding, the ledger, and the keys of both."""
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding

    yield from finding_ids(ledger)
    yield "台账", "inspection.yaml"
    for one in (*Finding.DECLARED.values(), *Inspection.DECLARED.values()):
        yield f"{one.key}=", one.description


def extendable_ids(ledger: str | None) -> Iterable[Candidate]:
    """Offer every finding by its id, and below it the measures with deadlines of their own."""
    for one in _offered(ledger):
        yield one.typed, one.title
        dues = one.row.timeline.dues if one.row else ()
        for measure in one.row.measures if one.row and dues else ():
            if dues[measure.number - 1]:
                yield f"{one.typed}.{measure.number}", measure.text


class _MeasureIds:
    """Offers each id with the point that a measure's number follows, and behind it the measures."""

    def __call__(self, ledger: str | None) -> Iterable[Candidate]:
        """Offer the findings."""
        return [(f"{typed}.", title) for typed, title in finding_ids(ledger)]

    def within(self, ledger: str | None, word: str) -> Iterable[Candidate]:
        """Offer the open measures of the finding that stands before the point of a word."""
        from zhenggai.storage.ledger_file import read_finding_file

        asked = word.rpartition(".")[0]
        for one in _offered(ledger):
            if _same(one.typed, asked):
                name = f"{one.typed.rpartition('/')[2]}.yaml"
                finding, _ = read_finding_file(one.root, name)
                for number, measure in enumerate(finding.measures if finding else (), start=1):
                    if measure.done_on is None:
                        yield f"{one.typed}.{number}", measure.text


def _same(typed: str, asked: str) -> bool:
    """Whether two ids are one: 07 and 7, in the same ledger."""
    (ledger, _, number), (other, _, meant) = typed.rpartition("/"), asked.rpartition("/")
    return ledger == other and number.lstrip("0") == meant.lstrip("0")


measure_ids = _MeasureIds()


def _each(
    pick: "Callable[[Row], Iterable[str | None]]",
) -> Lister:
    """List each name a ledger uses once, with how many findings use it."""

    def lister(ledger: str | None) -> Iterable[Candidate]:
        counts: dict[str, int] = {}
        for one in _offered(ledger):
            for name in pick(one.row) if one.row else ():
                if name:
                    counts[name] = counts.get(name, 0) + 1
        return [(name, f"{count}个问题") for name, count in counts.items()]

    return lister


def codes(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every code a problem can carry, with its name."""
    from zhenggai.rules import CODES
    from zhenggai.rules.history_guard import HISTORY

    return [(code.code, code.name) for code in (CODES | HISTORY).values()]


def markings(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every marking that a paper may have."""
    from zhenggai.notice.publishing import MARKINGS

    return [(one, "") for one in MARKINGS]


def editions(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every edition of a notice."""
    return [(one.value, "") for one in Edition]


def grades(_ledger: str | None) -> Iterable[Candidate]:
    """Offer the usual grades of urging; an authority may have its own."""
    return [(one, "") for one in ("提醒", "督办", "约谈")]


def papers(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every paper there is a template for."""
    from zhenggai.notice.papers import PAPERS

    return [(name, one.title) for name, one in sorted(PAPERS.items())]


def approved_papers(_ledger: str | None) -> Iterable[Candidate]:
    """Offer every paper of which one text is settled."""
    from zhenggai.notice.papers import PAPERS

    return [(name, one.title) for name, one in sorted(PAPERS.items()) if one.approved]


def _answering(row: "Row") -> "list[Answering]":
    """Return a finding and those of its measures that others answer for."""
    return [row, *row.measures]


def _takers(row: "Row", post: Post) -> Iterator[str | None]:
    """Yield who took over a post of a finding, whoever holds it today."""
    return (event.taker for event in row.timeline.events if event.post is post)


departments = _each(
    lambda row: dict.fromkeys(name for one in _answering(row) for name in one.departments)
)
leaders = _each(
    lambda row: dict.fromkeys([row.leader, row.further("led_by"), *_takers(row, Post.LEADER)])
)
NAMES = {
    "department": departments,
    "assisting": _each(lambda row: row.further("assisting", ())),
    "category": _each(lambda row: (row.further("category"),)),
    "led_by": _each(lambda row: (row.further("led_by"),)),
    "aspect": _each(lambda row: (row.aspect,)),
    "leader": _each(lambda row: (row.leader, *_takers(row, Post.LEADER))),
    "owner": _each(
        lambda row: dict.fromkeys(
            [*(one.owner for one in _answering(row)), *_takers(row, Post.OWNER)]
        )
    ),
}
"""What completes the options that name whom or what a finding belongs to."""


def _in_use(kind: NameKind) -> Lister:
    """List each name of a kind that stands anywhere in the ledgers but in records."""

    def lister(ledger: str | None) -> Iterable[Candidate]:
        from zhenggai.ledger.renaming import names_in_use
        from zhenggai.storage.ledger_folder import LedgerFolder, read_ledgers

        folders = [LedgerFolder(root, "") for root in _roots(ledger)]
        names = {name for one in read_ledgers(folders) for name in names_in_use(one, kind)}
        return [(name, "") for name in sorted(names)]

    return lister


RENAMED = {kind.identifier: _in_use(kind) for kind in NameKind}
"""What completes the options of `rename`: what it would change, wherever that stands."""


def _signers(ledger: str | None) -> Iterable[Candidate]:
    """Offer who carried out or approved what stands in the records, the most frequent first."""
    from collections import Counter

    from zhenggai.storage.ledger_folder import LedgerFolder, read_ledgers

    folders = [LedgerFolder(root, "") for root in _roots(ledger)]
    counts = Counter(
        name
        for one in read_ledgers(folders)
        for finding in one.findings
        for record in finding.records
        for name in (record.by, getattr(record, "approved_by", None))
        if name
    )
    return [(name, f"用过{times}次") for name, times in counts.most_common()]


USUAL = {
    "by": _signers,
    "approved_by": _signers,
    "department": departments,
    "leader": NAMES["leader"],
}
"""What completes an option by its name, in every command that says nothing else."""
