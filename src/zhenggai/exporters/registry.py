"""The registry of output formats: a line for each, its module loaded when it is asked for.

A format's module has a function for each subject it can write, which the line names as well: help
and completion list what a command may be asked for without loading any format.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, overload

from zhenggai.model.suggestion import meant

if TYPE_CHECKING:
    from zhenggai.ledger.calendar_entries import Calendar
    from zhenggai.model.notice_settings import Notice
    from zhenggai.notice.rendering import Marks
    from zhenggai.views.board_content import Board
    from zhenggai.views.check_report import CheckReport
    from zhenggai.views.columns import Tabular
    from zhenggai.views.county_content import CountyBoard
    from zhenggai.views.drawn_sample import DrawnSample
    from zhenggai.views.edits import EditReport
    from zhenggai.views.finding_chain import Chain
    from zhenggai.views.finding_detail import FindingSheets
    from zhenggai.views.finding_history import History
    from zhenggai.views.inspection_detail import InspectionSheet
    from zhenggai.views.layout import Screen
    from zhenggai.views.progress_tables import Report
    from zhenggai.views.workbook import Workbook

Subject = Literal[
    "rows",
    "status",
    "finding",
    "inspection",
    "chain",
    "history",
    "sample",
    "problems",
    "edits",
    "paper",
    "workbook",
    "board",
    "county",
    "calendar",
]


class Format(NamedTuple):
    """An output format: its module, the subjects it writes, and what its files are like."""

    module: str
    subjects: tuple[Subject, ...]
    suffixes: tuple[str, ...] = ()
    is_binary: bool = False


FORMATS = {
    "table": Format("zhenggai.exporters.table", ("rows", "status")),
    "plain": Format("zhenggai.exporters.plain", ("rows", "status")),
    "markdown": Format("zhenggai.exporters.markdown", ("rows", "status")),
    "csv": Format("zhenggai.exporters.csv", ("rows", "status", "workbook"), (".csv",)),
    "md": Format("zhenggai.exporters.md", ("paper",), (".md",)),
    "text": Format(
        "zhenggai.exporters.text",
        ("finding", "inspection", "chain", "history", "sample", "problems", "edits", "paper"),
        (".txt",),
    ),
    "json": Format(
        "zhenggai.exporters.json",
        (
            "rows",
            "status",
            "finding",
            "inspection",
            "chain",
            "history",
            "sample",
            "problems",
            "edits",
        ),
    ),
    "github": Format("zhenggai.exporters.github", ("problems",)),
    "gitlab": Format("zhenggai.exporters.gitlab", ("problems",)),
    "junit": Format("zhenggai.exporters.junit", ("problems",)),
    "sarif": Format("zhenggai.exporters.sarif", ("problems",)),
    "html": Format("zhenggai.exporters.html", ("paper",), (".html", ".htm")),
    "docx": Format("zhenggai.exporters.docx", ("paper",), (".docx",), is_binary=True),
    "pdf": Format("zhenggai.exporters.pdf", ("paper",), (".pdf",), is_binary=True),
    "xlsx": Format("zhenggai.exporters.xlsx", ("workbook",), (".xlsx",), is_binary=True),
    "board": Format("zhenggai.exporters.board_page", ("board", "county"), (".html", ".htm")),
    "ics": Format("zhenggai.exporters.ics", ("calendar",), (".ics",), is_binary=True),
}


class UnknownFormatError(ValueError):
    """There is no such format for what is to be written; the message says which there are."""


def names(subject: Subject) -> tuple[str, ...]:
    """Return the formats in which a subject can be written."""
    return tuple(name for name, one in FORMATS.items() if subject in one.subjects)


def by_suffix(subject: Subject) -> dict[str, str]:
    """Return the formats in which a subject can be written, by the endings of their files."""
    return {suffix: name for name in names(subject) for suffix in FORMATS[name].suffixes}


def find(subject: Subject, name: str) -> Format:
    """Return a format of a subject; raise UnknownFormatError where it has none of this name."""
    known = names(subject)
    if name not in known:
        close = meant(name, known, 0.5)
        raise UnknownFormatError(f"没有“{name}”这种形式；{close}可写：{'、'.join(known)}")
    return FORMATS[name]


# What each subject's function is given.
_Rows = Callable[["Tabular", "Screen"], str]
_Status = Callable[["Report", "Screen"], str]
_Finding = Callable[["FindingSheets", "Screen"], str]
_Inspection = Callable[["InspectionSheet", "Screen"], str]
_Chain = Callable[["Chain", "Screen"], str]
_History = Callable[["History", "Screen"], str]
_Sample = Callable[["DrawnSample", "Screen"], str]
_Problems = Callable[["CheckReport"], str]
_Edits = Callable[["EditReport"], str]
_Paper = Callable[[str, "Notice | None", "Marks"], "str | bytes"]
_Workbook = Callable[["Workbook"], "str | bytes"]
_Board = Callable[["Board"], str]
_County = Callable[["CountyBoard"], str]
_Calendar = Callable[["Calendar"], bytes]


@overload
def writer(subject: Literal["rows"], name: str) -> _Rows: ...
@overload
def writer(subject: Literal["status"], name: str) -> _Status: ...
@overload
def writer(subject: Literal["finding"], name: str) -> _Finding: ...
@overload
def writer(subject: Literal["inspection"], name: str) -> _Inspection: ...
@overload
def writer(subject: Literal["chain"], name: str) -> _Chain: ...
@overload
def writer(subject: Literal["history"], name: str) -> _History: ...
@overload
def writer(subject: Literal["sample"], name: str) -> _Sample: ...
@overload
def writer(subject: Literal["problems"], name: str) -> _Problems: ...
@overload
def writer(subject: Literal["edits"], name: str) -> _Edits: ...
@overload
def writer(subject: Literal["paper"], name: str) -> _Paper: ...
@overload
def writer(subject: Literal["workbook"], name: str) -> _Workbook: ...
@overload
def writer(subject: Literal["board"], name: str) -> _Board: ...
@overload
def writer(subject: Literal["county"], name: str) -> _County: ...
@overload
def writer(subject: Literal["calendar"], name: str) -> _Calendar: ...
def writer(subject: Subject, name: str) -> Callable[..., Any]:
    """Return a format's function for a subject, its module loaded.

    Raise UnknownFormatError where there is no such format.
    """
    function: Callable[..., Any] = getattr(import_module(find(subject, name).module), subject)
    return function
