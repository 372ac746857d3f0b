"""The ledger as the notice tells it: its findings and its prose, arranged as its settings say."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.done_words import is_as_published, says_unfinished
from zhenggai.ledger.figures import Basis, basis, fill
from zhenggai.ledger.standing import LedgerOnDay, last_cause
from zhenggai.model.dates import chinese_day
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.notice_settings import LEFT_OUT, Layout, Notice, Numbering, Section
from zhenggai.model.placeholders import placeholders, substitute, substitute_in_turn
from zhenggai.model.terms import Timing
from zhenggai.notice import default_text
from zhenggai.notice.default_text import punctuated
from zhenggai.notice.numerals import is_ended, numeral
from zhenggai.notice.printed_days import printed_day

if TYPE_CHECKING:
    from zhenggai.model.inspection_model import Inspection

# Off the end of what was done comes the mark before its outcome.
_MARKS = "。；;！!？?…，,、：:"


@dataclass(frozen=True)
class FindingText:
    """A finding as the notice shows it: a heading (empty when run in) and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]

    def __str__(self) -> str:
        return self.heading


@dataclass(frozen=True)
class Group:
    """Findings under one heading, the aspect's; without grouping there is one group and none."""

    heading: str
    findings: tuple[FindingText, ...]
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A numbered part of the notice (一、二、三、): its heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


class NoticeContext(NamedTuple):
    """What the notice's template is given: its parts, written and numbered.

    `edition` says for whom it is, 党内 or 社会; '' where nobody has said it.
    """

    title: str
    opening: tuple[str, ...]
    organisation: Part | None
    results: Part
    groups: tuple[Group, ...]
    outlook: Part | None
    publicity: str
    supervision: tuple[str, ...]
    signature: str
    date: str
    printed_signature: tuple[str, ...]
    ending: tuple[str, ...]
    edition: str = ""


class Composer:
    """Writes the parts of one ledger's notice."""

    def __init__(self, day: LedgerOnDay) -> None:
        self.basis: Basis = basis(day)
        self.inspection: Inspection = day.ledger.inspection
        self.notice: Notice = self.inspection.notice or Notice()
        self._day = day
        self._part = 0
        self._aspect_texts = {one.aspect: one.paragraphs for one in self.notice.aspect_texts}

    def compose(self) -> NoticeContext:
        """Return the notice's parts; those that are numbered are written in their order."""
        is_signed = self.notice.signature_lines != (LEFT_OUT,)
        return NoticeContext(
            title=self._title(),
            opening=self._opening(),
            organisation=self._organisation(),
            results=self._results_part(),
            groups=self._groups(),
            outlook=self._outlook(),
            publicity="" if self.notice.publicity_inside else self._prose(self.notice.publicity),
            supervision=self._supervision(),
            signature=self.inspection.signature if is_signed else "",
            date=chinese_day(self.notice.dated) if self.notice.dated and is_signed else "",
            printed_signature=self._signed(),
            ending=self._paragraphs(self.notice.ending),
        )

    def _signed(self) -> tuple[str, ...]:
        """Write signature and date as they were written once, while the date is the same."""
        notice = self.notice
        if notice.signature_lines == (LEFT_OUT,):
            return ()
        own = tuple(
            substitute(text, {"落款": self.inspection.signature}) for text in notice.signature_lines
        )
        day = printed_day("\n".join(own))
        return own if day is None or day == notice.dated else ()

    def _prose(self, text: str | None) -> str:
        return fill(text, self.basis) if text else ""

    def _paragraphs(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Fill in prose, a paragraph for each of its lines; 无 is none at all."""
        if tuple(texts) == (LEFT_OUT,):
            return ()
        return tuple(line for text in texts for line in _lines(self._prose(text)))

    def _own(self, text: str) -> str:
        return punctuated(text, self.notice)

    def _title(self) -> str:
        if self.notice.title == LEFT_OUT:
            return ""
        if self.notice.title:
            return self._prose(self.notice.title)
        return default_text.title(self.inspection, self.notice)

    def _opening(self) -> tuple[str, ...]:
        if self.notice.opening:
            return self._paragraphs(self.notice.opening)
        return tuple(_lines(self._prose(default_text.opening(self.inspection, self.notice))))

    def _next_heading(self, text: str) -> str:
        if text in ("", LEFT_OUT):
            return ""
        self._part += 1
        if self.notice.part_label == LEFT_OUT:
            return text
        return _numbered(self.notice.part_label, self._part) + text

    def _organisation(self) -> Part | None:
        notice = self.notice
        if not notice.organisation and not notice.organisation_lead:
            return None
        heading = self._next_heading(self._prose(notice.organisation_heading))
        label = notice.organisation_label or self._own("（{一}）")
        return Part(heading, self._sections(notice.organisation_lead, notice.organisation, label))

    def _sections(
        self, lead: str | None, sections: Sequence[Section], label: str
    ) -> tuple[str, ...]:
        """Write a lead and prose paragraphs, counting those that have a heading."""
        paragraphs = list(_lines(self._prose(lead)))
        number = 0
        for section in sections:
            number += section.title is not None
            counted = _numbered(label, number) if section.title else ""
            paragraphs += _lines(counted + self._section(section))
        return tuple(paragraphs)

    def _section(self, section: Section) -> str:
        """Write a heading with what follows it; alone on its line it has no full stop."""
        title, text = self._prose(section.title), self._prose(section.text)
        stop = "。" if title and text and not is_ended(title) else ""
        return title + stop + text

    def _results_part(self) -> Part:
        notice = self.notice
        heading = self._prose(notice.results_heading) or default_text.results_heading(
            self.inspection, notice
        )
        return Part(self._next_heading(heading), self._results_lead())

    def _results_lead(self) -> tuple[str, ...]:
        notice = self.notice
        has_aspects = any(finding.aspect for finding in self.basis.findings)
        default = default_text.results_lead(self.inspection, notice, has_aspects=has_aspects)
        leads = self._paragraphs(notice.results_lead or (default,))
        if not notice.statistics:
            return leads
        statistics = self._prose(default_text.statistics(notice, self.basis.tally))
        return (*leads[:-1], "".join(leads[-1:]) + statistics)

    def _groups(self) -> tuple[Group, ...]:
        if not self.notice.by_aspect:
            return (Group("", tuple(self._findings(self.basis.shown, 1))),)
        groups = []
        for place, (aspect, first, chosen) in enumerate(self._grouped(), start=1):
            label = self.notice.aspect_label or self._own("（{一}）")
            name = substitute(self.notice.aspect_heading, {"方面": aspect or "其他"})
            heading = f"{_numbered(label, place)}{name}"
            paragraphs: tuple[str, ...] = ()
            written = self._aspect_texts.get(aspect or "")
            if written == (LEFT_OUT,):
                heading = ""
            elif written:
                heading, *rest = (substitute(x, {"方面": aspect or ""}) for x in written)
                paragraphs = tuple(rest)
            groups.append(Group(heading, tuple(self._findings(chosen, first)), paragraphs))
        return tuple(groups)

    def _grouped(self) -> Iterator[tuple[str | None, int, list[Finding]]]:
        """Yield each aspect with its findings, and the number of the first of them."""
        findings = self.basis.shown
        declared = [a for a in self.inspection.aspects if any(f.aspect == a for f in findings)]
        others = dict.fromkeys(f.aspect for f in findings if f.aspect not in declared)
        number = 1
        for aspect in [*declared, *others]:
            chosen = [finding for finding in findings if finding.aspect == aspect]
            yield aspect, number, chosen
            number = 1 if self.notice.restart else number + len(chosen)

    def numbered(self) -> Iterator[tuple[Finding, int]]:
        """Yield the findings that are shown in the notice's order, each with its number there."""
        if not self.notice.by_aspect:
            yield from ((one, number) for number, one in enumerate(self.basis.shown, start=1))
            return
        for _, first, chosen in self._grouped():
            yield from ((one, number) for number, one in enumerate(chosen, start=first))

    def _findings(self, findings: Sequence[Finding], first: int) -> Iterator[FindingText]:
        for number, finding in enumerate(findings, start=first):
            yield self._finding(finding, number)

    def _finding(self, finding: Finding, number: int) -> FindingText:
        if (own := self.as_written(finding, number)) is not None:
            return own
        return self.alike(finding, number)

    def as_written(self, finding: Finding, number: int) -> FindingText | None:
        """Tell a finding in its own way (通报写法), while that has a place for every measure.

        What has moved since the notice it was read from is told the way the ledger tells others.
        """
        patterns = finding.notice_text
        named = Counter(name for text in patterns for name in placeholders(text))
        if not patterns or named["措施"] != len(finding.measures):
            return None
        is_judged = not is_as_published(finding, self.inspection)
        if is_judged and self.notice.is_original:
            return None
        outcomes = [measure.outcome for measure in finding.measures if measure.outcome]
        apart = named["成效"] == len(outcomes)
        told = [self._measure(x, is_judged=is_judged, alone=apart) for x in finding.measures]
        once = {
            "序号": str(number),
            "一": numeral(number),
            "问题": finding.title,
            "导语": finding.notice_lead or "",
            "责任领导": finding.leader or "",
            "责任科室": "、".join(finding.departments),
            "配合科室": "、".join(finding.assisting),
            "责任人": finding.owner or "",
        }
        in_turn = {"具体表现": finding.manifestations, "措施": told, "成效": outcomes}
        texts = substitute_in_turn(patterns, once, in_turn)
        is_headed = "{问题}" in patterns[0] and "{措施}" not in patterns[0]
        heading = texts.pop(0) if is_headed else ""
        return FindingText(heading, tuple(self._with_delay(finding, texts)))

    def alike(self, finding: Finding, number: int) -> FindingText:
        """Tell a finding the way that the notice's settings have for all of them."""
        layout = self.notice.layout
        heading = self._finding_heading(finding, number)
        body = self._with_delay(finding, list(self._body(finding)))
        starts = bool(_general(finding))
        lead = finding.notice_lead or ""
        apart = self.notice.lead_on_line
        if layout is Layout.STATUS_LINES:
            body = _joined(self._own("整改情况："), body, on=starts and not apart) if body else []
            status = lead or self._status(finding)
            return FindingText(heading, (self._own("完成情况：") + status, *body))
        if layout is Layout.STATUS_SENTENCE:
            lead = lead or self._status(finding)
        apart = apart or self.notice.measures_on_lines
        body = _joined(lead, body, on=starts and not apart)
        if layout is Layout.RUN_IN:
            return FindingText("", tuple(_joined(heading, body, on=starts or bool(lead))))
        return FindingText(heading, tuple(body))

    def _with_delay(self, finding: Finding, body: list[str]) -> list[str]:
        """Add to the end of what is told of a finding that it is overdue, and why.

        What was published stays as it was published.
        """
        is_published = is_as_published(finding, self.inspection)
        if is_published or self._day.standing(finding).timing is not Timing.OVERDUE:
            return body
        cause = last_cause(finding, self._day.today)
        words = self._own(default_text.delay(cause))
        if not body or self.notice.measures_on_lines:
            return [*body, words]
        return [*body[:-1], body[-1] + words]

    def _status(self, finding: Finding) -> str:
        stage = self._day.standing(finding).stage
        return self._own(default_text.status_words(self.notice.layout, stage))

    def _finding_heading(self, finding: Finding, number: int) -> str:
        """Head a finding; what the program writes itself says 的问题 but once."""
        pattern, title = self.notice.finding_heading, finding.title
        if pattern is None:
            pattern = self._own(default_text.HEADINGS[self.notice.layout])
            title = default_text.inside_quotes(title.removesuffix("的问题"), pattern)
        return substitute(pattern, {"序号": str(number), "一": numeral(number), "问题": title})

    def _body(self, finding: Finding) -> Iterator[str]:
        """Tell a finding's measures, by manifestation where they say so."""
        if general := _general(finding):
            yield from self._measures(finding, general)
        for number, text in enumerate(finding.manifestations, start=1):
            answering = [m for m in finding.measures if m.manifestation == number]
            if answering:
                stop = "" if is_ended(text) else "。"
                yield f"{self._own(f'（{number}）')}{text}{stop}"
                yield from self._measures(finding, answering)

    def _measures(self, finding: Finding, measures: Sequence[Measure]) -> Iterator[str]:
        last = len(measures)
        is_judged = not is_as_published(finding, self.inspection)
        told = [self._measure(measure, is_judged=is_judged) for measure in measures]
        texts = [
            self._count(number, last) + self._ended(text, is_last=number == last)
            for number, text in enumerate(told, start=1)
        ]
        if self.notice.measures_on_lines:
            yield from texts
        else:
            yield "".join(texts)

    def _count(self, number: int, of: int) -> str:
        if of == 1:
            return ""
        match self.notice.numbering:
            case Numbering.YI_SHI:
                return f"{numeral(number)}是"
            case Numbering.ARABIC:
                return f"{number}."
            case Numbering.BRACKETS:
                return self._own(f"（{number}）")
        return ""

    def _measure(self, measure: Measure, *, is_judged: bool, alone: bool = False) -> str:
        """Tell a measure with its outcome, unless that is told apart.

        Of one that is not done its words say so, or a mark.
        """
        text = measure.text
        if measure.outcome and not alone:
            text = text.rstrip(_MARKS) + self._own("，") + measure.outcome
        is_done = measure.done_on is not None and measure.done_on <= self._day.today
        if is_done or not is_judged or says_unfinished(text):
            return text
        end = len(text.rstrip(_MARKS))
        return text[:end] + self._own(f"（{default_text.GOING_ON}）") + text[end:]

    def _ended(self, text: str, *, is_last: bool) -> str:
        if is_ended(text):
            return text
        return text + ("。" if is_last else self.notice.separator)

    def _outlook(self) -> Part | None:
        notice = self.notice
        if not notice.outlook and not notice.outlook_lead:
            return None
        heading = self._next_heading(self._prose(notice.outlook_heading))
        sections = self._sections(notice.outlook_lead, notice.outlook, notice.outlook_label)
        return Part(heading, sections)

    def _supervision(self) -> tuple[str, ...]:
        """Ask the public to watch, and say where to turn to: what its own words do not say."""
        own = self._paragraphs(self.notice.supervision)
        if not self.notice.supervision:
            return tuple(_lines(default_text.supervision(self.inspection, self.notice)))
        if not own or self.notice.is_original:
            return own
        return (*own, *_lines(default_text.contacts(self.notice, "".join(own))))


def _general(finding: Finding) -> list[Measure]:
    """Return the measures that answer no manifestation there is."""
    known = range(1, len(finding.manifestations) + 1)
    return [measure for measure in finding.measures if measure.manifestation not in known]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _numbered(label: str, number: int) -> str:
    return substitute(label, {"一": numeral(number), "1": str(number)})


def _joined(words: str, body: list[str], *, on: bool) -> list[str]:
    """Put words before the first paragraph, or where that runs on from nothing, above it."""
    if not words:
        return body
    return [words + body[0], *body[1:]] if on and body else [words, *body]
