"""`zhenggai init` and `zhenggai new`: start a ledger, add a finding."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, tell
from zhenggai.cli.edit_options import filled
from zhenggai.cli.ledger_access import load, report
from zhenggai.cli.numbers_used import once_used
from zhenggai.cli.options import LedgerOption, TodayOption, command
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError, cause
from zhenggai.model.dates import DateTextError, parse_day, parse_deadline
from zhenggai.model.terms import Kind, Relation, Source
from zhenggai.storage.file_names import shown_path
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadLedger


@command(
    "新建一本台账。已有台账的文件夹不会改动。",
    examples="""
zhenggai init 我的台账
zhenggai init 我的台账 --unit 县科技局党组 --feedback 2021-02-01
zhenggai init 示例 --sample""",
)
def init(
    folder: Annotated[
        str,
        typer.Argument(metavar="文件夹", help="台账所在的文件夹；没有就新建，不写时为当前文件夹。"),
    ] = ".",
    sample: Annotated[
        bool, typer.Option("--sample", help="放入样例台账：一次真实巡察的19个问题、61项措施。")
    ] = False,
    unit: Annotated[str | None, typer.Option("--unit", metavar="名称", help="被巡察单位。")] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="名称", help="巡察组。")] = None,
    feedback: Annotated[
        str | None, typer.Option("--feedback", metavar="日期", help="反馈日期，如 2021-02-01。")
    ] = None,
    identifier: Annotated[
        str | None,
        typer.Option(
            "--identifier",
            metavar="标识",
            help="台账的标识，如 2021-县委-县科技局；不写时由程序定。定了就不再改。",
            callback=filled,
        ),
    ] = None,
) -> ExitCode:
    """Start a ledger, or lay out the sample; a folder with a ledger is left alone."""
    from zhenggai.storage.scaffold import copy_sample, start_ledger

    root = Path(folder)
    there = "" if folder == "." else f" --ledger {_argument(folder)}"
    try:
        if sample:
            number = copy_sample(root)
            say(f"已放入样例台账（{number}个问题）：{visible(str(root))}")
            say(f"下一步：zhenggai status{there} --today 2021-05-18")
            return ExitCode.OK
        answers = (
            _ask("被巡察单位", unit),
            _ask("巡察组", group),
            _ask("反馈日期（如 2021-02-01）", feedback),
        )
        path = start_ledger(root, *answers, identifier)
    except OSError as error:
        raise _cannot_write(root, error) from None
    shown = visible(str(path))
    say(f"已新建台账：{shown}")
    if all(answers):
        say(f"下一步：zhenggai new 问题名称{there}")
    else:
        say(f"下一步：打开{shown}，填写被巡察单位、巡察组和反馈日期；再登记问题：")
        say(f"zhenggai new 问题名称{there}")
    return ExitCode.OK


@command(
    "登记一个问题：用下一个编号写出带说明的文件，供补充措施。",
    examples="""
zhenggai new 存在以会议落实会议现象 --department 办公室 --due 2021-04-30
zhenggai new 意识形态工作落实不到位 --kind 长期坚持 --review-every 每季度
zhenggai new 会议仍多 --previous 2018-县委/07 --relation 屡改屡犯""",
    completes=candidates.NAMES,
)
def new(
    title: Annotated[str, typer.Argument(metavar="问题", help="问题的名称，照抄反馈意见。")],
    aspect: Annotated[str, typer.Option("--aspect", metavar="方面", help="归在哪个方面。")] = "",
    kind: Annotated[Kind, typer.Option("--kind", help="类型。")] = Kind.FIXED_TERM,
    leader: Annotated[str, typer.Option("--leader", metavar="职务", help="责任领导。")] = "",
    department: Annotated[
        list[str] | None,
        typer.Option("--department", metavar="科室", help="责任科室；几个用顿号隔开，或多次指定。"),
    ] = None,
    owner: Annotated[str, typer.Option("--owner", metavar="职务", help="责任人。")] = "",
    source: Annotated[
        Source, typer.Option("--source", help="来源；不是反馈意见的不计入反馈问题数。")
    ] = Source.FEEDBACK,
    source_number: Annotated[
        str,
        typer.Option("--source-number", metavar="文号", help="来源文号；信访交办只写编号。"),
    ] = "",
    assisting: Annotated[
        list[str] | None,
        typer.Option("--assisting", metavar="科室", help="配合科室；几个用顿号隔开，或多次指定。"),
    ] = None,
    led_by: Annotated[
        str, typer.Option("--led-by", metavar="职务", help="领办这个问题的领导。")
    ] = "",
    category: Annotated[str, typer.Option("--category", metavar="类别", help="问题类别。")] = "",
    previous: Annotated[
        str,
        typer.Option(
            "--previous",
            metavar="标识/编号",
            help="以前的巡察指出的同一问题；并写 --relation。",
        ),
    ] = "",
    relation: Annotated[
        Relation | None, typer.Option("--relation", help="与上次的问题的关系。")
    ] = None,
    due: Annotated[
        str, typer.Option("--due", metavar="日期", help="整改时限，如 2021-04-30、2021年4月底前。")
    ] = "",
    review_every: Annotated[
        str, typer.Option("--review-every", metavar="周期", help="长期坚持的检视周期，如 每季度。")
    ] = "",
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Write a new finding's scaffold under the next free number."""
    from zhenggai.storage.scaffold import add_finding

    if bool(previous) != (relation is not None):
        raise WrongUsageError("--previous 和 --relation 要一起写")
    if not title.strip():
        raise WrongUsageError("问题的名称是空的；写在命令后面，如 zhenggai new 财务管理不规范")
    loaded = load(ledger, today)
    if len(loaded) > 1:
        names = "、".join(one.ledger.name for one in loaded)
        raise WrongUsageError(f"这里有几本台账（{names}）；用 --ledger 指明登记到哪一本")
    one = loaded[0]
    declared = one.ledger.inspection.aspects
    if aspect and declared and aspect not in declared:
        raise WrongUsageError(f"未声明“{aspect}”这个方面；可写：{'、'.join(declared)}")
    categories = one.ledger.inspection.categories
    if category and categories and category not in categories:
        raise WrongUsageError(f"未声明“{category}”这个问题类别；可写：{'、'.join(categories)}")
    if source is Source.FEEDBACK:
        _refuse_beyond_reported(one, aspect)
    values = {
        "title": title,
        "aspect": aspect,
        "kind": kind.value,
        "leader": leader,
        "departments": "、".join(department or ()),
        "owner": owner,
        "source": "" if source is Source.FEEDBACK else source.value,
        "source_number": source_number,
        "category": category,
        "assisting": "、".join(assisting or ()),
        "led_by": led_by,
        "previous": previous,
        "relation": relation.value if relation else "",
        "due": due,
        "review_every": review_every,
    }
    try:
        once_there = once_used(one.folder.root, one.ledger)
        path = add_finding(one.folder.root, values, one.ledger.inspection, once_there)
    except OSError as error:
        raise _cannot_write(one.folder.root, error) from None
    shown = visible(shown_path(one.ledger.folder, path.name))
    say(f"已登记问题{path.stem}：{shown}{_understood(due)}")
    for remark in _remarks(one, path.name, {key for key in values if values[key]}):
        tell(f"提醒：{remark}")
    say("下一步：打开文件补充措施和未填写的项目，再用 zhenggai check 检查")
    # The finding is written; reporting what else is wrong does not change the exit code.
    report(one.ledger.problems)
    return ExitCode.OK


def _remarks(one: "ReadLedger", file_name: str, typed: set[str]) -> list[str]:
    """Return what `check` says of the values typed; what is still open is no matter yet."""
    from zhenggai.ledger.standing import LedgerOnDay
    from zhenggai.model.ledger_model import Finding
    from zhenggai.rules import is_timing
    from zhenggai.storage.checking import examine_ledger
    from zhenggai.storage.ledger_file import read_finding_file

    finding, _ = read_finding_file(one.folder.root, file_name)
    if finding is None:
        return []
    ledger = one.ledger._replace(findings=(*one.ledger.findings, finding))
    keys = {Finding.DECLARED[name].key for name in typed}
    return [
        f"{problem.sentence}（{problem.code}）"
        for problem in examine_ledger(LedgerOnDay(ledger, one.day.today), one.folder.root)
        if problem.path.endswith(file_name) and keys.intersection(problem.at[:1])
        if not is_timing(problem)
    ]


def _understood(due: str) -> str:
    """Say which day was taken for a deadline that names none."""
    try:
        parse_day(due)
    except DateTextError:
        return f"（整改时限按{parse_deadline(due)}计算）" if due else ""
    return ""


def _refuse_beyond_reported(one: "ReadLedger", aspect: str) -> None:
    """Refuse a finding more than the feedback names; a file that cannot be read counts as one."""
    inspection, unread = one.ledger.inspection, len(one.ledger.unreadable)
    counted = [
        line.row.aspect
        for line, finding in zip(one.day.lines, one.ledger.findings, strict=True)
        if line.row.is_of_feedback and not line.standing.withdrawn and finding.split_from is None
    ]
    reported = inspection.findings_reported
    if reported is not None and len(counted) + unread >= reported:
        raise RefusedError(
            f"反馈问题数是{reported}，台账里已有{len(counted) + unread}个，不能再登记；"
            "重复登记、误登的先用 zhenggai void 撤销登记"
        )
    of_aspect = inspection.aspect_findings_reported.get(aspect)
    if of_aspect is not None and counted.count(aspect) >= of_aspect:
        raise RefusedError(
            f"方面“{aspect}”的问题数是{of_aspect}，台账里已有{counted.count(aspect)}个，不能再登记；"
            "请核对 --aspect"
        )


def _ask(question: str, answer: str | None) -> str:
    """Take the answer from the command line, else ask at a terminal, else leave it open."""
    if answer is not None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return answer or ""
    try:
        return str(typer.prompt(question, default="", show_default=False, prompt_suffix="："))
    except typer.Abort:
        tell("")  # what is said next begins a line of its own
        raise


def _argument(text: str) -> str:
    """Write a text so that it can be copied into a command line."""
    return f'"{visible(text)}"' if re.search(r"[\s\"'&|<>();$`*?!#]", text) else visible(text)


def _cannot_write(root: Path, error: OSError) -> RefusedError:
    return RefusedError(f"不能写入“{root}”（{cause(error)}）；请检查文件夹的权限和磁盘空间")
