"""The ledger as the notice tells it: what a template is given, in the notice's own style."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.ledger.figures import Basis, basis, fill
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.dates import chinese_day
from zhenggai.model.ledger_model import Finding, Inspection, Measure
from zhenggai.model.notice_settings import (
    LEFT_OUT,
    Layout,
    Notice,
    Numbering,
    Punctuation,
    Section,
)
from zhenggai.model.placeholders import substitute
from zhenggai.model.terms import Stage
from zhenggai.notice.chinese import half_width, is_ended, numeral, span

# Off the end of what was done comes the mark before its outcome.
_MARKS = "。；;！!？?…，,、：:"

_HEADINGS = {
    Layout.OWN_LINE: "{序号}.关于“{问题}”问题的整改。",
    Layout.RUN_IN: "{序号}.关于{问题}的问题。",
    Layout.STATUS_LINES: "{序号}.{问题}。",
    Layout.STATUS_SENTENCE: "{序号}.关于“{问题}”问题的整改。",
}

# How far a finding has come, in the words of published notices: a sentence, and behind 完成情况.
_STATUS_SENTENCES = {
    Stage.CLOSED: "该问题已完成整改。",
    Stage.SUSTAINED: "该问题已基本完成整改，将长期坚持。",
}
_STATUS_WORDS = {Stage.CLOSED: "已完成。", Stage.SUSTAINED: "已基本完成，长期坚持。"}
_GOING_ON_SENTENCE, _GOING_ON_WORDS = "该问题正在整改。", "正在整改。"


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


class Composer:
    """Writes the parts of one ledger's notice."""

    def __init__(self, day: LedgerOnDay) -> None:
        self.basis: Basis = basis(day)
        self.inspection: Inspection = day.ledger.inspection
        self.notice: Notice = self.inspection.notice or Notice()
        self._day = day
        self._part = 0

    def compose(self) -> dict[str, Any]:
        """Give everything a notice's template may use, by the names it uses."""
        return {
            "title": self._title(),
            "opening": self._opening(),
            "organisation": self._organisation(),
            "results": self._results_part(),
            "groups": self._groups(),
            "outlook": self._outlook(),
            "publicity": self._prose(self.notice.publicity),
            "supervision": self._supervision(),
            "signature": self.notice.signature or "",
            "date": chinese_day(self.notice.dated) if self.notice.dated else "",
        }

    def _prose(self, text: str | None) -> str:
        return fill(text, self.basis) if text else ""

    def _paragraphs(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Fill in prose, a paragraph for each of its lines; 无 is none at all."""
        if tuple(texts) == (LEFT_OUT,):
            return ()
        return tuple(line for text in texts for line in _lines(self._prose(text)))

    def _own(self, text: str) -> str:
        return _punctuated(text, self.notice)

    def _title(self) -> str:
        if self.notice.title == LEFT_OUT:
            return ""
        if self.notice.title:
            return self._prose(self.notice.title)
        return f"{self.inspection.unit or ''}关于{self._word}{self.notice.name}的通报"

    @property
    def _word(self) -> str:
        return self.notice.word.value

    def _opening(self) -> tuple[str, ...]:
        if self.notice.opening:
            return self._paragraphs(self.notice.opening)
        return tuple(_lines(self._prose(default_opening(self.inspection, self.notice))))

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
        heading = self._prose(notice.results_heading) or f"{self._word}整改工作落实情况"
        return Part(self._next_heading(heading), self._results_lead())

    def _results_lead(self) -> tuple[str, ...]:
        notice = self.notice
        leads = self._paragraphs(notice.results_lead or (self._own(self._default_lead()),))
        if not notice.statistics:
            return leads
        statistics = self._prose(self._own(self._statistics()))
        return (*leads[:-1], "".join(leads[-1:]) + statistics)

    def _default_lead(self) -> str:
        aspects = "{方面数}个方面" if any(f.aspect for f in self.basis.findings) else ""
        return f"对反馈的{aspects}{{问题数}}个主要问题，按整改方案的时间节点进行整改落实。"

    def _statistics(self) -> str:
        tally = self.basis.tally
        parts = ["已完成整改{已销号数}个"]
        if tally.sustained:
            parts.append("基本完成、长期坚持{基本完成数}个")
        going_on = tally.count - tally.closed - tally.sustained
        if going_on:
            parts.append(f"正在整改{going_on}个")
        return f"截至{{截止日期}}，{{问题数}}个问题中{'，'.join(parts)}，完成率{{完成率}}。"

    def _groups(self) -> tuple[Group, ...]:
        findings = self.basis.findings
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
        body = list(self._body(finding))
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

    def _status(self, finding: Finding) -> str:
        stage = self._day.standing(finding).stage
        return self._own(status_words(self.notice.layout, stage))

    def _finding_heading(self, finding: Finding, number: int) -> str:
        """Head a finding; what the program writes itself says 的问题 but once."""
        pattern, title = self.notice.finding_heading, finding.title
        if pattern is None:
            pattern = self._own(_HEADINGS[self.notice.layout])
            title = title.removesuffix("的问题")
        return substitute(pattern, {"序号": str(number), "一": numeral(number), "问题": title})

    def _body(self, finding: Finding) -> Iterator[str]:
        """Tell a finding's measures, by manifestation where they say so."""
        if general := _general(finding):
            yield from self._measures(general)
        for number, text in enumerate(finding.manifestations, start=1):
            answering = [m for m in finding.measures if m.manifestation == number]
            if answering:
                stop = "" if is_ended(text) else "。"
                yield f"{self._own(f'（{number}）')}{text}{stop}"
                yield from self._measures(answering)

    def _measures(self, measures: Sequence[Measure]) -> Iterator[str]:
        last = len(measures)
        texts = [
            self._count(number, last) + self._ended(self._measure(measure), is_last=number == last)
            for number, measure in enumerate(measures, start=1)
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

    def _measure(self, measure: Measure) -> str:
        if not measure.outcome:
            return measure.text
        return measure.text.rstrip(_MARKS) + self._own("，") + measure.outcome

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
        return tuple(_lines(default_supervision(self.notice)))


def _general(finding: Finding) -> list[Measure]:
    """Give the measures that answer no manifestation there is."""
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


def status_words(layout: Layout, stage: Stage) -> str:
    """Say how far a finding has come: behind 完成情况, else in a sentence of its own."""
    if layout is Layout.STATUS_LINES:
        return _STATUS_WORDS.get(stage, _GOING_ON_WORDS)
    return _STATUS_SENTENCES.get(stage, _GOING_ON_SENTENCE)


def default_opening(inspection: Inspection, notice: Notice) -> str:
    """Write the opening paragraph from the inspection's own facts; '' where they are missing."""
    start, end, feedback = inspection.started_on, inspection.ended_on, inspection.feedback_on
    if not (inspection.unit and inspection.group and feedback):
        return ""
    when = "{时间}，" if start and end else ""
    basis_words = "根据{依据}，" if notice.basis else ""
    text = (
        f"{basis_words}{when}{{巡察组}}对{{单位}}进行了{{巡察}}。"
        "{反馈日期}，{巡察}组向{单位}反馈了{巡察}意见。"
        "按照党务公开原则和{巡察}工作有关要求，现将{巡察}{名称}予以公布。"
    )
    values = {
        "时间": span(start, end) if start and end else "",
        "依据": notice.basis or "",
        "巡察组": inspection.group,
        "单位": inspection.unit,
        "反馈日期": chinese_day(feedback),
        "巡察": notice.word.value,
        "名称": notice.name.value,
    }
    return substitute(_punctuated(text, notice), values)


def default_supervision(notice: Notice) -> str:
    """Write the sentence that asks the public to watch, with whatever contact there is."""
    ways = {
        "联系电话": notice.phone,
        "通信地址": notice.address,
        "电子邮箱": notice.email,
    }
    there = {name: value for name, value in ways.items() if value}
    if not there:
        return ""
    contacts = "；".join(f"{name}：{{{name}}}" for name in there)
    text = (
        f"欢迎广大干部群众对{notice.word}整改落实情况进行监督。"
        f"如有意见建议，请及时向我们反映。{contacts}。"
    )
    return substitute(_punctuated(text, notice), there)


def _punctuated(text: str, notice: Notice) -> str:
    """Punctuate what is computed here; prose of the ledger is left as it is written."""
    return half_width(text) if notice.punctuation is Punctuation.HALF else text
