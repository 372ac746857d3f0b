"""`zhenggai new`: add a finding, or many from a file, or one after another at a terminal."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import at_terminal
from zhenggai.cli.edit_options import OnDay, deadline_of, filled, required_deadline
from zhenggai.cli.ledger_access import report
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.model.terms import Kind, Relation, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.cli.ledger_access import ReadLedger
    from zhenggai.storage.scaffold import FindingDraft


class FindingOptions(NamedTuple):
    """What a new finding says beside its title."""

    aspect: Annotated[str, typer.Option("--aspect", metavar="方面", help="归在哪个方面。")] = ""
    kind: Annotated[Kind, typer.Option("--kind", help="类型。")] = Kind.FIXED_TERM
    leader: Annotated[str, typer.Option("--leader", metavar="职务", help="责任领导。")] = ""
    department: Annotated[
        list[str] | None,
        typer.Option("--department", metavar="科室", help="责任科室；几个用顿号隔开，或多次指定。"),
    ] = None
    owner: Annotated[str, typer.Option("--owner", metavar="职务", help="责任人。")] = ""
    source: Annotated[
        Source, typer.Option("--source", help="来源；不是反馈意见的不计入反馈问题数。")
    ] = Source.FEEDBACK
    source_number: Annotated[
        str,
        typer.Option("--source-number", metavar="文号", help="来源文号；信访交办只写编号。"),
    ] = ""
    assisting: Annotated[
        list[str] | None,
        typer.Option(
            "--assist",
            "--assisting",
            metavar="科室",
            help="配合科室；几个用顿号隔开，或多次指定。",
        ),
    ] = None
    led_by: Annotated[
        str, typer.Option("--led-by", metavar="职务", help="领办这个问题的领导。")
    ] = ""
    category: Annotated[str, typer.Option("--category", metavar="类别", help="问题类别。")] = ""
    previous: Annotated[
        str,
        typer.Option(
            "--previous",
            metavar="标识/编号",
            help="以前的巡察指出的同一问题；并写 --relation。",
        ),
    ] = ""
    relation: Annotated[
        Relation | None, typer.Option("--relation", help="与上次的问题的关系。")
    ] = None
    due: Annotated[
        str | None,
        typer.Option(
            "--due", metavar="日期", help="整改时限，如 4月底、2021-04-30。", callback=filled
        ),
    ] = None
    review_every: Annotated[
        str, typer.Option("--review-every", metavar="周期", help="长期坚持的检视周期，如 每季度。")
    ] = ""
    manifestation: Annotated[
        list[str] | None,
        typer.Option("--manifestation", metavar="文字", help="具体表现；可多次指定，一项一次。"),
    ] = None
    goal: Annotated[str, typer.Option("--goal", metavar="文字", help="整改目标。")] = ""
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="措施",
            help="措施，写成 内容@时限#责任科室，后两样可以不写；可多次指定，一项一次。",
        ),
    ] = None


@command(
    """登记问题：措施、具体表现一并登记，编号由程序定。

        不写问题的名称，就在终端里逐项询问；问题多的，写成文本文件，用 --from。

        文件里一行一个问题，措施写在问题下面，前面空两格；
        问题、措施后面可以写 @时限#责任科室，时限要写年份。
        “责任人：财务科科长”这样的行，写在问题下面的说这个问题，写在行首的说下面的各个问题。""",
    examples="""
zhenggai new
zhenggai new 会议过多 --department 办公室 --due 4月底 --measure 少开会、开短会
zhenggai new 财务管理不规范 --measure 清理白条@3月底#财务科 --measure 修订制度
zhenggai new 意识形态工作落实不到位 --kind 长期坚持 --review-every 每季度
zhenggai new 会议仍多 --previous 2018-县委/07 --relation 屡改屡犯
zhenggai new --from 问题.txt""",
    completes=candidates.NAMES,
)
def new(
    title: Annotated[
        str | None, typer.Argument(metavar="问题", help="问题的名称，照抄反馈意见。")
    ] = None,
    source_file: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="文件",
            help="从文本文件登记许多问题；- 为标准输入。",
            callback=filled,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会登记什么，不写入。")] = False,
    *,
    said: FindingOptions,
    where: Where,
) -> ExitCode:
    """Write new findings under the next free numbers."""
    from zhenggai.cli.finding_entry import enter, ledger_to_enter

    if source_file is not None and (title is not None or _says(said)):
        raise WrongUsageError("--from 的文件里写明各个问题，后面不能再写问题和它的各项")
    if title is not None and not title.strip():
        raise WrongUsageError("问题的名称是空的；写在命令后面，如 zhenggai new 财务管理不规范")
    if bool(said.previous) != (said.relation is not None):
        raise WrongUsageError("--previous 和 --relation 要一起写")
    if title is None and source_file is None:
        return _ask_for_findings(said, where, dry_run=dry_run)
    one = ledger_to_enter(where)
    drafts = [_draft(title, said, one)] if title is not None else _listed(str(source_file), one)
    enter(one, drafts, dry_run=dry_run)
    # The findings are written; reporting what else is wrong does not change the exit code.
    report(one.ledger.problems)
    return ExitCode.OK


def _says(said: FindingOptions) -> bool:
    """Whether any option was given."""
    usual = FindingOptions()
    return any(value and value != usual[place] for place, value in enumerate(said))


def _ask_for_findings(said: FindingOptions, where: Where, *, dry_run: bool) -> ExitCode:
    if not at_terminal():
        raise WrongUsageError(
            "未写问题的名称；写在命令后面，如 zhenggai new 财务管理不规范，很多个的用 --from 文件"
        )
    if _says(said) or dry_run:
        raise WrongUsageError("未写问题的名称；逐项询问时后面不写选项，只写 zhenggai new")
    from zhenggai.cli.guided_entry import ask_for_findings

    return ask_for_findings(where)


def _draft(title: str, said: FindingOptions, one: "ReadLedger") -> "FindingDraft":
    """Return the finding that the command line says; deadlines whose day is not said are told."""
    from zhenggai.cli.measure_notation import measure_noted
    from zhenggai.storage.scaffold import FindingDraft

    on_day = OnDay(one.day.terms, one.day.today)
    due = deadline_of(said.due, on_day, "--due")
    texts = {
        "title": title,
        "aspect": said.aspect,
        "kind": said.kind.value,
        "leader": said.leader,
        "departments": _listed_names(said.department),
        "owner": said.owner,
        "source": "" if said.source is Source.FEEDBACK else said.source.value,
        "source_number": said.source_number,
        "category": said.category,
        "assisting": _listed_names(said.assisting),
        "led_by": said.led_by,
        "previous": said.previous,
        "relation": said.relation.value if said.relation else "",
        "due": str(due) if due else "",
        "review_every": said.review_every,
        "goal": said.goal,
    }
    measures = [
        measure_noted(text, lambda day: required_deadline(day, on_day, "--measure"))
        for text in said.measure or ()
    ]
    return FindingDraft(texts, {"manifestations": said.manifestation or []}, measures)


def _listed_names(names: "Sequence[str] | None") -> str:
    return "、".join(filter(None, map(str.strip, names or ())))


def _listed(source_file: str, one: "ReadLedger") -> "list[FindingDraft]":
    """Return the findings of a file; the place of one that is wrong is told."""
    from zhenggai.cli.findings_file import read_findings
    from zhenggai.cli.notes_file import file_called, told_at
    from zhenggai.storage.scaffold import refuse_faulty

    drafts = []
    for listed in read_findings(source_file):
        with told_at(f"{file_called(source_file)}第{listed.line}行的问题"):
            refuse_faulty(listed.draft, one.ledger.inspection)
        drafts.append(listed.draft)
    return drafts
