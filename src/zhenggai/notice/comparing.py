"""Compare an imported notice with the notice that its ledger would generate."""

import difflib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.notice_settings import Notice
from zhenggai.notice import rendering
from zhenggai.notice.composing import Composer, FindingText
from zhenggai.notice.reading import claimed_status
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.text_differences import narrowed
from zhenggai.storage.resources import shipped


def written(draft: Draft) -> str:
    """Write the notice of the drafted ledger as plain text."""
    return rendering.text(*_source(draft))


def placed(draft: Draft) -> list[rendering.Placed]:
    """Return the lines of the notice of the drafted ledger, with what they are."""
    return rendering.placed(*_source(draft))


def _source(draft: Draft) -> tuple[str, Notice]:
    composer, notice = _composer(draft, draft.findings)
    return rendering.markdown(
        "notice", composer.compose()._asdict(), [shipped("templates")]
    ), notice


def settle(draft: Draft) -> None:
    """Drop a finding's own way of being told wherever the notice's settings tell it the same."""
    states = draft.states
    notice = draft.notice
    alike = [
        claimed_status.alike(data, words, notice)
        for data, words in zip(draft.findings, states, strict=True)
    ]
    own, _ = _composer(draft, draft.findings)
    shared, _ = _composer(draft, alike)
    as_written = {one.id: own.as_written(one, number) for one, number in own.numbered()}
    for finding, number in shared.numbered():
        told = as_written.get(finding.id)
        place = int(finding.id) - 1
        if told is None or _paragraphs(told) == _paragraphs(shared.alike(finding, number)):
            draft.findings[place] = alike[place]


def _paragraphs(told: FindingText) -> list[str]:
    return [_words(text) for text in (told.heading, *told.paragraphs) if text.strip()]


def _composer(draft: Draft, findings: list[dict[str, Any]]) -> tuple[Composer, Notice]:
    inspection, _ = decode_inspection(draft.inspection_data())
    numbered = enumerate(findings, start=1)
    read = [decode_finding(data, f"{number:02d}")[0] for number, data in numbered]
    notice = inspection.notice or Notice()
    ledger = Ledger("", "", inspection, tuple(one for one in read if one is not None))
    return Composer(LedgerOnDay(ledger, notice.dated or date.max)), notice


def differing(draft: Draft) -> list[tuple[str, str]]:
    """Return the places where the notice comes out otherwise: the words there, and ours instead.

    The words are those around what differs, so that they can be found; what differs in blanks
    alone has '' for both.
    """
    theirs, ours = draft.text, written(draft)
    if theirs == ours:
        return []
    if theirs.split() == ours.split():
        return [("", "")]
    found = []
    matcher = difflib.SequenceMatcher(None, _lines(theirs), _lines(ours), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found.append(narrowed("".join(_lines(theirs)[a:b]), "".join(_lines(ours)[c:d])))
    return found


def _lines(text: str) -> list[str]:
    return [_words(line) for line in text.split("\n") if line.strip()]


def not_written(draft: Draft, lines: list[Line]) -> Iterator[Line]:
    """Yield the lines whose words come out nowhere, or not as often; blanks do not count."""
    there = Counter(_words(line) for line in written(draft).split("\n"))
    for line in lines:
        words = _words(line.text)
        if words and there[words] <= 0:
            yield line
        there[words] -= 1


def _words(line: str) -> str:
    return " ".join(line.split())
