"""Of `zhenggai import`: workbooks and tables become a ledger."""

import shlex
from dataclasses import replace
from pathlib import Path

from zhenggai.cli.console import answered, ask, say, say_exactly, tell
from zhenggai.cli.import_options import ImportOptions
from zhenggai.cli.progress import mapping
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError, cause
from zhenggai.exporters import json
from zhenggai.importers.new_ledger import ledger_files
from zhenggai.importers.preview import proposal_data, proposal_lines, undecided_lines
from zhenggai.importers.tables.grid import Workbook
from zhenggai.importers.tables.proposal import (
    Accept,
    Answers,
    MappedColumn,
    Need,
    Proposal,
)
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.synonyms import IGNORED, field_named
from zhenggai.model.dates import DAY_FORMS, DateTextError, parse_day
from zhenggai.storage.scaffold import new_identifier, refuse_a_ledger, write_ledger
from zhenggai.views.screen_text import indented


def import_tables(workbook: Workbook, output: str | None, options: ImportOptions) -> ExitCode:
    """Propose a ledger of what a file's tables say, and write it once that is agreed to."""
    if output is None and not options.dry_run:
        raise WrongUsageError("要建立新台账，用 -o 写明文件夹，如 -o 台账；只看结果用 --dry-run")
    root = Path(output or ".")
    if output is not None:
        refuse_a_ledger(root, "用 -o 换一个文件夹")
    proposal = _answered(workbook, options)
    if options.as_json:
        say_exactly(json.document(proposal_data(proposal)))
    else:
        for line in proposal_lines(proposal):
            say(indented(line))
    if not proposal.findings:
        raise InvalidInputError(
            f"“{workbook.file}”里没有读出问题；表头要有“问题”和另外两个认得的列名，或用 --map 指明"
        )
    if proposal.errors:
        raise InvalidInputError(f"表里有{len(proposal.errors)}处错误，未写入；先改正文件再导入")
    proposal = _agreed(proposal, options)
    unit = proposal.title_block.unit
    identifier = new_identifier(root, str(unit.value) if unit else "")
    files = dict(ledger_files(proposal, identifier))
    if options.dry_run:
        return ExitCode.OK
    try:
        write_ledger(root, files)
    except OSError as error:
        raise RefusedError(f"不能写入“{output}”（{cause(error)}）；请检查权限和磁盘空间") from None
    tell(f"已写入{output}：inspection.yaml和{len(proposal.findings)}个问题")
    tell("下一步：补充巡察组、反馈日期和未填写的项目，再用 zhenggai check 检查")
    return ExitCode.OK


def _answered(workbook: Workbook, options: ImportOptions) -> Proposal:
    """Return the proposal with its columns decided: ask, or say what is to be pointed at."""
    answers = options.answers
    while True:
        with mapping() as progress:
            proposal = propose(workbook, answers, progress)
        if not proposal.undecided:
            return _dated(workbook, proposal, options)
        chosen = None if options.is_silent else _choose(proposal.undecided[0])
        if chosen is None:
            command = f"zhenggai import {shlex.quote(workbook.file)}"
            tell(*undecided_lines(proposal, command))
            number = len(proposal.undecided)
            raise WrongUsageError(f"有{number}列要先指明是什么，未写入；用 --map 列=字段")
        answers = _with_column(answers, proposal.undecided[0], chosen)


def _with_column(answers: Answers, column: MappedColumn, field: str) -> Answers:
    sheet = column.sheet.rpartition("!")[2] if "!" in column.sheet else ""
    name = f"{sheet}!{column.letter}" if sheet else column.letter
    return replace(answers, columns=(*answers.columns, (name, field)))


def _choose(column: MappedColumn) -> str | None:
    """Ask at a terminal what a column is; None where nobody can be asked."""
    choices = [*column.choices, IGNORED]
    shown = "，".join(f"{number} {one}" for number, one in enumerate(choices[:-1], start=1))
    values = "、".join(f"“{value}”" for value in column.values)
    question = f"“{column.heading}”（{values}）是哪一项：{shown}，0 不读入？ "
    while (answer := answered(question)) is not None:
        text = answer.strip()
        if not answer:
            return None
        if text.isdecimal() and int(text) < len(choices):
            return choices[int(text) - 1] if int(text) else IGNORED
        if (named := field_named(text)) in choices:
            return named
        tell(f"写0到{len(choices) - 1}的数字，或字段的名称")
    return None


def _dated(workbook: Workbook, proposal: Proposal, options: ImportOptions) -> Proposal:
    """Ask once, at a terminal, for the day of what has none; else it stays open."""
    asked = [one for one in proposal.questions if one.need is Need.DAY]
    if not asked or options.is_silent:
        return proposal
    offered = next((one.offered for one in asked if one.offered), "")
    suggestion = f"，直接回车用{offered}" if offered else ""
    while answer := answered(
        f"有{len(asked)}处完成或进展没有日期，按哪一天（截至日期{suggestion}）？ "
    ):
        text = answer.strip() or offered
        if not text:
            break
        try:
            return propose(workbook, replace(proposal.answers, on=parse_day(text)))
        except DateTextError as error:
            tell(f"{error}；写成 {DAY_FORMS}")
    return proposal


def _agreed(proposal: Proposal, options: ImportOptions) -> Proposal:
    """Return the proposal as it is to be written; raise RefusedError where nobody agrees."""
    if open_values := proposal.blocking:
        left = f"有{len(open_values)}处待定"
        if options.is_silent or not ask(f"{left}，留空写入、以后补充？"):
            raise RefusedError(f"{left}，未写入；补充以后再导入，或加 --accept 待定 留空写入")
        accept = proposal.answers.accept | {Accept.OPEN}
        return replace(proposal, answers=replace(proposal.answers, accept=accept))
    if not (options.dry_run or options.yes or ask("写入？")):
        raise RefusedError("未写入；看过以上结果，加 --yes 写入")
    return proposal
