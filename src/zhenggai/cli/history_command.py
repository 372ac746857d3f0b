"""`zhenggai history`: who changed what of a finding and when, by its journal and by Git."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen, tell
from zhenggai.cli.finding_search import find
from zhenggai.cli.format_options import HistoryFormatOption
from zhenggai.cli.ledger_access import load_registers, report
from zhenggai.cli.options import Where, command
from zhenggai.cli.typed_ids import typed_ids
from zhenggai.errors import ExitCode, InvalidInputError, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.content_changes import content_changes
from zhenggai.storage.discovery import current_folder, repository
from zhenggai.storage.git_history import FileHistory, file_history
from zhenggai.storage.ledger_file import read_sound_finding
from zhenggai.storage.ledger_texts import read_file
from zhenggai.storage.yaml.text_edits import read
from zhenggai.views.finding_history import History, Written, journal_of

if TYPE_CHECKING:
    from pathlib import Path


_MOVED = ["换了文件名或文件夹"]


@command(
    """显示一个问题的历史：哪一天发生了什么，谁在什么时候改了什么。

        台账记载的是发生的日期，Git记的是写入的时间和提交人，两者并排；没有放进Git的台账只有前一半。""",
    examples="""
zhenggai history 7
zhenggai history 7 --format json""",
    completes={"finding_id": candidates.finding_ids},
)
def history(
    finding_id: Annotated[
        str, typer.Argument(metavar="编号", help="7 和 07 一样；几本台账都有时写 台账/07。")
    ],
    style: HistoryFormatOption = "text",
    *,
    where: Where,
) -> ExitCode:
    """Show the journal of a finding beside the commits of its file."""
    if len(typed_ids(finding_id)) > 1:
        raise WrongUsageError(f"“{finding_id}”不止一个编号；一次只写一个编号")
    loaded = load_registers(where.ledger, where.today)
    code = report(problem for one in loaded for problem in one.register.problems)
    folder, found = find([one.folder for one in loaded], finding_id)
    chosen = next(one for one in loaded if one.folder is folder)
    name = f"{found}.yaml"
    finding = read_sound_finding(folder.root, name, finding_id)
    zone = chosen.register.head.time_zone
    told = _by_git(folder.root, name, zone)
    commits = None if told is None else _written(told, folder.root, name, chosen.today)
    whole = History(
        folder.name,
        finding,
        chosen.today,
        journal_of(finding, chosen.today),
        commits,
        is_cut=told is not None and told.is_cut,
    )
    say(registry.writer("history", style)(whole, screen()))
    return code


def _by_git(root: "Path", name: str, zone: str) -> FileHistory | None:
    """Return what Git tells of a file; None, and why is told, where it tells nothing."""
    if repository(root.resolve()) is None:
        tell("台账没有放进Git，只有台账自己的记载；谁在什么时候改的，从放进Git起才查得到")
        return None
    try:
        return file_history(root.resolve(), name, zone, current_folder())
    except (InvalidInputError, WrongUsageError) as error:
        tell(f"Git未说明谁改过（{error}），只有台账自己的记载")
        return None


def _written(told: FileHistory, root: "Path", name: str, today: date) -> list[Written]:
    written = [
        Written(
            *(one.commit, one.at, one.author, one.subject),
            _MOVED
            if one.before == one.after
            else content_changes(_data(one.before), _data(one.after)),
        )
        for one in told.commits
        if one.at.date() <= today
    ]
    now, _ = read_file(root, name)
    if now is not None and len(written) == len(told.commits) and _lines(now) != _lines(told.last):
        changes = content_changes(_data(told.last), _data(now))
        written.append(Written(None, None, None, None, changes))
    return written


def _lines(content: bytes | None) -> list[bytes] | None:
    """Return the lines of a version of a file, which Git may have stored with other endings."""
    return None if content is None else content.splitlines()


def _data(content: bytes | None) -> Any:
    """Return what a version of a file says; its text where that is no YAML."""
    if content is None:
        return None
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    data = read(text)
    return text if data is None else data
