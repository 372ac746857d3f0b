"""The style of a notice as a whole, and its parts 一、二、三、."""

import re
from dataclasses import dataclass, field

from zhenggai.notice.reading import titles
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.labels import pieces
from zhenggai.notice.reading.marks import Mark, Style, mark_of, series_of
from zhenggai.notice.reading.notice_tables import table_in
from zhenggai.notice.reading.outline import plain_titles, tells

ENDS = "。；;!！?？…"
_LONGEST_PART_HEADING, _FEWEST_PARTS = 90, 2


@dataclass
class Part:
    """One of the parts 一、二、三、, with the line it is headed by; the words behind its number."""

    line: Line
    mark: Mark
    lines: list[Line] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading without its number."""
        return self.line.text[self.mark.end :]


def read_style(draft: Draft, text: str) -> None:
    """Record what holds for the text as a whole."""
    half = len(re.findall(r"(?<=[\u4e00-\u9fff”》])[,;:]", text))
    full = len(re.findall("[，；：]", text))
    draft.notice["标点"] = "半角" if half > full else "全角"
    draft.notice["用语"] = "巡视" if text.count("巡视") > text.count("巡察") else "巡察"
    if not text.endswith("\n"):
        draft.notice["文末换行"] = "否"
    draft.notice["统计"] = "否"


def cut_parts(lines: list[Line]) -> tuple[list[Line], list[Part]]:
    """Cut the text at 第一部分, 壹、 or Ⅰ., else at 一、; a number may be missing, none is doubled.

    Where there is none, （一）（二） cut it that are headed like parts.
    """
    found = _cut(lines, Style.PART)
    if len(found[1]) < _FEWEST_PARTS:
        found = _cut(lines, Style.CHINESE)
    if not found[1]:
        bracketed = _cut(lines, Style.BRACKETED)
        roles = [role_of(part.heading) for part in bracketed[1]]
        if Role.RESULTS in roles and (Role.ORGANISATION in roles or Role.OUTLOOK in roles):
            return bracketed
    return found


def _cut(lines: list[Line], style: Style) -> tuple[list[Line], list[Part]]:
    head: list[Line] = []
    parts: list[Part] = []
    last = 0
    for line in lines:
        mark = mark_of(line.text)
        if mark and mark.style is style and last < mark.number <= last + 2 and _heads(line, mark):
            parts.append(Part(line, mark))
            last = mark.number
        else:
            (parts[-1].lines if parts else head).append(line)
    return head, parts


def _heads(line: Line, mark: Mark) -> bool:
    text = line.text[mark.end :]
    return len(text) <= _LONGEST_PART_HEADING and titles.sentence_end(text) == len(text)


# -- what a part is for -----------------------------------------------------------------------


class Role:
    """What a part of a notice tells of."""

    ORGANISATION, RESULTS, OUTLOOK, UNKNOWN = "组织", "结果", "下步", ""


_OUTLOOK = re.compile(
    "下一?步|下阶段|下一阶段|今后|努力方向|打算|工作(?:计划|安排|思路)|后半篇|巩固(?:拓展|提升|深化|整改|巡[察视])|持续(?:用力|发力|深化|巩固|推进|抓好)"
    "|长效机制|其他需要说明|有关说明|其他事项|意见建议|监督方式|联系方式"
)
_ORGANISATION = re.compile(
    "组织(?!建设|生活|路线|方面)|履责|履行.{0,12}责任|领导(?:情况|责任|小组)|压实|扛牢|扛稳|扛起|站位|工作开展|总体情况|基本情况|主要做法|工作情况$"
    "|部署|统筹推进|带头|书记"
)
_RESULTS = re.compile(
    "问题.{0,8}整改|整改.{0,6}落实|落实.{0,8}整改|整改(?:任务|情况|进展|完成|结果|成效)|(?:反馈|具体|突出|主要)(?:意见|问题)|推动问题"
)
_ASPECT = re.compile(
    "方面(?:的?问题|存在的?问题)?(?:的?整改.{0,6})?。?$|^(?:聚焦|围绕|在|关于|针对).{2,40}"
)


_OF_FINDINGS = re.compile("(?:反馈|具体|突出|主要)(?:意见|问题).{0,8}整改|问题.{0,4}整改(?!工作)")


def _is_of_findings(part: Part) -> bool:
    """Whether a part is plainly headed as the one that tells of the findings."""
    return _OF_FINDINGS.search(part.heading) is not None or "方面" in part.heading


def _names_findings(part: Part) -> bool:
    """Whether lines of a part name problems, or have labels of what was done about them."""
    for line in part.lines:
        mark = mark_of(line.text)
        if _names_a_problem(mark, line.text[mark.end :] if mark else line.text):
            return True
        if any(piece.holds for piece in pieces(line.text)):
            return True
    return table_in(part.lines) is not None


def _names_a_problem(mark: Mark | None, text: str) -> bool:
    """Whether a line heads a problem: the words behind its number, or all of it without one."""
    if mark is None:
        return titles.names_a_problem(text)
    return mark.style is Style.PROBLEM or titles.is_about(text)


def role_of(heading: str) -> str:
    """Say what a part is for, by its heading alone."""
    if re.search("方面(?:的?问题)?(?:的?整改.{0,6})?。?$", heading) or titles.is_about(heading):
        return Role.RESULTS
    if _OUTLOOK.search(heading):
        return Role.OUTLOOK
    if _OF_FINDINGS.search(heading):
        return Role.RESULTS
    if _ORGANISATION.search(heading):
        return Role.ORGANISATION
    return Role.RESULTS if _RESULTS.search(heading) else Role.UNKNOWN


def roles(parts: list[Part]) -> list[str]:
    """Say what each part is for: what it is headed by, and whether it tells findings."""
    told = [_findings_in(part) for part in parts]
    found = [role_of(part.heading) for part in parts]
    for place, (role, score) in enumerate(zip(found, told, strict=True)):
        if role == Role.RESULTS and not score and titles.is_about(parts[place].heading):
            continue
        if role == Role.RESULTS and _is_an_aspect(parts[place]):
            continue
        if role in (Role.RESULTS, Role.UNKNOWN):
            found[place] = Role.RESULTS if score else Role.UNKNOWN
        elif role == Role.OUTLOOK and score and _lasting(parts[place]):
            found[place] = Role.RESULTS
    if Role.RESULTS not in found and any(told):
        found[told.index(max(told))] = Role.RESULTS
    if Role.RESULTS not in found:
        for place in _are_findings(parts, found) or _numbered_results(parts):
            found[place] = Role.RESULTS
    for place in _organised_above(parts, found):
        found[place] = Role.ORGANISATION
    _set_around_results(found)
    return found


def _numbered_results(parts: list[Part]) -> list[int]:
    """Return the parts that are headed as results and number what they tell.

    Nothing in them tells findings by its form; they may be as many as the notice says.
    """
    return [
        place
        for place, part in enumerate(parts)
        if role_of(part.heading) == Role.RESULTS and any(mark_of(x.text) for x in part.lines)
    ]


def _is_an_aspect(part: Part) -> bool:
    """Whether a part is headed as an aspect and numbers what it tells."""
    is_headed = re.search("方面(?:的?问题)?[。：:]?$", part.heading) is not None
    return is_headed and any(mark_of(line.text) for line in part.lines)


def _are_findings(parts: list[Part], found: list[str]) -> list[int]:
    """Return the parts that are a finding each: 一、会议过多, with measures below and no numbers.

    Nothing in their headings says so; what else a notice has of parts is headed by what it tells.
    """
    places = [
        place
        for place, part in enumerate(parts)
        if found[place] == Role.UNKNOWN
        and any(tells(line.text) for line in part.lines[:1])
        and not any(mark_of(line.text) for line in part.lines)
    ]
    return places if len(places) >= _FEWEST_PARTS else []


def _organised_above(parts: list[Part], found: list[str]) -> list[int]:
    """Return the parts above the findings that only tell how they were organised.

    整改任务推进情况 is headed like findings, and counts what was done; it names no problem.
    """
    both = zip(parts, found, strict=True)
    plain = [role == Role.RESULTS and _is_of_findings(part) for part, role in both]
    above = range(plain.index(True)) if any(plain) else range(0)
    return [x for x in above if found[x] == Role.RESULTS and not _names_findings(parts[x])]


def _set_around_results(found: list[str]) -> None:
    if Role.RESULTS in found:
        first = found.index(Role.RESULTS)
        last = len(found) - 1 - found[::-1].index(Role.RESULTS)
        for place, role in enumerate(found):
            if role != Role.RESULTS:
                before = Role.ORGANISATION if place < first else Role.OUTLOOK
                found[place] = before if place < first or place > last else Role.RESULTS


def _lasting(part: Part) -> bool:
    """Whether a part of what goes on tells findings of its own (长期整改事项)."""
    if not re.search("长期|未完成|尚未|正在整改|持续整改|阶段性", part.heading):
        return False
    return any(
        mark.style is Style.PROBLEM or titles.ABOUT.match(line.text[mark.end :])
        for line in part.lines
        if (mark := mark_of(line.text))
    )


def _findings_in(part: Part) -> int:
    """Weigh how much a part tells of findings: their headings, measures and labels."""
    if (table := table_in(part.lines)) is not None:
        return 3 * len(table.rows)
    score = 0
    for place, line in enumerate(part.lines):
        mark = mark_of(line.text)
        text = line.text[mark.end :] if mark else line.text
        below = part.lines[place + 1].text if place + 1 < len(part.lines) else ""
        if _names_a_problem(mark, text):
            score += 3
        elif mark and len(text) <= _LONGEST_PART_HEADING and titles.sentence_end(text) == len(text):
            score += 2 * (series_of(below) is not None)
        elif mark and series_of(text[titles.sentence_end(text) :]):
            score += 2
        score += any(piece.holds for piece in pieces(line.text))
    score = score or 3 * len(plain_titles(part.lines))
    if not score and titles.is_about(part.heading):
        score = sum(series_of(line.text) is not None for line in part.lines)
    return score
