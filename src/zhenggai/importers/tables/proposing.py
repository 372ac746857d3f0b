"""Make the proposal of a file that was read: a pure function of the file and of the answers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from zhenggai.importers.tables.column_mapping import refuse_unknown_columns
from zhenggai.importers.tables.finding_assembly import (
    FindingAssembly,
    Part,
    Remarks,
    Surroundings,
    fields_per_measure,
    point_at_errors,
)
from zhenggai.importers.tables.grid import CellKind, Workbook
from zhenggai.importers.tables.header_search import read_title_block
from zhenggai.importers.tables.proposal import (
    Answers,
    Need,
    Proposal,
    ProposedFinding,
    Remark,
    Skipped,
    Sourced,
    TitleBlock,
)
from zhenggai.importers.tables.row_groups import TOTAL_ROW, Block, is_usable
from zhenggai.importers.tables.sheet_arrangement import (
    Arrangement,
    Joining,
    Taking,
    arrange,
)
from zhenggai.importers.tables.synonyms import COMPOSITE, FIELDS
from zhenggai.ledger.stated_totals import NUMBER, number_in
from zhenggai.storage.file_names import Progress, silent

_PLAIN_NUMBER = re.compile("0*[1-9][0-9]{0,4}")
_REQUIRED = tuple(field.name for field in FIELDS if field.is_required)
_OF_RESPONSIBILITY = ("责任领导", "责任科室", "责任人")


class _Told(NamedTuple):
    """A finding's parts, its number as written, and that with the sheet's name where needed."""

    parts: list[Part]
    written: str
    label: str
    aspect: Sourced | None


def propose(
    workbook: Workbook,
    answers: Answers | None = None,
    progress: Progress = silent,
) -> Proposal:
    """Return what an import would make of a file.

    `progress` is called with how many of how many findings are put together.

    Raise WrongUsageError where an answer names what is not there.
    """
    answers = answers or Answers()
    refuse_unknown_columns(workbook, answers)
    arrangement = arrange(workbook, answers)
    remarks = Remarks(arrangement.questions, arrangement.notes)
    block = _title_block(workbook, arrangement)
    findings: list[ProposedFinding] = []
    if arrangement.takings:
        for taking in arrangement.takings:
            remarks.notes += taking.grouped.notes
            remarks.errors += taking.grouped.errors
            point_at_errors(taking.table, taking.grouped.blocks, remarks)
        told = list(_told(arrangement, remarks))
        around = Surroundings(
            answers, block.as_of, _per_measure(arrangement), _missing(arrangement, remarks)
        )
        numbers = _numbers(told, remarks)
        for done, (one, number) in enumerate(zip(told, numbers, strict=True)):
            progress(done, len(told))
            assembly = FindingAssembly(one.parts, around, remarks)
            finding = assembly.result(number, one.written, one.label)
            if one.aspect and "方面" not in finding.fields:
                finding.fields["方面"] = one.aspect  # type: ignore[index]
            findings.append(finding)
        _point_at_looks(arrangement, remarks)
    skipped = list(arrangement.skipped)
    for taking in arrangement.takings:
        skipped += taking.grouped.skipped
    skipped += [Skipped(place, "没有归入问题的文字", (text,)) for place, text in workbook.left]
    remarks.notes += _other_totals(skipped, findings)
    after = _after_tables(workbook, arrangement)
    skipped += [Skipped(workbook.file, "表格以外的文字", (text,)) for text in after]
    return Proposal(
        workbook.file,
        workbook.kind,
        {taking.table.sheet.title: _header_place(taking) for taking in arrangement.takings},
        tuple(arrangement.columns),
        block,
        tuple(findings),
        tuple(dict.fromkeys(remarks.questions)),
        (*(Remark(workbook.file, note) for note in workbook.notes), *dict.fromkeys(remarks.notes)),
        tuple(skipped),
        tuple(dict.fromkeys(remarks.errors)),
        answers,
    )


_COUNTED = {
    "问题": re.compile(rf"(?P<n>{NUMBER})[个项条]?问题"),
    "措施": re.compile(rf"(?<!完成)(?P<n>{NUMBER})[个项条](?:整改)?措施"),
}
_OF_A_PART = re.compile("小计|本页")


def _other_totals(skipped: list[Skipped], findings: list[ProposedFinding]) -> Iterator[Remark]:
    """Hold the findings and measures that the one row of totals counts against those read."""
    totals = [one for one in skipped if one.reason == TOTAL_ROW and not _is_of_a_part(one)]
    if len(totals) != 1 or len({one.sheet for one in findings}) != 1:
        return
    text = "，".join("".join(unicodedata.normalize("NFKC", one).split()) for one in totals[0].texts)
    measures = sum(len(one.measures) for one in findings)
    for what, read, unit in (("问题", len(findings), "个"), ("措施", measures, "项")):
        match = _COUNTED[what].search(text)
        if match and number_in(match["n"]) != read:
            said = f"合计行写明“{match[0]}”，读出{read}{unit}{what}；核对各行和各项"
            yield Remark(totals[0].place, said)


def _is_of_a_part(row: Skipped) -> bool:
    return any(_OF_A_PART.search(text) for text in row.texts)


def _header_place(taking: Taking) -> str:
    header, sheet = taking.table.header, taking.table.sheet
    columns = sorted(header.headings)
    if sheet.paragraphs:
        return ""
    if not header.first_row:
        return f"{sheet.title}（续前表）"
    first = sheet.place(header.first_row, columns[0])
    return f"{first}:{sheet.place(header.last_row, columns[-1]).rpartition('!')[2]}"


def _title_block(workbook: Workbook, arrangement: Arrangement) -> TitleBlock:
    """Return what stands above the tables that take part, the first word on each thing counting."""
    whole = TitleBlock()
    for taking in arrangement.takings:
        around = workbook.around.get(taking.number, ())
        one = read_title_block(taking.table.sheet, taking.table.header, around)
        whole = TitleBlock(
            whole.as_of or one.as_of,
            whole.unit or one.unit,
            whole.marking or one.marking,
            (*whole.texts, *one.texts),
        )
    return whole


def _after_tables(workbook: Workbook, arrangement: Arrangement) -> Iterator[str]:
    taken = {taking.number for taking in arrangement.takings}
    for number, texts in workbook.around.items():
        if number not in taken:
            yield from texts


def _per_measure(arrangement: Arrangement) -> Mapping[str, frozenset[str]]:
    """Return the fields said for every measure; sheets one after the other are one table."""
    found = {
        taking.table.sheet.title: fields_per_measure(taking.table, taking.grouped.blocks)
        for taking in arrangement.takings
    }
    if arrangement.joining is Joining.STACKED:
        together = frozenset().union(*found.values())
        found = dict.fromkeys(found, together)
    return found


def _missing(arrangement: Arrangement, remarks: Remarks) -> frozenset[str]:
    """Ask once for each field that every finding needs and no table has a column for."""
    tables = [taking.table for taking in arrangement.takings]
    there = {field for table in tables for field in table.fields.values()}
    if COMPOSITE in there:
        there |= set(_OF_RESPONSIBILITY)
    # What a column that is to be pointed at may hold is not asked for yet.
    choices = {choice for column in arrangement.columns for choice in column.choices} - there
    there |= choices
    blocks = [
        (taking.table, block) for taking in arrangement.takings for block in taking.grouped.blocks
    ]
    missing = frozenset(field for field in _REQUIRED if field not in there)
    for field in _REQUIRED:
        if field in missing and blocks:
            table, block = blocks[0]
            column = min(table.header.headings)
            place = table.sheet.place(block.rows[0], column)
            text = f"没有{field}一栏，必填"
            remarks.ask(place, text, Need.VALUE, f"missing:{field}")
    return missing | choices


# -- which rows are of one finding ------------------------------------------------------------


def _number_of(block: Block) -> str:
    if block.number is None or not is_usable(block.number.cell):
        return ""
    return unicodedata.normalize("NFKC", block.number.cell.text).strip().rstrip("、.。")


def _told(arrangement: Arrangement, remarks: Remarks) -> Iterator[_Told]:
    if arrangement.joining is Joining.JOINED:
        yield from _joined(arrangement, remarks)
        return
    numbers = Counter(
        number
        for taking in arrangement.takings
        for number in {_number_of(block) for block in taking.grouped.blocks}
        if number
    )
    repeats = any(count > 1 for count in numbers.values())
    for taking in arrangement.takings:
        seen: dict[str, str] = {}
        for block in taking.grouped.blocks:
            number = _number_of(block)
            if number and number in seen and block.number:
                text = f"序号“{number}”重复（{seen[number]}已有）；请改正"
                remarks.errors.append(Remark(block.number.place, text))
            elif number and block.number:
                seen[number] = block.number.place
            sheet = taking.table.sheet
            aspect = None
            if arrangement.names_are_aspects:
                aspect = Sourced(sheet.name.strip(), sheet.title, is_derived=True)
            label = f"{sheet.name.strip()}-{number}" if repeats and sheet.is_named else number
            yield _Told([Part(taking.table, block)], number, label if number else "", aspect)


def _joined(arrangement: Arrangement, remarks: Remarks) -> Iterator[_Told]:
    """Yield the findings of the first sheet with the rows of the same number of the others.

    The number of a row that no finding has, or a second finding with one, is an error.
    """
    base, *others = sorted(arrangement.takings, key=lambda one: not one.table.has("问题"))
    rows: dict[str, list[Part]] = {}
    titles = {_joins_by(_number_of(block)) for block in base.grouped.blocks} - {""}
    for taking in others:
        sheet = taking.table.sheet
        for block in taking.grouped.blocks:
            number = _number_of(block)
            if _joins_by(number) not in titles:
                place = block.number.place if block.number else sheet.place(block.rows[0], 1)
                text = f"序号“{number}”在“{base.table.sheet.name}”里没有" if number else "没有序号"
                remarks.errors.append(Remark(place, f"{text}；请核对两张表"))
                texts = tuple(cell.text for row in block.rows for cell in sheet.rows[row].values())
                arrangement.skipped.append(Skipped(place, "对不上的行，未读入", texts))
            else:
                rows.setdefault(_joins_by(number), []).append(Part(taking.table, block))
    seen: dict[str, str] = {}
    for block in base.grouped.blocks:
        number = _number_of(block)
        parts = [Part(base.table, block)]
        if number and number in seen and block.number:
            text = f"序号“{number}”重复（{seen[number]}已有）；请改正"
            remarks.errors.append(Remark(block.number.place, text))
        elif number:
            seen[number] = block.number.place if block.number else ""
            parts += _of_one_table(rows.get(_joins_by(number), []))
        yield _Told(parts, number, number, None)


def _joins_by(number: str) -> str:
    """Return a number in the form by which tables are joined: 7 for 07."""
    return str(int(number)) if number.isdecimal() else number


def _of_one_table(parts: list[Part]) -> Iterator[Part]:
    """Yield one part for each table: what stands apart under one number goes together."""
    by_table: dict[str, Part] = {}
    for part in parts:
        known = by_table.get(part.table.sheet.title)
        if known is None:
            by_table[part.table.sheet.title] = part
        else:
            block = Block(
                [*known.block.rows, *part.block.rows],
                known.block.number,
                known.block.title,
                known.block.aspect,
                [*known.block.repeats, *part.block.repeats],
                known.block.is_by_measure,
            )
            by_table[part.table.sheet.title] = Part(part.table, block)
    yield from by_table.values()


def _numbers(told: list[_Told], remarks: Remarks) -> list[str]:
    """Return the names of the files to be: the numbers as written where each is plain and once.

    Otherwise they are counted from 1 in order, and the old ones are listed.
    """
    written = [one.written for one in told]
    has_column = any(part.table.has("序号") for one in told for part in one.parts)
    is_plain = all(_PLAIN_NUMBER.fullmatch(number) for number in written)
    values = [int(number) for number in written] if is_plain else []
    if values and len(set(values)) == len(values):
        width = max(2, *(len(str(value)) for value in values))
        return [f"{value:0{width}d}" for value in values]
    width = max(2, len(str(len(told))))
    numbers = [f"{place:0{width}d}" for place in range(1, len(told) + 1)]
    for one, number in zip(told, numbers, strict=True) if has_column else ():
        part = one.parts[0]
        entry = part.block.number
        place = entry.place if entry else part.table.sheet.place(part.block.rows[0], 1)
        remarks.note(
            place,
            f"原编号“{one.label}”，改编为{number}" if one.label else f"没有编号，编为{number}",
        )
    return numbers


def _point_at_looks(arrangement: Arrangement, remarks: Remarks) -> None:
    """Point at what is struck through, noted on or otherwise more than its text."""
    for taking in arrangement.takings:
        sheet = taking.table.sheet
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                for remark in cell.remarks:
                    what = (
                        f"{remark}，未读入" if remark.startswith("批注") else f"{remark}，照样读入"
                    )
                    remarks.note(sheet.place(row, column), what)
                if cell.kind is CellKind.ERROR and column not in taking.table.fields:
                    remarks.note(sheet.place(row, column), f"错误值{cell.text}，所在的列未读入")
