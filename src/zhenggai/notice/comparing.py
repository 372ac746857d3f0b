"""Compare an imported notice with the notice that its ledger would generate."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.notice_settings import Notice
from zhenggai.notice import rendering
from zhenggai.notice.composing import Composer
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.storage.resources import shipped


def written(draft: Draft) -> str:
    """Write the notice of the drafted ledger as plain text."""
    inspection, _ = decode_inspection(draft.inspection_data())
    numbered = enumerate(draft.findings, start=1)
    read = [decode_finding(data, f"{number:02d}")[0] for number, data in numbered]
    findings = tuple(one for one in read if one is not None)
    notice = inspection.notice or Notice()
    ledger = Ledger("", "", inspection, findings)
    composer = Composer(LedgerOnDay(ledger, notice.dated or date.max))
    source = rendering.markdown("notice", composer.compose()._asdict(), [shipped("templates")])
    return rendering.text(source, notice)


def differing(draft: Draft, text: str) -> list[int]:
    """Return the numbers of the lines that come out differently, or not at all."""
    pairs = zip_longest(written(draft).split("\n"), text.split("\n"))
    return [number for number, (ours, theirs) in enumerate(pairs, start=1) if ours != theirs]


def not_written(draft: Draft, text: str) -> Iterator[Line]:
    """Yield the lines whose words come out nowhere, or not as often; blanks do not count."""
    there = Counter(_words(line) for line in written(draft).split("\n"))
    for number, line in enumerate(text.split("\n"), start=1):
        words = _words(line)
        if words and there[words] <= 0:
            yield Line(number, line.strip())
        there[words] -= 1


def _words(line: str) -> str:
    return " ".join(line.split())
