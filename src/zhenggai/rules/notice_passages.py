"""What of a notice is published: its prose, and what it tells of its findings, piece by piece."""

from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.ledger.figures import fill
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import Notice
from zhenggai.model.problem import At, named
from zhenggai.rules.examined import ExaminedLedger

FILE = "inspection.yaml"
CLOSE_ENOUGH = 0.5
"""By how much a printed percentage may differ from what is worked out, in percentage points."""


class Passage(NamedTuple):
    """A piece of what will be published, and where it stands."""

    file: str
    at: At
    text: str

    @property
    def place(self) -> str:
        """Name the place the way a person would."""
        return f"{self.file}里{named(self.at)}"


# What of the notice is prose: single texts, several paragraphs, headed paragraphs.
_TEXTS = {
    "title": "标题",
    "basis": "依据",
    "organisation_heading": "组织标题",
    "organisation_lead": "组织导语",
    "results_heading": "结果标题",
    "outlook_heading": "下步标题",
    "outlook_lead": "下步导语",
    "publicity": "公示期",
}
_PARAGRAPHS = {"opening": "开头", "results_lead": "结果导语", "supervision": "监督"}
_SECTIONS = {"organisation": "组织情况", "outlook": "下步打算"}
_UNSET = Notice()


def prose(case: ExaminedLedger) -> Iterator[Passage]:
    """Yield the notice's prose as inspection.yaml has it, figures filled in."""
    notice = case.ledger.inspection.notice
    if notice is None:
        return
    figures = case.basis
    for name, key in _TEXTS.items():
        if (text := getattr(notice, name)) and text != getattr(_UNSET, name):
            yield Passage(FILE, ("通报", key), fill(text, figures))
    for name, key in _PARAGRAPHS.items():
        texts = getattr(notice, name)
        for index, text in enumerate(texts):
            at: At = ("通报", key, index) if len(texts) > 1 else ("通报", key)
            yield Passage(FILE, at, fill(text, figures))
    for name, key in _SECTIONS.items():
        for index, section in enumerate(getattr(notice, name)):
            text = f"{(section.title or '').removesuffix('。')}。{section.text or ''}"
            yield Passage(FILE, ("通报", key, index), fill(text, figures))


def findings_told(case: ExaminedLedger) -> Iterator[Passage]:
    """Yield what the notice tells of each finding, as its file has it."""
    for finding in case.ledger.findings:
        if finding.public:
            yield from _of_finding(finding)


def _of_finding(finding: Finding) -> Iterator[Passage]:
    file = finding.file_name
    yield Passage(file, ("问题",), finding.title)
    if finding.notice_lead:
        yield Passage(file, ("通报导语",), finding.notice_lead)
    for index, text in enumerate(finding.manifestations):
        yield Passage(file, ("具体表现", index), text)
    for index, measure in enumerate(finding.measures):
        yield Passage(file, ("措施", index, "内容"), measure.text)
        if measure.outcome:
            yield Passage(file, ("措施", index, "成效"), measure.outcome)
