"""What the number format of a cell says: that it is a day, and what of a value is shown."""

import re
from typing import TYPE_CHECKING

from zhenggai.importers.tables.grid import Cell, CellKind, plain_number

if TYPE_CHECKING:
    from datetime import datetime

# Of these a Chinese Excel or WPS writes the number alone (ECMA-376, 18.8.30, zh-cn).
_LOCAL_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
}
_UNSEEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def local_format(number: int) -> str:
    """Return the code of a built-in format that depends on the language; '' for any other."""
    return _LOCAL_DATES.get(number, "")


def hides_day(code: str) -> bool:
    """Whether a format shows year and month and no day."""
    shown = _UNSEEN.sub("", code.partition(";")[0]).lower()
    return "y" in shown and "m" in shown and "d" not in shown and "h" not in shown


def numeric_cell(
    number: float, moment: "datetime | None", code: str, remarks: tuple[str, ...]
) -> Cell:
    """Return a number as a cell, where it is a day with that: as its format shows it."""
    if moment is not None:
        day = moment.date()
        if hides_day(code) and day.day == 1:
            # What is typed as 2021年3月 is kept as its first day and shown without it.
            return Cell(f"{day.year}年{day.month}月", remarks=remarks)
        return Cell(day.isoformat(), CellKind.DATE, number, day, remarks)
    if code.endswith("%"):
        places = len(code.partition(".")[2]) - 1 if "." in code else 0
        return Cell(f"{number:.{places}%}", CellKind.NUMBER, number, remarks=remarks)
    return Cell(plain_number(number), CellKind.NUMBER, number, remarks=remarks)
