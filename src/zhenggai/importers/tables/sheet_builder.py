"""What every reader of a sheet keeps to: the limits on rows, columns, cells and sheets."""

from collections.abc import Mapping
from typing import Final

from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.grid import MOST_COLUMNS, Cell, CellKind, clean, column_letter

MOST_ROWS: Final = 20_000
MOST_CHARACTERS_OF_A_CELL: Final = 32_767
MOST_CHARACTERS: Final = 20_000_000
MOST_SHEETS: Final = 50


class SheetBuilder:
    """Takes the cells of one file's sheets and refuses what no ledger has.

    Rows count where a cell in them holds something; the characters are counted over all sheets.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._characters = 0
        self._sheets = 0
        self._name = ""
        self._rows: dict[int, dict[int, Cell]] = {}

    def begin(self, name: str) -> None:
        """Begin a sheet."""
        self._sheets += 1
        if self._sheets > MOST_SHEETS:
            raise self._too_much(f"的表超过{MOST_SHEETS}张")
        self._name, self._rows = name, {}

    def add(self, row: int, column: int, cell: Cell) -> None:
        """Take a cell; one that says nothing and needs no word about it is left out."""
        if not cell.text and cell.kind is not CellKind.UNCACHED and not cell.remarks:
            return
        where = f"的“{self._name}”" if self._name else ""
        if column > MOST_COLUMNS:
            raise self._too_much(
                f"{where}超过{MOST_COLUMNS}列（{column_letter(column)}{row}有内容）"
            )
        if len(cell.text) > MOST_CHARACTERS_OF_A_CELL:
            raise self._too_much(f"{where}第{row}行第{column}列超过{MOST_CHARACTERS_OF_A_CELL}字")
        self._characters += len(cell.text)
        if self._characters > MOST_CHARACTERS:
            raise self._too_much(f"超过{MOST_CHARACTERS // 10_000}万字")
        cells = self._rows.get(row)
        if cells is None:
            if len(self._rows) == MOST_ROWS:
                raise self._too_much(f"{where}超过{MOST_ROWS}行")
            cells = self._rows[row] = {}
        cells[column] = cell

    def remark(self, row: int, column: int, *remarks: str) -> None:
        """Add something to point at to a cell that may hold nothing."""
        cell = self._rows.get(row, {}).get(column) or Cell("")
        self.add(
            row,
            column,
            Cell(
                cell.text,
                cell.kind,
                cell.number,
                cell.day,
                (*cell.remarks, *remarks),
                cell.paragraphs,
            ),
        )

    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """Return the rows of the sheet in order."""
        return {row: dict(sorted(self._rows[row].items())) for row in sorted(self._rows)}

    def _too_much(self, what: str) -> InvalidInputError:
        return InvalidInputError(f"“{self.file}”{what}，不会是一份台账；请只留下台账的内容再导入")


def text_cell(text: str, *remarks: str) -> Cell:
    """Return a cell of plain text."""
    return Cell(clean(text), remarks=remarks)
