"""`zhenggai chain`: all rounds of a finding."""

from typing import Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen
from zhenggai.cli.finding_search import find
from zhenggai.cli.format_options import ChainFormatOption
from zhenggai.cli.ledger_access import load_registers, report
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.exporters import registry
from zhenggai.ledger.rounds import End
from zhenggai.storage.ledger_file import unreadable
from zhenggai.storage.ledgers_at_hand import rounds
from zhenggai.views.finding_chain import Chain


@command(
    """显示一个问题的历次：上次、上上次，以及以后的台账里以它为上次的问题，最早的在前。

        台账放在同一个文件夹里，或用 --ledger 写放着它们的文件夹，才能找到。""",
    examples="""
zhenggai chain 7
zhenggai chain 7 --format json""",
    completes={"finding_id": candidates.finding_ids},
)
def chain(
    finding_id: Annotated[
        str, typer.Argument(metavar="编号", help="7 和 07 一样；几本台账都有时写 台账/07。")
    ],
    style: ChainFormatOption = "text",
    *,
    where: Where,
) -> ExitCode:
    """Show every round of a finding, the oldest first."""
    loaded = load_registers(where.ledger, where.today)
    code = report(problem for one in loaded for problem in one.register.problems)
    folder, found = find([one.folder for one in loaded], finding_id)
    chosen = next(one for one in loaded if one.folder is folder)
    row = next((one for one in chosen.register.rows if one.id == found), None)
    if row is None:
        raise unreadable(finding_id, f"{found}.yaml")
    at_hand = rounds([one.folder.root for one in loaded], lambda: [one.register for one in loaded])
    asked = End(chosen.register, row)
    history = Chain(
        asked=asked,
        before=at_hand.before(asked),
        after=at_hand.after(asked),
        days={one.register.folder: one.today for one in loaded},
        today=chosen.today,
    )
    say(registry.writer("chain", style)(history, screen()))
    return code
