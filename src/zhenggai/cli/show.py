"""`zhenggai show`: one finding whole."""

from enum import Enum
from typing import Annotated

import typer

from zhenggai.cli.context import LedgerOption, TodayOption, find, load_outlines, report, say, screen
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
    from zhenggai.core.standing import Item, standing
    from zhenggai.storage.opened import open_finding
    from zhenggai.views import finding

    loaded = load_outlines(ledger, today)
    code = report(loaded)
    one, found = find(loaded, finding_id)
    whole = open_finding(one.root, one.ledger.folder, f"{found}.yaml").finding
    item = Item(one.ledger.name, whole, standing(whole, one.today, one.ledger.inspection))
    if style is ShowFormat.JSON:
        say(finding.write_json(item))
    else:
        say(finding.write(item, one.today, screen()))
    return code
