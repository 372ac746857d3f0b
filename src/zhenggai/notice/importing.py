"""A published notice becomes a ledger: its parts recognised, its style recorded.

Recognition is by form alone. What fits no part is kept as it stands, with its line, and named;
nothing is dropped and nothing is guessed about who was responsible or when.
"""

import re
from collections.abc import Iterator

from zhenggai.ledger.stated_totals import stated_in
from zhenggai.model.notice_settings import LEFT_OUT
from zhenggai.notice.comparing import not_written, placed, settle
from zhenggai.notice.reading.blanks import read_gaps, read_layout
from zhenggai.notice.reading.cleaning import clean
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.finding_sections import read_results
from zhenggai.notice.reading.head import read_head
from zhenggai.notice.reading.inspection_kinds import read_kind
from zhenggai.notice.reading.lines import Part, Role, cut_parts, read_style, roles
from zhenggai.notice.reading.notice_tables import table_in
from zhenggai.notice.reading.outline import outline
from zhenggai.notice.reading.prose import ORGANISATION, OUTLOOK, read_loose, read_prose
from zhenggai.notice.reading.tail import read_tail, take_tail
from zhenggai.storage.yaml.whole_text import whole_text


def read_notice(source: str) -> Draft:
    """Recognise a published notice; what its ledger would not write again is set aside."""
    draft = Draft()
    cleaned = clean(draft, source)
    draft.text, draft.lines = cleaned.text, list(cleaned.lines)
    read_style(draft, cleaned.text)
    lines = list(cleaned.lines)
    tail = take_tail(lines)
    head, parts = cut_parts(lines)
    totals = frozenset(said.number for line in lines for said in stated_in(line.text).findings)
    if not parts:
        head = _above_findings(lines, totals)
    read_kind(draft, head)
    read_tail(draft, tail)
    read_head(draft, head, cleaned.published)
    if parts:
        _read_parts(draft, parts, totals)
    else:
        draft.notice["结果标题"] = LEFT_OUT
        behind = read_results(draft, lines[len(head) :], totals)
        read_loose(draft, behind, OUTLOOK)
    read_layout(draft, cleaned, tail)
    if draft.findings:
        settle(draft)
    draft.set_aside(not_written(draft, cleaned.lines))
    read_gaps(draft, cleaned, placed(draft))
    return draft


_TITLE = re.compile(
    "(?=.*(?:巡[察视]|审计|整改)).*(?:通报|公告|公示|整改.{0,12}(?:情况|报告|结果))"
)
_OPENING = re.compile("巡[察视]|审计")
_MADE_KNOWN = re.compile("现将|予以?公[布示开告]|(?:通报|公告|公示|报告)如下|向社会公[布开示]|反馈")
_MOST_BEFORE_OPENING = 12


def is_published(source: str) -> bool:
    """Whether a text is headed, opened and signed as a notice is; it may hold a table of findings.

    Of a register or a plan with a title alone that cannot be said.
    """
    lines = list(clean(Draft(), source).lines)
    tail = take_tail(lines)
    texts = [line.text for line in lines[:_MOST_BEFORE_OPENING]]
    titled = next((n for n, text in enumerate(texts) if _TITLE.fullmatch(text)), None)
    if not tail.is_signed or titled is None or re.search("方案|台账|清单", texts[titled]):
        return False
    below = texts[titled + 1 :]
    return any(_OPENING.search(text) and _MADE_KNOWN.search(text) for text in below)


def _above_findings(lines: list[Line], totals: frozenset[int]) -> list[Line]:
    """Return what stands above the findings of a notice without parts."""
    if table := table_in(lines):
        return table.lead[:-1]
    head, _ = outline(lines, totals)
    return head


def _read_parts(draft: Draft, parts: list[Part], totals: frozenset[int]) -> None:
    found = roles(parts)
    results = [part for part, role in zip(parts, found, strict=True) if role == Role.RESULTS]
    first = found.index(Role.RESULTS) if results else len(parts)
    before, after = parts[:first], parts[first + len(results) :]
    _record_numbers(draft, before, results, after)
    read_prose(draft, before, ORGANISATION)
    behind: list[Line] = []
    if len(results) == 1:
        draft.notice["结果标题"] = _heading(draft, results[0])
        behind = read_results(draft, results[0].lines, totals)
    elif results:
        draft.notice["结果标题"] = LEFT_OUT
        lines = [line for part in results for line in (part.line, *part.lines)]
        behind = read_results(draft, lines, totals)
    if after:
        read_prose(draft, after, OUTLOOK)
        draft.set_aside(behind)
    else:
        read_loose(draft, behind, OUTLOOK)


def _record_numbers(
    draft: Draft, before: list[Part], results: list[Part], after: list[Part]
) -> None:
    """Record how parts are numbered; where that is not 一、二、三、, their headings keep theirs."""
    headed = [*before[:1], *(results if len(results) == 1 else []), *after[:1]]
    patterns = {part.mark.pattern for part in headed}
    in_order = [part.mark.number for part in headed] == list(range(1, len(headed) + 1))
    own = patterns.pop() if len(patterns) == 1 else ""
    # Blanks at the end of a setting are not kept.
    if own == own.strip() and in_order and len(before) <= 1 and "{一}" in own:
        if own != "{一}、":
            draft.notice["部分序号"] = own
    elif headed:
        draft.notice["部分序号"] = LEFT_OUT


def _heading(draft: Draft, part: Part) -> str:
    own_numbers = draft.notice.get("部分序号") == LEFT_OUT
    return part.line.text if own_numbers else part.heading


_HEADER = "# 由公布的通报导入。通报未写明的（责任分工、时限、完成日期）未填写，请补充。"


def files(draft: Draft, identifier: str) -> Iterator[tuple[str, str]]:
    """Yield the ledger's files: names and YAML texts; `identifier` is the ledger's (标识)."""
    about = draft.inspection_data()
    head = {key: about.pop(key) for key in ("格式",) if key in about}
    yield "inspection.yaml", whole_text(head | {"标识": identifier} | about, _HEADER)
    columns = max(2, len(str(len(draft.findings))))
    for number, data in enumerate(draft.findings, start=1):
        yield f"{number:0{columns}d}.yaml", whole_text(data, _HEADER)
