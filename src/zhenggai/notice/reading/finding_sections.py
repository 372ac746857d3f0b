"""The part that tells the findings: aspects, headings, and what was done about each."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from zhenggai.model.notice_settings import Layout, Numbering
from zhenggai.model.values import MOST_IN_TITLE
from zhenggai.notice.numerals import number_of
from zhenggai.notice.reading import claimed_status, measures
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.lines import BRACKETED, NUMBERED, Part, is_short

_ABOUT = re.compile(r"[“\"]?(?:关于|针对)")
# 1.关于“甲。乙”问题的整改。 is one sentence.
_SENTENCE = re.compile(r"(?:“[^”]*”|[^。“])*。")
_RUN_ON = re.compile(r"[^。]{4,60}?[:：](?=一是)")
_STATUS_LINE = re.compile(r"完成情况[:：](.*)")
_MEASURES_LINE = re.compile(r"整改情况[:：](.*)")


@dataclass
class _Found:
    """A finding as it was cut out: the words behind its number, and the lines below it."""

    number: int
    label: str
    text: str
    line: Line
    aspect: str | None
    body: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Heading:
    title: str
    pattern: str
    run_in: str


def read_results(draft: Draft, part: Part) -> None:
    """Read the findings, and record how they are written."""
    draft.notice["结果标题"] = part.heading
    lead, found = _Cutter(draft, part.lines).cut()
    draft.notice["结果导语"] = [line.text for line in lead] or "无"
    if not found:
        return
    headings = [_heading(one) for one in found]
    _record_layout(draft, headings)
    for one, heading in zip(found, headings, strict=True):
        aspect = {"方面": one.aspect} if one.aspect else {}
        draft.findings.append({"问题": heading.title, **aspect})
        if heading.run_in:
            one.body.insert(0, Line(one.line.number, heading.run_in))
    _read_bodies(draft, [_below_status(draft, n, one.body) for n, one in enumerate(found)])
    claimed_status.read_statuses(draft)


# -- cutting ----------------------------------------------------------------------------------


class _Cutter:
    """Cuts the part into its lead and its findings, noting the aspects on the way."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.lines = lines
        self.lead: list[Line] = []
        self.found: list[_Found] = []
        self.aspect: str | None = None
        heads = [match for line in lines if (match := NUMBERED.match(line.text))]
        self.about = any(_ABOUT.match(match[2]) for match in heads)
        self.by_status = any(_STATUS_LINE.match(line.text) for line in lines)
        # Without an arabic number it is （一） that counts the findings.
        self.in_brackets = not self.by_status and _bracketed_findings(lines, about=self.about)
        self.texts = _aspect_texts(lines)

    def cut(self) -> tuple[list[Line], list[_Found]]:
        below_aspect = False
        for place, line in enumerate(self.lines):
            below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
            if self._is_aspect(line):
                below_aspect = True
            elif (one := self._finding(line, below)) is not None:
                below_aspect = False
                self.found.append(one)
            elif below_aspect:
                self.draft.set_aside([line])
            else:
                (self.found[-1].body if self.found else self.lead).append(line)
        return self.lead, self.found

    def _is_aspect(self, line: Line) -> bool:
        match = BRACKETED.fullmatch(line.text)
        if self.in_brackets or not match or line.text not in self.texts:
            return False
        notice = self.draft.notice
        patterns = {_aspect(text)[1] for text in self.texts.values()}
        name, pattern = _aspect(match[4]) if len(patterns) == 1 else (match[4], "{方面}")
        notice["按方面"], notice["方面标题"] = "是", pattern
        notice["方面序号"] = f"{match[1]}{{一}}{match[3]}"
        if name not in self.draft.aspects:
            self.draft.aspects.append(name)
        self.aspect = name
        return True

    def _finding(self, line: Line, below: str) -> _Found | None:
        if self.in_brackets:
            match = BRACKETED.fullmatch(line.text)
            if not match or not match[4].strip("。 "):
                return None
            number, label = number_of(match[2]) or 0, f"{match[1]}{{一}}{match[3]}"
            text = match[4]
        else:
            match = NUMBERED.match(line.text)
            if not match or not match[2].strip("。：: "):
                return None
            if self.about and not _ABOUT.match(match[2]):
                return None
            if self.by_status and not _STATUS_LINE.match(below):
                return None
            number, text = int(match[1]), match[2]
            label = "{序号}" + line.text[match.end(1) : match.start(2)]
        found = _Found(number, label, text, line, self.aspect)
        is_title = len(_heading(found).title) <= MOST_IN_TITLE
        return found if is_title and self._goes_on(number) else None

    def _goes_on(self, number: int) -> bool:
        """Whether a number goes on counting; where it is sure to be a finding's, with gaps."""
        if number < 1:
            return False
        sure = self.about or self.by_status
        if not self.found:
            return number == 1 or sure
        last = self.found[-1]
        if number == 1 and self.aspect != last.aspect:
            self.draft.notice["分方面编号"] = "是"
            return True
        return number == last.number + 1 or (sure and number > last.number)


def _bracketed_findings(lines: list[Line], *, about: bool) -> bool:
    if about:
        return False
    heads = [match[4] for line in lines if (match := BRACKETED.fullmatch(line.text))]
    return any(_ABOUT.match(text) and "问题" in text for text in heads)


def _aspect_texts(lines: list[Line]) -> dict[str, str]:
    """Return the lines that head aspects, short and counted （一）（二）, and what they say."""
    texts: dict[str, str] = {}
    for line in lines:
        match = BRACKETED.fullmatch(line.text)
        if match and match[4] and number_of(match[2]) == len(texts) + 1 and is_short(line.text):
            texts[line.text] = match[4]
    return texts


def _aspect(text: str) -> tuple[str, str]:
    """Tell an aspect's name from the words around it."""
    match = re.search(r"“(.+)”", text) or re.fullmatch(
        r"(?:在|关于)?(.+?)(?:方面)?(?:存在)?(?:的)?(?:问题)?[。]?", text
    )
    if match is None:
        return text, "{方面}"
    return match[1], f"{text[: match.start(1)]}{{方面}}{text[match.end(1) :]}"


# -- headings ---------------------------------------------------------------------------------


def _heading(one: _Found) -> _Heading:
    """Tell a finding's title from the words around it, and from what runs on behind it."""
    text = one.text
    match = _RUN_ON.match(text) or _SENTENCE.match(text)
    end = match.end() if match else len(text)
    text, run_in = text[:end], text[end:].strip()
    start, stop = _title(text)
    pattern = f"{one.label}{text[:start]}{{问题}}{text[stop:]}"
    return _Heading(text[start:stop], pattern, run_in)


_TITLES = (
    re.compile(r"(?:关于|针对)“(.+)”(?=存在|问题|的|整改|[。：:]|$)"),
    re.compile(r"(?:关于|针对)(.+?)(?=的问题|问题的整改|问题整改|问题)"),
    re.compile(r"(.+?)(?=[。:：]*$)"),
)


def _title(text: str) -> tuple[int, int]:
    return next(match.span(1) for title in _TITLES if (match := title.match(text)))


def _record_layout(draft: Draft, headings: list[_Heading]) -> None:
    patterns = Counter(heading.pattern for heading in headings)
    run_in = sum(bool(heading.run_in) for heading in headings) > len(headings) / 2
    draft.notice["问题标题"] = patterns.most_common(1)[0][0]
    draft.notice["问题写法"] = (Layout.RUN_IN if run_in else Layout.OWN_LINE).value


# -- bodies -----------------------------------------------------------------------------------


def _below_status(draft: Draft, place: int, lines: list[Line]) -> list[Line]:
    """Take the line 完成情况: from a body, and the words 整改情况: from the line below it."""
    match = _STATUS_LINE.fullmatch(lines[0].text) if lines else None
    if match is None:
        return lines
    draft.notice["问题写法"] = Layout.STATUS_LINES.value
    if match[1].strip():
        draft.findings[place]["通报导语"] = match[1].strip()
    rest = lines[1:]
    if rest and (below := _MEASURES_LINE.fullmatch(rest[0].text)):
        first = Line(rest[0].number, below[1].strip())
        if not first.text:
            draft.notice["导语分行"] = "是"
        rest = [first, *rest[1:]] if first.text else rest[1:]
    return rest


def _read_bodies(draft: Draft, lines: list[list[Line]]) -> None:
    bodies = [measures.read_body(one) for one in lines]
    style = measures.numbering_of([group for body in bodies for group in body.groups])
    read = [[measures.read_measures(group, style) for group in body.groups] for body in bodies]
    flat = [one for groups in read for one in groups]
    separator = measures.separator_of(one.texts for one in flat)
    _record_measures(draft, style, separator, flat)
    for data, body, groups in zip(draft.findings, bodies, read, strict=True):
        if groups[0].lead:
            data["通报导语"] = data.get("通报导语", "") + groups[0].lead
        if body.manifestations:
            data["具体表现"] = [text for text, _ in body.manifestations]
        if told := list(_told(groups, separator)):
            data["措施"] = told


def _record_measures(
    draft: Draft, style: Numbering, separator: str, read: list[measures.Measures]
) -> None:
    notice = draft.notice
    several = [one for one in read if len(one.texts) > 1]
    if style is not Numbering.YI_SHI:
        notice["措施序号"] = style.value
    notice["措施分隔"] = separator
    if sum(one.on_lines for one in several) > len(several) / 2:
        notice["措施分行"] = "是"
    leads = [one for one in read if one.lead]
    if sum(one.lead_on_line for one in leads) > len(leads) / 2:
        notice["导语分行"] = "是"


def _told(groups: list[measures.Measures], separator: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for manifestation, group in enumerate(groups):
        answers = {"针对": str(manifestation)} if manifestation else {}
        texts = measures.without_ends(group.texts, separator)
        told += [{"内容": text, **answers} for text in texts]
    return told
