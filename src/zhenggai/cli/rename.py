"""`zhenggai rename`: a name is corrected in every finding of a ledger."""

from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import ask, say
from zhenggai.cli.ledger_access import (
    asked_day,
    clock,
    open_folders,
    report,
    tell_of_half_changed,
)
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.lifecycle import Append
from zhenggai.ledger.renaming import (
    NameClashError,
    may_be_merged,
    names_in_use,
    with_name,
)
from zhenggai.model.declaration import replaced
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import has_errors
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import ROLES, NameKind
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.checking import refuse_new_faults
from zhenggai.storage.edited_file import open_finding, open_inspection
from zhenggai.storage.file_names import shown_path
from zhenggai.storage.ledger_folder import read_ledgers
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.name_edits import is_plain_name, renamed_texts
from zhenggai.storage.yaml.nodes import parse, to_data
from zhenggai.storage.yaml.text_edits import apply
from zhenggai.views.edits import difference
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from zhenggai.model.ledger_model import Ledger
    from zhenggai.storage.edited_file import OpenedFinding, OpenedInspection
    from zhenggai.storage.ledger_folder import LedgerFolder

_RENAMINGS = "更名"
_NAMED_AT_MOST = 20
_Pair = tuple[str, str] | None


def _help(what: str) -> str:
    return f"{what}的旧名称和新名称。"


@command(
    """更名：责任科室、责任领导、责任人或方面的名称写错了、改了，一次改正整本台账。

        问题文件和 inspection.yaml 一并改，其他一字不动；记录里还是原来的名称。

        在 inspection.yaml 的“更名”里记明日期和新旧名称。换了人的，用 zhenggai handover。""",
    examples="""
zhenggai rename --department 财务室 财务科
zhenggai rename --owner 财务科长 财务科科长 --dry-run""",
    completes=candidates.RENAMED,
)
def rename(
    department: Annotated[
        tuple[str, str] | None,
        typer.Option("--department", metavar="旧 新", help=_help("责任科室")),
    ] = None,
    leader: Annotated[
        tuple[str, str] | None, typer.Option("--leader", metavar="旧 新", help=_help("责任领导"))
    ] = None,
    owner: Annotated[
        tuple[str, str] | None, typer.Option("--owner", metavar="旧 新", help=_help("责任人"))
    ] = None,
    aspect: Annotated[
        tuple[str, str] | None, typer.Option("--aspect", metavar="旧 新", help=_help("方面"))
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="新名称已经在用的，不再询问，两个名称合并。")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False,
    *,
    where: Where,
) -> ExitCode:
    """Correct a name in the ledgers that the command line means."""
    asked = _asked(
        {
            NameKind.DEPARTMENT: department,
            NameKind.LEADER: leader,
            NameKind.OWNER: owner,
            NameKind.ASPECT: aspect,
        }
    )
    folders = open_folders(where.ledger, for_change=True)
    if dry_run:
        tell_of_half_changed(folders)
    day = asked_day(where.today)
    known: set[str] = set()
    count = 0
    for folder, ledger in zip(folders, read_ledgers(folders), strict=True):
        _refuse_unsound(ledger)
        used = names_in_use(ledger, asked.kind)
        known |= used
        if asked.old in used:
            today = day or clock(ledger.inspection.time_zone)
            _refuse_merging(asked, ledger, used, yes=yes or dry_run)
            _carry_out(asked, folder, today, dry_run=dry_run)
            count += 1
    if not count:
        close = nearest(asked.old, known, 0.5)
        hint = f"；是否想写“{close}”" if close else "；请核对"
        raise RefusedError(f"台账里没有{asked.kind}“{asked.old}”{hint}")
    return ExitCode.OK


class _Asked(NamedTuple):
    """A name of a kind, and what it is to be."""

    kind: NameKind
    old: str
    new: str


_OPTIONS = {
    NameKind.DEPARTMENT: "--department",
    NameKind.LEADER: "--leader",
    NameKind.OWNER: "--owner",
    NameKind.ASPECT: "--aspect",
}


def _asked(given: dict[NameKind, _Pair]) -> _Asked:
    named = [_Asked(kind, pair[0].strip(), pair[1].strip()) for kind, pair in given.items() if pair]
    if len(named) != 1:
        options = "、".join(_OPTIONS.values())
        raise WrongUsageError(f"写明改哪一种名称：{options} 中的一个，后面写旧名称和新名称")
    [asked] = named
    option = _OPTIONS[asked.kind]
    if not asked.old or not asked.new:
        raise WrongUsageError(f"{option}是空的；写成 {option} 旧名称 新名称")
    if asked.old == asked.new:
        raise WrongUsageError(f"{option}的新旧名称都是{asked.old}；请核对")
    if not is_plain_name(asked.new) or any(sign in asked.new for sign in "、，,；;"):
        raise WrongUsageError(f"{option}的新名称“{asked.new}”里有标点或空格；请写名称本身")
    if asked.new in ROLES:
        raise WrongUsageError(f"{option}的新名称不能是“{asked.new}”，预警等级的发至里另有所指")
    return asked


def _refuse_unsound(ledger: "Ledger") -> None:
    if has_errors(ledger.problems):
        report(ledger.problems)
        raise InvalidInputError(f"台账“{ledger.name}”有文件无法读取，未改动任何文件；请先改正")


def _refuse_merging(asked: _Asked, ledger: "Ledger", used: set[str], *, yes: bool) -> None:
    """Refuse to make two names one unless it is meant, and where it matters who signs at all."""
    if asked.new not in used:
        return
    kind, old, new = asked
    if not may_be_merged(ledger.inspection, kind, old, new):
        raise RefusedError(
            f"{kind}“{new}”已经在用，又和“销号权限”“回避”有关，不能合并；请先核对由谁审核"
        )
    if not yes and not ask(f"{kind}“{new}”已经在用，改名以后两个合并为一个，确定吗？"):
        raise RefusedError(f"{kind}“{new}”已经在用，未改动；确应合并的，加 --yes")


class _RenamedFile(NamedTuple):
    """A file before and after: what is read, and what is written."""

    path: "Path"
    before: str
    after: str
    old: bytes
    new: bytes


def _carry_out(asked: _Asked, folder: "LedgerFolder", today: "date", *, dry_run: bool) -> None:
    if dry_run:
        files = _files(asked, folder, today)
        for file in files:
            say(difference(shown_path(folder.shown, file.path.name), file.before, file.after))
    else:
        with locked(folder.root), transaction(folder.root) as change:
            files = _files(asked, folder, today)
            for file in files:
                change.stage(file.path, file.old, file.new)
            change.commit()
    ids = [file.path.stem for file in files[:-1]]
    findings = f"问题{some(ids, _NAMED_AT_MOST)}（{len(ids)}个）和" if ids else ""
    how = "将把" if dry_run else "已把"
    say(f"{how}{asked.kind}“{asked.old}”改为“{asked.new}”：{findings}inspection.yaml；记录未改")
    if dry_run:
        say("以上只是预览，未写入")


def _files(asked: _Asked, folder: "LedgerFolder", today: "date") -> list[_RenamedFile]:
    """Return the files that change, by what they say now; the inspection comes last."""
    [ledger] = read_ledgers([folder])
    _refuse_unsound(ledger)
    kind, old, new = asked
    files: list[_RenamedFile] = []
    findings: list[Finding] = []
    for finding in ledger.findings:
        after = _clashing(finding.file_name, finding, asked)
        findings.append(after)
        if after != finding:
            opened = open_finding(folder, finding.file_name, finding.id)
            text = _proved(opened, Finding, asked, after)
            refuse_typed(after, finding)
            files.append(_renamed_file(opened, text))
    head = open_inspection(folder)
    before = decode_inspection(to_data(head.node))[0]
    meant = _clashing(head.path.name, before, asked)
    text = _proved(head, Inspection, asked, meant) if meant != before else head.text
    node = parse(text, "")[0]
    if node is None:
        raise RefusedError(f"“{head.path.name}”的写法不能自动修改；请用编辑器手工改")
    note = {"日期": str(today), "类别": kind.value, "旧": old, "新": new}
    text, data = apply(text, node, [Append(note, _RENAMINGS)])
    files.append(_renamed_file(head, text))
    days_off = ledger.inspection.days_off
    inspection = replaced(decode_inspection(data)[0], days_off=days_off)
    whole = ledger._replace(inspection=inspection, findings=tuple(findings))
    refuse_new_faults(folder.root, ledger, whole, today)
    return files


_Model = TypeVar("_Model", Finding, Inspection)


def _clashing(name: str, model: _Model, asked: _Asked) -> _Model:
    """Return what a file is to say; raise RefusedError where it says both names in one place."""
    try:
        return with_name(model, *asked)
    except NameClashError as error:
        raise RefusedError(f"“{name}”里{error}，不能合并；请先用编辑器删去其中一个") from None


def _proved(
    opened: "OpenedFinding | OpenedInspection",
    model: type[Finding] | type[Inspection],
    asked: _Asked,
    meant: Finding | Inspection,
) -> str:
    """Return the text that says what is meant, and nothing else than the name otherwise."""
    kind, old, new = asked
    for text in renamed_texts(opened.text, opened.node, model, kind, (old, new)):
        node, problems = parse(text, "")
        if node is None or problems:
            continue
        if isinstance(meant, Finding):
            said: Finding | Inspection | None = decode_finding(to_data(node), meant.id)[0]
        else:
            said = decode_inspection(to_data(node))[0]
        if said == meant:
            return text
    raise RefusedError(f"“{opened.path.name}”的写法不能自动更名，未改动任何文件；请用编辑器手工改")


def _renamed_file(opened: "OpenedFinding | OpenedInspection", text: str) -> _RenamedFile:
    old, new = opened.encoded(opened.text), opened.encoded(text)
    return _RenamedFile(opened.path, opened.text, text, old, new)
