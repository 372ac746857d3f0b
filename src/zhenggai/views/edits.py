"""What a command changed, or would change, in the files of findings."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from zhenggai.ledger.standing import Standing
from zhenggai.views.screen_text import visible


class Edit(NamedTuple):
    """One file before and after, what is said of it, and what is asked only then.

    `is_changed` is false where there was nothing to write. Of inspection.yaml there is neither an
    id nor a standing.
    """

    ledger: str
    id: str | None
    path: str
    before: str
    after: str
    is_changed: bool
    message: str
    standing: Callable[[], Standing] | None = None
    whats_next: Callable[[], str] = str


class EditReport(NamedTuple):
    """What a command changed, or where `is_dry` would change; where `is_quiet` nothing is said."""

    edits: Sequence[Edit]
    is_dry: bool = False
    is_quiet: bool = False

    def content(self) -> dict[str, Any]:
        """Return what JSON says of the changes."""
        return {"dry_run": self.is_dry, "changes": [_content(edit) for edit in self.edits]}


def _content(edit: Edit) -> dict[str, Any]:
    now = edit.standing() if edit.standing else None
    return {
        "ledger": edit.ledger,
        "id": edit.id,
        "path": edit.path,
        "changed": edit.is_changed,
        "message": edit.message,
        "stage": now.stage if now else None,
        "timing": now.timing if now else None,
        "deadline": now.deadline if now else None,
    }


def edit_lines(report: EditReport) -> Iterator[str]:
    """Say of every change what happened, and what is next; of a dry run the difference only."""
    for edit in report.edits:
        if report.is_dry:
            yield difference(edit.path, edit.before, edit.after) or visible(edit.message)
        elif not report.is_quiet:
            yield visible(edit.message + (edit.whats_next() if edit.is_changed else ""))


def difference(path: str, before: str, after: str) -> str:
    """Return what differs between two texts of a file, line by line; '' where nothing does."""
    then, now = before.splitlines(), after.splitlines()
    lines = difflib.unified_diff(then, now, path, f"{path}（改后）", lineterm="")
    return "\n".join(line[:1] + _shown(line[1:]) for line in lines)


def _shown(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + visible(line)
