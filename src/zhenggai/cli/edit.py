"""`zhenggai edit`: a finding in the user's own editor, written back only when it is valid."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import ask, say, tell
from zhenggai.cli.finding_search import find
from zhenggai.cli.ledger_access import open_folders
from zhenggai.cli.options import LedgerOption, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.ledger.corrections import refuse_rewriting
from zhenggai.model.problem import has_errors
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.drafts import forget_draft, keep_draft, kept_draft
from zhenggai.storage.file_names import is_file
from zhenggai.storage.ledger_file import read_finding_file
from zhenggai.storage.ledger_texts import read_file
from zhenggai.storage.locking import locked
from zhenggai.storage.temporary import temporary_place
from zhenggai.storage.transaction import refuse_linked, replace
from zhenggai.views.problem_lines import line
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from zhenggai.model.problem import Problem


@command(
    """用编辑器修改一个问题；修改后没有错误才写回。

        没有写回的，改动另外留着，下次再执行就从那里接着改。
        记录只往后追加，改写了记录的不写回；登记有误的用 correct 更正。""",
    examples="""
zhenggai edit 7
zhenggai edit 7 --fresh""",
    completes={"finding_id": candidates.finding_ids},
)
def edit(
    finding_id: edit_options.FindingArgument,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="不要上次没有写回的改动，从文件现在的内容改起。")
    ] = False,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Open a copy of a finding in $VISUAL or $EDITOR; replace the file when the copy is valid."""
    folder, found = find(open_folders(ledger, for_change=True), finding_id)
    name = f"{found}.yaml"
    path = folder.root / name
    refuse_linked(path)
    old = _readable(folder.root, name, finding_id)
    begun = _Begun(folder.root, name, old, _copied(name, _start(folder.root, name, old, fresh)))
    copy = begun.copy
    while True:
        _run_editor(begun)
        new, problems = _left(copy)
        if new is not None and not has_errors(problems):
            try:
                _refuse_unlawful(folder.root, copy)
                break
            except RefusedError as error:
                tell(f"错误：{visible(str(error))}")
                if not ask("再改一次吗？"):
                    raise RefusedError(f"未写入；{begun.keep()}") from None
                continue
        for problem in problems:
            tell(line(problem))
        if not ask("文件有错误，未写入。再改一次吗？"):
            raise InvalidInputError(f"文件有错误，未写入；{begun.keep()}")
    if new != old:
        try:
            with locked(folder.root):
                replace(path, old, new)
        except RefusedError as error:
            raise RefusedError(f"{error}；您的{begun.keep()}") from None
    _discard(copy)
    forget_draft(folder.root, name)
    say(f"问题{path.stem}未改动" if new == old else f"问题{path.stem}已改；用 zhenggai check 检查")
    return ExitCode.OK


class _Begun(NamedTuple):
    """A finding's file that is being edited: what it held, and the copy that the editor has."""

    root: Path
    name: str
    old: bytes
    copy: Path

    def keep(self) -> str:
        """Keep what the editor left for the next time; say where it is."""
        try:
            content = self.copy.read_bytes()
        except OSError:
            return f"改动留在 {self.copy}"
        kept = keep_draft(self.root, self.name, self.old, content)
        if kept is None:
            return f"改动留在 {self.copy}"
        _discard(self.copy)
        return f"改动留在 {kept}；再执行 zhenggai edit {int(self.name.partition('.')[0])} 接着改"


def _start(root: Path, name: str, old: bytes, fresh: bool) -> bytes:
    """Return what the editor is to begin with: what was kept the last time, if it still fits."""
    draft = None if fresh else kept_draft(root, name, old)
    if draft is None:
        return old
    if draft.is_current:
        tell("从上次没有写回的改动接着改；不要它的，退出以后加 --fresh 再执行")
        return draft.content
    tell(f"上次没有写回的改动在 {draft.path}；文件后来又改动过，这次从文件现在的内容改起")
    return old


# What to press to save and to leave, by what the editor's name begins with.
_VI = "保存退出：按Esc，输入 :wq 回车；不保存退出：按Esc，输入 :q! 回车"
_LEAVING = {
    ("vi", "nvim", "gvim", "hx", "helix", "kak"): _VI,
    ("nano", "pico"): "保存：按Ctrl+O再回车；退出：按Ctrl+X",
    ("emacs",): "保存：按Ctrl+X再按Ctrl+S；退出：按Ctrl+X再按Ctrl+C",
    ("micro", "notepad++"): "保存：按Ctrl+S；退出：按Ctrl+Q",
    ("notepad",): "保存：按Ctrl+S；退出：关闭记事本",
    ("code", "codium", "subl", "gedit", "kate", "mate"): "保存：按Ctrl+S；退出：关闭标签页",
}


def _how_to_leave(program: str) -> str:
    """Say in one line how to save and leave an editor."""
    name = Path(program.strip("\"'").replace("\\", "/")).name.casefold()
    # The longest name that fits: notepad++ is no notepad.
    fitting = [
        (len(one), words)
        for ones, words in _LEAVING.items()
        for one in ones
        if name.startswith(one)
    ]
    return max(fitting)[1] if fitting else "保存以后关闭编辑器"


_BOM = b"\xef\xbb\xbf"


def _with_hint(content: bytes, hint: bytes) -> bytes:
    """Put a line at the head of a text, where an editor that fills the screen shows it."""
    try:
        content.decode()
    except UnicodeDecodeError:  # a line in another encoding would spoil what the editor makes of it
        return content
    bom = _BOM if content.startswith(_BOM) else b""
    return bom + hint + b"\n" + content.removeprefix(bom)


def _without_hint(content: bytes, hint: bytes) -> bytes:
    """Take the line away again, wherever it stands by now."""
    bom = _BOM if content.startswith(_BOM) else b""
    lines = content.removeprefix(bom).splitlines(keepends=True)
    return bom + b"".join(line for line in lines if line.rstrip() != hint)


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


def _run_editor(begun: _Begun) -> None:
    default = "notepad" if sys.platform == "win32" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or default
    # Ctrl-C is for the editor. Not ignored, which the editor would inherit, but without effect.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        words = shlex.split(command, posix=sys.platform != "win32")
        if words and shutil.which(words[0]) is None:
            raise WrongUsageError(
                f"没有“{words[0]}”这个编辑器，未改动；用环境变量EDITOR指定另一个，如 EDITOR=vi"
            )
        with _hinting(begun.copy, _how_to_leave(words[0] if words else "")):
            subprocess.run([*words, str(begun.copy)], check=True)  # noqa: S603 - the user's own
    except (OSError, ValueError, subprocess.CalledProcessError):
        raise WrongUsageError(
            f"编辑器“{command}”未正常结束，未写入；用环境变量EDITOR指定编辑器，{begun.keep()}"
        ) from None
    finally:
        signal.signal(signal.SIGINT, before)
    if not is_file(begun.copy):
        raise WrongUsageError(f"编辑器“{command}”没有留下 {begun.copy}，未写入")


@contextmanager
def _hinting(copy: Path, how: str) -> Iterator[None]:
    """Say how to save and leave the editor to whoever sits at a terminal: before it, and in it."""
    if not sys.stderr.isatty():
        yield
        return
    tell(f"{how}；有错误的不写回")
    hint = f"# {how}（本行不写回）".encode()
    copy.write_bytes(_with_hint(copy.read_bytes(), hint))
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            copy.write_bytes(_without_hint(copy.read_bytes(), hint))


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


def _refuse_unlawful(root: Path, copy: Path) -> None:
    """Refuse what the editor left where it rewrites a record, or tells of a case it did not.

    Records that cannot be read are there to be mended.
    """
    after, before = (read_finding_file(one, copy.name) for one in (copy.parent, root))
    if after[0] is None:
        return
    refuse_typed(after[0], before[0])
    if before[0] is not None and not has_errors(before[1]):
        refuse_rewriting(before[0], after[0])


def _discard(copy: Path) -> None:
    """Remove the copy with all that an editor left beside it: backups, swap files."""
    shutil.rmtree(copy.parent, ignore_errors=True)
