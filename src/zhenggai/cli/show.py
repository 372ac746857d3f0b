"""`zhenggai show`: one finding whole."""

from enum import Enum
from typing import Annotated

import typer

from zhenggai.cli.context import LedgerOption, TodayOption, find, load, report, say, screen
from zhenggai.errors import ExitCode


class ShowFormat(str, Enum):
    """What `show --format` may ask for."""

    TEXT = "text"
    JSON = "json"


def show(
    finding_id: Annotated[
        str, typer.Argument(metavar="编号", help="7 和 07 一样;几本台账都有时写 台账/07。")
    ],
    style: Annotated[ShowFormat, typer.Option("--format", help="输出的形式。")] = ShowFormat.TEXT,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> ExitCode:
    """Show one finding whole."""
    from zhenggai.views import finding

    loaded = load(ledger, today)
    code = report(loaded)
    one, found = find(loaded, finding_id)
    item = next(item for item in one.items() if item.finding.id == found)
    if style is ShowFormat.JSON:
        say(finding.write_json(item))
    else:
        say(finding.write(item, one.today, screen()))
    return code
