"""Entry point of the edit commands; imports the editing code only when a command runs.

What carries it out (`editing`) loads the parser, the lock and the validator; completing such a
command's ids does without them.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from zhenggai.cli.edit_options import EditOptions
from zhenggai.errors import ExitCode

if TYPE_CHECKING:
    from zhenggai.cli.editing import Change, EditedLedger
    from zhenggai.ledger.lifecycle import Case, Plan


def change_findings(
    asked: Sequence[str],
    plan: "Callable[[EditedLedger, Case], Plan]",
    options: EditOptions,
    whats_next: "Callable[[Change], str]",
    *,
    skips_closed: bool = False,
    is_step: bool = False,
) -> ExitCode:
    """Carry out one plan on every finding meant by ids and ranges, and say what happened.

    `skips_closed` leaves out, and names, closed findings that only a range means. A step of the
    closing procedure is refused where the procedure cannot be read.
    """
    from zhenggai.cli import editing

    chosen = editing.targets(asked, options)
    if is_step:
        editing.refuse_unread_rules(chosen)
    if skips_closed:
        chosen = editing.without_closed(chosen)
    changes = editing.carry_out(chosen, plan, options)
    return editing.tell_changes(changes, options, whats_next)


def change_as_noted(
    asked: Sequence[str] | None,
    said: tuple[str | None, str | None],
    plan: "Callable[[EditedLedger, Case, str], Plan]",
    options: EditOptions,
    whats_next: "Callable[[Change], str]",
) -> ExitCode:
    """Carry out a plan with the text typed for the ids, or with those of a file (`said`)."""
    note, source = said
    if source is not None:
        return change_as_listed(source, plan, options, whats_next)
    return change_findings(
        asked or [],
        lambda edited, case: plan(edited, case, note or ""),
        options,
        whats_next,
        skips_closed=True,
    )


def change_as_listed(
    source: str,
    plan: "Callable[[EditedLedger, Case, str], Plan]",
    options: EditOptions,
    whats_next: "Callable[[Change], str]",
) -> ExitCode:
    """Carry out a plan on every finding that a file names, each with its own text.

    Closed ones are left out and named. Raise InvalidInputError where a finding is named twice.
    """
    from zhenggai.cli import editing
    from zhenggai.cli.notes_file import file_called, read_notes, told_at
    from zhenggai.errors import InvalidInputError

    ledgers = editing.EditedLedgers(options)
    texts: dict[object, str] = {}
    lines: dict[object, int] = {}
    chosen = []
    for note in read_notes(source, "登记用的文本"):
        with told_at(f"{file_called(source)}第{note.line}行"):
            targets = ledgers.targets([one.id for one in note.ids])
        for target in targets:
            if target.key in lines:
                raise InvalidInputError(
                    f"{file_called(source)}第{note.line}行的问题{target.opened.finding.id}"
                    f"在第{lines[target.key]}行已经写过；合成一行"
                )
            lines[target.key], texts[target.key] = note.line, note.text
            chosen.append(target._replace(is_ranged=True))

    def plan_listed(edited: "EditedLedger", case: "Case") -> "Plan":
        return plan(edited, case, texts[edited.folder.root, case.id])

    changes = editing.carry_out(editing.without_closed(chosen), plan_listed, options)
    return editing.tell_changes(changes, options, whats_next)
