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
