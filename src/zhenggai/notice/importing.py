"""A published notice becomes a ledger: its parts recognised, its style recorded.

Recognition is by form alone, line by line. What fits no part is kept as it stands, with its line,
and named; nothing is dropped and nothing is guessed about who was responsible or when.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhenggai.core.dates import DateTextError, parse_day
from zhenggai.notice.chinese import number_of, numeral

_NUMERAL = "[一二三四五六七八九十]+"
_PART = re.compile(rf"({_NUMERAL})、(.{{2,40}})")
_BRACKETED = re.compile(rf"([（(])({_NUMERAL})[)）](.*)")
_NUMBERED = re.compile(r"([0-9]{1,3})([.．、])\s*(.*)")
_SMALL = re.compile(r"([（(])([0-9]{1,2})[)）](.*)")
_DAY = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
_ENDS = "。；;!！?？…"


@dataclass(frozen=True)
class Line:
    """One line of the published text, and its number, from 1."""

    number: int
    text: str


@dataclass
class Draft:
    """What was recognised: the data of inspection.yaml and of each finding."""

    inspection: dict[str, Any] = field(default_factory=dict)
    notice: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    aspects: list[str] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)

    def inspection_data(self) -> dict[str, Any]:
        """Give inspection.yaml's content."""
        data = dict(self.inspection)
        if self.aspects:
            data["方面"] = self.aspects
        notice = dict(self.notice)
        if self.unplaced:
            notice["未识别"] = [{"行": str(x.number), "内容": x.text} for x in self.unplaced]
        data["通报"] = notice
        return data


@dataclass
class _Part:
    heading: str
    lines: list[Line]


def read_notice(text: str) -> Draft:
    """Recognise a published notice."""
    lines = [
        Line(number, stripped)
        for number, line in enumerate(text.splitlines(), start=1)
        if (stripped := line.strip())
    ]
    draft = Draft()
    _style(draft, text)
    head, parts = _parts(lines)
    tail = _take_tail(parts[-1].lines if parts else head)
    _head(draft, head)
    results = _results(parts)
    for place, part in enumerate(parts):
        if part is results:
            _read_results(draft, part)
        elif results is not None and place < parts.index(results):
            _read_sections(draft, part, "组织标题", "组织导语", "组织序号", "组织情况")
        else:
            _read_sections(draft, part, "下步标题", "下步导语", "下步序号", "下步打算")
    _read_tail(draft, tail)
    _stated_status(draft)
    draft.unplaced.sort(key=lambda line: line.number)
    return draft


# -- the text as a whole ----------------------------------------------------------------------


def _style(draft: Draft, text: str) -> None:
    half = len(re.findall(r"(?<=[\u4e00-\u9fff”》])[,;:]", text))
    full = len(re.findall("[，；：]", text))
    draft.notice["标点"] = "半角" if half > full else "全角"
    draft.notice["用语"] = "巡视" if text.count("巡视") > text.count("巡察") else "巡察"
    if not text.endswith("\n"):
        draft.notice["文末换行"] = "否"
    if re.search(r"\S[ \t]*\n[ \t]*\n+[ \t]*\S", text) and not re.search(r"\S\n[ \t]*\S", text):
        draft.notice["段间空行"] = "是"
    draft.notice["统计"] = "否"


def _parts(lines: list[Line]) -> tuple[list[Line], list[_Part]]:
    """Cut the text at 一、二、三、; each must be the next number."""
    head: list[Line] = []
    parts: list[_Part] = []
    for line in lines:
        match = _PART.fullmatch(line.text)
        if match and number_of(match[1]) == len(parts) + 1 and not line.text.endswith("。"):
            parts.append(_Part(match[2], []))
        else:
            (parts[-1].lines if parts else head).append(line)
    return head, parts


def _results(parts: list[_Part]) -> _Part | None:
    """Find the part that tells the findings: the one where 一是…二是… stands most often."""
    counts = [sum("一是" in line.text for line in part.lines) for part in parts]
    numbered = [sum(bool(_NUMBERED.match(x.text)) for x in part.lines) for part in parts]
    scores = [2 * a + b for a, b in zip(counts, numbered, strict=True)]
    best = max(scores, default=0)
    return parts[scores.index(best)] if best else None


# -- head and tail ----------------------------------------------------------------------------


def _head(draft: Draft, lines: list[Line]) -> None:
    rest = list(lines)
    if rest and rest[0].text[-1] not in _ENDS and len(rest) > 1:
        draft.notice["标题"] = rest.pop(0).text
    else:
        draft.notice["标题"] = "无"
    if rest:
        _opening(draft, rest.pop(0).text)
    draft.unplaced += rest


_OPENING = re.compile(
    rf"(?:根据(?P<basis>.+?)[,，])?(?P<start>{_DAY})至(?P<end>[0-9年月]+日)[,，]"
    r"(?P<group>.+?)对(?P<unit>.+?)(?:进行|开展)了.*?(?:巡察|巡视)"
)
_FEEDBACK = re.compile(rf"({_DAY})[,，][^。]*?反馈")


def _opening(draft: Draft, text: str) -> None:
    """Read the inspection's facts; keep the paragraph itself unless it would come out the same."""
    facts = draft.inspection
    if match := _OPENING.match(text):
        start, end = match["start"], match["end"]
        facts["被巡察单位"], facts["巡察组"] = match["unit"], match["group"]
        _set_day(facts, "巡察开始", start)
        _set_day(facts, "巡察结束", end if "年" in end else start[:5] + end)
        if match["basis"]:
            draft.notice["依据"] = match["basis"]
    if match := _FEEDBACK.search(text):
        _set_day(facts, "反馈日期", match[1])
    for name in ("集中整改进展情况", "整改进展情况", "整改落实情况"):
        if name in text:
            draft.notice["名称"] = name
            break
    if not _comes_out_the_same(draft, text):
        draft.notice["开头"] = text


def _set_day(facts: dict[str, Any], key: str, text: str) -> None:
    with contextlib.suppress(DateTextError):
        facts[key] = str(parse_day(text))


def _comes_out_the_same(draft: Draft, text: str) -> bool:
    from zhenggai.core.validation import read_inspection
    from zhenggai.notice.composing import default_opening

    inspection, _ = read_inspection(draft.inspection_data())
    return inspection.notice is not None and default_opening(inspection, inspection.notice) == text


@dataclass
class _Tail:
    contact: list[Line]
    signature: Line | None
    date: Line | None


def _take_tail(lines: list[Line]) -> _Tail:
    """Take contact, signature and date from the end of the last part."""
    date = lines.pop() if lines and re.fullmatch(_DAY, lines[-1].text) else None
    signature = None
    if date and lines and lines[-1].text[-1] not in _ENDS:
        signature = lines.pop()
    contact: list[Line] = []
    while lines and re.search("联系电话|电子邮箱|通信地址|公示期|监督电话", lines[-1].text):
        contact.insert(0, lines.pop())
    return _Tail(contact, signature, date)


_CONTACTS = {
    "联系电话": r"(?:联系|监督)电话[:：]\s*([0-9\-—()（） ]+[0-9])",
    "电子邮箱": r"(?:电子邮箱|邮箱|电子邮件)[:：]\s*([\w.+-]+@[\w.-]*\w)",
    "通信地址": r"(?:通信|通讯|邮寄)?地址[:：]\s*([^;；。,，]+)",
}


def _read_tail(draft: Draft, tail: _Tail) -> None:
    from zhenggai.core.notice import Notice
    from zhenggai.notice.composing import default_supervision

    if tail.date:
        _set_day(draft.notice, "落款日期", tail.date.text)
    if tail.signature:
        draft.notice["落款"] = tail.signature.text
    for line in tail.contact:
        for key, pattern in _CONTACTS.items():
            if match := re.search(pattern, line.text):
                draft.notice.setdefault(key, match[1])
        if "公示期" in line.text and "公示期" not in draft.notice:
            draft.notice["公示期"] = line.text
        elif "监督" not in draft.notice:
            draft.notice["监督"] = line.text
        else:
            draft.unplaced.append(line)
    known = ("标点", "用语", *_CONTACTS)
    notice = Notice.model_validate({k: v for k, v in draft.notice.items() if k in known})
    if draft.notice.get("监督") == default_supervision(notice):
        del draft.notice["监督"]


# -- parts of prose ---------------------------------------------------------------------------


def _read_sections(draft: Draft, part: _Part, *keys: str) -> None:
    """Read a part of prose: its lead, and its numbered paragraphs."""
    heading, lead, label, sections = keys
    if sections in draft.notice:
        draft.unplaced += [Line(0, part.heading), *part.lines]
        return
    draft.notice[heading] = part.heading
    found: list[dict[str, str]] = []
    number = 0
    for line in part.lines:
        pattern, text = _labelled(line.text, number + 1)
        if pattern is None and not found and lead not in draft.notice:
            draft.notice[lead] = line.text
        elif pattern is None:
            found.append({"内容": line.text})
        else:
            number += 1
            draft.notice.setdefault(label, pattern)
            title, end, rest = text.partition("。")
            section = {"标题": title}
            if rest or not end:
                section["内容"] = rest
            found.append({key: value for key, value in section.items() if value})
    if found:
        draft.notice[sections] = found


def _labelled(text: str, expected: int) -> tuple[str | None, str]:
    """Part a paragraph's number from it, when it is the expected one."""
    if (match := _BRACKETED.match(text)) and number_of(match[2]) == expected:
        return f"{match[1]}{{一}}{text[match.start(3) - 1]}", match[3]
    if (match := _NUMBERED.match(text)) and int(match[1]) == expected:
        return f"{{1}}{match[2]}", match[3]
    return None, text


# -- findings ---------------------------------------------------------------------------------


@dataclass
class _Found:
    line: Line
    number: int
    rest: str
    aspect: str | None
    body: list[Line]


def _read_results(draft: Draft, part: _Part) -> None:
    draft.notice["结果标题"] = part.heading
    lead, found = _cut_findings(draft, part.lines)
    if lead:
        draft.notice["结果导语"] = lead.pop(0).text
    draft.unplaced += lead
    headings = [_heading(one) for one in found]
    if not found:
        return
    pattern = Counter(heading.pattern for heading in headings).most_common(1)[0][0]
    run_in = any(heading.run_in for heading in headings)
    draft.notice["问题标题"] = pattern
    draft.notice["问题写法"] = "接排" if run_in else "独立成行"
    separators = Counter[str]()
    for one, heading in zip(found, headings, strict=True):
        if heading.pattern != pattern:
            draft.unplaced.append(one.line)
        body = ([Line(one.line.number, heading.run_in)] if heading.run_in else []) + one.body
        draft.findings.append(_finding(draft, heading.title, one.aspect, body, separators))
    separator = separators.most_common(1)[0][0] if separators else "。"
    draft.notice["措施分隔"] = separator
    for data in draft.findings:
        _strip_ends(data["措施"], separator)


def _cut_findings(draft: Draft, lines: list[Line]) -> tuple[list[Line], list[_Found]]:
    """Cut a part into its lead and its findings, noting the aspects on the way."""
    lead: list[Line] = []
    found: list[_Found] = []
    aspect: str | None = None
    about = any(re.match(r"[0-9]+[.．、]\s*关于", line.text) for line in lines)
    for line in lines:
        bracketed = _BRACKETED.fullmatch(line.text)
        if bracketed and number_of(bracketed[2]) == len(draft.aspects) + 1 and _is_short(line):
            aspect = _aspect(draft, bracketed[3])
            continue
        match = _NUMBERED.match(line.text)
        if match and _is_next(int(match[1]), found, aspect) and (not about or "关于" in line.text):
            if found and int(match[1]) == 1:
                draft.notice["分方面编号"] = "是"
            found.append(_Found(line, int(match[1]), match[2] + match[3], aspect, []))
        elif found:
            found[-1].body.append(line)
        else:
            lead.append(line)
    return lead, found


_LONGEST_HEADING = 60


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_HEADING


def _is_next(number: int, found: list[_Found], aspect: str | None) -> bool:
    if not found:
        return number == 1
    return number == found[-1].number + 1 or (number == 1 and aspect != found[-1].aspect)


def _aspect(draft: Draft, text: str) -> str:
    match = re.search(r"“(.+)”", text)
    name = match[1] if match else re.sub(r"^(?:在|关于)|方面[。]?$", "", text)
    draft.aspects.append(name)
    draft.notice["按方面"] = "是"
    draft.notice.setdefault("方面标题", text.replace(name, "{方面}", 1))
    return name


@dataclass(frozen=True)
class _Heading:
    title: str
    pattern: str
    run_in: str


def _heading(one: _Found) -> _Heading:
    """Tell a finding's title from the words around it, and from what runs on behind it."""
    text, run_in = one.rest, ""
    first, end, behind = text.partition("。")
    if end and behind:
        text, run_in = first + end, behind
    match = (
        re.search(r"关于“(.+)”(?=问题|的|整改|$)", text)
        or re.search(r"关于(.+?)(?=的问题|问题的整改|问题整改|问题)", text)
        or re.match(r"[.．、]\s*(.+?)(?=[。:：]?$)", text)
    )
    title = match[1] if match else text.strip(".．、。 ")
    return _Heading(title, "{序号}" + text.replace(title, "{问题}", 1), run_in)


def _finding(
    draft: Draft, title: str, aspect: str | None, body: list[Line], separators: Counter[str]
) -> dict[str, Any]:
    data: dict[str, Any] = {"问题": title}
    if aspect:
        data["方面"] = aspect
    body = _status_lines(draft, data, body)
    measures: list[dict[str, str]] = []
    manifestations: list[str] = []
    for line in body:
        small = _SMALL.fullmatch(line.text)
        if small and int(small[2]) == len(manifestations) + 1 and _is_short(line):
            manifestations.append(small[3].removesuffix("。"))
            continue
        lead, texts = _enumerated(line.text, len(measures) if _on_lines(measures, line) else 0)
        if lead and texts and not measures:
            data["通报导语"] = lead
        elif lead and not texts:
            texts = [lead]
        elif lead:
            texts[0] = lead + texts[0]
        if measures and not manifestations:
            if _on_lines(measures, line):
                draft.notice["措施分行"] = "是"
            else:
                draft.unplaced.append(line)
                continue
        separators.update(text[-1] for text in texts[:-1] if text[-1] in _ENDS)
        measures += [_measure(text, len(manifestations)) for text in texts]
    if manifestations:
        data["具体表现"] = manifestations
    data["措施"] = measures
    return data


def _measure(text: str, manifestation: int) -> dict[str, str]:
    measure = {"内容": text}
    if manifestation:
        measure["针对"] = str(manifestation)
    return measure


def _on_lines(measures: list[dict[str, str]], line: Line) -> bool:
    """Tell whether a line goes on with the count of the lines before."""
    return bool(measures) and line.text.startswith(f"{numeral(len(measures) + 1)}是")


def _status_lines(draft: Draft, data: dict[str, Any], body: list[Line]) -> list[Line]:
    """Read the lines 完成情况: and 整改情况: of that form."""
    status = re.compile(r"(?:完成情况|整改状态)[:：](.*)")
    if not body or not (match := status.fullmatch(body[0].text)):
        return body
    draft.notice["问题写法"] = "完成情况"
    data["通报导语"] = match[1]
    rest = [Line(x.number, re.sub(r"^整改情况[:：]", "", x.text)) for x in body[1:]]
    return [line for line in rest if line.text]


def _enumerated(text: str, counted: int = 0) -> tuple[str, list[str]]:
    """Part a paragraph at 一是, 二是, …: only in order, and only where a sentence begins.

    In 统一是 or 专一是 no sentence begins. Give what stands before the first, and the parts.
    """
    starts = []
    at, number = 0, counted + 1
    while True:
        word = f"{numeral(number)}是"
        at = text.find(word, at)
        if at < 0:
            break
        if at == 0 or text[at - 1] in "。；;!！?？:：,，":
            starts.append((at, at + len(word)))
            number += 1
        at += len(word)
    if not starts or (counted == 0 and len(starts) == 1):
        return (text, []) if not (counted and starts) else ("", [text[starts[0][1] :]])
    ends = [start for start, _ in starts[1:]] + [len(text)]
    parts = [text[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]
    return text[: starts[0][0]], parts


def _strip_ends(measures: Sequence[dict[str, str]], separator: str) -> None:
    """Take off the marks that will be set again."""
    groups: dict[str, list[dict[str, str]]] = {}
    for measure in measures:
        groups.setdefault(measure.get("针对", ""), []).append(measure)
    for group in groups.values():
        for measure in group:
            end = "。" if measure is group[-1] else separator
            text = measure["内容"].removesuffix(end)
            measure["内容"] = text if not text.endswith(tuple(_ENDS)) else measure["内容"]


# -- what the notice says is finished ---------------------------------------------------------

_SENTENCES = {"该问题已完成整改。": True, "该问题正在整改。": False}
_WORDS = {"已完成。": True, "正在整改。": False}


def _stated_status(draft: Draft) -> None:
    """Take what the notice says is finished at its word, as of its date."""
    leads = [data.get("通报导语") for data in draft.findings]
    by_lines = draft.notice.get("问题写法") == "完成情况"
    known = _WORDS if by_lines else _SENTENCES
    if not by_lines:
        if not leads or not all(lead in known for lead in leads):
            return
        draft.notice["问题写法"] = "状态句"
    for data in draft.findings:
        lead = data.get("通报导语", "")
        if lead in known:
            del data["通报导语"]
        if known.get(lead):
            _close(data, draft.notice)


def _close(data: dict[str, Any], notice: dict[str, Any]) -> None:
    day = notice.get("落款日期")
    if day is None:
        return
    for measure in data["措施"]:
        measure["完成"] = day
    record = {"日期": day, "事项": "销号", "批准人": notice.get("落款", "见通报"), "情况": "据通报"}
    data["记录"] = [record]


# -- as files ---------------------------------------------------------------------------------

_HEADER = "# 由公布的通报导入。通报没有写的(责任分工、时限、完成日期)没有填,请补上。"


def files(draft: Draft) -> Iterator[tuple[str, str]]:
    """Give the ledger's files: names and YAML texts."""
    yield "inspection.yaml", _yaml(draft.inspection_data())
    columns = max(2, len(str(len(draft.findings))))
    for number, data in enumerate(draft.findings, start=1):
        yield f"{number:0{columns}d}.yaml", _yaml(data)


def _yaml(data: dict[str, Any]) -> str:
    return "\n".join([_HEADER, *_lines(data, "")]) + "\n"


def _lines(data: dict[str, Any], indent: str) -> Iterator[str]:
    from zhenggai.storage.splice import scalar

    for key, value in data.items():
        match value:
            case str():
                yield f"{indent}{key}: {scalar(value)}"
            case dict():
                yield f"{indent}{key}:"
                yield from _lines(value, indent + "  ")
            case list():
                yield f"{indent}{key}:"
                for item in value:
                    yield from _item(item, indent + "  ")


def _item(item: Any, indent: str) -> Iterator[str]:
    from zhenggai.storage.splice import scalar

    if isinstance(item, str):
        yield f"{indent}- {scalar(item)}"
        return
    first, *rest = _lines(item, indent + "  ")
    yield f"{indent}- {first.strip()}"
    yield from rest
