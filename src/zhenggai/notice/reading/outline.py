"""The findings among the lines of a part: which of the numbered lines head them.

Numbered lines make a tree. A number's style does not fix its level: whatever is headed and has
measures below it is a finding, unless the notice's own total counts the level above, or most of
that level have measures of their own; then what is below are manifestations.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from zhenggai.notice.reading import titles
from zhenggai.notice.reading.bodies import heads_measures, is_heading
from zhenggai.notice.reading.claimed_states import of_group, trailing
from zhenggai.notice.reading.draft import Line
from zhenggai.notice.reading.labels import (
    begins_with_what_was_done,
    is_label,
    pieces,
)
from zhenggai.notice.reading.marks import Mark, Style, begins_count, mark_of, series_of

_FEW, _LONGEST_TITLE, _FEWEST_TITLES = 3, 40, 2


@dataclass
class Node:
    """A headed line, with the lines below it up to the next one, and what it heads."""

    line: Line
    mark: Mark
    depth: int = 0
    body: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    above: "Node | None" = None

    @property
    def text(self) -> str:
        """The words behind its number."""
        return self.line.text[self.mark.end :]

    def flat(self) -> Iterator[Line]:
        """Yield every line below its heading, in order."""
        yield from self.body
        for child in self.children:
            yield child.line
            yield from child.flat()

    def ancestors(self) -> list["Node"]:
        """Return what it stands below, the uppermost first."""
        return [] if self.above is None else [*self.above.ancestors(), self.above]


@dataclass
class Found:
    """A finding: its heading, the lines below it, and what stands above it.

    `above` are the headings and words between the aspect's heading and this one; where it is an
    aspect's first, `before` what stands above the aspect's heading, `aspect_lines` what below.
    """

    node: Node
    aspect: Node | None
    body: list[Line]
    above: list[Line] = field(default_factory=list)
    aspect_lines: list[Line] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)


def _aspect_among(groups: list[Node]) -> Node | None:
    """Return what a finding is grouped by: what says 方面, else the uppermost.

    A heading that says how far the findings below it are is none.
    """
    groups = [group for group in groups if not of_group(group.text)]
    named = [group for group in groups if _is_aspect(group)]
    return named[-1] if named else groups[0] if groups else None


def outline(lines: Sequence[Line], totals: frozenset[int]) -> tuple[list[Line], list[Found]]:
    """Return what stands before the first finding or aspect, and the findings in order."""
    lead, nodes = _tree(lines, totals)
    if not nodes:
        return lead, []
    depth = _finding_depth(nodes, totals)
    found = []
    opened: set[int] = set()
    for node in nodes:
        if node.depth != depth and not (node.depth < depth and not node.children):
            continue
        ancestors = node.ancestors()
        aspect = _aspect_among(ancestors)
        one = Found(node, aspect, list(node.flat()))
        is_below = False
        for group in ancestors:
            is_new = id(group) not in opened
            opened.add(id(group))
            if group is aspect:
                is_below = True
                one.aspect_lines = group.body if is_new else []
            elif is_new:
                (one.above if is_below or aspect is None else one.before).extend(
                    [group.line, *group.body]
                )
        found.append(one)
    return lead, found


def _tree(lines: Sequence[Line], totals: frozenset[int]) -> tuple[list[Line], list[Node]]:
    heads = _headings(lines, totals)
    lead: list[Line] = []
    nodes: list[Node] = []
    stack: list[Node] = []
    for place, line in enumerate(lines):
        if place not in heads:
            (nodes[-1].body if nodes else lead).append(line)
            continue
        mark = heads[place]
        styles = [one.mark.style for one in stack]
        if mark.style in styles:
            del stack[styles.index(mark.style) :]
        above = stack[-1] if stack else None
        node = Node(line, mark, len(stack), above=above)
        if above:
            above.children.append(node)
        stack.append(node)
        nodes.append(node)
    return lead, nodes


def _headings(lines: Sequence[Line], totals: frozenset[int]) -> dict[int, Mark]:
    marked = _numbered(lines)
    heads: dict[int, Mark] = {}
    for style, places in marked.items():
        about = [titles.is_about(lines[place].text[mark.end :]) for place, mark in places]
        heading = [
            is_heading(lines, place, mark) or _groups(lines, place, mark) for place, mark in places
        ]
        if style is Style.PROBLEM:
            heads |= dict(places)
        elif any(about) and style not in (Style.BRACKETED, Style.CHINESE):
            heads |= dict(_about_and_between(places, about, heading))
        elif style is not Style.ORDINAL and sum(map(_either, about, heading)) * 2 > len(places):
            heads |= {
                place: mark
                for (place, mark), headed in zip(places, heading, strict=True)
                if headed or any(about) or not lines[place].text.endswith("。")
            }
    if not _name_problems(lines, heads):
        for places in marked.values():
            if not any(place in heads for place, _ in places) and (
                _counts_findings(places, heads, totals)
                or (not heads and _have_states(lines, places))
            ):
                heads |= dict(places)
    heads |= _as_many_as_stated(lines, marked, heads, totals)
    heads = dict(sorted(heads.items()))
    return heads | (_unnumbered(lines, heads) or _plainly_titled(lines, heads))


def _name_problems(lines: Sequence[Line], heads: dict[int, Mark]) -> bool:
    """Whether numbered headings name problems: 关于…问题, and not 关于…方面的问题."""
    texts = [lines[place].text[mark.end :] for place, mark in heads.items()]
    return any(titles.is_about(text) and "方面" not in text for text in texts)


def _numbered(lines: Sequence[Line]) -> dict[Style, list[tuple[int, Mark]]]:
    """Return the numbered lines that may head something, by their style."""
    marked: dict[Style, list[tuple[int, Mark]]] = {}
    measures = set(_labelled_measures(lines))
    for place, line in enumerate(lines):
        mark = mark_of(line.text)
        if mark is None or place in measures or _describes_the_heading(lines, place, mark):
            continue
        if _counts_inside(line.text) or is_label(line.text[mark.end :]):
            continue
        if not begins_with_what_was_done(line.text[mark.end :]):
            if _goes_on_counting(lines, place, mark):
                continue
            several = marked.setdefault(mark.style, [])
            if mark.style is Style.BULLET:
                mark = mark._replace(number=len(several) + 1)
            several.append((place, mark))
    return marked


def _labelled_measures(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that count on below 整改措施：, which stands by itself."""
    style: Style | None = None
    number, is_below = 0, False
    for place, line in enumerate(lines):
        mark = mark_of(line.text)
        if mark is None or is_label(line.text[mark.end :]):
            is_below = heads_measures(line.text[mark.end :] if mark else line.text)
            style, number = None, 0
        elif is_below and mark.number == number + 1 and style in (None, mark.style):
            style, number = mark.style, mark.number
            yield place
        else:
            is_below = False


def _describes_the_heading(lines: Sequence[Line], place: int, mark: Mark) -> bool:
    """Whether 1.问题表述：…… tells of the heading above it, and 2. is a label as well."""
    if mark.number != 1 or place == 0 or place + 1 >= len(lines):
        return False
    above, below = mark_of(lines[place - 1].text), mark_of(lines[place + 1].text)
    if above is None or above.style is mark.style or below is None or below.number != 2:  # noqa: PLR2004
        return False
    head = lines[place - 1].text[above.end :]
    names = titles.is_about(head) or titles.sounds_like_a_problem(head)
    label = titles.LABEL.match(lines[place].text, mark.end)
    done = begins_with_what_was_done(lines[place + 1].text[below.end :])
    return label is not None and names and "方面" not in head and done


def _have_states(lines: Sequence[Line], places: list[tuple[int, Mark]]) -> bool:
    """Whether most numbered lines say how far they are: 1.甲（已完成）。乙。 2.丙。丁，已完成。"""
    texts = [lines[place].text[mark.end :] for place, mark in places]
    parted = [titles.take_apart(text) for text in texts]
    both = list(zip(texts, parted, strict=True))
    told = [x for x, one in both if one.end < len(x) and (one.state or trailing(x))]
    return len(told) * 2 > len(places)


def _counts_findings(
    places: list[tuple[int, Mark]], heads: dict[int, Mark], totals: frozenset[int]
) -> bool:
    """Whether numbers count findings, though nothing tells what heads them from what runs on.

    They go on counting from group to group, as no measures do, or are as many as the notice says.
    """
    numbers = [mark.number for _, mark in places]
    between = any(places[0][0] < place < places[-1][0] for place in heads)
    if numbers == list(range(1, len(numbers) + 1)) and between:
        return True
    levels = Counter(mark.style for mark in heads.values())
    return len(places) in totals and not totals & set(levels.values())


def _unnumbered(lines: Sequence[Line], heads: dict[int, Mark]) -> dict[int, Mark]:
    """Return the headings of problems that have no number, where none that has one names any.

    Below a numbered line that heads no aspect a single one is a lead of that line's own.
    """
    places = [
        place
        for place, line in enumerate(lines)
        if place not in heads and mark_of(line.text) is None and titles.names_a_problem(line.text)
    ]
    if _name_problems(lines, {x: mark for x, mark in heads.items() if x + 1 not in places}):
        return {}
    below = [sum(1 for one in places if x < one < y) for x, y in pairwise([*heads, len(lines)])]
    aspects = [_names_an_aspect(lines[place].text[mark.end :]) for place, mark in heads.items()]
    if heads and not any(aspects) and max(below, default=0) <= 1:
        return {}
    bullets = [titles.bullet_of(lines[place].text) for place in places]
    return {
        place: Mark(Style.UNNUMBERED, n, bullet, len(bullet))
        for n, (place, bullet) in enumerate(zip(places, bullets, strict=True), start=1)
    }


def _as_many_as_stated(
    lines: Sequence[Line],
    marked: dict[Style, list[tuple[int, Mark]]],
    heads: dict[int, Mark],
    totals: frozenset[int],
) -> dict[int, Mark]:
    """Return what is numbered as often as the notice counts findings, where no headings are.

    Each of them begins with a short sentence: （1）会议过多。召开会议从月均12次减到7次。
    """
    counts = Counter(mark.style for mark in heads.values())
    if totals & set(counts.values()):
        return {}
    for places in marked.values():
        texts = [lines[place].text[mark.end :] for place, mark in places]
        short = all(_FEW < titles.sentence_end(text) <= _LONGEST_TITLE for text in texts)
        if len(places) in totals and len(places) > 1 and short:
            return dict(places)
    return {}


def _plainly_titled(lines: Sequence[Line], heads: dict[int, Mark]) -> dict[int, Mark]:
    """Return the headings without a number: short lines, each above labels or counted measures.

    Where anything but aspects is numbered, a line without a number heads nothing.
    """
    if any(not _names_an_aspect(lines[place].text[mark.end :]) for place, mark in heads.items()):
        return {}
    places = [place for place in plain_titles(lines) if place not in heads]
    return {place: Mark(Style.UNNUMBERED, n, "", 0) for n, place in enumerate(places, start=1)}


def plain_titles(lines: Sequence[Line]) -> list[int]:
    """Return where short lines without a number stand above labels or counted measures."""
    places = [
        place
        for place, (line, below) in enumerate(pairwise(lines))
        if _is_plain_title(line.text) and tells(below.text)
    ]
    return places if len(places) >= _FEWEST_TITLES else []


def _is_plain_title(text: str) -> bool:
    return (
        _FEW < len(text) <= _LONGEST_TITLE
        and re.search("[。；;：:！!？?，,]|[0-9]{4}年.*日$", text) is None
        and mark_of(text) is None
        and not begins_count(text)
        and not is_label(text)
    )


def tells(text: str) -> bool:
    """Whether a line counts measures from the first on, or begins with a label."""
    series = series_of(text)
    if series is not None and series[1][0].start == 0:
        return series[1][0].number == 1
    return next(pieces(text)).holds is not None


def _groups(lines: Sequence[Line], place: int, mark: Mark) -> bool:
    """Whether a line heads a group of numbered lines that go on counting from the group before."""
    text = lines[place].text[mark.end :]
    is_group = mark.style in (Style.CHINESE, Style.BRACKETED) or _names_an_aspect(text)
    if not is_group or place + 1 >= len(lines):
        return False
    below = mark_of(lines[place + 1].text)
    if below is None or below.style in (Style.CHINESE, mark.style):
        return False
    before = (mark_of(line.text) for line in reversed(lines[:place]))
    last = next((one.number for one in before if one and one.style is below.style), 0)
    return below.number == last + 1 and titles.sentence_end(text) == len(text)


def _either(one: bool, other: bool) -> bool:
    return one or other


def _about_and_between(
    places: list[tuple[int, Mark]], about: list[bool], heading: list[bool]
) -> Iterator[tuple[int, Mark]]:
    """Yield what names problems, and what is headed and counted on between such."""
    last = 0
    for at, (place, mark) in enumerate(places):
        following = next(
            (
                m.number
                for (_, m), is_about in zip(places[at + 1 :], about[at + 1 :], strict=True)
                if is_about
            ),
            None,
        )
        fits = mark.number == last + 1 and following in (mark.number + 1, 1, None)
        if about[at] or (heading[at] and fits):
            yield place, mark
            last = mark.number


def _goes_on_counting(lines: Sequence[Line], place: int, mark: Mark) -> bool:
    """Whether a number is the next after those that are counted inside the line before it."""
    before = lines[place - 1].text if place else ""
    above, found = mark_of(before), series_of(before)
    if found is None or found[1][0].start == 0 or (above and above.style is mark.style):
        return False
    series, counted = found
    is_next = mark.number == counted[-1].number + 1
    return is_next and series.pattern.match(lines[place].text) is not None


def _counts_inside(text: str) -> bool:
    """Whether a line is a paragraph of measures, of which its number is the first."""
    found = series_of(text)
    return found is not None and found[1][0].start == 0 and len(found[1]) > 1


def _finding_depth(nodes: list[Node], totals: frozenset[int]) -> int:
    deepest = max(node.depth for node in nodes)
    counts = {
        depth: sum(
            node.depth == depth or (node.depth < depth and not node.children) for node in nodes
        )
        for depth in range(deepest + 1)
    }
    depth = deepest
    while depth > 0:
        if counts[depth] in totals:
            return depth
        parents = [node for node in nodes if node.depth == depth - 1 and node.children]
        styles = {node.mark.style for node in parents}
        above = [x for x in nodes if x.depth == depth - 1 and x.mark.style in styles]
        group_only = all(map(_is_aspect, above)) or all(map(_heads_results, parents))
        few = len(parents) * 2 <= len(above)
        if group_only or not (few or counts[depth - 1] in totals):
            return depth
        depth -= 1
    return depth


def _heads_results(node: Node) -> bool:
    """Whether a heading is that of a part with findings: 巡察反馈意见整改情况."""
    return re.search("(?:巡[察视]|反馈).{0,12}整改.{0,6}(?:情况|结果|进展)$", node.text) is not None


def _is_aspect(node: Node) -> bool:
    return _names_an_aspect(node.text)


def _names_an_aspect(text: str) -> bool:
    return "方面" in text or text.startswith(("聚焦", "围绕"))
