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
    from zhenggai.ledger.lifecycle import Plan
    from zhenggai.model.ledger_model import Finding


def change_findings(
    asked: Sequence[str],
    plan: "Callable[[EditedLedger, Finding], Plan]",
    options: EditOptions,
    whats_next: "Callable[[Change], str]",
) -> ExitCode:
    """Carry out one plan on every finding meant by ids and ranges, and say what happened."""
    from zhenggai.cli import editing

    changes = editing.carry_out(editing.targets(asked, options), plan, options)
    return editing.tell_changes(changes, options, whats_next)
