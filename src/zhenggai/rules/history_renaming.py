"""History guard, names that were corrected all over a ledger: only as 更名 says, and wholly."""

from collections.abc import Iterator

from zhenggai.ledger.renaming import (
    NameClashError,
    may_be_merged,
    names_in,
    names_in_use,
    with_name,
)
from zhenggai.model.declaration import replaced
from zhenggai.model.inspection_model import Inspection, Renaming
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import At, Problem
from zhenggai.model.terms import ROLES
from zhenggai.rules.history_codes import RENAMED, RENAMED_OTHERWISE
from zhenggai.rules.history_wording import INSPECTION, LOOK, history_problem

_HINT = "恢复原来的写法，用 zhenggai rename 更名；确需这样改的，由督查单位确认"


def as_renamed(old: Ledger, new: Ledger) -> tuple[Ledger, list[Problem]]:
    """Return the old ledger with the names that its new notes (更名) say, and tell of these.

    So a name is no change where a note says so, and every other change is one. A note of a name
    that was not in use, or that leaves places as they were, is named; one that would make two
    names of those who sign into one is not followed at all.
    """
    notes = _new_notes(old.inspection, new.inspection)
    problems: list[Problem] = []
    mapped = old
    for place, note in notes:
        at: At = ("更名", place)
        used = names_in_use(mapped, note.kind)
        if why := _why_not(note, mapped, used):
            message = f"更名写{note.kind}由{note.old}改为{note.new}，{why}"
            problems.append(history_problem(new, RENAMED_OTHERWISE, INSPECTION, at, message, _HINT))
            continue
        merged = "，与原有的合并" if note.new in used else ""
        message = f"{note.kind}由{note.old}更名为{note.new}{merged}"
        problems.append(history_problem(new, RENAMED, INSPECTION, at, message, LOOK))
        mapped = _mapped(mapped, note)
    if notes:
        problems += _left_over(mapped, new, [note for _, note in notes])
    return mapped, problems


def _new_notes(old: Inspection, new: Inspection) -> list[tuple[int, Renaming]]:
    """Return the notes that the old version has not, each with its place."""
    left = list(old.renamings)
    notes: list[tuple[int, Renaming]] = []
    for place, note in enumerate(new.renamings):
        if left and note == left[0]:
            left.pop(0)
        else:
            notes.append((place, note))
    return notes


def _why_not(note: Renaming, ledger: Ledger, used: set[str]) -> str:
    """Say why a note cannot be followed; '' where it can."""
    if note.old not in used:
        return f"原来没有{note.old}"
    if note.new in ROLES:
        return f"“{note.new}”不能作名称"
    merges = note.new in used and note.new != note.old
    if merges and not may_be_merged(ledger.inspection, note.kind, note.old, note.new):
        return f"{note.new}原来已经在用，和“销号权限”“回避”有关，不能合并"
    try:
        _mapped(ledger, note)
    except NameClashError as error:
        return str(error)
    return ""


def _mapped(ledger: Ledger, note: Renaming) -> Ledger:
    """Return a ledger as it is once a note is carried out, the note with it."""
    kind, was, now = note.kind, note.old, note.new
    inspection = with_name(ledger.inspection, kind, was, now)
    findings = tuple(with_name(finding, kind, was, now) for finding in ledger.findings)
    noted = replaced(inspection, renamings=(*inspection.renamings, note))
    return ledger._replace(inspection=noted, findings=findings)


def _left_over(mapped: Ledger, new: Ledger, notes: list[Renaming]) -> Iterator[Problem]:
    """Name the files that still say an old name where a note says that it is another now."""
    now = {finding.number: finding for finding in new.findings}
    pairs: list[tuple[Inspection | Finding, Inspection | Finding, str]] = [
        (mapped.inspection, new.inspection, INSPECTION)
    ]
    pairs += [
        (finding, now[finding.number], finding.file_name)
        for finding in mapped.findings
        if finding.number in now
    ]
    for note in dict.fromkeys(notes):
        for meant, said, name in pairs:
            left = names_in(said, note.kind) - names_in(meant, note.kind)
            if note.old in left:
                message = f"更名写{note.kind}由{note.old}改为{note.new}，这里还写着{note.old}"
                at: At = (_key_of(said, note),)
                yield history_problem(new, RENAMED_OTHERWISE, name, at, message, _HINT)
        if note.new not in names_in_use(new, note.kind) and note.new in names_in_use(
            mapped, note.kind
        ):
            message = f"更名写{note.kind}由{note.old}改为{note.new}，台账里没有{note.new}"
            yield history_problem(new, RENAMED_OTHERWISE, INSPECTION, ("更名",), message, _HINT)


def _key_of(model: Inspection | Finding, note: Renaming) -> str:
    """Return the key below which a model says the old name."""
    for name, field in model.DECLARED.items():
        value = getattr(model, name)
        if note.kind in field.names and note.old in (value or ()):
            return field.key
    return "更名" if isinstance(model, Inspection) else note.kind.value
