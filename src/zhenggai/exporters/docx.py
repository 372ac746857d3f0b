"""`docx`: a paper as a Word document, laid out by GB/T 9704-2012 (党政机关公文格式).

Figures from the standard: A4; type area 156 × 225 mm, upper margin 37 mm, binding margin 28 mm
(5.2.1); 22 lines of 28 characters (5.2.3); title 2号小标宋, text 3号仿宋 (7.3.1, 7.3.3);
一、in 黑体, （一）in 楷体 (7.3.3); to whom it goes from the left margin on (7.3.2); page numbers
in 4号宋体 between dashes, outside and 7 mm below the type area (7.5); signature and date as
without a seal (7.3.5.2).
2号 is 22 pt, 3号 16 pt, 4号 14 pt.

What begins with a title is a page of its own, and lies across where it has a wide table: from eight
columns on A4, from twelve on A3; and where nobody signs it, with fewer that would be too narrow.
"""

import re
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.errors import InvalidInputError
from zhenggai.notice.markdown_blocks import Block, blocks
from zhenggai.notice.numerals import full_width
from zhenggai.notice.rendering import DOCUMENT_NUMBER, DRAFT, UNMARKED, Marks, closing, parts

if TYPE_CHECKING:
    from zhenggai.model.notice_settings import Notice

_TITLE, _BODY, _PAGE_NUMBER, _TABLE, _DENSE_TABLE, _CAPTION = 22.0, 16.0, 14.0, 10.5, 9.0, 12.0
_LINE = 28.95  # 22 lines in 225 mm: 637.8 pt ÷ 22, rounded down
_MM = 72 / 25.4  # points
_SHORT = 10.0  # characters: what is no longer is never broken, such as a day
_TO_WRITE_IN, _TO_SIGN_IN = 18, 12  # mm, for a row left empty, and for one to be signed in
_TO_FILL_IN, _TO_TICK = 7.0, 4.0  # characters: how wide a column left empty is
_TIGHTER = -5  # twentieths of a point: 28 characters of 3号 need a little more than 156 mm
_XIAOBIAOSONG, _FANGSONG = "方正小标宋简体", "仿宋_GB2312"
_HEITI, _KAITI, _SONGTI = "黑体", "楷体_GB2312", "宋体"

_HEADING_FONTS = {2: _HEITI, 3: _KAITI}
_SCRIPT_CHANGES = re.compile(
    r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])"
)
_RUN_IN = re.compile(r"（[一二三四五六七八九十]+）[^。]*。")


class _Sheet(NamedTuple):
    """A size of paper: its margins (upper, lower, left, right), its tables' font.

    `blank` is how many characters wide a column is that was left empty, `few` how many one of
    longer texts has at least.
    """

    width: int
    height: int
    margins: tuple[int, int, int, int]
    table: float = _TABLE
    blank: float = _TO_FILL_IN
    few: float = 6.0

    @property
    def area(self) -> float:
        """The width of the type area in points."""
        return (self.width - self.margins[2] - self.margins[3]) * _MM


_UPRIGHT = _Sheet(210, 297, (37, 35, 28, 26))
_ACROSS = _Sheet(297, 210, (28, 26, 26, 26))
_LARGE = _Sheet(420, 297, (28, 26, 25, 25), _DENSE_TABLE, _TO_TICK, few=4.5)
_WIDE, _WIDEST = 8, 12  # columns


_CROWDED = 1.5  # times the room there is
_LONG = 20.0  # characters: what is longer takes more lines, no more room


def _sheet(part: list[Block]) -> _Sheet:
    """Return the sheet that the widest table of a part wants."""
    tables = [block.rows for block in part if block.rows]
    columns = max((len(rows[0]) for rows in tables), default=0)
    if columns >= _WIDEST:
        return _LARGE
    first, end = closing(part)
    is_crowded = first == end and any(map(_is_crowded, tables))
    return _ACROSS if columns >= _WIDE or is_crowded else _UPRIGHT


def _is_crowded(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether an upright sheet has by far not the room that the columns of a table want."""
    columns = list(zip(*rows, strict=True))
    wanted = sum(min(_wanted(column, _UPRIGHT.blank), _LONG) for column in columns)
    return wanted > _CROWDED * _room(_UPRIGHT, len(columns))


def _room(sheet: _Sheet, columns: int) -> float:
    """Return how many characters a table's columns hold: one of each goes into cells' margins."""
    return sheet.area / sheet.table - columns


def paper(source: str, _notice: "Notice | None", marks: Marks = UNMARKED) -> bytes:
    """Write a paper as a .docx file, its marks at the head of every page.

    Raise InvalidInputError without the extra `office`.
    """
    try:
        import docx
    except ImportError:
        raise InvalidInputError(
            "输出docx要用python-docx；请执行 pip install 'zhenggai[office]'"
        ) from None
    document = docx.Document()
    found = [_widened(block) for block in _without_marking(list(blocks(source)), marks)]
    _describe(document, next((block.text for block in found if block.level == 1), ""))
    divided = parts(found)
    sheet = _sheet(divided[0])
    _page(document, marks.header, sheet)
    for part in divided:
        _part(document, part, sheet, _sheet(part))
        sheet = _sheet(part)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _part(document: Any, part: list[Block], before: _Sheet, sheet: _Sheet) -> None:
    """Write what belongs to one title; on another sheet than what is before it, a section."""
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if sheet != before:
        _sized(document.add_section(WD_SECTION.NEW_PAGE), sheet)
    margin = _at_the_margin(part)
    first, end = closing(part)
    for place, block in enumerate(part):
        if place == first < end:
            _signed(document, [one.text for one in part[first:end]], sheet)
        if first <= place < end:
            continue
        _block(document, block, sheet)
        if block in margin:
            _from_the_margin(document.paragraphs[-1])
            if DOCUMENT_NUMBER.fullmatch(block.text):
                document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
        if sheet != before and block.level == 1:
            document.paragraphs[-2].paragraph_format.page_break_before = False
        is_above_table = bool(block.text and part[place + 1 : place + 2] and part[place + 1].rows)
        if is_above_table:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        if (is_above_table and _FILLED_IN in block.text) or block.text.startswith(_FILLED_IN_BY):
            _from_the_margin(document.paragraphs[-1])
            _font(document.paragraphs[-1].runs[0], _FANGSONG, _CAPTION)


def _without_marking(found: list[Block], marks: Marks) -> list[Block]:
    """Leave out the marking above the titles: it is in the head of the page."""
    return [
        block
        for place, block in enumerate(found)
        if not marks.marking
        or block.text != marks.marking
        or (place > 0 and [one.level for one in found[place + 1 : place + 2]] != [1])
    ]


_LONGEST_ADDRESSEE = 60
_NUMBERED, _FILLED_IN, _FILLED_IN_BY = "编号：", "填报", "填报人："


def _at_the_margin(part: list[Block]) -> list[Block]:
    """Return the paragraphs below the title that say its number and to whom a letter goes."""
    title, *below = [block for block in part if block.text != DRAFT][:3]
    if title.level != 1:
        return []
    found = []
    for block in below:
        if block.level or block.rows or len(block.text) > _LONGEST_ADDRESSEE:
            break
        is_number = block.text.startswith(_NUMBERED) or DOCUMENT_NUMBER.fullmatch(block.text)
        if not block.text.endswith("：") and not is_number:
            break
        found.append(block)
        if not is_number:
            break
    return found


def _from_the_margin(paragraph: Any) -> None:
    from docx.oxml.ns import qn

    paragraph.paragraph_format.first_line_indent = 0
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "0")  # noqa: SLF001 - characters, not points


_NAME_LENGTH = 255


def _describe(document: Any, title: str) -> None:
    """Set the file's title, and remove the author and remarks that python-docx writes."""
    about = document.core_properties
    about.title, about.author, about.comments = title[:_NAME_LENGTH], "", ""
    about.language = "zh-CN"


def _widened(block: Block) -> Block:
    rows = tuple(tuple(map(full_width, row)) for row in block.rows)
    return Block(block.level, full_width(block.text), rows)


def _sized(section: Any, sheet: _Sheet) -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    across = sheet.width > sheet.height
    section.orientation = WD_ORIENTATION.LANDSCAPE if across else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    upper, lower, left, right = sheet.margins
    section.top_margin, section.bottom_margin = Mm(upper), Mm(lower)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(lower - 12)  # the dash's top stands 7 mm below the type area


def _page(document: Any, head: str, sheet: _Sheet) -> None:
    from docx.shared import Pt

    section = document.sections[0]
    _sized(section, sheet)
    style = document.styles["Normal"]
    _font(style, _FANGSONG, _BODY)
    _chinese(style)
    form = style.paragraph_format
    form.line_spacing = Pt(_LINE)
    form.space_after = form.space_before = Pt(0)
    form.widow_control = False  # else a page may have 21 lines
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, outside_right=True)
    _page_number(section.even_page_footer, outside_right=False)
    for header in (section.header, section.even_page_header) if head else ():
        header.is_linked_to_previous = False
        run = header.paragraphs[0].add_run(head)
        _font(run, _HEITI, _BODY)


def _font(holder: Any, name: str, size: float) -> None:
    """Set a font for Chinese and Latin characters alike, on a style or a run."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    holder.font.name, holder.font.size = name, Pt(size)
    fonts = holder.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)


def _chinese(style: Any) -> None:
    """Set 28 characters in a line, broken and proofread as Chinese."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing, language = OxmlElement("w:spacing"), OxmlElement("w:lang")
    spacing.set(qn("w:val"), str(_TIGHTER))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    form = style.element.get_or_add_rPr()
    form.find(qn("w:rFonts")).addnext(spacing)
    form.append(language)


def _page_number(footer: Any, *, outside_right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    form = paragraph.paragraph_format
    form.line_spacing = 1.0
    if outside_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = Pt(_PAGE_NUMBER)
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        form.left_indent = Pt(_PAGE_NUMBER)
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        _font(run, _SONGTI, _PAGE_NUMBER)
        if text is None:
            _page_field(run)


def _page_field(run: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 - python-docx has no field of its own


def _block(document: Any, block: Block, sheet: _Sheet) -> None:
    if block.rows:
        _table(document, block.rows, sheet)
    elif block.level == 1:
        _heading_of_document(document, block.text, sheet)
    elif block.text == DRAFT:
        _draft_mark(document)
    elif block.text:
        paragraph = _paragraph(document, block.text)
        run_in = _RUN_IN.match(block.text) if block.level == 0 else None
        if run_in:
            _font(paragraph.add_run(run_in[0]), _KAITI, _BODY)
            paragraph.add_run(block.text[run_in.end() :])
        else:
            run = paragraph.add_run(block.text)
            _font(run, _HEADING_FONTS.get(block.level, _FANGSONG), _BODY)
        paragraph.paragraph_format.keep_with_next = block.level > 0


def _heading_of_document(document: Any, text: str, sheet: _Sheet) -> None:
    """Write a title, a blank line below it; each further one begins a page of its own."""
    from docx.shared import Pt

    is_first = not document.paragraphs
    paragraph = _centred(document, text, _XIAOBIAOSONG, _TITLE)
    _broken_at_a_word(paragraph, text, sheet)
    paragraph.paragraph_format.line_spacing = Pt(2 * _BODY)
    paragraph.paragraph_format.page_break_before = not is_first
    document.add_paragraph()


_TITLE_WORD = re.compile(
    "关于|主要|组织|(?<!组织)落实|巡[察视]|整改|情况|问题|进展|的(?:报告|通报)"
)


def _broken_at_a_word(paragraph: Any, text: str, sheet: _Sheet) -> None:
    """Narrow a title that takes two lines so that no word is parted (7.3.1): the longer one above.

    No line end is written into it: the title stays one text.
    """
    from docx.shared import Pt

    length, line = _characters(text), sheet.area / _TITLE
    if not line < length <= 2 * line:
        return
    starts = [match.start() for match in _TITLE_WORD.finditer(text)]
    above = [_characters(text[:start]) for start in starts]
    fitting = [one for one in above if length / 2 <= one < line]
    if fitting:
        margin = (sheet.area - (min(fitting) + 0.5) * _TITLE) / 2
        paragraph.paragraph_format.left_indent = Pt(margin)
        paragraph.paragraph_format.right_indent = Pt(margin)


def _draft_mark(document: Any) -> None:
    """Write that this is a draft in the middle below the title, and a blank line below."""
    blank = document.paragraphs[-1] if document.paragraphs else None
    if blank is not None and not blank.text:
        blank._p.getparent().remove(blank._p)  # noqa: SLF001 - python-docx cannot take away
    _centred(document, DRAFT, _KAITI, _BODY)
    document.add_paragraph()


def _centred(document: Any, text: str, font: str, size: float) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(text), font, size)
    return paragraph


_RATE = "%（"


def _paragraph(document: Any, text: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    # What may not be broken is long: 63.2%（12/19）. The line before it would be torn apart.
    is_ragged = _RATE in text
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_ragged else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY)
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - characters, not points
    indent.set(qn("w:firstLineChars"), "200")
    return paragraph


def _signed(document: Any, lines: list[str], sheet: _Sheet) -> None:
    """Place signature and date as a document without a seal has them (7.3.5.2).

    One line below the text; the signature two characters from the right, the date's first
    character two to the right of the signature's. A date longer than the signature stands two
    characters from the right and the signature moves.
    """
    from docx.shared import Pt

    if document.paragraphs[-1:] and document.paragraphs[-1].text:
        document.add_paragraph()
    line = sheet.area / _BODY
    starts = [max(line - 2 - _characters(text), 0.0) for text in lines]
    if len(lines) > 1:
        starts[0] = max(min(starts[0], starts[1] - 2), 0.0)
        starts[1] = starts[0] + 2
    for text, start in zip(lines, starts, strict=True):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Pt(start * _BODY)
        paragraph.paragraph_format.keep_with_next = text is not lines[-1]


def _characters(text: str) -> float:
    """Measure a text in Chinese characters: a digit is half of one, and stands a little apart."""
    apart = len(_SCRIPT_CHANGES.findall(text)) / 4
    return apart + sum(0.5 if character.isascii() else 1.0 for character in text)


def _table(document: Any, rows: tuple[tuple[str, ...], ...], sheet: _Sheet) -> None:
    """Write a table; its first row comes again on every page, and no row is parted by one.

    Neither the first row nor the last stands on a page alone.
    """
    from docx.shared import Mm, Pt

    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    widths = _widths(rows, sheet)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        _row_form(row, is_head=number == 0)
        if number and len(texts) > _OPINIONS and not any(texts[_OPINIONS:]):
            row.height = Mm(_TO_SIGN_IN)
        if not any(texts[1:]):
            row.height = Mm(_TO_WRITE_IN)
        is_kept = number in (0, len(rows) - 2)
        for cell, text, width in zip(row.cells, texts, widths, strict=False):
            _cell(cell, text, width, _HEITI if number == 0 else _FANGSONG, sheet.table)
            cell.paragraphs[0].paragraph_format.keep_with_next = is_kept
    document.add_paragraph().paragraph_format.line_spacing = Pt(_LINE / 2)


_OPINIONS = 2  # who, and what he says: what is left empty behind them is for his hand


def _row_form(row: Any, *, is_head: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _cell(cell: Any, text: str, width: float, font: str, size: float) -> None:
    from docx.shared import Pt

    cell.width = Pt(width)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(size * 1.5)
    _font(paragraph.add_run(text), font, size)


_PIECE = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9A-Za-z.\\-]+")


def _widths(rows: tuple[tuple[str, ...], ...], sheet: _Sheet) -> list[float]:
    """Distribute the type area's width among columns, in points.

    Columns of short texts get what those take; the others share the rest by the roots of their
    lengths, so that a long text takes more lines but not all of the page, and none is narrower
    than a day or a number in it, or than a few characters. An empty column is there to be written
    in.
    """
    columns = list(zip(*rows, strict=True))
    whole = [1 + _wanted(column, sheet.blank) for column in columns]
    unbroken = [1 + max(map(_longest_piece, column)) for column in columns]
    few = [min(one, max(sheet.few, low)) for one, low in zip(whole, unbroken, strict=True)]
    room = _room(sheet, len(whole))
    least = few if sum(few) <= room else unbroken
    wanted = whole if sum(whole) <= room else _shared(whole, least, room)
    return [sheet.area * (length + 1) / (sum(wanted) + len(wanted)) for length in wanted]


def _shared(whole: list[float], least: list[float], room: float) -> list[float]:
    """Give every column its least, and the rest by the roots of what they want, up to that."""
    pairs = list(zip(whole, least, strict=True))
    firm = least
    for short in _FIRM:
        kept = [max(low, one if one <= 1 + short else 0.0) for one, low in pairs]
        readable = [max(one, min(_READABLE, all_)) for one, all_ in zip(kept, whole, strict=True)]
        if sum(readable) <= room:
            firm = kept
            break
    low, high = 0.0, max(whole)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        taken = _taken(whole, firm, middle)
        low, high = (middle, high) if sum(taken) < room else (low, middle)
    return _taken(whole, firm, high)


_HALVINGS = 40
_READABLE = 15.0  # characters: what a column of long texts has at least beside such
_FIRM = (11.0, 10.0, 8.0, 6.0)  # characters: columns of no longer texts keep them on one line


def _taken(whole: list[float], firm: list[float], share: float) -> list[float]:
    return [min(one, max(low, share * sqrt(one))) for one, low in zip(whole, firm, strict=True)]


def _longest_piece(text: str) -> float:
    """Measure what of a text must not be broken: a day, a number, a word; at most so much."""
    return min(max(map(_characters, _PIECE.findall(text)), default=2.0), _SHORT)


def _wanted(column: tuple[str, ...], blank: float) -> float:
    """Measure what a column wants: its longest text, its head in two lines, room for a hand."""
    head, *texts = map(_characters, column)
    return max(*texts, head / 2 if head > _SHORT / 2 else head) if any(texts) else blank
