"""Make one finding of its rows: fields, measures, and what cells tell of how far they are."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhenggai.importers.tables.column_mapping import Table
from zhenggai.importers.tables.grid import Cell, CellKind, column_letter
from zhenggai.importers.tables.labelled_names import split_labelled
from zhenggai.importers.tables.list_items import looks_like_several, split_items
from zhenggai.importers.tables.proposal import (
    Answers,
    Need,
    ProposedFinding,
    ProposedMeasure,
    ProposedRecord,
    Question,
    Remark,
    Sourced,
)
from zhenggai.importers.tables.row_groups import (
    Block,
    Entry,
    data_entries,
    is_usable,
    merged_from_above,
)
from zhenggai.importers.tables.state_words import (
    State,
    as_progress,
    is_open_word,
    says_done_on,
    says_not_done,
    state_of,
)
from zhenggai.importers.tables.synonyms import BY_NAME, COMPOSITE, Level
from zhenggai.importers.tables.table_dates import ReadDay, read_deadline_cell, read_event_cell
from zhenggai.ledger.department_roles import NOTHING, department_roles
from zhenggai.ledger.register import INTERNAL
from zhenggai.model.dates import DateTextError, parse_period
from zhenggai.model.ledger_model import Measure
from zhenggai.model.terms import Action, Kind, Source
from zhenggai.model.values import MOST_IN_TITLE

ON, YEAR, REVIEW = "on", "year", "review-every"
"""The keys of the questions that one option answers for all cells."""
_RESPONSIBLE = ("责任领导", "责任科室", "责任人")
_EXTRA = ("进展", "申请销号")
# Of these a cell that is merged over several findings is looked for at the end.
_ALONE = ("状态", "进展", "成效", "完成日期", "佐证", "申请销号日期", "销号日期")
_HOW_FAR = {"状态", "完成日期"}
# What a workbook of the program's own has on the line of each measure.
_FILLED_IN = {"完成日期", "成效", "进展", "佐证"}
# Of a finding by their keys, and the columns they are read from.
_FURTHER = {"来源": "来源", "来源文号": "来源文号", "问题类别": "归类", "领办": "领办"}
_YES, _NO = "是", "否"
# What the lists (清单) of the program have where there is no day of completion.
_NOT_DONE = "未完成"
_AGAINST_DONE = (State.IN_PROGRESS, State.NOT_STARTED)


class Part(NamedTuple):
    """The rows of a finding in one of the tables that tell of it."""

    table: Table
    block: Block


@dataclass
class Remarks:
    """What there is to say of cells, as it is met."""

    questions: list[Question] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)

    def ask(self, place: str, text: str, need: Need, key: str = "", offered: str = "") -> None:
        """Ask something at a cell."""
        self.questions.append(Question(place, text, need, key or f"cell:{place}", offered))

    def note(self, place: str, text: str) -> None:
        """Point at something."""
        self.notes.append(Remark(place, text))


@dataclass(frozen=True)
class Surroundings:
    """What the cells of one finding do not say: answers, the day above, how columns are meant."""

    answers: Answers
    as_of: Sourced | None
    per_measure: Mapping[str, frozenset[str]]
    """Of each sheet the fields that are said for every measure."""
    missing: frozenset[str]
    """The fields that no table has a column for."""

    @property
    def on(self) -> Sourced | None:
        """The day of what is done without one: as it was answered."""
        if self.answers.on:
            return Sourced(self.answers.on, "--on", is_derived=True)
        if self.as_of and ON in self.answers.confirmed:
            return self.as_of._replace(is_derived=True)
        return None


def fields_per_measure(table: Table, blocks: Iterable[Block]) -> frozenset[str]:
    """Return the fields that a table says for every measure, decided for the whole of it.

    It does where in any finding of several rows a cell below the first is filled and not merged.
    """
    found: set[str] = set()
    candidates = {
        field_name
        for field_name in table.fields.values()
        if field_name in BY_NAME and BY_NAME[field_name].level is Level.EITHER
    }
    blocks = list(blocks)
    if table.has("键"):
        # Of the finding it says the same on each line, and of measures in columns of their own.
        return frozenset(_FILLED_IN & candidates)
    if any(block.repeats or block.is_by_measure for block in blocks):
        # Number and title on every line: each line speaks for itself.
        return frozenset(candidates)
    for block in blocks:
        for field_name in candidates - found if len(block.rows) > 1 else ():
            for entry in data_entries(table, block, field_name):
                if entry.row != block.rows[0] and len(entry.rows) == 1:
                    found.add(field_name)
    if found & _HOW_FAR:
        # Where one of them is said line by line, the other beside it is as well.
        found |= _HOW_FAR & candidates
    return frozenset(found)


@dataclass
class _Measure:
    rows: tuple[int, ...]
    fields: dict[str, Sourced]
    state: Sourced | None = None
    done: Sourced | None = None
    key: Sourced | None = None
    extra: dict[str, Sourced] = field(default_factory=dict)


class FindingAssembly:
    """Puts one finding together; the first part is that of its title."""

    def __init__(self, parts: Sequence[Part], around: Surroundings, remarks: Remarks) -> None:
        self._parts, self._around, self._remarks = parts, around, remarks
        self._fields: dict[str, Sourced] = {}
        self._records: list[ProposedRecord] = []
        self._state: Sourced | None = None
        self._progress: Sourced | None = None
        self._evidence: list[str] = []
        self._extra: dict[str, Sourced] = {}
        self._measures: list[_Measure] = []
        self._kind: Sourced | None = None
        self._measure_kinds: list[Sourced] = []
        self._is_due_asked = False
        self._done_refused: list[str] = []

    def result(self, number: str, written: str, label: str) -> ProposedFinding:
        """Return the finding."""
        self._read_texts()
        self._read_responsible()
        self._read_measures()
        self._read_kind()
        self._read_deadlines()
        self._settle_deadline()
        self._settle_own_deadlines()
        self._read_further()
        self._read_states()
        self._read_prose()
        self._read_done_days()
        self._settle_done()
        self._read_closing()
        self._read_evidence()
        self._read_keys()
        for field_name in _ALONE:
            if not any(True for _ in self._entries(field_name)):
                self._point_at_merge(field_name)
        first = self._parts[0]
        sheet = first.table.sheet
        column = next(iter(sheet.rows[first.block.rows[0]]))
        return ProposedFinding(
            number,
            written,
            label,
            sheet.place(first.block.rows[0], column),
            sheet.name,
            self._in_order(),
            tuple(
                ProposedMeasure(_as_declared(one.fields), one.state, one.key, one.extra)
                for one in self._measures
            ),
            tuple(sorted(self._records, key=_day_of)),
            self._state,
            self._progress,
            tuple(self._evidence),
            first.block.rows[0] in sheet.hidden_rows,
            self._row_key,
            self._extra,
        )

    def _in_order(self) -> dict[str, Sourced]:
        order = [
            "问题",
            "方面",
            "类型",
            "具体表现",
            "整改目标",
            "责任领导",
            "责任科室",
            "配合科室",
            "责任人",
        ]
        order += ["整改时限", "检视周期", *_FURTHER, "公开"]
        return {key: self._fields[key] for key in order if key in self._fields}

    # -- cells --------------------------------------------------------------------------------

    @cached_property
    def _labelled(self) -> dict[int, dict[str, list[Entry]]]:
        """Of each part, what its cells say under labels, as if it stood in columns of its own."""
        found: dict[int, dict[str, list[Entry]]] = {}
        for number, part in enumerate(self._parts):
            values = found.setdefault(number, {})
            for field_name in (COMPOSITE, *_RESPONSIBLE):
                for entry in data_entries(part.table, part.block, field_name):
                    labelled = split_labelled(entry.cell.text) if is_usable(entry.cell) else None
                    if labelled is None or set(labelled) == {field_name}:
                        if field_name == COMPOSITE and is_usable(entry.cell):
                            self._remarks.ask(
                                entry.place,
                                f"“{entry.cell.text}”没有标明哪个是责任领导、责任科室、责任人",
                                Need.VALUE,
                            )
                        continue
                    for name, value in labelled.items():
                        one = entry._replace(cell=Cell(value))
                        values.setdefault(name, []).append(one)
                    values.setdefault(f"-{field_name}", []).append(entry)
                    if unknown := set(labelled) - {*_RESPONSIBLE, "配合科室", "整改时限"}:
                        named = "、".join(f"{one}：{labelled[one]}" for one in sorted(unknown))
                        self._remarks.note(entry.place, f"单元格里还写明“{named}”，未读入")
        return found

    def _entries(self, field_name: str) -> Iterator[tuple[int, Entry]]:
        """Yield the cells of a field that hold a value, each with the number of its part."""
        for number, part in enumerate(self._parts):
            labelled = self._labelled[number]
            split = {entry.place for entry in labelled.get(f"-{field_name}", ())}
            for entry in data_entries(part.table, part.block, field_name):
                if entry.place not in split and is_usable(entry.cell):
                    yield number, entry
            for entry in labelled.get(field_name, ()):
                if entry.cell.text:
                    yield number, entry

    def _own(self, field_name: str) -> list[Entry]:
        """Return the cells of a field from the first part that has any; the others must agree."""
        found: dict[int, list[Entry]] = {}
        for number, entry in self._entries(field_name):
            found.setdefault(number, []).append(entry)
        if not found:
            self._point_at_merge(field_name)
            return []
        # What is said of the whole finding comes before what is said measure by measure.
        by_measure = {number for number in found if self._says_by_measure(number, field_name)}
        order = sorted(found, key=lambda number: number in by_measure)
        first = found[order[0]]
        texts = {entry.cell.text for entry in first}
        others = (number for number in order[1:] if number not in by_measure)
        for entry in (entry for number in others for entry in found[number]):
            if entry.cell.text not in texts:
                self._remarks.errors.append(
                    Remark(
                        entry.place,
                        f"{field_name}“{entry.cell.text}”与{first[0].place}的"
                        f"“{first[0].cell.text}”不同；请改成一致",
                    )
                )
        return first

    def _says_by_measure(self, number: int, field_name: str) -> bool:
        """Whether a part says a field of each measure, by its number."""
        table, block = self._parts[number]
        of_measures = self._around.per_measure.get(table.sheet.title, ())
        return block.is_by_measure and field_name in of_measures

    def _point_at_merge(self, field_name: str) -> None:
        for part in self._parts:
            entry = merged_from_above(part.table, part.block, field_name)
            if entry is not None:
                rows = part.block.rows
                column = entry.column
                self._remarks.ask(
                    part.table.sheet.place(rows[0], column),
                    f"{field_name}的合并单元格（{entry.place}，“{entry.cell.text}”）跨了几个问题："
                    "只算第一个问题的，这一个按未填写",
                    Need.CONFIRM,
                    f"merge:{entry.place}",
                    entry.cell.text,
                )

    def _spread(self, field_name: str) -> Entry | None:
        """Return the cell merged over several findings, where it was confirmed to be of all."""
        for part in self._parts:
            entry = merged_from_above(part.table, part.block, field_name)
            if entry is not None and f"merge:{entry.place}" in self._around.answers.confirmed:
                return entry
        return None

    def _text(self, field_name: str, between: str = "、") -> Sourced | None:
        """Return a field that is one text; where rows say different things, all of them."""
        entries = self._own(field_name)
        if not entries and (spread := self._spread(field_name)):
            entries = [spread]
        if field_name in _RESPONSIBLE:
            entries = [entry for entry in entries if not self._is_unfilled(entry)]
        texts = list(dict.fromkeys(entry.cell.text for entry in entries))
        if len(texts) > 1 and not self._is_per_measure(field_name):
            self._remarks.ask(
                entries[1].place,
                f"{field_name}各行不同（{'；'.join(texts)}）：合在一起读入",
                Need.CONFIRM,
            )
        return Sourced(between.join(texts), entries[0].place) if texts else None

    def _is_unfilled(self, entry: Entry, also: str = "") -> bool:
        """Whether a cell holds what people write for nothing, as “/”; point at it if so."""
        if entry.cell.text not in NOTHING and entry.cell.text != also:
            return False
        self._remarks.note(entry.place, f"“{entry.cell.text}”按未填写读")
        return True

    def _is_per_measure(self, field_name: str) -> bool:
        return any(field_name in fields for fields in self._around.per_measure.values())

    def _ask_for(self, field_name: str) -> None:
        """Ask for what every finding needs, at its cell; a column that is missing is asked once."""
        if field_name in self._around.missing:
            return
        for part in self._parts:
            for column in part.table.columns(field_name) or part.table.columns(COMPOSITE):
                place = part.table.sheet.place(part.block.rows[0], column)
                self._remarks.ask(place, f"没有{field_name}", Need.VALUE, f"{field_name}:{place}")
                return
        self._remarks.ask(
            self._first_place, f"没有{field_name}", Need.VALUE, f"{field_name}:{self._first_place}"
        )

    @property
    def _first_place(self) -> str:
        table, block = self._parts[0]
        return table.sheet.place(block.rows[0], next(iter(table.sheet.rows[block.rows[0]])))

    # -- texts and names ----------------------------------------------------------------------

    def _read_texts(self) -> None:
        if title := self._text("问题"):
            self._fields["问题"] = title
            if len(title.value) > MOST_IN_TITLE:
                text = f"问题超过{MOST_IN_TITLE}字；请改短，其余写入具体表现"
                self._remarks.ask(title.place, text, Need.VALUE, f"title:{title.place}")
        else:
            self._ask_for("问题")
        if aspect := self._text("方面") or self._parts[0].block.aspect:
            self._fields["方面"] = aspect
        if goal := self._text("整改目标", "\n"):
            self._fields["整改目标"] = goal
        if leader := self._text("责任领导"):
            self._fields["责任领导"] = leader
        else:
            self._ask_for("责任领导")
        entries = self._own("具体表现")
        once = {entry.cell.text: entry for entry in reversed(entries)}
        items = tuple(
            item
            for entry in entries
            if once.get(entry.cell.text) is entry
            for item in self._items(entry)
        )
        if items:
            self._fields["具体表现"] = Sourced(items, entries[0].place)

    def _items(self, entry: Entry) -> tuple[str, ...]:
        """Return the items of a cell; the paragraphs of a Word cell are items and pointed at."""
        items = split_items(entry.cell.text)
        if items.lead:
            self._remarks.note(entry.place, f"各项以前的“{items.lead}”未读入")
        if len(items.texts) == 1 and len(entry.cell.paragraphs) > 1:
            self._remarks.note(entry.place, f"一格里有{len(entry.cell.paragraphs)}段，每段作一项")
            return tuple(
                text for paragraph in entry.cell.paragraphs for text in split_items(paragraph).texts
            )
        if len(items.texts) == 1 and looks_like_several(entry.cell.text):
            self._remarks.note(
                entry.place,
                "一格里像有几项，序号不是从1连续写的，作一项读入；是几项的，写成1. 2. 3.",
            )
        return items.texts

    def _read_responsible(self) -> None:
        leading: dict[str, str] = {}
        helping: dict[str, str] = {}
        for field_name in ("责任科室", "配合科室"):
            for entry in self._own(field_name) or filter(None, [self._spread(field_name)]):
                self._take_departments(entry, leading, helping, field_name)
        if leading:
            self._fields["责任科室"] = Sourced(tuple(leading), next(iter(leading.values())))
        else:
            self._ask_for("责任科室")
        for name in [name for name in helping if name in leading]:
            self._remarks.note(helping.pop(name), f"“{name}”已是责任科室，不再作配合科室")
        if helping:
            self._fields["配合科室"] = Sourced(tuple(helping), next(iter(helping.values())))
        if owner := self._text("责任人"):
            self._fields["责任人"] = owner
        else:
            self._ask_for("责任人")

    def _take_departments(
        self, entry: Entry, leading: dict[str, str], helping: dict[str, str], field_name: str
    ) -> None:
        """Add the departments of a cell, each with the place of the first that names it."""
        found = department_roles(entry.cell.text, assists=field_name == "配合科室")
        for remark in found.remarks:
            self._remarks.note(entry.place, remark)
        if "\t" in entry.cell.text:
            self._remarks.note(entry.place, f"{field_name}里的制表符未读入")
        if not found.leading and not found.assisting:
            self._remarks.note(entry.place, f"“{entry.cell.text}”按未填写读")
        for names, told in ((found.leading, leading), (found.assisting, helping)):
            for name in names:
                told.setdefault(name, entry.place)

    # -- measures -----------------------------------------------------------------------------

    def _read_measures(self) -> None:
        is_own = any(table.has("键") for table, _ in self._parts)
        for entry in self._own("措施"):
            # A row of a table of the program's own is a measure as it is.
            for text in (entry.cell.text,) if is_own else self._items(entry):
                self._measures.append(
                    _Measure(tuple(entry.rows), {"内容": Sourced(text, entry.place)})
                )
        if not self._measures:
            self._ask_for("措施")
        for field_name in ("责任科室", "责任人"):
            self._differing(field_name)
            self._own_of_measures(field_name)

    def _own_of_measures(self, field_name: str) -> None:
        """Give measures what a column of their own says and their finding does not."""
        whole = self._fields.get(field_name)
        for _, entry in self._entries(f"措施{field_name}"):
            value: object = entry.cell.text
            if field_name == "责任科室":
                value = department_roles(entry.cell.text).leading
            elif value in NOTHING:
                value = None
            measures = self._at(entry)
            if not value or not measures:
                self._remarks.note(entry.place, f"措施{field_name}“{entry.cell.text}”未读入")
            for measure in measures:
                if value and not (whole and value == whole.value):
                    self._give(measure, field_name, Sourced(value, entry.place), entry)

    def _give(self, measure: _Measure, key: str, value: Sourced, entry: Entry) -> None:
        """Give a measure what one of its own cells says; another that differs is pointed at."""
        first = measure.fields.setdefault(key, value)
        if first.value != value.value:
            text = f"“{entry.cell.text}”与{first.place}不同，未读入"
            self._remarks.note(entry.place, text)

    def _at(self, entry: Entry) -> list[_Measure]:
        """Return the measures in the rows of a cell."""
        return [one for one in self._measures if set(one.rows) & set(entry.rows)]

    def _differing(self, field_name: str) -> None:
        """Give measures their own department or person where these differ from the finding's."""
        whole = self._fields.get(field_name)
        for number, entry in self._entries(field_name):
            for measure in self._of(number, entry, field_name) or ():
                if field_name == "责任人":
                    value: object = entry.cell.text
                else:
                    value = department_roles(entry.cell.text).leading
                if value and whole and value != whole.value:
                    measure.fields[field_name] = Sourced(value, entry.place)
        if any(field_name in measure.fields for measure in self._measures) and whole:
            shown = whole.value if isinstance(whole.value, str) else "、".join(whole.value)
            self._remarks.note(
                whole.place, f"各措施的{field_name}不同：问题的{field_name}取全部（{shown}），推定"
            )

    def _of(self, number: int, entry: Entry, field_name: str) -> list[_Measure] | None:
        """Return the measures that a cell says something of; None where it is of the finding."""
        table, block = self._parts[number]
        if field_name not in self._around.per_measure.get(table.sheet.title, ()):
            return None
        if not any(True for _ in data_entries(table, block, "措施")):
            return None
        measures = self._at(entry)
        if len(block.rows) == 1:
            return measures if len(measures) == 1 else None
        is_whole = entry.rows.start <= block.rows[0] and entry.rows.stop > block.rows[-1]
        return None if is_whole else measures or None

    # -- kind and deadlines -------------------------------------------------------------------

    def _read_kind(self) -> None:
        for entry in self._own("类型"):
            word = entry.cell.text.removesuffix("问题").removesuffix("类")
            if word in Kind._value2member_map_:
                self._kind = self._kind or Sourced(Kind(word), entry.place)
            else:
                text = f"类型“{entry.cell.text}”不是立行立改、限期整改或长期坚持"
                self._remarks.ask(entry.place, text, Need.VALUE, f"kind:{entry.place}")
        periods = self._own("检视周期")
        for entry in periods:
            if entry.cell.text != periods[0].cell.text:
                self._remarks.ask(entry.place, "检视周期各行不同", Need.VALUE)
        for entry in periods[:1]:
            self._read_period(entry)

    def _read_period(self, entry: Entry) -> None:
        try:
            self._fields["检视周期"] = Sourced(parse_period(entry.cell.text), entry.place)
        except DateTextError as error:
            self._remarks.ask(entry.place, str(error), Need.VALUE, f"period:{entry.place}")

    def _read_deadlines(self) -> None:
        if self._is_review():
            for _, entry in self._entries("整改时限"):
                self._remarks.note(entry.place, f"{entry.cell.text}是检视的日子，不作时限")
            return
        days = [
            day
            for number, entry in self._entries("整改时限")
            if (day := self._deadline(number, entry))
        ]
        if not days:
            self._point_at_merge("整改时限")
            if spread := self._spread("整改时限"):
                found = self._read_day(0, spread, read_deadline_cell)
                days += [Sourced(found.day, spread.place, found.is_derived)] if found.day else []
        if len({day.value for day in days}) > 1:
            for day in days:
                if day.value != days[0].value:
                    self._remarks.ask(day.place, "整改时限各处不同", Need.VALUE)
            self._is_due_asked = True
        elif days:
            self._fields["整改时限"] = days[0]

    def _is_review(self) -> bool:
        """Whether the table says that what stands as deadline is the next review."""
        said = [entry.cell.text for _, entry in self._entries("检视日")]
        for _, entry in self._entries("检视日"):
            if entry.cell.text not in (_YES, _NO):
                self._remarks.note(entry.place, f"“{entry.cell.text}”不是是或否，未读入")
        return bool(said) and all(text == _YES for text in said)

    def _settle_own_deadlines(self) -> None:
        """Give measures the deadlines of a column of their own, unless they are their finding's."""
        whole = self._fields.get("整改时限")
        for number, entry in self._entries("措施时限"):
            found = self._read_day(number, entry, read_deadline_cell)
            kind = self._fields["类型"].value
            if found.kind and found.kind is not kind:
                text = f"措施时限写“{found.kind}”，问题是{kind}：一项措施没有类型，未读入"
                self._remarks.note(entry.place, text)
            if found.day is None or (whole and whole.value == found.day):
                continue
            measures = self._at(entry)
            if not measures:
                self._remarks.note(entry.place, f"措施时限“{entry.cell.text}”未读入")
            for measure in measures:
                day = Sourced(found.day, entry.place, found.is_derived)
                self._give(measure, "时限", day, entry)

    def _read_further(self) -> None:
        """Read what only tables of the program's own have columns for."""
        for key, field_name in _FURTHER.items():
            value = self._text(field_name)
            if value is None:
                continue
            if key == "来源":
                if value.value not in Source._value2member_map_:
                    known = "、".join(one.value for one in Source)
                    text = f"来源“{value.value}”不是{known}之一，未读入"
                    self._remarks.note(value.place, text)
                    continue
                if value.value == Source.FEEDBACK.value:
                    continue
            self._fields[key] = value
        for _, entry in self._entries("公开"):
            if entry.cell.text == _NO:
                self._fields["公开"] = Sourced(False, entry.place)
            elif entry.cell.text != _YES:
                self._remarks.note(entry.place, f"公开“{entry.cell.text}”不是是或否，未读入")
        title = self._fields.get("问题")
        if title and title.value.endswith(INTERNAL):
            self._fields["问题"] = title._replace(value=title.value.removesuffix(INTERNAL))
            self._fields["公开"] = Sourced(False, title.place)
            text = f"问题后面注明{INTERNAL}：按不公开读入"
            self._remarks.ask(title.place, text, Need.CONFIRM, f"internal:{title.place}")

    def _deadline(self, number: int, entry: Entry) -> Sourced | None:
        """Read a deadline; give those of measures to these, and return the finding's."""
        found = self._read_day(number, entry, read_deadline_cell)
        measures = self._of(number, entry, "整改时限")
        if found.kind:
            self._take_kind(Sourced(found.kind, entry.place), is_whole=measures is None)
        if found.day is None:
            self._is_due_asked |= bool(found.question)
            return None
        day = Sourced(found.day, entry.place, found.is_derived)
        if found.is_derived:
            self._remarks.note(entry.place, f"“{entry.cell.text}”取最后一天{found.day}，推定")
        for measure in measures or ():
            measure.fields["时限"] = day
        return day if measures is None else None

    def _take_kind(self, kind: Sourced, *, is_whole: bool) -> None:
        if not is_whole:
            self._measure_kinds.append(kind)
        elif self._kind is None:
            self._kind = kind
        elif self._kind.value is not kind.value:
            text = f"时限里写{kind.value}，类型是{self._kind.value}：按{self._kind.value}读入"
            self._remarks.ask(kind.place, text, Need.CONFIRM, f"kind:{kind.place}")

    def _read_day(
        self, number: int, entry: Entry, read: Callable[[Cell, int | None], ReadDay]
    ) -> ReadDay:
        answers = self._around.answers
        found = read(entry.cell, answers.year)
        sheet = self._parts[number].table.sheet
        if found.note:
            self._remarks.note(entry.place, found.note)
        if found.question:
            key = f"day:{entry.place}"
            need = Need.VALUE
            if found.needs_year:
                key = YEAR
            if found.serial:
                key = f"serial:{sheet.title}!{column_letter(entry.column)}"
            offered = str(found.serial or "")
            if found.serial and key in answers.confirmed:
                self._remarks.note(entry.place, f"“{entry.cell.text}”按日期序号读作{offered}")
                return ReadDay(found.serial)
            self._remarks.ask(entry.place, found.question, need, key, offered)
        elif found.day and found.needs_year:
            self._remarks.note(entry.place, f"“{entry.cell.text}”按{answers.year}年读入")
        return found

    def _settle_deadline(self) -> None:
        """Settle kind and deadline of the finding where only its measures say them."""
        kinds = {kind.value for kind in self._measure_kinds}
        if self._measure_kinds and self._kind is None:
            if len(kinds) == 1 and len(self._measure_kinds) == len(self._measures):
                self._kind = self._measure_kinds[0]
            else:
                for kind in self._measure_kinds:
                    text = f"只有这项措施写{kind.value}：问题的类型按限期整改"
                    self._remarks.ask(kind.place, text, Need.CONFIRM, f"kind:{kind.place}")
        kind = self._kind or Sourced(Kind.FIXED_TERM, self._first_place, is_derived=True)
        self._fields["类型"] = kind
        days = [one.fields["时限"] for one in self._measures if "时限" in one.fields]
        is_long_term = kind.value is Kind.LONG_TERM
        has_due = "整改时限" in self._fields or self._is_due_asked
        # What is kept up for good has no deadline from one measure: the others would be held to it.
        if days and not has_due and not is_long_term:
            latest = max(days, key=lambda day: day.value)
            self._fields["整改时限"] = latest._replace(is_derived=True)
            if len(self._measures) > 1:
                for one in days:
                    text = f"问题的时限取措施中最晚的{latest.value}，推定"
                    self._remarks.note(one.place, text)
        if is_long_term:
            self._settle_review(kind)
        elif "整改时限" not in self._fields and not self._is_due_asked:
            self._ask_for("整改时限")

    def _settle_review(self, kind: Sourced) -> None:
        every = self._around.answers.review_every
        if "检视周期" in self._fields:
            return
        if every:
            self._fields["检视周期"] = Sourced(every, "--review-every", is_derived=True)
        else:
            self._remarks.ask(kind.place, "长期坚持要有检视周期", Need.VALUE, REVIEW)

    # -- how far things are -------------------------------------------------------------------

    def _read_states(self) -> None:
        for number, entry in self._entries("状态"):
            measures = self._of(number, entry, "状态")
            state = state_of(entry.cell.text)
            if state is State.CLOSED:
                if not self._has_closing:
                    text = "已销号，而没有销号日期和批准人：不作销号记录"
                    self._remarks.note(entry.place, text)
            elif state is not None:
                self._say_state(Sourced(state, entry.place), measures, entry)
            elif is_open_word(as_progress(entry.cell)):
                self._say_open(entry, as_progress(entry.cell))
            else:
                text = "状态一栏里写的是情况：作进展读入"
                if says_done_on(entry.cell.text):
                    text += "，其中的日期没有读作完成日期；已完成的，日期另填在“完成日期”一栏"
                self._remarks.note(entry.place, text)
                self._say_text(number, entry, "状态")

    @cached_property
    def _has_closing(self) -> bool:
        fields = ("销号日期", "批准人")
        return all(any(True for _ in self._entries(field_name)) for field_name in fields)

    def _say_state(self, state: Sourced, measures: list[_Measure] | None, entry: Entry) -> None:
        for measure in measures or ():
            measure.state = measure.state or state
        if measures is None:
            self._point_at_first_row_only(state, entry)
            if self._state is not None and self._state.value is not state.value:
                text = f"“{entry.cell.text}”与{self._state.place}不一致"
                self._remarks.ask(entry.place, text, Need.VALUE, f"state:{entry.place}")
            self._state = self._state or state
        if state.value is State.ONGOING and self._fields["类型"].value is not Kind.LONG_TERM:
            kind = self._fields["类型"].value.value
            text = f"“{entry.cell.text}”：是否改为长期坚持不能确定，按{kind}读入"
            self._remarks.ask(entry.place, text, Need.CONFIRM, f"ongoing:{entry.place}")

    def _point_at_first_row_only(self, state: Sourced, entry: Entry) -> None:
        """Point at what is said to be done beside the first of several rows alone."""
        rows = next((b.rows for _, b in self._parts if entry.row in b.rows), [])
        if state.value is State.DONE and len(rows) > 1 and len(entry.rows) == 1:
            text = f"“{entry.cell.text}”只写在一行里，按整个问题读入：各项措施都作完成"
            self._remarks.ask(entry.place, text, Need.CONFIRM, f"whole:{entry.place}")

    def _say_open(self, entry: Entry, text: str) -> None:
        """Keep what says how far things are, and is no state, as text for a record of progress."""
        if text == "进度100%" and any(True for _ in self._entries("完成日期")):
            self._remarks.note(entry.place, f"“{entry.cell.text}”：以完成日期为准")
            return
        if says_not_done(text):
            self._done_refused.append(entry.cell.text)
        self._remarks.ask(
            entry.place,
            f"“{text}”不能断定是否完成：只作进展文字（--accept 进展），不作完成",
            Need.CONFIRM,
            f"progress:{entry.place}",
        )
        self._record_progress(Sourced(text, entry.place), on_accept=True)

    def _record_progress(self, text: Sourced, *, on_accept: bool) -> None:
        day = self._around.on or self._around.as_of
        fields = {"日期": day, "情况": text} if day else {"情况": text}
        if day is None and not on_accept:
            self._remarks.ask(text.place, "进展没有日期：用 --on 写明", Need.DAY, ON)
        self._records.append(ProposedRecord(Action.PROGRESS, fields, on_accept))

    def _read_prose(self) -> None:
        """Read 进展 and 成效: of one measure it is what came of it, of the finding a report."""
        for field_name in ("成效", "进展"):
            for number, entry in self._entries(field_name):
                measures = self._of(number, entry, field_name)
                state = state_of(entry.cell.text)
                if state is State.CLOSED:
                    self._remarks.note(entry.place, "已销号：只凭文字不作销号记录")
                elif state is not None:
                    self._say_state(Sourced(state, entry.place), measures, entry)
                elif is_open_word(entry.cell.text):
                    self._say_open(entry, as_progress(entry.cell))
                else:
                    self._say_text(number, entry, field_name)

    def _say_text(self, number: int, entry: Entry, field_name: str) -> None:
        """Keep prose: of one measure as what came of it, of the finding as a report."""
        measures = self._of(number, entry, field_name)
        text = Sourced(entry.cell.text, entry.place)
        is_filled_in = field_name == "进展" and self._parts[number].table.has("键")
        if (
            measures
            and len(measures) == 1
            and "成效" not in measures[0].fields
            and not is_filled_in
        ):
            measures[0].fields["成效"] = text
            return
        if field_name == "进展" or self._progress is None:
            self._progress = text
        self._record_progress(text, on_accept=False)

    def _read_done_days(self) -> None:
        for number, entry in self._entries("完成日期"):
            measures = self._of(number, entry, "完成日期")
            state = state_of(entry.cell.text)
            if state is not None and state is not State.CLOSED:
                self._say_state(Sourced(state, entry.place), measures, entry)
                continue
            if self._is_unfilled(entry, _NOT_DONE):
                continue
            found = self._read_day(number, entry, read_event_cell)
            if found.day is None:
                continue
            day = Sourced(found.day, entry.place)
            if measures is None:
                said = self._state
                if (said and said.value in _AGAINST_DONE) or self._done_refused:
                    self._refuse_done(entry, said)
                    continue
                self._state = Sourced(State.DONE, entry.place)
                self._point_at_first_row_only(self._state, entry)
            for measure in self._measures if measures is None else measures:
                if measure.state and measure.state.value in _AGAINST_DONE:
                    self._refuse_done(entry, measure.state)
                    continue
                measure.done = day

    def _refuse_done(self, entry: Entry, said: Sourced | None) -> None:
        where = said.place if said else "状态"
        text = f"有完成日期{entry.cell.text}，而{where}写的不是完成：未按完成读入"
        self._remarks.ask(entry.place, text, Need.VALUE, f"done:{entry.place}")

    def _settle_done(self) -> None:
        """Give every measure that is said to be done its day; without one it is asked for once."""
        on, as_of = self._around.on, self._around.as_of
        asked: set[str] = set()
        for measure in self._measures:
            said = measure.state or self._state
            if measure.done:
                measure.fields["完成"] = measure.done
                measure.state = Sourced(State.DONE, measure.done.place)
            elif said and said.value is State.DONE:
                if on:
                    measure.fields["完成"] = Sourced(on.value, said.place, is_derived=True)
                elif said.place not in asked:
                    asked.add(said.place)
                    offered = str(as_of.value) if as_of else ""
                    text = "完成没有日期：用 --on 写明"
                    if offered:
                        text += f"，或确认用表上的截至日期{offered}"
                    self._remarks.ask(said.place, text, Need.DAY, ON, offered)
        states = [one.state for one in self._measures]
        done = [state for state in states if state and state.value is State.DONE]
        if self._state is None and done and len(done) == len(states):
            self._state = done[-1]

    def _read_closing(self) -> None:
        applied = self._event("申请销号日期")
        if applied:
            self._records.append(ProposedRecord(Action.APPLICATION, {"日期": applied}))
            self._remarks.note(applied.place, f"作申请销号的记录（{applied.value}）")
        closed = self._event("销号日期")
        approver = self._text("批准人")
        if closed and approver:
            fields = {"日期": closed, "批准人": approver}
            self._records.append(ProposedRecord(Action.CLOSING, fields))
            self._state = Sourced(State.CLOSED, closed.place)
            for place in (closed.place, approver.place):
                text = f"{closed.value}由“{approver.value}”批准销号：作销号的记录"
                self._remarks.ask(place, text, Need.CONFIRM, f"closing:{closed.place}")
        elif closed or approver:
            lacking = "批准人" if closed else "销号日期"
            place = (closed or approver or Sourced("", "")).place
            self._remarks.note(place, f"没有{lacking}：不作销号记录")

    def _event(self, field_name: str) -> Sourced | None:
        event: Sourced | None = None
        for number, entry in self._entries(field_name):
            if self._is_unfilled(entry):
                continue
            found = self._read_day(number, entry, read_event_cell)
            if found.day and event and event.value != found.day:
                text = f"{field_name}各行不同：{entry.cell.text}未读入"
                self._remarks.ask(entry.place, text, Need.VALUE)
            elif found.day:
                event = event or Sourced(found.day, entry.place)
        return event

    def _read_evidence(self) -> None:
        for _, entry in self._entries("佐证"):
            if self._is_unfilled(entry):
                continue
            names = [name for name in _NAMES.split(entry.cell.text) if name.strip()]
            self._evidence += [name.strip() for name in names]
            text = "佐证只有名称：只作进展文字（--accept 进展），不作佐证"
            self._remarks.ask(entry.place, text, Need.CONFIRM, f"evidence:{entry.place}")
            self._record_progress(
                Sourced(f"佐证材料：{entry.cell.text}", entry.place), on_accept=True
            )

    # -- a workbook that the program wrote ----------------------------------------------------

    @cached_property
    def _row_key(self) -> Sourced | None:
        for _, entry in self._entries("键"):
            return Sourced(entry.cell.text, entry.place)
        return None

    def _read_keys(self) -> None:
        """Keep, for each row with a key, what a department filled in beside it."""
        for field_name in ("键", *_EXTRA):
            for number, entry in self._entries(field_name):
                value = Sourced(entry.cell.text, entry.place)
                measure = next((one for one in self._measures if entry.row in one.rows), None)
                if field_name == "键" and measure and measure.key is None:
                    measure.key = value
                    continue
                is_of_row = self._parts[number].table.has("键") and len(entry.rows) == 1
                extra = measure.extra if measure and is_of_row else self._extra
                if field_name in extra:
                    if field_name != "进展":
                        self._remarks.note(entry.place, f"{field_name}“{value.value}”未读入")
                else:
                    extra[field_name] = value


def _as_declared(fields: Mapping[str, Sourced]) -> dict[str, Sourced]:
    """Return the fields of a measure in the order in which a ledger declares them."""
    keys = (one.key for one in Measure.DECLARED.values())
    return {key: fields[key] for key in keys if key in fields}


_NAMES = re.compile(r"[;；、\n]+")


def _day_of(record: ProposedRecord) -> date:
    day = record.fields.get("日期")
    return day.value if day else date.max


def point_at_errors(table: Table, blocks: Iterable[Block], remarks: Remarks) -> None:
    """Report the cells of a table's findings that have no value where one was meant."""
    for block in blocks:
        for row in block.rows:
            for column, field_name in table.fields.items():
                cell = table.sheet.cell(row, column)
                if cell is None:
                    continue
                place = table.sheet.place(row, column)
                if cell.kind is CellKind.UNCACHED:
                    text = f"{field_name}是公式而没有计算结果；在Excel里打开再保存，或填上值"
                    remarks.errors.append(Remark(place, text))
                elif cell.kind is CellKind.ERROR:
                    text = f"{field_name}是错误值{cell.text}；请在Excel里改正再保存"
                    remarks.errors.append(Remark(place, text))
