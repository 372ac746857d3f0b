"""The tables that ledgers are written to: their columns, each from the declaration of its field.

Columns only ever grow: what reads them by name goes on working. `SCHEMA_VERSION` rises where one
has to mean something else.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, get_args

from zhenggai.ledger.standing import Standing
from zhenggai.model.declaration import Declaration, Model
from zhenggai.model.inspection_model import DemocraticMeeting, Inspection, SubmittedPaper
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.record_models import RECORDS

SCHEMA_VERSION: Final = 2

DATE, INT, BOOL, TEXT, MONEY = "DATE", "INTEGER", "BOOLEAN", "VARCHAR", "DECIMAL(18,2)"


class TableColumn(NamedTuple):
    """A column: its name, its type in SQL, whether it may be empty, and what it says.

    `words` tells that it holds words of the finding: those of one that is not public (不公开) are
    not written unless that is asked for.
    """

    name: str
    type: str
    nullable: bool
    says: str
    words: bool = False


class Table(NamedTuple):
    """A table: its name, what a row of it is, its columns, and how many of them have no field.

    Those stand before the others, each of which is for a field of the model that a row is made of.
    """

    name: str
    says: str
    columns: tuple[TableColumn, ...]
    given: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


class Cut:
    """Which columns of a table some rows have cells for; in the others nothing stands.

    A record of one kind fills few of the columns that records have.
    """

    def __init__(self, table: Table, columns: Sequence[TableColumn]) -> None:
        """Take the columns in the order of the table."""
        self.table, self.columns = table, tuple(columns)


Cells = tuple[Any, ...]
Row = tuple[Cut, Cells]
"""A row of a table: its cells, and the columns that they are in."""


# -- columns of declarations ------------------------------------------------------------------

_TYPES = {"date": DATE, "int": INT, "bool": BOOL, "Decimal": MONEY}
_PAPERS = {
    "plan": SubmittedPaper,
    "report": SubmittedPaper,
    "democratic_meeting": DemocraticMeeting,
}
_PERIOD_PARTS = {"months": "整月", "days": "天数", "working_days": "工作日数"}
# Words that figures are made by: groups (方面, 问题类别, 科室, 领导) and what points to a finding.
_NO_WORDS = (
    "category",
    "aspect",
    "previous",
    "handled_with",
    "split_from",
    "merged_into",
    "new_id",
)


# What SQL has words of its own for.
COLUMN_OF: Final = {"on": "on_day", "by": "by_whom", "group": "inspected_by"}
"""The names of columns that are other than those of their fields."""


def _annotations(model: type[Model]) -> dict[str, str]:
    """Return how the values of a model's fields are typed, those of its bases first."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        found |= {name: str(hint) for name, hint in vars(one).get("__annotations__", {}).items()}
    return {name: hint.removesuffix(" | None") for name, hint in found.items()}


def _is_list(hint: str) -> bool:
    return hint.startswith(("tuple[", "dict["))


def list_fields(model: type[Model]) -> dict[str, Declaration]:
    """Return the fields of a model that hold several texts, or texts with a number each."""
    hints = _annotations(model)
    plain = ("tuple[str, ...]", "dict[str, int]", "dict[str, str]", "tuple[Evidence, ...]")
    return {
        name: one
        for name, one in model.DECLARED.items()
        if hints[name] in plain and name not in ("departments", "assisting", "aspects")
    }


def field_columns(model: type[Model]) -> tuple[TableColumn, ...]:
    """Return a column for each field of a model that holds one value."""
    return tuple(_columns_of(model))


def _columns_of(model: type[Model]) -> Iterator[TableColumn]:
    hints = _annotations(model)
    for name, one in model.DECLARED.items():
        hint, says = hints[name], f"{one.key}：{one.description}"
        column_name = COLUMN_OF.get(name, name)
        if name in _PAPERS:
            for column in field_columns(_PAPERS[name]):
                said = f"{one.key}的{column.says}"
                yield column._replace(name=f"{name}_{column.name}", nullable=True, says=said)
        elif hint == "Period":
            nullable = one.default is None
            for part, unit in _PERIOD_PARTS.items():
                yield TableColumn(f"{name}_{part}", INT, nullable, f"{says}（{unit}）")
        elif not _is_list(hint) and hint != "Notice":
            words = hint == "str" and not one.names and name not in _NO_WORDS
            nullable = one.default is None or words
            yield TableColumn(column_name, _TYPES.get(hint, TEXT), nullable, says, words)


def _of_records() -> Iterator[TableColumn]:
    """Yield the columns of records of any kind: what some of them do not say is empty there."""
    met: dict[str, TableColumn] = {}
    columns = {model: field_columns(model) for model in RECORDS.values()}
    everywhere = set.intersection(*({one.name for one in some} for some in columns.values()))
    for some in columns.values():
        for column in some:
            known = met.get(column.name, column)
            optional = column.name not in everywhere or known.nullable or column.nullable
            words = known.words or column.words
            met[column.name] = known._replace(nullable=optional, words=words)
    yield from met.values()


_STANDING_TYPES = {"date": DATE, "int": INT, "bool": BOOL}


def _of_standing() -> Iterator[TableColumn]:
    """Yield the columns of a standing: of its level its name and colour, of measures how many."""
    for name, hint in Standing.__annotations__.items():
        if name == "level":
            yield TableColumn("warning", TEXT, nullable=True, says="预警等级的名称")
            yield TableColumn("warning_colour", TEXT, nullable=True, says="预警等级的颜色")
        elif name == "late_measures":
            yield TableColumn(name, INT, nullable=False, says="过了自己时限的措施数")
        else:
            kinds = [one.__name__ for one in get_args(hint) or (hint,)]
            type_ = _STANDING_TYPES.get(kinds[0], TEXT)
            yield TableColumn(name, type_, "NoneType" in kinds, _STANDING_WORDS[name])


_STANDING_WORDS = {
    "stage": "整改状态",
    "timing": "时限情况",
    "deadline": "有效的时限，或下次检视",
    "days_left": "离时限的天数，过了是负数",
    "threshold": "到了哪一档预警的天数",
    "closed_on": "销号日期",
    "late_days": "逾期几天才申请（没有申请一步的：销号）",
    "last_on": "最近进展",
    "idle_days": "无进展的天数",
    "extensions": "延期次数",
    "once_overdue_days": "曾逾期天数",
    "holder": "待办环节",
    "waiting_days": "等待天数",
    "undecided": "超期未审",
    "visited_on": "最近督查",
    "unsupervised": "本期未督查",
    "recognised": "上级认可",
    "withdrawn": "已撤销登记，不计入任何数",
    "measures_done": "完成的措施数",
    "rectified": "计入整改完成率",
    "stated": "所写的时限",
    "last_working_day": "此前最后一个工作日",
    "approximate": "有关日期为约数",
    "measures": "措施数",
    "is_review": "时限是检视",
    "unanswered": "督办未回复件数",
    "reply_overdue": "其中过了回复期限的",
    "leader": "现在的责任领导",
    "owner": "现在的责任人",
}

# -- the tables -------------------------------------------------------------------------------

_LEDGER = TableColumn("ledger_id", TEXT, nullable=False, says="台账：相对于根文件夹的路径")
_FINDING = TableColumn("finding_id", TEXT, nullable=False, says="问题：台账/编号")
_PLACE = TableColumn("place", INT, nullable=False, says="第几个，从1数起")


def _table(name: str, says: str, *given: TableColumn, fields: Iterable[TableColumn] = ()) -> Table:
    return Table(name, says, (*given, *fields), len(given))


INSPECTIONS = _table(
    "inspections",
    "一本台账一行：inspection.yaml",
    _LEDGER,
    TableColumn("region", TEXT, nullable=True, says="台账所在的文件夹；就在根文件夹里的为空"),
    TableColumn("is_read", BOOL, nullable=False, says="inspection.yaml没有错误，台账计入各数"),
    TableColumn("findings_read", INT, nullable=False, says="读取的问题数"),
    TableColumn("findings_unreadable", INT, nullable=False, says="有错误、未计入的问题文件数"),
    TableColumn(
        "calendar", TEXT, nullable=True, says="自己的节假日.yaml的标识，相同的标识相同；没有的为空"
    ),
    fields=field_columns(Inspection),
)
INSPECTION_ASPECTS = _table(
    "inspection_aspects",
    "反馈意见的一个方面一行",
    _LEDGER,
    _PLACE,
    TableColumn("aspect", TEXT, nullable=False, says="方面"),
    TableColumn("findings_reported", INT, nullable=True, says="这个方面反馈的问题数"),
)
CLOSING_STEPS = _table(
    "closing_steps",
    "销号程序的一个环节一行",
    _LEDGER,
    _PLACE,
    TableColumn("step", TEXT, nullable=False, says="环节"),
)
WARNINGS = _table(
    "warnings",
    "一级预警一行，最急的在前",
    _LEDGER,
    _PLACE,
    TableColumn("name", TEXT, nullable=False, says="等级的名称"),
    TableColumn("colour", TEXT, nullable=False, says="颜色"),
    TableColumn("days", INT, nullable=False, says="离时限几天；负数是逾期几天"),
    TableColumn("in_working_days", BOOL, nullable=False, says="天数是工作日"),
)
FINDINGS = _table(
    "findings",
    "一个问题一行",
    _FINDING,
    _LEDGER,
    TableColumn("number", TEXT, nullable=False, says="编号，照文件名"),
    fields=field_columns(Finding),
)
FINDING_DEPARTMENTS = _table(
    "finding_departments",
    "一个问题的一个科室一行",
    _FINDING,
    _LEDGER,
    TableColumn("measure", INT, nullable=True, says="第几项措施自己的科室；问题的科室为空"),
    _PLACE,
    TableColumn("department", TEXT, nullable=False, says="科室"),
    TableColumn("is_assisting", BOOL, nullable=False, says="配合科室；统计只按责任科室"),
)
MEASURES = _table(
    "measures",
    "一项措施一行",
    _FINDING,
    _LEDGER,
    _PLACE,
    fields=field_columns(Measure),
)
RECORD_ROWS = _table(
    "records",
    "一条记录一行",
    _FINDING,
    _LEDGER,
    TableColumn("seq", INT, nullable=False, says="先后：按起算的日期，同一天按写的先后"),
    _PLACE._replace(says="文件里的第几条，从1数起"),
    TableColumn("counts_on", DATE, nullable=False, says="起算的日期：补登的是登记日期"),
    TableColumn("struck_on", DATE, nullable=True, says="从哪一天起因更正不算"),
    TableColumn("struck_by", INT, nullable=True, says="因文件里的第几条更正不算"),
    TableColumn("in_turn", BOOL, nullable=False, says="依次序有效；不依次序的一步不算"),
    fields=_of_records(),
)
HOLDERS = _table(
    "holders",
    "交接以后谁任职的一段日子一行；没有交接过的见findings",
    _FINDING,
    _LEDGER,
    TableColumn("post", TEXT, nullable=False, says="职责"),
    TableColumn("from_day", DATE, nullable=False, says="从哪一天起"),
    TableColumn("until_day", DATE, nullable=True, says="到哪一天为止，那一天不在内；没有就是空"),
    TableColumn("name", TEXT, nullable=True, says="谁"),
)
LIST_ITEMS = _table(
    "list_items",
    "一个字段里有几项的，一项一行",
    _LEDGER,
    _FINDING._replace(nullable=True, says="问题；台账自己的为空"),
    TableColumn(
        "owner", TEXT, nullable=False, says="在哪个表：inspections、findings、measures、records"
    ),
    TableColumn("owner_place", INT, nullable=True, says="第几项措施，或文件里第几条记录"),
    TableColumn("field", TEXT, nullable=False, says="哪个字段"),
    _PLACE,
    TableColumn("text", TEXT, nullable=False, says="内容", words=True),
    TableColumn("number", INT, nullable=True, says="数"),
)
UNREADABLE = _table(
    "unreadable",
    "读不出来的文件的一处错误一行",
    _LEDGER,
    TableColumn("file", TEXT, nullable=False, says="文件"),
    TableColumn("code", TEXT, nullable=False, says="错误的代码"),
    TableColumn("message", TEXT, nullable=False, says="错误"),
)
LEDGER_DAYS = _table(
    "ledger_days",
    "台账自己的节假日.yaml与通知不同的一天一行",
    _LEDGER,
    TableColumn("day", DATE, nullable=False, says="日期"),
    TableColumn("is_working", BOOL, nullable=False, says="工作日"),
    TableColumn("is_known", BOOL, nullable=False, says="这一年的放假安排已知"),
)
STANDING = _table(
    "standing",
    "一个问题在一天的状态一行，照 zhenggai status",
    TableColumn("day", DATE, nullable=False, says="哪一天"),
    _FINDING,
    _LEDGER,
    fields=_of_standing(),
)
DAYS = _table(
    "days",
    "一天一行，按国务院办公厅的通知",
    TableColumn("day", DATE, nullable=False, says="日期"),
    TableColumn("is_working", BOOL, nullable=False, says="工作日"),
    TableColumn("is_known", BOOL, nullable=False, says="这一年的放假安排已知"),
)
MONTHS = _table(
    "months",
    "一个月一行",
    TableColumn("month_index", INT, nullable=False, says="年×12+月"),
    TableColumn("first_day", DATE, nullable=False, says="第一天"),
    TableColumn("last_day", DATE, nullable=False, says="最后一天"),
)

REGIONAL: Final = (
    *(INSPECTIONS, INSPECTION_ASPECTS, CLOSING_STEPS, WARNINGS, FINDINGS, FINDING_DEPARTMENTS),
    *(MEASURES, RECORD_ROWS, HOLDERS, LIST_ITEMS, UNREADABLE, LEDGER_DAYS),
)
"""The tables of what ledgers say: a file of each for every region."""
COMMON: Final = (DAYS, MONTHS)
"""The tables that are the same whatever the ledgers say."""
TABLES: Final = {one.name: one for one in (*REGIONAL, STANDING, *COMMON)}
_WHOLE: Final = {one.name: Cut(one, one.columns) for one in TABLES.values()}


def whole_row(table: Table, cells: Cells) -> Row:
    """Return a row with a cell for every column of a table."""
    return _WHOLE[table.name], cells
