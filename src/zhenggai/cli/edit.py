"""`zhenggai edit`: a finding in the user's own editor, written back only when it is valid."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import ask, say, tell
from zhenggai.cli.ledger_access import find, open_folders
from zhenggai.cli.options import LedgerOption, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.model.problem import has_errors
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.file_names import is_file
from zhenggai.storage.ledger_file import read_finding_file
from zhenggai.storage.ledger_texts import read_file
from zhenggai.storage.locking import locked
from zhenggai.storage.temporary import temporary_place
from zhenggai.storage.transaction import refuse_linked, replace
from zhenggai.views.problem_lines import line

if TYPE_CHECKING:
    from zhenggai.model.problem import Problem


@command(
    "用编辑器修改一个问题；修改后没有错误才写回。",
    examples="""
zhenggai edit 7""",
    completes={"finding_id": candidates.finding_ids},
)
def edit(
    finding_id: edit_options.FindingArgument,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Open a copy of a finding in $VISUAL or $EDITOR; replace the file when the copy is valid."""
    folder, found = find(open_folders(ledger, for_change=True), finding_id)
    name = f"{found}.yaml"
    path = folder.root / name
    refuse_linked(path)
    old = _readable(folder.root, name, finding_id)
    copy = _copied(name, old)
    while True:
        _run_editor(copy)
        new, problems = _left(copy)
        if new is not None and not has_errors(problems):
            _refuse_cases(folder.root, copy)
            break
        for problem in problems:
            tell(line(problem))
        if not ask("文件有错误，未写入。再改一次吗？"):
            raise InvalidInputError(f"文件有错误，未写入；改动留在 {copy}")
    if new == old:
        _discard(copy)
        say(f"问题{path.stem}未改动")
        return ExitCode.OK
    try:
        with locked(folder.root):
            replace(path, old, new)
    except RefusedError as error:
        raise RefusedError(f"{error}；您的改动留在 {copy}") from None
    _discard(copy)
    say(f"问题{path.stem}已改；用 zhenggai check 检查")
    return ExitCode.OK


def _copied(name: str, content: bytes) -> Path:
    """Return a copy to be edited, in a folder of its own that nobody else may enter."""
    place, copy = temporary_place(), None
    try:
        copy = Path(tempfile.mkdtemp(prefix="zhenggai-edit-", dir=place)) / name
        copy.write_bytes(content)
    except OSError as error:
        if copy is not None:
            _discard(copy)
        raise RefusedError(
            f"无法复制“{name}”进行修改（{cause(error)}）；请检查权限和磁盘空间"
        ) from None
    return copy


def _run_editor(copy: Path) -> None:
    default = "notepad" if sys.platform == "win32" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or default
    # Ctrl-C is for the editor. Not ignored, which the editor would inherit, but without effect.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        words = shlex.split(command, posix=sys.platform != "win32")
        subprocess.run([*words, str(copy)], check=True)  # noqa: S603 - the user's own editor
    except (OSError, ValueError, subprocess.CalledProcessError):
        raise WrongUsageError(
            f"编辑器“{command}”未正常结束，未写入；用环境变量EDITOR指定编辑器，改动留在 {copy}"
        ) from None
    finally:
        signal.signal(signal.SIGINT, before)
    if not is_file(copy):
        raise WrongUsageError(f"编辑器“{command}”没有留下 {copy}，未写入")


def _readable(root: Path, name: str, asked: str) -> bytes:
    """Return the content of a finding's file; refuse what no command would read."""
    content, problems = read_file(root, name)
    if content is None:
        raise InvalidInputError(f"问题{asked}的文件{name}不能打开：{problems[0].sentence}")
    return content


def _left(copy: Path) -> "tuple[bytes | None, list[Problem]]":
    """Return what the editor left, None where it cannot be read, and what is wrong with it."""
    new, problems = read_file(copy.parent, copy.name)
    if new is not None:
        problems = read_finding_file(copy.parent, copy.name)[1]
    shown = f"{copy.parent.as_posix()}/"
    return new, [one._replace(path=f"{shown}{one.path}") for one in problems]


def _refuse_cases(root: Path, copy: Path) -> None:
    """Refuse what the editor left where it tells of a case that the finding did not tell of."""
    after, before = (read_finding_file(one, copy.name)[0] for one in (copy.parent, root))
    if after is not None:
        try:
            refuse_typed(after, before)
        except RefusedError as error:
            raise RefusedError(f"{error}；改动留在 {copy}") from None


def _discard(copy: Path) -> None:
    """Remove the copy with all that an editor left beside it: backups, swap files."""
    shutil.rmtree(copy.parent, ignore_errors=True)
