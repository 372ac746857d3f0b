"""`zhenggai undo`: take back the last change, as long as nothing has come of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli.console import say
from zhenggai.cli.ledger_access import open_folders, tell_of_half_changed
from zhenggai.cli.options import LedgerOption, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.model.decoding import decode_finding
from zhenggai.storage.discovery import current_folder, repository
from zhenggai.storage.file_names import INSPECTION, is_approved_text, shown_path
from zhenggai.storage.git import place_in, repositories
from zhenggai.storage.last_change import ChangedFile, forget, last_change
from zhenggai.storage.ledger_texts import read_file
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.text_edits import read
from zhenggai.views.edits import difference
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Finding

_NAMED_AT_MOST = 10


@command(
    """撤回上一次改动：文件恢复到改动以前，新登记的问题删去。

        只在文件没有再改动、也没有提交到Git时可以撤回，只能撤回一次；以后的，用其他命令改正。""",
    examples="""
zhenggai undo --dry-run
zhenggai undo""",
)
def undo(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Take back the last change that the program made in a ledger."""
    folders = open_folders(ledger, for_change=True)
    if len(folders) > 1:
        names = "、".join(one.name for one in folders)
        raise WrongUsageError(f"这里有几本台账（{names}）；用 --ledger 指明撤回哪一本的改动")
    [folder] = folders
    root = folder.root
    if dry_run:
        tell_of_half_changed(folders)
        files = _may_be_taken_back(root)
        for one, now in files:
            before, after = (_text(content) for content in (one.before, now))
            say(difference(shown_path(folder.shown, one.name), after, before))
        say(f"将撤回：{_what(files)}；以上只是预览，未写入")
        return ExitCode.OK
    with locked(root), transaction(root, is_undo=True) as change:
        files = _may_be_taken_back(root)
        for one, now in files:
            if one.before is None:
                change.stage_removal(root / one.name, now)
            else:
                change.stage(root / one.name, now, one.before)
        change.commit()
        forget(root)
    say(f"已撤回：{_what(files)}")
    return ExitCode.OK


def _may_be_taken_back(root: Path) -> list[tuple[ChangedFile, bytes]]:
    """Return the files of the last change with what they hold; refuse where it is too late."""
    files = last_change(root)
    if not files:
        raise RefusedError("没有可以撤回的改动；只能撤回本机上最近一次用命令所作的改动")
    found: list[tuple[ChangedFile, bytes]] = []
    changed: list[str] = []
    for one in files:
        now, _ = read_file(root, one.name)
        if now is None or not one.is_as_left(now):
            changed.append(one.name)
        else:
            found.append((one, now))
    if changed:
        names = some(changed, _NAMED_AT_MOST)
        raise RefusedError(f"不能撤回：{names}后来又改动过；用 zhenggai edit 或编辑器改")
    if committed := _committed(root, [one.name for one in files]):
        names = some(committed, _NAMED_AT_MOST)
        raise RefusedError(
            f"不能撤回：{names}的改动已提交到Git；登记有误的用 zhenggai correct 更正"
        )
    return found


def _committed(root: Path, names: Sequence[str]) -> list[str]:
    """Return the files that the last commit holds as they are."""
    if repository(root.resolve()) is None:
        return []
    try:
        held = repositories(root.resolve(), current_folder())[-1]
        head = held.head()
        if head is None:
            return []
        place = place_in(held, root)
        return [name for name in names if held.holds_as_is(head, (place / name).as_posix())]
    except (InvalidInputError, WrongUsageError) as error:
        raise RefusedError(f"不能撤回：Git未说明改动是否已提交（{error}）") from None


def _what(files: Sequence[tuple[ChangedFile, bytes]]) -> str:
    """Say in a few words what a change was."""
    return some([word for one, now in files for word in _of_file(one, now)], _NAMED_AT_MOST)


def _of_file(one: ChangedFile, now: bytes) -> Iterator[str]:
    stem = one.name.partition(".")[0]
    if one.before is None:
        yield one.name if is_approved_text(one.name) else f"新登记的问题{stem}"
        return
    before, after = (_finding(content, stem) for content in (one.before, now))
    if one.name == INSPECTION or before is None or after is None:
        yield f"{one.name}的改动"
        return
    added = [record for record in after.records if record not in before.records]
    yield from (f"问题{stem}的{record.action}（{record.on}）" for record in added)
    if not added:
        yield f"问题{stem}的改动"


def _finding(content: bytes, stem: str) -> "Finding | None":
    data = read(_text(content))
    return decode_finding(data, stem)[0] if isinstance(data, dict) and stem.isdigit() else None


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff")
