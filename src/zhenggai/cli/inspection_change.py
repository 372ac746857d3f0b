"""Carry out a change of a ledger's inspection.yaml, as `editing` does with those of findings."""

from contextlib import ExitStack
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.cli.console import say, tell
from zhenggai.cli.edit_options import EditOptions
from zhenggai.cli.ledger_access import asked_day, clock, open_folders, tell_of_half_changed
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.register import terms
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.declaration import replaced
from zhenggai.model.decoding import decode_inspection
from zhenggai.model.problem import has_errors
from zhenggai.model.terms import Severity
from zhenggai.rules import is_timing
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.edited_file import open_inspection
from zhenggai.storage.evidence import Digests
from zhenggai.storage.file_names import INSPECTION, shown_path
from zhenggai.storage.ledger_folder import read_ledgers
from zhenggai.storage.ledger_texts import LedgerTexts
from zhenggai.storage.locking import locked
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.nodes import to_data
from zhenggai.storage.yaml.text_edits import apply
from zhenggai.views.edits import Edit, EditReport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhenggai.ledger.lifecycle import Plan
    from zhenggai.ledger.register import Terms
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Ledger
    from zhenggai.storage.ledger_folder import LedgerFolder


class Head(NamedTuple):
    """The ledger whose inspection.yaml is to be changed, what that says now, and the day."""

    folder: "LedgerFolder"
    inspection: "Inspection"
    today: date

    @property
    def terms(self) -> "Terms":
        """What the ledger reckons by."""
        return terms(self.inspection)

    def tell_once(self, sentence: str) -> None:
        """Tell what holds for the change; it is planned once."""
        tell(sentence)

    def ids(self) -> dict[int, str]:
        """Return the ids of its findings by number, those whose files have errors included."""
        names = [name.partition(".")[0] for name in self.folder.names]
        return {int(name): name for name in names}


def change_inspection(
    plan: "Callable[[Head], Plan]",
    options: EditOptions,
    new_files: "Callable[[Head], Mapping[str, bytes]]" = lambda _head: {},
) -> ExitCode:
    """Carry out a plan on the one ledger that the command line means, and say what happened.

    `new_files` are written together with it, by their paths in the ledger.
    """
    folders = open_folders(options.ledger, for_change=True)
    if len(folders) > 1:
        names = "、".join(one.name for one in folders)
        raise WrongUsageError(f"这里有几本台账（{names}）；用 --ledger 指明写进哪一本")
    [folder] = folders
    if options.dry_run:
        tell_of_half_changed(folders)
    with ExitStack() as stack:
        if not options.dry_run:
            stack.enter_context(locked(folder.root))
        edit = _carry_out(folder, plan, options, new_files)
    written = registry.writer("edits", options.style)(
        EditReport([edit], options.dry_run, options.quiet)
    )
    if written:
        say(written)
    return ExitCode.OK


def _carry_out(
    folder: "LedgerFolder",
    plan: "Callable[[Head], Plan]",
    options: EditOptions,
    new_files: "Callable[[Head], Mapping[str, bytes]]",
) -> Edit:
    """Plan, prove and write the change; where it is a dry run all but the last."""
    opened = open_inspection(folder, may_lack=True)
    before, known = decode_inspection(to_data(opened.node))
    today = asked_day(options.today) or clock(before.time_zone)
    head = Head(folder, before, today)
    planned = plan(head)
    if not planned.edits:
        return _edit(folder, opened.text, opened.text, planned)
    beside = new_files(head)
    text, data = apply(opened.text, opened.node, planned.edits)
    after, problems = decode_inspection(data)
    left = [one for one in problems if one.message not in {problem.message for problem in known}]
    if has_errors(left):
        raise RefusedError(f"未写入：{left[0].message}；{left[0].hint}")
    refuse_typed(after, before)
    digests = {name: sha256(content).hexdigest() for name, content in beside.items()}
    _refuse_new_errors(folder, (before, opened.text), (after, text), today, digests)
    if not options.dry_run:
        with transaction(folder.root) as change:
            change.stage(opened.path, opened.encoded(opened.text), opened.encoded(text))
            for name, content in beside.items():
                change.stage(folder.root / name, None, content)
            change.commit()
    for warning in planned.warnings:
        tell(f"警告：{warning}")
    return _edit(folder, opened.text, text, planned)


def _edit(folder: "LedgerFolder", before: str, after: str, planned: "Plan") -> Edit:
    return Edit(
        ledger=folder.name,
        id=None,
        path=shown_path(folder.shown, INSPECTION),
        before=before,
        after=after,
        is_changed=bool(planned.edits),
        message=planned.done,
    )


# How many findings there are to be is said before they are entered.
_OF_THE_NUMBER = ("R404", "R405")


def _refuse_new_errors(
    folder: "LedgerFolder",
    before: "tuple[Inspection, str]",
    after: "tuple[Inspection, str]",
    today: date,
    digests: "Mapping[str, str]",
) -> None:
    """Refuse a change that would make `check` find an error that it does not find now."""
    [ledger] = read_ledgers([folder])
    old = _errors(ledger, folder, before, today)
    for key, sentence in _errors(ledger, folder, after, today, digests).items():
        if key not in old and key[0] in _OF_THE_NUMBER:
            tell(f"提醒：{sentence}（{key[0]}）")
        elif key not in old:
            raise RefusedError(f"未写入：这样改会使台账有错误（{key[0]}）：{sentence}")


def _errors(
    ledger: "Ledger",
    folder: "LedgerFolder",
    said: "tuple[Inspection, str]",
    today: date,
    new: "Mapping[str, str] | None" = None,
) -> dict[tuple[str, str, str], str]:
    """Return the errors by code, path and message; those of time passing are none.

    `new` are the digests of the files that are to be written with it.
    """
    inspection, text = said
    whole = replaced(inspection, days_off=ledger.inspection.days_off)
    day = LedgerOnDay(ledger._replace(inspection=whole), today)
    texts, digests = LedgerTexts(folder.root, {INSPECTION: text}), Digests(folder.root, given=new)
    found = examine_ledger(day, folder.root, texts=texts, digests=digests)
    return {
        (one.code, one.path, one.message): one.sentence
        for one in found
        if one.severity is Severity.ERROR and not is_timing(one)
    }
