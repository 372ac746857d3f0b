"""Split paragraphs that enumerate measures (一是、二是、（1）（2）)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhenggai.model.notice_settings import Numbering
from zhenggai.notice.numerals import is_ended, numeral
from zhenggai.notice.reading.draft import Line
from zhenggai.notice.reading.lines import SMALL, is_short

_MOST = 99
_BEFORE = "。；;!！?？:：,，"


@dataclass
class Measures:
    """The measures a few lines tell, the words before them, and the lines that are none."""

    lead: str = ""
    texts: list[str] = field(default_factory=list)
    on_lines: bool = False
    lead_on_line: bool = False
    left: list[Line] = field(default_factory=list)


@dataclass
class Body:
    """What stands below a finding's heading: measures, and manifestations with theirs."""

    general: list[Line]
    manifestations: list[tuple[str, list[Line]]]

    @property
    def groups(self) -> list[list[Line]]:
        """Return the lines that tell measures, those of each manifestation together."""
        return [self.general, *(lines for _, lines in self.manifestations)]


def read_body(lines: list[Line]) -> Body:
    """Part a body at (1) (2), where these head what stands below them."""
    body = Body([], [])
    for place, line in enumerate(lines):
        small = SMALL.fullmatch(line.text)
        heads = small and int(small[1]) == len(body.manifestations) + 1 and is_short(line.text)
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        if small and heads and small[2] and below and not SMALL.match(below):
            text = small[2].strip()
            body.manifestations.append((text.removesuffix("。") or text, []))
        else:
            (body.manifestations[-1][1] if body.manifestations else body.general).append(line)
    return body


def numbering_of(groups: Sequence[list[Line]]) -> Numbering:
    """Find how measures are counted: by what counts most of them, if anything does."""
    counts = Counter(
        {
            style: sum(len(read_measures(group, style).texts) - 1 for group in groups if group)
            for style in (Numbering.YI_SHI, Numbering.ARABIC, Numbering.BRACKETS)
        }
    )
    style, most = counts.most_common(1)[0]
    return style if most > 0 else Numbering.NONE


def read_measures(lines: list[Line], style: Numbering) -> Measures:
    """Read the measures that lines tell, counted in a style."""
    found = Measures()
    if style is Numbering.NONE:
        return Measures(texts=[line.text for line in lines], on_lines=len(lines) > 1)
    for place, line in enumerate(lines):
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        _read_line(found, line, below, style)
    return found


def _read_line(found: Measures, line: Line, below: str, style: Numbering) -> None:
    counted = len(found.texts)
    lead, parts = enumerated(line.text, style, counted)
    goes_on = _starts(below, style, counted + len(parts) + 1)
    if counted:
        if parts and not lead:
            found.texts += parts
            found.on_lines = True
        else:
            found.left.append(line)
    elif len(parts) > 1 or (parts and goes_on):
        found.lead_on_line = bool(found.lead)
        found.lead += lead
        found.texts = parts
    elif not parts and goes_on and not found.lead:
        found.lead = line.text
    else:
        found.texts = [line.text]


def _starts(text: str, style: Numbering, number: int) -> bool:
    return _count(style, number).match(text) is not None


def _count(style: Numbering, number: int) -> re.Pattern[str]:
    match style:
        case Numbering.YI_SHI:
            return re.compile(f"{numeral(number)}是")
        case Numbering.ARABIC:
            return re.compile(rf"{number}\.(?![0-9])")
    return re.compile(rf"[（(]{number}[)）]")


def enumerated(text: str, style: Numbering, counted: int = 0) -> tuple[str, list[str]]:
    """Part a paragraph at 一是, 二是, …: only in order, and only where a sentence begins.

    In 统一是 or 专一是 no sentence begins. Give what stands before the first, and the parts;
    of two counts nothing may stand between, else neither is one.
    """
    spans = []
    at = 0
    for number in range(counted + 1, _MOST):
        if (span := _next(text, at, _count(style, number))) is None:
            break
        spans.append(span)
        at = span[1]
    if not spans:
        return text, []
    ends = [start for start, _ in spans[1:]] + [len(text)]
    parts = [text[begin:end].strip() for (_, begin), end in zip(spans, ends, strict=True)]
    if not all(parts):
        return text, []
    return text[: spans[0][0]], parts


def _next(text: str, at: int, count: re.Pattern[str]) -> tuple[int, int] | None:
    for match in count.finditer(text, at):
        if match.start() == 0 or text[match.start() - 1] in _BEFORE:
            return match.span()
    return None


def separator_of(groups: Iterable[list[str]]) -> str:
    """Find the mark that stands between measures."""
    ends = Counter(text[-1] for group in groups for text in group[:-1] if text[-1] in "。；;，,")
    return ends.most_common(1)[0][0] if ends else "。"


def without_ends(group: list[str], separator: str) -> list[str]:
    """Take off the marks that will be set again."""
    last = len(group)
    return [
        _without(text, "。" if number == last else separator)
        for number, text in enumerate(group, start=1)
    ]


def _without(text: str, end: str) -> str:
    stripped = text.removesuffix(end)
    return text if not stripped or is_ended(stripped) else stripped
