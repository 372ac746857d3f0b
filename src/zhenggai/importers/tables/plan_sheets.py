"""Read a plan of rectification (整改方案): its headings and labelled lines become a grid.

A plan says of each finding under a heading of its own what is aimed at, what is to be done, who
answers for it and by when (整改目标：…). The grid has a column for each of these and a row for each
measure, so that all that holds of tables holds of plans; a cell's place is its paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import Cell, Sheet, Span, Workbook, clean
from zhenggai.importers.tables.labelled_names import split_labelled
from zhenggai.importers.tables.list_items import HALF_WIDTH, chinese_number
from zhenggai.importers.tables.sheet_builder import SheetBuilder
from zhenggai.importers.tables.synonyms import BY_NAME, Level, meaning
from zhenggai.importers.tables.zip_limits import checked_archive
from zhenggai.notice.word.document import read_tables
from zhenggai.notice.word.markup import TOO_MUCH, UnreadableError

PLAN = "Word文档里的整改方案"
"""How a plan is named to people."""

_NUMERALS = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# The ways of numbering by their rank in an official paper (GB/T 9704), and what else counts.
_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:第)?({_NUMERALS})、\s*",
        rf"\(({_NUMERALS})\)[、.]?\s*",
        r"(\d{1,3})(?:\.(?!\d)|、)\s*",
        r"\((\d{1,3})\)[、.]?\s*",
        rf"([{_CIRCLED}])[、.]?\s*",
    )
)
_NAMED_FINDING = re.compile(rf"(?:反馈)?问题(?:(\d{{1,3}})|({_NUMERALS}))[:、.\s]\s*")
_COMPOUND = re.compile("[及和与、]")
_IN_BRACKETS = re.compile(r"[\[【(]([^\[\]【】()]*)[\]】)]。?")
_BEHIND = re.compile(r"\(([^()]*:[^()]*(?:\([^()]*\)[^()]*)*)\)。?$")
_ASPECT = re.compile(r".*方面(?:的?(?:问题|整改))?")
_MEASURES, _TITLE, _DETAILS = "措施", "问题", "具体表现"
_COLUMNS = (
    *("方面", _TITLE, _DETAILS, "整改目标", _MEASURES, "责任领导", "责任科室", "配合科室"),
    *("责任人", "措施责任科室", "措施责任人", "整改时限", "措施时限", "类型", "检视周期"),
)
_OF_MEASURE = {"责任科室": "措施责任科室", "责任人": "措施责任人", "整改时限": "措施时限"}
_OPENS = frozenset((_TITLE, _DETAILS, "整改目标", _MEASURES))
_RESPONSIBLE = frozenset(("责任领导", "责任科室", "责任人", "整改时限"))
_FEW = 2


class _Line(NamedTuple):
    """A paragraph, counted from 1; `plain` is its text in half width, of the same length."""

    number: int
    text: str

    @property
    def plain(self) -> str:
        return self.text.translate(HALF_WIDTH).replace("【", "[").replace("】", "]")


class _Number(NamedTuple):
    """The number at the beginning of a line: its rank (0 for 一、), its value, where it ends."""

    rank: int
    value: int
    end: int


@dataclass
class _Piece:
    """Some text and the paragraph where it begins."""

    text: str
    number: int
    remarks: tuple[str, ...] = ()


@dataclass
class _Measure:
    text: _Piece
    own: dict[str, _Piece] = field(default_factory=dict)


@dataclass
class _Heading:
    rank: int
    value: int
    text: _Piece
    below: list[_Piece] = field(default_factory=list)


@dataclass
class _Finding:
    heading: _Heading
    ancestors: tuple[_Heading, ...]
    fields: dict[str, _Piece] = field(default_factory=dict)
    measures: list[_Measure] = field(default_factory=list)
    aspect: _Heading | None = None


def read_plan(file: str, content: bytes) -> Workbook:
    """Read a plan; raise InvalidInputError where it says nothing of findings."""
    checked_archive(file, content).close()
    try:
        parts, found = read_tables(content)
    except UnreadableError as error:
        what = "展开以后太大" if str(error) == TOO_MUCH else str(error)
        raise InvalidInputError(f"“{file}”{what}") from None
    notes = [f"有修订{found.changes}处，按全部接受以后的文字读出"] if found.changes else []
    notes += [f"有隐藏的内容{found.hidden}处，未读取"] if found.hidden else []
    unread = "、".join(f"{what}{count}处" for what, count in found.unread.items() if count)
    notes += [f"有无法读取的内容：{unread}"] if unread else []
    return plan_of_parts(file, parts, tuple(notes))


def plan_of_parts(file: str, parts: Sequence[object], notes: tuple[str, ...] = ()) -> Workbook:
    """Make the grid of a plan's paragraphs; what is no text (a table) is left out and listed."""
    lines: list[_Line] = []
    tables: list[int] = []
    for number, part in enumerate(parts, start=1):
        if not isinstance(part, str):
            tables.append(number)
            continue
        lines += [_Line(number, text) for one in part.split("\n") if (text := clean(one))]
    reading = _Reading(lines)
    reading.run()
    left = [(f"{file}!第{one.number}段", one.text) for one in reading.left]
    left += [(f"{file}!第{number}段", "（表格）") for number in tables]
    sheet = _grid(file, reading.findings)
    return Workbook(file, PLAN, (sheet,), notes, left=tuple(left))


def is_plan(workbook: Workbook) -> bool:
    """Whether what was read as a plan is one: measures, and who answers for them or by when."""
    header = {cell.text for cell in workbook.sheets[0].rows.get(1, {}).values()}
    return _MEASURES in header and bool(header & {*_RESPONSIBLE, *_OF_MEASURE.values()})


class _Reading:
    """Goes through a plan once, line by line."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._stack: list[_Heading] = []
        self._headings: list[_Heading] = []
        self._pending: _Heading | None = None
        self._current: _Finding | None = None
        self._open = ""
        self.findings: list[_Finding] = []
        self.left: list[_Piece] = []

    def run(self) -> None:
        """Read every line; what belongs to no finding is `left`."""
        for place, line in enumerate(self._lines):
            number = _number_of(line.plain)
            said = _labels(line, number, is_inside=bool(self._pending or self._current))
            if said is not None:
                self._take_labels(line, said)
            elif number is not None and not self._is_measure(place, number):
                self._take_heading(line, number)
            elif self._open == _MEASURES and self._current is not None:
                self._take_measure(line, number)
            elif self._open and self._current is not None:
                self._continue(line)
            elif self._pending is not None:
                self._pending.below.append(_Piece(line.text, line.number))
            else:
                self.left.append(_Piece(line.text, line.number))
        self._leave_pending()
        self._leave_ancestors()

    # -- headings -----------------------------------------------------------------------------

    def _take_heading(self, line: _Line, number: _Number) -> None:
        self._leave_pending()
        text = line.text[number.end :].strip()
        heading = _Heading(number.rank, number.value, _Piece(text, line.number))
        self._stack = [one for one in self._stack if one.rank < number.rank]
        self._pending = heading
        self._stack.append(heading)
        self._headings.append(heading)
        self._current, self._open = None, ""

    def _leave_pending(self) -> None:
        """List what stood under a heading that was none of a finding."""
        if self._pending is not None:
            self.left += self._pending.below
        self._pending = None

    def _leave_ancestors(self) -> None:
        rank = _rank_of_aspects(self.findings)
        for finding in self.findings:
            finding.aspect = _aspect(finding, rank)
        used = {id(one) for each in self.findings for one in (each.heading, each.aspect)}
        self.left += [one.text for one in self._headings if id(one) not in used and one.text.text]
        self.left.sort(key=lambda one: one.number)

    def _is_measure(self, place: int, number: _Number) -> bool:
        """Whether a numbered line is one of the measures and not the next heading.

        Measures are numbered below their finding, or else in a series of their own.
        """
        current = self._current
        if current is None or self._open != _MEASURES:
            return False
        if number.rank > current.heading.rank:
            return True
        if number.rank < current.heading.rank:
            return False
        follows = number.value == len(current.measures) + 1
        is_next = number.value == current.heading.value + 1
        if follows and is_next:
            return not self._opens_next(place)
        return follows and not is_next

    def _opens_next(self, place: int) -> bool:
        """Whether the next labelled line is one by which what is said of a finding begins."""
        for line in self._lines[place + 1 :]:
            said = _labels(line, _number_of(line.plain), is_inside=True)
            if said is not None:
                return next(iter(said)) in _OPENS
        return False

    # -- labelled lines -----------------------------------------------------------------------

    def _take_labels(self, line: _Line, said: dict[str, str]) -> None:
        if _TITLE in said:
            below = self._pending
            self._leave_pending()
            heading = _Heading(
                below.rank if below else len(_NUMBERINGS),
                below.value if below else len(self.findings) + 1,
                _Piece(said[_TITLE], line.number),
            )
            self._begin(heading)
        elif self._pending is not None:
            heading, self._pending = self._pending, None
            self._begin(heading)
        if self._current is None:
            self.left.append(_Piece(line.text, line.number))
            return
        for name, value in said.items():
            self._take_label(self._current, name, _Piece(value, line.number))

    def _begin(self, heading: _Heading) -> None:
        ancestors = tuple(one for one in self._stack if one is not heading)
        self._current = _Finding(heading, ancestors)
        self.findings.append(self._current)
        if heading.below:
            text = "\n".join(one.text for one in heading.below)
            self._current.fields[_DETAILS] = _Piece(text, heading.below[0].number)

    def _take_label(self, finding: _Finding, name: str, piece: _Piece) -> None:
        self._open = name
        if name == _MEASURES:
            if piece.text:
                finding.measures.append(_measure(piece))
        elif name != _TITLE:
            known = finding.fields.get(name)
            if known is None:
                finding.fields[name] = piece
            elif piece.text:
                known.text = f"{known.text}\n{piece.text}" if known.text else piece.text

    def _take_measure(self, line: _Line, number: _Number | None) -> None:
        assert self._current is not None  # noqa: S101 - as whoever calls has seen
        measures = self._current.measures
        if number is None and measures:
            measures[-1].text.text += f"\n{line.text}"
            return
        text = line.text[number.end :].strip() if number else line.text
        measures.append(_measure(_Piece(text, line.number)))

    def _continue(self, line: _Line) -> None:
        """Take a line without a label as going on with the one before, where that can go on."""
        assert self._current is not None  # noqa: S101 - as whoever calls has seen
        known = self._current.fields.get(self._open)
        if self._open in _OPENS and known is not None:
            known.text = f"{known.text}\n{line.text}" if known.text else line.text
        elif known is not None and not known.text:
            known.text = line.text
        else:
            self.left.append(_Piece(line.text, line.number))


def _measure(piece: _Piece) -> _Measure:
    """Return a measure; what its brackets at the end say of it stands in columns of its own."""
    plain = piece.text.translate(HALF_WIDTH)
    found = _BEHIND.search(plain)
    said = split_labelled(found[1]) if found else None
    if found is None or not said or not set(said) <= _OF_MEASURE.keys():
        return _Measure(piece)
    own = {_OF_MEASURE[name]: _Piece(value, piece.number) for name, value in said.items()}
    return _Measure(_Piece(piece.text[: found.start()].strip(), piece.number), own)


def _number_of(plain: str) -> _Number | None:
    """Return the number with which a line begins; 问题1 is below every other heading."""
    if named := _NAMED_FINDING.match(plain):
        value = int(named[1]) if named[1] else chinese_number(named[2]) or 0
        return _Number(len(_NUMBERINGS) - 1, value, named.end())
    for rank, pattern in enumerate(_NUMBERINGS):
        if match := pattern.match(plain):
            written = match[1]
            if written in _CIRCLED:
                value = _CIRCLED.index(written) + 1
            else:
                value = int(written) if written.isdecimal() else chinese_number(written) or 0
            return _Number(rank, value, match.end())
    return None


def _labels(line: _Line, number: _Number | None, *, is_inside: bool) -> dict[str, str] | None:
    """Return what a line says under labels of a plan; None where it has none.

    A label may be numbered, stand in brackets, and be alone on its line. What is numbered as a
    chapter is (一、整改措施) is none, nor is one outside of any finding.
    """
    if number is not None and (number.rank == 0 or not is_inside):
        return None
    start = number.end if number else 0
    text, plain = line.text[start:].strip(), line.plain[start:].strip()
    if whole := _IN_BRACKETS.fullmatch(plain):
        text, plain = text[whole.start(1) : whole.end(1)], whole[1]
    elif (label := _IN_BRACKETS.match(plain)) and _field_of(label[1]):
        text = f"{label[1]}：{text[label.end() :].lstrip('：: ')}"
    alone = _field_of(plain.rstrip(":。"))
    if alone and not _COMPOUND.search(plain):
        return {alone: ""}
    said = split_labelled(text)
    if not said or not all(_field_of(name) for name in said):
        return None
    return said


def _field_of(label: str) -> str | None:
    """Return the field that a label names, if plans say it of findings."""
    found = meaning(label).fields
    if len(found) != 1 or found[0] not in _COLUMNS:
        return None
    return found[0] if BY_NAME[found[0]].level is not Level.ORDER else None


# -- the grid ---------------------------------------------------------------------------------


def _rank_of_aspects(findings: Sequence[_Finding]) -> int | None:
    """Return the rank of the outermost headings of which several have findings below them."""
    for rank in range(len(_NUMBERINGS)):
        above = {id(one) for each in findings for one in each.ancestors if one.rank == rank}
        if len(above) >= _FEW:
            return rank
    return None


def _aspect(finding: _Finding, rank: int | None) -> _Heading | None:
    """Return the heading above a finding that names its aspect, if any does."""
    for one in reversed(finding.ancestors):
        if _ASPECT.fullmatch(one.text.text):
            return one
    for one in finding.ancestors:
        if one.rank == rank:
            one.text.remarks = ("上面的标题作方面",)
            return one
    return None


def _grid(file: str, findings: Sequence[_Finding]) -> Sheet:
    rows: list[dict[str, _Piece]] = []
    spans: list[tuple[int, int]] = []
    for one in findings:
        first = len(rows) + 2
        whole = _fields_of(one)
        for place, measure in enumerate(one.measures or [None]):
            cells = dict(whole) if place == 0 else {}
            if measure is not None:
                cells |= {_MEASURES: measure.text, **measure.own}
            rows.append(cells)
        spans.append((first, len(rows) + 1))
    used = [name for name in _COLUMNS if any(name in row for row in rows)]
    builder = SheetBuilder(file)
    builder.begin("")
    paragraphs: dict[tuple[int, int], int] = {}
    for column, name in enumerate(used, start=1):
        builder.add(1, column, Cell(name))
        paragraphs[1, column] = min((row[name].number for row in rows if name in row), default=0)
    for number, row in enumerate(rows, start=2):
        for column, name in enumerate(used, start=1):
            if piece := row.get(name):
                builder.add(number, column, Cell(clean(piece.text), remarks=piece.remarks))
                paragraphs[number, column] = piece.number
    merged = [
        Span(first, column, last, column)
        for first, last in spans
        if last > first
        for column, name in enumerate(used, start=1)
        if name != _MEASURES and name not in _OF_MEASURE.values()
    ]
    return Sheet(file, "", builder.rows(), tuple(merged), is_named=False, paragraphs=paragraphs)


def _fields_of(finding: _Finding) -> dict[str, _Piece]:
    """Return what a finding says by the names of columns; of a heading the first sentence counts.

    What follows it in the heading is what the finding shows in (具体表现).
    """
    fields = dict(finding.fields)
    title, stop, rest = finding.heading.text.text.partition("。")
    number = finding.heading.text.number
    if rest.strip():
        known = fields.get(_DETAILS)
        text = f"{rest.strip()}\n{known.text}" if known else rest.strip()
        fields[_DETAILS] = _Piece(text, number)
        fields[_TITLE] = _Piece(title, number, ("第一句作问题、其余作具体表现",))
    else:
        fields[_TITLE] = _Piece(title if stop else finding.heading.text.text, number)
    if finding.aspect is not None:
        fields["方面"] = finding.aspect.text
    return {name: piece for name, piece in fields.items() if piece.text}
