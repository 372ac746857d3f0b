"""The ledger as the notice tells it: its findings and its prose, arranged as its settings say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.ledger.done_words import is_as_published, says_unfinished
from zhenggai.ledger.figures import Basis, basis, fill
from zhenggai.ledger.standing import LedgerOnDay, last_cause
from zhenggai.model.dates import chinese_day
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.notice_settings import LEFT_OUT, Layout, Notice, Numbering, Section
from zhenggai.model.placeholders import substitute
from zhenggai.model.terms import Timing
from zhenggai.notice import default_text
from zhenggai.notice.default_text import punctuated
from zhenggai.notice.numerals import is_ended, numeral

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
    edition: str = ""


class Composer:
    """Writes the parts of one ledger's notice."""

    def __init__(self, day: LedgerOnDay) -> None:
        self.basis: Basis = basis(day)
        self.inspection: Inspection = day.ledger.inspection
        self.notice: Notice = self.inspection.notice or Notice()
        self._day = day
        self._part = 0

    def compose(self) -> NoticeContext:
        """Return the notice's parts; those that are numbered are written in their order."""
        return NoticeContext(
            title=self._title(),
            opening=self._opening(),
            organisation=self._organisation(),
            results=self._results_part(),
            groups=self._groups(),
            outlook=self._outlook(),
            publicity=self._prose(self.notice.publicity),
            supervision=self._supervision(),
            signature=self.notice.signature or "",
            date=chinese_day(self.notice.dated) if self.notice.dated else "",
        )

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
        self._part += 1
        return f"{numeral(self._part)}、{text}"

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
        heading = self._prose(notice.results_heading) or default_text.results_heading(notice)
        return Part(self._next_heading(heading), self._results_lead())

    def _results_lead(self) -> tuple[str, ...]:
        notice = self.notice
        has_aspects = any(finding.aspect for finding in self.basis.findings)
        default = default_text.results_lead(notice, has_aspects=has_aspects)
        leads = self._paragraphs(notice.results_lead or (default,))
        if not notice.statistics:
            return leads
        statistics = self._prose(default_text.statistics(notice, self.basis.tally))
        return (*leads[:-1], "".join(leads[-1:]) + statistics)

    def _groups(self) -> tuple[Group, ...]:
        findings = self.basis.shown
        if not self.notice.by_aspect:
            return (Group("", tuple(self._findings(findings, 1))),)
        declared = [a for a in self.inspection.aspects if any(f.aspect == a for f in findings)]
        others = dict.fromkeys(f.aspect for f in findings if f.aspect not in declared)
        groups = []
        number = 1
        for place, aspect in enumerate([*declared, *others], start=1):
            chosen = [finding for finding in findings if finding.aspect == aspect]
            label = self.notice.aspect_label or self._own("（{一}）")
            name = substitute(self.notice.aspect_heading, {"方面": aspect or "其他"})
            heading = f"{_numbered(label, place)}{name}"
            groups.append(Group(heading, tuple(self._findings(chosen, number))))
            number = 1 if self.notice.restart else number + len(chosen)
        return tuple(groups)

    def _findings(self, findings: Sequence[Finding], first: int) -> Iterator[FindingText]:
        for number, finding in enumerate(findings, start=first):
            yield self._finding(finding, number)

    def _finding(self, finding: Finding, number: int) -> FindingText:
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
        """Add to the end of what is told of a finding that it is overdue, and why."""
        if self._day.standing(finding).timing is not Timing.OVERDUE:
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

    def _measure(self, measure: Measure, *, is_judged: bool) -> str:
        """Tell a measure with its outcome; of one that is not done its words say so, or a mark."""
        text = measure.text
        if measure.outcome:
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
        if self.notice.supervision:
            return self._paragraphs(self.notice.supervision)
        return tuple(_lines(default_text.supervision(self.notice)))


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
