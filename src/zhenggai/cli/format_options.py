"""The `--format` option of each command, with the formats registered for its kind of output."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zhenggai.exporters import registry

_OPTION = typer.Option("--format", help="输出的形式。")

if TYPE_CHECKING:
    # Which texts there are is only known when the program runs.
    _Rows = str
    _Status = str
    _Finding = str
    _Chain = str
    _History = str
    _Problems = str
    _Edits = str
    _Paper = str
else:
    _Rows = Literal[registry.names("rows")]
    _Status = Literal[registry.names("status")]
    _Finding = Literal[registry.names("finding")]
    _Chain = Literal[registry.names("chain")]
    _History = Literal[registry.names("history")]
    _Problems = Literal[registry.names("problems")]
    _Edits = Literal[registry.names("edits")]
    _Paper = Literal[registry.names("paper")]

RowsFormatOption = Annotated[_Rows, _OPTION]
StatusFormatOption = Annotated[_Status, _OPTION]
FindingFormatOption = Annotated[_Finding, _OPTION]
ChainFormatOption = Annotated[_Chain, _OPTION]
HistoryFormatOption = Annotated[_History, _OPTION]
ProblemsFormatOption = Annotated[_Problems, _OPTION]
EditsFormatOption = Annotated[_Edits, _OPTION]
PaperFormatOption = Annotated[
    _Paper | None, typer.Option("--format", help="输出的形式；不写时按文件的扩展名，没有的用md。")
]
