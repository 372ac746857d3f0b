"""The part that tells the findings: aspects, headings, and what was done about each.

Each finding is read with its own paragraphs, in which what has a key is named and the rest stands
as it is written. What most of them share becomes the notice's settings; a finding that these
would not write the same keeps its own way (通报写法).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from zhenggai.ledger.done_words import says_unfinished
from zhenggai.ledger.stated_totals import NUMBER, number_in, stated_in
from zhenggai.model.notice_settings import LEFT_OUT, Layout, Numbering
from zhenggai.model.problem import shorten
from zhenggai.model.values import MOST_IN_TITLE
from zhenggai.notice.printed_days import plain_digits
from zhenggai.notice.reading import claimed_states, claimed_status, results_of_measures, titles
from zhenggai.notice.reading.bodies import (
    Body,
    Measure,
    State,
    kind_of,
    read_body,
    read_heading_labels,
    settle_expected,
)
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.marks import mark_of
from zhenggai.notice.reading.notice_tables import Row, Table, table_in
from zhenggai.notice.reading.outline import Found, Node, outline
from zhenggai.notice.reading.readings import Read, Reading

_STATUS_LINE = re.compile("^完成情况[:：]")
_MEASURES_LINE = re.compile("^整改情况[:：]")
_STATED_COUNT = re.compile(
    rf"[（(]\s*(?:共|计)?((?P<n>{NUMBER})[个项条](?:具体|主要)?(?:问题)?)\s*[)）]"
)
_OUTLOOK = re.compile(
    "(?:下一?步|下一阶段|今后|接下来)[，,、]?|.{2,30}?(?:将(?:持续|继续|进一步|坚持|以)|欢迎)"
)

_SUMS_UP = re.compile("(?:以上|上述|综上|至此|截至|截止|目前|总体上|总的看)")


@dataclass
class _ReadFinding:
    """A finding as it was read, before it is known what it shares with the others."""

    found: Found
    body: Body
    heading: str
    texts: list[str] = field(default_factory=list)
    run_in: bool = False


def read_results(draft: Draft, lines: list[Line], totals: frozenset[int]) -> list[Line]:
    """Read the findings; return the lines behind the last one that are none of it.

    Those are an outlook that no heading parts from the findings.
    """
    if table := table_in(lines):
        _read_table(draft, table)
        return []
    lead, found = outline(lines, totals)
    if not found:
        draft.notice["结果导语"] = [line.text for line in lead] or LEFT_OUT
        return []
    behind = _outlook_behind(found[-1])
    heading = draft.notice.get("结果标题", LEFT_OUT)
    draft.notice["结果导语"] = [line.text for line in lead] or LEFT_OUT
    _doubt_numbers(draft, found)
    read = [_read(one) for one in found]
    for one in read:
        _take_from_above(one, heading)
    _record_aspects(draft, read)
    _record_layout(draft, read)
    for number, one in enumerate(read, start=1):
        _record(draft, number, one)
    draft.aspects = list(dict.fromkeys(data["方面"] for data in draft.findings if "方面" in data))
    _record_categories(draft)
    claimed_status.read_statuses(draft)
    return behind


def _read_table(draft: Draft, table: Table) -> None:
    notice = draft.notice
    notice["结果导语"] = [line.text for line in table.lead]
    notice["问题标题"], notice["问题写法"] = "{序号}.{问题}。", Layout.OWN_LINE.value
    last = 0
    for row in table.rows:
        data: dict[str, Any] = {"问题": row.title}
        if row.aspect:
            data["方面"] = row.aspect
        data |= row.body.fields
        if row.body.measures:
            data["措施"] = [_measure(measure) for measure in row.body.measures]
        else:
            draft.doubt(f"第{row.line.number}行的问题没有读出措施：{row.title}")
        data |= results_of_measures.read(_told(row.body), row.body.also)
        data["通报写法"] = [row.pattern, *(line.text for line in row.more)]
        draft.findings.append(data)
        _record_states(draft, row.body, row.line)
        last = _compare_row(draft, row, last)
    for line in table.odd:
        draft.disagreements.append(f"第{line.number}行像表格的一行，列数与表头不同，没有读作问题")
    draft.findings[-1]["通报写法"] += [line.text for line in table.below]
    draft.aspects = list(dict.fromkeys(data["方面"] for data in draft.findings if "方面" in data))
    _record_categories(draft)
    claimed_status.read_statuses(draft)


def _compare_row(draft: Draft, row: Row, last: int) -> int:
    """Hold the number that a row is printed with against the row before; return it."""
    digits = plain_digits(row.number.strip())
    number = int(digits) if digits.isascii() and digits.isdecimal() else last + 1
    if number not in (last + 1, 1):
        kind = "重复或倒退" if number <= last else "有缺号"
        draft.doubt(f"问题的序号{kind}：第{row.line.number}行是{number}，前一个是{last}")
    return number


def _record_categories(draft: Draft) -> None:
    """Declare the categories (问题类别) that the findings name."""
    told = dict.fromkeys(data["问题类别"] for data in draft.findings if "问题类别" in data)
    if told:
        draft.inspection["问题类别"] = list(told)


def _outlook_behind(last: Found) -> list[Line]:
    """Take away the paragraphs at the end that tell of what is to come, not of the last finding."""
    for place, line in enumerate(last.body):
        is_outlook = place and _OUTLOOK.match(line.text) and len(last.body[place:]) <= 3  # noqa: PLR2004
        if is_outlook or _sums_up(line.text):
            behind = last.body[place:]
            del last.body[place:]
            return behind
    return []


def _sums_up(text: str) -> bool:
    """Whether a paragraph counts all findings: 以上反馈的3个问题，已完成2个。"""
    return _SUMS_UP.match(text) is not None and bool(stated_in(text).findings)


def _doubt_numbers(draft: Draft, found: list[Found]) -> None:
    before: Found | None = None
    for one in found:
        number = one.node.mark.number
        last = before.node.mark.number if before else 0
        begins_anew = before is None or one.node.above is not before.node.above
        if number != last + 1 and not (number == 1 and begins_anew):
            kind = "重复或倒退" if number <= last else "有缺号"
            draft.doubt(f"问题的序号{kind}：第{one.node.line.number}行是{number}，前一个是{last}")
        before = one


# -- one finding ------------------------------------------------------------------------------


def _read(found: Found) -> _ReadFinding:
    node = found.node
    text = node.text
    parted = titles.take_apart(text)
    rest = text[parted.end :]
    lines = list(found.body)
    if rest.strip():
        lines.insert(0, Line(node.line.number, rest.strip()))
    body = read_body(lines, node.mark.style)
    if parted.state:
        claimed_status.say_first(
            body, text[slice(*parted.state)], text[: parted.end], node.line.number
        )
    if kind := kind_of(text[parted.stop : parted.end]):
        body.fields.setdefault("类型", kind)
    behind = text[parted.stop : parted.end]
    plain = re.sub(titles.LABELS, "", behind)
    if labels := re.search(titles.LABELS, behind):
        written = read_heading_labels(body, labels[0], node.line)
        behind = behind[: labels.start()] + written + behind[labels.end() :]
    settle_expected(body)
    heading = text[: parted.start] + "{问题}" + behind
    one = _ReadFinding(found, body, text[: parted.start] + "{问题}" + plain)
    one.run_in = bool(rest.strip())
    gap = rest[: len(rest) - len(rest.lstrip())]
    first = heading + gap + body.patterns.pop(0) if one.run_in else heading
    one.texts = [first, *body.patterns]
    return one


def _take_from_above(one: _ReadFinding, part: str) -> None:
    """Note what the headings above a finding say of it: how far it is, of which kind it is.

    `part` is the heading of the part that all findings stand in.
    """
    node, body = one.found.node, one.body
    groups = [group for group in node.ancestors() if group is not one.found.aspect]
    headings = [part[mark.end :] if (mark := mark_of(part)) else part]
    headings += [group.text for group in node.ancestors()]
    states = [words for text in headings if (words := claimed_states.of_group(text))]
    tells_of_a_rest = any(says_unfinished(measure.text) for measure in body.measures)
    if states and not body.state and tells_of_a_rest and not claimed_states.is_going_on(states[-1]):
        body.decisions.append(Read(Reading.CONTRADICTING, node.line.number, states[-1]))
    elif states and not body.state:
        body.states.append(State(states[-1]))
        body.decisions.append(Read(Reading.OF_GROUP, node.line.number, states[-1]))
    elif states and body.state and claimed_states.differ(states[-1], body.state):
        body.decisions.append(Read(Reading.OTHER_THAN_GROUP, node.line.number, body.state))
    if one.found.aspect is None:
        return
    for group in groups:
        if group.depth < one.found.aspect.depth or claimed_states.of_group(group.text):
            continue
        if name := _category_in(group.text):
            body.fields.setdefault("问题类别", name)
        else:
            said = shorten(group.line.text)
            body.decisions.append(Read(Reading.LEVEL_ABOVE, node.line.number, said))


def _record(draft: Draft, number: int, one: _ReadFinding) -> None:
    node, body = one.found.node, one.body
    title = titles.take_apart(node.text).title(node.text)
    data: dict[str, Any] = {"问题": title}
    if aspect := _aspect_name(one.found):
        data["方面"] = aspect
    if body.manifestations:
        data["具体表现"] = body.manifestations
    data |= body.fields
    if body.measures:
        data["措施"] = [_measure(measure) for measure in body.measures]
    data |= results_of_measures.read(_told(body), body.also)
    if body.lead:
        data["通报导语"] = body.lead
    above = [line.text for line in one.found.above]
    label = node.mark.pattern
    if node.mark.number != _number_written(draft, number, one):
        label = node.line.text[: node.mark.end]
    texts = [*above, label + one.texts[0], *one.texts[1:]]
    if one.found.aspect is None and draft.notice.get("按方面"):
        data["方面"] = title  # it stands where others have their aspect, with nothing below it
        draft.notice.setdefault("方面写法", []).append({"方面": title, "段落": LEFT_OUT})
    data["通报写法"] = texts
    draft.findings.append(data)
    _record_states(draft, body, node.line)
    if len(title) == MOST_IN_TITLE:
        draft.doubt(f"第{node.line.number}行的标题超过{MOST_IN_TITLE}字，其余的保存在“通报写法”里")
    if not body.measures:
        draft.doubt(f"第{node.line.number}行的问题没有读出措施：{title}")


def _record_states(draft: Draft, body: Body, line: Line) -> None:
    """Record how far a finding and its parts are said to be; tell where that contradicts."""
    others = [one.words for one in body.states if not one.manifestation][1:]
    open_ones = [words for words in others if claimed_states.is_unfinished(words)]
    if open_ones and body.measures and not body.measures[-1].state:
        body.measures[-1].state = open_ones[-1]
    is_open = any(map(claimed_states.is_unfinished, body.measure_states.values()))
    if is_open and body.state and not claimed_states.is_going_on(body.state):
        draft.decisions.append(Read(Reading.CONTRADICTING, line.number, body.state))
    for words in (body.state, *body.sub_states.values(), *body.measure_states.values()):
        if claimed_states.is_going_on(words) and claimed_states.is_nearly_done(words):
            body.decisions.append(Read(Reading.NEARLY_DONE, line.number, words))
    if claimed_states.is_kept_up(body.state):
        body.decisions.append(Read(Reading.KEPT_UP, line.number, body.state))
    draft.states.append(body.state)
    draft.sub_states.append(body.sub_states)
    draft.measure_states.append(body.measure_states)
    draft.decisions += body.decisions
    for doubt in body.doubts:
        draft.doubt(doubt)


def _told(body: Body) -> list[tuple[str, str]]:
    """Return the measures that tell what was done, with their outcomes: not those to be done."""
    return [(one.text, one.outcome) for one in body.measures if not one.is_ahead]


def _measure(measure: Measure) -> dict[str, str]:
    data = {"内容": measure.text}
    if measure.due:
        data["时限"] = measure.due
    if measure.outcome:
        data["成效"] = measure.outcome
    if measure.manifestation:
        data["针对"] = str(measure.manifestation)
    return data


def _number_written(draft: Draft, number: int, one: _ReadFinding) -> int:
    """Return the number that the notice would give a finding."""
    if draft.notice.get("分方面编号") != "是":
        return number
    aspect = _aspect_name(one.found)
    return 1 + len([data for data in draft.findings if data.get("方面") == aspect])


_CATEGORY = re.compile(
    r"(?P<name>[^，,。；;：:、“”]{2,16}?)类?(?:的?问题|事项)?(?:[（(][^（）()]{0,16}[)）])?[。：:]?"
)


def _category_in(text: str) -> str:
    """Return the category (问题类别) that a heading between aspect and finding names, '' for none.

    A heading that names a problem itself (关于学习流于形式的问题) is no category.
    """
    if titles.ABOUT.match(text) or titles.LABEL.match(text):
        return ""
    match = _CATEGORY.fullmatch(text)
    if match is None or titles.sounds_like_a_problem(match["name"]):
        return ""
    is_named = re.search("类(?:的?问题|事项)?(?:[（(]|[。：:]|$)", text) is not None
    return match["name"] if is_named or not titles.is_about(text) else ""


# -- aspects ----------------------------------------------------------------------------------

_NAMES = (
    re.compile(r"(?:在|关于|针对|聚焦|围绕)?[“‘「](.+)[”’」](?=方面|存在|问题|领域|的|。|$)"),
    re.compile(
        r"(?:在|关于|针对|聚焦|围绕)?(.+?)(?:方面)?(?:存在)?(?:的)?(?:突出|主要|具体)?(?:问题)?(?:(?<=[面题])的?整改(?:落实|进展)?(?:情况)?)?"
        r"(?:[，,][^，,。]{1,6}整改[^，,。]{0,6})?(?:[（(][^（）()]{0,20}[)）])?[。：:]?"
    ),
)


def _aspect_span(text: str) -> tuple[int, int]:
    if match := _NAMES[0].match(text):
        return match.span(1)
    if titles.is_about(text) and "方面" not in text:
        parted = titles.take_apart(text)
        return parted.start, parted.stop
    match = _NAMES[1].fullmatch(text)
    return match.span(1) if match else (0, len(text))


def _aspect_name(found: Found) -> str:
    if found.aspect is None:
        return ""
    start, stop = _aspect_span(found.aspect.text)
    return found.aspect.text[start:stop]


def _record_aspects(draft: Draft, read: list[_ReadFinding]) -> None:
    nodes: list[Node] = []
    for one in read:
        if one.found.aspect is not None and one.found.aspect not in nodes:
            nodes.append(one.found.aspect)
    if not nodes:
        return
    notice = draft.notice
    patterns = []
    for node in nodes:
        start, stop = _aspect_span(node.text)
        name = node.text[start:stop]
        if name not in draft.aspects:
            draft.aspects.append(name)
        patterns.append((node.mark.pattern, f"{node.text[:start]}{{方面}}{node.text[stop:]}"))
    # A heading without a number has its own way (方面写法); the rest have one in common.
    numbered = [one for one in patterns if one[0]] or [("（{一}）", "{方面}")]
    (label, heading), _ = Counter(numbered).most_common(1)[0]
    notice["按方面"], notice["方面标题"], notice["方面序号"] = (
        *("是", heading),
        label.replace("{序号}", "{1}").strip(),
    )
    firsts = [one.found.node.mark.number for one in read if one.found.above or _opens(read, one)]
    if len(firsts) > 1 and sum(first == 1 for first in firsts) * 2 > len(firsts):
        notice["分方面编号"] = "是"
    for place, node in enumerate(nodes, start=1):
        first = next(one.found for one in read if one.found.aspect is node)
        _compare_count(draft, node, sum(one.found.aspect is node for one in read))
        below = [line.text for line in first.aspect_lines]
        above = [line.text for line in first.before]
        as_others = patterns[place - 1] == (label, heading) and node.mark.number == place
        as_others = as_others and label == label.strip()
        if above or below or not as_others:
            name = draft.aspects[place - 1] if place <= len(draft.aspects) else node.text
            own = node.line.text.replace(name, "{方面}", 1)
            texts = [*above, own, *below]
            notice.setdefault("方面写法", []).append({"方面": name, "段落": texts})


def _compare_count(draft: Draft, node: Node, number: int) -> None:
    """Hold the number of findings that an aspect's heading states (3个问题) against those read."""
    match = _STATED_COUNT.search(node.text)
    if match and number_in(match["n"]) != number:
        draft.disagreements.append(f"第{node.line.number}行写明“{match[1]}”，识别出{number}个")


def _opens(read: list[_ReadFinding], one: _ReadFinding) -> bool:
    """Whether a finding is the first of its aspect."""
    place = read.index(one)
    return place == 0 or read[place - 1].found.aspect is not one.found.aspect


# -- what they share --------------------------------------------------------------------------


def _record_layout(draft: Draft, read: list[_ReadFinding]) -> None:
    notice = draft.notice
    headings = Counter(one.found.node.mark.pattern + one.heading for one in read)
    notice["问题标题"] = headings.most_common(1)[0][0]
    layout = Layout.OWN_LINE
    if sum(one.run_in for one in read) * 2 > len(read):
        layout = Layout.RUN_IN
    elif sum(_has(one.texts[1:2], _STATUS_LINE) for one in read) * 2 > len(read):
        layout = Layout.STATUS_LINES
    notice["问题写法"] = layout.value
    series = Counter(name for one in read for name in one.body.series)
    numbering = {"一是": Numbering.YI_SHI, "(1)": Numbering.BRACKETS, "1.": Numbering.ARABIC}
    if not series:
        notice["措施序号"] = Numbering.NONE.value
    elif (name := series.most_common(1)[0][0]) in numbering and name != "一是":
        notice["措施序号"] = numbering[name].value
    texts = [text for one in read for text in one.texts]
    notice["措施分隔"] = _separator(texts)
    several = [one for one in read if len(one.body.measures) > 1]
    on_lines = sum(not any(text.count("{措施}") > 1 for text in one.texts) for one in several)
    if on_lines * 2 > len(several):
        notice["措施分行"] = "是"
    leads = [one for one in read if one.body.lead]
    apart = sum("{导语}" in one.texts for one in leads)
    if layout is Layout.STATUS_LINES:
        leads = [one for one in read if _has(one.texts[2:3], _MEASURES_LINE)]
        apart = sum("{措施}" not in one.texts[2] for one in leads)
    if apart * 2 > len(leads):
        notice["导语分行"] = "是"


def _has(texts: list[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(text) for text in texts)


def _separator(texts: list[str]) -> str:
    """Find the mark that stands between measures."""
    ends: Counter[str] = Counter()
    for text in texts:
        pieces = text.split("{措施}")
        ends.update(piece[0] for piece in pieces[1:-1] if piece and piece[0] in "。；;，,")
    if not ends:
        lines = [text[-1] for text in texts if text.endswith(("{措施}；", "{措施};"))]
        ends.update(lines)
    return ends.most_common(1)[0][0] if ends else "。"
