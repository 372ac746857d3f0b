"""Read the tables of a Word file, as the one reader of Word files sees them."""

from collections import defaultdict

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import Cell, Sheet, Span, Workbook, clean
from zhenggai.importers.tables.sheet_builder import SheetBuilder
from zhenggai.importers.tables.zip_limits import checked_archive
from zhenggai.notice.word.document import WordRow, read_tables
from zhenggai.notice.word.markup import TOO_MUCH, UnreadableError


def read_word(file: str, content: bytes, kind: str) -> Workbook:
    """Read the tables of a document; raise InvalidInputError where there are none."""
    checked_archive(file, content).close()
    try:
        parts, found = read_tables(content)
    except UnreadableError as error:
        what = "展开以后太大；请只留下台账的表格再导入" if str(error) == TOO_MUCH else str(error)
        raise InvalidInputError(f"“{file}”{what}") from None
    builder = SheetBuilder(file)
    sheets: list[Sheet] = []
    around: defaultdict[int, list[str]] = defaultdict(list)
    for part in parts:
        if isinstance(part, str):
            if text := clean(part):
                around[len(sheets)].append(text)
        else:
            name = f"表{len(sheets) + 1}"
            builder.begin(name)
            sheets.append(_sheet(file, builder, name, part))
    if not sheets:
        raise InvalidInputError(f"“{file}”里没有表格；请导入有表格的docx，或xlsx、xls、et、csv")
    notes = [f"有修订{found.changes}处，按全部接受以后的文字读出"] if found.changes else []
    notes += [f"有隐藏的内容{found.hidden}处，未读取"] if found.hidden else []
    unread = "、".join(f"{what}{count}处" for what, count in found.unread.items() if count)
    notes += [f"有无法读取的内容：{unread}"] if unread else []
    return Workbook(
        file,
        kind,
        tuple(sheets),
        tuple(notes),
        around={number: tuple(texts) for number, texts in around.items()},
    )


def _sheet(file: str, builder: SheetBuilder, name: str, rows: tuple[WordRow, ...]) -> Sheet:
    open_spans: dict[int, Span] = {}
    spans: list[Span] = []
    for number, row in enumerate(rows, start=1):
        begun: dict[int, Span] = {}
        for cell in row:
            above = open_spans.get(cell.column) if cell.continues else None
            right = cell.column + cell.span - 1
            span = Span(above.top if above else number, cell.column, number, right)
            begun[cell.column] = span
            if above is not None and above in spans:
                spans.remove(above)
            if span.top < span.bottom or span.left < span.right:
                spans.append(span)
            text = "\n".join(cell.paragraphs)
            # Text under a merge is not shown by Word; it is with what is shown all the same.
            paragraphs = cell.paragraphs if len(cell.paragraphs) > 1 else ()
            if not above:
                builder.add(number, cell.column, Cell(clean(text), paragraphs=paragraphs))
            elif text:
                builder.remark(span.top, span.left, f"合并单元格里被盖住的文字“{clean(text)}”")
        open_spans = begun
    return Sheet(file, name, builder.rows(), tuple(spans), is_named=False, counts_cells=True)
