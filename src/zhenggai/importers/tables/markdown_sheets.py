"""Read the tables of a Markdown file, as the lists that the program writes are."""

from collections import defaultdict

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.csv_sheets import decoded
from zhenggai.importers.tables.grid import Sheet, Workbook, clean
from zhenggai.importers.tables.sheet_builder import MOST_ROWS, SheetBuilder, text_cell
from zhenggai.notice.markdown_blocks import blocks

_MOST_CHARACTERS = 2_000_000


def read_markdown(file: str, content: bytes, kind: str) -> Workbook:
    """Read the tables of a file; what stands between them is `around` as in a Word file."""
    text, _ = decoded(file, content)
    # Before it takes the parser long.
    if len(text) > _MOST_CHARACTERS or text.count("\n") > MOST_ROWS:
        raise InvalidInputError(f"“{file}”太大，不会是一份台账；请只留下台账的表格再导入")
    builder = SheetBuilder(file)
    sheets: list[Sheet] = []
    around: defaultdict[int, list[str]] = defaultdict(list)
    for block in blocks(text):
        if not block.rows:
            if said := clean(block.text):
                around[len(sheets)].append(said)
            continue
        name = f"表{len(sheets) + 1}"
        builder.begin(name)
        for number, row in enumerate(block.rows, start=1):
            for column, cell in enumerate(row, start=1):
                builder.add(number, column, text_cell(cell))
        sheets.append(Sheet(file, name, builder.rows(), is_named=False, counts_cells=True))
    return Workbook(
        file,
        kind,
        tuple(sheets),
        around={number: tuple(texts) for number, texts in around.items()},
    )
