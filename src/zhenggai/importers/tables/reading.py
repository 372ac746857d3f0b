"""Read a file that was handed in as a grid, by what it is."""

import re
from pathlib import Path

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.file_kind import FileKind, kind_of
from zhenggai.importers.tables.grid import Workbook
from zhenggai.importers.tables.synonyms import is_own_table, known_names
from zhenggai.importers.tables.zip_limits import MOST_BYTES, checked_archive
from zhenggai.storage.handed_file import read_handed


def open_workbook(path: Path) -> Workbook:
    """Read the file at a path; raise WrongUsageError where there is none, else as below."""
    return read_workbook(path.name, read_handed(path, MOST_BYTES, "台账"))


_TABLE_IN_MARKDOWN = re.compile(rb"^[ >]{0,9}\|?[ :]*-+[ :]*\|", re.MULTILINE)
_TABLE_IN_WORD = b":tbl>"


def may_hold_tables(path: Path) -> bool:
    """Whether a Word or Markdown file has a table at all: reading it as one takes long."""
    content = read_handed(path, MOST_BYTES, "台账")
    if kind_of(path.name, content) is not FileKind.WORD:
        return _TABLE_IN_MARKDOWN.search(content) is not None
    archive = checked_archive(path.name, content)
    with archive:
        parts = [name for name in archive.namelist() if name.endswith(".xml")]
        return any(_TABLE_IN_WORD in archive.read(name) for name in parts)


def open_plan(path: Path) -> Workbook:
    """Read a Word file as a plan (整改方案); raise InvalidInputError for what is no Word file."""
    from zhenggai.importers.tables.plan_sheets import read_plan  # a library of its own, as above

    content = read_handed(path, MOST_BYTES, "整改方案")
    if kind_of(path.name, content) is not FileKind.WORD:
        raise InvalidInputError(f"“{path.name}”不是docx文件；整改方案请另存为docx再导入")
    return read_plan(path.name, content)


def read_workbook(file: str, content: bytes) -> Workbook:
    """Return what a file holds; raise InvalidInputError for what is no table or too large."""
    kind = kind_of(file, content)
    # Each kind has a library of its own, which takes longer to load than most commands to run.
    match kind:
        case FileKind.XLSX:
            from zhenggai.importers.tables.xlsx_sheets import read_xlsx

            return read_xlsx(file, content, kind.value)
        case FileKind.XLS:
            from zhenggai.importers.tables.xls_sheets import read_xls

            return read_xls(file, content, kind.value)
        case FileKind.WORD:
            from zhenggai.importers.tables.word_sheets import read_word

            return read_word(file, content, kind.value)
        case FileKind.MARKDOWN:
            from zhenggai.importers.tables.markdown_sheets import read_markdown

            return read_markdown(file, content, kind.value)
        case FileKind.CSV:
            from zhenggai.importers.tables.csv_sheets import read_csv

            return read_csv(file, content, kind.value, known_names, is_own_table)
