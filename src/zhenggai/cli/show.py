"""`zhenggai show`: findings whole, or what inspection.yaml says."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, screen
from zhenggai.cli.finding_search import find
from zhenggai.cli.format_options import FindingFormatOption
from zhenggai.cli.ledger_access import (
    load_registers,
    open_folders,
    report,
    tell_of_unknown_days_off,
)
from zhenggai.cli.options import Where, command
from zhenggai.cli.typed_ids import typed_ids, typed_measures
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.journal import fold
from zhenggai.ledger.measure_standing import measure_standings
from zhenggai.ledger.standing import standing_by
from zhenggai.ledger.tenures import tenures
from zhenggai.model.terms import Post

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadRegister
    from zhenggai.views.finding_detail import FindingSheet


@command(
    """显示问题的全部内容：责任、措施、成效和记录。

        不写编号时，显示台账的总说明（inspection.yaml）：巡察、整改方案、各项截止、预警等级、评估、签批等。""",
    examples="""
zhenggai show 7
zhenggai show 7 8
zhenggai show
zhenggai show keji-2021/07 --format json""",
    completes={"finding_ids": candidates.finding_ids},
)
def show(
    finding_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="编号",
            help="7、7号、1-5 或 台账/07，可指定多个；不写时是台账的总说明。",
        ),
    ] = None,
    style: FindingFormatOption = "text",
    *,
    where: Where,
) -> ExitCode:
    """Show findings whole, or of the ledger what its inspection.yaml says."""
    if not finding_ids:
        return _inspection(style, where)
    from zhenggai.views.finding_detail import FindingSheets

    _refuse_measures(finding_ids)
    loaded = load_registers(where.ledger, where.today)
    code = report(problem for one in loaded for problem in one.register.problems)
    folders = [one.folder for one in loaded]
    asked = [single for word in finding_ids for single, _ in typed_ids(word)]
    found = {find(folders, single): single for single in asked}
    sheets = [
        _sheet(next(one for one in loaded if one.folder is folder), name, single)
        for (folder, name), single in found.items()
    ]
    say(registry.writer("finding", style)(FindingSheets(sheets), screen()))
    kept_by = [(one.register.head.terms, one.today) for one in loaded]
    used = {folder.root for folder, _ in found}
    tell_of_unknown_days_off(
        [sheet.standing for sheet in sheets],
        [kept for kept, folder in zip(kept_by, folders, strict=True) if folder.root in used],
    )
    return code


def _refuse_measures(words: list[str]) -> None:
    for word in words:
        if measures := typed_measures(word):
            raise WrongUsageError(
                f"“{word}”是措施的编号，措施随问题一起显示；写成 zhenggai show {measures[0].id}"
            )


def _sheet(chosen: "ReadRegister", found: str, asked: str) -> "FindingSheet":
    from zhenggai.storage.ledger_file import read_sound_finding
    from zhenggai.views.finding_detail import FindingSheet

    whole = read_sound_finding(chosen.folder.root, f"{found}.yaml", asked)
    row = next(row for row in chosen.register.rows if row.id == found)
    terms, today = chosen.register.head.terms, chosen.today
    journal = fold(row.timeline, terms, today)
    state = standing_by(journal, row.timeline, today, terms)
    measures = measure_standings(journal, row.timeline, today, is_open=state.is_open)
    held = tuple(one for post in Post for one in tenures(journal, row.timeline, post, today, terms))
    return FindingSheet(chosen.folder.name, whole, state, today, measures, held)


def _inspection(style: str, where: Where) -> ExitCode:
    """Show what inspection.yaml says; refuse to choose among several ledgers."""
    from zhenggai.views.inspection_detail import InspectionSheet

    folders = open_folders(where.ledger)
    if len(folders) > 1:
        names = "、".join(one.name for one in folders)
        raise WrongUsageError(f"这里有几本台账（{names}）；写明编号，或用 --ledger 指明哪一本")
    [folder] = folders
    inspection, problems = folder.inspection_file
    code = report(folder.shown_problems(problems))
    sheet = InspectionSheet(folder.name, inspection)
    say(registry.writer("inspection", style)(sheet, screen()))
    return code
