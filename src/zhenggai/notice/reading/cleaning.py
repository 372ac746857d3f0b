"""What a web page, a printer or a mail program has put into a notice, taken out and kept aside.

Page numbers, navigation, invisible characters and line ends inside a sentence are no part of the
notice: they are kept with their line and never published again.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from zhenggai.model.placeholders import placeholders
from zhenggai.notice.printed_days import is_printed_day
from zhenggai.notice.reading.claimed_states import trailing
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.labels import pieces
from zhenggai.notice.reading.marks import begins_count, mark_of
from zhenggai.notice.reading.page_furniture import page_lines, published

# Zero-width and soft hyphens. What turns the order of writing about is left in and shown.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


class Cleaned(NamedTuple):
    """A notice's lines that say something, its text line by line, and the day its page tells."""

    lines: list[Line]
    text: str
    published: str
    physical: list[tuple[int, str]]


def clean(draft: Draft, source: str) -> Cleaned:
    """Take out of a notice what is none of it, and put wrapped lines together again."""
    raw = source.split("\n")
    seen = [_visible(draft, number, line) for number, line in enumerate(raw, start=1)]
    page = page_lines(seen)
    for number in sorted(page):
        draft.page.append(Line(number + 1, seen[number].strip()))
    kept = _without(list(enumerate(seen, start=1)), page)
    kept = _unwrapped(draft, kept)
    odd = [Line(number, line.strip()) for number, line in kept if any(placeholders(line))]
    draft.set_aside(odd)
    aside = {line.number for line in odd}
    lines = [
        Line(number, line.strip()) for number, line in kept if line.strip() and number not in aside
    ]
    kept = [(number, line.rstrip()) for number, line in kept]
    text = "\n".join(line for _, line in kept)
    return Cleaned(lines, text, published(seen, page), kept)


def _visible(draft: Draft, number: int, line: str) -> str:
    found = _UNSEEN.findall(line)
    if found:
        names = "、".join(f"U+{ord(one):04X}" for one in dict.fromkeys(found))
        draft.page.append(Line(number, f"不可见字符{names}（{len(found)}个）"))
    return _UNSEEN.sub("", line)


Numbered = tuple[int, str]


def _without(lines: list[Numbered], page: set[int]) -> list[Numbered]:
    """Leave out the page's lines, and the blank line that parted each from the text."""
    kept: list[Numbered] = []
    for number, line in lines:
        if number - 1 in page:
            continue
        left_out = number - 2 in page
        if left_out and not line.strip() and (not kept or not kept[-1][1].strip()):
            continue
        kept.append((number, line))
    return kept


# -- wrapped lines ----------------------------------------------------------------------------

_ENDED = "。！？!?；;：:…"
_BEGINS_NOTHING = "，、；：。！？）》”’」』】"
_ASCII = re.compile(r"[0-9A-Za-z@._+-]")
_CELLS = re.compile(r"\t|\S(?:\u3000{2,}| {2,})\S.*\S(?:\u3000{2,}| {2,})\S")
_FULL_LINE, _FEW_LINES, _LONGEST_WRAPPED = 0.86, 6, 60


def _unwrapped(draft: Draft, lines: list[Numbered]) -> list[Numbered]:
    width = _width([line for _, line in lines])
    kept: list[Numbered] = []
    wrapped: list[str] = []
    title_open = True
    for place, (number, line) in enumerate(lines):
        text = line.strip()
        before = kept[-1][1] if kept else ""
        if text and _is_cut(before, text, width):
            kept[-1] = (kept[-1][0], before.rstrip() + text)
            wrapped.append(str(number))
            continue
        below = lines[place + 1][1].strip() if place + 1 < len(lines) else ""
        if title_open and text and before.strip() and _heads_together(kept, text, below):
            kept[-1] = (kept[-1][0], before.rstrip() + text)
            draft.page.append(Line(number, "换行（标题分行，已接成一行）"))
            title_open = _TITLE_ENDS.search(text) is None
            continue
        kept.append((number, line))
        title_open = title_open and place < _FEW_LINES
    for number_text in wrapped:
        draft.page.append(Line(int(number_text), "换行（句子中间，已与上一行接成一段）"))
    if wrapped:
        which = "、".join(wrapped[:10]) + ("行等" if len(wrapped) > 10 else "行")  # noqa: PLR2004
        draft.doubt(f"第{which}接在上一行的句子中间，已接成一段，请核对")
    return kept


_TITLE_ENDS = re.compile("(?:通报|公告|公示|报告|情况)(?:[（(].{0,12}[）)])?$")
_LONGEST_LAST_LINE = 16


def _heads_together(kept: list[Numbered], text: str, below: str) -> bool:
    """Whether a line goes on with a title that was begun on the line above it.

    It ends the title, or the one `below` does: 通报 alone.
    """
    said = [line for _, line in kept if line.strip()]
    first = said[0].strip() if said else ""
    if len(said) != 1 or re.search("(?:通报|公告|公示|报告|情况)$|[。：:，,]", first):
        return False
    if re.match("关于|巡[察视]|落实|整改", text):
        last = len(below) <= _LONGEST_LAST_LINE and _TITLE_ENDS.search(below) is not None
        return _TITLE_ENDS.search(text) is not None or (last and "。" not in text)
    is_last = len(text) <= _LONGEST_LAST_LINE and _TITLE_ENDS.search(text) is not None
    return is_last and "关于" in first and mark_of(text) is None


def _breadth(line: str) -> float:
    """Return how wide a line is printed, in Chinese characters: ASCII is half as wide."""
    text = line.strip()
    return len(text) - sum(map(str.isascii, text)) / 2


def _width(lines: list[str]) -> float:
    """Return how wide lines are at most, where they are as full as they can be; else 0."""
    lengths = sorted(_breadth(line) for line in lines if line.strip())
    if len(lengths) < _FEW_LINES:
        return 0
    longest = lengths[-1]
    full = [line for line in lines if _breadth(line) >= longest * _FULL_LINE]
    cut = [line for line in full if line.strip()[-1] not in _ENDED]
    # Of a notice in short paragraphs few lines are full; those break off in mid-sentence.
    said = [line.strip() for line in lines if line.strip()]
    run = [
        line
        for line, below in pairwise(said)
        if _breadth(line) >= longest * _FULL_LINE
        and line[-1] not in _ENDED
        and re.search("[，。；、,;]", line)
        and not _is_new(below)
    ]
    mostly = len(full) * 4 > len(lengths) and len(cut) * 2 > len(full)
    is_wrapped = longest <= _LONGEST_WRAPPED and (mostly or len(run) >= max(3, len(full) / 2))
    return longest if is_wrapped else 0


def _is_cut(before: str, text: str, width: float) -> bool:
    """Whether a line goes on with the sentence of the one above it."""
    above = before.strip()
    if not above or _is_new(text):
        return False
    if text[0] in _BEGINS_NOTHING or _parts_an_address(above, text):
        return True
    if above[-1] in _ENDED or _CELLS.search(above) or _CELLS.search(text):
        return False
    if _closes_quote(above, text) or (width and _breadth(above) >= width * _FULL_LINE):
        return True
    last = re.split("[。；;]", above)
    return (
        len(last) > 1
        and not _is_contact(above)
        and not re.search("[）)]$", above)
        and trailing(above) is None
        and _goes_on(last[-1], text)
    )


def _parts_an_address(above: str, text: str) -> bool:
    ascii_only = _ASCII.match(above[-1]) and _ASCII.match(text)
    return bool(ascii_only) and (text[0].islower() or "@" in text[:20])


def _closes_quote(above: str, text: str) -> bool:
    """Whether a quote is open at the end of a line that the next one closes."""
    before, closes, _ = text.partition("”")
    return above.count("“") > above.count("”") and bool(closes) and "“" not in before


def _goes_on(begun: str, text: str) -> bool:
    """Whether what begins in mid-sentence ends what was begun: a measure, a clause with marks."""
    return begins_count(begun) or ("，" in begun and text[-1:] in _ENDED)


def _is_contact(text: str) -> bool:
    return re.search("电话|邮箱|地址|邮编|联系|@|[0-9]{7}", text) is not None


def _is_new(text: str) -> bool:
    """Whether a line begins something: it is counted, labelled, or a day."""
    if mark_of(text) or begins_count(text) or is_printed_day(text):
        return True
    first = next(iter(pieces(text)), None)
    return first is not None and first.holds is not None
