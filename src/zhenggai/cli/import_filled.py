"""Of `zhenggai import`: sheets that were filled in come back into their ledger."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from zhenggai.cli.console import ask, say, say_exactly, tell
from zhenggai.cli.edit_options import EditOptions
from zhenggai.cli.import_options import ImportOptions
from zhenggai.cli.ledger_access import ReadLedger
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError
from zhenggai.exporters import json
from zhenggai.importers.filled_sheet import CameBack, came_back
from zhenggai.importers.preview import merge_data, merge_lines
from zhenggai.importers.sheet_merge import SheetMerge, SheetRemark, SheetStep, Told, merge
from zhenggai.importers.tables.grid import Workbook
from zhenggai.importers.tables.proposal import Accept
from zhenggai.ledger.closing_procedure import plan_apply
from zhenggai.ledger.lifecycle import Case, Entry, Plan, Signature
from zhenggai.ledger.progress_steps import Report, plan_done, plan_outcome, plan_report
from zhenggai.ledger.register_sheet import register_sheet
from zhenggai.views.screen_text import indented


def import_filled(
    workbooks: Sequence[Workbook], loaded: ReadLedger, options: ImportOptions
) -> ExitCode:
    """Say what the sheets ask for and write it: all of it, or nothing."""
    taken = [came_back(workbook) for workbook in workbooks]
    merged = _merged(taken, loaded, options)
    if options.as_json:
        say_exactly(json.document(merge_data(merged)))
    else:
        for line in merge_lines(merged):
            say(indented(line))
    if merged.errors:
        raise InvalidInputError(f"表里有{len(merged.errors)}处错误，未写入；先改正再导入")
    if merged.conflicts and Accept.CONFLICTS not in options.accept:
        raise RefusedError(
            f"有{len(merged.conflicts)}处冲突，未写入；核对以后改正表格，"
            "或加 --accept 冲突 只写入没有冲突的问题"
        )
    steps = merged.steps_by_finding()
    if not steps:
        tell("没有要写入的")
        return ExitCode.OK
    if options.dry_run:
        _carry_out(steps, loaded, options)
        return ExitCode.OK
    if not (options.yes or ask("写入？")):
        raise RefusedError("未写入；看过以上结果，加 --yes 写入")
    return _carry_out(steps, loaded, options)


def _merged(taken: Sequence[CameBack], loaded: ReadLedger, options: ImportOptions) -> SheetMerge:
    """Compare the sheets with the ledger as it is now; name what cannot be compared."""
    now = register_sheet(loaded.day, internal=True)
    sheets = [
        one.sheet if options.by is None else one.sheet._replace(reporter=options.by)
        for one in taken
    ]
    merged = merge(now, sheets)
    for one in taken:
        merged.errors.extend(one.errors)
        if one.ledger and one.ledger != loaded.ledger.name:
            text = f"这张表由“{one.ledger}”写出，现在读入“{loaded.ledger.name}”；请核对"
            merged.notes.append(SheetRemark(one.sheet.file, text))
        for added in one.added:
            how = "新的问题用 zhenggai new，新的措施用 zhenggai measure add 登记"
            text = f"没有键的一行，未读入；{how}"
            merged.notes.append(SheetRemark(added.cell, text))
    return merged


def _carry_out(
    steps: Mapping[str, Sequence[SheetStep]], loaded: ReadLedger, options: ImportOptions
) -> ExitCode:
    from zhenggai.cli import editing

    on = options.answers.on or loaded.day.today
    where = EditOptions(
        dry_run=options.dry_run,
        quiet=options.as_json,
        today=loaded.day.today.isoformat(),
        ledger=str(loaded.folder.root),
    )
    chosen = editing.targets(list(steps), where)
    changes = editing.carry_out_each(
        chosen, lambda finding: [partial(_plan, step, on) for step in steps[finding.id]], where
    )
    tell(f"已写入{len(changes)}个问题，{sum(map(len, steps.values()))}处")
    return ExitCode.OK


def _plan(step: SheetStep, on: date, _edited: object, case: Case) -> Plan:
    """Return what to write for a step, as if its command had been typed."""
    try:
        return _plan_of(step, on, case)
    except RefusedError as error:
        raise RefusedError(f"{step.cell}：{error}") from None


def _plan_of(step: SheetStep, on: date, case: Case) -> Plan:
    match step:
        case SheetStep(Told.DONE, measure=int(number), value=date() as day):
            return plan_done(case, number, day, None, (), dated=True)
        case SheetStep(Told.OUTCOME, measure=int(number)):
            return plan_outcome(case, number, str(step.value))
        case SheetStep(Told.APPLICATION):
            return plan_apply(case, Entry(on, on), Signature(step.by))
        case _:
            return plan_report(case, on, Report(str(step.value), step.by))
