"""What the commands share that write a file from one ledger: which ledger, which file, what not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli.console import tell
from zhenggai.cli.ledger_access import clock, report
from zhenggai.errors import RefusedError, WrongUsageError, cause
from zhenggai.notice.privacy import private_notes, refuse_private
from zhenggai.rules import is_secrecy
from zhenggai.storage.checking import examine_ledger, refuse_secrecy
from zhenggai.storage.outputs import Output, Source
from zhenggai.views.phrases import some

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadLedger

MarkingOption = Annotated[
    str | None,
    typer.Option("--marking", metavar="标志", help="每页上方标明：内部资料或工作秘密。"),
]


_MOST_NAMED = 10


def one_ledger(loaded: "list[ReadLedger]", or_else: str = "") -> "ReadLedger":
    """Return the only ledger there is; raise WrongUsageError where there are several.

    `or_else` says what else may be done with several.
    """
    if len(loaded) > 1:
        names = some([one.ledger.name for one in loaded], _MOST_NAMED)
        raise WrongUsageError(f"这里有几本台账（{names}）；用 --ledger 指明用哪一本{or_else}")
    return loaded[0]


def output_file(output: str, example: str, *loaded: "ReadLedger") -> Output:
    """Return the file to write; refuse one that the ledgers themselves are made of.

    `example` is a name such as the file might have.
    """
    if Path(output).is_dir():
        raise WrongUsageError(f"“{output}”是文件夹；写上文件名，如 {output}/{example}")
    target = Output(output, refusal=f"会覆盖台账自己的文件；换一个文件名，如 {example}")
    for one in loaded:
        target.spare(Source(one.folder.root, one.ledger))
    return target


def write_to_file(target: Output, content: bytes) -> None:
    """Write a file; raise RefusedError where that fails."""
    try:
        target.write(content)
    except OSError as error:
        is_missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        how = "先建好它的文件夹" if is_missing else "关掉打开着它的程序"
        raise RefusedError(
            f"不能写入“{target.asked}”（{cause(error)}）；{how}，或换一个位置"
        ) from None


def refuse_private_in(source: str, *loaded: "ReadLedger", allowed: bool) -> None:
    """Tell of private numbers in what is about to be written, and refuse them unless allowed."""
    notices = (one.ledger.inspection.notice for one in loaded)
    contacts = [contact for notice in notices if notice for contact in notice.contacts]
    notes = private_notes(source, contacts)
    for note in notes:
        tell(note)
    if not allowed:
        refuse_private(notes)


def refuse_secrets_in(loaded: "ReadLedger") -> None:
    """Write nothing from a ledger that tells of cases not to be kept in it."""
    present = clock(loaded.ledger.inspection.time_zone)
    examined = examine_ledger(loaded.day, loaded.folder.root, family="S", present=present)
    report(filter(is_secrecy, examined))
    refuse_secrecy(examined)
