"""`zhenggai show`: one finding whole."""

from typing import Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen
from zhenggai.cli.format_options import FindingFormatOption
from zhenggai.cli.ledger_access import (
    find,
    load_registers,
    report,
    tell_of_unknown_days_off,
)
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode
from zhenggai.exporters import registry
from zhenggai.ledger.journal import fold
from zhenggai.ledger.measure_standing import measure_standings
from zhenggai.ledger.standing import standing_by
from zhenggai.ledger.tenures import tenures
from zhenggai.model.terms import Post


@command(
    "显示一个问题的全部内容：责任、措施、成效和记录。",
    examples="""
zhenggai show 7
zhenggai show keji-2021/07 --format json""",
    completes={"finding_id": candidates.finding_ids},
)
def show(
    finding_id: Annotated[
        str, typer.Argument(metavar="编号", help="7 和 07 一样；几本台账都有时写 台账/07。")
    ],
    style: FindingFormatOption = "text",
    *,
    where: Where,
) -> ExitCode:
    """Show one finding whole."""
    from zhenggai.storage.ledger_file import read_sound_finding
    from zhenggai.views.finding_detail import FindingSheet

    loaded = load_registers(where.ledger, where.today)
    code = report(problem for one in loaded for problem in one.register.problems)
    folder, found = find([one.folder for one in loaded], finding_id)
    whole = read_sound_finding(folder.root, f"{found}.yaml", finding_id)
    chosen = next(one for one in loaded if one.folder is folder)
    row = next(row for row in chosen.register.rows if row.id == found)
    terms, today = chosen.register.head.terms, chosen.today
    journal = fold(row.timeline, terms, today)
    state = standing_by(journal, row.timeline, today, terms)
    measures = measure_standings(journal, row.timeline, today, is_open=state.is_open)
    held = tuple(one for post in Post for one in tenures(row.timeline, post, today, terms))
    sheet = FindingSheet(folder.name, whole, state, today, measures, held)
    say(registry.writer("finding", style)(sheet, screen()))
    tell_of_unknown_days_off([state], [(terms, today)])
    return code
