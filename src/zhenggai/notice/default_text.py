"""What the program itself writes in a notice where its settings say nothing."""

import re

from zhenggai.ledger.summary import Tally
from zhenggai.model.dates import chinese_day
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.notice_settings import InspectionWord, Layout, Notice, Punctuation
from zhenggai.model.placeholders import substitute
from zhenggai.model.terms import InspectionKind, Stage
from zhenggai.notice.numerals import half_width, span
from zhenggai.notice.printed_days import plain_digits

HEADINGS = {
    Layout.OWN_LINE: "{序号}.关于“{问题}”问题的整改。",
    Layout.RUN_IN: "{序号}.关于{问题}的问题。",
    Layout.STATUS_LINES: "{序号}.{问题}。",
    Layout.STATUS_SENTENCE: "{序号}.关于“{问题}”问题的整改。",
}
"""The heading of a finding, by the layout; not punctuated yet."""

# How far a finding has come, in the words of published notices: a sentence, and behind 完成情况.
_STATUS_SENTENCES = {
    Stage.CLOSED: "该问题已完成整改。",
    Stage.SUSTAINED: "该问题已基本完成整改，将长期坚持。",
}
_STATUS_WORDS = {Stage.CLOSED: "已完成。", Stage.SUSTAINED: "已基本完成，长期坚持。"}
_GOING_ON_SENTENCE, _GOING_ON_WORDS = "该问题正在整改。", "正在整改。"
GOING_ON = "正在推进"
"""What is said of a measure that is not done."""


def inside_quotes(text: str, pattern: str) -> str:
    """Return a text with single quotes for its own where a pattern quotes it (GB/T 15834, 4.8)."""
    return text.translate(_SINGLE) if "“{问题}”" in pattern else text


_SINGLE = str.maketrans("“”", "‘’")


def punctuated(text: str, notice: Notice) -> str:
    """Punctuate what is computed here; prose of the ledger is left as it is written."""
    return half_width(text) if notice.punctuation is Punctuation.HALF else text


def status_words(layout: Layout, stage: Stage) -> str:
    """Say how far a finding has come: behind 完成情况, else in a sentence of its own."""
    if layout is Layout.STATUS_LINES:
        return _STATUS_WORDS.get(stage, _GOING_ON_WORDS)
    return _STATUS_SENTENCES.get(stage, _GOING_ON_SENTENCE)


def delay(cause: str) -> str:
    """Say that a finding is overdue, and why where that was reported."""
    reason = f"，未完成原因：{cause.rstrip('。')}" if cause else "，正在推进"
    return f"该问题已超过整改时限{reason}。"


def matter(inspection: Inspection, notice: Notice) -> str:
    """Say what the unit puts right: what an inspection found, or an audit."""
    return InspectionKind.AUDIT.words if inspection.is_audit else notice.word.value


def _inspected(inspection: Inspection, notice: Notice) -> str:
    """Say what was done to the unit: 巡察, 专项巡察, 巡察“回头看”."""
    kind = inspection.kind
    if kind is None or kind is InspectionKind.ROUTINE:
        return matter(inspection, notice)
    return kind.words.replace(InspectionWord.XUNCHA.value, notice.word.value)


def title(inspection: Inspection, notice: Notice) -> str:
    """Name the notice after the unit and what it tells of."""
    return f"{inspection.name}关于{_inspected(inspection, notice)}{notice.name}的通报"


def opening(inspection: Inspection, notice: Notice) -> str:
    """Write the opening paragraph from the inspection's own facts.

    Where one is missing its place is to be filled in; of a published notice there is none then.
    """
    start, end, feedback = inspection.started_on, inspection.ended_on, inspection.feedback_on
    if notice.is_original and not (inspection.unit and inspection.inspected_by and feedback):
        return ""
    when = "{时间}，" if start and end else ""
    basis_words = "根据{依据}，" if notice.basis else ""
    fed_back = "{巡察}组向{单位}反馈了{巡察}意见"
    if inspection.is_audit:
        numbered = "（{文号}）" if inspection.audit_report else ""
        fed_back = f"{{巡察组}}出具了审计报告{numbered}"
    text = (
        f"{basis_words}{when}{{巡察组}}对{{单位}}进行了{{怎样巡察}}。{{反馈日期}}，{fed_back}。"
        "按照党务公开原则和{巡察}工作有关要求，现将{巡察}{名称}予以公布。"
    )
    values = {
        "时间": span(start, end) if start and end else "",
        "依据": notice.basis or "",
        "巡察组": inspection.inspected_by
        or f"（{'审计机关' if inspection.is_audit else '巡察组'}）",
        "单位": inspection.unit or "（被巡察单位）",
        "反馈日期": chinese_day(feedback) if feedback else "（反馈日期）",
        "巡察": matter(inspection, notice),
        "怎样巡察": _inspected(inspection, notice),
        "文号": inspection.audit_report or "",
        "名称": notice.name.value,
    }
    return substitute(punctuated(text, notice), values)


def results_heading(inspection: Inspection, notice: Notice) -> str:
    """Head the part that tells of the findings."""
    return f"{matter(inspection, notice)}整改工作落实情况"


def results_lead(inspection: Inspection, notice: Notice, *, has_aspects: bool) -> str:
    """Write the sentence that leads to the findings; its figures are still to be filled in."""
    aspects = "{方面数}个方面" if has_aspects else ""
    said = "审计查出" if inspection.is_audit else "反馈"
    text = f"对{said}的{aspects}{{问题数}}个主要问题，按整改方案的时间节点进行整改落实。"
    return punctuated(text, notice)


def statistics(notice: Notice, tally: Tally) -> str:
    """Write the sentence that counts; its figures are still to be filled in."""
    parts = ["已销号{已销号数}个"]
    if tally.awaiting_closing:
        parts.append("待销号{待销号数}个")
    if tally.sustained:
        parts.append("基本完成、长期坚持{基本完成数}个")
    going_on = tally.in_progress + tally.not_started
    if going_on:
        parts.append(f"正在整改{going_on}个")
    rates = "整改完成率{整改完成率}，销号率{销号率}"
    text = f"截至{{截止日期}}，{{问题数}}个问题中{'，'.join(parts)}，{rates}。"
    return punctuated(text, notice)


def supervision(inspection: Inspection, notice: Notice) -> str:
    """Write the sentence that asks the public to watch, with whatever contact there is."""
    ways = contacts(notice)
    if not ways:
        return ""
    text = (
        f"欢迎广大干部群众对{matter(inspection, notice)}整改落实情况进行监督。"
        "如有意见建议，请及时向我们反映。"
    )
    return punctuated(text, notice) + ways


def contacts(notice: Notice, said: str = "") -> str:
    """Say where to turn to; what is said already is left out, '' where that is all."""
    ways = {
        "联系电话": notice.phone,
        "通信地址": notice.address,
        "电子邮箱": notice.email,
    }
    known = _bare(said)
    there = {name: value for name, value in ways.items() if value and not _is_said(value, known)}
    if not there:
        return ""
    text = "；".join(f"{name}：{{{name}}}" for name in there) + "。"
    return substitute(punctuated(text, notice), there)


def _is_said(value: str, known: str) -> bool:
    """Whether each of what a value names, as two telephone numbers, is known."""
    return all(_bare(one) in known for one in re.split("[、，,；;/]", value))


def _bare(text: str) -> str:
    """Return a text's letters and digits: a number may be parted in one place and not another."""
    return "".join(filter(str.isalnum, plain_digits(text)))
