"""Of `zhenggai import`: sheets that were filled in come back into their ledger."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from zhenggai.cli import editing
from zhenggai.cli.console import ask, say, say_exactly, tell
from zhenggai.cli.edit_options import EditOptions
from zhenggai.cli.import_options import ImportOptions
from zhenggai.cli.ledger_access import ReadLedger
from zhenggai.cli.numbers_used import once_used
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.exporters import json
from zhenggai.importers.filled_sheet import CameBack, came_back, is_given_out
from zhenggai.importers.preview import merge_data, merge_lines, undecided_lines
from zhenggai.importers.retyped_sheet import matched
from zhenggai.importers.sheet_additions import AddedMeasure, Additions, additions
from zhenggai.importers.sheet_merge import (
    FilledSheet,
    SheetMerge,
    SheetRemark,
    SheetStep,
    Told,
    merge,
)
from zhenggai.importers.tables.grid import Workbook
from zhenggai.importers.tables.proposal import Accept
from zhenggai.importers.tables.proposing import propose
from zhenggai.ledger.closing_procedure import plan_apply
from zhenggai.ledger.lifecycle import Case, Entry, Plan, Signature
from zhenggai.ledger.progress_steps import (
    Report,
    plan_add_measure,
    plan_done,
    plan_outcome,
    plan_report,
)
from zhenggai.ledger.register_sheet import register_sheet
from zhenggai.model.decoding import decode_finding
from zhenggai.model.ledger_model import Finding
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.scaffold import next_name, with_modeline
from zhenggai.storage.yaml.whole_text import as_texts, whole_text
from zhenggai.views.screen_text import indented


class _Days(NamedTuple):
    """The day that steps are dated, and the day on which they are entered."""

    on: date
    today: date


def import_filled(
    workbooks: Sequence[Workbook], loaded: ReadLedger, options: ImportOptions
) -> ExitCode:
    """Say what the sheets ask for and write it: all of it, or nothing."""
    days = _Days(options.answers.on or loaded.day.today, loaded.day.today)
    if days.on > days.today:
        raise RefusedError(f"{days.on}在今天（{days.today}）之后，尚未发生的事不能登记")
    taken = [_taken(workbook, loaded, options) for workbook in workbooks]
    merged, added = _merged(taken, loaded, options)
    if options.as_json:
        say_exactly(json.document(merge_data(merged, added)))
    else:
        for line in merge_lines(merged, added):
            say(indented(line))
    if merged.errors:
        raise InvalidInputError(f"表里有{len(merged.errors)}处错误，未写入；先改正再导入")
    if merged.conflicts and Accept.CONFLICTS not in options.accept:
        raise RefusedError(
            f"有{len(merged.conflicts)}处冲突，未写入；核对以后改正表格，"
            "或加 --accept 冲突 只写入没有冲突的问题"
        )
    steps = merged.steps_by_finding()
    if not (steps or added):
        tell("没有要写入的")
        return ExitCode.OK
    if not (options.dry_run or options.yes or ask("写入？")):
        raise RefusedError("未写入；看过以上结果，加 --yes 写入")
    return _carry_out(steps, added, loaded, options, days)


def _taken(workbook: Workbook, loaded: ReadLedger, options: ImportOptions) -> CameBack:
    """Take up a file by its keys, or where that is asked for by numbers and titles."""
    if not options.matches_numbers or is_given_out(workbook):
        return came_back(workbook)
    proposal = propose(workbook, options.answers)
    if proposal.undecided:
        command = f"zhenggai import {shlex.quote(workbook.file)} --match 编号"
        tell(*undecided_lines(proposal, command))
        number = len(proposal.undecided)
        raise WrongUsageError(f"有{number}列要先指明是什么，未写入；用 --map 列=字段")
    if not proposal.findings:
        raise InvalidInputError(f"“{workbook.file}”里没有读出问题；核对表头，或用 --map 指明各列")
    return matched(proposal, loaded.ledger)


def _merged(
    taken: Sequence[CameBack], loaded: ReadLedger, options: ImportOptions
) -> tuple[SheetMerge, Additions]:
    """Compare the sheets with the ledger as it is now; name what cannot be compared."""
    now = register_sheet(loaded.day, internal=True)
    merged = merge(now, [_as_told(one.sheet, options) for one in taken])
    for one in taken:
        merged.errors.extend(one.errors)
        merged.notes.extend(one.notes)
        _compare_ledgers(one, loaded, merged)
        if options.matches_numbers and not one.ledger:
            text = "没有键，按编号和问题对照"
            merged.notes.append(SheetRemark(one.sheet.file, text))
    rows = [row for one in taken for row in one.added]
    if Accept.ADDITIONS in options.accept:
        added = additions(rows, loaded.ledger)
        merged.notes.extend(added.notes)
        added.measures = [one for one in added.measures if one.id not in merged.contested]
        return merged, added
    for row in rows:
        said = row.values.get("text") or row.values.get("title")
        text = f"没有键的一行“{str(said)[:20]}”，未读入；要新增的，加 --accept 新增"
        merged.notes.append(SheetRemark(row.cell, text))
    return merged, Additions()


def _as_told(sheet: FilledSheet, options: ImportOptions) -> FilledSheet:
    """Return a sheet with the reporter that was named; its reports may be dated before its day."""
    on = options.answers.on
    if options.by is not None:
        sheet = sheet._replace(reporter=options.by)
    if on is not None and sheet.made_on is not None and on < sheet.made_on:
        sheet = sheet._replace(made_on=on)
    return sheet


def _compare_ledgers(one: CameBack, loaded: ReadLedger, merged: SheetMerge) -> None:
    """Hold which ledger a file was made from against the one it goes into."""
    own = loaded.ledger.inspection.identifier
    if one.identifier and own:
        if one.identifier != own:
            text = f"这张表由台账“{one.identifier}”写出，这里是“{own}”；核对是不是这本台账的表"
            merged.errors.append(SheetRemark(one.sheet.file, text))
    elif one.ledger and one.ledger != loaded.ledger.name:
        text = f"这张表由“{one.ledger}”写出，现在读入“{loaded.ledger.name}”；请核对"
        merged.notes.append(SheetRemark(one.sheet.file, text))


def _carry_out(
    steps: Mapping[str, Sequence[SheetStep]],
    added: Additions,
    loaded: ReadLedger,
    options: ImportOptions,
    days: _Days,
) -> ExitCode:
    where = EditOptions(
        dry_run=options.dry_run,
        quiet=options.as_json,
        today=loaded.day.today.isoformat(),
        ledger=str(loaded.folder.root),
    )
    new_measures = added.by_finding()
    files: list[editing.NewFile] = []

    def plans(finding: Finding) -> list[editing.Planning]:
        first = len(finding.measures) + 1
        measures = [
            plan
            for number, one in enumerate(new_measures.get(finding.id, ()), start=first)
            for plan in _plans_added(one, number, days)
        ]
        return [*measures, *(partial(_plan, one, days) for one in _together(steps, finding.id))]

    def new_files() -> Sequence[editing.NewFile]:
        files.extend(_new_files(added, loaded))
        return files

    chosen = editing.targets(sorted({*steps, *new_measures}), where)
    changes = editing.carry_out_each(
        chosen, plans, where, new_files, root=loaded.folder.root if added.findings else None
    )
    if not options.as_json:
        editing.tell_changes(changes, where, lambda _: "")
    number = len([one for one in changes if not one.is_none])
    for file in files:
        how = "将新增" if options.dry_run else "已新增"
        tell(f"{how}问题{file.path.stem}；补充其余各项，再用 zhenggai check 检查")
    if options.dry_run:
        tell(f"以上没有写入；要写入的，去掉 --dry-run，共改动{number}个问题")
    else:
        tell(f"已写入{number}个问题")
    return ExitCode.OK


class _Done(NamedTuple):
    """A measure done, with what came of it where the same row says so."""

    day: SheetStep
    outcome: SheetStep | None


def _together(steps: Mapping[str, Sequence[SheetStep]], id_: str) -> list[SheetStep | _Done]:
    """Put the outcome of a measure with its day, as they would be typed in one command."""
    of_finding = steps.get(id_, ())
    outcomes = {one.measure: one for one in of_finding if one.told is Told.OUTCOME}
    found: list[SheetStep | _Done] = []
    for one in of_finding:
        if one.told is Told.DONE:
            found.append(_Done(one, outcomes.pop(one.measure, None)))
        elif one.told is not Told.OUTCOME or one.measure in outcomes:
            found.append(one)
    return found


def _plan(step: SheetStep | _Done, days: _Days, _edited: object, case: Case) -> Plan:
    """Return what to write for a step, as if its command had been typed."""
    cell = step.day.cell if isinstance(step, _Done) else step.cell
    try:
        return _plan_of(step, days, case)
    except RefusedError as error:
        raise RefusedError(f"{cell}：{error}") from None


def _plan_of(step: SheetStep | _Done, days: _Days, case: Case) -> Plan:
    match step:
        case _Done(SheetStep(measure=int(number), value=date() as day), outcome):
            if day > days.today:
                raise RefusedError(f"{day}在今天（{days.today}）之后，尚未发生的事不能登记")
            told = str(outcome.value) if outcome else None
            return plan_done(case, number, day, told, (), dated=True)
        case SheetStep(Told.OUTCOME, measure=int(number)):
            return plan_outcome(case, number, str(step.value))
        case SheetStep(Told.APPLICATION):
            return plan_apply(case, Entry(days.on, days.today), Signature(step.by))
        case SheetStep():
            return plan_report(case, days.on, Report(str(step.value), step.by))
        case _:
            raise AssertionError(step)


def _plans_added(one: AddedMeasure, number: int, days: _Days) -> list[editing.Planning]:
    """Plan a new measure, and what came of it already."""
    done = SheetStep(Told.DONE, one.id, number, one.done_on, one.cell)
    outcome = SheetStep(Told.OUTCOME, one.id, number, one.outcome, one.cell)
    plans: list[editing.Planning] = [partial(_plan_added, one, days)]
    if one.done_on is not None:
        plans.append(partial(_plan, _Done(done, outcome if one.outcome else None), days))
    elif one.outcome is not None:
        plans.append(partial(_plan, outcome, days))
    return plans


def _plan_added(one: AddedMeasure, days: _Days, _edited: object, case: Case) -> Plan:
    try:
        return plan_add_measure(case, days.today, one.wanted)
    except RefusedError as error:
        raise RefusedError(f"{one.cell}：{error}") from None


def _new_files(added: Additions, loaded: ReadLedger) -> Sequence[editing.NewFile]:
    """Return the files of new findings, under the next numbers that were never used."""
    root = loaded.folder.root
    once_there = once_used(root, loaded.ledger) if added.findings else []
    files: list[editing.NewFile] = []
    for one in added.findings:
        data = one.whole()
        name = next_name(root, [*once_there, *(file.path.name for file in files)])
        decoded, _ = decode_finding(as_texts(data), name.partition(".")[0])
        if decoded is not None:
            refuse_typed(decoded)
        text = with_modeline(name, whole_text(data, f"# 由{one.cell.partition('!')[0]}新增。"))
        files.append(editing.NewFile(root / name, text.encode()))
    return files
