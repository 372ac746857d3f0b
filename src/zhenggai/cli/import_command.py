"""`zhenggai import`: a table, a plan or a published notice becomes a ledger, or goes into one."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import edit_options
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, InvalidInputError, WrongUsageError
from zhenggai.importers.tables.proposal import Accept, Answers

if TYPE_CHECKING:
    from zhenggai.cli.import_options import ImportOptions
    from zhenggai.cli.ledger_access import ReadLedger
    from zhenggai.importers.tables.grid import Workbook
    from zhenggai.model.dates import Period


class ImportKind(Enum):
    """What a file is imported as (`--as`)."""

    REGISTER = "台账"
    PLAN = "方案"
    NOTICE = "通报"


class Match(Enum):
    """By what rows without keys are matched with those of a ledger (`--match`)."""

    NUMBER = "编号"


class ImportFormat(Enum):
    """How the preview is written (`--format`)."""

    TEXT = "text"
    JSON = "json"


_TABLE_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".xltx", ".ett")
_WORD_ENDING, _MARKDOWN_ENDINGS = ".docx", (".md", ".markdown")


@command(
    """由表格（xlsx、xls、et、csv、docx和md里的表）、整改方案或公布的通报建立台账；读回填好的表。

        先显示读出了什么、哪些待定，再写入；-o 建立新台账，--ledger 读回已有的台账。""",
    examples="""
zhenggai import 整改台账.xlsx -o 台账
zhenggai import 整改台账.xlsx --dry-run --map 完成时间=时限
zhenggai import 办公室.xlsx 人事科.xlsx --ledger 台账
zhenggai import 整改方案.docx -o 台账
zhenggai import 通报.docx -o 台账""",
)
def import_files(
    sources: Annotated[
        list[str], typer.Argument(metavar="文件", help="表格、方案或通报；读回填好的表可以有几个。")
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="文件夹", help="新台账写到哪里。"),
    ] = None,
    kind: Annotated[
        ImportKind | None, typer.Option("--as", help="按什么读；不写时看内容。")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="列=字段",
            help="指明一列是什么，如 完成时间=时限，列也可写字母；列=- 不读入。可多次指定。",
        ),
    ] = None,
    columns_file: Annotated[
        str | None,
        typer.Option("--map-file", metavar="文件", help="每行一个“列=字段”的文本文件。"),
    ] = None,
    sheets: Annotated[
        list[str] | None,
        typer.Option("--sheet", metavar="表名", help="只读这张表（隐藏的也读）；可多次指定。"),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="年", min=1990, max=2199, help="没有写年份的时限是哪一年。"),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="日期", help="没有日期的完成和进展算哪一天；读回时不写为今天。"
        ),
    ] = None,
    review_every: Annotated[
        str | None,
        typer.Option("--review-every", metavar="周期", help="长期坚持的检视周期，如 每季度。"),
    ] = None,
    by: edit_options.ByOption = None,
    accept: Annotated[
        list[Accept] | None,
        typer.Option(
            "--accept",
            help="待定：留空写入；冲突：只写没有冲突的；新增：没有键的行作新措施、新问题；"
            "进展：状态文字写成进展；总数不符：通报的总数核对过仍写入。",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="编码", help="通报的编码，如 big5；不写就自动识别。"),
    ] = None,
    match: Annotated[
        Match | None,
        typer.Option("--match", help="读回没有键的表：编号和问题都相同的对上。"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示结果，不写入。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接写入。")] = False,
    style: Annotated[
        ImportFormat, typer.Option("--format", help="结果的形式。")
    ] = ImportFormat.TEXT,
    *,
    where: Where,
) -> ExitCode:
    """Read files as what they are, and make a ledger of them or take them into one."""
    kind = kind or _kind_of(sources)
    if kind is ImportKind.NOTICE:
        from zhenggai.cli.import_notice import import_notice

        return import_notice(
            _only(sources),
            output or ".",
            dry_run=dry_run,
            encoding=encoding,
            accepts_totals=Accept.TOTALS in (accept or ()),
        )
    from zhenggai.cli.import_options import ImportOptions
    from zhenggai.importers.tables.reading import open_plan, open_workbook

    answers = Answers(
        columns=tuple(_pair(one) for one in [*(columns or ()), *_lines_of(columns_file)]),
        sheets=tuple(sheets or ()),
        on=edit_options.parsed_day(on, "--on"),
        year=year,
        review_every=_period(review_every),
        accept=frozenset(accept or ()),
    )
    is_json = style is ImportFormat.JSON
    options = ImportOptions(answers, dry_run, yes, is_json, by, match is not None)
    if kind is ImportKind.PLAN:
        from zhenggai.cli.import_tables import import_tables

        return import_tables(open_plan(Path(_only(sources))), output, options)
    workbooks = [open_workbook(Path(name)) for name in sources]
    ledger = None if output is not None else _ledger(where, workbooks, options)
    if ledger is not None:
        return _into(ledger, workbooks, options)
    from zhenggai.cli.import_tables import import_tables

    _only(sources)
    return import_tables(workbooks[0], output, options)


def _kind_of(sources: list[str]) -> ImportKind:
    """Return what files are by their content; only names without one of a table's are asked."""
    ending = Path(sources[0]).suffix.lower()
    if ending in _TABLE_ENDINGS:
        return ImportKind.REGISTER
    if ending not in (_WORD_ENDING, *_MARKDOWN_ENDINGS):
        return ImportKind.NOTICE
    found = ImportKind.NOTICE
    if _has_register(sources[0]):
        found = ImportKind.REGISTER
    elif ending == _WORD_ENDING and _has_plan(sources[0]):
        found = ImportKind.PLAN
    if found is not ImportKind.NOTICE and len(sources) == 1 and _is_published(sources[0]):
        from zhenggai.cli.console import tell

        tell(
            f"“{sources[0]}”有标题、开头和落款，按公布的通报读；"
            f"要按{found.value}读，加 --as {found.value}"
        )
        return ImportKind.NOTICE
    return found


def _has_register(source: str) -> bool:
    """Whether a file has a table that is a register."""
    from zhenggai.importers.filled_sheet import is_given_out
    from zhenggai.importers.tables.proposing import propose
    from zhenggai.importers.tables.reading import may_hold_tables, open_workbook

    try:
        if not may_hold_tables(Path(source)):
            return False
        workbook = open_workbook(Path(source))
        proposal = propose(workbook)
    except InvalidInputError:
        return False
    # A table of another kind, as an annex, has columns to be pointed at and no finding.
    return bool(proposal.findings) or is_given_out(workbook)


def _has_plan(source: str) -> bool:
    from zhenggai.importers.tables.plan_sheets import is_plan
    from zhenggai.importers.tables.reading import open_plan

    try:
        return is_plan(open_plan(Path(source)))
    except InvalidInputError:
        return False


def _is_published(source: str) -> bool:
    """Whether a file has a notice's title, opening and signature, whatever stands between."""
    from zhenggai.notice.importing import is_published
    from zhenggai.notice.sources import read

    try:
        return is_published(read(Path(source)).text)
    except InvalidInputError:
        return False


def _only(sources: list[str]) -> str:
    if len(sources) > 1:
        raise WrongUsageError("建立新台账一次只读一个文件；读回填好的表用 --ledger 指明台账")
    return sources[0]


def _ledger(
    where: Where, workbooks: "list[Workbook]", options: "ImportOptions"
) -> "ReadLedger | None":
    """Return the ledger that is meant, or that one stands in; None where there is none."""
    from zhenggai.cli.console import tell
    from zhenggai.cli.ledger_access import load
    from zhenggai.cli.output_file import one_ledger

    try:
        loaded = one_ledger(load(where.ledger, where.today))
    except WrongUsageError:
        if where.ledger is not None or options.matches_numbers:
            raise
        return None
    if where.ledger is None:
        from zhenggai.importers.filled_sheet import is_given_out

        if not (options.matches_numbers or any(map(is_given_out, workbooks))):
            how = "用 -o 写明文件夹；读回这本台账的，加 --match 编号"
            raise WrongUsageError(f"这里是台账“{loaded.ledger.name}”；要建立新台账，{how}")
        tell(f"读回台账“{loaded.ledger.name}”；要建立新台账，用 -o 写明文件夹")
    return loaded


def _into(ledger: "ReadLedger", workbooks: "list[Workbook]", options: "ImportOptions") -> ExitCode:
    from zhenggai.cli.import_filled import import_filled

    return import_filled(workbooks, ledger, options)


def _pair(written: str) -> tuple[str, str]:
    column, equals, field = written.rpartition("=")
    if not (equals and column.strip() and field.strip()):
        raise WrongUsageError(f"--map 的“{written}”不是“列=字段”；如 --map 完成时间=时限")
    return column.strip(), field.strip()


def _lines_of(name: str | None) -> list[str]:
    """Return the lines of a file of pairs, without blank ones and comments."""
    if name is None:
        return []
    from zhenggai.storage.handed_file import read_handed

    content = read_handed(Path(name), 1 << 20, "列的对应")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(f"“{name}”不是UTF-8编码；请另存为UTF-8") from None
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _period(text: str | None) -> "Period | None":
    from zhenggai.model.dates import PERIOD_FORMS, DateTextError, parse_period

    try:
        return None if text is None else parse_period(text)
    except DateTextError as error:
        raise WrongUsageError(f"--review-every：{error}；写成 {PERIOD_FORMS}") from None
