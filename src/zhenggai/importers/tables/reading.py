"""Read a file that was handed in as a grid, by what it is."""

from pathlib import Path

from zhenggai.importers.tables.file_kind import FileKind, kind_of
from zhenggai.importers.tables.grid import Workbook
from zhenggai.importers.tables.synonyms import is_own_table, known_names
from zhenggai.importers.tables.zip_limits import MOST_BYTES
from zhenggai.storage.handed_file import read_handed


def open_workbook(path: Path) -> Workbook:
    """Read the file at a path; raise WrongUsageError where there is none, else as below."""
    return read_workbook(path.name, read_handed(path, MOST_BYTES, "台账"))


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
        case FileKind.CSV:
            from zhenggai.importers.tables.csv_sheets import read_csv

            return read_csv(file, content, kind.value, known_names, is_own_table)
