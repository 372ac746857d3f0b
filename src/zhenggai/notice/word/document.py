"""The text of a Word file as its reader sees it: in order, accepted, without what is hidden.

Insertions are in and deletions are out, as if every change had been accepted; of a field its
result is read; numbers that Word counts are written out. What is seen but is no text, or none
that can be read, is counted by its kind, so that it can be named.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from zhenggai.notice.word import symbols
from zhenggai.notice.word.markup import Element
from zhenggai.notice.word.numbering import Numbering, UnknownNumberError
from zhenggai.notice.word.package import WordPackage
from zhenggai.notice.word.styles import Styles, numbered

# What only holds what is seen.
_TRANSPARENT = (
    *("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink", "w:fldSimple", "w:dir"),
    *("w:bdo", "w14:conflictIns"),
)
_INSERTED = ("w:ins", "w:moveTo", "w14:conflictIns")
_DELETED = ("w:del", "w:moveFrom", "w14:conflictDel")
# Of a choice between contents, the namespaces that Word knows.
_UNDERSTOOD = re.compile(r"w(?:p|ne|1[0-9]\w*|p1[0-9]|ps|pg|pc|pi)|[avcm]|a14|cx[0-9]?|am3d|aink")
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_DRAWN = ("w:drawing", "w:pict", "w:object")
_REFERENCES = ("w:footnoteReference", "w:endnoteReference")
_FORMULAS = ("m:oMathPara", "m:oMath")
_DATES = re.compile("w:(?:day|month|year)(?:Short|Long)")
_PAGES = re.compile("[第页共\\W\\d_]|Page|of")
_BETWEEN_CELLS = "  "
_LONGEST_CODE = 200
_MOST_COLUMNS = 63
# A TAB is part of what a cell says.
_BLANKS = " \u00a0\u3000\r\n"

_OBJECT = "嵌入的对象"
_KINDS = {
    "pic:pic": "图片",
    "v:imagedata": "图片",
    "c:chart": "图表",
    "dgm:relIds": "SmartArt图",
    "o:OLEObject": _OBJECT,
    "w:control": "控件",
    "a:t": "图形里的文字",
}


@dataclass
class WordText:
    """What was read of a Word file: its lines, and what was met that is no line of it."""

    lines: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    notes: int = 0
    changes: int = 0
    hidden: int = 0
    looks: Counter[str] = field(default_factory=Counter)


class WordCell(NamedTuple):
    """A cell of a table: its paragraphs that have text, and where in the table's grid it is.

    `column` is its first one, from 1, and `span` how many it takes; one that `continues` is merged
    with the cell above it.
    """

    paragraphs: tuple[str, ...]
    column: int
    span: int
    continues: bool


WordRow = tuple[WordCell, ...]


# What a file is, is found out by reading it as one thing after another; the last one is kept.
@lru_cache(maxsize=1)
def _package(content: bytes) -> tuple[WordPackage, Styles]:
    package = WordPackage(content)
    return package, Styles(package.part("styles"))


@lru_cache(maxsize=1)
def read_tables(content: bytes) -> tuple[list[str | tuple[WordRow, ...]], WordText]:
    """Read a Word file as what it has in order: a text for a paragraph, rows for a table.

    A table inside a cell is text of that cell. Raise UnreadableError for what is no Word file.
    """
    reader = _Reader(*_package(content))
    return list(reader.paragraphs_and_tables()), reader.found


def read_document(content: bytes, most_lines: int, most_characters: int) -> WordText:
    """Read a Word file; raise UnreadableError for what is none.

    It is read as far as a notice may go and a little further, so that it can be seen to be longer.
    """
    reader = _Reader(*_package(content))
    lines, characters = reader.found.lines, 0
    for text in reader.story():
        for line in text.split("\n"):
            if stripped := line.strip():
                lines.append(stripped)
                characters += len(stripped)
        if characters > most_characters or len(lines) > most_lines:
            break
    return reader.found


@dataclass
class _Field:
    """A field that began and has not ended yet."""

    code: str = ""
    has_result: bool = False


class _Reader:
    """Walks through a document once, in its order."""

    def __init__(self, package: WordPackage, styles: Styles) -> None:
        self.found = WordText()
        self._package = package
        self._styles = styles
        self._numbering = Numbering(package.part("numbering"))
        self._tables: list[str | None] = []  # the styles of those we are in
        self._fields: list[_Field] = []
        self._codes = 0  # how many of these have not come to their result
        self._boxes: list[Element] = []
        self._notes: dict[tuple[str, str | None], str] = {}

    def story(self) -> Iterator[str]:
        """Yield the text of each paragraph and each row, then of the notes below the pages."""
        for body in self._package.document.all("w:body"):
            yield from self._blocks(body)
        # What never ends as a field has all the text behind it for its code.
        self.found.unread["未结束的域"] += len(self._fields)
        self._fields, self._codes = [], 0
        yield from self._footnotes()
        self._count_what_stands_beside()

    def paragraphs_and_tables(self) -> "Iterator[str | tuple[WordRow, ...]]":
        """Yield the text of each paragraph, and each table as its rows."""
        for body in self._package.document.all("w:body"):
            for block in self._shown(body):
                if block.name == "w:tbl":
                    yield tuple(self._grid_rows(block))
                elif block.name == "w:p":
                    yield from (
                        _numbered(self._label(block), self._content(block)),
                        *self._in_boxes(),
                    )

    def _shown(self, parent: Element) -> Iterator[Element]:
        """Yield what is in an element, past what only holds it and without what is deleted."""
        for child in parent.children:
            name = child.name
            inside: Element | None = None
            if name in _DELETED:
                self.found.changes += bool(child.children)
            elif name in _TRANSPARENT:
                self.found.changes += name in _INSERTED and bool(child.children)
                inside = child
            elif name == "w:sdt":
                inside = child.find("w:sdtContent")
            elif name == "mc:AlternateContent":
                inside = _chosen(child)
            elif name.startswith("?"):  # not Word's own, and left out by it
                if any(text.text.strip() for text in child.below("w:t")):
                    self.found.unread["无法识别的内容"] += 1
            else:
                yield child
            if inside:
                yield from self._shown(inside)

    # -- paragraphs and tables ----------------------------------------------------------------

    def _blocks(self, parent: Element) -> Iterator[str]:
        begun: list[str] = []  # of a paragraph that goes on in the next one
        for block in self._shown(parent):
            if block.name == "w:p":
                begun.append(self._content(block))
                if not self._goes_on(block):
                    yield _numbered(self._label(block), "".join(begun))
                    begun = []
                    yield from self._in_boxes()
            elif block.name == "w:tbl":
                yield "".join(begun)
                begun = []
                yield from self._rows(block)
            elif block.name in ("w:altChunk", "w:subDoc"):
                self.found.unread["嵌入的文档"] += 1
            elif block.name in _FORMULAS:
                self.found.unread["公式"] += 1
        yield "".join(begun)
        yield from self._in_boxes()

    def _goes_on(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is deleted or hidden, and the next one's text follows."""
        mark = paragraph.find("w:pPr", "w:rPr")
        if mark and (mark.find("w:del") or mark.find("w:moveFrom")):
            self.found.changes += 1
            return True
        return self._styles.hides(mark, self._styles.of_paragraph(paragraph))

    def _in_boxes(self) -> Iterator[str]:
        while self._boxes:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self._blocks(box)

    def _label(self, paragraph: Element) -> str:
        """Count a numbered paragraph, and return the number Word shows before it."""
        style = self._styles.of_paragraph(paragraph)
        (number, level), (by_style, named) = numbered(paragraph), self._styles.numbered(style)
        number = number or by_style.number
        if not number or number == "0":
            return ""
        level = by_style.level if level is None else level
        if level is None:
            level = self._numbering.level_of_style(number, named) if named else 0
        try:
            return self._numbering.label(number, level)
        except UnknownNumberError:
            self.found.unread["自动编号"] += 1
            return ""

    def _grid_rows(self, table: Element) -> "Iterator[WordRow]":
        """Yield the rows of a table that are shown, their cells in the table's grid."""
        style = table.find("w:tblPr", "w:tblStyle")
        self._tables.append(style.value if style else None)
        for row in self._shown(table):
            properties = row.find("w:trPr")
            if row.name != "w:tr" or (properties and properties.find("w:del")):
                self.found.changes += row.name == "w:tr"
                continue
            cells = tuple(self._grid_cells(row, properties))
            hidden = properties.find("w:hidden") if properties else None
            if hidden and hidden.is_on():
                self.found.hidden += any(cell.paragraphs for cell in cells)
            else:
                yield cells
        self._tables.pop()

    def _grid_cells(self, row: Element, properties: Element | None) -> "Iterator[WordCell]":
        before = properties.find("w:gridBefore") if properties else None
        column = 1 + _count(before, 0)
        begun: WordCell | None = None
        for cell in self._shown(row):
            if cell.name != "w:tc":
                continue
            lines = (text.strip(_BLANKS) for text in self._blocks(cell))
            paragraphs = tuple(filter(None, lines))
            about = cell.find("w:tcPr")
            span = _count(about.find("w:gridSpan") if about else None, 1)
            beside = about.find("w:hMerge") if about else None
            if begun and beside and (beside.value or "continue") == "continue":
                begun = begun._replace(
                    paragraphs=begun.paragraphs + paragraphs, span=begun.span + span
                )
            else:
                if begun:
                    yield begun
                above = about.find("w:vMerge") if about else None
                continues = above is not None and (above.value or "continue") == "continue"
                begun = WordCell(paragraphs, column, span, continues)
            column += span
        if begun:
            yield begun

    def _rows(self, table: Element) -> Iterator[str]:
        style = table.find("w:tblPr", "w:tblStyle")
        self._tables.append(style.value if style else None)
        is_first = True
        for row in self._shown(table):
            if row.name != "w:tr":
                continue
            properties = row.find("w:trPr")
            if properties and properties.find("w:del"):
                self.found.changes += 1
                continue
            cells = [self._cell(cell, is_first) for cell in self._shown(row) if cell.name == "w:tc"]
            text = _BETWEEN_CELLS.join(cells).strip(" ")  # an empty cell keeps its place
            is_first = False
            hidden = properties.find("w:hidden") if properties else None
            if hidden and hidden.is_on():
                self.found.hidden += bool(text)
            else:
                yield text
        self._tables.pop()

    def _cell(self, cell: Element, is_first: bool) -> str:
        lines = (line.strip() for block in self._blocks(cell) for line in block.split("\n"))
        text = " ".join(filter(None, lines))
        properties = cell.find("w:tcPr")
        if properties is None:
            return text
        if properties.find("w:cellDel"):
            self.found.changes += 1
            return ""
        merged = properties.find("w:vMerge") or properties.find("w:hMerge")
        # What is merged with the cell above or before it is not shown.
        if merged and (merged.value or "continue") == "continue" and not is_first:
            self.found.hidden += bool(text)
            return ""
        return text

    # -- what is in a paragraph ---------------------------------------------------------------

    def _content(self, paragraph: Element) -> str:
        style = self._styles.of_paragraph(paragraph)
        parts: list[str] = []
        for inside in self._shown(paragraph):
            if inside.name == "w:r":
                parts += self._run(inside, style)
            elif inside.name in _FORMULAS:
                self.found.unread["公式"] += 1
        return "".join(parts)

    def _run(self, run: Element, style: str | None) -> Iterator[str]:
        is_hidden = self._styles.hides(run.find("w:rPr"), *self._tables[-1:], style)
        for piece in self._shown(run):
            if piece.name == "w:fldChar":
                yield self._in_field(piece)
            elif piece.name == "w:instrText":
                if self._fields and len(self._fields[-1].code) < _LONGEST_CODE:
                    self._fields[-1].code += piece.text[:_LONGEST_CODE]
            elif self._codes:
                continue
            elif is_hidden:
                self.found.hidden += bool(piece.text.strip()) or piece.name in _DRAWN
            elif piece.name == "w:ruby":
                base = piece.find("w:rubyBase")
                for inside in self._shown(base) if base else ():
                    yield from self._run(inside, style)
            elif piece.name == "w:t":
                yield self._text(piece, run.find("w:rPr"), style)
            else:
                yield self._piece(piece)

    def _piece(self, piece: Element) -> str:
        name = piece.name
        if name == "w:sym":
            shown = symbols.symbol(piece)
            self.found.unread["特殊字体的符号"] += shown is None
            return shown or ""
        if name in _DRAWN:
            return self._drawn(piece)
        if name in _REFERENCES:
            return self._note(piece)
        if _DATES.fullmatch(name):
            self.found.unread["自动日期"] += 1
        return _SIGNS.get(name, "")

    def _text(self, piece: Element, properties: Element | None, style: str | None) -> str:
        text = piece.text
        if piece.get("xml:space") != "preserve":
            text = text.strip(" \t\r\n")
        text, private = symbols.without_private(re.sub("[\t\r\n]", " ", text))
        styles = (style, *self._tables[-1:])
        text, unknown = symbols.in_font(text, self._styles.font(properties, *styles))
        self.found.unread["特殊字体的符号"] += private + unknown
        if text.strip():
            self.found.looks.update(set(self._styles.looks(properties, *styles)))
        return text

    def _in_field(self, piece: Element) -> str:
        """Keep count of where a field is; return what it shows where no result is written."""
        kind, last = piece.get("w:fldCharType"), self._fields[-1] if self._fields else None
        if kind == "begin":
            self._fields.append(_Field())
            self._codes += 1
            if piece.find("w:ffData", "w:checkBox") or piece.find("w:ffData", "w:ddList"):
                self._fields[-1].code = "PRIVATE"
                self.found.unread["窗体控件"] += 1
        elif last and kind in ("separate", "end"):
            self._codes -= not last.has_result
            if kind == "separate":
                last.has_result = True
                return ""
            self._fields.pop()
            if not last.has_result and not self._codes:
                shown = symbols.of_field(last.code)
                self.found.unread["没有结果的域"] += shown is None
                return shown or ""
        return ""

    # -- what is no text, and what stands elsewhere -------------------------------------------

    def _drawn(self, holder: Element) -> str:
        """Take the text boxes out of a drawing, and count the rest of what it shows."""
        kinds: Counter[str] = Counter()
        words: list[str] = []
        self._look_through(holder, kinds, words)
        if kinds[_OBJECT]:
            kinds = Counter({_OBJECT: kinds[_OBJECT]})  # the picture is what it looks like
        self.found.unread += kinds
        return "".join(words)

    def _look_through(self, holder: Element, kinds: Counter[str], words: list[str]) -> None:
        for child in holder.children:
            if child.name == "wp:docPr" and child.get("hidden") in ("1", "true", "on"):
                self.found.hidden += 1
                return
            inside: Element | None = child
            if child.name == "mc:AlternateContent":
                inside = _chosen(child)
            elif "visibility:hidden" in (child.get("style") or "").replace(" ", ""):
                self.found.hidden += 1
                inside = None
            elif child.name == "w:txbxContent":
                self._boxes.append(child)
                inside = None
            elif child.name == "v:textpath":
                words.append(child.get("string") or "")
            elif child.name in _KINDS:
                kinds[_KINDS[child.name]] += 1
            if inside:
                self._look_through(inside, kinds, words)

    def _note(self, reference: Element) -> str:
        """Return the mark of a note; the note itself is read at the end."""
        kind = reference.name.removeprefix("w:").removesuffix("Reference")
        has_own = reference.get("w:customMarkFollows") in ("1", "true", "on")
        mark = "" if has_own else f"[{len(self._notes) + 1}]"
        return self._notes.setdefault((kind, reference.get("w:id")), mark)

    def _footnotes(self) -> Iterator[str]:
        notes = {
            (kind, note.get("w:id")): note
            for kind in ("footnote", "endnote")
            for part in self._package.parts(f"{kind}s")
            for note in part.all(f"w:{kind}")
        }
        for key, mark in list(self._notes.items()):
            if key in notes:
                self.found.notes += 1
                lines = (text.strip() for text in self._blocks(notes[key]))
                yield mark + " ".join(filter(None, lines))
            else:
                self.found.unread["脚注"] += 1

    def _count_what_stands_beside(self) -> None:
        for kind in ("header", "footer"):
            for part in self._package.parts(kind):
                words = "".join(text.text for text in part.below("w:t"))
                self.found.unread["页眉页脚里的文字"] += bool(_PAGES.sub("", words))
        for part in self._package.parts("comments"):
            self.found.unread["批注"] += sum(1 for _ in part.all("w:comment"))


def _chosen(alternatives: Element) -> Element | None:
    """Return the one of several contents that Word shows."""
    for choice in alternatives.all("mc:Choice"):
        if all(map(_UNDERSTOOD.fullmatch, (choice.get("Requires") or "?").split())):
            return choice
    return alternatives.find("mc:Fallback")


def _count(element: Element | None, otherwise: int) -> int:
    """Return the number that a property holds, within what a table of Word can have."""
    value = (element.value or "") if element else ""
    return min(int(value), _MOST_COLUMNS) if value.isascii() and value.isdigit() else otherwise


# After these a number stands close to its text.
_CLOSE = tuple(".．、)）。:：,，]】〕")


def _numbered(label: str, text: str) -> str:
    """Put the number of a paragraph before it, as close as it is written by hand."""
    text = text.lstrip() if label else text
    stands_off = label and text and (not label.endswith(_CLOSE) or text[0] in "0123456789")
    return f"{label} {text}" if stands_off else label + text
